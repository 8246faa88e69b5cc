"""A desk to decide at: takes decisions into the folder's file, and has the graph rebuilt whenever that file has changed.

What is acknowledged is on the disk. The rebuild is a process of its own, `kg decide`, which reads nothing again.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import secrets
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, Literal

from kg.base import children
from kg.base.errors import DecisionError, KgError
from kg.base.home import MANIFEST
from kg.base.intake import LARGEST_TEXT, read_file
from kg.decide.model import Decision
from kg.decide.read import read_decisions
from kg.decide.write import Appended, append

__all__ = ["Desk", "Standing", "pause"]

_LOG = logging.getLogger("kg.serve")
_LOOK: Final = 0.5  # seconds between two looks at the file
_AGAIN: Final = 1.0  # seconds after which a rebuild that met another writer is tried again
_LONGEST: Final = 60.0  # seconds between two tries of what fails for a reason that is none of the file's
_BUSY: Final = "is being written by another kg"

State = Literal["applied", "pending", "failed"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the graph that is served has all that is decided; why not, where it failed."""

    state: State
    problem: str = ""


def pause(tries: int) -> float:
    """Return how many seconds to wait for the next look, after so many tries in vain.

    >>> pause(0), pause(1), pause(3), pause(1000)
    (0.5, 1.0, 4.0, 60.0)
    """
    return min(_LOOK * 2.0 ** min(tries, 10), _LONGEST)


class Desk:
    """What takes decisions about the graph of a folder.

    Args:
        folder: as `kg build` wrote it.
        path: its file of decisions.
        articles: the checksums of its articles.
        token: what a client shows; a random one by default.
    """

    def __init__(self, folder: Path, path: Path, articles: frozenset[str], token: str = "") -> None:
        self.folder, self.path, self._articles = folder, path, articles
        self.token = token or secrets.token_urlsafe(24)
        self._done = b"" if self._is_behind() else self._digest()  # of the file as the graph has it
        self._failed: tuple[bytes, str] = (b"", "")
        self._trouble = ""  # what went wrong last, and may not the next time: whatever the file holds
        self._tries = 0  # in vain, one after the other
        self._task: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()

    def _is_behind(self) -> bool:
        """Say whether the file was changed after the graph was written: a server was killed in between."""
        try:
            return self.path.stat().st_mtime_ns > (self.folder / MANIFEST).stat().st_mtime_ns
        except OSError:
            return False

    def _digest(self) -> bytes:
        try:
            return hashlib.sha256(read_file(self.path, LARGEST_TEXT)).digest()
        except FileNotFoundError:
            return hashlib.sha256(b"").digest()
        except OSError as error:
            return str(error).encode()

    def is_token(self, given: str) -> bool:
        """Say whether what a client shows is the token."""
        return secrets.compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    # what is decided ------------------------------------------------------------------------------------------------

    async def take(self, decisions: Sequence[Decision]) -> Appended:
        """Add decisions to the file, and return once they are on the disk; the rebuild starts.

        Raises:
            DecisionError: one is about no article of the folder, or contradicts what stands there; nothing is written.
            OutputError: the file cannot be written.
        """
        for each in decisions:
            if strange := [sha256 for sha256 in each.articles if sha256 not in self._articles]:
                raise DecisionError(strange[0], "is no article of this graph", "reload the page")
        today = date.today()  # noqa: DTZ011 - the day where the one who decides is
        dated = [each if each.on is not None else replace(each, on=today) for each in decisions]
        done = await asyncio.to_thread(append, self.path, dated)
        self._wake.set()
        return done

    async def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions of the file.

        Raises:
            DecisionError: it does not hold what it should: somebody is writing it by hand.
        """
        return await asyncio.to_thread(read_decisions, self.path)

    async def standing(self) -> Standing:
        """Return whether what is decided is in the graph that is served."""
        now = await asyncio.to_thread(self._digest)
        if now == self._done:
            return Standing("applied")
        failed, problem = self._failed
        problem = problem if now == failed else self._trouble
        return Standing("failed", problem) if problem else Standing("pending")

    # the rebuild ----------------------------------------------------------------------------------------------------

    def start(self, look: Callable[[], Awaitable[object]]) -> None:
        """Start looking after the file; ``look`` takes up the new graph."""
        self._task = asyncio.create_task(self._watch(look))

    async def close(self) -> None:
        """Stop looking; a rebuild under way comes to its end by itself."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _watch(self, look: Callable[[], Awaitable[object]]) -> None:
        while True:
            try:
                await self._round(look)
            except Exception as error:  # noqa: BLE001 - the watch goes on
                self._tries += 1
                self._trouble = f"{type(error).__name__}: {error}"
                _LOG.exception("rebuilding failed", extra={"tries": self._tries})
            else:
                self._tries, self._trouble = 0, ""
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), pause(self._tries))
            self._wake.clear()

    async def _round(self, look: Callable[[], Awaitable[object]]) -> None:
        now = await asyncio.to_thread(self._digest)
        if now in (self._done, self._failed[0]):
            return
        problem = await self._rebuild()
        if _BUSY in problem:
            await asyncio.sleep(_AGAIN)
            return
        try:
            if not problem:
                await look()
        except KgError as error:
            problem = str(error)
        if problem:
            _LOG.warning("decisions not applied", extra={"problem": problem})
            self._failed = (now, problem)
        else:
            self._done = now

    async def _rebuild(self) -> str:
        """Write the graph again as people decided it; return what is wrong, "" for nothing."""
        command = children.command("-m", "kg", "decide", "-g", str(self.folder), "--lang", "en")
        process = await asyncio.create_subprocess_exec(
            *command, env=dict(children.environment()), stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
        )
        _, said = await process.communicate()
        if process.returncode == 0:
            return ""
        lines = said.decode("utf-8", "replace").strip().splitlines()
        return (lines[-1] if lines else f"ended with status {process.returncode}").removeprefix("kg: ")
