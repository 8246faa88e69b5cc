"""Ways of finding a subject: their names, and that each has exactly one factor."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from kg.base.errors import ResourceError
from kg.base.resources import load_toml
from kg.facts.marked import candidates
from kg.facts.pattern import load_patterns
from kg.facts.way import Base, Modifier, Way, factors, read_factors, way_of

GOOD = load_toml("language/ways.toml")


def changed(table: str, key: str, value: object) -> dict[str, Any]:
    raw = deepcopy(GOOD)
    if value is None:
        del raw[table][key]
    else:
        raw[table][key] = value
    return raw


@pytest.mark.parametrize("base", Base)
def test_every_base_has_a_factor(base: Base) -> None:
    (factor,) = factors().of(Way(base))
    assert factor == GOOD["base"][base.value]


@pytest.mark.parametrize("modifier", Modifier)
def test_every_modifier_has_a_factor(modifier: Modifier) -> None:
    assert factors().of(Way(Base.STACK, (modifier,))) == (1.0, GOOD["modifier"][modifier.value])


@pytest.mark.parametrize(
    ("table", "key", "value", "told"),
    [
        ("base", "left", None, "way 'left' has no factor in [base]"),
        ("base", "lefft", 0.5, "no way is called 'lefft'"),
        ("base", "left", "much", "factor of 'left' in [base] is not above 0"),
        ("base", "left", 1.5, "factor of 'left'"),
        ("base", "left", True, "factor of 'left'"),
        ("base_modified", "left", 0.5, "no way is called 'left' in [base_modified]"),
        ("base_modified", "left-noun", None, "way 'left-noun' has no factor"),
        ("modifier", "only", None, "way 'only' has no factor in [modifier]"),
        ("modifier", "onyl", 0.5, "no way is called 'onyl'"),
    ],
)
def test_wrong_table_of_factors_is_refused(table: str, key: str, value: object, told: str) -> None:
    with pytest.raises(ResourceError) as caught:
        read_factors(changed(table, key, value))
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "way", [Way(base, parts) for base in Base for parts in ((), (Modifier.OWN,))], ids=str
)
def test_name_of_a_way_gives_the_way(way: Way) -> None:
    assert way_of(str(way)) == way


def test_name_of_a_way_joins_its_parts() -> None:
    way = Way(Base.INNER, (Modifier.WIDER, Modifier.ONLY, Modifier.OTHER))
    assert str(way) == "inner-wider-only-other"
    assert way_of("inner-wider-only-other") == way


@pytest.mark.parametrize("name", ["", "lefft", "left-lefft", "only"])
def test_unknown_name_is_no_way(name: str) -> None:
    with pytest.raises(ValueError, match=r"called|valid"):
        way_of(name)


def test_kind_of_clause_counts_less_beside_how_the_body_was_found() -> None:
    alone, modified = (factors().of(Way(Base.CARRIED_NOUN, parts)) for parts in ((), (Modifier.INHERITED,)))
    assert alone < modified


def test_every_way_the_readers_name_in_the_patterns_cases_is_one() -> None:
    texts = [case.text for pattern in load_patterns().all[::4] for case in pattern.passes]
    found = {firing.subject_by for text in texts for one in candidates(text) for firing in one.firings}
    assert {str(way_of(name)) for name in found} == found
    assert len(found) > 8
