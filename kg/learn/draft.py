"""A reading -> a draft of its article's annotation, for a person to correct: wrong lines out, missing ones in.

What rules and what a language model found stand together; each relation says who found it, how sure it is and by which words, so
that it can be checked without looking for it. Programs that read annotations pass these fields over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from kg.base.model import BY_MODEL, EntityId, Fact, Figure, Reading
from kg.text.source import told_apart

__all__ = ["draft_files", "draft_of"]

_UNSAID: Final = ("denied", "planned")


def draft_files(readings: Sequence[Reading]) -> dict[str, bytes]:
    """Return ``ID.txt`` and ``ID.json`` of each article."""
    files: dict[str, bytes] = {}
    names = told_apart(reading.article.name for reading in readings)
    for reading, name in zip(readings, names, strict=True):
        files[f"{name}.txt"] = reading.article.text.encode("utf-8", "surrogatepass")
        files[f"{name}.json"] = _written(draft_of(reading, name))
    return files


def draft_of(reading: Reading, name: str) -> dict[str, Any]:
    """Return the draft of an annotation."""
    ids = {entity.id: f"e{number}" for number, entity in enumerate(reading.entities, 1)}
    return {
        "article": name,
        "entities": [
            {
                "id": ids[entity.id],
                "type": [entity.type],
                "names": list(entity.names),
                "optional": False,
                **({"found_by": entity.proposed_by} if entity.proposed_by else {}),
            }
            for entity in reading.entities
        ],
        "relations": [_relation(fact, ids) for fact in _said(reading.facts)],
        "figures": [_figure(figure, ids) for figure in reading.figures],
    }


def _said(facts: Iterable[Fact]) -> Iterable[Fact]:
    return (fact for fact in facts if not fact.derived and fact.status not in _UNSAID)


def _relation(fact: Fact, ids: dict[EntityId, str]) -> dict[str, Any]:
    by = fact.model if fact.pattern == BY_MODEL else "rules" + (f", {fact.model}" if fact.model else "")
    return {
        "s": ids[fact.subject],
        "p": [fact.predicate],
        "o": ids[fact.object],
        **({"role": fact.role} if fact.role else {}),
        "optional": False,
        "found_by": by,
        "sure": fact.confidence,
        "quote": fact.evidence[0].quote,
    }


def _figure(figure: Figure, ids: dict[EntityId, str]) -> dict[str, Any]:
    return {
        "value": float(figure.value),
        "unit": [figure.unit],
        "modifier": [figure.modifier],
        "of": figure.of,
        "subject": [ids[figure.subject] if figure.subject else None],
        "optional": False,
        "sure": figure.confidence,
        "quote": figure.text,
    }


def _written(value: dict[str, Any]) -> bytes:
    """Return a draft as JSON with a line for each item, so that one is taken out, or put in, as a line."""
    rows = ["{", f' "article": {_line(value["article"])},']
    for key in ("entities", "relations", "figures"):
        comma = "," if key != "figures" else ""
        items = ",\n".join(f"  {_line(item)}" for item in value[key])
        rows.append(f' "{key}": [\n{items}\n ]{comma}' if items else f' "{key}": []{comma}')
    return ("\n".join([*rows, "}"]) + "\n").encode("utf-8", "surrogatepass")


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
