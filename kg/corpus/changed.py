"""What a corpus that grows or shrinks changes in who is one with whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.corpus.model import Identity, Member, Thing

__all__ = ["ThingsChanged", "things_changed"]


@dataclass(frozen=True, slots=True)
class ThingsChanged:
    """The labels of things of several articles, sorted; an entity of an article that came or went counts nowhere."""

    joined: tuple[str, ...]  # that were several things
    split: tuple[str, ...]  # that are several things now
    new: int  # things none of whose entities was there
    gone: int  # things none of whose entities is there any more


def things_changed(before: Identity, after: Identity) -> ThingsChanged:
    """Return what changes when one identity takes the place of another."""
    old, new = _by_member(before.things), _by_member(after.things)
    return ThingsChanged(
        _in_several(after.things, old),
        _in_several(before.things, new),
        sum(not any(member in old for member in thing.members) for thing in after.things),
        sum(not any(member in new for member in thing.members) for thing in before.things),
    )


def _by_member(things: Iterable[Thing]) -> dict[Member, str]:
    return {member: thing.key for thing in things for member in thing.members}


def _in_several(things: Iterable[Thing], other: dict[Member, str]) -> tuple[str, ...]:
    """Return the labels of the things whose entities the other identity has in several."""
    return tuple(
        sorted(
            thing.label
            for thing in things
            if len({other[member] for member in thing.members if member in other}) > 1
        )
    )
