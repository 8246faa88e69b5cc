"""A tiny article whose right answer is known, and that answer as a system would give it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.learn.gold import GoldArticle, load_gold

TEXT = """柳河县举办读书节
4月23日，柳河县文化馆举办“柳河读书节”，馆长方小雨致辞。柳河县文化馆有藏书约3万册。
"""
GOLD: dict[str, Any] = {
    "article": "tiny",
    "entities": [
        {"id": "county", "type": ["Place"], "names": ["柳河县"]},
        {"id": "hall", "type": ["Organization"], "names": ["柳河县文化馆"]},
        {"id": "feast", "type": ["Activity"], "names": ["柳河读书节", "读书节"]},
        {"id": "fang", "type": ["Person"], "names": ["方小雨"]},
    ],
    "relations": [
        {"s": "hall", "p": ["organized"], "o": "feast"},
        {"s": "fang", "p": ["holdsPosition"], "o": "hall", "role": "馆长"},
    ],
    "figures": [{"value": 30000, "unit": ["册"], "modifier": ["about"], "of": "藏书", "subject": ["hall"]}],
}
PERFECT: dict[str, Any] = {
    "entities": [
        {"id": "1", "type": "Place", "names": ["柳河县"]},
        {"id": "2", "type": "Organization", "names": ["柳河县文化馆"]},
        {"id": "3", "type": "Activity", "names": ["柳河读书节", "读书节"]},
        {"id": "4", "type": "Person", "names": ["方小雨"]},
    ],
    "relations": [
        {"subject": "2", "predicate": "organized", "object": "3", "quote": "柳河县文化馆举办“柳河读书节”"},
        {
            "subject": "4",
            "predicate": "holdsPosition",
            "object": "2",
            "role": "馆长",
            "quote": "柳河县文化馆举办“柳河读书节”，馆长方小雨致辞",
        },
    ],
    "figures": [
        {
            "value": 30000,
            "unit": "册",
            "modifier": "about",
            "label": "藏书",
            "owner": "2",
            "quote": "柳河县文化馆有藏书约3万册",
        }
    ],
}


@pytest.fixture
def tiny(tmp_path: Path) -> GoldArticle:
    """An article with four things, two relations and a figure."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "tiny.txt").write_text(TEXT, encoding="utf-8")
    (folder / "tiny.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (article,) = load_gold(folder)
    return article


@pytest.fixture
def perfect() -> dict[str, Any]:
    """What a perfect system finds in it; a copy of its own for each test."""
    copy: dict[str, Any] = json.loads(json.dumps(PERFECT))
    return copy
