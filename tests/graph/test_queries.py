"""The named queries: each is described, runs alike in both engines, and gives the answers we know."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.query import ResultRow

from kg.base.model import Answer, Asked, Reading, Span
from kg.base.resources import queries_path
from kg.decide.apply import apply
from kg.decide.model import Decision, EntityAnchor
from kg.graph.query import find_entities, find_facts, named_queries, run
from kg.graph.rows import Rows
from kg.graph.store import Graph
from kg.graph.vocabulary import KG
from kg.pipeline import Pipeline
from kg.text.source import article_of

QUERIES = sorted(named_queries())
ZONE, PARTY, WORKS = "岳阳绿色化工高新技术产业开发区", "高新区非公企业综合党委", "高新区党工委"
CENTRE = "湖南岳阳绿色化工产业园科技创业服务中心"
Cells = list[tuple[str, ...]]


def table(rows: Rows, *columns: str) -> Cells:
    return [tuple(row.get(column, "") for column in columns) for row in rows]


def example(name: str) -> dict[str, str]:
    return {each.name: each.example for each in named_queries()[name].parameters if not each.optional}


def bound(graph: Graph, name: str) -> dict[str, str]:
    """The example parameters of a query as IRIs, for either engine."""
    found = {}
    for parameter in named_queries()[name].parameters:
        if parameter.kind == "entity":
            found[parameter.name] = find_entities(graph, parameter.example)[0]
        elif parameter.kind == "fact":
            found[parameter.name] = find_facts(graph, parameter.example)[0]
    return found


def plain(term: Any) -> object:
    """A term of either engine as a plain value: Oxigraph keeps values, not spellings."""
    if term is None:
        return None
    ours = isinstance(term, ox.NamedNode | ox.Literal)
    text = term.value if ours else str(term)
    kind = getattr(term, "datatype", None)
    kind = kind.value if isinstance(kind, ox.NamedNode) else str(kind or "")
    return Decimal(text) if kind.endswith(("#decimal", "#integer")) else text


@pytest.fixture(scope="module")
def by_rdflib(both_graph: Graph) -> rdflib.Graph:
    return rdflib.Graph().parse(data=both_graph.to_turtle(), format="turtle")


OF_MANY = {"conflicts", "copies", "corroborated", "dossier", "identity", "same-name", "successions"}
"""What asks for the layers of a corpus; tried in ``tests/corpus/test_queries.py``."""

OF_OTHERS = {"main-events", "decided", "proposed", "refused"}
"""What these ask for is read from sentences, which readings made by hand have not, or decided by people, or proposed by a
language model."""


@pytest.mark.parametrize("name", QUERIES)
def test_it_says_what_it_is_in_both_languages(name: str) -> None:
    query = named_queries()[name]

    assert set(query.title) == set(query.description) == {"zh", "en"}
    assert all(query.title.values())
    assert all(query.description.values())
    assert all(parameter.example for parameter in query.parameters)


@pytest.mark.parametrize("name", sorted({*QUERIES} - OF_MANY))
@pytest.mark.parametrize("show", ["", "any"])
def test_it_gives_the_same_rows_in_the_same_order_in_both_engines(
    name: str, show: str, both_graph: Graph, by_rdflib: rdflib.Graph
) -> None:
    text, iris = (queries_path() / f"{name}.rq").read_text(encoding="utf-8"), bound(both_graph, name)
    if show and "# param show:" in text:
        iris["show"] = KG + show

    ours = both_graph.store.query(
        text, substitutions={ox.Variable(k): ox.NamedNode(v) for k, v in iris.items()}
    )
    assert isinstance(ours, ox.QuerySolutions)
    columns = [variable.value for variable in ours.variables]
    ours_rows = [[plain(row[column]) for column in columns] for row in ours]
    theirs = by_rdflib.query(text, initBindings={k: rdflib.URIRef(v) for k, v in iris.items()})
    theirs_rows = [
        [plain(row.asdict().get(column)) for column in columns]
        for row in theirs
        if isinstance(row, ResultRow)
    ]

    assert ours_rows == theirs_rows
    assert ours_rows or name in OF_OTHERS


@pytest.mark.parametrize("name", QUERIES)
def test_its_order_is_total(name: str, both_graph: Graph) -> None:
    assert "ORDER BY" in named_queries()[name].text
    assert run(both_graph, name, example(name)) == run(
        Graph.parse(both_graph.to_turtle()), name, example(name)
    )


@pytest.mark.parametrize("name", QUERIES)
def test_it_never_shows_what_is_not_asserted_unless_asked(name: str, status_graph: Graph) -> None:
    if name in ("relations", "unfulfilled", "evidence") or example(name).keys() & {"who"}:
        return
    rows = run(status_graph, name, example(name))

    assert {row["status"] for row in rows if "status" in row} <= {"asserted"}


# what each answers on the source article, as read by hand --------------------------------------------------------


def test_entities(gold_graph: Graph) -> None:
    rows = table(run(gold_graph, "entities"), "type", "label")

    assert len(rows) == 80
    assert {label for kind, label in rows if kind == KG + "Person"} == {
        "刘勇",
        "张文卫",
        "周渭超",
        "严容",
        "习近平",
    }
    places = {"岳阳", "岳阳地区", "岳阳市", "云溪区", "湖南", "湖南省", "中国", "我国"}
    assert {label for kind, label in rows if kind == KG + "Place"} == places


def test_doubtful(gold_graph: Graph) -> None:
    rows = run(gold_graph, "doubtful")
    shares = [float(row["confidence"]) for row in rows]

    assert rows
    assert shares == sorted(shares)
    assert all(share < 0.6 for share in shares)
    assert all(row["quote"] and row["article"] for row in rows)
    assert not run(gold_graph, "doubtful", {"least": "0.4"})


def test_relations(gold_graph: Graph, gold_reading: Reading) -> None:
    rows = run(gold_graph, "relations")

    assert len(rows) == 52
    text = gold_reading.article.text
    assert all(text[int(row["start"]) : int(row["end"])] == row["quote"] for row in rows)
    assert {row["status"] for row in rows} == {"asserted"}
    assert {row["confidence"] for row in rows} == {"0.9", "0.5"}
    assert sum(row["predicate"] == KG + "subOrganizationOf" for row in rows) == 11


def test_relations_leave_out_denied_and_derived_facts_only(both_graph: Graph) -> None:
    rows = run(both_graph, "relations")

    assert {row["status"] for row in rows} == {"asserted", "planned", "reported"}
    assert not any("containedInPlace" in row["predicate"] for row in rows)


def test_figures(gold_graph: Graph) -> None:
    rows = table(run(gold_graph, "figures"), "value", "unit", "modifier", "of", "surface")

    assert len(rows) == 31
    assert ("17000000", "元", "about", "创收", "近1700万元") in rows
    assert ("60", "KM", "", "燃气管线", "60KM") in rows
    assert ("10", "次", "over", "义捐", "十余次") in rows


def test_people(gold_graph: Graph) -> None:
    assert table(run(gold_graph, "people"), "person", "post", "organization", "status") == [
        ("严容", "主任", CENTRE, "asserted"),
        ("刘勇", "组长", "中心组学习领导小组", "asserted"),
        ("刘勇", "副书记", "区委", "asserted"),
        ("刘勇", "书记", WORKS, "asserted"),
        ("周渭超", "委员", CENTRE + "党支部", "asserted"),
        ("周渭超", "董事长", "铂盛热力公司", "asserted"),
        ("张文卫", "党员职工", "华润燃气有限公司", "asserted"),
    ]


def test_honours(gold_graph: Graph) -> None:
    assert table(run(gold_graph, "honours"), "who", "honour", "level") == [
        ("东方雨虹公司", "先进基层党组织", "市级"),
        ("东方雨虹检测车间", "全国五一巾帼标兵岗", "国家级"),
        ("严容", "岳阳市三八红旗手", "市级"),
        ("中创化工", "全省非公党建工作二等奖", "省级"),
        ("金瀚化工", "湖南省工人先锋号", "省级"),
        (PARTY, "非公党建工作重点培育单位", ""),
    ]


def test_party_organizations(gold_graph: Graph) -> None:
    assert table(run(gold_graph, "party-organizations"), "party", "belongs_to", "kind") == [
        ("东方雨虹公司党支部", "东方雨虹公司", "Company"),
        ("中翔化工党支部", "中翔化工", "Company"),
        (CENTRE + "党支部", CENTRE, "Institution"),
        ("聚仁化工党支部", "聚仁化工", "Company"),
        (WORKS, ZONE, ""),
        (PARTY, ZONE, ""),
        (PARTY, WORKS, "PartyOrganization"),
    ]


def test_documents(gold_graph: Graph) -> None:
    assert table(run(gold_graph, "documents"), "document", "issuer") == [
        ("高新区中心学习组学习方案", ZONE),
        ("高新区网络意识形态工作实施方案", ZONE),
        ("高新区落实意识形态工作要点", ZONE),
    ]


def test_activities(gold_graph: Graph) -> None:
    rows = table(run(gold_graph, "activities"), "activity", "who", "part")

    assert len(rows) == 10
    assert ("企业技术大比武活动", WORKS, "organized") in rows
    assert ("红色影吧", PARTY, "organized") in rows


def test_support(gold_graph: Graph) -> None:
    assert table(run(gold_graph, "support"), "who", "whom", "amount", "unit") == [
        ("周渭超", "云溪区小学", "200000", "元"),
        (PARTY, "邦德博鑫", "", ""),
    ]


def test_money(both_graph: Graph) -> None:
    assert table(run(both_graph, "money"), "yuan", "foreign", "currency", "modifier", "of", "whose") == [
        ("1000000000", "", "CNY", "", "产值", ZONE),
        ("500000000", "", "CNY", "over", "争取资金", PARTY),
        ("80000000", "", "CNY", "over", "项目资金", WORKS),
        ("30000000", "", "CNY", "about", "税收", ZONE),
        ("17000000", "", "CNY", "about", "创收", "聚仁化工党支部党员先锋岗"),
        ("10000000", "", "CNY", "over", "节省资金", PARTY),
        ("200000", "", "CNY", "", "资助", "周渭超"),
        ("", "30000000", "USD", "", "投资", "青禾集团"),
    ]


def test_organization_figures(gold_graph: Graph) -> None:
    rows = table(run(gold_graph, "organization-figures", {"who": "党工委"}), "of", "value", "unit")

    assert rows[:4] == [
        ("征求意见函", "106", "份"),
        ("建议", "120", "条"),
        ("整改措施", "16", "条"),
        ("规章制度", "24", "项"),
    ]
    assert len(rows) == 11


def test_entity(gold_graph: Graph) -> None:
    assert table(run(gold_graph, "entity", {"who": "周渭超"}), "about", "value", "role") == [
        ("figure", "家庭 40个", ""),
        ("figure", "贫困生 40余名", ""),
        ("figure", "资助 20万元", ""),
        ("holdsPosition", CENTRE + "党支部", "委员"),
        ("holdsPosition", "铂盛热力公司", "董事长"),
        ("name", "周渭超", ""),
        ("supported", "云溪区小学", ""),
        ("type", "Person", ""),
    ]


def test_entity_tells_both_directions_and_the_kind(gold_graph: Graph) -> None:
    rows = table(run(gold_graph, "entity", {"who": "铂盛热力公司"}), "about", "value", "role")

    assert ("^holdsPosition", "周渭超", "董事长") in rows
    assert ("type", "Company", "") in rows


def test_evidence(gold_graph: Graph, gold_reading: Reading) -> None:
    (row,) = run(gold_graph, "evidence", {"fact": "周渭超 支持 云溪区小学"})

    text = gold_reading.article.text
    start, end = int(row["start"]), int(row["end"])
    assert "周渭超同志主动出资20万元长期资助云溪区小学" in row["quote"]
    assert (
        row["before"] + row["quote"] + row["after"]
        == text[start - len(row["before"]) : end + len(row["after"])]
    )
    assert (row["pattern"], row["confidence"], row["status"]) == ("by-hand", "0.5", "asserted")


def test_neighbours(gold_graph: Graph) -> None:
    rows = table(
        run(gold_graph, "neighbours", {"who": "高新区"}), "neighbour", "type", "relation", "direction"
    )

    assert len(rows) == 12
    assert ("岳阳市", "Place", "locatedIn", "out") in rows
    assert ("高新区管委会", "Organization", "subOrganizationOf", "in") in rows


def test_timeline(both_graph: Graph) -> None:
    columns = ("first_day", "date", "precision", "what", "status")

    assert table(run(both_graph, "timeline"), *columns) == [
        ("2018-01-01", "2018", "year", f"{ZONE} 成立 {PARTY}", "asserted")
    ]
    assert table(run(both_graph, "timeline", {"show": "any"}), *columns)[1:] == [
        ("2027-01-01", "2027", "year", "青禾集团 投资 北湾工厂", "planned")
    ]
    assert all(0 < float(str(row["confidence"])) <= 1 for row in run(both_graph, "timeline"))


def test_places(gold_graph: Graph) -> None:
    rows = table(run(gold_graph, "places"), "place", "code", "lies_in", "derived")

    assert ("云溪区", "430603", "岳阳市", "true") in rows
    assert ("岳阳市", "430600", "湖南省", "true") in rows
    assert ("云溪区", "430603", "岳阳市", "false") in rows
    assert ("湖南省", "430000", "", "") in rows


def test_hubs(gold_graph: Graph) -> None:
    assert table(run(gold_graph, "hubs"), "entity", "neighbours", "facts")[:3] == [
        (ZONE, "11", "12"),
        (PARTY, "9", "10"),
        (WORKS, "8", "8"),
    ]


def test_unfulfilled(both_graph: Graph) -> None:
    assert table(run(both_graph, "unfulfilled"), "status", "what", "date", "amount", "unit", "quote") == [
        ("denied", "青禾集团 投资 蓝石科技", "", "", "", "青禾集团否认收购蓝石科技"),
        ("planned", "青禾集团 投资 北湾工厂", "2027", "30000000", "美元", "青禾集团计划2027年投资3000万美元建设北湾工厂"),
        ("reported", "蓝石科技 合作 青禾集团", "", "", "", "青禾集团与蓝石科技签约"),
    ]  # fmt: skip


def test_names(gold_graph: Graph) -> None:
    rows = table(run(gold_graph, "names"), "entity", "name", "reason", "quote")

    assert (ZONE, "高新区", "declared-short-form", "(简称高新区)") in rows
    assert ("中翔化工", "中翔化学", "", "") in rows


def test_articles_have_the_names_that_commands_take(gold_graph: Graph) -> None:
    assert table(run(gold_graph, "articles"), "name") == [("yueyang",)]


def test_articles(gold_graph: Graph, gold_reading: Reading) -> None:
    assert table(run(gold_graph, "articles"), "title", "date", "publisher", "entities", "sha256") == [
        (
            "岳阳高新区:强基固本 标杆引领 着力开创非公企业党建工作新局面",
            "2022-06-22",
            "红星网",
            "55",
            gold_reading.article.sha256,
        )
    ]


@pytest.fixture(scope="module")
def many_graph(status_reading: Reading, gold_reading: Reading) -> Graph:
    """Two hundred articles."""
    text = status_reading.article.text
    copies = [replace(status_reading, article=article_of(f"{text}{number}\n")) for number in range(200)]
    return Graph.from_readings([gold_reading, *copies])


@pytest.mark.parametrize("name", QUERIES)
def test_it_ends_before_the_deadline_on_many_articles(name: str, many_graph: Graph) -> None:
    """As a user's own text it is stopped when time is up; a join in the wrong order takes a hundred times as long as it should."""
    query = named_queries()[name].text

    rows = run(many_graph, query, example(name), deadline=20)
    assert [*rows] == [*run(many_graph, name, example(name))]


def test_main_events() -> None:
    text = "林向东会见王启明\n5月3日，松江大学校长林向东在松江市会见北湖公司董事长王启明。"
    graph = Graph.from_readings(Pipeline().read([article_of(text)]))
    (row,) = run(graph, "main-events")

    assert (str(row["kind"]), str(row["what"]), str(row["status"])) == ("meeting", "met", "asserted")
    assert {str(row["who"]), str(row["whom"])} == {"林向东", "王启明"}


def test_each_of_several_who_are_punished_has_his_own_sum() -> None:
    text = (
        "临江县法院一审宣判一起污染环境案\n12月3日，临江县法院对岚江化工有限公司、丁振岳污染环境案作出一审判决。"
        "岚江化工有限公司被判处罚金80万元。丁振岳被判处有期徒刑三年，并处罚金10万元。"
    )
    rows = run(Graph.from_readings(Pipeline().read([article_of(text)])), "main-events")

    assert {(str(row["whom"]), str(row["figure"])) for row in rows} == {
        ("岚江化工有限公司", "罚金 80万元"),
        ("丁振岳", "有期徒刑 三年"),
        ("丁振岳", "罚金 10万元"),
    }


def test_decided(status_reading: Reading) -> None:
    link = next(link for link in status_reading.links if link.is_name)
    here = EntityAnchor(status_reading.article.sha256, link.span, link.text, link.type)
    decisions = [
        Decision("d1", "name", a=here, label="林大东", by="lin", on=date(2026, 11, 29), note="户口本"),
        Decision("d2", "name", a=EntityAnchor("f" * 64, Span(0, 2), "无名"), label="有名"),
    ]
    graph = Graph.from_readings([apply(status_reading, decisions)])

    first, second = run(graph, "decided")

    assert [str(first[key]) for key in ("id", "verdict", "article", "found", "by", "day", "note")] == [
        "d1", "name", status_reading.article.name, "true", "lin", "2026-11-29", "户口本",
    ]  # fmt: skip
    assert (first.get("other"), second.get("article")) == (None, None)
    assert graph.label(str(first["node"])) == "林大东"
    assert (str(second["id"]), str(second["found"]), second.get("node")) == ("d2", "false", None)


@pytest.fixture(scope="module")
def proposing() -> Graph:
    """The graph of an article about which a model said one thing that stands there, and one that does not."""
    article = article_of("青禾公司与云溪大学签署合作协议，共建竹艺研究院。\n", "probe")
    parts = {
        "subject": "青禾公司", "subject_type": "Organization", "predicate": "established",
        "object": "竹艺研究院", "object_type": "Organization", "trigger": "共建",
    }  # fmt: skip
    quotes = ("青禾公司与云溪大学签署合作协议，共建竹艺研究院", "青禾公司共建竹艺研究院")
    words = json.dumps({"facts": [{**parts, "quote": quote} for quote in quotes]})
    asked = Asked("m", (Answer(0, len(article.text) - 1, words),))
    return Graph.from_readings(Pipeline().read([replace(article, asked=asked)]))


def test_proposed(proposing: Graph) -> None:
    assert table(run(proposing, "proposed"), "what", "trigger", "quote", "model", "article", "state") == [
        (
            "青禾公司 成立 竹艺研究院",
            "共建",
            "青禾公司与云溪大学签署合作协议，共建竹艺研究院",
            "m",
            "probe",
            "proposed",
        )
    ]


def test_refused(proposing: Graph) -> None:
    (row,) = table(run(proposing, "refused"), "kind", "why", "subject", "predicate", "object", "quote")

    assert row == ("quote", "引语不在文中", "青禾公司", "established", "竹艺研究院", "青禾公司共建竹艺研究院")
    assert not list(run(proposing, "refused", {"reason": "trigger"}))


def test_what_a_model_proposes_is_shown_only_where_it_is_asked_for(proposing: Graph) -> None:
    def named(**more: str) -> str:
        return str(table(run(proposing, "neighbours", {"who": "青禾公司", **more}), "neighbour"))

    assert "竹艺研究院" not in named()
    assert "竹艺研究院" in named(show="proposed")


def test_every_query_has_its_answers_tested() -> None:
    tests = Path(__file__).read_text(encoding="utf-8")

    assert [name for name in {*QUERIES} - OF_MANY if f"def test_{name.replace('-', '_')}(" not in tests] == []
