"""Names that overlap nest or give way."""

from __future__ import annotations

from kg.base.model import EntityType, Mention, Span
from kg.names.overlap import outermost, without_overlaps

TEXT = "江城大学第二医院李明"


def named(text: str, kind: EntityType, rule: str = "head-strong") -> Mention:
    at = TEXT.index(text)
    return Mention(Span(at, at + len(text)), text, kind, rule)


def test_the_longer_of_two_that_cross_stays() -> None:
    row = [named("第二医院", "Organization"), named("江城大学第二", "Organization"), named("李明", "Person")]
    assert [m.text for m in without_overlaps(row, set())] == ["江城大学第二", "李明"]


def test_the_body_that_a_body_begins_with_nests_and_one_in_its_middle_does_not() -> None:
    whole = named("江城大学第二医院", "Organization")
    row = [whole, named("江城大学", "Organization", "part-of"), named("第二医院", "Organization")]
    assert [m.text for m in without_overlaps(row, set())] == ["江城大学第二医院", "江城大学"]


def test_a_place_inside_a_body_is_named_only_where_it_stands_free_too() -> None:
    row = [named("江城大学", "Organization"), named("江城", "Place", "tagger-LOC")]
    assert [m.text for m in without_overlaps(list(row), set())] == ["江城大学"]
    assert [m.text for m in without_overlaps(list(row), {"江城"})] == ["江城大学", "江城"]


def test_a_name_stands_once_whatever_found_it() -> None:
    row = [named("江城大学", "Organization", "again"), named("江城大学", "Organization", "tagger-ORG")]
    assert [m.rule for m in without_overlaps(row, set())] == ["tagger-ORG"]


def test_the_outermost_hold_each_other_not() -> None:
    row = [
        named("江城大学", "Organization"),
        named("江城大学第二医院", "Organization"),
        named("李明", "Person"),
    ]
    assert [m.text for m in outermost(row)] == ["江城大学第二医院", "李明"]
