"""The dossier of one thing of many articles, and how it is written."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import lxml.etree  # type: ignore[import-untyped]
import pytest
from typer.testing import CliRunner

from kg.base import language
from kg.base.errors import QueryError
from kg.base.model import Reading
from kg.cli.app import app
from kg.cli.dossier import _FORMS
from kg.corpus.graph import corpus_graph
from kg.corpus.identity import ONE_ARTICLE
from kg.corpus.model import IdentityLink, Refused
from kg.graph.store import Graph
from kg.serve.pages.dossier import sections
from kg.view.dossier import Dossier, Item, Quote, Section, _first_of_each, dossiers
from kg.view.dossier_text import FORMS, HEADS, NOTES, heading, more, told, written
from kg.view.when import LANES, drawing, marks_of
from tests.corpus.many import first_named, identity_of, member


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    language.choose("en")
    yield
    language.choose(None)


def section(found: Dossier, key: str) -> tuple[Item, ...]:
    return next((each.items for each in found.sections if each.key == key), ())


def notes(item: Item) -> dict[str, str]:
    return dict(item.notes)


def test_names_say_how_many_articles_use_each(many_graph: Graph) -> None:
    (group,) = dossiers(many_graph, "青禾集团")

    assert group.articles == 3
    assert [(each.text, notes(each)["articles"]) for each in section(group, "names")] == [
        ("青禾集团", "2"),
        ("青禾集团有限公司", "1"),
    ]


def test_why_it_is_one_is_told_with_the_words_around_both_mentions(many_graph: Graph) -> None:
    person = dossiers(many_graph, "林远山")[0]

    (reason,) = section(person, "why_one")
    assert notes(reason) == {
        "rule": "same-key",
        "level": "sure",
        "confidence": "0.99",
        "because": "林远山",
    }
    assert [quote.article for quote in reason.quotes] == ["opening", "talk"]
    assert all("董事长林远山" in quote.text for quote in reason.quotes)


def test_the_weakest_reason_stands_first(many_readings: list[Reading]) -> None:
    identity = identity_of(many_readings, apart=["namesake"])
    links = tuple(
        replace(link, confidence=0.5 + 0.1 * at, rule=f"r{at}") for at, link in enumerate(identity.links)
    )
    graph = corpus_graph(many_readings, replace(identity, links=links[::-1]))

    (group,) = dossiers(graph, "青禾集团")
    sure = [float(notes(each)["confidence"]) for each in section(group, "why_one")]
    assert sure == sorted(sure)
    assert len(sure) == 2


def test_the_timeline_is_in_order_with_sources_and_quotes_of_each_article(many_graph: Graph) -> None:
    person = dossiers(many_graph, "林远山")[0]

    post, visit = section(person, "timeline")
    assert post.text == "林远山 任职于 青禾集团有限公司（董事长）"
    assert notes(post)["sources"] == notes(post)["independent"] == "2"
    assert notes(post)["stated"] == "2021-03-01"
    assert [quote.article for quote in post.quotes] == ["opening", "talk"]
    assert notes(visit)["date"] == "2021-05-01"
    assert section(person, "posts") == (post,)


def test_figures_and_contradictions_are_told(many_graph: Graph) -> None:
    (group,) = dossiers(many_graph, "青禾集团")

    assert [notes(each)["stated"] for each in section(group, "figures")] == ["2021-03-01", "2021-05-02"]
    (conflict,) = section(group, "conflicts")
    assert notes(conflict) == {"kind": "value"}
    assert {quote.article for quote in conflict.quotes} == {"opening", "talk"}


def test_namesakes_follow_with_what_they_are_known_for(many_graph: Graph) -> None:
    person, other = dossiers(many_graph, "林远山")

    assert (person.articles, other.articles) == (2, 1)
    (namesake,) = section(person, "namesakes")
    assert namesake.node == other.iri
    assert notes(namesake)["known_for"] == "林远山 任职于 云溪大学（教授）"
    assert notes(namesake)["apart"] == "nothing_ties_them"


def test_a_name_is_looked_up_once_however_many_bear_it(
    many_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    named = Graph.named

    def counted(graph: Graph, name: str) -> list[str]:
        asked.append(name)
        return named(graph, name)

    monkeypatch.setattr(Graph, "named", counted)

    assert len(dossiers(many_graph, "林远山")) == 2
    assert asked.count("林远山") == 2  # by whoever asks, and for all dossiers


def test_quotes_of_other_articles_come_first() -> None:
    quotes = [Quote(str(at), name, name, str(at), "") for at, name in enumerate("aabbc")]

    assert [each.text for each in _first_of_each(quotes)] == ["0", "2", "4", "1", "3"]
    many = [Quote(str(at), "a", f"a{at // 2}", str(at), "") for at in range(30_000)]
    assert len(_first_of_each(many)) == len(many)


def test_a_refused_link_says_why_two_are_apart(many_readings: list[Reading]) -> None:
    identity = identity_of(many_readings, apart=["namesake"])
    ends = sorted([member(many_readings, "talk", "林远山"), member(many_readings, "namesake", "林远山")])
    spans = [first_named(many_readings, each) for each in ends]
    link = IdentityLink(ends[0], ends[1], "rare-name", "likely", 0.7, "林远山", spans[0], spans[1])
    graph = corpus_graph(many_readings, replace(identity, refused=(Refused(link, "two ages"),)))

    person = dossiers(graph, "林远山")[0]
    (namesake,) = section(person, "namesakes")
    assert notes(namesake)["refused"] == "two ages"
    assert [notes(each)["rule"] for each in section(person, "why_one")] == ["same-key"]


def test_what_no_entity_is_called_is_an_error(many_graph: Graph) -> None:
    with pytest.raises(QueryError, match="no entity has this name"):
        dossiers(many_graph, "无此人")


def test_one_article_has_a_dossier_too(many_readings: list[Reading]) -> None:
    (person,) = dossiers(Graph.from_readings(many_readings[:1]), "林远山")

    assert [each.key for each in person.sections] == ["names", "posts", "timeline", "companions"]


def test_what_is_left_out_is_told(many_graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.view.dossier._FEW", 1)
    (group,) = dossiers(many_graph, "青禾集团")

    (reasons,) = (each for each in group.sections if each.key == "why_one")
    assert len(reasons.items) == 1
    assert reasons.left_out == 1
    assert "… and 1 more" in written([group], "text")


def test_a_terminal_shows_the_weakest_reasons_and_says_how_to_see_all() -> None:
    reasons = tuple(Item(f"甲 = 甲 {number}") for number in range(8))
    one = Dossier("x:y", "甲", "Person", "", 9, (Section("why_one", reasons, 2),))

    text = written([one], "text")

    assert "甲 = 甲 4" in text
    assert "甲 = 甲 5" not in text
    assert "… and 5 more (all of them: kg dossier NAME -f markdown)" in text
    assert "甲 = 甲 7" in written([one], "markdown")


@pytest.mark.parametrize("form", FORMS)
def test_facts_of_which_no_day_is_known_are_said_to_be_in_no_order(form: str) -> None:
    def of(*notes: tuple[str, str]) -> str:
        facts = Item("甲 任职于 乙"), Item("甲 任职于 丙", notes=notes)
        return written([Dossier("x:y", "甲", "Person", "", 1, (Section("posts", facts),))], form)

    assert "in no order of time" in of()
    assert "in no order of time" not in of(("stated", "2021-03-01"))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_every_form_tells_every_section(many_graph: Graph, form: str, spoken: str) -> None:
    language.choose(spoken)
    found = dossiers(many_graph, "青禾集团")

    text = written(found, form)
    assert all(language.say(HEADS[each.key]) in text for each in found[0].sections)
    assert "林远山 任职于 青禾集团有限公司（董事长）" in text
    assert text == written(found, form)
    assert FORMS == _FORMS


@pytest.mark.parametrize(
    ("articles", "spoken", "said"),
    [
        (1, "en", "named in one article"),
        (2, "en", "named in 2 articles"),
        (1, "zh", "在 1 篇文章中提到"),
    ],
)
def test_one_article_is_no_articles(articles: int, spoken: str, said: str) -> None:
    language.choose(spoken)

    assert said in written([Dossier("x:y", "甲", "Person", "", articles, ())], "text")


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_the_page_of_the_server_says_what_the_dossier_says(spoken: language.Language) -> None:
    notes = [
        ("refused", ONE_ARTICLE),
        ("apart", "nothing_ties_them"),
        ("rule", "person-same-body"),
        ("level", "likely"),
        ("status", "denied"),
        ("reported_by", "青禾集团"),
        ("articles", "3"),
    ]
    item = {"text": "甲", "node": None, "notes": notes, "more": 4, "quotes": []}

    (page,) = sections([{"key": "namesakes", "items": [item], "left_out": 2}], spoken)

    assert language.language() == "en"
    language.choose(spoken)
    for words in (*told(notes), heading("namesakes"), more(4), more(2)):
        assert words in str(page)
    if spoken == "zh":
        assert not re.search("[A-Za-z]{3}", re.sub("<[^>]*>", "", str(page)))


def test_the_timeline_is_drawn_by_date_and_precision_with_its_sources() -> None:
    quote = (Quote("words", "opening", "x:a", "0", "2021-03-01"),)
    told_of = (
        ("2018/2021", "holdsPosition", ()),
        ("2021", "receivedAward", ()),
        ("2021-06", "issued", (("status", "planned"),)),
        ("2021-06-22", "visited", ()),
        ("../2019", "visited", ()),
        ("", "visited", (("stated", "2021-03-01"),)),
        ("some day", "visited", ()),
    )
    items = tuple(
        Item(
            f"甲 {predicate} <乙>",
            f"x:{at}",
            (*((("date", day),) if day else ()), *more),
            quote,
            0,
            predicate,
        )
        for at, (day, predicate, more) in enumerate(told_of)
    )
    found = Dossier("x:y", "甲", "Person", "", 1, (Section("timeline", items),))

    marks = marks_of(found)

    assert [mark.lane for mark in marks] == ["post", "honour", "document", "deed", "deed", "deed"]
    assert [mark.days[1] - mark.days[0] for mark in marks] == [1461, 365, 30, 1, 365, 1]
    assert [mark.open_first for mark in marks] == [False, False, False, False, True, False]
    assert [mark.stated for mark in marks] == [False] * 5 + [True]
    assert [mark.unsure for mark in marks] == [False, False, True, False, False, False]
    assert all("opening" in mark.says for mark in marks)
    picture = drawing(marks, alone=True)
    assert lxml.etree.fromstring(picture.encode()).tag == "{http://www.w3.org/2000/svg}svg"
    assert "holdsPosition &lt;乙&gt;" in picture
    assert "href" not in picture
    assert drawing(marks) != picture
    assert '<a href="/page/3"' in drawing(marks, {"x:3": "/page/3"})
    page = written([found], "html")
    assert 'download="甲-timeline.svg"' in page
    assert base64.b64encode(picture.encode()).decode() in page
    assert drawing(()) == ""


def test_marks_of_the_timeline_lie_upon_nothing() -> None:
    items = tuple(
        Item(f"甲 走访 {at}" * 3, f"x:{at}", (("date", f"20{at:02}"),), (), 0, "visited") for at in range(30)
    )
    picture = drawing(marks_of(Dossier("x:y", "丙", "Person", "", 1, (Section("timeline", items),))))

    spots = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', picture)
    assert len(spots) == 30
    rows: dict[str, list[tuple[float, float]]] = {}
    for x, y, width in spots:
        rows.setdefault(y, []).append((float(x), float(x) + float(width)))
    for own in rows.values():
        own.sort()
        assert all(one[1] <= other[0] for one, other in pairwise(own))
    assert len(rows) > 1


def test_markup_in_names_stays_words() -> None:
    item = Item("<script>*x*</script>\x1b[2J")
    found = [Dossier("x:y", "<b>", "Person", "", 1, ())]

    assert "<b>" not in written(found, "html")
    assert r"\<b\>" in written(found, "markdown")
    assert "\x1b" not in written([replace(found[0], label=item.text)], "text")


def test_all_that_is_said_has_chinese() -> None:
    language.choose("zh")

    for message in (*HEADS.values(), *NOTES.values(), *LANES.values()):
        assert language.say(message) != message or message.startswith("据"), message


def test_the_command_writes_it(many_graph: Graph, tmp_path: Path) -> None:
    many_graph.write(tmp_path / "many.nq", "nq")
    run = CliRunner()
    command = ["dossier", "林远山", "-g", str(tmp_path / "many.nq")]

    shown = run.invoke(app, command)
    assert shown.exit_code == 0
    assert "Why these are one" in shown.stdout
    page = run.invoke(app, [*command, "-f", "html", "-o", str(tmp_path / "out" / "lin.html")])
    assert page.exit_code == 0
    assert (tmp_path / "out" / "lin.html").read_text(encoding="utf-8").startswith("<!doctype html>")
