"""The learned judge: what it adds, how sure it is, and that no name is in what it learned."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg.base.errors import ResourceError
from kg.base.model import Fact
from kg.base.resources import data_path
from kg.facts.judge.learned import LearnedJudge, RelationModel, default_model, dump, parse
from kg.facts.judge.pair import PREDICATES, find_pairs
from kg.facts.judge.rules import RuleJudge
from kg.learn.gold import load_gold
from kg.pipeline import Pipeline
from kg.text.source import article_of

GOLD = Path(__file__).parents[1] / "gold"
SHARED = Path(__file__).parents[3] / "shared" / "gold"
ANNOTATED = [
    GOLD,
    *(
        pytest.param(SHARED / name, marks=pytest.mark.skipif(not (SHARED / name).is_dir(), reason="not here"))
        for name in ("train", "fresh1", "fresh2", "dev")
    ),
]
TEXT = "甲市召开经济工作会议\n甲市市长王小明主持会议。长河集团董事长李大海、远山大学教授赵明亮参加全市经济工作会议。"


def facts(judge: LearnedJudge | RuleJudge) -> tuple[Fact, ...]:
    (reading,) = Pipeline(judge=judge).read([article_of(TEXT)])
    return reading.facts


def test_what_patterns_state_stands_with_a_calibrated_confidence() -> None:
    by_default = {(fact.subject, fact.predicate, fact.object) for fact in facts(LearnedJudge())}
    stated = {(fact.subject, fact.predicate, fact.object) for fact in facts(RuleJudge())}
    judged = {
        (fact.subject, fact.predicate, fact.object): fact.confidence
        for fact in facts(LearnedJudge(threshold=0))
    }

    assert stated
    assert stated <= by_default
    assert stated <= judged.keys()
    assert all(0 <= confidence <= 1 for confidence in judged.values())


def test_what_is_not_looked_at_is_no_fact() -> None:
    """The judge looks at few of the sums: those from the least on that any names could make a fact of."""
    looked_at = set(facts(LearnedJudge(threshold=0.3)))
    every = replace(default_model(), fusion=(0, *default_model().fusion[1:]))
    assert LearnedJudge(threshold=0.3)._least_total > LearnedJudge(threshold=0.1)._least_total
    assert LearnedJudge(threshold=0.0)._least_total < -10_000  # all
    assert LearnedJudge(every, threshold=0.3)._least_total < LearnedJudge(threshold=0.3)._least_total
    assert looked_at == {fact for fact in facts(LearnedJudge(threshold=0.0)) if fact.confidence >= 0.3}


def test_a_higher_threshold_keeps_a_part_of_the_facts() -> None:
    few, many = facts(LearnedJudge(threshold=0.8)), facts(LearnedJudge(threshold=0.1))

    assert {fact.confidence >= 0.8 for fact in few} <= {True}
    assert set(few) < set(many)


def test_every_fact_quotes_the_clause_that_holds_it() -> None:
    for fact in facts(LearnedJudge(threshold=0.05)):
        assert all(evidence.span.of(TEXT) == evidence.quote for evidence in fact.evidence)


def test_probabilities_rise_with_the_sum_the_pattern_and_the_names() -> None:
    model = default_model()

    for pattern in (0.0, 0.6):
        shares = [model.probability(total, pattern, 0.9) for total in range(-8000, 8000, 100)]
        assert shares == sorted(shares)
    assert model.probability(0, 0.5, 0.9) < model.probability(0, 0.95, 0.9)
    assert model.probability(0, 0.8, 0.2) < model.probability(0, 0.8, 0.98)


def test_a_pair_is_explained_by_the_features_that_weighed_most() -> None:
    pipeline = Pipeline()
    ((article, tagged),) = pipeline.tag([article_of(TEXT)])
    _, links = pipeline.name(article, tagged)
    model = default_model()
    pairs = find_pairs(pipeline.annotate(article, tagged, links), (), model.words)
    pair = next(pair for pair in pairs if "holdsPosition" in PREDICATES[pair.types])

    reasons = model.reasons(pair, "holdsPosition")

    weights = [abs(weight) for _, weight in reasons]
    assert weights == sorted(weights, reverse=True)
    assert model.total(pair, "holdsPosition") != 0


def test_the_model_is_the_same_after_a_round_trip() -> None:
    model = default_model()

    again = parse(dump(model))

    assert again.rows == model.rows
    assert np.array_equal(again.weights, model.weights)
    assert dump(again) == dump(model)


def test_a_file_that_holds_no_model_is_one_clear_error() -> None:
    with pytest.raises(ResourceError, match="kg train"):
        parse(gzip.compress(b"{}"))


def changed(**fields: object) -> bytes:
    content = json.loads(gzip.decompress(dump(default_model())))
    return gzip.compress(json.dumps({**content, **fields}).encode())


def test_weights_belong_to_the_predicates_the_file_names_wherever_they_stand() -> None:
    model = default_model()
    order = [*reversed(model.predicates)]
    content = json.loads(gzip.decompress(dump(model)))
    columns = [len(order) - 1 - int(column) for column in content["columns"].split(",")]
    bias = [int(model.bias[model.columns[predicate]]) for predicate in order]

    turned = parse(changed(predicates=order, columns=columns, bias=bias))

    assert facts(LearnedJudge(turned)) == facts(LearnedJudge())


def test_weights_of_earlier_versions_are_read_too() -> None:
    content = json.loads(gzip.decompress(dump(default_model())))
    lists = {
        key: [int(number) for number in content[key].split(",")] for key in ("counts", "columns", "weights")
    }

    before = parse(changed(features=content["features"].split("\n"), **lists))

    assert dump(before) == dump(default_model())


def test_a_name_of_a_feature_may_hold_an_end_of_line() -> None:
    model = default_model()
    names = {("two\nlines" if row == 1 else name): row for name, row in model.rows.items()}

    assert parse(dump(replace(model, rows=names))).rows == names


def test_a_predicate_without_weights_is_judged_by_its_patterns_alone() -> None:
    untaught = parse(changed(judged=sorted(default_model().judged - {"participatedIn"})))

    stated = [fact for fact in facts(RuleJudge()) if fact.predicate == "participatedIn"]

    assert stated
    assert [fact for fact in facts(LearnedJudge(untaught)) if fact.predicate == "participatedIn"] == stated


@pytest.mark.parametrize("fields", [{"judged": ["likes"]}, {"bias": [1]}, {"predicates": ["likes"]}])
def test_weights_that_do_not_fit_their_predicates_are_refused(fields: dict[str, list[object]]) -> None:
    with pytest.raises(ResourceError, match="no weights"):
        parse(changed(**fields))


def test_the_shipped_weights_are_small() -> None:
    sizes = [path.stat().st_size for path in data_path("weights").iterdir()]

    assert sum(sizes) <= 2 * 1024 * 1024


def test_features_name_types_words_of_the_vocabulary_and_nothing_else() -> None:
    """Every Chinese word in a feature is a word of the vocabulary, one character, or a pattern's own text."""
    model: RelationModel = default_model()
    known = set(model.words)
    for feature in model.rows:
        value = feature.split("=", 1)[-1]
        for part in value.replace("<", " ").replace(">", " ").split():
            han = "".join(character for character in part if "\u4e00" <= character <= "\u9fff")
            assert len(han) <= 1 or part in known or part.lstrip("#") in known, feature


@pytest.mark.parametrize("folder", ANNOTATED, ids=lambda folder: folder.name)
def test_no_annotated_person_or_organisation_is_in_the_shipped_weights(folder: Path) -> None:
    names = {
        name
        for item in load_gold(folder)
        for entity in item.entities
        if {"Person", "Organization"} & set(entity.types)
        for name in entity.names
        if len(name) > 1
    }
    # Words of the language that annotators also met as somebody's name: a journal 科学, "the institute" for one.
    generic = {"公司", "研究院", "大会", "会议", "办公室", "科学", "中央", "法院", "省委"}
    generic |= {"合作社", "代表团", "央企"}
    for path in sorted(data_path("weights").iterdir()):
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "ignore")
        words = set(
            text.replace("\\n", "\n")
            .replace('"', "\n")
            .replace("=", "\n")
            .replace(" ", "\n")
            .replace("|", "\n")
            .split("\n")
        )
        assert not (names - generic) & words, path.name


def test_a_folder_of_weights_that_is_not_there_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_WEIGHTS", "no/such/folder")

    with pytest.raises(ResourceError, match="KG_WEIGHTS"):
        default_model()


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("新闻\n溪山县教育局昨日宣布新建三所学校，县长李明山到工地察看。溪山县欢迎投资。", "holdsPosition"),
        ("新闻\n长河机械公司和江北电子公司分别向溪山县、石桥镇捐款。", "supported"),
    ],
)
def test_what_title_or_order_states_is_not_refused_for_its_distance(text: str, stated: str) -> None:
    """The head of a county and 分别 say who has what; the model looks at words between and places in the text."""
    strict = replace(default_model(), vetoes=dict.fromkeys(default_model().predicates, 1.0))
    (reading,) = Pipeline(judge=LearnedJudge(strict)).read([article_of(text)])

    assert [fact for fact in reading.facts if fact.predicate == stated]
