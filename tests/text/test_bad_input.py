"""Whatever a build is given: one clear line, exit status 1, nothing half-written, earlier output intact."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from signal import Signals

import pytest

from kg.base.home import MADE_BY_KG
from tests.forked import run_raw

GOOD = "海川公司与明德大学签约\n海川公司4月4日与明德大学签署协议，总投资3亿元。\n"
NOISE = bytes(range(256)) * 40


def build(
    *arguments: str | Path, stdin: bytes = b"", folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run ``kg build`` as a user does."""
    return run_raw("build", *arguments, input=stdin, cwd=folder)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def assert_one_clear_line(run: subprocess.CompletedProcess[bytes], *words: str) -> None:
    """Check what an error a user can mend looks like."""
    message = run.stderr.decode()
    assert run.returncode == 1, message
    assert run.stdout == b""
    assert message.startswith("kg: ")
    assert message.count("\n") == 1
    assert "Traceback" not in message
    for word in words:
        assert word in message


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder with an earlier build in it."""
    folder = tmp_path / "out"
    (folder / "articles").mkdir(parents=True)
    earlier = {
        "graph.ttl": "@prefix kg: <https://example.org/kg/ontology#> .\n",
        "graph.html": f"<!doctype html>{MADE_BY_KG}",
        "articles/earlier.txt": "earlier",
    }
    for name, text in earlier.items():
        (folder / name).write_text(text)
    return folder


BAD = {
    "empty": ("a.txt", b"", "empty"),
    "blank": ("a.txt", b" \r\n\t\n", "nothing but blanks"),
    "binary": ("a.txt", NOISE, "binary"),
    "nul": ("a.txt", GOOD.encode() + b"\0", "binary"),
    "english": ("a.txt", b"An article in English, about nothing in particular.", "not Chinese"),
    "damaged": ("a.txt", GOOD.encode().replace(b"\xe4", b"\xff"), "broken byte"),
    "word": ("a.docx", NOISE, ""),
    "rich text": ("a.rtf", NOISE, "a rich text document"),
    "latin-1": ("a.txt", "Où ça coûte très cher à l'été".encode("latin-1"), "no text in UTF-8"),
    "empty page": ("a.html", b"<html><body></body></html>", "without a main text"),
    "script page": (
        "a.html",
        "<html><script>var a = '中国公司签约。'</script>".encode(),
        "without a main text",
    ),
    "cut page": ("a.html", b"<html><head><tit", "without a main text"),
    "marks only": ("a.md", b"# \n\n---\n\n![](x.png)\n", "not Chinese"),
    "picture": ("a.png", NOISE, "not a kind of file"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_source_is_one_clear_line_and_changes_nothing(case: str, tmp_path: Path, out: Path) -> None:
    name, data, words = BAD[case]
    source = tmp_path / name
    source.write_bytes(data)
    before = snapshot(out)

    run = build(source, "-o", out)

    assert_one_clear_line(run, str(source), words)
    assert snapshot(out) == before


def test_a_missing_source_is_named(tmp_path: Path, out: Path) -> None:
    before = snapshot(out)

    assert_one_clear_line(build(tmp_path / "none.txt", "-o", out), "none.txt", "no such file")
    assert snapshot(out) == before


def test_a_folder_without_articles_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert_one_clear_line(build(tmp_path / "empty", "-o", tmp_path / "out"), "no article in this folder")
    assert not (tmp_path / "out").exists()


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Return a folder with one article among what cannot be read."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\0")
    (folder / "english.txt").write_text("An article in English.")
    (folder / "report.rtf").write_bytes(NOISE)
    (folder / "photo.png").write_bytes(NOISE)
    return folder


def test_bad_sources_among_good_ones_are_named_counted_and_skipped(mixed: Path, tmp_path: Path) -> None:
    run = build(mixed, "-o", tmp_path / "out")
    message = run.stderr.decode()

    assert run.returncode == 3
    assert "1 article read" in run.stdout.decode()
    assert all(word in message for word in ("bad.txt", "english.txt", "report.rtf", "a rich text document"))
    assert "3 of 4 sources skipped" in message
    assert "photo.png" not in message
    assert (tmp_path / "out" / "graph.ttl").exists()


def test_strict_stops_at_a_bad_source_and_writes_nothing(mixed: Path, tmp_path: Path) -> None:
    assert_one_clear_line(build(mixed, "--strict", "-o", tmp_path / "out"), "bad.txt")
    assert not (tmp_path / "out").exists()


def test_many_sources_of_which_none_can_be_read_are_an_error(mixed: Path, tmp_path: Path) -> None:
    (mixed / "good.txt").unlink()

    assert_one_clear_line(build(mixed, "-o", tmp_path / "out"), "bad.txt", "and 2 more")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_few_broken_bytes_are_shown_and_told(encoding: str, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes((GOOD * 4).encode(encoding) + b"caf\xff\n")

    run = build(source, "-o", tmp_path / "out", "--no-validate")

    assert run.returncode == 0, run.stderr.decode()
    assert "1 character lost" in run.stderr.decode()
    assert "\ufffd" in (tmp_path / "out" / "articles" / "a.txt").read_text(encoding="utf-8")
    assert "3亿元" in (tmp_path / "out" / "articles" / "a.txt").read_text(encoding="utf-8")


def test_a_page_that_gave_almost_nothing_says_so(tmp_path: Path) -> None:
    links = "".join(f"<p><a href={n}>栏目名称第{n}号</a></p>" for n in range(60))
    source = tmp_path / "a.html"
    source.write_text(
        f"<html><title>海川公司</title><body>{links}<div><p>海川公司与明德大学签署协议，双方共建实验室。</p></div>",
        encoding="utf-8",
    )

    run = build(source, "-o", tmp_path / "out")

    assert run.returncode == 0, run.stderr.decode()
    assert "almost nothing of this page was read" in run.stderr.decode()


@pytest.mark.parametrize(
    ("stdin", "words"), [(b"", "empty"), (NOISE, "binary"), (b"English only.", "not Chinese")]
)
def test_bad_standard_input_is_called_by_its_name(stdin: bytes, words: str, tmp_path: Path) -> None:
    assert_one_clear_line(build("-", "-o", tmp_path / "out", stdin=stdin), "standard input", words)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "file").write_text("in the way")

    assert_one_clear_line(
        build(tmp_path / "good.txt", "-o", tmp_path / "file" / "out"), "cannot be written", "-o"
    )
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_folder_in_the_place_of_the_graph_leaves_the_earlier_output(tmp_path: Path, out: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (out / "graph.html").unlink()
    (out / "graph.html" / "x").mkdir(parents=True)
    (out / "graph.html" / "x" / "kept.txt").write_text("kept")

    assert_one_clear_line(build(tmp_path / "good.txt", "-o", out, "--replace"), "cannot be written")
    assert (out / "graph.html" / "x" / "kept.txt").read_text() == "kept"
    assert not list(out.rglob("*.part"))


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_a_run_that_is_stopped_leaves_the_earlier_output(number: Signals, out: Path) -> None:
    before = snapshot(out)
    command = [sys.executable, "-m", "kg", "build", "-", "-o", str(out)]
    run = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdin is not None
    run.stdin.write(GOOD.encode() * 3000)  # more than a pipe holds: returns when the build has begun to read
    run.send_signal(number)
    _, stderr = run.communicate(timeout=60)

    assert snapshot(out) == before
    assert b"Traceback" not in stderr
    if number == signal.SIGINT:
        assert run.returncode == 130
        assert stderr.decode().count("\n") == 1


HOSTILE = (
    "“</script><script>alert(1)</script>”公司与明德大学签约\n"
    '江城市=HYPERLINK("http://a.example")公司4月4日向明德大学捐赠3亿元"><img src=x onerror=alert(2)>。\n'
    "江城市<!--公司\u2028\u2029董事长李明]]>表示，@SUM(1+1)*cmd|' /C calc'!A0公司、-2+3公司共同参加了签约仪式。\n"
)


def test_text_that_tries_to_break_out_stays_text(tmp_path: Path) -> None:
    out = tmp_path / "out"

    run = build("-", "-o", out, stdin=HOSTILE.encode())

    assert run.returncode == 0, run.stderr.decode()
    page = (out / "graph.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert (out / "articles" / "stdin.txt").read_bytes() == HOSTILE.encode()


def test_every_encoding_gives_the_same_graph(tmp_path: Path) -> None:
    graphs = set()
    for encoding, newline in (("utf-8", "\n"), ("gb18030", "\r\n"), ("utf-16", "\r")):
        run = build(
            "-",
            "-o",
            tmp_path / encoding,
            "--no-validate",
            stdin=GOOD.replace("\n", newline).encode(encoding),
        )
        assert run.returncode == 0, run.stderr.decode()
        graphs.add((tmp_path / encoding / "graph.ttl").read_bytes())

    assert len(graphs) == 1


def test_files_of_one_stem_keep_a_text_each(tmp_path: Path) -> None:
    for folder, number in (("x", 1), ("y", 2)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(GOOD.replace("3亿元", f"{number}亿元"), encoding="utf-8")

    run = build(tmp_path / "x", tmp_path / "y", "-o", tmp_path / "out", "--no-validate")

    assert run.returncode == 0, run.stderr.decode()
    assert sorted(path.name for path in (tmp_path / "out" / "articles").iterdir()) == [
        "news-2.txt",
        "news.txt",
    ]
