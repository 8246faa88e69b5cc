"""What a figure counts or measures, in the words of the text: 员工, 营业收入, 每吨水价; never a verb, a quotation mark, a currency."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import Token
from kg.base.wordlist import read_words
from kg.figures import money
from kg.figures.growth import growth_in
from kg.figures.unit import Quantity
from kg.words import tags

__all__ = ["counted", "measured"]

_NOUNS: Final = frozenset(
    (
        tags.NOUN,
        tags.PROPER_NOUN,
        tags.WORK,
        tags.VERBAL_NOUN,
        tags.ADJECTIVAL_NOUN,
        tags.ADJECTIVE,
        tags.PLACE_WORD,
        tags.ORGANIZATION,
        tags.PLACE,
        tags.OTHER_PERSON,
        tags.OTHER_PLACE,
        tags.OTHER_ORGANIZATION,
        tags.OTHER_WORD,
        tags.PERSON,
        tags.MODIFIER,
    )
)
_LINKERS: Final = frozenset(
    (
        tags.VERB,
        tags.VERB_AS_ADVERB,
        tags.ADVERB,
        tags.ADJECTIVE_AS_ADVERB,
        tags.PREPOSITION,
        tags.PARTICLE,
        tags.PRONOUN,
        tags.DIRECTION,
    )
)
_REACH: Final = 12  # characters between a measured thing and its figure
_QUOTES: Final = frozenset("“”「」")
_LEFT: Final = 16  # characters left of a figure where 每 may stand

_NAMES: Final = frozenset((tags.ORGANIZATION, tags.PLACE, tags.PERSON))
_THINGS: Final = _NOUNS - {tags.ADJECTIVE, tags.MODIFIER}
_MARKS: Final = "“”‘’「」『』\"'《》（）() 、：:的"
_PERSONS: Final = frozenset(("名", "位"))
_FIELDS: Final = late("(?:[、和及与][^，。；：！？,;:、和及与的0-9一二两三四五六七八九十]{1,10}){1,4}的")
_NTH: Final = (
    "(?:[0-9]{4}年)?(?:第[0-9一二三四五六七八九十]+[次届轮期])?"  # of what a growth is compared with
)
_AGO: Final = late("[之以]?[前后]")
_ISSUERS: Final = frozenset(("部门", "部委"))
_JOINED: Final = "和与及"
_PEOPLE: Final = "人"
_SPANS: Final = frozenset(("年", "个月", "月", "天", "周", "个星期", "小时", "个小时", "分钟"))
_QUOTED: Final = late("[“”‘’「」『』\"']")


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of ``data/language/figures.toml`` that say what names a measure."""

    sums: frozenset[str]
    sum_words: tuple[str, ...]
    compared: tuple[str, ...]
    adverbs: tuple[str, ...]
    actors: tuple[str, ...]
    suffered: re.Pattern[str]
    currencies: frozenset[str]
    bodies: frozenset[str]  # classifiers
    ways: frozenset[str]
    light: frozenset[str]
    copulas: frozenset[str]
    done: frozenset[str]  # classifiers
    towards: tuple[str, ...]
    ours: frozenset[str]
    acts: re.Pattern[str]
    per: re.Pattern[str]
    than: re.Pattern[str]  # before a label
    beside: re.Pattern[str]  # the same where one of the next stands in the label
    set_beside: re.Pattern[str]
    when: re.Pattern[str]  # at the start of a label
    newly: re.Pattern[str]  # before it
    invested: re.Pattern[str]  # behind it


@cache
def _words() -> _Words:
    table = read_words("language/figures.toml")
    counted = table.table("counted")
    return _Words(
        table.characters("sums"),
        table.words("sum_words"),
        table.words("compared"),
        table.words("adverbs"),
        table.words("actors"),
        late(f"(?:不幸|当场|不同程度|轻微)?(?P<what>{table.either('casualties')})(?![势者员情口亡])"),
        frozenset(counted.words("currencies")),
        frozenset(counted.words("bodies")),
        frozenset(counted.words("ways")),
        frozenset(counted.words("light")),
        frozenset(counted.words("copulas")),
        frozenset(counted.words("done")),
        counted.words("towards"),
        counted.characters("ours"),
        late(f"..(?<![{''.join(sorted(counted.characters('no_acts')))}])$"),
        late(
            r"(?:平均)?(?P<per>(?:每[\u4e00-\u9fff]{1,3}?){1,2})"
            rf"(?:的?(?:{counted.either('priced')}))?(?:{counted.either('reached')})*$"
        ),
        late(f"(?<![{''.join(sorted(counted.characters('no_than')))}])(?:{counted.either('than')}){_NTH}$"),
        late(f"(?:{counted.either('beside')}){_NTH}$"),
        late(counted.either("set_beside")),
        late("^时(?=.)(?!间|长|速|效|薪|尚|装|差|代|数|价)"),
        late(f"(?:{counted.either('newly')})$"),
        late(
            f"(?:{counted.either('invested_how')})*(?:{counted.either('invested')})"
            f"(?=(?:{counted.either('reached')}|共|了|总?额)*$)"
        ),
    )


def counted(
    text: str, q: Quantity, tokens: Sequence[Token], starts: Sequence[int], offset: int, near: str
) -> str:
    """Return what a figure counts or measures; "" where the text does not say it. ``near`` is what ``measured`` said."""
    if q.unit in ("岁", "周岁"):
        return near
    if _AGO.match(text, q.end) and q.unit in _SPANS:
        return ""  # 一个多月|前|商会预警
    if q.unit in _ISSUERS:
        return ""  # 甲局、乙局等9|部门: the unit says it
    if q.unit == _PEOPLE and (suffered := _words().suffered.match(text, q.end)) is not None:
        return suffered["what"]  # 甲军空袭致8人|死亡
    if money.is_money(q.unit) and (per := _words().per.search(text, max(0, q.start - _LEFT), q.start)):
        at = per.start()
        before = _named(_nouns_before(text, q, tokens, starts, at), text, tokens, starts)
        after = _nouns_after(text, q, tokens, starts, offset)
        return f"{before}{per['per']}" if before or not after else f"{per['per']}{after}"
    if act := _act(text, q, tokens, starts, near):
        return act
    near = _listed(near, text, q, tokens, starts) or _head(near, text, q, tokens, starts)
    near = _made(near, text, q, tokens, starts)
    return _level(
        _measure(_whole(_named(near, text, tokens, starts), text, q, tokens, starts), text, q), text, q
    )


def _level(words: str, text: str, q: Quantity) -> str:
    """Return what is measured without the verb by which it comes to the figure: 死亡率|降到0.8%."""
    words = _grown(words, text, q)
    at = text.rfind(words, 0, q.start) if words else -1
    reached = at >= 0 and text.startswith(("到", "至"), at + len(words))
    rise = growth_in(words) if reached else None
    return words[: rise.start()] if rise is not None and rise.end() == len(words) and rise.start() else words


def _grown(words: str, text: str, q: Quantity) -> str:
    """Return a growth without what it is only compared with: 比第六次|普查|增加, 与第六次|普查相比|减少."""
    at = text.rfind(words, 0, q.start) if words else -1
    rise = growth_in(words) if at >= 0 else None
    if rise is None or not rise.start():
        return words
    beside = _words().set_beside.search(words, 0, rise.start())
    before = _words().beside if beside else _words().than
    return words[rise.start() :] if before.search(text, 0, at) else words


def _act(text: str, q: Quantity, tokens: Sequence[Token], starts: Sequence[int], near: str) -> str:
    """Return the verb right before a figure where it is what is counted: 收集|建议|120多条, 出资|20万元|长期资助; else "".

    Behind a light verb it is a noun; a verb of sums is one where the noun behind the figure only says how something is done.
    """
    at = bisect_right(starts, q.start) - 1
    at -= at >= 0 and starts[at] == q.start
    if at < 1 or tokens[at].tag != tags.VERB or starts[at] + len(tokens[at].text) != q.start:
        return ""
    verb, behind = tokens[at].text, bisect_right(starts, q.end + len(near) - 1)
    if text.startswith(near, q.end) and near in _words().ways:
        acts = behind < len(tokens) and tokens[behind].tag in (tags.VERB, tags.VERBAL_NOUN)
        return verb if acts and (verb[-1] in _words().sums or verb.endswith(_words().sum_words)) else ""
    is_light = tokens[at - 1].text in _words().light and q.unit in _words().done
    return verb if is_light and not (near and text.startswith(near, q.end)) else ""


def _listed(near: str, text: str, q: Quantity, tokens: Sequence[Token], starts: Sequence[int]) -> str:
    """Return who is counted where a list of fields stands before the noun: 4名|骨科、烧伤专业的医师; else ""."""
    if q.unit not in _PERSONS or not near or not text.startswith(near, q.end):
        return ""
    fields = _FIELDS.match(text, q.end + len(near))
    if fields is None:
        return ""
    i = bisect_right(starts, fields.end() - 1)
    if i >= len(tokens) or starts[i] != fields.end() or tokens[i].tag != tags.NOUN:
        return ""
    return text[q.end : starts[i] + len(tokens[i].text)]


def _made(near: str, text: str, q: Quantity, tokens: Sequence[Token], starts: Sequence[int]) -> str:
    """Return the noun behind a figure with the verb in it, where ``near`` stands before another verb: 按历史资源细分出11个|更新单元.

    Behind 和 another thing is counted than before it: 匠人和|3000名“甲”.
    """
    at = text.rfind(near, 0, q.start) if near else -1
    if at < 0 or text.startswith((near, "的" + near), q.end):
        return near
    if near[-1] in _JOINED and at + len(near) == q.start:
        return ""
    i = bisect_right(starts, q.end - 1)
    if (
        q.unit not in _words().bodies
        or i + 1 >= len(tokens)
        or starts[i] != q.end
        or not text[at + len(near) : q.start]
    ):
        return near
    verb, noun = tokens[i], tokens[i + 1]
    whole = verb.tag == tags.VERB and noun.tag == tags.NOUN and min(len(verb.text), len(noun.text)) > 1
    return verb.text + noun.text if whole else near


def _head(near: str, text: str, q: Quantity, tokens: Sequence[Token], starts: Sequence[int]) -> str:
    """Return the part of a noun phrase behind a figure that is counted: 40个|家庭|的后顾之忧."""
    owner = near.partition("的")[0]
    if q.unit not in _words().bodies or len(owner) in (0, len(near)) or not text.startswith(near, q.end):
        return near
    last = tokens[bisect_right(starts, q.end + len(owner) - 1) - 1]
    return owner if last.tag == tags.NOUN and owner.endswith(last.text) else near


def _whole(words: str, text: str, q: Quantity, tokens: Sequence[Token], starts: Sequence[int]) -> str:
    """Return what is measured with the words that tokens cut from it: 新增|水利贷款, 非金融类|对外直接投资; but no 时 of 上年同期时."""
    words = _words().when.sub("", words)
    at = text.rfind(words, 0, q.start) if words else -1
    if at < 0 or text.startswith((words, "的" + words), q.end) or growth_in(words):
        return words
    left = _words().newly.search(text, 0, at)
    acts = (
        words.endswith(_words().actors) or tokens[bisect_right(starts, at + len(words) - 1) - 1].tag in _NAMES
    )
    right = None if acts else _words().invested.match(text, at + len(words), q.start)
    begin, end = left.start() if left else at, right.end() if right else at + len(words)
    return text[begin:end]


def _measure(words: str, text: str, q: Quantity) -> str:
    """Return ``words``; "" where they are who acts on the figure, or for whom: 该公司|已拨出200万元, 学院连续|3年, 向灾区|捐赠100万元."""
    at = text.rfind(words, 0, q.start) if words else -1
    if at < 0 or text.startswith((words, "的" + words), q.end):
        return words
    if words.endswith(_words().adverbs):
        return ""
    if q.unit in _words().bodies or "的" in words:
        return words
    given = money.is_money(q.unit) and text[:at].endswith(_words().towards)
    return "" if given or words.endswith(_words().actors) else words


def _named(words: str, text: str, tokens: Sequence[Token], starts: Sequence[int]) -> str:
    """Return ``words`` where they name a measure: they hold a noun, are a growth (同比增长), or a verb of a sum (出资)."""
    words = words.strip(_MARKS)
    if not words or money.is_money(words) or words in _words().currencies:
        return ""
    at = text.find(words)
    first = bisect_right(starts, at) - 1
    inside = [
        token for token, start in zip(tokens[first:], starts[first:], strict=True) if start < at + len(words)
    ]
    if any(token.tag in _THINGS for token in inside):
        return _QUOTED.sub("", words)
    if rise := growth_in(words):
        compared = [words.find(word) for word in _words().compared if word in words]
        return words[min([*compared, rise.start()]) :]
    return words if words[-1] in _words().sums or words.endswith(_words().sum_words) else ""


def measured(text: str, q: Quantity, tokens: Sequence[Token], starts: Sequence[int], offset: int) -> str:
    """Return what a figure is near to: the noun after it, else the measured thing or the verb before it.

    It says of which kind a figure is to who weighs its owner; ``counted`` is what a reader is told.
    """
    if q.unit in ("岁", "周岁"):
        return "年龄"
    return _nouns_after(text, q, tokens, starts, offset) or _nouns_before(text, q, tokens, starts)


def _nouns_after(text: str, q: Quantity, tokens: Sequence[Token], starts: Sequence[int], offset: int) -> str:
    """Return the noun phrase that begins where the figure ends, without a leading 的."""
    begin = q.end
    i = bisect_right(starts, begin - 1)
    if i < len(tokens) and tokens[i].text == "的" and starts[i] == begin:
        begin, i = starts[i] + 1, i + 1
    end = begin
    if (
        i
        and starts[i - 1] < begin < (starts[i] if i < len(tokens) else len(text))
        and tokens[i - 1].tag in _NOUNS
    ):
        end = starts[i] if i < len(tokens) else len(text)
    last_noun = end
    while i < len(tokens) and (tokens[i].tag in _NOUNS or (tokens[i].text == "的" and end > begin)):
        end = tokens[i].end - offset
        if tokens[i].tag not in (tags.PARTICLE, tags.ADJECTIVE):
            last_noun = end
        i += 1
    return text[begin:last_noun].strip()


def _nouns_before(
    text: str, q: Quantity, tokens: Sequence[Token], starts: Sequence[int], at: int | None = None
) -> str:
    """Return the noun phrase left of the figure in its clause, over verbs like 达, 为; with the verb for a growth.

    Where no noun stands there, the verb that acts on the figure (出资20万元); "" where that says nothing (达, 增至).
    """
    at = q.start if at is None else at
    i = bisect_right(starts, at) - 1
    if i >= 0 and starts[i] == at:
        i -= 1
    end, verb, rise, is_plain = at, "", False, True
    while i >= 0 and tokens[i].tag in _LINKERS and at - starts[i] <= _REACH:
        word = tokens[i].text
        rise = rise or growth_in(word) is not None
        is_plain = is_plain and word in _words().copulas
        if not rise:
            end = starts[i]
            verb = verb or (word if tokens[i].tag == tags.VERB and _words().acts.search(word) else "")
        i -= 1
    if is_plain and not rise:
        while i >= 0 and tokens[i].tag == tags.TIME and end < at:  # 财政收入|去年|为50亿元
            end, i = starts[i], i - 1
    stop = i
    while i >= 0 and (
        tokens[i].tag in _NOUNS or tokens[i].text in _QUOTES or (tokens[i].text == "的" and i < stop)
    ):
        i -= 1
    if (i == stop and not rise) or (rise and verb.endswith((*_words().sums, *_words().sum_words))):
        return verb  # 甲公司增加|投资10亿元
    begin = starts[i + 1] if i + 1 < len(tokens) else end
    if i >= 0 and tokens[i].text == "我" and text[begin] in _words().ours:
        begin = starts[i]  # one word, 我国, in two
        if end - begin <= len("我国"):
            return verb
    return text[begin:end].strip().removeprefix("的").lstrip("”」")
