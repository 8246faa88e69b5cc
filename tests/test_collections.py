"""``kg build`` on a collection: what is said of its lines, of equal ids and texts, and of what has no date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli.app import app

BRIDGE = "青山村村长王大海主持修桥。"
SCHOOL = "白水镇镇长李小明主持办学。"
ROWS = [
    {"id": "a", "text": BRIDGE, "date": "2024-05-01"},
    {"id": "b", "text": SCHOOL},
    {"id": "b", "text": f"{SCHOOL}{BRIDGE}"},
    {"id": "c", "text": BRIDGE},
    {"id": "d"},
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lines = [json.dumps(row, ensure_ascii=False) for row in ROWS]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("place")
def test_what_stands_twice_what_is_bad_and_what_has_no_date_is_said() -> None:
    done = CliRunner().invoke(app, ["build", "many.jsonl", "--no-validate"])

    assert done.exit_code == 3
    assert "3 articles read" in done.output
    assert "ids that stand more than once, each time with a name of its own (1): b (2)" in done.output
    assert "articles that have the text of another and count once (1): c = a" in done.output
    assert "articles without a date (2 of 3; --meta FILE gives them one): b, b-2" in done.output
    assert "skipped many.jsonl:5: has no text; its fields: 'id'" in done.output
    assert sorted(kg.load("out").texts) == ["a", "b", "b-2"]


def test_a_table_gives_the_dates_that_the_collection_lacks(place: Path) -> None:
    (place / "meta.csv").write_text("file,date\nb,2024-06-01\nc,2024-06-02\n", encoding="utf-8")

    done = CliRunner().invoke(app, ["build", "many.jsonl", "--meta", "meta.csv", "--no-validate"])

    assert "without a date" not in done.output
    assert len(kg.load("out").query("articles")) == 3


@pytest.mark.usefixtures("place")
def test_personal_data_in_ids_are_masked_too(place: Path) -> None:
    row = {"id": "电话13812345678", "text": f"{BRIDGE}电话13812345678。"}
    (place / "one.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")

    CliRunner().invoke(app, ["build", "one.jsonl", "--mask", "phone", "--no-validate"])

    assert [path.name for path in (place / "out" / "articles").iterdir()] == ["电话×××××××××××.txt"]
