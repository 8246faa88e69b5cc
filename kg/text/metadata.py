"""What header, dateline and footer say of an article: when it was published, by whom, who wrote it, where it stands.

A field is ``label: value`` (发布时间, 来源, 作者); a dateline signs a report at its start (新华社北京1月1日电). What a field says
goes before what a dateline says, and of two that say the same kind of thing the first one counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.wordlist import either, read_words

_LISTS: Final = "language/boilerplate.toml"
LONG: Final = 60  # code points; a line as long as this is no header field
OPEN: Final = "（(【["
CLOSE: Final = "）)】]"
PROSE: Final = late(r"[。！？；]")
_YEAR: Final = r"(?:19|20)\d\d"
CLOCK: Final = r"(?:[ \u3000T]*\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?)?"
DATE: Final = late(rf"(?<!\d)({_YEAR})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})(?!\d)日?")
_CHINESE_DATE: Final = late(
    r"([一二][〇○OoＯ零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
TIMESTAMP: Final = late(
    rf"[（(\[【]?\s*(?:{DATE.pattern}|{_CHINESE_DATE.pattern}){CLOCK}\s*(?:星期.|周.)?\s*[）)\]】]?"
)
_STAMP_BEFORE: Final = late(rf"[（(\[【\s]*{DATE.pattern}{CLOCK}[）)\]】]?")
_STAMP_BEHIND: Final = late(rf"[\s　|｜丨（(\[]+{DATE.pattern}{CLOCK}[）)\]]?\s*$")
_SIGNING: Final = frozenset({"publisher", "author"})  # behind their value the date may stand without a label
_DIGITS: Final = str.maketrans("〇○OoＯ零一二三四五六七八九", "000000123456789")
_QUOTE: Final = late(
    r"[（(]-?\d+\.\d+,\s*-?\d+\.\d+,\s*-?\d+\.\d+%[）)]"
)  # a share price that a site writes behind a name
_URL_DATE: Final = late(rf"/({_YEAR})[-/]?(0[1-9]|1[0-2])[-/]?([0-3]\d)(?=\D)")
URL: Final = late(r"(?:https?://|www\.)[^\s，。；、）)】》\"'<>]+", re.IGNORECASE)
_FIELD: Final = late(r"[:：|｜丨（(【\[]")  # cheap signs of a field, looked for first
_NAMES_OF_REPORTERS: Final = late(
    r"记者[\s　]*((?:[\u4e00-\u9fff]{2,4}[、\s　]*)+?)(?=[）)\s　]*$|[\s　]*(?:通讯员|实习|报道|摄))"
)
_NAME: Final = late(r"[\u4e00-\u9fff]{2,4}")
_PAPER: Final = late("《([^《》]+)》")
_DAY: Final = r"(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
_SEPARATORS: Final = r"[\s　：:，,]*"


@dataclass(slots=True)
class Said:
    """What a text has said of itself so far: the first value of each kind."""

    values: dict[str, str] = field(default_factory=dict)

    def say(self, kind: str, value: str) -> None:
        """Keep the first value of a kind."""
        value = _QUOTE.sub("", value).strip(" \t\u3000,，;；|-—")
        if kind == "publisher" and (paper := _PAPER.match(value)):
            value = paper[1]
        if value and kind not in self.values:
            self.values[kind] = value

    def say_fields(self, words: str) -> bool:
        """Keep the fields of a line that is made of them, and say whether it is."""
        fields = fields_of(words, near_edge=True)
        for kind, value in fields:
            self.say(kind, value)
        return bool(fields)

    def sign(self, dateline: str) -> None:
        """Keep the agency, the reporters and the date that a dateline names."""
        if stamp := DATE.search(dateline):
            self.say("stamp", stamp[0])
        agency = signatures().agency.match(dateline.lstrip(OPEN + " \u3000"))
        if agency and agency[0][0] != "本":
            self.say("agency", agency[0])
        if reporters := _NAMES_OF_REPORTERS.search(dateline):
            self.say("reporters", "、".join(_NAME.findall(reporters[1])))

    @property
    def published(self) -> date | None:
        """The date of publication: a field's, else that of a line that is but a date, else the one in the address."""
        found = _URL_DATE.search(self.url)
        address = "-".join(found.groups()) if found else ""
        said = (self.values.get("published", ""), self.values.get("stamp", ""), address)
        return next((day for words in said if (day := read_date(words))), None)

    @property
    def publisher(self) -> str:
        """Who published it: a field's value, else the agency that signs."""
        return self.values.get("publisher") or self.values.get("agency", "")

    @property
    def author(self) -> str:
        """Who wrote it: a field's value, else the reporters that sign."""
        return self.values.get("author") or self.values.get("reporters", "")

    @property
    def url(self) -> str:
        """Where it stands."""
        return self.values.get("url", "")


def read_date(words: str) -> date | None:
    """Return the first full calendar date in ``words`` (2022-06-22, 2022年6月22日, 二〇二二年六月二十二日), or None."""
    if found := DATE.search(words):
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


def _small_number(words: str) -> int:
    tens, ten, ones = words.rpartition("十")
    digit = "一二三四五六七八九".find
    return (10 * (digit(tens) + 1 if tens else 1) if ten else 0) + (digit(ones) + 1 if ones else 0)


# Fields


def fields_of(words: str, *, near_edge: bool) -> list[tuple[str, str]]:
    """Return the (kind, value) pairs of a line that is made of header fields and nothing else, else nothing.

    Args:
        words: the line.
        near_edge: it stands near the top or the end of the text, where labels of everyday words (时间, 图) count too.
    """
    if not _FIELD.search(words):
        return []
    labels = _labels()
    found = list(labels.pattern.finditer(words))
    if not found:
        return []
    stamp = _STAMP_BEFORE.match(words, 0, found[0].start())
    lead = words[stamp.end() if stamp else 0 : found[0].start()]
    if lead.strip(OPEN + " \u3000|｜丨/-—>・·") not in labels.before:
        return []
    fields = [("stamp", stamp[0])] if stamp else []
    for this, following in zip(found, [*found[1:], None], strict=True):
        value = _value(words[this.end() : following.start() if following else len(words)])
        label = this["label"]
        kind = labels.kinds[label]
        behind = _STAMP_BEHIND.search(value) if kind in _SIGNING else None
        if behind:
            value = value[: behind.start()]
        if not _is_value(kind, value) or not (near_edge or label in labels.sure):
            return []
        fields.append((kind, value))
        if behind:
            fields.append(("stamp", behind[0]))
    return fields


def _value(words: str) -> str:
    """Return the value in what follows a label, without the bracket that closes the field."""
    value = _QUOTE.sub("", words).strip(" \u3000|")
    if value and value[-1] in CLOSE and not any(mark in value for mark in OPEN):
        return value[:-1].rstrip()
    return value


def _is_value(kind: str, value: str) -> bool:
    """Say whether these words can be the value of such a field."""
    if kind == "url":
        return not value or bool(URL.match(value))
    if kind == "published":
        return not value or bool(DATE.match(value) and len(value) <= LONG // 2)
    if kind == "title":
        return "。" not in value
    return len(value) <= LONG // 2 and not PROSE.search(value) and value.count("，") <= 1


@dataclass(frozen=True)
class _Labels:
    """The labels of header fields."""

    kinds: dict[str, str]
    sure: frozenset[str]  # counts anywhere in a text
    before: frozenset[str]  # what may stand before the first field of a line
    pattern: re.Pattern[str]


def sure_labels() -> str:
    """Return the source of a pattern for any label that counts anywhere in a text."""
    return read_words(_LISTS).table("fields").either("sure")


@cache
def _labels() -> _Labels:
    lists = read_words(_LISTS)
    fields = lists.table("fields").groups()
    kinds = {label: kind for kind, labels in fields.items() if kind != "sure" for label in labels}
    navigation = lists.table("navigation").words("words")
    return _Labels(
        kinds,
        frozenset(fields["sure"]),
        frozenset({"", *navigation, *(f"{word}】" for word in navigation)}),
        late(
            rf"(?<![\w“《])(?P<label>{either(kinds)})\s*[:：|｜丨]|(?<=[（(【\[])(?P<spaced>{sure_labels()})\s",
            re.IGNORECASE,
        ),
    )


# Datelines


@dataclass(frozen=True)
class _Signatures:
    """How a report is signed at its start."""

    dateline: re.Pattern[str]
    glued: re.Pattern[str]  # behind a title in one line
    agency: re.Pattern[str]


@cache
def signatures() -> _Signatures:
    """Return the patterns of datelines: agencies, papers and sites, places, days, reporters."""
    media = read_words(_LISTS).table("media")
    names = media.either("names")
    made = rf"[\u4e00-\u9fffA-Za-z0-9]{{1,8}}(?:{media.either('endings')})"
    no_word = rf"(?![{''.join(sorted(media.characters('no_report_before')))}])"
    reporters = (
        rf"[（(][^（）()。]{{0,12}}?(?:{media.either('signers')})[^（）()。]{{0,40}}[）)]"
        r"|[□■◎●]?\s*(?:本报|本刊|本网|每经|[\u4e00-\u9fff]{2,6}[报网社])?(?:见习|实习|特约|特派)?记者(?:[\s　]+[\u4e00-\u9fff]{2,4})+[\s　]+(?:报道|发自\S{2,4}(?=\s))?"
    )
    place = r"(?:[\u4e00-\u9fff·]{2,12}?)??"
    told = r"(?!.{0,2}据|从|对|通过)"  # 据新华社消息 is said of a fact, not of the article
    wire = rf"(?:{names}|{made}){place}{_DAY}(?:电|讯|消息)"
    local = rf"[\u4e00-\u9fff]{{2,12}}?{_DAY}电"
    plain = rf"(?:(?:{names}){place}(?:讯|电)|{made}讯){no_word}"
    news = rf"(?:{names}|{made})消息(?=[\s　（(：:，,])"
    boxed = r"【[^】，。]{2,12}(?:讯|电|消息)】"
    dateline = rf"(?:{boxed}|[（(【\[]?{told}(?:{wire}|{local}|{plain}|{news})\s*[）)】\]]?){_SEPARATORS}(?:(?:{reporters}){_SEPARATORS})*"
    known = rf"(?:{names})(?:[\u4e00-\u9fff·]{{2,6}}?)??(?:{_DAY})?(?:电|讯|消息){no_word}"
    signed = rf"(?:{names})?\s*(?:{reporters})"
    return _Signatures(
        late(rf"{dateline}|(?:{signed}){_SEPARATORS}"),
        late(
            rf"(?<=.{{6}})(?:{known}\s*{_SEPARATORS}(?:(?:{reporters}){_SEPARATORS})*|{signed}{_SEPARATORS})"
        ),
        late(rf"{names}|{made}"),
    )
