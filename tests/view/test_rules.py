"""By what facts were read, in words: a reader of the page is told no ids."""

from __future__ import annotations

import re

import pytest

import kg.view.rules
from kg.base.errors import ResourceError
from kg.facts.pattern import load_patterns
from kg.things.resolve import RULES
from kg.view.picture import Fact, Node, Picture
from kg.view.rules import rules_of, worded

PATTERNS = {each.id for each in load_patterns().all}
MERGES = {rule for rule, _ in RULES}
OTHERS = {"by-hand", "model", "judge", "place-code", "declared-short-form"}


def test_every_rule_on_names_has_words_and_nearly_every_pattern_has() -> None:
    assert set(worded()) >= MERGES | OTHERS
    assert len(PATTERNS - set(worded())) <= len(PATTERNS) / 10  # the page tells these by their relation


def test_no_words_are_left_of_what_is_gone() -> None:
    assert set(worded()) <= PATTERNS | MERGES | OTHERS


def test_words_are_in_their_language_and_name_no_id() -> None:
    for rule, (zh, en) in worded().items():
        assert re.search(r"[\u4e00-\u9fff]", zh), rule
        assert not re.search(r"[a-z]", zh), rule
        assert re.fullmatch(r"[A-Za-z,:' -]+", en), rule
        assert len(zh) <= 30, rule


def test_a_page_has_the_words_of_the_rules_it_names_alone() -> None:
    node = Node("https://example.org/kg/e1", "Person", "甲", ("甲", "乙"), merges=(("乙", "same-name"),))
    fact = Fact("https://example.org/kg/f1", node.iri, "met", node.iri, pattern="met-saw, unheard-of")

    assert list(rules_of(Picture((node,), (fact,)))) == ["met-saw", "same-name"]


def test_an_entry_that_is_no_pair_of_words_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.view.rules, "load_toml", lambda _: {"patterns": {"met-saw": ["甲会见乙"]}})
    worded.cache_clear()

    with pytest.raises(ResourceError, match=r"patterns\.met-saw: no pair of words"):
        worded()
    monkeypatch.undo()
    worded.cache_clear()
