"""A process that holds parts of a graph against the shapes for another one: parts come in, broken rules go out."""

from __future__ import annotations

import gc
import os
import sys
from typing import Final

from kg.base import sandbox
from kg.base.adopted import use_from_environment
from kg.base.pipes import receive, send

__all__ = ["work"]

_COLLECT_EVERY: Final = 100_000


def work(parent: int) -> None:
    """Judge what comes on standard input until nothing more comes: the whole life of the process."""
    sandbox.die_with(parent)
    sandbox.quiet()
    sandbox.forbid_network()
    gc.set_threshold(_COLLECT_EVERY, 20, 20)
    use_from_environment()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    from kg.graph.validate import load_shapes, verdict

    load_shapes()
    while True:
        try:
            part = receive(sys.stdin.buffer)
        except EOFError:
            return
        if not isinstance(part, tuple):
            return
        send(out, verdict(*part))
