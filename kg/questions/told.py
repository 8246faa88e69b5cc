"""What an article answers by its own words, where no fact of the graph does: a figure, or a date, beside the words of a question.

All that a question says must stand there: most of it in the clause or the sentence, and the rest in the title or before it in
its paragraph. What is told of somebody else, denied, hoped for or rumoured answers nothing that does not ask for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.graph.edtf import spoken
from kg.questions.article import Dated, Measured
from kg.questions.asked import BREAK
from kg.questions.cover import Cover
from kg.questions.lexicon import Aspect
from kg.questions.scene import Scene

__all__ = ["Told", "dates", "figures", "is_refused", "of_unit"]

_MARK: Final = 1  # of what stands in the clause
_SENTENCE: Final = 2  # of what stands in its sentence
_EARLIER: Final = 3  # of what stands before that
_BESIDE: Final = 2
_BEHIND: Final = 3  # clauses behind a date that may tell what happened then
_NEAR: Final = 12  # characters before a figure that may tell what it is
_COUNTED: Final = ("名", "位")  # before an age it is that of somebody who is not named
_WHOLE: Final = ("", "、", "中", "）", ")")  # behind what is counted, of which nothing more is told
_BY: Final = "由"
_YEARS: Final = "年"
_PRONOUNS: Final = ("他", "她", "它", "其", "该", "现", "曾", "历任", "先后")
_FOR_PEOPLE: Final = ("人", "名", "位")
_MONEY: Final = "元"
_OF_DAY: Final = (
    " \u3000上下午晚凌晨夜间时许左右前后起以来截至当日"  # beside a date that is a clause by itself
)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that an article tells, with the words that tell it; ``rank`` is the larger the nearer these are."""

    text: str
    start: int
    end: int
    rank: tuple[int, ...]
    iri: str = ""  # the thing
    node: str = ""  # the figure or date
    forms: tuple[str, ...] = ()
    status: str = "asserted"
    date: str = ""


def figures(scene: Scene, aspect: Aspect) -> Iterator[Told]:
    """Yield the figures of a sentence that a question asks for."""
    for figure in scene.article.figures_in(scene.sentence.start, scene.sentence.end):
        if not of_unit(figure, aspect, scene.lexicon.things):
            continue
        if (rank := _figure_rank(scene, aspect, figure)) is not None:
            start, end = _quote(scene, figure.start)
            yield Told(figure.words, start, end, rank, node=figure.iri)


def _figure_rank(scene: Scene, aspect: Aspect, figure: Measured) -> tuple[int, ...] | None:
    """Return how near a figure is to the words of the question, None where it does not answer it."""
    start, end = scene.clause(figure.start)
    named, text = scene.named(figure.owner, end), scene.words(start, end)
    if named is None or is_refused(scene, aspect, figure, named):
        return None
    found = scene.covered(scene.asked.rest, (start, end))
    before = _bridged(scene, scene.lexicon.folded(scene.words(start, figure.start)))
    if _is_cost(scene, aspect, before, found):
        return 0, 0, named, 1
    if not found.all or (aspect.says and not before.endswith(tuple(map(scene.lexicon.folded, aspect.says)))):
        return None
    here, near = found.count(_MARK), found.count(_SENTENCE)
    if found.count(_EARLIER) > here + near:
        return None
    if not ((here and scene.says(start, end)) or (named and (aspect.says or aspect.bare))) or (
        aspect.bare and before.endswith(_COUNTED)
    ):
        return None
    behind = scene.lexicon.folded(scene.words(figure.end, end))
    close = _touches(scene, found, before, behind)
    if not (
        aspect.bare
        or aspect.says
        or _counts(scene, found, behind)
        or _has_key(scene, found, before, scene.lexicon.folded(text), close, aspect)
    ):
        return None
    return here, near, named, close


def is_refused(scene: Scene, aspect: Aspect, figure: Measured, named: int) -> bool:
    """Say whether a figure is told of somebody else, of another time, denied, hoped for, or a share where none is asked for."""
    start, end = scene.clause(figure.start)
    lexicon = scene.lexicon
    share = aspect.units == ("=",) and "%" in figure.words and not lexicon.any_in("shares", scene.asked.text)
    return (
        share
        or scene.is_anothers(figure.start, figure.owner)
        or scene.is_of_others(figure.start, named)
        or not scene.at_that_time(figure.start)
        or scene.is_rumour
        or scene.says_unasked("denials", scene.words(start, end))
        or scene.says_unasked("hopes", scene.words(start, figure.start))
    )


def _has_key(scene: Scene, found: Cover, before: str, clause: str, close: int, aspect: Aspect) -> bool:
    """Say whether the word beside what asks stands in the clause of a figure: what is counted, or what is done or measured."""
    left, rest = len(scene.asked.left), scene.asked.rest
    if any(word in clause and word in scene.asked.text for word in scene.lexicon.lists["most"]):
        return True
    at = _last(scene, rest, left)
    if aspect.units == ("=",):
        measured = at is not None and before.endswith(rest[at])
        counted = rest[left + 1 :].split(BREAK)[0]
        beside = any(before.endswith(counted[:end]) for end in range(2, len(counted) + 1))
        key = at if close == _BESIDE and measured else left + 1 if beside else None
    else:
        behind = left + 1 if left + 1 < len(rest) and found.at[left + 1] >= 0 else None
        key = behind if behind is not None else at
        if key is None:
            key = next((each for each in range(left + 1, len(rest)) if found.at[each] >= 0), None)
    if key is None or found.at[key] != _MARK or _is_torn(scene, found, key, clause, last=key == at):
        return False
    ends = range(len(rest), key, -1)
    said = next(
        (rest[each:end] for end in ends for each in range(key + 1) if before.endswith(rest[each:end])), ""
    )
    lead = before.removesuffix(said) if said else ""
    return not any(
        lead.endswith(word) and word not in scene.asked.text for word in scene.lexicon.lists["narrows"]
    )


def _is_torn(scene: Scene, found: Cover, key: int, clause: str, *, last: bool) -> bool:
    """Say whether of the word beside what asks only one character stands in the clause: 农 of 农业, in 农户."""
    rest, beside = scene.asked.rest, key - 1 if last else key + 1
    if not 0 <= beside < len(rest) or found.at[beside] < 0 or scene.lexicon.is_sign(rest[key]):
        return False
    pair = rest[min(key, beside) : max(key, beside) + 1]
    return not scene.lexicon.is_sign(rest[beside]) and pair not in clause


def _counts(scene: Scene, found: Cover, behind: str) -> bool:
    """Say whether what is counted stands behind a figure: 300余家企业参展, where more is asked than how many there are, or no more told."""
    left, rest = len(scene.asked.left), scene.asked.rest
    counted = rest[left + 1 :].split(BREAK)[0]
    length = next((end for end in range(len(counted), 0, -1) if behind.startswith(counted[:end])), 0)
    if not length or (length == 1 and not scene.lexicon.is_sign(counted[0])):
        return False
    others = [at for at in range(len(rest)) if not left < at <= left + length and found.at[at] == _MARK]
    return bool(others) or behind[length : length + 1] in _WHOLE


def _last(scene: Scene, rest: str, left: int) -> int | None:
    """Return the last character before what asks that says something."""
    return next(
        (at for at in range(left - 1, -1, -1) if rest[at] != BREAK and rest[at] not in scene.lexicon.light),
        None,
    )


def _is_cost(scene: Scene, aspect: Aspect, before: str, found: Cover) -> bool:
    """Say whether a sum stands behind a word for costs, where the question asks for costs and has no word for them."""
    if not aspect.cost or not before.endswith(tuple(map(scene.lexicon.folded, scene.lexicon.lists["costs"]))):
        return False
    rest, spending = scene.asked.rest, scene.lexicon.spending
    here = any(name for name in scene.asked.names)
    for at, each in enumerate(rest):
        if found.at[at] >= 0 and each not in spending:
            if found.at[at] not in (_MARK, _SENTENCE):
                return False
            here = True
    return here and any(each in spending for each in rest)


def _bridged(scene: Scene, before: str) -> str:
    """Return what stands before a figure, without the words that only lead to it."""
    while cut := next((word for word in scene.lexicon.lists["bridges"] if before.endswith(word)), ""):
        before = before.removesuffix(cut)
    return before


def _touches(scene: Scene, found: Cover, before: str, behind: str) -> int:
    """Return 2 where words of the question stand right beside a figure, 1 where they stand shortly before it, else 0."""
    rest = scene.asked.rest
    pairs = {
        rest[at : at + 2]
        for at in range(len(rest) - 1)
        if found.marked(at, _MARK) and found.marked(at + 1, _MARK) and BREAK not in rest[at : at + 2]
    }
    ones = {each for at, each in enumerate(rest) if found.at[at] == _MARK}
    if before[-2:] in pairs or before[-1:] in ones or behind[:2] in pairs or behind[:1] in ones:
        return 2
    return int(any(pair in before[-_NEAR:] for pair in pairs))


def of_unit(figure: Measured, aspect: Aspect, things: frozenset[str]) -> bool:
    """Say whether a figure has a unit that is asked for."""
    unit = figure.unit or ""
    if aspect.units == ("=",):
        return True
    if _MONEY in aspect.units:
        return _MONEY in unit or _MONEY in figure.words
    if "*" in aspect.units:
        return unit[-1:] in things or unit in _FOR_PEOPLE
    for wanted in aspect.units:
        bare = wanted.lstrip("万亿") or wanted
        if unit in (wanted, bare) or (bare in _FOR_PEOPLE and unit in _FOR_PEOPLE):
            return True
        if bare in things and unit in things and "个" in (bare, unit):
            return True
    return False


def dates(scene: Scene, aspect: Aspect) -> Iterator[Told]:
    """Yield the dates of a sentence that a question asks for."""
    for date in scene.article.dates_in(scene.sentence.start, scene.sentence.end):
        if _YEARS in aspect.word and not date.edtf[:1].isdigit():
            continue
        if (rank := _date_rank(scene, date)) is not None:
            start, end = _span(scene, date)
            written = scene.words(date.start, date.end)
            text = spoken(date.edtf) if date.iri else written
            hoped = scene.lexicon.any_in("hopes", scene.words(start, end))
            yield Told(
                text,
                start,
                end,
                rank,
                node=date.iri,
                forms=(written, date.edtf),
                status="planned" if hoped else "asserted",
                date=date.edtf,
            )


def _date_rank(scene: Scene, date: Dated) -> tuple[int, ...] | None:
    span = _span(scene, date)
    named = scene.named(end=span[1])
    if named is None or scene.is_of_others(date.start, named) or _is_by(scene, *span):
        return None
    if scene.is_rumour or scene.says_unasked("denials", scene.words(*span)):
        return None
    if scene.is_anothers(date.start, told=True) or (not named and _is_of_first(scene, date)):
        return None
    found = scene.covered(scene.asked.rest, span)
    here = found.count(_MARK)
    near = found.count(_SENTENCE)
    if not (found.all and here and scene.says(*span)) or found.count(_EARLIER) > here + near:
        return None
    return here, near, named, -(span[1] - span[0])


def _is_of_first(scene: Scene, date: Dated) -> bool:
    """Say whether a date is told of what its sentence begins with, which is neither a date nor a word for what came before."""
    start, end = next(scene.sentence.clauses(), (scene.sentence.start, scene.sentence.end))
    opening = scene.words(start, end).lstrip("\u3000 “”")
    begins = any(each.start - start <= len("“") for each in scene.article.dates_in(start, end))
    lists = scene.lexicon.lists
    return (
        date.start >= end
        and not begins
        and not opening.startswith((*lists["anaphora"], *lists["theirs"], *_PRONOUNS))
    )


def _is_by(scene: Scene, start: int, end: int) -> bool:
    """Say whether all that a clause tells is told of what something was done by: 由甲集团于2011年成立, of which it asks nothing."""
    if _BY in scene.asked.text:
        return False
    found = [each for each in scene.article.mentions_in(start, end) if scene.is_asked(each)]
    return bool(found) and all(scene.words(each.start - 1, each.start) == _BY for each in found)


def _span(scene: Scene, date: Dated) -> tuple[int, int]:
    """Return the clause of a date; with the one behind it where it stands by itself."""
    start, end = scene.clause(date.start)
    beside = scene.words(start, date.start) + scene.words(date.end, end)
    if beside.strip(_OF_DAY):
        return start, end
    behind = [clause for clause in scene.sentence.clauses() if clause[0] >= end]
    return (start, behind[:_BEHIND][-1][1]) if behind else (start, end)


def _quote(scene: Scene, at: int) -> tuple[int, int]:
    """Return what is quoted: the sentence up to the end of a clause, without blanks around it."""
    _, end = scene.clause(at)
    return scene.sentence.start, end
