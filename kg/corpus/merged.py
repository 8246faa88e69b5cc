"""The merged view: what all articles say together, each thing one node and each fact one.

Made of the articles' own triples and of the identity graph alone, article by article, and written as N-Triples: what belongs to
one article at once, what several share when all were looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.base.overlay import following
from kg.corpus.conflict import Figures, conflicts_of
from kg.corpus.fold import Folded, Stated, fold, stated_in
from kg.corpus.layer import LABEL, TYPE, Layer, Said, first_value, value_of
from kg.corpus.succession import successions_of
from kg.corpus.ties import Ties
from kg.graph import literal
from kg.graph.vocabulary import KG, KINDS, PREDICATES, SKOS

__all__ = ["Merger", "Part"]

_PREF, _ALT = f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>"
_CODE: Final = f"<{KG}placeCode>"
_TOLD_BY: Final = f"<{KG}toldBy>"
_PLAIN: Final = following(lambda: {f"<{KG}{name}>" for name in PREDICATES})
_KINDS: Final = frozenset(f"<{KG}{name}>" for name in KINDS)
_NAMES: Final = frozenset((LABEL, _PREF, _ALT))
_TERM: Final = f"<{KG}"
_SHARED: Final = (
    "bcdijr"  # run, tool, decision, model, who decided, title: several articles may write the same
)


@dataclass(frozen=True, slots=True)
class Part:
    """What some articles leave to be said when all were looked at, so that others can look at the others."""

    parts: dict[str, list[Said]]
    facts: list[Stated]
    events: dict[str, Said]
    called: dict[str, str]
    figures: Figures
    shared: tuple[str, ...]  # lines that other articles may give too


class Merger:
    """Merges articles that it is shown one after the other.

    Args:
        ties: who is one with whom.
        base: where the nodes live.
        apart: whether others look at other articles; then what several may say is left to who puts all together.
    """

    def __init__(self, ties: Ties, base: str, *, apart: bool = False) -> None:
        self._apart = apart
        self._ties, self._base = ties, base
        self._targets = frozenset(ties.same.values())
        self._parts: dict[str, list[Said]] = defaultdict(list)  # of things that several articles may name
        self._facts: list[Stated] = []
        self._events: dict[str, Said] = {}
        self._called: dict[str, str] = {node: value_of(label) for node, label in ties.called.items()}
        self._figures = Figures()
        self._shared: dict[str, None] = {}

    def take(self, layer: Layer) -> Iterator[str]:
        """Look at an article; yield what of it stands in the merged view whatever the others say."""
        same = self._ties.same
        facts = list(stated_in(layer, same))
        ends = {end for fact in facts for end in (fact.subject, fact.object)}
        ends |= self._figures.take(layer, same)
        self._facts += facts
        for node, said in layer.nodes.items():
            letter = node[len(self._base) + 1] if node.startswith(f"<{self._base}") else ""
            if letter == "e":
                yield from self._entity(node, said, ends)
            elif letter == "h":
                self._events[node] = said
            elif node in self._ties.evidence and letter not in _SHARED:
                continue  # as all that links rest on, once
            elif letter != "f" or first_value(said, f"<{KG}derived>"):
                yield from self._passed(
                    node, said, shared=letter in _SHARED or letter == "f" or node.startswith(_TERM)
                )

    def _entity(self, node: str, said: Said, ends: set[str]) -> Iterator[str]:
        """Keep what is said of a thing that several articles may name; yield what is said of any other."""
        target = self._ties.same.get(node, node)
        own = [(name, value) for name, value in said if name not in _PLAIN]
        if target in self._targets or first_value(said, _CODE):
            self._parts[target].append(own)
            if node == target:
                self._called[target] = value_of(first_value(said, LABEL))
            return
        if node in ends:
            self._called[node] = value_of(first_value(said, LABEL))
        yield from _lines(node, own)

    def _passed(self, node: str, said: Said, *, shared: bool) -> Iterator[str]:
        same = self._ties.same
        lines = _lines(node, dict.fromkeys((name, same.get(value, value)) for name, value in said))
        for line in lines:
            if not shared:
                yield line
            elif line not in self._shared:
                self._shared[line] = None
                if not self._apart:
                    yield line

    def part(self) -> Part:
        """Return what was kept of the articles that were looked at."""
        return Part(
            dict(self._parts), self._facts, self._events, self._called, self._figures, tuple(self._shared)
        )

    def add(self, part: Part) -> Iterator[str]:
        """Take what others kept of articles, in the order of their checksums; yield what is said already."""
        for target, said in part.parts.items():
            self._parts[target] += said
        self._facts += part.facts
        self._events |= part.events
        self._called |= part.called
        self._figures.add(part.figures)
        new = [line for line in part.shared if line not in self._shared]
        self._shared.update(dict.fromkeys(new))
        yield from new

    def finish(self) -> Iterator[str]:
        """Yield what only all articles together say: things and facts of several, successions and conflicts."""
        for node, said in self._ties.evidence.items():
            yield from (line for line in _lines(node, said) if line not in self._shared)
        for target in sorted(self._parts):
            yield from _lines(target, self._thing(target))
        stands: dict[str, str] = {}
        folded: list[Folded] = []
        for fact in fold(self._facts, self._called, self._ties.copies, self._base):
            folded.append(fact)
            stands.update((each.node, fact.node) for each in fact.stated)
            yield from _lines(fact.node, fact.said)
            if fact.stands:
                yield f"{fact.fact.subject} <{KG}{fact.fact.predicate}> {fact.fact.object} ."
        for node in sorted(self._events):
            yield from _lines(node, self._event(self._events[node], stands))
        yield from successions_of(folded, self._called, self._base)
        yield from conflicts_of(folded, self._figures, self._called, self._base)

    def _thing(self, target: str) -> Said:
        """Return what is said of a thing: one label, one kind, all its names, and where each article names it."""
        parts = self._parts[target]
        label = literal.zh(self._called[target])
        names = {value for said in parts for name, value in said if name in (_PREF, _ALT)}
        kinds = Counter(value for said in parts for name, value in said if name == TYPE and value in _KINDS)
        kind = min(kinds, key=lambda each: (-kinds[each], each), default="")
        own = [(LABEL, label), *((_PREF, label) for _ in (1,) if label in names)]
        own += [(_ALT, name) for name in sorted(names - {label})]
        own += [(TYPE, kind)] if kind else []
        rest = (
            (name, value)
            for said in parts
            for name, value in said
            if name not in _NAMES and not (name == TYPE and value in _KINDS)
        )
        return list(dict.fromkeys((*own, *rest)))

    def _event(self, said: Said, stands: dict[str, str]) -> Said:
        """Return the main event of an article, told by the facts that stand for its own."""
        same = self._ties.same
        told = {
            (name, stands.get(value, "") if name == _TOLD_BY else same.get(value, value)): None
            for name, value in said
        }
        return [(name, value) for name, value in told if value]


def _lines(node: str, said: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{node} {name} {value} ." for name, value in said]
