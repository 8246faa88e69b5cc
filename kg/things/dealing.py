"""Names that begin alike and are still two: the text has the short one deal with the longer, or others begin so too.

A short form of one company may be the whole name of another (甲股份 owns 甲模具有限公司), and it is then called by its short form
more often than by its own full one, which may stand nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kg.base.late import late
from kg.names.forms import stem, without_form
from kg.names.heads import place_prefix
from kg.things.lists import thing_lists
from kg.things.union import Names

__all__ = ["are_two"]

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
_LISTED: Final = late("股份|集团")  # in the name of who has subsidiaries, and shares that are dealt in


def are_two(names: Names, short: str, others: Iterable[str], every: Iterable[str]) -> bool:
    """Say whether one of the names that a short form may stand for is another company all the same.

    What says no more than the legal form, or that it is a group, is the same company.
    """
    same = {short, *(short + word for word in _own_words())}
    return any(
        without_form(other) not in same
        and (_is_shared(names, short, other, every) or _are_told_apart(names, short, other, every))
        for other in others
    )


def _own_words() -> tuple[str, ...]:
    """Return what may stand behind a brand in the name of the company that it stands for."""
    return (thing_lists().group, *thing_lists().holding, "股份")


def _are_told_apart(names: Names, short: str, full: str, every: Iterable[str]) -> bool:
    """Say whether one clause has both names as two: 甲收购甲模具有限公司, 甲模具与甲签约, 甲、甲模具."""
    if full == stem(without_form(full)):
        return False  # no company: 甲 may well be 甲大学
    longer = [other[len(short) :] for other in (*every, full) if other.startswith(short) and other != short]
    alone = f"(?<!·){re.escape(short)}(?!{'|'.join(map(re.escape, longer))}|集团)" if longer else ""
    if not alone:
        return False
    ahead = f"{alone}{_GAP}{_DEALS}{_GAP}{re.escape(full)}"
    behind = f"{re.escape(full)}{_GAP}{_DEALS}{_GAP}{alone}"
    return re.search(f"{ahead}|{behind}", names.text) is not None


def _is_shared(names: Names, short: str, full: str, every: Iterable[str]) -> bool:
    """Say whether a name, short of a word of trade, begins those of other companies too: 甲 of 甲模具公司 and 甲空调电子公司.

    A company limited by shares, or a group, may still be meant beside its subsidiaries. So may none where the brand behind a
    place (青岛|甲) is that of two more companies: of 甲集团 and 甲电器公司.
    """
    if _LISTED.search(full) is not None:
        return False
    others = [
        other
        for other in every
        if other not in (short, full) and not names.are_one(other, full) and not names.are_one(other, short)
    ]
    if any(
        other.startswith(short) and without_form(other) not in (other, short, without_form(full))
        for other in others
    ):
        return True
    place = place_prefix(short)
    brand = short[len(place) :].lstrip("省市县区")
    companies = (other for other in others if brand and other != stem(without_form(other)))
    roots = {
        names.root(other)
        for other in companies
        if other[len(place_prefix(other)) :].lstrip("省市县区").startswith(brand)
    }
    return bool(place) and len(brand) >= _BRAND and len(roots) >= _SEVERAL
