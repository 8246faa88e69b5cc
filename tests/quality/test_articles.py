"""The articles of the benchmark: enough, of our own writing, annotated as the guide says, and in no list of ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.quality.sets import ROOT, read_sets
from kg.base.schema import schema
from kg.learn.gold import GoldArticle
from kg.text.source import read_article

SETS = {each.name: each for each in read_sets()}
FRESH = SETS["fresh"].articles
FOLDER = ROOT / "benchmarks" / "quality" / "articles"


def test_there_are_thirty_of_our_own_each_once_and_not_the_customers() -> None:
    names = [gold.article.name for each in SETS.values() for gold in each.articles]

    assert len(names) == len(set(names)) >= 30
    assert len({gold.article.text for each in SETS.values() for gold in each.articles}) == len(names)
    assert "yueyang" not in names
    assert len(FRESH) >= 10


@pytest.mark.parametrize("gold", FRESH, ids=lambda gold: gold.article.name)
def test_an_annotation_holds_what_the_text_has(gold: GoldArticle) -> None:
    things = {each.id: each for each in gold.entities}
    names = [name for each in gold.entities for name in each.names]

    assert len(things) == len(gold.entities)
    assert [name for name in names if name not in gold.article.text] == []
    assert len(names) == len(set(names))
    assert {kind for each in gold.entities for kind in each.types} <= set(schema().types)
    for each in gold.relations:
        assert {each.subject, each.object} <= set(things)
        assert set(each.predicates) <= set(schema().predicates)
        optional = things[each.subject].optional or things[each.object].optional
        assert each.optional or not optional, f"asked, but an end is not: {each}"
    for figure in gold.figures:
        assert {owner for owner in figure.subjects if owner is not None} <= set(things)


@pytest.mark.parametrize("gold", FRESH, ids=lambda gold: gold.article.name)
def test_what_a_name_says_of_a_name_inside_it_is_never_wrong(gold: GoldArticle) -> None:
    tied = {frozenset((each.subject, each.object)) for each in gold.relations}
    inside = [
        f"{outer.names[0]}: {inner.names[0]}"
        for outer in gold.entities
        for inner in gold.entities
        if outer is not inner
        and outer.types[0] not in ("Person", "Document", "Award")
        and inner.types[0] in ("Place", "Organization")
        and any(name != part and part in name for name in outer.names for part in inner.names)
        and frozenset((outer.id, inner.id)) not in tied
    ]

    assert inside == []


def test_the_page_of_the_census_says_what_its_text_says() -> None:
    page = read_article(FOLDER / "census.html")

    assert page.text.strip() == (FOLDER / "census.txt").read_text(encoding="utf-8").strip()


def test_no_person_of_theirs_is_in_our_data() -> None:
    people = {
        name for gold in FRESH for each in gold.entities if each.types == ("Person",) for name in each.names
    }
    known = "\n".join(_texts(ROOT / "data" / "language") + _texts(ROOT / "data" / "patterns"))

    assert sorted(name for name in people if len(name) > 2 and name in known) == []


def _texts(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.toml"))]


def test_every_annotation_says_that_it_is_invented() -> None:
    for path in sorted(FOLDER.glob("*.json")):
        assert "invented" in json.loads(path.read_text(encoding="utf-8"))["source"], path.name
