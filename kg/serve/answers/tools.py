"""What the tools of an assistant answer: plain values, few rows, each with the id of its fact and the words it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.base.errors import QueryError
from kg.graph.query import named_queries, run
from kg.graph.store import Term
from kg.graph.verbatim import evidence_of, plain
from kg.graph.verbatim import verify_quote as verified
from kg.graph.vocabulary import DCTERMS, KG, OA, PROV, RDF, RDFS, SCHEMA, SKOS, TIME, local_name
from kg.serve.answers.named import plain_value
from kg.serve.answers.opened import Opened
from kg.serve.answers.sparql import solve
from kg.serve.reply import Reply
from kg.serve.tools import checked
from kg.text.folding import closed_up
from kg.view.dossier import facts_in_order

if TYPE_CHECKING:
    from kg.questions.model import Source, Value

__all__ = ["tool"]

_QUOTES: Final = 2  # of one fact
_FIGURES: Final = 10
_VALUES: Final = 20  # of one answer
_BESIDE: Final = 3  # facts beside a row that tells of none
_OF_TEXT: Final = 30  # facts that quote a stretch of a text
_LONGEST: Final = 500  # characters of one cell
_DEGREE: Final = 500  # facts of a thing that are looked through for those with another

Row = dict[str, Any]


def tool(opened: Opened, name: str, given: Mapping[str, Any]) -> Reply:
    """Return what a tool answers; its own mistakes as one line."""
    arguments = checked(name, given)
    try:
        return Reply(200, "application/json", _TOOLS[name](opened, **arguments))
    except (ValueError, RuntimeError) as error:  # what looks like an IRI and is none; the engine at work
        return Reply(400, "text/plain", str(error).encode("utf-8", "replace"))


# the tools ------------------------------------------------------------------------------------------------------------


def _find(opened: Opened, words: str, limit: int) -> Row:
    quotes = opened.index.quotes(words, limit)
    return {
        "things": [_thing(opened, each["iri"]) for each in opened.index.entities(words, limit)],
        "quotes": [
            {
                "facts": [{"id": _id(opened, fact["iri"]), "says": fact["label"]} for fact in each["facts"]],
                **_quote(opened, each["iri"]),
            }
            for each in quotes
        ],
    }


def _about(opened: Opened, thing: str, limit: int, offset: int) -> Row:
    found = _things(opened, thing)
    if len(found) > 1:
        return {"several": [_thing(opened, iri) for iri in found[:limit]], "hint": "ask again with an id"}
    (iri,) = found
    many = opened.graph.is_corpus
    facts = facts_in_order(opened.graph, iri) if many else list(dict.fromkeys(opened.facts_of(iri)))
    figures = [] if offset else opened.graph.sources(iri, KG + "figureOf")
    value = {
        **_thing(opened, iri, fact=False),
        "names": sorted(
            {*opened.graph.values(iri, SKOS + "prefLabel"), *opened.graph.values(iri, SKOS + "altLabel")}
        ),
        "total": len(facts),
        "facts": [_fact(opened, fact) for fact in facts[offset : offset + limit]],
        "figures": [_figure(opened, each) for each in figures[:_FIGURES]],
        "more_figures": max(0, len(figures) - _FIGURES),
    }
    return value | ({"next_offset": offset + limit} if offset + limit < len(facts) else {})


def _ask(opened: Opened, question: str) -> Row:
    from kg.questions.answer import answer  # its kinds are read once a question is asked
    from kg.questions.model import READ

    found = answer(opened.graph, question, opened.texts_of)
    told = {
        "outcome": found.outcome,
        "answer": found.sentence,
        "understood_as": found.understood,
        "values": [_value(opened, each) for each in found.values[:_VALUES]],
        "more_values": len(found.values) - _VALUES if len(found.values) > _VALUES else 0,
        "besides": [_value(opened, each) for each in found.besides[:_VALUES]],
        "nearest": list(found.nearest),
        "passages": [_words(each) for each in found.passages],
        "quotes": [_words(each) for each in found.sources if found.kind.startswith(READ)],
        "sparql": found.sparql if found.outcome == "answered" else "",
    }
    return {name: value for name, value in told.items() if value}


def _words(source: Source) -> Row:
    return {name: value for name, value in source.plain().items() if name != "node"}


def _value(opened: Opened, value: Value) -> Row:
    """Return one of the things that are answered, with the facts or figures that say so."""
    more = {"id": _id(opened, value.iri)} if value.iri else {}
    former = {"former": True} if value.former else {}
    facts = [(_fact if _is_fact(opened, each) else _told)(opened, each, 1) for each in value.nodes[:_BESIDE]]
    return {"text": value.text, **more, "status": value.status, **former, "facts": facts}


def _sparql(opened: Opened, query: str, params: Mapping[str, str], limit: int) -> Row:
    if query in named_queries():
        rows = run(opened.graph, query, params)
        columns, every, total = rows.columns, iter(rows.rows), len(rows)
    else:
        if params:
            raise QueryError("sparql", "params are of a named query")
        found = solve(opened, query, (), ())
        if isinstance(found, ox.QueryBoolean):
            return {"answer": bool(found)}
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("sparql", "ask a SELECT or an ASK")
        columns = tuple(each.value for each in found.variables)
        every, total = ((tuple(each[name] for name in columns)) for each in found), None
    kept = list(islice(every, limit + 1))
    shown = kept[:limit]
    return {
        "columns": list(columns),
        "rows": [_row(opened, columns, row) for row in shown],
        "names": _names(opened, shown),
        **({} if total is None else {"total": total}),
        "more": len(kept) > limit,
    }


def _source(opened: Opened, article: str, start: int, length: int) -> Row:
    iri = opened.find(article) or opened.index.article_named(article)
    found = opened.index.article(iri) if iri else None
    if iri is None or found is None:
        raise QueryError(article, "no article has this id or name", "find tells the article of each quote")
    text, end = found["text"], start + length
    about = {name: found[name] for name in ("name", "title", "published", "publisher", "url") if found[name]}
    quoted = [each for each in evidence_of(opened.graph, iri) if each.start < end and start < each.end]
    facts = {
        fact: each
        for each in sorted(quoted, key=lambda each: (each.start, each.end))
        for fact in opened.graph.sources(each.iri, PROV + "wasDerivedFrom")
        if _is_fact(opened, fact)
    }
    return {
        "id": _id(opened, iri),
        **about,
        "characters": len(text),
        "start": start,
        "text": text[start:end],
        **({} if text else {"hint": "the text is not at hand; the quotes of its facts are"}),
        "facts": [
            {
                "id": _id(opened, fact),
                "says": opened.graph.label(fact),
                "quote": each.quote,
                "start": each.start,
            }
            for fact, each in islice(facts.items(), _OF_TEXT)
        ],
    }


def _verify_quote(opened: Opened, words: str, limit: int) -> Row:
    value = plain(verified(words, opened.graph, opened.texts, limit))
    for each in (*value["passages"], *value["nearest"]):
        each["article"] = _id(opened, each["article"])
        each["facts"] = [
            {"id": _id(opened, fact["iri"]), "says": fact["label"]} for fact in each["facts"][:5]
        ]
    return value


_TOOLS: Final[Mapping[str, Callable[..., Row]]] = {
    "find": _find,
    "about": _about,
    "ask": _ask,
    "sparql": _sparql,
    "source": _source,
    "verify_quote": _verify_quote,
}


# things ---------------------------------------------------------------------------------------------------------------


def _things(opened: Opened, name: str) -> list[str]:
    """Return the things that a name or an id stands for."""
    found = [iri for iri in opened.iris(name) if opened.graph.is_entity(iri)][:1]
    found = found or opened.graph.named(name) or opened.graph.named(closed_up(name))
    if not found:
        near = [each["label"] for each in opened.index.entities(name, 3)]
        hint = f"did you mean {' or '.join(near)}?" if near else "find looks for parts of names"
        raise QueryError(name, "no thing has this name or id", hint)
    return found


def _thing(opened: Opened, iri: str, *, fact: bool = True) -> Row:
    """Return a thing, with the first fact about it: what tells it from others of its name."""
    brief = opened.brief(iri)
    first = next((each for each in opened.facts_of(iri) if not opened.graph.values(each, KG + "derived")), "")
    return {
        "id": _id(opened, iri),
        "name": brief["label"],
        "type": brief["type"],
        "articles": len(opened.graph.sources(iri, SCHEMA + "mentions")),
        **({"fact": _fact(opened, first, 1)} if fact and first else {}),
    }


def _id(opened: Opened, iri: str) -> str:
    """Return what stands for a node in answers and questions: the last part of its IRI, or all of it."""
    return opened.local(iri) or iri


# facts and figures ----------------------------------------------------------------------------------------------------


def _is_fact(opened: Opened, iri: str) -> bool:
    return RDF + "Statement" in opened.graph.values(iri, RDF + "type")


def _fact(opened: Opened, iri: str, quotes: int = _QUOTES) -> Row:
    one, graph = opened.one, opened.graph
    moment = one(iri, TIME + "hasTime")
    told = {
        "id": _id(opened, iri),
        "says": one(iri, RDFS + "label"),
        "status": local_name(one(iri, KG + "status")) or "asserted",
        "confidence": _number(one(iri, KG + "confidence")),
        "date": one(moment, KG + "edtf") if moment else "",
        "reported_by": "、".join(sorted(graph.label(each) for each in graph.values(iri, KG + "reportedBy"))),
        "independent_sources": _number(one(iri, KG + "independentSources")),
        "ended": bool(graph.values(iri, KG + "ended")),
        "derived": bool(graph.values(iri, KG + "derived")),
    }
    return {name: value for name, value in told.items() if value not in ("", None, False)} | _quoted(
        opened, iri, quotes
    )


def _figure(opened: Opened, iri: str) -> Row:
    moment = opened.one(iri, TIME + "hasTime")
    date = {"date": opened.one(moment, KG + "edtf")} if moment else {}
    return {"id": _id(opened, iri), "says": opened.graph.label(iri), **date, **_quoted(opened, iri, 1)}


def _quoted(opened: Opened, iri: str, most: int) -> Row:
    places = opened.graph.values(iri, PROV + "wasDerivedFrom")
    more = {"more_quotes": len(places) - most} if len(places) > most else {}
    return {"quotes": [_quote(opened, each) for each in places[:most]], **more}


def _quote(opened: Opened, evidence: str) -> Row:
    graph = opened.graph
    article = opened.one(evidence, OA + "hasSource")
    said = {
        name: value
        for selector in graph.values(evidence, OA + "hasSelector")
        for name in ("exact", "start", "end")
        if (value := opened.one(selector, OA + name))
    }
    leaf = opened.found_at(evidence)
    published = opened.one(article, SCHEMA + "datePublished") if article else ""
    return {
        "quote": said.get("exact", ""),
        "article": (opened.one(article, DCTERMS + "identifier") or _id(opened, article)) if article else "",
        "start": _number(said.get("start", "")),
        "end": _number(said.get("end", "")),
        **({"published": published} if published else {}),
        **({"found_at": leaf} if leaf else {}),
    }


def _number(text: str) -> int | float | None:
    """Return a number of the graph as JSON has it, None for what is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if value.is_integer() else value


# rows -----------------------------------------------------------------------------------------------------------------


def _row(opened: Opened, columns: Iterable[str], row: Iterable[Term | None]) -> Row:
    """Return a row of an answer, with the facts that it tells of and their quotes."""
    terms = dict(zip(columns, row, strict=True))
    cells = {name: _cell(opened, term) for name, term in terms.items() if term is not None}
    nodes = [term.value for term in terms.values() if isinstance(term, ox.NamedNode)]
    return cells | {"facts": [_told(opened, iri) for iri in _told_by(opened, nodes)]}


def _cell(opened: Opened, term: Term) -> Any:  # noqa: ANN401 - as JSON has it
    value = _id(opened, term.value) if isinstance(term, ox.NamedNode) else plain_value(term)
    return value[:_LONGEST] if isinstance(value, str) else value


def _told_by(opened: Opened, nodes: list[str]) -> list[str]:
    """Return the facts and figures among the nodes of a row; else the facts that tie its things to each other."""
    facts = [iri for iri in nodes if opened.graph.values(iri, PROV + "wasDerivedFrom")]
    return facts or list(
        islice(_between(opened, [iri for iri in nodes if opened.graph.is_entity(iri)]), _BESIDE)
    )


def _between(opened: Opened, things: list[str]) -> Iterator[str]:
    ends = set(things)
    for iri in things if len(ends) > 1 else ():
        for fact in islice(opened.graph.sources(iri, RDF + "subject"), _DEGREE):
            if opened.one(fact, RDF + "object") in ends:
                yield fact


def _told(opened: Opened, iri: str, quotes: int = 1) -> Row:
    return {"id": _id(opened, iri), "says": opened.graph.label(iri), **_quoted(opened, iri, quotes)}


def _names(opened: Opened, rows: Iterable[Iterable[Term | None]]) -> dict[str, str]:
    """Return what the nodes of rows are called, by their ids."""
    nodes = (term.value for row in rows for term in row if isinstance(term, ox.NamedNode))
    labelled = ((iri, opened.one(iri, RDFS + "label")) for iri in dict.fromkeys(nodes))
    return {_id(opened, iri): label for iri, label in labelled if label}
