"""Text -> ``Layout``: which lines, or parts of lines, state facts, and what the header and the footer say about the text.

A text is read line by line, the way it stands on a page: title, header fields (发布时间, 来源, 作者), dateline, body, footer. What is
set aside here never becomes a fact, so a rule may only set aside what is about the page and not about the world.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from kg.base.model import Span
from kg.base.resources import load_toml
from kg.text.formats.markdown import Words

_MARGIN = 12  # lines from the top and from the end in which a page says who wrote what when
_PROSE = re.compile(r"[。！？；]")
_LONG = 60  # code points; a line as long as this is no header field
_SHORT = 6  # code points; a line as short as this may be said twice
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w")
_YEAR = r"(?:19|20)\d\d"
_CLOCK = r"(?:[ \u3000T]*\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?)?"
_DATE = re.compile(rf"(?<!\d)({_YEAR})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})(?!\d)日?")
_CHINESE_DATE = re.compile(
    r"([一二][〇○OoＯ零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_TIMESTAMP = re.compile(
    rf"[（(\[【]?\s*(?:{_DATE.pattern}|{_CHINESE_DATE.pattern}){_CLOCK}\s*(?:星期.|周.)?\s*[）)\]】]?"
)
_DIGITS = str.maketrans("〇○OoＯ零一二三四五六七八九", "000000123456789")
_QUOTE = re.compile(
    r"[（(]-?\d+\.\d+,\s*-?\d+\.\d+,\s*-?\d+\.\d+%[）)]"
)  # a share price that a site writes behind a name
_URL_DATE = re.compile(rf"/({_YEAR})[-/]?(0[1-9]|1[0-2])[-/]?([0-3]\d)(?=\D)")
_URL = re.compile(r"(?:https?://|www\.)[^\s，。；、）)】》\"'<>]+", re.IGNORECASE)
_OPEN, _CLOSE = "（(【[", "）)】]"
_LEAD = re.compile(r"^(?:>>|[-—–•·*>|｜◆◇■□▲△●○★☆※]|\s)+")
_FIELD = re.compile(r"[:：|｜丨（(【\[]")  # cheap signs of a field and of a credit, looked for first
_CREDITED = re.compile(r"[）)】\]摄影图论]\s*\Z|[:：]")
_CREDIT = re.compile(
    r"[（(]?(?:新华社|[\u4e00-\u9fff]{1,6}[报社网台])?(?:记者|通讯员|特派员)\s*[\u4e00-\u9fff]{2,4}(?:[、\s][\u4e00-\u9fff]{2,4})*\s*(?:摄影?|供图)[）)]?$"
)
_BYLINE = re.compile(
    r"[□■◎●○⊙/\s]*(?:(?:文|图|文/图|图/文|文、图)/)?"
    r"(?:[\u4e00-\u9fff]{0,8}?(?:记者|编辑|通讯员|校对|实习生|撰稿)[\s　/：:]+(?:[\u4e00-\u9fff]{2,4}[、/\s　]*){1,5}?)+(?:报道|摄影?|文)?"
)
_SHOT = re.compile(r"(?<=[。！？）)])[\u4e00-\u9fff]{2,8}记者\s*[\u4e00-\u9fff]{2,4}\s+摄")
_TITLED = re.compile(r"\s[（(]?原标题[：:]")
_REPORTERS = (
    r"[（(][^（）()。]{0,12}?(?:记者|通讯员|特派员|编辑|作者|实习生|新闻联播|文/|图/)[^（）()。]{0,40}[）)]"
    r"|[□■◎●]?\s*(?:本报|本刊|本网|每经|[\u4e00-\u9fff]{2,6}[报网社])?(?:见习|实习|特约|特派)?记者(?:[\s　]+[\u4e00-\u9fff]{2,4})+[\s　]+(?:报道|发自\S{2,4}(?=\s))?"
)
_NAMES_OF_REPORTERS = re.compile(
    r"记者[\s　]*((?:[\u4e00-\u9fff]{2,4}[、\s　]*)+?)(?=[）)\s　]*$|[\s　]*(?:通讯员|实习|报道|摄))"
)
_DAY = r"(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
_NO_WORD = r"(?![飞息号问方期子视话力脑影器商价量网站厂池缆])"  # 讯 and 电 begin words too
_SEPARATORS = r"[\s　：:，,]*"


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
    said: dict[str, str] = field(default_factory=dict)  # kind of field -> its first value
    title: Span | None = None
    opening: Span | None = None  # the first line, of which the title is a part or the whole
    opened: int = 0  # how many spans of the body it gave
    awaits: str = ""  # the kind of field whose value stands on the next line

    def say(self, kind: str, value: str) -> None:
        """Keep the first value of a kind of field."""
        value = _QUOTE.sub("", value).strip(" \t\u3000,，;；|-—")
        if kind == "publisher" and (paper := re.match("《([^《》]+)》", value)):
            value = paper[1]
        if value and kind not in self.said:
            self.said[kind] = value

    def state(self, span: Span) -> None:
        """Add a span that states facts, without the blanks around it."""
        trimmed = _trimmed(self.text, span)
        if trimmed and _WORD.search(self.text, trimmed.start, trimmed.end):
            self.body.append(trimmed)


def lay_out(text: str, *, words: Words | None = None) -> Layout:
    """Return which parts of ``text`` state facts, and the metadata its header and footer give.

    Args:
        text: the text, its lines ended by a line feed.
        words: the parts of it that are words, where it is marked up; by default its lines.
    """
    page = _Page(text)
    spans = words.spans if words else [Span(*match.span()) for match in _LINE.finditer(text)]
    lines = [line for span in spans if (line := _trimmed(text, span))]
    if words:
        for kind, value in words.said:
            page.say(kind, value)
        if words.title:  # what stands above it are badges and menus
            lines = [line for line in lines if line.start >= words.title.start]
    tail = _tail_start(text, lines)
    for number, line in enumerate(lines):
        if number >= tail:
            _read_footer(page, line)
        else:
            _read_line(page, line, near_edge=number < _MARGIN or number >= len(lines) - _MARGIN)
    _drop_closing_disclaimers(page)
    return Layout(
        tuple(page.body),
        _one_line(page.title.of(text)) if page.title else "",
        _published(page.said),
        page.said.get("publisher") or page.said.get("agency", ""),
        page.said.get("author") or page.said.get("reporters", ""),
        page.said.get("url", ""),
    )


def read_date(words: str) -> date | None:
    """Return the first full calendar date in ``words`` (2022-06-22, 2022年6月22日, 二〇二二年六月二十二日), or None."""
    if found := _DATE.search(words):
        year, month, day = (int(part) for part in found.groups())
    elif found := _CHINESE_DATE.search(words):
        year = int(found[1].translate(_DIGITS))
        month, day = _small_number(found[2]), _small_number(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _published(said: dict[str, str]) -> date | None:
    """Return the date of publication: a field's, else a line's that is but a date, else the one in the address."""
    found = _URL_DATE.search(said.get("url", ""))
    address = "-".join(found.groups()) if found else ""
    return read_date(said.get("published", "")) or read_date(said.get("stamp", "")) or read_date(address)


def _small_number(words: str) -> int:
    tens, ten, ones = words.rpartition("十")
    digit = "一二三四五六七八九".find
    return (10 * (digit(tens) + 1 if tens else 1) if ten else 0) + (digit(ones) + 1 if ones else 0)


def _trimmed(text: str, span: Span) -> Span | None:
    """Return the span without the blanks around it, or None where it is all blank."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return Span(start, end) if start < end else None


def _one_line(words: str) -> str:
    return " ".join(words.split())


# Lines


def _read_line(page: _Page, line: Span, *, near_edge: bool) -> None:
    """Decide about one line before the links at the end of a page."""
    words = line.of(page.text)
    if page.awaits:
        kind, page.awaits = page.awaits, ""
        if len(words) <= _LONG // 2 and not _PROSE.search(words) and not _fields(words, near_edge=True):
            page.say(kind, words)
            return
    if len(words) <= 4 * _LONG and _set_aside(page, line, words, near_edge=near_edge):
        return
    if page.title is None:
        _read_opening(page, line, words)
    elif not _read_repeated_title(page, line, words):
        _state_prose(page, line)


def _read_footer(page: _Page, line: Span) -> None:
    """Take what metadata a line among the links at the end of a page has."""
    words = line.of(page.text)
    for kind, value in _fields(words, near_edge=True):
        page.say(kind, value)
    if found := _DATE.match(words):
        page.say("stamp", found[0])


def _set_aside(page: _Page, line: Span, words: str, *, near_edge: bool) -> bool:
    """Say whether a short line is about the page, keeping what it says."""
    rules = _rules()
    if (near_edge or ":" in words) and _TIMESTAMP.fullmatch(words):
        page.say("stamp", words)
        return True
    if fields := _fields(words, near_edge=near_edge):
        for kind, value in fields:
            page.say(kind, value)
        if fields[-1][0] in {"publisher", "author", "published"} and not fields[-1][1]:
            page.awaits = fields[-1][0]
        if page.title is None and fields[0][0] == "title" and fields[0][1]:
            start = page.text.find(fields[0][1], line.start, line.end)
            page.title = Span(start, start + len(fields[0][1])) if start >= 0 else line
            page.state(page.title)
        return True
    stamp = _DATE.match(words)
    bare = _LEAD.sub("", words[stamp.end() :] if stamp else words)
    if stamp and near_edge and (rules.navigation.fullmatch(bare) or rules.prefixes.match(bare)):
        page.say("stamp", stamp[0])
        return True
    if rules.navigation.fullmatch(bare) or not bare:
        return page.title is not None or not bare
    if _URL.fullmatch(words):
        page.say("url", words)
        return True
    if _CREDIT.fullmatch(words) or (near_edge and _BYLINE.fullmatch(words)):
        return True
    if (
        near_edge
        and page.title
        and len(words) >= _SHORT
        and _squeezed(words) == _squeezed(page.title.of(page.text))
    ):
        return True
    about_page = (
        rules.prefixes.match(bare)
        or rules.disclaimers.match(words)
        or rules.adverts.search(words, 0, 2 * _LONG)
    )
    return bool(near_edge and about_page)


def _fields(words: str, *, near_edge: bool) -> list[tuple[str, str]]:
    """Return the (kind, value) pairs of a line that is made of header fields and nothing else, else nothing."""
    if not _FIELD.search(words):
        return []
    rules = _rules()
    found = list(rules.label.finditer(words))
    if not found or words[: found[0].start()].strip(_OPEN + " \u3000|-—>・·") not in rules.before_fields:
        return []
    fields = []
    for this, following in zip(found, [*found[1:], None], strict=True):
        value = _QUOTE.sub("", words[this.end() : following.start() if following else len(words)]).strip(
            " \u3000|"
        )
        if value and value[-1] in _CLOSE and not any(mark in value for mark in _OPEN):
            value = value[:-1].rstrip()
        label = this["label"]
        if not _is_value(rules.kinds[label], value) or not (near_edge or label in rules.sure):
            return []
        fields.append((rules.kinds[label], value))
    return fields


def _is_value(kind: str, value: str) -> bool:
    """Say whether these words can be the value of such a field."""
    if kind == "url":
        return not value or bool(_URL.match(value))
    if kind == "published":
        return not value or bool(_DATE.match(value) and len(value) <= _LONG // 2)
    if kind == "title":
        return "。" not in value
    return len(value) <= _LONG // 2 and not _PROSE.search(value) and value.count("，") <= 1


def _tail_start(text: str, lines: list[Span]) -> int:
    """Return the number of the first line from which to the end there are only links to other articles."""
    rules = _rules()
    at = len(lines)
    for number in range(len(lines) - 1, 0, -1):
        words = lines[number].of(text)
        if "。" in words or len(words) > 2 * _LONG:
            break
        if rules.tails.match(_LEAD.sub("", words)):
            at = number
    return at


# Title


def _read_opening(page: _Page, line: Span, words: str) -> None:
    """Take the first line that is no header field as the title, or the first part of it where the body is glued on."""
    rules = _rules()
    found = rules.dateline.match(words)
    start = line.start
    if found:
        _sign(page, found[0])
        start += found.end()
    if start == line.end:
        return
    glued = None if found else rules.glued.search(words, 0, 2 * _LONG) or _TITLED.search(words, _SHORT)
    page.title = Span(start, line.start + glued.start() if glued else line.end)
    if glued:
        page.state(page.title)
        _read_rest(page, Span(line.start + glued.start(), line.end))
    else:
        page.state(page.title)
        stop = page.text.find("。", start, line.end)
        if stop >= 0 or line.end - start > 2 * _LONG:  # a text without a title: its first sentence
            page.title = Span(start, min(stop if stop >= 0 else line.end, start + 2 * _LONG))
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
    if page.text[rest.start] in " \u3000\t" or _rules().dateline.match(page.text, rest.start):
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
    if trimmed and (fields := _fields(trimmed.of(page.text), near_edge=True)):
        for kind, value in fields:
            page.say(kind, value)
    elif trimmed:
        _state_prose(page, trimmed)


def _squeezed(words: str) -> str:
    return "".join(words.split())


# Prose


def _state_prose(page: _Page, line: Span) -> None:
    """Add a line of prose without the dateline before it and the credits after it."""
    rules = _rules()
    text = page.text
    start, end = line.start, line.end
    if page.title is not None and (found := rules.header.match(text, start, min(end, start + 4 * _LONG))):
        for kind, value in _fields(found[0], near_edge=True):
            page.say(kind, value)
        start = found.end()
    if found := rules.dateline.match(text, start, min(end, start + 2 * _LONG)):
        _sign(page, found[0])
        start = found.end()
    while (
        start < end
        and _CREDITED.search(text, max(start, end - _LONG), end)
        and (found := rules.credit.search(text, max(start, end - 2 * _LONG), end))
    ):
        for kind, value in _fields(found[0].strip(), near_edge=True):
            page.say(kind, value)
        end = found.start()
    if "记者" in text[start:end]:
        for shot in _SHOT.finditer(text, start, end):  # the caption of a picture that stood here
            page.state(Span(start, shot.start()))
            start = shot.end()
    page.state(Span(start, end))


def _sign(page: _Page, dateline: str) -> None:
    """Keep the agency, the reporters and the date that a dateline names, where no header field does."""
    if stamp := _DATE.search(dateline):
        page.say("stamp", stamp[0])
    if (agency := _rules().agency.match(dateline.lstrip(_OPEN + " \u3000"))) and agency[0][0] != "本":
        page.say("agency", agency[0])
    if reporters := _NAMES_OF_REPORTERS.search(dateline):
        page.say("reporters", "、".join(re.findall(r"[\u4e00-\u9fff]{2,4}", reporters[1])))


def _drop_closing_disclaimers(page: _Page) -> None:
    """Cut sentences about the page off the end of the body, in its last lines only."""
    rules = _rules()
    for place in range(len(page.body) - 1, max(0, len(page.body) - 4), -1):
        span = page.body[place]
        kept = span.end
        for stop in reversed([match.end() for match in re.finditer(r"[。！？；]|$", span.of(page.text))]):
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

    kinds: dict[str, str]
    sure: frozenset[str]
    before_fields: frozenset[str]
    label: re.Pattern[str]
    navigation: re.Pattern[str]
    prefixes: re.Pattern[str]
    tails: re.Pattern[str]
    disclaimers: re.Pattern[str]
    phrases: re.Pattern[str]
    adverts: re.Pattern[str]
    dateline: re.Pattern[str]
    glued: re.Pattern[str]
    agency: re.Pattern[str]
    header: re.Pattern[str]
    credit: re.Pattern[str]


@cache
def _rules() -> _Rules:
    lists: dict[str, Any] = load_toml("language/boilerplate.toml")
    fields, navigation, disclaimers = lists["fields"], lists["navigation"], lists["disclaimers"]
    kinds = {label: kind for kind in _kinds(fields) for label in fields[kind]}
    labels, sure = _any(kinds), _any(fields["sure"])
    names = _any(lists["media"]["names"])
    made = r"[\u4e00-\u9fffA-Za-z0-9]{1,8}(?:网|社|报|台|在线|新闻|体育|财经|娱乐|科技|教育|房产|汽车|APP)"
    place = r"(?:[\u4e00-\u9fff·]{2,12}?)??"
    told = r"(?!.{0,2}据|从|对|通过)"  # 据新华社消息 is said of a fact, not of the article
    wire = rf"(?:{names}|{made}){place}{_DAY}(?:电|讯|消息)"
    local = rf"[\u4e00-\u9fff]{{2,12}}?{_DAY}电"
    plain = rf"(?:(?:{names}){place}(?:讯|电)|{made}讯){_NO_WORD}"
    news = rf"(?:{names}|{made})消息(?=[\s　（(：:，,])"
    boxed = r"【[^】，。]{2,12}(?:讯|电|消息)】"
    dateline = rf"(?:{boxed}|[（(【\[]?{told}(?:{wire}|{local}|{plain}|{news})\s*[）)】\]]?){_SEPARATORS}(?:(?:{_REPORTERS}){_SEPARATORS})*"
    known = rf"(?:{names})(?:[\u4e00-\u9fff·]{{2,6}}?)??(?:{_DAY})?(?:电|讯|消息){_NO_WORD}"
    signed = rf"(?:{names})?\s*(?:{_REPORTERS})"
    return _Rules(
        kinds=kinds,
        sure=frozenset(fields["sure"]),
        before_fields=frozenset({"", *navigation["words"]})
        | frozenset(f"{word}】" for word in navigation["words"]),
        label=re.compile(
            rf"(?<![\w“《])(?P<label>{labels})\s*[:：|｜丨]|(?<=[（(【\[])(?P<spaced>{sure})\s", re.IGNORECASE
        ),
        navigation=re.compile(
            rf"[{re.escape(_OPEN)}]?(?:{_any(navigation['words'])})[{re.escape(_CLOSE)}]?[:：>》]*"
        ),
        prefixes=re.compile(
            rf"[{re.escape(_OPEN)}]?(?:{_any(navigation['prefixes'])})(?:[\s:：>|｜{re.escape(_CLOSE)}©]|$)",
            re.IGNORECASE,
        ),
        tails=re.compile(
            rf"[{re.escape(_OPEN)}]?(?:{_any(navigation['tails'])})(?:[\s:：>|｜{re.escape(_CLOSE)}]|$)"
        ),
        disclaimers=re.compile(
            rf"[{re.escape(_OPEN)}]?\s*(?:[\u4e00-\u9fff]{{2,6}}[网报])?(?:{_any(disclaimers['heads'])})[:：\s{re.escape(_CLOSE)}]"
        ),
        phrases=re.compile("|".join(disclaimers["phrases"])),
        adverts=re.compile("|".join(disclaimers["adverts"])),
        dateline=re.compile(rf"{dateline}|(?:{signed}){_SEPARATORS}"),
        glued=re.compile(
            rf"(?<=.{{6}})(?:{known}\s*{_SEPARATORS}(?:(?:{_REPORTERS}){_SEPARATORS})*|{signed}{_SEPARATORS})"
        ),
        agency=re.compile(rf"{names}|{made}"),
        header=re.compile(
            rf"(?:(?:{sure})\s*[:：]\s*(?:{_DATE.pattern}{_CLOCK}|[^\s，。；：:]{{1,20}})[\s　]+)+"
        ),
        credit=re.compile(
            rf"\s*(?:我要评论|[（(](?:本报|本刊|本网)?(?:特约|见习|实习)?(?:记者|通讯员)[：:\s][^（）()。]{{0,40}}[）)]|[（(【\[](?:本文|文章)?(?:{sure})\s*[:：][^（）()。]{{0,40}}[）)】\]]|\s(?:责编|责任编辑|编辑|文章来源)\s*[:：]\s*\S{{1,12}}|{_CREDIT.pattern[:-1]})\s*$"
        ),
    )


def _kinds(fields: dict[str, Any]) -> Iterator[str]:
    return (kind for kind in fields if kind != "sure")


def _any(words: Any) -> str:  # noqa: ANN401 - an iterable of words out of a TOML file
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
