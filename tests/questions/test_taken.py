"""What is taken out of the sentence that holds all a question says; and what is not, though a sentence holds much of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.base.errors import ResourceError
from kg.base.resources import data_path
from kg.questions.lexicon import FILE, read_lexicon
from kg.questions.model import READ

GOLD = Path(__file__).parents[1] / "gold"
ARTICLES = (
    *("agriculture", "appointment", "award", "bid", "charity", "hospital", "judgment", "launch", "notice"),
    *("quake", "railway", "shares", "sports", "statistics", "university", "zone"),
)


@pytest.fixture(scope="module")
def articles() -> dict[str, kg.KnowledgeGraph]:
    """Return the graphs of some invented articles, each by itself."""
    return {name: kg.build(GOLD / f"{name}.txt") for name in ARTICLES}


@pytest.mark.parametrize(
    ("article", "question", "kind", "expected"),
    [
        ("appointment", "殷怀谷辞职以后，云沱幼儿师范学校的工作暂时由谁主持", "who", ["费晓峦"]),
        (
            "appointment",
            "关于钱绍棠任职的旧文件已经废止，请问其文号是什么？",
            "number",
            ["云政人〔2019〕8号"],
        ),
        ("award", "编藤的苗春生拿的是什么奖？", "award", ["“金桐奖终身成就奖”"]),
        ("award", "第九届金桐奖的优秀组织奖给了哪家单位", "body", ["留云县文化馆"]),
        ("award", "金桐奖典礼上，上台为获奖者颁奖的有哪几位？", "person", ["郝天麟", "尹佳"]),
        ("award", "有人说金桐奖以后参评要交钱，这事属实吗？", "truth", ["不属实"]),
        ("quake", "网上传措温震区有水库溃坝，是真的吗？", "truth", ["不属实"]),
        ("launch", "砺行智能要被蓝礁科技收购，属实吗？", "truth", ["不属实"]),
        ("judgment", "釜岩电镀的含铬废水都排到哪里去了？", "place", ["沙蓼渠"]),
        (
            "judgment",
            "丰阜县法院判釜岩电镀案，依据的是哪部法律？",
            "law",
            ["《中华人民共和国刑法》"],
        ),
        (
            "quake",
            "青海省红心救助基金会往措温县调了哪些救灾物资？",
            "list",
            ["帐篷600顶", "棉被2000床"],
        ),
        (
            "shares",
            "恒岳新材买下衡屿投资手里那28%的锐澄膜业股权，花了多少钱？",
            "figure",
            ["2.34亿元"],
        ),
        ("sports", "第八届海角杯女子组冠军是哪两名队员拿下的？", "person", ["柯悦", "邹沁"]),
        ("sports", "海角杯沙排赛的赞助商是哪家企业", "body", ["椰语饮料有限公司"]),
        ("railway", "瓯岭城际铁路由哪家公司施工？", "body", ["中瓯铁建第三工程局"]),
        ("university", "《量子材料表征技术规范》批下来了没有？", "state", ["该标准尚待主管部门审批"]),
    ],
)
def test_the_one_thing_of_the_sort_is_taken_out_of_the_sentence(
    articles: dict[str, kg.KnowledgeGraph], article: str, question: str, kind: str, expected: list[str]
) -> None:
    graph = articles[article]
    given = graph.ask(question)
    text = next(iter(graph.texts.values()))

    assert [value.text for value in given.values] == expected
    assert given.kind == f"{READ}{kind}"
    assert "按原文的话回答" in given.sentence
    assert given.sources
    assert all(text[each.start : each.start + len(each.quote)] == each.quote for each in given.sources)


@pytest.mark.parametrize(
    ("article", "question"),
    [
        ("appointment", "祝秀兰被免去市体育局副局长之后，调到哪个单位去了？"),
        ("bid", "云滨高速一标段最后是被哪家公司拿下的？"),  # of the second section
        ("charity", "谁给凉禾县民族中学捐了冬衣？"),  # who only speaks of it
        ("charity", "澜谷集团获得了什么奖？"),  # what it founded did
        ("charity", "澜谷集团向凉禾县民族中学捐了哪些东西？"),  # to somebody else
        ("agriculture", "谁出台了《抚岭县大豆全产业链发展规划》"),  # who only tells it
        ("agriculture", "黑隅28在向阳镇推广了多少亩？"),  # in the whole county
        ("launch", "谁收购了砺行智能？"),  # with whom it signed
        ("launch", "砺行智能要赴港上市，属实吗？"),  # nothing is said to it
        ("hospital", "石川市人民医院院长是谁？"),  # of the vice
        ("zone", "谁投资了沭塘经开区？"),  # something in it
        ("sports", "第七届海角杯女子组冠军是哪支队拿下的？"),  # of the eighth
        ("railway", "瓯岭城际铁路由哪家公司设计？"),
        ("zone", "钠离子电池项目环评批下来了没有？"),
    ],
)
def test_nothing_is_taken_that_is_told_of_somebody_or_something_else(
    articles: dict[str, kg.KnowledgeGraph], article: str, question: str
) -> None:
    assert articles[article].ask(question).outcome != "answered"


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('sort = "colour"\nwords = ["什么颜色"]', "unknown sort 'colour'"),
        ('sort = "law"\nword = ["哪部法律"]', "unknown field 'word'"),
    ],
)
def test_a_wrong_entry_is_refused(tmp_path: Path, entry: str, fault: str) -> None:
    text = (data_path("questions") / FILE).read_text("utf-8")
    (tmp_path / FILE).write_text(f"[[wanted]]\n{entry}\n\n{text}", encoding="utf-8")

    with pytest.raises(ResourceError, match=fault):
        read_lexicon(tmp_path)
