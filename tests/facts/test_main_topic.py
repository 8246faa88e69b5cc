"""Whom or what an article is about where it tells no event."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

import kg
from kg.facts.main_event import main_event
from kg.facts.main_topic import main_topic
from kg.graph.verify import verify
from kg.graph.vocabulary import KG, RDF, SCHEMA
from kg.pipeline import Pipeline
from kg.text.source import article_of


def topic_of(text: str) -> str:
    reading = Pipeline().read([article_of(text)])[0]
    assert main_event(reading) is None
    topic = main_topic(reading)
    return next((entity.name for entity in reading.entities if entity.id == topic), "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "卓越集团：把质量放在第一位\n卓越集团近年来重视质量。卓越集团有员工300名，卓越集团的产品销往各地。",
            "卓越集团",
        ),
        ("秦怀远个人简历\n秦怀远，男，1965年生，大学学历。", "秦怀远"),
        ("秦怀远 -- 著名经济学家\n1957年生于江州，后来上山下乡。", "秦怀远"),
        (
            "质量是生命\n卓越集团近年来重视质量。卓越集团有员工300名，卓越集团的产品销往各地。",
            "",
        ),
        (
            "记者从卓越集团获悉，今年新能源汽车销路不错。\n记者从卓越集团获悉，订单增加。据卓越集团报道，工厂很忙。",
            "",
        ),
        (
            "日本企业看好新市场\n日本的企业增多。日本的订单增多。日本的工厂很忙。日本的银行也忙。日本的商店也忙。",
            "",
        ),
        ("江南证券：维持卓越集团买入评级\n江南证券认为卓越集团不错。江南证券说卓越集团值得买。", ""),
    ],
)
def test_who_is_named_in_the_title_and_often_is_what_it_is_about(text: str, wanted: str) -> None:
    assert topic_of(text) == wanted


def test_the_graph_says_so_and_proves_it() -> None:
    text = "卓越集团：把质量放在第一位\n卓越集团近年来重视质量。卓越集团有员工300名，卓越集团的产品销往各地。"
    graph = kg.build_text(text)
    (row,) = graph.query("main-events")
    assert (row["kind"], str(row["who"])) == ("topic", "卓越集团")
    assert verify(graph.graph, [text]).problems == ()


def test_what_the_title_does_not_name_is_no_topic_that_could_be_proven() -> None:
    text = "卓越集团：把质量放在第一位\n卓越集团近年来重视质量。卓越集团有员工300名，秦怀远说，卓越集团的产品销往各地。"
    graph = kg.build_text(text).graph
    (about,) = graph.quads(None, ox.NamedNode(SCHEMA + "about"))
    (other,) = graph.quads(None, ox.NamedNode(RDF + "type"), ox.NamedNode(KG + "Person"))
    graph.store.remove(about)
    graph.store.add(ox.Quad(about.subject, about.predicate, other.subject))
    assert SCHEMA + "about" in {fault.predicate for fault in verify(graph, [text]).problems}
