"""What somebody is named, as an award: the objects of 被评为, 授予 and the like, with the lists of them.

An object reaches to the end of its clause, or to the next of its list. That it is an honour one of its words says (先进, 示范).
"""

from __future__ import annotations

from kg.base.late import late
from kg.names.work.scan import AND, ENDS, INNER, QUANTITY, Scan

__all__ = ["find_honours", "given_before"]

_NAMING = ("为", "予", "评", "选", "膺")  # ends of verbs behind which an honour stands without more
_BARE = ("荣誉称号", "称号", "证书", "奖项")
_LEAST, _MOST = 4, 22  # characters of such a name
_SUMMED = late("[^，。；：]{4,160}?等(?:多项|一系列|[^，。；、]{0,4}?)?(?:荣誉称号|荣誉|称号|奖项|殊荣)")
_GIVEN = late("(?:授予|追授|颁给|颁授|颁发给|授给)[^，。；]{0,60}$")
_PEOPLE = frozenset({"PER", "ORG", "LOC"})
_BEHIND_PEOPLE = frozenset({"同志", "先生", "女士", "教授", "院士"})


def find_honours(s: Scan) -> None:
    """Read the object of 被评为, 授予 and the like, up to the end of its clause, as an award."""
    for i, token in enumerate(s.tokens):
        if token.tag == "v" and s.cue(i) == "Award":
            first = i + 1
            named = token.text.endswith(_NAMING)
            while first < len(s.tokens) and s.tokens[first].text in ("为", "了", "成为"):
                named = named or s.tokens[first].text == "为"
                first += 1
            if named or (first < len(s.tokens) and _SUMMED.match(s.text, s.start(first))):
                _read_objects(s, first)


def given_before(s: Scan, k: int) -> bool:
    """Say whether token ``k`` ends the name of somebody to whom an honour is given: 授予张三|X奖章."""
    if s.tokens[k].text in _BEHIND_PEOPLE and k:
        k -= 1
    return s.tokens[k].tag == "PER" and _GIVEN.search(s.text, 0, s.start(k)) is not None


def _read_objects(s: Scan, first: int) -> None:
    i = first
    while i < len(s.tokens):
        last = _object_end(s, i)
        if last is None:
            return
        if last < len(s.tokens) and s.tokens[last].text not in ENDS:
            return
        if not _keep_object(s, i, last):
            return
        if last >= len(s.tokens) or s.tokens[last].text not in AND:
            return
        i = last + 1


def _object_end(s: Scan, first: int) -> int | None:
    """Return the token behind an object that begins at ``first``; None where a verb of honours stands in it."""
    last = first
    while last < len(s.tokens) and (
        s.tokens[last].tag in INNER
        or s.tokens[last].tag in ("m", "TIME", "v", "d")
        or (s.tokens[last].text == "的" and last > first)  # 有突出贡献的专家
    ):
        if s.cue(last):
            return None
        last += 1
    return last


def _keep_object(s: Scan, first: int, last: int) -> bool:
    """Keep an object as the name of an honour; say whether it is one."""
    end = s.start(last) if last < len(s.tokens) else len(s.text)
    words = s.text[s.start(first) : end]
    for bare in _BARE:
        words = words.removesuffix(bare)
    if not _LEAST <= len(words) <= _MOST or not s.know.merit.search(words) or QUANTITY.match(words):
        return False
    s.keep(s.start(first), s.start(first) + len(words), "Award", "named", 0.7)
    return True
