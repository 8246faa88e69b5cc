"""Loading in a process of its own: a file that ends the engine, or takes all memory, leaves the server as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from kg.base import children, sandbox
from kg.base.adopted import use_from_environment
from kg.base.errors import GraphError, KgError, OutputError
from kg.serve.bulk_load import Loaded, Progress, Source, load_store

__all__ = ["load_apart", "work"]

ROOM: Final = 4 << 30
"""Bytes of address space that a load may take besides ``TIMES`` the size of its files, where the system can limit it."""

TIMES: Final = 40


def load_apart(
    sources: Sequence[Source],
    store: Path,
    progress: Progress = lambda _step, _done, _all: None,
    made_of: str = "",
) -> Loaded:
    """Do what ``load_store`` does, in a process with a limit of memory that ends with this one.

    Raises:
        GraphError: a graph cannot be read, or reading it ended the process.
        OutputError: the store cannot be written, or another load is under way.
    """
    question = {
        "parent": os.getpid(),
        "store": str(store),
        "made_of": made_of,
        "sources": [[str(each.path), str(each.articles or "")] for each in sources],
    }
    process = subprocess.Popen(
        children.command("-c", "import kg.serve.loading; kg.serve.loading.work()"),
        env=children.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    answer: dict[str, Any] = {}
    with process:
        if process.stdin is None or process.stdout is None:
            raise GraphError(store, "its loading did not start")
        try:
            process.stdin.write(json.dumps(question).encode())
            process.stdin.close()
            for line in process.stdout:
                answer = json.loads(line)
                if "step" in answer:
                    progress(answer["step"], answer["done"], answer["all"])
        except BaseException:
            process.kill()
            raise
    if "loaded" in answer:
        loaded = answer["loaded"]
        return Loaded(Path(loaded["folder"]), loaded["triples"], loaded["seconds"], loaded["indexing"])
    if "error" in answer:
        kind = OutputError if answer["error"] == OutputError.__name__ else GraphError
        raise kind(answer["where"], answer["what"], answer["hint"])
    names = ", ".join(str(source.path) for source in sources[:3])
    raise GraphError(
        names, f"ended the process that read it (status {process.returncode})", "is it a graph that kg wrote?"
    )


def work() -> None:
    """Load what standard input asks for; tell progress and result as lines of JSON: the whole life of the process."""
    question = json.loads(sys.stdin.buffer.read())
    sandbox.die_with(question["parent"])
    sandbox.forbid_network()
    use_from_environment()
    sources = [Source(Path(path), Path(texts) if texts else None) for path, texts in question["sources"]]
    size = sum(source.path.stat().st_size for source in sources if source.path.exists())
    sandbox.limit_memory(ROOM + TIMES * size)
    saying = threading.Lock()

    def say(**what: object) -> None:
        with saying:
            sys.stdout.write(json.dumps(what, default=str) + "\n")
            sys.stdout.flush()

    try:
        loaded = load_store(
            sources,
            Path(question["store"]),
            lambda step, done, every: say(step=step, done=done, all=every),
            question["made_of"],
        )
    except KgError as error:
        say(error=type(error).__name__, where=error.where, what=error.what, hint=error.hint)
    except MemoryError:
        say(
            error="GraphError",
            where=question["store"],
            what="loading needs more memory than it may take",
            hint="load fewer files",
        )
    else:
        say(loaded=asdict(loaded))
