"""Whether a graph keeps the rules of ``data/shapes.ttl`` (SHACL), and in which sentence it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.base.errors import GraphError
from kg.base.overlay import following, per_overlay
from kg.graph.order import homes
from kg.graph.store import Graph, Term, node_of, text_of
from kg.graph.terms import shapes
from kg.graph.vocabulary import DCTERMS, KG, OA, PREDICATES, PROV, RDF, RDFS, SCHEMA, STATUSES, local_name

if TYPE_CHECKING:
    import rdflib

__all__ = ["Passage", "Violation", "passages", "validate"]


WHOLE: Final = 60_000
"""Triples up to which a graph is validated as a whole; a larger one in parts, to spare memory."""

PART: Final = 5_000
"""Nodes of a part."""


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Some words of an article, as the graph quotes them."""

    article: str  # its name
    start: int
    end: int
    quote: str
    leaf: str = ""  # page=3, paragraph=3: where it stands in the document that the text was taken from


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a node of the graph breaks."""

    node: str  # IRI, or the name of a blank node, which begins with _:
    label: str
    path: str  # local name of the property at fault, or ""
    value: str
    messages: tuple[tuple[str, str], ...]  # language (zh, en) and what is wrong, by language
    passages: tuple[Passage, ...] = ()

    def __str__(self) -> str:
        """Return what is wrong in one line: which node, which rule in both languages, in which words of which article."""
        message = " / ".join(text for _, text in reversed(self.messages))
        where = "; ".join(
            f"{each.article} {each.start}-{each.end}: {each.quote}" for each in self.passages[:2]
        )
        path = f" [{self.path}]" if self.path else ""
        return f"{self.label}{path}: {message}" + (f" | {where}" if where else "")


def load_shapes() -> None:
    """Load the shapes and the library that reads them, so that a later ``validate`` starts at once."""
    import pyshacl  # noqa: F401

    _shapes()
    _look_up_parameters()


def validate(graph: Graph) -> tuple[Violation, ...]:
    """Return which rules ``graph`` breaks, in a fixed order; none is empty.

    Raises:
        GraphError: the graph holds what SHACL cannot look at.
    """
    import pyshacl

    _look_up_parameters()
    found: set[Violation] = set()
    for nodes, part in _parts(graph) if len(graph) > WHOLE else [(None, graph.quads())]:
        try:
            conforms, results, _ = pyshacl.validate(
                graph.to_rdflib(part), shacl_graph=_shapes(), inplace=True, inference="none"
            )
        except (pyshacl.errors.ReportableRuntimeError, ArithmeticError) as error:  # NaN is below nothing
            raise GraphError("graph", f"cannot be validated: {error}") from error
        if not conforms:
            broken = _violations(graph, results)
            found.update(
                each
                for each in broken
                if nodes is None
                or each.node in nodes
                or each.value in STATUSES
                or not any(graph.quads(node_of(each.node)))  # it is in no part, for it says nothing
            )
    return tuple(sorted(found, key=lambda each: (each.node, each.path, each.value, each.messages)))


def _parts(graph: Graph) -> Iterator[tuple[frozenset[str] | None, Iterable[ox.Quad]]]:
    """Cut a large graph into parts of some articles each: their nodes, and the triples by which the shapes judge them.

    A node of several articles is in the part of the first one. A part has with it what the shapes ask of nodes outside it:
    types, the runs, what points at its nodes, and the plain triples of what does not stand.
    """
    articles = homes(graph.quads())
    nodes: dict[str, list[str]] = {}
    named = {quad.subject.value for quad in graph.quads() if isinstance(quad.subject, ox.NamedNode)}
    for node in sorted(named):
        nodes.setdefault(min(articles.get(node, ("",))), []).append(node)
    shared = [quad for quad in graph.quads() if isinstance(quad.subject, ox.BlankNode)]
    for run in graph.sources(PROV + "Activity", RDF + "type"):
        shared += graph.quads(_node(run))
    part: list[str] = []
    for article in sorted(nodes):
        part += nodes[article]
        if len(part) > PART:
            yield frozenset(part), _closed(graph, part, shared)
            part = []
    yield frozenset(part), _closed(graph, part, shared)


_AIMED: Final = following(
    lambda: {
        *(PROV + "wasDerivedFrom", KG + "mentionedAt", SCHEMA + "mentions"),
        *(KG + name for name in PREDICATES),
    }
)
"""Properties whose values the shapes look at."""


def _closed(graph: Graph, nodes: Sequence[str], shared: Sequence[ox.Quad]) -> list[ox.Quad]:
    quads, inside = list(shared), set(nodes)
    for node in nodes:
        said = list(graph.quads(_node(node)))
        quads += said
        for quad in said:
            if isinstance(quad.object, ox.NamedNode) and quad.object.value not in inside:
                quads += graph.quads(quad.object, _node(RDF + "type"))
        aimed = (quad for quad in graph.quads(None, None, _node(node)) if quad.predicate.value in _AIMED)
        quads += (quad for quad in aimed if text_of(quad.subject) not in inside)
        quads += _plainly(graph, {quad.predicate.value: quad.object for quad in said})
    return quads


def _plainly(graph: Graph, fact: Mapping[str, Term]) -> Iterator[ox.Quad]:
    """Yield the plain triple of a fact that does not stand, if there is one, and what the facts say that may state it."""
    parts = [fact.get(RDF + name) for name in ("subject", "predicate", "object")]
    stands = fact.get(KG + "status") == _node(KG + "asserted") and KG + "ended" not in fact
    if stands or not all(isinstance(part, ox.NamedNode) for part in parts):
        return
    subject, predicate, value = parts
    for plain in graph.quads(subject, predicate, value):  # type: ignore[arg-type]
        yield plain
        for other in graph.sources(text_of(plain.subject), RDF + "subject"):
            if any(graph.quads(_node(other), _node(RDF + "object"), plain.object)):
                for name in _STATING:
                    yield from graph.quads(_node(other), _node(name))


_STATING: Final = (RDF + "subject", RDF + "predicate", RDF + "object", KG + "status", KG + "ended")
"""What tells whether a fact states a plain triple."""


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


@per_overlay
def _shapes() -> rdflib.Graph:
    return Graph.parse(shapes().encode(), "turtle").to_rdflib()


class _Quick(list[Any]):
    """A list that is asked what it holds far more often than it is made. A copy of it is a plain list."""

    def __init__(self, values: Iterable[Any]) -> None:
        super().__init__(values)
        self._held = frozenset(values)

    def __contains__(self, value: object) -> bool:
        return value in self._held


@cache
def _look_up_parameters() -> None:
    """Let pyshacl look up the parameters of constraints, a seventh of the time that a check takes.

    It goes through a list of all of them at each triple of each shape. A version that keeps them elsewhere takes no notice.
    """
    import pyshacl.shape
    from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS, CONSTRAINT_PARAMETERS_MAP

    known = (_Quick(ALL_CONSTRAINT_PARAMETERS), CONSTRAINT_PARAMETERS_MAP)
    setattr(pyshacl.shape, "CONSTRAINT_PARAMS", known)  # noqa: B010 - made by pyshacl when it first checks


def _violations(graph: Graph, results: rdflib.Graph) -> list[Violation]:
    from rdflib import SH, BNode

    found = []
    for result in results.subjects(SH.focusNode):
        focus = results.value(result, SH.focusNode)
        node = f"_:{focus}" if isinstance(focus, BNode) else str(focus)
        value = str(results.value(result, SH.value) or "")
        path = results.value(result, SH.resultPath)
        if node.startswith(KG) and value:  # a rule over all facts of a status: its value is the fact
            node, value = value, local_name(node)
        found.append(
            Violation(
                node,
                "a blank node" if isinstance(focus, BNode) else graph.label(node),
                local_name(str(path)) if path else "",
                value,
                _messages(results, result),
                passages(graph, node),
            )
        )
    return found


def _messages(results: rdflib.Graph, result: rdflib.term.Node) -> tuple[tuple[str, str], ...]:
    """Return what the broken rule says, by language; a rule that is a query loses its languages in the result."""
    from rdflib import SH, Literal

    constraint = results.value(result, SH.sourceConstraint)
    given = results.objects(result, SH.resultMessage)
    messages = [*_shapes().objects(constraint, SH.message)] if constraint else [*given]
    texts = [each for each in messages or given if isinstance(each, Literal)]
    return tuple(sorted((each.language or "en", str(each)) for each in texts))


def passages(graph: Graph, node: str) -> tuple[Passage, ...]:
    """Return the words of the articles that a node was read from, in order of article and place.

    A fact, figure or date has its evidence, an entity the place where it is first named, a piece of evidence itself;
    what has none has the passages of the facts about it.
    """
    links = graph.values(node, PROV + "wasDerivedFrom") + graph.values(node, KG + "mentionedAt")
    if OA + "SpecificResource" in graph.values(node, RDF + "type"):
        links.append(node)
    links += graph.sources(node, OA + "hasSelector")
    if not links:
        about = [fact for end in ("subject", "object") for fact in graph.sources(node, RDF + end)]
        links = [each for fact in sorted(set(about)) for each in graph.values(fact, PROV + "wasDerivedFrom")]
    return tuple(sorted({passage for link in links for passage in _passage(graph, link)}))


def _passage(graph: Graph, evidence: str) -> list[Passage]:
    selectors = graph.values(evidence, OA + "hasSelector")
    quotes = [quote for selector in selectors for quote in graph.values(selector, OA + "exact")]
    starts = [start for selector in selectors for start in graph.values(selector, OA + "start")]
    ends = [end for selector in selectors for end in graph.values(selector, OA + "end")]
    articles = graph.values(evidence, OA + "hasSource")
    if not (quotes and starts and ends and articles):
        return []
    names = graph.values(articles[0], DCTERMS + "identifier") or graph.values(articles[0], RDFS + "label")
    try:
        name = names[0] if names else articles[0]
        leaf = next((each for selector in selectors for each in graph.values(selector, RDF + "value")), "")
        return [Passage(name, int(starts[0]), int(ends[0]), quotes[0], leaf)]
    except ValueError:  # a position that is no number is one of the things a rule forbids
        return []
