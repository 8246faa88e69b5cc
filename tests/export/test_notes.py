"""The graph as Markdown notes: read back by a parser of Markdown and one of YAML."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from kg.export.file_names import file_names
from kg.export.records import records_of
from kg.export.table import export
from kg.graph.store import Graph
from tests.export.hostile import hostile_graph, needs

Notes = dict[str, str]


def notes_of(graph: Graph) -> Notes:
    return {path: data.decode() for path, data in export(graph, "markdown").items()}


def body(note: str) -> str:
    return note.split("\n---\n", 1)[1]


def links(note: str) -> list[tuple[str, str]]:
    """The links of a note as a reader of Markdown sees them: text and target."""
    found = []
    for token in MarkdownIt().parse(body(note)):
        children = token.children or []
        for at, each in enumerate(children):
            if each.type == "link_open":
                words = []
                for inner in children[at + 1 :]:
                    if inner.type == "link_close":
                        break
                    words.append(inner.content)
                found.append(("".join(words), unquote(str(each.attrs["href"]))))
    return found


def shown(note: str) -> str:
    """All text that a reader of Markdown shows of a note."""
    tokens = MarkdownIt().parse(body(note))
    return "\n".join("".join(each.content for each in token.children or []) for token in tokens)


@pytest.fixture(scope="module", params=["plain", "hostile"])
def graph(request: Any, both_graph: Graph) -> Graph:
    return both_graph if request.param == "plain" else hostile_graph()


def test_every_thing_and_article_has_a_note_in_the_list(graph: Graph) -> None:
    notes, records = notes_of(graph), records_of(graph)

    assert len(notes) == 1 + len(records.things) + len(records.articles)
    listed = {target for _, target in links(notes["index.md"])}
    assert listed == notes.keys() - {"index.md"}


def test_every_link_leads_to_a_note_and_back(graph: Graph) -> None:
    notes = notes_of(graph)
    edges = set()
    for path, note in notes.items():
        for _, target in links(note):
            parts: list[str] = []
            for part in (PurePosixPath(path).parent / target).parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            edges.add((path, "/".join(parts)))

    assert {end for _, end in edges} <= notes.keys()
    for path, end in edges:
        if path != "index.md":
            assert (end, path) in edges


def test_each_fact_stands_at_both_its_ends_with_quote_and_source(graph: Graph) -> None:
    notes, records = notes_of(graph), records_of(graph)
    by_thing = {
        line.removeprefix('resource: "').removesuffix('"'): shown(note)
        for note in notes.values()
        for line in note.split("\n---\n", 1)[0].splitlines()
        if line.startswith("resource: ")
    }
    titles = {each.iri: each.title for each in records.articles}

    assert records.facts
    for fact in records.facts:
        for end in (fact.subject, fact.object):
            note = by_thing[end]
            assert f"^{fact.iri.rsplit('/', 1)[1]}" in note
            for quote in fact.quotes:
                assert f"{quote.start}–{quote.end}" in note
                assert " ".join(titles[quote.article].split()) in " ".join(note.split())
                words = [" ".join(line.split()) for line in quote.text.split("\n")]
                assert all(line in " ".join(note.split()) for line in words)


def test_no_name_of_an_article_becomes_a_mark(graph: Graph) -> None:
    allowed = {"heading_open", "paragraph_open", "bullet_list_open", "list_item_open", "blockquote_open"}
    inline = {
        "text",
        "link_open",
        "link_close",
        "strong_open",
        "strong_close",
        "softbreak",
        "code_inline",
        "text_special",
    }
    for note in notes_of(graph).values():
        tokens = MarkdownIt().parse(body(note))
        assert {each.type for each in tokens} - {each.replace("_open", "_close") for each in allowed} <= {
            *allowed,
            "inline",
        }
        assert {child.type for each in tokens for child in each.children or ()} <= inline
        assert "<script" not in body(note).replace("\\<script", "")


def test_names_of_files_can_be_written_everywhere(graph: Graph) -> None:
    notes = notes_of(graph)
    keys = [unicodedata.normalize("NFD", path).casefold() for path in notes]

    assert len(set(keys)) == len(keys)
    for path in notes:
        for part in path.removesuffix(".md").split("/"):
            assert not re.search(r'[\x00-\x1f<>:"\\|?*#^\[\]]', part)
            assert part == part.strip(" .")
            assert not re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", part)
            assert len(part.encode()) < 240
        assert path == "index.md" or PurePosixPath(path).stem.casefold() not in ("index", "log")


def test_two_of_one_name_have_the_same_names_whatever_else_there_is() -> None:
    names = file_names([("https://x/e1", "王伟"), ("https://x/e2", "王伟"), ("https://x/e3", "李娜")])

    assert names["https://x/e3"] == "李娜"
    assert len({names["https://x/e1"], names["https://x/e2"]}) == 2
    assert all(name.startswith("王伟 ") for iri, name in names.items() if iri != "https://x/e3")


@pytest.mark.others
def test_front_matter_is_that_of_the_open_knowledge_format(graph: Graph) -> None:
    yaml = needs("yaml")
    records = records_of(graph)
    things = {each.iri: each for each in records.things}
    seen = set()
    for path, note in notes_of(graph).items():
        head = yaml.safe_load(note.split("\n---\n", 1)[0].removeprefix("---\n"))
        if path == "index.md":
            assert head == {"okf_version": "0.2"}
            continue
        assert isinstance(head["type"], str)
        assert head["type"]
        assert head["generated"]["by"].startswith("kg/")
        assert all(isinstance(tag, str) for tag in head["tags"])
        seen.add(head["resource"])
        if head["resource"] in things:
            thing = things[head["resource"]]
            assert (head["type"], head["title"]) == (thing.type, thing.label)
            cited = set(re.findall(r"\[\^(\w+)\]", body(note)))
            assert cited == {each["id"] for each in head.get("sources", [])}
            assert all(each["resource"].startswith("../articles/") for each in head.get("sources", []))
    assert set(things) <= seen


def test_notes_of_an_earlier_export_stay_and_are_told(
    both_graph: Graph, status_graph: Graph, tmp_path: Path
) -> None:
    def write(graph: Graph) -> subprocess.CompletedProcess[str]:
        graph.write(tmp_path / "graph.ttl")
        command = [
            sys.executable,
            "-m",
            "kg",
            "export",
            "--to",
            "markdown",
            "-g",
            str(tmp_path / "graph.ttl"),
        ]
        return subprocess.run(
            [*command, "-o", str(tmp_path / "vault")], capture_output=True, encoding="utf-8", check=True
        )

    assert not write(both_graph).stderr
    (tmp_path / "vault" / "things" / "我的.md").write_text("# 我的\n", encoding="utf-8")
    told = write(status_graph).stderr

    assert told.startswith("of an earlier export, not in this one: articles/")
    assert "我的" not in told
    assert (tmp_path / "vault" / "things" / "周渭超.md").is_file()


def test_notes_of_the_user_are_not_written_over(both_graph: Graph, tmp_path: Path) -> None:
    both_graph.write(tmp_path / "graph.ttl")
    command = [sys.executable, "-m", "kg", "export", "--to", "markdown", "-g", str(tmp_path / "graph.ttl")]

    def write() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, "-o", str(tmp_path / "vault")], capture_output=True, encoding="utf-8", check=False
        )

    first, again = write(), write()
    own = tmp_path / "vault" / "things" / "周渭超.md"
    own.write_text("# 我的笔记\n", encoding="utf-8")
    refused = write()

    assert (first.returncode, again.returncode) == (0, 0)
    assert first.stdout.count("\n") == 1
    assert refused.returncode == 1
    assert "周渭超.md: is there already, and kg did not write it" in refused.stderr
    assert own.read_text(encoding="utf-8") == "# 我的笔记\n"
