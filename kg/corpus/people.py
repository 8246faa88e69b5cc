"""Which people of one name are one person: how rare the name is, and what else two articles say of whoever bears it.

A name that many bear is no evidence. So the evidence is a sum of log-odds: how rare the name is, a body or state at which
both hold a post, and what is named beside both of them and hardly anywhere else. A surname with a title, a nickname and one
part of a foreign name join nobody by themselves.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from kg.base.late import late
from kg.base.model import EntityId
from kg.corpus.feature import bare
from kg.corpus.groups import Groups
from kg.corpus.lists import identity_lists
from kg.corpus.model import ArticleFeatures, Feature, Level, Member
from kg.corpus.plain import is_plain
from kg.corpus.scope import CHINA, Key
from kg.corpus.sole_posts import is_sole_post
from kg.names.lexicon import names, titles
from kg.names.person import has_surname, is_foreign
from kg.things.lists import thing_lists

__all__ = [
    "Bearer",
    "PersonLink",
    "are_apart",
    "bearers_of",
    "canonical",
    "expected_frequency",
    "person_links",
]

COMMON: Final = 2e-5  # expected frequency of a name at which it speaks neither for nor against one person
RARE: Final = 4e-6  # ... below which a name with a sign of a person is one person by itself
UNTOLD_FLOOR: Final = (
    0.75  # confidence that a name is a person's where neither post nor verb of saying speaks for it
)
PART: Final = 1.0  # more, that it takes to join a person named by a part of the name alone
OTHER_ROLE: Final = 1.3  # posts of one state that are not the same
SURE_PERSON: Final = 0.85  # confidence that a name is a person's, which says as much as a post
SURE_SHORT: Final = 0.93  # ... of a name of two characters, which everyday words more often look like
MERGE: Final = 2.0  # log-odds from which on two are one
SAME_BODY: Final = 3.5
SAME_STATE: Final = 2.6
SOLE_POST: Final = 3.0  # more, where one person at a time holds that post
SAME_POST: Final = 1.5  # more, where the role at the body or state is the same too
LIKE_BODY: Final = 2.5  # bodies that differ in a part of their names only
SAME_PLACE: Final = 2.0  # bodies of one city or county
SAME_PROVINCE: Final = 1.0
OTHER_POSTS: Final = -1.0
COMPANION: Final = 0.35
MOST_ARTICLES: Final = 60  # that name a companion who still says something
ONE_IN: Final = 25  # articles, that may name one in a large corpus
MOST_OF_COMPANIONS: Final = 6.0
HIGHEST_PRIOR: Final = 3.0
LOWEST_PRIOR: Final = -4.0
MOST_COMPARED: Final = 40  # bearers of a name of whom each is held against each

_OTHER_SURNAME: Final = 3e-4
_SHORT: Final = 0.15  # share of names with one given character
_GIVEN: Final = (0.018, 0.008, 0.001)  # of a commonest, a common, another character
_FOREIGN: Final = {2: 1e-4, 3: 5e-5}
_FULL_FOREIGN: Final = 2e-7
_LONG_FOREIGN: Final = 4e-6
_OTHER: Final = 2e-5
_DOT: Final = late(r"[\s·•‧∙・．\-－–—.]+")
_NOBODY: Final = late(r"某|^[小老阿][一-龥]$|[×X*]")
_OTHERS: Final = "≠"
_SHORT_NAME: Final = 2
_STATE: Final = "state"
_EVERYWHERE: Final = frozenset({"state", "place-code", "well-known-place"})
_OF_STATES: Final = frozenset({"body-of-state", "body-of-leading-state", "body-of-first-state"})
_MINISTRY: Final = "部"
_HEADS: Final = {"部长": "长", "大臣": "长", "发言人": "发言人"}
_CODE: Final = 6
_PROVINCE: Final = "0000"
_LEAST_ALIKE: Final = 5
_END: Final = 3


@dataclass(frozen=True, slots=True)
class Bearer:
    """Someone who bears a name in one article, and what the article ties to them."""

    member: Member
    name: str  # in canonical form
    shown: str  # as the article writes it
    full: str  # the name of several parts that this one is a part of, or is; "" for none
    bodies: frozenset[str]  # keys of bodies and places at which they hold a post
    states: frozenset[str]  # at which, or at whose bodies they do
    places: frozenset[str]  # codes of the places of these bodies
    posts: frozenset[str]  # roles, each with its body
    sole: frozenset[str]  # ... that one person holds at a time
    body_names: frozenset[str]
    own: str  # what they are themselves called as somebody's companion
    companions: frozenset[str]  # what the article names, by key or name; the same value for all of an article
    is_sure: bool  # that it is a person: a post, a title, a verb of saying


@dataclass(frozen=True, slots=True)
class PersonLink:
    """Two bearers of a name who are one person, and why."""

    a: Bearer
    b: Bearer
    rule: str
    level: Level
    score: float
    because: str


def canonical(name: str) -> str:
    """Return a person's name with one kind of dot between its parts."""
    return "·".join(filter(None, _DOT.split(name.strip("“”\"' ，,、"))))


@lru_cache(maxsize=65536)
def expected_frequency(name: str) -> float:
    """Return how often a name is expected among people, 1 for one that is no full name (王先生, 小刘, 何某)."""
    if len(name) < 2 or _NOBODY.search(name) or _is_by_title(name):
        return 1.0
    if "·" in name:
        return _FULL_FOREIGN if len(name) > 4 else _LONG_FOREIGN
    if name in identity_lists().common_foreign:
        return 1e-3
    foreign = _FOREIGN.get(len(name), _LONG_FOREIGN) if is_foreign(name) else 0.0
    if has_surname(name):
        return max(_chinese(name), foreign)  # 莫塔 may be either
    if foreign:
        return foreign
    return _OTHER if len(name) < 4 else _LONG_FOREIGN


def _is_by_title(name: str) -> bool:
    return (
        name.endswith(thing_lists().courtesy)
        or titles().is_title(name)
        or (len(name) >= 3 and titles().is_title(name[1:]))
    )


def _chinese(name: str) -> float:
    """Return the frequency of a Chinese name: of its surname, of so many characters, of each of them."""
    lists = identity_lists()
    compound = name[:2] in names().compound_surnames and len(name) > 2
    surname, given = (name[:2], name[2:]) if compound else (name[0], name[1:])
    share = _OTHER_SURNAME if compound else lists.surnames.get(surname, 3) / 10_000
    for character in given:
        share *= _GIVEN[
            0 if character in lists.commonest_given else 1 if character in lists.common_given else 2
        ]
    return share * (_SHORT if len(given) == 1 else 1 - _SHORT)


def are_apart(full: str, other: str) -> bool:
    """Say whether two names of several parts are not one person's: they begin otherwise (乔治·希尔, 格兰特·希尔)."""
    return "·" in full and "·" in other and full[0] != other[0]


def bearers_of(
    article: ArticleFeatures, keys: Mapping[EntityId, Sequence[Key]], floor: float
) -> Iterator[Bearer]:
    """Yield everyone whom an article names, under each name that may stand for them elsewhere."""
    known = {feature.id: feature for feature in article.entities}
    tied = {feature.id: _tie(feature, keys) for feature in article.entities}
    everything = frozenset(
        tie for entity, tie in tied.items() if tie and not _is_everywhere(tie, keys.get(entity, ()))
    )
    for feature in article.entities:
        told = bool(feature.posts or feature.signs)
        whole = any("·" in name for name in map(canonical, feature.crossing))
        if feature.type != "Person" or feature.confidence < (floor if told or whole else UNTOLD_FLOOR):
            continue
        held = [post for post in feature.posts if post.body in known and tied[post.body]]
        ties = frozenset(tied[post.body] for post in held)
        states = frozenset(
            filter(None, (_state_of(tied[post.body], keys[post.body]) for post in held if post.body in keys))
        )
        named = frozenset(tied[post.body] for post in held if _is_state(keys.get(post.body, ())))
        for name, (shown, full) in _names(feature).items():
            yield Bearer(
                Member(article.sha256, feature.id),
                name,
                shown,
                full,
                ties - named,
                states,
                frozenset(code for tie in ties if (code := _place_of(tie))),
                frozenset(_held(post.role, tied[post.body]) for post in held if post.role),
                frozenset(
                    _held(post.role, tied[post.body])
                    for post in held
                    if is_sole_post(post.role, known[post.body].name)
                ),
                frozenset(bare(known[post.body].name) for post in held),
                tied[feature.id],
                everything,
                told
                or whole
                or feature.confidence >= (SURE_PERSON if len(name) > _SHORT_NAME else SURE_SHORT),
            )


def _names(feature: Feature) -> dict[str, tuple[str, str]]:
    """Return the names of a person that may stand for them elsewhere: as the article writes each, and the full name it is a part of."""
    found: dict[str, tuple[str, str]] = {}
    whole = next((name for name in map(canonical, feature.crossing) if "·" in name), "")
    for shown in feature.names:
        name = canonical(shown)
        is_part = whole != "" and name in whole.split("·")
        if (shown in feature.crossing or is_part) and expected_frequency(name) < 1:
            found.setdefault(name, (shown, whole))
    last = whole.split("·")[-1]
    if last and expected_frequency(last) < 1:
        found.setdefault(
            last, (next(shown for shown in feature.crossing if canonical(shown) == whole), whole)
        )
    return found


def _is_state(keys: Sequence[Key]) -> bool:
    return bool(keys) and keys[0].rule == _STATE


def _place_of(tie: str) -> str:
    """Return the code of the place that a body's or place's key begins with, "" for none."""
    code = tie.split("|")[1] if "|" in tie else ""
    return code if len(code) == _CODE and code.isdigit() else ""


def _state_of(tie: str, keys: Sequence[Key]) -> str:
    """Return the state that a post's body is, or is a body of, "" for none."""
    if _is_state(keys):
        return tie.partition("|")[2]
    return tie.rpartition("|")[2] if keys[0].rule in _OF_STATES and tie.count("|") > 1 else ""


def _held(role: str, tie: str) -> str:
    """Return a post in one form: 部长 of 外交部|以色列 and 外长 of 以色列 are both 外交部长|以色列."""
    body, _, state = tie.partition("|")[2].partition("|")
    if role in _HEADS and body.endswith(_MINISTRY):
        return f"{body}{_HEADS[role]}|{state or CHINA}"
    return f"{identity_lists().posts.get(role, role)}|{tie.partition('|')[2]}"


def _is_everywhere(tie: str, keys: Sequence[Key]) -> bool:
    """Say whether a companion is a state or large place, which people have in common who have nothing else in common."""
    return tie.startswith("Place|") and (not keys or keys[0].rule in _EVERYWHERE) and not _is_county(tie)


def _is_county(tie: str) -> bool:
    code = _place_of(tie)
    return code != "" and not code.endswith("00")


def _tie(feature: Feature, keys: Mapping[EntityId, Sequence[Key]]) -> str:
    """Return what an entity is called as somebody's companion: by its key, else by a name that is no everyday word."""
    own = keys.get(feature.id)
    if own:
        return own[0].text
    name = canonical(feature.name) if feature.type == "Person" else bare(feature.name)
    plain = feature.type == "Organization" and is_plain(name, "bodies")
    common = feature.type == "Person" and expected_frequency(name) > COMMON
    return "" if len(name) < 3 or plain or common else f"{feature.type}|{name}"


def person_links(bearers: Iterable[Bearer], named: Mapping[str, int], articles: int) -> Iterator[PersonLink]:
    """Yield who is one person with whom.

    Args:
        bearers: everyone, in any order.
        named: how many articles name a companion.
        articles: how many there are.
    """
    groups: dict[str, list[Bearer]] = defaultdict(list)
    for bearer in bearers:
        groups[bearer.name].append(bearer)
    for name in sorted(groups):
        group = sorted(groups[name], key=lambda bearer: bearer.member)
        if len(group) > 1:
            weighed = tuple(_weighed(group, _Weights(name, named, articles)))
            yield from weighed
            yield from _rare(group, expected_frequency(name), weighed)


class _Weights:
    """What speaks for two bearers of one name."""

    def __init__(self, name: str, named: Mapping[str, int], articles: int) -> None:
        self.prior = min(
            max(round(math.log(COMMON / expected_frequency(name)), 2), LOWEST_PRIOR), HIGHEST_PRIOR
        )
        self._named = named
        self._articles = articles

    def companion(self, companion: str) -> float:
        """Return what a companion of both says: the more the fewer articles name it."""
        count = self._named.get(companion, 0)
        if not 2 <= count <= max(MOST_ARTICLES, self._articles // ONE_IN):
            return 0.0
        return round(COMPANION * math.log(self._articles / count), 2)

    def told_by(self, a: Bearer, b: Bearer) -> list[tuple[float, str, str]]:
        """Return what speaks for or against the two being one: how much, by which rule, what."""
        found = _by_posts(a, b)
        if not found and a.bodies and b.bodies:
            found.append((OTHER_POSTS, "other-posts", ""))
        return found + self.companions((a.companions & b.companions) - {a.own, b.own})

    def companions(self, shared: Iterable[str]) -> list[tuple[float, str, str]]:
        """Return the companions of both that say most."""
        found, left = [], MOST_OF_COMPANIONS
        for weight, companion in sorted(((self.companion(one), one) for one in shared), reverse=True):
            if weight <= 0 or left <= 0:
                break
            found.append((round(min(weight, left), 2), "companion", companion))
            left -= weight
        return found


def _by_posts(a: Bearer, b: Bearer) -> list[tuple[float, str, str]]:
    """Return what the posts of two bearers of a name say: one body or state, with one role; else like bodies, or one place."""
    found = [(SAME_BODY, "same-body", body) for body in sorted(a.bodies & b.bodies)[:1]]
    posts = sorted(a.posts & b.posts)
    found += [
        (SAME_STATE, "same-state", f"|{state}")
        for state in sorted(a.states & b.states)
        if state != CHINA or posts
    ][:1]
    sole = sorted(a.sole & b.sole)
    found += [(SAME_POST + SOLE_POST * bool(sole), "same-post", f"|{post}") for post in (sole or posts)[:1]]
    if found:
        return found
    for one in sorted(a.body_names):
        for other in sorted(b.body_names):
            if _are_like(*sorted((one, other), key=len)):
                return [(LIKE_BODY, "like-body", f"|{one}")]
    for place in sorted(a.places & b.places, key=lambda code: (code.endswith(_PROVINCE), code))[:1]:
        return [(SAME_PROVINCE if place.endswith(_PROVINCE) else SAME_PLACE, "same-place", f"|{place}")]
    return []


def _are_like(short: str, long: str) -> bool:
    """Say whether two bodies may be one under two names: the same end, and the shorter one's characters in order, or the same beginning."""
    if len(short) < _LEAST_ALIKE or short[-_END:] != long[-_END:]:
        return False
    rest = iter(long)
    return all(character in rest for character in short) or short[:_LEAST_ALIKE] == long[:_LEAST_ALIKE]


def _weighed(group: Sequence[Bearer], weights: _Weights) -> Iterator[PersonLink]:
    for a, b in _pairs(group, weights):
        if a.member.article == b.member.article or are_apart(a.full, b.full):
            continue
        told = weights.told_by(a, b)
        score = round(weights.prior + sum(weight for weight, _, _ in told), 2)
        least = MERGE + PART if _is_part(a) or _is_part(b) else MERGE
        by_post = any(rule == "same-post" for _, rule, _ in told)
        if score >= (MERGE if by_post else least) and any(weight > 0 for weight, _, _ in told):
            rule = max(told)[1]
            yield PersonLink(
                a, b, f"person-{rule}", "sure", score, _because(a.name, weights.prior, told, score)
            )


def _is_part(bearer: Bearer) -> bool:
    """Say whether a name is only a part of the bearer's full name."""
    return "·" in bearer.full and bearer.name != bearer.full


def _because(name: str, prior: float, told: Sequence[tuple[float, str, str]], score: float) -> str:
    """Return the sum as a line of names and numbers: 王勇 -1.5, 青岚湖学院 +3.5 = 2.0."""
    parts = [(name, prior), *((what.partition("|")[2] or _OTHERS, weight) for weight, _, what in told)]
    return f"{', '.join(f'{what} {weight:+.1f}' for what, weight in parts)} = {score:.1f}"


def _pairs(group: Sequence[Bearer], weights: _Weights) -> Iterator[tuple[Bearer, Bearer]]:
    """Yield the pairs to be held against each other: all of a small group, of a large one those that share something."""
    if len(group) <= MOST_COMPARED:
        yield from combinations(group, 2)
        return
    sharing: dict[str, list[Bearer]] = defaultdict(list)
    for bearer in sorted(group, key=_content):
        for tie in bearer.bodies | bearer.posts:
            sharing[tie].append(bearer)
        for companion in bearer.companions:
            if weights.companion(companion) > 0:
                sharing[companion].append(bearer)
    for tie in sorted(sharing):
        yield from pairwise(sharing[tie])


def _content(bearer: Bearer) -> tuple[list[str], ...]:
    """Return what stands beside a bearer of a name, which orders them by nothing that a checksum says."""
    return (
        sorted(bearer.bodies),
        sorted(bearer.posts),
        sorted(bearer.states),
        sorted(bearer.places),
        sorted(bearer.body_names),
        sorted(bearer.companions),
        [bearer.full, bearer.own],
    )


def _rare(group: Sequence[Bearer], frequency: float, weighed: Iterable[PersonLink]) -> Iterator[PersonLink]:
    """Yield the links of a name so rare that whoever bears it, and is a person beyond doubt, is one.

    A bearer with a body may be another one than a bearer with another body, and nobody can say whose those without are: where
    ``weighed`` links leave several with bodies apart, they stay so, and those without are one with each other only. A full
    name of several parts needs no such care. An article that tells two of the name apart says nothing of either.
    """
    if frequency >= RARE:
        return
    often = Counter(bearer.member.article for bearer in group)
    sure = [
        bearer
        for bearer in group
        if bearer.is_sure and not _is_part(bearer) and often[bearer.member.article] == 1
    ]
    groups = Groups[Member]()
    for link in weighed:
        groups.join(link.a.member, link.b.member)
    with_bodies = {groups.of(bearer.member) for bearer in group if bearer.bodies}
    if len(with_bodies) > 1 and "·" not in group[0].name:
        sure = [bearer for bearer in sure if groups.of(bearer.member) not in with_bodies]
    score = round(math.log(COMMON / frequency), 2)
    for bearer in sure[1:]:
        yield PersonLink(sure[0], bearer, "rare-name", "likely", score, f"{bearer.name} {score:+.1f}")
