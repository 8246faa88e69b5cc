"""Bodies in lists, in words tagged by hand."""

from __future__ import annotations

from collections.abc import Callable

from kg.base.model import Mention, Span, Token
from kg.names.body_list import find_listed

Words = Callable[[str], list[Token]]


def listed(tokens: list[Token], *known: str) -> set[str]:
    bodies = [
        Mention(Span(token.start, token.end), token.text, "Organization", "tagger-ORG")
        for token in tokens
        if token.text in known
    ]
    return {mention.text for mention in find_listed(tokens, bodies)}


def test_a_brand_beside_bodies_is_a_body(words: Words) -> None:
    tokens = words("海川公司/ORG 、/w 聚海公司/ORG 和/c 明阳/nz 等/u 企业/n")
    assert listed(tokens, "海川公司", "聚海公司") == {"明阳"}


def test_one_body_among_others_says_nothing_of_a_plain_word(words: Words) -> None:
    assert listed(words("海川公司/ORG 、/w 明阳/nz 、/w 清河/nz 参展/v"), "海川公司") == set()


def test_a_list_without_a_body_says_nothing(words: Words) -> None:
    assert listed(words("明阳/nz 、/w 清河电子/nz 参展/v")) == set()


def test_the_offices_of_a_body_stand_in_a_list_behind_it(words: Words) -> None:
    tokens = words("江城市教育局/ORG 、/w 规划处/n 、/w 人事处/n 参加/v")
    assert listed(tokens, "江城市教育局") == {"规划处", "人事处"}


def test_a_place_in_a_list_of_companies_is_a_place(words: Words) -> None:
    tokens = words("海川公司/ORG 、/w 聚海公司/ORG 、/w 岳阳/LOC 等/u 企业/n")
    assert listed(tokens, "海川公司", "聚海公司") == set()


def test_what_the_tagger_took_for_a_verb_is_a_brand_before_its_industry(words: Words) -> None:
    assert listed(words("聚海/v 化工/n 、/w 海川公司/ORG 参展/v"), "海川公司") == {"聚海化工"}
