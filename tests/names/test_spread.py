"""A name found once is found everywhere in the article."""

from __future__ import annotations

from collections.abc import Callable

from kg.base.model import Article, Mention, Sentence, Span, TaggedSentence, Token
from kg.names.spread import Sought, find_everywhere, known_inside, sought, teams_of_game
from kg.text.source import article_of

Words = Callable[[str], list[Token]]


def tagged(tokens: list[Token]) -> tuple[Article, tuple[TaggedSentence]]:
    text = "".join(token.text for token in tokens)
    article = article_of(text)
    assert article.text == text
    return article, (TaggedSentence(Sentence(0, 0, Span(0, len(text)), text), tuple(tokens)),)


def test_a_short_name_is_meant_only_as_whole_words_and_a_long_one_anywhere(words: Words) -> None:
    article, sentences = tagged(words("海川/nz 与/c 大海川流/n 和/c 新海川岛集团总部/n 。/w"))
    names = {"海川": Sought("Organization", "again"), "海川岛集团总部": Sought("Organization", "again")}
    (row,) = find_everywhere(article, sentences, names)
    assert [(m.text, m.span.start) for m in row] == [("海川", 0), ("海川岛集团总部", 9)]


def test_letters_and_digits_that_go_on_make_another_name(words: Words) -> None:
    article, sentences = tagged(words("H70/nz 公路/n 通/v 到/v H7/nz 。/w"))
    (row,) = find_everywhere(article, sentences, {"H7": Sought("Organization", "well-known")})
    assert [m.span.start for m in row] == [7]


def test_departments_of_a_kind_are_no_ministry(words: Words) -> None:
    article, sentences = tagged(words("各地/r 司法部/nt 门/n ，/w 司法部/nt 门口/n ，/w 司法部/nt 说/v 。/w"))
    (row,) = find_everywhere(article, sentences, {"司法部": Sought("Organization", "well-known")})
    assert [m.span.start for m in row] == [7, 13]


def test_what_is_looked_for_are_names_their_short_forms_and_well_known_bodies() -> None:
    names = sought({"宏达电力有限公司": "Organization", "宏达电力": "Product"}, ["公牛"])
    assert names["宏达电力有限公司"].rule == "again"
    assert names["宏达"] == Sought("Organization", "short-form")
    assert names["宏达电力"] == Sought("Product", "again")
    assert names["公牛"].rule == "team"
    assert names["外交部"].rule == "well-known"


def test_teams_are_looked_for_only_where_the_article_is_about_their_game(words: Words) -> None:
    assert "公牛" in teams_of_game(tagged(words("NBA/nz 公牛/n 获胜/v"))[1])
    assert teams_of_game(tagged(words("公牛/n 跑/v"))[1]) == []


def test_a_body_named_elsewhere_is_named_inside_a_longer_name_too() -> None:
    row = [Mention(Span(5, 11), "海川集团党委", "Organization", "head-strong")]
    assert [(m.text, m.span) for m in known_inside(row, {"海川集团": "Organization"})] == [
        ("海川集团", Span(5, 9))
    ]
    assert known_inside(row, {"海川集团": "Product"}) == []
