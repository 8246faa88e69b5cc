"""Our reader, as far as the graph as Turtle: what it answers is in the form that is scored, with a digest of the graph.

With a model in the task, that proposes facts too, and what it alone proposes counts (as with ``kg build --model --accept-model``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from lines import serve

if TYPE_CHECKING:
    from kg.base.model import Fact, Figure, Reading


def _make(task: dict[str, Any]) -> Callable[[str, str], dict[str, Any]]:
    import kg

    kg.build_text(
        "甲市召开会议\n甲市市长王小明主持会议。"
    )  # models and lists are loaded before the clock runs
    if task.get("url"):
        return _asking(task)
    return lambda name, text: _answer(kg.build_text(text, name=name))


def _asking(task: dict[str, Any]) -> Callable[[str, str], dict[str, Any]]:
    import kg
    from kg.api import build_articles
    from kg.text.source import article_of

    def answer(name: str, text: str) -> dict[str, Any]:
        with TemporaryDirectory() as cache, catch_warnings():  # nothing is kept for the next run
            simplefilter("error", UserWarning)  # passages without an answer: the article failed
            proposer = kg.Proposer(task["model"], task["url"], cache=cache, accept=True)
            return _answer(build_articles(proposer.answered([article_of(text, name)])))

    return answer


def _answer(known: Any) -> dict[str, Any]:
    (reading,) = known.readings
    return {
        "entities": [{"id": each.id, "type": each.type, "names": each.names} for each in reading.entities],
        "relations": [_fact(each) for each in reading.facts if not each.derived],
        "figures": [_figure(each, reading) for each in reading.figures],
        "graph": hashlib.sha256(known.to_turtle().encode()).hexdigest(),
    }


def _fact(each: Fact) -> dict[str, Any]:
    return {
        "subject": each.subject,
        "predicate": each.predicate,
        "object": each.object,
        "role": each.role,
        "quote": each.evidence[0].quote,
        "status": each.status,
    }


def _figure(each: Figure, reading: Reading) -> dict[str, Any]:
    return {
        "value": f"{each.value:f}",
        "unit": each.unit,
        "modifier": each.modifier,
        "label": each.of,
        "owner": each.subject,
        "quote": each.quote.of(reading.article.text),
    }


if __name__ == "__main__":
    serve(_make)
