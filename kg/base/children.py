"""How this process starts others: with its own way to modules, and never with the working directory on it.

Python puts the working directory first on the path of ``-c`` and ``-m``, also for the processes that ``multiprocessing``
spawns. A ``random.py`` beside the articles would run in them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final

from kg.base.overlay import VARIABLE, active

__all__ = ["command", "environment", "processors", "safe_path"]

_SAFE: Final = "PYTHONSAFEPATH"
_HOME: Final = Path(__file__).resolve().parents[2]  # where kg itself lies: it may be the working directory
_LOCK: Final = Lock()


def command(*arguments: str) -> list[str]:
    """Return the command that starts this Python with some arguments."""
    return [sys.executable, "-P", *arguments]


def environment() -> Mapping[str, str]:
    """Return the environment in which such a process finds the modules this one has, and the user's knowledge."""
    path = os.pathsep.join(path for path in sys.path if _safe(path))
    return {**os.environ, **_knowledge(), _SAFE: "1", "PYTHONPATH": path}


def _knowledge() -> Mapping[str, str]:
    folder = active().folder
    return {VARIABLE: str(folder.resolve())} if folder else {}


def _safe(path: str) -> bool:
    if not path:
        return False
    found = Path(path).resolve()
    return found == _HOME or found != Path.cwd()


@contextmanager
def safe_path() -> Iterator[None]:
    """Have what ``multiprocessing`` starts inside leave the working directory alone: it takes no command of ours.

    What it starts finds the user's knowledge too.
    """
    with _LOCK:
        own = {_SAFE: "1", **_knowledge()}
        before = {name: os.environ.get(name) for name in own}
        os.environ.update(own)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


def processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1
