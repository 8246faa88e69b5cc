"""Numbers that measure or count -> ``Figure*``: value, modifier, unit, bounds, what is counted, whose figure it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence, Article, EntityId, Figure, Link, Span, Token
from kg.base.wordlist import read_words
from kg.figures.around import NONE, Setting
from kg.figures.counted import counted, measured
from kg.figures.expected import with_expected
from kg.figures.growth import is_growth
from kg.figures.in_order import NO_ORDER, in_order
from kg.figures.label import continued
from kg.figures.money import is_money
from kg.figures.no_date import no_counts
from kg.figures.owner import Choice, Option, choose, options
from kg.figures.parties import firms_under
from kg.figures.quantity import find_quantities, has_number
from kg.figures.teller import published, telling
from kg.figures.unit import Quantity
from kg.words import tags

__all__ = ["find_figures", "keep_once", "read_figures"]

_D: Final = "0-9０-９一二三四五六七八九十"
_NO_FIGURE: Final = late(
    rf"(?=[\s（({_D}两上下中凌晚早《h])(?:"  # one of them begins all: looked at first, for most are none
    r"(?:19|20)[0-9]{2}[-/.](?:0?[1-9]|1[0-2])[-/.][0-3]?[0-9](?![0-9万亿元%.])|(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])(?![0-9])"  # dates
    r"|(?:[12１２][0-9０-９]{3}|[一二][〇零○0一二三四五六七八九]{3})(?:年|\s?[-—–~～－至到]+\s?(?:[12][0-9]{3}|[0-9]{2})年)"
    rf"|(?<![0-9])(?:0[0-9]|[789][0-9](?=年[0-9代]))年|[{_D}]{{1,3}}(?:[-—–~～至到、][{_D}]{{1,3}})*(?:月份?|日|号)(?!均)(?:[{_D}]{{1,3}}[日号])?"
    r"|[0-9０-９]{1,2}[:：][0-9０-９]{2}(?:[:：][0-9]{2})?(?!胜|战)"  # times of day
    rf"|(?:[上下中]午|凌晨|晚上?|早上?)?[{_D}两]{{1,3}}(?:时(?!间)|点(?!间|要求|建议|意见|看法|主张|希望|共识|体会|启示))(?:[{_D}]{{1,3}}分|半|许|左右|整)?(?![0-9零〇一二三四五六七八九个])"
    rf"|[0-9]{{2}}年代|《[^》]*》|https?://[^\s，。]*|(?<![0-9])[0-9]{{3,4}}-[0-9]{{7,8}}|[0-9]+(?:\.[0-9]+){{2,}}"
    rf"|^\s*[（(]?[{_D}]{{1,3}}[)）、.．](?![0-9]))"  # list numbers
)
_IDIOM: Final = late(
    "[千万][^，。]?[百万]|一[^，。]一|千方百计|五花八门|三农|两会|四周(?!年)|[三四五]分天下|二手|四面八方|百姓|百般|万众|万一|千万(?!元|吨|人|美|[^，。]{0,3}[元吨人家户次千])"
)
_SLOGAN: Final = late('[“‘「"][一二两三四五六七八九十百]{1,3}[^“”‘’「」"，。]{1,7}[”’」"]')
_SORTED: Final = late("分[为成][^，,。；]*[、和及与][^，,。；]*$")
_ONE_YEAR: Final = late("(?:短短|仅仅?|历时|为期|长达|不满|整整)$")
_SPELL: Final = late("最?近|过去|未来|今后")  # 近三年 is a period and a count of years
_NUMERIC_TAGS: Final = frozenset((tags.NUMERAL, tags.TIME, tags.CLASSIFIER))
_ORDERS: Final = frozenset(("期", "届", "级", "次"))  # 2019级: a year, no count
_PEOPLE: Final = frozenset(("人", "名", "位"))
_DURATION: Final = frozenset(("年", "个月", "小时", "个小时", "个星期", "倍"))
_SPOKEN_NEVER: Final = frozenset(("方", "期", "届"))  # 三方, 二期: sides and parts
_SCALES: Final = frozenset("十百千万亿") - {"十"}
_APPOSED: Final = late(
    "[，,]?(?:[（(](?:即|折?合|约合|计)?|即|也就是|合计|共计)?(?:人民币)?(?:[大小]写)?[:：]?(?:人民币|￥|¥)?"
)
_NO_MORE: Final = late("[^，。；：！？,;]{1,10}，")  # a noun phrase: its verb stands behind the comma
_TO: Final = late(r"\s?(?:[-—–~～]+|至|到)\s?")
_CHANGE: Final = late("[^，,。；0-9]{0,6}[至到为]")
Chooser = Callable[[Span, list[Option]], Choice]


def find_figures(article: Article, annotated: Sequence[AnnotatedSentence]) -> tuple[tuple[Figure, ...], ...]:
    """Return the figures of each sentence, in order. ``annotated`` has links and moments, not yet figures.

    A figure said again with the same meaning stands once, where the body says it first.
    """
    return keep_once(article, read_figures(annotated, lambda _span, found: choose(found)))


def read_figures(annotated: Sequence[AnnotatedSentence], chooser: Chooser) -> list[list[Figure]]:
    """Return all figures of each sentence, those said twice too; ``chooser`` says whose each is."""
    mentions = Counter(link.entity for sentence in annotated for link in sentence.links)
    main = _main(annotated, mentions)
    topics = _topics(annotated)
    sole = _sole(annotated)
    under = firms_under(annotated)
    title = _title(annotated)
    told = [telling(sentence) for sentence in annotated]
    tellers = _tellers(annotated, told)
    places: list[Link] = []
    rows: list[list[Figure]] = []
    chain: tuple[EntityId, str] | None = None
    before: AnnotatedSentence | None = None
    last_tells: Mapping[Span, int] = {}
    for sentence, tells in zip(annotated, told, strict=True):
        paragraph = sentence.tagged.sentence.paragraph
        if before is not None and before.tagged.sentence.paragraph != paragraph:
            chain = before = None
        rows.append([])
        if has_number(sentence.tagged.sentence.text):
            only_tell = tellers | published(sentence, tells) | published(before, last_tells)
            setting = Setting(
                mentions,
                main,
                sole,
                before,
                tells,
                only_tell,
                places[::-1],
                topics.get(paragraph),
                chain,
                under,
                title,
            )
            rows[-1] = _read(sentence, setting, chooser)
            whose = next((entity for _, entity in reversed(setting.chosen) if entity != NONE), None)
            if whose is not None:
                chain = (whose, whose.partition(":")[0])
        before, last_tells = sentence, tells
        places += [link for link in sentence.links if link.type == "Place"]
    return rows


def _tellers(
    annotated: Sequence[AnnotatedSentence], told: Sequence[Mapping[Span, int]]
) -> frozenset[EntityId]:
    """Return the people, and the bodies that publish, who tell something wherever the article names them."""
    named: dict[bool, set[EntityId]] = {True: set(), False: set()}
    for sentence, spans in zip(annotated, told, strict=True):
        for link in sentence.links:
            if link.type in ("Person", "Organization"):
                named[link.span in spans].add(link.entity)
    return frozenset(named[True] - named[False])


def _sole(annotated: Sequence[AnnotatedSentence]) -> dict[str, EntityId]:
    """Return the types of which the article names one thing only, with that thing."""
    things: dict[str, set[EntityId]] = {}
    for sentence in annotated:
        for link in sentence.links:
            things.setdefault(link.type, set()).add(link.entity)
    return {kind: next(iter(own)) for kind, own in things.items() if len(own) == 1}


def _title(annotated: Sequence[AnnotatedSentence]) -> tuple[EntityId, ...]:
    """Return what the first line names, in order."""
    first = (one for one in annotated if one.tagged.sentence.paragraph == 0)
    return tuple(dict.fromkeys(link.entity for one in first for link in one.links))


def _topics(annotated: Sequence[AnnotatedSentence]) -> dict[int, Link]:
    """Return the first name of each paragraph."""
    topics: dict[int, Link] = {}
    for sentence in annotated:
        if sentence.links:
            topics.setdefault(sentence.tagged.sentence.paragraph, sentence.links[0])
    return topics


def _main(
    annotated: Sequence[AnnotatedSentence], mentions: Counter[EntityId]
) -> tuple[tuple[EntityId, str], ...]:
    """Return what the article is about: the two things named most often, the first named of equals."""
    kinds: dict[EntityId, str] = {}
    for sentence in annotated:
        for link in sentence.links:
            kinds.setdefault(link.entity, link.type)
    order = {entity: i for i, entity in enumerate(kinds)}
    best = sorted(kinds, key=lambda entity: (-mentions[entity], order[entity]))[:2]
    return tuple((entity, kinds[entity]) for entity in best)


def keep_once(article: Article, found: Sequence[Sequence[Figure]]) -> tuple[tuple[Figure, ...], ...]:
    """Keep one of the figures that say the same: the first outside the title."""
    title = article.body[0] if len(article.body) > 1 else Span(0, 0)
    in_order = sorted((f for row in found for f in row), key=lambda f: (title.holds(f.span), f.span))
    seen: dict[tuple[Decimal, str], list[Figure]] = {}
    kept = set()
    for figure in in_order:
        before = seen.setdefault((figure.value, figure.unit), [])
        again = any(_same(figure, other, in_title=title.holds(figure.span)) for other in before)
        if not again and not any(_apposed(article.text, other, figure) for other in before):
            before.append(figure)
            kept.add(figure.span)
    return tuple(tuple(f for f in row if f.span in kept) for row in found)


def _apposed(text: str, a: Figure, b: Figure) -> bool:
    """Say whether the second of two equal figures only writes the first in other characters: 100万元（大写：壹佰万元整）."""
    return a.span.end <= b.span.start and _APPOSED.fullmatch(text, a.span.end, b.span.start) is not None


def _same(a: Figure, b: Figure, *, in_title: bool) -> bool:
    """Say whether two figures of one value and unit mean the same: the same counted, and not two holders."""
    if in_title:
        return True
    counted = not a.of or not b.of or not set(a.of).isdisjoint(b.of)
    return counted and (a.subject == b.subject or a.subject is None or b.subject is None)


def _read(annotated: AnnotatedSentence, setting: Setting, chooser: Chooser) -> list[Figure]:
    """Return the figures of one sentence."""
    sentence = annotated.tagged.sentence
    text, offset = sentence.text, sentence.span.start
    quantities = find_quantities(text)
    if not quantities:
        return []
    taken, named = _taken(annotated), _named(annotated)
    tokens = annotated.tagged.tokens
    starts = [token.start - offset for token in tokens]
    kept = [q for q in quantities if _counts(text, q, taken if _priced(q) else taken + named, tokens, starts)]
    kept += [q for q in quantities if _one_beside_others(q, kept, text, taken + named)]
    ordered = in_order(annotated, kept, starts)
    figures: list[Figure] = []
    for q in sorted(kept, key=lambda q: (q.number_start, q.value)):
        span = Span(offset + q.start, offset + q.end)
        near = measured(text, q, tokens, starts, offset)
        of = counted(text, q, tokens, starts, offset, near)
        if figures and _goes_on(text, q, of, figures[-1], offset):
            of = figures[-1].of
            near = near or of
        order = ordered.get(q.start, NO_ORDER)
        of = of if order.label is None else order.label
        of = continued(text, q, of, figures[-1] if figures else None, offset)
        found = options(annotated, q, near, setting)
        found = found[:1] if order.lost else found
        shook = _where_it_shook(annotated, q, text, found)
        choice = Choice(shook, 1.0) if shook else chooser(span, found)
        picked = choice.option
        if picked.how != "class":
            setting.chosen.append((span.end, picked.entity))
        setting.unit = q.unit or ""
        if of and _names_holder(annotated, of, q, picked):
            alike = (other.of for other in reversed(figures) if other.unit == q.unit)
            of = next(alike, "") if picked.how == "item" else ""  # 投资90亿元，其中甲县60亿元
        of = of if figures and _is_range(text, q, figures[-1], offset) else with_expected(annotated, q, of)
        figures.append(
            Figure(
                span,
                text[q.start : q.end],
                q.value,
                q.unit or "",
                q.modifier,
                q.value if q.modifier == "over" else None,
                q.value if q.modifier == "under" else None,
                of,
                picked.entity or None,
                _quote(annotated, span, picked.entity),
                f"{q.form}/{'none' if picked.how == 'class' else picked.how}",
                choice.confidence,
            )
        )
    return figures


def _names_holder(annotated: AnnotatedSentence, of: str, q: Quantity, holder: Option) -> bool:
    """Say whether ``of`` is who has the figure, or somebody or some place that cannot be counted or is no sum."""
    for link in annotated.links:
        if q.form != "percent" and of.startswith(link.text) and is_growth(of.removeprefix(link.text)):
            return True  # 甲公司增加10亿元
        if link.text == of or _is_end_of_name(annotated, of, link, q):
            own = link.entity == holder.entity or holder.how == "class"
            return own or link.type in ("Person", "Place") or is_money(q.unit)
    return False


def _is_end_of_name(annotated: AnnotatedSentence, of: str, link: Link, q: Quantity) -> bool:
    """Say whether ``of`` is the end of a name before the figure: 某副食|经营部|将8箱甲酒."""
    text, offset = annotated.tagged.sentence.text, annotated.tagged.sentence.span.start
    at = text.rfind(of, 0, q.start)
    name = link.is_name and len(of) < len(link.text) and link.text.endswith(of)
    return (
        name
        and at >= 0
        and at + len(of) == link.span.end - offset
        and not text.startswith((of, "的" + of), q.end)
    )


def _goes_on(text: str, q: Quantity, of: str, last: Figure, offset: int) -> bool:
    """Say whether a figure measures what the last one does: 由20家增至30家."""
    if of:
        return False
    end = last.span.end - offset
    return _CHANGE.fullmatch(text, end, q.start) is not None or _is_range(text, q, last, offset)


def _is_range(text: str, q: Quantity, last: Figure, offset: int) -> bool:
    """Say whether a figure is the end of what the last one begins: 2亿-3亿元, 25%～30%."""
    end = last.span.end - offset
    return (
        q.start >= end
        and (last.unit, q.form == "percent") == (q.unit or "", "%" in last.unit)
        and (_TO.fullmatch(text, end, q.start) is not None)
    )


def _quote(annotated: AnnotatedSentence, span: Span, subject: EntityId) -> Span:
    """Return the clauses of a figure and its holder; where one says on what it hangs, or whether it is done, the sentence.

    如果收购成功的话，甲公司将支付2亿元; 甲局调运的500吨蔬菜，今天已全部运抵.
    """
    bare = _bare_quote(annotated, span, subject)
    sentence = annotated.tagged.sentence
    text, offset = sentence.text, sentence.span.start
    inside, closed = text[bare.start - offset : bare.end - offset], text.find("）", bare.end - offset)
    if closed >= 0 and inside.count("（") > inside.count("）"):
        bare = Span(bare.start, offset + closed + 1)  # 100万元（大写：壹佰万元整）
    if _hangs().search(text):
        return sentence.span  # as facts quote it, so that both have one piece of evidence
    subject_only = text[: span.start - offset].endswith("的") and _NO_MORE.match(text, span.end - offset)
    return Span(bare.start, sentence.span.end) if subject_only else bare


@cache
def _hangs() -> re.Pattern[str]:
    """Return a pattern of the words by which a figure hangs on something, or is still to be."""
    table = read_words("language/figures.toml").table("hangs")
    conditions, planned = table.either("conditions"), table.either("planned")
    return late(rf"(?:{conditions})(?!干)|(?<![模虚比草])(?:{planned})|将(?!近|军|士|领|来|官|校)")


def _bare_quote(annotated: AnnotatedSentence, span: Span, subject: EntityId) -> Span:
    """Return the clauses from the figure to the nearest name of its holder in the sentence; else the figure's clause."""
    names = [link.span for link in annotated.links if link.entity == subject]
    if not names:
        return _clause(annotated, span)
    near = min(names, key=lambda name: (max(span.start - name.end, name.start - span.end), name))
    return _clause(annotated, Span(min(span.start, near.start), max(span.end, near.end)))


def _clause(annotated: AnnotatedSentence, span: Span) -> Span:
    """Return the clauses that ``span`` lies in, without blanks before them."""
    sentence = annotated.tagged.sentence
    text, offset = sentence.text, sentence.span.start
    start = max(text.rfind(c, 0, span.start - offset) for c in "，。；：！？,;") + 1
    ends = [at for at in (text.find(c, span.end - offset) for c in "，。；：！？;") if at >= 0]
    end = min(ends, default=len(text))
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Span(offset + start, offset + end)


def _taken(annotated: AnnotatedSentence) -> list[tuple[int, int]]:
    """Return the stretches of a sentence whose numbers are dates, names, set phrases or list numbers."""
    sentence = annotated.tagged.sentence
    offset = sentence.span.start
    taken = [match.span() for match in _NO_FIGURE.finditer(sentence.text)]
    taken += no_counts(sentence.text)
    taken += [match.span() for match in _IDIOM.finditer(sentence.text)]
    taken += [match.span() for match in _SLOGAN.finditer(sentence.text)]
    taken += [
        (m.span.start - offset, m.span.end - offset) for m in annotated.moments if not _SPELL.match(m.text)
    ]
    return taken


def _named(annotated: AnnotatedSentence) -> list[tuple[int, int]]:
    """Return the stretches of a sentence that are names, but for anniversaries, which count their years."""
    offset = annotated.tagged.sentence.span.start
    return [
        (link.span.start - offset, link.span.end - offset)
        for link in annotated.links
        if link.is_name and not link.text.endswith("周年")
    ]


def _priced(q: Quantity) -> bool:
    """Say whether a quantity is money or a share: it counts inside a name too (667亿元补助资金)."""
    return q.form == "percent" or is_money(q.unit)


def _counts(
    text: str, q: Quantity, taken: Sequence[tuple[int, int]], tokens: Sequence[Token], starts: Sequence[int]
) -> bool:
    """Say whether a quantity measures or counts something."""
    if any(a <= q.number_start < b for a, b in taken):
        return False
    if q.unit == "年" and 1000 <= q.value <= 2999:
        return False
    if q.form in ("percent", "fraction"):
        return True
    if q.spoken and not q.sure:
        if q.unit in _PEOPLE and _casualties().match(text, q.end):
            return True
        return _is_number(text, q, tokens, starts) and (q.dropped or _spoken_counts(text, q))
    if q.unit in _ORDERS and 1900 <= q.value <= 2099:
        return False
    return q.unit is not None or bool(re.search("[万亿]", q.scale))


def _is_number(text: str, q: Quantity, tokens: Sequence[Token], starts: Sequence[int]) -> bool:
    """Say whether the tagger took a numeral in Chinese characters for one: not 十分, 统一, 三亚."""
    i = bisect_right(starts, q.number_start) - 1
    if text[q.number_start] == "上" and starts[i] == q.number_start and i + 1 < len(tokens):
        return tokens[i].tag in _NUMERIC_TAGS or tokens[i + 1].tag in _NUMERIC_TAGS
    if tokens[i].tag not in _NUMERIC_TAGS and q.unit != "大":
        return False
    return starts[i] == q.number_start or tokens[i].tag == tags.TIME


def _where_it_shook(
    annotated: AnnotatedSentence, q: Quantity, text: str, found: Sequence[Option]
) -> Option | None:
    """Return the place whose the magnitude of an earthquake is: the last named before it (甲州乙县发生5级地震)."""
    if q.unit != "级" or not text.startswith("地震", q.end):
        return None
    offset = annotated.tagged.sentence.span.start
    places = [link for link in annotated.links if link.type == "Place" and link.span.end <= offset + q.start]
    last = places[-1].entity if places else ""
    return next((option for option in found if option.entity == last), None)


@cache
def _casualties() -> re.Pattern[str]:
    """Return a pattern of what happens to people in a disaster: 三人|受伤, 两名工人|当场死亡."""
    words = read_words("language/figures.toml").either("casualties")
    return late(f"(?:不幸|当场|不同程度|轻微)?(?:{words})")


def _spoken_counts(text: str, q: Quantity) -> bool:
    """Say whether a numeral in Chinese characters counts: not 百年, 二, 三期, 一个."""
    written = text[q.number_start : q.number_end]
    if q.value == 0 or (written in _SCALES and not q.modifier) or (written == "二" and q.unit != "人"):
        return False  # 百年, 万里 are manners of speaking; what is counted takes 两
    if q.unit is None:
        return q.value >= 10_000 and len(written) > 1
    if q.unit in ("类", "大类") and _SORTED.search(text, 0, q.start):
        return False  # 分为甲和乙两类: the list says it
    if q.unit in _SPOKEN_NEVER or (q.unit == "级" and q.form == "range"):
        return False  # 四六级: ranks
    if q.value == 1 and q.form != "range" and not is_money(q.unit):
        year = q.unit != "年" or q.modifier != "" or _ONE_YEAR.search(text, 0, q.start) is not None
        return q.unit in _DURATION and year
    return True


def _one_beside_others(
    q: Quantity, kept: Sequence[Quantity], text: str, taken: Sequence[tuple[int, int]]
) -> bool:
    """Say whether 一 is a count because it is told beside other counts: 三名医生和一名护士."""
    if not (
        q.spoken and q.value == 1 and q.unit and q.number_start and text[q.number_start - 1] in "和及与、"
    ):
        return False
    if any(a <= q.number_start < b for a, b in taken):
        return False
    return any(o.spoken and o.unit == q.unit and o.value > 1 and 0 < q.start - o.end < 20 for o in kept)
