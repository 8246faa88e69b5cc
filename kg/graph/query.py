"""Questions to a graph: the named queries, their parameters, and SPARQL of the user's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

import pyoxigraph as ox

from kg.base.errors import QueryError, ResourceError
from kg.base.intake import LARGEST_TEXT, read_text
from kg.base.model import EntityType
from kg.base.overlay import per_overlay
from kg.base.resources import queries_path
from kg.graph.absent import absent_terms
from kg.graph.apart import DEADLINE, ask_apart, ask_each_apart
from kg.graph.engine import mistake, solve
from kg.graph.literal import position
from kg.graph.rows import Rows
from kg.graph.safety import refuse_unsafe
from kg.graph.store import Graph, Term, text_of
from kg.graph.vocabulary import DCTERMS, KG, RDF, RDFS, SCHEMA, STATUSES, TYPES, XSD
from kg.text.folding import closed_up

__all__ = [
    "NamedQuery",
    "Parameter",
    "ask",
    "find_entities",
    "find_facts",
    "find_query",
    "named_queries",
    "parse_query",
    "run",
    "run_per_article",
]


_HEADER = re.compile(r"#\s*(title|description)\s+(zh|en):\s*(.+?)\s*$")
_PARAMETER = re.compile(r'#\s*param\s+(\w+):\s*(\w+)\s+(?:"([^"]*)"|(\S+))(\s+\(optional\))?\s*$')
_KINDS = ("entity", "fact", "status", "text", "number", "choice")

_SPARQL = re.compile(r"(?i)^\s*(?:(?:prefix|base|select|ask|construct|describe|load|insert|delete)\s|#.*\n)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value a query asks for."""

    name: str
    kind: str  # entity (any of its names, or its IRI), fact (its label or IRI), status, text, number, choice
    example: str
    optional: bool = False
    choices: tuple[str, ...] = ()  # of a choice: all values there are


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with what its header comments say about it."""

    name: str
    text: str
    title: Mapping[str, str] = field(default_factory=dict)  # by language: zh, en
    description: Mapping[str, str] = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()


def parse_query(name: str, text: str) -> NamedQuery:
    """Return a query with its header read.

    Raises:
        ResourceError: a ``# param`` line is not as it should be.
    """
    about: dict[str, dict[str, str]] = {"title": {}, "description": {}}
    parameters: list[Parameter] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := _HEADER.match(line):
            about[match[1]][match[2]] = match[3]
        elif match := _PARAMETER.match(line):
            example = match[3] if match[3] is not None else match[4]
            choices = tuple(example.split("|")) if match[2] == "choice" else ()
            parameters.append(
                Parameter(match[1], match[2], choices[0] if choices else example, bool(match[5]), choices)
            )
            if match[2] not in _KINDS:
                raise ResourceError(
                    name, f"unknown kind of parameter: {match[2]}", f"known: {' '.join(_KINDS)}"
                )
        elif re.match(r"#\s*param\b", line):
            raise ResourceError(name, f"cannot read: {line}", '# param who: entity "周渭超"')
    return NamedQuery(name, text, about["title"], about["description"], tuple(parameters))


@per_overlay
def named_queries() -> Mapping[str, NamedQuery]:
    """Return the queries that come with the product, by name, in order; where they list kg's types, with the user's."""
    paths = sorted(queries_path().glob("*.rq"))
    return {path.stem: parse_query(path.stem, _with_types(read_text(path))) for path in paths}


def _with_types(text: str) -> str:
    """Return a query with the types of the user behind those of kg, where it lists these."""
    core, own = get_args(EntityType), TYPES[len(get_args(EntityType)) :]
    for comma in (", ", " ") if own else ():
        listed = comma.join(f"kg:{name}" for name in core)
        text = text.replace(listed, comma.join(f"kg:{name}" for name in (*core, *own)))
    return text


def find_query(query: str) -> NamedQuery:
    """Return the query that a name, a file or SPARQL text stands for.

    Raises:
        QueryError: it is none of them, or the file cannot be read.
    """
    known = named_queries()
    if query in known:
        return known[query]
    if "{" in query or _SPARQL.search(query):
        return parse_query("", query)
    if Path(query).suffix in (".rq", ".sparql") or (len(query) < 256 and Path(query).is_file()):
        try:
            return parse_query(query, read_text(Path(query), LARGEST_TEXT, "utf-8-sig"))
        except OSError as error:
            raise QueryError(query, f"cannot be read: {error.strerror or error}") from error
        except ValueError as error:  # no UTF-8, or no name a file can have
            raise QueryError(query, "no UTF-8 text") from error
    near = get_close_matches(query, known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "`kg queries` lists them; SPARQL has braces"
    raise QueryError(query, "no query of this name", hint)


def run(
    graph: Graph,
    query: str,
    params: Mapping[str, str] | None = None,
    deadline: float = DEADLINE,
    least_sources: int = 0,
) -> Rows:
    """Return the answer of ``graph`` to a named query, a file or SPARQL text.

    Of a corpus, ``least_sources`` leaves the rows whose facts have so many independent sources. ``params`` are the values of the parameters the query declares: bound as terms, never pasted into its text. An
    entity may be given by any of its names; where several entities share it, the answers follow one another.

    Raises:
        QueryError: unknown name, missing or unknown parameter, a mistake in the SPARQL (with line and column), a query
            that reaches out of the graph, or one that takes more than ``deadline`` seconds.
    """
    found = find_query(query)
    refuse_unsafe(found.text, found.name or "query")
    own = found is named_queries().get(found.name)
    answers = [
        _ask(graph, found, bound)
        if own
        else ask_apart(graph, found.text, bound, deadline, found.name or "query")
        for bound in _bindings(graph, found, params or {})
    ]
    rows = answers[0] if len(answers) == 1 else Rows.joined(answers)
    if rows.empty and not own:
        rows = replace(rows, absent=absent_terms(graph, found.text))
    if least_sources:
        rows = rows.having(_independent_sources(graph), least_sources)
    return rows.without([parameter.name for parameter in found.parameters])


def _independent_sources(graph: Graph) -> dict[Term, int]:
    """Return how many independent sources each fact has: one, where nothing says so."""
    statements = graph.quads(None, ox.NamedNode(RDF + "type"), ox.NamedNode(RDF + "Statement"))
    found: dict[Term, int] = {quad.subject: 1 for quad in statements}
    for quad in graph.quads(None, ox.NamedNode(KG + "independentSources")):
        found[quad.subject] = position(text_of(quad.object)) or 1  # a graph of others may say anything
    return found


def run_per_article(
    graph: Graph, query: str, params: Mapping[str, str] | None = None, deadline: float = DEADLINE
) -> Rows:
    """Return the answers that each article of a corpus gives by itself, in its own words, with its name in front.

    Parameters are as in `run`; an article that has no entity of a name that is asked for answers nothing.

    Raises:
        QueryError: as in `run`, or the graph is of one article, or no table.
    """
    found = find_query(query)
    refuse_unsafe(found.text, found.name or "query")
    if not graph.is_corpus:
        raise QueryError(
            found.name or "query", "no graph of many articles: it has none for each", "ask it as it is"
        )
    parts, answers, last = [], list[Rows](), None
    own = found is named_queries().get(found.name)
    for name in graph.article_graphs():
        part = graph.part(name)
        try:
            bindings = _bindings(part, found, params or {})
        except QueryError as error:
            last = error
            continue
        if own:
            answers.append(Rows.joined([_ask(part, found, bound) for bound in bindings]))
        parts.append(part)
    if not parts and last is not None:
        raise last
    if not own:
        names = [text_of(part.name) for part in parts if isinstance(part.name, ox.NamedNode)]
        answers = ask_each_apart(graph, names, found.text, {}, deadline, found.name or "query")
    rows = Rows.together([(_name_of_article(part), rows) for part, rows in zip(parts, answers, strict=True)])
    return rows.without([parameter.name for parameter in found.parameters])


def _name_of_article(part: Graph) -> str:
    (article,) = part.sources(SCHEMA + "NewsArticle", RDF + "type")
    return next(iter(part.values(article, DCTERMS + "identifier")), article)


# parameters ---------------------------------------------------------------------------------------------------------


def _bindings(graph: Graph, query: NamedQuery, params: Mapping[str, str]) -> list[dict[str, Term]]:
    """Return the terms to bind, once for each thing that a name may mean."""
    declared = {parameter.name: parameter for parameter in query.parameters}
    where = query.name or "query"
    for name in params:
        if name not in declared:
            near = get_close_matches(name, declared, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it takes: {' '.join(declared) or 'none'}"
            raise QueryError(where, f"has no parameter {name}", hint)
    bindings: list[dict[str, Term]] = [{}]
    for parameter in query.parameters:
        if parameter.name not in params:
            if parameter.optional:
                continue
            raise QueryError(
                where,
                f"needs the parameter {parameter.name}",
                f'--param {parameter.name}="{parameter.example}"',
            )
        terms = _terms(graph, parameter, params[parameter.name])
        bindings = [{**bound, parameter.name: term} for bound in bindings for term in terms]
    return bindings


def _terms(graph: Graph, parameter: Parameter, value: str) -> Sequence[Term]:
    if parameter.kind == "entity":
        return [ox.NamedNode(iri) for iri in find_entities(graph, value)]
    if parameter.kind == "fact":
        return [ox.NamedNode(iri) for iri in find_facts(graph, value)]
    if parameter.kind == "status":
        if value not in (*STATUSES, "any"):
            raise QueryError(parameter.name, f"unknown status {value}", f"known: {' '.join(STATUSES)} any")
        return [ox.NamedNode(KG + value)]
    if parameter.kind == "choice" and value not in parameter.choices:
        raise QueryError(parameter.name, f"unknown value {value}", f"known: {' '.join(parameter.choices)}")
    if parameter.kind == "number":
        if not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
            raise QueryError(parameter.name, f"no number: {value}")
        return [ox.Literal(value, datatype=ox.NamedNode(XSD + "decimal"))]
    return [ox.Literal(value)]


def find_entities(graph: Graph, name: str) -> list[str]:
    """Return the IRIs of the entities that ``name`` (any of their names, or an IRI) stands for.

    Raises:
        QueryError: there is none.
    """
    found = [iri for iri in _as_iris(graph, name) if graph.is_entity(iri)] or graph.named(name)
    found = found or graph.named(closed_up(name))
    if not found:
        near = get_close_matches(name, graph.names(), n=3, cutoff=0.4) or [
            known for known in graph.names() if name and (name in known or known in name)
        ]
        hint = f"did you mean {' or '.join(near[:3])}?" if near else "`kg query names` lists all names"
        raise QueryError(name, "no entity has this name", hint)
    return found


def find_facts(graph: Graph, name: str) -> list[str]:
    """Return the IRIs of the facts that ``name`` (a label, an IRI, or its last part) stands for.

    Raises:
        QueryError: there is none.
    """
    statement, kind = ox.NamedNode(RDF + "Statement"), ox.NamedNode(RDF + "type")
    labelled = graph.quads(None, ox.NamedNode(RDFS + "label"), ox.Literal(name, language="zh"))
    candidates = _as_iris(graph, name) + sorted(text_of(quad.subject) for quad in labelled)
    found = [iri for iri in candidates if any(graph.quads(ox.NamedNode(iri), kind, statement))]
    if not found:
        near = _labels_like(graph, name)
        hint = f"did you mean {' or '.join(near)}?" if near else "`kg explain NAME` shows those of a name"
        raise QueryError(name, "no fact has this label or IRI", hint)
    return found


def _labels_like(graph: Graph, name: str) -> list[str]:
    """Return the labels of a few facts that begin as ``name`` does, else of those of its first word that are most like it."""
    subject = next(iter(name.split()), "")
    statement, kind = ox.NamedNode(RDF + "Statement"), ox.NamedNode(RDF + "type")
    labels = {graph.label(text_of(quad.subject)) for quad in graph.quads(None, kind, statement)}
    likely = sorted(label for label in labels if subject and label.startswith(f"{subject} "))
    begun = [label for label in likely if " " in name and label.startswith(name)]
    return begun[:3] or get_close_matches(name, likely, n=3, cutoff=0.6)


def _as_iris(graph: Graph, name: str) -> list[str]:
    """Return the IRI that ``name`` may be: written out, with the prefix ``id``, or by its last part."""
    last = name.removeprefix("id:")
    if re.fullmatch(r"[a-z][0-9a-f]{20}", last):
        return [graph.base + last]
    return [name] if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+", name) else []


# asking -------------------------------------------------------------------------------------------------------------


def ask(graph: Graph, text: str, **bound: str) -> Rows:
    """Return the answer to a query of the product's own, in this process; ``bound`` are IRIs for its variables."""
    return _ask(graph, NamedQuery("", text), {name: ox.NamedNode(iri) for name, iri in bound.items()})


def _ask(graph: Graph, query: NamedQuery, bound: Mapping[str, Term]) -> Rows:
    try:
        return Rows.of(solve(graph.store, query.text, bound, graph.base, default_graph=graph.name))
    except QueryError as error:
        raise QueryError(query.name or "query", error.what, error.hint) from error
    except (ValueError, RuntimeError, OSError) as error:  # once the engine is at work
        raise QueryError(query.name or "query", mistake(str(error))) from error
