"""A question in Chinese, answered as JSON."""

from __future__ import annotations

from typing import Any

from kg.questions.answer import answer
from kg.serve.answers.opened import Opened
from kg.serve.reply import Reply

__all__ = ["question"]


def question(opened: Opened, words: str) -> Reply:
    """Return the answer to a question, with the page of each fact that it rests on."""
    found: dict[str, Any] = answer(opened.graph, words, opened.texts_of).plain()
    for source in (*found["sources"], *found["passages"]):
        local = opened.local(source["node"])
        source["page"] = f"/id/{local}" if local else ""
    return Reply(200, "", found)
