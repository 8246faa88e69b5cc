"""Lists of words: what a broken one is told, and that the longest word wins."""

from __future__ import annotations

import re

import pytest

from kg.base.errors import ResourceError
from kg.base.wordlist import WordTable, any_of, either, longest_first, read_words

TABLE = WordTable(
    "data/language/x.toml",
    {
        "ends": ["局", "总局", "局"],
        "good": ["局", "总局"],
        "text": "局 部\n厅",
        "plain": "局部",
        "number": ["局", 3],
        "empty": ["局", ""],
        "blank": ["  "],
        "none": "",
        "inner": {"a": ["甲"], "b": ["乙", "丙"]},
        "pairs": {"甲": "乙"},
        "entries": [{"id": "one", "words": ["甲"]}, {"words": ["甲", "甲"]}],
        "hollow": {},
    },
)


def test_the_longest_word_wins() -> None:
    assert longest_first(["部", "局", "总局", "局"]) == ("总局", "局", "部")
    assert either(["a.b", "a"]) == r"a\.b|a"
    assert any_of(("签署", "签署了")).match("签署了协议")[0] == "签署了"  # type: ignore[index]


def test_no_words_match_nothing() -> None:
    assert re.search(either(()), "任何") is None


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("ends", "'ends' has '局' twice (leave one out)"),
        ("plain", "'plain' is not a list of words"),
        ("number", "it holds 3"),
        ("empty", "it holds ''"),
        ("blank", "it holds '  '"),
        ("missing", "'missing' is not a list of words"),
    ],
)
def test_a_broken_list_is_told_in_one_line_what_is_wrong(key: str, told: str) -> None:
    with pytest.raises(ResourceError) as caught:
        TABLE.words(key)
    assert str(caught.value).startswith("data/language/x.toml: ")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_list_is_read_in_its_order() -> None:
    assert TABLE.words("good") == ("局", "总局")
    assert TABLE.words("empty", empty_word=True) == ("局", "")
    assert TABLE.characters("text") == {"局", "部", "厅"}
    assert TABLE.table("inner").groups() == {"a": ("甲",), "b": ("乙", "丙")}
    assert TABLE.table("pairs").pairs() == {"甲": "乙"}


def test_an_error_names_the_table_and_the_entry() -> None:
    with pytest.raises(ResourceError, match=r"x\.toml, \[pairs\]: '甲' is not a list"):
        TABLE.table("pairs").groups()
    with pytest.raises(ResourceError, match=r"x\.toml, \[inner\]: 'a' is no word"):
        TABLE.table("inner").pairs()
    with pytest.raises(ResourceError, match=r"x\.toml, entries 2: 'words' has '甲' twice"):
        TABLE.tables("entries")[1].words("words")
    with pytest.raises(ResourceError, match=r"\[hollow\] is missing or empty"):
        TABLE.table("hollow")
    with pytest.raises(ResourceError, match=r"no \[\[inner\]\]"):
        TABLE.tables("inner")
    with pytest.raises(ResourceError, match="'none' is not a text"):
        TABLE.characters("none")


def test_an_unknown_key_is_told_what_it_may_mean() -> None:
    with pytest.raises(ResourceError, match=r"\[inner\]: unknown key 'b' \(did you mean 'bb'\?\)"):
        TABLE.table("inner").only("a", "bb")


def test_a_file_of_the_product_is_read() -> None:
    assert "书记" in read_words("language/titles.toml").words("endings")
