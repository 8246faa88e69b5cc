from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from kg.learn.gold import GoldArticle, load_gold
from kg.learn.names import (
    dump_entities,
    examples_of,
    forbidden_names,
    more_examples_of,
    read_names,
    train_entities,
)
from kg.things.confidence import load_model

pytest.importorskip("sklearn")

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
    learned = train_entities(gold, learning_curve=True)
    assert learned["weights"] == train_entities(gold)["weights"]
    report = learned["report"]
    assert report["articles"] == 12
    assert report["without doubtful things"]["typed precision"] > report["rules alone"]["typed precision"]
    assert {"ablation", "calibration", "learning curve, by share of the articles"} <= set(report)
    (tmp_path / "entity.json").write_bytes(dump_entities(learned))
    assert load_model(tmp_path / "entity.json").weights == learned["weights"]


def test_no_feature_holds_an_annotated_person_or_organisation(gold: tuple[GoldArticle, ...]) -> None:
    learned = train_entities(gold)
    names = forbidden_names(gold)
    assert names >= set(PEOPLE[:1])
    assert not any(name in feature for feature in learned["weights"] for name in names)
    assert any("轴承" in feature or "厂" in feature for feature in learned["weights"])


def test_names_not_taken_are_examples_to_learn_from_and_not_to_judge(gold: tuple[GoldArticle, ...]) -> None:
    articles = read_names(gold)
    taken = {(example.article, example.name) for example in examples_of(articles)}
    more = more_examples_of(articles)
    assert more
    assert not {(example.article, example.name) for example in more} & taken
