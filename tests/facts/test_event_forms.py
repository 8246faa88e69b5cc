"""Main events in many forms of news and of notices (``events/*.toml``): who and whom are right, and nothing is wrong."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from kg.base.model import EntityId, Reading
from kg.facts.event import DEEDS, DISASTER, KINDS
from kg.facts.main_event import MainEvent, main_event
from kg.pipeline import Pipeline
from kg.text.source import article_of

_FOLDER: Final = Path(__file__).parent / "events"
_FILES: Final = [
    (kind, tomllib.loads(path.read_text("utf-8")))
    for kind in (*KINDS, *DEEDS, DISASTER)
    for path in sorted((*_FOLDER.glob(f"{kind}.toml"), *_FOLDER.glob(f"{kind}_*.toml")))
]
_TOLD: Final = [(kind, wanted) for kind, file in _FILES for wanted in file["event"]]
_SILENT: Final = [(kind, one["text"]) for kind, file in _FILES for one in file["silent"]]
_MAIN: Final = {"purchase": "agents", "bid": "agents"}  # elsewhere to whom it is done


@cache
def _pipeline() -> Pipeline:
    return Pipeline()


def _read(text: str) -> tuple[Reading, MainEvent | None]:
    reading = _pipeline().read([article_of(text.strip())])[0]
    return reading, main_event(reading)


def _names(reading: Reading, entities: tuple[EntityId, ...], wanted: list[str]) -> set[str]:
    """Return what is wanted of entities by the names that the article gives them, and the name of each that is not."""
    texts = {entity: {link.text for link in reading.links if link.entity == entity} for entity in entities}
    own = {entity.id: entity.name for entity in reading.entities}
    return {
        next((name for name in wanted if name in texts[entity] or name == own[entity]), own[entity])
        for entity in entities
    }


def faults(kind: str, wanted: dict[str, Any], reading: Reading, event: MainEvent) -> list[str]:
    """Return what an event says that its article does not."""
    found = [f"is {event.kind}"] if event.kind != kind else []
    if event.status != wanted.get("status", "asserted"):
        found.append(f"is {event.status}")
    both = wanted.get("both", [])
    for side, entities in (("agents", event.agents), ("patients", event.patients)):
        names = wanted.get(side, both)
        found += sorted(_names(reading, entities, names) - set(names))
    own = {entity.id: entity.name for entity in reading.entities}
    if kind == DISASTER and not _names(
        reading, (event.place,) if event.place else (), wanted["places"]
    ) <= set(wanted["places"]):
        found.append(own[event.place] if event.place else "nowhere")
    return found


@pytest.mark.parametrize(
    ("kind", "wanted"), _TOLD, ids=[f"{k}-{w['text'].split()[0][:24]}" for k, w in _TOLD]
)
def test_who_and_whom_are_found_in_every_form(kind: str, wanted: dict[str, Any]) -> None:
    reading, event = _read(wanted["text"])
    if event is None and wanted.get("may_be_silent"):
        return
    assert event is not None
    assert faults(kind, wanted, reading, event) == []
    if kind == DISASTER:
        assert event.place is not None
        return
    if "both" in wanted:
        found = _names(reading, (*event.agents, *event.patients), wanted["both"])
        assert found >= set(wanted.get("must", wanted["both"]))
        return
    side = _MAIN.get(kind, "patients")
    assert _names(reading, getattr(event, side), wanted[side]) >= set(wanted.get("must", wanted[side]))


@pytest.mark.parametrize(("kind", "text"), _SILENT, ids=[f"{k}-{t.split()[0][:24]}" for k, t in _SILENT])
def test_no_event_is_told_by_its_words_alone(kind: str, text: str) -> None:
    event = _read(text)[1]
    others = DEEDS if kind not in DEEDS else tuple(each for each in DEEDS if each != kind)
    assert event is None or event.kind in others
