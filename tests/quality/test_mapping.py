"""What the answers of other systems become; the answers are written by hand, in the form that the systems give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.mapping import FROM, Words, plain, read_mapping
from benchmarks.quality.output import as_json
from benchmarks.quality.scoring import TRIPLES, marks_of
from kg.base.errors import SourceError
from kg.base.schema import schema
from kg.learn.gold import GoldArticle


@pytest.fixture(scope="module")
def words() -> Words:
    return read_mapping()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("holdsPosition", ("holdsPosition", False, "")),
        ("holds position at", ("holdsPosition", False, "")),
        ("located_in", ("locatedIn", False, "")),
        ("毕业于", ("educatedAt", False, "")),
        ("主办单位", ("organized", True, "")),
        ("founded by", ("established", True, "")),
        ("担任董事长", ("holdsPosition", False, "董事长")),
        ("serves as chairman", ("holdsPosition", False, "chairman")),
        ("looks down upon", ("looks down upon", False, "")),
    ],
)
def test_a_word_for_a_predicate(words: Words, said: str, meant: tuple[str, bool, str]) -> None:
    assert words.predicate(said) == meant


def test_every_type_and_predicate_of_ours_has_words_and_no_word_means_two(words: Words) -> None:
    assert set(words.types.values()) == set(schema().types)
    assert {name for name, _ in words.predicates.values()} == set(schema().predicates)
    assert plain("partneredWith") == "partnered with"


def test_own_words_are_added_and_a_predicate_that_is_not_scored_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[predicate]]\nname = "visited"\nwords = ["dropped in on"]\n', encoding="utf-8")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[[predicate]]\nname = "likes"\nwords = ["likes"]\n', encoding="utf-8")

    assert read_mapping([own]).predicate("dropped in on") == ("visited", False, "")
    latin = tmp_path / "latin.toml"
    latin.write_bytes('[types]\nPerson = ["\xe9"]\n'.encode("latin-1"))
    with pytest.raises(SourceError, match="no mapping"):
        read_mapping([latin])
    with pytest.raises(SourceError, match="no such predicate: likes"):
        read_mapping([wrong])


def test_triples_of_strings_become_things_and_relations(tiny: GoldArticle, words: Words) -> None:
    native = {
        "entities": ["柳河县", "柳河县文化馆", "柳河读书节", "读书节", "方小雨"],
        "relations": [
            ["柳河县文化馆", "举办", "读书节"],
            ["方小雨", "担任馆长", "柳河县文化馆"],
            ["方小雨", "致辞", "柳河读书节"],
        ],
        "entity_clusters": {"柳河读书节": ["柳河读书节", "读书节"]},
    }

    marks = marks_of(FROM["kg-gen"](native, "tiny", tiny.article.text, words), tiny).as_json()

    assert marks["entities"]["f1"] == 1.0
    assert marks["relations"]["f1"] == 1.0
    assert marks["roles"] == 1.0
    assert (marks["typed"], marks["figures"]) == (None, None)
    assert marks["exact quotes"] == 0.0  # it gives none
    assert marks["relations outside the predicates"] == 1


def test_nodes_and_relationships_become_things_and_relations(tiny: GoldArticle, words: Words) -> None:
    native = {
        "nodes": [
            ["柳河县文化馆", "Organization"],
            ["柳河读书节", "Activity"],
            ["方小雨", "Person"],
            ["四月", "Date"],
        ],
        "relationships": [
            ["柳河县文化馆", "ORGANIZED", "柳河读书节"],
            ["方小雨", "HOLDS_POSITION", "柳河县文化馆"],
        ],
    }

    marks = marks_of(FROM["langchain"](native, "tiny", tiny.article.text, words), tiny).as_json()

    assert (marks["typed"]["right"], marks["typed"]["wrong"], marks["typed"]["missed"]) == (3, 1, 1)
    assert marks["relations"]["f1"] == 1.0
    assert (marks["figures"], marks["exact quotes"]) == (None, 0.0)


def extraction(kind: str, text: str, **attributes: str) -> dict[str, Any]:
    return {"class": kind, "text": text, "attributes": attributes or None, "place": None}


def test_extractions_become_things_relations_and_figures(tiny: GoldArticle, words: Words) -> None:
    hall, feast = "柳河县文化馆", "柳河读书节"
    native = {
        "extractions": [
            extraction("place", "柳河县"),
            extraction("organization", hall, full_name=hall),
            extraction("Activity", feast, full_name=feast),
            extraction("Activity", "读书节", full_name=feast),
            extraction("person", "方小雨", full_name="方小雨"),
            extraction("relation", f"{hall}举办“{feast}”", subject=hall, predicate="organized", object=feast),
            extraction(
                "relation",
                f"{hall}举办“{feast}”，馆长方小雨致辞",
                subject="方小雨",
                predicate="holdsPosition",
                object=hall,
                role="馆长",
            ),
            extraction("relation", "馆长方小雨致辞", subject="方小雨"),  # without an object it is none
            extraction(
                "figure",
                f"{hall}有藏书约3万册",
                value="3",
                unit="万册",
                modifier="约",
                label="藏书",
                owner=hall,
            ),
            extraction("figure", "4月23日", value="many", unit=""),
            extraction("mood", "致辞"),
        ]
    }

    marks = marks_of(FROM["langextract"](native, "tiny", tiny.article.text, words), tiny).as_json()

    assert [marks[each]["f1"] for each in TRIPLES] == [1.0] * 5
    assert marks["exact quotes"] == 1.0


@pytest.mark.parametrize(
    ("value", "unit", "read"),
    [("126", "名", ("126", "名")), ("2,140", "家", ("2140", "家")), ("21.47", "亿元", ("2147000000", "元"))],
)
def test_numbers_are_read_as_a_person_would(
    tiny: GoldArticle, words: Words, value: str, unit: str, read: Any
) -> None:
    native = {"extractions": [extraction("figure", "x", value=value, unit=unit)]}

    (figure,) = as_json(FROM["langextract"](native, "tiny", tiny.article.text, words))["figures"]

    assert (figure["value"], figure["unit"]) == read
