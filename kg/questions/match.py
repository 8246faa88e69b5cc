"""A question, read by a wording: what fills its slots, in every way in which it can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.questions.grammar import Grammar, Pattern
from kg.questions.model import Bound, Deed, Name, Reading, Which
from kg.questions.wording import Choice, Doing, Node, Sequence, Slot, Text
from kg.questions.words import Words

__all__ = ["Matcher"]

_STEPS: Final = 60_000
"""How much is tried for one question: what needs more is hostile, and not understood."""

_STEPS_EACH: Final = 4_000
"""And by one kind."""

_CUE: Final = 14
_LOOSE: Final = 24
_NO_NAME: Final = frozenset("的那这，、；：。！？“”")
_FREE: Final = "cue"
_SAID: Final = ("role", "measure", "amount")
_LISTED: Final = ("sort", "unit")


_BEHIND: Final = 16
"""Ways to go on behind such words; who says more of them in a row asks nothing."""

_Behind = tuple[int, frozenset[str], tuple[tuple[str, str], ...], int]


@dataclass(frozen=True, slots=True)
class _State:
    """How far a question is read."""

    at: int
    bound: tuple[Bound, ...] = ()
    modifiers: frozenset[str] = frozenset()
    dates: tuple[tuple[str, str], ...] = ()
    cost: int = 0

    def bind(
        self, slot: str, value: Name | Which | str | Reading | tuple[Deed, ...], at: int, cost: int = 0
    ) -> _State:
        bound = (*self.bound, Bound(slot, value))
        return _State(at, bound, self.modifiers, self.dates, self.cost + cost)

    def moved(self, at: int) -> _State:
        """Return the state with what is read up to another place."""
        return _State(at, self.bound, self.modifiers, self.dates, self.cost)


class Matcher:
    """Reads one question; ``loose`` takes any words for a name that the graph may not have."""

    def __init__(self, grammar: Grammar, words: Words, *, loose: bool = False) -> None:
        self._grammar, self._words, self._loose = grammar, words, loose
        self._text = words.text
        self.steps = 0
        self._most = _STEPS
        self._behind_at: dict[int, list[_Behind]] = {}
        self._idle_at: dict[int, list[tuple[int, str]]] = {}
        self._deeds_at: dict[int, list[Deed]] = {}
        self._phrases_at: dict[tuple[int, frozenset[str]], list[tuple[Reading, int]]] = {}
        self._latest_of: dict[int, list[int]] = {}
        self._ends_at: dict[int, list[int]] = {}
        self._foreign_at: dict[int, int] = {}
        self._cut = [_is_cut(self._text, grammar.foreign, at) for at in range(len(self._text) + 1)]

    def readings(self, pattern: Pattern) -> Iterator[Reading]:
        """Yield the ways in which a whole question is one of a kind."""
        self._most = min(_STEPS, self.steps + _STEPS_EACH)
        for wording in pattern.wordings:
            for state in self._sequence(wording, _State(0), 0):
                for end in self._skip(state):
                    if end.at == len(self._text) and _fits(pattern, end):
                        yield Reading(pattern.kind, end.bound, end.cost, end.modifiers, end.dates, self._text)

    # nodes --------------------------------------------------------------------------------------------------------

    def _sequence(self, nodes: Sequence, state: _State, depth: int, first: int = 0) -> Iterator[_State]:
        if first == len(nodes):
            yield state
        elif state.at <= self._latest(nodes)[first]:
            for reached in self._node(nodes[first], state, depth):
                yield from self._sequence(nodes, reached, depth, first + 1)

    def _latest(self, nodes: Sequence) -> list[int]:
        """Return the last place where each node of a wording may begin, for all words behind it still to be found; -1 where none is."""
        known = self._latest_of.get(id(nodes))  # of the grammar, which lives longer than this
        if known is None:
            known = self._latest_of[id(nodes)] = self._places(nodes, len(self._text))
        return known

    def _places(self, nodes: Sequence, end: int) -> list[int]:
        found = [end]
        for node in reversed(nodes):
            found.append(-1 if found[-1] < 0 else self._place(node, found[-1]))
        return found[::-1]

    def _place(self, node: Node, end: int) -> int:
        if isinstance(node, Text):
            return self._text.rfind(node.text, 0, end)
        if isinstance(node, Choice):
            return max(self._places(option, end)[0] for option in node.options)
        if isinstance(node, Doing):
            return self._places(node.object or (), end)[0]
        return end - 1

    def _node(self, node: Node, state: _State, depth: int) -> Iterator[_State]:
        if isinstance(node, Choice):
            for option in node.options:
                yield from self._sequence(option, state, depth)
            return
        for begun in self._skip(state):
            if isinstance(node, Text):
                if self._text.startswith(node.text, begun.at):
                    yield begun.moved(begun.at + len(node.text))
            elif isinstance(node, Slot):
                yield from self._slot(node.name, begun, depth)
            else:
                yield from self._deed(node, begun, depth)

    def _skip(self, state: _State) -> Iterator[_State]:
        """Yield a state, and those behind words that only narrow, or say nothing."""
        for at, modifiers, dates, cost in self._behind(state.at):
            self.steps += 1
            if self.steps > self._most:
                return
            if at == state.at:
                yield state
            else:
                narrowed, dated = state.modifiers | modifiers, (*state.dates, *dates)
                yield _State(at, state.bound, narrowed, dated, state.cost + cost)

    def _behind(self, start: int) -> list[_Behind]:
        """Return where one may go on reading from a character: there, or behind such words, the nearest first."""
        if start not in self._behind_at:
            found: list[_Behind] = [(start, frozenset(), (), 0)]
            for at, modifiers, dates, cost in found:
                for end, modifier in self._idle(at):
                    told = modifiers | {modifier} if modifier else modifiers
                    _add(found, (end, told, dates, cost + (not modifier)))
                for span in self._words.begin(at, "date"):
                    _add(found, (span.end, modifiers, (*dates, (span.name.text, span.value)), cost))
            self._behind_at[start] = found
        return self._behind_at[start]

    def _idle(self, at: int) -> list[tuple[int, str]]:
        """Return where words end that begin here and say nothing, or only narrow: then with the id of the modifier."""
        if at not in self._idle_at:
            text, found = self._text, list[tuple[int, str]]()
            found += [(at + len(word), "") for word in self._grammar.fillers if text.startswith(word, at)]
            for modifier in self._grammar.modifiers:
                found += [
                    (at + len(word), modifier.id) for word in modifier.words if text.startswith(word, at)
                ]
            self._idle_at[at] = found
        return self._idle_at[at]

    # slots --------------------------------------------------------------------------------------------------------

    def _slot(self, name: str, state: _State, depth: int) -> Iterator[_State]:
        if any(each.slot == name for each in state.bound):
            return
        if name == "which":
            yield from self._which(state)
        elif name == "howmany":
            yield from self._counted(state)
        elif name.startswith(_FREE):
            last = min(len(self._text), state.at + _CUE, self._foreign_from(state.at) - 1)
            for end in range(state.at + 1, last + 1):
                piece = self._text[state.at : end]
                if piece not in self._grammar.no_cue:
                    yield state.bind(name, piece, end, 2 * len(piece))
        else:
            yield from self._named(name, state, depth)

    def _named(self, name: str, state: _State, depth: int) -> Iterator[_State]:
        sort = self._grammar.slots[name][0]
        if sort in _LISTED:
            yield from self._listed(name, sort, state)
            return
        if sort in _SAID:
            for span in self._words.begin(state.at, sort):
                yield state.bind(name, span.value or span.name, span.end)
        else:
            types = frozenset(self._grammar.slots[name])
            for span in self._words.begin(state.at, "name"):
                if not span.name.types or span.name.types & types:
                    yield state.bind(name, span.name, span.end)
            if not depth:
                yield from self._phrase(name, state)
        if self._loose and sort != "amount":
            yield from self._unknown(name, state)

    def _listed(self, name: str, sort: str, state: _State) -> Iterator[_State]:
        """Yield the words for a sort of thing, or the units, that stand here."""
        words: Iterable[tuple[str, Which | str]] = (
            self._grammar.sorts if sort == "sort" else ((unit, unit) for unit in self._grammar.units)
        )
        for word, value in words:
            if self._text.startswith(word, state.at):
                yield state.bind(name, value, state.at + len(word))

    def _unknown(self, name: str, state: _State) -> Iterator[_State]:
        for end in self._ends(state.at):
            yield state.bind(name, Name(self._text[state.at : end]), end, end - state.at)

    def _ends(self, at: int) -> list[int]:
        """Return where a name may end that begins here and that the graph may not have."""
        if at not in self._ends_at:
            known = {span.end for sort in ("name", *_SAID) for span in self._words.begin(at, sort)}
            found = self._ends_at[at] = list[int]()
            last = at if self._idle(at) or self._cut[at] else min(len(self._text), at + _LOOSE)
            last = next((end for end in range(at, last) if self._text[end] in _NO_NAME), last)
            for end in range(at + 2, min(last + 1, self._foreign_from(at))):
                if (
                    end not in known
                    and self._text[end - 1] not in self._grammar.fillers
                    and not self._cut[end]
                ):
                    found.append(end)
        return self._ends_at[at]

    def _phrase(self, name: str, state: _State) -> Iterator[_State]:
        """Yield what a question inside the question stands for: 资助甲校的人."""
        key = (state.at, state.modifiers)
        if key not in self._phrases_at:
            self._phrases_at[key] = list(self._inner(state))
        for reading, end in self._phrases_at[key]:
            yield state.bind(name, reading, end, reading.cost + 1)

    def _inner(self, state: _State) -> Iterator[tuple[Reading, int]]:
        begun = _State(state.at, modifiers=state.modifiers)
        for pattern in self._grammar.phrases:
            for wording in pattern.wordings:
                for reached in self._sequence(wording, begun, 1):
                    if reached.modifiers == state.modifiers and _fits(
                        pattern, replace(reached, modifiers=frozenset())
                    ):
                        yield Reading(pattern.kind, reached.bound, reached.cost, text=self._text), reached.at

    def _foreign_from(self, at: int) -> int:
        """Return the first place up to which a piece that begins here has in it what no name has."""
        if at not in self._foreign_at:
            places = ((self._text.find(word, at), len(word)) for word in self._grammar.foreign)
            self._foreign_at[at] = min(
                (place + length for place, length in places if place >= 0), default=len(self._text) + 1
            )
        return self._foreign_at[at]

    def _which(self, state: _State) -> Iterator[_State]:
        text, at = self._text, state.at
        for word, which in self._grammar.asking:
            if text.startswith(word, at):
                yield state.bind("which", which, at + len(word))
        for word in self._grammar.choosing:
            if text.startswith(word, at):
                yield from self._sort("which", state, at + len(word))

    def _counted(self, state: _State) -> Iterator[_State]:
        for word in self._grammar.counting:
            if self._text.startswith(word, state.at):
                yield from self._sort("howmany", state, state.at + len(word))

    def _sort(self, slot: str, state: _State, at: int) -> Iterator[_State]:
        for word, which in self._grammar.sorts:
            if self._text.startswith(word, at):
                yield state.bind(slot, which, at + len(word))

    # deeds --------------------------------------------------------------------------------------------------------

    def _deed(self, node: Doing, state: _State, depth: int) -> Iterator[_State]:
        """Yield what is done; all deeds that are said in the same words are meant."""
        if any(each.slot == "deed" for each in state.bound):
            return
        said: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Deed]] = {}
        if state.at not in self._deeds_at:
            self._deeds_at[state.at] = [
                deed for deed in self._grammar.deeds if self._text.startswith(deed.before[0], state.at)
            ]
        for deed in self._deeds_at[state.at]:
            if not (node.object is None and deed.after):
                said.setdefault((deed.before, deed.after), []).append(deed)
        for (before, after), deeds in said.items():
            for begun in self._tokens(before, state):
                told = begun.bind("deed", tuple(deeds), begun.at)
                if node.object is None:
                    yield told
                    continue
                for reached in self._sequence(node.object, told, depth):
                    yield from self._tokens(after, reached)

    def _tokens(self, tokens: tuple[str, ...], state: _State) -> Iterator[_State]:
        if not tokens:
            yield state
            return
        for begun in self._skip(state):
            if self._text.startswith(tokens[0], begun.at):
                yield from self._tokens(tokens[1:], begun.moved(begun.at + len(tokens[0])))


def _is_cut(text: str, foreign: Iterable[str], at: int) -> bool:
    """Say whether a place lies inside of a word that asks, or of a word of Latin letters and digits: no name ends there."""
    if text[at - 1 : at + 1].isascii() and text[at - 1 : at + 1].isalnum() and 0 < at < len(text):
        return True
    return any(
        text.startswith(word, at - left) for word in foreign for left in range(1, len(word)) if left <= at
    )


def _fits(pattern: Pattern, state: _State) -> bool:
    """Say whether a kind of question can be asked with what narrows it here."""
    takes = pattern.kind.takes
    if not pattern.needs <= {each.slot for each in state.bound}:
        return False
    return state.modifiers <= takes and (not state.dates or ("date" in takes and len(state.dates) == 1))


def _add(found: list[_Behind], more: _Behind) -> None:
    """Add one way to go on, unless there is one that ends and tells the same."""
    if len(found) < _BEHIND and all(more[:3] != each[:3] for each in found):
        found.append(more)
