"""A question whether something is true, to a sentence that says of it that it is not: 网传“…”，当地辟谣."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.questions.cover import cover
from kg.questions.scene import Scene
from kg.questions.sought import Sought
from kg.questions.told import Told

__all__ = ["refuted"]

_UNTRUE: Final = "不属实"
_MOST_LACKING: Final = 3
"""One of so many characters of what is asked may not stand in what is rumoured."""

_FEWEST: Final = 3
_OF_NAME: Final = 3  # what a name counts
_OPEN: Final = "“"
_CLOSED: Final = "”"


def refuted(scene: Scene, found: Sought) -> Iterator[Told]:
    """Yield that it is not true, where what is rumoured in a sentence is what the question asks, and is refuted there."""
    text = scene.sentence.text
    if scene.named() is None or not scene.lexicon.any_in("refuted", text):
        return
    rumour = scene.lexicon.folded(_rumour(scene, text))
    covered = cover(found.left, scene.lexicon, (rumour,))
    here, lacking = covered.count(1), covered.count(0)
    here += _OF_NAME * sum(scene.lexicon.folded(name.text) in rumour for name in scene.asked.names)
    if (
        rumour
        and here >= _FEWEST
        and lacking * _MOST_LACKING <= here + lacking
        and all(each in rumour for each in found.counted)
    ):
        end = scene.sentence.end
        yield Told(_UNTRUE, scene.sentence.start, end, (here,), forms=(_UNTRUE, "不实"))


def _rumour(scene: Scene, text: str) -> str:
    """Return what is rumoured in a sentence: what is quoted, or the clause with the word for it; "" where no such word stands there."""
    for word in scene.lexicon.lists["rumoured"]:
        at = text.find(word)
        if at < 0:
            continue
        first = text.find(_OPEN, at)
        quoted = text[first : text.find(_CLOSED, first)] if first >= 0 and _CLOSED in text[first:] else ""
        if quoted and not scene.lexicon.any_in("refuted", quoted):
            return quoted
        start, end = scene.clause(scene.sentence.start + at)
        return scene.words(start, end)
    return ""
