"""What a figure measures where its own clause says less than the one before: 营业收入为3亿元，前年仅为1800万元; 收入5亿元，增长8%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import Figure
from kg.base.wordlist import read_words
from kg.figures.growth import growth_in, is_growth
from kg.figures.unit import Quantity

__all__ = ["continued"]

_COMMA: Final = "[，,]"


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of ``[continued]`` in ``data/language/figures.toml``, compiled."""

    once: re.Pattern[str]
    compared: re.Pattern[str]
    reached: re.Pattern[str]
    before: re.Pattern[str]


@cache
def _words() -> _Words:
    table = read_words("language/figures.toml").table("continued")
    when = f"(?:[0-9]{{4}}年|[0-9一二两三四五六七八九十]{{1,3}}年[之以]?前|{table.either('times')})"
    return _Words(
        late(
            f"{_COMMA}(?:[^，。；0-9]{{0,10}}{_COMMA})?(?:{table.either('but')})?{when}(?:{table.either('same_time')})?"
            f"(?:{table.either('only')})*(?:{table.either('is')})?"
        ),
        late(f"{_COMMA}(?:{table.either('compared')}|{when}|[0-9]{{4}}年)*"),
        late(f"{_COMMA}(?:{table.either('is')})"),
        late(f"^(?:{table.either('compared')})+"),
    )


def continued(text: str, q: Quantity, of: str, last: Figure | None, offset: int) -> str:
    """Return what a figure measures: ``of``, with what the one before measures where ``of`` says nothing, or only that it grew.

    Args:
        text: of the sentence.
        q: the figure.
        of: what its own clause says.
        last: the figure before in the sentence.
        offset: where the sentence starts in the article.
    """
    if last is None or not last.of or (of and not is_growth(_words().before.sub("", of))):
        return of
    end = last.span.end - offset
    base = _without_growth(last.of)
    if not of:
        grew = base != last.of
        same = grew or last.unit == (q.unit or "")
        return (
            base
            if same and (_words().reached if grew else _words().once).fullmatch(text, end, q.start)
            else of
        )
    at = text.rfind(of, end, q.start)
    return f"{base}{of}" if base and at >= 0 and _words().compared.fullmatch(text, end, at) else of


def _without_growth(of: str) -> str:
    rise = growth_in(of)
    return of[: rise.start()] if rise is not None and rise.end() == len(of) else of
