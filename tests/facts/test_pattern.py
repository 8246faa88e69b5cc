"""The pattern files: every pattern's own cases, and what a broken file is told."""

from __future__ import annotations

import pytest

from kg.base.errors import ResourceError
from kg.facts.marked import candidates, says
from kg.facts.pattern import DOMAIN, Case, Pattern, compile_shape, load_patterns, read_pattern, symbols

PATTERNS = load_patterns().all
GOOD = {
    "id": "x",
    "kind": "frame",
    "predicate": "visited",
    "description": "d",
    "confidence": 0.5,
    "cues": ["访问"],
    "passes": ["{甲|P}访问{乙|L}"],
    "fails": ["{甲|P}离开{乙|L}"],
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


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"predicate": "visitd"}, "did you mean 'visited'"),
        ({"kind": "frames"}, "did you mean 'frame'"),
        ({"cuess": ["访问"]}, "did you mean 'cues'"),
        ({"cues": []}, "a frame needs cues"),
        ({"subject": "A"}, "does not suit visited"),
        ({"fails": []}, "'fails' is missing"),
        ({"before": "("}, "no regular expression"),
        ({"kind": "shape", "shape": "<s:O>旗下"}, "needs the slots s and o"),
        ({"passes": [3]}, "no case"),
    ],
)
def test_broken_pattern_is_told_in_one_line_what_is_wrong(change: dict[str, object], told: str) -> None:
    with pytest.raises(ResourceError) as caught:
        read_pattern({**GOOD, **change}, "data/patterns/x.toml")
    assert told in str(caught.value)
    assert "pattern 'x'" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_good_pattern_is_read() -> None:
    assert read_pattern(GOOD, "x").cues == ("访问",)
