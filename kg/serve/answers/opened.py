"""What a worker can be asked about its store: SPARQL, named queries, and what the pages show, as plain values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.base.errors import QueryError
from kg.graph.query import mistake, named_queries, run
from kg.graph.rows import Rows
from kg.graph.store import FORMATS, Graph, Term, text_of
from kg.graph.vocabulary import KG, OA, PREFIXES, PROV, RDF, RDFS, SCHEMA, SKOS, TIME, TYPES, XSD, local_name
from kg.serve.bulk_load import ABOUT, TRIPLES, use
from kg.serve.limits import Limits
from kg.serve.protocol import GRAPHS, RESULTS
from kg.serve.reply import Reply
from kg.serve.search import FILE, Index

__all__ = ["Answers", "NotFoundError", "TooLargeError"]

PAGE: Final = 100
"""Facts on one page of an entity."""

FEW: Final = 300
"""Facts in the network around an entity or of a query's answer."""

WHOLE: Final = 400_000
"""Triples of the largest graph that is shown as one network."""

_RESULTS = {
    "json": (ox.QueryResultsFormat.JSON, b',{"'),
    "xml": (ox.QueryResultsFormat.XML, b"<result>"),
    "csv": (ox.QueryResultsFormat.CSV, b"\n"),
    "tsv": (ox.QueryResultsFormat.TSV, b"\n"),
}
"""The formats of tables, each with what stands once for every row and nowhere else in its bytes."""

_STATEMENT = ox.NamedNode(RDF + "Statement")
_NUMBERS = {XSD + name: kind for name, kind in (("integer", int), ("decimal", float), ("double", float))}


class TooLargeError(QueryError):
    """An answer with more rows or bytes than one may have."""


class NotFoundError(QueryError):
    """The graph has nothing of this name."""


class Answers:
    """A store opened for reading, and the questions it answers. Every method is a job of ``kg.serve.worker``."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._used = use(folder)  # until the process ends
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        self.limits, self.triples, self.bases = limits, int(about["triples"]), list(about["bases"])
        self.graph = Graph(self.bases[0])
        self.graph.store = ox.Store.read_only(str(folder / TRIPLES))
        self.index = Index(folder / FILE)

    # SPARQL ---------------------------------------------------------------------------------------------------------

    def sparql(
        self,
        text: str,
        default_graphs: tuple[str, ...],
        named_graphs: tuple[str, ...],
        results: str | None,
        graph: str | None,
    ) -> Reply:
        """Answer a query in the media type that fits its kind."""
        try:
            found = self._solve(text, default_graphs, named_graphs)
            triples = isinstance(found, ox.QueryTriples)
            media = graph if triples else results
            if media is None:
                known = ", ".join(GRAPHS if triples else RESULTS)
                return _refusal(406, f"this query's answer comes as: {known}")
            if isinstance(found, ox.QueryTriples):
                return Reply(200, media, self._triples(found, GRAPHS[media]))
            form, row = _RESULTS[RESULTS[media]]
            out = _Capped(self.limits, row)
            found.serialize(out, format=form)
            return Reply(200, media, out.bytes())
        except TooLargeError as error:
            return _refusal(403, error.what)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            return _refusal(400, mistake(str(error)))

    def _solve(self, text: str, default_graphs: tuple[str, ...], named_graphs: tuple[str, ...]) -> Any:  # noqa: ANN401
        dataset: dict[str, Any] = {}
        if default_graphs or named_graphs:
            dataset["default_graph"] = [ox.NamedNode(iri) for iri in default_graphs]
            dataset["named_graphs"] = [ox.NamedNode(iri) for iri in named_graphs]
        base = self.graph.base
        return self.graph.store.query(text, base_iri=base, prefixes={"id": base, **PREFIXES}, **dataset)

    def _triples(self, found: ox.QueryTriples, form: str) -> bytes:
        given = list(islice(found, self.limits.rows + 1))
        if len(given) > self.limits.rows:
            raise _too_large(self.limits)
        triples = sorted(dict.fromkeys(given), key=str)
        prefixes = {"id": self.graph.base, **PREFIXES}
        data = ox.serialize(triples, format=FORMATS[form], prefixes=prefixes) or b""
        if len(data) > self.limits.answer:
            raise _too_large(self.limits)
        return data

    # the named queries ----------------------------------------------------------------------------------------------

    def named(self, name: str, values: dict[str, str], limit: int, offset: int, media: str) -> Reply:
        """Answer a named query, as JSON or CSV."""
        query = named_queries()[name]
        try:
            for parameter in query.parameters:
                if parameter.kind == "entity" and parameter.name in values:
                    self._known(parameter.name, values[parameter.name])
            rows = run(self.graph, name, values)
        except QueryError as error:
            missing = isinstance(error, NotFoundError) or error.what.startswith("no ")
            return _problem(404 if missing else 400, error)
        except ValueError:  # what looks like an IRI and is none
            return _problem(404, NotFoundError(name, "no entity or fact has this name"))
        page = Rows(rows.columns, rows.rows[offset : offset + limit], rows.kind)
        if media == "text/csv":
            return Reply(200, media, page.csv().encode("utf-8", "replace"))
        value = {
            "query": name,
            "columns": list(page.columns),
            "rows": [
                {
                    column: plain_value(term)
                    for column, term in zip(page.columns, row, strict=True)
                    if term is not None
                }
                for row in page.rows
            ],
            "total": len(rows),
        }
        return Reply(200, "application/json", json.dumps(value, ensure_ascii=False).encode())

    def _known(self, parameter: str, name: str) -> None:
        if self.graph.named(name) or any(self.graph.is_entity(iri) for iri in self._iris(name)):
            return
        near = [each["label"] for each in self.index.entities(name, 3)]
        hint = f"did you mean {' or '.join(near)}?" if near else "search with /api/search?q="
        raise NotFoundError(parameter, f"no entity has the name {name}", hint)

    # nodes ----------------------------------------------------------------------------------------------------------

    def _iris(self, name: str) -> Iterator[str]:
        """Yield the IRIs that a local name, a prefixed name or an IRI may stand for."""
        name = name.removeprefix("id:")
        for iri in (*(base + name for base in self.bases), name):
            try:
                ox.NamedNode(iri)
            except ValueError:
                continue
            yield iri

    def _find(self, name: str) -> str | None:
        for iri in self._iris(name):
            node = ox.NamedNode(iri)
            for pattern in ((node, None, None), (None, None, node), (None, node, None)):
                if next(self.graph.quads(*pattern), None) is not None:
                    return iri
        return None

    def node(self, name: str, offset: int = 0) -> Reply:
        """Return all that a page shows of a node: what it is, its facts with their quotes, and what else is known."""
        iri = self._find(name)
        if iri is None:
            return _refusal(404, "the graph has nothing of this name")
        types = self.graph.values(iri, RDF + "type")
        core = [each for each in TYPES if KG + each in types]
        value = {
            **self._brief(iri),
            "types": types,
            "kind": "entity" if core else "article" if SCHEMA + "NewsArticle" in types else "other",
            "names": list(
                dict.fromkeys(
                    [*self.graph.values(iri, SKOS + "prefLabel"), *self.graph.values(iri, SKOS + "altLabel")]
                )
            ),
            "facts": [],
            "figures": [],
            "quotes": [],
            "properties": self._properties(iri),
            "total": 0,
            "offset": offset,
        }
        if core:
            facts = list(dict.fromkeys(self._facts_of(iri)))
            value["total"] = len(facts)
            value["facts"] = [self._fact(fact, iri) for fact in facts[offset : offset + PAGE]]
            value["figures"] = [
                self._figure(each) for each in self.graph.sources(iri, KG + "figureOf")[:PAGE]
            ]
        elif RDF + "Statement" in types:
            value["kind"] = "fact"
            value["facts"] = [self._fact(iri, "")]
        else:
            value["quotes"] = self._quotes(iri)
        return Reply(200, "", value)

    def data(self, name: str, media: str) -> Reply:
        """Return a node as RDF: its own triples, and for an entity the facts about it with their evidence."""
        iri = self._find(name)
        if iri is None:
            return _refusal(404, "the graph has nothing of this name")
        facts = list(islice(self._facts_of(iri), 1000))
        part = self._part(facts, [iri])
        part.store.extend(quad for quad in self.graph.quads(ox.NamedNode(iri)))
        return Reply(200, media, part.serialize(GRAPHS[media]))

    def _facts_of(self, iri: str) -> Iterator[str]:
        node = ox.NamedNode(iri)
        ends = (self.graph.quads(None, ox.NamedNode(RDF + end), node) for end in ("subject", "object"))
        return (text_of(quad.subject) for quad in chain(*ends))

    def _brief(self, iri: str) -> dict[str, Any]:
        types = self.graph.values(iri, RDF + "type")
        return {
            "iri": iri,
            "name": self.local(iri),
            "label": self.graph.label(iri)
            if self.graph.values(iri, RDFS + "label")
            else local_name(iri) or iri,
            "type": next((each for each in TYPES if KG + each in types), ""),
        }

    def local(self, iri: str) -> str:
        """Return what stands for an IRI in the server's paths: its local name, or "" where that would open another node."""
        cut = max(iri.rfind(mark) for mark in "#/:") + 1
        base, name = iri[:cut], iri[cut:]
        if base not in self.bases or not name:
            return ""
        return name if len(self.bases) == 1 or self._find(name) == iri else ""

    def _one(self, iri: str, predicate: str) -> str:
        return next(iter(self.graph.values(iri, predicate)), "")

    def _fact(self, fact: str, seen_from: str) -> dict[str, Any]:
        one = self._one
        subject, value = one(fact, RDF + "subject"), one(fact, RDF + "object")
        moment, amount = one(fact, TIME + "hasTime"), one(fact, KG + "amount")
        return {
            "iri": fact,
            "name": self.local(fact),
            "label": one(fact, RDFS + "label"),
            "subject": self._brief(subject) if subject else None,
            "predicate": local_name(one(fact, RDF + "predicate")),
            "object": self._brief(value) if value else None,
            "forward": subject == seen_from or not seen_from,
            "role": one(fact, SCHEMA + "roleName"),
            "date": one(moment, KG + "edtf") if moment else "",
            "amount": one(amount, KG + "surface") if amount else "",
            "status": local_name(one(fact, KG + "status")) or "asserted",
            "confidence": one(fact, KG + "confidence"),
            "pattern": ", ".join(self.graph.values(fact, KG + "pattern")),
            "derived": bool(self.graph.values(fact, KG + "derived")),
            "quotes": self._quotes(fact),
        }

    def _figure(self, iri: str) -> dict[str, Any]:
        return {**self._brief(iri), "quotes": self._quotes(iri)}

    def _quotes(self, iri: str) -> list[dict[str, Any]]:
        links = self.graph.values(iri, PROV + "wasDerivedFrom") + self.graph.values(iri, KG + "mentionedAt")
        found = []
        for link in links[:20]:
            article = self._one(link, OA + "hasSource")
            selectors = self.graph.values(link, OA + "hasSelector")
            exact, start = (
                next((value for each in selectors for value in self.graph.values(each, OA + name)), "")
                for name in ("exact", "start")
            )
            if exact:
                found.append(
                    {"text": exact, "start": start, "article": self._brief(article) if article else None}
                )
        return found

    def _properties(self, iri: str) -> list[dict[str, Any]]:
        """Return what stands in the graph about a node, and of which nodes it is a value, as far as one page holds."""
        node = ox.NamedNode(iri)
        own = [
            {"predicate": quad.predicate.value, "value": self._value(quad.object), "inverse": False}
            for quad in islice(self.graph.quads(node), 200)
        ]
        of = [
            {"predicate": quad.predicate.value, "value": self._value(quad.subject), "inverse": True}
            for quad in islice(self.graph.quads(None, None, node), 100)
        ]
        return sorted(own + of, key=lambda each: (each["inverse"], each["predicate"], each["value"]["label"]))

    def _value(self, term: Term) -> dict[str, str]:
        if isinstance(term, ox.NamedNode):
            brief = self._brief(term.value)
            return {"iri": term.value, "name": brief["name"], "label": brief["label"]}
        return {"iri": "", "name": "", "label": text_of(term)}

    # articles, search, the front page --------------------------------------------------------------------------------

    def article(self, name: str) -> Reply:
        """Return an article with its text and where its entities are named in it."""
        iri = self._find(name)
        found = self.index.article(iri) if iri else None
        if iri is None or found is None:
            return _refusal(404, "the graph has no article of this name")
        from kg.view.picture import find_marks

        entities = {
            each: self._brief(each)
            for each in self.graph.values(iri, SCHEMA + "mentions")
            if self.graph.is_entity(each)
        }
        names = {
            each: list(
                dict.fromkeys(
                    [
                        *self.graph.values(each, SKOS + "prefLabel"),
                        *self.graph.values(each, SKOS + "altLabel"),
                    ]
                )
            )
            for each in entities
        }
        marks = find_marks(found["text"], names)
        value = {
            **found,
            "local": self.local(iri),
            "entities": sorted(entities.values(), key=lambda each: (each["type"], each["label"])),
            "marks": [(mark.start, mark.end, entities[mark.node]) for mark in marks],
            "quotes": [] if found["text"] else self._quoted(iri),
        }
        return Reply(200, "", value)

    def _quoted(self, article: str) -> list[str]:
        evidence = self.graph.sources(article, OA + "hasSource")[:2000]
        quotes = {
            (
                int(start) if (start := self._first(each, "start")).isdecimal() else 0,
                self._first(each, "exact"),
            )
            for each in evidence
        }
        return [text for _, text in sorted(quotes) if text]

    def _first(self, evidence: str, name: str) -> str:
        selectors = self.graph.values(evidence, OA + "hasSelector")
        return next((value for each in selectors for value in self.graph.values(each, OA + name)), "")

    def search(self, words: str, limit: int, offset: int = 0) -> Reply:
        """Return the entities and the quotes that hold some words."""
        entities = [] if offset else self._linked(self.index.entities(words, limit))
        quotes = self.index.quotes(words, limit, offset)
        for quote in quotes:
            quote["article_name"] = self.local(quote["article"])
            quote["facts"] = self._linked(quote["facts"])
        return Reply(200, "", {"entities": entities, "quotes": quotes})

    def suggest(self, words: str, limit: int) -> Reply:
        """Return the entities that a name being typed may mean."""
        return Reply(200, "", self._linked(self.index.entities(words, limit)))

    def overview(self) -> Reply:
        """Return what the front page shows: how much there is, what is best known, which articles are the newest."""
        value = {
            "triples": self.triples,
            "bases": self.bases,
            "counts": self.index.counts(),
            "known": self._linked(self.index.known(24)),
            "articles": self._linked(self.index.articles(50)),
            "whole": self.triples <= WHOLE,
        }
        return Reply(200, "", value)

    def _linked(self, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "local": self.local(row["iri"])} for row in rows]

    # networks -------------------------------------------------------------------------------------------------------

    def network(self, name: str = "", query: str = "") -> Reply:
        """Return the page that shows a network: around a node, of a query's answer, or of the whole graph."""
        from kg.view.page import page_of

        if not name and not query:
            if self.triples > WHOLE:
                return _refusal(
                    403, f"a graph of {self.triples} triples is too large for one picture; open an entity"
                )
            texts = [self._text(each["iri"]) for each in self.index.articles(2000)]
            return Reply(200, "text/html", page_of(self.graph, texts).encode())
        try:
            facts, entities = self._around(name) if name else self._answered(query)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            return _refusal(400, mistake(str(error)))
        except NotFoundError as error:
            return _refusal(404, str(error))
        part = self._part(facts, entities)
        texts = [self._text(iri) for iri in self._articles_of(part)]
        return Reply(200, "text/html", page_of(part, texts).encode())

    def _text(self, article: str) -> str:
        return str((self.index.article(article) or {}).get("text", ""))

    @staticmethod
    def _articles_of(part: Graph) -> list[str]:
        kind = ox.NamedNode(SCHEMA + "NewsArticle")
        return sorted(text_of(quad.subject) for quad in part.quads(None, ox.NamedNode(RDF + "type"), kind))

    def _around(self, name: str) -> tuple[list[str], list[str]]:
        iri = self._find(name)
        if iri is None:
            raise NotFoundError(name, "the graph has nothing of this name")
        return list(islice(self._facts_of(iri), FEW)), [iri]

    def _answered(self, query: str) -> tuple[list[str], list[str]]:
        """Return the facts and entities in the answer to a query, and the facts that tie those entities."""
        found = self._solve(query, (), ())
        if isinstance(found, ox.QueryBoolean):
            raise NotFoundError("query", "the answer has no entities and no facts")
        names = () if isinstance(found, ox.QueryTriples) else found.variables
        terms: dict[str, None] = {}
        for row in islice(found, 5000):
            values = (
                (row.subject, row.object) if isinstance(row, ox.Triple) else (row[name] for name in names)
            )
            terms.update((term.value, None) for term in values if isinstance(term, ox.NamedNode))
        kind = ox.NamedNode(RDF + "type")
        facts = [iri for iri in terms if ox.Quad(ox.NamedNode(iri), kind, _STATEMENT) in self.graph.store]
        entities = [iri for iri in terms if self.graph.is_entity(iri)]
        if not facts and not entities:
            raise NotFoundError(
                "query", "the answer has no entities and no facts", "select nodes, as ?entity or ?fact"
            )
        known = set(entities)
        for entity in entities:
            if len(facts) >= FEW:
                break
            about = self.graph.sources(entity, RDF + "subject")
            facts += [fact for fact in about[:FEW] if self._one(fact, RDF + "object") in known]
        return list(dict.fromkeys(facts))[:FEW], entities[:FEW]

    def _part(self, facts: Iterable[str], entities: Iterable[str]) -> Graph:
        """Return the part of the graph that holds some facts and entities, with evidence, roles, dates and articles."""
        part = Graph(self.graph.base)
        nodes, articles = dict.fromkeys(entities), dict[str, None]()
        for fact in facts:
            nodes.update(
                dict.fromkeys(
                    self.graph.values(fact, RDF + "subject") + self.graph.values(fact, RDF + "object")
                )
            )
            for block in self._blocks(fact):
                part.store.extend(self.graph.quads(ox.NamedNode(block)))
                articles.update(dict.fromkeys(self.graph.values(block, OA + "hasSource")))
        mentions = ox.NamedNode(SCHEMA + "mentions")
        for node in nodes:
            part.store.extend(self.graph.quads(ox.NamedNode(node)))
            named = next((each for each in articles if self._mentions(each, node)), None)
            for article in [named] if named else self._mentioning(node):
                articles.setdefault(article)
                part.store.add(ox.Quad(ox.NamedNode(article), mentions, ox.NamedNode(node)))
        for article in articles:
            own = self.graph.quads(ox.NamedNode(article))
            part.store.extend(quad for quad in own if quad.predicate != mentions)
        return part

    def _mentions(self, article: str, node: str) -> bool:
        return (
            ox.Quad(ox.NamedNode(article), ox.NamedNode(SCHEMA + "mentions"), ox.NamedNode(node))
            in self.graph.store
        )

    def _mentioning(self, node: str) -> list[str]:
        found = self.graph.quads(None, ox.NamedNode(SCHEMA + "mentions"), ox.NamedNode(node))
        return [text_of(quad.subject) for quad in islice(found, 1)]

    def _blocks(self, fact: str) -> Iterator[str]:
        """Yield a fact and the nodes that are its own: evidence with selectors, role, date, amount."""
        yield fact
        own = [PROV + "wasDerivedFrom", TIME + "hasTime", KG + "amount", "http://www.w3.org/ns/org#role"]
        for node in (node for predicate in own for node in self.graph.values(fact, predicate)):
            yield node
            yield from self.graph.values(node, OA + "hasSelector")


def plain_value(term: Term) -> str | int | float | bool:
    """Return a term as JSON has it: numbers and booleans as such, everything else as text."""
    text = text_of(term)
    if not isinstance(term, ox.Literal):
        return text
    if term.datatype.value == XSD + "boolean":
        return text in ("true", "1")
    kind = _NUMBERS.get(term.datatype.value)
    try:
        value = kind(text) if kind else text
    except ValueError:
        return text
    return text if value in (float("inf"), float("-inf")) or value != value else value


class _Capped:
    """A file that refuses more rows or bytes than an answer may have."""

    def __init__(self, limits: Limits, row: bytes) -> None:
        self._limits, self._row = limits, row
        self._parts: list[bytes] = []
        self._size = self._rows = 0
        self._tail = b""  # of the bytes before, too short to hold a whole mark

    def write(self, data: bytes) -> int:
        part = bytes(data)
        self._parts.append(part)
        self._size += len(part)
        window = self._tail + part
        self._rows += window.count(self._row)
        self._tail = window[len(window) - len(self._row) + 1 :] if len(self._row) > 1 else b""
        if self._size > self._limits.answer or self._rows > self._limits.rows + 1:
            raise _too_large(self._limits)
        return len(part)

    def flush(self) -> None:
        """Do nothing: all is in memory."""

    def bytes(self) -> bytes:
        return b"".join(self._parts)


def _too_large(limits: Limits) -> TooLargeError:
    what = f"the answer has more than {limits.rows} rows or {limits.answer >> 20} MiB; add a LIMIT"
    return TooLargeError("query", what)


def _refusal(status: int, message: str) -> Reply:
    return Reply(status, "text/plain", message.encode("utf-8", "replace"))


def _problem(status: int, error: QueryError) -> Reply:
    value: Mapping[str, object] = {
        "status": status,
        "title": error.what,
        "detail": str(error),
        "hint": error.hint,
    }
    return Reply(
        status, "application/problem+json", json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    )
