"""A reader in a process of its own: what a hostile file breaks, fills or stops is that process, and its reader is one line.

The libraries that open office files parse what strangers made. So they get the bytes on standard input, an amount of memory
and of time, no connections, and give back an ``Extract`` as JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from kg.base import sandbox
from kg.base.children import command, environment
from kg.base.errors import SourceError
from kg.base.model import Leaves
from kg.text.formats.extract import Extract
from kg.version import DISTRIBUTION

__all__ = ["read_apart"]

SECONDS: Final = 60
"""How long a file may take; the longest articles take a few."""

MEMORY: Final = 1 << 30
"""Bytes that a reader may take beyond what it has when it begins."""

MOST: Final = 4 << 20
"""Code points of a text that is still an article."""

_SHOWN: Final = 200  # characters of a message of a library
_SAVE: Final = "open it and save its text as .txt or .html"


def read_apart(reader: str, package: str, data: bytes, where: object, seconds: int = SECONDS) -> Extract:
    """Return what a reader (``module:function``) finds in the bytes of a file.

    ``package``: what the reader needs that kg does not bring, "" for nothing; ``seconds``: how long it may take.

    Raises:
        SourceError: the package is missing; the reader finds no article, takes too long or too much, or breaks.
    """
    if package and find_spec(package) is None:
        raise SourceError(
            where, f"needs {package}, which is not installed", f"pip install '{DISTRIBUTION}[office]'"
        )
    process = subprocess.Popen(
        command("-m", "kg.text.formats.apart", reader, str(os.getpid()), str(seconds)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    try:
        answer, _ = process.communicate(data, timeout=seconds + 10)
    except subprocess.TimeoutExpired:
        answer = b""
    finally:
        process.kill()
        process.wait()
    return _extract(answer, where, seconds)


def _extract(answer: bytes, where: object, seconds: int) -> Extract:
    try:
        said = json.loads(answer)
    except ValueError:  # killed by the system: nothing, or a part of an answer
        raise SourceError(
            where, f"cannot be read within {seconds} seconds and {MEMORY >> 30} GiB of memory", _SAVE
        ) from None
    if "what" in said:
        raise SourceError(where, said["what"], said["mend"])
    leaves, published, formal = said.pop("leaves"), said.pop("published"), said.pop("formal")
    return Extract(
        **said,
        published=date.fromisoformat(published) if published else None,
        formal=tuple((name, value) for name, value in formal),
        leaves=Leaves(
            leaves["unit"],
            tuple(map(tuple, leaves["starts"])),
            leaves["standard"],
            tuple(map(tuple, leaves["boxes"])),
        )
        if leaves
        else None,
    )


def _answer(reader: str, data: bytes) -> dict[str, Any]:
    """Return what a reader finds, or what is wrong, as what JSON can say."""
    try:
        module, _, function = reader.partition(":")
        found: Extract = getattr(import_module(module), function)(data, "file")
    except SourceError as error:
        return {"what": error.what, "mend": error.hint}
    except MemoryError:
        return {"what": f"takes more than {MEMORY >> 30} GiB of memory", "mend": _SAVE}
    except Exception as error:  # noqa: BLE001 - what a library makes of a broken file is its own
        words = " ".join(f"{type(error).__name__}: {error}".split())[:_SHOWN]
        return {"what": f"broken, or no such file: {words}", "mend": _SAVE}
    if len(found.text) > MOST:
        return {"what": f"too large: at most {MOST:,} characters are read", "mend": "split it into articles"}
    leaves = found.leaves
    return {
        "text": found.text.encode("utf-8", "replace").decode(),
        "title": found.title,
        "published": found.published.isoformat() if found.published else "",
        "publisher": found.publisher,
        "author": found.author,
        "url": found.url,
        "note": found.note,
        "called": found.called,
        "number": found.number,
        "addressee": found.addressee,
        "formal": found.formal,
        "leaves": asdict(leaves) if leaves else None,
    }


def _main(reader: str, parent: str, seconds: str) -> None:
    """Read what stands on standard input; run as a program."""
    sandbox.die_with(int(parent))
    sandbox.quiet()
    sandbox.arm(int(seconds))
    answers = os.dup(1)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - libraries may print
        os.dup2(nowhere.fileno(), 1)
    data = sys.stdin.buffer.read()
    sandbox.limit_memory(MEMORY)
    sandbox.forbid_network()
    answer = json.dumps(_answer(reader, data)).encode()
    with contextlib.suppress(BrokenPipeError), os.fdopen(answers, "wb") as out:
        out.write(answer)


if __name__ == "__main__":
    _main(*sys.argv[1:])
