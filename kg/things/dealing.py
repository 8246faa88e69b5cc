"""Names that begin alike and are still two: the text has the short one deal with the longer, or others begin so too.

A short form of one company may be the whole name of another (甲股份 owns 甲模具有限公司), and it is then called by its short form
more often than by its own full one, which may stand nowhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Final

from kg.base.late import late
from kg.names.forms import stem, without_form
from kg.names.heads import place_prefix
from kg.things.lists import thing_lists
from kg.things.union import Names

__all__ = ["Dealing"]

# Between the two names of one clause; who holds a post or shares of a body is not the body.
_GAP: Final = (
    "(?:(?!股东|董事|监事|高管|经理|总裁|创始人|控制人|员工|职工|公告|简称|全称|名称|即|原名|更名)"
    "[^，。；：、！？（）()“”《》\\s]){0,14}?"
)
_DEALS: Final = (
    "(?:收购|购买|受让|转让|出售|增资|注资|持有|持股|控股(?!股东)|参股|入股|认购|出资|投资|设立|子公司|孙公司|附属公司|旗下|下属|所属"
    "|吸收合并|合资|起诉|状告|[与和及同、向对])"
)
_BRAND: Final = 2  # characters of a brand at least
_SEVERAL: Final = 2
_REACH: Final = 40  # characters of what stands between two names of one clause, and a look beside them
_LISTED: Final = late("股份|集团")  # in the name of who has subsidiaries, and shares that are dealt in


class Dealing:
    """Tells which short forms are companies of their own beside the names that they may stand for.

    What is asked of each name looks at those that begin like it, and at the text around it, so that all grows with the text.

    Args:
        names: those of an article.
        every: the names of bodies among them.
    """

    def __init__(self, names: Names, every: Iterable[str]) -> None:
        self._names = names
        self._sorted = sorted(every)

    @cached_property
    def _by_brand(self) -> dict[str, list[str]]:
        """The names by how they begin behind a place."""
        found = defaultdict[str, list[str]](list)
        for name in self._sorted:
            found[_behind_place(name)[:_BRAND]].append(name)
        return found

    def are_two(self, short: str, others: Iterable[str]) -> bool:
        """Say whether one of the names that a short form may stand for is another company all the same.

        What says no more than the legal form, or that it is a group, is the same company.
        """
        same = {short, *(short + word for word in _own_words())}
        return any(
            without_form(other) not in same
            and (self._is_shared(short, other) or self._are_told_apart(short, other))
            for other in others
        )

    def _beginning(self, short: str) -> Iterator[str]:
        """Yield the names that begin with another, and are longer."""
        for name in islice(self._sorted, bisect_right(self._sorted, short), None):
            if not name.startswith(short):
                return
            yield name

    def _are_told_apart(self, short: str, full: str) -> bool:
        """Say whether one clause has both names as two: 甲收购甲模具有限公司, 甲模具与甲签约, 甲、甲模具."""
        if full == stem(without_form(full)):
            return False  # no company: 甲 may well be 甲大学
        longer = [other[len(short) :] for other in {*self._beginning(short), full} if other.startswith(short)]
        if not longer:
            return False
        alone = f"(?<!·){re.escape(short)}(?!{'|'.join(map(re.escape, sorted(longer)))}|集团)"
        ahead = f"{alone}{_GAP}{_DEALS}{_GAP}{re.escape(full)}"
        behind = f"{re.escape(full)}{_GAP}{_DEALS}{_GAP}{alone}"
        dealt = re.compile(f"{ahead}|{behind}")
        reach = _REACH + len(short) + max(map(len, longer))
        return any(dealt.search(around) is not None for around in _around(self._names.text, full, reach))

    def _is_shared(self, short: str, full: str) -> bool:
        """Say whether a name, short of a word of trade, begins those of other companies too: 甲 of 甲模具公司 and 甲空调电子公司.

        A company limited by shares, or a group, may still be meant beside its subsidiaries. So may none where the brand behind a
        place (青岛|甲) is that of two more companies: of 甲集团 and 甲电器公司.
        """
        if _LISTED.search(full) is not None:
            return False
        own = (short, without_form(full))
        if any(
            self._is_other(other, short, full) and without_form(other) not in (other, *own)
            for other in self._beginning(short)
        ):
            return True
        brand = _behind_place(short)
        if not place_prefix(short) or len(brand) < _BRAND:
            return False
        roots = {
            self._names.root(other)
            for other in self._by_brand.get(brand[:_BRAND], ())
            if _behind_place(other).startswith(brand)
            and other != stem(without_form(other))
            and self._is_other(other, short, full)
        }
        return len(roots) >= _SEVERAL

    def _is_other(self, other: str, short: str, full: str) -> bool:
        one = self._names.are_one
        return other not in (short, full) and not one(other, full) and not one(other, short)


def _behind_place(name: str) -> str:
    """Return a name without the place that it begins with."""
    return name[len(place_prefix(name)) :].lstrip("省市县区")


def _around(text: str, name: str, reach: int) -> Iterator[str]:
    """Yield the text around each place where a name stands."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        yield text[max(0, at - reach) : end + reach]
        at = text.find(name, end)


def _own_words() -> tuple[str, ...]:
    """Return what may stand behind a brand in the name of the company that it stands for."""
    return (thing_lists().group, *thing_lists().holding, "股份")
