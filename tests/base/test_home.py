"""A folder that kg wrote into: what may be written there again, what is refused, and what stays."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg.base.errors import OutputError
from kg.base.home import MADE_BY_KG, Home, is_home, is_own_page

OLD = "青山村修桥\n桥长三十米。村民出资。王大海剪彩。"
OTHER = "白水镇办学\n学校有六间教室。"


def graph_of(**texts: str) -> bytes:
    lines = ["@prefix kg: <https://example.org/kg/ontology#> ."]
    for name, text in texts.items():
        sha = hashlib.sha256(text.encode()).hexdigest()
        lines.append(f'id:a{sha[:20]} dcterms:identifier "{name}" ;\n\tkg:sha256 "{sha}" .')
    return "\n".join(lines).encode()


def home(folder: Path, **texts: str) -> Path:
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    (folder / "graph.ttl").write_bytes(graph_of(**texts))
    (folder / "graph.html").write_text(f"<!doctype html>{MADE_BY_KG}", encoding="utf-8")
    for name, text in texts.items():
        (folder / "articles" / f"{name}.txt").write_bytes(text.encode())
    return folder


@pytest.mark.parametrize(
    "texts",
    [
        {"a": OLD, "b": OTHER},
        {"a": OLD, "b": OTHER, "c": OTHER + "另有操场。"},
        {"renamed": OLD, "b": OTHER},
        {"a": OLD.replace("三十米", "三十一米"), "b": OTHER},
    ],
    ids=["the same", "more", "another name", "a corrected text"],
)
def test_the_same_articles_or_more_are_a_rebuild(tmp_path: Path, texts: dict[str, str]) -> None:
    Home.at(home(tmp_path, a=OLD, b=OTHER)).refuse(texts)


@pytest.mark.parametrize(
    "texts",
    [{"a": OLD}, {"c": "新文章。"}, {"a": "同名的另一篇文章。", "b": OTHER}],
    ids=["fewer", "others", "a namesake"],
)
def test_another_graph_is_refused_with_the_ways_to_go_on(tmp_path: Path, texts: dict[str, str]) -> None:
    there = Home.at(home(tmp_path, a=OLD, b=OTHER))

    with pytest.raises(OutputError, match=r"another graph.*--replace.*-o"):
        there.refuse(texts)
    there.refuse(texts, replace=True)


def test_a_graph_whose_texts_are_not_at_hand_is_known_by_its_digests(tmp_path: Path) -> None:
    there = Home.at(home(tmp_path, a=OLD))

    there.refuse({}, known=[hashlib.sha256(OLD.encode()).hexdigest()])


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("name", ["graph.ttl", "graph.html", "articles/a.txt"])
def test_a_file_of_somebody_else_is_never_overwritten(tmp_path: Path, name: str, replace: bool) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine", encoding="utf-8")

    with pytest.raises(OutputError, match="kg did not write it"):
        Home.at(tmp_path).refuse({"a": OLD}, replace=replace)


def test_articles_that_lie_where_texts_are_written_are_refused_unless_kg_wrote_them(tmp_path: Path) -> None:
    source = tmp_path / "articles" / "a.txt"
    source.parent.mkdir()
    source.write_text(OLD, encoding="utf-8")

    with pytest.raises(OutputError, match="lies where kg writes its texts"):
        Home.at(tmp_path).refuse_sources([source])
    Home.at(home(tmp_path, a=OLD)).refuse_sources([source])


def test_only_what_kg_wrote_and_nobody_changed_is_its_own(tmp_path: Path) -> None:
    there = home(tmp_path, a=OLD, b=OTHER, edited=OTHER + "。")
    (there / "articles" / "notes.txt").write_text("mine", encoding="utf-8")
    (there / "articles" / "edited.txt").write_text("changed by hand", encoding="utf-8")

    own = Home.at(there).own({"a": OLD})

    assert set(own) == {"articles/b.txt", "graph.ttl", "graph.html"}


def test_an_empty_or_missing_folder_takes_anything(tmp_path: Path) -> None:
    Home.at(tmp_path).refuse({"a": OLD})
    Home.at(tmp_path / "none").refuse({"a": OLD})
    (tmp_path / "graph.ttl").touch()
    Home.at(tmp_path).refuse({"a": OLD})


def test_outputs_are_known_by_their_heads(tmp_path: Path) -> None:
    made = home(tmp_path / "made", a=OLD)
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><p>青山村修桥</p>", encoding="utf-8")

    assert is_home(made)
    assert not is_home(tmp_path)
    assert is_own_page(made / "graph.html")
    assert not is_own_page(page)
