"""A ``kg`` that has its modules loaded: each command is a process of its own, forked from one that waits.

Four fifths of what a short command costs is loading; a page of documentation has dozens of them. What is forked is `kg.cli.app.run`
with the words, folder, environment and streams of whoever calls, and no article was read before.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

__all__ = ["kg_at"]

CALLER: Final = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as there:
    there.connect({door!r})
    socket.send_fds(there, [b"."], [0, 1, 2])
    there.sendall(json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode("utf-8", "surrogateescape"))
    there.shutdown(socket.SHUT_WR)
    sys.exit(int(there.recv(16)))
"""
LOADED: Final = (
    "kg.api", "kg.cli.app", "kg.cli.writing", "kg.corpus.folder", "kg.corpus.pool", "kg.export.table", "kg.graph.query",
    "kg.graph.rows", "kg.graph.validate", "kg.graph.verify", "kg.questions.answer", "kg.view.dossier", "kg.view.page",
    "numpy", "pyoxigraph", "rdflib",
)  # fmt: skip
"""What commands load that starts no thread: the tagger's engine is loaded by whoever reads."""


@contextmanager
def kg_at(folder: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Put a program ``kg`` into a folder, that works until the block ends."""
    door = str(folder / "door")
    program = folder / "kg"
    program.write_text(CALLER.format(python=sys.executable, door=door), encoding="utf-8")
    program.chmod(0o755)
    command = [
        sys.executable,
        "-c",
        "from tests.docs.forking import wait; import sys; wait(sys.argv[1])",
        door,
    ]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as waiting:
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == b"ready\n"
        try:
            yield
        finally:
            waiting.terminate()


def wait(door: str) -> None:
    """Load what commands need, and run each that is sent in a process of its own, until the end."""
    for name in LOADED:
        __import__(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(door)
        listening.listen()
        os.write(1, b"ready\n")
        while True:
            caller, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                _serve(caller)
            caller.close()


def _serve(caller: socket.socket) -> None:
    """Run one command, and tell its exit status."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, streams, _, _ = socket.recv_fds(caller, 1, 3)
    sent = b"".join(iter(lambda: caller.recv(1 << 16), b""))
    worker = os.fork()
    if worker == 0:
        caller.close()
        _run(streams, *json.loads(sent.decode("utf-8", "surrogateescape")))
    _, status = os.waitpid(worker, 0)
    caller.sendall(str(os.waitstatus_to_exitcode(status) & 0xFF).encode())
    os._exit(0)


def _run(streams: list[int], words: list[str], folder: str, environment: dict[str, str]) -> None:
    from kg.cli.app import run

    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - they live as long as the process
    sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))  # noqa: SIM115
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv[:] = ["kg", *words]
    run()
