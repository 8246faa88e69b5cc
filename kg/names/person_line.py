"""People of lists that are written line by line: 张三，女，1980年5月生，现任…, 1.李四 男 汉族, (三)王五，1979年3月出生.

What stands before the sex, the people or the birth is the name, whatever words it is made of (能晓，男): but no noun for somebody
who is not named (患者，男), and no title. Such a line is about its own person, also where nobody could say who that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from kg.base.late import late
from kg.base.model import Article, Mention, Span, TaggedSentence
from kg.base.wordlist import either
from kg.names.lexicon import names, regions, titles
from kg.names.person import has_surname, is_foreign

__all__ = ["begins_with_person", "find_person_lines"]

_RULE: Final = "person-line"
_BLANK: Final = r"[ \u3000]*"
_MARK: Final = r"[，,、；; \u3000]"
_ENDS: Final = r"[，,、；;：:（( \u3000]"
_BORN: Final = r"(?:生于)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出?生(?![产长效态活命])|诞生)"
_SEX: Final = r"(?:性别[:：])?[男女](?=[，,、；;）) \u3000])"
_GOES_ON: Final = late(r"[^。\n]{0,30}?(?:族|生|岁|学历|文化|学士|硕士|博士|党员|籍|[现拟曾历]任)")
_OF_SOMEBODY: Final = late(rf"[^，,。；;：:（(\n]{{1,16}}{_ENDS}{_BLANK}(?:性别[:：])?[男女][，,）)]")
_IN_OFFICE: Final = late(r"(?P<name>[一-鿿]{2,4})(?<![后前时来间])[，,](?:现任|拟任|拟提名)")
_ALONE: Final = late(r"[一-鿿]{2,4}")
_BEGINS_WITH_SEX: Final = late(rf"{_BLANK}{_SEX}")
_NO_NAME: Final = frozenset(("r", "m", "q", "u", "w", "TIME", "ORG", "LOC"))
_SHORT: Final = 3  # code points of a name that needs no surname: one of four is made of one, or of sounds


def begins_with_person(sentence: TaggedSentence, before: TaggedSentence | None = None) -> bool:
    """Say whether a sentence is about the person whom it begins with, and no one told of before, be there a name or not.

    Args:
        sentence: it has the sex, the people or the birth of its person, or what may be a name before 现任.
        before: the one before it; a name that is a line of its own may stand there: 能晓⏎男，汉族.
    """
    text = sentence.sentence.text
    if _line_of(text) is not None or _OF_SOMEBODY.match(text):
        return True
    if before is not None and _BEGINS_WITH_SEX.match(text):
        return _ALONE.fullmatch(before.sentence.text.strip()) is not None
    office = _IN_OFFICE.match(text)
    return office is not None and _is_name(sentence, office)


def find_person_lines(_: Article, tagged: Sequence[TaggedSentence]) -> list[list[Mention]]:
    """Return the person whom each sentence that is such a line is about."""
    return [list(_of(sentence)) for sentence in tagged]


@lru_cache(maxsize=1024)
def _line_of(text: str) -> re.Match[str] | None:
    line = _line().match(text)
    return line if line is not None and _GOES_ON.match(text, line.end("name")) else None


@cache
def _line() -> re.Pattern[str]:
    """Return a pattern of the beginning of a line: a number, what its person is there (被告人), his name, and who he is."""
    return late(
        rf"{_BLANK}(?:[（(]?(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})[)）、.．]{_BLANK})?"
        rf"(?:{either(names().labels_in_lines)})?[:：]?{_BLANK}"
        rf"(?P<name>[一-鿿](?:[ \u3000]{{0,2}}[一-鿿]){{1,3}}?)(?:{either(names().courtesies_in_lines)})?"
        rf"{_ENDS}{_BLANK}(?:(?P<sex>{_SEX})|[一-鿿]{{1,5}}族(?=[）)]|{_MARK})|{_BORN})"
    )


def _of(sentence: TaggedSentence) -> Iterator[Mention]:
    line = _line_of(sentence.sentence.text)
    if line is None or not _is_name(sentence, line) or (line["sex"] is None and line["name"][-1] in "男女"):
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
