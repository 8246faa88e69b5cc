"""Front matter: YAML above a note, in the one form that every reader of YAML takes for what it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

__all__ = ["front_matter"]

_UNPRINTABLE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What YAML does not take as it is, and JSON does."""


def front_matter(fields: Mapping[str, Any]) -> str:
    """Return fields as front matter, without those that are empty; texts are quoted, so that none is a date or a yes.

    >>> print(front_matter({"type": "Person", "aliases": [], "tags": ["kg"]}), end="")
    ---
    type: "Person"
    tags:
      - "kg"
    ---
    """
    lines = [
        line
        for name, value in fields.items()
        if value not in ("", None, [], {})
        for line in _field(name, value)
    ]
    return "\n".join(("---", *lines, "---", ""))


def _field(name: str, value: Any) -> list[str]:  # noqa: ANN401 - plain values
    if isinstance(value, list):
        return [f"{name}:", *(f"  - {_flow(each)}" for each in value)]
    return [f"{name}: {_flow(value)}"]


def _flow(value: Any) -> str:  # noqa: ANN401
    """Return a value on one line: JSON is YAML, but for a few characters."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name}: {_flow(each)}" for name, each in value.items() if each) + " }"
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
