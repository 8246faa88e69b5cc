"""Readings made by hand, so that tests of the graph do not move when the reading of texts does."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from kg.base.language import choose
from kg.base.model import (
    Article,
    Entity,
    EntityId,
    EntityKind,
    Evidence,
    Fact,
    Figure,
    Link,
    Merge,
    Moment,
    Reading,
    Span,
)
from kg.graph.store import Graph
from kg.learn.gold import GoldArticle, load_gold
from kg.pipeline import Pipeline
from kg.text.source import article_of

TESTS = Path(__file__).parent
GOLD = TESTS / "gold"

NOT_COUNTED = frozenset(("cli", "docs", "export", "learn", "quality", "serve", "spark", "typing", "view"))
"""Folders whose tests do not count for coverage: being looked at makes a test twice as slow, and these are of what is not
counted, and reach nothing of reading and graph that others do not. Single tests that mostly repeat are marked ``no_cover``."""

LONGEST = (
    "spark/test_job.py", "spark/test_killed.py", "test_wheel.py", "view/test_page_browser.py",
    "view/test_page_decisions.py", "serve/test_editing_browser.py", "serve/test_browser.py",
    "serve/test_clients.py", "learn/test_training.py", "test_growth.py", "docs/test_blocks.py",
    "questions/test_share.py", "serve/test_editing.py", "serve/test_http.py", "corpus/test_folder.py", "graph/test_forgery.py",
    "graph/test_validate.py", "own/test_graph.py", "decide/test_corpus.py", "cli/test_streams.py",
    "view/test_page_tables.py", "learn/test_entity_training.py", "facts/test_learned.py",
    "learn/test_losses.py", "docs/test_docs.py", "test_floor.py", "test_offline.py",
    "test_working_directory.py", "learn/test_decided.py", "test_new_predicate.py",
    "serve/test_completion_browser.py", "serve/test_assistant.py", "review/test_command.py",
)  # fmt: skip
"""Files that take longest: they begin first, so that no processor waits for the last of them. A file that is not here that
should be costs that wait, no more."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say which of the pinned files are to be written again."""
    group = parser.getgroup("kg")
    group.addoption("--update-golden", action="store_true", help="write the readings in tests/golden again")
    group.addoption("--update-floor", action="store_true", help="raise the scores in tests/floor.json")
    group.addoption(
        "--lower-floor", action="store_true", help="set the scores in tests/floor.json as they are"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say what counts for coverage, and in which order the files go."""
    place = {TESTS / name: number for number, name in enumerate(LONGEST)}
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in NOT_COUNTED:
            item.add_marker(pytest.mark.no_cover)
    items.sort(key=lambda item: place.get(item.path, len(place)))


@pytest.fixture(autouse=True)
def _language_of_the_locale() -> None:
    """Forget what a command of the test before chose by ``--lang``: tests run in any order, on several processors."""
    choose(None)


# How the figures of the source article are written, in the order of its annotation, which is the order of the text.
SURFACES = [
    "106份",
    "120多条",
    "16条",
    "24项",
    "100余名",
    "近1700万元",
    "126名",
    "10名",
    "7名",
    "28年",
    "60KM",
    "24家",
    "100余名",
    "51余项目",
    "6个",
    "8000余万元",
    "10亿",
    "近3000万",
    "80余名",
    "6家",
    "18个",
    "1500余张",
    "50000余吨",
    "10000人次",
    "1000余万元",
    "20家",
    "超5亿元",
    "十余次",
    "20万元",
    "40余名",
    "40个",
]
KINDS: dict[EntityKind, tuple[str, ...]] = {
    "PartyOrganization": ("党委", "工委", "支部", "区委"),
    "GovernmentBody": ("管委会",),
    "Company": ("化工", "公司", "博鑫"),
    "Institution": ("中心", "小学"),
    "Team": ("小组", "服务队", "车间"),
    "Media": ("红星网",),
}
PLACE_CODES = {"岳阳市": "430600", "岳阳": "430600", "云溪区": "430603", "湖南省": "430000", "湖南": "430000"}


def _sentences(text: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(r"[^。;；\n]+", text)]


def _evidence(article: Article, *ends: Entity) -> Evidence:
    """The first sentence that names all ``ends``, or the first that names the last of them."""
    spans = _sentences(article.text)
    for wanted in (ends, ends[-1:]):
        for span in spans:
            words = span.of(article.text)
            if all(any(name in words for name in end.names) for end in wanted):
                return Evidence(span, words)
    raise AssertionError(ends)


def _entity(item: dict[str, Any], text: str) -> Entity:
    names = tuple(name for name in item["names"] if name in text)
    kinds: list[EntityKind] = [kind for kind, ends in KINDS.items() if names[0].endswith(ends)]
    kind: EntityKind = kinds[0] if kinds and item["type"][0] == "Organization" else ""
    merges: tuple[Merge, ...] = ()
    if names[0] == "岳阳绿色化工高新技术产业开发区":
        at = text.index("(简称高新区)")
        merges = (Merge("高新区", names[0], "declared-short-form", Span(at, at + 7)),)
    code = PLACE_CODES.get(names[0], "")
    sort = item["type"][
        -1 if item["id"] == "a_sfg" else 0
    ]  # its own relation is organized, so it is an activity
    return Entity(EntityId(f"{sort}:{names[0]}"), sort, names[0], names, kind, code, merges)


def _figures(
    article: Article, items: list[dict[str, Any]], entities: dict[str, Entity]
) -> tuple[Figure, ...]:
    figures, at = [], 0
    for surface, item in zip(SURFACES, items, strict=True):
        at = article.text.index(surface, at)
        span, subject = Span(at, at + len(surface)), item["subject"][0]
        quote = next(each for each in _sentences(article.text) if each.holds(span))
        value = Decimal(str(item["value"]))
        modifier = item["modifier"][0]
        figures.append(
            Figure(
                span,
                surface,
                value,
                item["unit"][0],
                modifier,
                minimum=value if modifier == "over" else None,
                of=item["of"],
                subject=entities[subject].id if subject else None,
                quote=quote,
                rule="by-hand",
            )
        )
        at += len(surface)
    return tuple(figures)


def read_gold() -> Reading:
    """The source article as its annotation reads it, the optional things included."""
    text = (GOLD / "yueyang.txt").read_text(encoding="utf-8")
    gold = json.loads((GOLD / "yueyang.json").read_text(encoding="utf-8"))
    plain = article_of(text, "yueyang")
    article = Article(
        "yueyang",
        text,
        plain.sha256,
        plain.body,
        gold["meta"]["title"],
        date.fromisoformat(gold["meta"]["date"]),
        gold["meta"]["publisher"],
        url=gold["meta"]["url"],
    )
    entities = {item["id"]: _entity(item, text) for item in gold["entities"] if item["id"] != "e_other"}
    figures = _figures(article, gold["figures"], entities)
    moment = Moment(Span(text.index("2018年"), text.index("2018年") + 5), "2018年", "2018")
    links = [
        Link(Span(text.index(name), text.index(name) + len(name)), name, entity.id, entity.type, "by-hand")
        for entity in entities.values()
        for name in entity.names
    ]
    facts = []
    for item in gold["relations"]:
        subject, value = entities[item["s"]], entities[item["o"]]
        facts.append(
            Fact(
                subject.id,
                item["p"][0],
                value.id,
                (_evidence(article, subject, value),),
                "by-hand",
                0.5 if item.get("optional") else 0.9,
                role=item.get("role", ""),
                date=moment if (item["p"][0], item["o"]) == ("established", "zhdw") else None,
                amount=next(f for f in figures if f.text == "20万元") if item["o"] == "yxxx" else None,
            )
        )
    return Reading(
        article,
        tuple(entities.values()),
        tuple(sorted(links, key=lambda link: link.span)),
        tuple(facts),
        figures,
        (moment,),
    )


STATUS_TEXT = (
    "青禾集团公告\n青禾集团计划2027年投资3000万美元建设北湾工厂。青禾集团否认收购蓝石科技。"
    "据悉，青禾集团与蓝石科技签约。青禾集团位于云溪区。\n"
)


def read_statuses() -> Reading:
    """An invented article with a planned, a denied, a reported and an asserted fact."""
    article = article_of(STATUS_TEXT, "statuses")
    text = article.text

    def entity(sort: str, name: str, **more: str) -> Entity:
        return Entity(EntityId(f"{sort}:{name}"), sort, name, (name,), **more)  # type: ignore[arg-type]

    def evidence(words: str) -> tuple[Evidence, ...]:
        return (Evidence(Span(text.index(words), text.index(words) + len(words)), words),)

    group, stone = (
        entity("Organization", "青禾集团", kind="Company"),
        entity("Organization", "蓝石科技", kind="Company"),
    )
    plant, place = entity("Product", "北湾工厂"), entity("Place", "云溪区", place_code="430603")
    at = text.index("3000万美元")
    plan = Span(text.index("青禾集团计划"), text.index("。青禾集团否认"))
    money = Figure(
        Span(at, at + 7),
        "3000万美元",
        Decimal(30000000),
        "美元",
        of="投资",
        subject=group.id,
        quote=plan,
        rule="by-hand",
    )
    year = Moment(Span(text.index("2027年"), text.index("2027年") + 5), "2027年", "2027")
    facts = (
        Fact(
            group.id,
            "investedIn",
            plant.id,
            evidence("青禾集团计划2027年投资3000万美元建设北湾工厂"),
            "p1",
            0.8,
            date=year,
            amount=money,
            status="planned",
        ),
        Fact(
            group.id, "investedIn", stone.id, evidence("青禾集团否认收购蓝石科技"), "p2", 0.8, status="denied"
        ),
        Fact(
            group.id,
            "partneredWith",
            stone.id,
            evidence("青禾集团与蓝石科技签约"),
            "p3",
            0.7,
            status="reported",
        ),
        Fact(group.id, "locatedIn", place.id, evidence("青禾集团位于云溪区"), "p4", 0.9),
    )
    entities = (group, stone, plant, place)
    links = tuple(
        Link(Span(text.index(each.name), text.index(each.name) + 4), each.name, each.id, each.type, "by-hand")
        for each in entities
        if each is not place
    )
    spot = text.index("云溪区")
    links += (Link(Span(spot, spot + 3), "云溪区", place.id, "Place", "by-hand"),)
    return Reading(article, entities, links, facts, (money,), (year,))


@pytest.fixture(scope="session")
def annotated() -> tuple[GoldArticle, ...]:
    """The annotated articles."""
    return load_gold(GOLD)


@pytest.fixture(scope="session")
def read(annotated: tuple[GoldArticle, ...]) -> tuple[Reading, ...]:
    """The annotated articles as kg reads them."""
    return Pipeline().read([item.article for item in annotated])


@pytest.fixture(scope="session")
def gold_reading() -> Reading:
    """The source article, read by hand."""
    return read_gold()


@pytest.fixture(scope="session")
def status_reading() -> Reading:
    """An invented article with a fact of every status."""
    return read_statuses()


@pytest.fixture(scope="session")
def gold_graph(gold_reading: Reading) -> Graph:
    """The graph of the source article, read by hand; do not change it."""
    return Graph.from_readings([gold_reading])


@pytest.fixture(scope="session")
def status_graph(status_reading: Reading) -> Graph:
    """The graph of the invented article; do not change it."""
    return Graph.from_readings([status_reading])


@pytest.fixture(scope="session")
def both_graph(gold_reading: Reading, status_reading: Reading) -> Graph:
    """The graph of both articles; do not change it."""
    return Graph.from_readings([gold_reading, status_reading])


@pytest.fixture(scope="session")
def calls() -> Callable[[Callable[[], object]], int]:
    """A function that counts the calls, of Python and of C, that another one makes: its work, however busy the machine."""

    def count(work: Callable[[], object]) -> int:
        found = 0

        def seen(_frame: FrameType, event: str, _argument: object) -> None:
            nonlocal found
            found += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(seen)
        try:
            work()
        finally:
            sys.setprofile(before)
        return found

    return count


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Graph], Path]:
    """A function that writes a graph as Turtle and returns where."""

    def write(graph: Graph) -> Path:
        graph.write(tmp_path / "graph.ttl")
        return tmp_path / "graph.ttl"

    return write
