"""Whom or what an article is about where it tells no event: who is named in its title, and often enough.

Names of who tells it do not count (记者从甲获悉, 据甲报道), nor does a place that something only happens in. Nothing is said where
somebody else of the title is named nearly as often before, or somebody outside of it much oftener.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import inf
from typing import Final

from kg.base.model import EntityId, Link, Reading, Sentence
from kg.base.nesting import outermost
from kg.facts.event_names import is_whole
from kg.facts.event_words import event_words
from kg.facts.main_event import lead
from kg.names.lexicon import regions

__all__ = ["main_topic"]

_LEAST: Final = 2  # times that it is named or meant
_LEAST_BARE: Final = 3  # the same, where the article has no title but its first sentence
_LEAST_PLACE: Final = 5  # times that a place is: every article names some
_SURE: Final = 6  # named so often, it need not be named at the beginning
_OF_MOST: Final = 0.6  # of how often what is named oftenest is
_SHARE: Final = 0.12  # of all that is named and could be it
_SOURCE: Final = "来源"
_ENDS: Final = ("。", "！", "？", "；")  # of a first sentence: it is no title
_FIRST: Final = 24  # characters of a first sentence in which what it is about stands
_REACH: Final = 8  # characters before a name that may say who tells
_UNASKED: Final = frozenset(("Award",))  # says of whom it is told, and is not it


def main_topic(reading: Reading) -> EntityId | None:
    """Return whom or what the article is about; None where that is not clear."""
    if len(reading.sentences) < 2:
        return None
    title, *rest = lead(reading.sentences)
    words = event_words()
    if words.no_topic.search(title.text):
        return None
    links = outermost(reading.links)[0]
    text = reading.article.text
    counts = Counter(link.entity for link in links if link.type not in _UNASKED and not _tells(text, link))
    own = [
        link
        for link in links
        if link.entity in counts and _is_in_title(title, link, sure=counts[link.entity] >= _SURE)
    ]
    if not own:
        return None
    if words.one_life.match(title.text, own[0].span.end - title.span.start) and _opens(title, own[0]):
        return own[0].entity
    best = max(own, key=lambda link: (counts[link.entity], -link.span.start))
    places = {link.entity for link in links if link.type == "Place" and link.entity != best.entity}
    others = [
        count for entity, count in counts.items() if entity not in places
    ]  # where it happens does not count
    many, most = counts[best.entity], max(others)
    names = {entity.id: entity.name for entity in reading.entities}
    alone = (
        not _is_bare(title)
        and _opens(title, best)
        and {link.entity for link in own} - places == {best.entity}
    )
    share = 0.0 if alone else _SHARE * sum(others)
    if many < max(_least(title, best, names.get(best.entity, "")), share, _OF_MOST * most):
        return None
    if not is_whole(text, best) or best.text in words.own_land or words.plans.fullmatch(best.text):
        return None
    if any(2 * counts[link.entity] > many for link in own if link.span.start < best.span.start):
        return None
    return best.entity if many >= _SURE or _is_in_lead(links, best, rest) else None


def _least(title: Sentence, best: Link, name: str) -> float:
    """Return how often it must be named; a country never is enough, nor a place that the title does not open with."""
    if best.type == "Place":
        return inf if name in regions().countries or not _opens(title, best) else _LEAST_PLACE
    return _LEAST_BARE if _is_bare(title) else _LEAST


def _is_bare(title: Sentence) -> bool:
    """Say whether the article has no title but its first sentence."""
    return title.text.strip().endswith(_ENDS)


def _tells(text: str, link: Link) -> bool:
    """Say whether a name is of who tells it: 据甲报道, 记者从甲获悉, 甲6月1日讯."""
    words = event_words()
    if words.teller_behind.match(text, link.span.end):
        return True
    before = text[max(0, link.span.start - _REACH) : link.span.start]
    return words.teller_before.search(before) is not None and (
        before.rstrip("：: ").endswith(_SOURCE) or words.teller_tells.match(text, link.span.end) is not None
    )


def _is_in_title(title: Sentence, link: Link, *, sure: bool) -> bool:
    """Say whether a name stands in the title; of a first sentence that is none, at its beginning unless it is named ``sure`` often."""
    if not title.span.holds(link.span):
        return False
    return sure or not _is_bare(title) or link.span.start - title.span.start <= _FIRST


def _opens(title: Sentence, link: Link) -> bool:
    """Say whether a title opens with a name, perhaps behind a mark: ``甲市五个项目开工``, no ``3%甲市居民``."""
    before = title.text[: link.span.start - title.span.start]
    return not any(map(str.isalnum, before))


def _is_in_lead(links: Sequence[Link], best: Link, rest: Sequence[Sentence]) -> bool:
    """Say whether a first sentence of the body names it too."""
    return any(link.entity == best.entity and one.span.holds(link.span) for link in links for one in rest)
