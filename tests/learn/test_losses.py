"""The tables of losses count what ``kg score`` counts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kg.learn.gold import load_gold
from kg.learn.score import Score, read_gold, score_reading
from kg.pipeline import Pipeline

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"


def _printed(*more: str) -> str:
    command = [
        sys.executable,
        str(ROOT / "benchmarks" / "losses.py"),
        str(GOLD),
        "--least",
        "1",
        "--rows",
        "9999",
    ]
    return subprocess.run([*command, *more], capture_output=True, text=True, check=True).stdout


def test_the_tables_add_up_to_the_score() -> None:
    gold = load_gold(GOLD)
    total = Score()
    for reading, item in zip(read_gold(gold, Pipeline()), gold, strict=True):
        total.add(score_reading(reading, item))
    relations = [line.split() for line in _printed("--by", "predicate").splitlines()[3:] if line]
    sums = [sum(int(row[column]) for row in relations) for column in (1, 2, 3)]
    count = total.counts["relations"]
    assert count.missed > 0
    assert sums == [count.right, count.wrong, count.missed]
    lost = [line.split() for line in _printed("--by", "type").splitlines()[3:] if line]
    assert sum(int(row[-1]) for row in lost) == total.counts["entities"].missed


def test_a_row_of_few_articles_is_not_shown() -> None:
    shown = _printed("--by", "head", "--least", "1000")
    assert "more)" in shown
    assert not [line for line in shown.splitlines() if line.split()[0:1] in (["Organization"], ["Person"])]
