"""What a question asks to be taken out of the sentence that holds all it says besides: the sort of it, and what must stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.questions.asked import BREAK, Asked
from kg.questions.cover import Cover, cover
from kg.questions.lexicon import Lexicon, Wanted
from kg.questions.scene import Scene

__all__ = ["Sought", "key_of", "rank_of", "sought"]

_AT_THE_END: Final = ("truth", "state")
_COUNTED: Final = re.compile("第?[一二三四五六七八九十两0-9]+[^一二三四五六七八九十两0-9\x00的，、]")
"""A number with what it counts, of which each must stand in the article as the question has it: 一标段 is not in 二标段."""

_FEWEST: Final = 2  # characters of a question that must stand in the sentence
_OF_NAME: Final = 3  # what a name that stands there counts
_MOST_LACKING: Final = 5  # one of so many characters may stand nowhere
_SENTENCE: Final = 1
_BEFORE: Final = 2
_TELLING: Final = 5  # characters that must stand in a sentence that does not name what the question names
_OF_ARTICLE: Final = ("law", "number")
_NAMING: Final = ("list", "figure", "award")
"""What is told of somebody else as soon as a name lacks."""

_ANY: Final = frozenset("*=")


@dataclass(frozen=True, slots=True)
class Sought:
    """A question by what it wants; ``left`` and ``right`` of the words that ask are folded, a name in them is a break."""

    asked: Asked
    wanted: Wanted
    left: str
    right: str
    counted: tuple[str, ...]

    @property
    def rest(self) -> str:
        """Return what is said besides names and what asks."""
        return f"{self.left}{BREAK}{self.right}"

    @property
    def plain(self) -> str:
        """Return what the question says before what asks, as written."""
        return self.asked.text[: self.asked.text.find(self.wanted.word)]


def sought(asked: Asked, lexicon: Lexicon) -> Iterator[Sought]:
    """Yield a question by what it wants: by its names, then with these taken for words; nothing where it asks in no such way."""
    for names in (True, False) if asked.names else (True,):
        text = asked.text
        for name in asked.names if names else ():
            text = text.replace(name.text, BREAK)
        wanted = next((each for each in lexicon.wanted if _asks(each, text)), None) or _measured(asked)
        if wanted is None:
            return
        if not names and wanted.sort in _NAMING:
            return
        at = text.rfind(wanted.word) if wanted.sort in _AT_THE_END else text.find(wanted.word)
        left, right = (_bare(part, lexicon) for part in (text[:at], text[at + len(wanted.word) :]))
        counted = tuple(match[0] for match in _COUNTED.finditer(f"{left}{BREAK}{right}"))
        yield Sought(
            asked if names else asked.without_names(lexicon),
            wanted,
            lexicon.folded(left),
            lexicon.folded(right),
            counted,
        )


def _measured(asked: Asked) -> Wanted | None:
    """Return what a question wants that asks for a figure of some unit."""
    aspect = asked.aspect
    if aspect is None or aspect.reads != "figure" or not set(aspect.units) - _ANY:
        return None
    return Wanted("figure", aspect.word, units=aspect.units)


def _asks(wanted: Wanted, text: str) -> bool:
    return text.endswith(wanted.word) if wanted.sort in _AT_THE_END else wanted.word in text


def _bare(text: str, lexicon: Lexicon) -> str:
    """Return a part of a question without the words that no article need have."""
    for word in lexicon.lists["passing"]:
        text = text.replace(word, "")
    return text.replace("，", "")


def rank_of(scene: Scene, found: Sought) -> int | None:
    """Return how much of a question stands in a sentence; None where too little does, or the word beside what asks does not."""
    if scene.is_held_against:
        return None
    named = _named(scene, found)
    folded = scene.lexicon.folded
    covered = cover(found.rest, scene.lexicon, (folded(scene.sentence.text), folded(scene.sentence.before)))
    here, before, lacking = (covered.count(mark) for mark in (_SENTENCE, _BEFORE, 0))
    if named is None or lacking * _MOST_LACKING > here + before + lacking:
        return None
    if named < len(scene.asked.names) and not _may_lack(scene, found, here):
        return None
    here += _OF_NAME * named
    told = f"{scene.sentence.before}{scene.sentence.text}"
    if here < _FEWEST or before > here or not all(each in told for each in found.counted):
        return None
    return here if _is_beside(scene, found, covered) else None


def _named(scene: Scene, found: Sought) -> int | None:
    """Return how many names of the question stand in the sentence; of laws and documents the others may stand anywhere before."""
    if found.wanted.sort not in _OF_ARTICLE:
        return scene.named()
    start, end = scene.sentence.start, scene.sentence.end
    if not all(scene.has(name, 0, end) for name in scene.asked.names):
        return None
    return sum(scene.has(name, start, end) for name in scene.asked.names)


def _may_lack(scene: Scene, found: Sought, here: int) -> bool:
    """Say whether a sentence need not name all that the question does: it tells much of it, or has a word for what was named: 该校."""
    if found.wanted.sort in _NAMING:
        return False
    lists = scene.lexicon.lists
    return here >= _TELLING or any(
        word in scene.sentence.text for name in ("anaphora", "theirs") for word in lists[name]
    )


def key_of(lexicon: Lexicon, found: Sought) -> int | None:
    """Return which character of the rest is beside what asks: the first behind it that says something, or else the last before it."""
    light, left = lexicon.light, len(found.left)
    behind = [at for at, each in enumerate(found.right, left + 1) if each not in light]
    if behind:
        return next((at for at in behind if found.rest[at] != BREAK), behind[0])
    return next((at for at in range(left - 1, -1, -1) if found.left[at] not in light), None)


def _is_beside(scene: Scene, found: Sought, covered: Cover) -> bool:
    """Say whether the word beside what asks, behind it or else before it, stands in the sentence."""
    key = key_of(scene.lexicon, found)
    if key is None or found.rest[key] == BREAK:
        name = scene.asked.names[-1] if scene.asked.names else None
        return name is not None and scene.has(name, scene.sentence.start, scene.sentence.end)
    return covered.at[key] == _SENTENCE
