"""The JSON Schemas: made from what the readers go by, named in every file, and right about right and wrong entries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli
from jsonschema import Draft7Validator

from kg.base.resources import data_path
from kg.facts.schemas import FIRST_LINE, SCHEMAS, schema_text

FILES = sorted([*data_path("patterns").glob("*.toml"), *data_path("language").glob("*.toml")])


def validator(name: str) -> Draft7Validator:
    schema = SCHEMAS[name]()
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def schema_of(path: Path) -> str:
    if path.parent.name == "patterns":
        return "pattern.schema.json"
    return "works.schema.json" if path.name == "works.toml" else "list.schema.json"


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_files_are_what_the_readers_go_by(name: str) -> None:
    written = (data_path("schemas") / name).read_text(encoding="utf-8")
    assert written == schema_text(name), "run `python -m kg.facts.schemas`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_names_its_schema_and_keeps_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[0] == FIRST_LINE.format(schema_of(path))
    errors = [error.message for error in validator(schema_of(path)).iter_errors(tomli.loads(text))]
    assert not errors


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("list.schema.json", {"words": ["甲", "甲"]}),
        ("list.schema.json", {"words": ["甲", " "]}),
        ("list.schema.json", {"words": ["甲", 3]}),
        ("list.schema.json", {"table": {"words": [["甲"]]}}),
        ("works.schema.json", {"words": {}, "cue": [], "head": [], "shape": []}),
        ("works.schema.json", {"words": {}, "heads": []}),
    ],
)
def test_an_editor_marks_a_wrong_list(name: str, wrong: dict[str, Any]) -> None:
    assert list(validator(name).iter_errors(wrong))
