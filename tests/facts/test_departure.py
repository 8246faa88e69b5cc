"""Posts that a later sentence says are over without naming them again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from kg.base.model import Candidate
from kg.facts.candidate import find_candidates
from kg.facts.departure import left_behind
from kg.facts.marked import annotate, says
from kg.figures.moment import find_moments

POST = "{沈砚秋|P}是{长河集团|O}总经理。"


def over(source: str) -> dict[str, bool]:
    """Return each post with whether it is over, in an article of June 2024."""
    article, entities, annotated = annotate(source)
    article = replace(article, published=date(2024, 6, 5))
    rows = find_moments(article, [one.tagged for one in annotated], [one.links for one in annotated])
    dated = tuple(replace(one, moments=row) for one, row in zip(annotated, rows, strict=True))
    found = find_candidates(article, entities, dated)
    return {says(one).split(" > ")[1]: one.ended for one in found if one.predicate == "holdsPosition"}


@pytest.mark.parametrize(
    "then",
    [
        "{沈砚秋|P}已离任。",
        "{沈砚秋|P}近日因个人原因辞职，由他人接替。",
        "{沈砚秋|P}2024年5月卸任。",
        "{沈砚秋|P}目前已不再担任上述职务。",
        "{沈砚秋|P}已不再担任总经理一职。",
        "2024年5月，{沈砚秋|P}卸下总经理一职。",
        "{沈砚秋|P}近日不再兼任总经理职务。",
        "{沈砚秋|P}因病去世。",
    ],
)
def test_who_has_just_left_holds_the_post_before_no_more(then: str) -> None:
    assert over(POST + then) == {"长河集团 : 总经理": True}


@pytest.mark.parametrize(
    "then",
    [
        "{沈砚秋|P}将于近日离任。",
        "{沈砚秋|P}尚未离任。",
        "{沈砚秋|P}2005年辞职。",
        "{沈砚秋|P}辞职后创办了这家企业。",
        "{沈砚秋|P}已不再担任董事长一职。",
        "{沈砚秋|P}近日辞去副总经理职务。",
        "{周明远|P}已离任。",
        "{沈砚秋|P}已离职工食堂不远。",
    ],
)
def test_who_has_not_or_long_ago_or_from_another_keeps_it(then: str) -> None:
    assert over(POST + then).get("长河集团 : 总经理") is False


def test_of_several_the_posts_told_last_are_over() -> None:
    text = "{沈砚秋|P}是{江北大学|O}教授。{沈砚秋|P}是{长河集团|O}总经理。{沈砚秋|P}日前离职。"
    assert over(text) == {"江北大学 : 教授": False, "长河集团 : 总经理": True}


def test_who_dies_holds_nothing() -> None:
    text = "{沈砚秋|P}是{江北大学|O}教授。{沈砚秋|P}是{长河集团|O}总经理。{沈砚秋|P}不幸病逝。"
    assert over(text) == {"江北大学 : 教授": True, "长河集团 : 总经理": True}


def test_who_is_moved_this_year_leaves_where_he_was() -> None:
    moved = over(POST + "今年3月，{沈砚秋|P}调任{江北电子|O}董事长。")
    assert moved == {"长河集团 : 总经理": True, "江北电子 : 董事长": False}
    long_ago = over(POST + "2010年3月，{沈砚秋|P}调任{江北电子|O}董事长。")
    assert long_ago["长河集团 : 总经理"] is False


def test_posts_are_looked_through_only_where_one_ends() -> None:
    article, entities, annotated = annotate(f"{POST}{'{沈砚秋|P}出席会议。' * 50}" + "{沈砚秋|P}已离任。")
    posts = [one for one in find_candidates(article, entities, annotated) if one.predicate == "holdsPosition"]
    looked = 0

    class Counted(list[Candidate]):
        def __iter__(self) -> Iterator[Candidate]:
            nonlocal looked
            looked += 1
            return super().__iter__()

    dated = replace(article, published=date(2024, 6, 5))
    assert left_behind(dated, annotated, {posts[0].subject: Counted(posts)})
    assert looked == 1
