"""The cases of every kind of question: those it must read, those it must leave alone; and that its SPARQL is SPARQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.base.errors import QueryError, ResourceError
from kg.base.language import say
from kg.base.late import late
from kg.base.schema import schema
from kg.graph.query import ask
from kg.graph.store import Graph
from kg.questions.grammar import Grammar, Pattern, grammar, read_grammar
from kg.questions.lexicon import lexicon, read_lexicon
from kg.questions.match import Matcher
from kg.questions.model import Name, Reading
from kg.questions.sparql import sparql_of
from kg.questions.words import Span, Words, tidy, words_of

__all__ = ["case_words", "check_questions", "counted", "failing"]

_MARKED: Final = late(r"\{([^{}|]+)\|(\w+)\}")
_SORTS: Final = ("role", "measure")


def check_questions(folder: Path | None = None) -> tuple[str, list[str]]:
    """Return how much there is in a folder of questions (default: kg's own) in one line, and what is wrong in it.

    Raises:
        ResourceError: an entry cannot be read.
    """
    found = grammar() if folder is None else read_grammar(folder)
    _ = lexicon() if folder is None else read_lexicon(folder)
    wrong = list(failing(found))
    kinds, cases = counted(found)
    verdict = say("{wrong} wrong", wrong=len(wrong)) if wrong else say("all right")
    return say(
        "{kinds} kinds of questions, {cases} cases: {verdict}", kinds=kinds, cases=cases, verdict=verdict
    ), wrong


def counted(grammar: Grammar) -> tuple[int, int]:
    """Return how many kinds of questions there are, and how many cases."""
    kinds = [pattern.kind for pattern in (*grammar.patterns, *grammar.phrases)]
    return len(kinds), sum(len(kind.cases.passes) + len(kind.cases.fails) for kind in kinds)


def failing(grammar: Grammar) -> Iterator[str]:
    """Yield a line for each case that does not turn out as it says, and for each query that is none."""
    empty = Graph()
    for pattern in (*grammar.patterns, *grammar.phrases):
        for case in pattern.kind.cases.passes:
            reading = _read(grammar, pattern, case)
            if reading is None:
                yield f"{pattern.kind.where}: does not read: {case}"
            else:
                yield from _wrong_query(grammar, reading, empty)
        for case in pattern.kind.cases.fails:
            if _read(grammar, pattern, case) is not None:
                yield f"{pattern.kind.where}: reads what it must leave alone: {case}"


def _read(grammar: Grammar, pattern: Pattern, case: str) -> Reading | None:
    """Return how a kind reads a case; where several kinds do, each is asked for an answer, so none must be the first."""
    words = case_words(case, pattern.kind.where)
    return min(Matcher(grammar, words).readings(pattern), key=lambda reading: reading.cost, default=None)


def _wrong_query(grammar: Grammar, reading: Reading, graph: Graph) -> Iterator[str]:
    try:
        ask(graph, sparql_of(reading, grammar, graph.base))
    except QueryError as error:
        yield f"{reading.kind.where}: {error.what}"


def case_words(case: str, where: str) -> Words:
    """Return a case as a question, in which what stands in braces is known.

    Raises:
        ResourceError: what stands in braces is of no type.
    """
    letters = {term.letter: name for name, term in schema().types.items()}
    plain, spans = "", list[Span]()
    done = 0
    text = tidy(re.sub(r"[？?。]$", "", case))
    for match in _MARKED.finditer(text):
        plain += text[done : match.start()]
        start, done = len(plain), match.end()
        plain += match[1]
        if match[2] in _SORTS:
            spans.append(Span(start, len(plain), match[2], Name(match[1]), match[1]))  # type: ignore[arg-type]
        elif match[2] in letters:
            name = Name(match[1], ("https://example.org/kg/case",), frozenset((letters[match[2]],)))
            spans.append(Span(start, len(plain), "name", name))
        else:
            raise ResourceError(
                where, f"unknown type {match[2]!r} in {case}", f"one of {' '.join(letters)} role measure"
            )
    plain += text[done:]
    return words_of(plain, spans)
