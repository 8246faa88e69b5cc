"""Outputs against annotations: the measures of ``kg score``, exact quotes, and how much two runs share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from benchmarks.quality.output import Amount, Output, Statement, as_json, canonical
from kg.base.model import Article, Entity, EntityId, Evidence, Fact, Figure, Reading, Span
from kg.base.schema import schema
from kg.learn.gold import GoldArticle
from kg.learn.score import Count, Score, score_reading

TRIPLES: Final = ("entities", "typed", "relations", "figures", "figures+")
SHARES: Final = ("roles", "grounded")
_NOWHERE: Final = Span(0, 0)


@dataclass(slots=True)
class Marks:
    """What the outputs of some articles are worth."""

    articles: int = 0
    score: Score = field(default_factory=Score)
    quotes: Count = field(
        default_factory=Count
    )  # right: word for word in the text; missed: not, or none given
    names: Count = field(default_factory=Count)  # of things: word for word in the text
    outside: int = 0  # relations of predicates that are not scored
    types: int = 0  # things with a type

    def add(self, other: Marks) -> None:
        """Add those of other articles."""
        self.articles += other.articles
        self.score.add(other.score)
        self.quotes.add(other.quotes)
        self.names.add(other.names)
        self.outside += other.outside
        self.types += other.types

    def as_json(self) -> dict[str, Any]:
        """Return the marks as they stand in a report; what the outputs never say (types, figures) is null."""
        counts = self.score.counts
        said = {
            "typed": self.types,
            "figures": _found(counts["figures"]),
            "figures+": _found(counts["figures"]),
        }
        plain: dict[str, Any] = {"articles": self.articles}
        for measure in TRIPLES:
            plain[measure] = _triple(counts[measure]) if said.get(measure, 1) else None
        plain |= {measure: _share(counts[measure]) for measure in SHARES}
        plain |= {"exact quotes": _share(self.quotes), "names in the text": _share(self.names)}
        return plain | {"relations outside the predicates": self.outside}


def _found(count: Count) -> int:
    return count.right + count.wrong


def _triple(count: Count) -> dict[str, float | int]:
    shares = {name: round(getattr(count, name), 4) for name in ("precision", "recall", "f1")}
    return shares | {"right": count.right, "wrong": count.wrong, "missed": count.missed}


def _share(count: Count) -> float | None:
    return round(count.recall, 4) if count.right + count.missed else None


def marks_of(output: Output, gold: GoldArticle) -> Marks:
    """Return what the output of one article is worth."""
    marks = Marks(1, types=sum(bool(thing.type) for thing in output.things))
    known = set(schema().predicates)
    scored = [each for each in output.statements if each.predicate in known]
    marks.outside = len(output.statements) - len(scored)
    text = gold.article.text
    marks.score = score_reading(_reading(output, scored, gold.article), gold)
    for quote in [each.quote for each in output.statements] + [each.quote for each in output.amounts]:
        _tally(marks.quotes, bool(quote) and quote in text)
    for thing in output.things:
        for name in thing.names:
            _tally(marks.names, name in text)
    return marks


def _tally(count: Count, right: bool) -> None:
    count.right += right
    count.missed += not right


def _reading(output: Output, statements: Iterable[Statement], article: Article) -> Reading:
    """Return the output as the reading that the scorer of `kg score` takes."""
    entities = tuple(
        Entity(EntityId(thing.id), thing.type, thing.names[0], thing.names)  # type: ignore[arg-type]
        for thing in output.things
    )
    facts = tuple(_fact(each, article.text) for each in statements)
    figures = tuple(_figure(each, article.text) for each in output.amounts)
    return Reading(article, entities, (), facts, figures)


def _span(quote: str, text: str) -> Span:
    start = text.find(quote) if quote else -1
    return Span(start, start + len(quote)) if start >= 0 else _NOWHERE


def _fact(each: Statement, text: str) -> Fact:
    evidence = Evidence(_span(each.quote, text), each.quote)
    return Fact(
        EntityId(each.subject),
        each.predicate,
        EntityId(each.object),
        (evidence,),
        "",
        1.0,
        role=each.role,
        status="denied" if each.status == "denied" else "asserted",
    )


def _figure(each: Amount, text: str) -> Figure:
    span = _span(each.quote, text)
    owner = None if each.owner is None else EntityId(each.owner)
    return Figure(
        span,
        each.quote,
        each.value,
        each.unit,
        each.modifier,  # type: ignore[arg-type]
        of=each.label,
        subject=owner,
        quote=span,
    )


# Two runs ---------------------------------------------------------------------------------------------------------


def sameness(
    runs: Sequence[Mapping[str, Output]], native: Sequence[Mapping[str, str]]
) -> dict[str, Any] | None:
    """Return what two runs share: articles whose native answers have the same bytes, and statements (Jaccard).

    ``native`` are the answers as the system gave them. None where there was one run only.
    """
    if len(runs) < 2:
        return None
    same = sum(native[0][name] == native[1].get(name) for name in native[0])
    said = [{(name, each) for name, output in run.items() for each in _said(output)} for run in runs[:2]]
    either = said[0] | said[1]
    share = len(said[0] & said[1]) / len(either) if either else 1.0
    return {"articles": len(native[0]), "same bytes": same, "statements": round(share, 4)}


def _said(output: Output) -> Iterable[str]:
    """Yield statements and figures by the names of their ends, so that ids do not count."""
    names = {thing.id: list(thing.names) for thing in output.things}
    plain = as_json(output)
    for each in plain["relations"]:
        yield canonical([sorted(names[each["subject"]]), each["predicate"], sorted(names[each["object"]])])
    for each in plain["figures"]:
        owner = each["owner"]
        yield canonical([each["value"], each["unit"], sorted(names[owner]) if owner else None])
