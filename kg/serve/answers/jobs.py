"""The table of what a worker can be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from kg.serve.answers.anchors import anchors
from kg.serve.answers.article import article
from kg.serve.answers.complete import complete
from kg.serve.answers.dataset import dataset
from kg.serve.answers.effect import effect
from kg.serve.answers.listing import listing
from kg.serve.answers.named import named
from kg.serve.answers.network import network
from kg.serve.answers.node import data, node
from kg.serve.answers.opened import Opened
from kg.serve.answers.overview import overview, search, suggest
from kg.serve.answers.question import question
from kg.serve.answers.sparql import sparql
from kg.serve.answers.table import table
from kg.serve.answers.tools import tool
from kg.serve.answers.verbatim import verify_quote
from kg.serve.reply import Reply

__all__ = ["JOBS", "Opened"]

_ALL: Final[tuple[Callable[..., Reply], ...]] = (
    sparql,
    named,
    node,
    data,
    article,
    search,
    suggest,
    overview,
    dataset,
    network,
    table,
    anchors,
    verify_quote,
    tool,
    effect,
    listing,
    question,
    complete,
)

JOBS: Final[Mapping[str, Callable[..., Reply]]] = MappingProxyType({each.__name__: each for each in _ALL})
"""Every job by its name: a function of the opened store and of what is asked."""
