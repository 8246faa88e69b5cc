"""How many of the questions are answered right: a floor that only rises."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

import kg

FILE = Path(__file__).parent / "own.toml"
RIGHT, WRONG = 0.80, 0.02
"""At least, and at most."""

TYPED, TYPED_WHOLE, TYPED_WRONG = 0.33, 0.15, 0.04
"""Of the questions that five people typed, most of which no fact answers."""

WORDED = 0.75
"""Of the wordings that different people would type, at least."""


@pytest.mark.no_cover
def test_most_are_answered_right_and_hardly_any_wrong(asking: ModuleType, corpus: kg.KnowledgeGraph) -> None:
    _, questions = asking.read_questions(FILE)
    asked = list(asking.ask_all(questions, corpus))
    counted = Counter(each.verdict for each in asked)

    assert len(asked) >= 150
    assert counted["right"] >= RIGHT * len(asked)
    assert counted["wrong"] < WRONG * len(asked)


@pytest.mark.no_cover
def test_most_are_answered_right_in_the_wordings_of_many_people(
    asking: ModuleType, gold: kg.KnowledgeGraph
) -> None:
    _, questions = asking.read_questions(FILE.with_name("wordings.toml"))
    asked = list(asking.ask_all(questions[::2], gold))
    counted = Counter(each.verdict for each in asked)

    assert len(questions) >= 110
    assert counted["right"] >= WORDED * len(asked)
    assert counted["wrong"] <= WRONG * len(asked)


@pytest.mark.no_cover
def test_what_the_articles_do_not_say_is_not_answered(asking: ModuleType, gold: kg.KnowledgeGraph) -> None:
    _, questions = asking.read_questions(FILE.with_name("unsaid.toml"))
    asked = list(asking.ask_all(questions[::3], gold))

    assert len(questions) >= 120
    assert sum(each.verdict == "wrong" for each in asked) <= WRONG * len(asked)


def test_many_typed_questions_are_answered_if_only_by_a_sentence(
    asking: ModuleType, said: kg.KnowledgeGraph
) -> None:
    _, questions = asking.read_questions(FILE.with_name("typed.toml"))
    asked = list(asking.ask_all(questions[::2], said))
    counted = Counter(each.verdict for each in asked)

    assert len(questions) >= 500
    assert counted["right"] + counted["in a sentence"] >= TYPED * len(asked)
    assert counted["in a sentence"] >= TYPED_WHOLE * len(asked)
    assert counted["wrong"] <= TYPED_WRONG * len(asked)


@pytest.mark.parametrize(
    ("right", "values", "verdict"),
    [
        ([["董事长"]], ["董事长"], "right"),
        ([["董事长", "长河董事长"]], ["长河董事长"], "right"),
        ([["甲"], ["乙"]], ["甲"], "in part"),
        ([["甲"]], ["甲", "乙"], "wrong"),
        ([], ["甲"], "wrong"),
        ([], [], "right"),
        ([["甲"]], [], "silent"),
        ([["“全国劳动模范”"]], ["全国劳动模范"], "right"),
        ([["4600人"]], ["4600余人"], "right"),
        ([["3260名"]], ["3260人"], "right"),
        ([["48.6亿元"]], ["486000万元"], "right"),
        ([["48.6亿元"]], ["48.5亿元"], "wrong"),
    ],
)
def test_how_an_answer_is_judged(
    asking: ModuleType, right: list[list[str]], values: list[str], verdict: str
) -> None:
    question = asking.Question("？", tuple(map(tuple, right)))
    given = asking.Answer(
        "？", "answered" if values else "nothing", "", values=tuple(map(asking.Value, values))
    )

    assert asking.judged(question, given) == verdict
