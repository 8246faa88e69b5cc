"""How often the interpreter looks for rings of garbage while articles are read: seldom, for hardly any come about."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

__all__ = ["SELDOM", "seldom_collected"]

SELDOM: Final = (100_000, 20, 20)
"""New values, and collections of them, between two collections of garbage."""


class _State:
    """How many in this process want it so at once, and how it was before the first of them."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.users = 0
        self.before = gc.get_threshold()


_state: Final = _State()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Have the interpreter look for rings of garbage less often for a while: among the values of an article there are none.

    As often as before again when the last one is done that wanted it, in whatever thread; never more often than before.
    """
    with _state.lock:
        if not _state.users:
            _state.before = gc.get_threshold()
            if 0 < _state.before[0] < SELDOM[0]:
                gc.set_threshold(*SELDOM)
        _state.users += 1
    try:
        yield
    finally:
        with _state.lock:
            _state.users -= 1
            if not _state.users:
                gc.set_threshold(*_state.before)
