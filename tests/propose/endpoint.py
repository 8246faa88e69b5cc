"""An endpoint that speaks chat completions over real HTTP, with answers that a test gives, and every misbehaviour on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = Mapping[str, Any]
Handle = Callable[["Reply"], None]


@dataclass
class Reply:
    """A request, and the means to answer it, well or badly."""

    handler: BaseHTTPRequestHandler
    body: Body
    number: int  # of the request, from 1

    @property
    def rung(self) -> str:
        return str(self.body.get("response_format", {}).get("type", "text"))

    @property
    def passage(self) -> str:
        """What the model is asked about, without its fence."""
        words = str(self.body["messages"][1]["content"])
        return words.split("<article-", 1)[1].split(">\n", 1)[1].rsplit("\n</article-", 1)[0]

    def say(self, words: str) -> None:
        """Answer as a good endpoint does."""
        self.send(json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode())

    def send(self, data: bytes, status: int = 200, **headers: str) -> None:
        self.handler.send_response(status)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.handler.send_header("Content-Length", str(len(data)))
        self.handler.end_headers()
        self.handler.wfile.write(data)


@dataclass
class Endpoint:
    """A running endpoint and what it was asked."""

    url: str
    requests: list[Body] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    @property
    def calls(self) -> int:
        return len(self.requests)


@contextmanager
def endpoint(handle: Handle) -> Iterator[Endpoint]:
    """Run an endpoint on this machine within a ``with`` block."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                own.requests.append(body)
                own.headers.append(dict(self.headers))
                number = own.calls
            self.close_connection = True
            try:
                handle(Reply(self, body, number))
            except OSError:  # who asked has gone
                return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002 - as its parent has it
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
            return

    server = Server(("127.0.0.1", 0), Handler)
    own = Endpoint(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield own
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def fact(subject: str, predicate: str, other: str, quote: str, trigger: str, **more: str) -> dict[str, str]:
    """A proposal as a model writes it; ends are bodies unless said otherwise."""
    return {
        "subject": subject,
        "subject_type": more.pop("subject_type", "Organization"),
        "predicate": predicate,
        "object": other,
        "object_type": more.pop("object_type", "Organization"),
        "trigger": trigger,
        "quote": quote,
        "role": more.pop("role", ""),
        "amount": more.pop("amount", ""),
        **more,
    }


def facts(*items: Mapping[str, str]) -> str:
    """An answer as it was asked for."""
    return json.dumps({"facts": list(items)}, ensure_ascii=False)
