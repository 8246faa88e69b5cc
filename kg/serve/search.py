"""Names and quotes of a graph in one SQLite file beside its store, and how they are found.

Chinese has no spaces, so what is searched for may stand anywhere in a name or a quote. Three characters and more go
through an FTS5 index of trigrams; one or two, which it cannot look up, through a scan of the same column. Keys are
folded (full-width, traditional and capital letters); what is shown never is.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.base.home import digest
from kg.graph.disk import SEARCH
from kg.graph.literal import position
from kg.graph.vocabulary import DCTERMS, KG, OA, PROV, RDF, RDFS, SCHEMA, SKOS, TYPES, local_name

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = ["ALL", "FILE", "SOURCES", "Index", "Narrowed", "build", "by_hash", "key_of"]

FILE: Final = SEARCH
"""The name of the index beside its store."""

LONGEST: Final = 100
"""Characters of what is searched for that count."""

_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE node (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, label TEXT, type TEXT, degree INTEGER, sources INTEGER,
    conflict INTEGER);
CREATE TABLE mention (node INTEGER, article TEXT, PRIMARY KEY (node, article)) WITHOUT ROWID;
CREATE TABLE name (id INTEGER PRIMARY KEY, node INTEGER, name TEXT, key TEXT);
CREATE TABLE quote (id INTEGER PRIMARY KEY, iri TEXT, article TEXT, start INTEGER, text TEXT, key TEXT);
CREATE TABLE says (quote INTEGER, fact TEXT, label TEXT, sources INTEGER, conflict INTEGER);
CREATE TABLE article (iri TEXT PRIMARY KEY, name TEXT, title TEXT, published TEXT, publisher TEXT, url TEXT, text TEXT)
    WITHOUT ROWID;
CREATE VIRTUAL TABLE name_fts USING fts5(key, content='name', content_rowid='id', tokenize='trigram', detail='full');
CREATE VIRTUAL TABLE quote_fts USING fts5(key, content='quote', content_rowid='id', tokenize='trigram', detail='full');
"""
_FINISH = """
INSERT INTO name_fts(name_fts) VALUES('rebuild');
INSERT INTO quote_fts(quote_fts) VALUES('rebuild');
CREATE INDEX name_node ON name(node);
CREATE INDEX name_key ON name(key);
CREATE INDEX node_degree ON node(degree DESC, iri);
CREATE INDEX says_quote ON says(quote);
"""


class _Simplified(dict[int, str]):
    """Each character in simplified script, looked up once: by itself, so that a part of a name has the key of the part."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = simple = _convert(character) if code >= _FIRST else character
        return simple


_FIRST = 0x2E80  # the first code point of Chinese characters
_SIMPLIFIED = _Simplified()


def _convert(character: str) -> str:
    return str(_converter().convert(character))


@cache
def _converter() -> Any:  # noqa: ANN401 - opencc ships no types
    import opencc

    return opencc.OpenCC("t2s")


def key_of(text: str) -> str:
    """Return what a text is found by: simplified, half-width, lower-case, single spaces.

    >>> key_of("ＡＢＣ　國家")
    'abc 国家'
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().replace("\0", " ").split())
    return folded if folded.isascii() else folded.translate(_SIMPLIFIED)


SOURCES: Final = (2, 3, 5)
"""Independent sources that a search can be narrowed to: at least so many."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """To what a search is narrowed: what one article says, facts of several independent sources, what is contradicted."""

    article: str = ""  # an IRI
    sources: int = 0  # at least
    conflicts: bool = False


ALL: Final = Narrowed()

# building -----------------------------------------------------------------------------------------------------------


def build(graph: Graph, texts: Mapping[str, str], path: Path) -> None:
    """Write the index of ``graph`` (with its articles' texts by SHA-256) to ``path``."""
    database = sqlite3.connect(path)
    try:
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        stand = Standing.of(graph)
        numbers = _add_nodes(database, graph, stand)
        _add_names(database, graph, numbers)
        _add_mentions(database, graph, numbers)
        _add_quotes(database, graph, stand)
        database.executemany("INSERT INTO article VALUES (?,?,?,?,?,?,?)", _articles(graph, texts))
        database.executescript(_FINISH)
        database.commit()
    finally:
        database.close()


def _pairs(graph: Graph, predicate: str, value: str | None = None) -> Iterator[tuple[str, str]]:
    import pyoxigraph as ox

    wanted = None if value is None else ox.NamedNode(value)
    for quad in graph.quads(None, ox.NamedNode(predicate), wanted):
        yield getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")


@dataclass(frozen=True)
class Standing:
    """How facts of many articles stand: how many independent sources each has, and what contradicts something."""

    sources: Mapping[str, int]  # of facts that have more than one
    disputed: frozenset[str]  # facts, figures and things that a conflict is about
    ends: tuple[tuple[str, str], ...]  # facts, and a thing that each is about

    @classmethod
    def of(cls, graph: Graph) -> Standing:
        """Return what a graph says of it; one that is no corpus says nothing."""
        counted = ((fact, position(text) or 1) for fact, text in _pairs(graph, KG + "independentSources"))
        named = ("conflictMember", "conflictAbout")
        disputed = frozenset(what for name in named for _, what in _pairs(graph, KG + name))
        ends = tuple(pair for name in ("subject", "object") for pair in _pairs(graph, RDF + name))
        return cls({fact: number for fact, number in counted if number > 1}, disputed, ends)

    def of_things(self) -> tuple[dict[str, int], set[str]]:
        """Return how many sources the best supported fact of each thing has, and the things that are in a conflict."""
        best: dict[str, int] = {}
        for fact, thing in self.ends:
            best[thing] = max(best.get(thing, 1), self.sources.get(fact, 1))
        return best, {thing for fact, thing in self.ends if fact in self.disputed} | self.disputed


def _add_nodes(database: sqlite3.Connection, graph: Graph, stand: Standing) -> dict[str, int]:
    degree = Counter(end for _, end in stand.ends)
    best, disputed = stand.of_things()
    types = {iri: name for name in TYPES for iri, _ in _pairs(graph, RDF + "type", KG + name)}
    labels = {iri: label for iri, label in _pairs(graph, RDFS + "label") if iri in types}
    numbers = {iri: number for number, iri in enumerate(sorted(types))}
    database.executemany(
        "INSERT INTO node VALUES (?,?,?,?,?,?,?)",
        (
            (
                number,
                iri,
                labels.get(iri) or local_name(iri),
                types[iri],
                degree[iri],
                best.get(iri, 0),
                iri in disputed,
            )
            for iri, number in numbers.items()
        ),
    )
    return numbers


def _add_names(database: sqlite3.Connection, graph: Graph, numbers: Mapping[str, int]) -> None:
    names = {
        (numbers[iri], name)
        for predicate in (RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel")
        for iri, name in _pairs(graph, predicate)
        if iri in numbers
    }
    database.executemany(
        "INSERT INTO name (node, name, key) VALUES (?,?,?)",
        ((node, name, key_of(name)) for node, name in sorted(names)),
    )


def _add_mentions(database: sqlite3.Connection, graph: Graph, numbers: Mapping[str, int]) -> None:
    mentions = {
        (numbers[iri], article) for article, iri in _pairs(graph, SCHEMA + "mentions") if iri in numbers
    }
    database.executemany("INSERT INTO mention VALUES (?,?)", sorted(mentions))


def _add_quotes(database: sqlite3.Connection, graph: Graph, stand: Standing) -> None:
    exact, start = dict(_pairs(graph, OA + "exact")), dict(_pairs(graph, OA + "start"))
    source = dict(_pairs(graph, OA + "hasSource"))
    words: dict[str, str] = {}
    places: dict[str, str] = {}
    for evidence, selector in _pairs(graph, OA + "hasSelector"):
        if selector in exact:
            words[evidence] = exact[selector]
        if selector in start:
            places[evidence] = start[selector]
    facts = {iri for iri, _ in _pairs(graph, RDF + "type", RDF + "Statement")}
    labels = {iri: label for iri, label in _pairs(graph, RDFS + "label") if iri in facts}
    says = sorted(pair for pair in _pairs(graph, PROV + "wasDerivedFrom") if pair[0] in facts)
    told = {evidence for _, evidence in says}
    numbers = {iri: number for number, iri in enumerate(sorted(told & words.keys()))}
    database.executemany(
        "INSERT INTO quote VALUES (?,?,?,?,?,?)",
        (
            (number, iri, source.get(iri, ""), _whole(places.get(iri, "")), words[iri], key_of(words[iri]))
            for iri, number in numbers.items()
        ),
    )
    database.executemany(
        "INSERT INTO says VALUES (?,?,?,?,?)",
        (
            (
                numbers[at],
                fact,
                labels.get(fact, ""),
                stand.sources.get(fact, 1),
                fact in stand.disputed,
            )
            for fact, at in says
            if at in numbers
        ),
    )


def _articles(graph: Graph, texts: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    def one(iri: str, predicate: str) -> str:
        return next(iter(graph.values(iri, predicate)), "")

    for iri, _ in sorted(_pairs(graph, RDF + "type", SCHEMA + "NewsArticle")):
        name = one(iri, DCTERMS + "identifier") or local_name(iri)
        title = one(iri, SCHEMA + "headline") or one(iri, RDFS + "label") or name
        about = (one(iri, SCHEMA + each) for each in ("datePublished", "publisher", "url"))
        yield (iri, name, title, *about, texts.get(one(iri, KG + "sha256"), ""))


def _whole(text: str) -> int:
    found = position(text)
    return -1 if found is None else found


def by_hash(texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts by the SHA-256 of their UTF-8."""
    return {digest(text): text for text in texts.values()}


# finding ------------------------------------------------------------------------------------------------------------


class Index:
    """The index of a finished store, for reading."""

    def __init__(self, path: Path) -> None:
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._database = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._database.row_factory = sqlite3.Row
        told = {row["name"] for row in self._rows("PRAGMA table_info(says)")}
        self.has_facets = "sources" in told  # not in a store that an older kg made

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        return [dict(row) for row in self._database.execute(sql, values)]

    def entities(self, words: str, limit: int, narrowed: Narrowed = ALL) -> list[dict[str, Any]]:
        """Return the entities with a name that holds ``words``: whole names first, then beginnings, then the best known."""
        key = key_of(words)[:LONGEST]
        if not key:
            return []
        condition, value = _condition("name", key)
        own, values = _of_things(narrowed) if self.has_facets else ("", [])
        return self._rows(
            f"""
            SELECT node.iri, node.label, node.type, node.degree, name.name AS matched,
                MIN(CASE WHEN name.key = ?1 THEN 0 WHEN substr(name.key, 1, length(?1)) = ?1 THEN 1 ELSE 2 END) AS rank
            FROM name JOIN node ON node.id = name.node WHERE {condition}{own}
            GROUP BY node.id ORDER BY rank, node.degree DESC, length(node.label), node.iri LIMIT ?3
            """,  # noqa: S608 - the conditions are texts of our own
            key,
            value,
            limit,
            *values,
        )

    def quotes(
        self, words: str, limit: int, offset: int = 0, narrowed: Narrowed = ALL
    ) -> list[dict[str, Any]]:
        """Return the quotes that hold every one of ``words`` (parted by spaces), with their articles and facts."""
        conditions, values = self._of_quotes(words, narrowed)
        if not conditions:
            return []
        rows = self._rows(
            f"""
            SELECT quote.id, quote.iri, quote.text, quote.start, quote.article, article.title
            FROM quote LEFT JOIN article ON article.iri = quote.article
            WHERE {" AND ".join(conditions)} ORDER BY article.published DESC, quote.article, quote.start, quote.id
            LIMIT ? OFFSET ?
            """,  # noqa: S608 - the conditions are texts of our own
            *values,
            limit,
            offset,
        )
        for row in rows:
            row["facts"] = self._rows(
                "SELECT fact AS iri, label FROM says WHERE quote = ? ORDER BY label, fact LIMIT 20",
                row.pop("id"),
            )
        return rows

    def facets(self, words: str, limit: int, narrowed: Narrowed = ALL) -> dict[str, Any]:
        """Return by what the quotes that hold some words can be narrowed, each with how many of them are left then.

        ``articles`` with most of them, ``sources`` (at least so many independent ones of a fact), and ``conflicts``.
        """
        conditions, values = self._of_quotes(words, narrowed)
        if not conditions or not self.has_facets:
            return {"articles": [], "sources": [], "conflicts": 0}
        where = " AND ".join(conditions)
        articles = self._rows(
            f"""
            SELECT quote.article AS iri, article.title, COUNT(*) AS count
            FROM quote LEFT JOIN article ON article.iri = quote.article WHERE {where}
            GROUP BY quote.article ORDER BY count DESC, article.published DESC, quote.article LIMIT ?
            """,  # noqa: S608 - the conditions are texts of our own
            *values,
            limit,
        )
        best = self._rows(
            f"""
            SELECT best, COUNT(*) AS count, SUM(conflict) AS conflicts FROM (
                SELECT MAX(says.sources) AS best, MAX(says.conflict) AS conflict
                FROM quote JOIN says ON says.quote = quote.id WHERE {where} GROUP BY quote.id
            ) GROUP BY best ORDER BY best
            """,  # noqa: S608 - the conditions are texts of our own
            *values,
        )
        steps = [
            {"least": step, "count": sum(row["count"] for row in best if row["best"] >= step)}
            for step in SOURCES
        ]
        return {
            "articles": articles,
            "sources": [step for step in steps if step["count"]],
            "conflicts": sum(row["conflicts"] for row in best),
        }

    def _of_quotes(self, words: str, narrowed: Narrowed) -> tuple[list[str], list[object]]:
        """Return the conditions for quotes that hold some words, and the values in them; none where there are no words."""
        keys = key_of(words)[:LONGEST].split()
        conditions = ["instr(quote.key, ?) > 0"] * len(keys)
        values: list[object] = list(keys)
        if longest := max((key for key in keys if len(key) > 2), key=len, default=""):
            conditions.append("quote.id IN (SELECT rowid FROM quote_fts WHERE quote_fts MATCH ?)")
            values.append(_phrase(longest))
        if keys and self.has_facets:
            own, of_them = _of_facts(narrowed)
            conditions, values = conditions + own, values + of_them
        return conditions, values

    def known(self, limit: int) -> list[dict[str, Any]]:
        """Return the entities that most facts are about."""
        return self._rows(
            "SELECT iri, label, type, degree FROM node ORDER BY degree DESC, iri LIMIT ?", limit
        )

    def articles(self, limit: int, offset: int = 0) -> list[dict[str, Any]]:
        """Return the articles, the newest first, without their texts."""
        return self._rows(
            "SELECT iri, name, title, published, publisher FROM article ORDER BY published DESC, title, iri LIMIT ? OFFSET ?",
            limit,
            offset,
        )

    def article(self, iri: str) -> dict[str, Any] | None:
        """Return one article with its text ("" where none was beside the graph)."""
        return next(iter(self._rows("SELECT * FROM article WHERE iri = ?", iri)), None)

    def article_named(self, name: str) -> str | None:
        """Return the IRI of the article of a name."""
        rows = self._rows("SELECT iri FROM article WHERE name = ? ORDER BY iri LIMIT 1", name)
        return str(rows[0]["iri"]) if rows else None

    def texts(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield IRI, name, title and text of every article, one after the other."""
        yield from map(
            tuple, self._database.execute("SELECT iri, name, title, text FROM article ORDER BY name, iri")
        )

    def quote_count(self) -> int:
        """Return how many quotes facts rest on."""
        return int(self._rows("SELECT COUNT(*) AS number FROM quote")[0]["number"])


def _of_facts(narrowed: Narrowed) -> tuple[list[str], list[object]]:
    """Return the conditions that narrow quotes, and the values in them."""
    has = "EXISTS (SELECT 1 FROM says WHERE says.quote = quote.id AND says.{})"
    found: list[tuple[str, list[object]]] = []
    if narrowed.article:
        found.append(("quote.article = ?", [narrowed.article]))
    if narrowed.sources:
        found.append((has.format("sources >= ?"), [narrowed.sources]))
    if narrowed.conflicts:
        found.append((has.format("conflict = 1"), []))
    return [condition for condition, _ in found], [value for _, values in found for value in values]


def _of_things(narrowed: Narrowed) -> tuple[str, list[object]]:
    """Return the conditions that narrow entities, behind others, and the values in them from the fourth on."""
    values: list[object] = [narrowed.article, narrowed.sources]
    conditions = ""
    if narrowed.article:
        conditions += " AND node.id IN (SELECT node FROM mention WHERE article = ?4)"
    if narrowed.sources:
        conditions += " AND node.sources >= ?5"
    if narrowed.conflicts:
        conditions += " AND node.conflict = 1"
    return conditions, values if "?5" in conditions else values[:1] if "?4" in conditions else []


def _condition(table: str, key: str) -> tuple[str, str]:
    if len(key) > 2:
        return f"{table}.id IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?2)", _phrase(key)  # noqa: S608 - the table is ours
    return f"instr({table}.key, ?2) > 0", key


def _phrase(key: str) -> str:
    return '"' + key.replace('"', '""') + '"'
