"""What may come where the cursor stands in a query, asked of the graph: terms with which the patterns so far have an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from kg.base.errors import QueryError
from kg.graph.engine import solve
from kg.graph.literal import string
from kg.graph.query import named_queries
from kg.graph.store import Literal, Node, Term, node_of, text_of
from kg.graph.vocabulary import PREFIXES, RDFS, XSD, local_name
from kg.serve.answers.called import called
from kg.serve.answers.opened import Opened
from kg.serve.cursor import Spot, spot
from kg.serve.reply import Reply
from kg.serve.words import Language

__all__ = ["complete"]

_SAMPLE: Final = 20_000
"""Rows of the answer that are looked at: what is commonest in them comes first, and no graph is too large to ask."""

_ASKED: Final = 500  # different terms that the engine is asked for
_SHOWN: Final = 50  # of them
_NAMES: Final = 30  # things of a name
_LONGEST: Final = 60  # characters of what is typed that count, and of a text that is offered
_PLAIN: Final = re.compile(r"[A-Za-z0-9_](?:[\w-]*[\w])?", re.ASCII)
_KEYWORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "start": ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX"),
    "clause": ("DISTINCT", "WHERE", "COUNT", "MIN", "MAX", "SUM", "AVG", "SAMPLE", "GROUP_CONCAT", "AS"),
    "subject": ("OPTIONAL", "FILTER", "BIND", "VALUES", "UNION", "MINUS", "GRAPH", "SELECT"),
    "predicate": ("a",),
    "end": ("OPTIONAL", "FILTER", "BIND", "VALUES", "UNION", "MINUS"),
    "modifier": ("GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "VALUES", "DESC", "ASC"),
    "expression": (
        *(
            "CONTAINS",
            "STRSTARTS",
            "STRENDS",
            "STRAFTER",
            "STRBEFORE",
            "SUBSTR",
            "STRLEN",
            "REGEX",
            "REPLACE",
        ),
        *("STR", "LANG", "DATATYPE", "BOUND", "COALESCE", "IF", "IN", "NOT", "EXISTS", "AS", "CONCAT"),
        *("YEAR", "MONTH", "DAY", "ABS", "ROUND", "ISIRI", "ISLITERAL"),
    ),
}
"""What may come in each kind of place besides terms."""


_WITH_TERMS: Final = ("subject", "object", "predicate", "expression", "term")
_ROOM: Final = 200  # characters of the longest text that is offered


@dataclass(frozen=True, slots=True)
class _Found:
    """A term that fits, and how often."""

    term: Term
    count: int = 0


def complete(opened: Opened, before: str, after: str, language: Language, ask: bool) -> Reply:
    """Return what may come between two parts of a query.

    Where not asked to ``ask`` the graph for what fits, as that took too long, what the graph has anywhere is offered.
    """
    place = spot(before, after)
    return Reply(200, "", _Completion(opened, place, language, ask).value(f"{before}{after}"))


class _Completion:
    def __init__(self, opened: Opened, place: Spot, language: Language, ask: bool) -> None:
        self._opened, self._place, self._language, self._ask = opened, place, language, ask
        self._checked = True
        self._typed = place.typed[:_LONGEST]
        known = {**PREFIXES, "id": opened.graph.base}
        # a prefix of the query that stands for something else hides ours
        ours = {prefix: space for prefix, space in known.items() if prefix not in place.prefixes}
        self._spaces = {space: prefix for prefix, space in [*ours.items(), *place.prefixes.items()]}
        self._known = {**known, **place.prefixes}

    def value(self, text: str) -> dict[str, Any]:
        """Return what is typed so far, and what may stand in its place, the best first."""
        items: list[dict[str, Any]] = []
        if self._place.kind == "start" and text.strip() == self._typed:
            items += self._examples()
        if self._place.kind == "prefix":
            items += self._prefixes()
        if self._place.kind in _WITH_TERMS:
            items += self._terms()
        if self._place.kind in (*_WITH_TERMS, "clause", "modifier"):
            items += self._variables()
        items += self._keywords()
        return {
            "typed": self._place.typed,
            "kind": self._place.kind,
            "checked": self._checked,
            "items": items[:_SHOWN],
        }

    # what needs no graph ---------------------------------------------------------------------------------------------

    def _examples(self) -> Iterable[dict[str, Any]]:
        for query in named_queries().values():
            titles = [query.name, *query.title.values()]
            if any(self._typed.casefold() in title.casefold() for title in titles):
                title = query.title.get(self._language) or query.name
                yield {"kind": "example", "text": query.text, "label": title, "detail": query.name}

    def _prefixes(self) -> Iterable[dict[str, Any]]:
        for prefix, space in sorted(self._known.items()):
            if f"{prefix}:".startswith(self._typed) and prefix not in self._place.prefixes:
                yield {"kind": "prefix", "text": f"{prefix}: <{space}>", "label": space, "detail": ""}

    def _variables(self) -> Iterable[dict[str, Any]]:
        if self._typed and self._typed[0] not in "?$":
            return
        for name in self._place.variables:
            if name[1:].startswith(self._typed[1:]) and name[1:] != self._typed[1:]:
                yield {"kind": "variable", "text": name, "label": "", "detail": ""}

    def _keywords(self) -> Iterable[dict[str, Any]]:
        if self._typed and not self._typed.isalpha():
            return
        for word in _KEYWORDS.get(self._place.kind, ()):
            if word.casefold().startswith(self._typed.casefold()):
                yield {"kind": "keyword", "text": word, "label": "", "detail": ""}

    # terms -----------------------------------------------------------------------------------------------------------

    def _terms(self) -> list[dict[str, Any]]:
        if self._typed[:1] in ("?", "$"):
            return []
        if self._place.kind == "predicate":
            return self._shown(self._predicates())
        if self._place.kind == "object":
            return self._shown(self._objects())
        return self._shown(self._things()) if self._is_name() else []

    def _is_name(self) -> bool:
        """Say whether what is typed may be a part of a thing's name."""
        return bool(self._typed) and self._typed[0] not in "<\"'" and ":" not in self._typed

    def _predicates(self) -> list[_Found]:
        place, path = self._place, list(self._place.path)
        from_here, hole = place.subject, "{} ?kg_term ?kg_other ."
        if path[-1:] == ["^"]:
            path, hole = path[:-1], "?kg_other ?kg_term {} ."
        before = ""
        if len(path) > 1 and path[-1] == "/" and path.count("(") == path.count(")"):
            before, from_here = f"{from_here} {' '.join(path[:-1])} ?kg_way . ", "?kg_way"
        everywhere = not before and not place.fits and _is_variable(from_here)
        fitting = None if everywhere else self._sampled(before + hole.format(from_here))
        if fitting is None:
            fitting = [_Found(node_of(iri), count) for iri, count in self._opened.census.properties.items()]
        return [each for each in fitting if self._matches(each.term)]

    def _objects(self) -> list[_Found]:
        place = self._place
        triple = f"{place.subject} {' '.join(place.path)} ?kg_term ."
        named = self._things_that_fit(triple) if self._is_name() else []
        classes = [_Found(node_of(iri), count) for iri, count in self._opened.census.classes.items()]
        types = place.path in (("a",), ("rdf:type",))
        if types and not place.fits and _is_variable(place.subject):
            fitting: list[_Found] | None = classes
        else:
            fitting = self._sampled(triple + self._holding())
        if fitting is None:
            fitting = classes if types else []
        seen = {each.term for each in named}
        return named + [each for each in fitting if each.term not in seen and self._matches(each.term)]

    def _things_that_fit(self, triple: str) -> list[_Found]:
        named = self._things()
        nodes = " ".join(f"<{text_of(each.term)}>" for each in named)
        fitting = self._sampled(f"VALUES ?kg_term {{ {nodes} }} {triple}") if named else []
        if fitting is None:
            return named
        terms = {each.term for each in fitting}
        return [each for each in named if each.term in terms]

    def _holding(self) -> str:
        """Return what narrows the texts to those that hold what is typed."""
        text = self._typed.lstrip("\"'")
        if not text or not (self._is_name() or self._typed[0] in "\"'"):
            return ""
        return f" FILTER(!ISLITERAL(?kg_term) || CONTAINS(STR(?kg_term), {string(text)}))"

    def _things(self) -> list[_Found]:
        rows = self._opened.index.entities(self._typed, _NAMES)
        return [_Found(node_of(row["iri"]), row["degree"]) for row in rows]

    def _sampled(self, pattern: str) -> list[_Found] | None:
        """Return the terms that a pattern and those before it have in a sample of their answers, the most frequent first.

        None where that was not asked for, or cannot be asked.
        """
        if not self._ask:
            self._checked = False
            return None
        body = self._place.body.replace("{hole}", pattern)
        head = "".join(f"PREFIX {name}: <{space}>\n" for name, space in self._place.prefixes.items())
        text = (
            f"{head}SELECT ?kg_term (COUNT(*) AS ?kg_count) {{ SELECT ?kg_term {{ {body} }} LIMIT {_SAMPLE} }} "
            f"GROUP BY ?kg_term ORDER BY DESC(?kg_count) STR(?kg_term) LIMIT {_ASKED}"
        )
        base = self._opened.graph.base
        try:
            rows: Any = solve(self._opened.graph.store, text, {}, base, base_iri=base)
            return [_Found(term, int(count.value)) for term, count in rows if _is_written(term)]
        except (QueryError, ValueError, RuntimeError, OSError):  # what stands before is no query
            self._checked = False
            return None

    # how a term is offered ---------------------------------------------------------------------------------------------

    def _matches(self, term: Term) -> bool:
        typed = self._typed.casefold()
        if typed[:1] == "<":
            return isinstance(term, Node) and text_of(term).casefold().startswith(typed[1:])
        if typed[:1] in ('"', "'"):
            return isinstance(term, Literal) and typed[1:] in term.value.casefold()
        if not typed:
            return True
        if not isinstance(term, Node):
            return typed in text_of(term).casefold()
        iri = text_of(term)
        prefix, colon, local = typed.partition(":")
        if colon:
            space = self._known.get(prefix, "\0")
            return iri.startswith(space) and local in iri[len(space) :].casefold()
        words = (local_name(iri), *called(iri), self._written(iri).partition(":")[0])
        return any(typed in each.casefold() for each in words)

    def _shown(self, found: list[_Found]) -> list[dict[str, Any]]:
        best = sorted(found, key=lambda each: not self._begins(each.term)) if self._typed else found
        return [self._item(each) for each in islice(best, _SHOWN)]

    def _begins(self, term: Term) -> bool:
        typed = self._typed.rpartition(":")[2].lstrip("\"'<").casefold()
        return local_name(text_of(term)).casefold().startswith(typed)

    def _item(self, found: _Found) -> dict[str, Any]:
        term, detail = found.term, f"{found.count:,}" if found.count else ""
        if not isinstance(term, Node):
            return {"kind": "text", "text": _spelled(term), "label": "", "detail": detail}
        iri = text_of(term)
        labels = called(iri)
        label = labels[self._language == "en"] if labels else self._label(iri)
        written = self._written(iri)
        needs = self._known[written.partition(":")[0]] if not written.startswith("<") else ""
        item = {"kind": "term", "text": written, "label": label, "detail": detail}
        prefix = written.partition(":")[0]
        return {**item, "prefix": [prefix, needs]} if needs and prefix not in self._place.prefixes else item

    def _label(self, iri: str) -> str:
        return next(iter(self._opened.graph.values(iri, RDFS + "label")), "")[:_LONGEST]

    def _written(self, iri: str) -> str:
        """Return a term as it stands in the query: with a prefix where there is one."""
        for space, prefix in self._spaces.items():
            if iri.startswith(space) and _PLAIN.fullmatch(iri[len(space) :]):
                return f"{prefix}:{iri[len(space) :]}"
        return f"<{iri}>"


def _is_written(term: Term | None) -> bool:
    """Say whether a term can be written in a query: no blank node, and no long text."""
    if term is None or str(term).startswith("_:"):
        return False
    return isinstance(term, Node) or len(text_of(term)) <= _ROOM


def _is_variable(term: str) -> bool:
    return term[:1] in ("?", "$")


def _spelled(term: Term) -> str:
    """Return a literal as a query has it."""
    if not isinstance(term, Literal):
        return str(term)
    if term.language:
        return f"{string(term.value)}@{term.language}"
    plain = term.datatype.value == XSD + "string"
    return string(term.value) if plain else f"{string(term.value)}^^<{term.datatype.value}>"
