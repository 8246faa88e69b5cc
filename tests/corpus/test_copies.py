"""Which articles are copies of one text: most of what is rare in them is the same, and they speak of the same things."""

from __future__ import annotations

import random

import pytest

from kg.base.model import Article
from kg.corpus.copies import copies_of
from kg.corpus.groups import Groups
from kg.corpus.model import ArticleFeatures, Feature
from kg.corpus.sketch import sketch_of
from kg.text.source import article_of
from tests.corpus.invented import article, body

CHARACTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜"
NAMES = tuple(body(f"{name}学院") for name in ("青岚", "海棠", "云溪", "柳河"))


def text_of(seed: int, length: int = 1200) -> str:
    """Return invented lines that share nothing with those of another seed."""
    chance = random.Random(seed)  # noqa: S311 - texts, no secrets
    return "".join(chance.choice(CHARACTERS) for _ in range(length))


def read(text: str) -> Article:
    return article_of(text, "one")


def told(name: str, text: str, *entities: Feature) -> ArticleFeatures:
    return article(name, *(entities or NAMES), sketch=sketch_of(read(text)))


def pairs(*articles: ArticleFeatures) -> dict[frozenset[str], bool]:
    names = {one.sha256: one.name for one in articles}
    return {frozenset((names[copy.a], names[copy.b])): copy.same for copy in copies_of(articles)}


def ab(*names: str) -> frozenset[str]:
    return frozenset(names)


def test_a_reprint_under_another_title_is_a_copy() -> None:
    text = text_of(1)

    assert pairs(told("a", f"甲\n{text}"), told("b", f"乙乙\n{text}。")) == {ab("a", "b"): True}


def test_an_excerpt_is_a_copy_of_the_whole() -> None:
    text = text_of(1)

    assert pairs(told("a", text), told("b", text[200:800])) == {ab("a", "b"): True}


def test_other_texts_are_none() -> None:
    assert pairs(told("a", text_of(1)), told("b", text_of(2))) == {}


def test_marks_and_blanks_change_nothing() -> None:
    text = text_of(1)
    marked = "，".join(text[at : at + 9] for at in range(0, len(text), 9))

    assert sketch_of(read(text)) == sketch_of(read(marked))


def test_passages_that_two_articles_share_are_told_and_are_no_copy() -> None:
    shared = text_of(1, 400)

    assert pairs(told("a", shared + text_of(2, 600)), told("b", shared + text_of(3, 600))) == {
        ab("a", "b"): False
    }


def test_a_form_filled_in_with_other_names_is_no_copy() -> None:
    form = text_of(1, 700)
    first = told("a", form + text_of(2, 250), *NAMES)
    second = told(
        "b", form + text_of(3, 250), *(body(f"{name}公司") for name in ("松原", "石门", "东台", "南浦"))
    )

    assert pairs(first, second) == {ab("a", "b"): False}
    assert pairs(first, told("b", form + text_of(3, 250), *NAMES)) == {ab("a", "b"): True}


def test_a_formula_that_many_articles_have_ties_none() -> None:
    formula = text_of(1, 900)
    articles = [told(str(number), formula + text_of(10 + number, 300)) for number in range(20)]

    assert pairs(*articles) == {}


def test_many_reprints_of_one_text_do_not_hide_one_another() -> None:
    text = text_of(1)
    articles = [told(str(number), text[: 1200 - number]) for number in range(5)]
    excerpt = told("excerpt", text[:700])

    found = pairs(*articles, excerpt)

    assert all(found.values())
    assert {name for pair in found for name in pair} == {"0", "1", "2", "3", "4", "excerpt"}


def tied(*articles: ArticleFeatures) -> set[frozenset[str]]:
    """Return the names of articles that are one source, whichever pairs say so."""
    groups = Groups[str]()
    for pair, same in pairs(*articles).items():
        if same:
            groups.join(*pair)
    names: dict[str, set[str]] = {}
    for one in articles:
        names.setdefault(groups.of(one.name), set()).add(one.name)
    return {frozenset(own) for own in names.values()}


def reprints(seed: int, count: int = 40) -> list[ArticleFeatures]:
    """Return a text as many papers print it: each with its own head, one sentence left out, and another end."""
    text = text_of(seed)
    return [
        told(
            f"{seed} {number}",
            text_of(1000 * seed + number, 60)
            + text[: 25 * number]
            + text[25 * number + 25 :]
            + text_of(2000 * seed + number, 30),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [2, 12, 13, 14, 40])
def test_any_number_of_reprints_are_all_found(count: int) -> None:
    first, second = reprints(1, count), reprints(2, count)

    assert tied(*first, *second) == {frozenset(one.name for one in each) for each in (first, second)}


def test_texts_cut_at_forty_lengths_are_one_source() -> None:
    text = text_of(1)

    assert len(tied(*(told(str(number), text[: 1200 - 15 * number]) for number in range(40)))) == 1


def test_an_excerpt_of_what_forty_papers_print_is_one_of_them() -> None:
    articles = [*reprints(1), told("excerpt", text_of(1)[300:900])]

    assert len(tied(*articles)) == 1


def test_a_form_that_many_fill_in_with_their_names_is_no_copy_of_another() -> None:
    form = text_of(1)
    articles = [
        told(
            str(number),
            form + text_of(number + 10, 100),
            *(body(f"{name}{number}公司") for name in ("松原", "石门", "东台", "南浦")),
        )
        for number in range(20)
    ]

    assert len(tied(*articles)) == 20


def test_a_reprint_counts_where_many_others_have_its_formula() -> None:
    formula = text_of(1, 900)
    others = [told(str(number), formula + text_of(10 + number, 600)) for number in range(20)]
    twice = [told(name, text_of(5, 40 * at) + formula + text_of(99, 600)) for at, name in enumerate("ab")]

    assert frozenset("ab") in tied(*others, *twice)
    assert len(tied(*others, *twice)) == 21


def test_equal_texts_are_all_tied() -> None:
    text = text_of(1)
    articles = [told(str(number), text) for number in range(30)]

    found = pairs(*articles)

    assert len(found) == 29
    assert all(found.values())


@pytest.mark.parametrize("text", ["", "青岚", "青岚湖在东台。"])
def test_a_text_too_short_to_tell_is_none(text: str) -> None:
    assert pairs(*(told(name, text) for name in ("a", "b"))) == {}


def test_the_order_of_the_articles_does_not_matter() -> None:
    text = text_of(1)
    articles = [told(str(number), text[number * 100 :] + text_of(number + 5, 200)) for number in range(6)]
    articles += reprints(2, 15)
    expected = copies_of(articles)

    assert expected == copies_of(reversed(articles))
    assert copies_of([]) == ()
