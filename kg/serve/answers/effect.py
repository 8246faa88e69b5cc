"""Whether decisions about two things would do anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.base.errors import DecisionError
from kg.decide.plain import from_plain
from kg.graph.effect import demand_effect
from kg.serve.answers.opened import Opened, refusal
from kg.serve.reply import Reply

__all__ = ["effect"]


def effect(opened: Opened, new: Sequence[Any], standing: Sequence[Any]) -> Reply:
    """Return that decisions, as JSON has them, do something beside those that stand, or why one of them would not."""
    decisions, others = ([from_plain(each, "decision") for each in some] for some in (new, standing))
    try:
        demand_effect(opened.graph, decisions, others)
    except DecisionError as error:
        return refusal(409, str(error))
    return Reply(200, "", b"")
