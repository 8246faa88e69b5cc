"""Which body a title can belong to: 行长 to a bank, 局长 to a bureau, 董事长 to no school, 作家 to none it stands near.

Asked only where no body stands beside the title: the words then do not say whose post it is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.base.late import late
from kg.facts.words import facts_words

_FIT: Final = facts_words("fit")
_RANK: Final = late(f"^(?:{_FIT.either('rank')})+")
_OF_NOBODY: Final = late(f"(?:{_FIT.either('of_nobody')})$")
_OF_NO_PLACE: Final = late(f"(?:{_FIT.either('of_no_place')})$")
_FOR_A_PLACE: Final = late(f"(?:{_FIT.either('for_a_place')})$")
_OF_A_COMPANY: Final = late(f"(?:{_FIT.either('of_a_company')})$")
_NO_COMPANY: Final = late(f"(?:{_FIT.either('no_company')})$")
_INSIDE: Final = late(f"(?:{_FIT.either('inside')})$")
_PART: Final = late(f"(?:{_FIT.either('body')})$")


@cache
def _heads() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the titles of heads of one sort of body, with how the names of such bodies end."""
    groups = _FIT.table("heads").groups()
    return tuple((title, late(f"(?:{'|'.join(ends)})$")) for title, ends in groups.items())


def is_of_nobody(role: str) -> bool:
    """Say whether a title is what somebody is anywhere: 作家, 企业家."""
    return _OF_NOBODY.search(role) is not None


def is_of_no_place(role: str) -> bool:
    """Say whether a title behind a place only says where somebody comes from: 甲国|诗人, 甲市|选手."""
    if _FOR_A_PLACE.search(role):
        return False
    return is_of_nobody(role) or _OF_NO_PLACE.search(role) is not None


def may_hold(role: str, body: str) -> bool:
    """Say whether a title that stands beside no body may be held at one of this name."""
    if is_of_nobody(role):
        return False
    for title, ends in _heads():
        if role.endswith(title):
            own = _RANK.sub("", role[: -len(title)])
            if own and _PART.search(own) and not _INSIDE.search(own):
                return body.endswith(own)  # 教育局局长: only of what is called so
            return ends.search(body) is not None or bool(own and _INSIDE.search(own))
    if _OF_A_COMPANY.search(role):
        return _NO_COMPANY.search(body) is None
    stem = _RANK.sub(
        "", role[:-2]
    )  # 人大常委会主任, 检察院书记: the titles that are left have two characters
    return _PART.search(stem) is None or _INSIDE.search(stem) is not None or body.endswith(stem)
