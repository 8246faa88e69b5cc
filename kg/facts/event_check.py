"""The cases of the shapes of main events, tried: what each has to find in sentences with their names marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from kg.base.errors import ResourceError
from kg.base.model import EntityId
from kg.facts.event_shapes import told_by, told_by_lines
from kg.facts.event_words import DisasterWords, EventWords, KindWords, Shape
from kg.facts.marked import annotate

__all__ = ["failing_shapes", "shapes_of"]

_NOTHING: Final = "nothing"


def shapes_of(words: EventWords) -> Iterator[tuple[KindWords, Shape]]:
    """Yield every shape with the words of its kind."""
    for kind in words.kinds.values():
        for shape in (*kind.shapes, *kind.fields):
            yield kind, shape


def failing_shapes(words: EventWords) -> Iterator[ResourceError]:
    """Yield each expression that is none, and each case that fails."""
    holders: tuple[EventWords | DisasterWords | KindWords, ...] = (
        words,
        words.disaster,
        *words.kinds.values(),
    )
    for holder in holders:
        for each in fields(holder):
            try:
                getattr(getattr(holder, each.name), "search", str)("")
            except ResourceError as error:
                yield error
    for kind, shape in shapes_of(words):
        try:
            yield from _failing(shape, kind)
        except ResourceError as error:
            yield error


def _failing(shape: Shape, kind: KindWords) -> Iterator[ResourceError]:
    for case in shape.passes:
        found = _sides(shape, kind, case.text)
        if found != [case.sides]:
            yield ResourceError(
                shape.where,
                f"finds {', and '.join(found) or _NOTHING} in {case.text}",
                f"it should find {case.sides}: see `passes`",
            )
    for text in shape.fails:
        for found_too in _sides(shape, kind, text):
            yield ResourceError(shape.where, f"finds {found_too} in {text}", "it should not: see `fails`")


def _sides(shape: Shape, kind: KindWords, text: str) -> list[str]:
    article, entities, rows = annotate(text)
    names = {entity.id: entity.name for entity in entities}
    links = {row.tagged.sentence: row.links for row in rows}
    if shape in kind.fields:
        found = told_by_lines((shape,), article.text, links, kind)
    else:
        found = (
            one
            for sentence, own in links.items()
            for one in told_by((shape,), article.text, sentence, own, kind)
        )
    return [f"{_side(one.agents, names)} > {_side(one.patients, names)}".strip() for one in found]


def _side(side: tuple[EntityId, ...], names: dict[EntityId, str]) -> str:
    return ", ".join(names[one] for one in side)
