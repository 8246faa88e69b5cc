"""What a main event is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.base.model import EntityId, Fact, Figure, Moment, Span, Status

__all__ = ["DISASTER", "KINDS", "MainEvent"]

DISASTER: Final = "disaster"
KINDS: Final = ("meeting", "purchase", "bid", "penalty", "appointment", "prize")
"""The kinds that somebody does; a disaster happens."""


@dataclass(frozen=True, slots=True)
class MainEvent:
    """What an article is about.

    Attributes:
        kind: meeting, purchase, bid, penalty, appointment, prize or disaster.
        quote: where the article tells it best.
        facts: the facts that tell it; none for a disaster, or where the article names only one side.
        place: where it happened.
        date: when, where the same sentence or fact says.
        figures: magnitude and casualties, sums and shares.
        agents: who does it: meets, buys or sells, wins a bid, punishes, appoints, gives.
        patients: to whom: whose shares, who lets the contract, who is punished, appointed or honoured.
        status: planned or reported where the text does not say that it happened.
    """

    kind: str
    quote: Span
    facts: tuple[Fact, ...] = ()
    place: EntityId | None = None
    date: Moment | None = None
    figures: tuple[Figure, ...] = ()
    agents: tuple[EntityId, ...] = ()
    patients: tuple[EntityId, ...] = ()
    status: Status = "asserted"
