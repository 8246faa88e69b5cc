"""What the articles of a job are called, and where what was set aside stands: what only all rows together say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.corpus.listing import Aside
from kg.spark.intake import ASIDE
from kg.text.source import told_apart

__all__ = ["COLUMNS", "Names", "aside_of", "names_of"]

COLUMNS: Final = ("bucket", "sha256", "name", "origin", "id")
"""The columns of the table of articles from which names are made."""


@dataclass(frozen=True, slots=True)
class Names:
    """The texts of a job, each once."""

    many: Mapping[int, int]  # texts, by bucket
    other: Mapping[str, str]  # the names of those that are not called what their row says, by checksum
    lines: int  # articles, with those that have the text of another

    @property
    def texts(self) -> int:
        """How many texts there are."""
        return sum(self.many.values())


def names_of(rows: Iterable[Mapping[str, Any]], failed: Collection[str] = ()) -> Names:
    """Return what the texts of articles are called, as the listing of a corpus would call them.

    Args:
        rows: articles, in any order.
        failed: checksums of those that could not be read.
    """
    own = sorted(
        (row["origin"], row["id"], row["sha256"], row["name"], row["bucket"])
        for row in rows
        if row["bucket"] != ASIDE and row["sha256"] not in failed
    )
    first: dict[str, tuple[str, int]] = {}
    for _, _, sha256, name, bucket in own:
        first.setdefault(sha256, (name, bucket))
    told = told_apart(name for name, _ in first.values())
    many: dict[int, int] = defaultdict(int)
    for _, bucket in first.values():
        many[bucket] += 1
    pairs = zip(first, told, first.values(), strict=True)
    other = {sha256: name for sha256, name, (before, _) in pairs if name != before}
    return Names(dict(sorted(many.items())), other, len(own))


def aside_of(rows: Iterable[Mapping[str, Any]]) -> list[Aside]:
    """Return what was set aside, each with the number that its line has in its file, sorted.

    Args:
        rows: those of no article: ``origin``, ``block``, ``number``, ``what``, ``hint``.
    """
    lines: dict[str, dict[int, int]] = defaultdict(dict)
    found = []
    for row in rows:
        if row["what"] is None:
            lines[row["origin"]][row["block"]] = row["number"]
        else:
            found.append(row)
    return sorted(
        {
            Aside(
                row["origin"],
                row["number"]
                + sum(many for block, many in lines[row["origin"]].items() if block < row["block"]),
                row["what"],
                row["hint"],
            )
            for row in found
        }
    )
