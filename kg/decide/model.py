"""The values of decisions; nothing here computes but what follows from the values alone.

    decisions.toml -> Decision* -> (with a Reading) Found* -> Decided

An anchor says what a decision is about by the article's checksum, the place and the words, so that it is found again whatever
the reader makes of the text later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final, Literal, get_args

from kg.base.model import Span

__all__ = [
    "FIELDS",
    "VERDICTS",
    "Change",
    "Decision",
    "EntityAnchor",
    "FactAnchor",
    "Fields",
    "FigureAnchor",
    "Verdict",
]

Verdict = Literal[
    "same",
    "apart",
    "unsure",
    "confirm",
    "reject",
    "change",
    "add",
    "name",
    "type",
    "code",
    "alias",
    "no-entity",
    "figure",
    "withdraw",
]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)


@dataclass(frozen=True, slots=True, order=True)
class EntityAnchor:
    """Some words of an article that name a thing. ``type`` is "" where the decision leaves it open."""

    article: str  # SHA-256 of its text
    span: Span
    words: str
    type: str = ""


@dataclass(frozen=True, slots=True, order=True)
class FactAnchor:
    """A fact, by what it ties and the quote it rests on. What only a fact added by hand has is None elsewhere."""

    article: str
    predicate: str  # local name
    subject: EntityAnchor
    object: EntityAnchor
    span: Span  # of the quote
    words: str  # the quote
    role: str | None = None
    status: str | None = None
    start: str | None = None  # EDTF: a day, a month or a year
    end: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class FigureAnchor:
    """A figure, by its own words."""

    article: str
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a fact is rather; None: as it was read."""

    predicate: str | None = None
    subject: EntityAnchor | None = None
    object: EntityAnchor | None = None
    role: str | None = None
    status: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. Which fields belong to which verdict says ``FIELDS``; ``line`` is where it stands in its file."""

    id: str  # "" until it is written
    verdict: Verdict
    a: EntityAnchor | None = None
    b: EntityAnchor | None = None
    fact: FactAnchor | None = None
    figure: FigureAnchor | None = None
    to: Change | None = None
    words: str | None = None
    means: str | None = None
    type: str | None = None
    label: str | None = None
    code: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    owner: EntityAnchor | None = None
    of: str | None = None
    by: str = ""
    on: date | None = None
    note: str = ""
    line: int = 0

    @property
    def content(self) -> Decision:
        """Return what is decided: without id and line, by whomever, whenever and why."""
        return replace(self, id="", by="", on=None, note="", line=0)

    @property
    def articles(self) -> tuple[str, ...]:
        """Return the checksums of the articles that it is about, sorted; none: it is about all of them, or a decision."""
        anchors = (self.a, self.b, self.fact, self.figure)
        return tuple(sorted({anchor.article for anchor in anchors if anchor is not None}))


@dataclass(frozen=True, slots=True)
class Fields:
    """What a verdict needs: one of several sets of fields, all of it, and what may stand beside."""

    needed: tuple[tuple[str, ...], ...]
    optional: tuple[str, ...] = ()
    some: bool = False  # at least one of the optional ones


FIELDS: Final[Mapping[Verdict, Fields]] = {
    "same": Fields((("a", "b"),)),
    "apart": Fields((("a", "b"), ("words", "type"))),
    "unsure": Fields((("a", "b"),)),
    "confirm": Fields((("fact",), ("figure",))),
    "reject": Fields((("fact",), ("figure",))),
    "change": Fields((("fact", "to"),)),
    "add": Fields((("fact",),)),
    "name": Fields((("a", "label"),)),
    "type": Fields((("a", "type"),)),
    "code": Fields((("a", "code"),)),
    "alias": Fields((("words", "means", "type"),)),
    "no-entity": Fields((("a",), ("words", "type"))),
    "figure": Fields((("figure",),), ("value", "unit", "owner", "label"), some=True),
    "withdraw": Fields((("of",),)),
}
