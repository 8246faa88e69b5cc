"""Bodies that stand inside the name of another: X医院 in X医院|Y中心."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.base.late import late
from kg.base.model import Mention, Span
from kg.base.wordlist import either
from kg.names.heads import is_name
from kg.names.lexicon import organizations

_BRANCH = late(r"(.{3,}?有限(?:责任)?公司|.{2,}?集团(?!有限|股份|公司|控股|责任|财务|总))[^（(].{3,}公司$")
_DASH = late("[-—–－]")
_OPENED = late("[（(][^）)]*$")
# A party cell or a union is always somebody's: what stands before it is a body, unless it is an area.
_CELL = late("(.{3,}(?<![省市区县州乡镇村道社]))(?:党支部|党总支|工会|团委|团支部)")


def bodies_inside(mention: Mention) -> Iterator[Mention]:
    """Yield the bodies that a name's own words show it to be a part of (X医院|Y中心: X医院)."""
    text = mention.text
    if mention.type != "Organization" or len(text) < 7:
        return
    cell = _CELL.fullmatch(text)
    if cell is not None and is_name(cell[1]):
        start = mention.span.start
        yield Mention(Span(start, start + cell.end(1)), cell[1], "Organization", "part-of")
        return
    branch = _BRANCH.match(text)
    if branch is not None and not branch.group(1)[-3:].startswith(("（", "(")):
        yield Mention(
            Span(mention.span.start, mention.span.start + branch.end(1)),
            branch.group(1),
            "Organization",
            "part-of",
        )
    if text.endswith(organizations().no_part_ends) or not text.endswith(organizations().part_ends):
        return
    for match in _end_of_whole().finditer(text, 2):
        inner, rest = text[: match.end()], text[match.end() :]
        if _DASH.search(inner) or _OPENED.search(inner):
            continue  # 甲院-乙大学|国情中心: of both, and the two are no body; 甲校(乙学院|)丙部
        if len(inner) < 4 or len(rest) < 2 or rest.startswith(organizations().goes_on) or not is_name(inner):
            continue
        yield Mention(
            Span(mention.span.start, mention.span.start + len(inner)), inner, "Organization", "part-of"
        )


@cache
def _end_of_whole() -> re.Pattern[str]:
    return late(rf"(?:{either(organizations().wholes)})(?!党校)")
