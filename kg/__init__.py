"""Chinese news and government articles into a knowledge graph whose every edge quotes its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.base.errors import KgError
from kg.version import __version__ as __version__

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph, add_decisions, build, build_text, load
    from kg.decide.model import Decision
    from kg.propose.proposer import Proposer

__all__ = [
    "Decision",
    "KgError",
    "KnowledgeGraph",
    "Proposer",
    "add_decisions",
    "build",
    "build_text",
    "load",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562: the reader and the store are opened on first use
    if name == "Decision":
        from kg.decide.model import Decision

        return Decision
    if name == "Proposer":
        from kg.propose.proposer import Proposer

        return Proposer
    if name in __all__:
        from kg import api

        return getattr(api, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
