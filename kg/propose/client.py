"""One request to an endpoint that speaks chat completions, by the standard library.

No other module of kg opens a socket to somebody. The address is the user's own: no redirect is followed, no other host is asked, no proxy is used, and the key goes nowhere else.
A call ends after a time and after so many bytes, however the other side behaves.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from kg.propose.address import Address

__all__ = ["Failed", "Reply", "post"]

LARGEST: Final = 4 << 20
"""Bytes of an answer."""

_PART: Final = 1 << 16
_RETRIED: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_REDIRECTS: Final = range(300, 400)
_SHOWN: Final = 200  # characters of what an endpoint says in a message


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint answered with status 200: a value of JSON."""

    value: Any


class Failed(Exception):  # noqa: N818 - what became of a call
    """A call without an answer.

    Args:
        what: why, in one line, without anything secret.
        again: whether the same call may work later.
        after: seconds until then, where the endpoint says it.
        status: of HTTP, 0 where there was none.
    """

    def __init__(self, what: str, *, again: bool = False, after: float = 0.0, status: int = 0) -> None:
        self.what, self.again, self.after, self.status = what, again, after, status
        super().__init__(what)


def post(address: Address, key: str, body: Mapping[str, Any], seconds: float) -> Reply:
    """Send one request and return its answer.

    Args:
        address: of the endpoint.
        key: sent as bearer token, where there is one.
        body: a value of JSON.
        seconds: until the call is cut off, all in all.

    Raises:
        Failed: there is no answer with status 200, or it is no JSON in UTF-8, too long or too late.
    """
    connection = _connection(address, seconds)
    late = threading.Event()

    def cut() -> None:
        late.set()
        own = connection.sock
        if own is not None:
            with suppress(OSError):
                own.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(seconds, cut)
    clock.daemon = True
    clock.start()
    try:
        content = _sent(connection, address, key, body)
        if late.is_set():
            raise _late(seconds)
        return Reply(_value(content))
    except Failed as failed:
        if late.is_set():  # what was cut off looks like an answer that ends too early
            raise _late(seconds) from failed
        raise
    except ssl.SSLError as error:
        raise Failed(f"no safe connection: {error.reason or error}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        if late.is_set() or isinstance(error, TimeoutError):
            raise _late(seconds) from error
        raise Failed(f"no answer: {_told(error)}", again=True) from error
    finally:
        clock.cancel()
        connection.close()


def _late(seconds: float) -> Failed:
    return Failed(f"no whole answer within {seconds:g} s", again=True)


def _connection(address: Address, seconds: float) -> http.client.HTTPConnection:
    if address.secure:
        return http.client.HTTPSConnection(
            address.host, address.port, timeout=seconds, context=ssl.create_default_context()
        )
    return http.client.HTTPConnection(address.host, address.port, timeout=seconds)


def _sent(
    connection: http.client.HTTPConnection, address: Address, key: str, body: Mapping[str, Any]
) -> bytes:
    """Send a request; return the body of its answer, whose status is 200."""
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "User-Agent": "kg",
    }
    if key:
        headers["Authorization"] = f"Bearer {key}"
    data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    connection.request("POST", address.path, data, headers)
    answer = connection.getresponse()
    if answer.status in _REDIRECTS:
        raise Failed(
            f"wants to send kg elsewhere (HTTP {answer.status}{_elsewhere(answer)}): give that address if you trust it",
            status=answer.status,
        )
    content = _read(answer)
    if answer.status != HTTPStatus.OK:
        raise Failed(
            _complaint(answer.status, content, key),
            again=answer.status in _RETRIED,
            after=_after(answer),
            status=answer.status,
        )
    if answer.getheader("Content-Encoding", "identity").lower() != "identity":
        raise Failed("its answer is packed, which kg did not ask for")
    return content


def _read(answer: http.client.HTTPResponse) -> bytes:
    parts, read = list[bytes](), 0
    while part := answer.read1(_PART):
        read += len(part)
        if read > LARGEST:
            raise Failed(f"its answer has more than {LARGEST >> 20} MB")
        parts.append(part)
    if answer.length:
        raise Failed("its answer ends too early", again=True)
    return b"".join(parts)


def _value(content: bytes) -> Any:  # noqa: ANN401 - JSON is what it is
    try:
        return json.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Failed("its answer is not in UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise Failed("its answer is no JSON") from error


def _complaint(status: int, content: bytes, key: str) -> str:
    """Return what an endpoint says of an error, on one line; a key that it repeats is left out."""
    words = content.decode("utf-8", "replace")
    if key:  # before it is cut: no part of it is shown
        words = words.replace(key, "***")
    words = words[: 4 * _SHOWN]
    words = "".join(each if each.isprintable() else " " for each in words)
    return f"HTTP {status} {' '.join(words.split())[:_SHOWN]}".strip()


def _elsewhere(answer: http.client.HTTPResponse) -> str:
    """Return to which host a redirect leads, without its path, which may hold secrets."""
    try:
        host = urlsplit(answer.getheader("Location") or "").hostname or ""
    except ValueError:
        host = ""
    return f", to {host}" if host.isascii() and host.isprintable() and host else ""


def _after(answer: http.client.HTTPResponse) -> float:
    """Return for how many seconds an endpoint asks to be left alone, 0 where it does not say."""
    said = answer.getheader("Retry-After", "")
    if said.isascii() and said.isdigit():
        return float(said[:6])
    try:
        moment, now = parsedate_to_datetime(said), parsedate_to_datetime(answer.getheader("Date", ""))
        return max(0.0, (moment - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0


def _told(error: Exception) -> str:
    return getattr(error, "strerror", None) or f"{type(error).__name__} {error}".strip()
