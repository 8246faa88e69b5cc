"""``kg`` as a process of its own that has loaded what it needs: forked from one that waits with it.

Its words, streams, working directory, environment and exit status are those of a process that is started; only the second
is spared in which Python loads kg, and what a first reading loads. Tests of that second, of what is imported and from
where, start a Python.
"""

from __future__ import annotations

import atexit
import gc
import io
import json
import os
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO, Any, Final, NoReturn

__all__ = ["TEXT", "program", "run", "run_raw"]

TEXT: Final = "海川公司与明德大学签约\n海川公司董事长李明4月4日与明德大学签署协议，总投资3亿元。\n"

_LOADED: Final = ("KG_DATA", "KG_WEIGHTS", "PYTHON")
"""How variables begin that say what a Python loads once: where one of these is another, a new one is started."""

_PROGRAM: Final = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as there:
    there.connect({door!r})
    socket.send_fds(there, [b"."], [0, 1, 2])
    order = {{"words": sys.argv[1:], "first": "", "cwd": os.getcwd(), "env": dict(os.environ), "name": "kg"}}
    there.sendall(json.dumps(order).encode("utf-8", "surrogateescape"))
    there.shutdown(socket.SHUT_WR)
    told = b"".join(iter(lambda: there.recv(64), b""))
    sys.exit(int(told.split()[1]) & 0xFF)
"""


def program(folder: Path) -> None:
    """Put a program ``kg`` into a folder, for a shell that has it on its path."""
    path = folder / "kg"
    path.write_text(_PROGRAM.format(python=sys.executable, door=_nursery(os.getpid()).door), encoding="utf-8")
    path.chmod(0o755)


def run(*words: object, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run kg as `run_raw` does; what it says is text."""
    done = run_raw(*words, **more)
    out, err = (said.decode("utf-8").replace("\r\n", "\n") for said in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def run_raw(
    *words: object,
    first: str = "",
    input: str | bytes = b"",  # noqa: A002 - as `subprocess` has it
    stdin: IO[Any] | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = 120,
) -> subprocess.CompletedProcess[bytes]:
    """Run kg and wait for its end.

    Args:
        words: of its command.
        first: what its Python does before it.
        input: what it reads.
        stdin: where it reads, in place of an input.
        cwd: its working directory.
        env: its environment.
        timeout: seconds after which it is killed.
    """
    here = dict(os.environ if env is None else env)
    told = [str(word) for word in words]
    order = {"words": told, "first": first, "cwd": str(cwd or Path.cwd()), "env": here, "name": ""}
    nursery = _nursery(os.getpid())
    start = nursery.run if _loaded(here) == nursery.loaded else _started
    with tempfile.TemporaryFile() as given, _Pipe() as out, _Pipe() as err:
        given.write(input.encode() if isinstance(input, str) else input)
        given.seek(0)
        status = start(order, [(stdin or given).fileno(), out.end, err.end], timeout)
        return subprocess.CompletedProcess(told, status, out.read(), err.read())


class _Pipe:
    """A pipe that is read from the beginning, so that nobody waits who writes much."""

    def __init__(self) -> None:
        begin, self.end = os.pipe()
        self._said = b""
        self._reader = threading.Thread(target=self._take, args=(begin,))
        self._reader.start()

    def _take(self, begin: int) -> None:
        with open(begin, "rb") as stream:
            self._said = stream.read()

    def read(self) -> bytes:
        """Return what was written, once nobody writes any more."""
        self.__exit__()
        self._reader.join()
        return self._said

    def __enter__(self) -> _Pipe:
        return self

    def __exit__(self, *_: object) -> None:
        if self.end >= 0:
            os.close(self.end)
            self.end = -1


def _loaded(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_LOADED)}


def _started(order: dict[str, Any], streams: list[int], timeout: float) -> int:
    command = [sys.executable, "-m", "kg"]
    if order["first"]:
        code = f"{order['first']}\nimport runpy\nrunpy.run_module('kg', run_name='__main__', alter_sys=True)"
        command = [sys.executable, "-c", code]
    given, out, err = streams
    return subprocess.run(
        [*command, *order["words"]],
        stdin=given, stdout=out, stderr=err, cwd=order["cwd"], env=order["env"], timeout=timeout, check=False,
    ).returncode  # fmt: skip


class _Nursery:
    """The process that waits with everything loaded, and how it is asked for one."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="kg-")  # a short name: addresses are
        self.door = f"{self._folder}/door"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
        self.loaded = _loaded(environment)
        self._process = subprocess.Popen(
            [sys.executable, "-P", __file__, self.door],
            stdin=subprocess.PIPE,  # which ends when this process does, however it does
            stdout=subprocess.PIPE,
            env=environment,
            cwd=self._folder,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"
        atexit.register(self._end)

    def run(self, order: dict[str, Any], streams: list[int], timeout: float) -> int:
        with socket.socket(socket.AF_UNIX) as there, there.makefile("rb") as told:
            there.connect(self.door)
            socket.send_fds(there, [b"."], streams)
            there.sendall(json.dumps(order).encode())
            there.shutdown(socket.SHUT_WR)
            child = int(told.readline())
            if not select.select([there], [], [], timeout)[0]:
                os.kill(child, signal.SIGKILL)
                raise subprocess.TimeoutExpired(order["words"], timeout)
            return int(told.readline())

    def _end(self) -> None:
        with self._process:
            self._process.terminate()
        shutil.rmtree(self._folder, ignore_errors=True)


@cache
def _nursery(_process: int) -> _Nursery:
    """Return the one of a process of tests."""
    return _Nursery()


def _wait(door: str) -> None:
    """Load all, and be whatever process is asked for, until the tests end."""
    _load()
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(door)
        listening.listen()
        os.write(1, b"ready\n")
        while 0 not in select.select([0, listening.fileno()], [], [])[0]:
            caller, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                _serve(caller)
            caller.close()


def _load() -> None:
    """Do once what kg does, so that all is loaded that it loads on its way."""
    from typer.testing import CliRunner

    from kg.base.language import choose
    from kg.cli.app import app

    with tempfile.TemporaryDirectory() as folder:
        article, out = Path(folder, "a.txt"), Path(folder, "out")
        article.write_text(TEXT, encoding="utf-8")
        for words in (("build", str(article), "-o"), ("query", "people", "-g"), ("validate", "-g")):
            done = CliRunner().invoke(app, [*words, str(out)])
            assert done.exit_code == 0, done.output
    choose(None)


def _serve(caller: socket.socket) -> NoReturn:
    """Let one be born, and tell its number and how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, streams, _, _ = socket.recv_fds(caller, 1, 3)
    sent = b"".join(iter(lambda: caller.recv(1 << 16), b""))
    child = os.fork()
    if child == 0:
        caller.close()
        _live(json.loads(sent.decode("utf-8", "surrogateescape")), streams)
    for each in streams:
        os.close(each)
    caller.sendall(f"{child}\n".encode())
    _, status = os.waitpid(child, 0)
    caller.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def _live(order: dict[str, Any], streams: list[int]) -> NoReturn:
    """Be the process that was asked for."""
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.environ.clear()
        os.environ.update(order["env"])
        os.chdir(order["cwd"])
        for number, (name, mode) in enumerate((("stdin", "rb"), ("stdout", "wb"), ("stderr", "wb"))):
            raw = open(number, mode, closefd=False)  # noqa: SIM115 - lives as long as the process
            errors = "backslashreplace" if name == "stderr" else "surrogateescape"
            text = io.TextIOWrapper(raw, "utf-8", errors, line_buffering=name == "stderr")
            setattr(sys, name, text)
            setattr(sys, f"__{name}__", text)
        sys.argv = ["kg", *order["words"]]
        exec(order["first"], {"__name__": "__first__"})  # noqa: S102 - the test's own
        if order["name"]:
            from kg.cli.app import run as run_command

            run_command()
        runpy.run_module("kg", run_name="__main__", alter_sys=True)
    except BaseException:  # noqa: BLE001 - as a Python that ends by it
        traceback.print_exc()
    finally:
        os._exit(1)


if __name__ == "__main__":
    _wait(sys.argv[1])
