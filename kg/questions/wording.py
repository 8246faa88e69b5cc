"""How a kind of question is worded -> what is looked for in a question.

``(甲|乙|)``  one of several, or nothing     ``<what>``  one of the words of a class
``{person}``  a slot                         ``{deed {which}}``  somebody does something, with its object
``{verb}``    a deed whose object stands elsewhere
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.base.errors import ResourceError
from kg.base.wordlist import did_you_mean

__all__ = ["Choice", "Doing", "Node", "Sequence", "Slot", "Text", "expand", "parse", "slots_of"]

_ENDS: Final = "|)}"
_SPECIAL: Final = "(){}<>|"


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a name, a sort of thing, or another value."""

    name: str


@dataclass(frozen=True, slots=True)
class Doing:
    """A deed; with its object in the place where the words of the deed have it, or without."""

    object: tuple[Node, ...] | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    options: tuple[tuple[Node, ...], ...]


Node = Text | Slot | Doing | Choice
Sequence = tuple[Node, ...]


def parse(text: str, classes: Mapping[str, tuple[str, ...]], where: str) -> Sequence:
    """Return what a wording looks for.

    Raises:
        ResourceError: a bracket is missing, or a class is unknown.
    """
    nodes, at = _sequence(text, 0, classes, where)
    if at < len(text):
        raise ResourceError(where, f"{text[at]!r} at character {at + 1} of {text!r} closes nothing")
    return nodes


def _sequence(text: str, at: int, classes: Mapping[str, tuple[str, ...]], where: str) -> tuple[Sequence, int]:
    found: list[Node] = []
    while at < len(text) and text[at] not in _ENDS:
        node, at = _node(text, at, classes, where)
        found.append(node)
    return tuple(found), at


def _node(text: str, at: int, classes: Mapping[str, tuple[str, ...]], where: str) -> tuple[Node, int]:
    if text[at] == "(":
        return _choice(text, at + 1, classes, where)
    if text[at] == "<":
        end = _close(text, at, ">", where)
        name = text[at + 1 : end]
        if name not in classes:
            raise ResourceError(where, f"unknown class of words <{name}>", did_you_mean(name, classes))
        return Choice(tuple((Text(word),) if word else () for word in classes[name])), end + 1
    if text.startswith("{deed ", at):
        inner, end = _sequence(text, at + 6, classes, where)
        return Doing(inner), _expect(text, end, "}", where)
    if text[at] == "{":
        end = _close(text, at, "}", where)
        name = text[at + 1 : end]
        return (Doing(None) if name == "verb" else Slot(name)), end + 1
    end = at
    while end < len(text) and text[end] not in _SPECIAL:
        end += 1
    if end == at:
        raise ResourceError(where, f"{text[at]!r} at character {at + 1} of {text!r} stands alone")
    return Text(text[at:end]), end


def _choice(text: str, at: int, classes: Mapping[str, tuple[str, ...]], where: str) -> tuple[Choice, int]:
    options: list[Sequence] = []
    while True:
        option, at = _sequence(text, at, classes, where)
        options.append(option)
        if at >= len(text) or text[at] != "|":
            return Choice(tuple(options)), _expect(text, at, ")", where)
        at += 1


def _close(text: str, at: int, mark: str, where: str) -> int:
    end = text.find(mark, at)
    if end < 0:
        raise ResourceError(where, f"{text[at]!r} at character {at + 1} of {text!r} is not closed")
    return end


def _expect(text: str, at: int, mark: str, where: str) -> int:
    if at >= len(text) or text[at] != mark:
        raise ResourceError(where, f"{text!r} lacks {mark!r} at character {at + 1}")
    return at + 1


def slots_of(nodes: Sequence) -> frozenset[str]:
    """Return the names of the slots in a wording; a deed's is ``deed``."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Slot):
            found.add(node.name)
        elif isinstance(node, Doing):
            found |= {"deed"} | slots_of(node.object or ())
        elif isinstance(node, Choice):
            found |= frozenset().union(*(slots_of(option) for option in node.options))
    return frozenset(found)


def expand(nodes: Sequence) -> list[tuple[Text | Slot, ...]]:
    """Return a wording without choices: once for each way to choose."""
    found: list[tuple[Text | Slot, ...]] = [()]
    for node in nodes:
        if isinstance(node, Choice):
            ways = [way for option in node.options for way in expand(option)]
            found = [(*start, *way) for start in found for way in ways]
        elif not isinstance(node, Doing):
            found = [(*start, node) for start in found]
    return found
