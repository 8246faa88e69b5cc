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
        (
            "{长河论坛|E}召开。在当天的启动活动上，天气很好。{李明山|P}出席，{江北电子|O}负责人参加。",
            "江北电子",
        ),
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


@pytest.mark.parametrize(
    ("source", "last"),
    [
        ("{长河会议|E}在{南江市|L}召开，标志着{江北大会|E}进入筹备。", "长河会议"),
        ("{南江市|L}召开{长河会议|E}，为{江北大会|E}作准备。", "长河会议"),
        ("{长河会议|E}召开，{江北大会|E}随后举行。", "江北大会"),
        ("{长河会议|E}召开，{江北大会|E}将举行。", "长河会议"),
    ],
)
def test_the_event_that_is_held_stands_last(source: str, last: str) -> None:
    _, _, (sentence, *_) = annotate(source)
    assert events_in(passages(sentence))[-1].text == last


@pytest.mark.parametrize("source", ["贯彻{长河会议|E}精神。", "{长河会议|E}精神很好。", "{江北地震|E}发生。"])
def test_cited_event_and_calamity_are_no_scene(source: str) -> None:
    _, _, (sentence, *_) = annotate(source)
    assert events_in(passages(sentence)) == []


@pytest.mark.parametrize(
    "source",
    [
        "{长河毕业典礼|E}举行。会上，{李明山|P}宣读决定。",
        "{长河毕业典礼|E}举行。{李明山|P}出席并讲话。",
        "{长河毕业典礼|E}举行。校长{李明山|P}，副校长{王秋水|P}出席。",
    ],
)
def test_meeting_without_a_name_is_the_last_gathering(source: str) -> None:
    assert "李明山 > 长河毕业典礼" in attended(source)


@pytest.mark.parametrize(
    "source",
    [
        "{长河毕业典礼|E}举行。{江北电子|O}参展。",
        "{长河毕业典礼|E}举行。{江北电子|O}发言人{李明山|P}主持例行记者会。",
        "{长河地铁|E}开通。会上，{李明山|P}宣读决定。",
    ],
)
def test_not_every_event_is_a_gathering_nor_every_meeting_the_same(source: str) -> None:
    assert attended(source) == set()


def test_event_that_a_part_of_it_stands_for() -> None:
    found = attended("{长河合作活动|E}举行。{李明山|P}在当天的启动活动上致辞。")
    assert "李明山 > 长河合作活动" in found
