"""Between a system and the user's model: passes on what is asked, adds the key, and counts calls and tokens.

It listens on this machine only, at an address that nobody can guess, and passes on to one address only. So systems that do not say what they used are counted alike,
and none of them sees the key.
"""

from __future__ import annotations

import http.client
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import urlsplit

from kg.base.errors import KgError

_SECONDS: Final = 600


@dataclass(slots=True)
class Usage:
    """What was asked of a model."""

    calls: int = 0
    uncounted: int = 0  # answers that do not say how many tokens they cost
    tokens_in: int = 0
    tokens_out: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count(self, answer: bytes) -> None:
        """Add the tokens that an answer says it cost."""
        try:
            usage = json.loads(answer)["usage"]
            tokens = int(usage["prompt_tokens"]), int(usage["completion_tokens"])
        except (KeyError, TypeError, ValueError):
            tokens = None
        with self.lock:
            self.calls += 1
            if tokens is None:
                self.uncounted += 1
            else:
                self.tokens_in, self.tokens_out = self.tokens_in + tokens[0], self.tokens_out + tokens[1]


@contextmanager
def relay(url: str, key: str) -> Iterator[tuple[str, Usage]]:
    """Give an address that passes on to ``url``, and what is counted meanwhile.

    Raises:
        KgError: ``url`` is none.
    """
    if not _is_address(url):
        raise KgError(url, "no address of a model", "such as http://localhost:11434/v1")
    usage, path = Usage(), f"/{secrets.token_urlsafe()}/v1"

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, answer = int(http.client.NOT_FOUND), b"{}"
            if self.path.startswith(f"{path}/"):
                status, answer = _ask(url, self.path.removeprefix(path), body, key)
            if status == http.client.OK:
                usage.count(answer)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            """Say nothing of each request."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{path}", usage
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is none, a bracket that is open
        return False


def _ask(url: str, path: str, body: bytes, key: str) -> tuple[int, bytes]:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_SECONDS)
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    try:
        connection.request("POST", parts.path.rstrip("/") + path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, http.client.HTTPException) as error:
        said = {"error": {"message": f"the model did not answer: {error}", "type": "relay"}}
        return http.client.BAD_GATEWAY, json.dumps(said).encode()
    finally:
        connection.close()
