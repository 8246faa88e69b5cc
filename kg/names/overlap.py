"""Names that overlap: they nest, or the better one stays."""

from __future__ import annotations

from collections.abc import Iterator

from kg.base.model import EntityType, Mention, Span
from kg.names.gazetteer import gazetteer
from kg.names.heads import head_class
from kg.names.lexicon import regions
from kg.names.place import is_seat, is_state

PRIORITY: dict[EntityType, int] = {
    "Document": 0, "Activity": 1, "Award": 2, "Organization": 3, "Product": 4, "Place": 5, "Person": 6,
}  # fmt: skip
_OTHER = 4  # of a type of the user
_BRAND = 4  # characters of a brand behind its country
_FRAGMENTS = frozenset({"again", "short-form", "tagger-LOC", "tagger-ORG"})


def outermost(row: list[Mention]) -> Iterator[Mention]:
    """Yield the mentions that no other holds, the longest first."""
    kept: list[Mention] = []
    for mention in sorted(row, key=_order):
        if not any(mention.span.overlaps(other.span) for other in kept):
            kept.append(mention)
            yield mention


def _order(mention: Mention) -> tuple[int, int, bool, int]:
    return (
        mention.span.start - mention.span.end,
        mention.span.start,
        mention.rule == "again",
        PRIORITY.get(mention.type, _OTHER),
    )


def without_overlaps(row: list[Mention], free: set[str]) -> tuple[Mention, ...]:
    """Return the mentions that go together: the longest first, then those that nest in them or stand free."""
    kept: list[Mention] = []
    seen: set[Span] = set()
    row.sort(key=_order)
    for mention in row:
        if mention.span in seen:
            continue
        if all(_go_together(mention, other, free) for other in kept if other.span.overlaps(mention.span)):
            seen.add(mention.span)
            kept.append(mention)
    kept.sort(key=lambda m: (m.span.start, -m.span.end))
    return tuple(kept)


def _go_together(inner: Mention, outer: Mention, free: set[str]) -> bool:
    """Say whether ``inner`` may stand inside ``outer``: by its own words, or since it stands free elsewhere."""
    if outer.span.holds(inner.span) and is_customer(inner, outer):
        return True
    if not outer.span.holds(inner.span) or _is_mere_fragment(inner, outer, free):
        return False
    if outer.type == "Person" or inner.type == "Person":
        return outer.type in {"Activity", "Award"} and inner.rule == "again"
    if outer.type == "Place":
        is_end = inner.span.start == outer.span.start + 1  # what is one character longer is another place
        return (
            inner.type == "Place" and not is_end and not is_state(outer.text)
        )  # 几内亚比绍 is another country
    if outer.type == "Organization":
        return _is_part_of_body(inner, outer, free)
    if inner.type in {"Organization", "Place"}:
        return inner.text in free or inner.rule == "issuer"
    return inner.type in {"Document", "Activity"} or inner.rule == "title-marks"


def is_customer(inner: Mention, outer: Mention) -> bool:
    """Say whether a project is named by the body it is made for (甲市水务局|污水处理工程)."""
    begins = inner.span.start == outer.span.start and inner.type == "Organization" and outer.type == "Product"
    return begins and inner.rule == "tagger-ORG" and head_class(inner.text) in {"strong", "part", "weak"}


def _is_mere_fragment(inner: Mention, outer: Mention, free: set[str]) -> bool:
    """Say whether ``inner`` is named nowhere else and by no rule of its own; the body that a body begins with is none."""
    if inner.text in free or inner.rule not in _FRAGMENTS or gazetteer().codes(inner.text):
        return False
    begins = inner.rule == "tagger-ORG" and outer.type == "Organization" and head_class(inner.text) != ""
    return not begins or inner.span.start != outer.span.start


def _is_part_of_body(inner: Mention, outer: Mention, free: set[str]) -> bool:
    """Say whether ``inner`` is the seat of the body ``outer``, or a body that its name begins with."""
    if inner.type == "Place":
        if _is_of_brand(inner.text, outer.text):
            return inner.text in free
        return inner.rule == "place-prefix" or inner.text in free or is_seat(inner.text, outer.text)
    if inner.type != "Organization" or inner.span.start != outer.span.start:
        return False
    return inner.rule in {"again", "part-of", "own-names"} or head_class(inner.text) in {
        "strong",
        "part",
        "weak",
    }


def _is_of_brand(place: str, body: str) -> bool:
    """Say whether a country only begins the name of a company, which need not lie there: 沙特|阿美."""
    lists = regions()
    rest = body.removeprefix(place)
    known = place in lists.countries or place in lists.same
    return known and 2 <= len(rest) <= _BRAND and not head_class(rest)
