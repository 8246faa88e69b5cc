"""The command ``kg mcp``: the tools for assistants, on standard input and output."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated, Final

import typer

from kg.base.errors import KgError
from kg.base.extras import missing
from kg.cli.own import adopt_beside
from kg.cli.stored import demand, stored

__all__ = ["need_mcp", "register"]

_DEFAULT: Final = Path("out")
_WORKERS: Final = 2  # one assistant asks little at once


def register(app: typer.Typer) -> None:
    """Add the command ``mcp``."""
    app.command()(mcp)


def mcp(
    graphs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[GRAPH|STORE...]",
            help="Graph files, folders that `kg build` made, or one store that `kg load` made. Default: out.",
            show_default=False,
        ),
    ] = None,
    deadline: Annotated[float, typer.Option(min=0.1, help="Seconds that one query may run.")] = 10.0,
    memory: Annotated[int, typer.Option(min=64, help="MiB that one query may take.")] = 1024,
) -> None:
    """Give an assistant the graph: tools of the Model Context Protocol on standard input and output, read only."""
    need_mcp("kg mcp")
    import asyncio

    from kg.serve.assistant import over_stdio
    from kg.serve.limits import Limits
    from kg.serve.site import Site

    limits = Limits(
        workers=_WORKERS, deadline=deadline, memory=memory << 20, patience=max(Limits().patience, deadline)
    )
    demand(graphs or [_DEFAULT])
    adopt_beside(graphs or [_DEFAULT])
    with contextlib.ExitStack() as stack:

        def opening() -> Site:
            store, refresh = stack.enter_context(stored(graphs or [_DEFAULT]))
            return Site(store, limits, refresh)

        asyncio.run(over_stdio(opening))


def need_mcp(asked: str) -> None:
    """Refuse where the extra is not installed.

    Raises:
        KgError: it is not.
    """
    try:
        import mcp.server  # noqa: F401
        import starlette  # noqa: F401
    except ImportError as error:
        raise missing(asked, "mcp", KgError) from error
