"""The parts that the OpenAPI description is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["listed", "number", "operation", "problem", "record", "ref"]


def number(name: str, least: int, most: int, default: int) -> dict[str, Any]:
    """Return a parameter that is a whole number."""
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": default}
    return {"name": name, "in": "query", "required": False, "schema": schema}


def operation(
    name: str,
    summary: str,
    parameters: Sequence[Mapping[str, Any]],
    answers: Mapping[str, Any],
    method: str = "get",
) -> dict[str, Any]:
    """Return an operation on a path: what it takes and answers."""
    content = {media: {"schema": schema} for media, schema in answers.items()}
    described = {
        "operationId": name,
        "summary": summary,
        "parameters": list(parameters),
        "responses": {
            "200": {"description": "The answer", "content": content},
            "400": problem("A parameter is wrong"),
            "503": problem("No worker has time, or the question took too much memory"),
            "504": problem("The question took too long"),
        },
    }
    return {method: described}


def problem(what: str) -> dict[str, Any]:
    """Return an answer that says in one object what is wrong."""
    return {"description": what, "content": {"application/problem+json": {"schema": ref("Problem")}}}


def ref(name: str) -> dict[str, str]:
    """Return a reference to one of the schemas."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(required: Sequence[str], /, **properties: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON Schema
    """Return the schema of an object with fields, some of them required."""
    return {"type": "object", "required": list(required), "properties": properties}


def listed(items: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a list."""
    return {"type": "array", "items": items}
