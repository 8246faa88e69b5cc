"""Posts of a life told in steps: one that a later step takes the place of, or whose place somebody left, is held no more.

2018年3月任甲县县长，2021年5月转任乙市副市长      the first is over
已调离甲省的张三                              his posts in 甲省 are over
甲省人大代表张三已调离，其代表资格终止           so is this one

What is held beside another (兼任, 教授, 会长, 代表) ends no step, and no step ends it. Nor does one that may be held with it
(副书记 and 市长 of one city, 董事长 of two companies, two posts from one day), unless a verb says that it changes (转任). When
a post ended is not said: the words of its date say only when it began.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence, Article, Candidate, EntityId, Link, Span
from kg.base.schema import MEMBERSHIP, schema
from kg.facts.departure import left_behind
from kg.facts.words import facts_words

_WORDS: Final = facts_words("career")
_CHAIN: Final = frozenset({"post-term", "post-resume"})
_NEAR: Final = 1  # sentences from one step to the next
_BACK: Final = 40  # characters before a title in which the year of its step stands
_YEAR: Final = late("(?:19|20)[0-9]{2}年")
_CLAUSE: Final = late("[，,；;：:。\n]")
_BESIDE: Final = late(_WORDS.either("beside"))
_NOW: Final = late(_WORDS.either("now"))
_CHANGES: Final = late(_WORDS.either("changes"))
_PARTY_ROLE: Final = late("(?:机关)?党[委组工总支]")
_PARTY_BODY: Final = late("(?:(?<=[省市县区州旗盟镇乡])委|党?工委|党委|党组|(?<=自治区)党委)(?:会|员会)?$")
_LEADS: Final = late("(?:书记|常委|委员|成员)$")
_SECRETARY: Final = "书记"
_HEAD: Final = "长"
_SIDE_ROLE: Final = late(f"(?:{_WORDS.either('side_roles')})$|^名誉")
_SIDE_BODY: Final = late(f"(?:{_WORDS.either('side_bodies')})$")
_LEAVES: Final = late(f"(?<![{''.join(_WORDS.words('not_yet'))}])(?:{_WORDS.either('leaves')})了?")
_WISHED: Final = late(f"(?:{_WORDS.either('wished')})[^，,；;：:。]{{0,6}}$")
_BEFORE_VERB: Final = late("[^，,；;：:。]{0,8}")
_DESCRIBED: Final = late("的[^，,；;：:。]*")
_SEAT: Final = late(f"(?P<role>代表|委员)资格(?:{_WORDS.either('seat')})?(?:终止|被终止|被罢免)")
_LEVEL: Final = late("(?:自治区|[省市县区州])$")
_OFFICE: Final = late("(?:自治区|[省市县区州])?(?:委|党委|人民政府|政府|人大|政协|纪委|监委)")
_LEVEL_OR_OFFICE: Final = late("自治区|[省市县区州]|党委|政府|人大|政协|纪委|监委")
_SHORT: Final = late("(?:自治区|[省市县区州])(?:委|政府|人大|政协|纪委)")


def end_steps(
    article: Article, annotated: Sequence[AnnotatedSentence], candidates: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """Return the candidates, those posts marked as ended that the rest of the article says are over."""
    posts: dict[EntityId, list[Candidate]] = {}
    for each in candidates:
        if _is_held(each):
            posts.setdefault(each.subject, []).append(each)
    if not posts:
        return tuple(candidates)
    left = tuple(_departures(annotated))
    lost = frozenset(_lost_seats(annotated, posts))
    behind = left_behind(article, annotated, posts)
    return tuple(
        _over(each)
        if _is_held(each)
        and (_key(each) in behind or _is_over(article.text, each, posts[each.subject], left, lost))
        else each
        for each in candidates
    )


def _is_held(candidate: Candidate) -> bool:
    is_post = schema().predicates[candidate.predicate].fact_class == MEMBERSHIP
    return is_post and candidate.status == "asserted" and not candidate.ended


def _is_over(
    text: str,
    post: Candidate,
    own: Sequence[Candidate],
    left: Sequence[tuple[EntityId, Link]],
    lost: frozenset[tuple[int, EntityId, str]],
) -> bool:
    if any(person == post.subject and _is_in(post, place) for person, place in left):
        return True
    return (
        (post.sentence, post.subject, post.role) in lost
        or _has_next(text, post, own)
        or _is_before_now(text, post, own)
    )


# The next step ---------------------------------------------------------------------------------------------------------


def _has_next(text: str, post: Candidate, own: Sequence[Candidate]) -> bool:
    """Say whether a later step of the same career takes the place of a post."""
    if post.date is None or not _is_step(post) or not _is_open(post.date.edtf):
        return False
    last = max(_last(each) for each in own if _key(each) == _key(post))
    return any(_is_later(text, each, post, last) for each in own)


def _is_later(text: str, step: Candidate, post: Candidate, last: int) -> bool:
    """Say whether a step takes the place of a post, whose title stands last at ``last``."""
    if _key(step) == _key(post) or not _is_step(step):
        return False
    if _place(step) <= last or step.sentence - post.sentence > _NEAR or post.date is None:
        return False
    words = _words_before(text, step)
    if _BESIDE.search(words):
        return False
    if _CHANGES.search(words) is None and _goes_with(post, step):
        return False
    if step.date is None:
        return _NOW.search(words) is not None
    return step.date.span.start > last and _order(post.date.edtf, step.date.edtf) >= 0


def _is_before_now(text: str, post: Candidate, own: Sequence[Candidate]) -> bool:
    """Say whether a step told with its year is not what the life says is held today: 1996年任记者。现任总编辑."""
    words = _words_before(text, post)
    if not _is_step(post) or _NOW.search(words) or _BESIDE.search(words):
        return False
    at = _place(post)
    told = text[max(0, at - _BACK) : at]
    if post.date is None and not _YEAR.search(told[max(map(told.rfind, "。\n")) + 1 :]):
        return False
    held = [each for each in own if _is_step(each) and _NOW.search(_words_before(text, each))]
    if any(_key(each) == _key(post) for each in held):
        return False
    return any(not _goes_with(post, each) for each in held)


def _goes_with(post: Candidate, step: Candidate) -> bool:
    """Say whether a later post may be held together with one: 副书记 with 市长, 董事长 of two companies."""
    if post.role.endswith(_WORDS.words("of_members")):
        return True
    if post.date is not None and step.date is not None and _begin(post) == _begin(step):
        return True
    body, other = _name(post.object), _name(step.object)
    if body != other and any(each.role.endswith(_WORDS.words("chairs")) for each in (post, step)):
        return True
    if _is_party(post) == _is_party(step) or not _is_same_house(body, other):
        return False
    return not (step.role == _SECRETARY and post.role.endswith(_HEAD))  # 县长, then 书记


def _is_party(post: Candidate) -> bool:
    """Say whether it is a post of those who lead a party committee, not of its staff (市委副秘书长)."""
    if _PARTY_ROLE.match(post.role) is not None:
        return True
    return _PARTY_BODY.search(_name(post.object)) is not None and _LEADS.search(post.role) is not None


def _is_same_house(body: str, other: str) -> bool:
    """Say whether a party committee and another body are of one place or company: 甲市委 and 甲市人大常委会."""
    first, second = (_PARTY_BODY.sub("", each) for each in (body, other))
    return first.startswith(second) or second.startswith(first)


def _begin(post: Candidate) -> str:
    return "" if post.date is None else post.date.edtf.partition("/")[0]


def _is_step(post: Candidate) -> bool:
    """Say whether a post is one that a career leads to and on from, not one held beside it."""
    told = any(firing.pattern in _CHAIN for firing in post.firings)
    side = _SIDE_ROLE.search(post.role) or _SIDE_BODY.search(_name(post.object))
    return told and bool(post.role) and side is None


def _is_open(edtf: str) -> bool:
    return "/" not in edtf or edtf.endswith(("/..", "/"))


def _order(first: str, second: str) -> int:
    """Return whether a date begins before another (1), with it as far as both say (0), or behind it (-1)."""
    a, b = first.partition("/")[0], second.partition("/")[0]
    length = min(len(a), len(b))
    return (a[:length] < b[:length]) - (a[:length] > b[:length])


def _over(post: Candidate) -> Candidate:
    """Return a post as over, nobody knows since when."""
    date = post.date
    if date is not None and date.edtf.endswith("/.."):
        date = replace(date, edtf=date.edtf[:-2])
    return replace(post, ended=True, date=date)


def _words_before(text: str, post: Candidate) -> str:
    """Return the words from the date of a step, or the start of its clause, to its title."""
    end = _trigger(post).start
    marks = [match.end() for match in _CLAUSE.finditer(text, post.evidence.span.start, end)]
    start = marks[-1] if marks else post.evidence.span.start
    if post.date is not None and post.evidence.span.start <= post.date.span.end <= start:
        start = post.date.span.end
    return text[start:end]


# Left ------------------------------------------------------------------------------------------------------------------


def _departures(annotated: Sequence[AnnotatedSentence]) -> Iterator[tuple[EntityId, Link]]:
    """Yield who left which place or body: 张三已调离甲省, 已调离甲省的张三; not 张三希望调离甲省."""
    for sentence in annotated:
        text, origin = sentence.tagged.sentence.text, sentence.tagged.sentence.span.start
        for match in _LEAVES.finditer(text):
            if _WISHED.search(text, 0, match.start()):
                continue
            place = next((x for x in sentence.links if x.span.start - origin == match.end()), None)
            person = None if place is None else _who(sentence, text, origin, match, place)
            if place is not None and person is not None:
                yield person, place


def _who(
    sentence: AnnotatedSentence, text: str, origin: int, verb: re.Match[str], place: Link
) -> EntityId | None:
    persons = [link for link in sentence.links if link.type == "Person"]
    end = place.span.end - origin
    for link in persons:
        at = link.span.start - origin
        if at > end and _DESCRIBED.fullmatch(text, end, at):
            return link.entity
    before = [link for link in persons if link.span.end - origin <= verb.start()]
    if before and _BEFORE_VERB.fullmatch(text, before[-1].span.end - origin, verb.start()):
        return before[-1].entity
    return None


def _is_in(post: Candidate, place: Link) -> bool:
    """Say whether a post is of a place or of an office of it: 甲省, 甲省委, and 省委 beside 甲省; 北京大学 is none of 北京."""
    body = _name(post.object)
    if place.type != "Place":
        return body.startswith(place.text)
    stem = _LEVEL.sub("", place.text)
    if len(stem) < 2:
        return body == place.text
    level = place.text[len(stem) :]
    if body in (stem, place.text) or (level and body.startswith(place.text)):
        return True
    if body.startswith(stem):
        return (_OFFICE if level else _LEVEL_OR_OFFICE).match(body, len(stem)) is not None
    return _SHORT.match(body) is not None and stem in post.evidence.quote


def _lost_seats(
    annotated: Sequence[AnnotatedSentence], posts: Mapping[EntityId, Sequence[Candidate]]
) -> Iterator[tuple[int, EntityId, str]]:
    """Yield the seats that are lost, each as sentence, holder and title, where only one in the sentence has one."""
    for sentence in annotated:
        match = _SEAT.search(sentence.tagged.sentence.text)
        if match is None:
            continue
        index = sentence.tagged.sentence.index
        persons = {link.entity for link in sentence.links if link.type == "Person"}
        seats = [
            post
            for person in sorted(persons & posts.keys())
            for post in posts[person]
            if post.sentence == index and post.role.endswith(match["role"])
        ]
        if len({post.subject for post in seats}) == 1:
            yield from ((index, post.subject, post.role) for post in seats)


def _key(post: Candidate) -> tuple[EntityId, EntityId, str]:
    return (post.subject, post.object, post.role)


def _name(entity: EntityId) -> str:
    return entity.split(":", 1)[1]


def _trigger(post: Candidate) -> Span:
    return post.firings[0].trigger or post.evidence.span


def _place(post: Candidate) -> int:
    return _trigger(post).start


def _last(post: Candidate) -> int:
    return max(firing.trigger.start for firing in post.firings if firing.trigger is not None)
