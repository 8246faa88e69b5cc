"""Text -> ``Layout``: which lines, or parts of lines, state facts, and which are the furniture of a page.

A text is read line by line, the way it stands on a page: title, header fields (发布时间, 来源, 作者), dateline, body, footer. What is
set aside here never becomes a fact, so a rule may only set aside what is about the page and not about the world.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import Span
from kg.base.wordlist import read_words
from kg.text.formats.extract import Parts
from kg.text.metadata import (
    CLOCK,
    CLOSE,
    DATE,
    LONG,
    OPEN,
    PROSE,
    TIMESTAMP,
    URL,
    Said,
    fields_of,
    signatures,
    sure_labels,
)

_MARGIN: Final = 12  # lines from the top and from the end in which a page says who wrote what when
_SHORT: Final = 6  # code points; a line as short as this may be said twice
_LINE: Final = late(r"[^\n]+")
_WORD: Final = late(r"\w")
_STOP: Final = late(r"[。！？；]|$")
_LEAD: Final = late(r"^(?:>>|[-—–•·*>|｜◆◇■□▲△●○★☆※]|\s)+")
_AWAITED: Final = frozenset({"publisher", "author", "published"})  # their value may stand on the next line
_CREDITED: Final = late(r"[）)】\]摄影图论]\s*\Z|[:：]")
_CREDIT: Final = late(
    r"[（(]?(?:新华社|[\u4e00-\u9fff]{1,6}[报社网台])?(?:记者|通讯员|特派员)\s*[\u4e00-\u9fff]{2,4}(?:[、\s][\u4e00-\u9fff]{2,4})*\s*(?:摄影?|供图)[）)]?$"
)
_BYLINE: Final = late(
    r"[□■◎●○⊙/\s]*(?:(?:文|图|文/图|图/文|文、图)/)?"
    r"(?:[\u4e00-\u9fff]{0,8}?(?:记者|编辑|通讯员|校对|实习生|撰稿)[\s　/：:]+(?:[\u4e00-\u9fff]{2,4}[、/\s　]*){1,5}?)+(?:报道|摄影?|文)?"
)
_SHOT: Final = late(r"(?<=[。！？）)])[\u4e00-\u9fff]{2,8}记者\s*[\u4e00-\u9fff]{2,4}\s+摄")
_TITLED: Final = late(r"\s[（(]?原标题[：:]")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a text's lines are: the spans that state facts (title first), and what header and footer say."""

    body: tuple[Span, ...]
    title: str = ""
    published: date | None = None
    publisher: str = ""
    author: str = ""
    url: str = ""


@dataclass
class _Page:
    """What has been read so far of one text."""

    text: str
    body: list[Span] = field(default_factory=list)
    said: Said = field(default_factory=Said)
    title: Span | None = None
    opening: Span | None = None  # the first line, of which the title is a part or the whole
    opened: int = 0  # how many spans of the body it gave
    awaits: str = ""  # the kind of field whose value stands on the next line

    def state(self, span: Span) -> None:
        """Add a span that states facts, without the blanks around it."""
        trimmed = _trimmed(self.text, span)
        if trimmed and _WORD.search(self.text, trimmed.start, trimmed.end):
            self.body.append(trimmed)


def lay_out(text: str, *, parts: Parts | None = None) -> Layout:
    """Return which parts of ``text`` state facts, and the metadata its header and footer give.

    Args:
        text: the text, its lines ended by a line feed.
        parts: those of it that are words, where it is marked up; by default its lines.
    """
    page = _Page(text)
    lines = _lines(page, parts)
    tail = _tail_start(text, lines)
    for number, line in enumerate(lines):
        if number >= tail:
            _read_footer(page, line)
        else:
            _read_line(page, line, near_edge=number < _MARGIN or number >= len(lines) - _MARGIN)
    _drop_closing_disclaimers(page)
    return Layout(
        tuple(page.body),
        " ".join(page.title.of(text).split()) if page.title else "",
        page.said.published,
        page.said.publisher,
        page.said.author,
        page.said.url,
    )


def _lines(page: _Page, parts: Parts | None) -> list[Span]:
    """Return the lines to read, keeping what the front matter of a marked-up text says."""
    spans = parts.spans if parts else [Span(*match.span()) for match in _LINE.finditer(page.text)]
    lines = [line for span in spans if (line := _trimmed(page.text, span))]
    if parts is None:
        return lines
    for kind, value in parts.said:
        page.said.say(kind, value)
    start = parts.title.start if parts.title else 0  # what stands above the title are badges and menus
    return [line for line in lines if line.start >= start]


def _trimmed(text: str, span: Span) -> Span | None:
    """Return the span without the blanks around it, or None where it is all blank."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return Span(start, end) if start < end else None


# Lines


def _read_line(page: _Page, line: Span, *, near_edge: bool) -> None:
    """Decide about one line before the links at the end of a page."""
    words = line.of(page.text)
    if page.awaits:
        kind, page.awaits = page.awaits, ""
        if len(words) <= LONG // 2 and not PROSE.search(words) and not fields_of(words, near_edge=True):
            page.said.say(kind, words)
            return
    if len(words) <= 4 * LONG and _set_aside(page, line, words, near_edge=near_edge):
        return
    if page.title is None:
        _read_opening(page, line, words)
    elif not _read_repeated_title(page, line, words):
        _state_prose(page, line)


def _read_footer(page: _Page, line: Span) -> None:
    """Take what metadata a line among the links at the end of a page has."""
    words = line.of(page.text)
    page.said.say_fields(words)
    if found := DATE.match(words):
        page.said.say("stamp", found[0])


def _set_aside(page: _Page, line: Span, words: str, *, near_edge: bool) -> bool:
    """Say whether a short line is about the page, keeping what it says."""
    if _says_metadata(page, line, words, near_edge=near_edge):
        return True
    bare = _bare(words)
    if not bare:
        return True
    if _rules().navigation.fullmatch(bare):
        return page.title is not None
    if _CREDIT.fullmatch(words):
        return True
    return near_edge and (
        _BYLINE.fullmatch(words) is not None or _is_title(page, words) or _is_about_page(words, bare)
    )


def _says_metadata(page: _Page, line: Span, words: str, *, near_edge: bool) -> bool:
    """Say whether a line is a date, fields, an address or a dated link, keeping what it says."""
    if (near_edge or ":" in words) and TIMESTAMP.fullmatch(words):
        page.said.say("stamp", words)
        return True
    if fields := fields_of(words, near_edge=near_edge):
        _take_fields(page, line, fields)
        return True
    if near_edge and (stamp := DATE.match(words)) and _is_link(_bare(words)):
        page.said.say("stamp", stamp[0])
        return True
    if URL.fullmatch(words):
        page.said.say("url", words)
        return True
    return False


def _take_fields(page: _Page, line: Span, fields: list[tuple[str, str]]) -> None:
    """Keep what the fields of a line say; the first one may be the title, the last one's value on the next line."""
    for kind, value in fields:
        page.said.say(kind, value)
    (first, title), (last, value) = fields[0], fields[-1]
    if last in _AWAITED and not value:
        page.awaits = last
    if page.title is None and first == "title" and title:
        start = page.text.find(title, line.start, line.end)
        page.title = Span(start, start + len(title)) if start >= 0 else line
        page.state(page.title)


def _bare(words: str) -> str:
    """Return a line without the date and the marks it begins with."""
    stamp = DATE.match(words)
    return _LEAD.sub("", words[stamp.end() :] if stamp else words)


def _is_link(bare: str) -> bool:
    """Say whether a line leads somewhere else on the site."""
    return bool(_rules().navigation.fullmatch(bare) or _rules().prefixes.match(bare))


def _is_title(page: _Page, words: str) -> bool:
    """Say whether a line says the title again."""
    if page.title is None or len(words) < _SHORT:
        return False
    return _squeezed(words) == _squeezed(page.title.of(page.text))


def _is_about_page(words: str, bare: str) -> bool:
    """Say whether a line is a link, a disclaimer or an advertisement of the site."""
    rules = _rules()
    return bool(
        rules.prefixes.match(bare)
        or rules.disclaimers.match(words)
        or rules.adverts.search(words, 0, 2 * LONG)
    )


def is_disclaimer(words: str) -> bool:
    """Say whether a line is about the page or its makers, and not about the world."""
    rules = _rules()
    return bool(rules.disclaimers.match(words) or rules.prefixes.match(_bare(words)))


def _tail_start(text: str, lines: list[Span]) -> int:
    """Return the number of the first line from which to the end there are only links to other articles."""
    at = len(lines)
    for number in range(len(lines) - 1, 0, -1):
        words = lines[number].of(text)
        if "。" in words or len(words) > 2 * LONG:
            break
        if _rules().tails.match(_LEAD.sub("", words)):
            at = number
    return at


# Title


def _read_opening(page: _Page, line: Span, words: str) -> None:
    """Take the first line that is no header field as the title, or the first part of it where the body is glued on."""
    found = signatures().dateline.match(words)
    start = line.start
    if found:
        page.said.sign(found[0])
        start += found.end()
    if start == line.end:
        return
    glued = None if found else signatures().glued.search(words, 0, 2 * LONG) or _TITLED.search(words, _SHORT)
    page.title = Span(start, line.start + glued.start() if glued else line.end)
    if glued:
        page.state(page.title)
        _read_rest(page, Span(line.start + glued.start(), line.end))
    else:
        page.state(page.title)
        stop = page.text.find("。", start, line.end)
        if stop >= 0 or line.end - start > 2 * LONG:  # a text without a title: its first sentence
            page.title = Span(start, min(stop if stop >= 0 else line.end, start + 2 * LONG))
    page.opening, page.opened = line, len(page.body)


def _read_repeated_title(page: _Page, line: Span, words: str) -> bool:
    """Say whether this line says the first one again, and read what follows it in the line."""
    if page.opening is None or page.title is None or page.opened != len(page.body):
        return False
    opening = page.opening.of(page.text)
    if len(opening) < _SHORT or _squeezed(words[: len(opening)]) != _squeezed(opening):
        return False
    rest = Span(line.start + len(opening), line.end)
    if rest.start == rest.end:
        return True
    if page.text[rest.start] in " \u3000\t" or signatures().dateline.match(page.text, rest.start):
        _read_rest(page, rest)
        return True
    title = page.title
    page.body.clear()  # the first line is a piece cut off this one, perhaps in the middle of a word
    _read_opening(page, line, words)
    if page.title.end - page.title.start > title.end - title.start:
        page.title = title
    return True


def _read_rest(page: _Page, rest: Span) -> None:
    """Read what follows a title in its line: header fields, or the body."""
    trimmed = _trimmed(page.text, rest)
    if trimmed and not page.said.say_fields(trimmed.of(page.text)):
        _state_prose(page, trimmed)


def _squeezed(words: str) -> str:
    return "".join(words.split())


# Prose


def _state_prose(page: _Page, line: Span) -> None:
    """Add a line of prose without the dateline before it and the credits after it."""
    start = _prose_start(page, line)
    end = _prose_end(page, start, line.end)
    if "记者" in page.text[start:end]:
        for shot in _SHOT.finditer(page.text, start, end):  # the caption of a picture that stood here
            page.state(Span(start, shot.start()))
            start = shot.end()
    page.state(Span(start, end))


def _prose_start(page: _Page, line: Span) -> int:
    """Return where the prose of a line begins, behind header fields and a dateline, keeping what they say."""
    start, end = line.start, line.end
    if page.title and (found := _rules().header.match(page.text, start, min(end, start + 4 * LONG))):
        page.said.say_fields(found[0])
        start = found.end()
    if found := signatures().dateline.match(page.text, start, min(end, start + 2 * LONG)):
        page.said.sign(found[0])
        start = found.end()
    return start


def _prose_end(page: _Page, start: int, end: int) -> int:
    """Return where the prose of a line ends, before the credits, keeping what they say."""
    credit = _rules().credit
    while (
        start < end
        and _CREDITED.search(page.text, max(start, end - LONG), end)
        and (found := credit.search(page.text, max(start, end - 2 * LONG), end))
    ):
        page.said.say_fields(found[0].strip())
        end = found.start()
    return end


def _drop_closing_disclaimers(page: _Page) -> None:
    """Cut sentences about the page off the end of the body, in its last lines only."""
    rules = _rules()
    for place in range(len(page.body) - 1, max(0, len(page.body) - 4), -1):
        span = page.body[place]
        kept = span.end
        for stop in reversed([match.end() for match in _STOP.finditer(span.of(page.text))]):
            before = page.text.rfind("。", span.start, span.start + max(0, stop - 1))
            start = span.start if before < 0 else before + 1
            if not rules.phrases.search(page.text, start, span.start + stop):
                break
            kept = start
        if kept == span.end:
            break
        page.body[place : place + 1] = [] if kept <= span.start else [Span(span.start, kept)]


# Word lists


@dataclass(frozen=True)
class _Rules:
    """The word lists of ``data/language/boilerplate.toml`` as regular expressions."""

    navigation: re.Pattern[str]
    prefixes: re.Pattern[str]
    tails: re.Pattern[str]
    disclaimers: re.Pattern[str]
    phrases: re.Pattern[str]
    adverts: re.Pattern[str]
    header: re.Pattern[str]
    credit: re.Pattern[str]


@cache
def _rules() -> _Rules:
    lists = read_words("language/boilerplate.toml")
    navigation, disclaimers, sure = lists.table("navigation"), lists.table("disclaimers"), sure_labels()
    opening, closing = f"[{re.escape(OPEN)}]?", re.escape(CLOSE)
    return _Rules(
        navigation=late(rf"{opening}(?:{navigation.either('words')})[{closing}]?[:：>》]*"),
        prefixes=late(
            rf"{opening}(?:{navigation.either('prefixes')})(?:[\s:：>|｜{closing}©]|$)", re.IGNORECASE
        ),
        tails=late(rf"{opening}(?:{navigation.either('tails')})(?:[\s:：>|｜{closing}]|$)"),
        disclaimers=late(
            rf"{opening}\s*(?:[\u4e00-\u9fff]{{2,6}}[网报])?(?:{disclaimers.either('heads')})[:：\s{closing}]"
        ),
        phrases=late("|".join(disclaimers.words("phrases"))),
        adverts=late("|".join(disclaimers.words("adverts"))),
        header=late(rf"(?:(?:{sure})\s*[:：]\s*(?:{DATE.pattern}{CLOCK}|[^\s，。；：:]{{1,20}})[\s　]+)+"),
        credit=late(
            rf"\s*(?:我要评论|[（(](?:本报|本刊|本网)?(?:特约|见习|实习)?(?:记者|通讯员)[：:\s][^（）()。]{{0,40}}[）)]|[（(【\[](?:本文|文章)?(?:{sure})\s*[:：][^（）()。]{{0,40}}[）)】\]]|\s(?:责编|责任编辑|编辑|文章来源)\s*[:：]\s*\S{{1,12}}|{_CREDIT.pattern[:-1]})\s*$"
        ),
    )
