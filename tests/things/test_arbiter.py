"""Which names stand: of the rules and of the net, by weights made for the test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.base.model import Article, EntityType, Mention, Span, TaggedSentence
from kg.names.net import TYPES, Scores
from kg.pipeline import Pipeline
from kg.text.sentence import split
from kg.text.source import article_of, read_article
from kg.things.arbiter import ADDED, KEPT, LEARNED, Verdict, arbitrate
from kg.things.beside import BESIDE
from kg.things.confidence import NameModel
from kg.words.tagger import default_tagger

ARTICLE = Path(__file__).parents[2] / "data" / "yueyang.txt"
TEXT = article_of("星河轴承厂昨天开工。星河轴承厂投资青松计划，青松计划很好。")
MODEL = NameModel(0, {"net>0": 1000, "net>128": 3000, "rule=tagger-ORG": 400}, 0.5, unscored=2000)
"""Without a score no better than even, from 2 on as good as sure."""


def tagged_of(article: Article) -> tuple[TaggedSentence, ...]:
    return tuple(replace(own, evidence=()) for own in default_tagger().tag(split(article)))


def mention(name: str, kind: EntityType = "Organization", rule: str = "tagger-ORG", at: int = -1) -> Mention:
    start = TEXT.text.index(name) if at < 0 else at
    return Mention(Span(start, start + len(name)), name, kind, rule)


def score(kind: EntityType, value: int) -> tuple[int, ...]:
    return tuple(value if kind == each else -300 for each in TYPES)


def arbitrated(found: list[list[Mention]], scores: Scores | None, model: NameModel = MODEL) -> Verdict:
    return arbitrate(TEXT, tagged_of(TEXT), found, scores, model)


def names(verdict: Verdict) -> set[tuple[str, str, str]]:
    return {(name.text, name.type, name.rule) for row in verdict.names for name in row}


def test_a_name_that_only_the_net_finds_stands_wherever_it_does() -> None:
    at = TEXT.text.index("青松计划")
    verdict = arbitrated([[], []], [{}, {Span(at, at + 4): score("Product", 140)}])

    assert names(verdict) == {("青松计划", "Product", LEARNED)}
    assert [len(row) for row in verdict.names] == [0, 2]
    assert verdict.sure["青松计划"] >= ADDED
    assert verdict.account("青松计划") == f"found by the net alone, confidence {verdict.sure['青松计划']}"


def test_a_proposal_that_is_not_sure_enough_is_left_out_and_says_so() -> None:
    at = TEXT.text.index("青松计划")
    verdict = arbitrated([[], []], [{}, {Span(at, at + 4): score("Product", -64)}])

    assert names(verdict) == set()
    assert verdict.account("青松计划").endswith(f"left out: below {ADDED}")
    assert verdict.account("无此名") == ""


DOUBTED = replace(
    MODEL,
    weights={"net>0": 1000, "net>-64": 200, "rule=tagger-ORG": 400, "rule=place-prefix": 400},
    bias=-300,
)
"""A proposal is less likely than not, and likelier than nothing."""


@pytest.mark.parametrize(
    ("text", "name", "kind", "stands"),
    [
        (TEXT, "星河轴承厂", "Organization", True),
        (TEXT, "青松计划", "Activity", True),
        (TEXT, "青松计划", "Product", False),
        (TEXT, "青松计划", "Organization", False),  # by no head a body
        (article_of("校党委昨天开会。"), "校党委", "Organization", False),  # called from within
        (article_of("他们控股青松酒店。"), "控股青松酒店", "Organization", False),  # a verb before it
        (article_of("那里发生5.3级地震。"), "5.3级地震", "Activity", False),  # a size, no name
    ],
)
def test_bodies_and_events_of_which_the_net_is_half_sure_stand_beside_other_names(
    text: Article, name: str, kind: EntityType, stands: bool
) -> None:
    tagged, at = tagged_of(text), text.text.index(name)
    scores: Scores = [
        {Span(at, at + len(name)): score(kind, -1)} if own.sentence.span.holds(Span(at, at + 1)) else {}
        for own in tagged
    ]
    verdict = arbitrate(text, tagged, [[] for _ in tagged], scores, DOUBTED)

    assert BESIDE < verdict.sure[name] < ADDED
    assert {one for one, _, _ in names(verdict)} == ({name} if stands else set())
    assert ("left out" in verdict.account(name)) is not stands


@pytest.mark.parametrize(
    ("found", "kind", "stands"),
    [
        (mention("轴承厂"), "Organization", False),  # a body cut otherwise
        (mention("星河", "Place", "place-prefix"), "Organization", True),  # a body that begins with its place
        (mention("星河轴承厂昨天"), "Organization", True),  # a part of another
        (mention("星河轴承厂昨天"), "Activity", False),
        (mention("轴承厂昨天", "Activity"), "Organization", False),  # crossed
    ],
)
def test_what_the_net_is_half_sure_of_takes_no_other_names_place(
    found: Mention, kind: EntityType, stands: bool
) -> None:
    at = TEXT.text.index("星河轴承厂")
    verdict = arbitrated([[found], []], [{Span(at, at + 5): score(kind, -1)}, {}], DOUBTED)

    assert BESIDE < verdict.sure["星河轴承厂"] < ADDED
    assert any(name.rule == LEARNED for name in verdict.names[0]) is stands


def test_what_was_decided_is_told_in_the_language_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    at = TEXT.text.index("青松计划")
    verdict = arbitrated(
        [[mention("星河轴承厂")], []],
        [{}, {Span(at, at + 4): score("Product", -64)}],
        replace(MODEL, bias=-1000),
    )
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    told = [verdict.account(name) for name in ("青松计划", "星河轴承厂")]

    assert told[0] == f"仅由神经网络发现，可信度 {verdict.sure['青松计划']}，未采用：低于 {ADDED}"
    assert told[1] == f"由 tagger-ORG 发现，可信度 {verdict.sure['星河轴承厂']}"


def test_a_name_of_the_rules_that_is_hardly_one_is_left_out() -> None:
    model = replace(MODEL, bias=-5000)
    verdict = arbitrated([[mention("星河轴承厂")], []], [{}, {}], model)

    assert names(verdict) == set()
    assert verdict.sure["星河轴承厂"] < KEPT
    assert verdict.account("星河轴承厂").endswith(f"left out: below {KEPT}")


def test_without_scores_the_names_of_the_rules_stand_as_if_the_net_had_agreed() -> None:
    doubted = replace(MODEL, bias=-4000)
    verdict = arbitrated([[mention("星河轴承厂")], []], None, doubted)

    assert names(verdict) == {("星河轴承厂", "Organization", "tagger-ORG")}
    assert arbitrated([[mention("星河轴承厂")], []], None).sure["星河轴承厂"] == 0.917  # 1 / (1 + exp(-2.4))


def test_a_surer_proposal_takes_the_place_of_a_name_it_crosses_and_a_less_sure_one_does_not() -> None:
    crossing = mention("厂昨天", "Person", "title-name")
    at = TEXT.text.index("星河轴承厂")
    sure = arbitrated([[crossing], []], [{Span(at, at + 5): score("Organization", 200)}, {}])
    unsure = arbitrated(
        [[crossing], []],
        [{Span(at, at + 5): score("Organization", 10)}, {}],
        replace(MODEL, weights={**MODEL.weights, "rule=title-name": 6000}),
    )

    assert ("厂昨天", "Person", "title-name") not in names(sure)
    assert ("星河轴承厂", "Organization", LEARNED) in names(sure)
    assert {name.text for name in unsure.names[0]} == {"厂昨天"}
    assert {name.text for name in unsure.names[1]} == {"星河轴承厂"}


def test_the_same_name_cut_better_takes_the_place_of_the_rules() -> None:
    at = TEXT.text.index("星河轴承厂")
    verdict = arbitrated([[mention("轴承厂")], []], [{Span(at, at + 5): score("Organization", 200)}, {}])

    assert {text for text, _, _ in names(verdict)} == {"星河轴承厂"}


def test_what_goes_over_the_end_of_a_clause_or_holds_half_a_pair_of_marks_is_no_proposal() -> None:
    article = article_of("他说“青松计划”很好，一定去。")
    tagged = tagged_of(article)
    spans = [Span(2, 7), Span(8, 12), Span(2, 8)]
    verdict = arbitrate(article, tagged, [[]], [dict.fromkeys(spans, score("Product", 250))], MODEL)

    assert {text for text, _, _ in names(verdict)} == {"“青松计划”"}


def test_places_that_the_rules_have_settled_and_two_bodies_side_by_side_are_no_proposals() -> None:
    article = article_of("永顺县石堤镇签约。甲县泰兴讲话。海川科技有限公司白山电子有限公司参加。")
    tagged = tagged_of(article)
    chain, town, bodies = "永顺县石堤镇", "泰兴", "海川科技有限公司白山电子有限公司"
    spans = [Span(at, at + len(name)) for name in (chain, town, bodies) for at in [article.text.index(name)]]
    found = [
        [Mention(Span(0, 3), "永顺县", "Place", "x"), Mention(Span(3, 6), "石堤镇", "Place", "x")],
        [],
        [],
    ]
    kinds: tuple[EntityType, ...] = ("Place", "Place", "Organization")
    scores = [{span: score(kind, 250)} for span, kind in zip(spans, kinds, strict=True)]
    verdict = arbitrate(article, tagged, found, scores, MODEL)

    assert {text for text, _, _ in names(verdict)} == {"永顺县", "石堤镇"}
    assert not {chain, town, bodies} & set(verdict.sure)


def test_confidence_and_names_are_the_same_in_any_company() -> None:
    article = read_article(ARTICLE)
    pipeline = Pipeline()
    ((_, tagged),) = pipeline.tag([article])
    alone = [default_tagger().tag([sentence.sentence])[0] for sentence in tagged]

    assert pipeline.find(article, tagged) == pipeline.find(article, alone)
