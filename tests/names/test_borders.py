"""Where the name of a body ends: before words that no name holds."""

from __future__ import annotations

import pytest

from kg.base.model import EntityType, Mention, Span
from kg.names.borders import within_borders, without_word_ends
from kg.pipeline import Pipeline
from kg.text.source import article_of


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("海川大学并非白山电子有限公司", ["海川大学", "白山电子有限公司"]),
        ("网传白山电子有限公司", ["白山电子有限公司"]),
        ("海川水泥有限公司参股白山电子有限公司", ["海川水泥有限公司", "白山电子有限公司"]),
        ("海川水泥有限公司控股白山电子有限公司", ["海川水泥有限公司", "白山电子有限公司"]),
        ("海川水泥有限公司控股", ["海川水泥有限公司"]),
        ("海川电子有限公司联合明德大学", ["海川电子有限公司", "明德大学"]),
        ("联合湖南省政府", ["湖南省政府"]),
        ("北京联合大学", ["北京联合大学"]),
        ("海川大学联合实验室", ["海川大学联合实验室"]),
        ("海川大学系白山电子有限公司", ["海川大学", "白山电子有限公司"]),
        ("海川集团系统集成有限公司", ["海川集团系统集成有限公司"]),
        ("海川集团控股有限公司", ["海川集团控股有限公司"]),
        ("联合海川电子有限公司", ["联合海川电子有限公司"]),
        ("海川大学合作建设实验室", ["海川大学"]),
        ("海川投资持有公司", ["海川投资"]),
        ("海川中国总代表山本", ["海川"]),
        ("海川集团德国总裁韦伯", ["海川集团"]),
        ("海川汽车亚太区总裁渡边", ["海川汽车"]),
        ("海川中国总经理俱乐部有限公司", ["海川中国总经理俱乐部有限公司"]),
        ("海川投资直接持有上市公司股份", ["海川投资"]),
        ("海川投资控股公司", ["海川投资控股公司"]),
    ],
)
def test_a_body_ends_before_a_word_that_no_name_holds(name: str, parts: list[str]) -> None:
    mention = Mention(Span(5, 5 + len(name)), name, "Organization", "x")
    found = list(within_borders([mention]))

    assert [each.text for each in found] == parts
    assert [name[each.span.start - 5 : each.span.end - 5] for each in found] == parts


def test_a_body_does_not_swallow_its_place_and_a_technique_is_no_brand() -> None:
    (reading,) = Pipeline().read(
        [article_of("工业新闻\n海川钢铁公司在岳阳市建设新厂，采用5G芯片。何平，中共预备党员。")]
    )
    names = {(entity.name, entity.type) for entity in reading.entities}

    assert {("海川钢铁公司", "Organization"), ("岳阳市", "Place")} <= names
    assert not {name for name, kind in names if kind == "Organization"} & {"岳阳市建设新厂", "5G芯片", "中共"}


def test_a_hall_ends_before_who_is_met_there() -> None:
    mention = Mention(Span(5, 16), "海川大会堂同来华的客人", "Place", "x")
    assert [each.text for each in within_borders([mention])] == ["海川大会堂"]
    mention = Mention(Span(5, 10), "和平大会堂", "Place", "x")
    assert [each.text for each in within_borders([mention])] == ["和平大会堂"]


@pytest.mark.parametrize(
    ("text", "name", "kind", "found"),
    [
        ("其股东海川投资减持", "东海川投资", "Organization", ["海川投资"]),
        ("其股东东海投资减持", "东海投资", "Organization", ["东海投资"]),
        ("东海投资减持", "东海投资", "Organization", ["东海投资"]),
        ("同总统武契奇通电话", "武契奇通", "Person", ["武契奇"]),
        ("同陈通电话", "陈通", "Person", ["陈通"]),
        ("同布鲁诺夫通话时说", "布鲁诺夫通话", "Person", ["布鲁诺夫"]),
        ("演员王强获“金穗奖”", "王强获", "Person", ["王强"]),
        ("演员王强获、李明", "王强获", "Person", ["王强获"]),
        ("同李文通会谈", "李文通", "Person", ["李文通"]),
        ("副主任陈平作的关于预算草案的报告", "陈平作", "Person", ["陈平"]),
        ("听取院长周明作的工作报告", "周明作", "Person", ["周明"]),
        ("局长周明作了说明", "周明作", "Person", ["周明"]),
        ("周振作的女儿获奖", "周振作", "Person", ["周振作"]),
        ("欧阳作的报告", "欧阳作", "Person", ["欧阳作"]),
        ("陈平 女，1975年生", "陈平 女", "Person", ["陈平"]),
        ("任命陈平为财政局局长", "陈平为", "Person", ["陈平"]),
        ("推选陈有为为会长", "陈有为", "Person", ["陈有为"]),
        (
            "记者 陈平 周一明海川水泥公司昨日停产。海川水泥说",
            "周一明海川水泥公司",
            "Organization",
            ["海川水泥公司"],
        ),
        (
            "记者 陈平 周一明海川水泥公司昨日停产。",
            "周一明海川水泥公司",
            "Organization",
            ["周一明海川水泥公司"],
        ),
        ("拟收购东海矿业控股权", "东海矿业控股权", "Organization", ["东海矿业"]),
        ("转让海川科技股权", "海川科技股权", "Organization", ["海川科技"]),
        ("海川科技所持股份", "海川科技所", "Organization", ["海川科技"]),
        ("海川县苹果产量", "苹果", "Organization", []),
        ("蒙泰产量增长", "蒙泰", "Organization", ["蒙泰"]),
        ("拟任州林业局局长", "任州林业局", "Organization", ["州林业局"]),
        ("曾任县水利局局长", "任县水利局", "Organization", ["县水利局"]),
        ("任县水利局局长张三", "任县水利局", "Organization", ["任县水利局"]),
        ("规定市水务局负责", "规定市水务局", "Organization", ["市水务局"]),
        ("授权县应急管理局负责", "授权县应急管理局", "Organization", ["县应急管理局"]),
        ("要求省级机关报送", "要求省级机关", "Organization", ["要求省级机关"]),
        ("海川研究所持有股份", "海川研究所", "Organization", ["海川研究所"]),
        ("各地水务部门负责", "水务部", "Organization", []),
        ("水务部门户网站", "水务部", "Organization", ["水务部"]),
    ],
)
def test_a_word_over_the_border_of_a_name_is_whole(
    text: str, name: str, kind: EntityType, found: list[str]
) -> None:
    start = text.index(name)
    mention = Mention(Span(start, start + len(name)), name, kind, "tagged", 0.9)
    assert [each.text for each in without_word_ends(text, [mention])] == found
