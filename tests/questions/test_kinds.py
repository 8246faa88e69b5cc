"""The kinds of questions, as data: each with its cases, none of them known to the code."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kg.base.errors import ResourceError
from kg.base.resources import data_path
from kg.base.schema import schema
from kg.graph.query import ask
from kg.graph.store import Graph
from kg.questions.check import case_words, check_questions, failing
from kg.questions.grammar import FOLDER, Pattern, grammar, read_grammar
from kg.questions.match import Matcher
from kg.questions.model import Bound, Name, Reading
from kg.questions.sparql import sparql_of

KG = Path(__file__).parents[2] / "kg"


def test_every_case_of_every_kind_turns_out_as_it_says() -> None:
    assert list(failing(grammar())) == []


def test_there_are_kinds_enough_and_each_says_what_it_reads_and_what_not() -> None:
    kinds = [pattern.kind for pattern in grammar().patterns]

    assert len(kinds) >= 40
    assert [kind.id for kind in kinds if not kind.cases.passes or not kind.cases.fails] == []


def test_no_code_of_questions_names_a_relation() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (KG / "questions").glob("*.py")}
    named = [
        (file, name)
        for file, text in texts.items()
        for name in schema().predicates
        if re.search(rf"\b{name}\b", text)
    ]

    assert named == []


def test_every_relation_of_the_schema_can_be_asked_for() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in data_path(FOLDER).glob("*.toml"))
    posts = {name for name, term in schema().predicates.items() if term.fact_class == "org:Membership"}

    assert [name for name in schema().predicates if name not in texts and name not in posts] == []


def copied(tmp_path: Path, file: str, old: str, new: str) -> Path:
    folder = tmp_path / FOLDER
    shutil.copytree(data_path(FOLDER), folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("posts.toml", "{body}{role}(是|", "{body}{rolle}(是|", "unknown slot 'rolle'"),
        ("posts.toml", 'id = "holder"', 'id = "removed"', "is there twice"),
        ("posts.toml", "<hold><what>", "<holds><what>", "unknown class of words <holds>"),
        ("posts.toml", '"date", "planned"]', '"dates", "planned"]', "unknown modifier 'dates'"),
        ("posts.toml", "form = ", "forms = ", "unknown field 'forms'"),
        ("posts.toml", "{person}先后(", "{person}先后((", "lacks ')'"),
        ("deeds.toml", '"receivedAward"', '"receivedAwards"', "unknown relation 'receivedAwards'"),
        ("deeds.toml", '"(归){o}', '"{o}(归){o}', "needs one {o}"),
        ("acts.toml", "passes = [", "# [", "passes"),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    with pytest.raises(ResourceError) as caught:
        read_grammar(copied(tmp_path, file, old, new))

    assert said in str(caught.value)
    assert file in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_case_that_turns_out_otherwise_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path, "posts.toml", 'fails = ["谁担任', 'fails = ["{李明山|P}是谁", "谁担任')

    line, wrong = check_questions(folder)

    assert wrong == ["questions/posts.toml posts-of-person: reads what it must leave alone: {李明山|P}是谁"]
    assert "1 wrong" in line


def test_a_query_that_is_none_is_told(tmp_path: Path) -> None:
    folder = copied(
        tmp_path, "posts.toml", "SELECT DISTINCT ?thing ?role ?fact WHERE {", "SELECT ?thing ?role WHERE {{"
    )

    _, wrong = check_questions(folder)

    assert wrong
    assert all("posts-of-person" in line for line in wrong)


def test_a_question_inside_a_question_makes_sparql_in_every_slot_of_every_kind() -> None:
    known, empty = grammar(), Graph()
    inner = [reading for pattern in known.phrases if (reading := _first(pattern)) is not None]
    tried = 0
    for pattern in known.patterns:
        reading = _first(pattern)
        assert reading is not None
        for at, bound in enumerate(reading.bound):
            for phrase in inner if isinstance(bound.value, Name) else ():
                filled = (*reading.bound[:at], Bound(bound.slot, phrase), *reading.bound[at + 1 :])
                ask(empty, sparql_of(replace(reading, bound=filled), known, empty.base))
                tried += 1

    assert tried > len(known.patterns)


def _first(pattern: Pattern) -> Reading | None:
    words = case_words(pattern.kind.cases.passes[0], pattern.kind.id)
    return min(Matcher(grammar(), words).readings(pattern), key=lambda each: each.cost, default=None)
