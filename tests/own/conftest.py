"""A folder of invented knowledge: a company, a rocket as a type of its own, a place with a code, an official list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.base.model import Reading
from kg.base.overlay import NONE, use, using
from kg.base.own_files import load_overlay
from kg.pipeline import Pipeline
from kg.text.source import article_of

NAMES = """name,type,aliases,code
岚溪新材料,Organization,岚溪材|岚溪股份,
飞鸢三号,Rocket,飞鸢,
老城,Place,,430602
李小岚,人物,岚姐,
"""
NOT_NAMES = "# no names\n平安县\n"
LIST = "证券代码,证券简称,公司全称\n900001,青岚陶瓷,青岚特种陶瓷股份有限公司\n900002,机器人,江北自动化股份有限公司\n"
SCHEMA = """[[type]]
name = "Rocket"
label = { zh = "火箭", en = "rocket" }
comment = { zh = "运载火箭。", en = "A launch vehicle." }
letter = "K"
sign = "箭"

[[predicate]]
name = "launched"
label = { zh = "发射", en = "launched" }
comment = { zh = "发射火箭。", en = "Launched a rocket." }
domain = ["Organization"]
range = ["Rocket"]
inverse = "由其发射"
"""
PATTERN = """[[pattern]]
id = "own-launched"
kind = "frame"
predicate = "launched"
description = "One launches a rocket: 甲发射乙."
confidence = 0.9
cues = ["发射"]
passes = [["{岚溪新材料|O}成功发射{飞鸢三号|K}。", "岚溪新材料 > 飞鸢三号"]]
fails = ["{岚溪新材料|O}参观{飞鸢三号|K}。"]
"""
UNITS = '[classifier]\nflights = ["箭次"]\n'

Files = dict[str, str | bytes]
Make = Callable[..., Path]
Read = Callable[[Path | None, str], Reading]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return what writes a folder of knowledge."""

    def made(files: Files, name: str = "knowledge") -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for path, content in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return made


@pytest.fixture
def whole(make: Make) -> Path:
    """A folder with a file of each kind."""
    return make(
        {
            "names.csv": NAMES,
            "not_names.txt": NOT_NAMES,
            "lists/companies.csv": LIST,
            "schema.toml": SCHEMA,
            "patterns/rockets.toml": PATTERN,
            "units.toml": UNITS,
        }
    )


@pytest.fixture(autouse=True)
def _none_afterwards() -> Iterator[None]:
    yield
    use(NONE)


@pytest.fixture
def read() -> Read:
    """Return what reads a text by a folder of knowledge, or by none."""

    def reading(folder: Path | None, text: str) -> Reading:
        with using(load_overlay(folder) if folder else NONE):
            (found,) = Pipeline().read([article_of(text, "text")])
        return found

    return reading
