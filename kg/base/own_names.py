"""The names of the user: ``names.csv``, ``not_names.txt`` and the official lists, checked row by row.

    name,type,aliases,code
    青岚市长河机械有限公司,Organization,长河机械|长机集团,

A mistake is one line that names file and line and says how to mend it. Files may be UTF-8, with or without a mark at their
beginning, UTF-16, or GBK, as spreadsheets write them.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.base.errors import ResourceError
from kg.base.intake import LARGEST_TEXT, read_file
from kg.base.overlay import Known, OwnNames
from kg.base.resources import load_json
from kg.base.wordlist import did_you_mean

__all__ = ["LISTS", "NAMES", "NONE", "read_own_names", "text_of_file"]

NAMES: Final = "names.csv"
NONE: Final = "not_names.txt"
LISTS: Final = "lists"

_COLUMNS: Final = ("name", "type", "aliases", "code")
_HEADS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("name", "名称", "全称", "公司全称", "公司名称", "企业名称", "单位名称", "机构名称", "证券全称"),
        "name",
    ),
    **dict.fromkeys(("type", "类型"), "type"),
    **dict.fromkeys(
        ("aliases", "alias", "short", "别名", "简称", "公司简称", "证券简称", "股票简称", "企业简称"),
        "aliases",
    ),
    **dict.fromkeys(("code", "代码", "行政区划代码"), "code"),
}
"""What the heads of columns mean; in an official list a column with another head is passed over."""

_BODY: Final = "Organization"
_PLACE: Final = "Place"
_BETWEEN: Final = re.compile(r"[|｜;；、]")
_LEAST: Final = 2  # characters of a name
_MOST: Final = 64
_COMMENT: Final = "#"
_SHOWN: Final = 40


Told = Callable[[ResourceError], None]


def _stop(error: ResourceError) -> None:
    raise error


def text_of_file(path: Path, where: str) -> str:
    """Return the text of a file of the user, in UTF-8, UTF-16 or GBK.

    Raises:
        ResourceError: it cannot be read, or is no text of these.
    """
    try:
        data = read_file(path, LARGEST_TEXT)
    except OSError as error:
        raise ResourceError(where, f"cannot be read: {error.strerror or error}") from error
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise ResourceError(where, "no text in UTF-8, UTF-16 or GBK", "save it again as UTF-8")


def read_own_names(
    folder: Path, lists: Sequence[Path], types: Mapping[str, Sequence[str]], told: Told = _stop
) -> OwnNames:
    """Return the names of a folder.

    Args:
        folder: that of the user's knowledge.
        lists: the official lists in it.
        types: the types that a name may have, each with what else it is called.
        told: is told what is wrong with a row; by default, the first one stops.

    Raises:
        ResourceError: a row is wrong, or two rows say different things of one name.
    """
    called = {word.lower(): name for name, words in types.items() for word in (name, *words)}
    table = _Table(folder, called, told)
    if (path := folder / NAMES).is_file():
        table.take(path, listed=False)
    for path in lists:
        table.take(path, listed=True)
    none = dict(_words(folder / NONE)) if (folder / NONE).is_file() else {}
    for word, where in none.items():
        if (known := table.names.get(word)) is not None:
            told(
                ResourceError(
                    where, f"{word!r} is a name in {known.file}:{known.line}", "take one of the two out"
                )
            )
    shorts = {word: known for word, known in table.shorts.items() if known is not None and word not in none}
    return OwnNames(table.names, shorts, frozenset(none))


def _words(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the words of a file with a word on each line, each with where it stands."""
    for number, line in enumerate(text_of_file(path, str(path)).splitlines(), 1):
        word = _folded(line.partition(_COMMENT)[0])
        if word:
            yield word, f"{path}:{number}"


@dataclass
class _Table:
    """What was read so far."""

    folder: Path
    called: Mapping[str, str]  # what types are called -> type
    told: Told
    names: dict[str, Known] = field(default_factory=dict)
    shorts: dict[str, Known | None] = field(default_factory=dict)  # None: of two companies

    def take(self, path: Path, *, listed: bool) -> None:
        """Read a table.

        Raises:
            ResourceError: a row is wrong.
        """
        rows = _rows(path)
        number, heads = next(rows, (1, []))
        at = _columns(f"{path}:{number}", heads, strict=not listed)
        for line, row in rows:
            cells = {name: row[column].strip() for name, column in at.items() if column < len(row)}
            if not any(cells.values()):
                continue
            try:
                if not listed and len(row) > len(heads):
                    raise ResourceError(
                        f"{path}:{line}",
                        f"has {len(row)} columns, and the first line {len(heads)}",
                        "part aliases by |, and put a name with a comma in quotes",
                    )
                self._add(cells, path, line, listed=listed)
            except ResourceError as error:
                self.told(error)

    def _add(self, cells: Mapping[str, str], path: Path, line: int, *, listed: bool) -> None:
        where = f"{path}:{line}"
        name = _name(where, cells.get("name", ""))
        kind = self._type(where, cells.get("type", ""), listed=listed)
        code = "" if listed else _code(where, cells.get("code", ""), kind)
        others = dict.fromkeys(_folded(each) for each in _BETWEEN.split(cells.get("aliases", "")))
        aliases = tuple(
            _name(where, each)
            for each in others
            if each and each != name and (not listed or len(each) >= _LEAST)
        )
        file = path.relative_to(self.folder).as_posix()
        known = Known(name, kind, aliases, code, file, line, listed)
        for each in (name,) if listed else (name, *aliases):
            self._put(each, known, where)
        for each in aliases if listed else ():
            if each not in self.names:
                other = self.shorts.setdefault(each, known)
                self.shorts[each] = other if other is not None and other.name == name else None

    def _put(self, name: str, known: Known, where: str) -> None:
        other = self.names.setdefault(name, known)
        if other is known:
            return
        there = f"{other.file}:{other.line}"
        if other.type != known.type:
            raise ResourceError(
                where,
                f"{name!r} is {known.type} here, and {other.type} in {there}",
                "a name has one type: take one of the two out",
            )
        if known.listed:  # the same company in two lists, or named by the user already
            return
        raise ResourceError(
            where, f"{name!r} stands in {there} already", "write one line for each thing, aliases parted by |"
        )

    def _type(self, where: str, given: str, *, listed: bool) -> str:
        if not given and listed:
            return _BODY
        if not given:
            raise ResourceError(where, "the type is missing", f"one of {', '.join(self._names())}")
        found = self.called.get(given.lower())
        if found is None:
            raise ResourceError(where, f"unknown type {given!r}", did_you_mean(given, self._names()))
        return found

    def _names(self) -> list[str]:
        return list(dict.fromkeys(self.called.values()))


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table, each with its line; those that are empty or begin with # are none."""
    text = text_of_file(path, str(path))
    first = text.partition("\n")[0]
    mark = max(",\t;", key=lambda each: (first.count(each), each == ","))
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise ResourceError(
                f"{path}:{line}", f"no row of a CSV: {error}", "a quote is closed, and doubled inside quotes"
            ) from error
        if row is None:
            return
        if any(cell.strip() for cell in row) and not row[0].lstrip().startswith(_COMMENT):
            yield line, row


def _columns(where: str, heads: Sequence[str], *, strict: bool) -> dict[str, int]:
    """Return which column holds what.

    Raises:
        ResourceError: there is no column of names, one stands twice, or (``strict``) one is unknown.
    """
    found: dict[str, int] = {}
    for column, head in enumerate(heads):
        word = _folded(head).lower()
        name = _HEADS.get(word)
        if name is None and strict:
            raise ResourceError(
                where, f"unknown column {_shown(head)!r}", f"the first line is {','.join(_COLUMNS)}"
            )
        if name is not None and strict and name in found:
            raise ResourceError(
                where, f"two columns are the {name}", f"the first line is {','.join(_COLUMNS)}"
            )
        if name is not None:
            found.setdefault(name, column)
    for name in ("name", "type") if strict else ("name",):
        if name not in found:
            what = f"has no column {name!r}"
            hint = f"the first line is {','.join(_COLUMNS)}" if strict else "call it name, or 全称"
            raise ResourceError(where, what, hint)
    return found


def _name(where: str, given: str) -> str:
    name = _folded(given)
    if not name:
        raise ResourceError(where, "the name is missing", "write it in the first column")
    if not _LEAST <= len(name) <= _MOST or "\n" in name:
        raise ResourceError(
            where, f"{_shown(name)!r} is no name", f"a name has {_LEAST} to {_MOST} characters, on one line"
        )
    return name


def _code(where: str, given: str, kind: str) -> str:
    if not given:
        return ""
    if kind != _PLACE:
        raise ResourceError(where, f"code {given!r}: only a place has one", "leave it out")
    if given not in load_json("places.json"):
        raise ResourceError(where, f"no place has the code {given!r}", "six digits of GB/T 2260, as 430602")
    return given


def _folded(word: str) -> str:
    """Return a word as texts are read: without odd spaces, letters and digits of the usual width."""
    narrow = "".join(
        unicodedata.normalize("NFKC", each) if "！" <= each <= "～" and each.isalnum() else each
        for each in word
    )
    return " ".join(narrow.split())


def _shown(word: str) -> str:
    return word if len(word) <= _SHOWN else word[:_SHOWN] + "..."
