"""Text is read as it is meant, and quoted as it stands: unseen marks, pictures, spread names, lines cut by a column."""

from __future__ import annotations

import pytest

import kg
from kg.base.model import Reading
from kg.graph.query import find_entities
from kg.pipeline import Pipeline
from kg.text.folding import folded
from kg.text.radicals import RADICALS
from kg.text.source import article_of


def read(text: str) -> Reading:
    (reading,) = Pipeline().read([article_of(f"江城新闻\n{text}")])
    for fact in reading.facts:
        for evidence in fact.evidence:
            assert evidence.span.of(reading.article.text) == evidence.quote
    for figure in reading.figures:
        assert figure.span.of(reading.article.text) == figure.text
    for link in reading.links:
        assert link.span.of(reading.article.text) == link.text
    return reading


def names(text: str) -> set[str]:
    return {entity.name for entity in read(text).entities}


def as_read(text: str) -> str:
    fold = folded(article_of(f"江城新闻\n{text}"))
    return (fold.article.text if fold else f"江城新闻\n{text}").split("\n", 1)[1]


@pytest.mark.parametrize("mark", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d", "\ufe0f"])
def test_marks_that_nobody_sees_part_no_name(mark: str) -> None:
    text = f"明德大{mark}学校长赵国{mark}安会见海川{mark}集团董事长李大海。"

    found = read(text)

    assert {"明德大学", "赵国安", "海川集团", "李大海"} <= {entity.name for entity in found.entities}
    assert all(mark not in name for entity in found.entities for name in entity.names)
    assert any(mark in link.text for link in found.links)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("★海川集团董事长李大海到场✨", "海川集团董事长李大海到场"),
        ("海川集团👏，明德大学", "海川集团，明德大学"),
        ("海川集团💪明德大学", "海川集团 明德大学"),
        ("海川集团董事长李大海●明德大学校长赵国安", "海川集团董事长李大海；明德大学校长赵国安"),
        ("气温30℃，面积5㎡", "气温30℃，面积5㎡"),
        ("二○二四年，张○○", "二○二四年，张○○"),
        ("⼤江⽇报", "大江日报"),
    ],
)
def test_pictures_and_marks_are_no_part_of_a_name(text: str, seen: str) -> None:
    assert as_read(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("县　长：赵　安", "县长：赵安"),
        ("到会的有孙 强、诸葛　平。", "到会的有孙强、诸葛平。"),
        ("钱　勇同志任局长。", "钱勇同志任局长。"),
        ("记者 孙 强 报道", "记者 孙强 报道"),
        ("通　知\n正文在此。", "通知\n正文在此。"),
        ("2024 年营业收入达到3亿元", "2024年营业收入达到3亿元"),
        ("用了 3 年", "用了 3 年"),
        ("孙梅 女，1970年生", "孙梅 女，1970年生"),
        ("甲 乙 丙 丁 戊 己", "甲 乙 丙 丁 戊 己"),
        ("江城 海川集团 明德大学", "江城 海川集团 明德大学"),
        ("生产总值增长 高 于预期", "生产总值增长 高 于预期"),
    ],
)
def test_words_that_are_spread_out_are_closed_up(text: str, seen: str) -> None:
    assert as_read(text) == seen


def test_a_spread_name_keeps_its_form_as_another_name() -> None:
    entity = next(each for each in read("钱　勇同志任明德大学校长。").entities if each.type == "Person")

    assert (entity.name, entity.names) == ("钱勇", ("钱勇", "钱　勇"))


WRAPPED = (
    "　　昨日上午，青川市政府与海川\n集团签署合作协议，总投资12\n.5亿元。海川集团董事长李大\n海出席签约仪式。\n"
    "　　该项目明年建成，年产值2\n0亿元。"
)


def test_a_sentence_cut_by_the_width_of_a_column_is_one_sentence() -> None:
    found = read(WRAPPED)

    assert {"海川集团", "李大海"} <= {entity.name for entity in found.entities}
    assert {str(figure.value) for figure in found.figures} == {"1250000000", "2000000000"}
    assert "12\n.5亿元" in {figure.text for figure in found.figures}
    assert len(found.sentences) == 4  # with the title


@pytest.mark.parametrize(
    "text",
    [
        "深化改革，推动高质量发展\n市长赵国安表示，要坚持创新。",
        "会议要求，各部门要落实。\n二、完善制度\n要健全机制，加强监督。",
        "一等奖：李大海，赵国安\n二等奖：孙强，钱勇",
        "　　会议讨论了三件事，都通过了\n　　明天，各部门继续开会。",
        "李大海\t海川集团，董事长，工程师，教授级高级工程师，劳动模范\n赵国安\t明德大学，校长。",
    ],
)
def test_lines_of_their_own_stay_lines(text: str) -> None:
    assert as_read(text) == text


def test_plain_text_is_read_as_it_stands() -> None:
    assert folded(article_of("江城新闻\n海川集团董事长李大海到访明德大学。\n双方签署协议。")) is None


def test_the_header_of_a_text_in_traditional_characters_is_read_and_kept_as_written() -> None:
    article = article_of(
        "青川縣新聞\n發布時間：2024-03-02 來源：青川時報\n縣長趙國安來到這個學校，與學生見面，並對學校發展說了話。"
    )

    assert (str(article.published), article.publisher) == ("2024-03-02", "青川時報")
    assert article.title == "青川縣新聞"
    assert article.body[-1].of(article.text).startswith("縣長")


@pytest.mark.parametrize("asked", ["钱勇", "钱　勇", "钱 勇", "钱\u200b勇", " 钱  勇 "])
def test_a_spread_name_is_found_however_it_is_asked_for(asked: str) -> None:
    graph = kg.build_text("江城新闻\n钱　勇同志任明德大学校长。").graph

    assert find_entities(graph, asked) == find_entities(graph, "钱勇")


def test_radicals_in_the_place_of_characters_are_read_as_these() -> None:
    assert (
        as_read("⻘年⻓江⻛⻜，⻰⻢⻥⻦，⺠政局在⻄⻔，⼈⼤代表。\n")
        == "青年长江风飞，龙马鱼鸟，民政局在西门，人大代表。\n"
    )


def test_every_radical_stands_for_one_character() -> None:
    assert all(
        "\u2e80" <= radical < "\u2f00" and "\u4e00" <= char <= "\u9fff" for radical, char in RADICALS.items()
    )
    assert len(RADICALS) == len(set(RADICALS)) > 90
