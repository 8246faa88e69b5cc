"""Where quotes stand in the document that an article was taken from: what its text proves of it, and what the document does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Final

from kg.base.home import digest
from kg.base.late import late
from kg.base.model import Article, Leaves, Span
from kg.graph.masked import masked_again
from kg.graph.proof.fault import Fault, Node
from kg.graph.proof.view import LABEL, TYPE, node, string
from kg.graph.query import ask
from kg.graph.store import Graph, Term
from kg.graph.vocabulary import DCTERMS, OA, RDF
from kg.text.formats.boxes import Box, fragment_of, inside, leaf_of, read_box
from kg.text.formats.extract import PAGES

__all__ = ["prove_boxes", "prove_documents", "prove_leaf"]

_VALUE: Final = RDF + "value"
_PARAGRAPH: Final = "paragraph"
_NONE: Final = "(?:0|[1-9][0-9]{0,5})"
_SOME: Final = "[1-9][0-9]{0,5}"
_LEAF: Final = late(
    rf"(?P<page>page={_SOME})(?:&viewrect={_NONE},{_NONE},{_SOME},{_SOME})?|{_PARAGRAPH}=[1-9][0-9]{{0,6}}"
)
_CONFORMS: Final = DCTERMS + "conformsTo"
_QUOTES: Final = """
SELECT ?sha256 ?start ?end ?leaf ?label ?value WHERE {
  ?article kg:sha256 ?sha256 .
  ?evidence oa:hasSource ?article ; oa:hasSelector ?position , ?leaf .
  ?position oa:start ?start ; oa:end ?end .
  ?leaf a oa:FragmentSelector ; rdf:value ?value ; rdfs:label ?label .
}
ORDER BY ?leaf ?label ?value
"""


def prove_leaf(at: Node, leaf: str, quote: str, line: int, labels: Set[Term]) -> Iterator[Fault]:
    """Yield what is wrong with the page or paragraph of a quote: how it is written, that the text has another line there.

    Which page a line stands on, and where on it, the text does not say: the checksum of the article shows a change of it,
    ``prove_boxes`` what cannot be, and the document itself, where it is given, the rest (``prove_documents``).
    """
    said, page = at.view.word(leaf, _VALUE), Node(at.view, leaf, at.base)
    match = _LEAF.fullmatch(said)
    if match is None:
        yield page.fault(_VALUE, f"{said!r} is no page and no paragraph")
    elif not match["page"] and said != f"{_PARAGRAPH}={line}":
        yield page.fault(_VALUE, f"says {said!r}, and its text has the quote in line {line}")
    wanted: dict[str, Set[Term]] = {
        LABEL: labels,
        TYPE: {node(OA + "FragmentSelector")},
        _VALUE: {string(said)},
        OA + "refinedBy": {node(quote)},
    }
    if at.view.nodes(leaf, _CONFORMS):
        wanted[_CONFORMS] = {node(PAGES)}
    yield from page.compare(wanted)


def prove_boxes(at: Node) -> Iterator[Fault]:
    """Yield the quotes of an article whose box reaches out of that of a quote around them on the same page."""
    around: list[tuple[Span, str, Box]] = []
    for span, leaf, value, box in sorted(_boxes(at), key=lambda each: (each[0].start, -each[0].end, each[1])):
        while around and not around[-1][0].holds(span):
            around.pop()
        if around and around[-1][1] == leaf_of(value) and not inside(box, around[-1][2]):
            what = f"says {value!r}, which reaches out of the box of a longer quote around it"
            yield Node(at.view, leaf, at.base).fault(_VALUE, what)
        around.append((span, leaf_of(value), box))


def _boxes(at: Node) -> Iterator[tuple[Span, str, str, Box]]:
    """Yield the quotes of an article that say where on a page they stand."""
    for evidence in at.view.into(at.iri, OA + "hasSource"):
        leaf = f"{at.base}p{evidence[len(at.base) + 1 :]}"
        value, place = at.view.word(leaf, _VALUE), at.view.place(evidence)
        if place is not None and (box := read_box(value)):
            yield place.span, leaf, value, box


def prove_documents(graph: Graph, articles: Iterable[Article]) -> list[Fault]:
    """Return the quotes that stand elsewhere in the documents that are given than the graph says."""
    known: dict[str, Leaves] = {}
    for article in articles:
        if article.leaves is not None:
            forms, _ = masked_again(graph, [article.text])
            known |= {digest(form): article.leaves for form in forms}
    if not known:
        return []
    faults = []
    for row in ask(graph, _QUOTES):
        leaves, said = known.get(row["sha256"]), row["value"]
        if leaves is None or not said.startswith(f"{leaves.unit}="):
            continue  # of another document with the same text
        wanted = fragment_of(leaves, Span(int(row["start"]), int(row["end"])))
        if said not in (wanted, leaf_of(wanted)):
            what = f"says {said!r}, and the quote stands at {wanted!r} in its document"
            faults.append(Fault(row["leaf"], row["label"], _VALUE, what))
    return faults
