"""The merged view: what all articles say together, each thing one node and each fact one.

Made of the articles' own triples and of the identity graph alone, article by article, and written as N-Triples: what belongs to
one article at once (`Merger.take`). What several may share falls into buckets, and all that has to be seen together into the
same one, so that each bucket is put together by itself (`folded_pieces`), in memory or on any machine:

    things                      by what stands for them
    facts                       posts by body and title, for there one follows another; all others by what makes them the same
    figures                     by their owner
    lines that several may give by themselves
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from zlib import crc32

from kg.base.overlay import following
from kg.corpus.conflict import Measure, Measured, conflicts_of, figures_in
from kg.corpus.fold import TOLD_BY, Folded, Stated, fold, stated_in
from kg.corpus.groups import Groups
from kg.corpus.layer import LABEL, TYPE, Layer, Said, first_value, value_of
from kg.corpus.succession import successions_of
from kg.corpus.ties import Ties
from kg.graph import literal
from kg.graph.vocabulary import KG, KINDS, PREDICATES, SKOS

__all__ = ["Merger", "Piece", "bucket_of", "buckets_for", "folded_pieces"]

_PREF, _ALT = f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>"
_CODE: Final = f"<{KG}placeCode>"
_PLAIN: Final = following(lambda: {f"<{KG}{name}>" for name in PREDICATES})
_KINDS: Final = frozenset(f"<{KG}{name}>" for name in KINDS)
_NAMES: Final = frozenset((LABEL, _PREF, _ALT))
_TERM: Final = f"<{KG}"
_SHARED: Final = (
    "bcdijr"  # run, tool, decision, model, who decided, title: several articles may write the same
)
_ARTICLES: Final = 4_000
"""Articles of a bucket: some 250 MB while it is put together."""


@dataclass(slots=True)
class Piece:
    """What some articles leave to be said in one bucket."""

    parts: dict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))
    facts: list[Stated] = field(default_factory=list)
    figures: dict[Measure, list[Measured]] = field(default_factory=lambda: defaultdict(list))
    called: dict[str, str] = field(default_factory=dict)  # names of all these, where one article knows them
    shared: dict[str, None] = field(default_factory=dict)  # lines that other articles may give too

    def __reduce__(self) -> tuple[type[Piece], tuple[object, ...]]:
        own = (dict(self.parts), self.facts, dict(self.figures), self.called, self.shared)
        return Piece, own

    def add(self, other: Piece) -> None:
        """Take what articles behind these leave."""
        for target, said in other.parts.items():
            self.parts.setdefault(target, []).extend(said)
        for measure, own in other.figures.items():
            self.figures.setdefault(measure, []).extend(own)
        self.facts += other.facts
        self.called |= other.called
        self.shared |= other.shared


def buckets_for(articles: int) -> int:
    """Return into how many buckets falls what so many articles share: one up to a few thousand articles."""
    return 1 + articles // _ARTICLES


def bucket_of(key: str, buckets: int) -> int:
    """Return the bucket of a key, the same in every process."""
    return crc32(key.encode("utf-8", "surrogatepass")) % buckets if buckets > 1 else 0


class Merger:
    """Merges articles that it is shown one after the other, in the order of their checksums.

    Args:
        ties: who is one with whom.
        base: where the nodes live.
        buckets: how many there are for what several articles may say.
    """

    def __init__(self, ties: Ties, base: str, buckets: int = 1) -> None:
        self._ties, self._base, self._buckets = ties, base, buckets
        self._targets = frozenset(ties.same.values())
        self._pieces: dict[int, Piece] = defaultdict(Piece)
        self.common: dict[str, str] = {}
        """What is called by its own name, whoever names it: places with a code. The last article's word counts."""

    def pieces(self) -> dict[int, Piece]:
        """Return what was left by the articles since this was last asked, by bucket."""
        found = dict(sorted(self._pieces.items()))
        self._pieces.clear()
        return found

    def evidence(self, lines: Iterable[str]) -> Iterator[str]:
        """Yield the lines of evidence of the identity graph that no article gives; the others wait for those of articles."""
        for line in lines:
            if _letter(line[: line.index(" ")], self._base) in _SHARED:
                self._share(line)
            else:
                yield line

    def finish(self, evidence: Iterable[str]) -> Iterator[str]:
        """Yield what only all articles together say, where all that they left is still here.

        Args:
            evidence: the lines of the identity graph under what its links rest on (`kg.corpus.ties.evidence_in`).
        """
        yield from self.evidence(evidence)
        for piece in self.pieces().values():
            yield from folded_pieces([piece], self.common, self._ties.copies, self._base)

    def take(self, layer: Layer) -> Iterator[str]:
        """Look at an article; yield what of it stands in the merged view whatever the others say."""
        self._facts(layer)
        self._figures(layer)
        for node, said in layer.nodes.items():
            letter = _letter(node, self._base)
            if letter == "e":
                yield from self._entity(node, said)
            elif node in self._ties.evidence and letter not in _SHARED:
                continue  # as all that links rest on, once
            elif letter != "f" or first_value(said, f"<{KG}derived>"):
                lines = self._passed(node, said)
                if letter in _SHARED or letter == "f" or node.startswith(_TERM):
                    for line in lines:
                        self._share(line)
                else:
                    yield from lines

    def _share(self, line: str) -> None:
        self._pieces[bucket_of(line, self._buckets)].shared[line] = None

    def _facts(self, layer: Layer) -> None:
        for fact in stated_in(layer, self._ties.same):
            piece = self._pieces[bucket_of(_together(fact), self._buckets)]
            piece.facts.append(fact)
            self._call(piece, layer, fact.subject, fact.object)

    def _figures(self, layer: Layer) -> None:
        for measure, figure in figures_in(layer, self._ties.same):
            piece = self._pieces[bucket_of(measure[0], self._buckets)]
            piece.figures[measure].append(figure)
            self._call(piece, layer, measure[0])

    def _call(self, piece: Piece, layer: Layer, *nodes: str) -> None:
        """Keep the names of things with what is said of them."""
        for node in nodes:
            if node in piece.called:
                continue
            name = self._ties.called.get(node, "")
            if not name and _letter(node, self._base) == "e":
                name = first_value(layer.nodes.get(node, ()), LABEL)
            if name:
                piece.called[node] = value_of(name)

    def _entity(self, node: str, said: Said) -> Iterator[str]:
        """Keep what is said of a thing that several articles may name; yield what is said of any other."""
        target = self._ties.same.get(node, node)
        own = [(name, value) for name, value in said if name not in _PLAIN]
        if target in self._targets or first_value(said, _CODE):
            piece = self._pieces[bucket_of(target, self._buckets)]
            piece.parts[target].append(own)
            if node == target:
                self.common[target] = value_of(first_value(said, LABEL))
            elif target in self._ties.called:
                piece.called[target] = value_of(self._ties.called[target])
            return
        yield from _lines(node, own)

    def _passed(self, node: str, said: Said) -> list[str]:
        """Return what is said of a node, of things; what tells an event is said with its facts."""
        same = self._ties.same
        return _lines(
            node, dict.fromkeys((name, same.get(value, value)) for name, value in said if name != TOLD_BY)
        )


def folded_pieces(
    pieces: Iterable[Piece], common: Mapping[str, str], copies: Groups[str], base: str
) -> Iterator[str]:
    """Yield what only all articles together say in one bucket: things and facts of several, successions and conflicts. Pure.

    Args:
        pieces: what the articles leave in this bucket, in the order of their checksums.
        common: what is called by its own name, over all articles.
        copies: which articles are copies of each other.
        base: where the nodes live.
    """
    whole = Piece()
    for piece in pieces:
        whole.add(piece)
    called = {**whole.called, **{node: common[node] for node in _ends(whole) if node in common}}
    yield from whole.shared
    for target in sorted(whole.parts):
        yield from _lines(target, _thing(whole.parts[target], called[target]))
    folded: list[Folded] = []
    for fact in fold(whole.facts, called, copies, base):
        folded.append(fact)
        yield from _lines(fact.node, fact.said)
        if fact.stands:
            yield f"{fact.fact.subject} <{KG}{fact.fact.predicate}> {fact.fact.object} ."
        yield from (f"{event} {TOLD_BY} {fact.node} ." for event in fact.events)
    yield from successions_of(folded, called, base)
    yield from conflicts_of(folded, whole.figures, called, base)


def _ends(piece: Piece) -> Iterator[str]:
    """Yield whatever needs a name."""
    yield from piece.parts
    yield from (owner for owner, *_ in piece.figures)
    for fact in piece.facts:
        yield from (fact.subject, fact.object)


def _together(fact: Stated) -> str:
    """Return what brings facts into one bucket: all holders of a post, else all that may be one, with those that deny them."""
    role = fact.role
    return f"{fact.object} {role}" if role else f"{fact.subject} {fact.predicate} {fact.object}"


def _thing(parts: list[Said], called: str) -> Said:
    """Return what is said of a thing: one label, one kind, all its names, and where each article names it."""
    label = literal.zh(called)
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


def _letter(node: str, base: str) -> str:
    return node[len(base) + 1] if node.startswith(f"<{base}") else ""


def _lines(node: str, said: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{node} {name} {value} ." for name, value in said]
