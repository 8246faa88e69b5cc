"""By what facts were read and names made one, in the words of ``data/rules.toml``: a reader is told no ids."""

from __future__ import annotations

from functools import cache
from typing import Final

from kg.base.errors import ResourceError
from kg.base.overlay import active
from kg.base.resources import load_toml
from kg.view.picture import Picture

__all__ = ["FILE", "rules_of", "worded"]

FILE: Final = "rules.toml"


def rules_of(picture: Picture) -> dict[str, list[str]]:
    """Return the patterns and rules that a picture names, each in Chinese and English; those without words are left out."""
    named = {pattern for fact in picture.facts for pattern in fact.pattern.split(", ")}
    named |= {rule for node in picture.nodes for _, rule in node.merges}
    own = _of_the_user()
    return {
        rule: list(own.get(rule) or worded()[rule])
        for rule in sorted(named)
        if rule in own or rule in worded()
    }


def _of_the_user() -> dict[str, tuple[str, str]]:
    """Return the patterns of the user, told by their own description and where they stand."""
    return {
        str(own.item["id"]): (
            f"{own.item['description']}（{own.file}）",
            f"{own.item['description']} ({own.file})",
        )
        for own in active().patterns
        if {"id", "description"} <= own.item.keys()
    }


@cache
def worded() -> dict[str, tuple[str, str]]:
    """Return all rules that have words: id -> (Chinese, English).

    Raises:
        ResourceError: an entry is no pair of words.
    """
    found: dict[str, tuple[str, str]] = {}
    for table, entries in load_toml(FILE).items():
        for rule, words in entries.items():
            match words:
                case [str(zh), str(en)] if zh and en:
                    found[rule] = (zh, en)
                case _:
                    raise ResourceError(
                        f"data/{FILE}", f"{table}.{rule}: no pair of words", "write [Chinese, English]"
                    )
    return found
