"""Scenes: who takes part in an event that only a noun stands for."""

from __future__ import annotations

import pytest

from kg.facts.marked import annotate, candidates, says
from kg.facts.passage import passages
from kg.facts.scene import event_of, events_in
from kg.facts.topic import Topics


def attended(source: str) -> set[str]:
    return {says(one) for one in candidates(source) if one.predicate == "participatedIn"}


@pytest.mark.parametrize(
    ("source", "who"),
    [
        ("{长河论坛|E}召开。{李明山|P}在论坛上表示，很好。", "李明山"),
        ("{长河论坛|E}召开。{李明山|P}出席论坛。", "李明山"),
        ("{长河论坛|E}召开。{李明山|P}出席并讲话。", "李明山"),
        ("{长河论坛|E}召开。{长河机械|O}的代表出席论坛。", "长河机械"),
        ("{长河论坛|E}召开。论坛由{李明山|P}主持。", "李明山"),
        ("{长河论坛|E}召开。出席嘉宾：{李明山|P}。", "李明山"),
    ],
)
def test_who_speaks_or_attends_takes_part(source: str, who: str) -> None:
    assert f"{who} > 长河论坛" in attended(source)


@pytest.mark.parametrize(
    "source",
    [
        "{李明山|P}出席论坛。",
        "{长河论坛|E}召开。{李明山|P}出席{江北论坛|E}。",
        "{长河论坛|E}召开。天气很好。{李明山|P}负责节目主持。",
    ],
)
def test_who_attends_nothing_named_before_takes_no_part(source: str) -> None:
    assert "李明山 > 长河论坛" not in attended(source)


def test_noun_stands_for_the_last_event_whose_name_ends_like_it() -> None:
    _, _, (sentence, *_) = annotate("{长河论坛|E}、{江北论坛|E}和{江北博览会|E}召开。")
    topics = Topics(events=events_in(passages(sentence)))
    texts = [
        link.text if (link := event_of(noun, topics)) else "" for noun in ("论坛", "博览会", "开幕式", "演习")
    ]
    assert texts == ["江北论坛", "江北博览会", "江北博览会", ""]


@pytest.mark.parametrize("source", ["贯彻{长河会议|E}精神。", "{长河会议|E}精神很好。", "{江北地震|E}发生。"])
def test_cited_event_and_calamity_are_no_scene(source: str) -> None:
    _, _, (sentence, *_) = annotate(source)
    assert events_in(passages(sentence)) == []
