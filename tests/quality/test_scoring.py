"""Outputs of any system: what is right, wrong, missed, and quoted exactly, on an article whose answer is known."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.output import Output, as_json, canonical, output_of, read_output
from benchmarks.quality.scoring import marks_of, sameness
from kg.base.errors import SourceError
from kg.learn.gold import GoldArticle

FOLDER = Path(__file__).parents[2] / "benchmarks" / "quality"
TRIPLES = ("entities", "typed", "relations", "figures", "figures+")
SHARES = ("roles", "grounded", "exact quotes", "names in the text")


def marks(raw: dict[str, Any], gold: GoldArticle) -> dict[str, Any]:
    return marks_of(output_of(raw, "tiny", gold.article.text), gold).as_json()


def test_a_perfect_output_scores_one_in_everything(tiny: GoldArticle, perfect: dict[str, Any]) -> None:
    found = marks(perfect, tiny)

    assert [found[each]["f1"] for each in TRIPLES] == [1.0] * 5
    assert [found[each] for each in SHARES] == [1.0] * 4
    assert found["relations outside the predicates"] == 0


def test_an_empty_output_scores_nothing(tiny: GoldArticle) -> None:
    found = marks({}, tiny)

    assert found["entities"] == {
        "precision": 0.0,
        "recall": 0.0,
        "f1": 0.0,
        "right": 0,
        "wrong": 0,
        "missed": 4,
    }
    assert found["relations"]["missed"] == 2
    assert found["relations"]["f1"] == 0.0
    assert [found[each] for each in ("typed", "figures", "figures+", "exact quotes")] == [None] * 4


def test_each_mistake_costs_where_it_was_made(tiny: GoldArticle, perfect: dict[str, Any]) -> None:
    perfect["entities"][2]["type"] = "Product"  # the right thing, not its type
    perfect["entities"].append({"id": "5", "type": "Place", "names": ["柳江"]})  # nowhere in the text
    first, second = perfect["relations"]
    first["subject"], first["object"] = first["object"], first["subject"]  # the wrong way round
    second["role"], second["quote"] = (
        "副馆长",
        "馆长方小雨在致辞中说",
    )  # the wrong post, words that nobody wrote
    perfect["figures"][0]["owner"] = "1"  # the right number, whose it is not
    perfect["figures"].append({"value": 23, "unit": "册"})  # no figure, and no quote

    found = marks(perfect, tiny)

    assert (found["entities"]["right"], found["entities"]["wrong"], found["entities"]["missed"]) == (4, 1, 0)
    assert (found["typed"]["right"], found["typed"]["wrong"], found["typed"]["missed"]) == (3, 2, 1)
    assert found["relations"] == {
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
        "right": 1,
        "wrong": 1,
        "missed": 1,
    }
    assert found["roles"] == 0.0
    assert (found["figures"]["right"], found["figures"]["wrong"]) == (1, 1)
    assert (found["figures+"]["right"], found["figures+"]["wrong"]) == (0, 2)
    assert found["exact quotes"] == 0.5  # two of four: the turned relation's and the figure's
    assert found["names in the text"] == round(5 / 6, 4)


def test_all_wrong_scores_nothing_though_much_is_said(tiny: GoldArticle) -> None:
    found = marks(
        {
            "entities": [
                {"type": "Person", "names": ["张三"]},
                {"type": "Organization", "names": ["李四公司"]},
            ],
            "relations": [
                {"subject": "张三", "predicate": "worksFor", "object": "李四公司", "quote": "张三在李四公司"}
            ],
            "figures": [{"value": 1, "unit": "个", "quote": "1个"}],
        },
        tiny,
    )

    assert [found[each]["f1"] for each in TRIPLES] == [0.0] * 5
    assert found["exact quotes"] == 0.0


def test_things_may_be_given_by_spans_and_ends_by_names(tiny: GoldArticle, perfect: dict[str, Any]) -> None:
    text = tiny.article.text
    for each in perfect["entities"]:
        each["spans"] = [[text.find(name), text.find(name) + len(name)] for name in each.pop("names")]
        del each["id"]
    perfect["relations"][0] |= {"subject": "柳河县文化馆", "object": "读书节"}
    perfect["relations"][1] |= {"subject": "方小雨", "object": "柳河县文化馆"}
    perfect["figures"][0]["owner"] = "柳河县文化馆"

    assert [marks(perfect, tiny)[each]["f1"] for each in TRIPLES] == [1.0] * 5


def test_an_end_that_is_no_thing_of_the_output_is_one_without_a_type(
    tiny: GoldArticle, perfect: dict[str, Any]
) -> None:
    perfect["entities"] = perfect["entities"][:3]
    perfect["relations"][1]["subject"] = "方小雨"

    found = marks(perfect, tiny)

    assert found["relations"]["f1"] == 1.0
    assert found["entities"]["f1"] == 1.0
    assert (found["typed"]["right"], found["typed"]["missed"]) == (3, 1)


def test_a_predicate_beyond_ours_is_counted_and_not_scored(
    tiny: GoldArticle, perfect: dict[str, Any]
) -> None:
    perfect["relations"].append({"subject": "4", "predicate": "speaks at", "object": "3"})

    found = marks(perfect, tiny)

    assert found["relations"]["precision"] == 1.0
    assert found["relations outside the predicates"] == 1


def test_what_is_denied_is_not_said(tiny: GoldArticle, perfect: dict[str, Any]) -> None:
    perfect["relations"][0]["status"] = "denied"

    assert marks(perfect, tiny)["relations"]["missed"] == 1


def test_two_runs_share_bytes_and_statements(tiny: GoldArticle, perfect: dict[str, Any]) -> None:
    def run(raw: dict[str, Any]) -> dict[str, Output]:
        return {"tiny": output_of(raw, "tiny", tiny.article.text)}

    def native(one: dict[str, Output]) -> dict[str, str]:
        return {name: canonical(as_json(each)) for name, each in one.items()}

    first = run(perfect)
    for each in perfect["entities"]:
        each["id"] = f"x{each['id']}"
    for each in perfect["relations"]:
        each |= {"subject": f"x{each['subject']}", "object": f"x{each['object']}"}
    perfect["figures"][0]["owner"] = "x2"
    renamed = run(perfect)
    less = run({**perfect, "relations": perfect["relations"][:1]})

    def shared(*runs: dict[str, Output]) -> dict[str, Any] | None:
        return sameness(runs, [native(each) for each in runs])

    assert shared(first, first) == {"articles": 1, "same bytes": 1, "statements": 1.0}
    assert shared(first, renamed) == {"articles": 1, "same bytes": 0, "statements": 1.0}
    assert shared(first, less) == {"articles": 1, "same bytes": 0, "statements": 0.6667}
    assert shared(first) is None


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (None, "is missing"),
        ("[", "no output as expected"),
        ('{"entities": [{"id": "1"}]}', "entity 1 has neither names nor spans"),
        ('{"relations": [{"subject": "a", "object": "b"}]}', "predicate"),
        ('{"figures": [{"value": "many"}]}', "no output as expected"),
        ('{"figures": [{"value": 1, "modifier": "近"}]}', "modifier '近' is none of about, over, under"),
    ],
)
def test_what_is_not_in_the_form_is_refused_in_a_line(tmp_path: Path, written: str | None, says: str) -> None:
    path = tmp_path / "a.json"
    if written is not None:
        path.write_text(written, encoding="utf-8")

    with pytest.raises(SourceError, match=says) as refused:
        read_output(path, "")

    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_output_is_written_as_it_is_read(
    tmp_path: Path, tiny: GoldArticle, perfect: dict[str, Any]
) -> None:
    output = output_of(perfect, "tiny", tiny.article.text)
    path = tmp_path / "tiny.json"
    path.write_text(json.dumps(as_json(output)), encoding="utf-8")

    assert as_json(read_output(path, tiny.article.text)) == as_json(output)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_example_of_the_form_is_in_the_form(name: str) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", (FOLDER / name).read_text(encoding="utf-8"), re.DOTALL)

    output = output_of(json.loads(example), "x", "0123456789ab柳河县文化馆")

    assert [thing.names for thing in output.things] == [("方小雨",), ("柳河县文化馆",)]
    assert (output.statements[0].predicate, output.statements[0].role) == ("holdsPosition", "馆长")
    assert output.amounts[0].owner == "e2"
