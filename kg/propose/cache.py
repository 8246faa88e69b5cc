"""Answers of language models, kept in a folder: one file an answer, named by what was asked.

A file is written beside its place and renamed, so that a run that is killed leaves whole answers and goes on from them. The
folder holds no address and no key, and can be kept with the texts: with it the same graph is built without the model.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from kg.base.intake import read_file
from kg.base.output import write_files
from kg.propose.address import Address
from kg.propose.prompt import Prompt

__all__ = ["Cache"]

_LARGEST: Final = 16 << 20
_RUNGS: Final = "rungs.json"


class Cache:
    """The answers in a folder, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, prompt: Prompt) -> str | None:
        """Return the words that were answered to a prompt; None where there are none, or the file is damaged."""
        value = self._value(self._path(prompt.key))
        words = value.get("answer")
        return words if isinstance(words, str) and value.get("model") == prompt.model else None

    def put(self, prompt: Prompt, words: str, rung: str) -> None:
        """Keep the words that were answered to a prompt.

        Raises:
            OutputError: they cannot be written.
        """
        self._write(self._path(prompt.key), {"model": prompt.model, "rung": rung, "answer": words})

    def rung(self, address: Address, model: str) -> str:
        """Return the rung on which a model answered before, "" where nobody knows."""
        found = self._value(self.folder / _RUNGS).get(_name(address, model))
        return found if isinstance(found, str) else ""

    def remember(self, address: Address, model: str, rung: str) -> None:
        """Keep the rung on which a model answers.

        Raises:
            OutputError: it cannot be written.
        """
        known = self._value(self.folder / _RUNGS)
        if known.get(_name(address, model)) != rung:
            self._write(self.folder / _RUNGS, dict(sorted({**known, _name(address, model): rung}.items())))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"

    def _value(self, path: Path) -> dict[str, Any]:
        try:
            value = json.loads(read_file(path, _LARGEST).decode("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    def _write(self, path: Path, value: object) -> None:
        data = (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
        write_files(path.parent, {path.name: data}, "choose another folder with --model-cache")


def _name(address: Address, model: str) -> str:
    """Return by what an endpoint is remembered: not its address, which may be nobody's business."""
    return sha256(f"{address} {model}".encode()).hexdigest()[:16]
