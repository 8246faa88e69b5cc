"""The answer to a question: a table of terms (or triples), and how it is written."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.base.errors import KgError, QueryError
from kg.base.language import head, say
from kg.graph.formats import ROWS
from kg.graph.store import Graph, Term, text_of
from kg.graph.vocabulary import KG, PREFIXES, XSD
from kg.version import DISTRIBUTION

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Rows"]

_NUMBERS = tuple(XSD + name for name in ("decimal", "integer", "double", "float"))
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_FORMULA = re.compile(r"(^|[;\t])(?=[ \u3000\xa0]*[=+\-@|＝＋－＠])|^(?=[\t\r\n])")
_FLOATS = ("decimal", "double", "float")
_TRIPLE = ("subject", "predicate", "object")
_WIDEST = 60  # columns of a terminal that a cell of a table may take


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer. ``kind`` is select (a table), ask (one boolean) or graph (triples as three columns)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    kind: str = "select"
    absent: tuple[
        str, ...
    ] = ()  # terms of the question that the graph does not have, where there is no answer

    @property
    def empty(self) -> bool:
        """Say whether the answer is no rows, no triples, or no."""
        return not self.rows or (self.kind == "ask" and self.rows[0] == (_boolean(False),))

    def __str__(self) -> str:
        return self.table()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, str]]:
        """Yield each row as a mapping from column to plain text, unbound columns left out."""
        for row in self.rows:
            yield {
                name: text_of(term) for name, term in zip(self.columns, row, strict=True) if term is not None
            }

    @classmethod
    def of(cls, results: Any) -> Rows:  # noqa: ANN401 - the engine has three result types
        """Return the rows of what the engine answered."""
        if isinstance(results, ox.QueryBoolean):
            return cls(("answer",), ((_boolean(bool(results)),),), "ask")
        if isinstance(results, ox.QueryTriples):
            triples = sorted(results, key=str)
            return cls(
                _TRIPLE, tuple((each.subject, each.predicate, each.object) for each in triples), "graph"
            )
        names = tuple(variable.value for variable in results.variables)
        return cls(names, tuple(tuple(solution[name] for name in names) for solution in results))

    @classmethod
    def encode(cls, results: Any) -> tuple[str, bytes]:  # noqa: ANN401 - the engine has three result types
        """Return the kind and the bytes that carry an answer to another process."""
        if isinstance(results, ox.QueryTriples):
            return "graph", ox.serialize(list(results), format=ox.RdfFormat.N_TRIPLES) or b""
        kind = "ask" if isinstance(results, ox.QueryBoolean) else "select"
        return kind, results.serialize(format=ox.QueryResultsFormat.JSON)

    @classmethod
    def parse(cls, kind: str, data: bytes) -> Rows:
        """Return the rows that ``encode`` sent."""
        if kind == "graph":
            triples = sorted((quad.triple for quad in ox.parse(data, ox.RdfFormat.N_TRIPLES)), key=str)
            return cls(
                _TRIPLE, tuple((each.subject, each.predicate, each.object) for each in triples), "graph"
            )
        return cls.of(ox.parse_query_results(data, ox.QueryResultsFormat.JSON))

    @classmethod
    def joined(cls, answers: Sequence[Rows]) -> Rows:
        """Return the rows of several answers to one query, one after the other, each row once."""
        rows = dict.fromkeys(row for answer in answers for row in answer.rows)
        return cls(answers[0].columns, tuple(rows), answers[0].kind)

    @classmethod
    def together(cls, answers: Sequence[tuple[str, Rows]]) -> Rows:
        """Return the rows of several articles to one query, in order of their names, which stand in front.

        Raises:
            QueryError: the answers are no tables.
        """
        if any(rows.kind != "select" for _, rows in answers):
            raise QueryError(
                "query", "its answer is no table, which has no place for articles", "ask by SELECT"
            )
        columns = answers[0][1].columns if answers else ()
        rows = [
            (ox.Literal(name), *row)
            for name, answer in sorted(answers, key=lambda each: each[0])
            for row in answer.rows
        ]
        return cls(("in_article", *columns), tuple(rows))

    def having(self, sources: Mapping[Term, int], least: int) -> Rows:
        """Return the rows in which every fact has so many sources, of a table with facts.

        Raises:
            QueryError: no column has facts.
        """
        facts = [at for at in range(len(self.columns)) if any(row[at] in sources for row in self.rows)]
        if self.rows and not facts:
            what = "its rows have no facts, whose sources could be counted"
            raise QueryError("query", what, "`kg query corroborated` lists facts with several sources")
        kept = [row for row in self.rows if all(sources.get(row[at], 0) >= least for at in facts)]  # type: ignore[arg-type]
        return Rows(self.columns, tuple(kept), self.kind, self.absent)

    def without(self, names: Sequence[str]) -> Rows:
        """Return the rows without some columns: a parameter that was given says nothing new in every row."""
        kept = [at for at, name in enumerate(self.columns) if name not in names]
        if self.kind != "select" or len(kept) == len(self.columns) or not kept:
            return self
        columns = tuple(self.columns[at] for at in kept)
        return Rows(columns, tuple(tuple(row[at] for at in kept) for row in self.rows), self.kind)

    def cells(self, base: str = "") -> list[list[str]]:
        """Return the rows as short text for people: IRIs with prefixes, the product's own terms by their names."""
        return [[_short(term, base) for term in row] for row in self.rows]

    def write(self, form: str, graph: Graph) -> str:
        """Return the rows as one of ``ROWS``.

        ``csv`` starts with a byte-order mark and has no cell that a spreadsheet would run as a formula. ``tsv`` and
        ``json`` are those of SPARQL 1.1. ``ttl`` is the triples of a CONSTRUCT or DESCRIBE, else the blocks of the
        nodes in the table.

        Raises:
            QueryError: the format is unknown.
        """
        writers: dict[str, Callable[[], str]] = {
            "table": lambda: self.table(graph.base),
            "csv": self.csv,
            "tsv": self.tsv,
            "json": self.json,
            "ttl": lambda: self.turtle(graph),
        }
        if form not in ROWS:
            raise QueryError(form, "unknown format of rows", f"known: {' '.join(ROWS)}")
        return writers[form]()

    def table(self, base: str = "") -> str:
        """Return the rows as an aligned table; Chinese characters take two columns."""
        if not self.rows:
            return f"({self.nothing()})\n"
        lines = [
            [head(column) for column in self.columns],
            *([_cut(cell) for cell in row] for row in self.cells(base)),
        ]
        widths = [max(_width(line[at]) for line in lines) for at in range(len(self.columns))]
        lines.insert(1, ["-" * width for width in widths])
        return "".join(
            "  ".join(
                cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
            ).rstrip()
            + "\n"
            for line in lines
        )

    def nothing(self) -> str:
        """Return what to say where there is no answer: that there is none, and which terms are in no graph."""
        return (
            say("no rows: {terms} stands nowhere in this graph", terms=", ".join(self.absent))
            if self.absent
            else say("no rows")
        )

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a pandas table: numbers and booleans as such, everything else as text, unbound cells ``None``.

        Raises:
            KgError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise KgError(
                "to_pandas", "needs pandas, which is not installed", f"pip install '{DISTRIBUTION}[pandas]'"
            ) from error
        values = [[None if term is None else _plain(term) for term in row] for row in self.rows]
        return pd.DataFrame(values, columns=list(self.columns))

    def csv(self) -> str:
        """Return the rows as CSV that opens right in a spreadsheet."""
        out = io.StringIO()
        out.write("\ufeff")
        writer = csv.writer(out)
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow([_harmless(term) for term in row])
        return out.getvalue()

    def tsv(self) -> str:
        """Return the rows as SPARQL 1.1 TSV: terms as in Turtle."""
        lines = ["\t".join(f"?{name}" for name in self.columns)]
        lines += ["\t".join("" if term is None else str(term) for term in row) for row in self.rows]
        return "\n".join(lines).replace("\r", "\\r") + "\n"

    def json(self) -> str:
        """Return the rows as SPARQL 1.1 JSON."""
        if self.kind == "ask":
            term = self.rows[0][0]
            value: dict[str, Any] = {"head": {}, "boolean": term is not None and text_of(term) == "true"}
        else:
            bindings = [
                {name: _json(term) for name, term in zip(self.columns, row, strict=True) if term is not None}
                for row in self.rows
            ]
            value = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

    def turtle(self, graph: Graph) -> str:
        """Return the triples, or the blocks in ``graph`` of every node in the table, as Turtle."""
        if self.kind == "graph":
            picked = [ox.Quad(*row) for row in self.rows]  # type: ignore[arg-type]
        else:
            nodes = dict.fromkeys(
                term for row in self.rows for term in row if isinstance(term, ox.NamedNode | ox.BlankNode)
            )
            picked = [quad for node in nodes for quad in graph.quads(node)]
        part = Graph(graph.base)
        part.store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in picked)
        return part.to_turtle().decode()


def _plain(term: Term) -> str | int | float | bool:
    """Return a term as a program computes with it."""
    text = text_of(term)
    kind = term.datatype.value.removeprefix(XSD) if isinstance(term, ox.Literal) else ""
    if kind == "boolean":
        return text in ("true", "1")
    try:
        return int(text) if kind == "integer" else float(text) if kind in _FLOATS else text
    except ValueError:
        return text


def _boolean(value: bool) -> ox.Literal:
    return ox.Literal(str(value).lower(), datatype=ox.NamedNode(XSD + "boolean"))


def _short(term: Term | None, base: str) -> str:
    if term is None:
        return ""
    text = text_of(term)
    if not isinstance(term, ox.NamedNode):
        return text
    if text.startswith(KG):
        return text.removeprefix(KG)
    for prefix, namespace in (("id", base), *PREFIXES.items()):
        if namespace and text.startswith(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return text


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _cut(text: str) -> str:
    """Return ``text`` on one line, with what a terminal might obey taken out, and not too wide."""
    line = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())
    if _width(line) <= _WIDEST:
        return line
    while _width(line) > _WIDEST - 3:
        line = line[: min(len(line) - 1, _WIDEST)]
    return line + "..."


def _harmless(term: Term | None) -> str:
    """Return a cell no spreadsheet runs: what begins like a formula gets an apostrophe; numbers stay numbers.

    What calls itself a number need not be one. A semicolon or tab begins a cell of its own where a spreadsheet parts
    them by that.
    """
    if term is None:
        return ""
    text = text_of(term)
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS and _NUMBER.fullmatch(text):
        return text
    return _FORMULA.sub("\\1'", text)


def _json(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        ends = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(end) for name, end in ends.items()}}
    found: dict[str, Any] = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != XSD + "string":
        found["datatype"] = term.datatype.value
    return found
