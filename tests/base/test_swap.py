"""Files of a folder replaced as one: cut off anywhere, by two at once, in every kind of folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.base import children, swap
from kg.base.errors import OutputError
from kg.base.swap import INSIDE, settle, swap_files

Tree = dict[str, bytes]
OLD: Tree = {
    "graph.ttl": b"old graph",
    "graph.html": b"old page",
    "articles/a.txt": b"a",
    "articles/b.txt": b"b",
}
NEW: Tree = {
    "graph.ttl": b"new graph",
    "graph.html": b"new page",
    "articles/a.txt": b"A",
    "articles/c.txt": b"c",
}

CUT_OFF = """
import os, sys
from pathlib import Path
from kg.base.swap import swap_files
folder, last, old, new = Path(sys.argv[1]), int(sys.argv[2]), eval(sys.argv[3]), eval(sys.argv[4])
if sys.argv[5] == "here":
    os.chdir(folder)
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "kg.exchange"}
count = 0
def watch(event, arguments):
    global count
    writes = event == "open" and isinstance(arguments[1], str) and arguments[1][:1] in "wax"
    if event in CHANGES or writes:
        count += 1
        if count == last:
            os._exit(9)
sys.addaudithook(watch)
swap_files(folder, new, lambda: tuple(old))
"""


def write(folder: Path, files: Tree) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def tree(folder: Path) -> Tree:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def cut_off(folder: Path, at: int, where: str = "elsewhere") -> int:
    arguments = [str(folder), str(at), repr(OLD), repr(NEW), where]
    return subprocess.run(
        children.command("-c", CUT_OFF, *arguments), env=children.environment(), check=False, timeout=60
    ).returncode


@pytest.mark.parametrize(
    "others", [{}, {"decisions.toml": b"mine"}], ids=["own folder", "with files of others"]
)
@pytest.mark.parametrize("where", ["elsewhere", "here"])
def test_cut_off_at_any_change_the_folder_is_old_or_new_never_both(
    tmp_path: Path, others: Tree, where: str
) -> None:
    """The process ends itself right before the first, second, third ... change of the file system."""
    ends = []
    for at in range(1, 200):
        shutil.rmtree(tmp_path)
        folder = write(tmp_path / "in" / "out", {**OLD, **others})
        status = cut_off(folder, at, where)
        if not others and where == "elsewhere" and not (folder / INSIDE).exists():
            assert tree(folder) in (OLD, NEW)  # one step: nobody has to finish anything

        settle(folder)

        assert tree(folder) in ({**OLD, **others}, {**NEW, **others})
        assert [path.name for path in folder.parent.iterdir()] == ["out"]
        ends.append(tree(folder) == {**NEW, **others})
        if status == 0:
            break
    assert status == 0
    assert len(ends) > 10
    assert not ends[0]
    assert ends[-1]
    assert ends == sorted(ends)  # once new, never old again


def test_cut_off_before_there_was_anything_leaves_nothing_or_all(tmp_path: Path) -> None:
    for at in range(1, 200):
        shutil.rmtree(tmp_path)
        tmp_path.mkdir()
        status = cut_off(tmp_path / "out", at)
        settle(tmp_path / "out")
        assert tree(tmp_path) in ({}, {f"out/{name}": data for name, data in NEW.items()})
        if status == 0:
            break
    assert status == 0


@pytest.mark.more
@pytest.mark.skipif(not shutil.which("strace"), reason="no strace: apt-get install strace")
@pytest.mark.parametrize(
    "others", [{}, {"decisions.toml": b"mine"}], ids=["own folder", "with files of others"]
)
@pytest.mark.parametrize(
    "call",
    ["rename", "renameat2", "unlink", "unlinkat", "mkdir", "rmdir", "write", "openat", "fsync", "chmod"],
)
def test_killed_at_a_call_of_the_system_the_folder_is_old_or_new(
    tmp_path: Path, call: str, others: Tree
) -> None:
    for number in (1, 2, 3, 5):
        shutil.rmtree(tmp_path)
        folder = write(tmp_path / "out", {**OLD, **others})
        kill = ["strace", "-f", "-qq", "-o", os.devnull, "-P", str(folder), "-P", str(folder / INSIDE)]
        kill += ["-P", str(tmp_path / ".out.kg-swap"), "-P", str(folder / "graph.ttl")]
        kill += ["-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}"]
        arguments = [str(folder), "0", repr(OLD), repr(NEW), "elsewhere"]
        subprocess.run(
            [*kill, *children.command("-c", CUT_OFF, *arguments)],
            env=children.environment(),
            check=False,
            capture_output=True,
            timeout=60,
        )
        settle(folder)
        assert tree(folder) in ({**OLD, **others}, {**NEW, **others})


def test_two_at_once_never_mix(tmp_path: Path) -> None:
    folder = write(tmp_path / "out", OLD)
    command = children.command("-c", CUT_OFF, str(folder), "0")
    for _ in range(4):
        both = [
            subprocess.Popen(
                [*command, repr({**OLD, **NEW}), repr(files), "elsewhere"], env=children.environment()
            )
            for files in (OLD, NEW)
        ]
        assert [each.wait(60) for each in both] == [0, 0]
        assert tree(folder) in (OLD, NEW)


def to_link(folder: Path) -> Path:
    link = folder.with_name("link")
    link.symlink_to(folder, target_is_directory=True)
    return link


def to_here(folder: Path) -> Path:
    os.chdir(folder)
    return Path()


@pytest.mark.parametrize("reach", [to_link, to_here, Path])
@pytest.mark.parametrize("able", [True, False], ids=["exchange", "no exchange"])
def test_every_kind_of_folder_is_replaced_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reach: Callable[[Path], Path], able: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    if not able:
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    folder = write(tmp_path / "out", OLD)

    swap_files(reach(folder), NEW, lambda: tuple(OLD))

    assert tree(folder) == NEW
    assert {path.name for path in tmp_path.iterdir()} <= {"out", "link"}


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for others in ({}, {"mine.txt": b"mine"}):
        folder = write(tmp_path / str(len(others)), {**OLD, **others})
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="No space left"):
            swap_files(folder, NEW, lambda: tuple(OLD))
        monkeypatch.undo()
        assert tree(folder) == {**OLD, **others}
        assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("name", ["../stolen.txt", "/stolen.txt", ""])
def test_a_journal_that_leaves_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path / "out", {**OLD, f"{INSIDE}/0": b"x"})
    (folder / INSIDE / swap.JOURNAL).write_text(f'{{"put": ["{name}"], "gone": []}}', encoding="utf-8")

    with pytest.raises(OutputError, match="no journal of kg"):
        swap_files(folder, NEW)
    assert not (tmp_path / "stolen.txt").exists()


def test_a_file_in_the_place_of_the_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")

    with pytest.raises(OutputError, match="Not a directory"):
        swap_files(tmp_path / "out", NEW)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("others", [{"graph.html/x": b"mine"}, {"articles": b"mine"}])
def test_what_stands_in_the_way_is_told_before_anything_moves(tmp_path: Path, others: Tree) -> None:
    folder = write(tmp_path / "out", {"graph.ttl": b"old graph", **others})

    with pytest.raises(OutputError, match="cannot be written"):
        swap_files(folder, NEW, lambda: ("graph.ttl",))
    assert tree(folder) == {"graph.ttl": b"old graph", **others}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
