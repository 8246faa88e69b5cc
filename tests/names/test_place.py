"""Places: what speaks for one, and those inside a name."""

from __future__ import annotations

from collections.abc import Callable

from kg.base.model import EntityType, Mention, Span, Token
from kg.names.place import is_chain, is_place, is_placed_brand, is_seat, places_inside

Words = Callable[[str], list[Token]]


def inside(name: str, kind: EntityType) -> list[str]:
    return [mention.text for mention in places_inside(Mention(Span(0, len(name)), name, kind, "tagger"))]


def test_a_chain_of_places_is_one_mention_for_each() -> None:
    assert inside("青海省西宁市城东区", "Place") == ["青海省", "西宁市", "城东区"]
    assert inside("江苏省教育厅", "Organization") == ["江苏省"]
    assert inside("柳林镇党委", "Organization") == ["柳林镇"]
    assert inside("杭州市江苏饭店", "Place") == ["杭州市"]  # a province lies in no city
    assert inside("马里甲州", "Place") == []  # the sound of a longer name
    assert inside("马里加奥州", "Place") == ["马里"]
    assert is_chain("新疆和田")
    assert not is_chain("新疆")


def test_the_place_in_a_brand_is_no_seat() -> None:
    assert is_seat("法国", "法国国防部")
    assert not is_seat("青岛", "青岛啤酒")
    assert not is_seat("中国", "中国外交部")


def test_a_place_needs_more_than_the_tagger(words: Words) -> None:
    assert is_place(words("甲乙/LOC 镇/n"), 0, "甲乙镇")
    assert is_place(words("抵达/v 甲乙/LOC"), 1, "甲乙")
    assert not is_place(words("感谢/v 甲乙/LOC"), 1, "甲乙")


def test_the_short_name_of_a_county_before_a_noun_is_an_everyday_word(words: Words) -> None:
    assert not is_place(words("永和/LOC 工程/n"), 0, "永和")
    assert is_place(words("在/p 岳西/LOC 工程/n"), 1, "岳西")
    assert not is_place(words("岳西/LOC 工程/n"), 0, "岳西")


def test_what_is_moved_across_the_country_is_no_place(words: Words) -> None:
    assert not is_place(words("在/p 西电/LOC 东/f 送/v"), 1, "西电")


def test_a_city_and_a_brand_are_a_company() -> None:
    assert is_placed_brand("岳阳海川")
    assert not is_placed_brand("北京冬奥")
    assert not is_placed_brand("岳阳东部")
