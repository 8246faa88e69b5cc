"""A graph of invented news, as large as wanted, of the shape that kg writes: for measuring stores and servers.

    python benchmarks/news_graph.py OUT.nt --triples 1000000 [--texts FOLDER] [--seed 7]

Every article is a handful of sentences made from small lists; its reading is made with them, not read by the tagger, so
a million triples take a minute. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from kg.base.model import Article, Entity, EntityId, Evidence, Fact, Figure, Link, Moment, Reading, Span
from kg.graph.rdf import triples_of
from kg.text.source import article_of

SURNAMES = "甲乙丙丁戊己庚辛壬癸"
GIVEN = "明华建国文军海燕丽娟志强伟东平安思远嘉禾"
ROOTS = [
    "青禾",
    "蓝石",
    "北湾",
    "长河",
    "金岭",
    "云帆",
    "星野",
    "海棠",
    "松涛",
    "白鹭",
    "丰原",
    "启明",
    "天枢",
    "望江",
    "临溪",
    "东篱",
]
TRADES = ["机械", "化工", "科技", "能源", "物流", "制药", "电子", "食品", "建材", "纺织"]
PLACES = (
    ("湖南省", "430000"),
    ("岳阳市", "430600"),
    ("云溪区", "430603"),
    ("长沙市", "430100"),
    ("株洲市", "430200"),
)
POSTS = ["董事长", "总经理", "党委书记", "副总经理", "总工程师"]
EVENTS = ["技术比武", "座谈会", "推介会", "培训班", "论坛"]
AWARDS = ["先进单位", "劳动奖状", "科技进步奖", "文明单位"]


class _Writer:
    """Writes one article and its reading, sentence by sentence."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.number, self.chance = number, chance
        self.text = ""
        self.entities: dict[EntityId, Entity] = {}
        self.links: list[Link] = []
        self.facts: list[tuple[EntityId, str, EntityId, Span, dict[str, object]]] = []
        self.figures: list[Figure] = []

    def entity(self, sort: str, name: str, **more: str) -> Entity:
        key = EntityId(f"{sort}:{name}")
        return self.entities.setdefault(key, Entity(key, sort, name, (name,), **more))  # type: ignore[arg-type]

    def say(self, *parts: Entity | str) -> Span:
        start = len(self.text)
        for part in parts:
            at = len(self.text)
            if isinstance(part, str):
                self.text += part
            else:
                self.text += part.name
                self.links.append(Link(Span(at, len(self.text)), part.name, part.id, part.type, "made"))
        span = Span(start, len(self.text))
        self.text += "。"
        return span

    def fact(self, subject: Entity, predicate: str, value: Entity, span: Span, **more: object) -> None:
        self.facts.append((subject.id, predicate, value.id, span, more))

    def reading(self, day: date) -> Reading:
        article = article_of(self.text + "\n", f"news-{self.number:06d}")
        article = Article(
            article.name, article.text, article.sha256, article.body, article.title, day, "晨光网"
        )
        facts = tuple(
            Fact(s, p, o, (Evidence(span, span.of(article.text)),), "made", 0.9, **more)  # type: ignore[arg-type]
            for s, p, o, span, more in self.facts
        )
        moments = tuple(dict.fromkeys(fact.date for fact in facts if fact.date))
        return Reading(
            article, tuple(self.entities.values()), tuple(self.links), facts, tuple(self.figures), moments
        )


def readings(seed: int = 7) -> Iterator[Reading]:
    """Yield readings without end."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    number = 0
    while True:
        yield _reading(number, chance)
        number += 1


def _reading(number: int, chance: random.Random) -> Reading:
    page = _Writer(number, chance)
    day = date(2020, 1, 1) + timedelta(days=number % 2000)
    page.text = f"{chance.choice(ROOTS)}要闻第{number + 1}号\n"
    for _ in range(chance.randint(3, 6)):
        _paragraph(page, day)
        page.text += "\n"
    return page.reading(day)


def _paragraph(page: _Writer, day: date) -> None:
    chance = page.chance
    company = page.entity(
        "Organization", f"{chance.choice(ROOTS)}{chance.choice(TRADES)}公司", kind="Company"
    )
    other = page.entity("Organization", f"{chance.choice(ROOTS)}{chance.choice(TRADES)}集团", kind="Company")
    person = page.entity("Person", chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2)))
    name, code = chance.choice(PLACES)
    place = page.entity("Place", name, place_code=code)
    event = page.entity("Activity", f"{chance.choice(ROOTS)}{chance.choice(EVENTS)}")
    award = page.entity("Award", f"{chance.choice(ROOTS)}{chance.choice(AWARDS)}")
    post = chance.choice(POSTS)
    page.fact(person, "holdsPosition", company, page.say(company, post, person, "出席会议"), role=post)
    page.fact(company, "locatedIn", place, page.say(company, "位于", place))
    page.fact(company, "organized", event, page.say(company, "举办", event))
    page.fact(other, "participatedIn", event, page.say(other, "参加", event))
    start = len(page.text) + 1
    moment = Moment(Span(start, start + 5), f"{day.year}年", str(day.year))
    page.text += "，"
    page.fact(company, "receivedAward", award, page.say(f"{day.year}年", company, "荣获", award), date=moment)
    status = chance.choice(("asserted", "asserted", "planned", "denied"))
    words = {"asserted": "已", "planned": "计划", "denied": "否认"}[status]
    million = chance.randint(1, 9000)
    span = page.say(company, words, f"投资{million}万元于", other)
    at = page.text.index(f"{million}万元", span.start)
    surface = f"{million}万元"
    money = Figure(
        Span(at, at + len(surface)),
        surface,
        Decimal(million * 10_000),
        "元",
        of="投资",
        subject=company.id,
        quote=span,
        rule="made",
    )
    page.figures.append(money)
    page.fact(company, "investedIn", other, span, amount=money, status=status)


def write(path: Path, triples: int, texts: Path | None = None, seed: int = 7) -> int:
    """Write at least ``triples`` N-Triples lines (and the texts), and return how many."""
    written = 0
    if texts:
        texts.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for reading in readings(seed):
            lines = triples_of(reading)
            out.write("\n".join(lines) + "\n")
            written += len(lines)
            if texts:
                (texts / f"{reading.article.name}.txt").write_bytes(reading.article.text.encode())
            if written >= triples:
                break
    return written


def main() -> None:
    """Write a graph."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])  # type: ignore[union-attr]
    parser.add_argument("out", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    print(f"{write(given.out, given.triples, given.texts, given.seed):,} triples in {given.out}")


if __name__ == "__main__":
    main()
