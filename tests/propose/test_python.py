"""``kg.build(..., proposer=...)``: the same from Python as by the command."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from tests.propose.endpoint import Reply, endpoint, fact, facts

TEXT = "远山镇举办竹艺节\n2024年5月6日，青禾竹编公司与云溪大学签署合作协议。\n“竹韵杯”设计大赛由远山镇政府主办。\n"
SAYS = (
    fact("青禾竹编公司", "partneredWith", "云溪大学", "青禾竹编公司与云溪大学签署合作协议", "签署"),
    fact("云溪大学", "established", "“竹韵杯”设计大赛", "“竹韵杯”设计大赛由远山镇政府主办", "主办"),
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "probe.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_what_a_model_answered_is_proposed_and_later_builds_ask_nobody(tmp_path: Path, article: Path) -> None:
    def good(reply: Reply) -> None:
        reply.say(facts(*SAYS))

    steps: list[str] = []
    with endpoint(good) as own:
        asked = kg.build(
            article,
            proposer=kg.Proposer("m", own.url, tmp_path / "answers"),
            progress=lambda step, _done, _all: steps.append(step),
        )
        assert own.calls == 1
    kept = kg.build(article, proposer=kg.Proposer("m", cache=tmp_path / "answers"))

    assert "asking" in steps
    assert asked.to_turtle() == kept.to_turtle()
    assert asked.to_turtle() != kg.build(article).to_turtle()
    assert [row["object"] for row in asked.query("refused")] == ["“竹韵杯”设计大赛"]


def test_passages_without_an_answer_are_told(tmp_path: Path, article: Path) -> None:
    nobody = kg.Proposer("m", cache=tmp_path / "answers")

    with pytest.warns(UserWarning, match="1 of 1 passages are without an answer of 'm'"):
        kg.build(article, proposer=nobody)


@pytest.mark.parametrize(
    ("proposer", "says"),
    [
        (kg.Proposer(""), "is missing"),
        (kg.Proposer("m", "here"), "is no address of the web"),
        (kg.Proposer("m", "http://me:secret@h.example/v1"), "holds more than an address"),
    ],
)
def test_who_cannot_be_asked_is_refused(article: Path, proposer: kg.Proposer, says: str) -> None:
    with pytest.raises(kg.KgError, match=says):
        kg.build(article, proposer=proposer)
