"""An article as questions are answered by its own words: sentences and clauses, with the names, figures and dates in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, TypeVar

from kg.base.late import late
from kg.graph.literal import position
from kg.graph.query import ask
from kg.graph.store import Graph, Term, text_of
from kg.graph.verbatim import Text
from kg.graph.vocabulary import KG, local_name
from kg.questions.words import dates_in

__all__ = ["Article", "Dated", "Measured", "Mention", "Sentence", "article_of", "sentences_of"]

_MENTIONS: Final = """
SELECT DISTINCT ?thing ?name ?type WHERE {
  <%s> schema:mentions ?thing .
  ?thing rdfs:label|skos:prefLabel|skos:altLabel ?name ; a ?type .
  FILTER(STRSTARTS(STR(?type), STR(kg:)))
}
"""
_FIGURES: Final = """
SELECT DISTINCT ?fact ?words ?at ?unit ?owner WHERE {
  ?place oa:hasSource <%s> .
  ?fact prov:wasDerivedFrom ?place ; kg:surface ?words ; kg:surfaceStart ?at .
  OPTIONAL { ?fact schema:unitText ?unit }
  OPTIONAL { ?fact kg:figureOf ?owner }
}
"""
_DATES: Final = """
SELECT DISTINCT ?fact ?edtf ?at ?words WHERE {
  ?place oa:hasSource <%s> ; oa:hasSelector/oa:start ?at ; oa:hasSelector/oa:exact ?words .
  ?fact prov:wasDerivedFrom ?place ; kg:edtf ?edtf ; kg:precision ?precision .
}
"""
_SENTENCE: Final = late("[^。！？!?；;\n]*[。！？!?；;\n]?")
_CLAUSE: Final = late("(?:[^，,；;。！？!?\n]|,(?=[0-9]))+")
_DAY: Final = late(
    "(?:(?<![0-9])[0-9]{1,2}月)(?:[0-9]{1,2}日?至[0-9]{1,2}[日号]|[0-9]{1,2}[日号]|[上中下]旬|份|底|初)?(?:[上下]午|晚|凌晨|[0-9]{1,2}时(?:[0-9]{1,2}分)?许?)?"
    "|(?<![0-9月])[0-9]{1,2}日(?:[上下]午|晚|凌晨|[0-9]{1,2}时(?:[0-9]{1,2}分)?许?)?"
)
"""A day or month without its year, which is no date of the graph where nothing tells the year."""

_LONGEST: Final = 400
_REMEMBERED: Final = 2000  # characters of a paragraph before a sentence: one may be as long as a book
_START: Final = attrgetter("start")


_Placed = TypeVar("_Placed", "Mention", "Measured", "Dated")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text where a name of a thing stands."""

    start: int
    end: int
    iri: str
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of the graph, and where it stands."""

    start: int
    end: int
    iri: str
    words: str
    unit: str
    owner: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the graph, and where it stands."""

    start: int
    end: int
    iri: str
    edtf: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article; ``before`` is what stands before it: the title, and the end of what of its paragraph comes first."""

    start: int
    end: int
    text: str
    before: str

    def clauses(self) -> Iterator[tuple[int, int]]:
        """Yield where the clauses of it begin and end, in the article's code points."""
        for match in _CLAUSE.finditer(self.text):
            yield self.start + match.start(), self.start + match.end()


@dataclass(frozen=True, slots=True)
class Article:
    """What a graph says stands in an article, by places."""

    text: Text
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    figures: tuple[Measured, ...]
    dates: tuple[Dated, ...]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Return the names that stand between two places, in order."""
        return [each for each in _between(self.mentions, start, end) if each.end <= end]

    def figures_in(self, start: int, end: int) -> Sequence[Measured]:
        """Return the figures that begin between two places, in order."""
        return _between(self.figures, start, end)

    def dates_in(self, start: int, end: int) -> Sequence[Dated]:
        """Return the dates that begin between two places, in order."""
        return _between(self.dates, start, end)


def _between(items: Sequence[_Placed], start: int, end: int) -> Sequence[_Placed]:
    """Return of items in order those that begin between two places; an article may be a book, so not all are gone through."""
    first = bisect_left(items, start, key=_START)
    return items[first : bisect_left(items, end, first, key=_START)]


def article_of(graph: Graph, text: Text) -> Article:
    """Return what a graph says stands in an article."""
    return Article(
        text,
        tuple(sentences_of(text)),
        tuple(_mentions(text.text, ask(graph, _MENTIONS % text.iri).rows)),
        tuple(_figures(text.text, ask(graph, _FIGURES % text.iri).rows)),
        tuple(_dates(text.text, ask(graph, _DATES % text.iri).rows)),
    )


def sentences_of(text: Text) -> Iterator[Sentence]:
    """Yield the sentences of a text, those without any character left out."""
    paragraph = 0
    for match in _SENTENCE.finditer(text.text):
        words = match[0]
        if words.strip() and len(words) <= _LONGEST:
            first = max(paragraph, match.start() - _REMEMBERED)
            before = f"{text.title}\n{text.text[first : match.start()]}"
            yield Sentence(match.start(), match.end(), words, before)
        if words.endswith("\n"):
            paragraph = match.end()


def _mentions(text: str, rows: Iterable[tuple[Term | None, ...]]) -> list[Mention]:
    """Return where the names of an article's things stand; of those inside one another the longest."""
    types: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for thing, name, kind in rows:
        if thing is not None and name is not None and kind is not None:
            types.setdefault(text_of(thing), set()).add(local_name(text_of(kind).removeprefix(KG)))
            names.setdefault(text_of(name).strip("“”《》"), text_of(thing))
    longest = sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name))
    if not longest:
        return []
    return [
        Mention(match.start(), match.end(), names[match[0]], frozenset(types[names[match[0]]]))
        for match in re.finditer("|".join(map(re.escape, longest)), text)
    ]


def _figures(text: str, rows: Iterable[tuple[Term | None, ...]]) -> list[Measured]:
    found: dict[str, Measured] = {}
    for row in rows:
        iri, words, at, unit, owner = ("" if each is None else text_of(each) for each in row)
        start = position(at)
        if start is not None and text.startswith(words, start):
            found.setdefault(iri, Measured(start, start + len(words), iri, words, unit, owner))
    return sorted(found.values(), key=lambda each: (each.start, each.iri))


def _dates(text: str, rows: Iterable[tuple[Term | None, ...]]) -> list[Dated]:
    """Return the dates of an article: those of the graph, and those that no fact has."""
    found: dict[int, Dated] = {}
    for row in rows:
        iri, edtf, at, words = ("" if each is None else text_of(each) for each in row)
        start = position(at)
        if start is not None:
            found.setdefault(start, Dated(start, start + len(words), iri, edtf))
    taken = {at for each in found.values() for at in range(each.start, each.end)}
    told = [(span.start, span.end, span.value) for span in dates_in(text)]
    told += [(match.start(), match.end(), "") for match in _DAY.finditer(text)]
    for first, last, edtf in told:
        if taken.isdisjoint(range(first, last)):
            found[first] = Dated(first, last, "", edtf)
            taken.update(range(first, last))
    return sorted(found.values(), key=lambda each: each.start)
