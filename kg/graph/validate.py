"""Whether a graph keeps the rules of ``data/shapes.ttl`` (SHACL), and in which sentence it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pyoxigraph as ox

from kg.base.children import processors
from kg.base.errors import GraphError
from kg.base.overlay import per_overlay
from kg.base.process_pool import DiedError, ProcessPool
from kg.graph.parts import Cut, Part
from kg.graph.store import Graph, node_of
from kg.graph.terms import shapes
from kg.graph.vocabulary import DCTERMS, KG, OA, PROV, RDF, RDFS, STATUSES, local_name

if TYPE_CHECKING:
    import rdflib

__all__ = ["Broken", "Passage", "Verdict", "Violation", "load_shapes", "passages", "validate", "verdict"]


WHOLE: Final = 60_000
"""Triples up to which a graph is validated as a whole; a larger one in parts, to spare memory."""

PART: Final = 5_000
"""Nodes of a part."""

WORK: Final = "import sys, kg.graph.judge as judge; judge.work(int(sys.argv[1]))"
"""What a process does that judges parts."""


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


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule and the node that breaks it."""

    node: str  # IRI, or the name of a blank node, which begins with _:
    path: str
    value: str
    messages: tuple[tuple[str, str], ...]


Verdict: TypeAlias = list[Broken] | str
"""Which rules the nodes of a part break; a text: why SHACL cannot look at it."""


def load_shapes() -> None:
    """Load the shapes and the library that reads them, so that a later ``validate`` starts at once."""
    import pyshacl  # noqa: F401

    _shapes()
    _look_up_parameters()


def validate(
    graph: Graph,
    processes: int | None = None,
    step: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[Violation, ...]:
    """Return which rules ``graph`` breaks, in a fixed order; none is empty.

    Args:
        graph: what is judged; of a corpus its merged view.
        processes: how many judge a graph that is too large for one look; default: one for each processor.
        step: told how many nodes of such a graph are judged, and how many there are.

    Raises:
        GraphError: the graph holds what SHACL cannot look at.
    """
    if len(graph) <= WHOLE:
        broken = set(_broken(graph.to_rdflib(), None))
    else:
        broken = _broken_in_parts(graph, processes or processors(), step)
    told = (_told(graph, each) for each in broken)
    return tuple(sorted(told, key=lambda each: (each.node, each.path, each.value, each.messages)))


def _broken_in_parts(graph: Graph, processes: int, step: Callable[[int, int], None]) -> set[Broken]:
    cut = Cut(graph, PART)
    found, done = set[Broken](), 0
    step(0, cut.many)
    with ExitStack() as stack:
        judged: Iterable[tuple[Part, Verdict]] = (_judged(None, part) for part in cut.parts())
        if processes > 1:
            pool = stack.enter_context(ProcessPool(processes, WORK))
            judged = pool.each(partial(_judged, pool), cut.parts())
        for part, broken in judged:
            if isinstance(broken, str):
                raise GraphError("graph", broken)
            found.update(
                each
                for each in broken
                if each.node in part.nodes
                or each.value in STATUSES
                or not any(graph.quads(node_of(each.node)))  # it is in no part, for it says nothing
            )
            done += len(part.nodes)
            step(done, cut.many)
    return found


def _judged(pool: ProcessPool | None, part: Part) -> tuple[Part, Verdict]:
    """Return a part with what a process says of it, or this one where there is none, or it dies of it."""
    if pool is not None:
        with suppress(DiedError):
            return part, pool.ask((part.nodes, part.lines()))
    return part, verdict(part.nodes, part.lines())


def verdict(nodes: frozenset[str], lines: bytes) -> Verdict:
    """Return which rules a part breaks, given its nodes and its triples as N-Triples.

    What it holds of nodes of other parts is not judged.
    """
    try:
        return list(_broken(Graph().to_rdflib(ox.parse(lines, ox.RdfFormat.N_TRIPLES)), nodes))
    except GraphError as error:
        return error.what


def _broken(part: rdflib.Graph, nodes: frozenset[str] | None) -> Iterator[Broken]:
    """Yield which rules are broken by some nodes, all where these are None, and by what says nothing in this part."""
    import pyshacl

    _look_up_parameters()
    try:
        conforms, results, _ = pyshacl.validate(part, shacl_graph=_shapes(), inplace=True, inference="none")
    except (pyshacl.errors.ReportableRuntimeError, ArithmeticError) as error:  # NaN is below nothing
        raise GraphError("graph", f"cannot be validated: {error}") from error
    if not conforms:
        yield from _results(results, part, nodes)


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


def _results(results: rdflib.Graph, part: rdflib.Graph, nodes: frozenset[str] | None) -> Iterator[Broken]:
    from rdflib import SH, BNode

    for result in results.subjects(SH.focusNode):
        focus = results.value(result, SH.focusNode)
        node = f"_:{focus}" if isinstance(focus, BNode) else str(focus)
        value = str(results.value(result, SH.value) or "")
        path = results.value(result, SH.resultPath)
        named = local_name(str(path)) if path and not isinstance(path, BNode) else ""  # not: one of several
        if node.startswith(KG) and value:  # a rule over all facts of a status: its value is the fact
            node, value = value, local_name(node)
        elif nodes is not None and node not in nodes and any(part.predicate_objects(focus)):
            continue  # it says something, so there is a part that has all of it
        yield Broken(node, named, value, _messages(results, result))


def _told(graph: Graph, broken: Broken) -> Violation:
    label = "a blank node" if broken.node.startswith("_:") else graph.label(broken.node)
    where = passages(graph, broken.node)
    return Violation(broken.node, label, broken.path, broken.value, broken.messages, where)


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
