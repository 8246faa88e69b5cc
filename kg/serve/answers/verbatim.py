"""Whether some words stand in the texts of the articles."""

from __future__ import annotations

from kg.graph.verbatim import plain
from kg.graph.verbatim import verify_quote as verified
from kg.serve.answers.opened import Opened
from kg.serve.reply import Reply

__all__ = ["verify_quote"]


def verify_quote(opened: Opened, words: str, limit: int) -> Reply:
    """Return whether words stand in the texts of the store, and where."""
    return Reply(
        200,
        "",
        plain(verified(words, opened.graph, opened.texts, limit)),
    )
