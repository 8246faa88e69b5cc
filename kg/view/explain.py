"""What the graph says about a term, each fact with its quote and the pattern that found it; and how two terms are tied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from kg.base.errors import QueryError
from kg.base.language import cells, language, say
from kg.graph.decided import INFLUENCED
from kg.graph.iri import identity_iri
from kg.graph.query import ask, find_entities
from kg.graph.readable import label_of, said_place
from kg.graph.store import Graph
from kg.graph.validate import Passage, passages
from kg.graph.vocabulary import DCTERMS, KG, PROV, RDF, RDFS, SKOS, TYPE_LABELS, TYPES, is_doubtful

__all__ = ["Explanation", "Reason", "Subject", "chain", "explain", "explanation"]

_COMMA: Final = {"en": ", ", "zh": "，"}

_ABOUT = """
SELECT ?who ?fact ?label ?status ?confidence ?pattern ?derived ?date ?amount ?source ?sources ?independent ?knowledge ?proposed ?agreed WHERE {
  { ?fact rdf:subject ?who } UNION { ?fact rdf:object ?who }
  ?fact rdfs:label ?label ; kg:status ?state ; kg:confidence ?confidence ; kg:pattern ?pattern .
  BIND(STRAFTER(STR(?state), "#") AS ?status)
  OPTIONAL { ?fact kg:derived ?derived }
  OPTIONAL { ?fact kg:knowledge ?knowledge }
  OPTIONAL { ?fact kg:proposedBy/rdfs:label ?proposed }
  OPTIONAL { ?fact kg:agreedBy/rdfs:label ?agreed }
  OPTIONAL { ?fact time:hasTime/kg:edtf ?date }
  OPTIONAL { ?fact kg:reportedBy/rdfs:label ?source }
  OPTIONAL { ?fact kg:amount/kg:surface ?amount }
  OPTIONAL { ?fact kg:sources ?sources ; kg:independentSources ?independent }
}
ORDER BY ?label ?status ?fact ?pattern
"""
_FIGURES = """
SELECT ?who ?figure ?label ?pattern ?confidence ?date WHERE {
  ?figure kg:figureOf ?who ; rdfs:label ?label .
  OPTIONAL { ?figure kg:pattern ?pattern }
  OPTIONAL { ?figure kg:confidence ?confidence }
  OPTIONAL { ?figure time:hasTime/kg:edtf ?date }
}
ORDER BY ?label ?figure
"""
_EVENTS = """
SELECT DISTINCT ?who ?event ?label ?kind ?status ?confidence ?date WHERE {
  ?event a kg:MainEvent ; rdfs:label ?label ; kg:eventKind ?kind ; kg:status ?state ; kg:confidence ?confidence .
  { ?event kg:eventAgent ?who } UNION { ?event kg:eventPatient ?who } UNION { ?event schema:location ?who }
  BIND(STRAFTER(STR(?state), "#") AS ?status)
  OPTIONAL { ?event time:hasTime/kg:edtf ?date }
}
ORDER BY ?label ?event
"""
_MERGES = """
SELECT ?who ?merge ?name ?pattern WHERE {
  ?merge kg:mergedInto ?who ; kg:mergedName ?name ; kg:pattern ?pattern .
}
ORDER BY ?name ?pattern ?merge
"""
_MENTIONING = """
SELECT ?fact ?label ?status ?confidence ?pattern ?quote WHERE {
  ?fact a rdf:Statement ; rdfs:label ?label ; kg:status ?state ; kg:confidence ?confidence ; kg:pattern ?pattern ;
    prov:wasDerivedFrom/oa:hasSelector/oa:exact ?quote .
  BIND(STRAFTER(STR(?state), "#") AS ?status)
}
ORDER BY ?label ?status ?fact ?pattern
"""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing the graph says, and why."""

    node: str  # IRI
    says: str
    kind: str  # fact, event, figure or name
    pattern: str
    passages: tuple[Passage, ...]
    status: str = ""
    confidence: str = ""
    date: str = ""  # EDTF
    amount: str = ""  # as the text writes it
    derived: bool = False
    source: str = ""  # who says it, where the article only passes it on
    sources: str = ""  # how many articles state it, of a corpus
    independent: str = ""  # how many of them by themselves
    decided: tuple[str, ...] = ()  # what people decided of it, a line each
    knowledge: str = ""  # file of the user's knowledge that its pattern stands in
    proposed: str = ""  # the language model that alone found it
    agreed: str = ""  # the one that found it too


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity that a term stands for."""

    iri: str
    label: str
    type: str  # local name of its core type
    kind: str  # local name of its finer class, or ""
    names: tuple[str, ...]
    articles: tuple[str, ...]  # names of those that mention it
    reasons: tuple[Reason, ...]
    decided: tuple[str, ...] = ()  # what people decided of it, a line each
    knowledge: tuple[str, ...] = ()  # files of the user's knowledge that name it

    @property
    def type_zh(self) -> str:
        """Return its type in Chinese."""
        return next((TYPE_LABELS[name][0] for name in TYPES if name == self.type), self.type)


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that the graph says about a term.

    ``subjects`` are the entities of that name; where there is none, ``mentions`` are the facts whose words hold it.
    """

    term: str
    subjects: tuple[Subject, ...]
    mentions: tuple[Reason, ...] = ()


def explanation(graph: Graph, term: str) -> Explanation:
    """Return what the graph says about an entity (by any of its names, or its IRI), a fact (by its IRI or label), or words.

    Raises:
        QueryError: no entity, fact or quote has the term.
    """
    try:
        return Explanation(term, tuple(_subject(graph, iri) for iri in find_entities(graph, term)))
    except QueryError as error:
        mentions = _mentions(graph, term)
        if not mentions:
            near = get_close_matches(term, graph.names(), n=3, cutoff=0.4)
            hint = f"did you mean {' or '.join(near)}?" if near else error.hint
            raise QueryError(term, "the graph says nothing about it", hint) from error
        return Explanation(term, (), mentions)


def explain(graph: Graph, term: str, anatomy: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return what the graph says about a term as text for people: see ``explanation``.

    Args:
        graph: the graph to ask.
        term: a name, IRI or words.
        anatomy: lines to show below a fact, by its IRI: how it was read (``kg.learn.anatomy``).

    Raises:
        QueryError: no entity, fact or quote has the term.
    """
    found = explanation(graph, term)
    below = anatomy or {}
    lines: list[str] = []
    for subject in found.subjects:
        lines.append(f"{subject.label}  {_kinds(subject)}  {subject.iri}")
        others = [name for name in subject.names if name != subject.label]
        lines += [say("  又名 also: {names}", names="、".join(others))] * bool(others)
        lines += [f"  {say('裁定 decided: ')}{each}" for each in subject.decided]
        lines += [
            say("  出自您的知识 from your knowledge: {files}", files="、".join(subject.knowledge))
        ] * bool(subject.knowledge)
        lines += [line for reason in subject.reasons for line in _told(reason, below)] or [
            say("  (no facts)")
        ]
    if found.mentions:
        lines.append(
            say(
                "没有名为“{term}”的实体；含有这些字的事实 no entity is called so; facts whose words hold it:",
                term=term,
            )
        )
    for reason in found.mentions:
        lines += _told(reason, below)
    return "\n".join(_plain(line) for line in lines) + "\n"


def _kinds(subject: Subject) -> str:
    """Return the type of a subject and its finer class."""
    if language() == "en":
        return " ".join(filter(None, (subject.type_zh, subject.type, subject.kind)))
    return " · ".join(label_of(name, "zh") for name in (subject.type, subject.kind) if name)


def chain(graph: Graph, network: Any, start: str, end: str) -> str:  # noqa: ANN401 - networkx ships no types
    """Return the shortest chain of facts between two entities, given by name or IRI, as text for people.

    Raises:
        QueryError: one of them is unknown, or no facts tie them.
    """
    from kg.view.network import shortest_path

    found = [
        steps
        for source in find_entities(graph, start)
        for target in find_entities(graph, end)
        if source in network and target in network
        if (steps := shortest_path(network, source, target)) is not None
    ]
    if not found:
        raise QueryError(
            f"{start} - {end}", "no chain of facts ties them", "`kg explain NAME` shows what does"
        )
    steps = min(found, key=len)
    lines = [graph.label(steps[0].source if steps else find_entities(graph, start)[0])]
    for step in steps:
        arrow = "->" if step.forward else "<-"
        derived = say("（由代码推导 derived）") if graph.values(step.fact, KG + "derived") else ""
        lines.append(f"  {arrow} {graph.label(step.target)}  {graph.label(step.fact)}{derived}")
        lines += [f"     「{each.quote}」 {_where(each)}" for each in passages(graph, step.fact)]
    return "\n".join(_plain(line) for line in lines) + "\n"


def _where(passage: Passage) -> str:
    """Return where a quote stands: its article and place, and its page or paragraph where the article was a document."""
    place = f"{passage.article} {passage.start}-{passage.end}"
    return ", ".join(filter(None, (place, said_place(passage.leaf))))


def _told(reason: Reason, below: Mapping[str, Sequence[str]]) -> list[str]:
    notes = [
        label_of(reason.status, language()) or reason.status,
        reason.source and said_by(reason.source),
        reason.date,
        reason.amount,
        reason.confidence and say("confidence {confidence}", confidence=reason.confidence),
        say("doubtful") if is_doubtful(reason.confidence) else "",
        say("derived") if reason.derived else "",
        reason.sources and say("sources {value}", value=reason.sources),
        reason.independent and say("independent {value}", value=reason.independent),
        reason.pattern and say("pattern {pattern}", pattern=reason.pattern),
        reason.knowledge and say("from your {file}", file=reason.knowledge),
        reason.proposed and say("proposed by {model}", model=reason.proposed),
        reason.agreed and say("agreed by {model}", model=reason.agreed),
    ]
    head = {
        "name": say("名称 name: "),
        "event": say("主要事件 main event: "),
        "figure": say("数字 figure: "),
        "link": say("同一 one: "),
    }.get(reason.kind, "")
    lines = [f"  {head}{reason.says}  [{_COMMA[language()].join(note for note in notes if note)}]"]
    lines += [f"    「{each.quote}」 {_where(each)}" for each in reason.passages]
    lines += [f"    {say('裁定 decided: ')}{each}" for each in reason.decided]
    return lines + [f"      {line}" for line in below.get(reason.node, ())]


def said_by(source: str) -> str:
    """Return who says a fact; words of hearsay (据传, 网传) name nobody and stand as they are in Chinese."""
    named = language() == "en" or (not source.startswith("据") and not source.endswith("传"))
    return say("according to {source}", source=source) if named else source


def _plain(line: str) -> str:
    """Return a line without what a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in line)


def _subject(graph: Graph, iri: str) -> Subject:
    types = [each.removeprefix(KG) for each in graph.values(iri, RDF + "type") if each.startswith(KG)]
    names = [*graph.values(iri, SKOS + "prefLabel"), *graph.values(iri, SKOS + "altLabel")]
    label = graph.label(iri)
    articles = sorted({each.article for each in passages(graph, iri)})
    return Subject(
        iri,
        label,
        next((each for each in types if each in TYPES), ""),
        next((each for each in types if each not in TYPES), ""),
        tuple(dict.fromkeys((label, *names))),
        tuple(articles),
        (
            *_facts(graph, iri),
            *_events(graph, iri),
            *_figures(graph, iri),
            *_merges(graph, iri),
            *_links(graph, iri),
        ),
        _decided(graph, iri),
        tuple(graph.values(iri, KG + "knowledge")),
    )


def _decided(graph: Graph, iri: str) -> tuple[str, ...]:
    """Return what people decided of a node: id, what, and who, when and why in brackets."""
    lines = []
    for decision in graph.values(iri, INFLUENCED):
        who = (graph.label(each) for each in graph.values(decision, PROV + "wasAssociatedWith"))
        told = [*who, *graph.values(decision, DCTERMS + "date"), *graph.values(decision, RDFS + "comment")]
        name = next(iter(graph.values(decision, DCTERMS + "identifier")), "")
        more = f" ({_COMMA[language()].join(told)})" if told else ""
        lines.append(f"{name} {graph.label(decision)}{more}")
    return tuple(sorted(lines))


def _facts(graph: Graph, iri: str) -> list[Reason]:
    return [
        Reason(
            row["fact"],
            row["label"],
            "fact",
            row["pattern"],
            passages(graph, row["fact"]),
            row.get("status", ""),
            row["confidence"],
            row.get("date", ""),
            row.get("amount", ""),
            row.get("derived") == "true",
            row.get("source", ""),
            row.get("sources", ""),
            row.get("independent", ""),
            _decided(graph, row["fact"]),
            row.get("knowledge", ""),
            row.get("proposed", ""),
            row.get("agreed", ""),
        )
        for row in _merged(ask(graph, _ABOUT, who=iri), "fact")
    ]


def _events(graph: Graph, iri: str) -> list[Reason]:
    """Return what articles are about, done by it, to it or there; found by no pattern but by the shapes of its kind."""
    return [
        Reason(
            row["event"],
            f"{row['label']} · {cells().get(row['kind'], row['kind']) if language() == 'zh' else row['kind']}",
            "event",
            "",
            passages(graph, row["event"]),
            row["status"],
            row["confidence"],
            row.get("date", ""),
        )
        for row in ask(graph, _EVENTS, who=iri)
    ]


def _figures(graph: Graph, iri: str) -> list[Reason]:
    return [
        Reason(
            row["figure"],
            row["label"],
            "figure",
            row.get("pattern", ""),
            passages(graph, row["figure"]),
            confidence=row.get("confidence", ""),
            date=row.get("date", ""),
            decided=_decided(graph, row["figure"]),
        )
        for row in _merged(ask(graph, _FIGURES, who=iri), "figure")
    ]


def _merges(graph: Graph, iri: str) -> list[Reason]:
    return [
        Reason(row["merge"], row["name"], "name", row["pattern"], passages(graph, row["merge"]))
        for row in ask(graph, _MERGES, who=iri)
    ]


def _links(graph: Graph, iri: str) -> list[Reason]:
    """Return why entities of several articles are this one thing, the weakest reason first."""
    ties = graph.part(identity_iri(graph.base))
    members = (iri, *ties.sources(iri, KG + "sameThingAs"))
    links = {link for member in members for link in ties.sources(member, KG + "links")}

    def one(link: str, name: str) -> str:
        return next(iter(ties.values(link, KG + name)), "")

    return [
        Reason(
            link,
            f"{ties.label(link)} ({one(link, 'because')})",
            "link",
            one(link, "pattern"),
            tuple(
                each
                for evidence in ties.values(link, PROV + "wasDerivedFrom")
                for each in passages(graph, evidence)
            ),
            confidence=one(link, "confidence"),
            decided=_decided(ties, link),
        )
        for link in sorted(links, key=lambda link: (float(one(link, "confidence") or 1), link))
        if not one(link, "refusedBecause")
    ]


def _mentions(graph: Graph, term: str) -> tuple[Reason, ...]:
    """Return the facts that have the term as their IRI, in their label or in a quote."""
    rows = [
        row
        for row in ask(graph, _MENTIONING)
        if term
        and (term in row["quote"] or term in row["label"] or row["fact"].endswith(term.removeprefix("id:")))
    ]
    return tuple(
        Reason(
            row["fact"],
            row["label"],
            "fact",
            row["pattern"],
            passages(graph, row["fact"]),
            row.get("status", ""),
            row["confidence"],
        )
        for row in _merged(rows, "fact")
    )


def _merged(rows: Iterable[dict[str, str]], key: str) -> list[dict[str, str]]:
    """Return one row for each node, its patterns joined: a fact found by two patterns is one fact."""
    merged: dict[str, dict[str, str]] = {}
    for row in rows:
        seen = merged.setdefault(row[key], row)
        if row.get("pattern", "") not in seen.get("pattern", "").split(", "):
            seen["pattern"] = f"{seen['pattern']}, {row['pattern']}"
    return list(merged.values())
