"""What names say by themselves: a body named inside another's name, places in a chain, names side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from kg.base.late import late
from kg.base.model import EntityId, Link, Span
from kg.base.wordlist import read_words
from kg.facts.departments import is_department, of_one_rank, part_name, part_of
from kg.facts.hit import Hit
from kg.facts.passage import SYMBOLS, Passage
from kg.facts.pattern import Patterns
from kg.facts.way import Base, Modifier, Way
from kg.facts.words import facts_words
from kg.names.gazetteer import gazetteer
from kg.names.lexicon import bodies, regions

P, O, L, E, R, D = (  # noqa: E741 - the letters of the masks
    SYMBOLS[name] for name in ("Person", "Organization", "Place", "Activity", "Product", "Document")
)
_INSIDE = {
    ("Organization", "Organization"): "name-part",
    ("Organization", "Place"): "name-seat",
    ("Place", "Place"): "name-place",
    ("Activity", "Organization"): "name-host",
    ("Activity", "Place"): "name-venue",
    ("Product", "Organization"): "name-maker",
    ("Product", "Place"): "name-site",
    ("Document", "Organization"): "name-issuer",
}
_BESIDE = {
    (L, L): "chain-place",
    (L, O): "chain-seat",
    (O, O): "chain-part",
    (L, R): "chain-site",
    (O, R): "chain-maker",
    (O, E): "chain-host",
}
_WORDS = facts_words("name")
_PARTY = late(f"(?:{_WORDS.either('party')})$")
_DISASTER = late(f"(?:{_WORDS.either('disaster')})$")
_DIVISION = late(f"(?:{_WORDS.either('division')})$")
_ABOUT = late(_WORDS.either("about"))
_SIDE = late(
    rf"[东西南北中]{{1,2}}(?:{_WORDS.either('side')})?|{_WORDS.either('stretch')}|[^省市县区]{{0,12}}(?:{_WORDS.either('exhibition')})"
    rf"|[省市县区州]?(?:境?内)?的?(?:{_WORDS.either('some')})[^省市县乡镇村]{{0,4}}(?:{_WORDS.either('area')})?"
)
_SEATS = frozenset({"name-seat", "name-state"})
_BUSINESS = late("(?:大中华|中国|亚太)(?:区|大区|地区|区域)")
_OF_KIND = {
    "school": ("大学", "学院", "学校", "中学"),
    "ministry": ("部", "委", "总局"),
    "company": ("公司",),
}
_NO_PARTS = _WORDS.words("no_parts")
_REPEATED = frozenset({"name-part", "name-struck"})  # more than one name inside may say it
_FARTHEST_WHOLE = 4  # characters before the name of the whole: 甲市|乙公司|丙部
_OF_LISTS = frozenset({"chain-place", "chain-seat"})
# Patterns whose subject is the inner name, not the outer.
_TURNED = frozenset({"name-host", "name-maker", "name-issuer", "chain-maker", "chain-host"})


@dataclass(frozen=True)
class Names:
    """What the article names: every name and its thing, and the things named by themselves, not only inside others."""

    known: Mapping[str, Link]
    standing: frozenset[EntityId]

    def inside(self, link: Link, nested: tuple[Link, ...]) -> tuple[Link, ...]:
        """Return the names inside a name: those linked, and those the article knows from elsewhere."""
        found = {(inner.span.start, inner.span.end): inner for inner in nested}
        start = link.span.start
        party = _PARTY.search(link.text)
        if party:
            found |= self._whole(link, party.start())
        for end in range(len(link.text) - 1, 1, -1):
            known = self.known.get(link.text[:end])
            if known is None or known.entity == link.entity:
                continue
            if known.type == "Organization" or _ends_like("state").search(link.text):
                span = Span(start, start + end)
                found.setdefault((span.start, span.end), replace(known, span=span))
        return tuple(sorted(found.values(), key=lambda inner: (inner.span.start, -inner.span.end)))

    def _whole(self, link: Link, length: int) -> dict[tuple[int, int], Link]:
        """Return the body a party branch belongs to, where the article calls it by the end of its name only."""
        base = link.text[:length]
        for start in range(1, length - 3):
            known = self.known.get(base[start:])
            if known is not None and known.type == "Organization" and known.entity != link.entity:
                span = Span(link.span.start, link.span.start + length)
                return {(span.start, span.end): replace(known, span=span, text=base)}
        return {}


def names_of(links: Iterable[Link], outer: Iterable[Link]) -> Names:
    """Return what an article's links name; ``outer`` are those not inside others."""
    known: dict[str, Link] = {}
    for link in links:
        if link.is_name and link.type in {"Organization", "Place"} and len(link.text) > 1:
            known.setdefault(link.text, link)
    return Names(known, frozenset(link.entity for link in outer))


def read_names(passage: Passage, names: Names, patterns: Patterns) -> Iterator[Hit]:
    """Yield what names inside names and names side by side say."""
    yield from _listed_parts(passage, patterns)
    for position, link in passage.links.items():
        yield from _within_name(passage, position, names, patterns)
        other = passage.links.get(position + 1)
        if other is None or other.entity == link.entity or other.span.start != link.span.end:
            continue
        if len(link.text) == 1 and len(other.text) == 1:
            yield from _two_states(passage, position, patterns)
        else:
            yield from _side_by_side(passage, position, patterns)


def _within_name(passage: Passage, position: int, names: Names, patterns: Patterns) -> Iterator[Hit]:
    """Yield what the names inside a name say, and those inside one of these that is known by itself."""
    link, inner = passage.links[position], passage.nested[position]
    if link.type == "Organization":
        inner = names.inside(link, inner)
    elif link.type == "Document":
        yield from _issuer(passage, link, names, patterns)
    yield from _inside(passage, link, inner, names, patterns)
    for middle in passage.nested[position]:
        if middle.type == "Organization" and middle.span != link.span and middle.entity in names.standing:
            deeper = tuple(low for low in inner if low != middle and middle.span.holds(low.span))
            yield from _inside(passage, middle, deeper, names, patterns)


def _side_by_side(passage: Passage, position: int, patterns: Patterns) -> Iterator[Hit]:
    """Yield what a name right before another says of it, and of the places in the list it starts: 甲市乙县、丙县."""
    after = position + 1
    link, other = passage.links[position], passage.links[after]
    name = _BESIDE.get((passage.mask[position], passage.mask[after]))
    if name is None or _is_line(link) or other.text in regions().countries:
        return
    if _BUSINESS.fullmatch(other.text):  # 甲|大中华区|总经理: of a post, no place in another
        return
    pair = {link.text, other.text}
    if pair <= regions().stretches or (pair <= bodies().keys() and link.text[-1] == other.text[-1]):
        return  # 江淮西北等地, 财政部商务部: two, neither in the other
    where = passage.span(position, after + 1)
    subject, obj = (link, other) if name in _TURNED else (other, link)
    for member in passage.group(after) if name in _OF_LISTS else [after]:
        if member == after:
            yield Hit(patterns.by_reader[name], subject, obj, where, passage, Way(Base.BESIDE))
        elif passage.mask[member - 1] in "、和及与" and _placeless(passage, member):
            more = passage.links[member]
            yield Hit(patterns.by_reader[name], more, obj, where, passage, Way(Base.BESIDE_LIST))


def _issuer(passage: Passage, link: Link, names: Names, patterns: Patterns) -> Iterator[Hit]:
    """Yield whose document it is where its title starts with a body and 关于: 甲部关于乙的通知."""
    title = link.text.lstrip("《〈“")
    about = _ABOUT.search(title, 2, 24)
    known = names.known.get(title[: about.start()]) if about else None
    if known is not None and known.type == "Organization":
        yield Hit(patterns.by_reader["title-issuer"], known, link, link.span, passage, Way(Base.PREFIX))


def _listed_parts(passage: Passage, patterns: Patterns) -> Iterator[Hit]:
    """Yield that bare departments in a list belong to the body of the first: 甲局办公室、人事处、基建处."""
    pattern = patterns.by_reader["parts-listed"]
    seen: set[int] = set()
    for position in passage.names(0, len(passage.mask), O):
        members = passage.group(position)
        if position in seen or len(members) < 2:
            continue
        seen.update(members)
        whole = part_of(passage, members[0])
        if whole is None:
            continue
        for member in members[1:]:
            link = passage.links[member]
            if passage.nested[member] or not is_department(link.text, whole.text) or len(link.text) > 12:
                break
            if not of_one_rank(passage.links[members[0]].text, link.text, whole.text):
                break
            if link.entity != whole.entity:
                yield Hit(pattern, link, whole, link.span, passage, Way(Base.LIST))


def _placeless(passage: Passage, member: int) -> bool:
    """Say whether a member of a list has no place of its own: 甲市的乙、丙, not 甲市乙、丁市丙."""
    own = any(inner.type == "Place" for inner in passage.nested[member])
    return not own and passage.mask[member + 1 : member + 2] != L


def _two_states(passage: Passage, position: int, patterns: Patterns) -> Iterator[Hit]:
    """Yield that two states named by one character each have to do with each other: 中新两国, 中泰合作."""
    pattern = patterns.by_reader["two-states"]
    behind = passage.mask[position + 2 : position + 6]
    if behind.startswith(pattern.cues):
        where = passage.span(position, position + 2)
        yield Hit(
            pattern, passage.links[position], passage.links[position + 1], where, passage, Way(Base.BESIDE)
        )


def _inside(
    passage: Passage, link: Link, nested: tuple[Link, ...], names: Names, patterns: Patterns
) -> Iterator[Hit]:
    """Yield what each name inside a name says of it, the longest first."""
    done: set[str] = set()
    for inner in sorted(nested, key=lambda inner: -len(inner.text)):
        name = _says(link, inner, nested)
        if name is None or (name in done and name not in _REPEATED):
            continue
        way = _way(link, inner, name, names, wider=name in done)
        done |= _SEATS if name in _SEATS else {name}
        subject, obj = (inner, link) if name in _TURNED else (link, inner)
        yield Hit(patterns.by_reader[name], subject, obj, link.span, passage, way)
    yield from _levels(passage, nested, patterns)


def _says(link: Link, inner: Link, nested: tuple[Link, ...]) -> str | None:
    """Return the pattern that says what a name inside a name is to it, None where none does."""
    if inner.entity == link.entity or inner.span == link.span:
        return None
    name = _INSIDE.get((link.type, inner.type))
    start, ends = inner.span.start - link.span.start, inner.span.end == link.span.end
    rest = link.text[start + len(inner.text) :]
    if name == "name-part":
        return name if start <= _FARTHEST_WHOLE and not ends and _is_part(inner.text, rest, nested) else None
    if name == "name-seat":
        of_whole = start == 0 and _whole_has_seat(link, inner, nested)
        return None if ends or of_whole else _seat(link, start)
    if (name == "name-place" and _SIDE.fullmatch(rest)) or (
        name == "name-issuer" and _is_of_part(inner, rest)
    ):
        return None
    if name == "name-venue" and _DISASTER.search(link.text):
        return "name-struck"
    return name


def _is_of_part(whole: Link, rest: str) -> bool:
    """Say whether a part of a body stands before 关于 in a title, whose document it is: 甲部|乙司关于丙的通知 is not of 甲部."""
    about = _ABOUT.search(rest)
    return about is not None and about.start() > 0 and _is_part(whole.text, rest[: about.start()], ())


def _way(link: Link, inner: Link, name: str, names: Names, *, wider: bool) -> Way:
    """Return how far a name inside a name can be trusted to be a thing by itself, and to say what the pattern says."""
    sure = inner.entity in names.standing or (name == "name-place" and _DIVISION.search(link.text))
    other = name == "name-seat" and not _ends_like("institution").search(link.text)
    modifiers = ((wider, Modifier.WIDER), (not sure, Modifier.ONLY), (other, Modifier.OTHER))
    base = Base.PREFIX if inner.span.start == link.span.start else Base.INNER
    return Way(base, tuple(modifier for holds, modifier in modifiers if holds))


def _whole_has_seat(link: Link, seat: Link, nested: tuple[Link, ...]) -> bool:
    """Say whether the place is in the name of the whole a department is part of: only the whole is there."""
    return any(
        other.type == "Organization"
        and other.entity != link.entity
        and other.span.start == seat.span.start
        and seat.span.end < other.span.end < link.span.end
        and _is_part(other.text, link.text[len(other.text) :], nested)
        for other in nested
    )


def _seat(link: Link, start: int) -> str:
    """Return what a place in a body's name says: where it is, or whose it is (an army, an embassy)."""
    if link.text[start - 1 : start] == "驻":
        return "name-seat"
    return "name-state" if _ends_like("state").search(link.text) else "name-seat"


def _is_line(link: Link) -> bool:
    """Say whether a place is a road, a river or a bridge, which holds nothing (浙江 and 九江 are no rivers)."""
    return (
        link.type == "Place"
        and _ends_like("line").search(link.text) is not None
        and not gazetteer().codes(link.text)
    )


@cache
def _ends_like(key: str) -> re.Pattern[str]:
    """Return what a name of a list of cues.toml, [names], ends like."""
    return late(f"(?:{read_words('language/cues.toml').table('names').either(key)})$")


def _is_part(whole: str, rest: str, nested: tuple[Link, ...]) -> bool:
    """Say whether what stands behind a body's name makes all of it the name of its part."""
    rest = rest.strip('“”"')
    if rest in _NO_PARTS:
        return False
    if rest.endswith("公司") and any(
        inner.type == "Place" and rest.startswith(inner.text) for inner in nested
    ):
        return True
    return part_name(_kind_of(whole)).fullmatch(rest) is not None


def _kind_of(whole: str) -> str:
    """Return what kind of body has parts of its own kind: a school, a ministry, a company; "" for others."""
    return next((kind for kind, ends in _OF_KIND.items() if whole.endswith(ends)), "")


def _levels(passage: Passage, nested: tuple[Link, ...], patterns: Patterns) -> Iterator[Hit]:
    """Yield place in place among the names inside one name: 甲省|乙市|丙路."""
    places = [inner for inner in nested if inner.type == "Place"]
    for first, second in pairwise(places):
        if first.span.end == second.span.start and first.entity != second.entity:
            yield Hit(patterns.by_reader["chain-place"], second, first, second.span, passage, Way(Base.INNER))
