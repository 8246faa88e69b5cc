"""A piece of evidence as triples: some words of an article, where they stand, and a few before and behind them."""

from __future__ import annotations

from typing import Final

from kg.base.errors import GraphError
from kg.base.model import Article, Leaves, Span
from kg.graph.iri import article_iri, evidence_iri
from kg.graph.literal import integer, string
from kg.graph.vocabulary import DCTERMS, OA, RDF, RDFS
from kg.text.formats.boxes import fragment_of

__all__ = ["CONTEXT", "evidence_lines"]

CONTEXT: Final = 16
"""Code points of text kept before and after a quote."""

_TYPE, _LABEL = f"<{RDF}type>", f"<{RDFS}label>"
_SOURCE, _SELECTOR, _RESOURCE = f"<{OA}hasSource>", f"<{OA}hasSelector>", f"<{OA}SpecificResource>"
_QUOTE, _POSITION = f"<{OA}TextQuoteSelector>", f"<{OA}TextPositionSelector>"
_EXACT, _PREFIX, _SUFFIX = f"<{OA}exact>", f"<{OA}prefix>", f"<{OA}suffix>"
_START, _END = f"<{OA}start>", f"<{OA}end>"


def evidence_lines(article: Article, span: Span, base: str) -> list[str]:
    """Return the evidence under a span of an article, as lines of N-Triples.

    Raises:
        GraphError: the span is not in the text.
    """
    text, iri = article.text, evidence_iri(article, span, base)
    if not 0 <= span.start < span.end <= len(text):
        raise GraphError(article.name, f"evidence outside the text: {span.start} to {span.end}")
    key = iri[len(base) + 1 :]
    this, quote, position = f"<{iri}>", f"<{base}x{key}>", f"<{base}y{key}>"
    label = string(f"{article.name} {span.start}-{span.end}")
    leaf = (
        _leaf_lines(article.leaves, span, (this, f"<{base}p{key}>", quote), label) if article.leaves else []
    )
    return [
        f"{this} {_LABEL} {label} .",
        f"{this} {_TYPE} {_RESOURCE} .",
        f"{this} {_SOURCE} <{article_iri(article, base)}> .",
        f"{this} {_SELECTOR} {quote} .",
        f"{this} {_SELECTOR} {position} .",
        f"{quote} {_LABEL} {label} .",
        f"{quote} {_TYPE} {_QUOTE} .",
        f"{quote} {_EXACT} {string(text[span.start : span.end])} .",
        f"{quote} {_PREFIX} {string(text[max(0, span.start - CONTEXT) : span.start])} .",
        f"{quote} {_SUFFIX} {string(text[span.end : span.end + CONTEXT])} .",
        f"{position} {_LABEL} {label} .",
        f"{position} {_TYPE} {_POSITION} .",
        f"{position} {_START} {integer(span.start)} .",
        f"{position} {_END} {integer(span.end)} .",
        *leaf,
    ]


def _leaf_lines(leaves: Leaves, span: Span, nodes: tuple[str, str, str], label: str) -> list[str]:
    """Return on which page and where on it, or in which paragraph of the document a quote begins: the broader selector, which the quote refines."""
    this, leaf, quote = nodes
    lines = [
        f"{this} {_SELECTOR} {leaf} .",
        f"{leaf} {_LABEL} {label} .",
        f"{leaf} {_TYPE} <{OA}FragmentSelector> .",
        f"{leaf} <{RDF}value> {string(fragment_of(leaves, span))} .",
        f"{leaf} <{OA}refinedBy> {quote} .",
    ]
    return [*lines, f"{leaf} <{DCTERMS}conformsTo> <{leaves.standard}> ."] if leaves.standard else lines
