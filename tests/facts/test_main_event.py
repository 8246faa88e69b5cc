"""What an article is about: told where title and first sentences make it clear, silent elsewhere."""

from __future__ import annotations

import pytest
from rdflib.query import ResultRow

import kg
from kg.base.resources import queries_path
from kg.facts.main_event import MainEvent, main_event
from kg.pipeline import Pipeline
from kg.text.source import article_of


def event_of(text: str) -> tuple[MainEvent | None, dict[str, str]]:
    reading = Pipeline().read([article_of(text)])[0]
    return main_event(reading), {str(entity.id): entity.name for entity in reading.entities}


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        (
            "林向东会见来访的校友代表王启明\n5月3日，松江大学校长林向东在松江市会见校友代表王启明。",
            "meeting",
            {("林向东", "met", "王启明"), ("王启明", "met", "林向东")},
        ),
        (
            "东山集团收购北湖公司\n东山集团5月3日宣布，以3亿元收购北湖公司60%股权。",
            "purchase",
            {("东山集团", "investedIn", "北湖公司")},
        ),
        (
            "北湖公司被松江证监局罚款90万元\n松江证监局5月3日对北湖公司处以90万元罚款。",
            "penalty",
            {("松江证监局", "penalized", "北湖公司")},
        ),
        (
            "王启明任松江大学校长\n近日，王启明任松江大学校长。此前他任北湖学院院长。",
            "appointment",
            {("王启明", "holdsPosition", "松江大学")},
        ),
        (
            "北湖公司获评“全国文明单位”\n日前，北湖公司荣获“全国文明单位”称号。",
            "prize",
            {("北湖公司", "receivedAward", "“全国文明单位”")},
        ),
    ],
)
def test_facts_of_title_and_lead_tell_the_event(
    text: str, kind: str, told: set[tuple[str, str, str]]
) -> None:
    event, names = event_of(text)
    assert event is not None
    assert event.kind == kind
    found = {(names[fact.subject], fact.predicate, names[fact.object]) for fact in event.facts}
    assert found
    assert found <= told


def test_a_disaster_has_place_toll_and_magnitude() -> None:
    event, names = event_of(
        "云南省大理市发生5.1级地震\n5月3日，云南省大理市发生5.1级地震，震源深度10公里，造成两人死亡、7人受伤。"
    )
    assert event is not None
    assert event.kind == "disaster"
    assert names[event.place or ""] == "大理市"
    assert [figure.text for figure in event.figures] == ["5.1级", "两人", "7人"]
    assert "发生5.1级地震" in event.quote.of(
        "云南省大理市发生5.1级地震\n5月3日，云南省大理市发生5.1级地震，震源深度10公里，造成两人死亡、7人受伤。"
    )


@pytest.mark.parametrize(
    "text",
    [
        "大理市举行地震应急演练\n5月3日，云南省大理市发生5.1级地震的演练举行。",
        "东山集团收购北湖公司股份质押的公告\n东山集团5月3日宣布，以3亿元收购北湖公司60%股权。",
        "春天来了\n东山集团5月3日宣布，以3亿元收购北湖公司60%股权。",
        "原松江大学校长王启明谈任职感受\n松江大学校长王启明说，任职很忙。",
        "东山集团收购北湖公司",
    ],
)
def test_nothing_is_said_where_it_is_unclear(text: str) -> None:
    assert event_of(text)[0] is None


def test_the_graph_points_from_the_article_to_its_event() -> None:
    graph = kg.build_text("林向东会见王启明\n5月3日，松江大学校长林向东在松江市会见北湖公司董事长王启明。")
    (row,) = graph.query("main-events")
    text = (queries_path() / "main-events.rq").read_text(encoding="utf-8")
    again = next(found for found in graph.to_rdflib().query(text) if isinstance(found, ResultRow)).asdict()
    names = ("kind", "who", "whom", "quote", "event")
    assert [str(row[name]) for name in names] == [str(again[name]) for name in names]
    assert (str(row["kind"]), str(row["what"]), str(row["status"])) == ("meeting", "met", "asserted")
    assert {str(row["who"]), str(row["whom"])} == {"林向东", "王启明"}
    assert "会见" in str(row["quote"])
