"""How facts were read, as ``kg explain --how`` shows it."""

from __future__ import annotations

from kg.facts.judge.learned import LearnedJudge
from kg.facts.judge.rules import RuleJudge
from kg.graph.store import Graph
from kg.learn.anatomy import anatomy_of
from kg.pipeline import Pipeline
from kg.text.source import article_of

ARTICLE = article_of("长河集团新闻\n长河集团董事长李大海荣获“全国劳动模范”称号。")


def test_every_fact_of_the_graph_has_its_anatomy() -> None:
    (reading,) = Pipeline().read([ARTICLE])
    graph = Graph.from_readings([reading])

    found = anatomy_of(ARTICLE, Pipeline())

    facts = {row["fact"] for row in _relations(graph)}
    assert facts
    assert facts <= found.keys()


def test_trigger_and_slots_stand_in_brackets_on_the_quote() -> None:
    lines = [line for own in anatomy_of(ARTICLE, Pipeline()).values() for line in own]

    assert any("［长河集团］〔董事长〕【李大海】" in line for line in lines)


def test_the_deciding_features_are_shown_where_a_model_decides_and_only_there() -> None:
    learned = anatomy_of(ARTICLE, Pipeline(judge=LearnedJudge()))
    ruled = anatomy_of(ARTICLE, Pipeline(judge=RuleJudge()))

    assert any(line.startswith("judge: ") for own in learned.values() for line in own)
    assert not any(line.startswith("judge: ") for own in ruled.values() for line in own)


def test_the_finders_of_both_names_are_told() -> None:
    lines = [line for own in anatomy_of(ARTICLE, Pipeline()).values() for line in own]

    assert any(line.startswith("name 长河集团: found by tagger-ORG, confidence 0.") for line in lines)
    assert any(line.startswith("name 李大海: found by ") for line in lines)


def _relations(graph: Graph) -> list[dict[str, str]]:
    from kg.graph.query import run

    return list(run(graph, "relations"))
