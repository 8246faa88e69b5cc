"""Readings against annotated articles: precision, recall, and every error with its cause.

The measures are those of the annotation guide: entities (one node a thing), typed, relations, pairs, figures, figures+
(value, unit, modifier and subject), and the shares names, roles, whose, evidence, grounded.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.base.model import Entity, EntityId, Fact, Figure, Reading
from kg.base.schema import schema
from kg.learn.gold import (
    GoldArticle,
    GoldEntity,
    GoldFigure,
    GoldRelation,
    gold_links,
    in_simplified,
)
from kg.pipeline import Pipeline
from kg.text.script import restored

MEASURES = (
    "entities",
    "typed",
    "names",
    "relations",
    "pairs",
    "roles",
    "figures",
    "figures+",
    "whose",
    "evidence",
    "grounded",
)
SHARES = frozenset({"names", "roles", "whose", "evidence", "grounded"})
_IGNORED = re.compile(r"[\s《》“”\"'‘’「」『』()（）·•・,，、]")


def normalize(name: str) -> str:
    """Return ``name`` without width, case, spaces, quotes and commas: what two spellings of one name share."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name).strip().lower())


@dataclass(slots=True)
class Count:
    """True positives, false positives and false negatives of one measure."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: Count) -> None:
        """Add another article's counts."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Share of what was asked for that was found; 0 where nothing was asked for."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Error:
    """One difference between reading and annotation. ``kind``: missed, wrong, type, role, double, mixed."""

    measure: str
    kind: str
    text: str
    fact: Fact | None = None


@dataclass(slots=True)
class Score:
    """What one reading (or many) got right and wrong."""

    counts: dict[str, Count] = field(default_factory=lambda: {measure: Count() for measure in MEASURES})
    errors: list[Error] = field(default_factory=list)
    right_facts: list[Fact] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add another article's score."""
        for measure, count in other.counts.items():
            self.counts[measure].add(count)
        self.errors.extend(other.errors)
        self.right_facts.extend(other.right_facts)


def score_reading(reading: Reading, gold: GoldArticle) -> Score:
    """Return how ``reading`` compares with what a careful reader found in the same article."""
    score = Score()
    nodes = score_entities(reading.entities, gold, score)
    _score_relations(reading, gold, nodes, score)
    _score_figures(reading.figures, gold, nodes, score)
    _score_evidence(reading, score)
    return score


# Entities ---------------------------------------------------------------------------------------------------------


def score_entities(entities: Sequence[Entity], gold: GoldArticle, score: Score) -> dict[EntityId, str]:
    """Count entities, typed and names; return which annotated thing each entity is ("?name" for none)."""
    by_id = {item.id: item for item in gold.entities}
    by_name: dict[str, str] = {}
    for item in gold.entities:
        for name in item.names:
            by_name.setdefault(normalize(name), item.id)
    nodes: dict[EntityId, str] = {}
    taken: set[str] = set()
    labels = {entity.id: {normalize(name) for name in entity.names} for entity in entities}
    for entity in sorted(entities, key=lambda entity: (-len(labels[entity.id]), entity.id)):
        own = labels[entity.id]
        hits = [
            item.id for item in gold.entities if item.id in {by_name[name] for name in own if name in by_name}
        ]
        chosen = next((hit for hit in hits if hit not in taken), next(iter(hits), None))
        if chosen is None:
            nodes[entity.id] = f"?{entity.name}"
            _wrong(score, ("entities", "typed"), "wrong", f"+ {'/'.join(entity.names)} [{entity.type}]")
            continue
        nodes[entity.id] = chosen
        item = by_id[chosen]
        if item.optional:
            taken.add(chosen)
        elif chosen in taken:
            _wrong(
                score,
                ("entities", "typed"),
                "double",
                f"= {'/'.join(entity.names)}: second node for {item.names[0]}",
            )
        else:
            taken.add(chosen)
            _count_match(
                entity, own, item, [hit for hit in hits if hit != chosen and not by_id[hit].optional], score
            )
    for item in gold.entities:
        if not item.optional and item.id not in taken:
            score.counts["entities"].missed += 1
            score.counts["typed"].missed += 1
            score.errors.append(Error("entities", "missed", f"- {item.names[0]} [{'/'.join(item.types)}]"))
    return nodes


def _wrong(score: Score, measures: Iterable[str], kind: str, text: str, times: int = 1) -> None:
    for measure in measures:
        score.counts[measure].wrong += times
    score.errors.append(Error("entities", kind, text))


def _count_match(entity: Entity, own: set[str], item: GoldEntity, mixed: Sequence[str], score: Score) -> None:
    score.counts["entities"].right += 1
    if mixed:
        _wrong(
            score,
            ("entities", "typed"),
            "mixed",
            f"& {item.names[0]} is in one node with {mixed}",
            len(mixed),
        )
    right = own & {normalize(name) for name in item.names}
    score.counts["names"].right += len(right)
    score.counts["names"].missed += len(own - right)
    if own - right:
        score.errors.append(Error("names", "wrong", f"{item.names[0]}: {'/'.join(sorted(own - right))}"))
    if entity.type in item.types:
        score.counts["typed"].right += 1
    else:
        score.counts["typed"].wrong += 1
        score.counts["typed"].missed += 1
        score.errors.append(
            Error("typed", "type", f"! {item.names[0]} is {entity.type}, not {'/'.join(item.types)}")
        )


# Relations --------------------------------------------------------------------------------------------------------

_Triple = tuple[str, str, str]


def _score_relations(
    reading: Reading, gold: GoldArticle, nodes: Mapping[EntityId, str], score: Score
) -> None:
    found: dict[_Triple, list[Fact]] = defaultdict(list)
    unasked = gold.unasked()
    for fact in reading.facts:
        if fact.status != "denied" and not fact.derived and fact.predicate not in unasked:
            found[(nodes[fact.subject], fact.predicate, nodes[fact.object])].append(fact)
    used: set[_Triple] = set()
    counted: set[tuple[str, tuple[str, ...], str]] = set()
    for relation in gold.relations:
        hits = [triple for triple in found if _matches(relation, triple)]
        used.update(hits)
        if relation.optional:
            continue
        facts = [fact for triple in hits for fact in found[triple]]
        if facts and relation.role:
            _count_role(relation, facts, gold, score)
        key = (relation.subject, tuple(sorted(relation.predicates)), relation.object)
        if key in counted:  # two posts at one organisation are one triple
            continue
        counted.add(key)
        if hits:
            score.counts["relations"].right += 1
            score.right_facts.append(facts[0])
        else:
            score.counts["relations"].missed += 1
            score.errors.append(
                Error(
                    "relations", "missed", f"- {relation.subject} {relation.predicates[0]} {relation.object}"
                )
            )
    loose = {item.id for item in gold.entities if item.optional}
    for triple in sorted(set(found) - used):
        if triple[0] in loose or triple[2] in loose:
            continue
        score.counts["relations"].wrong += 1
        fact = found[triple][0]
        score.errors.append(
            Error("relations", "wrong", f"+ {' '.join(triple)} | {fact.evidence[0].quote}", fact)
        )
    _count_pairs(found, gold, loose, score)


def _matches(relation: GoldRelation, triple: _Triple) -> bool:
    subject, predicate, obj = triple
    if predicate not in relation.predicates:
        return False
    return (subject, obj) == (relation.subject, relation.object) or (
        predicate in schema().symmetric() and (obj, subject) == (relation.subject, relation.object)
    )


def _count_role(relation: GoldRelation, facts: Sequence[Fact], gold: GoldArticle, score: Score) -> None:
    holder = next(item for item in gold.entities if item.id == relation.object)
    names = sorted((normalize(name) for name in holder.names), key=len, reverse=True)

    def title(role: str) -> str:
        role = normalize(role)
        return next((role[len(name) :] for name in names if role.startswith(name) and role != name), role)

    if any(title(fact.role) == title(relation.role) for fact in facts if fact.role):
        score.counts["roles"].right += 1
        return
    score.counts["roles"].missed += 1
    roles = "/".join(fact.role for fact in facts)
    score.errors.append(
        Error(
            "roles",
            "role",
            f"! {relation.subject} {relation.object}: {roles or 'none'}, not {relation.role}",
            facts[0],
        )
    )


def _count_pairs(found: Iterable[_Triple], gold: GoldArticle, loose: set[str], score: Score) -> None:
    asked: dict[frozenset[str], bool] = {}
    for relation in gold.relations:
        pair = frozenset((relation.subject, relation.object))
        asked[pair] = asked.get(pair, True) and relation.optional
    pairs = {frozenset((subject, obj)) for subject, _, obj in found}
    count = score.counts["pairs"]
    count.right = sum(1 for pair, optional in asked.items() if not optional and pair in pairs)
    count.missed = sum(1 for pair, optional in asked.items() if not optional and pair not in pairs)
    count.wrong = sum(1 for pair in pairs if pair not in asked and not pair & loose)


# Figures ----------------------------------------------------------------------------------------------------------


def _score_figures(
    figures: Sequence[Figure], gold: GoldArticle, nodes: Mapping[EntityId, str], score: Score
) -> None:
    left = list(figures)
    for want in sorted(gold.figures, key=lambda figure: figure.optional):
        best, rank = _best_figure(left, want, nodes)
        if best is not None:
            left.remove(best)
        if want.optional:
            continue
        full = best is not None and rank >= 6
        _tally(score.counts["figures"], best is not None)
        _tally(score.counts["figures+"], full)
        if None not in want.subjects:
            _tally(score.counts["whose"], best is not None and _owner(best, nodes) in want.subjects)
        label = f"{want.value:g}{want.units[0]} {want.of}"
        if best is None:
            score.errors.append(Error("figures", "missed", f"- {label}"))
        elif not full:
            score.counts["figures+"].wrong += 1
            got = f"got {best.modifier!r} {_owner(best, nodes)} not {want.modifiers} {want.subjects} [{best.rule}]"
            score.errors.append(Error("figures+", "wrong", f"! {label}: {got}"))
    for figure in left:
        score.counts["figures"].wrong += 1
        score.counts["figures+"].wrong += 1
        score.errors.append(
            Error("figures", "wrong", f"+ {figure.text} = {figure.value}{figure.unit} of {figure.of}")
        )


def _tally(count: Count, right: bool) -> None:
    if right:
        count.right += 1
    else:
        count.missed += 1


def _owner(figure: Figure, nodes: Mapping[EntityId, str]) -> str | None:
    return nodes[figure.subject] if figure.subject is not None else None


def _best_figure(
    figures: Sequence[Figure], want: GoldFigure, nodes: Mapping[EntityId, str]
) -> tuple[Figure | None, int]:
    units = {normalize(unit) for unit in want.units}
    best, rank = None, -1
    for figure in figures:
        close = abs(float(figure.value) - want.value) <= 1e-9 * max(1.0, abs(float(figure.value)))
        if not close or normalize(figure.unit) not in units:
            continue
        of, asked = normalize(figure.of), normalize(want.of)
        quality = (
            2 * (figure.modifier in want.modifiers)
            + 4 * (_owner(figure, nodes) in want.subjects)
            + (asked in of or (of != "" and of in asked))
        )
        if quality > rank:
            best, rank = figure, quality
    return best, rank


# Evidence ---------------------------------------------------------------------------------------------------------


def _score_evidence(reading: Reading, score: Score) -> None:
    text = reading.article.text
    for fact in reading.facts:
        for evidence in fact.evidence:
            _tally(score.counts["evidence"], evidence.span.of(text) == evidence.quote != "")
    for figure in reading.figures:
        _tally(score.counts["evidence"], bool(figure.quote.of(text)) and figure.quote.holds(figure.span))
    names = {entity.id: [normalize(name) for name in entity.names] for entity in reading.entities}
    for fact in reading.facts:
        quotes = [normalize(evidence.quote) for evidence in fact.evidence]
        held = any(
            all(any(name in quote for name in names[end]) for end in (fact.subject, fact.object))
            for quote in quotes
        )
        _tally(score.counts["grounded"], held)


# Folders ----------------------------------------------------------------------------------------------------------


def read_gold(
    gold: Sequence[GoldArticle], pipeline: Pipeline, *, gold_entities: bool = False
) -> tuple[Reading, ...]:
    """Return the readings of annotated articles; with ``gold_entities`` the names are given, not read."""
    if not gold_entities:
        return pipeline.read([item.article for item in gold])
    plain = [in_simplified(item) for item in gold]
    tagged = pipeline.tag([item.article for item in plain])
    readings = (
        pipeline.state(article, own, *gold_links(item, own))
        for item, (article, own) in zip(plain, tagged, strict=True)
    )
    return tuple(
        reading if reading.article is item.article else restored(reading, item.article)
        for reading, item in zip(readings, gold, strict=True)
    )


def table(scores: Mapping[str, Score]) -> str:
    """Return precision/recall/F1 a row, as text; shares as one number."""
    lines = [f"{'article':16}" + "".join(f"{name:>{9 if name in SHARES else 19}}" for name in MEASURES)]
    for label, score in scores.items():
        cells = []
        for measure in MEASURES:
            count = score.counts[measure]
            three = f"{count.precision:5.3f}/{count.recall:5.3f}/{count.f1:5.3f}"
            cells.append(f"{count.recall:9.3f}" if measure in SHARES else f"{three:>19}")
        lines.append(f"{label:16}" + "".join(cells))
    return "\n".join(lines)


def by_pattern(score: Score) -> str:
    """Return right and wrong facts by predicate, pattern and way the subject was found, most wrong first."""
    tally: dict[tuple[str, str, str], Counter[bool]] = defaultdict(Counter)
    wrong = [error.fact for error in score.errors if error.measure == "relations" and error.fact is not None]
    for facts, right in ((score.right_facts, True), (wrong, False)):
        for fact in facts:
            how = fact.firings[0].subject_by if fact.firings else ""
            tally[(fact.predicate, fact.pattern, how)][right] += 1
    rows = sorted(tally.items(), key=lambda row: (-row[1][False], -row[1][True], row[0]))
    return "\n".join(f"{row[True]:5} right {row[False]:5} wrong   {' '.join(key)}" for key, row in rows)
