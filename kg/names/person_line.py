"""People of lists that are written line by line: 张三，女，1980年5月生，现任…, 1.李四 男 汉族, (三)王五，1979年3月出生.

What stands before the sex, the people or the birth is the name, whatever words it is made of (能晓，男): but no noun for somebody
who is not named (患者，男), and no title. Such a line is about its own person, also where nobody could say who that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import Article, Mention, Span, TaggedSentence
from kg.names.lexicon import names, regions, titles
from kg.names.person import has_surname, is_foreign

__all__ = ["begins_with_person", "find_person_lines"]

_RULE: Final = "person-line"
_MARK: Final = r"[，,、；; \u3000]"
_BORN: Final = r"(?:生于)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出?生(?![产长效态活命])|诞生)"
_LINE: Final = late(
    r"[ \u3000]*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）、.．][ \u3000]*)?(?:姓名[:：][ \u3000]*)?"
    r"(?P<name>[一-鿿](?:[ \u3000]{0,2}[一-鿿]){1,3}?)"
    rf"{_MARK}[ \u3000]*(?:[男女](?={_MARK})|[一-鿿]{{1,5}}族(?={_MARK})|{_BORN})"
)
_GOES_ON: Final = late(r"[^。\n]{0,30}?(?:族|生|岁|学历|文化|学士|硕士|博士|党员|籍|[现拟曾历]任)")
_NO_NAME: Final = frozenset(("r", "m", "q", "u", "w", "TIME", "ORG", "LOC"))
_SHORT: Final = 3  # code points of a name that needs no surname: one of four is made of one, or of sounds


def begins_with_person(text: str) -> bool:
    """Say whether a sentence is about the person whom it begins with, and no one before: a name or not, and his birth or sex."""
    return _line_of(text) is not None


def find_person_lines(_: Article, tagged: Sequence[TaggedSentence]) -> list[list[Mention]]:
    """Return the person whom each sentence that is such a line is about."""
    return [list(_of(sentence)) for sentence in tagged]


def _line_of(text: str) -> re.Match[str] | None:
    line = _LINE.match(text)
    return line if line is not None and _GOES_ON.match(text, line.end("name")) else None


def _of(sentence: TaggedSentence) -> Iterator[Mention]:
    line = _line_of(sentence.sentence.text)
    if line is None or not _is_name(sentence, line):
        return
    origin = sentence.sentence.span.start
    yield Mention(Span(origin + line.start("name"), origin + line.end("name")), line["name"], "Person", _RULE)


def _is_name(sentence: TaggedSentence, line: re.Match[str]) -> bool:
    """Say whether what such a line begins with can be a name: no title, no place, no noun of the tagger."""
    name = line["name"]
    if name.endswith(names().unnamed_in_lines) or titles().class_of(name):
        return False
    start = sentence.sentence.span.start + line.start("name")
    words = [word for word in sentence.tokens if start <= word.start < start + len(name)]
    leveled = name[-1] in regions().level_ends
    if leveled and words[-1].tag in _NO_NAME:
        return False
    if has_surname(name) or is_foreign(name):
        return True
    plain = len(words) == 1 and words[0].tag not in ("PER", "nz", "nw")
    if plain or leveled or len(name) > _SHORT:
        return False
    return not any(word.tag in _NO_NAME for word in words)
