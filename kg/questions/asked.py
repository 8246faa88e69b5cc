"""What a question asks for, by the words that ask, and what it says besides: names, and other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.questions.grammar import Grammar
from kg.questions.lexicon import Aspect, Lexicon
from kg.questions.model import Name, Which
from kg.questions.words import Span, Words

__all__ = ["BREAK", "Asked", "asked"]

BREAK: Final = "\x00"
"""What stands for a name, and between what was said before and behind it."""

_POLITE: Final = 2
_OF: Final = "的"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart. ``left`` and ``right`` of what asks are folded; a name in them is a break."""

    aspect: Aspect | None
    left: str
    right: str
    plain_left: str  # as written
    plain_right: str
    names: tuple[Name, ...]
    text: str
    which: Which | None = None  # the sort of thing that is asked for
    said: str = ""  # what is said besides names, where these are taken for words
    unnamed: bool = False  # the names in it are taken for words, for the graph may cut them otherwise
    words: tuple[Name, ...] = ()  # the names that are taken for words

    def without_names(self, lexicon: Lexicon) -> Asked:
        """Return it with its names taken for words."""
        return replace(
            self,
            left=lexicon.folded(self.plain_left),
            right=lexicon.folded(self.plain_right),
            names=(),
            unnamed=True,
            words=self.names,
            said=self.rest,
        )

    @property
    def rest(self) -> str:
        """Return what is said besides names and what asks."""
        return f"{self.left}{BREAK}{self.right}"


def asked(words: Words, grammar: Grammar, lexicon: Lexicon) -> Asked:
    """Return a question taken apart."""
    text = words.text
    for filler in grammar.fillers:
        if len(filler) >= _POLITE and text.startswith(filler):
            text = text.removeprefix(filler)
    cut = len(words.text) - len(text)
    spans = [(span.start - cut, span.end - cut, span.name) for span in _longest(words) if span.start >= cut]
    aspect, start, end, which = _aspect(text, spans, grammar, lexicon)
    masked = list(text)
    for first, last, _ in spans:
        masked[first:last] = BREAK * (last - first)
    hidden = "".join(masked)
    return Asked(
        aspect,
        lexicon.folded(hidden[:start]),
        lexicon.folded(hidden[end:]),
        text[:start],
        text[end:],
        tuple(name for _, _, name in spans),
        text,
        which,
    )


def _longest(words: Words) -> list[Span]:
    """Return the names in a question, of those that overlap the longest."""
    spans = [span for row in words.at.values() for span in row if span.sort == "name"]
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if not any(span.start < other.end and other.start < span.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _aspect(
    text: str, names: Sequence[tuple[int, int, Name]], grammar: Grammar, lexicon: Lexicon
) -> tuple[Aspect | None, int, int, Which | None]:
    """Return what is asked for and where the words for it stand, those inside a name left out."""

    def free(start: int, end: int) -> bool:
        return not any(start < last and first < end for first, last, _ in names)

    for aspect in lexicon.aspects:
        at = text.rfind(aspect.word) if aspect.last else text.find(aspect.word)
        end = at + len(aspect.word)
        if at < 0 or not free(at, end) or (aspect.last and text[end:].strip()):
            continue
        if aspect.units == ("=",):
            unit = next((unit for unit in grammar.units if text.startswith(unit, end)), "")
            if unit and not text.startswith(lexicon.lists["no_units"], end):
                return Aspect("figure", aspect.word + unit, (unit,)), at, end + len(unit), None
        if (chosen := _chosen(text, grammar)) and at < chosen[2] > end and chosen[1] < end:
            break
        return aspect, at, end, None
    chosen = _chosen(text, grammar)
    if chosen is not None and free(chosen[1], chosen[2]):
        which, start, end = chosen
        return Aspect("agent", text[start:end]), start, end, which
    return None, len(text), len(text), None


def _chosen(text: str, grammar: Grammar) -> tuple[Which, int, int] | None:
    """Return the sort of thing that is asked for: 哪家公司."""
    best: tuple[Which, int, int] | None = None
    for word in grammar.choosing:
        at = text.find(word)
        for sort, which in grammar.sorts if at >= 0 else ():
            end = at + len(word) + len(sort)
            if text.startswith(sort, at + len(word)) and (best is None or end - at > best[2] - best[1]):
                best = which, at, end
    return best
