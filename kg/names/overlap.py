"""Names that overlap: they nest, or the better one stays."""

from __future__ import annotations

from collections.abc import Iterator

from kg.base.model import EntityType, Mention, Span
from kg.names.gazetteer import gazetteer
from kg.names.heads import head_class
from kg.names.place import is_seat

PRIORITY: dict[EntityType, int] = {
    "Document": 0, "Activity": 1, "Award": 2, "Organization": 3, "Product": 4, "Place": 5, "Person": 6,
}  # fmt: skip
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
        PRIORITY[mention.type],
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
    if not outer.span.holds(inner.span):
        return False
    if inner.text not in free and inner.rule in _FRAGMENTS and not gazetteer().codes(inner.text):
        whole = inner.rule == "tagger-ORG" and outer.type == "Organization" and head_class(inner.text) != ""
        if not whole or inner.span.start != outer.span.start:
            return False
    if outer.type == "Person" or inner.type == "Person":
        return outer.type in {"Activity", "Award"} and inner.rule == "again"
    if outer.type == "Place":
        return inner.type == "Place"
    if outer.type == "Organization":
        if inner.type == "Place":
            return inner.rule == "place-prefix" or inner.text in free or is_seat(inner.text, outer.text)
        if inner.type == "Organization":
            return inner.span.start == outer.span.start and (
                head_class(inner.text) in {"strong", "part", "weak"} or inner.rule in {"again", "part-of"}
            )
        return False
    if inner.type in {"Organization", "Place"}:
        return inner.text in free
    return inner.type in {"Document", "Activity"} or inner.rule == "title-marks"
