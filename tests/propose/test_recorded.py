"""The source article and ten invented ones, with answers that were recorded: what the way as a whole brings, and what it refuses.

The answers are written by hand as models answer, right, half right and invented; so the figures say that the way works, and
nothing of any model.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.base.model import BY_MODEL, Reading
from kg.cli.app import app
from kg.learn.gold import GoldArticle, load_gold
from kg.learn.proposals import measured, settings
from kg.learn.score import Count, Score, score_reading
from kg.pipeline import Pipeline
from kg.propose.asking import Model, planned
from kg.propose.cache import Cache
from kg.propose.prompt import prompt_of
from tests.propose.endpoint import endpoint
from tests.propose.record import ANSWERS, MODEL, RECORDED, answers, record


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@cache
def gold() -> tuple[GoldArticle, ...]:
    plan = planned([each.article for each in load_gold(RECORDED)], Model(MODEL), Cache(ANSWERS))
    return tuple(
        replace(item, article=article)
        for item, article in zip(load_gold(RECORDED), plan.answered(), strict=True)
    )


@cache
def readings() -> tuple[Reading, ...]:
    return Pipeline().read([each.article for each in gold()])


def scored(read: tuple[Reading, ...]) -> Score:
    total = Score()
    for item, reading in zip(gold(), read, strict=True):
        total.add(score_reading(reading, item))
    return total


def test_the_recorded_answers_are_those_of_the_prompts_of_today(tmp_path: Path) -> None:
    record(tmp_path)

    assert files(tmp_path) == files(ANSWERS), "python -m tests.propose.record"


def test_the_model_adds_recall_and_costs_no_precision() -> None:
    plain = Pipeline().read([replace(each.article, asked=None) for each in gold()])
    before, after = scored(plain).counts, scored(readings()).counts

    def better(name: str) -> tuple[Count, Count]:
        assert after[name].recall > before[name].recall
        assert after[name].precision >= before[name].precision
        return before[name], after[name]

    better("typed")
    rules, both = better("relations")
    assert both.f1 > rules.f1 + 0.15


def test_what_was_invented_planned_denied_or_ordered_is_refused() -> None:
    reasons = Counter(each.reason for reading in readings() for each in reading.refused)
    refused = {
        (each.subject, each.predicate, each.object) for reading in readings() for each in reading.refused
    }
    found = {
        (fact.subject.split(":")[1], fact.predicate, fact.object.split(":")[1])
        for reading in readings()
        for fact in reading.facts
        if fact.pattern == BY_MODEL
    }

    assert set(reasons) >= {"quote", "subject", "object", "planned", "denied", "trigger", "predicate", "type"}
    assert {
        ("翠屏茶场", "subOrganizationOf", "半山茶馆"),  # the article orders the model to say so
        ("白石陶瓷公司", "investedIn", "南桥釉料厂"),
        ("北岸置业公司", "investedIn", "华川路桥集团"),
        ("刘勇", "holdsPosition", "高新区管委会"),
    } <= refused
    assert not refused & found


def test_every_quote_of_what_the_model_found_stands_in_its_article() -> None:
    proposed = [(reading, fact) for reading in readings() for fact in reading.facts if fact.model]

    assert len(proposed) > 20
    for reading, fact in proposed:
        assert all(each.span.of(reading.article.text) == each.quote for each in fact.evidence)


def test_how_sure_proposals_are_is_measured_on_the_articles_of_the_user() -> None:
    found = measured(scored(readings()))
    text = settings(found)

    assert sum(map(sum, found.values())) > 10
    assert text.startswith("[model.confidence]\n")
    assert re.fullmatch(r"(\w+ = 0\.\d+\n?)+", text.split("\n", 1)[1])


def test_by_the_command_with_an_endpoint_from_its_answers_and_with_nobody_there(tmp_path: Path) -> None:
    """Three builds of all articles: the same bytes; of the second and third nobody is asked anything."""
    texts = sorted(RECORDED.glob("*.txt"))
    words = by_passage()

    def build(out: Path, *more: object) -> str:
        command = ["build", *texts, "-o", out, "--no-validate", "--model-name", MODEL, *more]
        done = CliRunner().invoke(app, [*map(str, command)])
        assert done.exit_code == 0, done.output
        return done.output

    with endpoint(lambda reply: reply.say(words[reply.passage])) as own:
        told = build(tmp_path / "cold", "--model", own.url, "--model-cache", tmp_path / "cache")
        assert own.calls == len(words)
        build(tmp_path / "cached", "--model", own.url, "--model-cache", tmp_path / "cache")
        assert own.calls == len(words)
    build(tmp_path / "dead", "--offline", "--model-cache", ANSWERS)

    assert "refused" in told
    assert files(tmp_path / "cold") == files(tmp_path / "cached") == files(tmp_path / "dead")
    done = CliRunner().invoke(app, ["verify", "-g", str(tmp_path / "dead")])
    assert "every one proven" in done.output


def by_passage() -> dict[str, str]:
    plan = planned([each.article for each in load_gold(RECORDED)], Model(MODEL), Cache(ANSWERS))
    kept = answers()
    return {
        passage.text: kept[prompt_of(passage, MODEL).key]
        for each in plan.articles
        for passage, _ in each.asked
    }


# drafts ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("bamboo", "ferry"):
        shutil.copy(RECORDED / f"{name}.txt", folder)
    return folder


def annotate(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["annotate", *map(str, words)])
    return done.exit_code, done.output + str(done.exception or "")


def test_drafts_say_who_found_what_and_can_be_scored_as_they_are(tmp_path: Path, texts: Path) -> None:
    out = tmp_path / "drafts"
    status, told = annotate(texts, "-o", out, "--offline", "--model-name", MODEL, "--model-cache", ANSWERS)
    assert status == 0, told

    draft = json.loads((out / "bamboo.json").read_text(encoding="utf-8"))
    by = {each["found_by"] for each in draft["relations"]}
    assert {MODEL, "rules"} <= by | {"rules" for each in by if each.startswith("rules")}
    text = (out / "bamboo.txt").read_text(encoding="utf-8")
    assert all(each["quote"] in text and 0 <= each["sure"] <= 1 for each in draft["relations"])
    (first, *_) = load_gold(out)
    (own,) = Pipeline().read([first.article])
    assert score_reading(own, first).counts["relations"].precision == 1


def test_a_draft_that_somebody_has_corrected_is_not_written_over(tmp_path: Path, texts: Path) -> None:
    out = tmp_path / "drafts"
    assert annotate(texts, "-o", out)[0] == 0
    assert annotate(texts, "-o", out)[0] == 0
    corrected = (
        (out / "ferry.json").read_text(encoding="utf-8").replace('"optional": false', '"optional": true')
    )
    (out / "ferry.json").write_text(corrected, encoding="utf-8")

    status, told = annotate(texts, "-o", out)
    assert (status, "may hold your corrections" in told) == (1, True)
    assert (out / "ferry.json").read_text(encoding="utf-8") == corrected


def test_score_says_what_the_model_is_worth(tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    for name in ("bamboo", "museum"):
        for ending in (".txt", ".json"):
            shutil.copy(RECORDED / f"{name}{ending}", folder)
    command = ["score", folder, "--offline", "--model-name", MODEL, "--model-cache", ANSWERS]
    done = CliRunner().invoke(app, [*map(str, command)])

    assert done.exit_code == 0, done.output
    assert "without model" in done.output
    assert re.search(r"organized: \d right, 0 wrong", done.output)
    assert "[model.confidence]" in done.output
