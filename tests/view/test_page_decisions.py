"""Deciding on the page, in a real browser: each kind of decision, what is written, and what keeps it."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import kg
from kg.base.home import digest
from kg.base.model import Reading
from kg.cli.app import app
from kg.decide.apply import apply
from kg.decide.model import Change, Decision
from kg.decide.read import decisions_in
from kg.graph.store import Graph
from kg.pipeline import Pipeline
from kg.text.source import article_of
from kg.view.page import page_of
from kg.view.picture import Picture, picture_of
from tests.decide.anchors import of_entity, of_fact, of_figure

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
TEXT = """𠮷祥镇召开产业大会

2024年3月1日，青禾集团董事长李明在云溪区会见蓝石科技有限公司总经理王芳。会上，𠮷祥镇镇长赵强说，今年将投资3000万元建设产业园。青禾集团与蓝石科技有限公司签署合作协议。青企员工126名。
"""
OTHER = """蓝石科技扩大生产

2024年4月2日，蓝石科技有限公司总经理王芳在云溪区说，公司员工达到300名。
"""
Written = dict[str, Any]


SHA = digest(TEXT)


@cache
def reading() -> Reading:
    return Pipeline().read([article_of(TEXT)])[0]


@pytest.fixture(scope="module")
def page() -> str:
    return page_of(Graph.from_readings([reading()]), [TEXT])


class Desk:
    """The page while one decides on it."""

    def __init__(self, opened: Any) -> None:
        self.opened, self.page = opened, opened.page

    def press(self, name: str) -> None:
        """Take a button by its id, without a pointer."""
        self.page.locator(f"[id='{name}']").focus()
        self.page.keyboard.press("Enter")

    def choose(self, key: str) -> str:
        self.opened.run("chosen => kgPage.store.set({ chosen })", key)
        return key

    def node(self, label: str) -> str:
        return self.choose(f"n:{self.opened.id_of(label)}")

    def tie(self, subject: str, value: str) -> str:
        return self.choose(f"f:{self.opened.tie_between(subject, value)}")

    def figure(self, text: str) -> str:
        found = self.opened.run(
            "text => kgPage.model.figures.find((figure) => figure.text === text).id", text
        )
        return self.choose(f"q:{found}")

    def sentence(self, words: str) -> str:
        return self.choose(
            self.opened.run(
                "words => { const [a, n] = kgPage.model.sayings(words)[0]; return `s:${a}.${n}`; }", words
            )
        )

    def ask(self, verdict: str, key: str) -> None:
        self.press(f"review-{verdict}-{key}")

    def pick(self, field: str, words: str) -> None:
        self.page.fill(f"#review-{field}", words)
        self.page.keyboard.press("Enter")

    def take(self) -> None:
        self.press("review-take")

    def download(self) -> bytes:
        self.opened.run("() => kgPage.store.set({ review: 'on', tab: 'decisions' })")
        with self.page.expect_download() as download:
            self.press("decisions-download")
        assert download.value.suggested_filename == "decisions.toml"
        return Path(download.value.path()).read_bytes()

    def decisions(self) -> list[Written]:
        data = self.download()
        assert len(decisions_in(data, "decisions.toml")) == data.count(b"[[decision]]")
        found: list[Written] = tomllib.loads(data.decode())["decision"]
        return found

    def decision(self) -> Written:
        (found,) = self.decisions()
        return found

    def decided(self) -> Picture:
        """What the graph says once it is built with the file."""
        done = apply(reading(), decisions_in(self.download(), "decisions.toml"))
        assert all(each.anchored for each in done.decided)
        return picture_of(Graph.from_readings([done]), [TEXT])

    def picked(self, words: str) -> None:
        """Select words of the article with the pointer."""
        ends = self.opened.run(
            """words => {
              const walk = document.createTreeWalker(document.querySelector('#panel-article article'), 4);
              for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                node.parentElement.scrollIntoView({ block: 'center' });
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + words.length);
                const { left, right, top, bottom } = range.getBoundingClientRect();
                return [left, right, (top + bottom) / 2];
              }
            }""",
            words,
        )
        self.page.mouse.move(ends[0] + 1, ends[2])
        self.page.mouse.down()
        self.page.mouse.move(ends[1] - 1, ends[2], steps=4)
        self.page.mouse.up()
        self.page.wait_for_selector("section.review .actions")
        self.page.wait_for_timeout(500)


@pytest.fixture
def desk(show: Callable[..., Any], page: str) -> Desk:
    opened = Desk(show(page))
    opened.press("review")
    return opened


def entity(words: str, kind: str) -> Written:
    return {"article": SHA, **spot(words, kind)}


def spot(words: str, kind: str) -> Written:
    at = TEXT.index(words)
    return {"at": [at, at + len(words)], "words": words, "type": kind}


def facts(picture: Picture) -> set[tuple[str, str, str, str]]:
    name = {node.iri: node.label for node in picture.nodes}
    return {(name[each.subject], each.predicate, name[each.object], each.role) for each in picture.facts}


def exact(decision: Written) -> bool:
    """Whether the words of every anchor are those of the article at its place, counted in code points."""
    anchors = [decision, *(value for value in decision.values() if isinstance(value, dict))]
    anchors += [end for each in anchors for end in each.values() if isinstance(end, dict)]
    told = [each for each in anchors if "at" in each]
    return bool(told) and all(TEXT[slice(*each["at"])] == each["words"] for each in told)


# ---- a mode that is off ----


def test_deciding_is_off_until_it_is_switched_on(show: Callable[..., Any], page: str) -> None:
    desk = Desk(show(page))
    desk.node("李明")
    assert desk.page.locator(".review").count() == 0
    assert desk.page.locator("#tab-decisions").count() == 0

    desk.press("review")

    assert desk.page.locator("#side .review .button").count() == 5
    assert desk.page.locator("#tab-decisions").is_visible()
    desk.press("review")
    assert desk.page.locator(".review").count() == 0


# ---- each kind of decision ----


def test_no_such_thing(desk: Desk) -> None:
    desk.ask("no-entity", desk.node("赵强"))

    found = desk.decision()

    assert found.pop("id").startswith("p")
    assert found == {
        "verdict": "no-entity",
        "a": entity("赵强", "Person"),
        "on": date.today(),  # noqa: DTZ011 - as the clock of the reader has it
    }
    assert exact(found)  # behind a character that is two to the browser
    assert "赵强" not in {node.label for node in desk.decided().nodes}


@pytest.mark.parametrize(
    ("label", "kind", "verdict", "field", "value", "told"),
    [
        ("青禾集团", "Organization", "name", "label", "青禾集团有限公司", {"label": "青禾集团有限公司"}),
        ("云溪区", "Place", "code", "code", "", {"code": ""}),
    ],
)
def test_right_name_and_place_code(
    desk: Desk,
    label: str,
    kind: str,
    verdict: str,
    field: str,
    value: str,
    told: Any,
) -> None:
    desk.ask(verdict, desk.node(label))
    desk.page.fill(f"#review-{field}", value)
    desk.page.keyboard.press("Enter")

    found = desk.decision()

    assert {key: found[key] for key in ("verdict", "a", *told)} == {
        "verdict": verdict,
        "a": entity(label, kind),
        **told,
    }
    told_of = {node.label: node.place_code for node in desk.decided().nodes}
    assert told_of[value or label] == "" if field == "code" else value in told_of


def test_right_type(desk: Desk) -> None:
    desk.ask("type", desk.node("云溪区"))
    offered = desk.page.locator("#review-choice option").all_text_contents()
    desk.page.select_option("#review-choice", "Organization")
    desk.take()

    found = desk.decision()

    assert (found["verdict"], found["a"], found["type"]) == (
        "type",
        entity("云溪区", "Place"),
        "Organization",
    )
    assert "地点" not in offered  # it is that already
    assert "企业" not in offered  # a finer kind
    assert {node.label: node.type for node in desk.decided().nodes}["云溪区"] == "Organization"


@pytest.mark.parametrize("verdict", ["same", "apart"])
def test_two_are_one_or_not(desk: Desk, verdict: str) -> None:
    desk.ask(verdict, desk.node("青禾集团"))
    desk.pick("other", "lskj")  # by the initials of its name
    desk.take()

    found = desk.decision()

    assert (found["verdict"], found["a"]) == (verdict, entity("青禾集团", "Organization"))
    assert found["b"] == entity("蓝石科技有限公司", "Organization")
    (ruling,) = desk.decided().rulings
    named = [node for node in desk.decided().nodes if "青禾集团" in node.names]
    assert (ruling.verdict, ["蓝石科技有限公司" in node.names for node in named]) == (
        verdict,
        [verdict == "same"],
    )


@pytest.mark.parametrize("verdict", ["confirm", "reject"])
def test_a_fact_is_right_or_wrong(desk: Desk, verdict: str) -> None:
    desk.ask(verdict, desk.tie("李明", "青禾集团"))

    found = desk.decision()
    fact = found["fact"]

    assert found["verdict"] == verdict
    assert exact(found)
    assert (fact["article"], fact["predicate"], fact["role"]) == (SHA, "holdsPosition", "董事长")
    assert (fact["subject"], fact["object"]) == (spot("李明", "Person"), spot("青禾集团", "Organization"))
    left = ("李明", "holdsPosition", "青禾集团", "董事长") in facts(desk.decided())
    assert left is (verdict == "confirm")


def test_a_fact_is_changed(desk: Desk) -> None:
    desk.ask("change", desk.tie("李明", "青禾集团"))
    desk.pick("object", "蓝石")
    desk.page.fill("#review-role", "总经理")
    desk.page.click("#side .form summary")
    desk.page.select_option("#review-status", "reported")
    desk.page.fill("#review-start", "2021-06")
    desk.take()

    found = desk.decision()

    assert (found["verdict"], found["fact"]["role"]) == ("change", "董事长")
    assert found["to"] == {
        "object": spot("蓝石科技有限公司", "Organization"),
        "role": "总经理",
        "status": "reported",
        "start": "2021-06",
    }
    picture = desk.decided()
    assert ("李明", "holdsPosition", "蓝石科技有限公司", "总经理") in facts(picture)
    assert ("李明", "holdsPosition", "青禾集团", "董事长") not in facts(picture)
    assert {(each.status, each.date) for each in picture.facts if each.pattern == "by-hand"} == {
        ("reported", "2021-06")
    }


def test_predicates_offered_fit_the_two_ends(desk: Desk) -> None:
    desk.ask("change", desk.tie("李明", "青禾集团"))
    offered = "() => [...document.querySelectorAll('#review-predicate option')].map((each) => each.value)"
    before = set(desk.opened.run(offered))
    desk.pick("subject", "青禾集团")
    after = set(desk.opened.run(offered))

    assert {"holdsPosition", "worksFor"} <= before
    assert "subOrganizationOf" in after - before
    assert "worksFor" not in after


@pytest.mark.parametrize("verdict", ["confirm", "reject"])
def test_a_figure_is_right_or_wrong(desk: Desk, verdict: str) -> None:
    desk.ask(verdict, desk.figure("126名"))

    found = desk.decision()

    at = TEXT.index("126名")
    assert found["verdict"] == verdict
    assert found["figure"] == {"article": SHA, "at": [at, at + 4], "words": "126名"}
    left = "126名" in {figure.text for figure in desk.decided().figures}
    assert left is (verdict == "confirm")


def test_a_figure_is_corrected(desk: Desk) -> None:
    desk.ask("figure", desk.figure("3000万元"))
    desk.page.fill("#review-value", "３，０００．５万")
    desk.page.fill("#review-unit", "美元")
    desk.page.fill("#review-what", "投资额")
    desk.pick("whose", "青禾")
    desk.take()

    found = desk.decision()

    assert (found["value"], found["unit"], found["label"]) == (30005000, "美元", "投资额")
    assert found["owner"] == entity("青禾集团", "Organization")
    assert ("30005000", "美元", "投资额") in {
        (each.value, each.unit, each.of) for each in desk.decided().figures
    }


def test_a_fact_is_added_with_the_sentence_as_its_quote(desk: Desk) -> None:
    desk.picked("赵强")
    key = desk.opened.run("kgPage.store.state.chosen")
    desk.ask("add", key)
    assert desk.page.input_value("#review-subject") == "赵强"  # what was selected
    desk.pick("object", "云溪区")
    desk.page.select_option("#review-predicate", "holdsPosition")
    desk.page.fill("#review-role", "区长")
    desk.take()

    found = desk.decision()

    start = TEXT.index("会上")
    quote = TEXT[start : TEXT.index("产业园。") + 4]
    assert exact(found)
    assert found["verdict"] == "add"
    assert found["fact"] == {
        "article": SHA,
        "predicate": "holdsPosition",
        "subject": spot("赵强", "Person"),
        "object": spot("云溪区", "Place"),
        "at": [start, start + len(quote)],
        "words": quote,
        "role": "区长",
    }
    assert ("赵强", "holdsPosition", "云溪区", "区长") in facts(desk.decided())


def test_an_end_of_an_added_fact_may_be_what_was_not_read(desk: Desk) -> None:
    desk.ask("add", desk.sentence("镇长赵强说"))
    desk.pick("subject", "赵强")
    desk.pick("object", "产业园")
    desk.page.select_option("#review-object-type", "Place")
    desk.page.select_option("#review-predicate", "holdsPosition")
    desk.take()

    found = desk.decision()

    assert exact(found)
    assert found["fact"]["object"] == spot("产业园", "Place")
    assert ("赵强", "holdsPosition", "产业园", "") in facts(desk.decided())


def test_selected_words_become_an_alias(desk: Desk) -> None:
    desk.picked("青企")
    desk.ask("alias", desk.opened.run("kgPage.store.state.chosen"))
    assert desk.page.input_value("#review-words") == "青企"
    assert (
        "knowledge/names.csv" in desk.page.locator("#side .form").inner_text()
    )  # the reader does not know it
    desk.pick("means", "青禾集团")
    desk.take()

    found = desk.decision()

    assert {key: found[key] for key in ("verdict", "words", "means", "type")} == {
        "verdict": "alias",
        "words": "青企",
        "means": "青禾集团",
        "type": "Organization",
    }


def test_what_is_decided_in_the_article_needs_no_pointer(desk: Desk) -> None:
    desk.ask("alias", desk.sentence("签署合作协议"))
    desk.page.keyboard.type("蓝石科技有限公司")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.type("qhjt")
    desk.page.keyboard.press("Enter")
    assert "knowledge/names.csv" not in desk.page.locator("#side .form").inner_text()
    desk.page.keyboard.press("Enter")

    assert desk.decision()["means"] == "青禾集团"
    assert any({"青禾集团", "蓝石科技有限公司"} <= set(node.names) for node in desk.decided().nodes)


def test_an_answer_without_the_other_or_without_a_change_is_not_taken(desk: Desk) -> None:
    desk.ask("same", desk.node("青禾集团"))
    desk.take()
    assert desk.page.locator("#side [role=alert]").text_content() == "还没填完，或没有改动。"
    desk.ask("change", desk.tie("李明", "青禾集团"))
    desk.take()

    assert desk.page.locator("#side [role=alert]").text_content() != ""
    assert desk.opened.run("kgPage.review.sink.kept") == []


# ---- several articles ----


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two articles, of which several things are one."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in (("a", TEXT), ("b", OTHER)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(app, ["build", f"{folder}/a.txt", f"{folder}/b.txt", "-o", f"{folder}/out"])
    assert done.exit_code == 0, done.output
    return folder / "out"


@pytest.fixture
def corpus(show: Callable[..., Any], folder: Path) -> Desk:
    return Desk(show((folder / "graph.html").read_text(encoding="utf-8"), "#review=on"))


@pytest.mark.parametrize("everywhere", [False, True], ids=["here", "everywhere"])
def test_of_several_articles_a_thing_is_none_in_one_or_in_all(corpus: Desk, everywhere: bool) -> None:
    corpus.opened.run(
        "() => kgPage.store.set({ article: kgPage.model.articles.findIndex((a) => a.name === 'b') })"
    )
    corpus.ask("no-entity", corpus.node("王芳"))
    if everywhere:
        corpus.page.select_option("#review-choice", "everywhere")
    corpus.take()

    found = corpus.decision()

    if everywhere:
        assert (found["words"], found["type"]) == ("王芳", "Person")
    else:
        at = OTHER.index("王芳")
        assert found["a"] == {"article": digest(OTHER), "at": [at, at + 2], "words": "王芳", "type": "Person"}


def test_a_fact_that_several_articles_tell_is_wrong_in_each_of_them(corpus: Desk) -> None:
    key = corpus.tie("王芳", "蓝石科技有限公司")
    corpus.ask("reject", key)
    kept = corpus.page.locator("#side .kept li").all_inner_texts()
    found = corpus.decisions()

    assert {each["fact"]["article"] for each in found} == {digest(TEXT), digest(OTHER)}
    assert len({each["id"] for each in found}) == 2
    assert len(kept) == 1  # one answer to the reader ...
    corpus.page.locator("#panel-decisions .undo").click()
    assert corpus.page.locator("#review .count").count() == 0  # ... and undone as one


def test_of_two_articles_what_is_of_two_types_is_told_not_to_become_one(corpus: Desk) -> None:
    key = corpus.node("李明")
    elsewhere = (
        "sha => kgPage.store.set({ article: kgPage.model.articles.findIndex((own) => own.sha !== sha) })"
    )
    corpus.opened.run(elsewhere, SHA)
    corpus.ask("same", key)
    corpus.pick("other", "蓝石科技有限公司")
    corpus.take()
    assert corpus.page.locator("#side .form .wrong").inner_text().startswith("类型不同的两个")
    assert corpus.opened.run("kgPage.review.sink.kept.length") == 0

    corpus.ask("type", key)
    corpus.page.select_option("#review-choice", "Organization")
    corpus.take()
    corpus.ask("same", key)
    corpus.pick("other", "蓝石科技有限公司")
    corpus.take()
    assert [each["verdict"] for each in corpus.decisions()] == ["type", "same"]


def test_of_what_was_made_one_a_mention_is_something_else(corpus: Desk) -> None:
    corpus.opened.run(
        "() => kgPage.store.set({ article: kgPage.model.articles.findIndex((a) => a.name === 'a') })"
    )
    corpus.ask("apart", corpus.node("王芳"))
    corpus.page.select_option("#review-mention", label="王芳 · 蓝石科技扩大生产")
    corpus.take()

    found = corpus.decision()

    assert found["verdict"] == "apart"
    assert {each["article"] for each in (found["a"], found["b"])} == {digest(TEXT), digest(OTHER)}
    assert found["a"]["words"] == found["b"]["words"] == "王芳"


def test_without_its_texts_a_page_tells_places_in_the_articles(
    show: Callable[..., Any], folder: Path
) -> None:
    corpus = Desk(show(page_of(kg.load(folder / "graph.ttl").graph), "#review=on"))
    corpus.ask("reject", corpus.tie("赵强", "𠮷祥镇"))

    assert exact(corpus.decision())


def test_what_was_decided_is_in_the_graph_marked_on_the_page_and_withdrawn_there(
    corpus: Desk, folder: Path, tmp_path: Path, show: Callable[..., Any]
) -> None:
    key = corpus.tie("王芳", "蓝石科技有限公司")
    corpus.ask("confirm", key)
    corpus.ask("no-entity", corpus.node("赵强"))
    corpus.take()
    (tmp_path / "mine.toml").write_bytes(corpus.download())
    out = shutil.copytree(folder, tmp_path / "out")
    before = (out / "graph.ttl").read_bytes()
    done = CliRunner().invoke(app, ["decide", str(tmp_path / "mine.toml"), "-g", str(out)])
    assert done.exit_code == 0, done.output

    after = Desk(show((out / "graph.html").read_text(encoding="utf-8"), "#review=on"))
    after.tie("王芳", "蓝石科技有限公司")
    line = after.page.locator("#side .ruled-line").first.inner_text()
    after.opened.run("() => kgPage.store.set({ tab: 'facts', chosen: '' })")
    marked = after.page.locator("#panel-facts tr:has(.ruled)").all_inner_texts()
    after.opened.run("() => kgPage.store.set({ tab: 'decisions' })")
    told = after.page.locator("#panel-decisions .rulings li").all_inner_texts()

    assert line.startswith("人工确认")
    assert all("王芳" in each for each in marked)
    assert marked
    assert sorted(each.split()[0] for each in told) == ["查无此物", "正确", "正确"]
    assert "赵强" not in after.opened.run("kgPage.model.nodes.map((node) => node.label)")

    while after.page.locator(".rulings [aria-pressed=false]").count():
        after.page.locator(".rulings [aria-pressed=false]").first.click()
    (tmp_path / "back.toml").write_bytes(after.download())
    done = CliRunner().invoke(app, ["decide", str(tmp_path / "back.toml"), "-g", str(out)])
    assert done.exit_code == 0, done.output
    assert (out / "graph.ttl").read_bytes() == before


def test_another_answer_withdraws_the_one_the_graph_has(show: Callable[..., Any]) -> None:
    made = (Decision("d1", "confirm", fact=of_fact(reading(), reading().facts[0])),)
    graph = Graph.from_readings([apply(reading(), made)])
    desk = Desk(show(page_of(graph, [TEXT]), "#review=on"))
    fact = next(each for each in picture_of(graph).facts if each.iri in picture_of(graph).rulings[0].nodes)
    key = desk.choose(f"f:{fact.iri.rsplit('/', 1)[1]}")
    desk.ask("reject", key)
    assert desk.page.locator("#side .kept li").count() == 1

    wrong, back = desk.decisions()

    assert (wrong["verdict"], back["verdict"], back["of"]) == ("reject", "withdraw", "d1")


def anew(show: Callable[..., Any], by: str = "") -> tuple[Desk, str]:
    """The page of a graph in which a person changed a fact, at that fact."""
    change = Change(role="总裁", start="2021")
    made = (Decision("d1", "change", fact=of_fact(reading(), reading().facts[0]), to=change, by=by),)
    graph = Graph.from_readings([apply(reading(), made)])
    desk = Desk(show(page_of(graph, [TEXT]), "#review=on"))
    fact = next(each for each in picture_of(graph).facts if each.role == "总裁")
    return desk, desk.choose(f"f:{fact.iri.rsplit('/', 1)[1]}")


def test_what_another_person_made_is_withdrawn_before_it_is_decided_anew(show: Callable[..., Any]) -> None:
    desk, _ = anew(show, by="wang")

    assert "人工改正" in desk.page.locator("#side .ruled-line").inner_text()
    assert desk.page.locator("#side .review .button").count() == 0
    desk.page.locator("#side .ruled-line .button").click()
    assert desk.decision()["of"] == "d1"


def test_what_a_person_made_is_wrong_after_all(show: Callable[..., Any]) -> None:
    desk, key = anew(show)
    desk.ask("reject", key)
    assert desk.page.locator(f"[id='review-reject-{key}']").get_attribute("aria-pressed") == "true"
    assert desk.page.locator(f"[id='review-confirm-{key}']").count() == 0

    wrong, back = desk.decisions()

    assert exact(wrong)
    assert (wrong["verdict"], back["verdict"], back["of"]) == ("reject", "withdraw", "d1")
    after = apply(reading(), decisions_in(desk.download(), "decisions.toml"))
    assert len(after.facts) == len(reading().facts) - 1


def test_what_a_person_made_is_changed_once_more_and_the_rest_of_the_change_stays(
    show: Callable[..., Any],
) -> None:
    desk, key = anew(show)
    desk.ask("change", key)
    desk.page.fill("#review-role", "董事局主席")
    desk.take()

    change, back = desk.decisions()

    assert change["to"] == {"role": "董事局主席", "start": "2021"}
    assert (back["verdict"], back["of"]) == ("withdraw", "d1")
    (fact,) = (each for each in desk.decided().facts if each.role == "董事局主席")
    assert fact.date == "2021"


def test_enter_takes_an_answer_and_shuts_its_form(desk: Desk) -> None:
    desk.ask("name", desk.node("王芳"))
    desk.page.fill("#review-label", "王方")
    desk.page.keyboard.press("Enter")

    assert desk.page.locator("#side .form").count() == 0
    assert desk.decision()["label"] == "王方"


def test_a_fact_added_by_hand_is_taken_back_or_changed(show: Callable[..., Any]) -> None:
    fact = replace(of_fact(reading(), reading().facts[0]), predicate="visited", role=None)
    named = {each.name: each for each in reading().entities}
    fact = replace(
        fact, subject=of_entity(reading(), named["李明"]), object=of_entity(reading(), named["云溪区"])
    )
    graph = Graph.from_readings([apply(reading(), (Decision("d1", "add", fact=fact),))])
    (added,) = (each for each in picture_of(graph).facts if each.iri in picture_of(graph).rulings[0].nodes)
    desk = Desk(show(page_of(graph, [TEXT]), "#review=on"))
    key = desk.choose(f"f:{added.iri.rsplit('/', 1)[1]}")
    desk.ask("reject", key)
    pressed = desk.page.locator(f"[id='review-reject-{key}']")
    assert pressed.get_attribute("aria-pressed") == "true"
    assert [each["verdict"] for each in desk.decisions()] == ["withdraw"]
    desk.choose(key)
    desk.ask("reject", key)
    assert pressed.get_attribute("aria-pressed") == "false"

    desk.ask("change", key)
    desk.page.click("#side .form summary")
    desk.page.fill("#review-start", "2024-03")
    desk.take()
    again, back = desk.decisions()
    assert (again["verdict"], again["fact"]["start"], back["of"]) == ("add", "2024-03", "d1")


def test_a_figure_corrected_by_hand_is_corrected_once_more(show: Callable[..., Any]) -> None:
    figure = next(each for each in reading().figures if each.text == "126名")
    first = Decision("d1", "figure", figure=of_figure(reading(), figure), value=Decimal(162), unit="人")
    graph = Graph.from_readings([apply(reading(), (first,))])
    desk = Desk(show(page_of(graph, [TEXT]), "#review=on"))
    key = desk.figure("126名")
    desk.ask("figure", key)
    desk.page.fill("#review-value", "621")
    desk.take()

    again, back = desk.decisions()

    assert (again["value"], again["unit"], back["of"]) == (621, "人", "d1")


# ---- kept, undone, saved ----


def test_a_reload_loses_nothing_and_each_decision_can_be_undone(desk: Desk) -> None:
    desk.ask("confirm", desk.tie("李明", "青禾集团"))
    desk.ask("no-entity", desk.node("赵强"))
    desk.opened.run("() => kgPage.store.set({ tab: 'decisions' })")
    desk.page.fill("#decided-by", "lin")
    desk.page.locator("[id^=note-]").last.fill("只是口误")
    desk.page.keyboard.press("Tab")
    desk.page.reload()
    desk.page.wait_for_selector("html[data-ready]", state="attached")
    desk.opened.requests.pop()

    assert desk.page.locator("#review .count").text_content() == "2"
    assert [(each["verdict"], each["by"], each.get("note")) for each in desk.decisions()] == [
        ("confirm", "lin", None),
        ("no-entity", "lin", "只是口误"),
    ]

    desk.page.locator("#panel-decisions .undo").first.click()

    assert [each["verdict"] for each in desk.decisions()] == ["no-entity"]


def test_the_last_answer_to_a_question_stands(desk: Desk) -> None:
    key = desk.tie("李明", "青禾集团")
    desk.ask("confirm", key)
    desk.ask("reject", key)
    assert desk.page.locator(f"[id='review-confirm-{key}']").get_attribute("aria-pressed") == "false"
    assert desk.decision()["verdict"] == "reject"

    desk.ask("reject", key)  # once more takes it back

    assert desk.page.locator("#review .count").count() == 0


def test_the_file_is_copied_as_text(desk: Desk) -> None:
    desk.ask("confirm", desk.tie("李明", "青禾集团"))
    desk.opened.run("() => kgPage.store.set({ tab: 'decisions' })")
    shown = desk.page.locator("#panel-decisions pre").text_content()
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.press("decisions-copyText")
    desk.page.wait_for_selector("#decisions-clearSaved")

    assert desk.opened.run("navigator.clipboard.readText()") == shown
    assert tomllib.loads(shown or "")["decision"][0]["verdict"] == "confirm"


def test_pages_of_other_graphs_keep_their_own(show: Callable[..., Any], desk: Desk, gold_page: str) -> None:
    desk.ask("confirm", desk.tie("李明", "青禾集团"))
    key = desk.opened.run("kgPage.review.sink.key")
    other = show(gold_page)

    assert other.run("kgPage.review.sink.key") != key


def test_a_browser_that_keeps_nothing_is_told(show: Callable[..., Any], page: str) -> None:
    opened = show(page)
    desk = Desk(opened)
    full = "{ setItem() { throw new Error('full'); }, getItem: () => null }"
    opened.run(f"() => {{ kgPage.review.sink.storage = {full}; }}")
    desk.press("review")
    desk.ask("confirm", desk.tie("李明", "青禾集团"))
    opened.run("() => kgPage.store.set({ tab: 'decisions' })")

    assert "请先下载" in (desk.page.locator("#panel-decisions .wrong").text_content() or "")


def test_words_of_any_kind_are_written_so_that_they_are_read_again(desk: Desk) -> None:
    told = '"引号" \\ 反斜杠\n\t\x7f 𠮷 # [['
    desk.opened.run(
        "told => kgPage.review.sink.put([{ verdict: 'alias', words: told, means: '青禾集团', type: 'Organization' }], 's', 'k')",
        told,
    )

    assert desk.decision()["words"] == told


# ---- for everybody ----


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_of_wcag_level_a_or_aa(
    show: Callable[..., Any], page: str, lang: str, size: dict[str, int] | None, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    opened = show(page, f"#lang={lang}&review=on", scheme=scheme, **({"viewport": size} if size else {}))
    desk = Desk(opened)

    def check() -> None:
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        found = axe.run(opened.page, options={"runOnly": {"type": "tag", "values": tags}}).response
        wrong = [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found["violations"]]
        assert wrong == [], json.dumps(wrong, ensure_ascii=False)
        assert opened.run("document.documentElement.scrollWidth <= innerWidth")

    check()
    desk.ask("same", desk.node("青禾集团"))
    desk.page.fill("#review-other", "蓝")
    check()
    desk.page.keyboard.press("Enter")
    desk.take()
    check()
    desk.ask("change", desk.tie("李明", "青禾集团"))
    desk.page.click("#side .form summary")
    check()
    desk.ask("confirm", desk.tie("李明", "青禾集团"))
    desk.sentence("青企员工")
    check()
    opened.run("() => kgPage.store.set({ tab: 'decisions', chosen: '' })")
    desk.page.click("#panel-decisions summary")
    check()
    words = opened.page.locator("#panel-decisions .button").all_inner_texts()
    assert ("撤销" if lang == "zh" else "Undo") in words


def test_one_decides_in_the_frame_of_a_notebook_too(show: Callable[..., Any]) -> None:
    frame = kg.build_text(TEXT)._repr_html_()
    opened = show(f"<!doctype html><html data-ready>{frame.replace('height:640px', 'height:860px')}")
    inside = opened.page.frame_locator("iframe")
    inside.locator("html[data-ready]").wait_for(state="attached")  # the network is laid out
    inside.locator("#review").click()
    inside.locator("#tab-entities").click()
    inside.locator("#panel-entities tr", has_text="青禾集团").first.click()
    inside.locator("[id^=review-name-]").click()
    inside.locator("#review-label").fill("青禾集团有限公司")
    inside.locator("#review-label").press("Enter")
    inside.locator("#tab-decisions").click()

    assert "请先下载" in inside.locator("#panel-decisions .wrong").inner_text()  # such a frame keeps nothing
    with opened.page.expect_download() as download:
        inside.locator("#decisions-download").click()
    (found,) = tomllib.loads(Path(download.value.path()).read_text(encoding="utf-8"))["decision"]
    assert found["label"] == "青禾集团有限公司"


def test_who_serves_the_page_takes_the_decisions_in_his_own_way(
    browser: Any, page: str, tmp_path: Path
) -> None:
    """One sets a sink before the page's script; nothing is left to download."""
    sink = """globalThis.kgSink = () => ({
      file: false, by: '', kept: [], sent: [], tell: [],
      put(drafts, slot, about) {
        this.sent.push(JSON.stringify({ drafts, slot, about }));
        this.kept.push(...drafts.map((draft, n) => ({ decision: { id: `d${n}`, ...draft }, slot, about })));
        this.tell.forEach((each) => each());
      },
      undo() {}, note() {}, listen(each) { this.tell.push(each); },
    });"""
    path = tmp_path / "served.html"
    path.write_text(page, encoding="utf-8")
    context = browser.new_context(offline=True)
    context.add_init_script(sink)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(path.as_uri() + "#review=on&tab=decisions")
    opened.wait_for_selector("html[data-ready]", state="attached")
    opened.evaluate("() => kgPage.store.set({ chosen: `f:${kgPage.model.ties[0].id}` })")
    opened.locator("[id^=review-confirm-]").click()

    (sent,) = map(json.loads, opened.evaluate("kgPage.review.sink.sent"))
    assert sent["drafts"][0]["verdict"] == "confirm"
    assert sent["drafts"][0]["fact"]["article"] == SHA
    assert opened.locator("#panel-decisions .kept li").count() == 1
    assert opened.locator("#decisions-download, #panel-decisions pre").count() == 0
    assert errors == []
    context.close()
