"""A sentence in which names are blanked out, so that no word within a name is taken for a word of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from kg.base.model import AnnotatedSentence, EntityId, Link, Source, Span, Status, Token
from kg.base.nesting import outermost
from kg.base.wordlist import WordTable, any_of, read_words

NAME: Final = "\ue0ff"  # every character of a name; of the private use area, as the masks of passages
LEFT_OUT: Final = "\ue0fe"  # of words that a sentence leaves out of what it says
NOUNS: Final = frozenset({"n", "nz", "nw", "nt", "ns", "nr", "PER", "LOC", "ORG"})
CLAUSE_ENDS: Final = "，,；;。！!？?\n"
_TURN_MARK: Final = "，,；;"
_BORDERS: Final = frozenset("，,；;：:。！!？?\n“”")


@cache
def words(table: str) -> WordTable:
    """Return a table of the words of what is not asserted.

    Raises:
        ResourceError: the file or the table is missing.
    """
    return read_words("language/assertion.toml").table(table)


@cache
def pattern(table: str, key: str) -> re.Pattern[str]:
    """Return the pattern for any word of a list."""
    return any_of(words(table).words(key))


@dataclass(frozen=True, slots=True)
class Scope:
    """What stands between two positions has a status; None: it is not said at all.

    ``own``: of these the speaker speaks for himself, so that the text passes nothing on.
    """

    span: Span
    status: Status | None
    source: Source | None = None
    own: frozenset[EntityId] = frozenset()


@cache
def _never_names() -> frozenset[str]:
    """Return words that the tagger may take for the name of a person: 杜撰."""
    return frozenset((*words("source").words("false"), *words("behind").words("untrue")))


@dataclass(frozen=True)
class Ground:
    """A sentence with blanked names; all positions are the article's."""

    sentence: AnnotatedSentence
    index: int

    @property
    def span(self) -> Span:
        """Where the sentence stands."""
        return self.sentence.tagged.sentence.span

    @cached_property
    def names(self) -> tuple[Link, ...]:
        """The names that lie in no other, in order."""
        return tuple(outermost(self.sentence.links)[0])

    @cached_property
    def text(self) -> str:
        """The sentence, every character of a name blanked."""
        names = (link.span for link in self.names if link.text not in _never_names())
        return self._blanked(
            self._blanked(self.sentence.tagged.sentence.text, names, NAME), self.sentence.left_out, LEFT_OUT
        )

    @cached_property
    def nouns(self) -> str:
        """The sentence, every character of a name or noun blanked, since not every name is known."""
        spans = (Span(token.start, token.end) for token in self.sentence.tagged.tokens if token.tag in NOUNS)
        return self._blanked(self.text, spans, NAME)

    def _blanked(self, text: str, spans: Iterable[Span], blank: str) -> str:
        characters = list(text)
        for span in spans:
            for at in range(span.start - self.span.start, span.end - self.span.start):
                characters[at] = blank
        return "".join(characters)

    @cached_property
    def _starts(self) -> dict[int, Token]:
        return {token.start: token for token in self.sentence.tagged.tokens}

    @cached_property
    def _ends(self) -> frozenset[int]:
        return frozenset(token.end for token in self.sentence.tagged.tokens)

    def is_word(self, span: Span) -> bool:
        """Say whether words of the tagger begin and end with the span; beside a name they do."""
        text, origin = self.text, self.span.start
        first, last = span.start - origin, span.end - origin
        begins = span.start in self._starts or (first > 0 and text[first - 1] == NAME)
        return begins and (span.end in self._ends or text[last : last + 1] == NAME)

    def tag(self, position: int) -> str:
        """Return the tag of the word that begins there, "" where none does."""
        token = self._starts.get(position)
        return token.tag if token else ""

    def tokens(self, start: int, end: int) -> Iterator[Token]:
        """Yield the words between two positions, those of names left out."""
        for token in self.sentence.tagged.tokens:
            if start <= token.start and token.end <= end and self.text[token.start - self.span.start] != NAME:
                yield token

    def find(
        self, pattern: re.Pattern[str], start: int | None = None, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Yield the matches in the blanked sentence between two positions of the article."""
        origin = self.span.start
        first = 0 if start is None else max(0, start - origin)
        last = len(self.text) if end is None else max(0, end - origin)
        return pattern.finditer(self.text, first, last)

    def at(self, match: re.Match[str], group: int | str = 0) -> Span:
        """Return where a match stands in the article."""
        return Span(match.start(group) + self.span.start, match.end(group) + self.span.start)

    def clause_start(self, position: int) -> int:
        """Return where the clause begins that holds the position: behind the mark before it, quotation marks too."""
        at = position - self.span.start
        while at > 0 and self.text[at - 1] not in _BORDERS:
            at -= 1
        return at + self.span.start

    def clause_end(self, position: int) -> int:
        """Return where the clause ends: before the next mark but a colon or quotation mark."""
        at = position - self.span.start
        while at < len(self.text) and self.text[at] not in CLAUSE_ENDS:
            at += 1
        return at + self.span.start

    def sentence_part(self, position: int) -> int:
        """Return where the clause begins that holds the position, quotation marks and colons in it."""
        at = position - self.span.start
        while at > 0 and self.text[at - 1] not in CLAUSE_ENDS:
            at -= 1
        return at + self.span.start

    def name_before(self, position: int, start: int) -> Link | None:
        """Return the last name between two positions."""
        found = [link for link in self.names if start <= link.span.start and link.span.end <= position]
        return found[-1] if found else None

    def has_name(self, start: int, end: int) -> bool:
        """Say whether a name stands between two positions."""
        return NAME in self.text[max(0, start - self.span.start) : max(0, end - self.span.start)]

    def raw(self, span: Span) -> str:
        """Return the words under a span, with the names."""
        origin = self.span.start
        return self.sentence.tagged.sentence.text[span.start - origin : span.end - origin]

    def speakers(self, link: Link) -> frozenset[EntityId]:
        """Return who speaks with a name: its own, those in it, and those right before it whose post it tells."""
        found = {other.entity for other in self.sentence.links if link.span.holds(other.span)}
        start = self.clause_start(link.span.start)
        found.update(
            other.entity for other in self.sentence.links if start <= other.span.start < link.span.start
        )
        return frozenset(found)


def turn(ground: Ground, start: int) -> int:
    """Return where what a source says ends: at a clause that turns away from it, else with the sentence."""
    turns = pattern("source", "turns")
    at = start - ground.span.start
    for position in range(at, len(ground.text)):
        if (
            ground.text[position] in _TURN_MARK
            and turns.match(ground.text, position + 1)
            and position > at + 1
        ):
            return ground.span.start + position
    return ground.span.end
