"""Whether words stand in the texts of a graph: yes, no, cannot say; where, and what is nearest."""

from __future__ import annotations

import pytest

from kg.graph.store import Graph
from kg.graph.verbatim import Text, Verdict, differences, plain, texts_of, verify_quote
from kg.text.sameness import same, same_with_places
from tests.graph.paged import SECOND, TEXT, graph_of

OTHER = "乙县修路\n乙县投资３．５ 亿元修路。\n路长20公里\u200b，明年完工。\n"


def verdict(words: str, graph: Graph, texts: dict[str, str]) -> Verdict:
    found = texts_of(graph, texts)
    return verify_quote(words, graph, lambda: found)


def over(words: str, *texts: str) -> Verdict:
    """The answer over texts of no graph."""
    every = [Text(f"urn:{at}", f"t{at}", "", text) for at, text in enumerate(texts)]
    return verify_quote(words, Graph(), lambda: every)


def test_words_that_stand_there_are_cut_from_the_article_by_their_offsets() -> None:
    found = verdict(" 明德大学校长王芳出席仪式\n", graph_of("plain"), {"a": TEXT})

    (place,) = found.passages
    assert (found.answer, found.exact, found.total, found.status) == ("yes", True, 1, 0)
    assert (place.name, place.start) == ("a", SECOND)
    assert place.quote == TEXT[place.start : place.end] == "明德大学校长王芳出席仪式"
    assert place.before.endswith("仪式。\n")
    assert place.after.startswith("，学校获赠")
    assert any("王芳" in label for _, label in place.facts)


@pytest.mark.parametrize("kind", ["paged", "boxed"])
def test_the_page_is_told_where_the_graph_knows_it(kind: str) -> None:
    pages = {
        words: verdict(words, graph_of(kind), {"a": TEXT}).passages[0].found_at
        for words in ("海川公司董事长李明", "明德大学校长王芳")
    }

    assert pages == {"海川公司董事长李明": "page=1", "明德大学校长王芳": "page=2"}
    assert verdict("明德大学校长王芳", graph_of("plain"), {"a": TEXT}).passages[0].found_at == ""


@pytest.mark.parametrize(
    "words", ["投资3.5亿元修路", "投资 ３.５亿元修路", "路长20公里，明年完工", "乙县修路乙县"]
)
def test_width_and_white_space_are_told_apart_from_word_for_word(words: str) -> None:
    found = over(words, TEXT, OTHER)

    (place,) = found.passages
    assert (found.answer, found.exact) == ("yes", False)
    assert place.quote == OTHER[place.start : place.end]
    assert same(place.quote) == same(words)


@pytest.mark.parametrize("words", ["投资3.5亿元修桥", "乙縣修路", "投资35亿元", "明年，完工"])
def test_other_words_are_a_no_with_what_is_nearest(words: str) -> None:
    found = over(words, TEXT, OTHER)

    assert (found.answer, found.status, found.total) == ("no", 1, 0)
    for near in found.nearest:
        assert near.name == "t1"
        assert near.quote == OTHER[near.start : near.end]
        assert 0.4 <= near.alike < 1


def test_what_is_nearest_is_the_sentence_that_differs_least() -> None:
    found = over("乙县投资3.5亿元造路", OTHER, TEXT)

    assert found.nearest[0].quote == "乙县投资３．５ 亿元修路"
    assert over("无人提到此事", OTHER, TEXT).nearest == ()


@pytest.mark.parametrize(
    ("words", "quote", "found"),
    [
        ("甲公司投资30万元", "去年甲公司投资20万元建厂", (("30", "20"),)),
        ("甲公司投资３.5 亿元", "甲公司投资3.5亿元", ()),
        ("乙公司投资", "昨日甲公司投资", (("乙", "甲"),)),
        ("甲公司投产", "甲公司投资建厂", (("产", "资"),)),
        ("甲公司大举投资", "甲公司投资", (("大举", ""),)),
        ("甲公司投资", "甲公司在乙市投资", (("", "在乙市"),)),
    ],
)
def test_differences_are_in_the_words_and_numbers_whole(
    words: str, quote: str, found: tuple[tuple[str, str], ...]
) -> None:
    assert differences(words, quote) == found


def test_every_place_counts_and_few_are_shown() -> None:
    text = "甲公司签约。" * 50

    found = over("甲公司签约", text, text)

    assert (found.total, len(found.passages)) == (100, 20)
    assert [each.start for each in found.passages[:3]] == [0, 6, 12]


def test_without_the_text_that_the_graph_was_made_of_it_cannot_be_said() -> None:
    graph = graph_of("plain")

    for texts in ({}, {"a": TEXT.replace("李明", "李亮")}):
        found = verdict("海川公司董事长李亮", graph, texts)
        assert (found.answer, found.status, found.without_text) == ("cannot say", 3, ("a",))
    assert verify_quote("海川", Graph(), list).answer == "cannot say"


def test_what_the_graph_quotes_counts_without_the_text() -> None:
    (place,) = verdict("明德大学校长王芳", graph_of("plain"), {}).passages

    assert (place.start, place.end) == (SECOND, SECOND + 8)


def test_the_answer_as_json_has_all_of_it() -> None:
    value = plain(verdict("明德大学校长王芳", graph_of("paged"), {"a": TEXT}))

    assert value["answer"] == "yes"
    assert value["passages"][0]["found_at"] == "page=2"
    assert value["passages"][0]["facts"][0].keys() == {"iri", "label"}
    assert (value["articles"], value["without_text"], value["nearest"]) == (1, 0, [])


def test_the_answer_as_json_says_in_what_words_differ_where_that_is_little() -> None:
    (near,) = plain(verdict("明德大学校长王方", graph_of("plain"), {"a": TEXT}))["nearest"]
    (other,) = plain(verdict("校长李明张华出席公司，大学明德", graph_of("plain"), {"a": TEXT}))["nearest"]

    assert near["differs"] == [{"given": "方", "article": "芳"}]
    assert other["differs"] == []


def test_places_lead_back_to_each_character() -> None:
    folded, places = same_with_places(OTHER)

    assert folded == same(OTHER)
    assert all(same(OTHER[at]) == character for character, at in zip(folded, places, strict=True))
    assert same("⼈〇：；（") == "人〇:;("
