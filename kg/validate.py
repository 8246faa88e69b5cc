"""Whether a graph keeps the rules of ``data/shapes.ttl`` (SHACL), and in which sentence it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.resources import data_path
from kg.store import Graph
from kg.vocabulary import DCTERMS, KG, OA, PROV, RDF, RDFS, local_name

if TYPE_CHECKING:
    import rdflib

__all__ = ["Passage", "Violation", "passages", "validate"]


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Some words of an article, as the graph quotes them."""

    article: str  # its name
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a node of the graph breaks."""

    node: str  # IRI
    label: str
    path: str  # local name of the property at fault, or ""
    value: str
    messages: Mapping[str, str]  # by language: zh, en
    passages: tuple[Passage, ...] = ()

    def __str__(self) -> str:
        """Return what is wrong in one line: which node, which rule in both languages, in which words of which article."""
        message = " / ".join(
            self.messages[language] for language in ("zh", "en") if language in self.messages
        )
        where = "; ".join(
            f"{each.article} {each.start}-{each.end}: {each.quote}" for each in self.passages[:2]
        )
        path = f" [{self.path}]" if self.path else ""
        return f"{self.label}{path}: {message}" + (f" | {where}" if where else "")


def validate(graph: Graph) -> tuple[Violation, ...]:
    """Return which rules ``graph`` breaks, in a fixed order; none is empty.

    Raises:
        GraphError: the graph holds what SHACL cannot look at.
    """
    import pyshacl

    try:
        conforms, results, _ = pyshacl.validate(
            graph.to_rdflib(), shacl_graph=_shapes(), inplace=True, inference="none"
        )
    except pyshacl.errors.ReportableRuntimeError as error:
        raise GraphError("graph", f"cannot be validated: {error}") from error
    return () if conforms else _violations(graph, results)


@cache
def _shapes() -> rdflib.Graph:
    import rdflib

    shapes = rdflib.Graph(bind_namespaces="none")
    return shapes.parse(data=data_path("shapes.ttl").read_text(encoding="utf-8"), format="turtle")


def _violations(graph: Graph, results: rdflib.Graph) -> tuple[Violation, ...]:
    from rdflib import SH

    found = []
    for result in results.subjects(SH.focusNode):
        node, value = str(results.value(result, SH.focusNode)), str(results.value(result, SH.value) or "")
        path = results.value(result, SH.resultPath)
        if node.startswith(KG) and value:  # a rule over all facts of a status: its value is the fact
            node, value = value, local_name(node)
        found.append(
            Violation(
                node,
                graph.label(node),
                local_name(str(path)) if path else "",
                value,
                _messages(results, result),
                passages(graph, node),
            )
        )
    unique = {
        (each.node, each.path, each.value, tuple(sorted(each.messages.items()))): each for each in found
    }
    return tuple(unique[key] for key in sorted(unique))


def _messages(results: rdflib.Graph, result: rdflib.term.Node) -> dict[str, str]:
    """Return what the broken rule says, by language; a rule that is a query loses its languages in the result."""
    from rdflib import SH, Literal

    constraint = results.value(result, SH.sourceConstraint)
    given = results.objects(result, SH.resultMessage)
    messages = [*_shapes().objects(constraint, SH.message)] if constraint else [*given]
    return {
        message.language or "en": str(message)
        for message in sorted(messages or given, key=str)
        if isinstance(message, Literal)
    }


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
        return [Passage(names[0] if names else articles[0], int(starts[0]), int(ends[0]), quotes[0])]
    except ValueError:  # a position that is no number is one of the things a rule forbids
        return []
