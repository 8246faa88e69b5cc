"""An article with its text, and where its entities are named in it."""

from __future__ import annotations

from kg.graph.literal import position
from kg.graph.vocabulary import OA, SCHEMA, SKOS
from kg.serve.answers.opened import Opened, refusal
from kg.serve.reply import Reply

__all__ = ["article"]


def article(opened: Opened, name: str) -> Reply:
    """Return an article with its text and where its entities are named in it."""
    iri = opened.find(name)
    found = opened.index.article(iri) if iri else None
    if iri is None or found is None:
        return refusal(404, "the graph has no article of this name")

    from kg.view.marks import find_marks  # once an article is opened

    entities = {
        each: opened.brief(each)
        for each in opened.graph.values(iri, SCHEMA + "mentions")
        if opened.graph.is_entity(each)
    }
    names = {
        each: list(
            dict.fromkeys(
                [
                    *opened.graph.values(each, SKOS + "prefLabel"),
                    *opened.graph.values(each, SKOS + "altLabel"),
                ]
            )
        )
        for each in entities
    }
    marks = find_marks(found["text"], names)
    value = {
        **found,
        "local": opened.local(iri),
        "entities": sorted(entities.values(), key=lambda each: (each["type"], each["label"])),
        "marks": [(mark.start, mark.end, entities[mark.node]) for mark in marks],
        "quotes": [] if found["text"] else _quoted(opened, iri),
    }
    return Reply(200, "", value)


def _quoted(opened: Opened, article: str) -> list[str]:
    evidence = opened.graph.sources(article, OA + "hasSource")[:2000]
    quotes = {
        (
            position(_first(opened, each, "start")) or 0,
            _first(opened, each, "exact"),
        )
        for each in evidence
    }
    return [text for _, text in sorted(quotes) if text]


def _first(opened: Opened, evidence: str, name: str) -> str:
    selectors = opened.graph.values(evidence, OA + "hasSelector")
    return next((value for each in selectors for value in opened.graph.values(each, OA + name)), "")
