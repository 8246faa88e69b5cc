"""The folder of a corpus: built, added to, taken from, cut off, held by two; the same bytes on every way there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.base import children
from kg.base.home import articles_in, is_home
from kg.base.model import Reading
from kg.cli.app import app
from kg.corpus import folder as module
from kg.corpus import pool, readings, worker
from kg.corpus.folder import alone
from kg.corpus.manifest import Manifest
from kg.graph.rdf import triples_of
from kg.serve.bulk_load import find_sources, load_store
from tests import forked

BRIDGE = "青山村修桥\n2024年5月，青山村村长王大海主持修桥，投资300万元。"
SCHOOL = "白水镇办学\n白水镇镇长李小明主持办学。"
WRITING = frozenset(("build", "add", "remove"))
LAKE = "江城湖开放\n江城市市长张伟主持开放仪式，江城文旅集团与江城大学签约。"


def run(*words: object, checked: bool = False) -> str:
    """Run a command; what writes a graph starts a process to check it only where that is asked."""
    more = () if checked or words[0] not in WRITING else ("--no-validate",)
    done = CliRunner().invoke(app, [*map(str, words), *more])
    return f"{done.exception}\n{done.output}" if isinstance(done.exception, kg.KgError) else done.output


def test_a_query_that_rests_on_dates_says_which_articles_have_none(tmp_path: Path) -> None:
    (tmp_path / "two.jsonl").write_text(
        '{"id": "a", "text": "岚溪村村长王大海主持修桥。"}\n{"id": "b", "text": "柳溪镇镇长李小明主持办学。"}\n',
        encoding="utf-8",
    )
    run("build", tmp_path / "two.jsonl", "-o", tmp_path / "out")

    for name in ("timeline", "conflicts", "successions"):
        said = run("query", name, "-g", tmp_path / "out")
        assert f"{name} rests on dates, and 2 of 2 articles have none" in said
        assert ("kg dossier NAME" in said) is (name == "timeline")
    assert "rests on dates" not in run("query", "honours", "-g", tmp_path / "out")

    (tmp_path / "meta.csv").write_text("file,date\na,2024-05-01\nb,2024-05-02\n", encoding="utf-8")
    run("build", tmp_path / "two.jsonl", "-o", tmp_path / "out", "--meta", tmp_path / "meta.csv")
    assert "rests on dates" not in run("query", "conflicts", "-g", tmp_path / "out")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in (("a/bridge", BRIDGE), ("a/school", SCHOOL), ("b/lake", LAKE), ("b/bridge", BRIDGE)):
        path = tmp_path / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    rows = [
        {"id": "x", "text": SCHOOL + BRIDGE, "date": "2024-05-01"},
        {"id": "x", "text": LAKE + SCHOOL},
        {},
    ]
    (tmp_path / "b" / "many.jsonl").write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Treat a corpus of any size as a large one: readings are written at once, the graph as N-Quads."""
    monkeypatch.setattr(readings, "SMALL", 0)
    monkeypatch.setattr(module, "WITH_TURTLE", 2)


SIZES = pytest.mark.parametrize("size", ["small", "large"])


@SIZES
def test_adding_gives_the_bytes_of_building_at_once(
    place: Path, size: str, request: pytest.FixtureRequest
) -> None:
    if size == "large":
        request.getfixturevalue("large")
    run("build", "a", "b", "-o", "whole", checked=True)
    run("build", "a", "-o", "grown")
    said = run("add", "grown", "b", checked=True)

    assert "added 3: lake, x, x-2" in said
    assert "skipped b/many.jsonl:3" in said
    assert tree(place / "grown") == tree(place / "whole")
    assert tree(place / "whole")["manifest.json"]
    run("build", "b", "-o", "other")
    run("add", "other", "a/school.txt", "a/bridge.txt")
    assert tree(place / "other") == tree(place / "whole")


def test_things_that_become_one_and_new_ones_are_told(place: Path) -> None:
    run("build", "a", "-o", "out")
    (place / "more.txt").write_text(
        "江城大学校庆\n白水镇镇长李小明出席江城大学校庆，江城大学校长周明致辞。", encoding="utf-8"
    )

    said = run("add", "out", "more.txt")

    assert "things new: 3, gone: 0" in said
    assert "李小明" in run("query", "people", "-g", "out")
    said = run("remove", "out", "more")
    assert "things new: 0, gone: 3" in said


@SIZES
def test_taking_out_gives_the_bytes_of_never_having_been_there(
    place: Path, size: str, request: pytest.FixtureRequest
) -> None:
    if size == "large":
        request.getfixturevalue("large")
    run("build", "a", "-o", "out")
    before = tree(place / "out")
    run("add", "out", "b/lake.txt")
    assert tree(place / "out") != before

    said = run("remove", "out", "lake", checked=True)

    assert "removed 1: lake" in said
    assert tree(place / "out") == before


def test_one_article_is_a_corpus_of_one_and_its_graph_as_ever(place: Path) -> None:
    run("build", "a/bridge.txt")
    graph = (place / "out" / "graph.ttl").read_bytes()
    kg.build("a/bridge.txt").save("plain")

    assert graph == (place / "plain" / "graph.ttl").read_bytes()
    assert (place / "out" / "graph.html").read_bytes() == (place / "plain" / "graph.html").read_bytes()
    names = {"articles/bridge.txt", "graph.html", "graph.ttl", "manifest.json"}
    assert {name for name in tree(place / "out") if not name.startswith("readings/")} == names
    run("add", "out", "a/school.txt")
    assert sorted(kg.load("out").texts) == ["bridge", "school"]


def test_a_changed_file_goes_in_the_place_of_what_it_was(place: Path, calls_of_reading: list[int]) -> None:
    run("build", "a", "b", "-o", "out")
    calls_of_reading.clear()
    (place / "a" / "school.txt").write_text(SCHOOL + "又建图书馆。", encoding="utf-8")

    said = run("add", "out", "a")

    assert "changed 1: school" in said
    assert "added" not in said
    assert "5 articles, 1 of them read" in said
    assert calls_of_reading == [1]
    assert "又建图书馆" in (place / "out" / "articles" / "school.txt").read_text(encoding="utf-8")
    assert len(list((place / "out" / "readings").glob("*/*"))) == 5
    run("build", "a", "b", "-o", "new")
    assert tree(place / "out") == tree(place / "new")


@pytest.mark.usefixtures("place")
def test_files_that_are_called_the_same_once_masked_stay_apart() -> None:
    texts = {"电话13812345678": BRIDGE, "电话13987654321": SCHOOL, "电话13711112222": BRIDGE}
    for name, text in texts.items():
        Path(f"{name}.txt").write_text(text, encoding="utf-8")
    Path("甲×乙.txt").write_text(LAKE, encoding="utf-8")
    run("build", "电话13812345678.txt", "-o", "out", "--mask", "phone")

    said = run("add", "out", "电话13987654321.txt")

    assert "added 1:" in said
    assert "changed" not in said
    assert "no article is new" in run("add", "out", "电话13711112222.txt")
    assert "no article is new" in run("add", "out", "电话13987654321.txt")
    run("add", "out", "甲×乙.txt")
    entries = Manifest.demand(Path("out")).listing.entries
    assert [entry.origin for entry in entries] == ["../甲×乙.txt", *["../电话×××××××××××.txt"] * 2]
    run("build", "甲×乙.txt", "a", "-o", "plain")
    Path("甲×乙.txt").write_text(LAKE + BRIDGE, encoding="utf-8")
    assert "changed 1:" in run("add", "plain", "甲×乙.txt")


def test_what_else_is_said_of_an_article_is_a_change(place: Path) -> None:
    run("build", "a", "-o", "out")
    (place / "meta.csv").write_text("file,date\nschool.txt,2024-06-01\n", encoding="utf-8")

    said = run("add", "out", "a", "--meta", "meta.csv")

    assert "changed 1: school" in said
    assert "2024-06-01" in (place / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert "no article is new, changed or gone" in run("add", "out", "a", "--meta", "meta.csv")


@pytest.fixture
def calls_of_reading(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many articles were read, each time some were."""
    found: list[int] = []
    real = worker.read_each

    def counted(pipeline: object, articles: list[object], reader: str) -> object:
        found.append(len(articles))
        return real(pipeline, articles, reader)  # type: ignore[arg-type]

    monkeypatch.setattr(pool, "read_each", counted)
    return found


@pytest.mark.usefixtures("place")
def test_a_second_build_reads_only_what_is_new(calls_of_reading: list[int]) -> None:
    run("build", "a", "-o", "out")
    run("build", "a", "-o", "out")
    assert calls_of_reading == [2]

    run("build", "a", "b/lake.txt", "-o", "out")
    assert calls_of_reading == [2, 1]


@pytest.mark.usefixtures("place")
def test_what_another_reader_read_is_read_again(
    calls_of_reading: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build", "a", "-o", "out")
    monkeypatch.setattr(module, "reader_digest", lambda _: "another")

    assert "3 articles read" in run("add", "out", "b/lake.txt")
    assert calls_of_reading == [2, 3]


def test_how_sure_facts_must_be_is_another_reader_and_stays_with_the_corpus(place: Path) -> None:
    run("build", "a", "-o", "out", "--least-confidence", "0.99")
    few = Manifest.demand(place / "out").reader
    run("build", "a", "-o", "all")

    assert Manifest.demand(place / "all").reader != few
    run("add", "out", "b")
    assert Manifest.demand(place / "out").reader == few
    assert Manifest.demand(place / "out").options.least_confidence == 0.99


@SIZES
def test_a_damaged_reading_is_read_again(place: Path, size: str, request: pytest.FixtureRequest) -> None:
    if size == "large":
        request.getfixturevalue("large")
    run("build", "a", "b", "-o", "out")
    before = tree(place / "out")
    first, second, *_ = sorted((place / "out" / "readings").glob("*/*"))
    first.write_bytes(first.read_bytes()[:100])
    second.unlink()

    run("add", "out", "a")

    assert tree(place / "out") == before


@pytest.mark.usefixtures("large")
def test_triples_of_a_large_corpus_are_made_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def noting(reading: Reading, base: str) -> list[str]:
        made.append(reading.article.name)
        return triples_of(reading, base)

    monkeypatch.setattr("kg.corpus.said.triples_of", noting)
    run("build", "a", "-o", "out")
    assert sorted(made) == ["bridge", "school"]
    run("add", "out", "b/lake.txt")
    assert sorted(made) == ["bridge", "lake", "school"]
    whole = tree(place / "out")
    assert len([name for name in whole if name.endswith(".nq")]) == 3

    monkeypatch.setattr("kg.corpus.said._writer", lambda: "another")
    run("add", "out", "b/lake.txt")
    assert len(made) == 6
    after = tree(place / "out")
    assert {name for name in whole if whole[name] != after[name]} == {
        name for name in whole if name.endswith(".nq")
    }


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(
    "damage", [lambda data: data[:-9], lambda data: data[:40] + b"?" + data[41:], lambda _: b""]
)
def test_damaged_triples_are_made_again(place: Path, damage: Callable[[bytes], bytes]) -> None:
    run("build", "a", "b", "-o", "out")
    before = tree(place / "out")
    for path in (place / "out" / "readings").glob("*/*.nq"):
        path.write_bytes(damage(path.read_bytes()))

    run("add", "out", "a")

    assert tree(place / "out") == before


@pytest.mark.usefixtures("large")
def test_triples_of_a_decided_article_are_those_that_were_decided(place: Path) -> None:
    for folder in ("first", "then"):
        (place / folder).mkdir()
    written = '[[decision]]\nid = "d1"\nverdict = "no-entity"\nwords = "青山村"\ntype = "Place"\n'
    written += 'by = "lin"\non = 2026-11-30\n'
    run("build", "a", "-o", "then")
    assert "青山村" in str(kg.load("then").graph.names())
    for folder in ("first", "then"):
        (place / folder / "decisions.toml").write_text(written, encoding="utf-8")
    run("build", "a", "-o", "first")
    run("build", "a", "-o", "then")

    assert "青山村" not in kg.load("then").graph.names()
    assert tree(place / "then") == tree(place / "first")


def test_a_file_that_stays_as_it_is_is_not_written_again(place: Path) -> None:
    run("build", "a", "-o", "out")
    (place / "out" / "own.txt").write_text("of somebody else", encoding="utf-8")
    text = place / "out" / "articles" / "school.txt"
    before = text.stat().st_ino

    run("add", "out", "b/lake.txt")

    assert text.stat().st_ino == before
    assert text.read_text(encoding="utf-8") == SCHOOL


def test_the_text_of_an_article_that_was_changed_is_told(place: Path) -> None:
    run("build", "a", "-o", "out")
    (place / "out" / "articles" / "school.txt").write_text("别的", encoding="utf-8")

    said = run("add", "out", "b/lake.txt")

    assert "school.txt: is missing, or not the text that was read" in said
    assert "added" not in said


def test_equal_texts_count_once_and_stay_when_the_first_goes(place: Path) -> None:
    run("build", "a", "b/bridge.txt", "-o", "out")
    assert sorted(kg.load("out").texts) == ["bridge", "school"]
    (place / "a" / "bridge.txt").write_text("青山村修桥\n青山村新村长赵小河主持修桥。", encoding="utf-8")

    run("add", "out", "a")

    assert sorted(kg.load("out").texts) == ["bridge", "bridge-2", "school"]


def test_what_was_set_aside_is_kept_on_the_list_and_read_when_it_is_mended(place: Path) -> None:
    (place / "a" / "bad.txt").write_bytes(b"")
    run("build", "a", "-o", "out")
    assert [each.origin for each in Manifest.demand(place / "out").listing.aside] == ["../a/bad.txt"]

    (place / "a" / "bad.txt").write_text(LAKE, encoding="utf-8")
    run("add", "out", "a")

    assert Manifest.demand(place / "out").listing.aside == ()
    assert sorted(kg.load("out").texts) == ["bad", "bridge", "school"]


def test_articles_that_gave_nothing_are_named(place: Path) -> None:
    (place / "a" / "poem.txt").write_text(
        "床前明月光，疑是地上霜。举头望明月，低头思故乡。", encoding="utf-8"
    )

    said = run("build", "a", "-o", "out")

    assert "1 of 3 articles gave no fact and no figure: poem" in said
    assert Manifest.demand(place / "out").listing.nothing == ("poem",)


def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.pipeline import Pipeline

    real = Pipeline.read

    def read(self: Pipeline, articles: list[kg.api.Article]) -> object:  # type: ignore[name-defined]
        if any("李小明" in article.text for article in articles):
            raise RecursionError("too deep")
        return real(self, articles)

    monkeypatch.setattr(Pipeline, "read", read)


def test_an_article_that_cannot_be_read_is_set_aside_with_its_reason(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch)

    done = CliRunner().invoke(app, ["build", "a", "-o", "out", "--no-validate"])

    assert done.exit_code == 3
    assert "skipped school: could not be read: RecursionError: too deep" in done.output
    assert sorted(kg.load("out").texts) == ["bridge"]
    assert (
        Manifest.demand(place / "out").listing.aside[0].what == "could not be read: RecursionError: too deep"
    )
    done = CliRunner().invoke(app, ["build", "a/school.txt", "-o", "none"])
    assert "could not be read" in str(done.exception)
    assert not (place / "none").exists()


def test_taking_articles_out_tells_what_could_not_be_read_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build", "a", "b", "-o", "out")
    shutil.rmtree(place / "out" / "readings")
    broken(monkeypatch)

    done = CliRunner().invoke(app, ["remove", "out", "lake", "--no-validate"])

    assert done.exit_code == 3
    assert "skipped school: could not be read: RecursionError: too deep" in done.output
    assert "--strict" not in done.output
    aside = {each.hint for each in Manifest.demand(place / "out").listing.aside}
    assert {"school", "x", "x-2"} <= aside  # names, not the id that two rows have


def test_a_list_that_was_cut_off_is_replaced_as_its_error_says(place: Path) -> None:
    run("build", "a", "-o", "out")
    good = (place / "out" / "manifest.json").read_bytes()
    for bad in (good[:40], good.replace(b'"format": 1', b'"format": 99')):
        (place / "out" / "manifest.json").write_bytes(bad)
        assert "build it again: kg build SOURCES -o out --replace" in run("add", "out", "b/lake.txt")
        run("build", "a", "-o", "out", "--replace")
        assert (place / "out" / "manifest.json").read_bytes() == good


def test_a_list_that_somebody_else_wrote_stays(place: Path) -> None:
    run("build", "a", "-o", "out")
    (place / "out" / "manifest.json").write_text('{"name": "mine"}')

    assert "build one in another folder" in run("add", "out", "b/lake.txt")
    assert "build one in another folder" in run("build", "a", "-o", "out", "--replace")
    assert (place / "out" / "manifest.json").read_text() == '{"name": "mine"}'


def test_a_folder_without_a_corpus_says_how_one_is_built(place: Path) -> None:
    assert "build it: kg build SOURCES -o a" in run("add", "a", "b/lake.txt")
    assert "build it: kg build SOURCES -o nowhere" in run("remove", "nowhere", "lake")
    run("build", "a", "-o", "out")
    (place / "out" / "manifest.json").unlink()
    assert "build it again" in run("add", "out", "b/lake.txt")


@pytest.mark.usefixtures("large")
def test_a_large_corpus_has_a_graph_that_can_be_asked(place: Path) -> None:
    said = run("build", "a", "b", "-o", "out", checked=True)

    assert "merged/merged.nq.gz" in said
    assert "was not checked" in said
    assert not (place / "out" / "graph.ttl").exists()
    assert is_home(place / "out")
    kg.build("a", "b/lake.txt").save("plain")
    small = {row["person"] for row in kg.load("plain").query("people")}
    assert small <= {row["person"] for row in kg.load("out").query("people")}
    assert "王大海" in run("query", "people", "-g", "out")
    assert "valid" in run("validate", "-g", "out")
    run("build", "a", "b", "-o", "out", "--turtle")
    assert len(articles_in((place / "out" / "graph.ttl").read_bytes())) == 5


@pytest.mark.usefixtures("large")
def test_another_large_corpus_is_not_replaced_unasked(place: Path) -> None:
    run("build", "a", "b", "-o", "out")

    assert "--replace" in run("build", "b/lake.txt", "-o", "out")
    assert "1 article" in run("build", "b/lake.txt", "-o", "out", "--replace")
    assert sorted(kg.load("out").texts) == ["lake"]
    assert not (place / "out" / "merged" / "merged.nq.gz").exists()
    assert len(list((place / "out" / "readings").glob("*/*"))) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "none", "a"), "no such folder"),
        (("add", "a", "b"), "no corpus: it has no list of its articles"),
        (("remove", "out", "nobody"), "has no article 'nobody'"),
        (("remove", "out", "bridge", "school"), "would have no article left"),
        (("add", "out", "none.txt"), "no such file"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line_and_changes_nothing(
    place: Path, words: tuple[str, ...], says: str
) -> None:
    run("build", "a", "-o", "out")
    before = tree(place)

    assert says in run(*words)
    assert tree(place) == before


def test_a_broken_list_of_articles_is_told(place: Path) -> None:
    run("build", "a", "-o", "out")
    path = place / "out" / "manifest.json"
    path.write_bytes(path.read_bytes()[:-20])

    assert "is no list of the articles of a corpus" in run("add", "out", "b")


def test_two_writers_are_refused_and_readers_are_not(place: Path) -> None:
    run("build", "a", "-o", "out")
    hold = "import sys, kg.corpus.folder as f; from pathlib import Path\nwith f.alone(Path(sys.argv[1])):\n print('held', flush=True); sys.stdin.read()"
    command = children.command("-c", hold, str(place / "out"))
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=children.environment()
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        for words in (("add", "out", "b"), ("remove", "out", "school"), ("build", "a", "-o", "out")):
            assert "is being written by another kg" in run(*words)
        assert "王大海" in run("query", "people", "-g", "out")
        other.kill()
    assert "added" in run("add", "out", "b")


def test_a_folder_that_was_only_held_is_not_left_behind(place: Path) -> None:
    with alone(place / "new"):
        assert (place / "new").is_dir()

    assert not (place / "new").exists()


def test_personal_data_stay_masked_in_all_that_is_written(place: Path) -> None:
    (place / "a" / "13812345678.txt").write_text(f"{BRIDGE}电话13812345678。", encoding="utf-8")
    run("build", "a", "-o", "out", "--mask", "phone")
    (place / "b" / "13912345678.txt").write_text(f"{LAKE}电话13912345678。", encoding="utf-8")

    said = run("add", "out", "b")

    assert "1391234" not in said
    import gzip

    for name, data in tree(place / "out").items():
        content = gzip.decompress(data) if name.endswith(".gz") else data
        assert b"12345678" not in content, name
        assert "12345678" not in name


CUT_OFF = """
import os, sys
import kg.corpus.readings
last, count = {last}, 0
CHANGES = {{"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "kg.exchange"}}
def watch(event, arguments):
    global count
    writes = event == "open" and isinstance(arguments[1], str) and arguments[1][:1] in "wax"
    if (event in CHANGES or writes) and "out" in str(arguments[0]):
        count += 1
        if count == last:
            os.kill(os.getpid(), 9)
sys.addaudithook(watch)
if {large}:
    kg.corpus.readings.SMALL = 0
"""


STOPS = {"small": (1, 3, 8, 21, 55), "large": (2, 5, 13, 34, 89)}
"""At which of its changes of the folder a run is killed: each size is stopped where the other is not."""


@SIZES
@pytest.mark.parametrize("words", [("add", "out", "b"), ("remove", "out", "school")], ids=["add", "remove"])
def test_killed_anywhere_the_corpus_is_old_or_new_and_can_be_gone_on_with(
    place: Path, size: str, words: tuple[str, ...]
) -> None:
    def go(last: int, *words: str) -> int:
        first = CUT_OFF.format(last=last, large=size == "large")
        return forked.run_raw(*words, "--no-validate", first=first, cwd=place).returncode

    assert go(0, "build", "a", "-o", "out") == 0
    shutil.copytree(place / "out", place / "saved")
    assert go(0, *words) in (0, 3)
    new = kg_files(place / "out")
    old = kg_files(place / "saved")
    ends = set()
    for last in STOPS[size]:
        shutil.rmtree(place / "out")
        shutil.copytree(place / "saved", place / "out")
        status = go(last, *words)
        graph = sorted(kg.load(place / "out").texts)  # whoever asks finishes what was begun, or undoes it
        now = kg_files(place / "out")
        assert now in (old, new)
        assert graph
        ends.add(now == new)
        if status != -signal.SIGKILL:
            break
        go(0, *words)
        assert tree(place / "out").keys() == {
            *new,
            *(n for n in tree(place / "out") if n.startswith("readings/")),
        }
        assert kg_files(place / "out") == new
    assert ends == {False, True}


def kg_files(folder: Path) -> dict[str, bytes]:
    """All but the readings, which may be there before what is made of them."""
    return {name: data for name, data in tree(folder).items() if not name.startswith("readings/")}


def test_a_run_that_was_killed_goes_on_where_it_stopped(place: Path) -> None:
    for number in range(80):
        (place / "a" / f"n{number}.txt").write_text(
            f"第{number}号公告\n"
            + "".join(f"青山村第{number * 7 + line}任村长王大海主持修桥。" for line in range(25)),
            encoding="utf-8",
        )
    command = children.command("-m", "kg", "build", "a", "-o", "out", "-j", "2", "--no-validate")
    first = subprocess.Popen(command, env=children.environment(), cwd=place, stderr=subprocess.DEVNULL)
    until(lambda: len(list((place / "out" / "readings").glob("*/*.gz"))) > 20)
    workers = children_of(first.pid)
    first.kill()
    first.wait(60)
    there = len(list((place / "out" / "readings").glob("*/*.gz")))

    until(lambda: not any(alive(pid) for pid in workers))
    assert len(workers) == 2
    assert not (place / "out" / "manifest.json").exists()
    second = subprocess.run(
        command, env=children.environment(), cwd=place, capture_output=True, text=True, check=True
    )
    assert f"82 articles, {82 - there} of them read" in second.stdout
    shutil.copytree(place / "out", place / "resumed")
    shutil.rmtree(place / "out")
    subprocess.run([*command[:-2], "1", "--no-validate"], env=children.environment(), cwd=place, check=True)
    assert tree(place / "out") == tree(place / "resumed")


def until(there: Callable[[], bool]) -> None:
    """Wait for something that other processes bring about."""
    for _ in range(2400):
        if there():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come about")


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=True
    )
    return [int(word) for word in listed.stdout.split()]


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_where_a_process_dies_of_an_article_the_others_are_read(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly = place / "deadly"
    deadly.mkdir()
    (deadly / "sitecustomize.py").write_text(
        "import os, sys\n"
        "if any('kg.corpus.worker' in word for word in sys.orig_argv):\n"
        "    import kg.pipeline as p\n"
        "    real = p.Pipeline.read\n"
        "    def read(self, articles):\n"
        "        if any('李小明' in each.text for each in articles):\n"
        "            os.kill(os.getpid(), 9)\n"
        "        return real(self, articles)\n"
        "    p.Pipeline.read = read\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(sys, "path", [str(deadly), *sys.path])
    monkeypatch.setattr(pool, "_BATCH", 1)

    done = CliRunner().invoke(app, ["build", "a", "b/lake.txt", "-o", "out", "-j", "2", "--no-validate"])

    assert done.exit_code == 3
    assert "skipped school: could not be read: the process that read it ended" in done.output
    assert sorted(kg.load("out").texts) == ["bridge", "lake"]
    assert os.environ.get("PYTHONPATH") is None or str(deadly) not in os.environ["PYTHONPATH"]


def test_a_corpus_is_loaded_into_a_store_with_its_layers_and_texts(place: Path) -> None:
    run("build", "a", "b", "-o", "out")

    load_store(find_sources([place / "out"]), place / "store")

    stored, built = kg.load("store"), kg.load("out")
    assert stored.texts == built.texts
    assert stored.graph.is_corpus
    assert stored.graph.serialize("nq") == built.graph.serialize("nq")


def test_a_graph_packed_badly_is_one_clear_line(place: Path) -> None:
    run("build", "a", "-o", "out")
    path = place / "out" / "merged" / "merged.nq.gz"
    path.write_bytes(path.read_bytes()[:-30])

    assert "merged.nq.gz: cannot be read" in run("query", "people", "-g", "out")
    with pytest.raises(kg.KgError, match=r"merged\.nq\.gz: cannot be read"):
        load_store(find_sources([place / "out"]), place / "store")
