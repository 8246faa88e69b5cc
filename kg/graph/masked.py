"""Texts beside a graph whose articles were masked: which of them are the articles as they were before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.base.home import digest
from kg.graph.query import ask
from kg.graph.store import Graph
from kg.text.personal.mask import masked
from kg.text.personal.shapes import KINDS

__all__ = ["masked_again"]

_MASKED: Final = """
SELECT ?sha256 ?name ?kind WHERE {
  ?article kg:masked ?kind ; kg:sha256 ?sha256 .
  OPTIONAL { ?article dcterms:identifier ?name }
}
ORDER BY ?name ?sha256 ?kind
"""


def masked_again(graph: Graph, texts: Iterable[str]) -> tuple[list[str], list[tuple[str, str, bool]]]:
    """Return the texts, masked where their article was, and of each masked article whose masked text is not among them a remark.

    A remark is the article's name, what was masked in it, and whether the text before that is among the texts.
    """
    names: dict[str, str] = {}
    kinds: dict[str, list[str]] = {}
    for row in ask(graph, _MASKED):
        names[row["sha256"]] = row.get("name", "")
        kinds.setdefault(row["sha256"], []).append(row["kind"])
    known = {digest(text): text for text in texts}
    missing = {
        sha: tuple(kind for kind in KINDS if kind in own) for sha, own in kinds.items() if sha not in known
    }
    again = dict(_again(known.values(), missing))
    remarks = [(names[sha], ", ".join(own), sha in again) for sha, own in missing.items()]
    return [*known.values(), *again.values()], remarks


def _again(texts: Iterable[str], missing: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield each masked form of a text that is the text of an article, by its SHA-256."""
    choices = set(missing.values())
    for text in texts:
        for kinds in sorted(choices):
            form = masked(text, kinds)
            if (sha := digest(form)) in missing:
                yield sha, form
