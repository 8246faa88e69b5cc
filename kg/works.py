"""``TaggedSentence*`` -> the mentions of activities, awards, documents and products: names that end in a common noun.

The ways that lead to a name, each a rule id that reaches the mention:

``title-marks``   《X》: a document, unless the words before say it is a film, a programme or a song.
``quote-HEAD``    “X” and the nouns after it up to a head (“X”主题活动), with the words before it that belong to the name.
``quoted-HEAD``   “X” where X itself ends in a head noun.
``quote-cue-T``   “X” alone, by the verb that takes it (荣获“X”) or the noun that sums up its list (“X”“Y”等称号).
``head-HEAD``     a head noun, extended to the left over the words that can stand inside a name, or up to what bounds it:
                  a cue verb, 在 … 上, the beginning of the clause before 召开.
``again``         a name found elsewhere in the article.
``again-core``    a part of a name found elsewhere that stands for the whole: the same thing, not another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, cast

from kg.model import Article, EntityType, Mention, Span, TaggedSentence, Token
from kg.resources import load_toml

Need = Literal["modifier", "name", "brand", "cue", "both", "quote"]

LONGEST = 60  # code points; no name of a work is longer
_PAIR = {"“": "”", "「": "」", "『": "』", "‘": "’", '"': '"'}
_CLOSE = {close: opening for opening, close in _PAIR.items()}
_TITLE = re.compile(r"《([^《》]{1,80}(?:《[^《》]{1,60}》[^《》]{0,60})?)》")
_NUMBER = "一二三四五六七八九十百零两〇\\d"
_EDITION = re.compile(
    rf"第[{_NUMBER}]+[届次批期轮个]?|首[届次批期轮]|[{_NUMBER}]+届(?:[{_NUMBER}]+中)?|[{_NUMBER}]+次"
    rf"|\d(?:\.\d)?级|(?:19|20)?\d\d年?度?|[{_NUMBER}]{{2,}}周?年|±?\d+[kK][vV]|[{_NUMBER}]+五|\d+$"
)
_SEASON = re.compile(rf"(?:19|20)\d\d(?:年度?)?|[{_NUMBER}]+周年|[春夏秋冬]季|暑期|未来|年度|[{_NUMBER}]+年")
_LATIN = re.compile(r"[A-Za-z]{2,}|[A-Za-z]+[-+]?\d")
_SCOPE = ("全国", "全省", "全市", "国家", "世界", "国际", "全球", "亚洲", "省级", "市级", "中央")
_CUED: Mapping[EntityType, frozenset[EntityType]] = {
    "Activity": frozenset({"Activity"}),
    "Award": frozenset({"Award", "Document"}),
    "Document": frozenset({"Document", "Activity"}),
    "Product": frozenset({"Product", "Activity", "Award"}),
}
_QUANTITY = re.compile(
    rf"[{_NUMBER}.,多余数几百千万亿]+[余多]?[个项名场条款类批种件家份只架台座部套期所支]|一系列|一批|一些|许多|多[项个种]|[\d.]+[%％万亿]"
)
_OPENING = frozenset({"开幕式", "开班式", "闭幕式", "开幕会", "启动会", "闭幕会"})
_CODE = re.compile(r"\d{3,}(?!年|个|项|\d*[年亿万])")
_MERIT = re.compile(
    "优秀|先进|十佳|十大|最佳|最美|突出|模范|杰出|百强|[十百]强|标兵|示范|特色|重点|文明|诚信|名牌|驰名|著名|国家级|省级|市级|特级|[甲A]级|高新|龙头|劳模|英雄"
)
_MARKS = {ord(c): None for c in '《》“”「」『』"· '}
_PLAIN = re.compile(r"[（(][^（）()]*[）)]")
_REST = re.compile(r"[（(].*|(?:系列|主题)?活动|项目|工程|产品|称号")
_ORDINAL = re.compile(rf"第[{_NUMBER}]+[届次批期轮]|(?:19|20)\d\d年?度?|[{_NUMBER}]+周年")
_MODEL = re.compile(r"[A-Za-z0-9]+")
_CLOCK = re.compile(r"[年月日时点分今昨前后晨晚夜午\d]")
_TIMES = re.compile(rf"[{_NUMBER}多数几]+次")
_DURING = frozenset({"上", "期间", "中", "现场", "会上"})
_SHOW = re.compile(
    r"(?:电影|影片|电视剧|连续剧|纪录片|话剧|舞剧|歌剧|歌曲|单曲|专辑|节目|栏目|综艺|游戏|动画片|大片|新片|剧目|曲目|[京越豫]剧)[为是]?$"
)
_INNER = frozenset({"n", "nz", "nw", "vn", "an", "a", "LOC", "ORG", "f", "s"})
_NAMES = frozenset({"nz", "nw", "LOC", "ORG", "PER"})
_NOUNS = frozenset({"n", "nz", "vn", "nw", "LOC", "ORG", "an"})
_ORGANISATION = ("合作", "经合", "贸易", "卫生", "公约", "上合", "劳工", "粮农", "产权", "党")
_UNITS = ("连", "营", "团", "班", "排", "旅", "中队", "大队", "艇", "舰")
_HONOURED = frozenset(
    {"企业", "单位", "集体", "个人", "家庭", "城市", "社区", "学校", "医院", "基地", "奖", "号"}
)
_GENERIC = frozenset(
    {"主要", "各类", "各级", "更多", "相关", "有关", "所有", "部分", "其他", "配套", "具体", "整改"}
)
_SCHOOL = ("结业", "毕业", "学历", "学位", "资格", "职业")
_NO_HEADS = frozenset(
    {"获奖", "颁奖", "评奖", "得奖", "中奖", "抽奖", "领奖", "发奖", "授奖", "开奖", "兑奖"}
)
_PERIOD = frozenset({"时期", "期间", "时代", "精神", "指引", "收官"})
_DASHES = frozenset({"—", "-", "－", "–"})
_JOINS = frozenset({"±", "暨", "·", "-", "—", "+", "－", "–", "&"})
_AND = frozenset({"、", "和", "与", "及", "以及", "并", "或"})
_STOPS = frozenset("，。：；！？!?;,:…")
_ENDS = _STOPS | _AND | {"等", "”", ")", "）"}
_AFTER = frozenset(
    {
        "精神",
        "期间",
        "成果",
        "有关",
        "主办方",
        "事迹",
        "获得者",
        "得主",
        "荣誉",
        "方面",
        "现场",
        "框架",
        "等",
        "相关",
        "首日",
        "时",
        "时期",
        "开幕",
        "上",
        "中",
    }
)
_HELD = frozenset({"召开", "举行", "举办", "开幕", "闭幕", "落幕", "启动", "落下", "开展", "发生"})
_TRIM = frozenset(
    {"本次", "此次", "有关", "相关", "重大", "重要", "上述", "本届", "该", "这次", "新", "一次", "一场", "一项", "系列", "各", "好", "新款", "最新", "上", "中", "下",
     "了", "的", "过", "为", "“", "”", "以", "将", "并", "现有", "等", "国内", "共同", "首个", "首条", "近日", "今年", "今天"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that ends a name, and what must stand before it."""

    id: str
    type: EntityType
    needs: Need
    bare: bool = False  # it is no part of the name
    after: bool = False  # a noun may follow the name
    least: int = 2  # code points before the head


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What ``works.toml`` says, made ready for looking up."""

    heads: Mapping[str, Head]
    cues: Mapping[str, EntityType]
    shapes: tuple[tuple[str, EntityType, re.Pattern[str]], ...]
    longest_head: int
    last: frozenset[str]  # characters that end a head


@cache
def knowledge() -> Knowledge:
    """Return the head nouns and cue verbs of ``works.toml``."""
    data = load_toml("language/works.toml")
    heads = {
        word: Head(
            entry["id"],
            cast(EntityType, entry["type"]),
            cast(Need, entry["needs"]),
            bool(entry.get("bare", False)),
            bool(entry.get("after", False)),
            int(entry.get("least", 2)),
        )
        for entry in data["head"]
        for word in entry["words"]
    }
    cues = {word: cast(EntityType, entry["type"]) for entry in data["cue"] for word in entry["words"]}
    shapes = tuple(
        (entry["id"], cast(EntityType, entry["type"]), re.compile(entry["shape"])) for entry in data["shape"]
    )
    return Knowledge(heads, cues, shapes, max(map(len, heads)), frozenset(word[-1] for word in heads))


class _Scan:
    """One sentence while its names are sought. All positions are indices into ``text``."""

    def __init__(self, tagged: TaggedSentence, know: Knowledge) -> None:
        self.tokens = tagged.tokens
        self.text = tagged.sentence.text
        self.base = tagged.sentence.span.start
        self.know = know
        self.found: list[Mention] = []

    def keep(self, start: int, end: int, kind: EntityType, rule: str, confidence: float = 0.8) -> None:
        """Note the name at [start, end)."""
        if start < end:
            span = Span(start + self.base, end + self.base)
            self.found.append(Mention(span, self.text[start:end], kind, rule, confidence))

    def settle(self) -> None:
        """Of names that meet keep the longest; names in title marks and quotes may also lie inside another."""
        kept: list[Mention] = []
        for mention in sorted(
            self.found, key=lambda m: (m.rule != "title-marks", m.span.start - m.span.end, m.rule)
        ):
            if all(_go_together(mention, other) for other in kept):
                kept.append(mention)
        self.found = kept

    def start(self, i: int) -> int:
        """Where token ``i`` starts."""
        return self.tokens[i].start - self.base

    def end(self, i: int) -> int:
        """Where token ``i`` ends."""
        return self.tokens[i].end - self.base

    def head(self, end: int) -> tuple[Head, int] | None:
        """The longest head noun that ends at ``end``, and its length."""
        text = self.text
        if text[end - 1] not in self.know.last:
            return None
        for length in range(min(end, self.know.longest_head), 0, -1):
            head = self.know.heads.get(text[end - length : end])
            if head is not None:
                return None if text[end - length - 1 : end] in _NO_HEADS else (head, length)
        return None

    def cue(self, i: int) -> EntityType | None:
        """What type the verb at token ``i`` takes, if it is a cue."""
        token = self.tokens[i]
        kind = self.know.cues.get(token.text) or self.know.cues.get(token.text.removesuffix("为"))
        return kind if kind is not None and token.tag != "vn" and self._takes_object(i) else None

    def _takes_object(self, i: int) -> bool:
        """Say whether the cue verb at token ``i`` is a verb here, not a part of a name or a preposition."""
        word, before = self.tokens[i].text, self.text[: self.start(i)]
        after = self.tokens[i + 1].text if i + 1 < len(self.tokens) else ""
        if word == "组织" and before.endswith(_ORGANISATION):
            return False
        if word == "通过":
            return after == "了" or before.endswith(("审议", "表决", "会议", "一致", "相继"))
        if word == "组织" and after.startswith(
            ("部", "处", "员", "委员", "者", "生活", "架构", "领导", "建设", "纪律")
        ):
            return False
        return not (word == "实施" and after in ("方案", "细则", "办法", "意见", "条例", "计划"))


def _go_together(mention: Mention, kept: Mention) -> bool:
    if not mention.span.overlaps(kept.span):
        return True
    if kept.rule == "title-marks":
        return (
            mention.span.holds(kept.span) and mention.span != kept.span and not mention.text.startswith("《")
        )
    return (
        kept.span.holds(mention.span)
        and mention.rule.startswith("quoted-")
        and not kept.rule.startswith("quote")
    )


def find_works(article: Article, tagged: Sequence[TaggedSentence]) -> tuple[tuple[Mention, ...], ...]:
    """Return the activities, awards, documents and products that each sentence names, sorted by start."""
    know = knowledge()
    scans = [_Scan(sentence, know) for sentence in tagged]
    for scan in scans:
        _titles(scan)
        _quotes(scan)
        _heads(scan)
        _awarded(scan)
        _shapes(scan)
        scan.settle()
    _repeat(scans)
    _mark_short_forms(scans)
    return tuple(tuple(sorted(s.found, key=lambda m: (m.span.start, -m.span.end))) for s in scans)


# 《X》 ------------------------------------------------------------------------------------------------------------


def _titles(s: _Scan) -> None:
    if "《" not in s.text:
        return
    for match in _TITLE.finditer(s.text):
        kind: EntityType = (
            "Product" if _SHOW.search(s.text, max(0, match.start() - 8), match.start()) else "Document"
        )
        s.keep(match.start(), match.end(), kind, "title-marks", 0.95)


# “X” --------------------------------------------------------------------------------------------------------------


def _quotes(s: _Scan) -> None:
    groups = list(_groups(s))
    for row in _rows(s, groups):
        _read_row(s, row)


def _groups(s: _Scan) -> Iterator[tuple[int, int]]:
    """The outermost quotes, as the indices of their marks' tokens."""
    i = 0
    while i < len(s.tokens):
        if s.tokens[i].text in _PAIR:
            close = _closing(s.tokens, i)
            if close is not None:
                yield i, close
                i = close
        i += 1


def _closing(tokens: Sequence[Token], i: int) -> int | None:
    opening, close, depth = tokens[i].text, _PAIR[tokens[i].text], 0
    for j in range(i + 1, min(len(tokens), i + 50)):
        text = tokens[j].text
        if text == close:
            if not depth:
                return j
            depth -= 1
        elif text == opening:
            depth += 1
    return None


@dataclass(slots=True)
class _Item:
    """A quote with the head after it and the modifiers before it."""

    open: int
    close: int
    first: int  # token where the name starts
    last: int  # token where it ends
    head: Head | None


def _rows(s: _Scan, groups: Sequence[tuple[int, int]]) -> Iterator[list[_Item]]:
    """Quotes that stand in one list (“X”、Y市“Z”和“W”)."""
    row: list[_Item] = []
    for i, close in groups:
        found = _tail(s, close)
        item = _Item(i, close, _before_quote(s, i), found[0] if found else close, found[1] if found else None)
        if row and all(
            s.tokens[k].text in _AND or s.tokens[k].text.isspace()
            for k in range(row[-1].last + 1, item.first)
        ):
            row.append(item)
        else:
            if row:
                yield row
            row = [item]
    if row:
        yield row


def _read_row(s: _Scan, row: Sequence[_Item]) -> None:
    kind = _summed_up(s, row[-1].last) or _taken_by(s, row[0].first)
    for item in row:
        start, end = s.start(item.first), s.end(item.last)
        inner = s.text[s.end(item.open) : s.start(item.close)]
        if len(inner) < 2:
            continue
        if inner.endswith(_UNITS) and item.head is not None and item.head.id == "honour":
            s.keep(start, end, "Award", "quote-honour", 0.9)
        elif (
            inner != inner.strip()
            and (item.head is None or s.text[s.end(item.close) : end] == "活动")
            and kind != "Document"
        ):
            _read_blank(s, item, kind)
        elif item.head is not None and (item.head.bare or s.text[s.end(item.close) : end] == "活动"):
            s.keep(start, s.end(item.close), item.head.type, f"quote-{item.head.id}", 0.9)
        elif item.head is not None:
            s.keep(start, end, item.head.type, f"quote-{item.head.id}", 0.85)
        elif kind == "Award" and (not _modifies(s, item.close) or s.tokens[item.close + 1].text in _HONOURED):
            s.keep(start, end, kind, "quote-cue-Award", 0.8)
        elif (found := s.head(s.start(item.close))) and len(inner) >= found[1] + 2:
            s.keep(s.start(item.open), end, found[0].type, f"quoted-{found[0].id}", 0.8)
        elif kind is not None and kind != "Document" and not _modifies(s, item.close):
            s.keep(s.start(item.open), end, kind, f"quote-cue-{kind}", 0.7)


def _read_blank(s: _Scan, item: _Item, kind: EntityType | None) -> None:
    """Read a quote with blanks at its ends: its name is what stands between them."""
    start, end = s.end(item.open), s.start(item.close)
    while start < end and s.text[start].isspace():
        start += 1
    while end > start and s.text[end - 1].isspace():
        end -= 1
    kind = item.head.type if item.head is not None else kind
    if kind is not None:
        s.keep(start, end, kind, f"quote-cue-{kind}", 0.7)


def _modifies(s: _Scan, close: int) -> bool:
    """Say whether a quote stands before a noun that it only describes (“钦定”的城市)."""
    if close + 1 >= len(s.tokens):
        return False
    after = s.tokens[close + 1]
    return after.text == "的" or (after.tag in _NOUNS | {"a"} and after.text not in _AFTER)


def _tail(s: _Scan, close: int) -> tuple[int, Head] | None:
    """The last head noun among the nominal words right after a closing quote."""
    best = None
    for j in range(close + 1, min(len(s.tokens), close + 11)):
        if not _may_follow_quote(s, j):
            break
        head = s.head(s.end(j))
        if head is not None and head[1] <= s.end(j) - s.end(close) and _may_end(s, j, head[0]):
            best = (j, head[0])
    return best


def _may_follow_quote(s: _Scan, j: int) -> bool:
    """Say whether token ``j`` may stand between a quote and the head noun of its name."""
    token = s.tokens[j]
    if s.cue(j) or token.text in _PERIOD:
        return False
    if token.tag in ("n", "nz", "vn", "an", "a", "LOC", "nw") or token.text in ("暨", "特别"):
        return True
    if token.tag == "TIME":
        return _SEASON.fullmatch(token.text) is not None
    if token.tag not in ("v", "vd") or j + 1 >= len(s.tokens):
        return False
    return (
        s.head(s.end(j)) is not None
        or s.head(s.end(j + 1)) is not None
        or s.tokens[j + 1].text.endswith("周年")
    )


def _before_quote(s: _Scan, i: int) -> int:
    """The first token of the modifiers right before an opening quote that belong to the name."""
    j = i
    while j > 0:
        token = s.tokens[j - 1]
        if (
            token.tag == "LOC"
            or token.text in _SCOPE
            or _EDITION.fullmatch(token.text)
            or token.text == "年度"
            or (token.tag == "TIME" and _SEASON.fullmatch(token.text))
        ):
            j -= 1
        else:
            break
    return j


def _summed_up(s: _Scan, last: int) -> EntityType | None:
    """The type of the noun that sums up a list of quotes: “X”“Y”等荣誉."""
    j = last + 1
    if s.text.startswith("为主题的", s.end(last)):
        while s.end(j) < s.end(last) + len("为主题的"):
            j += 1
    if j >= len(s.tokens) or s.tokens[j].text not in ("等", "的"):
        return None
    for k in range(j + 1, min(len(s.tokens), j + 7)):
        head = s.head(s.end(k))
        if head is not None and s.tokens[k].tag in ("n", "vn", "nz"):
            return head[0].type
        if s.tokens[k].tag == "w":
            break
    return None


def _taken_by(s: _Scan, first: int) -> EntityType | None:
    """The type that the verb before a quote takes."""
    for k in range(first - 1, max(-1, first - 6), -1):
        kind = s.cue(k)
        if kind is not None:
            return kind if kind != "Product" or first - k < 4 else None
        if s.tokens[k].tag == "w":
            break
    return None


# what somebody is named -------------------------------------------------------------------------------------------


def _awarded(s: _Scan) -> None:
    """Read the object of 被评为, 授予 and the like, up to the end of its clause, as an award."""
    for i, token in enumerate(s.tokens):
        if token.tag == "v" and s.cue(i) == "Award":
            first = i + 1
            named = token.text.endswith(("为", "予", "评", "选", "膺"))
            while first < len(s.tokens) and s.tokens[first].text in ("为", "了", "成为"):
                named = named or s.tokens[first].text == "为"
                first += 1
            if named:
                _read_objects(s, first)


def _read_objects(s: _Scan, first: int) -> None:
    i = first
    while i < len(s.tokens):
        last = i
        while last < len(s.tokens) and (
            s.tokens[last].tag in _INNER or s.tokens[last].tag in ("m", "TIME", "v", "d")
        ):
            if s.cue(last):
                return
            last += 1
        end = s.start(last) if last < len(s.tokens) else len(s.text)
        start = s.start(i)
        words = s.text[start:end]
        for bare in ("荣誉称号", "称号", "证书"):
            words = words.removesuffix(bare)
        if not 4 <= len(words) <= 22 or not _MERIT.search(words) or _QUANTITY.match(words):
            return
        if last < len(s.tokens) and s.tokens[last].text not in _ENDS:
            return
        s.keep(start, start + len(words), "Award", "named", 0.7)
        if last >= len(s.tokens) or s.tokens[last].text not in _AND:
            return
        i = last + 1


# fixed shapes -----------------------------------------------------------------------------------------------------


def _shapes(s: _Scan) -> None:
    for name, kind, shape in s.know.shapes:
        for match in shape.finditer(s.text):
            s.keep(match.start(), match.end(), kind, f"shape-{name}", 0.8)


# head nouns -------------------------------------------------------------------------------------------------------


def _heads(s: _Scan) -> None:
    tokens = s.tokens
    for i in range(len(tokens) - 1, -1, -1):
        if (
            tokens[i].tag in ("w", "p", "d", "c", "u", "xc", "r", "TIME")
            or tokens[i].text[-1] not in s.know.last
        ):
            continue
        found = s.head(s.end(i))
        if found is not None and _may_end(s, i, found[0]):
            _read_head(s, i, *found)


def _may_end(s: _Scan, i: int, head: Head) -> bool:
    """Say whether a name may end after token ``i``: no noun follows that would carry it on."""
    if s.tokens[i].tag == "ORG" and head.type != "Document" and not _ORDINAL.search(s.tokens[i].text):
        return False
    if i + 1 >= len(s.tokens) or head.after or head.bare:
        return True
    after = s.tokens[i + 1]
    return after.tag not in _NOUNS or after.text in _AFTER or after.text in _OPENING


def _read_head(s: _Scan, i: int, head: Head, length: int) -> None:
    end = s.end(i)
    at = end - length
    first = i
    while s.start(first) > at:
        first -= 1
    if first and s.tokens[first - 1].text in _CLOSE and head.needs != "modifier":
        return  # the quote before the head is the name, and read already
    natural = _natural(s, first, head)
    start, cued = _left(s, natural, i, head)
    start = _trim(s, start, at, head)
    if not _enough(s, head, start, at, length, cued):
        return
    s.keep(start, at if head.bare else end, head.type, f"head-{head.id}", 0.75 if cued else 0.65)


def _left(s: _Scan, natural: int, last: int, head: Head) -> tuple[int, bool]:
    """Where the name that ends in a head begins, and whether something says that it begins there."""
    start = s.start(natural)
    bound = _bound(s, natural, last, head)
    if bound is not None:
        return bound, True
    if head.type == "Product":
        return start, False
    k = natural
    while k > 0 and start - s.start(k - 1) < 45:
        token = s.tokens[k - 1]
        if token.text in _CLOSE and (opening := _opening(s.tokens, k - 1)) is not None:
            k = opening
            continue
        if not _may_stand_inside(s, k - 1, head):
            break
        k -= 1
        bound = _bound(s, k, last, head)
        if bound is not None:
            return bound, True
    return start, False


def _may_stand_inside(s: _Scan, i: int, head: Head) -> bool:
    """Say whether token ``i`` may stand in a name whose beginning a cue shows, though it seldom stands in one."""
    token = s.tokens[i]
    if token.text in _STOPS or token.text.isspace() or token.text in _PAIR or token.text == "同":
        return False
    if token.tag in ("r", "xc", "PER") or (token.tag == "TIME" and not _SEASON.fullmatch(token.text)):
        return False
    if token.text == "的" and s.tokens[i - 1].text == "党":
        return True
    if token.text == "地":
        return True
    if token.text in _AND:
        return head.id in ("meeting", "conference", "law", "paper", "prize") and s.head(s.start(i)) is None
    if token.tag == "u" or (token.tag == "p" and token.text not in ("关于", "对", "向")):
        return token.text == "的" and s.text.rfind("关于", 0, s.start(i)) >= 0
    return not (token.tag == "m" and _QUANTITY.match(token.text))


def _natural(s: _Scan, first: int, head: Head) -> int:
    """The first token of the words that can stand inside a name, from token ``first`` to the left."""
    j = first
    while j > 0:
        token = s.tokens[j - 1]
        if token.text in _DASHES and j > 1 and s.tokens[j - 2].text in _DASHES:
            break
        if (
            ((token.tag in _INNER or token.text == "组织") and not s.cue(j - 1))
            or token.text in _JOINS
            or (token.text == "至" and s.tokens[j].tag == "LOC")
            or (token.tag in ("TIME", "m", "n") and _SEASON.fullmatch(token.text))
            or (token.tag in ("m", "nz") and _EDITION.match(token.text) and not _QUANTITY.match(token.text))
        ):
            j -= 1
        elif head.id == "disaster" and j == first and token.tag == "TIME" and not _CLOCK.search(token.text):
            j -= 1  # a place that the tagger does not know
        elif token.text in (":", "：") and _LATIN.search(s.tokens[j - 2].text if j > 1 else ""):
            j -= 1
        elif (
            token.text.isspace()
            and j > 1
            and _MODEL.fullmatch(s.tokens[j].text)
            and _MODEL.search(s.tokens[j - 2].text)
        ):
            j -= 1
        elif token.text in _CLOSE or token.text in (")", "）"):
            opening = _opening(s.tokens, j - 1)
            if opening is None or "简称" in s.text[s.start(opening) : s.end(j - 1)]:
                break
            j = opening
        else:
            break
    return j


def _bound(s: _Scan, j: int, last: int, head: Head) -> int | None:
    """Where a name begins whose first token may be ``j``, if the words before it bound it there."""
    token = s.tokens[j]
    if token.tag == "v" and len(token.text) > 3 and token.text[:2] in s.know.cues:
        return s.start(j) + 2
    held = head.type == "Activity" and _held_after(s, last)
    if not j:
        return s.start(j) if held else None
    before = s.tokens[j - 1]
    k = j - 1
    if before.text in ("了", "过", "的", "为", "“") and k:
        k -= 1
    if (
        s.cue(k) in _CUED[head.type]
        or (head.id == "campaign" and s.cue(k) in ("Product", "Document"))
        or (before.text in _AND and _same_head(s, s.start(j - 1), head))
    ):
        return s.start(j)
    if head.type != "Activity":
        return None
    if (
        before.text in ("在", "从", "于", "以")
        and last + 1 < len(s.tokens)
        and s.tokens[last + 1].text in _DURING | _OPENING
    ):
        return s.start(j)
    if held and (
        before.text in _STOPS or before.text == "的" or before.text.isspace() or before.tag == "TIME"
    ):
        return s.start(j)
    return None


def _same_head(s: _Scan, end: int, head: Head) -> bool:
    """Say whether a name of the same type seems to end at ``end``."""
    other = s.head(end) if end else None
    return other is not None and other[0].type == head.type


def _held_after(s: _Scan, last: int) -> bool:
    """Say whether the words after a name say that it was held: X在Y召开."""
    for token in s.tokens[last + 1 : last + 9]:
        if token.text in _HELD:
            return True
        if token.text in _STOPS or token.text == "的":
            return False
    return False


def _trim(s: _Scan, start: int, at: int, head: Head) -> int:
    """Drop the words that no name begins with."""
    for token in s.tokens:
        if token.start - s.base != start or start >= at:
            continue
        if (
            token.text in _TRIM
            or token.tag in ("f", "u", "xc", "r")
            or token.text in _AND
            or token.text.isspace()
            or (token.tag == "p" and token.text != "关于")
            or (token.text.endswith("赛季") and head.id == "contest")
            or (
                token.text.endswith("年")
                and head.type in ("Product", "Award")
                and _SEASON.fullmatch(token.text)
            )
        ):
            start = token.end - s.base
    return start


def _opening(tokens: Sequence[Token], close: int) -> int | None:
    want = {")": "(", "）": "（"}.get(tokens[close].text) or _CLOSE[tokens[close].text]
    for j in range(close - 1, max(-1, close - 40), -1):
        if tokens[j].text == want:
            return j
    return None


def _enough(s: _Scan, head: Head, start: int, at: int, length: int, cued: bool) -> bool:
    size = at - start
    if size < head.least or size > LONGEST:
        return False
    words = [t for t in s.tokens if start <= t.start - s.base < at]
    before = next((t.text for t in s.tokens if t.end - s.base == start), "")
    if words and (_QUANTITY.match(words[0].text) or _TIMES.fullmatch(words[0].text)):
        return False
    if (not words and head.least) or _QUANTITY.fullmatch(before):
        return False
    if any(w.text in _GENERIC and not (cued and w.text == "主要") for w in words) or (
        head.bare and s.text[start:at].endswith(_SCHOOL)
    ):
        return False
    edition = any(w.text in _PAIR or (w.tag != "n" and _EDITION.match(w.text)) for w in words)
    brand = any(
        w.tag in ("nz", "nw", "ORG", "PER")
        or (w.tag == "LOC" and len(w.text) > 4)
        or w.text in _PAIR
        or _LATIN.search(w.text)
        or _CODE.match(w.text)
        for w in words
    )
    if head.needs in ("modifier", "quote"):
        return head.needs == "modifier"
    if head.needs == "cue":
        return (cued and size + length >= 6) or edition
    if head.needs == "brand":
        return brand or (words[0].tag == "LOC" and len(words) > 3)
    if head.id == "line":
        return (
            size < 5
            and words[0].tag in _NAMES
            and not s.text[start:at].endswith(("国", "市", "省", "县", "区"))
        )
    named = edition or brand or any(w.tag == "LOC" or (w.text in _SCOPE and size > 3) for w in words)
    coded = head.type == "Product" and _LATIN.match(words[0].text) is not None
    return named and (cued or head.needs == "name" or coded)


# the same name again ----------------------------------------------------------------------------------------------


def _repeat(scans: Sequence[_Scan]) -> None:
    known: dict[str, tuple[EntityType, str]] = {}
    for s in scans:
        for mention in s.found:
            for name, core in _forms(mention.text):
                if len(name) >= 4 and not (mention.type == "Award" and name.strip("”").endswith(_UNITS)):
                    known.setdefault(name, (mention.type, "again-core" if core else "again"))
    if not known:
        return
    pattern = re.compile("|".join(map(re.escape, sorted(known, key=lambda name: (-len(name), name)))))
    for s in scans:
        ends = {token.end - s.base for token in s.tokens}
        for match in pattern.finditer(s.text):
            if match.end() in ends and (not match.start() or match.start() in ends):
                kind, rule = known[match.group()]
                span = Span(match.start() + s.base, match.end() + s.base)
                met = [other for other in s.found if span.overlaps(other.span)]
                if all(
                    other.rule.startswith("head-") and span.holds(other.span) and span != other.span
                    for other in met
                ):
                    s.found = [other for other in s.found if other not in met]
                    s.keep(match.start(), match.end(), kind, rule, 0.7)


def _mark_short_forms(scans: Sequence[_Scan]) -> None:
    """Give the names that stand for one longer name of the article a rule id that says so."""
    names = sorted({(mention.type, mention.text) for s in scans for mention in s.found})
    short = {
        name
        for name in names
        if len({_bare(other) for kind, other in names if kind == name[0] and stands_for(name[1], other)}) == 1
    }
    for s in scans:
        s.found = [
            replace(m, rule=f"{m.rule}-core")
            if (m.type, m.text) in short and not m.rule.endswith("-core")
            else m
            for m in s.found
        ]


def stands_for(short: str, full: str) -> bool:
    """Say whether ``short`` is a shorter form of the name ``full``.

    It is if it is the end of it (科技进步奖 of X省科技进步奖), all of it but an edition or a bracket (X论坛 of 第三届X论坛,
    《X规划》 of 《X规划（试行）》), its quoted part, or all but a last common noun (X专场 of X专场活动).
    """
    less, more = _bare(short), _bare(full)
    if len(less) < 2 or len(less) >= len(more):
        return False
    if more.endswith(less) or less == _bare(_PLAIN.sub("", full)) or f"“{less}”" in full:
        return True
    if more.startswith(less) and _REST.fullmatch(more, len(less)):
        return True
    return _ORDINAL.sub("", more).endswith(less)


def _bare(name: str) -> str:
    return name.translate(_MARKS)


def _forms(name: str) -> Iterator[tuple[str, bool]]:
    """A name without its marks, and the quoted part of it."""
    yield name, False
    bare = _bare(name)
    if bare != name:
        yield bare, False
    for match in re.finditer(r"“([^“”]{4,})”", name):
        if len(match.group(1)) < len(bare):
            yield match.group(1), True
