"""Looking for rings of garbage: seldom while articles are read, and as often as before when that is done."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from kg.base.garbage import SELDOM, seldom_collected
from kg.pipeline import Pipeline
from kg.text.source import article_of


@pytest.fixture
def often() -> Iterator[tuple[int, int, int]]:
    """The interpreter's own thresholds, whatever those of the run of tests are."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield 700, 10, 10
    gc.set_threshold(*before)


def test_what_is_wanted_twice_ends_with_the_last_that_wanted_it(often: tuple[int, int, int]) -> None:
    first, second = seldom_collected(), seldom_collected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold() == SELDOM
    second.__exit__(None, None, None)
    assert gc.get_threshold() == often


@pytest.mark.parametrize("rarer", [(0, 10, 10), (SELDOM[0] + 1, 5, 5)], ids=["never", "more seldom"])
@pytest.mark.usefixtures("often")
def test_who_looks_more_seldom_is_left_alone(rarer: tuple[int, int, int]) -> None:
    gc.set_threshold(*rarer)
    with seldom_collected():
        assert gc.get_threshold() == rarer
    assert gc.get_threshold() == rarer


def test_it_is_so_while_an_article_is_read(
    often: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def look(*_: object) -> tuple[()]:
        seen.append(gc.get_threshold())
        return ()

    monkeypatch.setattr(Pipeline, "_read", look)
    Pipeline().read([article_of("甲市召开会议。", "one")])
    assert (seen, gc.get_threshold()) == ([SELDOM], often)
