"""A folder of the user's knowledge -> what lies over kg's own data: read whole and checked before anything else is done.

    knowledge/names.csv        names, their types, aliases and place codes
    knowledge/not_names.txt    words that are no names, one a line
    knowledge/lists/*.csv      official lists: full names and short forms
    knowledge/schema.toml      types and predicates, as in data/schema.toml
    knowledge/patterns/*.toml  patterns with their cases, as in data/patterns
    knowledge/units.toml       units, as in data/language/units.toml

None of them has to be there; one that is none of these is an error, for it would be read by nobody.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import tomli

from kg.base.errors import ResourceError
from kg.base.overlay import Overlay, OwnPattern
from kg.base.own_names import LISTS, NAMES, read_own_names, text_of_file
from kg.base.own_names import NONE as NOT_NAMES
from kg.base.resources import load_toml
from kg.base.schema import FILE as SCHEMA
from kg.base.schema import schema_with
from kg.base.wordlist import did_you_mean

__all__ = ["UNITS", "files_of", "line_of", "load_overlay"]

UNITS: Final = "language/units.toml"
_UNITS: Final = "units.toml"
_PATTERNS: Final = "patterns"
_GROUPS: Final = ("measure", "classifier", "not")
"""Tables of units whose words may stand under any key."""

_OWN: Final = ("type", "predicate")
"""Tables of a schema that a user may add to."""

_TREES: Final[Mapping[str, str]] = {LISTS: ".csv", _PATTERNS: ".toml"}
_FILES: Final = (NAMES, NOT_NAMES, SCHEMA, _UNITS)
_TEMPORARY: Final = ("~$", ".", "#")
_NOTES: Final = (".md", ".bak", "~")


def load_overlay(folder: Path, told: Callable[[ResourceError], None] | None = None) -> Overlay:
    """Return what a folder of the user's knowledge holds.

    Args:
        folder: the folder.
        told: is told what is wrong with a row of names; by default, the first one stops.

    Raises:
        ResourceError: it is no folder, or something in it is wrong: says where and how to mend it.
    """
    made = hashlib.sha256()
    for name, path in files_of(folder):
        text = text_of_file(path, str(path))
        made.update(f"\n{name} {len(text)}\n{text}".encode("utf-8", "surrogatepass"))
    schema, places = _schema(folder / SCHEMA)
    found = schema_with(schema, places)
    types: dict[str, Sequence[str]] = {
        name: (term.label.zh, term.label.en) for name, term in found.types.items()
    }
    units = _units(folder / _UNITS)
    tables = {name: value for name, value in ((SCHEMA, schema), (UNITS, units)) if value}
    return Overlay(
        folder,
        made.hexdigest(),
        tables,
        places,
        tuple(_patterns(folder)),
        read_own_names(folder, tuple(_below(folder / LISTS)), types, *((told,) if told else ())),
    )


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of a folder of knowledge, each with its name below it, in a fixed order.

    Raises:
        ResourceError: it is no folder, or holds what is no file of knowledge.
    """
    if not folder.is_dir():
        raise ResourceError(folder, "no such folder", f"make one with {NAMES} in it: name,type,aliases,code")
    found = dict[str, Path]()
    for path in sorted(folder.iterdir()):
        if path.name.startswith(_TEMPORARY) or path.name.endswith(_NOTES):
            continue
        if path.name in _FILES and path.is_file():
            found[path.name] = path
        elif path.name in _TREES and path.is_dir():
            found |= {f"{path.name}/{each.name}": each for each in _below(path)}
        else:
            known = (*_FILES, *(f"{name}/" for name in _TREES))
            raise ResourceError(path, "is no file of knowledge", did_you_mean(path.name, known))
    yield from found.items()


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files of a tree of a folder of knowledge, none where it is not there.

    Raises:
        ResourceError: it holds what is no file of knowledge.
    """
    ending = _TREES[folder.name]
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(_TEMPORARY) or path.name.endswith(_NOTES):
            continue
        if path.suffix.lower() != ending or not path.is_file():
            raise ResourceError(path, "is no file of knowledge", f"here files end in {ending}")
        yield path


def _toml(path: Path) -> tuple[dict[str, Any], str]:
    """Return a TOML file of the user, and its text.

    Raises:
        ResourceError: it is no TOML.
    """
    text = text_of_file(path, str(path))
    try:
        return tomli.loads(text), text
    except tomli.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{path}:{line[1]}" if line else str(path)
        raise ResourceError(
            where, f"no TOML: {error}", "a string stands in quotes, a list in brackets"
        ) from error


def line_of(text: str, table: str, number: int) -> int:
    r"""Return the line of the entry of a list of tables, counted from 0: ``[[predicate]]``.

    >>> line_of('[[a]]\nx = 1\n\n[[ a ]] # more\n', "a", 1)
    4
    """
    head = re.compile(rf"[ \t]*\[\[[ \t]*{re.escape(table)}[ \t]*\]\]")
    lines = [at for at, line in enumerate(text.splitlines(), 1) if head.match(line)]
    return lines[number] if number < len(lines) else 1


def _entries(path: Path, tables: tuple[str, ...]) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
    """Yield the entries of a file of lists of tables, each with its table and line.

    Raises:
        ResourceError: it holds something else.
    """
    data, text = _toml(path)
    for table, items in data.items():
        if table not in tables:
            raise ResourceError(path, f"unknown table {table!r}", " or ".join(f"[[{one}]]" for one in tables))
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise ResourceError(path, f"holds no list of [[{table}]]", f"write each one under [[{table}]]")
        for number, item in enumerate(items):
            yield table, line_of(text, table, number), item


def _schema(path: Path) -> tuple[dict[str, list[Mapping[str, Any]]], dict[tuple[str, str], str]]:
    """Return the types and predicates of the user, and where each stands.

    Raises:
        ResourceError: one is wrong.
    """
    schema: dict[str, list[Mapping[str, Any]]] = {}
    places: dict[tuple[str, str], str] = {}
    if not path.is_file():
        return schema, places
    taken = {item["name"] for table, items in load_toml(SCHEMA).items() if table in _OWN for item in items}
    for table, line, item in _entries(path, _OWN):
        where, name = f"{path}:{line}", item.get("name")
        if not isinstance(name, str) or not name:
            raise ResourceError(where, f"a {table} without a name", 'name = "supplies"')
        if name in taken:
            raise ResourceError(where, f"{table} {name!r} is there already", "give yours another name")
        taken.add(name)
        places[table, name] = where
        schema.setdefault(table, []).append(item)
    return schema, places


def _patterns(folder: Path) -> Iterator[OwnPattern]:
    for path in _below(folder / _PATTERNS):
        for _, line, item in _entries(path, ("pattern",)):
            yield OwnPattern(f"{_PATTERNS}/{path.name}", f"{path}:{line}", item)


def _units(path: Path) -> dict[str, Any]:
    """Return the words for figures of the user.

    Raises:
        ResourceError: a table or a key is none of kg's own, or holds something else.
    """
    if not path.is_file():
        return {}
    data, text = _toml(path)
    own = load_toml(UNITS)
    for table, entries in data.items():
        where = f"{path}:{_line_of_table(text, table)}"
        if table not in own:
            raise ResourceError(where, f"unknown table [{table}]", did_you_mean(table, own))
        if not isinstance(entries, dict):
            raise ResourceError(where, f"{table!r} is no table", f"write it as [{table}]")
        for key, value in entries.items():
            _check_unit(f"{where}, [{table}]", own[table], key, value, group=table in _GROUPS)
    return data


def _check_unit(where: str, own: Mapping[str, Any], key: str, value: object, *, group: bool) -> None:
    before = own.get(key)
    pairs = all(isinstance(each, str) for each in own.values())
    if before is None and not pairs and not group:
        raise ResourceError(where, f"unknown key {key!r}", did_you_mean(key, own))
    if pairs:
        if not isinstance(value, str) or not value.strip() or not key.strip():
            raise ResourceError(where, f"{key!r} is no word", 'write it as "..." = "..."')
        return
    if not (
        isinstance(value, list) and value and all(isinstance(word, str) and word.strip() for word in value)
    ):
        raise ResourceError(where, f"{key!r} is no list of words", f'write {key} = ["..."]')


def _line_of_table(text: str, table: str) -> int:
    head = re.compile(rf"[ \t]*\[[ \t]*{re.escape(table)}[ \t.\]]|{re.escape(table)}\s*[.=]")
    return next((at for at, line in enumerate(text.splitlines(), 1) if head.match(line)), 1)
