"""What an article tells somewhere in the sentence that holds all a question says: the one thing there of the sort that it wants.

Only where exactly one thing of the sort stands in the clause with most of the question (or, where none does, in the sentence),
or things that are listed; where another sentence holds the question too and tells something else, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kg.questions.article import Article, Mention
from kg.questions.asked import BREAK
from kg.questions.cover import cover
from kg.questions.lexicon import Lexicon
from kg.questions.rumoured import refuted
from kg.questions.scene import ACTING, Scene
from kg.questions.sought import Sought, key_of, rank_of
from kg.questions.told import Told, is_refused, of_unit

__all__ = ["taken"]

_NUMBER: Final = re.compile("[\u4e00-\u9fff]{1,10}[〔\\[（(][12][0-9]{3}[〕\\]）)][0-9]+号")
_AWARD: Final = re.compile(
    "(?:第[一二三四五六七八九十0-9]+[届次])?“[^“”]{2,20}”(?=称号)|(?:第[一二三四五六七八九十0-9]+[届次])?“[^“”]{1,20}[奖号]”"
)
_LAW: Final = re.compile("《[^《》]{1,30}(?:法|条例|规定|办法|解释)》")
_TYPES: Final = {
    "who": ("Person", "Organization"),
    "person": ("Person",),
    "body": ("Organization",),
}
_PATTERNS: Final = {"number": _NUMBER, "award": _AWARD, "law": _LAW}
_OF: Final = "的"
_AND: Final = ("、", "和", "与", "及", "以及")
_ITEM: Final = re.compile("[^、，。；：！？（）“”]{2,12}")
_OTHERS: Final = re.compile("等[^、]{0,8}$")
_INTO: Final = ("入", "到", "至", "往", "进")
_LONGEST_PLACE: Final = 10
_BESIDE: Final = 2
_POST: Final = 4  # characters of what somebody is, beside his name

Found = tuple[Told, ...]


def taken(found: Sought, lexicon: Lexicon, articles: Sequence[Article]) -> list[tuple[Article, Told]]:
    """Return what one sentence tells, or several that tell the same."""
    told: list[tuple[int, Article, Found]] = []
    for article in articles:
        for sentence in article.sentences:
            scene = Scene(found.asked, lexicon, article, sentence)
            if found.wanted.sort == "truth":
                rank, values = 1, tuple(refuted(scene, found))
            else:
                rank = rank_of(scene, found) or 0
                values = tuple(_values(scene, found, rank)) if rank else ()
            if values:
                told.append((rank, article, values))
    if not told:
        return []
    told.sort(key=lambda each: -each[0])
    _, article, values = told[0]
    if any(not _same(values, other) for _, _, other in told[1:]):
        return []
    return [(article, each) for each in values]


def _same(values: Found, others: Found) -> bool:
    """Say whether each of some values is one of others, or has its words."""
    return all(
        any(one.iri == other.iri != "" or one.text in other.text or other.text in one.text for one in values)
        for other in others
    )


def _values(scene: Scene, found: Sought, rank: int) -> Iterator[Told]:
    clause = _clause(scene, found)
    if clause is None or scene.is_rumour:
        return
    start, end = clause
    if found.wanted.sort == "state":
        yield from _state(scene, found, start, end)
        return
    if _is_unsure(scene, start, end):
        return
    spans = _candidates(scene, found, start, end)
    anywhere = found.wanted.sort in _PATTERNS
    if not spans and (anywhere or _lacks_subject(scene, found, start, end)):
        last = scene.sentence.end if anywhere else end
        spans = _candidates(scene, found, scene.sentence.start, last)
    if len(spans) > 1 and not _are_listed(scene, spans):
        return
    if len(spans) == 1 and found.wanted.word.startswith(scene.lexicon.lists["several"]):
        return
    if any(_is_unsure(scene, *scene.clause(first)) for first, _, _ in spans):
        return
    for first, last, iri in spans:
        text = scene.words(first, last)
        yield Told(text, scene.sentence.start, max(end, last), (rank,), iri=iri, forms=(text,))


def _is_unsure(scene: Scene, start: int, end: int) -> bool:
    """Say whether what stands in a clause is denied or hoped for there, as the question does not say."""
    return any(scene.says_unasked(name, scene.words(start, end)) for name in ("hopes", "denials"))


def _clause(scene: Scene, found: Sought) -> tuple[int, int] | None:
    """Return the clause with most of what a question says, of those with the word beside what asks."""
    folded, key = scene.lexicon.folded, key_of(scene.lexicon, found)
    best, most = None, 0
    for start, end in scene.sentence.clauses():
        covered = cover(found.rest, scene.lexicon, (folded(scene.words(start, end)),))
        here = covered.count(1) + _BESIDE * sum(scene.has(name, start, end) for name in scene.asked.names)
        told = key is None or found.rest[key] == BREAK or covered.at[key] == 1
        if told and here > most:
            best, most = (start, end), here
    return best


def _lacks_subject(scene: Scene, found: Sought, start: int, end: int) -> bool:
    """Say whether a clause begins with the word beside what asks, or with adverbs before that: who does it is told before."""
    key = key_of(scene.lexicon, found)
    if found.wanted.sort not in _TYPES or key is None or found.rest[key] == BREAK:
        return False
    text = scene.words(start, end)
    while adverb := next((word for word in scene.lexicon.lists["adverbs"] if text.startswith(word)), ""):
        text = text.removeprefix(adverb)
    return 0 <= scene.lexicon.folded(text).find(found.rest[key]) <= _BESIDE


# candidates -----------------------------------------------------------------------------------------------------------


def _candidates(scene: Scene, found: Sought, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return where things of the sort that is wanted stand between two places, each thing once, with its IRI."""
    sort = found.wanted.sort
    if sort in _PATTERNS:
        return _once(
            scene,
            [
                (*match.span(), "")
                for match in _PATTERNS[sort].finditer(scene.article.text.text, start, end)
                if match[0].strip("《》“”") not in scene.asked.text
                and (sort != "award" or _is_won(scene, match.start()))
            ],
        )
    if sort == "figure":
        return _figures(scene, start, end)
    if sort == "list":
        return _items(scene, found, start, end)
    if sort == "place":
        return _into(scene, found, start, end)
    things = [each for each in scene.article.mentions_in(start, end) if _may_be(scene, found, each)]
    if sort == "who" and any("Person" in each.types for each in things):
        things = [each for each in things if "Person" in each.types]
    if things and not _does_or_is(scene, found, things, start, end):
        return []
    return _once(scene, [(each.start, each.end, each.iri) for each in things])


def _is_won(scene: Scene, at: int) -> bool:
    """Say whether an award at a place is won, by whom the question names: in its clause, or else first in its sentence."""
    start, _ = scene.clause(at)
    if not scene.lexicon.any_in("won", scene.words(start, at)):
        return False
    here, before = (
        [each for each in scene.article.mentions_in(first, at) if each.types & ACTING]
        for first in (start, scene.sentence.start)
    )
    return scene.is_asked((here or before)[0]) if before else True


def _once(scene: Scene, spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: dict[str, tuple[int, int, str]] = {}
    for each in spans:
        kept.setdefault(each[2] or scene.words(each[0], each[1]), each)
    return list(kept.values())


def _may_be(scene: Scene, found: Sought, mention: Mention) -> bool:
    """Say whether a thing is of the sort that is wanted, and not named by the question itself."""
    text, ends, lists = scene.words(mention.start, mention.end), found.wanted.ends, scene.lexicon.lists
    return (
        bool(mention.types & set(_TYPES.get(found.wanted.sort, ())))
        and not scene.is_asked(mention)
        and not (found.wanted.word.endswith(lists["companies"]) and text.endswith(lists["no_companies"]))
        and (not ends or any(each in text for each in ends))
    )


def _does_or_is(scene: Scene, found: Sought, things: Sequence[Mention], start: int, end: int) -> bool:
    """Say whether who is wanted stands before what is done; or, where he is asked for by what he is, beside that."""
    key = key_of(scene.lexicon, found)
    said = found.plain.removesuffix("有").removesuffix("是")
    if key is not None and found.rest[key] != BREAK and (key > len(found.left) or said.endswith(_OF)):
        before = scene.words(things[0].start - 1, things[0].start)
        does = before not in scene.lexicon.lists["never_before"] and not scene.tells(things[0])
        return does and found.rest[key] in scene.lexicon.folded(scene.words(things[-1].end, end))
    if found.wanted.sort not in ("who", "person"):
        return True
    post = said.strip("“”《》")[-_POST:]
    return any(
        scene.words(start, each.start).endswith(post) or _holds(scene, each, post, end) for each in things
    )


def _holds(scene: Scene, mention: Mention, key: str, end: int) -> bool:
    behind = scene.words(mention.end, end)
    verb = next((word for word in scene.lexicon.lists["holds"] if behind.startswith(word)), "")
    return bool(verb) and behind.strip("”》").endswith(key)


def _are_listed(scene: Scene, spans: Sequence[tuple[int, int, str]]) -> bool:
    """Say whether things are joined to each other: 甲、丙局局长乙."""
    if not all(each[2] for each in spans) and not all(not each[2] for each in spans):
        return False
    return all(
        scene.words(before[1], after[0]).startswith(_AND)
        and not any(mark in scene.words(before[1], after[0]) for mark in "，；：")
        for before, after in pairwise(spans)
    )


def _items(scene: Scene, found: Sought, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the things that are listed right behind the verb before what asks: 调拨帐篷600顶、棉被2000床."""
    at = _behind_verb(scene, found, start, end)
    if at is None:
        return []
    text = scene.words(at, end)
    listed = _OTHERS.sub("", text)
    parts = listed.split("、")
    if len(parts) < _BESIDE or not all(_ITEM.fullmatch(part) for part in parts):
        return []
    spans = []
    for part in parts:
        spans.append((at, at + len(part), ""))
        at += len(part) + 1
    return spans


def _behind_verb(scene: Scene, found: Sought, start: int, end: int) -> int | None:
    """Return where the verb before what asks ends in a clause."""
    verb = found.left.rstrip("".join(scene.lexicon.light))
    if not verb or verb[-1] == BREAK:
        return None
    key = verb[-1] if scene.lexicon.is_sign(verb[-1]) else verb[-_BESIDE:]
    folded = scene.lexicon.folded
    for at in range(start + 1, end):
        if folded(scene.words(start, at)).endswith(key) and not folded(scene.words(start, at + 1)).endswith(
            key
        ):
            behind = next(
                (word for word in scene.lexicon.lists["listing"] if scene.words(at, end).startswith(word)), ""
            )
            return at + len(behind)
    return None


def _figures(scene: Scene, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the figure of the unit that is wanted, where no other of it stands in the sentence."""
    aspect = scene.asked.aspect
    if aspect is None:
        return []
    first, last = scene.sentence.start, scene.sentence.end
    measured = [
        each for each in scene.article.figures_in(first, last) if of_unit(each, aspect, scene.lexicon.things)
    ]
    if len(measured) != 1 or not start <= measured[0].start < end:
        return []
    here = scene.named(measured[0].owner, end)
    if here is None:
        return []
    return [] if is_refused(scene, aspect, measured[0], here) else [(measured[0].start, measured[0].end, "")]


def _into(scene: Scene, found: Sought, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the place that stands behind the verb before what asks, to the end of its clause."""
    at = _behind_verb(scene, found, start, end)
    if at is None or not scene.words(start, at).endswith(_INTO) or not 1 < end - at <= _LONGEST_PLACE:
        return []
    return [(at, end, "")] if scene.words(at, end) not in scene.asked.text else []


def _state(scene: Scene, found: Sought, start: int, end: int) -> Iterator[Told]:
    """Yield the clause that says of what is asked that it is not done yet: 尚待审批."""
    text = scene.words(start, end)
    verb = found.left.rstrip("".join(scene.lexicon.light))[-1:]
    for word in scene.lexicon.lists["pending"]:
        if word in text and verb and scene.lexicon.is_sign(verb) and verb in scene.lexicon.folded(text):
            yield Told(text, scene.sentence.start, end, (1,), forms=(word,))
            return
