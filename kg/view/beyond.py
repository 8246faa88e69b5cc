"""The things that a page only names, as it carries them: short, for there are many."""

from __future__ import annotations

from collections.abc import Iterable

from kg.view.picture import Named

__all__ = ["data_of_beyond"]


def data_of_beyond(named: Iterable[Named]) -> list[list[str | int]]:
    """Return things as lists: names with a tab between them, type, how many articles name it, and the numbers of some."""
    return [["\t".join(each.names), each.type, each.articles, *each.among] for each in named]
