"""Words sought all at once."""

from __future__ import annotations

from kg.base.finder import Finder


def test_the_longest_word_counts_where_several_begin() -> None:
    finder = Finder(["签署", "签署了", "协议", "签署"])
    assert finder.words == ("签署", "签署了", "协议")
    assert list(finder.longest("双方签署了协议")) == [("签署了", 2, 5), ("协议", 5, 7)]


def test_words_inside_others_stand_in_a_text_too() -> None:
    assert Finder(["投资", "投资建设", "资建"]).within("甲投资建设乙") == {"投资", "投资建设", "资建"}


def test_a_text_has_a_word_or_none() -> None:
    finder = Finder(["据", "？"])
    assert finder.finds("这是真的吗？")
    assert not finder.finds("这是真的。")


def test_no_words_are_found_nowhere() -> None:
    finder = Finder(())
    assert list(finder.longest("任何")) == []
    assert finder.within("任何") == set()
    assert not finder.finds("任何")
