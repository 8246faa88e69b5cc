"""Adding to ``decisions.toml``: by two at once, killed anywhere, into what a person wrote there."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.base import children
from kg.base.errors import DecisionError
from kg.base.model import Span
from kg.base.swap import swap_files
from kg.decide.model import Change, Decision, EntityAnchor, FactAnchor, FigureAnchor
from kg.decide.plain import from_plain
from kg.decide.read import read_decisions
from kg.decide.standing import standing
from kg.decide.write import append

MINE = '# what I know\n[[decision]]\nid = "d7" # kept\nverdict = "apart"\nwords = "东方红"\ntype = "Person"'

WRITER = """
import sys
from pathlib import Path
from kg.decide.model import Decision
from kg.decide.write import append
for number in range(int(sys.argv[3])):
    done = append(Path(sys.argv[1]), [Decision("", "apart", words=f"{sys.argv[2]}{number}", type="Person")])
    print(done.written[0].id, done.written[0].words, flush=True)
"""

CUT_OFF = """
import os, sys
last, count = int(sys.argv[4]), 0
def watch(event, arguments):
    global count
    writes = event == "open" and isinstance(arguments[1], str) and arguments[1][:1] in "wax"
    if event in {"os.rename", "os.remove", "os.chmod", "os.mkdir"} or writes:
        count += 1
        if count == last:
            os.kill(os.getpid(), 9)
"""


def apart(words: str, name: str = "") -> Decision:
    return Decision(name, "apart", words=words, type="Person")


def command(code: str, *arguments: object) -> list[str]:
    return children.command("-c", code, *map(str, arguments))


def words(path: Path) -> list[str | None]:
    return [each.words for each in read_decisions(path)]


def test_what_a_person_wrote_stays_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_bytes(MINE.encode())
    path.chmod(0o640)

    done = append(path, [apart("马力")])

    assert path.read_bytes().startswith(MINE.encode())
    assert [each.id for each in done.written] == ["d8"]
    assert words(path) == ["东方红", "马力"]
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["decisions.toml"]


def test_a_file_is_made_where_there_is_none_through_a_link_too(tmp_path: Path) -> None:
    (tmp_path / "link.toml").symlink_to(tmp_path / "real" / "decisions.toml")

    append(tmp_path / "link.toml", [apart("马力")])

    assert words(tmp_path / "real" / "decisions.toml") == ["马力"]
    assert (tmp_path / "link.toml").is_symlink()


def test_what_is_said_already_is_not_said_twice(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    append(path, [apart("马力")])
    before = path.read_bytes()

    again = append(path, [apart("马力"), apart("马力", "d1")])

    assert [each.id for each in again.known] == ["d1", "d1"]
    assert path.read_bytes() == before


def test_a_taken_id_gets_a_new_one_and_its_withdrawal_goes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    append(path, [apart("马力", "p1")])

    done = append(path, [apart("牛力", "p1"), Decision("p2", "withdraw", of="p1")])

    assert done.renamed == (("p1", "d1"),)
    assert [(each.id, each.of) for each in read_decisions(path)] == [("p1", None), ("d1", None), ("p2", "d1")]


def test_what_was_renamed_is_known_when_its_file_comes_again(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    append(path, [apart("马力", "p1"), apart("羊力", "p2")])
    file = [apart("牛力", "p1"), Decision("p2", "withdraw", of="p1")]
    renamed = append(path, file).renamed
    before = path.read_bytes()

    again = append(path, file)

    assert not again.written
    assert again.renamed == renamed == (("p1", "d1"), ("p2", "d2"))
    assert path.read_bytes() == before


def test_what_is_withdrawn_is_not_withdrawn_twice(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    append(path, [apart("马力")])
    withdrawal = Decision("", "withdraw", of="d1")

    assert [each.id for each in append(path, [withdrawal]).written] == ["d2"]
    assert [each.id for each in append(path, [withdrawal]).known] == ["d2"]
    append(path, [Decision("", "withdraw", of="d2")])
    assert [each.id for each in append(path, [withdrawal]).written] == ["d4"]


def test_ids_are_never_used_again_while_anything_speaks_of_them(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    append(path, [Decision("", "withdraw", of="d41")])

    assert read_decisions(path)[0].id == "d42"


def alias(means: str, **more: Any) -> Decision:
    return Decision("", "alias", words="中金", means=means, type="Organization", **more)


def test_what_contradicts_another_person_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    append(path, [alias("中金公司", by="lin")])
    before = path.read_bytes()

    with pytest.raises(DecisionError, match="'d2' contradicts 'd1' in line 1"):
        append(path, [alias("中国黄金", by="wang")])
    assert path.read_bytes() == before

    append(path, [Decision("", "withdraw", of="d1")])
    append(path, [alias("中国黄金", by="wang")])


def test_another_answer_of_the_same_person_takes_the_place_of_the_first_which_the_file_keeps(
    tmp_path: Path,
) -> None:
    path = tmp_path / "decisions.toml"
    append(path, [alias("中金公司", by="lin", on=date(2026, 11, 1))])

    done = append(path, [alias("中国黄金", by="lin", on=date(2026, 11, 2))])

    assert [(each.id, each.verdict, each.of, each.by) for each in read_decisions(path)] == [
        ("d1", "alias", None, "lin"),
        ("d2", "alias", None, "lin"),
        ("d3", "withdraw", "d1", "lin"),
    ]
    assert done.replaced == (("d1", "d2"),)
    assert [each.means for each in standing(read_decisions(path))] == ["中国黄金"]
    assert append(path, [alias("中国黄金", by="lin")]).known[0].id == "d2"
    with pytest.raises(DecisionError, match="contradicts"):  # an older file that is taken over later
        append(path, [alias("中金公司", by="lin", on=date(2026, 11, 1))])


def test_each_kind_of_question_is_answered_anew_and_what_only_follows_is_not(tmp_path: Path) -> None:
    a, b, c = (EntityAnchor("0" * 64, Span(at, at + 2), f"甲{at}", "Person") for at in (0, 10, 20))
    fact = FactAnchor("0" * 64, "holdsPosition", a, b, Span(0, 30), "x")
    figure = FigureAnchor("0" * 64, Span(5, 7), "2人")
    answers = [
        (Decision("", "same", a=a, b=b), Decision("", "apart", a=b, b=a)),
        (Decision("", "unsure", a=a, b=b), Decision("", "same", a=a, b=b)),
        (Decision("", "confirm", fact=fact), Decision("", "reject", fact=fact)),
        (Decision("", "change", fact=fact, to=Change(role="长")), Decision("", "confirm", fact=fact)),
        (Decision("", "confirm", figure=figure), Decision("", "figure", figure=figure, unit="名")),
        (Decision("", "name", a=a, label="乙"), Decision("", "name", a=a, label="丙")),
        (Decision("", "type", a=a, type="Place"), Decision("", "no-entity", a=a)),
    ]
    for number, (first, second) in enumerate(answers):
        path = tmp_path / f"{number}.toml"
        append(path, [first])
        assert append(path, [second]).replaced == (("d1", "d2"),), first.verdict
        assert [each.content for each in standing(read_decisions(path))] == [second]

    path = tmp_path / "third.toml"
    append(path, [Decision("", "same", a=a, b=b), Decision("", "same", a=b, b=c)])
    with pytest.raises(DecisionError, match="one joins what the other does not"):
        append(path, [Decision("", "apart", a=a, b=c)])
    with pytest.raises(DecisionError, match="one says that it is no thing"):
        append(path, [Decision("", "no-entity", a=a)])


def test_half_a_character_is_refused_in_one_line_and_nothing_written(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"

    with pytest.raises(DecisionError, match="d1: holds half a character"):
        append(path, [alias("中\ud840")])
    assert not path.exists()
    with pytest.raises(DecisionError, match="decision 1: 'means' holds half a character"):
        from_plain(
            {"verdict": "alias", "words": "中金", "means": "中\ud840", "type": "Organization"}, "decision 1"
        )


def test_a_broken_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text("[[decision", encoding="utf-8")

    with pytest.raises(DecisionError, match=r"decisions\.toml:1: no TOML"):
        append(path, [apart("马力")])
    assert path.read_text(encoding="utf-8") == "[[decision"


def test_several_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    processes = [
        subprocess.Popen(
            command(WRITER, path, name, 15), env=children.environment(), stdout=subprocess.PIPE, text=True
        )
        for name in ("甲", "乙", "丙")
    ]
    told = [line.split() for each in processes for line in each.communicate(timeout=120)[0].splitlines()]

    assert len(told) == 45
    assert sorted((each.id, each.words) for each in read_decisions(path)) == sorted(map(tuple, told))


def test_killed_at_any_change_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_bytes(MINE.encode())
    acknowledged = ["东方红"]
    status, at = -9, 0
    while status == -9:
        at += 1
        assert at < 40
        code = CUT_OFF + WRITER.replace("for number", "sys.addaudithook(watch)\nfor number")
        done = subprocess.run(
            command(code, path, f"第{at}次", 2, at),
            env=children.environment(),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
        status = done.returncode
        acknowledged += [line.split()[1] for line in done.stdout.splitlines()]
        held = words(path)
        assert [each for each in acknowledged if each not in held] == []
    assert at > 4
    append(path, [apart("后来")])
    assert [each.name for each in tmp_path.iterdir()] == ["decisions.toml"]


def test_a_folder_that_is_replaced_meanwhile_takes_no_decision_with_it(tmp_path: Path) -> None:
    """Writers and builds hold one lock: a decision written while a build puts its folder in place is still there."""
    folder = tmp_path / "out"
    swap_files(folder, {"graph.ttl": b"old"})
    writer = subprocess.Popen(
        command(WRITER, folder / "decisions.toml", "甲", 30),
        env=children.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    number = 0
    while writer.poll() is None:
        number += 1
        swap_files(folder, {"graph.ttl": str(number).encode()}, lambda: ("graph.ttl",))
    told = [line.split()[1] for line in writer.communicate()[0].splitlines()]

    assert len(told) == 30
    assert words(folder / "decisions.toml") == told


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(Exception, match="cannot be written"):
            append(tmp_path / "decisions.toml", [apart("马力")])
    finally:
        tmp_path.chmod(0o700)
