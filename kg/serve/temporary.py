"""The folder of a server that serves files: what it loads them into, gone when it ends, or at the latest when the next one starts.

A server that was killed cannot clean up. So each holds a lock in its folder, which the system frees with its process;
a folder whose lock is free belongs to nobody.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg.base.intake import open_file
from kg.graph.disk import lock

__all__ = ["own_folder", "remove_left"]

_PREFIX: Final = "kg-serve-"
_HELD: Final = "USED"
_HOUR: Final = 3600.0


@contextmanager
def own_folder() -> Iterator[Path]:
    """Yield a folder of this process alone, and remove those of processes that have ended."""
    remove_left()
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with (folder / f"{_HELD}.part").open("wb") as held:
            lock(held, shared=True)
            (folder / f"{_HELD}.part").replace(folder / _HELD)  # there when it is locked, never before
            yield folder


def remove_left() -> None:
    """Remove the folders of this user's servers that have ended."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            if _is_mine(folder):
                _remove_if_left(folder)
        except OSError:  # another start removes it at the same time, or it is another user's
            continue


def _is_mine(folder: Path) -> bool:
    about = folder.lstat()
    return stat.S_ISDIR(about.st_mode) and about.st_uid == getattr(os, "getuid", lambda: about.st_uid)()


def _remove_if_left(folder: Path) -> None:
    try:
        with open_file(folder / _HELD) as held:
            if lock(held, shared=False):
                shutil.rmtree(folder, ignore_errors=True)
    except FileNotFoundError:  # one that starts just now, unless it was killed then
        if folder.lstat().st_mtime < time.time() - _HOUR:
            shutil.rmtree(folder, ignore_errors=True)
