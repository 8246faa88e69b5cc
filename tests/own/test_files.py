"""What is wrong in a folder of knowledge is one line that names file and line, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.base.errors import ResourceError
from kg.base.overlay import using
from kg.base.own_files import load_overlay
from kg.facts.pattern import load_patterns

Make = Callable[..., Path]
HEAD = "name,type,aliases,code\n"
TERM = 'label = { zh = "发射", en = "launched" }\ncomment = { zh = "发射。", en = "Launched." }\n'
WRONG: list[tuple[dict[str, str | bytes], str, str]] = [
    ({"names.csv": HEAD + "鸢云,Company,,\n"}, "names.csv:2", "unknown type 'Company'"),
    ({"names.csv": HEAD + "\n鸢云,,,\n"}, "names.csv:3", "the type is missing"),
    ({"names.csv": HEAD + "云,Person,,\n"}, "names.csv:2", "'云' is no name"),
    ({"names.csv": HEAD + "鸢云,Person,,430602\n"}, "names.csv:2", "only a place has one"),
    ({"names.csv": HEAD + "鸢云,Place,,999999\n"}, "names.csv:2", "no place has the code '999999'"),
    ({"names.csv": HEAD + "鸢云,Person,岚姐,岚哥,\n"}, "names.csv:2", "part aliases by |"),
    ({"names.csv": HEAD + '鸢云,"Person,,\n'}, "names.csv:2", "no row of a CSV"),
    ({"names.csv": "name,kind\n鸢云,Person\n"}, "names.csv:1", "unknown column 'kind'"),
    ({"names.csv": "type,code\nPerson,\n"}, "names.csv:1", "has no column 'name'"),
    ({"names.csv": HEAD + "鸢云,Person,,\n鸢云,Product,,\n"}, "names.csv:3", "is Product here, and Person in names.csv:2"),
    ({"names.csv": HEAD + "鸢云,Person,,\n岚云,Person,鸢云,\n"}, "names.csv:3", "stands in names.csv:2 already"),
    ({"names.csv": HEAD + "鸢云,Person,,\n", "not_names.txt": "\n鸢云\n"}, "not_names.txt:2", "is a name in names.csv:2"),
    ({"names.csv": b"\xff\xfe\xfd"}, "names.csv", "no text in UTF-8, UTF-16 or GBK"),
    ({"lists/a.csv": "代码,简称\n1,鸢云\n"}, "a.csv:1", "has no column 'name'"),
    ({"schema.toml": f'\n[[predicate]]\nname = "launched"\n{TERM}domain = ["Rocket"]\nrange = ["Place"]\n'}, "schema.toml:2", "unknown type in domain 'Rocket'"),
    ({"schema.toml": f'[[predicate]]\nname = "visited"\n{TERM}domain = ["Person"]\nrange = ["Place"]\n'}, "schema.toml:1", "is there already"),
    ({"schema.toml": f'[[type]]\nname = "Rocket"\n{TERM}letter = "P"\nsign = "箭"\n'}, "schema.toml:1", "its letter is one capital letter of its own"),
    ({"schema.toml": "[[status]]\n"}, "schema.toml", "unknown table 'status'"),
    ({"schema.toml": "x = \n"}, "schema.toml:1", "no TOML"),
    ({"units.toml": "\n[classifer]\na = ['箭次']\n"}, "units.toml:2", "unknown table [classifer]"),
    ({"units.toml": "[classifier]\na = '箭次'\n"}, "units.toml:1", "is no list of words"),
    ({"units.toml": "[modifier]\na = ['约']\n"}, "units.toml:1", "unknown key 'a'"),
    ({"name.csv": HEAD}, "name.csv", "did you mean 'names.csv'?"),
    ({"lists/a.txt": "鸢云"}, "a.txt", "here files end in .csv"),
]  # fmt: skip


@pytest.mark.parametrize(("files", "where", "what"), WRONG)
def test_a_mistake_is_one_line(make: Make, files: dict[str, str | bytes], where: str, what: str) -> None:
    with pytest.raises(ResourceError) as caught:
        load_overlay(make(files))

    assert where in caught.value.where
    assert what in str(caught.value)
    assert caught.value.hint or "cannot" in caught.value.what
    assert "\n" not in str(caught.value)


def test_no_folder_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"no such folder \(make one with names.csv in it"):
        load_overlay(tmp_path / "nowhere")


def test_a_wrong_pattern_names_file_and_line(whole: Path) -> None:
    (whole / "patterns" / "more.toml").write_text(
        '# mine\n[[pattern]]\nid = "own-more"\nkind = "frame"\npredicate = "lauched"\n', encoding="utf-8"
    )
    with using(load_overlay(whole)), pytest.raises(ResourceError) as caught:
        load_patterns()

    assert "more.toml:2, pattern 'own-more'" in caught.value.where


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_spreadsheet_may_write_it_in_its_own_way(make: Make, encoding: str, ends: str) -> None:
    text = (HEAD + "鸢云，江城,Organization,岚云、云鸢;鸢云Ａ,\n").replace("，", "").replace("\n", ends)

    names = load_overlay(make({"names.csv": text.encode(encoding)})).names.names

    assert set(names) == {"鸢云江城", "岚云", "云鸢", "鸢云A"}


def test_a_short_form_of_two_companies_means_none(make: Make) -> None:
    text = "全称,简称\n江北鸢云有限公司,鸢云\n江南鸢云有限公司,鸢云\n"

    assert not load_overlay(make({"lists/a.csv": text})).names.shorts


def test_a_short_form_of_one_company_in_two_lists_is_one(make: Make) -> None:
    text = "全称,简称\n江北鸢云有限公司,鸢云\n"

    names = load_overlay(make({"lists/a.csv": text, "lists/b.csv": text})).names

    assert names.shorts == {"鸢云": names.names["江北鸢云有限公司"]}


def test_every_list_is_read_and_nothing_of_a_program_that_has_it_open(make: Make) -> None:
    text = "全称,简称\n江北鸢云有限公司,鸢云\n"
    folder = make({"lists/A.CSV": text, "lists/.b.csv": "x", "lists/~$c.csv": "x", "lists/#d.csv": "x"})

    assert set(load_overlay(folder).names.names) == {"江北鸢云有限公司"}
