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
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.base.home import digest
from kg.graph.disk import SEARCH
from kg.graph.literal import position
from kg.graph.vocabulary import DCTERMS, KG, OA, PROV, RDF, RDFS, SCHEMA, SKOS, TYPES, local_name

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = ["FILE", "Index", "build", "key_of"]

FILE: Final = SEARCH
"""The name of the index beside its store."""

LONGEST: Final = 100
"""Characters of what is searched for that count."""

_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE node (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, label TEXT, type TEXT, degree INTEGER);
CREATE TABLE name (id INTEGER PRIMARY KEY, node INTEGER, name TEXT, key TEXT);
CREATE TABLE quote (id INTEGER PRIMARY KEY, iri TEXT, article TEXT, start INTEGER, text TEXT, key TEXT);
CREATE TABLE says (quote INTEGER, fact TEXT, label TEXT);
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


# building -----------------------------------------------------------------------------------------------------------


def build(graph: Graph, texts: Mapping[str, str], path: Path) -> None:
    """Write the index of ``graph`` (with its articles' texts by SHA-256) to ``path``."""
    database = sqlite3.connect(path)
    try:
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        numbers = _add_nodes(database, graph)
        _add_names(database, graph, numbers)
        _add_quotes(database, graph)
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


def _add_nodes(database: sqlite3.Connection, graph: Graph) -> dict[str, int]:
    degree = Counter(end for name in ("subject", "object") for _, end in _pairs(graph, RDF + name))
    types = {iri: name for name in TYPES for iri, _ in _pairs(graph, RDF + "type", KG + name)}
    labels = {iri: label for iri, label in _pairs(graph, RDFS + "label") if iri in types}
    numbers = {iri: number for number, iri in enumerate(sorted(types))}
    database.executemany(
        "INSERT INTO node VALUES (?,?,?,?,?)",
        (
            (number, iri, labels.get(iri) or local_name(iri), types[iri], degree[iri])
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


def _add_quotes(database: sqlite3.Connection, graph: Graph) -> None:
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
        "INSERT INTO says VALUES (?,?,?)",
        ((numbers[at], fact, labels.get(fact, "")) for fact, at in says if at in numbers),
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

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        return [dict(row) for row in self._database.execute(sql, values)]

    def entities(self, words: str, limit: int) -> list[dict[str, Any]]:
        """Return the entities with a name that holds ``words``: whole names first, then beginnings, then the best known."""
        key = key_of(words)[:LONGEST]
        if not key:
            return []
        condition, value = _condition("name", key)
        return self._rows(
            f"""
            SELECT node.iri, node.label, node.type, node.degree, name.name AS matched,
                MIN(CASE WHEN name.key = ?1 THEN 0 WHEN substr(name.key, 1, length(?1)) = ?1 THEN 1 ELSE 2 END) AS rank
            FROM name JOIN node ON node.id = name.node WHERE {condition}
            GROUP BY node.id ORDER BY rank, node.degree DESC, length(node.label), node.iri LIMIT ?3
            """,  # noqa: S608 - the condition is one of two texts of our own
            key,
            value,
            limit,
        )

    def quotes(self, words: str, limit: int, offset: int = 0) -> list[dict[str, Any]]:
        """Return the quotes that hold every one of ``words`` (parted by spaces), with their articles and facts."""
        keys = key_of(words)[:LONGEST].split()
        if not keys:
            return []
        conditions = ["instr(quote.key, ?) > 0"] * len(keys)
        values: list[object] = list(keys)
        if longest := max((key for key in keys if len(key) > 2), key=len, default=""):
            conditions.append("quote.id IN (SELECT rowid FROM quote_fts WHERE quote_fts MATCH ?)")
            values.append(_phrase(longest))
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


def _condition(table: str, key: str) -> tuple[str, str]:
    if len(key) > 2:
        return f"{table}.id IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?2)", _phrase(key)  # noqa: S608 - the table is ours
    return f"instr({table}.key, ?2) > 0", key


def _phrase(key: str) -> str:
    return '"' + key.replace('"', '""') + '"'
