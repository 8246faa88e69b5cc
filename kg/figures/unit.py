"""A number in its sentence -> its unit, sign and modifiers: 约|20|吨/年|以上, 港币|800万|元, 四|成五, 8|块5毛."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from kg.base.late import late
from kg.base.model import Modifier
from kg.base.overlay import per_overlay
from kg.base.wordlist import WordTable, longest_first, read_words
from kg.figures import money
from kg.figures.numeral import exact, read_number

__all__ = ["Form", "Quantity", "currency_before", "dress", "section_units"]

Form = Literal["number", "percent", "fraction", "half", "range", "score"]

_SIGN: Final = late(r"(?:(?<![0-9A-Za-z\u4e00-\u9fff)）%])|(?<=[为是达至到约由从]))[-−–]$|负$|零下$")
_SIGNED: Final = late(r"\s?([%‰])")
_RANGE: Final = late(r"\s?(?:[-—–~～]+|至|到)\s?[0-9一二两三四五六七八九]")
_REACH: Final = 6  # characters before a number where its modifier may stand
_NEAR: Final = 3  # the last of them, of which a modifier ends with one: a space or two stand behind it
_SHORT_TENTHS: Final = 3  # 3成, 1.5成
_TENTHS_MORE: Final = late("[多余](?![个名次样种方元数])")
_TENTHS: Final = late(r"成(?![为立员果功就本长熟品绩交年分人效都因])")
_VAGUE_TAIL: Final = late(r"\s?[余多来几](?!个百分)")
_AND_HALF: Final = late(r"半(?![数径导成决天年])")
_HALF_OF: Final = late("月|小时|星期|世纪")
_VAGUE_END: Final = late("[余多](?![个名次样种方元])")  # 三年多
_MODIFIERS: Final[tuple[Modifier, ...]] = ("about", "over", "under")
_HALVED: Final = frozenset(("年", "个", "天", "倍", "周", "岁", "成", "点"))
_FROM: Final = late("起(?:步|拍|售|价|跳)?(?=[，。；、！）),;]|$)")  # 80元起: at least
_ROUND: Final = late("整(?![体个合改理治顿天年套])")


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
    sure: bool = False  # a number whatever the tagger says: behind a currency, in formal characters
    dropped: bool = False  # its last unit is left out: 三千二, 1万二


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of ``data/language/units.toml``, compiled."""

    unit: re.Pattern[str]
    names: dict[str, str]
    blocked: re.Pattern[str]
    slogan: re.Pattern[str]
    ends: frozenset[str]  # last characters of ``before``
    before: re.Pattern[str]
    after: re.Pattern[str]
    modifiers: dict[str, Modifier]
    per: re.Pattern[str]
    hundredths: re.Pattern[str]  # what follows 成 in 四成五; its group is empty for 半


def _either(words: Iterable[str]) -> str:
    """Return a pattern for any of ``words``, the longest first; a Latin word must end there."""
    return "|".join(
        re.escape(word) + ("(?![A-Za-z])" if word[-1].isascii() else "") for word in longest_first(words)
    )


def _all(table: WordTable) -> list[str]:
    """Return the words of every list of a table."""
    return [word for words in table.groups().values() for word in words]


@per_overlay
def _words() -> _Words:
    table = read_words("language/units.toml").only(
        "money",
        "renminbi",
        "currency_sign",
        "english_scale",
        "oral",
        "tenths",
        "per",
        "section",
        "spelling",
        "measure",
        "classifier",
        "slogan",
        "not",
        "modifier",
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
    per = table.table("per")
    return _Words(
        late(rf"\s?({unit})"),
        names,
        late(_either(_all(table.table("not")))),
        late(rf"大(?:{_either(table.table('slogan').words('heads'))})"),
        frozenset(word[-1] for word in sides["before"]),
        late(rf"({_either(sides['before'])})\s?$"),  # searched, so the longest word at the end wins
        late(rf"\s?({_either(sides['after'])})(?!(?<=内)[销部容地外蒙资陆需])"),
        modifiers,
        late(rf"\s?[/／]\s?(?:{_either([*units, *per.words('words')])})|每(?:{_either(per.words('each'))})"),
        late(
            rf"(?:([一二三四五六七八九1-9])(?![〇零一二三四五六七八九十百千万亿0-9.%])(?!{table.table('tenths').either('not_after')})"
            r"|半(?![数径导成决天年]))"
        ),
    )


@per_overlay
def section_units() -> frozenset[str]:
    """Return the units that are none behind the number of a section: 3.1|本工程."""
    return frozenset(read_words("language/units.toml").table("section").words("words"))


def currency_before(text: str, start: int) -> str | None:
    """Return the money named before the number at ``start``, over a modifier between them: 港币逾|800万."""
    left = _modifier_before(text, start)
    found = money.before_number(text, start - len(left[0]) if left else start)
    return found[1] if found else None


def dress(text: str, bare: Quantity, *, vague: bool = False) -> Quantity | None:
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


_Dressed = tuple[
    Quantity, int, Modifier
]  # with its unit, where the unit ends, the modifier that stood inside


def _unit(text: str, bare: Quantity) -> _Dressed | None:
    """Return the quantity with its unit, where the unit ends, and the modifier that stood inside; None: no quantity."""
    words = _words()
    at = bare.number_end
    if share := _SIGNED.match(text, at):
        return replace(bare, unit=share[1], unit_word=share[1], form="percent"), share.end(), ""
    if tenths := _tenths(text, bare):
        return tenths
    if total := _money(text, bare):
        return total
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


def _tenths(text: str, bare: Quantity) -> _Dressed | None:
    """Return tenths as percent: 三成, 四|成五, 一|成半, 六|成多."""
    short = bare.spoken or (not bare.scale and bare.number_end - bare.number_start <= _SHORT_TENTHS)
    match = _TENTHS.match(text, bare.number_end) if short and bare.value <= 10 else None
    if not match:
        return None
    value, at = bare.value * 10, match.end()
    if bare.form == "number" and bare.value < 10 and (rest := _hundredths(text, at)):
        digit = read_number(rest[1]) if rest[1] else None
        value, at = value + (digit.value if digit else 5), rest.end()
    post: Modifier = ""
    if more := _TENTHS_MORE.match(text, at):
        at, post = more.end(), "over"
    return replace(bare, unit="%", unit_word="成", value=value, form="percent"), at, post


def _hundredths(text: str, at: int) -> re.Match[str] | None:
    """Return the digit or 半 behind 成, where it begins no other word: 四成|五, but 四成|五家."""
    match = _words().hundredths.match(text, at)
    return match if match and not (match[1] and _words().unit.match(text, match.end())) else None


def _money(text: str, bare: Quantity) -> _Dressed | None:
    """Return a sum of money that more than one word tells: of a named currency, or as it is spoken."""
    named = currency_before(text, bare.number_start)
    sure = bare.sure or named is not None
    value, at = bare.value, bare.number_end
    scaled = None if bare.spoken or bare.scale else money.english_scale(text, at)
    after = money.after_number(text, scaled[0] if scaled else at)
    if scaled and (named or after):
        return _in_currency(text, bare, value * scaled[1], scaled[0], named, sure=True)
    if after and not _words().unit.match(text, at):
        return _in_currency(text, bare, value, at, named, sure=sure)  # 5万RMB
    if spoken := money.spoken_sum(text, bare.number_start, at, value):
        return (
            replace(bare, unit=named or money.YUAN, unit_word=money.YUAN, value=spoken.value),
            spoken.end,
            "",
        )
    tail = _VAGUE_TAIL.match(text, at)
    end = tail.end() if tail else at
    post: Modifier = ("about" if "来" in tail[0] else "over") if tail else ""
    unit = _words().unit.match(text, end)
    if unit and unit[1] == money.YUAN and (named or money.after_number(text, unit.end())):
        quantity, at, more = _in_currency(text, bare, value, unit.end(), named, sure=sure)
        return quantity, at, more or post
    if named and not unit and not _words().blocked.match(text, at) and not _RANGE.match(text, at):
        quantity, at, more = _in_currency(text, bare, value, at, named, sure=True)
        return quantity, at, more
    return None


def _in_currency(
    text: str, bare: Quantity, value: Decimal, at: int, named: str | None, *, sure: bool
) -> _Dressed:
    """Return a quantity of money whose currency stands before it (``named``) or at ``at``."""
    name, word = named or money.YUAN, named or money.YUAN
    if after := money.after_number(text, at):
        at = after[0]
        name = name if named else after[1]
    if per := _words().per.match(text, at):
        at, name = per.end(), name + re.sub(r"\s", "", per[0])
    post: Modifier = ""
    if extra := _VAGUE_END.match(text, at):
        at, post = extra.end(), "over"
    return replace(bare, unit=name, unit_word=word, value=value, sure=sure), at, post


def _with_unit(text: str, bare: Quantity, unit: re.Match[str], post: Modifier) -> _Dressed:
    """Return the quantity with ``unit`` and what follows it: 半, /吨, 余."""
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
    elif name == money.YUAN and (whole := _ROUND.match(text, at)):
        at = whole.end()
    if extra := _VAGUE_END.match(text, at):
        at, post = extra.end(), "over"
    return replace(bare, unit=name, unit_word=word, value=value), at, post


def _modify(text: str, quantity: Quantity, at: int, post: Modifier) -> Quantity:
    """Add the sign, the modifiers on both sides, and the currency before the number."""
    words = _words()
    start, value, modifier = quantity.number_start, quantity.value, post
    if sign := _SIGN.search(text[max(0, start - _REACH) : start]):
        start, value = start - len(sign[0]), -value
    if match := words.after.match(text, at):
        modifier, at = words.modifiers[match[1]], match.end()
    elif money.is_money(quantity.unit) and not modifier and (least := _FROM.match(text, at)):
        modifier, at = "over", least.end()
    start, modifier = _bent(text, start, modifier)
    if money.is_money(quantity.unit) and (named := money.before_number(text, start)):
        start, modifier = _bent(text, named[0], modifier)
    return replace(quantity, start=start, end=at, value=exact(value), modifier=modifier)


def _bent(text: str, start: int, modifier: Modifier) -> tuple[int, Modifier]:
    """Return where a modifier before ``start`` begins, and what it says."""
    match = _modifier_before(text, start)
    return (match.start(), _words().modifiers[match[1]]) if match else (start, modifier)


def _modifier_before(text: str, start: int) -> re.Match[str] | None:
    words = _words()
    if words.ends.isdisjoint(text[max(0, start - _NEAR) : start]):
        return None
    return words.before.search(text, max(0, start - _REACH), start)
