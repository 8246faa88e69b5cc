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

__all__ = ["command", "environment", "safe_path"]

_SAFE: Final = "PYTHONSAFEPATH"
_HOME: Final = Path(__file__).resolve().parents[2]  # where kg itself lies: it may be the working directory
_LOCK: Final = Lock()


def command(*arguments: str) -> list[str]:
    """Return the command that starts this Python with some arguments."""
    return [sys.executable, "-P", *arguments]


def environment() -> Mapping[str, str]:
    """Return the environment in which such a process finds the modules this one has."""
    return {**os.environ, _SAFE: "1", "PYTHONPATH": os.pathsep.join(path for path in sys.path if _safe(path))}


def _safe(path: str) -> bool:
    if not path:
        return False
    found = Path(path).resolve()
    return found == _HOME or found != Path.cwd()


@contextmanager
def safe_path() -> Iterator[None]:
    """Have what ``multiprocessing`` starts inside leave the working directory alone: it takes no command of ours."""
    with _LOCK:
        before = os.environ.get(_SAFE)
        os.environ[_SAFE] = "1"
        try:
            yield
        finally:
            if before is None:
                del os.environ[_SAFE]
            else:
                os.environ[_SAFE] = before
