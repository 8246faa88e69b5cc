"""``ArticleFeatures*`` -> ``Identity``: which entities of all articles are one thing, why, and what was refused.

Links are taken strongest first; one that would join two entities that an article keeps apart is refused and written down.
Everything is sorted before anything is done, so the order of the articles does not matter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kg.base.model import Span
from kg.base.overlay import own_names
from kg.corpus.copies import copies_of
from kg.corpus.feature import bare
from kg.corpus.groups import Groups
from kg.corpus.key import FLOOR, brands_of, keys_of
from kg.corpus.model import (
    ArticleFeatures,
    Copy,
    Feature,
    Identity,
    IdentityLink,
    Level,
    Member,
    MergeLevel,
    Refused,
    Thing,
)
from kg.corpus.people import Bearer, PersonLink, are_apart, bearers_of, canonical, person_links
from kg.corpus.scope import Key

if TYPE_CHECKING:
    from kg.corpus.decided import Kept
    from kg.corpus.kept import Keeper

from kg.names.own import known_of

__all__ = ["ONE_ARTICLE", "OTHER_NAMES", "resolve"]

ONE_ARTICLE: Final = "an article tells them apart"
OTHER_NAMES: Final = "their full names differ"
_LOOSE: Final = frozenset({"company", "brand", "quoted-name", "only-place"})
"""Rules whose key two things of one article may share where their names differ (a company and its group)."""
_ONE_TEXT: Final = "same-text"
_OF_ONE_TEXT: Final = 0.98  # confidence of its links
_STRENGTH: Final = {level: number for number, level in enumerate(("decided", "sure", "likely"))}
_SURE_SCORE: Final = 8.0  # log-odds of a person at which nothing more is gained


def resolve(
    features: Iterable[ArticleFeatures],
    level: MergeLevel = "likely",
    kept: Callable[[], Kept] | None = None,
) -> Identity:
    """Return which entities are one thing. Pure; the order of the articles does not matter.

    Args:
        features: of every article of the corpus.
        level: down to which level links join.
        kept: what people said of who is one with whom; asked for once all features are there.

    Raises:
        DecisionError: two people, or one, said what cannot both be.
    """
    articles = sorted(features, key=lambda article: article.sha256)
    corpus = _Corpus(articles)
    copies = copies_of(articles)
    links = sorted([*corpus.links(), *corpus.of_one_text(copies)], key=_order)
    union = _Union(corpus.are_one_key, corpus.full_name)
    said = kept() if kept is not None else None
    keeper = _keeper(said, union, corpus) if said is not None else None
    taken, refused = keeper.start() if keeper is not None else ([], [])
    for link in links:
        if (level == "sure" and link.level == "likely") or union.are_one(link.a, link.b):
            continue
        why = union.why_not(link.a, link.b)
        no = Refused(link, why) if why else keeper.refuse(link) if keeper is not None else None
        if no is not None:
            refused.append(no)
            continue
        (keeper or union).join(link.a, link.b)
        taken.append(link)
    if keeper is not None:
        keeper.finish()
    return Identity(
        tuple(sorted(corpus.things(union), key=lambda thing: thing.key)),
        tuple(sorted(taken, key=lambda link: (link.a, link.b, link.rule))),
        tuple(sorted(refused, key=lambda one: (one.link.a, one.link.b, one.link.rule))),
        copies,
        said.told if said is not None else (),
    )


def _keeper(said: Kept, union: _Union, corpus: _Corpus) -> Keeper:
    from kg.corpus.kept import Keeper  # most corpora are as they were read

    keeper = Keeper(said, union, corpus.features)
    corpus.called = keeper.called
    return keeper


def _order(link: IdentityLink) -> tuple[int, float, str, Member, Member]:
    return _STRENGTH[link.level], -link.confidence, link.rule, link.a, link.b


class _Corpus:
    """All articles, with the keys of their entities."""

    def __init__(self, articles: Sequence[ArticleFeatures]) -> None:
        brands = brands_of(articles)
        self._articles = articles
        self.called: Mapping[Member, str] = {}  # what has its right name from a person
        self.features = {
            Member(article.sha256, feature.id): feature
            for article in articles
            for feature in article.entities
        }
        self._keys: dict[Member, tuple[Key, ...]] = {}
        bearers: list[Bearer] = []
        for article in articles:
            keys = keys_of(article, brands)
            self._keys.update({Member(article.sha256, entity): own for entity, own in keys.items()})
            bearers += bearers_of(article, keys, FLOOR)
        self._bearers = bearers

    def links(self) -> Iterator[IdentityLink]:
        """Yield every link that keys or the evidence for people give."""
        holders: dict[str, list[tuple[Member, Key]]] = defaultdict(list)
        for member, keys in self._keys.items():
            for key in {key.text: key for key in reversed(keys)}.values():
                holders[key.text].append((member, key))
        for text in sorted(holders):
            yield from self._star(text, holders[text])
        named = Counter(tie for _, ties in self._ties() for tie in ties)
        for link in person_links(self._bearers, named, len(self._articles)):
            yield self._of_people(link)

    def of_one_text(self, copies: Iterable[Copy]) -> Iterator[IdentityLink]:
        """Yield a link for each name that a text and its copy have: whoever copied it means the same one."""
        by_article = {article.sha256: article.entities for article in self._articles}
        for copy in copies:
            if not copy.same:
                continue
            own, other = (_by_only_name(by_article[sha256]) for sha256 in (copy.a, copy.b))
            for kind, name in sorted(own.keys() & other.keys()):
                a, b = Member(copy.a, own[kind, name].id), Member(copy.b, other[kind, name].id)
                yield self._link((a, name), (b, name), _ONE_TEXT, "sure", _OF_ONE_TEXT, name)

    def _ties(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield what each article with people names."""
        found: dict[str, frozenset[str]] = {}
        for bearer in self._bearers:
            found[bearer.member.article] = found.get(bearer.member.article, frozenset()) | bearer.companions
        yield from found.items()

    def _star(self, text: str, holders: list[tuple[Member, Key]]) -> Iterator[IdentityLink]:
        """Yield a link from the first entity with a key to each other one; the surest come first."""
        holders.sort(key=lambda one: (_STRENGTH[one[1].level], -one[1].confidence, one[0]))
        (hub, own), *others = holders
        for member, key in others:
            level = max(own.level, key.level, key=_STRENGTH.__getitem__)
            rule = (
                own.rule
                if _STRENGTH[own.level] >= _STRENGTH[key.level] and own.level != key.level
                else key.rule
            )
            because = text.partition("|")[2]
            confidence = min(own.confidence, key.confidence)
            yield self._link((hub, own.name), (member, key.name), rule, level, confidence, because)

    def _of_people(self, link: PersonLink) -> IdentityLink:
        confidence = round(0.9 + 0.09 * min(max(link.score, 0.0), _SURE_SCORE) / _SURE_SCORE, 3)
        ends = (link.a.member, link.a.shown), (link.b.member, link.b.shown)
        return self._link(*ends, link.rule, link.level, confidence, link.because)

    def _link(
        self,
        one: tuple[Member, str],
        other: tuple[Member, str],
        rule: str,
        level: Level,
        confidence: float,
        because: str,
    ) -> IdentityLink:
        (a, a_name), (b, b_name) = sorted((one, other))
        return IdentityLink(
            a, b, rule, level, confidence, because, self._span(a, a_name), self._span(b, b_name)
        )

    def _span(self, member: Member, name: str) -> Span:
        feature = self.features[member]
        return feature.spans[feature.names.index(name)] if name in feature.names else feature.spans[0]

    def are_one_key(self, a: Member, b: Member) -> bool:
        """Say whether two entities of one article have a key in common, and are not two bodies that may share it."""
        own = {key.text: key for key in self._keys.get(a, ())}
        return any(
            key.text in own
            and (
                _LOOSE.isdisjoint((key.rule, own[key.text].rule))
                or bare(key.name) == bare(own[key.text].name)
            )
            for key in self._keys.get(b, ())
        )

    def full_name(self, member: Member) -> str:
        """Return the name of several parts that a person has, "" for none."""
        feature = self.features[member]
        if feature.type != "Person":
            return ""
        return next((name for name in map(canonical, feature.crossing) if "·" in name), "")

    def things(self, union: _Union) -> Iterator[Thing]:
        """Yield every thing. The key of one of several articles is its strongest; no two have the same."""
        groups: dict[Member, list[Member]] = defaultdict(list)
        for member in self.features:
            groups[union.root(member)].append(member)
        named: dict[str, list[tuple[Member, ...]]] = defaultdict(list)
        for group in groups.values():
            members = tuple(sorted(group))
            named[self._key(members) if len(members) > 1 else self._own_key(members[0])].append(members)
        for key, things in named.items():
            for members in things:
                whole = key if len(things) == 1 else f"{key}|{self._place(members[0])}"
                yield Thing(whole, self.features[members[0]].type, members, self._label(members))

    def _key(self, members: tuple[Member, ...]) -> str:
        counts = Counter(keys[0] for member in members if (keys := self._keys.get(member)))
        if counts:
            best = min(
                counts, key=lambda key: (_STRENGTH[key.level], -key.confidence, -counts[key], key.text)
            )
            return best.text
        feature = self.features[members[0]]
        return f"{feature.type}|{self._label(members)}"

    def _own_key(self, member: Member) -> str:
        return f"{self.features[member].type}|{self.features[member].name}|{self._place(member)}"

    def _place(self, member: Member) -> str:
        """Return the article of an entity and where it stands there."""
        feature = self.features[member]
        start = feature.spans[0].start if feature.spans else 0
        return f"{member.article}|{start}"

    def _label(self, members: tuple[Member, ...]) -> str:
        """Return the right name that a person gave, else the user's, else the full name that most articles use, the longer of equals."""
        if self.called and (
            given := next((self.called[each] for each in members if each in self.called), "")
        ):
            return given
        if own_names() and (known := self._known(members)):
            return known
        counts = Counter(self.features[member].name for member in members)
        return min(counts, key=lambda name: (-counts[name], -len(name), name))

    def _known(self, members: tuple[Member, ...]) -> str:
        """Return the name that a thing has in the user's knowledge, where an article uses it, "" elsewhere."""
        named = {name for member in members for name in self.features[member].names}
        kind = self.features[members[0]].type
        given = {known.name for name in named if (known := known_of(name, kind))} & named
        return given.pop() if len(given) == 1 else ""


def _by_only_name(features: Iterable[Feature]) -> dict[tuple[str, str], Feature]:
    """Return the entities of an article by type and fullest name, without those who share theirs with another."""
    found: dict[tuple[str, str], list[Feature]] = defaultdict(list)
    for feature in features:
        found[feature.type, feature.name].append(feature)
    return {key: each[0] for key, each in found.items() if len(each) == 1}


class _Union:
    """Sets of entities that are one thing; each knows the entities it has of an article, and the full names of a person.

    Args:
        are_one_key: whether two entities have a key in common that is theirs beyond doubt.
        full_name: the name of several parts that a person has, "" for none.
    """

    def __init__(
        self, are_one_key: Callable[[Member, Member], bool], full_name: Callable[[Member], str]
    ) -> None:
        self._groups = Groups[Member]()
        self._held: dict[Member, dict[str, tuple[Member, ...]]] = {}
        self._full: dict[Member, set[str]] = {}
        self._are_one_key = are_one_key
        self._full_name = full_name

    def root(self, member: Member) -> Member:
        """Return the entity that stands for the set of ``member``."""
        return self._groups.of(member)

    def are_one(self, a: Member, b: Member) -> bool:
        """Say whether two entities are one thing already."""
        return self.root(a) == self.root(b)

    def why_not(self, a: Member, b: Member) -> str:
        """Return why the sets of two entities may not be one, "" where they may."""
        mine, other = self._of(self.root(a)), self._of(self.root(b))
        small, large = sorted((mine, other), key=len)
        for article in small:
            for one in small[article]:
                if not all(self._are_one_key(one, each) for each in large.get(article, ())):
                    return ONE_ARTICLE
        full, names = self._names(self.root(a)), self._names(self.root(b))
        if any(are_apart(one, each) for one in full for each in names):
            return OTHER_NAMES
        return ""

    def join(self, a: Member, b: Member) -> None:
        """Make the sets of two entities one."""
        large, small = sorted((self.root(a), self.root(b)), key=lambda root: -len(self._of(root)))
        held, names = self._of(large), self._names(large)
        for article, members in self._of(small).items():
            held[article] = (*held.get(article, ()), *members)
        names.update(self._names(small))
        for root in (large, small):
            del self._held[root], self._full[root]
        self._groups.join(a, b)
        self._held[self.root(a)], self._full[self.root(a)] = held, names

    def _of(self, root: Member) -> dict[str, tuple[Member, ...]]:
        return self._held.setdefault(root, {root.article: (root,)})

    def _names(self, root: Member) -> set[str]:
        return self._full.setdefault(root, set(filter(None, [self._full_name(root)])))
