"""Which links of a sentence lie in no other: names may hold names, ``{{甲市}水利局}``."""

from __future__ import annotations

from collections.abc import Sequence

from kg.base.model import Link, Span


def outermost(links: Sequence[Link]) -> tuple[list[Link], dict[Span, list[Link]]]:
    """Return the links that lie in no other, and those inside each of them; ``links`` in reading order, outer first."""
    outer: list[Link] = []
    inner: dict[Span, list[Link]] = {}
    for link in links:
        if outer and outer[-1].span.overlaps(link.span):
            inner.setdefault(outer[-1].span, []).append(link)
        else:
            outer.append(link)
    return outer, inner
