"""A server in a thread of this process: for notebooks, tests and benchmarks."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from kg.base.errors import GraphError
from kg.serve.app import create_app
from kg.serve.door import door
from kg.serve.guard import LOOPBACK
from kg.serve.limits import Limits
from kg.serve.site import Site

__all__ = ["Running", "serving"]


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs."""

    url: str  # without a slash at its end
    site: Site


@contextmanager
def serving(store: Path, limits: Limits | None = None, **options: Any) -> Iterator[Running]:  # noqa: ANN401
    """Serve a store at a free port of the loopback until the block ends; ``options`` are those of ``create_app``.

    Raises:
        GraphError: there is no store, or it cannot be opened.
    """
    app = create_app(store, limits, hosts=LOOPBACK, **options)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each answer waits 40 ms
        listening.listen(512)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            ws="none",
            loop="asyncio",
            http=door(app.state.site.limits, app.state.site.metrics),
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            if not thread.is_alive():
                raise GraphError(store, "the server did not start", "its log says why")
            time.sleep(0.01)
        try:
            yield Running(f"http://127.0.0.1:{listening.getsockname()[1]}", app.state.site)
        finally:
            server.should_exit = True
            thread.join(30)
