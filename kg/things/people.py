"""Which names of people are one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from kg.base.late import late
from kg.names.lexicon import names as person_names
from kg.names.lexicon import titles
from kg.names.person import has_surname
from kg.things.lists import thing_lists
from kg.things.sense import surface
from kg.things.union import Names, by_beginning, comparable

_DOT: Final = late(r"[·•‧∙・．\-－–—.]")
_AFTER_SURNAME: Final = "工总老"  # 王工, 李总
_BEFORE_SURNAME: Final = "小老"  # 小王, 老李


def merge_name_parts(names: Names, rule: str) -> None:
    """史密斯 / 约翰·史密斯: a foreign person by one part of the name, or by the beginning of a part."""
    people = names.of("Person")
    parts = _name_parts(people)
    beginning = by_beginning(parts, 1)
    for name in people:
        if name in parts:
            names.merge_sole(name, parts[name], rule)
        elif not has_surname(name) and not _DOT.search(name):
            fuller = [
                other
                for part in comparable(beginning.get(name[:1], ()))
                if part.startswith(name)
                for other in parts[part]
            ]
            names.merge_sole(name, fuller, rule)


def merge_surnames(names: Names, rule: str) -> None:
    """小刘 / 刘海峰, 王先生 / 王一鸣: a person by the surname, where one has it."""
    people = names.of("Person")
    families: dict[str, list[str]] = defaultdict(list)
    for name in people:
        if has_surname(surface(name)) and not _surname_of(name):
            families[name[0]].append(name)
    for name in people:
        surname = _surname_of(name)
        if surname in families:
            names.merge_sole(name, families[surname], rule)


def merge_courtesy(names: Names, rule: str) -> None:
    """李明先生 / 李明."""
    for name in names.of("Person"):
        for courtesy in thing_lists().courtesy:
            bare = name.removesuffix(courtesy)
            if bare != name and bare in names.types:
                names.merge(name, bare, rule)


def _name_parts(people: Sequence[str]) -> dict[str, list[str]]:
    """Return each part of a name with dots -> the names it is a part of."""
    parts: dict[str, list[str]] = defaultdict(list)
    for name in people:
        pieces = _DOT.split(name)
        if len(pieces) > 1:
            for piece in pieces:
                if len(piece) >= 2:
                    parts[piece].append(name)
    return parts


def _surname_of(name: str) -> str:
    """Return the surname of a person named by no more (小刘, 老李, 王先生), "" for a fuller name."""
    surnames = person_names().surnames
    if len(name) == 2 and name[1] in _AFTER_SURNAME and name[0] in surnames:
        return name[0]
    if len(name) == 2 and name[0] in _BEFORE_SURNAME and name[1] in surnames:
        return name[1]
    if name[1:] in thing_lists().courtesy or (len(name) >= 3 and titles().is_title(name[1:])):
        return name[0] if name[0] in surnames else ""
    return ""
