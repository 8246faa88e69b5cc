"""A question -> what the facts of a graph answer; or what was understood of it, and what else can be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.graph.query import ask
from kg.graph.rows import Rows
from kg.graph.store import Graph
from kg.graph.vocabulary import DOUBTFUL
from kg.questions.evidence import sources_of, values_of
from kg.questions.grammar import Grammar, grammar
from kg.questions.known import known_in, shortened_in
from kg.questions.model import Answer, Name, Outcome, Reading, Value
from kg.questions.nearest import nearest
from kg.questions.read import readings
from kg.questions.said import described, sentence_of
from kg.questions.sparql import sparql_of
from kg.questions.words import LONGEST, Words, tidy, words_of

__all__ = ["of_graph"]

_QUOTES: Final = 12
"""Quotes that an answer shows."""

_OFFERED: Final = 3


def of_graph(graph: Graph, question: str) -> tuple[Answer, Words | None]:
    """Return what the facts of a graph answer to a question, and what it consists of; None where it is no question at all."""
    known = grammar()
    text = tidy(question)
    if not text or len(text) > LONGEST:
        return Answer(question, "unread", known.marks["unread"]), None
    found = known_in(graph, text, known.parts["belongs"])
    words = words_of(text, found)
    given = _Asked(graph, known, question, words).answer()
    if given.outcome in ("unknown", "unread"):
        more = shortened_in(graph, text, found, known)
        if more:
            words = words_of(text, (*found, *more))
            again = _Asked(graph, known, question, words).answer()
            if again.outcome in ("answered", "several"):
                return again, words
    return given, words


class _Asked:
    """One question to one graph."""

    def __init__(self, graph: Graph, known: Grammar, question: str, words: Words) -> None:
        self._graph, self._grammar, self._question, self._words = graph, known, question, words

    def answer(self) -> Answer:
        """Return the answer of the best reading that has one, else what the best one lacks."""
        silent: Answer | None = None
        for reading in sorted(
            readings(self._grammar, self._words), key=lambda each: each.kind.form == "count"
        ):
            found = self._of(reading)
            if found.outcome != "nothing":
                return self._named(replace(found, sentence=found.sentence + self._taken(reading)))
            silent = silent or found
        if silent is None:
            silent = self._unknown()
        return self._named(replace(silent, nearest=self._nearest(silent)))

    def _taken(self, reading: Reading) -> str:
        """Return what names that the graph writes otherwise are taken for."""
        return "".join(
            self._grammar.marks["taken"].format(
                name=each.value.text, label=self._graph.label(each.value.iris[0])
            )
            for each in reading.bound
            if isinstance(each.value, Name) and each.value.loose
        )

    def _unknown(self) -> Answer:
        """Return what is said where no reading has only names that the graph knows."""
        for reading in readings(self._grammar, self._words, loose=True):
            if reading.unknown:
                said = self._grammar.marks["unknown"].format(
                    names="、".join(f"“{name}”" for name in reading.unknown)
                )
                return Answer(self._question, "unknown", said, described(reading), reading.kind.id)
        return Answer(self._question, "unread", self._grammar.marks["unread"])

    def _nearest(self, found: Answer) -> tuple[str, ...]:
        offered: list[str] = []
        for reading, text in nearest(self._grammar, self._words):
            if text != found.understood and self._of(reading).outcome == "answered":
                offered.append(text)
            if len(offered) == _OFFERED:
                break
        return tuple(offered)

    def _named(self, found: Answer) -> Answer:
        names = {name.text: self._graph.label(name.iris[0]) for name in self._words.names() if name.iris}
        return replace(found, question=self._question, names=names)

    # one reading --------------------------------------------------------------------------------------------------

    def _of(self, reading: Reading) -> Answer:
        """Return what one way to read the question gives."""
        kind = reading.kind
        text = sparql_of(reading, self._grammar, self._graph.base)
        rows = ask(self._graph, text)
        values = values_of(self._graph, _foremost(rows) if kind.form == "first" else rows, kind.value)
        main, besides = _sorted(values, former="former" in reading.modifiers)
        if not any(map(self._is_told, main)):
            main, besides = (), (*besides, *main)
        outcome, main = _FORMS[kind.form](main, besides)
        if kind.form == "yes":
            besides = ()
        if kind.form == "count":
            besides = tuple(each for each in besides if each.status == "denied" or each.former)
        inner, through = self._inner(reading)
        said = sentence_of(reading, outcome, main, besides, self._grammar.marks, inner)
        sources = sources_of(self._graph, (*through, *main, *besides), _QUOTES)
        return Answer(
            self._question, outcome, said, described(reading), kind.id, text, main, besides, sources
        )

    def _is_told(self, value: Value) -> bool:
        """Say whether a value is sure, or named in the words that prove it or the title: a doubtful one of a sentence before is none."""
        if not value.iri or value.confidence >= DOUBTFUL:
            return True
        quotes = [each.quote + each.article for each in sources_of(self._graph, (value,), _QUOTES)]
        names = [name.strip("“”《》") for name in self._graph.all_names(value.iri)]
        return not quotes or any(name in quote for name in names for quote in quotes)

    def _inner(self, reading: Reading) -> tuple[Mapping[str, str], tuple[Value, ...]]:
        """Return whom the questions inside the question mean, and what proves it."""
        found: dict[str, str] = {}
        proof: list[Value] = []
        for bound in reading.bound:
            if isinstance(bound.value, Reading):
                text = sparql_of(bound.value, self._grammar, self._graph.base)
                values = values_of(self._graph, ask(self._graph, text), bound.value.kind.value)
                found[bound.slot] = "、".join(value.text for value in values)
                proof += values
        return found, tuple(proof)


def _sorted(values: Sequence[Value], *, former: bool) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
    """Return the values that answer, and those that are said apart: denied ones, and beside better ones former and doubtful."""
    held = [value for value in values if value.status != "denied"]
    denied = [value for value in values if value.status == "denied"]
    for better in (lambda each: former or not each.former, lambda each: each.confidence >= DOUBTFUL):
        if any(map(better, held)):
            denied = [each for each in held if not better(each)] + denied
            held = [each for each in held if better(each)]
    return tuple(held), tuple(denied)


def _foremost(rows: Rows) -> Rows:
    """Return the rows that share the key of the first one."""
    at = rows.columns.index("key")
    return Rows(rows.columns, tuple(row for row in rows.rows if row[at] == rows.rows[0][at]), rows.kind)


def _list(main: tuple[Value, ...], _: tuple[Value, ...]) -> tuple[Outcome, tuple[Value, ...]]:
    return ("answered" if main else "nothing"), main


def _yes(main: tuple[Value, ...], besides: tuple[Value, ...]) -> tuple[Outcome, tuple[Value, ...]]:
    """Return 是 where the articles say so, 否 where they deny it, and nothing else: what they do not say may still be so."""
    told = main or tuple(each for each in besides if each.status == "denied")
    if not told:
        return "nothing", ()
    best = told[0]
    word = "是" if main else "否"
    return "answered", (
        replace(best, text=word, forms=("没有", "不是") if word == "否" else ("有",), iri=""),
    )


def _count(main: tuple[Value, ...], besides: tuple[Value, ...]) -> tuple[Outcome, tuple[Value, ...]]:
    """Return how many there are, the doubtful ones too; the things themselves stay known by what proves them."""
    if not main:
        return "nothing", ()
    doubtful = tuple(each for each in besides if each.status != "denied" and not each.former)
    counted = (*main, *doubtful)
    nodes = tuple(dict.fromkeys(node for value in counted for node in value.nodes))
    names = tuple(value.text for value in counted)
    sure = min(value.confidence for value in counted)
    return "answered", (Value(str(len(counted)), names, nodes=nodes, confidence=sure),)


def _one(main: tuple[Value, ...], _: tuple[Value, ...]) -> tuple[Outcome, tuple[Value, ...]]:
    """Return the one value; where there are several, it must first be said which is meant."""
    if not main:
        return "nothing", ()
    return ("answered" if len(main) == 1 else "several"), main


_FORMS: Final[
    Mapping[str, Callable[[tuple[Value, ...], tuple[Value, ...]], tuple[Outcome, tuple[Value, ...]]]]
] = {"list": _list, "first": _list, "yes": _yes, "count": _count, "one": _one}
