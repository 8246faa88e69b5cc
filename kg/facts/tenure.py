"""Posts in time: whether a post is held, was held, or is only to be held, and from when to when.

    甲局原局长张三，曾任乙县县长            held once
    免去张三的甲局局长职务                  held until that day
    张三，拟任甲局局长                      not held yet
    1998年至2003年任甲局处长                 held from one year to the other

The words right before the body, between body and title, and behind the title say it. What a verb says goes for the
whole list behind it (曾任甲局局长、乙县县长); what a prefix says (原), for the titles at the same body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.base.late import late
from kg.base.model import Moment, Span
from kg.facts.dating import is_of_other
from kg.facts.passage import ANY, Passage
from kg.facts.stack import BODY, Post, Tenure
from kg.facts.words import facts_words

_WORDS: Final = facts_words("tenure")
_REACH: Final = 16  # mask characters before a post that its verb and its adverbs stand in
_SERVES: Final = _WORDS.either("serves")
_BETWEEN: Final = f"(?:{_WORDS.either('between')})*"
_LINK: Final = f"(?:过|了|为)?(?:{_WORDS.either('of_it')})?$"
_LEFT: Final = late(f"(?:{_WORDS.either('leaves')}|(?:不再|已不){_BETWEEN}(?:{_SERVES})){_LINK}")
_ONCE: Final = late(
    f"(?:(?<!同)(?:{_WORDS.either('once')}){_BETWEEN}(?:{_SERVES})|{_WORDS.either('held_once')}){_LINK}"
)
_TO_BE: Final = late(
    f"(?:(?:{_WORDS.either('to_be')})[^，。；{ANY}]{{0,8}}(?:{_SERVES})|{_WORDS.either('to_be_held')}){_LINK}"
)
_NOW: Final = late(f"(?:{_WORDS.either('now')}){_BETWEEN}(?:{_SERVES})?$")
_BEGINS: Final = late(f"(?:{_WORDS.either('begins')}){_LINK}")
_PREFIX: Final = late(f"(?:{_WORDS.either('prefix')})的?$")
_FORMER_TITLE: Final = late(f"(?!{_WORDS.either('not_former_title')})(?:{_WORDS.either('former_title')})")
_PLANNED_TITLE: Final = late(_WORDS.either("planned_title"))
_BESIDE: Final = late(f"{BODY.pattern}+$")
_DURING: Final = late(f"(?:等)?(?:{_WORDS.either('tail')})?(?:{_WORDS.either('during')})")
_NOT_YET: Final = late(f"(?:{_WORDS.either('not_yet')})[^，。；{ANY}]*$")
_PROPOSES: Final = _WORDS.words("proposes")
_PENDING: Final = late(
    f"[，；][^，。；{ANY}]{{0,8}}(?:{_WORDS.either('pending')})[^。；]{{0,16}}(?:{_WORDS.either('approval')})"
)
_GONE: Final = late(
    rf"(?:{_WORDS.either('courtesy')})?(?:[^。；{ANY}]{{0,24}}，)?"
    rf"(?:{_WORDS.either('when_gone')}|因[^，。；{ANY}]{{1,8}}?|[\d年月日时分]+)*"
    rf"(?P<verb>{_WORDS.either('gone')}|(?:{_WORDS.either('gone_from')})[其了]?(?:{_WORDS.either('all_posts')})?(?:{_WORDS.either('tail')}))"
    r"(?=了|[，。；：、！后于]|$)"
)
_FROM: Final = late("(?:起|开始|以来|至今)")
_OTHER_DATE: Final = late(_WORDS.either("other_date"))
_SINCE: Final = late("[自从]$")
_CLAUSE_MARK: Final = late("[，,；;：:。]")


def in_time(
    passage: Passage, posts: Sequence[Post], person: int | None = None, said: Tenure | None = None
) -> list[Post]:
    """Return posts with what the words around them say of when they are held.

    Args:
        passage: where they stand.
        posts: of one person, left to right.
        person: the mask position of the name behind which the clause goes on, for titles before and behind a name.
        said: what the verb says that gives or takes the posts, where it does not stand right before them.
    """
    found: list[Post] = []
    verb, prefix = said or Tenure(), Tenure()
    for post in posts:
        edge = post.start if post.body is None or post.own else min(post.body, post.start)
        before = _said_before(passage, edge, found[-1].end if found else 0)
        if before is not None and (said is None or found):
            verb, prefix = before, Tenure()
        elif post.body is not None and not (found and found[-1].body == post.body):
            prefix = Tenure()
        if _is_prefixed(passage, edge) and (said is None or found):
            prefix = Tenure("former")
        inner = _inner(passage, post)
        if inner is not None:
            prefix = inner
        own = prefix if prefix.state else verb
        found.append(replace(post, tenure=own))
    return _seen_from_behind(passage, found, person)


def said_by_verb(passage: Passage, verb: int, says: Tenure) -> Tenure:
    """Return what a verb at a mask position says that gives or takes posts, where nothing before it takes that back."""
    clause = passage.clauses[passage.clause_of(verb)]
    before = passage.mask[max(clause.start, verb - _REACH) : verb]
    if passage.mask.startswith(_PROPOSES, verb):
        return Tenure("planned")
    if _NOT_YET.search(before):
        return Tenure("", "ends") if says.edge == "ends" else Tenure("planned")
    return says


def _said_before(passage: Passage, edge: int, floor: int) -> Tenure | None:
    """Return what the verb or adverb before a post says, None where there is none."""
    start = max(floor, edge - _REACH)
    before = _BESIDE.sub("", passage.mask[start:edge])
    cut = max((before.rfind(mark) for mark in "，；：。、"), default=-1) + 1
    words = before[cut:]
    if not words:
        return None
    if _NOW.search(words):
        return Tenure()
    left = _LEFT.search(words)
    if left is not None:
        return Tenure("" if _NOT_YET.search(words[: left.start()]) else "former", "ends")
    if _TO_BE.search(words):
        return Tenure("planned")
    if _ONCE.search(words):
        return Tenure("former")
    return Tenure("", "begins") if _BEGINS.search(words) else None


def _is_prefixed(passage: Passage, edge: int) -> bool:
    """Say whether 原, 前 or a word like them stands before the body of a post: 前甲市副市长, but not 会前甲市副市长."""
    before = _BESIDE.sub("", passage.mask[max(0, edge - 8) : edge])
    match = _PREFIX.search(before)
    if match is None:
        return False
    at = edge - (len(passage.mask[max(0, edge - 8) : edge]) - match.start())
    word = passage.word_before(at)
    return passage.starts_word(at) and (word is None or word.tag in {"w", "v", "p", "c", "d", "u"})


def _inner(passage: Passage, post: Post) -> Tenure | None:
    """Return what stands between body and title, or begins the title, says: 甲局|时任|局长, 原局长, 候任会长."""
    between = ""
    if post.body is not None and not post.own and post.body < post.start:
        between = passage.mask[post.body + 1 : post.start]
    if _NOW.search(between):
        return Tenure()
    if _TO_BE.search(between) or _PLANNED_TITLE.match(post.role):
        return Tenure("planned")
    if _PREFIX.search(between) or _ONCE.search(between) or _FORMER_TITLE.match(post.role):
        return Tenure("former")
    return None


def _seen_from_behind(passage: Passage, posts: list[Post], person: int | None) -> list[Post]:
    """Return the posts as what follows them leaves them: 任甲局局长期间; 甲局局长张三辞职; 任职资格尚待核准."""
    if not posts:
        return posts
    end = posts[-1].end
    if person is not None:
        gone = _GONE.match(passage.mask, person + 1)
        if gone is not None and not _NOT_YET.search(passage.mask[person + 1 : gone.start("verb")]):
            return [replace(post, tenure=Tenure("former", "ends")) for post in posts]
        return posts
    if _DURING.match(passage.mask, end):
        return [post if post.tenure.state else replace(post, tenure=Tenure("former")) for post in posts]
    if _PENDING.match(passage.mask, passage.clauses[passage.clause_of(end - 1)].end):
        return [post if post.tenure.state else replace(post, tenure=Tenure("planned")) for post in posts]
    return posts


# From when to when -----------------------------------------------------------------------------------------------------


def time_of(passage: Passage, trigger: Span, tenure: Tenure, *, stacked: bool) -> Moment | None:
    """Return when a post is held, as an interval where the words say where it starts or ends.

    Args:
        passage: the sentence, or the brackets, that say it.
        trigger: the words of the title.
        tenure: what the words say of when it is held.
        stacked: the title stands beside a name; a date before it is that of what the person does.
    """
    moment = _moment_behind(passage, trigger, tenure) if stacked else _moment(passage, trigger)
    if moment is None:
        return None
    if "/" in moment.edtf or _OTHER_DATE.match(
        passage.sentence.tagged.sentence.text, _offset(passage, moment)
    ):
        return moment if "/" in moment.edtf else None
    text = passage.sentence.tagged.sentence
    behind = text.text[moment.span.end - text.span.start :]
    before = text.text[: moment.span.start - text.span.start]
    if tenure.edge == "ends":
        return replace(moment, edtf=f"../{moment.edtf}")
    if tenure.state == "planned":
        return moment
    if _FROM.match(behind) or _SINCE.search(before) or tenure.edge == "begins":
        return replace(moment, edtf=f"{moment.edtf}/" + ("" if tenure.state else ".."))
    return moment


def _moment_behind(passage: Passage, trigger: Span, tenure: Tenure) -> Moment | None:
    """Return the first date between a title beside a name and the verb behind it that ends the post."""
    if tenure.edge != "ends":
        return None
    bounds = passage.sentence.tagged.sentence
    for moment in passage.sentence.moments:
        between = bounds.text[trigger.end - bounds.span.start : moment.span.start - bounds.span.start]
        if moment.span.start >= trigger.end:
            return None if len(_CLAUSE_MARK.findall(between)) > 1 else moment
    return None


def _moment(passage: Passage, trigger: Span) -> Moment | None:
    """Return the last date before the title in its clause, or in the clause before where that is nothing but the date."""
    bounds = passage.sentence.tagged.sentence
    text, origin = bounds.text, bounds.span.start
    for moment in reversed(passage.sentence.moments):
        if moment.span.end > trigger.start or is_of_other(passage.sentence, moment, trigger):
            continue
        between = text[moment.span.end - origin : trigger.start - origin]
        marks = _CLAUSE_MARK.findall(between)
        if not marks:
            return moment
        head = text[: moment.span.start - origin]
        alone = not head or _CLAUSE_MARK.search(head[-2:]) is not None
        return moment if len(marks) == 1 and alone and _CLAUSE_MARK.match(between) else None
    return None


def _offset(passage: Passage, moment: Moment) -> int:
    return moment.span.end - passage.sentence.tagged.sentence.span.start


def is_over(moment: Moment | None, published: str) -> bool:
    """Say whether a period has an end, and it is past: 2015/2020; ``published``: the day the article came out, or ""."""
    if moment is None or "/" not in moment.edtf:
        return False
    last = moment.edtf.partition("/")[2]
    return last not in {"", ".."} and (not published or last <= published)
