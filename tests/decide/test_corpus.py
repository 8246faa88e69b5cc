"""Decisions about a corpus: through every build the same, whatever the way there; undone without a trace; proven."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Sequence
from csv import DictReader
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import kg
from kg.base.errors import DecisionError
from kg.base.model import Entity, EntityType, Reading
from kg.base.overlay import NONE, use
from kg.cli.app import app
from kg.corpus.decided import NO_SUCH_NAME, OF_ONE_CODE, OF_TWO_KINDS, Deciding, Kept
from kg.corpus.feature import features_of
from kg.corpus.graph import corpus_graph
from kg.corpus.identity import resolve
from kg.corpus.kept import KEPT_APART, NAME_ALONE
from kg.corpus.model import Identity
from kg.corpus.proof import verify_corpus
from kg.decide.model import Change, Decision
from kg.decide.read import decisions_in, read_decisions
from kg.decide.standing import standing
from kg.graph.query import run
from kg.graph.store import Graph
from kg.graph.validate import validate
from kg.pipeline import Pipeline
from kg.text.source import article_of
from tests.corpus.invented import article, made
from tests.decide.anchors import of_entity, of_fact, of_figure, of_thing

GIFT = """青云市人民医院举行捐赠仪式

2021年6月1日，甲河机械有限公司（以下简称“甲河机械”）向青云市人民医院捐赠了16台呼吸机。
青云市人民医院院长刘大波说，医院现有员工126名。甲河机械董事长李明远出席仪式。
"""
FEAST = """甲河机械举行年会

2022年3月2日，甲河机械有限公司举行年会，董事长李明远说，公司去年产值达3亿元。
青云市中心医院院长刘大坡到会。
"""
WORK = """甲河机械有限公司招聘

2023年3月2日，甲河机械有限公司董事长李明远表示，公司将招聘50名工程师。
"""
TEXTS = {"gift": GIFT, "feast": FEAST, "work": WORK}


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return list(Pipeline().read([article_of(text, name) for name, text in TEXTS.items()]))


def decided(
    readings: Sequence[Reading], decisions: Sequence[Decision]
) -> tuple[list[Reading], Identity, Deciding]:
    """Go the way of a corpus: features first, then who is one with whom, then the readings."""
    deciding = Deciding(decisions, "decisions.toml", several=True)
    raw = {reading.article.sha256: features_of(reading) for reading in readings}
    features = [
        deciding.features(raw[reading.article.sha256], reading)
        if deciding.touches(raw[reading.article.sha256])
        else raw[reading.article.sha256]
        for reading in readings
    ]
    identity = resolve(features, "likely", deciding.kept)
    return [deciding.reading(reading) for reading in readings], identity, deciding


def graph_of(readings: Sequence[Reading], decisions: Sequence[Decision]) -> Graph:
    after, identity, _ = decided(readings, decisions)
    return corpus_graph(after, identity)


def things(identity: Identity, name: str) -> list[int]:
    """Return of how many entities each thing of a name is."""
    return sorted(len(thing.members) for thing in identity.things if thing.label == name)


def test_what_rules_leave_apart_is_joined_and_what_they_join_is_kept_apart(readings: list[Reading]) -> None:
    gift, feast, work = readings
    same = Decision("d1", "same", a=of_thing(gift, "刘大波"), b=of_thing(feast, "刘大坡"))
    apart = Decision("d2", "apart", a=of_thing(gift, "李明远"), b=of_thing(feast, "李明远"))

    _, before, _ = decided(readings, [])
    after, identity, deciding = decided(readings, [same, apart])

    assert things(before, "李明远") == [3]
    assert sorted(things(identity, "李明远")) == [1, 2]
    assert things(identity, "刘大坡") + things(identity, "刘大波") == [2]
    assert [link.level for link in identity.links if link.decided] == ["decided"]
    assert KEPT_APART in {refused.why for refused in identity.refused}
    assert deciding.missing() == ()
    graph = corpus_graph(after, identity)
    assert [str(fault) for fault in verify_corpus(graph, TEXTS.values()).problems] == []
    assert [str(each) for each in validate(graph)] == []
    assert [str(row["id"]) for row in run(graph, "decided")] == ["d1", "d2", "d2"]
    assert work.decided == ()


def test_a_name_that_alone_joins_nothing_joins_nothing(readings: list[Reading]) -> None:
    _, identity, deciding = decided(
        readings, [Decision("d1", "apart", words="甲河机械有限公司", type="Organization")]
    )

    assert things(identity, "甲河机械有限公司") == [1, 1, 1]
    assert {refused.why for refused in identity.refused if refused.link.rule == "company"} == {NAME_ALONE}
    assert deciding.missing() == ()


@pytest.mark.parametrize(
    ("kind", "name", "rule"),
    [
        ("Organization", "全国政协", "well-known-body"),
        ("Organization", "外交部", "body-of-china"),
        ("Activity", "第三届青禾论坛", "edition"),
        ("Activity", "十四五", "period"),
        ("Activity", "北京冬奥会", "games"),
        ("Document", "《青禾保护法》", "law"),
        ("Award", "青禾科技进步奖", "award"),
    ],
)
def test_every_rule_that_needs_but_a_name_yields(kind: EntityType, name: str, rule: str) -> None:
    articles = [article("one", made(kind, name)), article("two", made(kind, name))]
    kept = Kept("decisions.toml", alone=((name, kind),))

    assert [link.rule for link in resolve(articles).links] == [rule]
    identity = resolve(articles, kept=lambda: kept)

    assert identity.links == ()
    assert [(one.link.rule, one.why) for one in identity.refused] == [(rule, NAME_ALONE)]


def test_apart_and_same_through_rules_names_and_third_articles_contradict(readings: list[Reading]) -> None:
    gift, feast, work = readings
    one, two, three = (of_thing(each, "李明远") for each in readings)
    chained = [
        Decision("d1", "same", a=one, b=two, line=1),
        Decision("d2", "same", a=two, b=three, line=8),
        Decision("d3", "apart", a=three, b=one, line=15),
    ]
    named = [
        Decision("d1", "name", a=one, label="李明", line=1),
        Decision("d2", "name", a=two, label="李远", line=8),
    ]

    with pytest.raises(DecisionError, match=r"decisions\.toml:15: 'd3' contradicts 'd2' in line 8: "):
        decided(readings, chained)
    joined = [*named, Decision("d3", "same", a=one, b=two, line=15)]
    with pytest.raises(DecisionError, match=r"decisions\.toml:8: 'd2' contradicts 'd1' in line 1: "):
        decided(readings, joined)
    assert gift.article.sha256 != feast.article.sha256 != work.article.sha256


def test_a_right_name_is_the_name_of_the_whole_thing(readings: list[Reading]) -> None:
    firm = of_thing(readings[0], "甲河机械有限公司")
    others = of_thing(readings[1], "甲河机械有限公司")

    _, identity, _ = decided(
        readings,
        [Decision("d1", "name", a=firm, label="甲河集团"), Decision("d2", "same", a=firm, b=others)],
    )

    assert things(identity, "甲河集团") == [3]


def test_what_is_of_two_types_is_not_one_and_told(readings: list[Reading]) -> None:
    mixed = Decision(
        "d1", "same", a=of_thing(readings[0], "刘大波"), b=of_thing(readings[1], "甲河机械有限公司")
    )

    after, identity, deciding = decided(readings, [mixed])

    assert [(each.id, deciding.why(each)) for each in deciding.missing()] == [("d1", OF_TWO_KINDS)]
    assert [each.decided for each in after] == [(), (), ()]
    assert [each.anchored for each in identity.decided] == [False]


def test_places_of_one_code_are_one_whatever_is_said_until_a_code_is_put_right() -> None:
    pair = list(
        Pipeline().read(
            [
                article_of(f"长沙市举行{what}\n\n2024年3月1日，长沙市举行{what}。\n", what)
                for what in ("年会", "灯会")
            ]
        )
    )
    a, b = (of_thing(each, "长沙市") for each in pair)
    apart = Decision("d1", "apart", a=a, b=b)

    _, identity, deciding = decided(pair, [apart])
    assert [(each.id, deciding.why(each)) for each in deciding.missing()] == [("d1", OF_ONE_CODE)]
    assert len([thing for thing in identity.things if len(thing.members) > 1]) == 1

    _, identity, deciding = decided(pair, [apart, Decision("d2", "code", a=b, code="")])
    assert deciding.missing() == ()
    assert not any(len(thing.members) > 1 for thing in identity.things if "长沙市" in thing.key)


def test_names_that_no_text_has_are_told(readings: list[Reading]) -> None:
    decisions = (
        Decision("d1", "alias", words="乙河", means="甲河机械有限公司", type="Organization"),
        Decision("d2", "apart", words="乙河", type="Organization"),
        Decision("d3", "no-entity", words="乙河", type="Organization"),
        Decision("d4", "apart", words="李明远", type="Person"),
    )
    _, _, deciding = decided(readings, decisions)

    missing = {each.id: deciding.why(each) for each in deciding.missing()}
    assert missing == dict.fromkeys(("d1", "d2", "d3"), NO_SUCH_NAME)


def test_a_decision_about_an_article_that_is_not_there_is_kept_and_told(readings: list[Reading]) -> None:
    same = Decision("d1", "same", a=of_thing(readings[0], "刘大波"), b=of_thing(readings[1], "刘大坡"))

    graph = graph_of([readings[0], readings[2]], [same])

    (row,) = run(graph, "decided")
    assert (str(row["id"]), str(row["found"])) == ("d1", "false")
    assert verify_corpus(graph, [GIFT, WORK]).ok


# 200 decisions in any order -------------------------------------------------------------------------------------------


@cache
def many() -> list[Reading]:
    gold = sorted((Path(__file__).parents[1] / "gold").glob("*.txt"))[:9]
    return list(Pipeline().read([article_of(path.read_text(encoding="utf-8"), path.stem) for path in gold]))


def drawn(readings: Sequence[Reading], draw: random.Random) -> list[Decision]:
    """Return decisions that do not contradict each other: one about each thing, fact and figure that is drawn."""
    made: list[Decision] = []
    every: list[tuple[Reading, Entity]] = []
    for reading in readings:
        for fact in (fact for fact in reading.facts if not fact.derived):
            anchor = of_fact(reading, fact)
            role = fact.role
            anchor = replace(anchor, role=role)
            verdicts: list[Decision] = [
                Decision("", "confirm", fact=anchor),
                Decision("", "reject", fact=anchor),
                Decision("", "change", fact=anchor, to=Change(role="顾问", start="2019")),
            ]
            made.append(draw.choice(verdicts))
        spans = set()
        for figure in reading.figures:
            if figure.span in spans:
                continue
            spans.add(figure.span)
            at = of_figure(reading, figure)
            choices: list[Decision] = [
                Decision("", "confirm", figure=at),
                Decision("", "reject", figure=at),
                Decision("", "figure", figure=at, value=Decimal(7), label="人数"),
            ]
            made.append(draw.choice(choices))
        every += [
            (reading, entity)
            for entity in reading.entities
            if any(each.entity == entity.id and each.is_name for each in reading.links)
        ]
    draw.shuffle(every)
    while len(every) > 1:
        (reading, entity), (other, another) = every.pop(), every.pop()
        a, b = of_entity(reading, entity), of_entity(other, another)
        things: list[Decision] = [
            Decision("", "same", a=a, b=b),
            Decision("", "apart", a=a, b=b),
            Decision("", "unsure", a=a, b=b),
            Decision("", "name", a=a, label=f"{entity.name}甲"),
            Decision("", "type", a=a, type=another.type),
            Decision("", "no-entity", a=b),
        ]
        made.append(draw.choice(things))
    draw.shuffle(made)
    return [replace(each, id=f"d{at}") for at, each in enumerate(made[:200])]


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_200_decisions_in_any_order_give_the_same_graph(seed: int) -> None:
    draw, readings = random.Random(seed), many()  # noqa: S311
    decisions = drawn(readings, draw)
    assert len(decisions) == 200
    shuffled = decisions[:]
    draw.shuffle(shuffled)

    try:
        first = graph_of(readings, decisions)
    except (
        DecisionError
    ) as error:  # a name that was given, or a type, makes one of what was apart: in any order
        with pytest.raises(DecisionError, match=re.escape(error.what)):
            graph_of(readings[::-1], shuffled)
        return
    second = graph_of(readings[::-1], shuffled)
    assert sorted(map(str, first.store)) == sorted(map(str, second.store))
    assert [
        str(fault) for fault in verify_corpus(first, [each.article.text for each in readings]).problems
    ] == []


# the commands ---------------------------------------------------------------------------------------------------------


def tell(*words: object) -> str:
    done = CliRunner().invoke(app, [*map(str, words)])
    return f"{done.exception}\n{done.output}" if isinstance(done.exception, kg.KgError) else done.output


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "decisions.toml"
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a corpus that nothing was decided about."""
    place = tmp_path_factory.mktemp("decided")
    for name, text in TEXTS.items():
        (place / f"{name}.txt").write_text(text, encoding="utf-8")
    tell("build", *(place / f"{name}.txt" for name in TEXTS), "-o", place / "out")
    return place


@pytest.fixture
def place(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(built, tmp_path / "own")
    monkeypatch.chdir(tmp_path / "own")
    return tmp_path / "own"


def test_decided_at_once_holds_through_every_build_and_is_undone_without_a_trace(place: Path) -> None:
    before = tree(place / "out")

    said = tell("same", "刘大波", "刘大坡", "--by", "lin", "--note", "同一人", "--rebuild")
    rejected = tell("reject", "甲河机械有限公司 支持 青云市人民医院", "--rebuild")
    after = tree(place / "out")

    assert "d1 written to out/decisions.toml: 同一：刘大波 = 刘大坡" in said
    assert "decisions applied: 1" in said
    assert "decisions applied: 2" in rejected
    assert after != before
    assert "every one proven" in tell("verify")
    assert "裁定 decided: d1 同一：刘大波 = 刘大坡 (lin, " in tell("explain", "刘大波")
    tell("build", "gift.txt", "feast.txt", "work.txt")
    assert tree(place / "out") == after
    assert "d4" in tell("undo", "d1", "d2")
    tell("decide")
    assert tree(place / "out") == before


def test_building_at_once_is_building_and_adding_with_decisions(place: Path) -> None:
    tell("same", "刘大波", "刘大坡")
    tell("reject", "李明远 任职于 甲河机械有限公司（董事长）")
    decisions = (place / "out" / "decisions.toml").read_bytes()
    tell("decide")
    whole = tree(place / "out")
    shutil.rmtree(place / "out")

    tell("build", "gift.txt")
    (place / "out" / "decisions.toml").write_bytes(decisions)
    told = tell("add", "out", "feast.txt", "work.txt")

    assert "decisions applied: 4" in told
    assert tree(place / "out") == whole
    removed = tell("remove", "out", "feast")
    assert "of types that do not fit): 2: d1 (line 1), " in removed
    assert "every one proven" in tell("verify")
    assert (place / "out" / "decisions.toml").read_bytes() == decisions


def test_contradictions_stop_a_build_in_one_line_and_nothing_is_written(place: Path) -> None:
    tell("same", "刘大波", "刘大坡")
    before = tree(place / "out")
    one = (place / "out" / "decisions.toml").read_text(encoding="utf-8")
    (place / "out" / "decisions.toml").write_text(
        one + one.replace('"d1"', '"d2"').replace('"same"', '"apart"'), encoding="utf-8"
    )

    for words in (("decide",), ("build", "gift.txt", "feast.txt", "work.txt"), ("remove", "out", "work")):
        done = CliRunner().invoke(app, list(words))
        assert isinstance(done.exception, DecisionError)
        assert "decisions.toml:7: 'd2' contradicts 'd1' in line 1: " in str(done.exception)
    assert tree(place / "out") == before
    assert "d2" in tell("undo", "d2")
    assert "decisions applied: 1" in tell("decide")


def test_a_graph_is_held_to_the_decisions_that_are_written(place: Path) -> None:
    tell("same", "刘大波", "刘大坡", "--rebuild")
    path = place / "out" / "decisions.toml"
    written = path.read_bytes()

    assert "every one proven" in tell("verify")
    tell("undo", "d1")
    assert "was decided, and out/decisions.toml does not say so" in tell("verify")
    path.unlink()
    assert "is not beside it" in tell("verify")
    path.write_bytes(written)
    assert CliRunner().invoke(app, ["verify"]).exit_code == 0


def test_a_file_from_the_page_is_taken_over_once(place: Path) -> None:
    tell("same", "刘大波", "刘大坡")
    (place / "mine.toml").write_bytes((place / "out" / "decisions.toml").read_bytes())
    (place / "out" / "decisions.toml").unlink()
    tell("apart", "李明远", "--type", "Person")

    first = tell("decide", "mine.toml", "--no-rebuild")
    again = tell("decide", "mine.toml")

    assert "mine.toml: decisions taken over into out/decisions.toml: 1, there already: 0" in first
    assert "d1 was taken: it is d2 now" in first
    assert [each.id for each in read_decisions(place / "out" / "decisions.toml")][:2] == ["d1", "d2"]
    assert "decisions applied" in again


def test_decisions_may_stand_elsewhere_and_the_corpus_remembers_where(place: Path) -> None:
    tell("same", "刘大波", "刘大坡")
    (place / "out" / "decisions.toml").rename(place / "mine.toml")

    built = tell("build", "gift.txt", "feast.txt", "--decisions", "mine.toml", "--replace")
    added = tell("add", "out", "work.txt")

    assert "decisions applied: 1" in built
    assert "decisions applied: 1" in added
    assert "written to" in tell("reject", "甲河机械有限公司 支持 青云市人民医院")
    assert len(read_decisions(place / "mine.toml")) == 2
    (place / "mine.toml").unlink()
    assert "no such file of decisions" in tell("add", "out", "work.txt")
    assert "no such file of decisions" in tell(
        "build", "gift.txt", "--decisions", "nowhere.toml", "--replace"
    )


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("words", ["甲河机械有限公司 支持", "甲河机械有限公司 支持了 青云市人民医院"])
def test_who_does_not_know_the_whole_label_of_a_fact_is_told_it(words: str) -> None:
    assert "(did you mean 甲河机械有限公司 支持 青云市人民医院?)" in tell("reject", words)
    assert "did you mean" not in tell("reject", "无此公司 支持 青云市人民医院")


@pytest.mark.usefixtures("place")
def test_a_name_of_several_things_is_told_with_their_iris() -> None:
    tell("apart", "李明远", "--type", "Person")
    tell("apart", "李明远@gift", "李明远@feast", "--rebuild")

    told = tell("same", "李明远", "刘大波")

    assert "things are called so" in told
    assert "NAME@ARTICLE" in told
    assert "written to" in tell("same", "李明远@work", "刘大波")
    rows = list(DictReader(tell("query", "decided", "-f", "csv").lstrip("\ufeff").splitlines()))
    assert {(row["id"], row["article"], row["other"]) for row in rows} == {
        ("d1", "", ""),
        ("d2", "feast", "gift"),
    }


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("same", "无此人", "刘大波"), "no entity has this name"),
        (("same", "刘大波", "刘大波"), "are one thing already"),
        (("reject", "无此事"), "no fact has this label"),
        (("undo", "d7"), "has no decision 'd7'"),
        (("apart", "刘大波"), "give another entity, or --type"),
        (("apart", "刘大波", "--type", "Human"), "give one of"),
        (("decide", "nowhere.toml"), "no such file of decisions"),
        (("decide", "-g", "nowhere"), "no such folder"),
    ],
)
@pytest.mark.usefixtures("place")
def test_mistakes_are_one_line(words: tuple[str, ...], what: str) -> None:
    assert what in tell(*words)


def test_figures_are_confirmed_and_rejected_by_their_label(place: Path) -> None:
    tell("confirm", "员工 126名")
    tell("reject", "呼吸机 16台", "--rebuild")

    figures = tell("query", "figures", "-f", "csv")
    assert "126名" in figures
    assert "16台" not in figures
    assert [each.verdict for each in read_decisions(place / "out" / "decisions.toml")] == [
        "confirm",
        "reject",
    ]


def test_what_a_person_decided_or_added_is_decided_anew_by_the_same_command(place: Path) -> None:
    text = (place / "out" / "articles" / "gift.txt").read_text(encoding="utf-8")
    (reading,) = Pipeline().read([article_of(text, "gift")])
    fact = next(
        each for each in reading.facts if each.predicate == "donatedTo" or each.predicate == "supported"
    )
    anchor = of_fact(reading, fact)
    visit = replace(
        anchor,
        predicate="visited",
        subject=of_thing(reading, "甲河机械有限公司"),
        object=of_thing(reading, "青云市人民医院"),
    )
    path = place / "out" / "decisions.toml"
    kg.add_decisions(
        place / "out",
        Decision("", "change", fact=anchor, to=Change(predicate="investedIn")),
        Decision("", "add", fact=visit),
    )
    tell("decide")
    changed, added = ("甲河机械有限公司 投资 青云市人民医院", "甲河机械有限公司 走访 青云市人民医院")
    assert "d1 says so already" in tell("confirm", changed)
    assert "d2 says so already" in tell("confirm", added)
    assert "contradicts 'd1'" in tell("reject", changed, "--by", "wang")
    assert "d2: was added by ''" in tell("reject", added, "--by", "wang")

    said = tell("reject", changed, "--rebuild")
    gone = tell("reject", added, "--rebuild")

    assert "d3 takes the place of d1, which is withdrawn" in said
    assert "withdraw" not in said.split("takes")[0]
    assert "d5 written" in gone
    assert [each.verdict for each in standing(read_decisions(path))] == ["reject"]
    assert "no fact has this label" in tell("reject", changed)
    assert "no fact has this label" in tell("reject", added)
    assert "every one proven" in tell("verify")


def test_what_would_do_nothing_is_told_when_it_is_decided(place: Path) -> None:
    path = place / "out" / "decisions.toml"

    said = tell("same", "李明远@feast", "青云市人民医院")

    assert "李明远 - 青云市人民医院: are of two types, Person and Organization" in said
    assert "verdict type" in said
    assert not path.exists()
    (hospital,) = {kg.load(place / "out").anchor("青云市人民医院")}
    kg.add_decisions(place / "out", Decision("", "type", a=hospital, type="Person"))
    assert "d2 written" in tell("same", "李明远@feast", "青云市人民医院")  # the graph need not have it yet


def test_what_is_one_already_or_of_two_types_is_told_when_it_is_decided(place: Path) -> None:
    path = place / "out" / "decisions.toml"

    assert "李明远 - 李明远: are one thing already" in tell("same", "李明远", "李明远")
    assert "on the page, by its mentions" in tell("apart", "李明远", "李明远")
    assert not path.exists()
    said = tell("same", "李明远@gift", "甲河机械有限公司@gift")
    assert "李明远@gift is Person and 甲河机械有限公司@gift is Organization" in said
    assert path.exists()


def test_of_an_alias_for_nothing_the_build_tells(place: Path) -> None:
    none = Decision("", "alias", words="乙河", means="甲河机械有限公司", type="Organization")
    kg.add_decisions(place / "out", none)

    said = tell("decide")

    assert "decisions applied: 0" in said
    assert "kept all the same (no text has things of these names and this type): 1: d1 (line 1)" in said


def test_what_is_pasted_from_explain_is_a_whole_decision(place: Path) -> None:
    path = place / "out" / "decisions.toml"
    tell("apart", "刘大波", "--type", "Person")

    things = tell("explain", "李明远", "--anchor", "-g", "out")
    one = tell("explain", "李明远@gift", "--anchor", "-g", "out")
    fact = tell("explain", "甲河机械有限公司 支持 青云市人民医院", "--anchor", "-g", "out")
    figure = tell("explain", "呼吸机 16台", "--anchor", "-g", "out")

    assert [each.id for each in decisions_in(things.encode(), "pasted")] == ["d2", "d3", "d4"]
    assert "# gift: " in one
    for text in (things, fact, figure):
        kept = path.read_bytes()
        path.write_bytes(kept + b"\n" + text.encode())
        assert "kept all the same" not in tell("decide")
        assert "every one proven" in tell("verify")
        path.write_bytes(kept)
    assert "no fact has this label" in tell("explain", "无此事", "--anchor", "-g", "out")
    assert "not together with --how" in tell("explain", "李明远", "--anchor", "--how", "-g", "out")


def test_from_python_several_articles_are_joined_as_people_and_rules_say(place: Path) -> None:
    files = [place / f"{name}.txt" for name in TEXTS]
    plain = kg.build(*files)
    same = Decision("d1", "same", a=plain.anchor("刘大波"), b=plain.anchor("刘大坡"))

    joined = kg.build(*files, decisions=[same])

    people = "SELECT DISTINCT ?who { ?who a kg:Person }"
    assert len(plain.query(people)) == 3
    assert len(joined.query(people)) == 2
    joined.save(place / "saved")
    kg.add_decisions(place / "out", same)
    tell("decide")
    assert (place / "saved" / "graph.ttl").read_bytes() == (place / "out" / "graph.ttl").read_bytes()
    kg.add_decisions(place / "saved", same)
    assert "every one proven" in tell("verify", "-g", "saved")


def test_types_of_the_user_are_known_wherever_decisions_are_read(place: Path) -> None:
    schema = """[[type]]
name = "Rocket"
label = { zh = "火箭", en = "rocket" }
comment = { zh = "运载火箭。", en = "A launch vehicle." }
letter = "K"
sign = "箭"
"""
    (place / "out" / "knowledge").mkdir()
    (place / "out" / "knowledge" / "schema.toml").write_text(schema, encoding="utf-8")
    (place / "mine.toml").write_text(
        '[[decision]]\nid = "p1"\nverdict = "apart"\nwords = "飞鸢"\ntype = "Rocket"\n', encoding="utf-8"
    )

    assert "d1 written to" in tell("apart", "长鸢", "--type", "Rocket")
    assert "taken over into" in tell("decide", "mine.toml", "--no-rebuild")
    assert "d2 written to" in tell("undo", "p1")
    assert "nothing was decided" in tell("export", "--to", "gold", "-g", "out")
    assert "ALL" in tell("score", "--decisions", "out")
    use(NONE)
    assert (
        kg.add_decisions("out", kg.Decision("", "apart", words="短鸢", type="Rocket")).written[0].id == "d3"
    )


def test_from_python_decisions_go_where_the_graph_was_built_with(place: Path) -> None:
    (place / "mine.toml").touch()
    tell("build", "gift.txt", "-o", "other", "--decisions", "mine.toml")

    kg.add_decisions("other", kg.Decision("", "apart", words="甲河", type="Organization"))

    assert [each.words for each in read_decisions(place / "mine.toml")] == ["甲河"]
    assert not (place / "other" / "decisions.toml").exists()


def test_from_python(place: Path) -> None:
    graph = kg.build("gift.txt")
    wrong = kg.Decision("", "reject", fact=graph.anchors("甲河机械有限公司 支持 青云市人民医院")[0])  # type: ignore[arg-type]
    nowhere = kg.Decision(
        "",
        "name",
        a=replace(graph.anchor("刘大波"), words="王五", span=replace(graph.anchor("刘大波").span, end=99)),
        label="王六",
    )

    after = graph.decided([replace(wrong, id="d1"), replace(nowhere, id="d2")])
    kg.add_decisions("out", wrong)

    assert len(after.query("relations")) == len(graph.query("relations")) - 1
    assert [each.id for each in after.without_anchor] == ["d2"]
    assert kg.build("gift.txt", decisions=place / "out" / "decisions.toml").to_turtle() != graph.to_turtle()
    with pytest.raises(kg.KgError, match="is decided already"):
        after.decided([])
    with pytest.raises(kg.KgError, match="was loaded"):
        kg.load("out").decided([])
