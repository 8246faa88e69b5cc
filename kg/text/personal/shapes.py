"""``data/language/personal.toml`` -> the shapes in which texts write personal data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.errors import ResourceError
from kg.base.late import late
from kg.base.wordlist import WordTable, did_you_mean, longest_first, read_words
from kg.text.personal.checks import CHECKS

__all__ = ["KINDS", "Shape", "read_shapes", "shapes"]

KINDS: Final = ("id", "phone", "address", "plate", "account")
"""What ``--mask`` takes: identity numbers, telephones, homes, plates of cars, bank accounts."""

_FIELDS: Final = ("id", "kind", "shape", "more", "check", "cue", "no_cue", "passes", "fails")
_HOLE: Final = late(r"\{([a-z_]+)\}")
_DEEPEST: Final = 4  # parts of parts


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to write a personal datum."""

    id: str
    kind: str
    where: str  # as a user knows its entry
    pattern: re.Pattern[str]
    more: re.Pattern[str] | None  # what may follow it, again and again
    checks: tuple[str, ...]
    cue: re.Pattern[str] | None  # one of these words stands before it, in the same clause or over its column
    cues: tuple[str, ...]  # the words of ``cue``: a text with none of them, blanks left out, needs no look
    no_cue: re.Pattern[str] | None  # none of these stands close before it
    passes: tuple[str, ...]  # cases: what is found in ⟦ ⟧
    fails: tuple[str, ...]

    def fits(self, digits: str) -> bool:
        """Say whether digits fulfil what is asked of them."""
        return all(CHECKS[check](digits) for check in self.checks)


@cache
def shapes() -> tuple[Shape, ...]:
    """Return the shapes of kg's own file, those first that win where two find the same."""
    return read_shapes(read_words("language/personal.toml"))


def read_shapes(table: WordTable) -> tuple[Shape, ...]:
    """Return the shapes of a file.

    Raises:
        ResourceError: an entry is wrong; the message says which, and how to mend it.
    """
    table.only("part", "words", "shape")
    parts, words = table.table("part").pairs(), table.table("words")
    return tuple(_shape(each, parts, words) for each in table.tables("shape"))


def _shape(table: WordTable, parts: Mapping[str, str], words: WordTable) -> Shape:
    table.only(*_FIELDS)
    kind = table.text("kind")
    if kind not in KINDS:
        raise ResourceError(table.where, f"unknown kind {kind!r}", did_you_mean(kind, KINDS))
    checks = table.words("check") if "check" in table.data else ()
    for check in checks:
        if check not in CHECKS:
            raise ResourceError(table.where, f"unknown check {check!r}", did_you_mean(check, tuple(CHECKS)))
    return Shape(
        table.text("id"),
        kind,
        table.where,
        _compiled(table, "shape", parts),
        _compiled(table, "more", parts) if "more" in table.data else None,
        checks,
        _cue(table, "cue", words),
        tuple(word.replace(" ", "") for word in words.words(table.text("cue")))
        if "cue" in table.data
        else (),
        _cue(table, "no_cue", words),
        table.words("passes"),
        table.words("fails"),
    )


def _compiled(table: WordTable, key: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    source = table.text(key)
    for _ in range(_DEEPEST):
        for name in _HOLE.findall(source):
            if name not in parts:
                raise ResourceError(
                    table.where, f"unknown part {name!r} in its shape", did_you_mean(name, tuple(parts))
                )
        source = _HOLE.sub(lambda hole: parts[hole[1]], source)
    return late(
        source,
        re.MULTILINE,
        lambda error: ResourceError(
            table.where, f"its {key} is no expression: {error}", "mend the expression"
        ),
    )


def _cue(table: WordTable, key: str, words: WordTable) -> re.Pattern[str] | None:
    """Return a pattern of the words of a list that an entry names; blanks may stand between their characters (账 号)."""
    if key not in table.data:
        return None
    known = words.words(table.text(key))
    return late("|".join(" {0,6}".join(map(re.escape, word)) for word in longest_first(known)))
