"""Companies called by their brand and one word of the rest of their name: 甲教育科技有限公司, later 甲科技; 甲控股集团, later 甲集团.

Only where no other body of that brand is named, the full name comes first, and the two never stand in one sentence, as a
group and its company do (甲集团旗下甲医药有限公司).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.base.late import late
from kg.names.forms import is_short_form, without_form
from kg.names.heads import head_class, place_prefix
from kg.names.lexicon import organizations
from kg.things.lists import thing_lists
from kg.things.union import Names, by_beginning, comparable

_BRAND: Final = 2  # characters of a brand at least
_SIZES: Final = (2, 3, 4)  # characters of the word behind it


@cache
def _placed() -> re.Pattern[str]:
    return late(f".{{2,5}}?[{''.join(sorted(thing_lists().levels_before_brands))}](?=.{{4,}})")


def merge_called(names: Names, rule: str) -> None:
    """Join a short name with the company before it whose name has its words, where it is the only one of its brand."""
    every = names.of("Organization")
    fuller: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in every:
        for front in _fronts(name):
            fuller[front[:_BRAND]].append((front, name))
    order = {name: number for number, name in enumerate(every)}
    called: dict[str, list[str]] = {}
    for name in every:
        own = comparable([full for _, full in fuller[name[:_BRAND]]])
        brand = _brand(name) if own else ""
        whole = [
            full for front, full in fuller[name[:_BRAND]] if brand and _is_called(name, brand, front, full)
        ]
        called[name] = [
            full for full in whole if order[full] < order[name] and _may_be_one(names, full, name, brand)
        ]
    beginning = by_beginning(every, _BRAND)
    for name, whole in called.items():
        if not whole:
            continue
        brand = _brand(name)
        others = {
            *beginning[name[:_BRAND]],
            *(full for front, full in fuller[name[:_BRAND]] if front.startswith(brand)),
        }
        rest = [other for other in others if other != name and called[other] != whole]
        if all(names.are_one(other, whole[0]) for other in rest if brand in other):
            names.merge_sole(name, whole, rule)


def _may_be_one(names: Names, full: str, name: str, brand: str) -> bool:
    """Say whether no sentence has both, as it would a group and its company; 甲控股集团 is the group itself."""
    middle = full[full.find(brand) + len(brand) :].partition(thing_lists().group)[0]
    return middle in thing_lists().holding or not names.stand_together(full, name)


def _brand(name: str) -> str:
    """Return the brand that a short name begins with, "" where it has no other word of a company behind it."""
    words = organizations().industry
    for size in _SIZES:
        brand, word = name[:-size], name[-size:]
        if (
            _BRAND <= len(brand) <= 4
            and (word in words or word == thing_lists().group)
            and not place_prefix(brand)
        ):
            return brand if is_short_form(brand) and not head_class(brand) else ""
    return ""


def _fronts(name: str) -> Iterator[str]:
    """Yield a company's name without its legal form, and without a place before it."""
    body = without_form(name)
    if body == name and not name.endswith(thing_lists().group):
        return
    yield body
    rest = body[len(place_prefix(body)) :].lstrip("".join(thing_lists().levels_before_brands))
    placed = _placed().match(body)
    yield from dict.fromkeys(
        each for each in (rest, body[placed.end() :] if placed else "") if each not in ("", body)
    )


def _is_called(name: str, brand: str, front: str, full: str) -> bool:
    """Say whether a full name has the brand and, behind another word, the word of the short one."""
    word, rest = name[len(brand) :], front.removeprefix(brand)
    if rest in (front, word):
        return False
    return word in rest or (word == thing_lists().group and word in full[len(brand) :])
