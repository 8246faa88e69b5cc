"""The graph: a pyoxigraph store, what goes into it and the formats that come out, the same bytes every time."""

from __future__ import annotations

import gzip
import re
import shutil
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final
from weakref import finalize

import pyoxigraph as ox

from kg.base.errors import GraphError, OutputError
from kg.base.intake import LARGEST_GRAPH, LargeError, open_file, read_file, read_stream
from kg.base.model import Reading
from kg.graph.formats import RDF as RDF_FORMATS
from kg.graph.iri import identity_iri, kind_of_node
from kg.graph.order import Order, home_of, homes
from kg.graph.screen import refuse_hostile
from kg.graph.vocabulary import (
    DEFAULT_BASE,
    KG,
    PREFIXES,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    TYPES,
    XSD,
)

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "Graph",
    "Literal",
    "Node",
    "Term",
    "form_of",
    "graph_iri",
    "is_packed",
    "layered",
    "node_of",
    "text_of",
]

Literal = ox.Literal
Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

FORMATS: Final = {each.name: ox.RdfFormat.from_media_type(each.media) for each in RDF_FORMATS}
"""The RDF formats by the names that commands use, as the engine knows them."""

SUFFIXES: Final = {f".{suffix}": each.name for each in RDF_FORMATS for suffix in each.suffixes}
"""The RDF formats by the endings of file names."""

_QUADS = tuple(each.name for each in RDF_FORMATS if each.quads)
_AT_ONCE: Final = 24 << 20  # bytes of lines that are added at once
_LABEL, _TYPE = RDFS + "label", RDF + "type"


_XML_FORBIDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text_of(term: Term) -> str:
    """Return the text of a literal, the IRI of a node."""
    return str(term) if isinstance(term, ox.Triple) else term.value


def node_of(name: str) -> Node:
    """Return the node of an IRI, or of a blank node's name, which begins with ``_:``; a text of neither is a node of no graph."""
    try:
        return ox.BlankNode(name[2:]) if name.startswith("_:") else ox.NamedNode(name)
    except ValueError:
        return ox.BlankNode()


def graph_iri(article: str, base: str = DEFAULT_BASE) -> str:
    """Return the IRI of the named graph that holds what an article (an IRI) says."""
    return f"{base}g{article[len(base) + 1 :]}" if article.startswith(f"{base}a") else f"{article}#graph"


class Graph:
    """A set of triples with its articles' names for itself; equal content gives equal bytes in every format."""

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        self.store = ox.Store()
        self.base = base
        self.name: ox.NamedNode | ox.DefaultGraph = ox.DefaultGraph()
        self.place: Path | None = None  # where a store on disk lies that nobody writes to

    @classmethod
    def on_disk(cls, place: Path, base: str = DEFAULT_BASE) -> Graph:
        """Return an empty graph that lies in a folder, which is removed when nobody holds the graph any more."""
        graph = cls(base)
        graph.store = ox.Store(place)
        finalize(graph, shutil.rmtree, place, ignore_errors=True)
        return graph

    # in -------------------------------------------------------------------------------------------------------------

    @classmethod
    def from_readings(cls, readings: Iterable[Reading], base: str = DEFAULT_BASE) -> Graph:
        """Return the graph of what some articles say."""
        from kg.graph.rdf import triples_of  # who only loads a graph needs nothing that reads articles

        graph = cls(base)
        lines: list[str] = []
        for reading in readings:
            lines.extend(triples_of(reading, base))
        graph.add_lines(lines)
        graph.best_confidence_only()  # nothing to do for one article
        return graph

    @classmethod
    def load(cls, path: Path) -> Graph:
        """Return the graph in a file; its ending says the format.

        Raises:
            GraphError: the file cannot be read, its format is unknown, or it is not what its ending says (with the
                line and column).
        """
        form = form_of(path)
        if form is None:
            raise GraphError(path, "unknown graph format", f"known endings: {' '.join(SUFFIXES)}")
        try:
            data = _unpacked(path) if is_packed(path) else read_file(path, LARGEST_GRAPH)
        except LargeError as error:
            raise GraphError(
                path,
                f"too large: at most {LARGEST_GRAPH:,} bytes are read into memory",
                "load it into a store: kg load",
            ) from error
        except (OSError, EOFError, zlib.error) as error:
            reason = getattr(error, "strerror", None) or error
            raise GraphError(path, f"cannot be read: {reason}") from error
        return cls.parse(data, form, where=str(path))

    @classmethod
    def parse(cls, data: bytes, form: str = "turtle", where: str = "graph") -> Graph:
        """Return the graph in ``data``; named graphs are merged into one and stay askable by ``GRAPH``.

        Those of a corpus stay apart, for they are merged already.

        Raises:
            GraphError: ``data`` is not in the format ``form`` (a key of ``FORMATS``), or holds what no parser should see.
        """
        refuse_hostile(data, form, where)
        graph = cls()
        try:
            graph.store.extend(layered(ox.parse(data, FORMATS[form])))
        except (SyntaxError, ValueError) as error:
            raise GraphError(where, _mistake(error, form, data), "is it a graph that kg wrote?") from error
        graph.base = graph.find_base()
        return graph

    def add_lines(self, lines: Sequence[str]) -> None:
        """Add N-Triples lines, as ``kg.graph.rdf.triples_of`` returns them."""
        self.store.load("\n".join(lines).encode("utf-8"), ox.RdfFormat.N_TRIPLES)

    def add_quads(self, lines: Sequence[str]) -> None:
        """Add N-Quads lines, as ``kg.corpus.graph.corpus_lines`` yields them."""
        self.store.load("\n".join(lines).encode("utf-8"), ox.RdfFormat.N_QUADS)

    def add_packed(self, packed: IO[bytes], *, at_once: bool = True) -> None:
        """Add the quads of a packed file of N-Quads.

        Args:
            packed: the file, as gzip packs it.
            at_once: whether each part of it is there whole or not at all; without, what a store on disk takes is half of it.
        """
        load = self.store.load if at_once else self.store.bulk_load
        with gzip.GzipFile(fileobj=packed, mode="rb") as lines:
            while part := lines.read(_AT_ONCE) + lines.readline():
                load(part, ox.RdfFormat.N_QUADS)

    def best_confidence_only(self) -> None:
        """Keep the highest confidence of a fact that several articles state."""
        confidence = ox.NamedNode(KG + "confidence")
        best: dict[str, ox.Quad] = {}
        for quad in list(self.quads(predicate=confidence)):
            other = best.setdefault(text_of(quad.subject), quad)
            if other is not quad:
                worse, better = sorted((quad, other), key=lambda each: float(text_of(each.object)))
                best[text_of(quad.subject)] = better
                self.store.remove(worse)

    def find_base(self) -> str:
        """Return the base that the graph's articles live under, or the default."""
        articles = self.quads(predicate=ox.NamedNode(_TYPE), value=ox.NamedNode(SCHEMA + "NewsArticle"))
        iris = sorted(text_of(quad.subject) for quad in articles)
        return iris[0][:-21] if iris and len(iris[0]) > 21 else DEFAULT_BASE

    # looking --------------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return sum(1 for _ in self.quads())

    def quads(
        self, subject: Node | None = None, predicate: ox.NamedNode | None = None, value: Term | None = None
    ) -> Iterator[ox.Quad]:
        """Return the triples of this pattern, in no order; ``None`` stands for anything."""
        return self.store.quads_for_pattern(subject, predicate, value, self.name)

    def has_line(self, line: str) -> bool:
        """Say whether the graph has a triple, given as a line of N-Triples."""
        (quad,) = ox.parse(line.encode("utf-8"), ox.RdfFormat.N_TRIPLES)
        return ox.Quad(quad.subject, quad.predicate, quad.object, self.name) in self.store

    @property
    def is_corpus(self) -> bool:
        """Say whether several articles were merged, each of which has a graph for itself."""
        return self.store.contains_named_graph(ox.NamedNode(identity_iri(self.base)))

    def article_graphs(self) -> list[str]:
        """Return the IRIs of the named graphs that articles have for themselves, in sorted order."""
        start = f"{self.base}g"
        names = (each.value for each in self.store.named_graphs())
        return sorted(name for name in names if name.startswith(start) and kind_of_node(name)[1] == "g")

    def part(self, name: str) -> Graph:
        """Return one of the named graphs, to be asked by itself."""
        part = Graph(self.base)
        part.store, part.place, part.name = self.store, self.place, ox.NamedNode(name)
        return part

    def triples(self) -> list[ox.Triple]:
        """Return all triples, in an order a person can read: each block with its label first, facts under their subject."""
        return Order(self.quads()).triples()

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the values of one property of one node, as strings in sorted order."""
        found = self.quads(node_of(subject), ox.NamedNode(predicate))
        return sorted(text_of(quad.object) for quad in found)

    def sources(self, value: str, predicate: str) -> list[str]:
        """Return the nodes that have a node as the value of one property, as IRIs in sorted order."""
        found = self.quads(None, ox.NamedNode(predicate), node_of(value))
        return sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))

    def label(self, iri: str) -> str:
        """Return the label of a node, or the IRI itself."""
        labels = self.values(iri, _LABEL)
        return labels[0] if labels else iri

    def named(self, name: str) -> list[str]:
        """Return the IRIs of the entities that have ``name`` among their names, in sorted order."""
        found = set()
        for predicate in (_LABEL, SKOS + "prefLabel", SKOS + "altLabel"):
            for literal in (ox.Literal(name, language="zh"), ox.Literal(name)):
                found |= {
                    text_of(quad.subject) for quad in self.quads(None, ox.NamedNode(predicate), literal)
                }
        return sorted(iri for iri in found if self.is_entity(iri))

    def all_names(self, iri: str) -> list[str]:
        """Return the names of a node, its label first."""
        found = (
            name
            for each in (_LABEL, SKOS + "prefLabel", SKOS + "altLabel")
            for name in self.values(iri, each)
        )
        return list(dict.fromkeys(found))

    def is_entity(self, iri: str) -> bool:
        """Say whether a node is one of the seven core types."""
        types = self.values(iri, _TYPE)
        return any(KG + name in types for name in TYPES)

    def names(self) -> list[str]:
        """Return every name of every entity, in sorted order."""
        found = set()
        for name in TYPES:
            for quad in self.quads(None, ox.NamedNode(_TYPE), ox.NamedNode(KG + name)):
                for predicate in (_LABEL, SKOS + "prefLabel", SKOS + "altLabel"):
                    found.update(self.values(text_of(quad.subject), predicate))
        return sorted(found)

    # out ------------------------------------------------------------------------------------------------------------

    def to_turtle(self) -> bytes:
        """Return the graph as Turtle, blocks parted by blank lines."""
        return self.serialize("turtle")

    def serialize(self, form: str = "turtle") -> bytes:
        """Return the graph in one of ``FORMATS``; where the format has named graphs, one for each article.

        Raises:
            GraphError: the format is unknown or cannot hold a character of the graph.
        """
        if form not in FORMATS:
            raise GraphError(form, "unknown graph format", f"known: {' '.join(FORMATS)}")
        if form in _QUADS:
            return _written(self.article_quads(), form, self.base)
        if form == "nt":
            return _written(sorted(self.triples(), key=str), form, self.base)
        triples = self.triples()
        if form == "rdfxml":
            _refuse_unwritable(triples)
        data = _written(triples, form, self.base)
        # The writer escapes line ends inside strings, so a line that begins without a tab begins a block.
        return re.sub(rb"\n(?=[^\t\n@])", b"\n\n", data) if form == "turtle" else data

    def write(self, path: Path, form: str = "turtle") -> None:
        """Write the graph to a file, whole or not at all.

        Raises:
            OutputError: the file cannot be written.
        """
        data, beside = self.serialize(form), path.with_name(path.name + ".part")
        try:
            beside.write_bytes(data)
            beside.replace(path)
        except OSError as error:
            raise OutputError(path, f"cannot be written: {error.strerror or error}") from error
        finally:
            beside.unlink(missing_ok=True)

    def to_rdflib(self, quads: Iterable[ox.Quad] | None = None) -> rdflib.Graph:
        """Return the graph (or only the triples of ``quads``) as an rdflib graph in memory."""
        import rdflib  # 0.2 seconds that most commands need not pay

        graph = rdflib.Graph(bind_namespaces="none")
        for prefix, namespace in {**PREFIXES, "id": self.base}.items():
            graph.bind(prefix, namespace)
        terms: dict[Term, rdflib.term.Node] = {}
        for quad in self.quads() if quads is None else quads:
            parts = (quad.subject, quad.predicate, quad.object)
            for part in parts:
                if part not in terms:
                    terms[part] = _as_rdflib(part)
            graph.store.add((terms[parts[0]], terms[parts[1]], terms[parts[2]]), graph)
        return graph

    def article_quads(self) -> list[ox.Quad]:
        """Return the triples as quads, each in the graph of the article it was read from.

        What belongs to no article (the run, the tool, a role's title) stands in the default graph. A node that two
        articles share (a place with an official code) stands in the graphs of both.
        """
        if self.is_corpus:
            return self._layers()
        own = homes(self.quads())
        graphs: dict[str, list[ox.Triple]] = {"": []}
        for triple in self.triples():
            for article in home_of(triple, own) or ("",):
                graphs.setdefault(article, []).append(triple)
        quads: list[ox.Quad] = []
        for article in sorted(graphs):
            name = ox.NamedNode(graph_iri(article, self.base)) if article else ox.DefaultGraph()
            quads.extend(ox.Quad(each.subject, each.predicate, each.object, name) for each in graphs[article])
        return quads

    def _layers(self) -> list[ox.Quad]:
        """Return the layers of a corpus one after the other: identity, by which it is known again, articles, merged view."""
        names = [identity_iri(self.base), *self.article_graphs()]
        parts = [*(self.part(name) for name in names), self]
        return [
            ox.Quad(each.subject, each.predicate, each.object, part.name)
            for part in parts
            for each in part.triples()
        ]


def layered(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads of a file as a store holds them: what stands in a named graph in the default graph too.

    Not those of a corpus, whose default graph is its merged view: it begins with the graph that says who is one with whom.
    """
    is_corpus = None
    for quad in quads:
        named = not isinstance(quad.graph_name, ox.DefaultGraph)
        if is_corpus is None:
            name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
            is_corpus = named and name == identity_iri(_base_of(name))
        if named and not is_corpus:
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
        yield quad


def _base_of(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def form_of(path: Path) -> str | None:
    """Return the RDF format that the ending of a file's name says, a key of ``FORMATS``; behind it may stand ``.gz``."""
    return SUFFIXES.get((Path(path.stem) if is_packed(path) else path).suffix.lower())


def is_packed(path: Path) -> bool:
    """Say whether a file is compressed by gzip, as its name says."""
    return path.suffix.lower() == ".gz"


def _unpacked(path: Path) -> bytes:
    with open_file(path) as file, gzip.GzipFile(fileobj=file, mode="rb") as content:
        return read_stream(content, LARGEST_GRAPH, path)


def _as_rdflib(term: Term) -> rdflib.term.Node:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Triple):
        raise GraphError(str(term), "a triple inside a triple, which rdflib cannot hold")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    plain = term.datatype.value == XSD + "string"
    return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))


def _written(data: Iterable[ox.Triple] | Iterable[ox.Quad], form: str, base: str) -> bytes:
    written = ox.serialize(data, format=FORMATS[form], prefixes={"id": base, **PREFIXES})
    return written or b""


def _mistake(error: Exception, form: str, data: bytes) -> str:
    if b"\x00" in data[:4096]:
        return f"no {form}: a binary file"
    message = str(error.args[0] if error.args else error)
    line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
    where = f" at line {line}, column {column}" if line else ""
    message = re.sub(
        r"^Parser error at line \d+ (between columns? \d+ and(?: line \d+ column)? \d+|column \d+): ?",
        "",
        message,
    )
    return f"no {form}{where}: {message}"


def _refuse_unwritable(triples: Iterable[ox.Triple]) -> None:
    for triple in triples:
        if isinstance(triple.object, ox.Literal) and (found := _XML_FORBIDS.search(triple.object.value)):
            what = f"holds the character U+{ord(found[0]):04X}, which XML cannot"
            raise GraphError("rdfxml", what, "export to turtle, nt or jsonld instead")
