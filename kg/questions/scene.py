"""A sentence of an article in the light of a question: which of its names stand there, and whether it may answer at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.questions.article import Article, Mention, Sentence
from kg.questions.asked import Asked
from kg.questions.cover import Cover, cover
from kg.questions.lexicon import Lexicon
from kg.questions.model import Name

__all__ = ["ACTING", "Scene"]

_COMPARED: Final = 12  # characters before a name where what holds it against something stands

ACTING: Final = frozenset(("Person", "Organization"))
"""Types of things that own what is told behind them."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A question and a sentence."""

    asked: Asked
    lexicon: Lexicon
    article: Article
    sentence: Sentence

    @property
    def is_rumour(self) -> bool:
        """Say whether the sentence tells of what is said and not so, as the question does not."""
        return any(
            word in self.sentence.text and word not in self.asked.text
            for word in self.lexicon.lists["rumour"]
        )

    def clause(self, at: int) -> tuple[int, int]:
        """Return where the clause around a place begins and ends."""
        return next(
            ((start, end) for start, end in self.sentence.clauses() if start <= at < end),
            (self.sentence.start, self.sentence.end),
        )

    def words(self, start: int, end: int) -> str:
        """Return what stands between two places."""
        return self.article.text.text[start:end]

    def says_unasked(self, name: str, text: str) -> bool:
        """Say whether a word of a list stands in a text, and not in the question."""
        return any(word in text and word not in self.asked.text for word in self.lexicon.lists[name])

    # names ------------------------------------------------------------------------------------------------------------

    def has(self, name: Name, start: int, end: int) -> bool:
        """Say whether a thing that the question names is named between two places, where not only something is held against it."""
        return not all(map(self._is_compared, self._places(name, start, end)))

    @property
    def is_held_against(self) -> bool:
        """Say whether the sentence only holds something else against what the question names: 续航较甲提升四成."""
        return any(
            (places := self._places(name, self.sentence.start, self.sentence.end))
            and all(map(self._is_compared, places))
            for name in (*self.asked.names, *self.asked.words)
        )

    def _places(self, name: Name, start: int, end: int) -> set[int]:
        first = self.article.text.text.find(name.text, start, end)
        found = {each.start for each in self.article.mentions_in(start, end) if each.iri in name.iris}
        return found | ({first} if first >= 0 else set())

    def _is_compared(self, at: int) -> bool:
        """Say whether a word that holds something against what is named at a place stands before it."""
        before = self.words(max(self.sentence.start, at - _COMPARED), at)
        lists = self.lexicon.lists
        for word in lists["not_compared"]:
            before = before.replace(word, "")
        clause = re.split("[，。；：、]", before)[-1]
        return any(word in clause and word not in self.asked.text for word in lists["compared"])

    def named(self, owner: str = "", end: int = 0) -> int | None:
        """Return how many names of the question stand in the sentence, up to a place; None where one is not even told before it."""
        here = 0
        for name in self.asked.names:
            if owner in name.iris or self.has(name, self.sentence.start, end or self.sentence.end):
                here += 1
            elif not self.told_before(name):
                return None
        return here

    def is_of_others(self, at: int, here: int) -> bool:
        """Say whether a sentence that names nothing of what is asked begins with something else, who only tells it left out."""
        if here or not (self.asked.names or self.asked.unnamed):
            return False
        if self.sentence.text.lstrip().startswith(self.lexicon.lists["anaphora"]):
            return False
        before = self.article.mentions_in(self.sentence.start, at)
        return not any(map(self.is_asked, before)) and not all(map(self.tells, before))

    def tells(self, mention: Mention) -> bool:
        """Say whether a clause only says that somebody tells what follows: 甲表示."""
        return self.words(*self.clause(mention.start)).endswith(self.lexicon.lists["telling"])

    def at_that_time(self, at: int) -> bool:
        """Say whether what stands at a place is of the time that the question names: 去年, 2023年."""
        pattern = self.lexicon.times
        wanted = pattern.findall(self.asked.text)
        if not wanted:
            return True
        told = pattern.findall(self.words(self.sentence.start, at))
        return bool(told) and told[-1] in wanted

    def told_before(self, name: Name) -> bool:
        """Say whether a thing that the question names is named in the title, or before the sentence in its paragraph."""
        if name.text in self.sentence.before:
            return True
        title = self.article.text.title
        names = {self.words(each.start, each.end) for each in self.article.mentions if each.iri in name.iris}
        if any(each in title for each in names):
            return True
        begin = self.sentence.start - (len(self.sentence.before) - len(title) - 1)
        return any(each.iri in name.iris for each in self.article.mentions_in(begin, self.sentence.start))

    def is_anothers(self, at: int, owner: str = "", *, told: bool = False) -> bool:
        """Say whether what stands at a place is told of a person or body that the question does not name.

        ``told`` passes over one whose clause ends with it: 加入中国共产党，1990年参加工作.
        """
        acting = [name for name in self.asked.names if name.types & ACTING]
        if not acting and not self.asked.unnamed:
            return False
        start, end = self.clause(at)
        if any(owner in name.iris or self.has(name, start, end) for name in acting):
            return False
        nearest = self.nearest(at, told=told)
        return nearest is not None and not self.is_asked(nearest)

    def nearest(self, at: int, *, told: bool = False) -> Mention | None:
        """Return the last person or body that is named in the sentence before a place."""
        before = self.article.mentions_in(self.sentence.start, at)
        towards = self.lexicon.lists["towards"]
        return next(
            (
                each
                for each in reversed(before)
                if each.types & ACTING
                and self.words(each.start - 1, each.start) not in towards
                and not (told and self._ends(each))
            ),
            None,
        )

    def _ends(self, mention: Mention) -> bool:
        start, end = self.clause(mention.start)
        return start < mention.start and mention.end == end

    def is_asked(self, mention: Mention) -> bool:
        """Say whether the question names a thing."""
        return self.words(mention.start, mention.end) in self.asked.text or any(
            mention.iri in name.iris for name in self.asked.names
        )

    # words ------------------------------------------------------------------------------------------------------------

    def says(self, start: int, end: int) -> bool:
        """Say whether something that the question says besides names stands in a stretch."""
        near = self.lexicon.folded(self.words(start, end))
        return cover(self.asked.said or self.asked.rest, self.lexicon, (near,)).count(1) > 0

    def covered(self, rest: str, *spans: tuple[int, int]) -> Cover:
        """Return what of the words of a question stands in some stretches, then in the sentence up to there, then before it."""
        folded = self.lexicon.folded
        near = "\n".join(folded(self.words(start, end)) for start, end in spans)
        sofar = folded(self.words(self.sentence.start, max(end for _, end in spans)))
        return cover(rest, self.lexicon, (near, sofar, folded(self.sentence.before)))
