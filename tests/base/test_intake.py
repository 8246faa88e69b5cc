"""Only regular files are read, and never more of them than their reader asks for: no pipe is waited for, no device read."""

from __future__ import annotations

import ast
import gzip
import io
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.base.errors import GraphError, KgError, QueryError, ResourceError, SourceError
from kg.base.intake import LargeError, OddFileError, open_file, read_file, read_stream, read_text
from kg.facts.judge.learned import parse
from kg.graph.query import find_query
from kg.graph.store import Graph
from tests.forked import run

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")

KG = Path(kg.__file__).parent
GOOD = "海川公司与明德大学签约\n海川公司4月4日与明德大学签署协议，总投资3亿元。\n"
ALLOWED = {
    "base/intake.py": "looks at what it opens",
    "base/sandbox.py": "the system's files of this process",
    "base/swap.py": "folders that kg made, to have them written to the disk",
    "cli/serve.py": "a browser",
    "cli/streams.py": "the null device, and streams that are open already",
    "corpus/folder.py": "the folder that is written, to lock it",
    "facts/judge/learned.py": "bytes that were read",
    "learn/verdicts.py": "groups of its own",
    "serve/app.py": "pages that kg brings",
    "serve/metrics.py": "the system's files of this process",
    "spark/files.py": "files of Hadoop, which are no pipes and devices",
    "text/formats/ofd.py": "bytes that were read",
    "text/formats/packed.py": "parts of bytes that were read",
    "view/page.py": "pages that kg brings",
    "words/lac.py": "the model of a package that kg needs",
    "words/net_weights.py": "bytes that were read",
}
"""Modules that open something, and what: nothing that a user names, but for the first."""

MODULES = {"bz2", "codecs", "gzip", "io", "lzma", "os", "webbrowser"}
"""Modules whose ``open`` takes what it opens first."""


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # such an address is short
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


ODD = pytest.mark.parametrize("odd", [pipe, device, listening])


@ODD
def test_what_is_no_file_is_not_opened(odd: Callable[[Path], None], tmp_path: Path) -> None:
    odd(tmp_path / "a.txt")

    with pytest.raises(OddFileError, match="where a file was expected"):
        open_file(tmp_path / "a.txt")


@ODD
@pytest.mark.parametrize("name", ["b.txt", "b.html", "graph.ttl"])
def test_a_folder_with_one_is_read_without_it(odd: Callable[[Path], None], name: str, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text(GOOD, encoding="utf-8")
    odd(source / name)

    done = run("build", source, "-o", tmp_path / "out", "--no-validate")

    assert done.returncode == (0 if name == "graph.ttl" else 3), done.stderr
    assert [path.name for path in (tmp_path / "out" / "articles").iterdir()] == ["a.txt"]
    assert name == "graph.ttl" or f"skipped {source / name}: " in done.stderr


@ODD
def test_one_that_is_named_is_one_line(odd: Callable[[Path], None], tmp_path: Path) -> None:
    odd(tmp_path / "a.txt")

    done = run("build", tmp_path / "a.txt", "-o", tmp_path / "out")

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "where a file was expected" in done.stderr


@ODD
def test_no_graph_text_query_or_output_is_one(odd: Callable[[Path], None], tmp_path: Path) -> None:
    built = tmp_path / "built"
    kg.build_text(GOOD).save(built)
    odd(built / "articles" / "z.txt")
    odd(tmp_path / "q.rq")
    (tmp_path / "out").mkdir()
    odd(tmp_path / "out" / "graph.ttl")

    with pytest.raises(GraphError, match="where a file was expected"):
        kg.load(built)
    with pytest.raises(GraphError, match="where a file was expected"):
        Graph.load(tmp_path / "out" / "graph.ttl")
    with pytest.raises(QueryError, match="where a file was expected"):
        find_query(str(tmp_path / "q.rq"))
    with pytest.raises(KgError, match="where a file was expected"):
        kg.build_text(GOOD).save(tmp_path / "out")
    assert run("load", built, "--store", tmp_path / "store").returncode == 1
    assert run("load", tmp_path / "out", "--store", tmp_path / "store").returncode == 1


def test_standard_input_is_read_to_its_limit_only(tmp_path: Path) -> None:
    """A source without an end: a run that read it whole would never come back."""
    with Path("/dev/zero").open("rb") as endless:
        done = run("build", "-", "-o", tmp_path / "out", stdin=endless)

    assert done.returncode == 1
    assert "standard input: too large" in done.stderr


def test_no_more_is_read_than_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345\r\n")

    assert read_file(tmp_path / "a", 7) == b"12345\r\n"
    assert read_text(tmp_path / "a") == "12345\n"
    assert read_stream(io.BytesIO(b"12345"), 5) == b"12345"
    with pytest.raises(LargeError):
        read_file(tmp_path / "a", 6)
    with pytest.raises(LargeError):
        read_stream(io.BytesIO(b"12345"), 4)


def test_a_file_whose_size_the_system_does_not_say_is_read_to_its_limit() -> None:
    made_up = Path("/proc/self/status")
    if not made_up.exists():
        pytest.skip("no such file system here")

    assert b"Name:" in read_file(made_up, 1 << 20)
    with pytest.raises(LargeError, match="more than 10 bytes"):
        read_file(made_up, 10)


def test_a_graph_too_large_for_memory_is_one_line(tmp_path: Path) -> None:
    with (tmp_path / "a.ttl").open("wb") as file:
        file.truncate(1 << 40)  # takes no room

    with pytest.raises(GraphError, match="kg load"):
        Graph.load(tmp_path / "a.ttl")


def test_weights_that_grow_when_unpacked_are_refused() -> None:
    with pytest.raises(ResourceError):
        parse(gzip.compress(b"[" + b" " * (300 << 20), 1))


def test_a_link_out_of_its_folder_is_not_read(tmp_path: Path) -> None:
    secret, source = tmp_path / "secret.txt", tmp_path / "in"
    source.mkdir()
    secret.write_text(GOOD.replace("海川", "山河"), encoding="utf-8")
    (source / "a.txt").write_text(GOOD, encoding="utf-8")
    (source / "inside.txt").symlink_to("a.txt")
    (source / "out.txt").symlink_to(secret)
    (source / "round.txt").symlink_to(source / "round.txt")

    done = run("build", source, "-o", tmp_path / "out", "--no-validate")

    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "out.txt: a link that leads out of its folder" in done.stderr
    assert "山河" not in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    with pytest.raises(SourceError, match="leads out"):
        kg.build(source)
    assert "山河" in kg.build(source / "out.txt").to_turtle()  # who names it means it


def test_weights_that_are_no_file_are_one_line(tmp_path: Path) -> None:
    pipe(tmp_path / "names.npz")
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")

    done = run(
        "build", tmp_path / "a.txt", "-o", tmp_path / "out", env={**os.environ, "KG_WEIGHTS": str(tmp_path)}
    )

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "names.npz: no weights of names: a pipe, where a file was expected" in done.stderr


def reads(call: ast.Call) -> bool:
    """Say whether a call opens something, but for one that only writes."""
    *before, name = ast.unparse(call.func).rsplit(".", 1)
    whose = "".join(before)
    if name in ("read_text", "read_bytes"):
        return bool(whose)
    if name == "load":
        return whose in ("np", "numpy")
    if name != "open":
        return False
    given = call.args[1 if not whose or whose in MODULES else 0 :][:1]
    given += [each.value for each in call.keywords if each.arg == "mode"]
    modes = [each.value for each in given if isinstance(each, ast.Constant)]
    return not any(isinstance(mode, str) and mode[:1] in ("w", "x", "a") for mode in modes)


def opened_in(source: str) -> bool:
    return any(isinstance(node, ast.Call) and reads(node) for node in ast.walk(ast.parse(source)))


@pytest.mark.parametrize(
    "call",
    [
        "path.open()",
        'path.open("rb")',
        'path.open(mode="rb")',
        "open(path)",
        'open(path, "r")',
        'open("a.txt")',
        "gzip.open(path)",
        "np.load(path)",
        "os.open(path, os.O_RDONLY)",
        "path.read_text()",
        "(folder / name).read_bytes()",
    ],
)
def test_a_call_that_opens_is_seen(call: str) -> None:
    assert opened_in(call)


@pytest.mark.parametrize(
    "call", ['path.open("wb")', 'open(path, mode="x")', 'open(path, "a")', "read_text(path)", "json.load(x)"]
)
def test_a_call_that_only_writes_is_none(call: str) -> None:
    assert not opened_in(call)


def test_every_file_is_opened_by_the_module_that_looks_at_it() -> None:
    """So that no reader is added that waits for a pipe or reads a device."""
    found = {
        path.relative_to(KG).as_posix()
        for path in KG.rglob("*.py")
        if opened_in(path.read_text(encoding="utf-8"))
    }

    assert found == set(ALLOWED)
