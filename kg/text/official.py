"""Official documents (公文): who issued one, under which number, to whom, and which of its lines are its form and no news.

Their layout is a standard (GB/T 9704): a red head (江城市人民政府文件), a number (江政发〔2024〕5号), a title (关于……的通知), whom it is
addressed to, the text, the attachments, the issuer and the day, whom a copy goes to and who printed it when. A text is one only
where a line is nothing but a number and a title is there too. Sites of governments put a table above (索引号, 主题分类, 发文字号),
and the number below the title.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.base.late import late
from kg.base.model import Span
from kg.text.formats.extract import Extract, Parts
from kg.text.header_table import fields_of_lines
from kg.text.metadata import read_date

__all__ = ["Official", "official_of", "with_official"]

_HEAD: Final = 24  # lines in which a document says what it is
_TAIL: Final = 12  # lines in which it says whose it is
_TITLE_LINES: Final = 3  # that a long title takes
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
_PRINTED: Final = late(
    r"(?P<printer>[\u4e00-\u9fff]{4,30})[\s\u3000]*(?P<day>(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*印发"
)
_COPIES: Final = late(r"(?:抄送|分送|抄报|主题词)[:：].*")
_PUBLIC: Final = late(r"[（(](?:此件(?:主动公开|公开发布|依申请公开|不予公开)|公开方式[:：].{2,8})[）)]")
_MANY: Final = r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_ATTACHED: Final = late(
    rf"附[\s\u3000]*件[\s\u3000]*(?:{_MANY})?[:：][\s\u3000]*(?:1[.．、](?!\d)[\s\u3000]*)?(?P<name>[^。；\n]{{2,80}})?"
)
_NEXT: Final = late(
    rf"(?:\d{{1,2}}[.．、](?!\d)|附件[\s\u3000]*(?:{_MANY})[:：.．、])[\s\u3000]*(?P<name>[^。；\n]{{2,80}})"
)
_BESIDE: Final = late(r"[\s\u3000]+\d{1,2}[.．、](?!\d)[\s\u3000]*")
_ANNEX: Final = late(rf"附[\s\u3000]*件[\s\u3000]*(?:{_MANY})?")
"""The line above what is attached, where it is attached in the same text."""


@dataclass(frozen=True, slots=True)
class Official:
    """What an official document says of itself."""

    number: str  # 文号
    title: Span  # the line of its title, or the first of several
    name: str  # the whole of it
    whole: Span  # where it stands, from its first line to its last
    issuer: str = ""  # 发文机关
    addressee: str = ""  # 主送机关
    day: str = ""  # 成文日期, as it is written but for blanks
    signed: Span | None = None  # where it stands
    formal: tuple[
        tuple[str, str], ...
    ] = ()  # what else its form says: names of properties of the graph, and values
    form: tuple[Span, ...] = ()  # the lines that are its form


@dataclass(frozen=True, slots=True)
class _Tail:
    """What stands below the text of a document."""

    form: tuple[Span, ...]
    signer: str
    signed: Span | None
    formal: tuple[tuple[str, str], ...]


def official_of(text: str, listed: str = "") -> Official | None:
    """Return what a text says of itself if it is an official document, else None.

    ``listed``: the number that the page around it gave it, if any.
    """
    lines = [_trimmed(text, Span(*match.span())) for match in _LINE.finditer(text)]
    lines = [line for line in lines if line.start < line.end]
    head = [line.of(text) for line in lines[:_HEAD]]
    table = fields_of_lines(head)
    found = _number_and_title(head, table.end, table.number or listed)
    if found is None:
        return None
    number, titled, below, behind = found
    red = next((hit for words in head[table.end : titled] if (hit := _RED.fullmatch(words))), None)
    to = behind if behind < len(lines) and _ADDRESSEE.fullmatch(lines[behind].of(text)) else None
    tail = _tail(text, lines, behind)
    form = [*lines[:titled], *lines[below:behind], *([lines[to]] if to is not None else ()), *tail.form]
    return Official(
        number,
        lines[titled],
        _squeezed("".join(head[titled:below])),
        Span(lines[titled].start, lines[below - 1].end),
        _squeezed(red["issuer"]) if red else tail.signer or table.issuer,
        _squeezed(lines[to].of(text)).rstrip("：:") if to is not None else "",
        _squeezed(tail.signed.of(text)) if tail.signed else "",
        tail.signed,
        (*table.formal, *tail.formal),
        tuple(sorted(form, key=lambda span: span.start)),
    )


def _number_and_title(head: Sequence[str], first: int, listed: str) -> tuple[str, int, int, int] | None:
    """Return the number, the lines of the title (first, behind the last), and the first line behind number and title.

    Args:
        head: the lines in which a document says what it is.
        first: the first of them that is no row of a table above it.
        listed: the number in that table.
    """
    at = next((line for line in range(first, len(head)) if _NUMBER_LINE.fullmatch(head[line])), None)
    if at is None:
        ends = _titled(head, range(first, first + 2)) if _NUMBER.fullmatch(listed) else None
        return (_squeezed(listed), *ends, ends[1]) if ends else None
    hit = _NUMBER_LINE.fullmatch(head[at])
    number = _squeezed(hit["number"]) if hit else ""
    above = _titled(head[:at], range(max(first, at - _TITLE_LINES), at))
    if above and above[1] == at:  # a site writes the number below the title
        return number, *above, at + 1
    ends = _titled(head, range(at + 1, len(head)))
    return (number, *ends, ends[1]) if ends else None


def _titled(head: Sequence[str], starts: Iterable[int]) -> tuple[int, int] | None:
    """Return the lines that are a title, of which a long one takes several."""
    for start in starts:
        for end in range(start + 1, min(start + _TITLE_LINES, len(head)) + 1):
            if _TITLE.fullmatch("".join(head[start:end])):
                return start, end
    return None


def _tail(text: str, lines: Sequence[Span], first: int) -> _Tail:
    """Return the lines of the end that are form, who signs on which day, what is attached, who printed it when."""
    form, signer, signed = list[Span](), "", None
    formal = list[tuple[str, str]]()
    end = next((at for at in range(first, len(lines)) if _ANNEX.fullmatch(lines[at].of(text))), len(lines))
    last = range(max(end, len(lines) - _TAIL), len(lines))  # it may be printed below what is attached
    for number in (*range(max(first, end - _TAIL), end), *last):
        words = lines[number].of(text)
        if _COPIES.fullmatch(words) or _PUBLIC.fullmatch(words):
            form.append(lines[number])
        elif printed := _PRINTED.fullmatch(words):
            form.append(lines[number])
            formal += _printing(printed["printer"], printed["day"])
        elif not signed and number < end and _DAY.fullmatch(words) and read_date(_squeezed(words)):
            signed = lines[number]
            form.append(lines[number])
            before = lines[number - 1].of(text)
            if number - 1 >= first and _SIGNER.fullmatch(before):
                signer = _squeezed(before)
                form.append(lines[number - 1])
    attached = _attached(text, lines[max(first, end - 3 * _TAIL) : end])
    formal += [("attachment", name) for _, names in attached for name in names]
    return _Tail((*form, *(line for line, _ in attached)), signer, signed, tuple(formal))


def _printing(printer: str, words: str) -> list[tuple[str, str]]:
    """Return who printed a document, and when."""
    day = read_date(_squeezed(words))
    return [("printedBy", printer), *([("printedOn", day.isoformat())] if day else [])]


def _attached(text: str, lines: Sequence[Span]) -> list[tuple[Span, list[str]]]:
    """Return the lines that name what is attached, each with the names: 附件：1. 任务分工 and below it 2. 管理办法."""
    found: list[tuple[Span, list[str]]] = []
    for line in lines:
        hit = (_NEXT if found else _ATTACHED).fullmatch(line.of(text))
        if hit:
            found.append((line, _names(hit["name"] or "")))
        elif found:
            break
    return found if any(names for _, names in found) else []


def _names(words: str) -> list[str]:
    """Return the names in a line that may hold several, numbered: 任务分工　2. 管理办法."""
    return [name for each in _BESIDE.split(words) if (name := _squeezed(each))]


def with_official(found: Extract) -> Extract:
    """Return what a reader found in a source with what the text says of itself as an official document, if it is one.

    The lines of its form state nothing; its title is the line that is one; who issued it published it. A number that only the page
    around it gives is its number.
    """
    listed = _squeezed(found.number) if _NUMBER.fullmatch(found.number) else ""
    official = official_of(found.text, listed) if found.parts is None else None
    if official is None:
        return replace(found, number=listed)
    form = set(official.form)
    spans = [_trimmed(found.text, Span(*match.span())) for match in _LINE.finditer(found.text)]
    kept = tuple(span for span in spans if span.start < span.end and span not in form)
    own = {name for name, _ in official.formal}
    day = read_date(official.day)
    return replace(
        found,
        parts=Parts(kept, official.title, (("published", day.isoformat()),) if day else ()),
        title=official.name,
        published=day or found.published,
        publisher=official.issuer or found.publisher,
        number=official.number,
        addressee=official.addressee,
        formal=(*official.formal, *(each for each in found.formal if each[0] not in own)),
    )


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _squeezed(words: str) -> str:
    return "".join(words.split())
