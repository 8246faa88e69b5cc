"""What a date belongs to: the words around it happen then, or it is that of something else.

5月20日，甲公司与乙公司签约              of all that follows, until another time is told
2012年建成的甲桥，成立于1998年的乙公司      of building and founding only
自2015年以来, 到2027年, 2030年目标        where something begins or ends: no day of a deed
2008年甲运动会, 《2012年责任书》, “十四五”规划  part of a name, or says which one is meant
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import Link, Span, TaggedSentence, Token
from kg.base.wordlist import WordTable, read_words

__all__ = ["BORDERS", "Reach", "dates_words", "is_in_name", "reach_of"]

BORDERS: Final = "，,；;：:。！？!?\n"
_BORDER: Final = late(f"[{BORDERS}]")
_TITLE: Final = late("《[^》]*》")
_QUOTE: Final = late('[“「"][^”」"]*[”」"]')
_ONLY_A_DAY: Final = late(r"[（(]\s?(?:[0-9年月日号\s]|星期.|周.|农历[^）)]*)+[）)]")
_ASIDE: Final = late(r"[（(][^（()）]*[）)]")
_PLAN: Final = late('五(?:[”"]|规划|时期|期间|计划)$')
_IN_PLAN: Final = late("(?:时期|期间)$")
_TIME_BEHIND: Final = late('^[”"]?(?:时期|期间)')
_YEAR_ONLY: Final = late("[^月日号]*年$")
_AT: Final = late("[于於]$")
_BORN: Final = late("^生(?=[，,。；;、人]|$)")
_YEARLY: Final = late("^年?度(?!$|[，,内])")
_NUMBERED: Final = late("^(?:第[0-9一二三四五六七八九十]+[期号届次]|[0-9]+号)")
_LIFE_REACH: Final = 24  # characters behind a date
_EVER_SINCE: Final = late(
    "[^，。]{2,}?(?:以来|(?:之后|以后|后)$)"
)  # 自2009年结好以来, 继2009年来访后: on that date
_FOLLOWS: Final = late("(?<![相承跟前后])继(?![续承而任父母])[^，。；]*$")
_NAMED: Final = frozenset({"Activity", "Award", "Document", "Product"})


@dataclass(frozen=True, slots=True)
class Reach:
    """The stretch of the article whose words happen on a date; ``carries``: what follows it in the sentence too."""

    span: Span
    carries: bool


def dates_words(table: str) -> WordTable:
    """Return one table of the words of dates."""
    return read_words("language/dates.toml").table(table)


@dataclass(frozen=True)
class _Words:
    begins: re.Pattern[str]
    ends: re.Pattern[str]
    compared: re.Pattern[str]
    about: re.Pattern[str]
    behind: re.Pattern[str]
    since: re.Pattern[str]
    no_day: re.Pattern[str]
    life: re.Pattern[str]
    adverb: re.Pattern[str]
    scene: re.Pattern[str]
    of_meeting: re.Pattern[str]


@cache
def _words() -> _Words:
    tied = dates_words("tied")
    scene = tied.either("scene")
    return _Words(
        late(f"(?:{tied.either('from')})$"),
        late(f"(?:{tied.either('until')})$"),
        late(f"(?:{tied.either('compared')})$"),
        late(f"(?:{tied.either('about')})[了好]?[^，。]{{0,8}}$"),
        late(f"^(?:{tied.either('before')})(?![0-9一二两三四]+个?(?:季|月)|半年)"),
        late(f"^[初末底春夏秋冬]?(?:{tied.either('since')})"),
        late(
            rf"^(?:年?底)?(?:{tied.either('goal')}|(?:{tied.either('edition')})(?!$|[，,内])|\s?(?:{tied.either('dateline')})(?:[\s　（(]|$))"
        ),
        late(f"(?:{tied.either('life')})于?(?!社|大会|仪式|公司|会|活动)"),
        late(f"(?:{tied.either('adverbs_before_at')})$"),
        late(f"^(?:{scene})"),
        late(f"(?:{tied.either('held')})的[^，。；：]{{1,40}}?(?:{scene})(?=[，,]|$)"),
    )


def reach_of(tagged: TaggedSentence, span: Span, links: Sequence[Link]) -> Reach | None:
    """Return what happens on the date at ``span``; None where it is the date of nothing the sentence tells."""
    sentence = tagged.sentence
    text, origin = sentence.text, sentence.span.start
    start, end = span.start - origin, span.end - origin
    if is_in_name(tagged, span, links):
        return None
    aside = next(
        (match for match in _ASIDE.finditer(text) if match.start() < start and end < match.end()), None
    )
    if aside is not None and not _ONLY_A_DAY.fullmatch(aside.group()):
        return Reach(Span(origin + aside.start(), origin + aside.end()), carries=False)
    left, right = (start, end) if aside is None else aside.span()
    first = max((match.end() for match in _BORDER.finditer(text, 0, left)), default=0)
    border = _BORDER.search(text, right)
    last = border.start() if border else len(text)
    before, behind = text[first:left], text[right:last]
    written = text[start:end]
    ever = _EVER_SINCE.match(behind)
    if ever is not None and (_words().begins.search(before) or _FOLLOWS.search(before)):
        return Reach(Span(origin + first, origin + right + ever.end()), carries=False)
    if _says_nothing(before, behind, written):
        return None
    verb = _verb_before_at(tagged.tokens, before, origin + left)
    if verb is not None:
        return Reach(Span(verb, origin + right), carries=False)
    bound = _bound_end(tagged.tokens, behind, origin + right, links)
    if bound is not None:
        return Reach(Span(span.start, bound), carries=False)
    return Reach(Span(span.start, origin + last), carries=True)


def is_in_name(tagged: TaggedSentence, span: Span, links: Sequence[Link]) -> bool:
    """Say whether the date is part of a name or a title, or says the year of the named event right behind it."""
    text, origin = tagged.sentence.text, tagged.sentence.span.start
    start, end = span.start - origin, span.end - origin
    if any(link.is_name and link.span.holds(span) for link in links):
        return True
    if any(match.start() < start and end < match.end() for match in _TITLE.finditer(text)):
        return True
    if any(
        match.start() < start and end < match.end() and not _BORDER.search(match.group())
        for match in _QUOTE.finditer(text)
    ):
        return True
    named = next((link for link in links if link.span.start == span.end and link.type in _NAMED), None)
    if named is None or not _YEAR_ONLY.fullmatch(text[start:end]):
        return False
    return not _words().scene.match(text[named.span.end - origin :])


def _says_nothing(before: str, behind: str, written: str) -> bool:
    """Say whether the date is a limit, an edition, the article's own, or says which year's something is."""
    words = _words()
    if _PLAN.search(written):
        return bool(words.about.search(before)) or not (
            _IN_PLAN.search(written) or _TIME_BEHIND.match(behind)
        )
    period = bool(re.search("[-—–~～至到]", written))
    if not period and (words.begins.search(before) or words.since.match(behind)):
        return True
    if (
        words.compared.search(before)
        or words.ends.search(before)
        or words.behind.match(behind)
        or words.no_day.match(behind)
    ):
        return True
    if _YEARLY.match(behind) or _NUMBERED.match(behind):
        return True
    if _YEAR_ONLY.fullmatch(written) and (before.endswith("的") or words.about.search(before)):
        return True
    if behind.startswith("的"):
        return not re.match(f"的[^，。；：]{{1,40}}?(?:{dates_words('tied').either('scene')})$", behind)
    return False


def _verb_before_at(tokens: Sequence[Token], before: str, at: int) -> int | None:
    """Return where the verb starts that 于 ties the date to: 成立于1998年, but not 将于5月."""
    if not _AT.search(before) or _words().adverb.search(before[:-1]):
        return None
    for token in reversed(tokens):
        if token.end > at:
            continue
        if token.end == at and len(token.text) > 1:
            return token.start  # 生于
        if token.end == at:
            continue
        return token.start if token.tag.startswith("v") else None
    return None


def _bound_end(tokens: Sequence[Token], behind: str, start: int, links: Sequence[Link]) -> int | None:
    """Return where the words end that alone happen on the date; None where all behind it do.

    A verb before 的 describes what follows (建成的桥); a verb of founding or of a life tells of nothing else.
    """
    if not _words().of_meeting.search(behind):
        verb = False
        for token in tokens:
            if not start <= token.start < start + len(behind):
                continue
            if token.text == "的" and verb:
                return token.start
            verb = verb or token.tag.startswith("v")
    if _BORN.match(behind):
        return start + 1
    for match in _words().life.finditer(behind[:_LIFE_REACH]):
        at = start + match.start()
        if not any(link.is_name and link.span.start <= at < link.span.end for link in links):
            return start + match.end()
    return None
