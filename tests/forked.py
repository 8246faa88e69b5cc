"""``python -m kg`` as a process of its own that has imported what it needs: forked from one that waits with it.

Its words, streams, working directory, environment and exit status are those of a process that is started; only the second
in which Python loads kg is spared, and what a first reading loads. What is asked of that second, imports and the path to
modules, the tests of it start a Python for.
"""

from __future__ import annotations

import atexit
import gc
import io
import json
import os
import runpy
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

__all__ = ["run", "run_raw"]

_LOADED: Final = ("KG_DATA", "KG_WEIGHTS", "PYTHON")
"""How variables begin that say what a Python loads once: where one of these is another, a new one is started."""

TEXT: Final = "海川公司与明德大学签约\n海川公司董事长李明4月4日与明德大学签署协议，总投资3亿元。\n"

_WHOLE: Final = 1 << 20
_STARTS: Final = 600
"""Seconds in which a Python starts at the latest, on a machine on which much else runs."""


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
    order = {"words": told, "first": first, "cwd": str(cwd or Path.cwd()), "env": here}
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
    """The process that waits with everything loaded, and what it is asked for."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._line, self._free = ours, threading.Lock()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
        self.loaded = _loaded(environment)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", __file__, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=environment,
                cwd=Path(__file__).parent,
            )
        atexit.register(self._end)

    def run(self, order: dict[str, Any], streams: list[int], timeout: float) -> int:
        with self._free:
            self._line.settimeout(_STARTS)
            socket.send_fds(self._line, [json.dumps(order).encode()], streams)
            child = int(self._line.recv(_WHOLE) or 0)
            assert child, "the process with kg in it has ended"
            self._line.settimeout(timeout)
            try:
                return int(self._line.recv(_WHOLE))
            except TimeoutError as error:
                os.kill(child, signal.SIGKILL)
                self._line.settimeout(_STARTS)
                self._line.recv(_WHOLE)
                raise subprocess.TimeoutExpired(order["words"], timeout) from error

    def _end(self) -> None:
        self._line.close()
        self._process.wait()


@cache
def _nursery(_process: int) -> _Nursery:
    """Return the one of a process of tests."""
    return _Nursery()


def _wait(line: socket.socket) -> None:
    _load()
    gc.collect()
    gc.freeze()
    while True:
        data, streams, *_ = socket.recv_fds(line, _WHOLE, 3)
        if not data:
            return
        order = json.loads(data)
        child = os.fork()
        if not child:
            line.close()
            _live(order, streams)
        for each in streams:
            os.close(each)
        line.send(str(child).encode())
        line.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


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


def _live(order: dict[str, Any], streams: list[int]) -> NoReturn:
    """Be the process that was asked for."""
    status = 1
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        for stream in streams:
            if stream > 2:
                os.close(stream)
        os.environ.clear()
        os.environ.update(order["env"])
        os.chdir(order["cwd"])
        for number, (name, mode) in enumerate((("stdin", "rb"), ("stdout", "wb"), ("stderr", "wb"))):
            raw = open(number, mode, closefd=False)  # noqa: SIM115 - lives as long as the process
            errors = "backslashreplace" if name == "stderr" else "surrogateescape"
            stream = io.TextIOWrapper(raw, "utf-8", errors, line_buffering=name == "stderr")
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        sys.argv = ["kg", *order["words"]]
        exec(order["first"], {"__name__": "__first__"})  # noqa: S102 - the test's own
        runpy.run_module("kg", run_name="__main__", alter_sys=True)
    except BaseException:  # noqa: BLE001 - as a Python that ends by it
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    _wait(socket.socket(fileno=int(sys.argv[1])))
