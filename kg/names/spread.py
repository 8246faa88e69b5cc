"""A name found once is found everywhere in the article, and so are the short forms of bodies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.finder import Finder
from kg.base.model import Article, EntityType, Mention, Span, TaggedSentence
from kg.names.borders import is_department
from kg.names.forms import short_forms
from kg.names.lexicon import bodies, leagues, regions

_KNOWN: Final = "well-known"
_OF_STATES: Final = "部院厅署委"
_OURS: Final = frozenset({"中国", "中华人民共和国", "新中国"})
_LONGEST_COUNTRY: Final = 8
_LONG: Final = 6  # a name of so many characters is meant wherever it stands
_CLEAR: Final = 4  # one of so many where a word begins or ends with it; a shorter one must be whole words


@dataclass(frozen=True)
class Sought:
    """A name to look for: what it is, and why it is known."""

    type: EntityType
    rule: str


def sought(types: Mapping[str, EntityType], teams: Iterable[str]) -> dict[str, Sought]:
    """Return the names to look for: those of the article, short forms of its bodies, well-known bodies, teams."""
    names = {name: Sought(kind, "again") for name, kind in types.items() if len(name) >= 2}
    for name, kind in types.items():
        if kind == "Organization" and len(name) >= 4:
            for form in short_forms(name):
                names.setdefault(form, Sought("Organization", "short-form"))
    names = {**_sought_anywhere(), **names}
    names.update(dict.fromkeys(teams, Sought("Organization", "team")))
    return names


def find_everywhere(
    article: Article, tagged: Sequence[TaggedSentence], names: Mapping[str, Sought]
) -> list[list[Mention]]:
    """Return the mentions of the names in each sentence, the longest where two begin at one place."""
    rows: list[list[Mention]] = [[] for _ in tagged]
    known, here = bodies(), _well_known().within(article.text)
    texts = [name for name in names if name not in known or name in here]  # a small table is made sooner
    if not texts:
        return rows
    starts = [sentence.sentence.span.start for sentence in tagged]
    borders = borders_of(tagged)
    for text, start, end in Finder(texts).longest(article.text):
        where = bisect_right(starts, start) - 1
        if where < 0 or end > tagged[where].sentence.span.end or goes_on(article.text, start, end):
            continue
        name = names[text]
        if name.type == "Organization" and is_department(article.text, end):
            continue
        if is_whole(text, name, begins=start in borders, ends=end in borders):
            abroad = _abroad(article.text, start, text, borders) if name.rule == _KNOWN else 0
            span = Span(start - abroad, end)
            rows[where].append(Mention(span, span.of(article.text), name.type, name.rule))
    return rows


def _abroad(text: str, start: int, name: str, borders: Collection[int]) -> int:
    """Return the length of the country before a ministry, which makes it another than that of China: 巴西|外交部长, 美|商务部."""
    if name[-1] not in _OF_STATES:
        return 0
    if start - 1 in borders and text[start - 1] in regions().armies:
        return 1
    before = (text[max(0, start - size) : start] for size in range(_LONGEST_COUNTRY, 1, -1))
    return next(
        (len(country) for country in before if country in regions().countries and country not in _OURS), 0
    )


@cache
def _well_known() -> Finder:
    return Finder(bodies())


@cache
def _sought_anywhere() -> Mapping[str, Sought]:
    return dict.fromkeys(bodies(), Sought("Organization", _KNOWN))


def goes_on(text: str, start: int, end: int) -> bool:
    """Say whether letters or digits of a name go on beside it: G20 is not in G204."""
    return any(
        0 <= outer < len(text) and _is_latin(text[outer]) and _is_latin(text[inner])
        for inner, outer in ((start, start - 1), (end - 1, end))
    )


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def borders_of(tagged: Sequence[TaggedSentence]) -> set[int]:
    """Return where words begin and sentences end."""
    borders = {token.start for sentence in tagged for token in sentence.tokens}
    borders.update(sentence.sentence.span.end for sentence in tagged)
    return borders


def is_whole(text: str, name: Sought, *, begins: bool, ends: bool) -> bool:
    """Say whether a name is meant where its characters stand: a word begins or ends with it, or it is long."""
    if len(text) >= _LONG or (begins and ends):
        return True
    return (begins or ends) and (len(text) >= _CLEAR or name.rule == _KNOWN)


def teams_of_game(tagged: Sequence[TaggedSentence]) -> list[str]:
    """Return the teams called by everyday words, where the article is about their game."""
    words = {token.text for sentence in tagged for token in sentence.tokens}
    return [
        team
        for league in leagues()
        if not words.isdisjoint(league.signs) or len(words & league.sure) >= 2
        for team in sorted(league.names)
    ]


def known_inside(row: Sequence[Mention], known: Mapping[str, str]) -> list[Mention]:
    """Return the organisation, named elsewhere, that a longer name begins with (X公司 in X公司党委)."""
    inside = []
    for mention in row:
        text = mention.text
        if mention.type in {"Organization", "Activity", "Product"}:
            size = next((n for n in range(len(text) - 2, 2, -1) if known.get(text[:n]) == "Organization"), 0)
            if size:
                start = mention.span.start
                inside.append(Mention(Span(start, start + size), text[:size], "Organization", "again"))
    return inside
