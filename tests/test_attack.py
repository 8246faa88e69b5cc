"""The program that attacks: every attack is in its table, and what should not have been is a fault."""

from __future__ import annotations

import random
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def attack() -> Any:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return import_module("attack")
    finally:
        sys.path.remove(str(BENCHMARKS))


def _one(attack: Any, folder: Path) -> Any:
    return attack.Attack(folder, random.Random(1), time.monotonic())  # noqa: S311 - no secret


def test_an_attack_that_ends_otherwise_than_promised_is_a_fault(
    attack: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(under_way: Any) -> None:
        """Break something."""
        under_way.note("held")
        raise OSError("broken")

    monkeypatch.setattr(attack, "ATTACKS", {"one": breaks})

    done = attack.run(0, 1)

    assert "| one | Break something | 2 | attack ended 1, held 1 | 1 |" in attack.table(done)


def test_files_that_are_read_though_they_should_not_are_faults(
    attack: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, broken = _one(attack, tmp_path / "a"), _one(attack, tmp_path / "b")
    for each in (held, broken):
        each.folder.mkdir()
    attack.hostile_files(held)
    monkeypatch.setattr(attack, "_read", lambda *_: None)
    attack.hostile_files(broken)

    assert held.faults == []
    assert len(broken.faults) == len(attack.ODD) * len(attack.SUFFIXES)


def test_other_bytes_and_quotes_that_are_not_exact_are_faults(
    attack: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way = _one(attack, tmp_path)
    attack.hostile_texts(under_way)
    assert under_way.faults == []

    monkeypatch.setattr(attack, "verify", lambda *_: type("Report", (), {"ok": False}))
    attack.hostile_texts(under_way)
    assert under_way.faults


def test_documents_that_end_otherwise_than_in_one_line_are_faults(
    attack: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, broken, wrote = (_one(attack, tmp_path / each) for each in "abc")
    for each in (held, broken, wrote):
        each.folder.mkdir()
    monkeypatch.setattr(attack, "_broken", lambda _, data: data[:100])
    attack.hostile_documents(held)

    def breaks(paths: Any) -> Any:
        raise RecursionError(str(paths))

    def writes(paths: Any) -> Any:
        (paths[0].parent / "out").touch()
        return iter(())

    monkeypatch.setattr(attack, "gather", breaks)
    attack.hostile_documents(broken)
    monkeypatch.setattr(attack, "gather", writes)
    attack.hostile_documents(wrote)

    assert held.faults == []
    assert held.tried.total() >= 4
    assert len(broken.faults) == len(wrote.faults) == 4


def test_decisions_that_are_not_proven_or_not_refused_in_one_line_are_faults(
    attack: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way = _one(attack, tmp_path)
    attack.hostile_decisions(under_way)
    assert under_way.faults == []

    monkeypatch.setattr(attack, "verify", lambda *_: type("Report", (), {"ok": False}))
    attack.hostile_decisions(under_way)
    assert under_way.faults
