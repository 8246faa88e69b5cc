"""IRIs come from content alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.base.errors import GraphError
from kg.base.model import Entity, EntityId
from kg.graph.iri import check_base, entity_iri, made_iri, place_iri, plain
from kg.text.source import article_of

ARTICLE = article_of("林木兰\n")


def test_an_iri_is_the_base_a_letter_and_a_hash() -> None:
    assert made_iri("https://example.org/kg/", "e", "甲") == "https://example.org/kg/e3f9863c76bceb57d1774"


def test_keys_do_not_run_together() -> None:
    assert made_iri("x:/", "e", "ab", "c") != made_iri("x:/", "e", "a", "bc")


def test_the_same_name_in_another_article_or_type_is_another_thing() -> None:
    person = Entity(EntityId("Person:林木兰"), "Person", "林木兰", ("林木兰",))
    product = Entity(EntityId("Product:林木兰"), "Product", "林木兰", ("林木兰",))

    assert (
        len(
            {
                entity_iri(ARTICLE, person),
                entity_iri(ARTICLE, product),
                entity_iri(article_of("林\n"), person),
            }
        )
        == 3
    )


def test_a_place_with_a_code_is_the_same_everywhere() -> None:
    place = Entity(EntityId("Place:岳阳"), "Place", "岳阳", ("岳阳",), place_code="430600")

    assert (
        entity_iri(ARTICLE, place)
        == entity_iri(article_of("别的\n"), place)
        == place_iri("https://example.org/kg/", "430600")
    )


@pytest.mark.parametrize("base", ["https://example.org/kg/", "urn:x:/", "http://a.b/c#"])
def test_a_base_may_be_any_absolute_ascii_iri(base: str) -> None:
    assert check_base(base) == base


@pytest.mark.parametrize("base", ["example.org/", "https://x/<", "https://图/", "https://x", "https://x/ /"])
def test_other_bases_are_refused(base: str) -> None:
    with pytest.raises(GraphError, match="absolute ASCII IRI"):
        check_base(base)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**16), max_value=10**16))
def test_a_decimal_is_written_plain_and_means_the_same(value: Decimal) -> None:
    text = plain(value)

    assert Decimal(text) == value
    assert "E" not in text
    assert not (("." in text) and text.endswith("0"))
