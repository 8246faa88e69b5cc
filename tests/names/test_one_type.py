"""One type for each name of an article."""

from __future__ import annotations

from kg.base.model import EntityType, Mention, Span
from kg.names.one_type import one_type_each, retype_short_forms, with_types


def named(text: str, kind: EntityType, rule: str = "tagger") -> Mention:
    return Mention(Span(0, len(text)), text, kind, rule)


def test_a_name_has_the_type_that_it_was_found_with_most_surely() -> None:
    found = [named("海川", "Place"), named("海川", "Organization", "called"), named("海川", "Place")]
    assert one_type_each(found) == {"海川": "Organization"}


def test_what_the_tagger_took_for_people_may_be_two_states() -> None:
    assert "英法" not in one_type_each(
        [named("英国", "Place"), named("法国", "Place"), named("英法", "Person")]
    )
    assert one_type_each([named("英国", "Place"), named("英方", "Person")])["英方"] == "Place"


def test_a_numbered_craft_is_a_product_where_a_longer_product_says_so() -> None:
    types = one_type_each([named("神箭七号", "Person"), named("神箭七号飞船", "Product")])
    assert types["神箭七号"] == "Product"


def test_the_short_form_of_a_body_is_a_body() -> None:
    types: dict[str, EntityType] = {"宏达电力有限公司": "Organization", "宏达": "Person", "李明": "Person"}
    retype_short_forms(types)
    assert types == {"宏达电力有限公司": "Organization", "宏达": "Organization", "李明": "Person"}


def test_a_name_without_a_type_is_none() -> None:
    row = [named("海川", "Place"), named("李明", "Person")]
    assert [(m.text, m.type) for m in with_types(row, {"海川": "Organization"})] == [("海川", "Organization")]
