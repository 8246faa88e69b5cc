from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.learn.figures import dump_figures, train_figures
from kg.learn.gold import GoldArticle, load_gold

pytest.importorskip("sklearn", reason="the extra train is not installed")

pytestmark = pytest.mark.more

TEXTS = [
    "{a}招聘工人{n}名，{b}招聘工人{m}名。",
    "今年{a}投资{n}万元，{b}投资{m}万元。",
    "{a}培训学员{n}人，{b}培训学员{m}人。",
]
NAMES = [("青禾公司", "白石公司"), ("南山厂", "北河厂"), ("东湖集团", "西岭集团")]


@pytest.fixture
def gold_dir(tmp_path: Path) -> tuple[GoldArticle, ...]:
    """Six invented articles in which each figure belongs to the name before it."""
    for i in range(6):
        a, b = NAMES[i % 3]
        template = TEXTS[i // 2]
        n, m = 31 + i, 57 + i
        unit, scale = ("名", 1) if i < 2 else ("元", 10_000) if i < 4 else ("人", 1)
        text = "厂区新闻一则\n" + template.format(a=a, b=b, n=n, m=m) + "\n"
        gold = {
            "article": f"a{i}",
            "entities": [
                {"id": "a", "type": ["Organization"], "names": [a]},
                {"id": "b", "type": ["Organization"], "names": [b]},
            ],
            "relations": [],
            "figures": [
                {"value": v * scale, "unit": [unit], "modifier": [""], "of": "", "subject": [s]}
                for v, s in ((n, "a"), (m, "b"))
            ],
        }
        (tmp_path / f"a{i}.txt").write_text(text, encoding="utf-8")
        (tmp_path / f"a{i}.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return load_gold(tmp_path)


def test_the_same_articles_give_the_same_bytes(gold_dir: tuple[GoldArticle, ...]) -> None:
    assert dump_figures(train_figures(gold_dir)) == dump_figures(train_figures(gold_dir))


def test_what_the_articles_say_is_learned(gold_dir: tuple[GoldArticle, ...]) -> None:
    training = train_figures(gold_dir)
    assert training.report["articles"] == 6
    assert training.report["names given"]["figures"]["recall"] == 1
    assert training.report["names given"]["whose"]["recall"] > 0.6
    assert not any(name in feature for feature in training.model.weights for pair in NAMES for name in pair)
