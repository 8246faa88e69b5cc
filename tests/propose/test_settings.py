"""kg.toml: what a user may say of a model in it, and that nothing secret and nobody's address stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.base.errors import KgError
from kg.propose.settings import read_settings

GOOD = """
[model]
name = "qwen3:8b"
calls = 100
cache = "answers"
parallel = 2
seconds = 30
[model.confidence]
holdsPosition = 0.8
other = 0.4
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "kg.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_it_says_is_taken(tmp_path: Path) -> None:
    own = read_settings(written(tmp_path, GOOD))

    assert (own.name, own.calls, own.cache) == ("qwen3:8b", 100, tmp_path / "answers")
    assert (own.parallel, own.seconds) == (2, 30)
    assert own.confidence == {"holdsPosition": 0.8, "": 0.4}


SECRET = "sk-" + "abcdefghijklmnop"  # of nobody
REFUSED = {
    "a key": f'[model]\nkey = "{SECRET}"',
    "a key by another name": f'[model]\napi_key = "{SECRET}"',
    "a token": f'[model]\nname = "m"\naccess_token = "{SECRET}"',
    "a secret under an innocent name": f'[model]\nname = "{SECRET}"',
    "a secret in a header": f'[model.headers]\nX = "Bearer {SECRET}"',
    "a secret in a list": f'[model]\nmore = ["{SECRET}"]',
    "an address": '[model]\nurl = "http://evil.example/v1"',
    "another setting": '[model]\nnam = "m"',
    "another table": "[models]",
    "no number": '[model]\ncalls = "many"',
    "true for a number": "[model]\ncalls = true",
    "too many at once": "[model]\nparallel = 1000",
    "no name": '[model]\nname = " "',
    "no such predicate": "[model.confidence]\nowns = 0.5",
    "more than sure": "[model.confidence]\nmet = 1.5",
    "no table": "model = 1",
    "no TOML": "[model",
    "no UTF-8": "",
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_what_does_not_belong_there_is_refused_in_one_line_and_not_repeated(
    tmp_path: Path, case: str
) -> None:
    path = written(tmp_path, REFUSED[case])
    if case == "no UTF-8":
        path.write_bytes('[model]\nname = "岳阳"'.encode("gbk"))
    with pytest.raises(KgError) as caught:
        read_settings(path)

    assert "\n" not in str(caught.value)
    assert SECRET not in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be read"):
        read_settings(tmp_path / "none.toml")
