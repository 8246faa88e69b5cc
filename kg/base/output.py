"""What goes out: files that are replaced whole or not at all, and values inside a page."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

from kg.base.errors import OutputError


def write_files(folder: Path, files: dict[str, bytes], advice: str = "choose another folder with -o") -> None:
    """Write files under ``folder`` (made if missing), each replaced atomically, none before all are written beside.

    Args:
        folder: where they go.
        files: content by path below the folder, in the order they are put in place.
        advice: how to mend it where they cannot be written.

    Raises:
        OutputError: the folder or a file in it cannot be written; what was there before still is.
    """
    parts: list[tuple[Path, Path]] = []
    try:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.part")
            parts.append((part, path))
            part.write_bytes(data)
        for part, path in parts:
            part.replace(path)
    except OSError as error:
        where = error.filename or folder
        raise OutputError(where, f"cannot be written: {error.strerror or error}", advice) from error
    finally:
        for part, _ in parts:
            part.unlink(missing_ok=True)


def script_json(value: object) -> str:
    """Return JSON that cannot leave the script element of a page, whatever its texts hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
