"""``TaggedSentence*`` -> ``Mention*``: the names in the text, with their types.

Each sentence is read by the rules for people (``kg.names.person``), organisations and places (``kg.names.organization``) and works
(``kg.names.work.find``). Then the article is read once more as a whole: a name found once is found everywhere, with one type per
name, and so are declared and shortened forms. What overlaps is settled last: names nest or the better one stays.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from kg.base.model import Article, EntityType, Mention, Span, TaggedSentence
from kg.names.body_parts import bodies_inside
from kg.names.forms import short_forms, stem
from kg.names.gazetteer import gazetteer
from kg.names.heads import ends_in_industry, head_class, place_prefix, retyped
from kg.names.lexicon import bodies, leagues, organizations, regions
from kg.names.organization import find_organizations
from kg.names.person import find_people, has_surname
from kg.names.work.find import find_works

_DECLARED = re.compile(
    r"[（(][^（()）]{0,12}?(?:以下简称|下称|简称|以下统称)[为:：]?[“”‘’\"']?([^（()）“”‘’\"'，。,]{2,20})[“”‘’\"']?[^（()）]{0,12}[）)]"
)
_BRACKETED = re.compile(r"[（(]([^（()）]{2,40})[）)]")
_GENERIC = frozenset(
    {"公司", "本公司", "集团", "本集团", "发行人", "上市公司", "标的公司", "股份公司", "我们", "甲方", "乙方"}
)
_PRIZE = re.compile(r"(?!.*(?:年度|最佳|金奖|银奖|[一二三特]等奖))[^第全国世省市“《]{1,8}奖")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&.\-' ]{1,38}$")
_PRIORITY: dict[EntityType, int] = {
    "Document": 0, "Activity": 1, "Award": 2, "Organization": 3, "Product": 4, "Place": 5, "Person": 6,
}  # fmt: skip
_SURE = frozenset({"title-name", "dotted-name", "declared", "listed", "called", "army", "head-industry"})
_FRAGMENTS = frozenset({"again", "short-form", "tagger-LOC", "tagger-ORG"})
_WEIGHT = {"title-name": 2, "dotted-name": 3, "called": 3, "declared": 3}


def find_mentions(article: Article, tagged: Sequence[TaggedSentence]) -> tuple[tuple[Mention, ...], ...]:
    """Return the names of each sentence, sorted by start, longer first; they may nest but never cross."""
    found = [_read(sentence) for sentence in tagged]
    for row, works in zip(found, find_works(article, tagged), strict=True):
        row.extend(map(_as_media, works))
    for row, sentence in zip(found, tagged, strict=True):
        row.extend(declared(article, sentence, row))
    found = [_with_honoured(article, row) for row in found]
    types = _types(chain.from_iterable(found))
    sure = {m.text for m in chain.from_iterable(found) if m.rule in _SURE}
    _drop_doubtful(types, tagged, sure)
    _brands(types)
    spread = _spread(article, tagged, types)
    rows = [[*_retype(row, types), *again] for row, again in zip(found, spread, strict=True)]
    known = {**dict.fromkeys(bodies(), "Organization"), **types}
    for row in rows:
        row.extend(_known_inside(row, known))
    free = {mention.text for row in rows for mention in _outermost(row)}
    return tuple(_settle(row, free) for row in rows)


def declared(article: Article, sentence: TaggedSentence, row: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the short names that the sentence declares for the name before the bracket: X（以下简称“Y”）, X（Latin）."""
    text, base = article.text, sentence.sentence.span.start
    if "（" not in sentence.sentence.text and "(" not in sentence.sentence.text:
        return
    ends = {mention.span.end: mention for mention in row}
    for match in _BRACKETED.finditer(sentence.sentence.text):
        full = ends.get(base + match.start())
        if full is None:
            continue
        alias = _DECLARED.fullmatch(match.group())
        if alias is not None:
            at = base + match.start() + alias.start(1)
            name, rule = alias.group(1), "declared"
        elif _LATIN.fullmatch(match.group(1)):
            at, name, rule = base + match.start(1), match.group(1), "declared-latin"
        else:
            continue
        if name not in _GENERIC:
            yield Mention(Span(at, at + len(name)), text[at : at + len(name)], full.type, rule)


def _read(sentence: TaggedSentence) -> list[Mention]:
    """Return what the rules find in one sentence, with the places that names begin with."""
    row = list(find_people(sentence.tokens))
    for mention in find_organizations(sentence.tokens):
        if mention.type != "Place" or not _is_chain(mention.text):
            row.append(mention)
        row.extend(_places_inside(mention))
        row.extend(bodies_inside(mention))
    return row


def _with_honoured(article: Article, row: list[Mention]) -> list[Mention]:
    """Join a person and the prize named after him (竺可桢|气象奖): one award, no person."""
    people = {mention.span.end: mention for mention in row if mention.type == "Person"}
    joined = []
    for mention in row:
        person = people.get(mention.span.start) if mention.type == "Award" else None
        if person is not None and _PRIZE.fullmatch(mention.text):
            span = Span(person.span.start, mention.span.end)
            mention = Mention(span, span.of(article.text), "Award", mention.rule, mention.confidence)  # noqa: PLW2901
        joined.append(mention)
    return joined


def _as_media(work: Mention) -> Mention:
    """《X报》 is a newspaper, which says things, and no document."""
    if work.type != "Document" or not work.text.strip("《》").endswith(_MEDIA):
        return work
    return Mention(work.span, work.text, "Organization", work.rule, work.confidence)


_MEDIA = (
    "日报",
    "晚报",
    "晨报",
    "早报",
    "时报",
    "商报",
    "周刊",
    "周报",
    "导报",
    "卫报",
    "邮报",
    "先驱报",
    "新闻报",
)


def _places_inside(mention: Mention) -> Iterator[Mention]:
    """Yield the chain of places that a name begins with (青海省|西宁市|城东区|...), each a mention."""
    at, rest = mention.span.start, mention.text
    while True:
        prefix = place_prefix(rest)
        if not prefix and (local := _LOCAL.match(rest)):
            prefix = local.group(1)
        if not prefix or prefix == rest:
            if (
                rest != mention.text
                and mention.type == "Place"
                and (gazetteer().codes(rest) or rest in regions().cities)
            ):
                yield Mention(Span(at, mention.span.end), rest, "Place", "place-prefix")
            return
        if len(rest) > len(prefix) and rest[len(prefix)] in "省市县区州" and prefix[-1] not in "省市县区州":
            return
        if mention.type == "Place" or _is_seat(prefix, mention.text):
            yield Mention(Span(at, at + len(prefix)), prefix, "Place", "place-prefix")
        at, rest = at + len(prefix), rest[len(prefix) :]


# A place below the official list at the front of a body's name: 翠湖社区|党委, 柳林镇|党委.
_LOCAL = re.compile(
    r"([^省市县区镇乡村委党校院会社]{2,4}?(?:街道|社区|[镇乡村]))(?=党|人民政府|政府|卫生|村委|居委|中心|小学|中学|纪委|妇联|委员会|[^省市县区镇乡村]{2,4}[村社])"
)


def _is_chain(name: str) -> bool:
    """Say whether a place is named with the one it lies in (新疆|和田): each is a mention, the whole is none."""
    rest = name[len(place_prefix(name)) :]
    return rest != name and (rest in gazetteer().forms or rest in regions().cities)


def _is_seat(prefix: str, name: str) -> bool:
    """Say whether the place a name begins with is its place, and not a part of a brand or a national name."""
    if prefix in _NO_SEAT or name.endswith(_BRANDED):
        return False
    return prefix[-1] in "省市县区州镇乡村" or prefix.endswith("街道") or name.endswith(_PUBLIC)


_NO_SEAT = frozenset({"中国", "中华", "上海合作", "全国"})
_BRANDED = (
    "大学",
    "学院",
    "证券",
    "商会",
    "合作组织",
    "交易所",
    "公司",
    "集团",
    "广播公司",
    "啤酒",
    "日报",
    "晚报",
    "商报",
)
_PUBLIC = (
    "部",
    "局",
    "厅",
    "委",
    "政府",
    "国务院",
    "议院",
    "议会",
    "国会",
    "支队",
    "总队",
    "医院",
    "法院",
    "检察院",
    "委员会",
    "实验室",
    "中心",
    "当局",
    "王室",
    "武装",
    "军方",
)


# ------------------------------------------------------------------------------------------------ the article as a whole
def _types(mentions: Iterable[Mention]) -> dict[str, EntityType]:
    """Return one type per name, by how often and how surely it was found."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for mention in mentions:
        votes[mention.text][mention.type] += _WEIGHT.get(mention.rule, 1)
    chosen: dict[str, EntityType] = {
        name: min(counts, key=lambda kind: (-counts[kind], _PRIORITY[kind])) for name, counts in votes.items()
    }
    for name, kind in chosen.items():
        if kind == "Person" and (
            name in regions().countries
            or (head_class(name) == "strong" and (len(name) > 3 or name in organizations().strong))
            or ends_in_industry(name)
        ):
            chosen[name] = retyped(name, "Organization")
        elif kind in {"Organization", "Place"}:
            chosen[name] = retyped(name, kind)
    _retype_by_others(chosen)
    return chosen


_NUMBERED_CRAFT = re.compile(r"[一-龥]{2,4}[一二三四五六七八九十\d]+号")


def _retype_by_others(types: dict[str, EntityType]) -> None:
    """Give a name the type that the other names of the article show: 甲方 beside 甲国, 神舟N号 beside 神舟N号飞船."""
    states = {name[0] for name, kind in types.items() if kind == "Place" and name in regions().countries}
    works = [name for name, kind in types.items() if kind == "Product"]
    for name in [n for n, kind in types.items() if kind == "Person" and len(n) == 2 and states.issuperset(n)]:
        del types[name]  # 甲乙: two states
    for name, kind in types.items():
        if kind == "Person" and len(name) == 2 and name[1] == "方" and name[0] in states:
            types[name] = "Place"
        elif (
            kind in {"Person", "Organization"}
            and _NUMBERED_CRAFT.fullmatch(name)
            and any(work.startswith(name) for work in works)
        ):
            types[name] = "Product"


def _brands(types: dict[str, EntityType]) -> None:
    """A short form of an organisation is an organisation, whatever the tagger took it for."""
    for name, kind in list(types.items()):
        if kind == "Organization" and len(name) >= 4:
            for form in short_forms(name):
                if types.get(form) in {"Person", "Place"}:
                    types[form] = "Organization"
            brand = stem(name)
            if types.get(brand) == "Person" and (len(brand) == 2 or not has_surname(brand)):
                types[brand] = "Organization"


def _drop_doubtful(types: dict[str, EntityType], tagged: Sequence[TaggedSentence], sure: set[str]) -> None:
    """Take out short names that the tagger mostly reads as plain words."""
    short = {
        name: 0
        for name, kind in types.items()
        if len(name) <= 3 and kind in {"Person", "Organization"} and name not in sure
    }
    if not short:
        return
    for sentence in tagged:
        for token in sentence.tokens:
            if token.text in short:
                short[token.text] += 1 if token.tag in {"PER", "ORG", "LOC", "nz", "nw"} else -1
    for name, balance in short.items():
        if balance < 0:
            del types[name]


def _spread(
    article: Article, tagged: Sequence[TaggedSentence], types: dict[str, EntityType]
) -> list[list[Mention]]:
    """Find every known name, and the short forms of organisations, wherever they stand."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    patterns: dict[str, tuple[EntityType, str]] = {}
    for name, kind in types.items():
        if len(name) >= 2:
            patterns[name] = (kind, "again")
    for name, kind in types.items():
        if kind == "Organization" and len(name) >= 4:
            for form in short_forms(name):
                patterns.setdefault(form, ("Organization", "short-form"))
    for name in bodies():
        patterns.setdefault(name, ("Organization", "well-known"))
    for name in _teams(tagged):
        patterns[name] = ("Organization", "team")
        types[name] = "Organization"
    rows: list[list[Mention]] = [[] for _ in tagged]
    if not patterns:
        return rows
    starts = [sentence.sentence.span.start for sentence in tagged]
    borders = {token.start for sentence in tagged for token in sentence.tokens}
    borders.update(sentence.sentence.span.end for sentence in tagged)
    words = list(patterns)
    finder = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)
    for index, start, end in finder.find_matches_as_indexes(article.text):
        where = bisect_right(starts, start) - 1
        if where < 0 or end > tagged[where].sentence.span.end:
            continue
        kind, rule = patterns[words[index]]
        if (
            (start in borders and end in borders)
            or ((len(words[index]) >= 4 or rule == "well-known") and (start in borders or end in borders))
            or len(words[index]) >= 6
        ):
            rows[where].append(Mention(Span(start, end), words[index], kind, rule))
    return rows


def _teams(tagged: Sequence[TaggedSentence]) -> list[str]:
    """Return the teams called by everyday words, where the article is about their game."""
    words = {token.text for sentence in tagged for token in sentence.tokens}
    found: list[str] = []
    for league in leagues():
        if not words.isdisjoint(league.signs) or len(words & league.sure) >= 2:
            found.extend(sorted(league.names))
    return found


def _known_inside(row: Sequence[Mention], known: Mapping[str, str]) -> list[Mention]:
    """Return the organisation, named elsewhere, that a longer name begins with (X公司 in X公司党委)."""
    inside = []
    for mention in row:
        text = mention.text
        if mention.type in {"Organization", "Activity", "Product"}:
            size = next((n for n in range(len(text) - 2, 2, -1) if known.get(text[:n]) == "Organization"), 0)
            if size:
                start = mention.span.start
                inside.append(Mention(Span(start, start + size), text[:size], "Organization", "again"))
    return inside


def _retype(row: Iterable[Mention], types: dict[str, EntityType]) -> Iterator[Mention]:
    for mention in row:
        kind = types.get(mention.text)
        if kind == mention.type:
            yield mention
        elif kind is not None:
            yield Mention(mention.span, mention.text, kind, mention.rule, mention.confidence)


# ------------------------------------------------------------------------------------------------------------- overlaps
def _outermost(row: list[Mention]) -> Iterator[Mention]:
    """Yield the mentions that no other holds, the longest first."""
    kept: list[Mention] = []
    for mention in sorted(row, key=_order):
        if not any(mention.span.overlaps(other.span) for other in kept):
            kept.append(mention)
            yield mention


def _order(mention: Mention) -> tuple[int, int, bool, int]:
    return (
        mention.span.start - mention.span.end,
        mention.span.start,
        mention.rule == "again",
        _PRIORITY[mention.type],
    )


def _settle(row: list[Mention], free: set[str]) -> tuple[Mention, ...]:
    """Return the mentions that go together: the longest first, then those that nest in them or stand free."""
    kept: list[Mention] = []
    seen: set[Span] = set()
    row.sort(key=_order)
    for mention in row:
        if mention.span in seen:
            continue
        if all(_go_together(mention, other, free) for other in kept if other.span.overlaps(mention.span)):
            seen.add(mention.span)
            kept.append(mention)
    kept.sort(key=lambda m: (m.span.start, -m.span.end))
    return tuple(kept)


def _go_together(inner: Mention, outer: Mention, free: set[str]) -> bool:
    """Say whether ``inner`` may stand inside ``outer``: by its own words, or since it stands free elsewhere."""
    if not outer.span.holds(inner.span):
        return False
    if inner.text not in free and inner.rule in _FRAGMENTS and not gazetteer().codes(inner.text):
        whole = inner.rule == "tagger-ORG" and outer.type == "Organization" and head_class(inner.text) != ""
        if not whole or inner.span.start != outer.span.start:
            return False
    if outer.type == "Person" or inner.type == "Person":
        return outer.type in {"Activity", "Award"} and inner.rule == "again"
    if outer.type == "Place":
        return inner.type == "Place"
    if outer.type == "Organization":
        if inner.type == "Place":
            return inner.rule == "place-prefix" or inner.text in free or _is_seat(inner.text, outer.text)
        if inner.type == "Organization":
            return inner.span.start == outer.span.start and (
                head_class(inner.text) in {"strong", "part", "weak"} or inner.rule in {"again", "part-of"}
            )
        return False
    if inner.type in {"Organization", "Place"}:
        return inner.text in free
    return inner.type in {"Document", "Activity"} or inner.rule == "title-marks"
