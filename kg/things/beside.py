"""Names of which the net is half sure: they may stand beside what else is found, and take no other name's place.

Bodies and events are what the rules miss most. On articles that neither rules nor net had seen, such bodies were right in 30 of 36
cases, such events in 10 of 16, other types and other cuts of a name seldom.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.base.late import late
from kg.base.model import Mention, Span
from kg.names.heads import head_class
from kg.names.lexicon import organizations

BESIDE: Final = 0.35
"""From which confidence on; chosen by the F1 of typed names and of relations on articles that the net had not seen."""

_SIZE: Final = late(r"[\d.]+级")


def may_stand(name: Mention, sure: float) -> bool:
    """Say whether the net is sure enough of an event, or of a body that is called by its head.

    A body's head alone names none, nor what it is called by from within (校党委), nor one with the verb before it (控股甲酒店),
    nor how large an event is (5.3级地震).
    """
    if sure < BESIDE:
        return False
    text = name.text
    if name.type == "Activity":
        return _SIZE.match(text) is None
    return (
        name.type == "Organization"
        and bool(head_class(text))
        and text not in organizations().strong
        and not text.startswith((*organizations().from_within, *organizations().owning))
    )


def is_beside(name: Mention, over: Iterable[tuple[Span, Mention]]) -> bool:
    """Say whether a name says nothing against those it lies over: it crosses none, and is no other cut of one.

    A body may hold a place or an event, and be part of any name; an event only holds others.
    """
    return all(
        (name.type == "Organization" and other.holds(name.span))
        or (name.span.holds(other) and found.type != name.type)
        for other, found in over
    )


def nests(one: Span, other: Span) -> bool:
    """Say whether one of two spans holds the other."""
    return one.holds(other) or other.holds(one)
