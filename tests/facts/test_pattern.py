"""The pattern files: every pattern's own cases, and what a broken file is told."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from kg.base.errors import ResourceError
from kg.base.model import Token
from kg.base.resources import data_path, load_toml
from kg.facts.candidate import find_candidates
from kg.facts.marked import annotate, candidates, says
from kg.facts.pattern import (
    DOMAIN,
    Case,
    Pattern,
    compile_shape,
    faults_together,
    index_patterns,
    load_patterns,
    patterns_of,
    read_pattern,
    said_again,
    symbols,
)
from kg.facts.pattern_check import LABELS
from kg.facts.schemas import SCHEMAS

PATTERNS = load_patterns().all
VISITED = load_patterns().by_id["visited"]
GOOD = {
    "id": "x",
    "kind": "frame",
    "predicate": "visited",
    "description": "d",
    "confidence": 0.5,
    "cues": ["访问"],
    "passes": [["{甲|P}访问{乙|L}", "甲 > 乙"]],
    "fails": ["{甲|P}离开{乙|L}"],
}
SHAPE = {key: value for key, value in GOOD.items() if key != "cues"} | {
    "kind": "shape",
    "shape": "<s:P>到过<o:L>",
}
ENGINE = {key: value for key, value in GOOD.items() if key != "cues"} | {
    "kind": "engine",
    "reader": "post-stack",
}


def found_by(pattern: Pattern, case: Case) -> set[str]:
    return {
        says(candidate)
        for candidate in candidates(case.text)
        if any(firing.pattern == pattern.id for firing in candidate.firings)
    }


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
def test_pattern_finds_the_facts_of_its_passing_cases(pattern: Pattern) -> None:
    for case in pattern.passes:
        assert case.facts, case.text
        missing = set(case.facts) - found_by(pattern, case)
        assert not missing, f"{case.text}: {missing}"


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
def test_pattern_finds_nothing_in_its_failing_cases(pattern: Pattern) -> None:
    for case in pattern.fails:
        assert found_by(pattern, case) == set(case.facts), case.text


def test_every_predicate_has_patterns() -> None:
    assert {pattern.predicate for pattern in PATTERNS} == set(DOMAIN)


def test_shape_sees_types_not_names() -> None:
    shape = compile_shape("<s:O>旗下的?<o:O+>")
    mask = f"{symbols('O')}旗下{symbols('O')}、{symbols('O')}"
    match = shape.search(mask)
    assert match is not None
    assert match.span("o") == (3, 6)


WRONG: list[tuple[dict[str, object], str]] = [
    ({"predicate": "visitd"}, "did you mean 'visited'"),
    ({"predicate": ["visited"]}, "unknown predicate ['visited']"),
    ({"predicate": ""}, "'predicate' is missing or empty"),
    ({"kind": "frames"}, "did you mean 'frame'"),
    ({"kind": 1}, "unknown kind 1"),
    ({"id": ""}, "'id' is missing"),
    ({"id": "Ein Muster"}, "small letters, digits and hyphens"),
    ({"id": 7}, "'id' is 7, no text"),
    ({"description": ["d"]}, "'description' is ['d'], no text"),
    ({"description": " "}, "'description' is missing"),
    ({"cuess": ["访问"]}, "did you mean 'cues'"),
    ({"cues": []}, "'cues' is missing or empty"),
    ({"cues": "访问"}, "'cues' is not a list of words (write it as"),
    ({"cues": ["访问", ""]}, "it holds ''"),
    ({"cues": ["访问", 3]}, "it holds 3"),
    ({"cues": ["访问", ["走访"]]}, "it holds ['走访']"),
    ({"cues": ["访问", "走访", "访问"]}, "'cues' has '访问' twice"),
    ({"cues": ["访问 "]}, "leave the space out: '访问'"),
    ({"pos": ["verb"]}, "unknown pos 'verb'"),
    ({"pos": "v"}, "'pos' is not a list of words"),
    ({"boundary": "non"}, "did you mean 'none'"),
    ({"boundary": False}, "unknown boundary False"),
    ({"subject": "A"}, "does not suit visited (one of PO)"),
    ({"subject": "X"}, "the unknown type 'X'"),
    ({"subject": ["P"]}, "no letters of types"),
    ({"subject": "PP"}, "the type 'P' twice"),
    ({"object": "P"}, "does not suit visited (one of OL)"),
    ({"subject_side": "both"}, "unknown subject_side 'both'"),
    ({"object_side": "makrer"}, "did you mean 'marker'"),
    ({"object_side": "head"}, "unknown object_side 'head'"),
    ({"object_side": "marker"}, "needs 'markers'"),
    ({"markers": ["在"]}, "says nothing without object_side"),
    ({"markers": "在", "object_side": "marker"}, "'markers' is not a list of words"),
    ({"gap": "30"}, "'gap' is '30' (a whole number from 0 up, without quotes: gap = 24)"),
    ({"gap": -1}, "'gap' is -1"),
    ({"gap": 2.5}, "'gap' is 2.5"),
    ({"gap": True}, "'gap' is True"),
    ({"confidence": 9}, "'confidence' is 9 (a number above 0, up to 1"),
    ({"confidence": "0.8"}, "'confidence' is '0.8'"),
    ({"confidence": 0}, "'confidence' is 0"),
    ({"confidence": True}, "'confidence' is True"),
    ({"confidence": float("nan")}, "'confidence' is nan"),
    ({"carry": "always"}, "unknown carry 'always'"),
    ({"carry_types": "L"}, "'carry_types' has 'L', no type of the subject"),
    ({"carry_types": "Z"}, "the unknown type 'Z'"),
    ({"carry": "no", "carry_types": "P"}, "says nothing beside carry"),
    ({"turned": "yes"}, "true or false, without quotes"),
    ({"before": "("}, "'before' is no regular expression"),
    ({"not_after": "主办|"}, "'not_after' matches anywhere"),
    ({"after": ["了"]}, "'after' is ['了'], no text"),
    ({"object_like": ""}, "'object_like' is missing or empty"),
    ({"shape": "<s:P>到<o:L>"}, "'shape' is no field of a pattern of kind 'frame'"),
    ({"reader": "post-stack"}, "'reader' is no field of a pattern of kind 'frame'"),
    ({"takes_status": True}, "only of engine"),
    ({"fails": []}, "'fails' is missing"),
    ({"fails": "{甲|P}离开{乙|L}"}, "'fails' is missing"),
    ({"passes": [3]}, "holds no case: 3"),
    ({"passes": ["{甲|P}访问{乙|L}"]}, "a case without a fact"),
    ({"passes": [["{甲|P}访问{乙|L}", "甲访问乙"]]}, "no fact '甲访问乙'"),
    ({"passes": [["{甲|P}访问{乙|L}", "甲 > 丙"]]}, "'丙' is not marked"),
    ({"passes": [["{甲|X}访问{乙|L}", "甲 > 乙"]]}, "unknown type in '|X}'"),
    ({"passes": [["{甲|P访问{乙|L}", "甲 > 乙"]]}, "unknown type in '|P访'"),
    ({"passes": [["{甲访问", "甲 > 乙"]]}, "a brace is open"),
    ({"passes": [["甲}访问", "甲 > 乙"]]}, "a brace closes nothing"),
    ({"fails": ["{甲|P}离开{乙|L}", "{甲|P}离开{乙|L}"]}, "a case twice"),
    ({"fails": ["{甲|P}访问{乙|L}"]}, "a case passes and fails"),
]
WRONG_SHAPES: list[tuple[dict[str, object], str]] = [
    ({"shape": "<s:P>旗下"}, "needs the slots s and o"),
    ({"shape": "<s:P>(<o:L>"}, "no regular expression over names"),
    ({"shape": "<s:Z>到<o:L>"}, "unknown type 'Z'"),
    ({"shape": "<s:P>到<o:A>"}, "object type 'A' does not suit visited"),
    ({"shape": ["<s:P>到<o:L>"]}, "no text"),
    ({"shape": ""}, "'shape' is missing"),
    ({"gap": 3}, "'gap' is no field of a pattern of kind 'shape'"),
    ({"cues": []}, "'cues' is missing or empty"),
]
WRONG_ENGINES: list[tuple[dict[str, object], str]] = [
    ({"reader": "post-stak"}, "did you mean 'post-stack'"),
    ({"reader": ""}, "'reader' is missing"),
    ({"takes_status": "true"}, "true or false"),
    ({"subject": "P"}, "only of frame"),
]


@pytest.mark.parametrize(
    ("good", "change", "told"),
    [
        (good, *wrong)
        for good, all_wrong in ((GOOD, WRONG), (SHAPE, WRONG_SHAPES), (ENGINE, WRONG_ENGINES))
        for wrong in all_wrong
    ],
)
def test_broken_pattern_is_told_in_one_line_what_is_wrong(
    good: dict[str, object], change: dict[str, object], told: str
) -> None:
    with pytest.raises(ResourceError) as caught:
        read_pattern({**good, **change}, "data/patterns/x.toml")
    said = str(caught.value)
    assert told in said
    assert said.startswith("data/patterns/x.toml, pattern ")
    assert said.endswith(")"), "says how to mend it"
    assert "\n" not in said


UNSEEN = {
    "'before' is no regular expression",
    "'carry_types' has 'L', no type of the subject",
    "'confidence' is nan",
    "'not_after' matches anywhere",
    "'丙' is not marked",
    "a brace closes nothing",
    "a brace is open",
    "a case passes and fails",
    "a case twice",
    "a case without a fact",
    "does not suit visited (one of OL)",
    "does not suit visited (one of PO)",
    "leave the space out: '访问'",
    "needs 'markers'",
    "needs the slots s and o",
    "no fact '甲访问乙'",
    "no regular expression over names",
    "object type 'A' does not suit visited",
    "says nothing beside carry",
    "says nothing without object_side",
    "the type 'P' twice",
    "unknown type 'Z'",
    "unknown type in '|P访'",
    "unknown type in '|X}'",
}
"""What no JSON Schema can see: what fields say together, what stands in a sentence or a regular expression."""


def test_an_editor_marks_a_wrong_pattern() -> None:
    editor = Draft7Validator(SCHEMAS["pattern.schema.json"]())
    unseen = set()
    for good, all_wrong in ((GOOD, WRONG), (SHAPE, WRONG_SHAPES), (ENGINE, WRONG_ENGINES)):
        assert not list(editor.iter_errors({"pattern": [good]}))
        for change, told in all_wrong:
            if not list(editor.iter_errors({"pattern": [{**good, **change}]})):
                unseen.add(told)
    assert unseen == UNSEEN


@pytest.mark.parametrize("good", [GOOD, SHAPE, ENGINE])
def test_a_field_that_must_be_there_is_asked_for(good: dict[str, object]) -> None:
    for key in good:
        with pytest.raises(ResourceError, match=f"'?{key}'? is missing or empty"):
            read_pattern({name: value for name, value in good.items() if name != key}, "x.toml")


@pytest.mark.parametrize("good", [GOOD, SHAPE, ENGINE])
def test_good_pattern_is_read(good: dict[str, object]) -> None:
    read = read_pattern(good, "data/patterns/x.toml")
    assert read.cues == tuple(good.get("cues", ()))  # type: ignore[arg-type]
    assert read.passes == (Case("{甲|P}访问{乙|L}", ("甲 > 乙",)),)
    assert read.file == "data/patterns/x.toml"


def test_a_file_holds_patterns_only() -> None:
    with pytest.raises(ResourceError, match="unknown key 'patern'"):
        patterns_of({"patern": [GOOD]}, "x.toml")
    with pytest.raises(ResourceError, match="write each one under"):
        patterns_of({"pattern": GOOD}, "x.toml")


def test_a_wording_under_another_id_is_noticed() -> None:
    own = {"confidence": 0.4, "gap": 3, "subject": "P", "id": "again", "cues": ["问候", "访问"]}
    for other in (own, own | {"object": "L"}):
        (said,) = said_again([read_pattern(GOOD, "x.toml"), read_pattern({**GOOD, **other}, "y.toml")])
        assert str(said) == (
            "y.toml, pattern 'again': 'cues' '访问' is there already as 'x', with the same conditions (see x.toml)"
        )
    (said,) = said_again([read_pattern(SHAPE, "x.toml"), read_pattern({**SHAPE, "id": "again"}, "y.toml")])
    assert "the shape is there already as 'x'" in str(said)


def test_other_conditions_are_another_wording() -> None:
    for other in ({"after": "了"}, {"cues": ["走访"]}, {"pos": ["v"]}, {"predicate": "supported"}):
        both = [read_pattern(GOOD, "x"), read_pattern({**GOOD, "id": "y", **other}, "y")]
        assert list(said_again(both)) == []
    both = [read_pattern({**GOOD, "id": kind.lower(), "object": kind}, "x") for kind in "OL"]
    assert list(said_again(both)) == [], "what is visited is of another type"


def test_patterns_that_go_wrong_together_are_told() -> None:
    one = PATTERNS[0]
    engine = next(pattern for pattern in PATTERNS if pattern.reader)
    for added, told in (
        (one, f"two patterns are called '{one.id}'"),
        (replace(engine, id="other"), f"'reader' '{engine.reader}' is that of '{engine.id}'"),
        (replace(VISITED, id="other", cues=VISITED.cues[:1]), "is there already as 'visited'"),
    ):
        with pytest.raises(ResourceError, match=re.escape(told)):
            index_patterns((*PATTERNS, added))
    with pytest.raises(ResourceError, match=f"no pattern describes the reader '{engine.reader}'"):
        index_patterns(tuple(pattern for pattern in PATTERNS if pattern != engine))


def test_the_id_of_a_pattern_is_only_a_name() -> None:
    """Other ids for all engine patterns: the same is found."""
    renamed = index_patterns(
        tuple(replace(one, id=f"other-{one.id}") if one.reader else one for one in PATTERNS)
    )
    for one in PATTERNS:
        if not one.reader:
            continue
        for case in one.passes:
            found = {
                (says(candidate), candidate.status)
                for candidate in find_candidates(*annotate(case.text), renamed)
            }
            assert found == {(says(candidate), candidate.status) for candidate in candidates(case.text)}


def test_the_labels_are_those_of_the_tagger() -> None:
    given = {token.tag for case in PATTERNS for one in case.passes for token in words_of(one.text)}
    assert {"n", "v", "p", "PER"} <= given <= set(LABELS)


def words_of(marked: str) -> list[Token]:
    _, _, rows = annotate(marked)
    return [token for row in rows for token in row.tagged.tokens]


def test_the_patterns_that_come_with_kg_are_right_for_they_are_not_checked_whole_on_every_run() -> None:
    files = sorted(data_path("patterns").glob("*.toml"))
    strict = [
        pattern for path in files for pattern in patterns_of(load_toml(f"patterns/{path.name}"), path.name)
    ]

    assert [pattern.id for pattern in strict] == [pattern.id for pattern in PATTERNS]
    assert list(faults_together(PATTERNS)) == []


def test_a_wrong_expression_of_tested_patterns_is_one_line_at_its_first_use() -> None:
    pattern = read_pattern({**GOOD, "after": "("}, "data/patterns/x.toml", tested=True)

    assert pattern.after is not None
    with pytest.raises(ResourceError, match="'after' is no regular expression"):
        pattern.after.match("")


def test_a_copy_of_the_data_is_checked_when_it_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = tmp_path / "data"
    shutil.copytree(data_path(""), copied)
    file = sorted((copied / "patterns").glob("*.toml"))[0]
    file.write_text(
        file.read_text("utf-8").replace('kind = "frame"', 'kind = "frame"\nafter = "("', 1), "utf-8"
    )
    monkeypatch.setenv("KG_DATA", str(copied))

    with pytest.raises(ResourceError):
        load_patterns.__wrapped__()
