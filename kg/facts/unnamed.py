"""Bodies that no name tells: 甲市|公立医院 and 甲市|公立医院院长 say of some hospital in 甲市 what they say, and nothing of 甲市."""

from __future__ import annotations

from typing import Final

from kg.base.model import Link
from kg.base.schema import following_trait
from kg.facts.hit import Hit
from kg.names.heads import begins_with_class, is_post_in_class

_LOCATION: Final = following_trait("location")


def is_of_class(hit: Hit) -> bool:
    """Say whether what a hit says goes for one of a class of bodies in a place; that something lies there goes for both."""
    if hit.pattern.predicate in _LOCATION:
        return isinstance(hit.subject, Link) and _stands_before_class(hit, hit.subject)
    of_body = isinstance(hit.object, Link) and hit.object.type == "Organization"
    if is_post_in_class(hit.role) and not of_body:
        return True
    return any(_stands_before_class(hit, end) for end in (hit.subject, hit.object) if isinstance(end, Link))


def _stands_before_class(hit: Hit, end: Link) -> bool:
    sentence = hit.passage.sentence.tagged.sentence
    if end.type != "Place" or not sentence.span.holds(end.span):
        return False
    around = (link.span for link in hit.passage.sentence.links if link.type == "Organization")
    if any(span.holds(end.span) for span in around):
        return False  # in the name of one
    return begins_with_class(sentence.text, end.span.end - sentence.span.start)
