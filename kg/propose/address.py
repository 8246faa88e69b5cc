"""The address of an endpoint, as a user gives it, taken apart without asking anybody."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from kg.base.errors import KgError

__all__ = ["KEY", "Address", "address_of", "checked_key"]

KEY: Final = "KG_MODEL_KEY"
"""The variable of the environment that holds the key of an endpoint; nothing else is asked for it."""

_WAY: Final = "/chat/completions"
_EXAMPLE: Final = "as http://localhost:11434/v1"
_HOME: Final = "localhost"


@dataclass(frozen=True, slots=True)
class Address:
    """Where chat completions are asked for."""

    secure: bool  # by TLS
    host: str
    port: int
    path: str

    @property
    def is_here(self) -> bool:
        """Say whether it is this machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == _HOME or self.host.endswith(f".{_HOME}")

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}{self.path}"


def address_of(url: str) -> Address:
    """Return the address of an endpoint; ``/chat/completions`` may be left out.

    Raises:
        KgError: it is none, or holds something secret.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise KgError("--model", "is no address of the web", _EXAMPLE) from None
    if parts.scheme not in ("http", "https") or not host or not url.isascii() or not url.isprintable():
        raise KgError("--model", "is no address of the web", _EXAMPLE)
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise KgError(
            "--model",
            "holds more than an address: a name, a password or a query",
            f"the key belongs into the environment: {KEY}",
        )
    if " " in url:
        raise KgError("--model", "is no address of the web", _EXAMPLE)
    path = parts.path.rstrip("/")
    secure = parts.scheme == "https"
    return Address(
        secure, host, port or (443 if secure else 80), path if path.endswith(_WAY) else path + _WAY
    )


def checked_key(key: str, address: Address) -> str:
    """Return the key for an endpoint, "" where there is none.

    Raises:
        KgError: it cannot be sent, or everybody on the way could read it.
    """
    key = key.strip()
    if not key.isascii() or not key.isprintable() or " " in key:
        raise KgError(KEY, "holds what no key has: blanks, line ends or other characters", "set it again")
    if key and not address.secure and not address.is_here:
        raise KgError(
            KEY, f"is not sent to {address.host} over http, where all on the way read it", "use https"
        )
    return key
