"""Whether the graph of a corpus is proven: each article's own graph by its text, the merged view by all of them together.

The identity graph is what nothing proves but its own reasons; it is held to its form, and that each reason stands on words of
the two articles. The merged view follows from the other layers, so it is made again and compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from kg.base.home import digest
from kg.base.overlay import following
from kg.corpus.graph import lines_of, merged_lines
from kg.corpus.layer import EVIDENCE, LABEL, TYPE, Nodes, Said, first_value, grouped, value_of
from kg.corpus.ties import BETWEEN, COPY, INFLUENCED, KEY, LINK, LINKS, PASSAGES, REFUSED, RULE, SAME, WHY_NOT
from kg.graph.iri import identity_iri, kind_of_node, made_iri
from kg.graph.literal import string
from kg.graph.proof.fault import REBUILD, Fault, Node
from kg.graph.proof.view import View
from kg.graph.seal import DIGEST, seal_all
from kg.graph.store import Graph, graph_iri, text_of
from kg.graph.verify import Verification, faults_of, verify
from kg.graph.vocabulary import KG, RDF, SCHEMA, TYPES

__all__ = ["verify_corpus"]

_TYPES: Final = following(lambda: {f"<{KG}{name}>" for name in TYPES})
_DECISION: Final = f"<{KG}Decision>"


def verify_corpus(graph: Graph, texts: Iterable[str]) -> Verification:
    """Return what in the graph of a corpus its texts do not prove, in a fixed order; of one article, see `verify`."""
    if not graph.is_corpus:
        return verify(graph, texts)
    own = {digest(text): text for text in texts}
    found = Verification(0, 0, 0, 0, ())
    known: dict[str, str] = {}
    for name in graph.article_graphs():
        part = graph.part(name)
        one = verify(part, [own[sha] for sha in _checksums(part) if sha in own])
        found = Verification(
            found.quotes + one.quotes,
            found.facts + one.facts,
            found.figures + one.figures,
            found.articles + one.articles,
            (*found.problems, *one.problems),
        )
        known |= _kinds(part)
    problems = {*found.problems, *_graphs(graph), *_identity(graph, known)}
    if not problems:  # else what follows from the other layers is as wrong as they are
        problems = set(_merged(graph, own))
    return replace(found, problems=tuple(sorted(problems)))


def _checksums(part: Graph) -> list[str]:
    quads = part.quads(None, ox.NamedNode(KG + "sha256"))
    return sorted({text_of(quad.object) for quad in quads})


def _graphs(graph: Graph) -> Iterator[Fault]:
    """Yield the named graphs that are neither of one article nor the one that says which entities are one thing."""
    articles = graph.article_graphs()
    for name in articles:
        own = graph.part(name).sources(SCHEMA + "NewsArticle", RDF + "type")
        if [graph_iri(each, graph.base) for each in own] != [name]:
            yield Fault(name, "", "", "is not the graph of the one article that it is named after", REBUILD)
    known = {*articles, identity_iri(graph.base)}
    for each in graph.store.named_graphs():
        if each.value not in known:
            yield Fault(each.value, "", "", "is a graph of no article", REBUILD)


def _kinds(part: Graph) -> dict[str, str]:
    """Return the type of each node of an article, of an entity its core type."""
    found = {}
    for node, said in grouped(lines_of(part)).items():
        types = [value for name, value in said if name == TYPE]
        found[node] = next((each for each in types if each in _TYPES), types[0] if types else "")
    return found


# identity -------------------------------------------------------------------------------------------------------------


def _identity(graph: Graph, known: dict[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with the graph that says which entities are one thing."""
    this = f"<{identity_iri(graph.base)}>"
    lines = lines_of(graph.part(identity_iri(graph.base)))
    nodes = grouped(lines)
    sealed = first_value(nodes.get(this, ()), f"<{DIGEST}>")
    if sealed != string(seal_all(line for line in lines if f" <{DIGEST}> " not in line)):
        what = "what says which entities are one thing was changed since: its checksum is another"
        yield _fault(this, nodes.get(this, []), f"<{DIGEST}>", what)
    view = View(graph.part(identity_iri(graph.base)), ())
    for node, said in nodes.items():
        letter = kind_of_node(node[1:-1])[1]
        if letter in ("d", "j"):
            yield from faults_of(Node.at(view, node[1:-1]))
        elif letter == "e":
            yield from _entity(node, said, nodes, known)
        elif letter == "k":
            yield from _thing(graph, node, said, nodes, known)
        elif letter == "l":
            yield from _link(graph, node, said, nodes, known)
        elif letter == "q":
            yield from _copy(node, said, known)
        elif letter not in ("p", "v", "x", "y") and node != this:
            yield _fault(node, said, "", "is no node that says which entities are one thing")


def _entity(node: str, said: Said, nodes: Nodes, known: dict[str, str]) -> Iterator[Fault]:
    targets = [value for name, value in said if name == SAME]
    if len(targets) != 1 or len(said) != 1:
        yield _fault(node, said, SAME, "is the same thing as none or several, or is said more of")
    elif node not in known:
        yield _fault(node, said, SAME, "is an entity of no article")
    elif targets[0] not in known and targets[0] not in nodes:
        yield _fault(node, said, SAME, "is the same as what is nowhere")
    elif known.get(targets[0], known[node]) != known[node]:
        yield _fault(node, said, SAME, "is the same as what is of another type")


def _thing(graph: Graph, node: str, said: Said, nodes: Nodes, known: dict[str, str]) -> Iterator[Fault]:
    """Yield that the IRI of a thing is not that of its key, or that its entities are of several types or too few."""
    own = [each for each, more in nodes.items() if (SAME, node) in more]
    types = {known.get(each, "") for each in own}
    if len(own) < 2 or len(types) != 1:
        yield _fault(node, said, SAME, "stands for less than two entities, or for some of several types")
        return
    key, kind = value_of(first_value(said, KEY)), types.pop()[1:-1].removeprefix(KG)
    if node[1:-1] != made_iri(graph.base, "k", kind, key):
        yield _fault(node, said, KEY, "is not what its name was made from")


def _link(graph: Graph, node: str, said: Said, nodes: Nodes, known: dict[str, str]) -> Iterator[Fault]:
    ends = [value for name, value in said if name == LINKS]
    refused = (TYPE, REFUSED) in said
    if len(ends) != 2 or (not refused and (TYPE, LINK) not in said) or not all(end in known for end in ends):
        yield _fault(node, said, LINKS, "does not link two entities of articles")
        return
    rule, why = (value_of(first_value(said, name)) for name in (RULE, WHY_NOT))
    rest = (rule, *filter(None, [why]))
    made = {made_iri(graph.base, "l", one[1:-1], two[1:-1], *rest) for one, two in (ends, ends[::-1])}
    if node[1:-1] not in made:
        yield _fault(node, said, "", "is not what its name was made from")
    if len({_stands_for(end, nodes) for end in ends}) > 1 and not refused:
        yield _fault(node, said, LINKS, "links two entities that are not one thing")
    for decision in (value for name, value in said if name == INFLUENCED):
        if (TYPE, _DECISION) not in nodes.get(decision, ()):
            yield _fault(node, said, INFLUENCED, "is by a decision that is nowhere")
    for evidence in (value for name, value in said if name == EVIDENCE):
        if evidence not in known and evidence not in nodes:
            yield _fault(node, said, EVIDENCE, "rests on words that are nowhere")


def _stands_for(entity: str, nodes: Nodes) -> str:
    return first_value(nodes.get(entity, ()), SAME) or entity


def _copy(node: str, said: Said, known: dict[str, str]) -> Iterator[Fault]:
    articles = [value for name, value in said if name == BETWEEN]
    is_one = (TYPE, COPY) in said or (TYPE, PASSAGES) in said
    if len(articles) != 2 or not is_one or not all(each in known for each in articles):
        yield _fault(node, said, BETWEEN, "does not name two articles")


def _fault(node: str, said: Said, predicate: str, what: str) -> Fault:
    label = first_value(said, LABEL)
    return Fault(node[1:-1], value_of(label) if label else "", predicate[1:-1], what, REBUILD)


# the merged view ------------------------------------------------------------------------------------------------------


def _merged(graph: Graph, texts: dict[str, str]) -> Iterator[Fault]:
    """Yield where the merged view is not the one that the other layers give."""
    wanted = set[int]()
    for line in merged_lines(graph, texts):
        if (key := hash(line)) not in wanted:
            wanted.add(key)
            if not graph.has_line(line):
                node, predicate, value = line[:-2].split(" ", 2)
                what = f"the merged view lacks {value_of(value)!r}, which its articles give"
                yield Fault(node[1:-1], graph.label(node[1:-1]), predicate[1:-1], what, REBUILD)
    if len(wanted) == len(graph):
        return
    for line in lines_of(graph):
        if hash(line) not in wanted:
            node, predicate, value = line[:-2].split(" ", 2)
            what = f"the merged view says {value_of(value)!r}, which no article gives"
            yield Fault(node[1:-1], graph.label(node[1:-1]), predicate[1:-1], what, REBUILD)
