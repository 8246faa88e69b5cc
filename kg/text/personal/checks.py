"""What the digits of a number fulfil besides its shape: check digits, dates and codes of the standards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Final

from kg.base.resources import load_json

__all__ = ["CHECKS"]

_PROVINCES: Final = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83)
)  # fmt: skip
"""The first two digits of GB/T 2260; 83 are residents of Taiwan, 81 and 82 of Hong Kong and Macao."""

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"
_FIRST_YEAR, _LAST_YEAR = 1880, 2099
_ISSUERS: Final = (  # first digits of cards of ISO/IEC 7812 that are seen in China, and how long their numbers are
    ("62", (16, 17, 18, 19)),
    ("4", (16, 19)),
    ("51", (16,)),
    ("52", (16,)),
    ("53", (16,)),
    ("54", (16,)),
    ("55", (16,)),
    ("35", (16,)),
    ("60", (16, 17, 19)),
    ("68", (16, 19)),
    ("69", (16, 19)),
    ("84", (16, 19)),
    ("87", (17, 19)),
    ("90", (16, 19)),
    ("94", (16, 19)),
    ("955", (16, 18, 19)),
    ("98", (16, 18, 19)),
    ("99", (16, 19)),
)
_LONG: Final = 9
"""Digits of an account; what has fewer beside the word 账号 is a date or a number of something else."""


def _region(digits: str) -> bool:
    return int(digits[:2]) in _PROVINCES


def _county(digits: str) -> bool:
    """Say whether the first six digits are a county, a district or a city of the day."""
    return digits[:6] in _codes() and digits[2:6] != "0000"


def _birthday(digits: str) -> bool:
    return _is_date(digits[6:10], digits[10:14])


def _birthday_of_old(digits: str) -> bool:
    """Say whether six digits are a day of the twentieth century, the only one that had numbers of 15 digits."""
    return _is_date(f"19{digits[6:8]}", digits[8:12])


def _is_date(year: str, day: str) -> bool:
    try:
        return _FIRST_YEAR <= date(int(year), int(day[:2]), int(day[2:])).year <= _LAST_YEAR
    except ValueError:
        return False


def _mod_11_2(digits: str) -> bool:
    """Say whether the last digit is that of GB 11643 (ISO 7064, MOD 11-2).

    >>> _mod_11_2("11010119900307803X")
    True
    """
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECK[total % 11] == digits[17].upper()


def _luhn(digits: str) -> bool:
    """Say whether the last digit is that of ISO/IEC 7812.

    >>> _luhn("4111111111111111")
    True
    """
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(map(int, digits[-1::-2]))) % 10 == 0


def _issuer(digits: str) -> bool:
    return any(digits.startswith(prefix) and len(digits) in lengths for prefix, lengths in _ISSUERS)


def _long(digits: str) -> bool:
    return len(digits) >= _LONG


@cache
def _codes() -> frozenset[str]:
    return frozenset(load_json("places.json"))


CHECKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "region": _region,
    "county": _county,
    "birthday": _birthday,
    "birthday-6": _birthday_of_old,
    "mod-11-2": _mod_11_2,
    "issuer": _issuer,
    "luhn": _luhn,
    "long": _long,
}
"""By the names that ``personal.toml`` calls them; each takes the digits of a number without what parts them."""
