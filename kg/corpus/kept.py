"""What people keep together and apart, while links are taken: theirs come first, and no rule goes against them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Protocol

from kg.base.model import BY_HAND
from kg.corpus.decided import Kept, Pair
from kg.corpus.model import Feature, IdentityLink, Member, Refused
from kg.decide.standing import chain, contradiction

__all__ = ["KEPT_APART", "NAME_ALONE", "Keeper"]

KEPT_APART: Final = "a person keeps them apart"
NAME_ALONE: Final = "a person says that this name alone joins nothing"
_BY_NAME: Final = frozenset(
    {
        "city-name",
        "well-known-place",
        "well-known-body",
        "body-of-china",
        "company",
        "brand",
        "team",
        "same-name",
        "title",
        "law",
        "edition",
        "period",
        "games",
        "named-once",
        "quoted-name",
        "award",
        "well-known-person",
        "rare-name",
    }
)
"""Rules that a name alone is enough for, but for countries and official codes, which are one by what they are."""


class Union(Protocol):
    """Sets of entities that are one thing."""

    def root(self, member: Member) -> Member:
        """Return what stands for the set of an entity."""
        ...

    def are_one(self, a: Member, b: Member) -> bool:
        """Say whether two entities are one thing already."""
        ...

    def join(self, a: Member, b: Member) -> None:
        """Make the sets of two entities one."""
        ...


class Keeper:
    """Holds the rules to what people said.

    Args:
        kept: what they said.
        union: the sets that links join.
        features: what is known of each entity.
    """

    def __init__(self, kept: Kept, union: Union, features: Mapping[Member, Feature]) -> None:
        self._kept, self._union, self._features = kept, union, features
        self._alone = frozenset(kept.alone)
        # by the root of a set, with the decision
        self._foes: dict[Member, dict[Member, str]] = defaultdict(dict)
        self.called = {member: each.label or "" for member, each in kept.called}

    def start(self) -> tuple[list[IdentityLink], list[Refused]]:
        """Join what people said is one; return these links, and those that they said are none.

        Raises:
            DecisionError: what they keep apart is one by what they join.
        """
        for pair in self._kept.same:
            if not self._union.are_one(pair.a, pair.b):
                self._union.join(pair.a, pair.b)
        ties = [(pair.a, pair.b, pair.decision) for pair in self._kept.same]
        for pair in (*self._kept.apart, *self._kept.unsure):
            other = chain(ties, pair.a, pair.b)
            if other is not None:
                why = "one joins what the other does not"
                raise contradiction(self._kept.where, other, pair.decision, why)
        for pair in self._kept.apart:
            self._foes[self._union.root(pair.a)][pair.b] = pair.key
            self._foes[self._union.root(pair.b)][pair.a] = pair.key
        links = [_link(pair) for pair in self._kept.same]
        return links, [Refused(_link(pair), KEPT_APART) for pair in self._kept.apart]

    def refuse(self, link: IdentityLink) -> Refused | None:
        """Return a link with why people do not want it, None where they have nothing against it."""
        if self._alone and link.rule in _BY_NAME and self._is_alone(link.a) and self._is_alone(link.b):
            return Refused(link, NAME_ALONE)
        one, other = self._union.root(link.a), self._union.root(link.b)
        for root, against in ((one, other), (other, one)):
            for foe, key in sorted(self._foes.get(root, {}).items()):
                if self._union.root(foe) == against:
                    return Refused(replace(link, decided=key), KEPT_APART)
        return None

    def _is_alone(self, member: Member) -> bool:
        own = self._features[member]
        return any((name, own.type) in self._alone for name in own.names)

    def join(self, a: Member, b: Member) -> None:
        """Make the sets of two entities one; who is a foe of one is a foe of both."""
        one, other = self._union.root(a), self._union.root(b)
        self._union.join(a, b)
        foes = {**self._foes.pop(one, {}), **self._foes.pop(other, {})}
        if foes:
            self._foes[self._union.root(a)] = foes

    def finish(self) -> None:
        """Hold that what is one thing has one name by people.

        Raises:
            DecisionError: it has two.
        """
        named: dict[Member, tuple[str, Member]] = {}
        by_member = dict(self._kept.called)
        for member, decision in self._kept.called:
            root = self._union.root(member)
            label, first = named.setdefault(root, (decision.label or "", member))
            if label != decision.label:
                why = "two answers for one thing"
                raise contradiction(self._kept.where, by_member[first], decision, why)


def _link(pair: Pair) -> IdentityLink:
    because = pair.decision.note or pair.decision.id
    return IdentityLink(pair.a, pair.b, BY_HAND, "decided", 1.0, because, pair.a_span, pair.b_span, pair.key)
