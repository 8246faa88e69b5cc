"""Official documents (公文): who issued one, under which number, to whom, and which of its lines are its form and no news.

Their layout is a standard (GB/T 9704): a red head (江城市人民政府文件), a number (江政发〔2024〕5号), a title (关于……的通知), whom it is
addressed to, the text, the issuer and the day, whom a copy goes to and who printed it. A text is one only where a line is
nothing but a number and a title is there too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.base.late import late
from kg.base.model import Span
from kg.text.formats.extract import Extract, Parts
from kg.text.metadata import read_date

__all__ = ["Official", "official_of", "with_official"]

_HEAD: Final = 16  # lines in which a document says what it is
_TAIL: Final = 12  # lines in which it says whose it is
_LINE: Final = late(r"[^\n]+")
_NUMBER: Final = late(
    r"[\u4e00-\u9fff]{1,14}?[〔\[［【（(](?:19|20)\d\d[〕\]］】）)]\s*(?:第\s*)?\d{1,5}\s*号(?=\s|$)"
)
_NUMBER_LINE: Final = late(rf"(?P<number>{_NUMBER.pattern})(?:[\s\u3000]*签发人[:：].{{1,20}})?")
_RED: Final = late(r"(?P<issuer>[\u4e00-\u9fff（）()、\s\u3000]{4,60}?)(?:文件|公报|公告|令)")
_TITLE: Final = late(
    r".{0,60}?关于.{2,120}的(?:通知|通报|意见|决定|决议|批复|复函|函|通告|公告|公报|办法|规定|报告|请示|方案|议案|命令)(?:[（(].{1,12}[)）])?"
)
_BODY: Final = r"[\u4e00-\u9fff（）()]{2,40}"
_ADDRESSEE: Final = late(rf"{_BODY}(?:[、，,]{_BODY}){{0,40}}[：:]")
_SIGNER: Final = late(r"[\u4e00-\u9fff（）()\s\u3000]{4,60}")
_DAY: Final = late(
    r"[\s\u3000]*(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[一二][〇○OoＯ零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)[\s\u3000]*"
)
_PRINTED: Final = late(r"(?P<printer>[\u4e00-\u9fff]{4,30})[\s\u3000]*(?:19|20)\d\d年\d{1,2}月\d{1,2}日印发")
_COPIES: Final = late(r"(?:抄送|分送|抄报|主题词)[:：].*")
_PUBLIC: Final = late(r"[（(](?:此件(?:主动公开|公开发布|依申请公开|不予公开)|公开方式[:：].{2,8})[）)]")


@dataclass(frozen=True, slots=True)
class Official:
    """What an official document says of itself."""

    number: str  # 文号
    title: Span
    issuer: str = ""  # 发文机关
    addressee: str = ""  # 主送机关
    day: str = ""  # 成文日期, as it is written
    form: tuple[Span, ...] = ()  # the lines that are its form


def official_of(text: str) -> Official | None:
    """Return what a text says of itself if it is an official document, else None."""
    lines = [_trimmed(text, Span(*match.span())) for match in _LINE.finditer(text)]
    lines = [line for line in lines if line.start < line.end]
    head = [line.of(text) for line in lines[:_HEAD]]
    at = next((number for number, words in enumerate(head) if _NUMBER_LINE.fullmatch(words)), None)
    if at is None:
        return None
    titled = next((each for each in range(at + 1, len(head)) if _TITLE.fullmatch(head[each])), None)
    if titled is None:
        return None
    number = _NUMBER_LINE.fullmatch(head[at])
    red = next((found for words in head[:at] if (found := _RED.fullmatch(words))), None)
    to = titled + 1 if titled + 1 < len(lines) and _ADDRESSEE.fullmatch(lines[titled + 1].of(text)) else None
    form = [*lines[:titled], *([lines[to]] if to is not None else ())]
    signed, signer, day = _signature(text, lines, titled + 1)
    issuer = _squeezed(red["issuer"]) if red else signer
    return Official(
        _squeezed(number["number"]) if number else "",
        lines[titled],
        issuer,
        _squeezed(lines[to].of(text)).rstrip("：:") if to is not None else "",
        day,
        tuple(sorted((*form, *signed), key=lambda span: span.start)),
    )


def _signature(text: str, lines: Sequence[Span], first: int) -> tuple[list[Span], str, str]:
    """Return the lines of the end that are form, the issuer who signs, and the day below."""
    form, signer, day = list[Span](), "", ""
    for number in range(max(first, len(lines) - _TAIL), len(lines)):
        words = lines[number].of(text)
        if _PRINTED.fullmatch(words) or _COPIES.fullmatch(words) or _PUBLIC.fullmatch(words):
            form.append(lines[number])
        elif not day and _DAY.fullmatch(words) and read_date(_squeezed(words)):
            day = _squeezed(words)
            form.append(lines[number])
            before = lines[number - 1].of(text)
            if number - 1 >= first and _SIGNER.fullmatch(before):
                signer = _squeezed(before)
                form.append(lines[number - 1])
    return form, signer, day


def with_official(found: Extract) -> Extract:
    """Return what a reader found in a source with what the text says of itself as an official document, if it is one.

    The lines of its form state nothing; its title is the line that is one; who issued it published it.
    """
    official = official_of(found.text) if found.parts is None else None
    if official is None:
        return found
    form = set(official.form)
    spans = [_trimmed(found.text, Span(*match.span())) for match in _LINE.finditer(found.text)]
    kept = tuple(span for span in spans if span.start < span.end and span not in form)
    return replace(
        found,
        parts=Parts(kept, official.title),
        title=_squeezed(official.title.of(found.text)),
        published=read_date(official.day) or found.published,
        publisher=official.issuer or found.publisher,
        number=official.number,
        addressee=official.addressee,
    )


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _squeezed(words: str) -> str:
    return "".join(words.split())
