"""Which official code a place of the article has: silence unless the text itself speaks for it.

A country or a side has none (中方 is no county). A short name of a county, or one that is an everyday word, needs its official
name, or the place it lies in, beside it in the article; an official name that several places bear needs the one it lies in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from kg.base.model import Mention
from kg.names.gazetteer import gazetteer
from kg.names.heads import is_vague, place_prefix
from kg.names.lexicon import regions
from kg.names.place import is_state

_PROVINCE = "0000"
_QUOTES = ("“”", "‘’", "「」", "『』")
_PLACED = frozenset({"Place", "Organization", "Activity", "Document"})


class PlaceCodes:
    """What the article says that tells one place of the official list from another.

    Args:
        mentions: where each sentence names something.
        text: that of the article; a short name that stands in quotes wherever it stands is not meant as it is written
            (浙江的“西双版纳”), and has no code.
    """

    def __init__(self, mentions: Sequence[Sequence[Mention]], text: str = "") -> None:
        self._quoted = _only_quoted(mentions, text)
        self._named: set[str] = set()  # places named, alone or at the front of a longer name
        self._before: dict[str, set[str]] = defaultdict(set)  # name -> codes of the places right before it
        self._beside: dict[str, set[str]] = defaultdict(set)  # ... of the cities of those enumerated with it
        for row in mentions:
            for mention in row:
                if mention.type in _PLACED:
                    self._named.update(_places_of(mention))
            for outer, inner in chains(row):
                self._before[inner.text].update(gazetteer().codes(outer.text))
            for name, sibling in _enumerated(row):
                self._beside[name].update(_cities_of(sibling))
        sure = [name for name in self._named if has_code(name) and name not in regions().everyday_places]
        self._wide = {code for name in sure for code in gazetteer().codes(name) if code.endswith("00")}
        self._sole = {codes[0] for name in sure if len(codes := gazetteer().codes(name)) == 1}

    def of(self, name: str) -> str:
        """Return the code that ``name`` means in this article, "" where that is not sure."""
        if not has_code(name) or name in self._quoted:
            return ""
        places = gazetteer()
        found = [code for code in places.codes(name) if self._is_supported(name, code)]
        chained = [code for code in found if self._is_behind_parent(name, code)]
        if len(chained) == 1:
            return chained[0]
        if chained:
            return _outermost(chained)
        return places.choose(found, self._sole)

    def _is_supported(self, name: str, code: str) -> bool:
        """Say whether the article speaks for this one of the places that bear the name."""
        official = gazetteer().official[code]
        above, is_parent_named = _above(code), not self._wide.isdisjoint(_above(code))
        if self._is_behind_parent(name, code) or (
            is_parent_named and not self._beside[name].isdisjoint(above)
        ):
            return True
        behind_other = self._before[name] and not code.endswith(
            _PROVINCE
        )  # a province lies in no other place
        if name in regions().parts_of_towns or behind_other:
            return False
        if official == name:
            return True
        if name in regions().everyday_places:
            return official in self._named
        return code.endswith("00") or official in self._named or is_parent_named

    def _is_behind_parent(self, name: str, code: str) -> bool:
        return not self._before[name].isdisjoint(_above(code))


def _only_quoted(mentions: Iterable[Sequence[Mention]], text: str) -> set[str]:
    quoted: set[str] = set()
    bare: set[str] = set()
    for mention in chain.from_iterable(mentions):
        if mention.type == "Place" and mention.text not in gazetteer().names:
            start, end = mention.span.start, mention.span.end
            around = text[start - 1 : start] + text[end : end + 1] if start else ""
            (quoted if around in _QUOTES else bare).add(mention.text)
    return quoted - bare


def has_code(name: str) -> bool:
    """Say whether a name can be that of a place in the official list: no country, no side, no part of a country."""
    return not is_state(name) and not is_vague(name) and bool(gazetteer().codes(name))


def chains(row: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield each two places of a sentence that stand side by side (福州市|鼓楼区): the outer and the inner one."""
    ends: dict[int, Mention] = {}
    for mention in row:
        if mention.type == "Place":
            ends.setdefault(mention.span.end, mention)
    for mention in row:
        outer = ends.get(mention.span.start)
        if outer is not None and mention.type == "Place":
            yield outer, mention


def _enumerated(row: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Yield each name beside another in an enumeration of places (三水、南海和顺德区), both ways."""
    starts = {mention.span.start: mention for mention in row if mention.type == "Place"}
    for mention in row:
        after = starts.get(mention.span.end + 1)
        if after is not None and mention.type == "Place":
            yield mention.text, after.text
            yield after.text, mention.text


def _cities_of(name: str) -> tuple[str, ...]:
    """Return the city that a county lies in, where its name is no everyday word and that of one place only."""
    codes = gazetteer().codes(name)
    if len(codes) != 1 or name in regions().everyday_places or codes[0].endswith("00"):
        return ()
    return tuple(code for code in _above(codes[0]) if not code.endswith("0000"))


def _outermost(codes: Sequence[str]) -> str:
    """Return the city that all the places lie in, or are (安阳市 of 安阳市 and 安阳县), "" where there is none."""
    city = next((code for code in codes if code.endswith("00")), "")
    return city if city and all(code.startswith(city[:4]) for code in codes) else ""


def _above(code: str) -> tuple[str, ...]:
    """Return the codes of the places that a place lies in."""
    return gazetteer().parents(code)


def _places_of(mention: Mention) -> Iterator[str]:
    """Yield the places that a name begins with, one in the other (福州市|鼓楼区|教育局)."""
    rest = mention.text
    if mention.type == "Place":
        yield rest
    while prefix := place_prefix(rest):
        yield prefix
        rest = rest[len(prefix) :]
