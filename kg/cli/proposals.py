"""What the summary of a build says of what language models proposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.base.language import language, say
from kg.cli.streams import tell

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = ["tell_proposals"]


def tell_proposals(graph: Graph) -> None:
    """Say what became of what models proposed, where any did."""
    from kg.graph.counts import count_proposals

    found = count_proposals(graph)
    if not (found.alone or found.agreed or found.refused):
        return
    tell(
        say(
            "  of the model: {alone} facts of its own (kg query proposed), {agreed} that rules found too, {refused} proposals refused (kg query refused)",
            alone=found.alone,
            agreed=found.agreed,
            refused=sum(found.refused.values()),
        )
    )
    if found.refused:
        tell(say("  refused: {listed}", listed=_reasons(found.refused)))


def _reasons(refused: Mapping[str, int]) -> str:
    from kg.propose.reasons import REASONS

    at = 0 if language() == "zh" else 1
    comma = "，" if at == 0 else ", "
    ranked = sorted(refused.items(), key=lambda each: (-each[1], each[0]))
    return comma.join(
        f"{REASONS[reason][at] if reason in REASONS else reason} {many}" for reason, many in ranked
    )
