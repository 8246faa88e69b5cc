"""People of lists that are written line by line."""

from __future__ import annotations

import pytest

from kg.base.model import Reading
from kg.names.person_line import begins_with_person
from kg.pipeline import Pipeline
from kg.text.sentence import split
from kg.text.source import article_of
from kg.words.tagger import default_tagger


def read(*lines: str) -> Reading:
    (reading,) = Pipeline().read([article_of("\n".join(("任前公示", *lines)))])
    return reading


def posts(reading: Reading) -> set[tuple[str, str, str]]:
    names = {entity.id: entity.name for entity in reading.entities}
    return {
        (names[fact.subject], names[fact.object], fact.role)
        for fact in reading.facts
        if fact.predicate == "holdsPosition"
    }


FIRST = "周立文，男，汉族，1975年5月生，现任白水县教育局局长。"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("向大山，男，1979年3月生，现任白水县水务局副局长。", "向大山"),
        ("2.能晓，男，汉族，1981年3月出生，现任白水县水务局副局长。", "能晓"),
        ("才让加，男，藏族，1982年3月生，现任白水县水务局副局长。", "才让加"),
        ("从文，女，苗族，1979年3月生，现任白水县水务局副局长。", "从文"),
        ("时立，1981年2月出生，现任白水县水务局副局长。", "时立"),
        ("能晓同志，男，汉族，1980年5月生，现任白水县水务局副局长。", "能晓"),
        ("能晓（女，汉族，1980年5月生），现任白水县水务局副局长。", "能晓"),
        ("拟任人选能晓，男，1980年5月生，现任白水县水务局副局长。", "能晓"),
    ],
)
def test_the_posts_of_a_line_are_of_its_own_person(line: str, name: str) -> None:
    assert posts(read(FIRST, line)) == {
        ("周立文", "白水县教育局", "局长"),
        (name, "白水县水务局", "副局长"),
    }


@pytest.mark.parametrize(
    "line",
    [
        "患者，男，汉族，1980年3月出生，现任白水县水务局副局长。拟任白水县林业局局长。",
        "姓名：能晓，性别：男，现任白水县水务局副局长。",
        "能晓同志的简历：男，汉族，1980年5月生，现任白水县水务局副局长。",
        "能晓，现任白水县水务局副局长，拟任白水县林业局局长。",
        "能晓\n男，汉族，1980年5月出生，现任白水县水务局副局长。",
    ],
)
def test_a_line_about_somebody_unnamed_is_not_of_the_person_of_the_line_before(line: str) -> None:
    assert posts(read(FIRST, line)) == {("周立文", "白水县教育局", "局长")}


def test_the_next_line_of_the_same_life_is_still_his() -> None:
    told = posts(read(FIRST, "1998年7月参加工作，历任白水县水务局科员、白水县林业局副局长。"))
    assert {name for name, _, _ in told} == {"周立文"}
    assert len(told) == 3


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("向 明，男，1979年3月出生，中专学历。", True),
        ("（一）向大山，土家族，中共党员。", True),
        ("白水县，1980年5月建成，现任县长是周立文。", False),
        ("白水厂，1980年5月生产首台机床，现任厂长。", False),
        ("会议要求，男女同工同酬。", False),
        ("毕业后，现任白水县教育局局长。", False),
    ],
)
def test_a_line_about_a_person_has_his_birth_his_sex_or_his_people(text: str, begins: bool) -> None:
    (tagged,) = default_tagger().tag(split(article_of(text)))
    assert begins_with_person(tagged) is begins


@pytest.mark.parametrize("who", ["死者", "董事长", "嫌疑人", "一男子", "白水村"])
def test_a_noun_or_a_title_or_a_place_is_no_name(who: str) -> None:
    reading = read(f"{who}，男，汉族，1980年3月出生，小学文化。")
    assert who not in {entity.name for entity in reading.entities if entity.type == "Person"}
