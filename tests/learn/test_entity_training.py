from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from kg.base.model import Span
from kg.learn.gold import GoldArticle, load_gold
from kg.learn.names import dump_entities, examples_of, fit, forbidden_names, read_names, train_names
from kg.names.net import Scores
from kg.things.confidence import load_model
from kg.words.net_weights import dump

pytest.importorskip("sklearn", reason="the extra train is not installed")
pytest.importorskip("torch", reason="the extra train is not installed")

pytestmark = pytest.mark.more

PEOPLE = ("陈大年", "王小明", "李四海", "赵文斌", "孙丽华", "周建国")
TOWNS = ("青川市", "江陵县", "云和县", "安阳市")


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> tuple[GoldArticle, ...]:
    """Twelve invented articles; in each a name that the rules find is left out of the annotation."""
    folder = tmp_path_factory.mktemp("gold")
    rng = random.Random(1)  # noqa: S311 - no secret
    for i in range(12):
        person, other, town = *rng.sample(PEOPLE, 2), rng.choice(TOWNS)
        text = (
            f"轴承厂开工\n{town}轴承厂厂长{person}昨天在{town}会见{other}。{person}说，北京大学将派人来厂。\n"
        )
        names = [(person, "Person"), (other, "Person"), (town, "Place"), (f"{town}轴承厂", "Organization")]
        entities = [{"id": str(n), "type": [kind], "names": [name]} for n, (name, kind) in enumerate(names)]
        (folder / f"a{i:02}.txt").write_text(text, encoding="utf-8")
        content = {"entities": entities, "relations": [], "figures": []}
        (folder / f"a{i:02}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return load_gold(folder)


def test_training_learns_what_annotators_leave_out_and_gives_the_same_bytes(
    gold: tuple[GoldArticle, ...], tmp_path: Path
) -> None:
    learned = train_names(gold, learning_curve=True)
    again = train_names(gold)
    assert dump_entities(learned.model) == dump_entities(again.model)
    assert dump(learned.net) == dump(again.net)
    report = learned.report
    assert report["articles"] == report["articles of this report"] == 12
    assert (
        report["with the net and the arbiter"]["typed precision"] > report["rules alone"]["typed precision"]
    )
    assert set(report["learning curve, by share of the articles"]) == {"0.25", "0.5", "0.75", "1.0"}
    assert len(learned.named) == 12
    (tmp_path / "entity.json").write_bytes(dump_entities(learned.model))
    assert load_model(tmp_path / "entity.json") == learned.model


def test_how_well_rules_do_where_they_were_made_is_not_learned(gold: tuple[GoldArticle, ...]) -> None:
    articles, _ = read_names(gold)
    scores: list[Scores] = [[{} for _ in article.tagged] for article in articles]
    examples = examples_of(articles, scores, read=6)
    assert {example.article for example in examples if "read=rules" in example.features} == set(range(6))
    assert not [feature for feature in fit(examples, frozenset()).weights if feature.startswith("read=")]


def test_no_feature_holds_an_annotated_person_or_organisation(gold: tuple[GoldArticle, ...]) -> None:
    articles, _ = read_names(gold)
    names = forbidden_names(gold)
    learned = fit(examples_of(articles, [[{} for _ in article.tagged] for article in articles]), names)
    assert names >= set(PEOPLE[:1])
    assert not any(name in feature for feature in learned.weights for name in names)
    assert any("轴承" in feature or "厂" in feature for feature in learned.weights)


def test_what_only_the_net_proposes_is_an_example_too(gold: tuple[GoldArticle, ...]) -> None:
    articles, _ = read_names(gold)
    text = articles[0].article.text
    at = text.index("轴承厂开工")
    sure = Span(at, at + 5), (-300,) * 5 + (200, -300)
    scores = [[dict([sure]) if i == 0 else {} for i in range(len(own.tagged))] for own in articles]
    found = [example for example in examples_of(articles, scores) if example.name == "轴承厂开工"]
    assert {example.right for example in found} == {False}
    assert "net>192" in found[0].features
