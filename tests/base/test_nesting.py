"""Names that hold names."""

from __future__ import annotations

from kg.base.model import EntityId, Link, Span
from kg.base.nesting import outermost


def link(start: int, end: int) -> Link:
    return Link(Span(start, end), "", EntityId("Organization:x"), "Organization", "")


def test_link_inside_another_is_listed_under_the_outermost() -> None:
    whole, part, least, other = link(0, 6), link(0, 4), link(0, 2), link(6, 8)
    assert outermost([whole, part, least, other]) == ([whole, other], {whole.span: [part, least]})


def test_links_side_by_side_hold_nothing() -> None:
    assert outermost([link(0, 2), link(2, 4)]) == ([link(0, 2), link(2, 4)], {})
