"""The reader measured by what people decided, and decided articles as annotated ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.base.model import Reading
from kg.decide.apply import apply
from kg.decide.model import Change, Decision, FactAnchor
from kg.graph.anchor import fact_anchor, figure_anchor
from kg.graph.iri import kind_of_node
from kg.graph.store import Graph, text_of
from kg.learn.annotate import annotation_of, gold_files
from kg.learn.decided import judged_facts, table_of_judged
from kg.learn.gold import load_gold
from kg.learn.score import score_reading
from kg.pipeline import Pipeline
from kg.text.source import article_of
from tests.forked import run

TEXT = """青禾集团召开产业大会

2024年3月1日，青禾集团董事长李明在云溪区会见蓝石科技有限公司总经理王芳。青禾集团与蓝石科技有限公司签署合作协议。青禾集团员工126名。
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    (made,) = Pipeline().read([article_of(TEXT, "qinghe")])
    return made


@pytest.fixture(scope="module")
def confirmed(reading: Reading) -> tuple[Decision, ...]:
    """Everything that was read, confirmed."""
    graph = Graph.from_readings([reading])
    subjects = sorted({text_of(quad.subject) for quad in graph.quads()})
    facts = [fact_anchor(graph, iri) for iri in subjects if kind_of_node(iri)[1] == "f"]
    figures = [figure_anchor(graph, iri) for iri in subjects if kind_of_node(iri)[1] == "n"]
    made = [Decision("", "confirm", fact=each) for each in facts if each is not None]
    made += [Decision("", "confirm", figure=each) for each in figures if each is not None]
    return tuple(
        Decision(f"d{n}", each.verdict, fact=each.fact, figure=each.figure) for n, each in enumerate(made)
    )


def fact_of(decisions: tuple[Decision, ...], predicate: str) -> FactAnchor:
    return next(each.fact for each in decisions if each.fact is not None and each.fact.predicate == predicate)


def outcomes(reading: Reading, *decisions: Decision) -> list[tuple[str, str]]:
    return [(each.predicate, each.outcome) for each in judged_facts([reading], decisions)]


def test_what_was_confirmed_and_is_read_is_right(reading: Reading, confirmed: tuple[Decision, ...]) -> None:
    found = judged_facts([reading], confirmed)

    assert len(found) == len(confirmed) > 3
    assert {each.outcome for each in found} == {"right"}
    assert all(each.pattern for each in found)
    assert "precision 1.000  recall 1.000" in table_of_judged(found)


def test_rejected_corrected_added_and_missed(reading: Reading, confirmed: tuple[Decision, ...]) -> None:
    post = fact_of(confirmed, "holdsPosition")
    other = FactAnchor(post.article, "issued", post.subject, post.object, post.span, post.words)

    assert outcomes(reading, Decision("d1", "reject", fact=post)) == [("holdsPosition", "wrong")]
    assert outcomes(reading, Decision("d1", "reject", fact=other)) == [("issued", "left out")]
    assert outcomes(reading, Decision("d1", "confirm", fact=other)) == [("issued", "missed")]
    assert outcomes(reading, Decision("d1", "add", fact=other)) == [("issued", "missed")]
    right = Decision("d1", "change", fact=post, to=Change(role=post.role))
    assert outcomes(reading, right) == [("holdsPosition", "right")]
    wrong = Decision("d1", "change", fact=post, to=Change(role="秘书"))
    assert outcomes(reading, wrong) == [("holdsPosition", "wrong"), ("holdsPosition", "missed")]
    undone = (Decision("d1", "reject", fact=post), Decision("d2", "withdraw", of="d1"))
    assert outcomes(reading, *undone) == []


def test_figures_are_judged_too(reading: Reading, confirmed: tuple[Decision, ...]) -> None:
    figure = next(each.figure for each in confirmed if each.figure is not None)

    assert outcomes(reading, Decision("d1", "reject", figure=figure)) == [("(figure)", "wrong")]
    assert outcomes(reading, Decision("d1", "figure", figure=figure, unit="头")) == [
        ("(figure)", "wrong"),
        ("(figure)", "missed"),
    ]


def test_where_all_was_confirmed_the_annotation_scores_one(
    reading: Reading, confirmed: tuple[Decision, ...], tmp_path: Path
) -> None:
    for name, data in gold_files([apply(reading, confirmed)], confirmed).items():
        (tmp_path / name).write_bytes(data)
    (gold,) = load_gold(tmp_path)

    score = score_reading(reading, gold)

    assert score.errors == []
    for measure in ("entities", "typed", "relations", "roles", "figures", "figures+", "whose"):
        assert (score.counts[measure].precision, score.counts[measure].recall) == (1.0, 1.0), measure


def test_what_was_rejected_counts_as_wrong_and_what_nobody_judged_not_at_all(
    reading: Reading, confirmed: tuple[Decision, ...], tmp_path: Path
) -> None:
    reject = (Decision("d1", "reject", fact=fact_of(confirmed, "holdsPosition")),)
    for name, data in gold_files([apply(reading, reject)], reject).items():
        (tmp_path / name).write_bytes(data)
    (gold,) = load_gold(tmp_path)

    counts = score_reading(reading, gold).counts["relations"]

    assert (counts.right, counts.wrong, counts.missed) == (0, 1, 0)
    assert all(each["optional"] for each in annotation_of(apply(reading, reject))["relations"])
    assert gold_files([reading], ()) == {}


@pytest.mark.more
def test_the_commands_score_and_export(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "out"

    def kg(*arguments: object) -> str:
        done = run(*arguments, "--lang", "en", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stdout

    kg("build", tmp_path / "a.txt", "-o", out, "--no-validate")
    none = run("export", "--to", "gold", "-g", out, "--lang", "en")
    assert (none.returncode, none.stderr.count("\n")) == (1, 1)
    kg("reject", _label_of_post(out), "-g", out, "--rebuild")

    assert "wrong holdsPosition" in kg("score", out, "--decisions", "--errors")
    for beside in (["--per-article"], ["--offline", "--model-name", "m"], ["--html", "page.html"]):
        refused = run("score", out, "--decisions", *beside, "--lang", "en", cwd=tmp_path)
        assert refused.returncode == 2
        assert "does not go with --decisions" in " ".join(refused.stderr.split())
    assert "a.json" in kg("export", "--to", "gold", "-g", out, "-o", tmp_path / "gold")
    (gold,) = load_gold(tmp_path / "gold")
    assert gold.article.text == TEXT
    pytest.importorskip("sklearn")
    pytest.importorskip("torch")
    few = run("train", "--decisions", out, "--lang", "en", cwd=tmp_path)
    assert few.returncode == 1
    assert "1 annotated articles are too few" in few.stderr


def _label_of_post(out: Path) -> str:
    graph = Graph.load(out / "graph.ttl")
    return next(
        graph.label(text_of(quad.subject))
        for quad in graph.quads()
        if graph.label(text_of(quad.subject)).startswith("李明 任职于")
    )
