"""A small graph and `kg serve --edit` on it in a process of its own, for tests that decide over HTTP."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from kg.base.home import digest
from kg.decide.read import read_decisions
from kg.decide.standing import standing
from tests.forked import run

KG = (sys.executable, "-m", "kg")
TEXT = """青禾集团召开产业大会

2024年3月1日，青禾集团董事长李明在云溪区会见蓝石科技有限公司总经理王芳。青禾集团与蓝石科技有限公司签署合作协议。青禾集团员工126名。
"""
SHA = digest(TEXT)
Value = dict[str, Any]


def spot(words: str, kind: str, *, article: bool = True) -> Value:
    at = TEXT.index(words)
    own: Value = {"at": [at, at + len(words)], "words": words, "type": kind}
    return {"article": SHA, **own} if article else own


def no_entity(words: str = "王芳", **more: Any) -> Value:
    return {"verdict": "no-entity", "a": spot(words, "Person"), **more}


def alias(number: int) -> Value:
    return {"verdict": "alias", "words": f"甲{number}", "means": "青禾集团", "type": "Organization"}


def build(folder: Path) -> Path:
    """Write the graph of the small article below a folder."""
    (folder / "qinghe.txt").write_text(TEXT, encoding="utf-8")
    done = run("build", folder / "qinghe.txt", "-o", folder / "out")
    assert done.returncode == 0, done.stderr
    return folder / "out"


class Server:
    """`kg serve --edit` in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [*KG, "serve", str(folder), "--edit", "--port", "0", "--workers", "1", "--lang", "en"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        first = self.process.stdout.readline()
        found = re.fullmatch(r"decide  (http://127\.0\.0\.1:\d+)(/edit\?token=([\w-]+))\n", first)
        assert found is not None, first
        self.url, self.way, self.token = found.groups()
        until(self._answers)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health", timeout=5).is_success
        except httpx.HTTPError:
            return False

    def program(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, headers={"authorization": f"Bearer {self.token}"}, timeout=60)

    @contextmanager
    def browser(self) -> Iterator[httpx.Client]:
        headers = {"origin": self.url, "accept": "text/html"}
        with httpx.Client(base_url=self.url, headers=headers, timeout=60) as client:
            assert client.get(self.way).status_code == 303
            yield client

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def decided(self) -> list[str]:
        return [each.id for each in standing(read_decisions(self.folder / "decisions.toml"))]


def until(is_so: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)


def applied(client: httpx.Client) -> bool:
    now = client.get("/api/decisions").json()
    assert now["state"] != "failed", now
    return bool(now["state"] == "applied")
