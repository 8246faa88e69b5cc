"""The schema: checked when it is loaded, and followed by everything that names what a graph holds."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest

from kg.base.errors import ResourceError
from kg.base.resources import load_toml
from kg.base.schema import FILE, ordered, read_schema, schema

ROOT = Path(__file__).parents[2]


@pytest.fixture
def raw() -> dict[str, Any]:
    return copy.deepcopy(load_toml(FILE))


def entry(raw: dict[str, Any], table: str, name: str) -> dict[str, Any]:
    return next(item for item in raw[table] if item["name"] == name)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("domain", ["Persn"], "did you mean 'Person'"),
        ("domain", [], "domain is empty"),
        ("range", "Organization", "no list of words"),
        ("range", [1], "no list of words"),
        ("label", "任职于", "no text in both languages"),
        ("label", {"zh": "任职于"}, "no text in both languages"),
        ("comment", {"zh": "x", "en": " "}, "no text in both languages"),
        ("inverse", "", "no text or empty"),
        ("symmetric", "yes", "true or false"),
        ("symmetric", True, "same types in domain and range"),
        ("takes_amount", 1, "true or false"),
        ("traits", ["of_a_live"], "did you mean 'of_a_life'"),
        ("fact_class", "org:Member", "did you mean 'org:Membership'"),
        ("broader", ["memberOf"], "no name of a standard term"),
        ("simetric", True, "did you mean 'symmetric'"),
        ("name", "holds position", "letters and digits only"),
        ("name", "Person", "taken by another term"),
        ("name", "worksFor", "stands there twice"),
    ],
)
def test_a_wrong_field_of_a_predicate_is_refused_in_one_line(
    raw: dict[str, Any], field: str, value: object, said: str
) -> None:
    entry(raw, "predicate", "holdsPosition")[field] = value

    with pytest.raises(ResourceError, match=said) as refused:
        read_schema(raw)

    assert "\n" not in str(refused.value)
    assert "predicate" in str(refused.value)


@pytest.mark.parametrize("field", ["name", "label", "comment", "domain", "range"])
def test_a_missing_field_is_refused(raw: dict[str, Any], field: str) -> None:
    del entry(raw, "predicate", "visited")[field]

    with pytest.raises(ResourceError, match=f"field '{field}' is missing"):
        read_schema(raw)


@pytest.mark.parametrize("letter", ["o", "PO", "O"])
def test_the_letter_of_a_type_is_its_own(raw: dict[str, Any], letter: str) -> None:
    entry(raw, "type", "Person")["letter"] = letter

    with pytest.raises(ResourceError, match="one capital letter of its own"):
        read_schema(raw)


@pytest.mark.parametrize(
    ("table", "name"), [("type", "Award"), ("kind", "Team"), ("status", "denied"), ("kind", "Media")]
)
def test_types_kinds_and_statuses_are_those_the_code_finds(
    raw: dict[str, Any], table: str, name: str
) -> None:
    item = entry(raw, table, name)
    raw[table].remove(item)
    with pytest.raises(ResourceError, match=f"{table} '{name}' is missing"):
        read_schema(raw)

    raw[table].append({**item, "name": "Unheard"})
    with pytest.raises(ResourceError, match=f"unknown {table} 'Unheard'"):
        read_schema(raw)


def test_an_unknown_or_a_missing_table_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(ResourceError, match="unknown table 'predicates'"):
        read_schema({**raw, "predicates": []})

    del raw["status"]
    with pytest.raises(ResourceError, match=r"there is no \[\[status\]\]"):
        read_schema(raw)


def test_the_ends_of_a_symmetric_fact_are_stored_in_sorted_order() -> None:
    assert ordered("partneredWith", "b", "a") == ordered("partneredWith", "a", "b") == ("a", "b")
    assert ordered("investedIn", "b", "a") == ("b", "a")


def test_no_predicate_is_named_in_the_code() -> None:
    names = re.compile(rf"[\"']({'|'.join(schema().predicates)})[\"']")
    code = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "kg").rglob("*.py"))}

    assert [f"{path.name}: {found[1]}" for path, text in code.items() for found in names.finditer(text)] == []


NUMBERS = dict(
    zip(
        ["six", "seven", "eight", "fourteen", "fifteen", "eighteen", "nineteen"],
        (6, 7, 8, 14, 15, 18, 19),
        strict=True,
    )
)
HAN = dict(zip(("六", "七", "八", "十四", "十五", "十八", "十九"), (6, 7, 8, 14, 15, 18, 19), strict=True))


def test_the_readme_lists_the_types_and_predicates_of_the_schema() -> None:
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    types = re.search(r"(\w+) types \(([^)]*)\)", text)
    predicates = re.search(r"(\w+) predicates \(([^)]*)\)", text)

    assert types
    assert predicates
    assert types[2].split(", ") == [*schema().types]
    assert predicates[2].split(", ") == [*schema().predicates]
    assert NUMBERS[types[1].lower()] == len(schema().types)
    assert NUMBERS[predicates[1].lower()] == len(schema().predicates)


def test_the_chinese_readme_lists_the_types_and_predicates_by_their_labels() -> None:
    text = "".join((ROOT / "README.zh.md").read_text(encoding="utf-8").split())
    types = re.search(r"(\w)种实体类型（([^）]*)）", text)
    predicates = re.search(r"，(\w+)种关系（([^）]*)）", text)

    assert types
    assert predicates
    assert types[2].split("、") == [term.label.zh for term in schema().types.values()]
    assert predicates[2].split("、") == [term.label.zh for term in schema().predicates.values()]
    assert HAN[types[1]] == len(schema().types)
    assert HAN[predicates[1]] == len(schema().predicates)
