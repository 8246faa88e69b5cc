from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.base.model import AnnotatedSentence, EntityId, EntityType, Figure, Link, Span
from kg.base.resources import load_json
from kg.figures.around import NONE, Setting
from kg.figures.figure import find_figures
from kg.figures.moment import find_moments
from kg.figures.owner import Option, OwnerModel, choose, options
from kg.figures.quantity import find_quantities
from kg.pipeline import Pipeline
from kg.text.sentence import split
from kg.text.source import article_of
from kg.words.tagger import default_tagger


@cache
def figures(text: str, *names: str) -> list[Figure]:
    """Read ``text``, in which ``names`` (as Type:name) are linked wherever they stand."""
    article = article_of(text)
    tagged = default_tagger().tag(list(split(article)))
    rows = []
    for sentence, when in zip(tagged, find_moments(article, tagged), strict=True):
        links = []
        for name in names:
            sort, _, word = name.partition(":")
            kind = next(each for each in get_args(EntityType) if each == sort)
            at = sentence.sentence.text.find(word)
            if at >= 0:
                start = sentence.sentence.span.start + at
                links.append(Link(Span(start, start + len(word)), word, EntityId(name), kind, "test"))
        links.sort(key=lambda link: (link.span.start, -link.span.end))
        rows.append(AnnotatedSentence(sentence, tuple(links), moments=when))
    found = [figure for row in find_figures(article, rows) for figure in row]
    for figure in found:
        assert figure.span.of(text) == figure.text
        assert figure.quote.holds(figure.span)
    return found


def said(text: str, *names: str) -> list[tuple[str, str, str]]:
    return [(str(f.value), f.unit, f.modifier) for f in figures(text, *names)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("筹得项目资金8000余万元。", [("80000000", "元", "over")]),
        ("组织义务劳动十余次。", [("10", "次", "over")]),
        ("税收近3000万元。", [("30000000", "元", "about")]),
        ("总投资3-5亿元。", [("300000000", "元", ""), ("500000000", "元", "")]),
        ("每年新增三至五家门店。", [("3", "家", ""), ("5", "家", "")]),
        ("废品率降了三分之一。", [("0.3333", "", "")]),
        ("增速为百分之十二点零七。", [("12.07", "%", "")]),
        ("融资１２０亿元。", [("12000000000", "元", "")]),
        ("完成手术5,000余例。", [("5000", "例", "over")]),
        ("完成手术5，000余例。", [("5000", "例", "over")]),
        ("接待游客2.5万人次。", [("25000", "人次", "")]),
        ("利润同比增长6.3个百分点。", [("6.3", "个百分点", "")]),
        ("订单由20份增至50份。", [("20", "份", ""), ("50", "份", "")]),
        ("七成以上的农户参保。", [("70", "%", "over")]),
        ("一次捐出1亿2千万元。", [("120000000", "元", "")]),
        ("出口额达3.5亿美元。", [("350000000", "美元", "")]),
        ("成交价为人民币2亿元。", [("200000000", "元", "")]),
        ("获得600万港币赞助。", [("6000000", "港元", "")]),
        ("参会者不少于400人。", [("400", "人", "over")]),
        ("工期不超过90天。", [("90", "天", "under")]),
        ("距离不足10公里。", [("10", "公里", "under")]),
        ("气温降到零下20℃。", [("-20", "℃", "")]),
        ("净利润为-3000万至-4500万元。", [("-30000000", "元", ""), ("-45000000", "元", "")]),
        ("净利润为-1.2亿元到-1.5亿元。", [("-120000000", "元", ""), ("-150000000", "元", "")]),
        ("票价5元-8元。", [("5", "元", ""), ("8", "元", "")]),
        ("超载率高达18.4%。", [("18.4", "%", "")]),
        ("净利润为-945万元。", [("-9450000", "元", "")]),
        ("修复用了半年时间。", [("0.5", "年", "")]),
        ("手术持续四个半小时。", [("4.5", "个小时", "")]),
        ("售价约为500元/吨。", [("500", "元/吨", "about")]),
        ("上万个零件报废。", [("10000", "个", "over")]),
        ("主队97比81取胜。", [("97", "", ""), ("81", "", "")]),
        ("四五十岁的患者居多。", [("40", "岁", ""), ("50", "岁", "")]),
        ("铺设管线60KM。", [("60", "KM", "")]),
        ("创造10亿产值。", [("1000000000", "", "")]),
        ("近三年来累计植树两千余株。", [("3", "年", "about"), ("2000", "株", "over")]),
        ("获救的有两名渔民和一名游客。", [("2", "名", ""), ("1", "名", "")]),
    ],
)
def test_figures_have_value_unit_and_modifier(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "荣获全省二等奖。",
        "客队以2:0获胜，另一场以三比一击败劲旅。",
        "比赛获第3名。",
        "一是抓学习，二是抓落实。",
        "1. 加强领导",
        "会议于2022年6月22日上午9时30分召开。",
        "他于1998年3月入学，2002年毕业。",
        "咨询电话：010-12345678。",
        "《二十条措施》印发各地。",
        "一方面加强监管，一系列问题得到解决。",
        "大家一心一意、千方百计谋发展。",
        "讲好“五个必须”的要求。",
        "走进千家万户。",
        "G20峰会和A380客机。",
        "他是2019级学生。",
        "工程二期竣工。",
        "选手来自海峡两岸。",
        "三农问题受到关注。",
        "当地居民看到苏-30从头顶飞过。",
        "公司披露了半年报。",
        "将学员分为干部和职工两大类。",
        "围绕五大核心发力。",
    ],
)
def test_ordinals_dates_and_set_phrases_are_no_figures(text: str) -> None:
    assert said(text) == []


def test_a_number_inside_a_name_is_no_figure() -> None:
    text = "第五小学举办建校100周年征文，收到稿件40篇。"
    assert said(text, "Activity:建校100周年征文") == [("40", "篇", "")]
    assert ("100", "周年", "") in said(text)


def test_bounds_follow_the_wording() -> None:
    over, under = figures("到场不少于400人，不足500人。")
    assert (over.minimum, over.maximum) == (Decimal(400), None)
    assert (under.minimum, under.maximum) == (None, Decimal(500))


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("该厂有126名员工。", "员工"),
        ("收到意见函106份。", "意见函"),
        ("营业收入达5.7亿元。", "营业收入"),
        ("营业收入同比增长12%。", "营业收入同比增长"),
        ("51岁的老王退休了。", "年龄"),
        ("收购93%的股份。", "股份"),
        ("他主动出资20万元。", "出资"),
        ("门店由20家增至30家。", "门店"),
    ],
)
def test_what_is_counted_is_said_in_the_words_of_the_text(text: str, of: str) -> None:
    assert {figure.of for figure in figures(text)} == {of}


def test_a_figure_said_again_is_one_and_the_body_says_it() -> None:
    text = "新桥镇修路300公里\n新桥镇今年修路300公里。"
    (figure,) = figures(text)
    assert figure.span.start > text.index("\n")


def test_the_same_number_of_other_things_is_another_figure() -> None:
    assert said("学校有教师50名，食堂有员工50名。") == [("50", "名", ""), ("50", "名", "")]


def test_the_quote_is_the_clause_of_the_figure() -> None:
    text = "春天到了，青禾公司招收学徒80名，大家都高兴。"
    (figure,) = figures(text, "Organization:青禾公司")
    assert figure.quote.of(text) == "青禾公司招收学徒80名"
    assert figure.subject == "Organization:青禾公司"


def test_the_quote_reaches_to_the_name_of_the_holder() -> None:
    text = "入夏后天气炎热，青禾公司开放礼堂，供应凉茶，接待居民80名，反响很好。"
    (figure,) = figures(text, "Organization:青禾公司")
    assert figure.subject == "Organization:青禾公司"
    assert figure.quote.of(text) == "青禾公司开放礼堂，供应凉茶，接待居民80名"


def test_a_figure_belongs_to_the_subject_of_its_clause() -> None:
    text = "青禾公司投资300万元，白石公司投资500万元。"
    subjects = [f.subject for f in figures(text, "Organization:青禾公司", "Organization:白石公司")]
    assert subjects == ["Organization:青禾公司", "Organization:白石公司"]


def test_without_a_name_a_figure_is_nobodys() -> None:
    assert [f.subject for f in figures("全年植树300万株。")] == [None]


def test_weights_are_whole_numbers_and_hold_no_annotated_name() -> None:
    weights = load_json("weights/figure.json")["weights"]
    assert weights
    assert all(type(value) is int for value in weights.values())
    gold = json.loads((Path(__file__).parents[1] / "gold" / "yueyang.json").read_text(encoding="utf-8"))
    names = {name for entity in gold["entities"] for name in entity["names"]}
    words = {part.partition("=")[2] for feature in weights for part in feature.split(".")}
    assert not names & words


def test_ties_go_to_silence() -> None:
    (sentence,) = default_tagger().tag(list(split(article_of("青禾公司植树300株。"))))
    assert find_quantities(sentence.sentence.text)
    (quantity,) = find_quantities(sentence.sentence.text)
    link = Link(Span(0, 4), "青禾公司", EntityId("Organization:青禾公司"), "Organization", "test")
    found = options(
        AnnotatedSentence(sentence, (link,)), quantity, "", Setting(Counter({link.entity: 1}), ())
    )
    assert choose(found, OwnerModel({})).option.entity == NONE
    assert choose(found, OwnerModel({"t=Organization": 1})).option.entity == link.entity


def test_a_choice_is_as_sure_as_such_choices_were_right() -> None:
    found = [Option(NONE, (), "none"), Option(EntityId("Organization:青禾公司"), ("near",), "left")]
    steps = OwnerModel({"near": 1000}, named=((0.0, 0.5), (0.7, 0.9)), tied=0.8, nobody=0.99)
    somebody = choose(found, steps)
    assert (somebody.option.how, somebody.likelihood, somebody.confidence) == ("left", 0.731, 0.9)
    nobody = choose(found, replace(steps, weights={"near": -1000}))
    assert (nobody.option.how, nobody.likelihood, nobody.confidence) == ("none", 0.731, 0.99)
    tied = choose([*found, Option(EntityId("Place:甲县"), (), "item")], steps)
    assert (tied.option.how, tied.confidence) == ("item", 0.8)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="1２,，.一二十百万亿余多个元年月%％成半至-第 约近", max_size=24))
def test_no_text_breaks_the_reader(text: str) -> None:
    for quantity in find_quantities(text):
        assert 0 <= quantity.start <= quantity.number_start < quantity.number_end <= quantity.end <= len(text)


def test_figures_reach_the_reading_with_exact_evidence() -> None:
    text = "青禾公司去年招收学徒八十余名，学徒工资约3000元。"
    (reading,) = Pipeline().read([article_of(text)])
    assert [(f.value, f.unit) for f in reading.figures] == [(Decimal(80), "名"), (Decimal(3000), "元")]
    assert all(f.quote.of(text) and f.quote.holds(f.span) for f in reading.figures)


def test_figures_told_respectively_belong_in_order() -> None:
    text = "青禾公司和白石公司分别招收学徒80名和90名。"
    subjects = [f.subject for f in figures(text, "Organization:青禾公司", "Organization:白石公司")]
    assert subjects == ["Organization:青禾公司", "Organization:白石公司"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("吴国栋说，一碗面卖到15元。", ["Person:吴国栋"]),
        ("记者吴国栋在街头看到，一碗面卖到15元。", ["Person:吴国栋"]),
        ("吴国栋算了一笔账，一亩地能赚2000元。", ["Person:吴国栋"]),
        ("今年产量将有50万吨，吴国栋表示。", ["Person:吴国栋"]),
        ("据南陵统计局数据，上半年出口38亿元。", ["Organization:南陵统计局"]),
        ("果业协会发布的报告显示，全年产量300万吨。", ["Organization:果业协会"]),
        ("南陵教育局局长介绍，全市现有小学320所。", ["Organization:南陵教育局"]),
    ],
)
def test_who_only_tells_a_figure_has_it_not(text: str, names: list[str]) -> None:
    assert {f.subject for f in figures(text, *names)} == {None}


@pytest.mark.parametrize(
    "text",
    ["吴国栋宣布捐款300万元。", "吴国栋提出3点要求。", "青禾公司表示，公司有员工80名。"],
)
def test_who_does_what_he_tells_of_has_the_figure(text: str) -> None:
    name = text[:4] if text.startswith("青禾") else text[:3]
    kind = "Organization" if name == "青禾公司" else "Person"
    assert {f.subject for f in figures(text, f"{kind}:{name}")} == {f"{kind}:{name}"}


def test_a_whole_place_is_the_place_named_of_its_kind() -> None:
    text = "南陵市副市长吴国栋表示，全市完成投资90亿元，其中白石县6亿元、青禾县4亿元。"
    found = figures(text, "Place:南陵市", "Person:吴国栋", "Place:白石县", "Place:青禾县")
    assert [f.subject for f in found] == ["Place:南陵市", "Place:白石县", "Place:青禾县"]
    assert {f.of for f in found} == {"投资"}


def test_figures_told_one_by_one_belong_in_order() -> None:
    text = "青禾公司、白石公司的营收依次为12亿元和8亿元。"
    subjects = [f.subject for f in figures(text, "Organization:青禾公司", "Organization:白石公司")]
    assert subjects == ["Organization:青禾公司", "Organization:白石公司"]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("油价由每升7.1元调整为7.8元。", {"油价每升"}),
        ("学费每人每年6800元。", {"学费每人每年"}),
        ("房价每平方米约1.2万元。", {"房价每平方米"}),
        ("以每吨4200元成交。", {"每吨"}),
        ("上半年出口12亿美元。", {"出口"}),
        ("吸引5000人。", {""}),
        ("平均休息10天。", {""}),
    ],
)
def test_what_is_counted_is_a_noun_and_says_per_what(text: str, of: set[str]) -> None:
    assert {figure.of for figure in figures(text)} == of
