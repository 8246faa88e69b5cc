"""``Sentence*`` -> ``TaggedSentence*``: what a tagger is, and which there are.

A tagger gives every word one of the labels of ``kg.words.tags``; the rules read nothing else of it, but for the evidence
that it may add. One more is a module with a factory, and a line in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final, Protocol

from kg.base.model import Sentence, TaggedSentence

DEFAULT: Final = "lac"
TAGGERS: dict[str, str] = {DEFAULT: "kg.words.lac:default_lac"}
"""A tagger's name -> "module:factory", imported on use; the factory gives one tagger to the whole process."""


class Tagger(Protocol):
    """Cuts sentences into words. Batch in, batch out: same length, same order."""

    def tag(self, sentences: Sequence[Sentence]) -> tuple[TaggedSentence, ...]:
        """Return each sentence with its words."""


def tagger_named(name: str) -> Tagger:
    """Return the tagger of that name.

    Raises:
        ValueError: there is none.
    """
    if name not in TAGGERS:
        raise ValueError(f"no tagger {name!r}; one of {', '.join(TAGGERS)}")
    module, _, function = TAGGERS[name].partition(":")
    factory: Callable[[], Tagger] = getattr(import_module(module), function)
    return factory()


def default_tagger() -> Tagger:
    """Return the tagger that reads where no other is put in."""
    return tagger_named(DEFAULT)
