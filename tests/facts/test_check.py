"""A folder of knowledge, checked, and the list of patterns: kg's own data, a few patterns of somebody's, wrong ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.base.errors import QueryError, ResourceError
from kg.base.resources import data_path
from kg.facts.catalogue import list_patterns
from kg.facts.check import check_knowledge

OWN = """
[[pattern]]
id = "toured"
kind = "frame"
predicate = "visited"
description = "Somebody tours a place: 游历."
confidence = 0.8
cues = ["游历"]
passes = [["{李明山|P}游历{青岚市|L}。", "李明山 > 青岚市"]]
fails = ["{李明山|P}想念{青岚市|L}。"]
"""


def folder(tmp_path: Path, text: str, name: str = "own.toml") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_data_of_kg_is_all_right() -> None:
    report = check_knowledge()
    assert report.problems == []
    assert report.cases > 400
    assert str(report).endswith("all right")


def test_a_few_patterns_are_checked_beside_those_of_kg(tmp_path: Path) -> None:
    report = check_knowledge(folder(tmp_path, OWN))
    assert report.problems == []
    assert (report.files, report.entries, report.cases) == (1, 1, 2)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("游历{青岚市|L}。", "神往{青岚市|L}。", "does not find 李明山 > 青岚市 in {李明山|P}神往"),
        ("想念", "游历了", "finds 李明山 > 青岚市 in {李明山|P}游历了"),
        ("0.8", "8", "'confidence' is 8"),
        (
            '["游历"]',
            '["访问"]',
            "'cues' '访问' is there already as 'visited', with the same conditions (see data/",
        ),
        ("[[pattern]]", "[[patern]]", "unknown key 'patern'"),
        ("[[pattern]]", "[pattern]", "holds no list of patterns"),
        ("0.8", "0.8.1", "no TOML"),
    ],
)
def test_each_fault_is_one_line_with_its_file(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = OWN.replace(old, new)
    if told.startswith("'cues'"):  # with the very conditions of the other
        text = text.replace("confidence", f"{conditions()}confidence")
    problems = check_knowledge(folder(tmp_path, text)).problems
    assert any(told in problem for problem in problems), problems
    assert all(str(tmp_path / "own.toml") in problem and "\n" not in problem.strip() for problem in problems)


def conditions() -> str:
    """The conditions of kg's own pattern ``visited``, as TOML."""
    source = (data_path("patterns") / "tie.toml").read_text(encoding="utf-8")
    entry = source.split('id = "visited"\n')[1].split("[[pattern]]")[0]
    keys = ("not_before", "not_after", "before", "after", "not_behind_object", "object_like", "turned", "pos")
    return "".join(f"{line}\n" for line in entry.splitlines() if line.split(" = ")[0] in keys)


def test_one_wrong_pattern_leaves_the_others_checked(tmp_path: Path) -> None:
    text = OWN.replace("0.8", "8") + OWN.replace("toured", "toured-too").replace("想念", "游历了")
    told = check_knowledge(folder(tmp_path, text)).problems
    assert [("'confidence'" in line, "finds" in line) for line in told] == [(True, False), (False, True)]


def test_a_pattern_of_the_same_id_stands_for_that_of_kg(tmp_path: Path) -> None:
    own = OWN.replace('"toured"', '"visited"').replace('["游历"]', '["游历", "访问"]')
    assert check_knowledge(folder(tmp_path, own)).problems == []


def test_a_whole_folder_stands_for_itself(tmp_path: Path) -> None:
    for name in ("patterns", "language"):
        shutil.copytree(data_path(name), tmp_path / name)
    for path in (tmp_path / "patterns").glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('\nid = "', '\nid = "my-'), encoding="utf-8")
    report = check_knowledge(tmp_path)
    assert report.problems == []
    assert report.cases > 400


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("titles.toml", "endings =", "ending =", "unknown key 'ending' (did you mean 'endings'?)"),
        ("titles.toml", 'endings = ["长", ', 'endings = ["长", "长", ', "'endings' has '长' twice"),
        (
            "titles.toml",
            '["上将", "military"]',
            '["上将", "sport"]',
            "上将 is of class 'military', and should be",
        ),
        (
            "titles.toml",
            'fails = ["增长", ',
            'fails = ["部长", "增长", ',
            "部长 is of class 'leading', and should be no title",
        ),
        ("titles.toml", '["同志", "courtesy"]', '["同志"]', "'passes' holds ['同志'] (write 2 texts"),
        ("regions.toml", "countries = [", "countries = [3,", "'countries' is not a list of words"),
        ("works.toml", 'needs = "cue"', 'needs = "cues"', "'needs' is 'cues' (did you mean 'cue'?)"),
        ("works.toml", '"奠基仪式", ', "", "does not find 青湖大桥奠基仪式 in"),
        (
            "events.toml",
            '"方圆银行 >"',
            '"南方银行 >"',
            "finds 方圆银行 > in {方圆银行|O}首次回购120万股 (it should find",
        ),
        (
            "events.toml",
            "{方圆软件|O}或将易主",
            "{方圆软件|O}易主{北方集团|O}",
            "finds 北方集团 > 方圆软件 in",
        ),
        ("events.toml", '{京州证监局|O}警示函"', '{京州证监局|O}来函"', "finds nothing in {方圆股份|O}"),
        ("events.toml", "<p:O>(?P<c>易主)", "<p:O>(?P<c>易主", "'shape' is no expression: missing )"),
        ("events.toml", "{京州大学|O}授予学位", "", "is not a list of words"),
        ("events.toml", "<p:O>(?P<c>易主)(?:~{0,4}|，)<a:OP>", "易主<O>", "its shape has no slot"),
        ("events.toml", "<p:O>(?P<c>易主)", "<p:O>{owner}", "unknown part 'owner' in its shape"),
        ("events.toml", "undone = '终止", "undone = '(终止", "'undone' is no expression: missing )"),
    ],
)
def test_a_list_is_checked_too(tmp_path: Path, name: str, old: str, new: str, told: str) -> None:
    source = (data_path("language") / name).read_text(encoding="utf-8")
    assert old in source
    problems = check_knowledge(folder(tmp_path, source.replace(old, new, 1), name)).problems
    assert any(told in problem for problem in problems), problems
    assert all(problem.startswith(str(tmp_path / name)) for problem in problems)


def test_a_folder_without_knowledge_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="holds no knowledge"):
        check_knowledge(tmp_path)
    with pytest.raises(ResourceError, match="no such folder"):
        check_knowledge(tmp_path / "nowhere")


def test_patterns_are_listed_by_predicate_and_word() -> None:
    listed = list_patterns("visited", "访问")
    heads = [line for line in listed.lines if not line.startswith(" ")]
    assert all(" visited " in line and line.endswith("data/patterns/tie.toml") for line in heads)
    assert any(line.startswith("visited ") for line in heads)
    assert any("'访问' is there already: a cue of 'visited' (visited)" in line for line in listed.remarks)
    assert list_patterns(word="毫无踪影").remarks == ("0 patterns", "'毫无踪影' is no cue yet")
    assert len([line for line in list_patterns().lines if not line.startswith(" ")]) > 150
    with pytest.raises(QueryError, match="did you mean 'visited'"):
        list_patterns("visitd")


def test_the_patterns_of_a_folder_are_listed(tmp_path: Path) -> None:
    listed = list_patterns(folder=folder(tmp_path, OWN))
    assert listed.remarks == ("1 pattern",)
    assert listed.lines[0].split() == ["toured", "frame", "visited", str(tmp_path / "own.toml")]
