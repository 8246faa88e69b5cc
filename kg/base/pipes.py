"""Values between two processes of kg, through their standard streams."""

from __future__ import annotations

import pickle
from typing import IO, Final

__all__ = ["receive", "send"]

_SIZE: Final = 8


def send(stream: IO[bytes], value: object) -> None:
    """Write a value for the process at the other end."""
    data = pickle.dumps(value)
    stream.write(len(data).to_bytes(_SIZE, "big") + data)
    stream.flush()


def receive(stream: IO[bytes]) -> object:
    """Return the next value from the process at the other end.

    Raises:
        EOFError: it has ended.
    """
    size = stream.read(_SIZE)
    data = stream.read(int.from_bytes(size, "big")) if len(size) == _SIZE else b""
    if len(size) < _SIZE or len(data) < int.from_bytes(size, "big"):
        raise EOFError
    value: object = pickle.loads(data)  # noqa: S301 - our own process wrote it
    return value
