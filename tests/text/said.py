"""What is the same of an article in whatever format it was read, for tests."""

from __future__ import annotations

from kg.base.model import Reading


def said(reading: Reading) -> tuple[object, ...]:
    """Return what was read in an article, but for where it stands."""
    names = {each.id: each.name for each in reading.entities}
    entities = {(each.type, each.kind, each.name, each.names) for each in reading.entities}
    facts = {
        (names[each.subject], each.predicate, names[each.object], each.role, each.status)
        for each in reading.facts
    }
    figures = [(each.value, each.unit, each.modifier, each.of) for each in reading.figures]
    return entities, facts, figures
