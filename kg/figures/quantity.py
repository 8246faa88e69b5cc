"""A sentence's text -> ``Quantity*``: numbers with their unit, modifier and bounds; not yet which of them are figures.

The grammar of a quantity: modifier? sign? number scale? (余|多)? unit (/unit)? modifier?, with the special forms
percent (12.5%, 百分之十二点五, 三成), fraction (三分之一), half (半年, 四个半小时), range (3-5亿元, 三五个) and score (97比81).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final, Literal

from kg.base.model import Modifier
from kg.base.wordlist import WordTable, longest_first, read_words
from kg.figures.numeral import NUMBER, Number, plain, read_number

__all__ = ["Form", "Quantity", "find_quantities", "has_number"]

Form = Literal["number", "percent", "fraction", "half", "range", "score"]

_HINT: Final = re.compile(r"[0-9０-９一二三四五六七八九十百千万亿两半几数壹贰叁肆伍陆柒捌玖拾]")
_SHORT: Final = r"[〇零一二三四五六七八九十百两]+"
_CORE: Final = re.compile(
    rf"(?P<per>百分之|千分之|万分之)(?P<share>{NUMBER})"
    rf"|(?P<parts>{_SHORT}|[0-9]+)分之(?P<part>{_SHORT}|[0-9]+)"
    r"|(?<=[的约近占超])(?P<over>[0-9]{1,2})/(?P<under>[0-9]{1,3})(?![0-9/])"
    r"|(?P<near>[一二两三四五六七八])(?P<next>[二三四五六七八九])(?=[十百千万亿]|[^〇零一二三四五六七八九十百千万亿点分月日])"
    rf"|(?P<number>{NUMBER})"
    r"|(?P<half>(?<![一大多过夜上下])(?<![前后](?=半年|半个月))半(?=年(?![报度级])|个胜场|个月|个多月|个小时|小时|个世纪|世纪))"
)
_BEFORE: Final = re.compile(
    r"(?:第|初|周|星期|礼拜|编号|电话|[A-Za-z][-—]?|(?:股票|证券)?代码[:：]?|唯|同|统|专)$"
)
_MODEL: Final = re.compile(r"[^0-9]*(?![为是达])[\u4e00-\u9fff][-—]")  # 苏-30, but not 5元-8元
_SIGN: Final = re.compile(r"(?:(?<![0-9A-Za-z\u4e00-\u9fff)）%])|(?<=[为是达]))[-−–]$|负$|零下$")
_JOIN: Final = re.compile(r"\s?(?:[-—–~～]+|至|到)\s?")
_SCORE: Final = re.compile(
    r"(?<![0-9.\-年月])([0-9]{1,3})(?:比|[-—:：])([0-9]{1,3})(?![0-9.\-%年月日:：]|[万亿])"
)
_GAME: Final = re.compile("[胜负赛]|比分|击败|不敌|战平")
_SIGNED: Final = re.compile(r"\s?([%‰])")
_TENTHS: Final = re.compile(r"成(?![为立员果功就本长熟品绩交年分人效都因])")
_VAGUE_TAIL: Final = re.compile(r"\s?[余多来几](?!个百分)")
_AND_HALF: Final = re.compile(r"半(?![数径导成决天年])")
_HALF_OF: Final = re.compile("月|小时|星期|世纪")
_VAGUE_END: Final = re.compile("[余多](?![个名次样种方元])")  # 三年多
_MODIFIERS: Final[tuple[Modifier, ...]] = ("about", "over", "under")
_HALVED: Final = frozenset(("年", "个", "天", "倍", "周", "岁", "成", "点"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what stands around it. Offsets are code points of the text it was found in, end exclusive."""

    start: int  # of the first modifier or sign
    number_start: int
    number_end: int  # after number and scale
    end: int  # after the last modifier
    value: Decimal
    unit: str | None  # None: none was found
    modifier: Modifier = ""
    form: Form = "number"
    scale: str = ""  # 万, 亿 ... as written after Arabic digits
    spoken: bool = False  # in Chinese characters
    unit_word: str = ""  # the unit as written


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of ``data/language/units.toml``, compiled."""

    unit: re.Pattern[str]
    names: dict[str, str]
    blocked: re.Pattern[str]
    slogan: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    modifiers: dict[str, Modifier]
    per: re.Pattern[str]


def _either(words: Iterable[str]) -> str:
    """Return a pattern for any of ``words``, the longest first; a Latin word must end there."""
    return "|".join(
        re.escape(word) + ("(?![A-Za-z])" if word[-1].isascii() else "") for word in longest_first(words)
    )


def _all(table: WordTable) -> list[str]:
    """Return the words of every list of a table."""
    return [word for words in table.groups().values() for word in words]


@cache
def _words() -> _Words:
    table = read_words("language/units.toml").only(
        "money", "spelling", "measure", "classifier", "slogan", "not", "modifier"
    )
    names = table.table("money").pairs() | table.table("spelling").pairs()
    units = [*names]
    for part in ("measure", "classifier"):
        units += _all(table.table(part))
    sides: dict[str, list[str]] = {"before": [], "after": []}
    modifiers: dict[str, Modifier] = {}
    bends = table.table("modifier").only(*(f"{name}_{side}" for name in _MODIFIERS for side in sides))
    for name in _MODIFIERS:
        for side in sides:
            own = bends.words(f"{name}_{side}")
            sides[side] += own
            modifiers |= dict.fromkeys(own, name)
    unit = _either(units)
    return _Words(
        re.compile(rf"\s?({unit})"),
        names,
        re.compile(_either(_all(table.table("not")))),
        re.compile(rf"大(?:{_either(table.table('slogan').words('heads'))})"),
        re.compile(rf"({_either(sides['before'])})\s?$"),  # searched, so the longest word at the end wins
        re.compile(rf"\s?({_either(sides['after'])})(?!(?<=内)[销部容地外蒙资陆需])"),
        modifiers,
        re.compile(rf"\s?[/／]\s?(?:{unit})"),
    )


def has_number(text: str) -> bool:
    """Say whether ``text`` can hold a quantity at all; cheap."""
    return _HINT.search(text) is not None


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities in ``text``, in order; ordinals and parts of longer numbers are left out."""
    text = plain(text)
    scores = {match.start(): match for match in _SCORE.finditer(text)} if _GAME.search(text) else {}
    found: list[Quantity] = []
    done = 0
    for match in _CORE.finditer(text):
        if match.start() < done:
            continue
        score = scores.get(match.start())
        more = list(_scores(score) if score else _read(text, match))
        found += more
        done = max([done, *(q.end for q in more)])
    return _join_ranges(text, found)


def _scores(match: re.Match[str]) -> Iterator[Quantity]:
    """Yield the two sides of a score: 97比81."""
    for group in (1, 2):
        start, end = match.span(group)
        yield Quantity(start, start, end, end, Decimal(match[group]), "", form="score")


def _read(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    """Yield the quantity at ``match``; two for 三五个."""
    start, end = match.span()
    if _BEFORE.search(text, max(0, start - 6), start) or _MODEL.fullmatch(text, max(0, start - 9), start):
        return
    if match["near"]:
        yield from _near(text, match)
        return
    found = _bare(match, start, end)
    if found is None:
        return
    number, quantity = found
    whole = _dress(text, quantity, vague=number.vague)
    if whole:
        yield whole


def _bare(match: re.Match[str], start: int, end: int) -> tuple[Number, Quantity] | None:
    """Return the number at ``match`` and the quantity it makes without its neighbours."""
    if match["half"]:
        half = Number(Decimal("0.5"))
        return half, Quantity(start, start, end, end, half.value, None, form="half", spoken=True)
    if match["per"]:
        number = read_number(match["share"])
        if number is None:
            return None
        unit = {"百": "%", "千": "‰", "万": "‱"}[match["per"][0]]
        return (number, Quantity(start, start, end, end, number.value, unit, form="percent"))
    if match["parts"] or match["over"]:
        parts = read_number(match["parts"] or match["under"])
        part = read_number(match["part"] or match["over"])
        if not parts or not part or not parts.value:
            return None
        value = (part.value / parts.value).quantize(Decimal("0.0001")).normalize()
        return part, Quantity(start, start, end, end, value, "", form="fraction")
    written = match["number"]
    number = read_number(written)
    if number is None:
        return None
    spoken = not written[0].isascii()
    scale = "" if spoken else re.sub(r"^[0-9.,，\s]+", "", written)
    return number, Quantity(start, start, end, end, number.value, None, scale=scale, spoken=spoken)


def _near(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    """Yield both numbers of 三五个, 四五十岁: neighbours said together are a range."""
    first, second = read_number(match["near"]), read_number(match["next"])
    start, end = match.span()
    scale = re.compile("[十百千万亿]*").match(text, end)
    if not first or not second or not scale or not 0 < second.value - first.value <= 2:
        return
    factor = read_number("一" + scale[0]) if scale[0] else Number(Decimal(1))
    if factor is None:
        return
    bare = Quantity(start, start, scale.end(), scale.end(), Decimal(0), None, form="range", spoken=True)
    for value in (first.value, second.value):
        whole = _dress(text, replace(bare, value=value * factor.value))
        if whole and whole.unit:
            yield whole


def _dress(text: str, bare: Quantity, *, vague: bool = False) -> Quantity | None:
    """Add unit, sign and modifiers; None where the words after the number make it no quantity."""
    at = bare.number_end
    post: Modifier = "over" if vague else ""
    quantity = bare
    if bare.unit is None:
        dressed = _unit(text, bare)
        if dressed is None:
            return None
        quantity, at, more = dressed
        post = more or post
    return _modify(text, quantity, at, post)


def _unit(text: str, bare: Quantity) -> tuple[Quantity, int, Modifier] | None:
    """Return the quantity with its unit, where the unit ends, and the modifier that stood inside; None: no quantity."""
    words = _words()
    at = bare.number_end
    if share := _SIGNED.match(text, at):
        return replace(bare, unit=share[1], unit_word=share[1], form="percent"), share.end(), ""
    if bare.spoken and bare.value <= 10 and _TENTHS.match(text, at):
        return replace(bare, unit="%", unit_word="成", value=bare.value * 10, form="percent"), at + 1, ""
    post: Modifier = ""
    tail = _VAGUE_TAIL.match(text, at)
    if tail and words.unit.match(text, tail.end()):
        at, post = tail.end(), "about" if "来" in tail[0] else "over"
    blocked, unit = words.blocked.match(text, at), words.unit.match(text, at)
    if words.slogan.match(text, at) or (blocked and (not unit or blocked.end() > unit.end())):
        return None
    if not unit:
        return bare, at, ""
    return _with_unit(text, bare, unit, post)


def _with_unit(
    text: str, bare: Quantity, unit: re.Match[str], post: Modifier
) -> tuple[Quantity, int, Modifier]:
    """Return the quantity with ``unit`` and what follows it: 半, /吨, 人民币, 余."""
    words = _words()
    word, at, value = unit[1], unit.end(), bare.value
    name = words.names.get(word, word)
    if "多" in word:
        post = "over"
    if bare.spoken and word in _HALVED and bare.form == "number" and (half := _AND_HALF.match(text, at)):
        at, value = half.end(), value + Decimal("0.5")
        if word == "个" and (rest := _HALF_OF.match(text, at)):
            at, name = rest.end(), "个" + rest[0]
    if per := words.per.match(text, at):
        at, name = per.end(), name + re.sub(r"\s", "", per[0])
    elif name == "元" and text.startswith("人民币", at):
        at += 3
    if extra := _VAGUE_END.match(text, at):
        at, post = extra.end(), "over"
    return replace(bare, unit=name, unit_word=word, value=value), at, post


def _modify(text: str, quantity: Quantity, at: int, post: Modifier) -> Quantity:
    """Add the sign and the modifiers on both sides."""
    words = _words()
    start, value, modifier = quantity.number_start, quantity.value, post
    left = text[max(0, start - 6) : start]
    if sign := _SIGN.search(left):
        start, value = start - len(sign[0]), -value
        left = left[: sign.start()]
    if match := words.after.match(text, at):
        modifier, at = words.modifiers[match[1]], match.end()
    if match := words.before.search(left):
        modifier, start = words.modifiers[match[1]], start - len(match[0])
    return replace(quantity, start=start, end=at, value=value, modifier=modifier)


def _join_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give the first of two joined numbers the scale, unit and modifier of the second: 3-5亿元."""
    joined = list(found)
    for i in range(len(joined) - 1):
        a, b = joined[i], joined[i + 1]
        if a.unit is not None or b.number_start < a.end or not _JOIN.fullmatch(text, a.end, b.number_start):
            continue
        value = a.value
        if not a.scale and b.scale and (factor := read_number("1" + b.scale)):
            value = value * factor.value if value * factor.value <= b.value else value
        joined[i] = replace(
            a, value=value, unit=b.unit, scale=b.scale, form="range", modifier=a.modifier or b.modifier
        )
        joined[i + 1] = replace(
            b, form="range", modifier=b.modifier or (a.modifier if a.modifier == "about" else "")
        )
    return joined
