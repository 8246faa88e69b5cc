"""A process that holds parts of a graph against the shapes for another one: parts come in, broken rules go out."""

from __future__ import annotations

from collections.abc import Callable

from kg.base.process_pool import answer_each
from kg.graph.validate import Verdict, load_shapes, verdict

__all__ = ["work"]


def work(parent: int) -> None:
    """Judge what comes on standard input: the whole life of the process."""
    answer_each(parent, _ready)


def _ready() -> Callable[[tuple[frozenset[str], bytes]], Verdict]:
    load_shapes()
    return lambda part: verdict(*part)
