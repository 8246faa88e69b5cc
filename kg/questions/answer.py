"""A question -> its answer: of the facts of a graph; else of what its articles say in their own words; else what speaks of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.graph.store import Graph
from kg.questions.grammar import grammar
from kg.questions.lexicon import lexicon
from kg.questions.model import READ, Answer, Value
from kg.questions.of_graph import of_graph
from kg.questions.passages import Passages, Texts, Witness
from kg.questions.said import listed

__all__ = ["answer"]

_UNSAID: Final = ("nothing", "unknown", "unread")
_ANY: Final = frozenset("*=")
_SURENESS: Final = 0.7
"""Of what is read in an article's words when it is asked for: no pattern of the product states it."""


def answer(graph: Graph, question: str, texts: Texts | None = None) -> Answer:
    """Return what a graph answers to a question in Chinese.

    Where no fact does, and the ``texts`` of its articles are given, it is what they tell in the words of the question, which
    is said; else the one sentence of theirs that tells it, whole; or else there is no answer, and the sentences that speak of it are its ``passages``.
    """
    first = _answer(graph, question, texts)
    if first.outcome in _UNSAID:
        for short, whole in lexicon().short.items():
            if short in question and whole not in question:
                again = _answer(graph, question.replace(short, whole), texts)
                if again.outcome == "answered":
                    return replace(again, question=question)
    return first


def _answer(graph: Graph, question: str, texts: Texts | None) -> Answer:
    found, words = of_graph(graph, question)
    if texts is None or words is None or found.outcome == "answered":
        return found
    passages = Passages(graph, grammar(), words, texts)
    aspect = passages.asked.aspect
    if found.outcome == "several" and (aspect is None or not set(aspect.units) - _ANY):
        return found  # the nearest of several figures is only sure by its unit
    told = passages.told()
    if told:
        return _told(graph, found, told, passages)
    sentence = passages.whole()
    if sentence is not None:
        return _told(graph, found, (sentence,), passages, "whole")
    return replace(found, passages=passages.sources())


def _told(
    graph: Graph, found: Answer, told: Sequence[Witness], passages: Passages, mark: str = "told"
) -> Answer:
    """Return an answer that is read in an article's words, said as the ``mark`` has it."""
    marks = grammar().marks
    values = tuple(_value(graph, each) for each in told)
    aspect = passages.asked.aspect
    return Answer(
        found.question,
        "answered",
        marks[mark].format(answer=listed(values, marks)),
        found.question,
        f"{READ}{told[0].kind or (aspect.reads if aspect is not None else 'none')}",
        _query(told),
        values,
        sources=tuple(dict.fromkeys(each.source for each in told)),
        names=found.names,
    )


def _value(graph: Graph, witness: Witness) -> Value:
    told = witness.told
    names = graph.all_names(told.iri) if told.iri else []
    label = graph.label(told.iri) if told.iri else told.text
    return Value(
        label,
        tuple(dict.fromkeys((told.text, *told.forms, *names))),
        told.iri,
        told.status,
        confidence=_SURENESS,
        date=told.date,
        nodes=(told.node,) if told.node else (),
    )


def _query(told: Sequence[Witness]) -> str:
    """Return the query that shows what an answer names, with the words that it rests on."""
    nodes = " ".join(f"<{node}>" for each in told if (node := each.told.node or each.told.iri))
    return (
        f"SELECT ?node ?label WHERE {{\n  VALUES ?node {{ {nodes} }}\n  ?node rdfs:label ?label .\n}}\n"
        if nodes
        else ""
    )
