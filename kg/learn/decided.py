"""Readings against what people decided: of the facts and figures that they judged, which the reader states rightly.

Confirmed, corrected and added facts are to be stated, rejected ones are not. What nobody judged counts nowhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from kg.base.model import Fact, Reading
from kg.decide.find import facts_at, figures_at
from kg.decide.model import Change, Decision, FactAnchor
from kg.decide.standing import standing

__all__ = ["Judged", "judged_facts", "table_of_judged"]

Outcome = Literal["right", "wrong", "missed", "left out"]
FIGURE: Final = "(figure)"
_OUTCOMES: Final[tuple[Outcome, ...]] = ("right", "wrong", "missed", "left out")


@dataclass(frozen=True, slots=True)
class Judged:
    """What a reader made of something that a person judged. ``left out``: it was rejected, and is not stated."""

    id: str  # of the decision
    predicate: str
    pattern: str  # "" for what is not stated
    outcome: Outcome


def judged_facts(readings: Iterable[Reading], decisions: Sequence[Decision]) -> tuple[Judged, ...]:
    """Return what readings, made without decisions, say of what people judged, in the order of the ids."""
    by_sha = {reading.article.sha256: reading for reading in readings}
    found = list[Judged]()
    for each in sorted(standing(decisions), key=lambda one: one.id):
        for sha256 in each.articles:
            if (reading := by_sha.get(sha256)) is not None:
                found += _of_fact(each, reading) if each.fact is not None else _of_figure(each, reading)
    return tuple(found)


def _of_fact(each: Decision, reading: Reading) -> list[Judged]:
    if each.fact is None:
        return []
    own = each.fact
    stated = _stated(reading, own)
    if each.verdict == "reject":
        return _rejected(each.id, own.predicate, [fact.pattern for fact in stated])
    if each.verdict == "change" and each.to is not None:
        wanted = _corrected(own, each.to)
        right = [fact for fact in _stated(reading, wanted) if _has(fact, wanted)]
        wrong = [fact for fact in stated if fact not in right]
        made = [Judged(each.id, fact.predicate, fact.pattern, "wrong") for fact in wrong[:1]]
        return [*made, *_wanted(each.id, wanted.predicate, [fact.pattern for fact in right])]
    right = [fact for fact in stated if each.verdict != "add" or _has(fact, own)]
    return _wanted(each.id, own.predicate, [fact.pattern for fact in right])


def _of_figure(each: Decision, reading: Reading) -> list[Judged]:
    if each.figure is None:
        return []
    stated = [reading.figures[at] for at in figures_at(reading.figures, each.figure)]
    if each.verdict == "reject":
        return _rejected(each.id, FIGURE, [figure.rule for figure in stated])
    right = [
        figure
        for figure in stated
        if each.value in (None, figure.value)
        and each.unit in (None, figure.unit)
        and each.label in (None, figure.of)
        and (each.owner is None or each.owner.words in _names(reading, figure.subject))
    ]
    wrong = [Judged(each.id, FIGURE, figure.rule, "wrong") for figure in stated[:1] if not right]
    return [*wrong, *_wanted(each.id, FIGURE, [figure.rule for figure in right])]


def _wanted(name: str, predicate: str, patterns: Sequence[str]) -> list[Judged]:
    if patterns:
        return [Judged(name, predicate, patterns[0], "right")]
    return [Judged(name, predicate, "", "missed")]


def _rejected(name: str, predicate: str, patterns: Sequence[str]) -> list[Judged]:
    if patterns:
        return [Judged(name, predicate, patterns[0], "wrong")]
    return [Judged(name, predicate, "", "left out")]


def _stated(reading: Reading, anchor: FactAnchor) -> list[Fact]:
    entities = {entity.id: entity for entity in reading.entities}
    return [
        reading.facts[at]
        for at in facts_at(reading.article.text, reading.facts, entities, reading.links, anchor)
    ]


def _corrected(fact: FactAnchor, to: Change) -> FactAnchor:
    return replace(
        fact,
        predicate=to.predicate or fact.predicate,
        subject=to.subject or fact.subject,
        object=to.object or fact.object,
        role=fact.role if to.role is None else to.role,
        status=to.status,
    )


def _has(fact: Fact, wanted: FactAnchor) -> bool:
    return wanted.role in (None, fact.role) and wanted.status in (None, fact.status)


def _names(reading: Reading, entity: str | None) -> tuple[str, ...]:
    return next((each.names for each in reading.entities if each.id == entity), ())


def table_of_judged(judged: Sequence[Judged]) -> str:
    """Return the counts by predicate and pattern, most wrong first, and precision and recall of all."""
    tally: dict[tuple[str, str], Counter[Outcome]] = defaultdict(Counter)
    total: Counter[Outcome] = Counter()
    for each in judged:
        tally[each.predicate, each.pattern or "-"][each.outcome] += 1
        total[each.outcome] += 1
    rows = sorted(
        tally.items(), key=lambda row: (-row[1]["wrong"], -row[1]["missed"], -row[1]["right"], row[0])
    )
    lines = [f"{'predicate':24}{'pattern':24}" + "".join(f"{name:>10}" for name in _OUTCOMES)]
    for (predicate, pattern), counts in [*rows, (("ALL", ""), total)]:
        lines.append(f"{predicate:24}{pattern:24}" + "".join(f"{counts[name]:10}" for name in _OUTCOMES))
    right, wrong, missed = total["right"], total["wrong"], total["missed"]
    lines.append(f"precision {_share(right, wrong)}  recall {_share(right, missed)}")
    return "\n".join(lines)


def _share(part: int, rest: int) -> str:
    return f"{part / (part + rest):.3f}" if part + rest else "-"
