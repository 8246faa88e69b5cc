"""The table of source formats: what a new one needs, and who reads the table."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.base.errors import SourceError
from kg.cli.app import app
from kg.text.formats import table
from kg.text.formats.table import FORMATS, Format, by_name, by_suffix, described, sniffed, suffixes
from kg.text.source import article_from_bytes, expand, read_article

READMES = [Path(__file__).parents[2] / name for name in ("README.md", "README.zh.md")]
READER = """
from kg.base.errors import SourceError
from kg.text.formats.extract import Extract
from kg.text.formats.plain import text_of


def read(data, where):
    kind, _, rest = text_of(data, where).partition("\\n")
    if kind != "CARDS":
        raise SourceError(where, "no cards", "write CARDS first")
    return Extract(rest.replace(" / ", "\\n"), title="江城签约", publisher="江城日报")
"""
CARDS = "CARDS\n海川公司与明德大学签约 / 海川机械股份有限公司董事长李明5月8日表示，公司投资3亿元。"


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """One more format: a file with a reader, and a line in the table."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "cards_format.py").write_text(READER, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    line = Format("cards", "cards", (".cards",), "cards_format:read", re.compile(rb"CARDS\n"))
    monkeypatch.setattr(table, "FORMATS", (*FORMATS, line))


@pytest.mark.usefixtures("cards")
def test_a_new_format_is_built_by_the_command(tmp_path: Path) -> None:
    source, out = tmp_path / "news.cards", tmp_path / "out"
    source.write_text(CARDS, encoding="utf-8")

    done = CliRunner().invoke(app, ["build", str(tmp_path), "-o", str(out)])

    assert done.exit_code == 0, done.output
    graph = (out / "graph.ttl").read_text(encoding="utf-8")
    assert "海川机械股份有限公司" in graph
    assert "CARDS" not in (out / "articles" / "news.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("cards")
def test_a_new_format_is_found_in_folders_and_told_by_its_bytes(tmp_path: Path) -> None:
    source = tmp_path / "news.CARDS"
    source.write_text(CARDS, encoding="utf-8")

    assert expand([tmp_path]) == (source,)
    article = article_from_bytes(CARDS.encode(), "stdin")
    assert article == read_article(source, "stdin") == article_from_bytes(CARDS.encode(), "stdin", "cards")
    assert (article.title, article.publisher) == ("江城签约", "江城日报")
    with pytest.raises(SourceError, match="no cards"):
        article_from_bytes("海川公司签约".encode(), "a", "cards")


@pytest.mark.usefixtures("cards")
def test_a_new_format_is_named_in_the_message_about_others(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1")

    with pytest.raises(SourceError, match=r" \.cards\)"):
        read_article(tmp_path / "a.rtf")
    assert described().endswith(", cards (.cards)")


def test_a_file_of_no_format_is_refused_by_all_their_suffixes(tmp_path: Path) -> None:
    (tmp_path / "a.cards").write_text(CARDS, encoding="utf-8")

    with pytest.raises(SourceError, match=re.escape(" ".join(suffixes()))):
        read_article(tmp_path / "a.cards")
    with pytest.raises(SourceError, match=r"no article in this folder"):
        expand([tmp_path])


def test_the_commands_help_names_every_format() -> None:
    shown = CliRunner().invoke(app, ["build", "--help"], env={"COLUMNS": "400", "TERM": "dumb"}).output
    words = " ".join(re.sub(r"[│\s]+", " ", shown).split())

    assert all(each.label in words and " ".join(each.suffixes) in words for each in FORMATS)


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readmes_name_every_format(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")

    assert all(each.suffixes[0] in text for each in FORMATS)


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.name)
def test_every_line_of_the_table_is_whole(each: Format) -> None:
    module, _, function = each.reader.partition(":")

    assert callable(getattr(import_module(module), function))
    assert each.suffixes
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in each.suffixes)
    assert by_name(each.name) is each
    assert {by_suffix(suffix) for suffix in each.suffixes} == {each}


def test_no_two_formats_share_a_name_or_a_suffix() -> None:
    assert len({each.name for each in FORMATS}) == len(FORMATS)
    assert len(set(suffixes())) == len(suffixes())


def test_an_unknown_name_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(ValueError, match="no format 'rtf'; one of text, markdown, html"):
        by_name("rtf")


def test_bytes_are_text_where_nothing_says_more() -> None:
    assert sniffed("海川公司签约".encode()).name == "text"
    assert sniffed(b"<!DOCTYPE html><p>").name == "html"
    assert sniffed(b"").name == "text"
