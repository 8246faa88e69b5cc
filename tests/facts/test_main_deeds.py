"""Meetings, honours with their giver, penalties: who does it, to whom, in the ways Chinese says it."""

from __future__ import annotations

import pytest

from kg.facts.judge.rules import merge
from kg.facts.marked import candidates
from kg.pipeline import Pipeline
from kg.text.source import article_of

LEAST = 0.5


def stated(source: str, predicate: str) -> set[str]:
    return {
        f"{fact.subject.split(':', 1)[1]} > {fact.object.split(':', 1)[1]}"
        for fact in merge(candidates(source))
        if fact.predicate == predicate and fact.confidence >= LEAST
    }


@pytest.mark.parametrize(
    ("source", "pairs"),
    [
        ("{东海国|L}总理{林海|P}在{西京|L}会见{北原国|L}外长{安德|P}。", {"安德 > 林海"}),
        ("{林海|P}接见了来访的{安德|P}一行。", {"安德 > 林海"}),
        ("{林海|P}应约同{北原国|L}总统{安德|P}通电话。", {"安德 > 林海"}),
        ("{林海|P}与来华进行国事访问的{北原国|L}总统{安德|P}举行会谈。", {"安德 > 林海"}),
        ("会见{北原国|L}议长{安德|P}时，{林海|P}说，两国友好。", {"安德 > 林海"}),
        ("{松江电子|O}与{北湖大学|O}举行座谈。", {"北湖大学 > 松江电子"}),
        ("{林海|P}、{安德|P}出席会见。", set()),
        ("{林海|P}同{安德|P}共同会见记者。", set()),
        ("{东海国|L}总理{林海|P}和外长{周岭|P}同{安德|P}举行会晤。", {"安德 > 林海", "周岭 > 安德"}),
        ("{林海|P}是否会和{安德|P}会晤还不清楚。", set()),
    ],
)
def test_who_met(source: str, pairs: set[str]) -> None:
    found = stated(source, "met")
    assert {frozenset(pair.split(" > ")) for pair in found} == {
        frozenset(pair.split(" > ")) for pair in pairs
    }


@pytest.mark.parametrize(
    ("source", "given", "received"),
    [
        ("{松江市总工会|O}授予{林海|P}{金锤奖章|A}。", {"松江市总工会 > 金锤奖章"}, {"林海 > 金锤奖章"}),
        ("{周岭|P}为{林海|P}颁发{金锤奖章|A}。", {"周岭 > 金锤奖章"}, {"林海 > 金锤奖章"}),
        ("{林海|P}被{松江市|L}授予{金锤奖章|A}。", {"松江市 > 金锤奖章"}, {"林海 > 金锤奖章"}),
        ("{林海|P}从{周岭|P}手中接过{金锤奖章|A}证书。", {"周岭 > 金锤奖章"}, {"林海 > 金锤奖章"}),
        ("{松江市政府|O}给予{北湖电子|O}{质量奖|A}。", {"松江市政府 > 质量奖"}, {"北湖电子 > 质量奖"}),
        (
            "第二届{园林奖|A}昨日揭晓，{北湖电子|O}凭{东园|R}工程获奖，奖项由{松江市政府|O}颁发。",
            {"松江市政府 > 园林奖"},
            {"北湖电子 > 园林奖"},
        ),
        ("{周岭|P}祝贺{林海|P}荣获{金锤奖章|A}。", set(), {"林海 > 金锤奖章"}),
    ],
)
def test_who_gives_an_honour_and_who_gets_it(source: str, given: set[str], received: set[str]) -> None:
    assert stated(source, "awarded") == given
    assert stated(source, "receivedAward") == received


@pytest.mark.parametrize(
    ("source", "pairs"),
    [
        ("{松江证监局|O}对{北湖电子|O}处以200万元罚款。", {"松江证监局 > 北湖电子"}),
        ("{松江证监局|O}给予{北湖电子|O}警告，对董事长{林海|P}罚款20万元。", {"松江证监局 > 林海"}),
        ("{北湖电子|O}因虚假宣传被{松江市市场监管局|O}罚款20万元。", {"松江市市场监管局 > 北湖电子"}),
        ("{北湖电子|O}收到{松江证监局|O}出具的警示函。", {"松江证监局 > 北湖电子"}),
        ("{松江市环保局|O}责令{北湖电子|O}停产整治。", {"松江市环保局 > 北湖电子"}),
        ("{松江市中级法院|O}判处{林海|P}有期徒刑三年。", {"松江市中级法院 > 林海"}),
        ("{松江证监局|O}对{北湖电子|O}立案调查。", set()),
        ("{松江证监局|O}对{北湖电子|O}给予大力支持。", set()),
        ("{松江检察院|O}提起公诉，法院判处{林海|P}有期徒刑三年。", set()),
    ],
)
def test_who_is_penalized_by_whom(source: str, pairs: set[str]) -> None:
    assert stated(source, "penalized") >= pairs
    assert pairs or not stated(source, "penalized")


def test_the_fine_is_the_amount() -> None:
    reading = Pipeline().read([article_of("松江证监局对北湖电子公司处以200万元罚款。")])[0]
    (fact,) = (fact for fact in reading.facts if fact.predicate == "penalized")
    assert fact.amount is not None
    assert fact.amount.value == 2_000_000


@pytest.mark.parametrize(
    ("source", "pairs"),
    [
        ("{北湖电子|O}中标{{松江地铁|O}车辆采购项目|R}。", {"北湖电子 > 松江地铁"}),
        ("{北湖电子|O}收到{松江电网|O}发来的中标通知书。", {"北湖电子 > 松江电网"}),
        ("{松江电网|O}设备采购项目由{北湖电子|O}中标。", {"北湖电子 > 松江电网"}),
        ("{北湖电子|O}收到{松江电网|O}的感谢信。", set()),
    ],
)
def test_who_won_a_bid_from_whom(source: str, pairs: set[str]) -> None:
    assert stated(source, "partneredWith") == pairs


@pytest.mark.parametrize(
    ("source", "pairs"),
    [
        ("{东山控股|O}出售所持{北湖电子|O}全部股份，受让方为{松江银行|O}。", {"松江银行 > 北湖电子"}),
        ("{北湖电子|O}被{东山控股|O}以3亿元全资收购。", {"东山控股 > 北湖电子"}),
    ],
)
def test_who_bought_whom(source: str, pairs: set[str]) -> None:
    assert stated(source, "investedIn") == pairs


def test_each_of_two_gets_the_honour_of_its_place() -> None:
    found = stated("{林海|P}、{周岭|P}分获{金锤奖|A}和{银锤奖|A}。", "receivedAward")
    assert found == {"林海 > 金锤奖", "周岭 > 银锤奖"}


def test_who_congratulates_holds_no_post_of_the_other() -> None:
    found = stated("{东海国|L}主席{林海|P}致电{安德|P}，祝贺他就任{北原国|L}总统。", "holdsPosition")
    assert "林海 > 北原国" not in found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("松江重工中标东湖地铁集团车辆采购项目。", {"松江重工", "东湖地铁集团"}),
        ("松江证监局对东湖电气处以90万元罚款。", {"松江证监局", "东湖电气"}),
    ],
)
def test_what_a_body_does_is_no_part_of_its_name(text: str, names: set[str]) -> None:
    reading = Pipeline().read([article_of(text)])[0]
    assert names <= {name for entity in reading.entities for name in entity.names}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("当日凌晨，松江县发生五点六级地震，造成两人死亡、一人失踪。", {(5.6, "级"), (2, "人"), (1, "人")}),
        ("松江县12日发生4.7级地震，三人受伤。", {(4.7, "级"), (3, "人")}),
    ],
)
def test_magnitude_and_casualties_are_figures(text: str, figures: set[tuple[float, str]]) -> None:
    reading = Pipeline().read([article_of(text)])[0]
    assert {(float(figure.value), figure.unit) for figure in reading.figures} == figures
