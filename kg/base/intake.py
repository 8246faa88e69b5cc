"""What comes in: only regular files, and never more of one than its reader asked for.

A pipe in a folder of articles would be waited for without end, a link to a device read without end, and opening some
devices does something. So what a path leads to is looked at before it is opened, and again when it is open.
"""

from __future__ import annotations

import os
import stat
from errno import EFBIG, EINVAL, EISDIR
from io import BufferedIOBase
from pathlib import Path
from typing import IO, Final

__all__ = [
    "LARGEST_GRAPH",
    "LARGEST_TEXT",
    "LargeError",
    "OddFileError",
    "open_file",
    "read_file",
    "read_stream",
    "read_text",
]

LARGEST_TEXT: Final = 16 << 20
"""Bytes of a text, a query or a file of knowledge that kg reads whole."""

LARGEST_GRAPH: Final = 4 << 30
"""Bytes of a graph that is read into memory; what is larger is loaded into a store."""

_FLAGS: Final = sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY"))
_PART: Final = 1 << 20
_KINDS: Final = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class OddFileError(OSError):
    """A pipe, a socket or a device in the place of a file."""


class LargeError(OSError):
    """More bytes than may be read."""


def open_file(path: Path) -> IO[bytes]:
    """Open a regular file for reading; a link to one is one.

    Raises:
        OddFileError: it is a pipe, a socket or a device, which is not opened.
        OSError: it cannot be opened.
    """
    _demand_regular(path.stat().st_mode, path)
    # Never waits, should a pipe have taken its place meanwhile.
    file = open(path, "rb", opener=_opened)  # noqa: SIM115 - the caller closes it
    try:
        _demand_regular(os.fstat(file.fileno()).st_mode, path)
    except BaseException:
        file.close()
        raise
    return file


def read_file(path: Path, most: int) -> bytes:
    """Return the bytes of a regular file.

    Raises:
        OddFileError: it is none.
        LargeError: it has more than ``most`` bytes.
        OSError: it cannot be read.
    """
    with open_file(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise _large(most, path)
        data = file.read(size + 1) or b""
        if len(data) > size:  # it grows, or is one that the system makes up
            data += read_stream(file, most, path, len(data))
        return data


def read_text(path: Path, most: int = LARGEST_TEXT, encoding: str = "utf-8") -> str:
    """Return the text of a regular file, its lines ended by a line feed.

    Raises:
        UnicodeDecodeError: it is not in that encoding.
        OSError: as for ``read_file``.
    """
    return read_file(path, most).decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def read_stream(
    stream: IO[bytes] | BufferedIOBase, most: int, where: object = None, before: int = 0
) -> bytes:
    """Return what is left of a stream, read in parts; ``before``: bytes that were read of it already, which count.

    Raises:
        LargeError: it has more than ``most`` bytes; hardly more than that is read.
    """
    parts, read = list[bytes](), before
    while part := stream.read(_PART):
        parts.append(part)
        read += len(part)
        if read > most:
            raise _large(most, where)
    return b"".join(parts)


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags | _FLAGS)


def _demand_regular(mode: int, path: Path) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
    kind = next((name for is_one, name in _KINDS if is_one(mode)), "no file")
    raise OddFileError(EINVAL, f"{kind}, where a file was expected", str(path))


def _large(most: int, where: object) -> LargeError:
    return LargeError(EFBIG, f"more than {most:,} bytes", None if where is None else str(where))
