"""The commands ``kg serve`` and ``kg load``. Nothing heavy is imported before one of them runs."""

from __future__ import annotations

import contextlib
import re
import signal
import socket
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from kg.base.errors import GraphError, KgError, OutputError
from kg.base.extras import missing
from kg.base.language import say
from kg.cli.assistant import need_mcp
from kg.cli.own import adopt_beside
from kg.cli.stored import bar, stored
from kg.cli.streams import tell

if TYPE_CHECKING:
    import uvicorn

    from kg.serve.desk import Desk

__all__ = ["register"]

_DEFAULT = Path("out")
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#\s]+")
_GRACE = 15  # seconds for what is under way when the server is told to stop


def register(app: typer.Typer) -> None:
    """Add the commands ``serve`` and ``load``."""
    app.command()(serve)
    app.command()(load)


def serve(
    graphs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[GRAPH|STORE...]",
            help="Graph files, folders that `kg build` made, or one store that `kg load` made. Default: out.",
            show_default=False,
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    host: Annotated[
        str, typer.Option(help="The address to listen at; 0.0.0.0 lets other machines in.")
    ] = "127.0.0.1",
    open_browser: Annotated[bool, typer.Option("--open", help="Open the front page in a browser.")] = False,
    deadline: Annotated[float, typer.Option(min=0.1, help="Seconds that one query may run.")] = 10.0,
    memory: Annotated[int, typer.Option(min=64, help="MiB that one query may take.")] = 1024,
    rows: Annotated[int, typer.Option(min=1, help="Rows that one answer may have.")] = 100_000,
    workers: Annotated[int, typer.Option(min=0, help="Queries at once; 0: as many as processors.")] = 0,
    cors: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORIGIN",
            help="Whose pages may read what this server answers: an origin such as https://example.org (may be given "
            "several times), * for everybody's. Default: nobody's.",
            show_default=False,
        ),
    ] = None,
    per_address: Annotated[int, typer.Option(min=1, help="Connections of one address at once.")] = 128,
    log_queries: Annotated[
        bool, typer.Option("--log-queries", help="Write the text of queries to the log.")
    ] = False,
    edit: Annotated[
        bool,
        typer.Option(
            "--edit",
            help="Let who opens the address that is printed decide what is right; only from this machine.",
        ),
    ] = False,
    mcp: Annotated[
        bool, typer.Option("--mcp", help="Also the tools for assistants (Model Context Protocol), at /mcp.")
    ] = False,
) -> None:
    """Serve a graph: SPARQL endpoint, query page, entity pages, search, and the named queries as an API."""
    uvicorn = _uvicorn()
    if mcp:
        need_mcp("--mcp")
    from kg.serve.app import create_app
    from kg.serve.door import door
    from kg.serve.guard import LOOPBACK
    from kg.serve.limits import Limits

    plain = Limits()
    limits = Limits(
        workers=workers or plain.workers,
        deadline=deadline,
        memory=memory << 20,
        rows=rows,
        patience=max(plain.patience, deadline),
        each=per_address,
    )
    _log_lines()
    adopt_beside(graphs or [_DEFAULT])
    desk = _desk(graphs or [_DEFAULT], host, cors) if edit else None
    with contextlib.ExitStack() as stack:
        listening = stack.enter_context(_listen(host, port))
        store, refresh = stack.enter_context(stored(graphs or [_DEFAULT]))
        app = create_app(
            store,
            limits,
            refresh=refresh,
            hosts=LOOPBACK if host in LOOPBACK else (),
            origins=_origins(cors or []),
            log_queries=log_queries,
            desk=desk,
            assistant=mcp,
        )
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=True,
            ws="none",
            http=door(limits, app.state.site.metrics),
            h11_max_incomplete_event_size=1 << 16,  # a query by GET may be long
            limit_concurrency=limits.connections,
            timeout_keep_alive=10,
            timeout_graceful_shutdown=int(deadline) + _GRACE,
            lifespan="on",
        )
        _run(
            uvicorn.Server(config),
            listening,
            host,
            f"/edit?token={desk.token}" if desk else "",
            open_browser,
            mcp=mcp,
        )


def load(
    graphs: Annotated[list[Path], typer.Argument(help="Graph files, or folders of them.")],
    store: Annotated[Path, typer.Option("-s", "--store", help="The folder of the store.")] = Path("store"),
) -> None:
    """Load graphs into a store on disk, beside what it holds, and swap it in; a running server takes it up."""
    from kg.serve.bulk_load import find_sources
    from kg.serve.loading import load_apart

    sources = find_sources(graphs)
    with bar() as progress:
        loaded = load_apart(sources, store, progress)
    tell(
        say(
            "{triples} triples in {seconds} s ({rate} a second), search index in {indexing} s",
            triples=f"{loaded.triples:,}",
            seconds=f"{loaded.seconds:.1f}",
            rate=f"{loaded.rate:,.0f}",
            indexing=f"{loaded.indexing:.1f}",
        )
    )
    tell(say("in place: {folder}", folder=loaded.folder))
    tell(say("next: {commands}", commands=f"kg serve {store}"))


def _desk(graphs: list[Path], host: str, cors: list[str] | None) -> Desk:
    """Return what takes decisions about the one folder that is served.

    Raises:
        KgError: there are several, it is none that `kg build` wrote, or others than this machine would get in.
    """
    from kg.cli.decisions import decisions_file
    from kg.corpus.manifest import Manifest
    from kg.serve.desk import Desk
    from kg.serve.guard import LOOPBACK

    if host not in LOOPBACK:
        raise KgError(
            f"--host {host}", "lets other machines in, who may not decide", "leave out --host or --edit"
        )
    if cors:
        raise KgError("--cors", "lets other pages in, which may not decide", "leave out --cors or --edit")
    if len(graphs) != 1:
        raise KgError("--edit", "decides about one graph", "name one folder that `kg build` wrote")
    (folder,) = graphs
    articles = Manifest.demand(folder).listing.by_sha256
    return Desk(folder, decisions_file(folder), frozenset(articles))


def _origins(given: list[str]) -> tuple[str, ...]:
    """Return the origins as browsers send them."""
    for origin in given:
        if origin not in ("*", "none") and not _ORIGIN.fullmatch(origin):
            raise KgError(
                f"--cors {origin}",
                "is no origin",
                "scheme, host and port without a path, as https://example.org",
            )
    return tuple(origin for origin in given if origin != "none")


def _uvicorn() -> ModuleType:
    try:
        import starlette  # noqa: F401
        import uvicorn
    except ImportError as error:
        raise missing("serve", "serve", KgError) from error
    return uvicorn


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise OutputError(
            f"{host}:{port}", f"cannot listen there: {error.strerror or error}", "choose another with --port"
        ) from error
    # Connections inherit it; without it the two parts of an answer wait 40 ms for each other.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _run(
    server: uvicorn.Server,
    listening: socket.socket,
    host: str,
    editing: str,
    open_browser: bool,
    *,
    mcp: bool,
) -> None:
    address = f"[{host}]" if ":" in host else host
    start = f"http://{address}:{listening.getsockname()[1]}"
    if editing:
        tell(say("decide  {address}", address=f"{start}{editing}"))
    tell(say("pages   {address}", address=f"{start}/"))
    tell(say("query   {address}", address=f"{start}/query"))
    tell(f"SPARQL  {start}/sparql")
    if mcp:
        tell(f"MCP     {start}/mcp")
    tell(say("stop with Ctrl-C"))
    sys.stdout.flush()
    if open_browser:
        import webbrowser

        webbrowser.open(f"{start}{editing or '/'}")
    # When it has stopped, uvicorn sends itself the signal once more; by then there is nothing left to do.
    before = {each: signal.signal(each, lambda *_: None) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        server.run(sockets=[listening])
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    if not server.started:
        raise GraphError("serve", "the server did not start", "the lines above say why")


def _log_lines() -> None:
    import logging

    from kg.serve.guard import JsonLines

    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for name in ("uvicorn.error", "uvicorn", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
