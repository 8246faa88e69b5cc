"""How well the annotated articles are read may rise, and falls only when somebody says so.

``tests/floor.json`` holds the scores, with a digest of the articles they were measured on:
``pytest tests/test_floor.py --update-floor`` raises what has risen, ``--lower-floor`` sets all as it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.base.model import Reading
from kg.learn.gold import GoldArticle, load_gold
from kg.learn.score import Score, score_reading
from kg.pipeline import Pipeline

FLOOR = Path(__file__).parent / "floor.json"
FOLDERS = {
    "gold": Path(__file__).parent / "gold",
    "train": Path(__file__).parents[2] / "shared" / "gold" / "train",
}
MEASURES = ("typed", "relations", "figures", "figures+")
SHARES = ("precision", "recall", "f1")
SLACK = 0.0005  # what rounding may cost

Scores = dict[str, dict[str, float]]


def digest(folder: Path) -> str:
    """Return what tells one folder of annotated articles from another: their names, texts and annotations."""
    sums = hashlib.sha256()
    for path in sorted(each for each in folder.iterdir() if each.suffix in (".txt", ".json")):
        sums.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return sums.hexdigest()


def measured(gold: tuple[GoldArticle, ...], readings: tuple[Reading, ...]) -> Scores:
    """Return precision, recall and F1 of each measure, over all articles together."""
    total = Score()
    for item, reading in zip(gold, readings, strict=True):
        total.add(score_reading(reading, item))
    return {
        measure: {share: round(getattr(total.counts[measure], share), 4) for share in SHARES}
        for measure in MEASURES
    }


def fallen(floor: Scores, now: Scores) -> Iterator[str]:
    """Yield a line for each score that is below its floor."""
    for measure, shares in floor.items():
        for share, least in shares.items():
            if now[measure][share] < least - SLACK:
                yield f"{measure} {share}: {now[measure][share]:.4f}, pinned {least:.4f}"


def raised(floor: Scores, now: Scores) -> Scores:
    """Return the higher of each score."""
    return {
        measure: {share: max(score, floor[measure][share]) for share, score in shares.items()}
        for measure, shares in now.items()
    }


def _pin(name: str, entry: dict[str, Any]) -> None:
    pinned = json.loads(FLOOR.read_text(encoding="utf-8")) if FLOOR.exists() else {}
    FLOOR.write_text(json.dumps({**pinned, name: entry}, indent=2, sort_keys=True) + "\n", encoding="utf-8")


@pytest.mark.no_cover
@pytest.mark.parametrize("name", FOLDERS)
def test_no_score_is_below_its_floor(name: str, request: pytest.FixtureRequest) -> None:
    folder = FOLDERS[name]
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here")
    own = name == "gold"
    gold = request.getfixturevalue("annotated") if own else load_gold(folder)
    readings = request.getfixturevalue("read") if own else Pipeline().read([item.article for item in gold])
    now, articles = measured(gold, readings), digest(folder)
    if request.config.getoption("--lower-floor"):
        _pin(name, {"articles": articles, "scores": now})

    pinned = json.loads(FLOOR.read_text(encoding="utf-8"))[name]

    assert pinned["articles"] == articles, (
        f"the articles of {folder} are not those the floor was measured on: "
        "scores of other articles say nothing; pin them anew with --lower-floor"
    )
    if request.config.getoption("--update-floor"):
        _pin(name, {"articles": articles, "scores": raised(pinned["scores"], now)})
    below = list(fallen(pinned["scores"], now))
    assert not below, "\n".join(
        [f"{folder.name} is read worse than before; mend it, or say so with --lower-floor", *below]
    )


def test_a_score_below_its_floor_is_named_and_rounding_is_not() -> None:
    floor = {"typed": {"precision": 0.9, "recall": 0.8, "f1": 0.85}}

    assert list(fallen(floor, {"typed": {"precision": 0.8996, "recall": 0.9, "f1": 0.85}})) == []
    assert list(fallen(floor, {"typed": {"precision": 0.95, "recall": 0.79, "f1": 0.85}})) == [
        "typed recall: 0.7900, pinned 0.8000"
    ]


def test_raising_a_floor_lowers_nothing() -> None:
    floor, now = {"typed": {"precision": 0.9, "recall": 0.8}}, {"typed": {"precision": 0.8, "recall": 0.9}}

    assert raised(floor, now) == {"typed": {"precision": 0.9, "recall": 0.9}}


def test_another_word_in_an_article_is_another_digest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    before = digest(tmp_path)
    (tmp_path / "README.md").write_text("no article", encoding="utf-8")
    assert digest(tmp_path) == before

    (tmp_path / "a.txt").write_text("乙", encoding="utf-8")

    assert digest(tmp_path) != before
