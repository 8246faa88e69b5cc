"""The tables of the page and its search, in a browser: what a reader asks for is found, and told in words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.view.marks import Mark
from kg.view.page import render
from kg.view.picture import Fact, Figure, Named, Node, Picture, Quote, Source

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
BASE = "https://example.org/kg/"
TEXTS = {
    "a": "青禾集团投资3亿元入股蓝石科技。\n青禾集团计划2027年与赤岩集团合作。",
    "b": "据知情人士，赤岩集团支持蓝石科技，捐款＝１万元。\n蓝石科技否认收购青禾集团。\n云溪区的总工程师李明出席。",
}
NAMES = {
    "青禾集团": "Organization",
    "蓝石科技": "Organization",
    "赤岩集团": "Organization",
    "李明": "Person",
    "云溪区": "Place",
    "岳阳市": "Place",
}


def place(words: str) -> Quote:
    """Where words stand in the invented articles."""
    number, text = next((n, text) for n, text in enumerate(TEXTS.values()) if words in text)
    return Quote(number, text.index(words), text.index(words) + len(words))


@pytest.fixture(scope="module")
def picture() -> Picture:
    """Two invented articles whose facts stand in every way a fact can stand."""
    node = {name: Node(f"{BASE}e{n}", kind, name, (name,)) for n, (name, kind) in enumerate(NAMES.items())}

    def fact(n: int, subject: str, predicate: str, value: str, words: str = "", **more: Any) -> Fact:
        quotes = (place(words),) if words else ()
        return Fact(f"{BASE}f{n}", node[subject].iri, predicate, node[value].iri, quotes=quotes, **more)

    facts = (
        fact(
            1,
            "青禾集团",
            "investedIn",
            "蓝石科技",
            "青禾集团投资3亿元入股蓝石科技",
            amount="3亿元",
            confidence=0.97,
            pattern="invested, unheard-of",
        ),
        fact(
            2,
            "青禾集团",
            "partneredWith",
            "赤岩集团",
            "青禾集团计划2027年与赤岩集团合作",
            date="2027",
            status="planned",
            confidence=0.8,
            pattern="partners-sign",
        ),
        fact(
            3,
            "赤岩集团",
            "supported",
            "蓝石科技",
            "赤岩集团支持蓝石科技，捐款＝１万元",
            status="reported",
            source="知情人士",
            amount="１万元",
            confidence=0.42,
        ),
        fact(
            4,
            "蓝石科技",
            "investedIn",
            "青禾集团",
            "蓝石科技否认收购青禾集团",
            status="denied",
            confidence=0.7,
        ),
        fact(
            5,
            "李明",
            "holdsPosition",
            "云溪区",
            "云溪区的总工程师李明",
            role="总工程师",
            confidence=0.9,
            ended=True,
        ),
        fact(6, "云溪区", "containedInPlace", "岳阳市", derived=True, pattern="place-code"),
    )
    figures = (
        Figure(
            f"{BASE}q1",
            "3亿元",
            "300000000",
            "元",
            place("青禾集团投资3亿元"),
            place("3亿元"),
            "CNY",
            "",
            "",
            node["青禾集团"].iri,
            date="2023",
            confidence=0.55,
        ),
        Figure(
            f"{BASE}q2", "１万元", "10000", "元", place("捐款＝１万元"), place("１万元"), "CNY", "", "=捐款"
        ),
    )
    articles = tuple(
        Source(
            BASE + name,
            name,
            text,
            f"文章{name}",
            marks=tuple(
                Mark(at.start(), at.end(), own.iri)
                for label, own in node.items()
                for at in re.finditer(label, text)
            ),
        )
        for name, text in TEXTS.items()
    )
    return Picture(tuple(node.values()), facts, figures, articles, "2 篇文章")


@pytest.fixture
def opened(show: Callable[..., Any], picture: Picture) -> Any:
    return show(render(picture), fragment="#tab=facts")


def cells(opened: Any, column: str, table: str = "facts") -> list[str]:
    """The words of a column, row by row."""
    rows = opened.page.locator(f"#panel-{table} tbody td.c-{column}")
    return [
        "".join(each.locator(".cell").all_inner_texts()).replace("\n", " ").strip() for each in rows.all()
    ]


def status(opened: Any, table: str = "facts") -> str:
    """What a screen reader is told of a table."""
    return str(opened.page.locator(f"#panel-{table} [role=status]").inner_text())


# ---- what a table tells ----


def test_table_of_facts_tells_status_date_amount_and_who_says_it(opened: Any) -> None:
    assert cells(opened, "status") == ["陈述", "计划", "转述", "否认", "陈述 原任", "陈述"]
    assert cells(opened, "date") == ["", "2027", "", "", "", ""]
    assert cells(opened, "amount") == ["3亿元", "", "１万元", "", "", ""]
    assert cells(opened, "reportedBy") == ["", "", "据知情人士", "", "", ""]


def test_what_follows_from_place_codes_is_called_derived_and_never_sure(opened: Any) -> None:
    assert cells(opened, "sure") == ["97%", "80%", "42%", "70%", "90%", "由区划代码推得"]
    opened.run("kgPage.store.set({ chosen: 'f:f6' })")
    panel = opened.page.locator("#side").inner_text()
    assert "由区划代码推得" in panel
    assert "100%" not in panel
    assert "属于 · 推得" in opened.saved("svg").decode()
    opened.run("id => kgPage.store.set({ chosen: `n:${id}` })", opened.id_of("云溪区"))
    assert "100%" not in opened.page.locator("#side").inner_text()
    opened.run("dispatchEvent(new Event('beforeprint'))")
    assert "100%" not in opened.page.locator("#print").text_content()


def test_a_path_and_a_sentence_say_how_their_facts_stand(opened: Any) -> None:
    ends = [opened.id_of("赤岩集团"), opened.id_of("蓝石科技")]
    opened.run("([from, to]) => kgPage.store.set({ from, to })", ends)
    assert "据知情人士" in opened.page.locator("#side .chain").inner_text()
    assert opened.page.locator("#side .chain .sure.doubt").inner_text() == "可信度 42%"

    opened.run("kgPage.store.set({ from: '', to: '', chosen: 's:1.1' })")
    assert opened.page.locator("#side .tag.s-denied").inner_text() == "否认"


def test_an_empty_table_says_so_and_what_it_means(show: Callable[..., Any]) -> None:
    bare = show(render(Picture((), ())), fragment="#tab=facts")
    assert "不表示文章里没有" in bare.page.locator("#panel-facts").inner_text()
    for tab, said in (("figures", "没有读出数字"), ("entities", "没有读出人物")):
        bare.page.click(f"#tab-{tab}")
        assert said in bare.page.locator(f"#panel-{tab}").inner_text()
        assert not bare.page.locator(f"#panel-{tab} .tools").is_visible()


def test_rows_that_the_legend_hides_are_counted(opened: Any) -> None:
    opened.page.click("#filter-hideStatus-denied")
    assert status(opened) == "5 行；另有 1 行被“图例与筛选”隐藏"
    opened.run("kgPage.store.set({ confidence: 100, hideTypes: new Set(['Place']) })")
    assert "隐藏了" in opened.page.locator("#panel-facts .none").inner_text()


# ---- sort, filter, find ----


@pytest.mark.parametrize(
    ("table", "column", "first", "last"),
    [
        ("facts", "sure", "由区划代码推得", "42%"),
        ("facts", "amount", "3亿元", ""),
        ("facts", "date", "2027", ""),
        ("facts", "reportedBy", "据知情人士", ""),
        ("facts", "subject", "赤岩集团", "云溪区"),
        ("figures", "value", "3亿", "1万"),
        ("figures", "date", "2023", ""),
        ("figures", "sure", "55%", ""),  # nobody's: nothing to be sure of
        ("entities", "mentions", "3", "0"),
        ("entities", "factCount", "3", "1"),
    ],
)
def test_every_table_is_sorted_by_any_column(
    opened: Any, table: str, column: str, first: str, last: str
) -> None:
    opened.page.click(f"#tab-{table}")
    opened.page.click(f"#sort-{table}-{column}")

    told = [each.removeprefix("组 ").removeprefix("地 ") for each in cells(opened, column, table)]
    assert (told[0], told[-1]) == (first, last)
    assert opened.page.locator(f"#panel-{table} th[aria-sort]").count() == 1
    assert opened.run("document.activeElement.id") == f"sort-{table}-{column}"


def test_rows_without_a_value_stand_last_whichever_way_they_are_sorted(opened: Any) -> None:
    for _ in range(2):
        opened.page.click("#sort-facts-amount")
        assert sorted(cells(opened, "amount")[:2]) == ["3亿元", "１万元"]


def test_columns_are_filtered_by_text_and_the_number_of_rows_is_announced(opened: Any) -> None:
    opened.page.click("#panel-facts .columns summary")
    opened.page.fill("#has-facts-subject", "青禾")
    assert status(opened) == "2 / 6 行"
    opened.page.fill("#has-facts-object", "赤岩")
    assert cells(opened, "status") == ["计划"]

    opened.page.click("#clear-facts")

    assert status(opened) == "6 行"
    assert opened.page.input_value("#has-facts-subject") == ""


def test_facets_count_what_they_would_leave(opened: Any) -> None:
    def choices(key: str) -> list[str]:
        return [str(each) for each in opened.page.locator(f"#is-facts-{key} option").all_text_contents()]

    assert choices("sure") == [
        "全部",
        "90% 以上 (2)",
        "60%–90% (2)",
        "低于 60%，存疑 (1)",
        "由区划代码推得 (1)",
    ]
    opened.page.select_option("#is-facts-article", "1")
    assert status(opened) == "3 / 6 行"
    assert "计划 (0)" in choices("status")
    opened.page.select_option("#is-facts-status", "denied")
    assert cells(opened, "subject") == ["组 蓝石科技"]
    assert "投资 (1)" in choices("predicate")
    opened.page.select_option("#is-facts-status", "planned")
    told = opened.page.locator("#panel-facts .none").inner_text()
    assert "没有符合这些条件的行" in told
    assert "不表示文章里没有" in told


def test_quotes_are_searched_by_words_in_any_width_and_apart(opened: Any) -> None:
    opened.page.fill("#words-facts", "捐款 1万元")
    assert cells(opened, "subject") == ["组 赤岩集团"]
    opened.page.click("#tab-entities")
    opened.page.fill("#words-entities", "否认")
    assert set(cells(opened, "quote", "entities")) == {"蓝石科技否认收购青禾集团。"}
    assert len(cells(opened, "quote", "entities")) == 2


def test_a_link_keeps_how_tables_are_sorted_and_filtered(
    show: Callable[..., Any], picture: Picture, opened: Any
) -> None:
    opened.page.click("#sort-facts-sure")
    opened.page.select_option("#is-facts-type", "Organization")
    opened.page.fill("#words-facts", "集团")
    opened.page.click("#tab-figures")
    opened.page.select_option("#is-figures-whose", "nobody")
    opened.page.click("#tab-facts")

    again = show(render(picture), fragment=opened.run("location.hash"))

    assert cells(again, "sure") == cells(opened, "sure") == ["97%", "80%", "70%", "42%"]
    assert again.page.input_value("#words-facts") == "集团"
    again.page.click("#tab-figures")
    assert cells(again, "value", "figures") == ["1万"]
    again.page.click("#reset")
    assert status(again, "figures") == "2 行"


def test_one_types_in_a_filter_without_losing_the_place(opened: Any) -> None:
    opened.page.focus("#words-facts")
    opened.page.keyboard.type("蓝石科技")
    assert opened.run("document.activeElement.id") == "words-facts"
    assert status(opened) == "3 / 6 行"


def test_letters_that_an_input_method_still_composes_filter_nothing(opened: Any) -> None:
    opened.run(
        "() => { const box = document.getElementById('words-facts'); box.value = 'lan';"
        " box.dispatchEvent(new InputEvent('input', { isComposing: true })); }"
    )
    assert status(opened) == "6 行"
    opened.run(
        "() => { const box = document.getElementById('words-facts'); box.value = '蓝石';"
        " box.dispatchEvent(new CompositionEvent('compositionend')); }"
    )
    assert status(opened) == "3 / 6 行"


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("facts", "amount", "１万元"), ("figures", "what", "=捐款"), ("entities", "name", "地 岳阳市")],
)
def test_the_table_that_is_shown_is_saved(opened: Any, table: str, column: str, value: str) -> None:
    opened.page.click(f"#tab-{table}")
    opened.page.click(f"#panel-{table} .columns summary")
    opened.page.fill(f"#has-{table}-{column}", value.removeprefix("地 "))
    assert cells(opened, column, table) == [value]
    with opened.page.expect_download() as download:
        opened.page.click(f"#csv-{table}")

    assert download.value.suggested_filename == f"2-篇文章-{table}.csv"
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(rows) == 2
    assert ("'" + value if value.startswith("=") else value.removeprefix("地 ")) in rows[1]


def test_a_row_is_chosen_and_its_quote_read_by_keyboard(opened: Any) -> None:
    opened.page.focus("#panel-facts tbody tr:nth-child(4) .quote")
    opened.page.keyboard.press("Enter")

    assert opened.run("kgPage.store.state.chosen") == "f:f4"
    assert opened.lit_words("quoted") == "蓝石科技否认收购青禾集团"
    opened.page.click("#tab-facts")
    assert opened.page.locator("#panel-facts tr[aria-current=true]").inner_text().count("蓝石科技否认") == 1


def test_on_a_phone_a_row_is_a_card_whose_cells_name_their_columns(
    show: Callable[..., Any], picture: Picture
) -> None:
    opened = show(render(picture), fragment="#tab=facts", viewport=PHONE)

    card = opened.page.locator("#panel-facts tbody tr").nth(2).inner_text().split("\n")
    assert [each for each in card if each in ("状态", "转述", "据谁所说", "据知情人士", "可信度", "42%")] == [
        *("状态", "转述", "据谁所说", "据知情人士", "可信度", "42%")
    ]
    assert "时间" not in card  # where nothing is told, nothing is named
    assert opened.run("document.documentElement.scrollWidth <= innerWidth")


# ---- search ----


def hits(opened: Any, words: str) -> list[tuple[str, str]]:
    """What is found, and what kind it is said to be."""
    opened.page.fill("#search", words)
    found = opened.page.locator("#hits [data-n]").all()
    return [(each.locator(".name").inner_text(), each.locator(".kind").inner_text()) for each in found]


@pytest.mark.parametrize(
    ("words", "found", "kind", "chosen", "lit"),
    [
        ("3亿元", "青禾集团 3亿元", "数字", "q:q1", "青禾集团投资3亿元"),
        ("300000000", "青禾集团 3亿元", "数字", "q:q1", "青禾集团投资3亿元"),
        ("1万元", "=捐款 １万元", "数字", "q:q2", "捐款＝１万元"),
        ("总工", "李明 · 原任：总工程师 · 云溪区", "职务", "f:f5", "云溪区的总工程师李明"),
        ("否认收购", "蓝石科技否认收购青禾集团。 文章b", "原文", "s:1.1", "蓝石科技否认收购青禾集团。"),
        ("否认 收购", "蓝石科技否认收购青禾集团。 文章b", "原文", "s:1.1", "蓝石科技否认收购青禾集团。"),
    ],
)
def test_search_finds_figures_posts_and_words_and_goes_to_their_place(
    opened: Any, words: str, found: str, kind: str, chosen: str, lit: str
) -> None:
    told = hits(opened, words)
    assert (found, kind) in told

    opened.page.locator("#hits [data-n]").nth(told.index((found, kind))).click()

    assert opened.run("kgPage.store.state.chosen") == chosen
    assert opened.page.locator("#tab-article[aria-selected=true]").count() == 1
    assert opened.lit_words("quoted") == lit
    assert opened.page.locator("#panel-article .quoted").first.is_visible()


def test_search_says_how_a_post_stands_that_is_not_simply_so(
    show: Callable[..., Any], picture: Picture
) -> None:
    facts = tuple(replace(each, status="planned") if each.role else each for each in picture.facts)
    opened = show(render(replace(picture, facts=facts)))

    assert hits(opened, "总工")[0] == ("李明 · 原任：总工程师 · 云溪区 计划 · 可信度 90%", "职务")


def test_search_names_come_first_and_the_rest_is_counted(
    show: Callable[..., Any],
) -> None:
    text = "青禾集团来了。" * 20
    node = Node(f"{BASE}e0", "Organization", "青禾集团", ("青禾集团",))
    opened = show(render(Picture((node,), (), (), (Source(BASE + "a", "a", text),))))

    assert hits(opened, "青禾")[0] == ("青禾集团", "组织机构")
    assert [kind for _, kind in hits(opened, "青禾")] == ["组织机构", *["原文"] * 8]
    assert opened.page.locator("#hits .none").inner_text().startswith("还有 12 处")


def test_the_other_end_of_a_path_is_a_name_only(opened: Any) -> None:
    opened.run("id => kgPage.store.set({ chosen: `n:${id}` })", opened.id_of("青禾集团"))
    opened.page.click("#path-to")

    assert hits(opened, "集团") == [("青禾集团", "组织机构"), ("赤岩集团", "组织机构")]


# ---- words in place of ids ----


def test_the_panel_of_a_fact_tells_by_what_it_was_read_and_keeps_ids_for_the_details(opened: Any) -> None:
    opened.run("kgPage.store.set({ chosen: 'f:f1' })")
    read = opened.page.locator("#side").inner_text()
    assert "甲投资、收购、入股、持有乙；说明“投资”的句式" in read
    assert "unheard-of" not in read
    assert "https://" not in read

    opened.page.click("#side .copies summary")

    assert "invested, unheard-of" in opened.page.locator("#side").inner_text()
    opened.page.click("#language")
    english = opened.page.locator("#side").inner_text()
    assert "Somebody puts money into or acquires something; a wording of “invested in”" in english
    assert opened.page.locator("#side .copies[open]").count() == 1


def test_many_articles_have_a_timeline_a_list_and_names_that_are_not_drawn(
    picture: Picture, show: Callable[..., Any]
) -> None:
    left = {"core": 2, "nodes": 1, "names": 0, "ties": 7, "figures": 8, "articles": 0}
    opened = show(
        render(replace(picture, left_out=left, beyond=(Named(("赵四", "老赵"), "Person", 3, (1,)),)))
    )
    assert "kg dossier" in opened.page.locator("#left-out").text_content()

    opened.page.click("#tab-timeline")
    first = opened.page.locator("#panel-timeline tbody tr").first
    assert "2027" in first.text_content()
    assert "赤岩集团" in first.text_content()
    opened.page.click("#tab-articles")
    assert opened.page.locator("#panel-articles tbody tr").count() == len(picture.articles)

    opened.page.fill("#search", "老赵")
    hit = opened.page.locator("#hits [role=option]").first
    assert "3 篇文章" in hit.text_content()
    opened.page.keyboard.press("Enter")
    card = opened.page.locator("#side .card")
    assert "kg dossier '赵四'" in card.text_content()
    card.locator(".rows .link").click()
    assert opened.run("kgPage.store.state.article") == 1
    assert opened.page.locator("#tab-article[aria-selected=true]").count() == 1


WHENS = (
    ("2018/2021", "holdsPosition", "post"),
    ("2021", "receivedAward", "honour"),
    ("2021-06", "issued", "document"),
    ("2021-06-22", "investedIn", "deed"),
)


@pytest.fixture
def dated(picture: Picture) -> Picture:
    """A page whose facts have dates of each precision."""
    plain = replace(picture.facts[0], date="")
    facts = [
        replace(plain, iri=f"{BASE}f{900 + at}", predicate=predicate, date=date)
        for at, (date, predicate, _) in enumerate(WHENS)
    ]
    return replace(picture, facts=tuple(facts), articles=picture.articles[:2])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, PHONE])
def test_the_timeline_is_drawn_by_date_and_precision_and_accessible(
    dated: Picture, show: Callable[..., Any], viewport: dict[str, int], lang: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    opened = show(render(dated), f"#tab=timeline&lang={lang}", viewport)
    marks = opened.page.locator(".when [data-choose]")
    wide = marks.evaluate_all("all => all.map((each) => each.querySelectorAll('rect')[1].getBBox().width)")
    lanes = opened.page.locator(".when svg > text").all_text_contents()

    assert marks.count() == len(WHENS)
    assert wide[0] > wide[1] > wide[2] >= wide[3] > 0  # four years, one, a month, a day
    assert (
        lanes[:4]
        == {
            "zh": ["职务", "荣誉", "文件", "其他"],
            "en": ["Posts", "Honours", "Documents", "Others"],
        }[lang]
    )
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = axe.run(opened.page, options={"runOnly": {"type": "tag", "values": tags}}).response
    assert [(each["id"], each["nodes"][0]["target"]) for each in found["violations"]] == []
    assert opened.run("document.documentElement.scrollWidth <= innerWidth")


def test_the_timeline_is_gone_through_by_keys_and_saved_as_a_picture(
    dated: Picture, show: Callable[..., Any]
) -> None:
    opened = show(render(dated), "#tab=timeline&lang=en")
    opened.page.locator(".when [data-choose][tabindex='0']").focus()
    opened.page.keyboard.press("ArrowRight")
    opened.page.keyboard.press("Enter")

    assert opened.run("kgPage.store.state.chosen") == "f:f901"
    assert opened.run("document.activeElement.dataset.choose") == "f:f901"
    assert opened.page.locator(".when [aria-pressed=true]").count() == 1
    with opened.page.expect_download() as download:
        opened.page.click("#when-keep")
    assert download.value.suggested_filename.endswith("-timeline.svg")
    svg = Path(download.value.path()).read_text(encoding="utf-8")
    parsed = "svg => new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement.nodeName"
    assert opened.run(parsed, svg) == "svg"
    assert "2018 to 2021" in svg
    assert "tabindex" not in svg


def test_one_article_has_a_timeline_where_it_tells_of_several_dates(
    dated: Picture, show: Callable[..., Any]
) -> None:
    opened = show(render(replace(dated, articles=dated.articles[:1])), "#tab=timeline")

    assert opened.page.locator(".when [data-choose]").count() == len(WHENS)


def test_one_article_has_neither_timeline_nor_list(picture: Picture, show: Callable[..., Any]) -> None:
    opened = show(
        render(replace(picture, articles=picture.articles[:1], facts=(), figures=())), "#tab=timeline"
    )

    assert opened.page.locator("#tab-timeline").count() == 0
    assert opened.page.locator("#tab-article[aria-selected=true]").count() == 1


def test_pages_of_quotes_stand_in_tables_panels_and_files(show: Callable[..., Any], picture: Picture) -> None:
    first, second = picture.articles
    turn = second.text.index("蓝石科技否认")
    leaves = ((0, "page=1"), (turn, "page=2"))
    opened = show(
        render(replace(picture, articles=(first, replace(second, leaves=leaves)))), "#tab=facts&lang=en"
    )

    assert cells(opened, "foundAt") == ["", "", "page 1", "page 2", "page 2", ""]
    with opened.page.expect_download() as download:
        opened.page.click("#csv-facts")
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert [row[-1] for row in rows] == ["Page or paragraph", "", "", "page 1", "page 2", "page 2", ""]
    opened.page.click("#panel-facts tbody tr:nth-child(4) td")
    assert opened.page.inner_text("#side .quote").endswith("page 2")


def test_files_of_the_timeline_and_of_the_articles_have_the_columns_that_are_shown(
    show: Callable[..., Any], picture: Picture
) -> None:
    first, second = picture.articles
    paged = replace(picture, articles=(first, replace(second, leaves=((0, "page=1"),))))
    opened = show(render(paged), "#tab=timeline&lang=en")

    def heads(table: str) -> tuple[list[str], list[str]]:
        opened.page.click(f"#tab-{table}")
        shown = opened.page.locator(f"#panel-{table} thead th").all_inner_texts()
        with opened.page.expect_download() as download:
            opened.page.click(f"#csv-{table}")
        with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
            return [each.strip().rstrip(" ↑↓▲▼") for each in shown], next(csv.reader(file))

    for table, last in (("timeline", ["Quote", "Page or paragraph"]), ("articles", ["Facts", "File"])):
        shown, kept = heads(table)
        assert kept == shown
        assert kept[-2:] == last


def test_without_pages_there_is_no_column_of_them(opened: Any) -> None:
    assert opened.page.query_selector("td.c-foundAt, th.c-foundAt") is None
