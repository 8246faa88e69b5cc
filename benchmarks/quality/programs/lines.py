"""What every program of a system does: a task and articles on standard input, an answer a line on standard output.

The first line of the input is the task (``url``, ``model``, and for LangExtract ``description`` and ``example``), each other
line an article (``id``, ``text``). Each line of the output has ``id``, ``seconds`` and ``native``, the answer as the system gave
it, or ``error``. Standard library only: it runs in the environment of a peer.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any


def serve(make: Callable[[dict[str, Any]], Callable[[str, str], Any]]) -> None:
    """Answer all articles with what ``make`` returns for the task; what a library prints goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    lines = iter(sys.stdin.buffer)
    answer = make(json.loads(next(lines)))
    for line in lines:
        article = json.loads(line)
        begin = time.perf_counter()
        said: dict[str, Any] = {"id": article["id"]}
        try:
            said["native"] = answer(article["id"], article["text"])
        except Exception as error:  # noqa: BLE001 - a peer may raise anything; the article counts as failed
            said["error"] = f"{type(error).__name__}: {error}"[:300]
        said["seconds"] = time.perf_counter() - begin
        out.write(json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n")
        out.flush()
