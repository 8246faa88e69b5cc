"""The user's knowledge that goes with a graph: the folder beside it, or the one that the list of its articles names."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from kg.base.home import MANIFEST
from kg.base.intake import open_file

__all__ = ["KNOWLEDGE", "knowledge_of"]

KNOWLEDGE: Final = "knowledge"
"""The folder beside a graph."""

_HEAD: Final = 4096
_LINE: Final = re.compile(rb'^ "knowledge": ("[^\n]*"),?$', re.MULTILINE)


def knowledge_of(folder: Path) -> Path | None:
    """Return the folder of the knowledge that goes with the graph in a folder, None where there is none."""
    for name in (KNOWLEDGE, _recorded(folder)):
        if name and (folder / name).is_dir():
            return folder / name
    return None


def _recorded(folder: Path) -> str:
    """Return where the list of a corpus says that its knowledge lies, "" where it says nothing.

    It stands before the articles, of which there may be many.
    """
    try:
        with open_file(folder / MANIFEST) as file:
            line = _LINE.search(file.read(_HEAD) or b"")
        return str(json.loads(line[1])) if line else ""
    except (OSError, ValueError):  # whoever needs the list will say it
        return ""
