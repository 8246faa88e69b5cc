"""What becomes of a reading under each verdict, and that its graph is proven and valid then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kg.base.errors import DecisionError
from kg.base.model import BY_HAND, Entity, EntityId, Evidence, Reading, Span
from kg.decide.apply import apply
from kg.decide.model import Change, Decision, EntityAnchor, FactAnchor, FigureAnchor
from kg.graph.store import Graph
from kg.graph.validate import validate
from kg.graph.verify import verify
from kg.graph.vocabulary import KG
from kg.pipeline import Pipeline
from kg.text.source import article_of
from tests.decide.anchors import of_fact, of_figure, of_thing, of_words

TEXT = """青云市人民医院举行捐赠仪式

本报讯 2021年6月1日，甲河机械有限公司（以下简称“甲河机械”）向青云市人民医院捐赠了16台呼吸机。
青云市人民医院院长刘大波说，医院现有员工126名。甲河机械董事长李明远出席仪式。
李明远说，甲河机械成立于1998年，去年产值达3亿元，还将支持青云市中心学校。
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    (own,) = Pipeline().read([article_of(TEXT, "ceremony")])
    return own


def decided(reading: Reading, *decisions: Decision) -> Reading:
    """Apply decisions, and hold that the graph of what comes of it is proven by the text, and valid."""
    named = [replace(each, id=each.id or f"d{at + 1}") for at, each in enumerate(decisions)]
    after = apply(reading, named)
    graph = Graph.from_readings([after])
    assert [str(fault) for fault in verify(graph, [reading.article.text]).problems] == []
    assert [str(each) for each in validate(graph)] == []
    return after


def names(entities: Iterable[Entity]) -> set[str]:
    return {entity.name for entity in entities}


def post(reading: Reading) -> FactAnchor:
    return of_fact(reading, next(fact for fact in reading.facts if fact.predicate == "holdsPosition"))


def rows(reading: Reading) -> list[tuple[str, str, str, str]]:
    by_id = {entity.id: entity.name for entity in reading.entities}
    return [(by_id[f.subject], f.predicate, by_id[f.object], f.role) for f in reading.facts]


def test_the_text_is_read_as_the_tests_need_it(reading: Reading) -> None:
    assert {"青云市人民医院", "甲河机械有限公司", "刘大波", "李明远"} <= names(reading.entities)
    assert ("刘大波", "holdsPosition", "青云市人民医院", "院长") in rows(reading)
    assert {"126名", "16台"} <= {figure.text for figure in reading.figures}


def test_no_decision_is_the_same_reading(reading: Reading) -> None:
    assert apply(reading, []) is reading
    withdrawn = [Decision("d1", "reject", fact=post(reading)), Decision("d2", "withdraw", of="d1")]
    assert apply(reading, withdrawn) is reading


def test_two_names_become_one_thing_and_say_who_said_so(reading: Reading) -> None:
    one, other = (of_thing(reading, name) for name in ("刘大波", "李明远"))

    after = decided(reading, Decision("", "same", a=one, b=other, by="lin"))

    (whole,) = [entity for entity in after.entities if "刘大波" in entity.names]
    assert "李明远" in whole.names
    assert [(merge.rule) for merge in whole.merges] == [BY_HAND]
    assert after.decided[0].entities == (whole.id,)
    assert {end for row in rows(after) for end in row[::2]} & {"刘大波", "李明远"} == {whole.name}
    graph = Graph.from_readings([after])
    (who,) = graph.values(graph.sources(KG + "Decision", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")[0], "http://www.w3.org/ns/prov#wasAssociatedWith")  # fmt: skip
    assert graph.label(who) == "lin"


def test_two_names_of_one_thing_are_told_apart(reading: Reading) -> None:
    long, short = (of_thing(reading, name) for name in ("甲河机械有限公司", "甲河机械"))
    after = decided(reading, Decision("", "apart", a=long, b=short))

    assert {"甲河机械有限公司", "甲河机械"} <= names(after.entities)
    given = [row for row in rows(after) if row[1] == "supported"]
    assert all(row[0] == "甲河机械" for row in given)


def test_mentions_of_one_name_are_told_apart_each_with_the_nearer(reading: Reading) -> None:
    first, last = of_thing(reading, "青云市人民医院"), of_thing(reading, "青云市人民医院", -1)

    after = decided(reading, Decision("", "apart", a=first, b=last))

    two = [entity.id for entity in after.entities if entity.name == "青云市人民医院"]
    of = [link.entity for link in after.links if link.text == "青云市人民医院"]
    assert len(two) == 2
    assert of[0] != of[-1]
    assert sorted(set(of)) == sorted(two)


def test_a_word_that_only_refers_is_kept_apart_from_nothing(reading: Reading) -> None:
    text = "甲河机械庆典\n\n甲河机械有限公司董事长李明远出席庆典。他说，公司去年产值达3亿元。\n"
    (own,) = Pipeline().read([article_of(text, "he")])
    he = [link for link in own.links if not link.is_name]
    assert he

    at = EntityAnchor(own.article.sha256, he[0].span, he[0].span.of(text), he[0].type)
    after = decided(own, Decision("", "apart", a=of_thing(own, "李明远"), b=at))

    assert after.entities == own.entities
    assert [each.anchored for each in after.decided] == [False]
    assert reading.decided == ()


def test_a_thing_whose_namesake_is_gone_is_called_plainly(reading: Reading) -> None:
    first, last = of_thing(reading, "青云市人民医院"), of_thing(reading, "青云市人民医院", -1)

    after = decided(
        reading,
        Decision("", "apart", a=first, b=last),
        Decision("", "no-entity", a=first),
        Decision("", "name", a=of_thing(reading, "刘大波"), label="李明远"),
        Decision("", "no-entity", a=of_thing(reading, "李明远")),
    )

    assert {f"{entity.type}:{entity.name}" for entity in after.entities} == {
        str(entity.id) for entity in after.entities
    }


def test_a_place_with_a_code_is_told_apart_and_renamed(reading: Reading) -> None:
    text = "岳阳市举行仪式\n\n岳阳市和巴丘镇的代表出席了在岳阳市举行的仪式。\n"
    (own,) = Pipeline().read([article_of(text, "places")])
    first, last = of_thing(own, "岳阳市"), of_thing(own, "岳阳市", -1)

    two = decided(own, Decision("", "apart", a=first, b=last))
    decided(own, Decision("", "alias", words="岳阳市", means="巴陵", type="Place"))

    assert sorted(entity.place_code for entity in two.entities if entity.name == "岳阳市") == ["", "430600"]
    assert reading.decided == ()


def test_a_fact_that_was_read_may_be_stated_by_hand_too(reading: Reading) -> None:
    fact = next(fact for fact in reading.facts if fact.predicate == "holdsPosition")
    added = replace(of_fact(reading, fact), role=fact.role)

    after = decided(reading, Decision("", "add", fact=added))

    assert len(after.facts) == len(reading.facts) + 1  # one node in the graph
    assert len(Graph.from_readings([after]).named("刘大波")) == 1


def test_what_is_kept_apart_and_joined_through_a_third_name_is_a_contradiction(reading: Reading) -> None:
    one, other = (of_thing(reading, name) for name in ("刘大波", "李明远"))
    again = of_thing(reading, "李明远", 1)
    assert other.span != again.span
    decisions = [
        Decision("d1", "same", a=one, b=other, line=1),
        Decision("d2", "apart", a=again, b=one, line=9),
    ]

    with pytest.raises(DecisionError, match=r"decisions\.toml:9: 'd2' contradicts 'd1' in line 1: "):
        apply(reading, decisions)


def test_two_answers_by_two_mentions_of_one_thing_are_a_contradiction(reading: Reading) -> None:
    one, again = of_thing(reading, "李明远"), of_thing(reading, "李明远", 1)
    pairs = [
        (Decision("d1", "name", a=one, label="李明"), Decision("d2", "name", a=again, label="李远")),
        (Decision("d1", "name", a=one, label="李明"), Decision("d2", "no-entity", a=again)),
        (Decision("d1", "type", a=one, type="Place"), Decision("d2", "type", a=again, type="Award")),
    ]
    for pair in pairs:
        with pytest.raises(DecisionError, match="'d2' contradicts 'd1'"):
            apply(reading, pair)


def test_verdicts_on_one_fact_by_two_quotes_are_a_contradiction(reading: Reading) -> None:
    own = post(reading)
    elsewhere = replace(own, span=Span(0, 4), words=TEXT[:4])

    with pytest.raises(DecisionError, match="'d2' contradicts 'd1' in line 0: two verdicts on one fact"):
        apply(reading, [Decision("d1", "confirm", fact=own), Decision("d2", "reject", fact=elsewhere)])


def test_a_fact_that_is_right_is_sure_and_one_that_is_wrong_is_gone(reading: Reading) -> None:
    right = decided(reading, Decision("", "confirm", fact=post(reading)))
    wrong = decided(reading, Decision("", "reject", fact=post(reading)))

    (number,) = right.decided[0].facts
    assert right.facts[number].confidence == 1.0
    assert right.facts[number].pattern == reading.facts[number].pattern
    assert len(wrong.facts) == len(reading.facts) - 1
    assert wrong.decided[0].anchored
    assert ("刘大波", "holdsPosition", "青云市人民医院", "院长") not in rows(wrong)


def test_a_fact_is_corrected_in_each_of_its_parts(reading: Reading) -> None:
    other = of_thing(reading, "甲河机械")
    to = Change(object=other, role="顾问", status="reported", start="2020", end="2021-05")

    after = decided(reading, Decision("", "change", fact=post(reading), to=to))

    fact = after.facts[after.decided[0].facts[0]]
    assert (fact.role, fact.status, fact.pattern, fact.confidence) == ("顾问", "reported", BY_HAND, 1.0)
    assert fact.date is not None
    assert fact.date.edtf == "2020/2021-05"
    assert "甲河机械" in next(e for e in after.entities if e.id == fact.object).names


def test_a_fact_of_another_relation_has_its_ends_in_order(reading: Reading) -> None:
    met = next(fact for fact in reading.facts if fact.predicate == "holdsPosition")

    after = decided(
        reading, Decision("", "change", fact=of_fact(reading, met), to=Change(predicate="worksFor", role=""))
    )

    assert "worksFor" in {fact.predicate for fact in after.facts}


def test_a_fact_is_added_with_its_quote_and_brings_in_what_nobody_read(reading: Reading) -> None:
    start = TEXT.index("李明远说")
    quote = TEXT[start : TEXT.index("。", start)]
    machine = of_words(reading, "呼吸机", "Product")
    added = FactAnchor(
        reading.article.sha256,
        "developed",
        of_thing(reading, "甲河机械"),
        machine,
        Span(start, start + len(quote)),
        quote,
        status="planned",
    )

    after = decided(reading, Decision("", "add", fact=added))

    fact = after.facts[-1]
    assert fact.evidence == (Evidence(added.span, quote),)
    assert (fact.predicate, fact.status, fact.pattern) == ("developed", "planned", BY_HAND)
    assert "呼吸机" in names(after.entities)


def test_a_fact_whose_quote_is_not_the_text_is_not_added_but_kept(reading: Reading) -> None:
    own = post(reading)
    wrong = replace(own, predicate="worksFor", words=own.words + "。")

    after = decided(reading, Decision("", "add", fact=wrong))

    assert after.facts == reading.facts
    assert [each.anchored for each in after.decided] == [False]


def test_what_is_no_thing_is_gone_with_all_its_facts(reading: Reading) -> None:
    after = decided(reading, Decision("", "no-entity", a=of_thing(reading, "刘大波")))
    everywhere = decided(reading, Decision("", "no-entity", words="刘大波", type="Person"))

    for each in (after, everywhere):
        assert "刘大波" not in names(each.entities)
        assert not any("刘大波" in row for row in rows(each))
        assert not any(link.text == "刘大波" for link in each.links)


def test_words_that_are_one_name_of_several_are_taken_from_it(reading: Reading) -> None:
    after = decided(reading, Decision("", "no-entity", words="甲河机械", type="Organization"))

    (firm,) = [entity for entity in after.entities if entity.name == "甲河机械有限公司"]
    assert firm.names == ("甲河机械有限公司",)


def test_a_thing_is_called_and_typed_as_decided_and_facts_that_do_not_fit_go(reading: Reading) -> None:
    after = decided(
        reading,
        Decision("", "name", a=of_thing(reading, "李明远"), label="李明源"),
        Decision("", "type", a=of_thing(reading, "青云市人民医院"), type="Place"),
    )

    assert "李明源" in names(after.entities)
    hospital = next(entity for entity in after.entities if entity.name == "青云市人民医院")
    assert hospital.type == "Place"
    assert {link.type for link in after.links if link.entity == hospital.id} == {"Place"}


def test_a_place_gets_its_code_or_loses_it() -> None:
    article = article_of("岳阳市举行仪式\n\n岳阳市和巴丘镇的代表出席了在岳阳市举行的仪式。\n", "places")
    (own,) = Pipeline().read([article])
    place = of_thing(own, "岳阳市")
    assert {entity.place_code for entity in own.entities if entity.name == "岳阳市"} == {"430600"}

    without = decided(own, Decision("", "code", a=place, code=""))
    other = decided(own, Decision("", "code", a=place, code="430100"))

    assert {entity.place_code for entity in without.entities} == {""}
    assert "430100" in {entity.place_code for entity in other.entities}


def test_an_alias_is_another_name_of_what_the_article_names_or_its_right_name(reading: Reading) -> None:
    apart = Decision("d1", "apart", a=of_thing(reading, "甲河机械有限公司"), b=of_thing(reading, "甲河机械"))
    named = decided(
        reading, Decision("", "alias", words="青云市中心学校", means="青云第一中学", type="Organization")
    )
    joined = decided(reading, Decision("", "alias", words="刘大波", means="李明远", type="Person"))
    nothing = decided(reading, Decision("", "alias", words="丙", means="丁", type="Person"))

    assert "青云第一中学" in names(named.entities)
    assert len(joined.entities) == len(reading.entities) - 1
    assert [each.anchored for each in nothing.decided] == [False]
    assert apply(reading, [apart]).entities != reading.entities


def test_a_figure_is_corrected_taken_away_or_found_right(reading: Reading) -> None:
    staff = next(figure for figure in reading.figures if figure.text == "126名")
    anchor = of_figure(reading, staff)

    after = decided(
        reading,
        Decision("", "figure", figure=anchor, value=Decimal(127), unit="人", label="职工", owner=of_thing(reading, "青云市人民医院")),
    )  # fmt: skip
    gone = decided(reading, Decision("", "reject", figure=anchor))
    right = decided(reading, Decision("", "confirm", figure=anchor))

    (number,) = after.decided[0].figures
    own = after.figures[number]
    assert (own.value, own.unit, own.of, own.rule) == (Decimal(127), "人", "职工", BY_HAND)
    assert "青云市人民医院" in next(e for e in after.entities if e.id == own.subject).names
    assert "126名" not in {figure.text for figure in gone.figures}
    assert right.figures[right.decided[0].figures[0]] == replace(staff, confidence=1.0)
    assert right.decided[0].figures


def test_an_anchor_is_found_by_its_words_where_its_place_has_changed(reading: Reading) -> None:
    moved = replace(of_thing(reading, "刘大波"), span=Span(0, 3))
    fact = replace(
        post(reading), subject=replace(post(reading).subject, span=Span(0, 3)), span=Span(0, 2), words="青云"
    )
    figure = FigureAnchor(reading.article.sha256, Span(0, 4), "126名")

    after = decided(
        reading,
        Decision("", "name", a=moved, label="刘波"),
        Decision("", "confirm", fact=fact),
        Decision("", "confirm", figure=figure),
    )

    assert [each.anchored for each in after.decided] == [True, True, True]


def test_decisions_hold_for_another_reader(reading: Reading) -> None:
    """It names a person with the title, finds no short form, and quotes less."""
    person = next(entity for entity in reading.entities if entity.name == "刘大波")
    other = replace(person, id=EntityId("Person:院长刘大波"), name="院长刘大波", names=("院长刘大波",))
    links = [
        replace(link, entity=other.id, text="院长刘大波", span=Span(link.span.start - 2, link.span.end))
        if link.entity == person.id
        else link
        for link in reading.links
        if link.text != "甲河机械"
    ]
    facts = [
        replace(
            fact,
            subject=other.id if fact.subject == person.id else fact.subject,
            evidence=tuple(
                Evidence(Span(each.span.start, each.span.end - 1), each.quote[:-1]) for each in fact.evidence
            ),
        )
        for fact in reading.facts
    ]
    entities = [other if entity is person else entity for entity in reading.entities]
    changed = replace(reading, entities=tuple(entities), links=tuple(links), facts=tuple(facts))
    decisions = [
        Decision("d1", "confirm", fact=post(reading)),
        Decision("d2", "name", a=of_thing(reading, "甲河机械"), label="甲河集团"),
        Decision("d3", "reject", figure=of_figure(reading, reading.figures[0])),
        Decision("d4", "no-entity", a=of_thing(reading, "李明远", 1)),
    ]

    after = apply(changed, decisions)

    assert [each.anchored for each in after.decided] == [True] * 4
    assert "甲河集团" in names(after.entities)
    assert "李明远" not in names(after.entities)
    assert [fact.confidence for fact in after.facts if fact.subject == other.id] == [1.0]


def test_a_decision_without_anchor_is_kept_and_told(reading: Reading) -> None:
    elsewhere = EntityAnchor("f" * 64, Span(0, 3), "刘大波", "Person")
    nobody = EntityAnchor(reading.article.sha256, Span(0, 3), "王五", "Person")
    fact = replace(post(reading), object=of_thing(reading, "甲河机械"))

    after = decided(
        reading,
        Decision("", "name", a=nobody, label="王六"),
        Decision("", "name", a=elsewhere, label="刘波"),
        Decision("", "reject", fact=fact),
        Decision("", "same", a=of_thing(reading, "刘大波"), b=elsewhere),
    )

    assert [each.anchored for each in after.decided] == [False] * 4
    assert (after.entities, after.facts) == (reading.entities, reading.facts)


def test_a_graph_that_says_more_of_a_decision_than_was_decided_is_not_proven(
    reading: Reading, tmp_path: Path
) -> None:
    after = apply(reading, [Decision("d1", "name", a=of_thing(reading, "李明远"), label="李明源")])
    turtle = Graph.from_readings([after]).to_turtle().decode()
    forged = {
        "another name": turtle.replace("李明源", "李明元"),
        "another verdict": turtle.replace('kg:verdict "name"', 'kg:verdict "type"'),
        "no decision": turtle.replace("prov:wasInfluencedBy", "prov:wasRevisionOf"),
    }

    for what, text in forged.items():
        assert text != turtle, what
        path = tmp_path / "graph.ttl"
        path.write_text(text, encoding="utf-8")
        assert not verify(Graph.load(path), [reading.article.text]).ok, what


def test_a_reading_that_says_otherwise_than_was_decided_is_not_proven(reading: Reading) -> None:
    """Names and checksum are made anew, so only the wording of the decision shows it."""
    after = decided(
        reading,
        Decision(
            "", "figure", figure=of_figure(reading, reading.figures[0]), value=Decimal(77), label="机器"
        ),
        Decision("", "change", fact=post(reading), to=Change(role="顾问")),
    )
    (number,), (place,) = after.decided[0].figures, after.decided[1].facts
    figure, fact = after.figures[number], after.facts[place]
    forged = {
        "says '78', and the decision 'd1' says '77'": replace(
            after,
            figures=tuple(replace(figure, value=Decimal(78)) if f is figure else f for f in after.figures),
        ),
        "says '机油', and the decision 'd1' says '机器'": replace(
            after, figures=tuple(replace(figure, of="机油") if f is figure else f for f in after.figures)
        ),
        "says '院长', and the decision 'd2' says '顾问'": replace(
            after, facts=tuple(replace(fact, role="院长") if f is fact else f for f in after.facts)
        ),
    }

    for what, other in forged.items():
        found = verify(Graph.from_readings([other]), [reading.article.text])
        assert what in {fault.what for fault in found.problems}, what


def test_ends_that_do_not_fit_a_relation_change_and_add_nothing_and_that_is_told(reading: Reading) -> None:
    met = next(fact for fact in reading.facts if fact.predicate == "holdsPosition")
    unfit = Decision("", "change", fact=of_fact(reading, met), to=Change(predicate="receivedAward"))
    turned = of_fact(reading, met)
    added = Decision("", "add", fact=replace(turned, subject=turned.object, object=turned.subject, role=None))

    after = decided(reading, unfit, added)

    assert rows(after) == rows(reading)
    assert [each.anchored for each in after.decided] == [False, False]
