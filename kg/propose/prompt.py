"""``Passage`` -> what a language model is asked: instructions, the closed lists of the schema, the passage in its fence.

The same passage and schema give the same prompt, and so the same key under which the answer is kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

from kg.base.errors import ResourceError
from kg.base.overlay import per_overlay
from kg.base.resources import load_toml
from kg.base.schema import Schema, schema
from kg.propose.passage import Passage
from kg.propose.proposal import FIELDS

__all__ = ["FILE", "Prompt", "default_confidence", "prompt_of"]

FILE: Final = "propose.toml"
_FORM: Final = "1"  # of keys and of the files under them
_CLOSED: Final = {"predicate": "predicates", "subject_type": "types", "object_type": "types"}


@dataclass(frozen=True)
class Prompt:
    """What is asked about one passage."""

    model: str
    mark: str  # of the passage
    user: str
    form: dict[str, Any]  # JSON Schema of the answer

    @property
    def system(self) -> str:
        """The instructions."""
        return _instructions().replace("{mark}", self.mark)

    @cached_property
    def key(self) -> str:
        """The name under which the answer is kept."""
        parts = (_FORM, _rules().version, self.model, self.system, self.user, _written(self.form))
        return sha256(_written(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def __len__(self) -> int:
        return len(self.system) + len(self.user)


@dataclass(frozen=True)
class _Rules:
    version: str
    rules: tuple[str, ...]
    settled: tuple[str, ...]
    confidence: dict[str, float]


@per_overlay
def _rules() -> _Rules:
    raw = load_toml(FILE)
    try:
        return _Rules(
            str(raw["version"]),
            tuple(map(str, raw["rules"])),
            tuple(map(str, raw["settled"])),
            {str(name): float(value) for name, value in raw["confidence"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ResourceError(f"data/{FILE}", f"does not hold what it should: {error!r}") from error


def default_confidence() -> dict[str, float]:
    """Return how sure proposals are where nobody measured them, by predicate; "": all others."""
    return dict(_rules().confidence)


def prompt_of(passage: Passage, model: str) -> Prompt:
    """Return what a model is asked about a passage."""
    mark = sha256(
        _written([passage.title, passage.before, passage.text]).encode("utf-8", "surrogatepass")
    ).hexdigest()[:16]
    parts = (("title", passage.title), ("before", passage.before), ("article", passage.text))
    user = "\n".join(f"<{name}-{mark}>\n{words}\n</{name}-{mark}>" for name, words in parts if words)
    return Prompt(model, mark, user, answer_form())


@per_overlay
def _instructions() -> str:
    found, rules = schema(), _rules()
    types = [f"- {name}：{term.label.zh}。{term.comment.zh}" for name, term in found.types.items()]
    predicates = [
        f"- {name}（{'/'.join(term.domain)} → {'/'.join(term.range)}）：{term.label.zh}。{term.comment.zh}"
        for name, term in found.predicates.items()
    ]
    example = json.dumps({"facts": [dict.fromkeys(FIELDS, "…")]}, ensure_ascii=False)
    return "\n".join(
        [
            *rules.rules,
            "类型：",
            *types,
            "关系（主体 → 客体）：",
            *predicates,
            "约定：",
            *(f"- {each}" for each in rules.settled),
            f"输出格式（json）：{example}",
        ]
    )


@per_overlay
def answer_form() -> dict[str, Any]:
    """Return the JSON Schema of an answer: a closed list of predicates and types, all else words."""
    own = {name: _field(schema(), name) for name in FIELDS}
    item = {
        "type": "object",
        "properties": own,
        "required": list(FIELDS),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"facts": {"type": "array", "items": item}},
        "required": ["facts"],
        "additionalProperties": False,
    }


def _field(found: Schema, name: str) -> dict[str, Any]:
    closed = _CLOSED.get(name)
    return {"type": "string", "enum": list(getattr(found, closed))} if closed else {"type": "string"}


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
