"""Which sources say something in the same words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.corpus.groups import Groups
from kg.corpus.same_words import are_same_words, independent

LONG = "青禾集团有限公司董事长林远山在湖州市举行的发展大会上对与会的三百多位来宾作出说明"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (LONG, LONG, True),
        (LONG, f"记者获悉，{LONG}", True),
        (LONG, LONG.replace("湖州市", "云溪县").replace("三百多位", "数百名"), True),
        (LONG, LONG[:20], False),
        (LONG, LONG[::-1], False),
        ("青禾集团成立", "青禾集团成立", False),
        (LONG, "苏明德出席青禾农业有限公司年会并为获奖员工颁奖，林远山等三百多位来宾参加了大会说明", False),
    ],
)
def test_sentences_are_the_same_but_for_a_fifth(one: str, other: str, *, same: bool) -> None:
    assert are_same_words(one, other) == are_same_words(other, one) == same


def test_sources_are_grouped_by_copies_and_by_words() -> None:
    copies = Groups[str]()
    copies.join("a", "b")
    found = independent({"a": ["甲"], "b": ["乙"], "c": [LONG], "d": [f"据悉，{LONG}"], "e": ["丙"]}, copies)

    assert len({found.of(each) for each in "abcde"}) == 3
    assert found.of("a") == found.of("b")
    assert found.of("c") == found.of("d")


def test_comparing_is_work_in_proportion_to_pairs_but_little_of_it(
    calls: Callable[[Callable[[], object]], int],
) -> None:
    """Sources that say it in words of their own are told apart by a look at their pairs of characters."""

    def work(number: int) -> Callable[[], object]:
        sentences = {
            f"{at:03}": ["".join(chr(0x4E00 + at * 40 + each) for each in range(40))] for at in range(number)
        }
        return lambda: independent(sentences, Groups[str]())

    assert calls(work(100)) < 5 * calls(work(50))
