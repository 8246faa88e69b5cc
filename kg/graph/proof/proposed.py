"""What the quotes of a fact must say that a language model found alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.base.model import BY_MODEL, Span
from kg.graph.proof.entity import names_of
from kg.graph.proof.fault import Fault, Node
from kg.graph.proof.reference import references
from kg.graph.proof.view import LABEL, Text, bare
from kg.graph.proposed import PROPOSED_BY, TRIGGER
from kg.graph.vocabulary import KG

__all__ = ["prove_proposed"]

_PATTERN, _STATUS = KG + "pattern", KG + "status"
_SHOWN: Final = 40


def prove_proposed(at: Node, ends: tuple[str, str], texts: Sequence[tuple[Text, Span]]) -> Iterator[Fault]:
    """Yield what the quotes do not bear out of a fact that a model may have found: its ends, the word that says it.

    Args:
        at: the fact.
        ends: its subject and object.
        texts: the texts and places of its quotes.
    """
    view = at.view
    alone = BY_MODEL in view.words(at.iri, _PATTERN)
    proposed = view.node(at.iri, _STATUS) == KG + "proposed"
    if alone != bool(view.nodes(at.iri, PROPOSED_BY)):
        yield at.fault(PROPOSED_BY, "a model found it alone, and nothing says which, or the other way round")
    if proposed and not alone:
        yield at.fault(_STATUS, "is proposed, and no model proposed it")
    if not alone:
        return
    quotes = [bare(span.of(text.text)) for text, span in texts]
    triggers = view.words(at.iri, TRIGGER)
    if not triggers:
        yield at.fault(TRIGGER, "nothing says by which words the model found it")
    for words in triggers:
        if not any(bare(words) in quote for quote in quotes):
            yield at.fault(TRIGGER, f"its quote has no word {words!r}")
    named = [sorted(map(bare, names_of(view, end)), key=len, reverse=True) for end in ends]
    for end, own, others in zip(ends, named, reversed(named), strict=True):
        if not any(_names(text, quote, own, others) for (text, _), quote in zip(texts, quotes, strict=True)):
            yield at.fault("", f"no quote of what a model proposes names {view.word(end, LABEL)[:_SHOWN]!r}")


def _names(text: Text, quote: str, own: Sequence[str], others: Sequence[str]) -> bool:
    """Say whether a quote names a thing, or has a word that stands for one named before, outside of the other's names."""
    if any(name in quote for name in own):
        return True
    for name in others:
        quote = quote.replace(name, " ")
    return references().search(text.simple(quote)) is not None
