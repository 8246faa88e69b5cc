"""Facilities of a body somewhere else: 甲集团在乙市的生产基地 says where the works are, and not where 甲集团 is."""

from __future__ import annotations

from typing import Final

from kg.base.late import late
from kg.base.model import Link
from kg.base.schema import following_trait
from kg.facts.hit import Hit
from kg.facts.words import facts_words

_LOCATION: Final = following_trait("location")
_WORDS: Final = facts_words("facility")
_NOUN: Final = f"(?:{_WORDS.either('nouns')})"
_IN: Final = f"(?:{_WORDS.either('lies')})"
_NO_MARK: Final = "[^，,；;：:。、“”的]"
_BETWEEN: Final = late(f"(?:在|{_IN})")
_ITS: Final = late(f"{_NO_MARK}{{0,8}}的{_NO_MARK}{{0,8}}?{_NOUN}")
_LIES: Final = late(f"(?:{_NO_MARK}{{0,8}}的)?{_NO_MARK}{{0,8}}?{_NOUN}{_NO_MARK}{{0,4}}?{_IN}")
_THERE: Final = late(f"{_IN}$")
_BEHIND: Final = late(f"的?{_NO_MARK}{{0,6}}?{_NOUN}")


def is_of_facility(hit: Hit) -> bool:
    """Say whether what a hit says of where a body is goes for a facility of it only."""
    body, place = hit.subject, hit.object
    if hit.pattern.predicate not in _LOCATION or not isinstance(body, Link) or not isinstance(place, Link):
        return False
    bounds = hit.passage.sentence.tagged.sentence
    if body.type != "Organization" or not (bounds.span.holds(body.span) and bounds.span.holds(place.span)):
        return False
    text, origin = bounds.text, bounds.span.start
    if place.span.start >= body.span.end:
        between = (body.span.end - origin, place.span.start - origin)
        its = _BETWEEN.fullmatch(text, *between) and _ITS.match(text, place.span.end - origin)
        return bool(its) or _LIES.fullmatch(text, *between) is not None
    if place.span.end > body.span.start:
        return False
    described = text[place.span.end - origin : body.span.start - origin] == "的"
    return described and _is_there(text, place.span.start - origin, body.span.end - origin)


def _is_there(text: str, place: int, end: int) -> bool:
    """Say whether what lies in a place is what stands behind a name: 位于甲市的|乙集团|生产基地."""
    return _THERE.search(text[:place]) is not None and _BEHIND.match(text, end) is not None
