"""Whether every quote of a graph is, to the code point, what stands in its article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.graph.query import ask
from kg.graph.store import Graph

__all__ = ["Mismatch", "Verification", "verify"]

_EVIDENCE = """
SELECT ?evidence ?sha256 ?name ?quote ?before ?after ?start ?end WHERE {
  ?evidence a oa:SpecificResource .
  OPTIONAL { ?evidence oa:hasSource ?source . ?source kg:sha256 ?sha256 . OPTIONAL { ?source dcterms:identifier ?name } }
  OPTIONAL { ?evidence oa:hasSelector ?words . ?words oa:exact ?quote ; oa:prefix ?before ; oa:suffix ?after }
  OPTIONAL { ?evidence oa:hasSelector ?place . ?place oa:start ?start ; oa:end ?end }
}
ORDER BY ?name ?start ?end ?evidence ?quote
"""
_SURFACES = """
SELECT ?evidence ?sha256 ?name ?quote ?start WHERE {
  ?evidence kg:surface ?quote ; kg:surfaceStart ?start ; prov:wasDerivedFrom/oa:hasSource ?source .
  ?source kg:sha256 ?sha256 .
  OPTIONAL { ?source dcterms:identifier ?name }
}
ORDER BY ?name ?start ?evidence ?quote
"""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A quote that is not what stands in the text, or cannot be checked."""

    node: str  # IRI of the evidence or figure
    article: str
    start: int
    end: int
    quote: str
    found: str  # what stands there
    reason: str  # quote, context, position, or article: no text with its checksum

    def __str__(self) -> str:
        """Return the mismatch in one line."""
        where = f"{self.article} {self.start}-{self.end}"
        if self.reason == "article":
            return f"{where}: no text with the checksum of its article"
        if self.reason == "position":
            return f"{where}: no quote with a position in the text ({self.node})"
        return f"{where}: the graph quotes {self.quote!r}, the text has {self.found!r}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking found. ``checked`` counts quotes."""

    checked: int
    articles: int
    problems: tuple[Mismatch, ...]

    @property
    def ok(self) -> bool:
        """Say whether every quote is exact."""
        return not self.problems

    def __str__(self) -> str:
        """Return the outcome in one line."""
        counted = f"{self.checked} quote{'s' * (self.checked != 1)} of {self.articles} article{'s' * (self.articles != 1)}"
        return f"{counted}: " + (f"{len(self.problems)} not exact" if self.problems else "every one exact")


def verify(graph: Graph, texts: Iterable[str]) -> Verification:
    """Return which quotes of ``graph`` are not the text under their positions.

    A text belongs to the article whose SHA-256 in the graph is its own; a quote whose article has no text is a problem.
    """
    known = {_checksum(text): text for text in texts}
    rows = [*ask(graph, _EVIDENCE), *ask(graph, _SURFACES)]
    found = [mismatch for row in rows if (mismatch := _check(row, known))]
    sources = {row["sha256"] for row in rows if "sha256" in row}
    return Verification(len(rows), len(sources), tuple(found))


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _check(row: Mapping[str, str], texts: Mapping[str, str]) -> Mismatch | None:
    quote, before, after = row.get("quote", ""), row.get("before", ""), row.get("after", "")
    start = _number(row.get("start", ""))
    end = _number(row["end"]) if "end" in row else start + len(quote)
    text = texts.get(row.get("sha256", ""))

    def mismatch(reason: str, wanted: str = "", there: str = "") -> Mismatch:
        return Mismatch(row["evidence"], row.get("name", ""), start, end, wanted, there, reason)

    if text is None:
        return mismatch("article", quote)
    if not 0 <= start < end <= len(text) or not quote:
        return mismatch("position", quote)
    if text[start:end] != quote:
        return mismatch("quote", quote, text[start:end])
    if not text.endswith(before, 0, start):
        return mismatch("context", before, text[max(0, start - len(before)) : start])
    if not text.startswith(after, end):
        return mismatch("context", after, text[end : end + len(after)])
    return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else -1
