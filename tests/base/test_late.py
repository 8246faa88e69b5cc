"""Expressions that are compiled when they are first used behave as compiled ones do."""

from __future__ import annotations

import pickle
import re
from typing import Any

import pytest

from kg.base import late as module
from kg.base.errors import ResourceError
from kg.base.late import late


def test_nothing_is_compiled_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []

    def seen(source: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(source)
        return re.compile(source, flags)

    monkeypatch.setattr(module, "re", type("Spy", (), {"compile": staticmethod(seen), "error": re.error}))
    number = late("[0-9]+")

    assert number.pattern == "[0-9]+"
    assert compiled == []
    assert [match[0] for match in number.finditer("3 und 14")] == ["3", "14"]
    assert number.search("x7") is not None
    assert compiled == ["[0-9]+"]


def test_it_does_what_a_compiled_one_does() -> None:
    one, other = late("(?P<a>甲)|b", re.IGNORECASE), re.compile("(?P<a>甲)|b", re.IGNORECASE)

    for method in ("search", "match", "fullmatch", "findall", "split"):
        assert str(getattr(one, method)("xB甲")) == str(getattr(other, method)("xB甲"))
    assert one.sub("-", "甲B") == other.sub("-", "甲B")
    assert dict(one.groupindex) == dict(other.groupindex)
    assert one.flags == re.IGNORECASE
    assert late(rb"\d+").findall(b"3 und 14") == [b"3", b"14"]


def test_equal_ones_are_equal_and_can_be_handed_to_another_process() -> None:
    assert late("甲") == late("甲")
    assert late("甲") != late("甲", re.IGNORECASE)
    assert len({late("甲"), late("甲"), late("乙")}) == 2
    assert pickle.loads(pickle.dumps(late("甲"))) == late("甲")  # noqa: S301


def test_a_wrong_one_is_told_at_its_first_use() -> None:
    wrong = late("(", fault=lambda error: ResourceError("x.toml", f"no expression: {error}", "mend it"))

    with pytest.raises(ResourceError, match="no expression"):
        wrong.search("甲")
    with pytest.raises(re.error):
        late("(").search("甲")


def test_a_set_of_characters_is_made_once_and_python_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own, made = module._MADE, list[tuple[object, ...]]()

    def seen(*arguments: object) -> object:
        made.append(arguments)
        return own(*arguments)

    monkeypatch.setattr(module, "_MADE", seen)
    module._set_once.cache_clear()
    compiler: Any = re._compiler  # type: ignore[attr-defined]
    before = compiler._optimize_charset
    monkeypatch.setattr(compiler, "_optimize_charset", seen)
    re.purge()
    found = [late(f"{sign}[一-丙]+").findall(f"{sign}一丁丙") for sign in "xyz"]
    assert found == [["x一丁丙"], ["y一丁丙"], ["z一丁丙"]]
    assert len(made) == 1
    assert compiler._optimize_charset is seen
    monkeypatch.setattr(compiler, "_optimize_charset", before)
    assert late("[A-C]+", re.IGNORECASE).findall("abCdX") == ["abC"]


def test_sets_that_are_kept_make_the_same_expression() -> None:
    for source in (
        "[^，。；]{2,8}甲",
        r"[一-龥\d]+",
        r"[\u4e00-\u9fff·]",
        "甲|乙|丙",
        r"[^\s\w]",
        "[a-c]|[d-f]x",
    ):
        one, other = late(source), re.compile(source)
        text = "甲乙12 abc，x。丙·fx！dx"
        assert [m.span() for m in one.finditer(text)] == [m.span() for m in other.finditer(text)]


def test_a_python_without_that_function_compiles_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MADE", None)
    assert late("[甲乙]+x").findall("甲乙x") == ["甲乙x"]
