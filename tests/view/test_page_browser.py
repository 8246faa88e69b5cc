"""The page in a real browser, opened from a file with the network off."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html import escape
from typing import Any
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

import kg.view.page
from kg.graph.store import Graph
from kg.view.marks import Mark
from kg.view.page import page_of, render
from kg.view.picture import Fact, Figure, Node, Picture, Quote, Source, picture_of

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
Opened = Any  # a page in the browser: conftest.py beside this has it


# ---- one file, safe and offline ----


def test_page_shows_every_entity_and_relation_without_a_request(gold: Opened, gold_graph: Graph) -> None:
    picture = picture_of(gold_graph)
    base = gold.run("kgPage.model.base")
    assert set(gold.run("[...kgPage.view().nodes]")) == {node.iri[len(base) :] for node in picture.nodes}
    assert set(gold.run("[...kgPage.view().ties]")) == {tie.iri[len(base) :] for tie in picture.facts}
    assert gold.run("kgPage.engine.kind") == "vis"
    gold.page.wait_for_timeout(300)
    assert gold.requests == [gold.page.url.split("#")[0]]


ATTACKS = [
    '</script><script>window.hacked="script"</script>',
    '<img src=x onerror="window.hacked=1">',
    '"><svg onload=window.hacked=2>',
    "{{app}} {{data}} ${window.hacked=3}",
    "' onmouseover='window.hacked=4",
    "<!--<script>\u2028\u2029",
]


def hostile() -> Picture:
    base = "https://example.org/kg/"
    text = "。".join(ATTACKS) + "。"
    starts = [text.index(attack) for attack in ATTACKS]
    quotes = [Quote(0, start, start + len(attack)) for start, attack in zip(starts, ATTACKS, strict=True)]
    nodes = tuple(
        Node(f"{base}e{i}", "Person" if i % 2 else "Organization", attack, (attack, f"<b>{i}</b>"))
        for i, attack in enumerate(ATTACKS)
    )
    ties = tuple(
        Fact(
            f"{base}f{i}",
            nodes[i].iri,
            "holdsPosition",
            nodes[i - 1].iri,
            attack,
            attack,
            attack,
            pattern=attack,
            quotes=(quotes[i],),
        )
        for i, attack in enumerate(ATTACKS)
    )
    figures = tuple(
        Figure(f"{base}q{i}", attack, "1", attack, quotes[i], quotes[i], "CNY", "over", attack, nodes[i].iri)
        for i, attack in enumerate(ATTACKS)
    )
    marks = tuple(Mark(q.start, q.end, nodes[i].iri) for i, q in enumerate(quotes))
    source = Source(
        base + "a", ATTACKS[0], text, ATTACKS[0], ATTACKS[1], ATTACKS[2], "javascript:window.hacked=5", marks
    )
    return Picture(nodes, ties, figures, (source,), ATTACKS[0])


def test_hostile_text_runs_nothing_and_stays_text(show: Callable[..., Opened]) -> None:
    opened = show(render(hostile()))

    for i, attack in enumerate(ATTACKS):
        for kind in ("n", "f", "q"):
            for tab in ("article", "figures", "facts", "entities") if i < 2 else ("article",):
                node = {"n": "e", "f": "f", "q": "q"}[kind] + str(i)
                opened.run("([chosen, tab]) => kgPage.store.set({ chosen, tab })", [f"{kind}:{node}", tab])
        opened.search(attack[:6])
        assert attack in opened.run("kgPage.model.nodes.map((node) => node.label)")
    opened.page.click("#save summary")
    with opened.page.expect_download():
        opened.page.click("#save-svg")
    opened.page.emulate_media(media="print")
    opened.run("dispatchEvent(new Event('beforeprint'))")

    assert opened.page.title() == ATTACKS[0]
    assert opened.page.locator("h1").text_content() == ATTACKS[0]
    assert opened.run("window.hacked") is None
    assert opened.page.locator("a[href^=javascript], img:not([src^='data:']), #main script").count() == 0


def test_page_works_inside_a_frame_of_a_notebook(show: Callable[..., Opened], gold_page: str) -> None:
    notebook = f'<!doctype html><html data-ready><iframe width=1200 height=800 srcdoc="{escape(gold_page)}"></iframe>'
    opened = show(notebook)
    frame = opened.page.frame_locator("iframe")

    frame.locator("#tab-facts").click()

    assert frame.locator("#panel-facts tbody tr").count() > 40


def test_a_frame_that_is_laid_out_later_shows_the_whole_network_then(
    show: Callable[..., Opened], gold_page: str
) -> None:
    frame = f'<iframe style="width:1200px;height:30px" srcdoc="{escape(gold_page, quote=True)}"></iframe>'
    opened = show(f"<!doctype html><html data-ready>{frame}")
    inside = opened.page.frames[1]
    inside.wait_for_selector("html[data-ready]", state="attached")
    small = inside.evaluate("kgPage.engine.scale()")
    opened.page.evaluate("document.querySelector('iframe').style.height = '900px'")

    inside.wait_for_function("small => kgPage.engine.scale() !== small", arg=small)

    boxes = inside.evaluate("kgPage.model.nodes.map(({ id }) => kgPage.engine.screen(id))")
    high = inside.evaluate("document.getElementById('canvas').clientHeight")
    assert all(0 < each["y"] < high for each in boxes)


def test_policy_lets_no_other_script_run(gold: Opened) -> None:
    gold.run(
        "() => { const s = document.createElement('script'); s.textContent = 'window.hacked = 1';"
        " document.body.append(s); }"
    )

    assert gold.run("window.hacked") is None
    assert any("Content Security Policy" in error for error in gold.errors)
    gold.errors.clear()


# ---- readable at first sight ----


@pytest.mark.parametrize(
    "viewport", [DESK, {"width": 1920, "height": 1080}, PHONE], ids=["desk", "wide", "phone"]
)
def test_no_label_covers_another_at_the_default_zoom(
    show: Callable[..., Opened], gold_page: str, viewport: dict[str, int]
) -> None:
    opened = show(gold_page, viewport=viewport)
    boxes = opened.run("kgPage.engine.labelBoxes().map(({ box }) => box)")

    assert boxes
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[i + 1 :]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart, (boxes[i], other)


def test_on_a_desk_every_label_shows_in_letters_large_enough_to_read(gold: Opened) -> None:
    shown = gold.run("kgPage.engine.labelBoxes().length")

    assert shown == gold.run("kgPage.model.nodes.length")
    assert gold.run("kgPage.engine.scale() * 14") >= 9.5


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("fragment", ["", "#tab=facts"], ids=["article", "facts"])
def test_the_whole_network_fits_its_window_with_the_letters_of_its_labels(
    show: Callable[..., Opened], gold_page: str, viewport: dict[str, int], fragment: str
) -> None:
    opened = show(gold_page, fragment=fragment, viewport=viewport)
    edges = opened.run(
        "kgPage.engine.labelBoxes().map(({ id, box }) => {"
        " const { engine } = kgPage; const by = (x) => (x - engine.place(id).x) * engine.scale();"
        " return [engine.screen(id).x + by(box[0]), engine.screen(id).x + by(box[2])]; })"
    )

    assert min(left for left, _ in edges) >= 0
    assert max(right for _, right in edges) <= opened.run("document.getElementById('canvas').clientWidth")


def test_circles_do_not_overlap_and_the_important_are_larger(gold: Opened) -> None:
    spots = gold.run(
        "kgPage.model.byRank.map((node) => { const p = kgPage.engine.place(node.id); return [p.x, p.y, p.r]; })"
    )

    for i, (x, y, r) in enumerate(spots):
        for x2, y2, r2 in spots[i + 1 :]:
            assert (x - x2) ** 2 + (y - y2) ** 2 >= (r + r2) ** 2
    assert spots[0][2] > 1.8 * spots[-1][2]


# ---- article and network, both ways ----


def test_choosing_a_node_lights_its_mentions_and_brings_them_into_view(gold: Opened) -> None:
    gold.click_node("周渭超")

    assert gold.page.locator("#side h2").text_content().endswith("周渭超")
    assert gold.lit_words("on") == "周渭超"
    box = gold.page.locator("#panel-article .on").first.bounding_box()
    pane = gold.page.locator("#panel-article").bounding_box()
    assert pane["y"] <= box["y"] <= pane["y"] + pane["height"]
    assert gold.id_of("铂盛热力公司") in gold.lit("nodes")


def test_choosing_a_tie_lights_its_very_quote(gold: Opened) -> None:
    gold.click_tie("周渭超", "铂盛热力公司")
    quote = gold.run(
        "id => kgPage.model.quote(kgPage.model.tie.get(id).quotes[0])",
        gold.tie_between("周渭超", "铂盛热力公司"),
    )

    assert gold.lit_words("quoted") == quote
    assert "董事长周渭超" in quote
    assert gold.page.locator("#side .quote").first.text_content() == quote.strip()


def test_choosing_a_figure_lights_its_quote_and_whose_it_is(gold: Opened) -> None:
    gold.page.locator("#panel-article .t-figure", has_text="20万元").click()

    assert "主动出资20万元" in gold.lit_words("quoted")
    assert "20万元" in gold.page.locator("#side h2").text_content()
    assert gold.lit("nodes") == {gold.id_of("周渭超")}


def test_choosing_a_sentence_lights_its_part_of_the_network(gold: Opened) -> None:
    gold.page.get_by_text("先后组织义捐").click()
    gold.page.get_by_text("同志主动出资", exact=True).click()

    names = {gold.run("id => kgPage.model.node.get(id).label", each) for each in gold.lit("nodes")}
    assert {"周渭超", "铂盛热力公司", "云溪区小学"} <= names
    assert gold.tie_between("周渭超", "云溪区小学") in gold.lit("ties")
    assert gold.page.locator("#side blockquote").text_content().count("周渭超") == 1


def test_nested_names_light_inside_the_longer_name(gold: Opened) -> None:
    gold.run("id => kgPage.store.set({ chosen: `n:${id}` })", gold.id_of("东方雨虹公司"))

    assert "东方雨虹公司" in gold.lit_words("on")
    assert "党支部" not in gold.lit_words("on")


def test_every_name_and_figure_of_the_text_is_marked(gold: Opened) -> None:
    assert gold.page.locator("#panel-article .mark.t-figure").count() == gold.run(
        "kgPage.model.figures.length"
    )
    marked = gold.page.locator("#panel-article .mark:not(.t-figure)").count()
    assert marked > 80


def test_two_articles_share_a_page_and_each_is_shown_where_it_speaks(
    show: Callable[..., Opened], both_graph: Graph, gold_reading: Any, status_reading: Any
) -> None:
    opened = show(page_of(both_graph, [gold_reading.article.text, status_reading.article.text]))

    opened.run("id => kgPage.store.set({ chosen: `n:${id}` })", opened.id_of("青禾集团"))
    assert "青禾集团否认收购蓝石科技" in opened.page.locator("#panel-article").text_content()
    opened.run("id => kgPage.store.set({ chosen: `n:${id}` })", opened.id_of("云溪区"))
    opened.page.locator("#side li .link", has_text="岳阳高新区").click()
    assert "云溪区" in opened.lit_words("on")
    assert "周渭超" in opened.page.locator("#panel-article").text_content()
    opened.page.select_option("#panel-article select", index=opened.run("1 - kgPage.store.state.article"))
    assert "周渭超" not in opened.page.locator("#panel-article").text_content()


# ---- tables ----


def test_figures_sort_by_value_and_the_chart_begins_with_the_largest_sum(gold: Opened) -> None:
    gold.page.click("#tab-figures")
    gold.page.click("#sort-figures-value")

    first = gold.page.locator("#panel-figures tbody tr").first.text_content()
    assert "10亿" in first
    assert gold.page.locator("#panel-figures th[aria-sort=descending]").count() == 1
    assert "10亿元" in gold.page.locator("button.money").first.text_content().replace("10亿10亿", "10亿元")
    gold.page.locator("button.money").first.click()
    assert gold.page.locator("#tab-article[aria-selected=true]").count() == 1
    assert "10亿产值" in gold.lit_words("quoted")


def test_table_of_facts_holds_every_fact_with_its_quote(gold: Opened) -> None:
    gold.page.keyboard.press("Tab")
    gold.page.keyboard.press("Enter")  # the skip link

    rows = gold.page.locator("#panel-facts tbody tr")
    assert rows.count() == gold.run("kgPage.model.ties.length")
    row = rows.filter(has_text="董事长").first
    assert "周渭超" in row.text_content()
    row.locator(".quote button, button.quote").click()
    assert "董事长周渭超" in gold.lit_words("quoted")


# ---- find and filter ----


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("周渭超", "周渭超"),
        ("zwc", "周渭超"),
        ("科创中心", "湖南岳阳绿色化工产业园科技创业服务中心"),
        ("dfyh", "东方雨虹公司"),
        ("yr", "严容"),
        ("bs", "铂盛热力公司"),
    ],
)
def test_search_finds_by_name_short_form_and_pinyin_initials(gold: Opened, words: str, wanted: str) -> None:
    assert any(hit.startswith(wanted) for hit in gold.search(words))


def test_search_takes_the_first_hit_with_the_return_key(gold: Opened) -> None:
    gold.page.keyboard.press("/")
    gold.page.keyboard.type("zwc")
    gold.page.keyboard.press("Enter")

    assert gold.run("kgPage.store.state.chosen") == f"n:{gold.id_of('周渭超')}"


def test_search_says_when_nothing_is_found(gold: Opened) -> None:
    assert gold.search("不存在的名字") == []
    assert gold.page.locator("#hits .none").is_visible()


def test_legend_counts_and_hides_types_and_relations(gold: Opened) -> None:
    people = gold.run("kgPage.model.nodes.filter((node) => node.type === 'Person').length")
    button = gold.page.locator("#filter-hideTypes-Person")
    assert button.locator(".count").text_content() == str(people)

    button.click()

    assert button.get_attribute("aria-pressed") == "false"
    assert gold.page.locator("#filter-hidePredicates-holdsPosition .count").text_content().startswith("0/")
    assert gold.id_of("周渭超") not in set(gold.run("[...kgPage.view().nodes]"))
    gold.page.click("#filter-hidePredicates-receivedAward")
    assert not gold.run(
        "[...kgPage.view().ties].some((id) => kgPage.model.tie.get(id).p === 'receivedAward')"
    )
    gold.page.click("#reset")
    assert gold.run("kgPage.view().nodes.size") == gold.run("kgPage.model.nodes.length")


def test_status_and_confidence_filter_facts(show: Callable[..., Opened], status_page: str) -> None:
    opened = show(status_page)
    assert {"planned", "denied", "reported"} <= set(opened.run("kgPage.model.ties.map((tie) => tie.status)"))

    opened.page.click("#filter-hideStatus-denied")
    left = opened.run("[...kgPage.view().ties].map((id) => kgPage.model.tie.get(id).status)")
    assert "denied" not in left
    assert "planned" in left
    opened.run("kgPage.store.set({ confidence: 75 })")
    assert opened.run("[...kgPage.view().ties].every((id) => kgPage.model.tie.get(id).conf >= 0.75)")


def test_planned_and_denied_facts_are_drawn_differently(
    show: Callable[..., Opened], status_page: str
) -> None:
    opened = show(status_page)
    drawing = opened.saved("svg").decode()

    assert "stroke-dasharray" in drawing
    assert (
        opened.run("getComputedStyle(document.documentElement).getPropertyValue('--denied').trim()")
        in drawing
    )


def test_focus_shows_what_lies_within_one_to_three_steps(gold: Opened) -> None:
    gold.click_node("周渭超")
    sizes = []
    for depth in (1, 2, 3):
        gold.page.click(f"#focus-{depth}")
        sizes.append(gold.run("kgPage.view().nodes.size"))

    assert sizes[0] == 4
    assert sizes == sorted(set(sizes))
    gold.page.click("#chip-focus")
    assert gold.run("kgPage.view().nodes.size") == gold.run("kgPage.model.nodes.length")


def test_shortest_path_is_shown_as_a_chain_of_facts(gold: Opened) -> None:
    gold.click_node("铂盛热力公司")
    gold.page.click("#path-to")
    gold.page.keyboard.type("华润燃气")
    gold.page.keyboard.press("Enter")

    stations = gold.page.locator(".chain > li:not(.via) .link span:last-child").all_text_contents()
    assert stations[0] == "铂盛热力公司"
    assert stations[-1] == "华润燃气有限公司"
    assert gold.lit("nodes") == {gold.id_of(each) for each in stations}
    assert len(gold.page.locator(".chain .via").all()) == len(stations) - 1


def test_no_path_is_said_plainly(gold: Opened) -> None:
    one, other = gold.id_of("金瀚化工"), gold.id_of("中创化工")
    gold.run("([from, to]) => kgPage.store.set({ from, to })", [one, other])

    assert "没有路径" in gold.page.locator("#side").text_content()


def test_hidden_nodes_can_be_shown_again(gold: Opened) -> None:
    gold.click_node("周渭超")
    gold.page.click("#hide")
    assert gold.id_of("周渭超") not in set(gold.run("[...kgPage.view().nodes]"))

    gold.page.locator("#side .toggle", has_text="恢复显示").click()

    assert gold.id_of("周渭超") in set(gold.run("[...kgPage.view().nodes]"))


# ---- detail panel ----


def test_detail_panel_tells_all_about_a_node(gold: Opened) -> None:
    gold.click_node("周渭超")
    panel = gold.page.locator("#side").text_content()

    for words in ("人物", "铂盛热力公司", "董事长", "委员", "云溪区小学", "20万元", "任职于"):
        assert words in panel
    assert "https://example.org/kg/" in gold.page.locator("#side .iri").text_content()


def test_detail_panel_says_why_two_names_are_one(gold: Opened) -> None:
    gold.click_node("岳阳绿色化工高新技术产业开发区")

    assert "高新区（文中声明）" in gold.page.locator("#side dl").first.text_content()


def test_detail_panel_names_pattern_and_confidence_of_a_fact(gold: Opened) -> None:
    gold.click_tie("周渭超", "铂盛热力公司")
    panel = gold.page.locator("#side").text_content()

    assert "by-hand" in panel
    assert "90%" in panel
    assert gold.page.locator("#side .where").count() == 1


def test_copied_query_answers_on_the_graph(gold: Opened, gold_graph: Graph) -> None:
    gold.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    gold.click_node("周渭超")
    gold.page.click("#side .copies summary")
    gold.page.click("#copy-sparql")
    gold.page.locator("#live", has_text="已复制").wait_for(state="attached")
    query = gold.run("navigator.clipboard.readText()")

    found = gold_graph.store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    rows = list(found)
    assert len(rows) == 3
    assert {row["subject"].value for row in rows} == {"周渭超"}


# ---- keep and share ----


def test_a_link_opens_the_same_view(show: Callable[..., Opened], gold_page: str, gold: Opened) -> None:
    gold.click_node("周渭超")
    gold.page.click("#focus-2")
    gold.page.click("#tab-facts")
    gold.page.click("#language")
    state = "JSON.stringify([...Object.entries(kgPage.store.state)].map(([k, v]) => [k, v instanceof Set ? [...v] : v]))"

    again = show(gold_page, fragment=gold.run("location.hash"))

    assert again.run(state) == gold.run(state)
    assert again.run("[...kgPage.view().nodes].join()") == gold.run("[...kgPage.view().nodes].join()")


@pytest.mark.parametrize(
    "fragment", ["#at=n:nothing&focus=x&from=a&to=b", "#tab=%00&depth=99&sure=-3", "#%E0%A4%A", "#at=s:9.9"]
)
def test_a_broken_link_opens_the_page_all_the_same(
    show: Callable[..., Opened], gold_page: str, fragment: str
) -> None:
    assert show(gold_page, fragment=fragment).run("kgPage.view().nodes.size") > 0


def test_drawing_is_saved_as_svg_with_all_labels(gold: Opened) -> None:
    root = ET.fromstring(gold.saved("svg"))  # noqa: S314 - our own drawing

    words = "".join(root.itertext())
    assert "周渭超" in words
    assert len(root.findall(".//{*}circle")) == gold.run("kgPage.model.nodes.length")


def test_picture_is_saved_as_png(gold: Opened) -> None:
    data = gold.saved("png")

    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(data) > 50_000


def test_visible_facts_are_saved_as_csv_that_opens_right_in_a_spreadsheet(gold: Opened) -> None:
    gold.page.click("#filter-hidePredicates-receivedAward")
    data = gold.saved("csv")

    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 1 + gold.run("kgPage.view().ties.size")
    row = next(row for row in rows if "董事长" in row)
    assert row[0] == "周渭超"
    assert "董事长周渭超" in row[10]


def test_saved_cells_are_no_formulas(show: Callable[..., Opened]) -> None:
    base = "https://example.org/kg/"
    nodes = (Node(base + "e1", "Organization", "=1+1"), Node(base + "e2", "Organization", "@SUM(A1)"))
    tie = Fact(base + "f1", nodes[0].iri, "partneredWith", nodes[1].iri)
    opened = show(render(Picture(nodes, (tie,), title="公式")))

    assert opened.saved("csv").decode("utf-8-sig").splitlines()[1].startswith("'=1+1,组织机构,合作,'@SUM(A1)")


def test_hostile_text_stays_text_where_no_policy_stops_it(show: Callable[..., Opened]) -> None:
    """The page's policy is the second guard: without it nothing of an article is markup either."""
    page = re.sub(r"<meta http-equiv=.Content-Security-Policy.[^>]*>", "", render(hostile()))
    assert "Content-Security-Policy" not in page
    opened = show(page)

    for tab in ("article", "figures", "facts", "entities"):
        for i in range(len(ATTACKS)):
            opened.run("([chosen, tab]) => kgPage.store.set({ chosen, tab })", [f"n:e{i}", tab])

    assert opened.run("window.hacked") is None
    assert opened.page.locator("main script, main iframe, main img, main [style*=url]").count() == 0
    assert opened.page.evaluate(
        "[...document.querySelectorAll('*')].every(e => e.getAttributeNames().every(n => !n.startsWith('on')))"
    )


def test_print_shows_article_network_and_facts_without_controls(gold: Opened) -> None:
    gold.run("dispatchEvent(new Event('beforeprint'))")
    gold.page.emulate_media(media="print")

    assert not gold.page.locator("#tools").is_visible()
    assert not gold.page.locator("#side").is_visible()
    assert gold.page.locator("#panel-article").is_visible()
    assert gold.page.locator("#print img").is_visible()
    assert gold.page.locator("#print tr").count() == gold.run("kgPage.model.ties.length")


# ---- doubt, where one reads ----


@pytest.fixture(scope="module")
def doubt_page() -> str:
    """Two invented articles: one fact is sure, one in doubt, two are passed on."""
    base = "https://example.org/kg/"
    words = {"a": "青禾集团与蓝石科技合作。", "b": "据传赤岩集团支持蓝石科技，知情人士称支持青禾集团。"}
    nodes = tuple(
        Node(f"{base}e{number}", "Organization", name, (name,))
        for number, name in enumerate(("青禾集团", "蓝石科技", "赤岩集团"))
    )
    qing, lan, chi = (node.iri for node in nodes)

    def quoted(article: str, clause: str) -> tuple[Quote, ...]:
        start = words[article].find(clause)
        return (Quote(list(words).index(article), start, start + len(clause)),)

    facts = (
        Fact(
            f"{base}f0",
            qing,
            "partneredWith",
            lan,
            confidence=0.42,
            quotes=quoted("a", "青禾集团与蓝石科技合作"),
        ),
        Fact(
            f"{base}f1",
            chi,
            "supported",
            lan,
            status="reported",
            confidence=0.9,
            source="据传",
            quotes=quoted("b", "赤岩集团支持蓝石科技"),
        ),
        Fact(
            f"{base}f2",
            chi,
            "supported",
            qing,
            status="reported",
            confidence=0.8,
            source="知情人士",
            quotes=quoted("b", "支持青禾集团"),
        ),
    )
    articles = tuple(
        Source(
            base + name,
            name,
            text,
            marks=tuple(
                Mark(text.find(node.label), text.find(node.label) + len(node.label), node.iri)
                for node in nodes
                if node.label in text
            ),
        )
        for name, text in words.items()
    )
    return render(Picture(nodes, facts, articles=articles, title="2 篇文章"))


def test_panel_of_an_entity_says_of_each_fact_how_sure_it_is_its_status_and_who_says_it(
    show: Callable[..., Opened], doubt_page: str
) -> None:
    opened = show(doubt_page)
    opened.search("赤岩集团")
    opened.page.keyboard.press("Enter")
    rows = opened.page.locator("#side .extra").all_inner_texts()
    opened.page.click("#language")
    english = opened.page.locator("#side .extra").all_inner_texts()

    assert [row.split() for row in rows] == [
        ["转述", "据传", "可信度", "90%"],
        ["转述", "据知情人士", "可信度", "80%"],
    ]
    assert [" ".join(row.split()) for row in english] == [
        "reported according to 据传 Confidence 90%",
        "reported according to 知情人士 Confidence 80%",
    ]


def test_what_is_in_doubt_is_dashed_and_marked_and_its_line_says_how_sure_it_is(
    show: Callable[..., Opened], doubt_page: str
) -> None:
    opened = show(doubt_page)
    dashed = ET.fromstring(opened.saved("svg")).findall(".//{*}path[@stroke-dasharray='4 3']")  # noqa: S314 - our own drawing
    assert len(dashed) == 1
    assert "低于 60%" in opened.page.locator("#side .key").inner_text()

    opened.click_tie("青禾集团", "蓝石科技")

    assert opened.page.locator("#side h3.arrow.doubt").count() == 1
    assert "合作 42%" in opened.saved("svg").decode()
    opened.run("kgPage.store.set({ chosen: '', tab: 'facts' })")
    assert opened.page.locator("#panel-facts .sure.doubt").all_inner_texts() == ["42%"]
    assert opened.page.locator("#panel-facts .c-reportedBy .cell").all_inner_texts() == ["据传", "据知情人士"]


def test_the_tip_of_a_line_says_how_sure_it_is(show: Callable[..., Opened], doubt_page: str) -> None:
    opened = show(doubt_page)
    ends = [
        opened.run("id => { const p = kgPage.engine.screen(id); return [p.x, p.y]; }", opened.id_of(each))
        for each in ("赤岩集团", "青禾集团")
    ]
    box = opened.page.locator("#canvas").bounding_box()
    (x0, y0), (x1, y1) = ends
    for share in (0.35, 0.45, 0.55, 0.65):  # names may lie on parts of the line
        if not opened.page.locator("#tip").is_visible():
            opened.page.mouse.move(box["x"] + x0 + (x1 - x0) * share, box["y"] + y0 + (y1 - y0) * share)

    assert "转述 · 据知情人士 · 可信度 80%" in opened.page.locator("#tip").inner_text()


def test_on_a_phone_the_sheet_opens_for_a_thing_of_another_article_too(
    show: Callable[..., Opened], doubt_page: str
) -> None:
    opened = show(doubt_page, viewport=PHONE)
    opened.run("id => kgPage.store.set({ chosen: `n:${id}` })", opened.id_of("赤岩集团"))

    assert opened.run("kgPage.store.state.article") == 1
    assert opened.page.locator("#side h2").is_visible()


def test_several_articles_are_counted_in_the_language_of_the_page(
    show: Callable[..., Opened], doubt_page: str
) -> None:
    opened = show(doubt_page)
    titles = [opened.page.locator("#title").inner_text()]
    opened.page.click("#language")
    titles.append(opened.page.locator("#title").inner_text())

    assert titles == ["2 篇文章", "2 articles"]


# ---- five questions of a new user, by clicks alone ----


def test_one_click_shows_who_won_honours(gold: Opened) -> None:
    gold.page.click("#only-hidePredicates-receivedAward", force=True)

    shown = set(gold.run("[...kgPage.view().nodes].map((id) => kgPage.model.node.get(id).label)"))
    assert {"中创化工", "金瀚化工", "东方雨虹检测车间", "严容", "全国五一巾帼标兵岗"} <= shown
    assert "周渭超" not in shown


def test_one_click_shows_what_a_person_did_and_where_it_says_so(gold: Opened) -> None:
    gold.click_node("周渭超")

    panel = gold.page.locator("#side").text_content()
    assert "主动出资20万元长期资助云溪区小学" in panel
    assert gold.page.locator("#panel-article .on").first.is_visible()


def test_two_clicks_list_which_party_branches_belong_to_which_companies(gold: Opened) -> None:
    gold.page.click("#only-hidePredicates-subOrganizationOf", force=True)
    gold.page.click("#tab-facts")

    rows = [row.text_content() for row in gold.page.locator("#panel-facts tbody tr").all()]
    assert any("东方雨虹公司党支部" in row and "隶属于" in row for row in rows)
    assert any("聚仁化工党支部" in row for row in rows)


def test_two_clicks_find_the_largest_sum_and_its_sentence(gold: Opened) -> None:
    gold.page.click("#tab-figures")
    gold.page.locator("button.money").first.click()

    assert "10亿产值" in gold.lit_words("quoted")


def test_three_clicks_show_how_two_companies_are_connected(gold: Opened) -> None:
    gold.click_node("铂盛热力公司")
    gold.page.click("#path-to")
    gold.click_node("华润燃气有限公司")

    assert gold.page.locator(".chain").is_visible()
    assert gold.run("kgPage.view().lit.chain.length") >= 2


# ---- for everyone ----


def test_interface_switches_between_chinese_and_english(gold: Opened) -> None:
    gold.page.click("#language")

    assert gold.run("document.documentElement.lang") == "en"
    assert "Facts" in gold.page.locator("#tab-facts").text_content()
    assert "Person" in gold.page.locator("#side").text_content()
    gold.page.click("#language")
    assert "事实" in gold.page.locator("#tab-facts").text_content()


def test_network_is_walked_by_keyboard_alone(gold: Opened) -> None:
    gold.page.focus("#canvas")
    gold.page.keyboard.press("ArrowRight")
    first = gold.run("kgPage.store.state.chosen")
    gold.page.keyboard.press("ArrowRight")
    second = gold.run("kgPage.store.state.chosen")
    assert first.startswith("n:")
    assert second.startswith("n:")
    assert first != second
    assert gold.page.locator("#live").text_content()

    gold.page.keyboard.press("Enter")
    assert gold.run("document.activeElement.id") == "side"
    gold.page.keyboard.press("Tab")
    assert gold.run("document.activeElement.closest('#side') !== null")
    gold.page.keyboard.press("Escape")
    assert gold.run("kgPage.store.state.chosen") == ""


def test_article_is_walked_by_keyboard_alone(gold: Opened) -> None:
    gold.page.locator("#panel-article [tabindex='0']").focus()
    gold.page.keyboard.press("ArrowDown")
    gold.page.keyboard.press("ArrowDown")
    gold.page.keyboard.press("Enter")
    assert gold.run("kgPage.store.state.chosen").startswith("s:0.")
    gold.page.keyboard.press("ArrowRight")
    gold.page.keyboard.press("Enter")
    assert gold.run("kgPage.store.state.chosen")[0] in "nq"


def test_every_control_is_reached_with_the_tab_key(gold: Opened) -> None:
    reached = set()
    for _ in range(60):
        gold.page.keyboard.press("Tab")
        reached.add(gold.run("document.activeElement.id || document.activeElement.closest('[id]')?.id"))

    assert {
        "skip",
        "search",
        "save",
        "theme",
        "language",
        "canvas",
        "zoom-in",
        "tab-article",
        "panel-article",
    } <= reached
    assert {"filter-hideTypes-Person", "confidence", "reset"} <= reached


VIEWS = {
    "start": "",
    "node": "#at=n:{node}",
    "fact": "#at=f:{tie}",
    "figures": "#tab=figures",
    "facts": "#tab=facts&facts.sort=-sure&facts.subject=高新",
    "facts-english": "#tab=facts&lang=en",
    "entities": "#tab=entities",
    "no-row": "#tab=facts&facts.quote=没有这些字",
    "path": "#from={node}&to={other}",
    "dark": "#theme=dark&at=n:{node}",
    "dark-figures": "#theme=dark&tab=figures",
    "dark-facts": "#theme=dark&tab=facts&facts.date=2018",
}


PHONE_VIEWS = ("start", "node", "figures", "facts", "facts-english", "entities")


@pytest.mark.parametrize(
    ("view", "viewport"),
    [*((view, DESK) for view in VIEWS), *((view, PHONE) for view in PHONE_VIEWS)],
    ids=[*VIEWS, *(f"phone-{view}" for view in PHONE_VIEWS)],
)
def test_no_violation_of_wcag_level_a_or_aa(
    show: Callable[..., Opened], gold_page: str, gold_graph: Graph, view: str, viewport: dict[str, int]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    picture = picture_of(gold_graph)
    iris = {node.label: node.iri for node in picture.nodes}
    tie = next(tie.iri for tie in picture.facts if tie.subject == iris["周渭超"] and tie.role == "董事长")
    ends = {"node": iris["周渭超"], "other": iris["华润燃气有限公司"], "tie": tie}
    fragment = VIEWS[view].format(**{name: iri.rsplit("/", 1)[1] for name, iri in ends.items()})
    opened = show(gold_page, fragment=fragment, viewport=viewport)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = axe.run(opened.page, options={"runOnly": {"type": "tag", "values": tags}}).response

    wrong = [
        (each["id"], [node["target"] for node in each["nodes"]][:3], each["nodes"][0].get("failureSummary"))
        for each in found["violations"]
    ]
    assert wrong == [], json.dumps(wrong, ensure_ascii=False, indent=1)


def test_page_fits_a_phone_and_shows_the_chosen_node_above_the_sheet(
    show: Callable[..., Opened], gold_page: str
) -> None:
    opened = show(gold_page, viewport=PHONE)
    assert opened.run("document.documentElement.scrollWidth <= innerWidth")

    opened.run("id => kgPage.store.set({ chosen: `n:${id}` })", opened.id_of("周渭超"))

    y = opened.run(
        "id => kgPage.engine.screen(id).y + document.getElementById('canvas').getBoundingClientRect().top",
        opened.id_of("周渭超"),
    )
    assert y < opened.page.locator("#side").bounding_box()["y"]
    assert opened.page.locator("#side h2").is_visible()


def test_page_follows_the_system_and_the_switch_in_light_and_dark(
    show: Callable[..., Opened], gold_page: str
) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = show(gold_page), show(gold_page, scheme="dark")
    assert light.run(ground) != dark.run(ground)

    light.page.click("#theme")

    assert light.run(ground) == dark.run(ground)


# ---- large networks ----


def chain(count: int) -> Picture:
    base = "https://example.org/kg/"
    nodes = tuple(Node(f"{base}e{i:05}", "Organization", f"第{i}公司", (f"第{i}公司",)) for i in range(count))
    ties = tuple(
        Fact(f"{base}f{i:05}", nodes[i].iri, "partneredWith", nodes[i // 7].iri) for i in range(1, count)
    )
    return Picture(nodes, ties, title="链")


def test_above_three_hundred_nodes_the_same_page_draws_with_sigma(show: Callable[..., Opened]) -> None:
    opened = show(render(chain(700)))
    assert opened.run("kgPage.engine.kind") == "sigma"

    opened.search("第350公司")
    opened.page.keyboard.press("Enter")

    assert opened.page.locator("#side h2").text_content().endswith("第350公司")
    opened.page.click("#focus-2")
    assert 1 < opened.run("kgPage.view().nodes.size") < 100
    assert b"<svg" in opened.saved("svg")


def test_a_node_of_a_large_network_is_chosen_by_a_click(show: Callable[..., Opened]) -> None:
    opened = show(render(chain(400)))
    opened.run("id => kgPage.engine.look(id)", opened.id_of("第0公司"))
    opened.page.wait_for_timeout(200)
    x, y = opened.run(
        "id => { const p = kgPage.engine.screen(id); return [p.x, p.y]; }", opened.id_of("第0公司")
    )
    box = opened.page.locator("#canvas").bounding_box()
    opened.page.mouse.click(box["x"] + x, box["y"] + y)
    opened.page.wait_for_timeout(400)

    assert opened.page.locator("#side h2").first.text_content().endswith("第0公司")


def test_what_does_not_fit_is_left_out_and_said(
    show: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.view.page, "NODE_LIMIT", 320)
    opened = show(render(chain(400)))

    assert opened.run("kgPage.model.nodes.length") == 320
    note = opened.page.locator("#chips .note").text_content()
    assert "320" in note
    assert "80" in note
