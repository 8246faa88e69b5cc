"""``decisions.toml`` as people write it: what it says, and every mistake with its file and line."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kg.base import language
from kg.base.errors import DecisionError
from kg.base.model import Span
from kg.decide.model import Change, Decision, EntityAnchor, FactAnchor, FigureAnchor
from kg.decide.read import decisions_in, read_decisions
from kg.decide.write import toml_of

A, B = "a" * 64, "b" * 64
ONE = EntityAnchor(A, Span(1, 3), "李明", "Person")
OTHER = EntityAnchor(B, Span(4, 6), "李明", "Person")
FACT = FactAnchor(
    A, "holdsPosition", ONE, EntityAnchor(A, Span(8, 10), "甲厂"), Span(0, 12), "，李明任“甲厂”厂长"
)
FIGURE = FigureAnchor(A, Span(20, 24), "126名")

EVERY = (
    Decision("d1", "same", a=ONE, b=OTHER, by="lin", on=date(2026, 11, 29), note='一"家"\n医院'),
    Decision("d2", "apart", words="东方红", type="Person"),
    Decision("d3", "unsure", a=ONE, b=OTHER),
    Decision("d4", "confirm", fact=FACT),
    Decision("d5", "reject", figure=FIGURE),
    Decision("d6", "change", fact=FACT, to=Change(predicate="visited", object=ONE, role="", start="2021-06")),
    Decision("d7", "add", fact=FactAnchor(A, "holdsPosition", ONE, ONE, Span(1, 2), "李", "厂长", "planned", "2020", "2021")),
    Decision("d8", "name", a=ONE, label="李明明"),
    Decision("d9", "type", a=ONE, type="Organization"),
    Decision("d10", "code", a=ONE, code=""),
    Decision("d11", "alias", words="中金", means="中金公司", type="Organization"),
    Decision("d12", "no-entity", words="张网", type="Person"),
    Decision("d13", "figure", figure=FIGURE, value=Decimal("1.50"), unit="", owner=ONE, label="员工"),
    Decision("p1a", "withdraw", of="d1"),
)  # fmt: skip


def error(text: str) -> str:
    with pytest.raises(DecisionError) as caught:
        decisions_in(text.encode(), "decisions.toml")
    return str(caught.value)


def test_every_verdict_is_read_as_it_is_written() -> None:
    text = "\n".join(map(toml_of, EVERY))

    found = decisions_in(text.encode(), "decisions.toml")

    assert [each.content for each in found] == [each.content for each in EVERY]
    assert [(each.id, each.by, each.on, each.note) for each in found] == [
        (each.id, each.by, each.on, each.note) for each in EVERY
    ]
    assert text.split("\n")[found[3].line - 1] == "[[decision]]"


def test_a_file_written_by_hand_on_another_system_is_read() -> None:
    text = '\ufeff# mine\r\n[[decision]]\r\nid = "d1"; verdict = "withdraw"\r\nof = "d0"\r\n'.replace(
        "; ", "\r\n"
    )

    assert decisions_in(text.encode(), "x")[0].of == "d0"
    assert decisions_in(b"", "x") == ()


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "decisions.toml") == ()
    with pytest.raises(DecisionError, match="cannot be read"):
        read_decisions(tmp_path)


def test_what_looks_like_a_decision_inside_of_a_text_is_none() -> None:
    text = (
        '[[decision]]\nid = "d1"\nverdict = "withdraw"\nof = "x"\nnote = """\n[[decision]]\n\\""" # "\n"""\n'
        "[[ decision ]] # '''\nid = 'd2'\nverdict = 'withdraw'\nof = 'y'\n"
    )

    assert [each.line for each in decisions_in(text.encode(), "x")] == [1, 9]


HEAD = '[[decision]]\nid = "d1"\nverdict = "withdraw"\nof = "d0"\n\n[[decision]]\n'
AT = f'article = "{A}", at = [1, 3], words = "李明"'


@pytest.mark.parametrize(
    ("own", "what"),
    [
        ('verdict = "same"', "'id' is missing"),
        ('id = "d 7"\nverdict = "same"', "no id"),
        ('id = "d1"\nverdict = "withdraw"\nof = "x"', "stands in line 1 too"),
        ('id = "d2"', "'verdict' is missing"),
        ('id = "d2"\nverdict = "sam"', "did you mean 'same'"),
        ('id = "d2"\nverdict = "same"', "has not the fields"),
        (f'id = "d2"\nverdict = "same"\na = {{ {AT} }}\nd = 1', "has no field 'd'"),
        (f'id = "d2"\nverdict = "same"\na = {{ {AT} }}\nb = {{ {AT} }}', "the same words"),
        (f'id = "d2"\nverdict = "same"\na = {{ {AT} }}\nb = 1', "no table"),
        ('id = "d2"\nverdict = "no-entity"\na = { article = "77c1", at = [1, 2], words = "x" }', "no checksum"),
        (f'id = "d2"\nverdict = "no-entity"\na = {{ {AT}, typ = "Person" }}', "did you mean 'type'"),
        (f'id = "d2"\nverdict = "no-entity"\na = {{ {AT}, type = "Human" }}', "unknown type 'Human'"),
        (f'id = "d2"\nverdict = "no-entity"\na = {{ {AT.replace("[1, 3]", "[3, 3]")} }}', "no range"),
        (f'id = "d2"\nverdict = "no-entity"\na = {{ {AT.replace("[1, 3]", "[true, 3]")} }}', "no range"),
        (f'id = "d2"\nverdict = "no-entity"\na = {{ {AT} }}\nwords = "x"\ntype = "Person"', "has not the fields"),
        (f'id = "d2"\nverdict = "name"\na = {{ {AT} }}\nlabel = ""', "'label' is missing or no text"),
        (f'id = "d2"\nverdict = "code"\na = {{ {AT} }}\ncode = "43"', "no place code"),
        (f'id = "d2"\nverdict = "figure"\nfigure = {{ {AT} }}', "has not the fields"),
        (f'id = "d2"\nverdict = "figure"\nfigure = {{ {AT} }}\nvalue = nan', "no number"),
        (f'id = "d2"\nverdict = "figure"\nfigure = {{ {AT} }}\nvalue = true', "no number"),
        ('id = "d2"\nverdict = "alias"\nwords = "x"\nmeans = "x"\ntype = "Person"', "the same words"),
        ('id = "d2"\nverdict = "withdraw"\nof = "d2"', "withdraws itself"),
        ('id = "d2"\nverdict = "withdraw"\nof = "x"\non = "today"', "no date"),
        ('id = "d2"\nverdict = "withdraw"\nof = "x"\nby = 3', "'by' is missing or no text"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_and_line(own: str, what: str) -> None:
    message = error(HEAD + own)

    assert message.startswith("decisions.toml:6: ")
    assert what in message
    assert "\n" not in message


FACT_TEXT = (
    f'fact = {{ article = "{A}", predicate = "holdsPosition", subject = {{ at = [1, 3], words = "李明" }}, '
    'object = { at = [8, 10], words = "甲厂" }, at = [0, 12], words = "x" }\n'
)


@pytest.mark.parametrize(
    ("own", "what"),
    [
        (FACT_TEXT.replace("holdsPosition", "holdPosition"), "did you mean 'holdsPosition'"),
        (FACT_TEXT.replace('words = "x"', 'words = "x", status = "planned"'), "only a fact added by hand"),
        (FACT_TEXT.replace('"李明"', f'"李明", article = "{B}"'), "unknown field 'article'"),
        (FACT_TEXT + "to = {}", "'to' is empty"),
        (FACT_TEXT + 'to = { start = "June" }', "'start' is no date"),
        (FACT_TEXT + 'to = { status = "true" }', "unknown status"),
        (FACT_TEXT + 'to = { start = "2021-05", end = "2020" }', "'end' is before 'start'"),
        (FACT_TEXT + 'to = { words = "y" }', "unknown field 'words'"),
    ],
)
def test_a_mistake_in_a_fact_names_file_and_line(own: str, what: str) -> None:
    verdict = "change" if "to = " in own else "confirm"

    message = error(f'[[decision]]\nid = "d1"\nverdict = "{verdict}"\n{own}')

    assert message.startswith("decisions.toml:1: ")
    assert what in message


def test_what_is_no_toml_or_no_table_is_told_with_its_line() -> None:
    assert error('[[decision]]\nid = "d1\n').startswith("decisions.toml:2: no TOML: ")
    assert "unknown table 'x'" in error("x = 1")
    assert "no table" in error("decision = 1")
    assert "nested too deeply" in error("x = " + "[" * 100_000)
    assert "too many digits" in error("x = " + "1" * 5_000)
    with pytest.raises(DecisionError, match=re.escape("d.toml:2: is not UTF-8")):
        decisions_in(b"# a\n# \xff", "d.toml")


def test_messages_are_told_in_chinese_too() -> None:
    language.choose("zh")
    try:
        caught = DecisionError("d.toml:3", "'d2' contradicts 'd1' in line 1: two verdicts on one fact")
        assert language.told(caught) == "d.toml:3：'d2' 与第 1 行的 'd1' 矛盾：对同一事实有两种裁定"
    finally:
        language.choose(None)
