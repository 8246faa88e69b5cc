"""A language model that may propose facts, as somebody says it: by the options of a command, or from Python."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.base.errors import KgError
from kg.base.model import Article
from kg.propose.address import KEY, address_of, checked_key
from kg.propose.asking import Model, planned
from kg.propose.cache import Cache

__all__ = ["CACHE", "Proposer"]

CACHE: Final = "model-cache"
"""The folder of answers, where nobody names one."""


@dataclass(frozen=True)
class Proposer:
    """Who may propose facts, for ``kg.build(..., proposer=kg.Proposer("qwen3:8b", "http://localhost:11434/v1"))``.

    What it proposes is kept apart (status ``proposed``) until somebody confirms it. Its key, where it needs one, is read from
    ``KG_MODEL_KEY`` and nowhere else.
    """

    name: str
    """Of the model, as its endpoint knows it."""
    url: str | None = None
    """Where chat completions are spoken; None: nobody is asked, only answers that are kept count."""
    cache: Path | str = CACHE
    """The folder of answers: what is there is not asked again."""
    calls: int | None = None
    """At most so many; None: as many as it takes."""
    accept: bool = False
    """Take what the model alone proposes for facts like others."""
    least: float = 0.0
    """How sure proposals have to be to be kept."""
    parallel: int = 4
    """Calls at the same time."""
    seconds: float = 120.0
    """Until a call is cut off."""
    confidence: Mapping[str, float] = field(default_factory=dict)
    """How sure proposals are, by predicate, "" for all others: ``kg score FOLDER --model`` measures it."""

    def model(self) -> tuple[Model, Cache]:
        """Return who is asked, and where answers are kept.

        Raises:
            KgError: the name is missing, the address is none, or the key cannot be sent to it.
        """
        if not self.name.strip() or not self.name.isprintable():
            raise KgError("--model-name", "is missing: which model", "as --model-name qwen3:8b")
        address = address_of(self.url) if self.url is not None else None
        key = checked_key(os.environ.get(KEY, ""), address) if address else ""
        sure = tuple(sorted(self.confidence.items()))
        model = Model(
            self.name, address, key, self.calls, self.parallel, self.seconds, self.accept, sure, self.least
        )
        return model, Cache(Path(self.cache))

    def answered(
        self, articles: Sequence[Article], progress: Callable[[int, int], None] = lambda _done, _all: None
    ) -> tuple[Article, ...]:
        """Return articles with what the model answered about them, asking it for what is not kept.

        Warns (``UserWarning``) where passages stay without an answer: the graph is without what it would say.

        Raises:
            KgError: the model cannot be asked, or gives nothing more; what it gave before is kept.
        """
        plan = planned(articles, *self.model())
        outcome = plan.ask(progress)
        if outcome.unanswered:
            every = plan.estimate().passages
            why = "".join(f"; {many}: {reason}" for reason, many in sorted(outcome.failed.items()))
            warnings.warn(
                f"{outcome.unanswered} of {every} passages are without an answer of {self.name!r}{why}",
                stacklevel=3,
            )
        return plan.answered()
