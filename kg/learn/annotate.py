"""A reading as people decided it -> the annotation of its article, as the guide for annotators has it.

What people said stands: confirmed, corrected and added facts and figures, and the things they are about. What was read and nobody
judged is optional: neither asked for nor wrong.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from kg.base.model import EntityId, Reading
from kg.decide.find import thing_at
from kg.decide.model import Decision, EntityAnchor

__all__ = ["annotation_of", "gold_files"]


def gold_files(readings: Iterable[Reading], decisions: Iterable[Decision]) -> dict[str, bytes]:
    """Return ``ID.txt`` and ``ID.json`` of each article that something was decided in."""
    every = tuple(decisions)
    files: dict[str, bytes] = {}
    for reading in readings:
        if any(each.anchored and each.of_article for each in reading.decided):
            name = reading.article.name
            files[f"{name}.txt"] = reading.article.text.encode()
            value = annotation_of(reading, every)
            files[f"{name}.json"] = (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
    return files


def annotation_of(reading: Reading, decisions: Iterable[Decision] = ()) -> dict[str, Any]:
    """Return the annotation of an article: its reading has the decisions; those that took something away are in ``decisions``."""
    facts = {number for each in reading.decided for number in each.facts}
    figures = {number for each in reading.decided for number in each.figures}
    settled = {entity for each in reading.decided for entity in each.entities}
    for number in facts:
        settled |= {reading.facts[number].subject, reading.facts[number].object}
    settled |= {owner for number in figures if (owner := reading.figures[number].subject) is not None}
    settled |= _ends_of_rejected(reading, decisions)
    ids = {entity.id: f"e{number}" for number, entity in enumerate(reading.entities, 1)}
    return {
        "article": reading.article.name,
        "entities": [_entity(reading, ids, settled, number) for number in range(len(reading.entities))],
        "relations": [
            {
                "s": ids[fact.subject],
                "p": [fact.predicate],
                "o": ids[fact.object],
                **({"role": fact.role} if fact.role else {}),
                "optional": number not in facts,
            }
            for number, fact in enumerate(reading.facts)
            if not fact.derived and fact.status != "denied"
        ],
        "figures": [
            {
                "value": float(figure.value),
                "unit": [figure.unit],
                "modifier": [figure.modifier],
                "of": figure.of,
                "subject": [ids[figure.subject] if figure.subject else None],
                "optional": number not in figures,
            }
            for number, figure in enumerate(reading.figures)
        ],
    }


def _entity(
    reading: Reading, ids: dict[EntityId, str], settled: Collection[EntityId], number: int
) -> dict[str, Any]:
    entity = reading.entities[number]
    return {
        "id": ids[entity.id],
        "type": [entity.type],
        "names": list(entity.names),
        "optional": entity.id not in settled,
    }


def _ends_of_rejected(reading: Reading, decisions: Iterable[Decision]) -> set[EntityId]:
    """Return the things that rejected facts tie: were they optional, the fact would not count as wrong."""
    applied = {each.id for each in reading.decided if each.anchored}
    anchors: list[EntityAnchor] = [
        end
        for each in decisions
        if each.verdict == "reject" and each.fact is not None and each.id in applied
        for end in (each.fact.subject, each.fact.object)
    ]
    entities = {entity.id: entity for entity in reading.entities}
    found = (thing_at(reading.article.text, entities, reading.links, each) for each in anchors)
    return {each for each in found if each is not None}
