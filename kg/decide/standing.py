"""Which decisions stand, and which contradict each other: said by the file alone, before any article is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any, Final

from kg.base.errors import ContradictionError
from kg.decide.model import FIELDS, Change, Decision, EntityAnchor, FactAnchor, FigureAnchor

__all__ = [
    "answers",
    "chain",
    "check",
    "contradiction",
    "gives_way",
    "in_force",
    "next_id",
    "standing",
    "unknown_withdrawals",
]

_NUMBERED: Final = re.compile(r"d(\d{1,9})")
_OF_THING: Final = ("name", "type", "code")
_PARTS: Final = FIELDS["figure"].optional
_MEND: Final = "withdraw one of them: kg undo"


def next_id(decisions: Iterable[Decision]) -> str:
    """Return the next free id: above all that were given, and those that decisions speak of.

    >>> next_id([])
    'd1'
    """
    named = [name for each in decisions for name in (each.id, each.of or "")]
    return f"d{max((int(found[1]) for name in named if (found := _NUMBERED.fullmatch(name))), default=0) + 1}"


def standing(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that nothing withdraws, without the withdrawals, in their order."""
    return tuple(each for each in in_force(decisions) if each.verdict != "withdraw")


def in_force(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that nothing withdraws, the withdrawals among them, in their order.

    A withdrawal that is withdrawn itself takes nothing back.
    """
    by: dict[str, list[Decision]] = {}
    for each in decisions:
        if each.verdict == "withdraw" and each.of:
            by.setdefault(each.of, []).append(each)
    known: dict[str, bool] = {}

    def stands(each: Decision) -> bool:
        # A ring of withdrawals is refused by `check`; here it ends, for each is taken to stand while it is looked at.
        if each.id not in known:
            known[each.id] = True
            known[each.id] = not any(stands(other) for other in by.get(each.id, ()))
        return known[each.id]

    ordered = sorted(decisions, key=lambda each: each.id)
    for each in ordered:
        stands(each)
    return tuple(each for each in decisions if known[each.id])


def unknown_withdrawals(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the withdrawals of what the file has not (any more)."""
    ids = {each.id for each in decisions}
    return tuple(each for each in decisions if each.verdict == "withdraw" and each.of not in ids)


def contradiction(where: object, one: Decision, other: Decision, why: str) -> ContradictionError:
    """Return the error that two decisions contradict each other, the one that stands first in the file named first."""
    first, second = sorted((one, other), key=lambda each: (each.line, each.id))
    error = ContradictionError(
        f"{where}:{second.line}",
        f"{second.id!r} contradicts {first.id!r} in line {first.line}: {why}",
        _MEND,
    )
    error.ids = (first.id, second.id)
    return error


def check(decisions: Sequence[Decision], where: object) -> None:
    """Refuse decisions that contradict each other, whatever the articles hold.

    Raises:
        ContradictionError: it names the first two, by their place in the file.
    """
    _check_withdrawals(decisions, where)
    held: dict[Any, tuple[Any, Decision]] = {}
    for each in sorted(standing(decisions), key=lambda each: (each.line, each.id)):
        for subject, value, why in _claims(each):
            said, other = held.setdefault(subject, (value, each))
            if said != value:
                raise contradiction(where, other, each, why)
    _check_identity(standing(decisions), where)


def _check_withdrawals(decisions: Sequence[Decision], where: object) -> None:
    by_id = {each.id: each for each in decisions if each.verdict == "withdraw"}
    for each in by_id.values():
        seen, at = {each.id}, each
        while at.of in by_id:
            at = by_id[at.of]
            if at.id in seen:
                raise contradiction(where, each, by_id[each.of or ""], "they withdraw each other")
            seen.add(at.id)


def answers(each: Decision) -> Iterator[tuple[Any, Any]]:
    """Yield the very questions that a decision answers, each with its answer: another one by the same person replaces it.

    What follows only through other things (``same`` with a third one, no thing and yet one with another) is no such question.
    """
    if each.a is not None and each.b is not None:
        yield ("pair", frozenset((_bare(each.a), _bare(each.b)))), each.verdict
    else:
        for subject, value, _ in _claims(each):
            yield subject, value


def gives_way(old: Decision, new: Decision) -> bool:
    """Say whether a decision may be replaced by another answer to its question: of the same person, and none of before it."""
    return old.by == new.by and not (old.on and new.on and new.on < old.on)


def _claims(each: Decision) -> Iterator[tuple[Any, Any, str]]:
    """Yield what a decision settles, how, and what it means that another settles it otherwise."""
    if each.fact is not None and each.verdict != "add":
        subject = ("fact", _bare_fact(each.fact))
        yield (*subject, "verdict"), each.verdict, "two verdicts on one fact"
        for part in fields(Change) if each.to is not None else ():
            if (value := getattr(each.to, part.name)) is not None:
                yield (*subject, part.name), value, "two corrections of one fact"
    if each.figure is not None:
        yield from _claims_of_figure(each, each.figure)
    if each.verdict in _OF_THING and each.a is not None:
        value = {"name": each.label, "type": each.type, "code": each.code}[each.verdict]
        yield (each.verdict, _bare(each.a)), value, "two answers for one thing"
    if each.a is not None and each.verdict not in ("apart", "unsure"):
        for anchor in filter(None, (each.a, each.b)):
            yield ("thing", _bare(anchor)), each.verdict == "no-entity", "one says that it is no thing"
    if each.verdict in ("alias", "no-entity") and each.words is not None:
        yield ("words", each.words, each.type), each.means or "", "two meanings of the same words"


def _claims_of_figure(each: Decision, figure: FigureAnchor) -> Iterator[tuple[Any, Any, str]]:
    yield ("figure", figure, "verdict"), each.verdict, "two verdicts on one figure"
    for part in _PARTS:
        value = getattr(each, part)
        if value is not None:
            yield ("figure", figure, part), value, "two corrections of one figure"


def _bare(anchor: EntityAnchor) -> tuple[object, ...]:
    return anchor.article, anchor.span, anchor.words


def _bare_fact(anchor: FactAnchor) -> tuple[object, ...]:
    ends = (_bare(anchor.subject), _bare(anchor.object))
    return anchor.article, anchor.predicate, *ends, anchor.span, anchor.words, anchor.role


def _check_identity(decisions: Sequence[Decision], where: object) -> None:
    """Refuse what is kept apart and yet is one by other decisions, if through third things."""
    pairs = [
        (_bare(each.a), _bare(each.b), each)
        for each in sorted(decisions, key=lambda each: (each.line, each.id))
        if each.a is not None and each.b is not None
    ]
    links = [pair for pair in pairs if pair[2].verdict == "same"]
    for a, b, each in pairs:
        if each.verdict == "same":
            continue
        if (other := chain(links, a, b)) is not None:
            raise contradiction(where, other, each, "one joins what the other does not")


def chain(links: Sequence[tuple[Any, Any, Decision]], a: object, b: object) -> Decision | None:
    """Return, of a shortest chain that makes two things one, what stands last in the file; None where there is none."""
    tied: dict[Any, list[tuple[Any, Decision]]] = {}
    for one, other, each in links:
        tied.setdefault(one, []).append((other, each))
        tied.setdefault(other, []).append((one, each))
    last: dict[Any, Decision | None] = {a: None}
    front = [a]
    for at in front:
        for other, each in tied.get(at, ()):
            if other not in last:
                before = last[at]
                last[other] = max(filter(None, (before, each)), key=lambda one: (one.line, one.id))
                front.append(other)
    return last.get(b)
