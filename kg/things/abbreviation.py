"""Which name is a contraction of which: characters of the fuller one, in their order, cut from its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from kg.base.late import late
from kg.names.forms import without_form
from kg.names.heads import place_prefix
from kg.things.lists import thing_lists
from kg.things.union import Names, comparable

NUMBERED: Final = late(r"第([一二三四五六七八九十百\d]+)(?![届次期])")
"""The number that tells a body from its neighbours (第三附属医院); that of a session or edition tells nothing."""

_LONGEST: Final = 8  # characters of a contraction


def merge_abbreviated(names: Names, rule: str) -> None:
    """省发展改革委 / 省发改委, 中国作家协会 / 中作协: a short name is the one body that it contracts."""
    bodies = names.of("Organization")
    fuller: dict[str, list[str]] = defaultdict(list)
    for name in bodies:
        for first in dict.fromkeys(_first_characters(name)):
            fuller[first].append(name)
    for name in bodies:
        if 2 <= len(name) <= _LONGEST:
            names.merge_sole(
                name, [other for other in comparable(fuller[name[0]]) if abbreviates(name, other)], rule
            )


def _first_characters(full: str) -> Iterator[str]:
    """Yield what a contraction of a name may begin with."""
    yield full[0]
    yield full.removeprefix("第")[0]
    yield full[len(place_prefix(full)) :][:1]
    if full.startswith("香港"):
        yield "港"


def abbreviates(short: str, full: str) -> bool:
    """Say whether ``short`` is a contraction of ``full``: its characters in order, cut from the words (中作协)."""
    if any(number not in short for number in NUMBERED.findall(full)):
        return False
    full = full.removeprefix("第")
    if len(short) < 2 or len(full) < len(short) + 1:
        return False
    prefix = place_prefix(full)
    rest = full[len(prefix) :]
    if _is_set_form(short, full, prefix, rest):
        return True
    if short in full:
        return False
    return (
        _is_halved(short, full)
        or (prefix != "" and (_is_halved(short, rest) or _has_short_place(short, prefix, rest)))
        or _is_cut(short, full)
        or _is_contracted(short, rest)
    )


def _is_set_form(short: str, full: str, prefix: str, rest: str) -> bool:
    """三农业大|学, 俄军 / 俄罗斯|军队, 众院 / 日本|众议院, 港|中旅 / 香港|中旅: forms of certain bodies."""
    if len(short) >= 4 and short.endswith("大") and full == short + "学":
        return True
    if prefix and rest in {"军方", "军队"} and short == prefix[0] + "军":
        return True
    if rest.endswith("议院") and short == rest[0] + rest[2:]:
        return True
    return len(prefix) == 2 and short[0] == prefix[-1] and short[1:] == rest


def _has_short_place(short: str, prefix: str, rest: str) -> bool:
    """云作协 / 云南|作协: one character for the place, and the rest or a national company's short form behind it."""
    return len(short) >= 3 and short[0] in prefix and (short[1:] == rest or _is_national(short, prefix, rest))


def _is_contracted(short: str, full: str) -> bool:
    """疾控|中心 / 疾病预防控制|中心: the same head, and before it characters of the fuller name in their order."""
    tail = next(
        (word for word in thing_lists().heads_kept if short.endswith(word) and full.endswith(word)), ""
    )
    less, more = short[: len(short) - len(tail)], full[: len(full) - len(tail)]
    if not tail or len(less) < 2 or len(more) < len(less) + 2:
        return False
    return less[0] == more[0] and less[-1] in more[-2:] and _are_in_order(less, more)


def _are_in_order(characters: str, text: str) -> bool:
    """Say whether the characters stand in the text, in this order."""
    at = 0
    for character in characters:
        at = text.find(character, at) + 1
        if at == 0:
            return False
    return True


def _is_halved(short: str, full: str) -> bool:
    """上合|组织 / 上海合作|组织, 燕啤 / 燕京啤酒: every other character, perhaps before a tail that both share."""
    if len(full) <= len(short):
        return False
    for tail in range(len(short) - 1):
        if tail and short[-tail] != full[-tail]:
            return False
        less, more = short[: len(short) - tail], full[: len(full) - tail]
        if len(more) == 2 * len(less) and less == more[::2]:
            return True
    return False


def _is_national(short: str, prefix: str, rest: str) -> bool:
    """中海油 / 中国海洋石油集团: the first character of 中国 and two of the next word."""
    whole = without_form(rest)
    return (
        prefix == "中国"
        and len(short) == 3
        and short[1] == whole[0]
        and short[2] in whole[1:5]
        and len(whole) <= 6
    )


def _is_cut(short: str, full: str) -> bool:
    """中作协 / 中国作家协会: the same first character, the last from the head, all in order."""
    lists = thing_lists()
    if (
        len(full) < len(short) + 2
        or short[0] != full[0]
        or short[-2:] in lists.no_contractions
        or short[-2:] == full[-2:]
    ):
        return False
    if short[-1] not in lists.heads_cut or short[-1] not in full[-3:] or len(short) < 3:
        return False
    return _are_in_order(short, full)
