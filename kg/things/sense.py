"""Namesakes: places and people of one name that the text tells apart stay two, each with the words that name it.

A mention that is told apart is keyed: its name, a mark that no text holds, and what tells it apart. The rules that merge
names see the keys, so a namesake joins nothing by its spelling; things and links bear the name alone. Silence before a
guess: a mention of the name with nothing beside it belongs to neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final

from kg.base.late import late
from kg.base.model import Article, Mention, TaggedSentence, Token
from kg.names.gazetteer import gazetteer
from kg.names.lexicon import regions
from kg.names.person import has_surname
from kg.names.place import is_state
from kg.things.place_codes import chains

MARK: Final = "\x1f"
_WHERE: Final = frozenset({"Organization", "Place"})
_NEVER_DESCRIBES: Final = frozenset({"w", "v", "vd", "p", "c", "r", "u", "d", "PER", "TIME"})
_OF: Final = "的"
_SHORTEST_BODY: Final = 4
_LONGEST: Final = 24  # characters of what describes a person before the name
_BRACKET: Final = late(r"[（(]([一-龥]{2,14})[）)]")
_SIGNS: Final = (
    r"[两二三四几]\s?[位名个].{{0,4}}{0}",
    r"(?:另|又|还有)\s?[一外]?[位名个].{{0,14}}{0}",
    r"{0}[^。！？；\n]{{0,24}}(?:同名|重名|名字(?:相同|一样))",
    r"(?:同名|重名)[^。！？；\n]{{0,24}}{0}",
    r"此{0}[，,]?(?:非|不是|并非)彼{0}",
)
Rows = Sequence[Sequence[Mention]]
_At = tuple[int, int]  # a sentence, and a mention of it


def surface(key: str) -> str:
    """Return the name alone, without what tells it apart."""
    return key.partition(MARK)[0]


def sense_of(key: str) -> str:
    """Return what tells a name apart, "" where nothing does."""
    return key.partition(MARK)[2]


def keyed(article: Article, tagged: Sequence[TaggedSentence], rows: Rows) -> Rows:
    """Return the mentions, those of namesakes with their key in the place of the name."""
    keys = {**_places_apart(rows), **_people_apart(article, tagged, rows)}
    if not keys:
        return rows
    return [
        [
            replace(m, text=f"{m.text}{MARK}{keys[n, at]}") if (n, at) in keys else m
            for at, m in enumerate(row)
        ]
        for n, row in enumerate(rows)
    ]


# places ---------------------------------------------------------------------------------------------------------------


def _places_apart(rows: Rows) -> dict[_At, str]:
    """Return the mentions of places that lie in different ones of one level (福州市|鼓楼区, 南京市|鼓楼区), and what tells each."""
    found: dict[str, dict[_At, str]] = defaultdict(dict)
    for n, row in enumerate(rows):
        index = {id(mention): at for at, mention in enumerate(row)}
        for outer, inner in chains(row):
            sense = _sense(outer.text, inner.text)
            if sense:
                found[inner.text][n, index[id(inner)]] = sense
    return {
        at: sense
        for senses in found.values()
        if _are_several(senses.values())
        for at, sense in senses.items()
    }


def _sense(outer: str, inner: str) -> str:
    """Return the code of the place ``inner`` in ``outer``; where the list has none, the outer place."""
    above = set(gazetteer().codes(outer))
    codes = gazetteer().codes(inner)
    inside = [code for code in codes if not above.isdisjoint(gazetteer().parents(code))]
    if len(inside) == 1 and len(codes) > 1:
        return inside[0]
    levels = regions().level_ends
    return outer if not codes and outer[-1] in levels and inner[-1] in levels and not is_state(outer) else ""


def _are_several(senses: Iterable[str]) -> bool:
    """Say whether the senses of a name are of several places: other codes, or other places of one level."""
    each = set(senses)
    levels = {sense[-1] for sense in each}
    return len(each) > 1 and (all(sense.isdigit() for sense in each) or len(levels) == 1)


# people ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Described:
    """One mention of a person, and what describes it."""

    at: _At
    where: str  # the body or place beside the name, "" for none
    role: str
    bracketed: bool


def _people_apart(article: Article, tagged: Sequence[TaggedSentence], rows: Rows) -> dict[_At, str]:
    """Return the mentions of people whom the text tells apart, and the number of the one who is meant."""
    where: dict[str, list[_At]] = defaultdict(list)
    for n, row in enumerate(rows):
        for at, mention in enumerate(row):
            if mention.type == "Person" and has_surname(mention.text):
                where[mention.text].append((n, at))
    apart: dict[_At, str] = {}
    for name, places in where.items():
        if len(places) > 1:
            described = [_describe(article, tagged[n], rows[n], (n, at)) for n, at in places]
            if _are_told_apart(name, described, article.text):
                apart.update(_numbered(described))
    return apart


def _describe(article: Article, sentence: TaggedSentence, row: Sequence[Mention], at: _At) -> _Described:
    name = row[at[1]]
    behind = _BRACKET.match(article.text, name.span.end)
    body, role = _before(sentence.tokens, row, name)
    if behind is not None:
        return _Described(at, behind.group(1), role, bracketed=True)
    return _Described(at, body, role, bracketed=False)


def _before(tokens: Sequence[Token], row: Sequence[Mention], name: Mention) -> tuple[str, str]:
    """Return the body or place that stands before a person's name with nothing but nouns between, and those nouns."""
    front = [token for token in tokens if token.end <= name.span.start]
    words: list[Token] = []
    for token in reversed(front):
        if (
            token.tag in _NEVER_DESCRIBES and (token.text != _OF or words)
        ) or name.span.start - token.start > _LONGEST:
            break
        words.append(token)
    start = words[-1].start if words else name.span.start
    beside = [m for m in row if m.type in _WHERE and m.span.start >= start and m.span.end <= name.span.start]
    text = "".join(token.text for token in reversed(words) if token.text != _OF)
    if not beside:
        owned = len(text) >= _SHORTEST_BODY and words[0].text == _OF  # 来自甲乙农场的王小明
        return (text, "") if owned else ("", text)
    first = min(m.span.start for m in beside)
    last = max(m.span.end for m in beside)
    whole = "".join(token.text for token in tokens if first <= token.start and token.end <= last)
    role = "".join(token.text for token in tokens if last <= token.start and token.end <= name.span.start)
    return whole, role.replace(_OF, "")


def _are_told_apart(name: str, described: Sequence[_Described], text: str) -> bool:
    """Say whether the text speaks of two: it says so, or describes both in one sentence, or each in brackets."""
    bodies = _together(each for each in described if each.where)
    pairs = [
        (one, other)
        for (where, one), (elsewhere, other) in combinations(bodies.items(), 2)
        if not _may_be_one(where, elsewhere)
    ]
    if not pairs:
        return False
    if any(one.sentences & other.sentences or (one.bracketed and other.bracketed) for one, other in pairs):
        return True
    return any(re.search(sign.format(re.escape(name)), text) for sign in _SIGNS)


@dataclass
class _Body:
    """The mentions of one name that one body or place describes: in which sentences, and whether in brackets somewhere."""

    sentences: set[int] = field(default_factory=set)
    bracketed: bool = False


def _together(described: Iterable[_Described]) -> dict[str, _Body]:
    """Return what describes the mentions, each once: an article may name one man a thousand times, by few bodies."""
    found: dict[str, _Body] = defaultdict(_Body)
    for each in described:
        body = found[each.where]
        body.sentences.add(each.at[0])
        body.bracketed |= each.bracketed
    return found


def _may_be_one(one: str, other: str) -> bool:
    """Say whether two bodies may be one, or one lie in the other (白水县, 白水县第一小学)."""
    return one in other or other in one


def _numbered(described: Sequence[_Described]) -> Iterator[tuple[_At, str]]:
    """Yield the mentions that are described, each with the number of its person; by its role where that is one's alone."""
    groups: list[_Group] = []
    for each in described:
        if each.where:
            own = [group for group in groups if any(_may_be_one(each.where, other) for other in group.bodies)]
            if not own:
                groups.append(_Group())
            if len(own) < 2:
                (own or groups)[-1].take(each)
    for each in described:
        of = [n for n, group in enumerate(groups, 1) if each.at in group.mentions]
        if not each.where and each.role:
            of = [n for n, group in enumerate(groups, 1) if each.role in group.roles]
        if len(of) == 1:
            yield each.at, str(of[0])


@dataclass
class _Group:
    """The mentions of one person: where they stand, and what describes them."""

    mentions: set[_At] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)

    def take(self, each: _Described) -> None:
        """Add a mention."""
        self.mentions.add(each.at)
        self.bodies.add(each.where)
        self.roles.add(each.role)
