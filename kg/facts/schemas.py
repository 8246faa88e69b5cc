"""The JSON Schemas of the files of knowledge, so that editors complete and check them while one writes.

They derive from the tables that the readers go by; ``python -m kg.facts.schemas`` renews them under ``data/schemas/``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, get_args

from kg.base.resources import data_path
from kg.facts.lists import WITH_END
from kg.facts.passage import LETTERS
from kg.facts.pattern import DOMAIN
from kg.facts.pattern_check import FIELDS, ID, KINDS, Field
from kg.names.work.knowledge import TYPES, Need

__all__ = ["FIRST_LINE", "SCHEMAS", "schema_text"]

FIRST_LINE: Final = "#:schema ../schemas/{}"
"""How a file names its schema."""

_Schema = dict[str, Any]
_WORD: Final[_Schema] = {"type": "string", "pattern": r"\S"}
_WORDS: Final[_Schema] = {"type": "array", "items": _WORD, "uniqueItems": True}
_TEXT: Final[_Schema] = {"type": "string", "pattern": r"\S"}
_CASES: Final[_Schema] = {
    "type": "array",
    "minItems": 1,
    "items": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]},
}


def _object(properties: Mapping[str, _Schema], required: list[str], **more: Any) -> _Schema:  # noqa: ANN401 - keywords of JSON Schema
    return {
        "type": "object",
        "properties": dict(properties),
        "required": required,
        "additionalProperties": False,
        **more,
    }


def _file(title: str, **more: Any) -> _Schema:  # noqa: ANN401 - keywords of JSON Schema
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **more}


# patterns ---------------------------------------------------------------------------------------------------------


def _field(key: str, field: Field) -> _Schema:
    letters = "".join(LETTERS)
    choices = tuple(DOMAIN) if key == "predicate" else field.choices
    kinds: dict[str, _Schema] = {
        "text": _TEXT,
        "choice": {"enum": list(choices)},
        "words": {**_WORDS, "minItems": 1, "items": {"enum": list(choices)} if choices else _WORD},
        "letters": {"type": "string", "pattern": f"^[{letters}]+$"},
        "regex": {**_TEXT, "format": "regex"},
        "number": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
        "count": {"type": "integer", "minimum": 0},
        "flag": {"type": "boolean"},
        "cases": _CASES,
    }
    if key == "id":
        return {"description": field.help, "type": "string", "pattern": f"^{ID.pattern}$"}
    return {"description": field.help, **kinds[field.type]}


def _pattern() -> _Schema:
    kinds = [
        _object(
            {
                key: {**_field(key, field), **({"const": kind} if key == "kind" else {})}
                for key, field in FIELDS.items()
                if kind in field.of
            },
            [key for key, field in FIELDS.items() if kind in field.must],
            title=kind,
        )
        for kind in KINDS
    ]
    by_kind = [{"if": {"properties": {"kind": {"const": one["title"]}}}, "then": one} for one in kinds]
    every = _object({key: _field(key, field) for key, field in FIELDS.items()}, [])
    one = {
        **every,
        "required": [key for key, field in FIELDS.items() if len(field.must) == len(KINDS)],
        "allOf": by_kind,
    }
    return _file(
        "Patterns of relations", **_object({"pattern": {"type": "array", "items": one}}, ["pattern"])
    )


# lists of words ---------------------------------------------------------------------------------------------------


def _list() -> _Schema:
    value: _Schema = {
        "anyOf": [
            _WORDS,
            _TEXT,
            {"type": "number"},
            {"type": "array", "items": {"$ref": "#/definitions/table"}, "minItems": 1},
            {"$ref": "#/definitions/table"},
        ]
    }
    rows = {"type": "array", "items": _WORDS}
    table = {
        "type": "object",
        "minProperties": 1,
        "properties": {"passes": {"anyOf": [_WORDS, rows]}},
        "additionalProperties": value,
    }
    with_end = {**_WORDS, "items": {"type": "string"}}
    return _file(
        "Lists of words",
        definitions={"table": table},
        type="object",
        properties={WITH_END: with_end, "passes": rows},
        additionalProperties=value,
    )


def _works() -> _Schema:
    flag: _Schema = {"type": "boolean"}
    count: _Schema = {"type": "integer", "minimum": 0}
    kind: _Schema = {"enum": list(TYPES)}
    named = {
        "type": "array",
        "minItems": 1,
        "items": {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2},
    }
    common: dict[str, _Schema] = {
        "id": _TEXT,
        "type": kind,
        "passes": named,
        "fails": {**_WORDS, "minItems": 1},
    }
    must = list(common)
    head = {
        **common,
        "words": _WORDS,
        "needs": {"enum": list(get_args(Need))},
        **dict.fromkeys(("bare", "after", "far", "joins", "at_time", "of_units"), flag),
        **dict.fromkeys(("least", "quoted_least"), count),
        "cues": {**_WORDS, "items": kind},
        **dict.fromkeys(("no_cues", "no_start"), _WORDS),
    }
    tables = {
        "head": _object(head, [*must, "words", "needs"]),
        "cue": _object({**common, "words": _WORDS}, [*must, "words"]),
        "shape": _object(
            {**common, "shape": {**_TEXT, "format": "regex"}, "holds": _WORDS, "of_issuer": flag},
            [*must, "shape", "holds"],
        ),
    }
    lists = {name: {"type": "array", "items": one, "minItems": 1} for name, one in tables.items()}
    words = {"type": "object", "additionalProperties": _WORDS}
    return _file("Names of works", **_object({"words": words, **lists}, ["words", *lists]))


SCHEMAS: Final = {"pattern.schema.json": _pattern, "list.schema.json": _list, "works.schema.json": _works}
"""The files under ``data/schemas/``, and what makes each."""


def schema_text(name: str) -> str:
    """Return a schema as its file holds it."""
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=1) + "\n"


def _main() -> None:
    for name in SCHEMAS:
        (data_path("schemas") / name).write_text(schema_text(name), encoding="utf-8")


if __name__ == "__main__":
    _main()
