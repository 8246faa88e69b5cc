"""What the commands say: on streams that are there, and in characters that a terminal shows and does not obey."""

from __future__ import annotations

import os
import re
import sys
from typing import Final, NoReturn

import typer

from kg.base.errors import OutputError

__all__ = ["hold", "print_bytes", "print_text", "tell", "tell_failure", "visible"]

_STREAMS: Final = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Characters that move the cursor, colour, delete, or turn the direction of others: names of files may have them."""

_closed: set[str] = set()


def hold() -> None:
    """Put the null device in the place of standard streams that are closed.

    Else the next file to be opened, a graph or a store, gets the number of one, and what is said goes into it.
    """
    for number, (name, mode) in enumerate(_STREAMS):
        try:
            os.fstat(number)
        except OSError:
            handle = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
            os.set_inheritable(number, True)
            _closed.add(name)
        if getattr(sys, name) is None:
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - lives as long as the process
            setattr(sys, name, stream)
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show a character shows its number, where Python would end with a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def visible(text: str) -> str:
    """Return text with the characters that a terminal obeys written out; line feeds and tabs stay."""
    return _UNSEEN.sub(lambda found: _escape(ord(found[0])), text)


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def tell(text: str, *, err: bool = False) -> None:
    """Say something, on a line of its own."""
    typer.echo(visible(text), err=err)


def tell_failure(message: str, status: int = 1) -> NoReturn:
    """Say in one line what went wrong, and end."""
    tell(f"kg: {' '.join(message.split())}", err=True)
    raise SystemExit(status)


def print_text(text: str, *, data: bool = False) -> None:
    """Print an answer as UTF-8 where it is redirected, so that a file or a pipe gets the right bytes on every system.

    ``data`` for programs is printed as it is there; on a terminal, and for people, as they can see it.

    Raises:
        OutputError: standard output is closed.
    """
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        typer.echo(visible(text), nl=False)
    else:
        print_bytes((text if data else visible(text)).encode("utf-8", "backslashreplace"))


def print_bytes(data: bytes) -> None:
    """Print an answer as it is.

    Raises:
        OutputError: standard output is closed.
    """
    if "stdout" in _closed:
        raise OutputError("standard output", "closed: the answer is lost", "redirect it to a file")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
