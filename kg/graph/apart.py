"""A query of the user's own in a process that can be killed: with a deadline, and a limit of memory where there is one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyoxigraph as ox

from kg.base import children, sandbox
from kg.base.errors import QueryError
from kg.graph.engine import mistake, solve
from kg.graph.rows import Rows
from kg.graph.store import Graph, Term

__all__ = ["DEADLINE", "answer", "ask_apart", "ask_each_apart"]

DEADLINE: Final = 30.0
"""Seconds a query of the user's own may take."""

MEMORY: Final = 4 << 30
"""Bytes of address space such a query may take, where the system can limit it."""


def ask_apart(graph: Graph, text: str, bound: Mapping[str, Term], deadline: float, where: str) -> Rows:
    """Return the answer to a query, asked in a process that is killed when time is up.

    No query can be stopped from within. ``where`` names the query in an error.

    Raises:
        QueryError: a mistake in the SPARQL, or it took more than ``deadline`` seconds, or too much memory.
    """
    kind, answer = _asked(graph, text, bound, deadline, where, [])
    return Rows.parse(kind, answer)


def ask_each_apart(
    graph: Graph, parts: Sequence[str], text: str, bound: Mapping[str, Term], deadline: float, where: str
) -> list[Rows]:
    """Return the answers to a query that each of several named graphs gives by itself, asked as by `ask_apart`.

    Raises:
        QueryError: as there.
    """
    kind, answers = _asked(graph, text, bound, deadline, where, parts)
    return [Rows.parse(kind, each.encode()) for each in json.loads(answers)]


def _asked(
    graph: Graph, text: str, bound: Mapping[str, Term], deadline: float, where: str, parts: Sequence[str]
) -> tuple[str, bytes]:
    head = json.dumps(
        {
            "query": text,
            "bound": {name: str(term) for name, term in bound.items()},
            "base": graph.base,
            "deadline": deadline,
            "parent": os.getpid(),
            "parts": list(parts),
            "place": str(graph.place or ""),
        }
    )
    triples = b"" if graph.place else graph.store.dump(format=ox.RdfFormat.N_QUADS) or b""
    data = head.encode() + b"\n" + triples
    command = children.command("-c", "import kg.graph.apart; kg.graph.apart.answer()")
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=deadline,
            env=children.environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError(
            where, f"took longer than {deadline:g} seconds and was stopped", "ask for less"
        ) from error
    kind, _, answer = done.stdout.partition(b"\n")
    if kind == b"error":
        raise QueryError(where, answer.decode())
    if done.returncode or not kind:
        raise QueryError(
            where, f"needed too much memory or failed (status {done.returncode})", "ask for less"
        )
    return kind.decode(), answer


def answer() -> None:
    """Answer one query from standard input to standard output: the whole life of the process that may be killed.

    It has no sockets, a limit of memory and a deadline of its own, and ends with the process that asks.
    """
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    question = json.loads(head)
    sandbox.quiet()
    sandbox.die_with(question["parent"])
    sandbox.arm(question["deadline"])
    store = ox.Store.read_only(question["place"]) if question["place"] else ox.Store()
    _limit_memory()
    sandbox.forbid_network()
    store.load(data, ox.RdfFormat.N_QUADS) if data else None
    out = sys.stdout.buffer
    try:
        bound = {name: _term(text) for name, text in question["bound"].items()}
        kind, encoded = _answered(store, question, bound)
    except QueryError as error:
        kind, encoded = "error", error.what.encode()
    except (ValueError, RuntimeError, OSError) as error:  # once the engine is at work
        kind, encoded = "error", mistake(str(error)).encode()
    out.write(kind.encode() + b"\n" + encoded)
    out.flush()


def _answered(store: ox.Store, question: Mapping[str, Any], bound: Mapping[str, Term]) -> tuple[str, bytes]:
    """Return the kind and the bytes of an answer; of several graphs, those of each in a list of JSON."""
    parts: list[ox.NamedNode | ox.DefaultGraph] = [ox.NamedNode(name) for name in question.get("parts", ())]
    answers = [
        Rows.encode(solve(store, question["query"], bound, question["base"], default_graph=part))
        for part in parts or [ox.DefaultGraph()]
    ]
    if not parts:
        return answers[0]
    return answers[0][0], json.dumps([encoded.decode() for _, encoded in answers]).encode()


def _term(text: str) -> Term:
    line = f"<x:> <x:> {text} ."
    quad: ox.Quad = next(iter(ox.parse(line.encode(), ox.RdfFormat.N_TRIPLES)))
    return quad.object


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
