"""Decisions on their way through a corpus: done to each article they are about, and, of who is one with whom, to all together.

Articles are gone through twice. The first time, by what they tell of their entities, says what each decision was found to be
about; the second time each article is told only those that do something.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kg.base.model import Decided, EntityId, Reading, Span
from kg.corpus.feature import features_of
from kg.corpus.model import ArticleFeatures, Member
from kg.decide.apply import about, apply, decided_of
from kg.decide.model import Decision, EntityAnchor
from kg.decide.standing import standing

__all__ = ["NOT_FOUND", "NO_SUCH_NAME", "OF_ONE_CODE", "OF_TWO_KINDS", "Deciding", "Kept", "Pair"]

NOT_FOUND: Final = "their words were not found, or are of types that do not fit"
NO_SUCH_NAME: Final = "no text has things of these names and this type"
OF_TWO_KINDS: Final = "what is of two types or official codes is not made one"
OF_ONE_CODE: Final = "places of one official code are one"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities of which a person said that they are one, or are not, and the mentions that this was said of."""

    a: Member  # before b
    b: Member
    a_span: Span
    b_span: Span
    decision: Decision
    key: str  # the whole decision, as its file has it


@dataclass(frozen=True, slots=True)
class Kept:
    """What people said of who is one with whom."""

    where: object  # what messages call the file
    same: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    unsure: tuple[Pair, ...] = ()
    called: tuple[tuple[Member, Decision], ...] = ()  # what has its right name from a person
    alone: tuple[tuple[str, str], ...] = ()  # names and types that by themselves join nothing
    told: tuple[Decided, ...] = ()  # what the graph of who is one with whom tells of decisions


@dataclass
class _Sides:
    """What a decision about two mentions was found to be about: an entity for each, and where it is mentioned."""

    decision: Decision
    key: str = ""
    # with type and code
    ends: dict[EntityAnchor, tuple[Member, str, str, Span]] = field(default_factory=dict)

    def pair(self) -> Pair | None:
        """Return the two entities, None where one was not found, or both are one, or what they are goes against it."""
        ends = self._both()
        if ends is None or ends[0][0] == ends[1][0] or self.against():
            return None
        (a, _, _, a_span), (b, _, _, b_span) = ends
        return Pair(a, b, a_span, b_span, self.decision, self.key)

    def _both(self) -> list[tuple[Member, str, str, Span]] | None:
        if self.decision.a not in self.ends or self.decision.b not in self.ends:
            return None
        return sorted((self.ends[self.decision.a], self.ends[self.decision.b]))

    def against(self) -> str:
        """Return why two that were found are not made one, or not two, whatever a person says: by what they are; "" for none."""
        ends = self._both()
        if ends is None:
            return ""
        (a, kind, code, _), (b, other_kind, other_code, _) = ends
        differ = kind != other_kind or (code and other_code and code != other_code)
        if self.decision.verdict == "same" and differ:
            return OF_TWO_KINDS
        return (
            OF_ONE_CODE if self.decision.verdict == "apart" and a != b and code and code == other_code else ""
        )


class Deciding:
    """The decisions of a file, for the articles of a corpus.

    Args:
        decisions: all of them; those that are withdrawn count no more.
        where: what messages call the file.
        several: whether there are several articles.
    """

    def __init__(self, decisions: Sequence[Decision], where: object, *, several: bool) -> None:
        self.where, self._several = where, several
        self._all = sorted(standing(decisions), key=lambda each: each.id)
        self._of: dict[str, list[Decision]] = defaultdict(list)
        for each in self._all:
            for sha256 in each.articles:
                self._of[sha256].append(each)
        self._everywhere = [each for each in self._all if not each.articles and about(each, "")]
        self._sides = {
            each.id: _Sides(each) for each in self._all if each.a is not None and each.b is not None
        }
        alone = [each for each in self._all if each.verdict == "apart" and each.words is not None]
        self._alone = {(each.words or "", each.type or "") for each in alone}
        self._met: set[tuple[str, str]] = set()  # those of them that an article has
        self._found: set[str] = set()
        self._settled = False
        self._members: dict[str, set[Member]] = defaultdict(set)

    def __bool__(self) -> bool:
        return bool(self._all)

    def reading(self, reading: Reading) -> Reading:
        """Return a reading as people decided it; once all articles were looked at, it tells only what does something."""
        if not self._several:
            after = apply(reading, self._all, self.where)
            self._found = {each.id for each in after.decided if each.anchored}
            return after
        sha256 = reading.article.sha256
        after = apply(reading, [*self._of.get(sha256, ()), *self._everywhere], self.where, alone=False)
        if not self._settled:
            for each in after.decided:
                self._note(after, each)
        kept = tuple(each for each in after.decided if each.id in self._found or not self._settled)
        return replace(after, decided=kept) if kept != after.decided else after

    def features(self, features: ArticleFeatures, read: Reading) -> ArticleFeatures:
        """Return what an article tells of its entities as people decided them."""
        after = self.reading(read)
        if after is read:
            return features
        own = features_of(after)
        self._meet(own)
        return own

    def touches(self, features: ArticleFeatures) -> bool:
        """Say whether a decision may change what an article tells of its entities."""
        self._meet(features)
        if features.sha256 in self._of:
            return True
        named = {(each.words, each.type) for each in self._everywhere}
        return bool(named) and not named.isdisjoint(
            (name, own.type) for own in features.entities for name in own.names
        )

    def _meet(self, features: ArticleFeatures) -> None:
        """Note which of the names that alone join nothing an article has."""
        if self._alone:
            self._met |= self._alone & {(name, own.type) for own in features.entities for name in own.names}

    def _note(self, reading: Reading, each: Decided) -> None:
        """Note what was found of a decision in an article."""
        sha256 = reading.article.sha256
        self._members[each.id] |= {Member(sha256, entity) for entity in each.entities}
        sides = self._sides.get(each.id)
        if sides is None:
            self._found.add(each.id)
            return
        sides.key = each.key
        by_id = {entity.id: entity for entity in reading.entities}
        for anchor in (sides.decision.a, sides.decision.b):
            if anchor is not None and anchor.article == sha256:
                found = _mention(reading, anchor, each.entities)
                if found is not None:
                    entity, span = found
                    own = by_id[entity]
                    sides.ends[anchor] = (Member(sha256, entity), own.type, own.place_code, span)
        if len(sides.decision.articles) == 1:
            self._found.add(each.id)

    def kept(self) -> Kept:
        """Return what people said of who is one with whom, once all articles were looked at; the rest is told from here."""
        pairs: dict[str, list[Pair]] = defaultdict(list)
        for name, sides in self._sides.items():
            if (pair := sides.pair()) is not None:
                self._found.add(name)
                pairs[sides.decision.verdict].append(pair)
        alone = [each for each in self._all if each.verdict == "apart" and each.words is not None]
        self._found |= {each.id for each in alone if (each.words, each.type) in self._met}
        self._settled = True
        of_pairs = {pair.decision.id for these in pairs.values() for pair in these}
        own = [
            each for each in self._all if each.id not in self._found or each in alone or each.id in of_pairs
        ]
        return Kept(
            self.where,
            tuple(pairs["same"]),
            tuple(pairs["apart"]),
            tuple(pairs["unsure"]),
            tuple(
                (member, each)
                for each in self._all
                if each.verdict == "name"
                for member in sorted(self._members[each.id])
            ),
            tuple(sorted((each.words or "", each.type or "") for each in alone)),
            tuple(decided_of(each, None, found=each.id in self._found) for each in own),
        )

    def missing(self) -> tuple[Decision, ...]:
        """Return the decisions that were found to be about nothing here, by their place in the file."""
        missing = [each for each in self._all if each.id not in self._found]
        return tuple(sorted(missing, key=lambda each: (each.line, each.id)))

    def why(self, decision: Decision) -> str:
        """Return why a decision was found to be about nothing here."""
        sides = self._sides.get(decision.id)
        if decision.words is not None:
            return NO_SUCH_NAME
        return (sides.against() if sides is not None else "") or NOT_FOUND

    @property
    def done(self) -> int:
        """How many decisions do something."""
        return len(self._found)


def _mention(
    reading: Reading, anchor: EntityAnchor, entities: Iterable[EntityId]
) -> tuple[EntityId, Span] | None:
    """Return which of some entities an anchor is about, and the mention that shows it."""
    own = set(entities)
    links = [link for link in reading.links if link.entity in own]
    here = [link for link in links if link.span == anchor.span]
    named = [link for link in links if anchor.words in (link.text, link.span.of(reading.article.text))]
    for link in (*here, *named, *links):
        return link.entity, link.span
    return None
