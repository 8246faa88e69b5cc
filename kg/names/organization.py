"""Names of organisations and places in one tagged sentence: the tagger's own, joined and extended around their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from kg.base.model import EntityType, Mention, Span, Token
from kg.names.gazetteer import gazetteer
from kg.names.lexicon import bodies, names, organizations, regions, titles
from kg.names.person import is_foreign, is_person_cut_late

HeadClass = Literal["", "strong", "weak", "part", "industry", "area"]

LONGEST = 12  # words in one name
_NOUNS = frozenset({"n", "nz", "nw", "vn", "an", "j", "s", "b", "xc"})
_NAME = frozenset({"ORG", "LOC"})
_NAMED = _NAME | {"PER"}
_ORDINAL = re.compile(r"第?[一二三四五六七八九十百\d]+[届次]?$")
_ORDINAL_BODY = re.compile(r"第?[一二三四五六七八九十\d]+(?:营|连|团|旅|队|厂|院|病区|科|部|系)$")
_BRACKETS = re.compile(r"[（(][^（()）]{1,14}[）)]")
_TAIL = frozenset("原任与和及另讯等将已")
# Inside a longer name these end the name of the body that the rest is a part of.
_INNER = re.compile(
    r"(?:大学|医院|公司|集团|联合会|协会|学会|检察院|法院|兵团|研究院|科学院|委员会|管委会|局|厅|政府|银行|中学|小学|集团军)(?!党校)"
)
_BRANCH = re.compile(
    r"(.{3,}?有限(?:责任)?公司|.{2,}?集团(?!有限|股份|公司|控股|责任|财务|总))[^（(].{3,}公司$"
)
_SCHOOL = re.compile(r"[^届第其集大]{2,4}[一二三四五六七八九十]中")
_RANKING = re.compile(r"\d+强")
_SITE = re.compile(r"[一-龥]{2,8}网")
_NO_SITES = (
    "互联网",
    "物联网",
    "局域网",
    "因特网",
    "校园网",
    "铁网",
    "路网",
    "管网",
    "电网",
    "官网",
    "专网",
    "水网",
    "通网",
    "厂网",
    "站网",
)
_ARMY = re.compile(r"[俄乌美日韩朝英法德以印叙伊]军$")
_COMMITTEE = re.compile(r"(省委|市委|县委|区委|州委|旗委|镇党委|乡党委)(?:副?书记|常委|秘书长)")
_BRANCHES = ("分", "办事处", "代表处", "支部", "支队", "总队", "中心", "研究院", "研究所", "基地")
_PARTY = ("党委", "党工委", "党总支", "党支部", "工委")
_COMMITTEES = frozenset({"省委", "市委", "县委", "区委", "州委"})
_LEVEL_ENDS = frozenset("省市县区州盟旗镇乡村")
_CALLED = (
    "巨头",
    "品牌",
    "零售商",
    "厂商",
    "供应商",
    "制造商",
    "开发商",
    "运营商",
    "乳企",
    "车企",
    "药企",
    "房企",
)
_NEVER_FRONT = frozenset({"联合", "携手", "两国", "中央企业", "投资"})
_NO_NAMES = frozenset("悉称据和与及在于对由向为是")  # words of one character that the tagger takes for bodies
_BEFORE_NEW = frozenset({"成立", "设立", "组建", "创办", "创立", "筹建", "新设"})


def find_organizations(tokens: Sequence[Token]) -> Iterator[Mention]:
    """Yield the names of organisations and places in one sentence; prefixes of a longer name may come too."""
    found = list(_find(tokens))
    yield from found
    yield from _listed(tokens, found)


def _find(tokens: Sequence[Token]) -> Iterator[Mention]:
    for at, token in enumerate(tokens):
        if token.tag in _NAME:
            yield from _tagged(tokens, at)
        else:
            yield from _untagged(tokens, at)
        if token.text == "”" and (quoted := _quoted_body(tokens, at)) is not None:
            yield quoted
        if at and _is_kind(tokens[at - 1]):
            yield from _called(tokens, at)
        head = head_class(token.text)
        if head:
            found = _extended(tokens, at, head)
            if found is not None:
                yield found


def _untagged(tokens: Sequence[Token], at: int) -> Iterator[Mention]:
    """Yield names of fixed shapes that the tagger read as plain words: 俄|军, 我|国, 甲乙网, 长江|中游, 县|委书记."""
    token, before = tokens[at], tokens[at - 1] if at else None
    if token.text[-1] == "军" and _ARMY.fullmatch(token.text):
        yield _mention(tokens, at, at, "Organization", "army")
    elif token.text == "军" and before is not None and _ARMY.fullmatch(before.text + "军"):
        yield _mention(tokens, at - 1, at, "Organization", "army")
    elif before is not None and before.tag in _NAME and _goes_on(before, token):
        kind: EntityType = "Place" if token.text in _REACHES else "Organization"
        yield _mention(tokens, at - 1, at, kind, "joined")
    elif token.text in regions().same:
        yield _mention(tokens, at, at, "Place", "side")
    elif token.text == "国" and before is not None and before.text == "我":
        yield _mention(tokens, at - 1, at, "Place", "side")
    elif before is not None and before.tag in _NAME:
        yield from _committee(before, token)
    elif _is_owner(tokens, at) or _is_dealt_in(tokens, at):
        yield _mention(tokens, at - 1, at, "Organization", "head-industry")
    if token.tag == "nz" and _is_site(token.text):
        whole = before is not None and before.text == "中国"
        yield _mention(tokens, at - whole, at, "Organization", "site")


def _is_owner(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a short word before an industry word is a brand, since something is owned by it (海川|基金|旗下)."""
    return (
        0 < at < len(tokens) - 1
        and tokens[at + 1].text == "旗下"
        and tokens[at].text in organizations().industry
        and 2 <= len(tokens[at - 1].text) <= 4
        and tokens[at - 1].tag in {"n", "nz", "v", "vn", "a", "an"}
        and (at == 1 or tokens[at - 2].tag not in {"n", "vn", "nz"})
    )


def _is_dealt_in(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a short word before an industry word is a brand, since somebody buys or owns it (收购|海川|数据)."""
    brand = tokens[at - 1] if at >= 2 else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        brand is not None
        and tokens[at].text in organizations().industry
        and tokens[at - 2].text in _DEALS
        and 2 <= len(brand.text) <= 3
        and brand.tag in {"nz", "nw", "v", "vn", "an", "n"}
        and brand.text not in organizations().industry
        and brand.text not in organizations().verbs_inside
        and brand.text not in organizations().never_inside
        and tokens[at].text not in {"股份", "资产", "房地产", "地产", "基金"}
        and (
            after is None or after.tag not in {"n", "nz", "vn"} or after.text in {"股权", "股份", "部分股权"}
        )
    )


_DEALS = frozenset({"旗下", "收购", "并购", "领投", "起诉", "状告"})


def _is_site(text: str) -> bool:
    """Say whether a proper noun is the name of a site (甲乙网), and no kind of net."""
    return text[-1] == "网" and _SITE.fullmatch(text) is not None and not text.endswith(_NO_SITES)


def _goes_on(before: Token, token: Token) -> bool:
    """Say whether the tagger cut a name before ``token``: 长江|中游, 甲国教育|与科学部."""
    if token.text in _REACHES:
        return before.tag == "LOC" and before.text[-1] in "江河"
    return (
        token.text[0] in "与和"
        and len(token.text) >= 3
        and token.text[-1] in "部局厅署委"
        and _is_cut_off(before.text)
    )


_REACHES = frozenset({"上游", "中游", "下游", "流域"})


def _breaks_off(text: str) -> bool:
    """Say whether the name of a body breaks off: a place or foreign city, and plain words (柏林艺术|与|科学院)."""
    prefix = place_prefix(text) or next((city for city in regions().cities if text.startswith(city)), "")
    return (
        bool(prefix) and len(text) - len(prefix) >= 2 and not head_class(text) and not ends_in_industry(text)
    )


def _is_cut_off(text: str) -> bool:
    """Say whether the name of a body breaks off after its subject: a place, and words that are no place (甲省规划)."""
    rest = text.strip()
    while prefix := place_prefix(rest):
        if prefix == rest:
            return False
        rest = rest[len(prefix) :]
    named = head_class(rest) not in {"", "industry"}
    return rest != text.strip() and len(rest) >= 2 and not named and rest[-1] not in _PLACE_ENDS


def _quoted_body(tokens: Sequence[Token], close: int) -> Mention | None:
    """Return the team or body whose name stands in quotes before ``close`` (“党员先锋|服务队”), None for none."""
    first = next((at + 1 for at in range(close - 1, max(-1, close - 8), -1) if tokens[at].text == "“"), close)
    inner = tokens[first:close]
    text = "".join(token.text for token in inner)
    head = next((word for word in organizations().teams if text.endswith(word)), "")
    if (
        not head
        or len(text) < len(head) + 2
        or len(text) > 14
        or any(t.tag in {"w", "u", "p"} for t in inner)
    ):
        return None
    return _mention(tokens, first, close - 1, "Organization", "quoted-body") if is_name(text) else None


def _is_kind(token: Token) -> bool:
    """Say whether a noun says what kind of company the name after it is (零售业巨头, 乳品商)."""
    return token.text.endswith(_CALLED) or (
        token.tag == "n" and len(token.text) >= 3 and token.text[-1] == "商"
    )


def _called(tokens: Sequence[Token], at: int) -> Iterator[Mention]:
    """零售业巨头|斯特兰德, 女装零售商|Green| |Hill: what the common noun before it says is a company."""
    token = tokens[at]
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if titles().class_of(token.text) or len(token.text) < 2 or after in organizations().industry:
        return
    if token.text.isascii() and token.text[0].isupper():
        last = at
        while (
            last + 2 < len(tokens) and tokens[last + 1].text in {" ", "&"} and tokens[last + 2].text.isascii()
        ):
            last += 2
        yield _mention(tokens, at, last, "Organization", "called")
    elif token.tag in {"PER", "nz"} and is_foreign(token.text) and len(token.text) >= 3:
        yield _mention(tokens, at, at, "Organization", "called")


def _committee(place: Token, token: Token) -> Iterator[Mention]:
    """青山|县委书记: the committee stands in the word of the post."""
    match = _COMMITTEE.match(token.text)
    if match is not None and place.text[-1] != match.group(1)[0]:
        text = place.text.lstrip() + match.group(1)
        yield Mention(
            Span(token.start + match.end(1) - len(text), token.start + match.end(1)),
            text,
            "Organization",
            "committee",
        )


@lru_cache(maxsize=65536)
def head_class(word: str) -> HeadClass:
    """Say what kind of head a word ends in, "" for none."""
    lists = organizations()
    if word.endswith(organizations().no_ends):
        return ""
    if word.endswith(lists.strong) or _SCHOOL.fullmatch(word):
        return "strong"
    if word in lists.parts:
        return "part"
    if word in lists.industry:
        return "industry"
    if (
        word.endswith(organizations().areas)
        and word not in lists.no_heads
        and (len(word) > 1 or word in "路村镇山河湖江岛寺")
    ):
        return "area"
    if word and _ends_weak(word) and not titles().class_of(word):
        return "weak"
    return ""


def _ends_weak(word: str) -> bool:
    lists = organizations()
    if word[-1] not in lists.weak or word[-2:] in lists.no_heads:
        return False
    return (
        not any(character.isdigit() or character in ".%" for character in word[:-1][-3:])
        or word[-1] in "营连团队院厂馆"
    )


def _mention(tokens: Sequence[Token], first: int, last: int, kind: EntityType, rule: str) -> Mention:
    text = "".join([token.text for token in tokens[first : last + 1]])
    start, lead = tokens[first].start, len(text) - len(text.lstrip())
    text = text.strip()
    return Mention(Span(start + lead, start + lead + len(text)), text, kind, rule)


# ---------------------------------------------------------------------------------------------- the tagger's own names
def _tagged(tokens: Sequence[Token], at: int) -> Iterator[Mention]:
    """Yield what is sound of a name that the tagger found, and the places that it begins with."""
    token = tokens[at]
    text, start = _without_glue(tokens, at)
    if token.tag == "ORG":
        if is_person_cut_late(text):
            return
        if at + 1 < len(tokens) and _is_first_half(token, tokens[at + 1]):
            yield _mention(tokens, at, at + 1, "Organization", "joined")
        parts = _RELATED.match(text)
        if parts is not None and (parts.group(2) or not parts.group(1).endswith(tuple(regions().countries))):
            for group in (1, 2):
                if is_name(parts.group(group)):
                    span = Span(start + parts.start(group), start + parts.end(group))
                    kind = retyped(parts.group(group), "Organization")
                    yield Mention(span, parts.group(group), kind, "tagger-ORG")
            return
    title = titles().class_of(tokens[at + 1].text) if at + 1 < len(tokens) else ""
    text = trim_end(text, before_title=bool(title))
    if token.tag == "ORG":
        text = _only_body(_without_rest(_without_post(text)))
    else:
        text = _only_place(_without_stray(text))
    if not is_name(text) or (at + 1 < len(tokens) and tokens[at + 1].text.startswith(_NO_PLACE_BEFORE)):
        return
    found = _typed(tokens, at, start, text)
    if found is not None:
        yield found


def _with_direction(tokens: Sequence[Token], at: int) -> str:
    """Return the direction before a place that is part of its name (北|爱尔兰), "" for none."""
    before = tokens[at - 1] if at else None
    if before is None or before.text not in {"东", "西", "南", "北", "上", "下"} or tokens[at].tag != "LOC":
        return ""
    name = tokens[at].text
    whole = before.tag == "LOC" or (name[-1] in "省州" and is_foreign(name[:-1]))
    return before.text if whole and is_foreign(name.rstrip("省州")) else ""


def _without_glue(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """Return the tagger's name without what it glued to its front and with what it cut off there, and where that starts."""
    token = tokens[at]
    text = token.text.strip()
    start = token.start + len(token.text) - len(token.text.lstrip())
    glued = next((word for word in organizations().glued if text.startswith(word)), "")
    if glued and len(text) - len(glued) >= 3 and (len(glued) > 1 or _begins_with_place(text[len(glued) :])):
        text, start = text[len(glued) :], start + len(glued)
    before = tokens[at - 1] if at else None
    if before is not None and before.text == "从" and text.endswith("处") and len(text) > 4:
        return text[:-1], start  # 从|甲公司处|获悉
    direction = _with_direction(tokens, at)
    if direction:
        return direction + text, start - 1
    if before is not None and before.text == "团" and text in _COMMITTEES:
        return "团" + text, start - 1  # 团|市委
    if before is not None and text.startswith("中央") and _COMMUNISTS.fullmatch(before.text):
        return before.text + text, before.start  # 越共|中央政治局
    return text, start


def _is_first_half(token: Token, after: Token) -> bool:
    """Say whether the tagger cut one name in two after its 与 or 和 (柏林艺术与|科学院)."""
    return token.text[-1] in "与和" and after.tag == "ORG" and _breaks_off(token.text[:-1])


def _typed(tokens: Sequence[Token], at: int, start: int, text: str) -> Mention | None:
    """Return the tagger's name with the type that its own end says; None where nothing speaks for a place."""
    tag = tokens[at].tag
    kind = retyped(text, "Organization" if tag == "ORG" or _is_placed_brand(text) else "Place")
    if kind == "Place" and text[-1] in "高平" and at + 1 < len(tokens) and tokens[at + 1].text == "原":
        text += "原"  # 青藏高|原
    elif at + 1 < len(tokens) and tokens[at + 1].text in {"特别行政区", "自治区", "自治州", "自治县"}:
        text += tokens[at + 1].text  # 香港|特别行政区
    if kind == "Place" and not _is_place(tokens, at, text):
        return None
    return Mention(Span(start, start + len(text)), text, kind, f"tagger-{tag}")


_GAMES = ("奥运", "冬奥", "残奥", "亚运", "大运", "全运", "世博", "进博", "方面", "当地", "本地", "全境")


def _is_placed_brand(text: str) -> bool:
    """Say whether what the tagger took for a place is a company with its city before its brand (岳阳海川)."""
    prefix = place_prefix(text)
    rest = text[len(prefix) :]
    return (
        2 <= len(rest) <= 3
        and bool(prefix)
        and _is_wide(prefix)
        and prefix[-1] not in "省州"
        and rest not in gazetteer().forms
        and rest not in regions().regions
        and rest[-1] not in _PLACE_ENDS
        and not rest.endswith(_GAMES)
        and not head_class(text)
        and not is_foreign(rest)
    )


def _is_place(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Say whether anything speaks for a place but the tagger: a list, its ending, its sound, the words around it."""
    lists = regions()
    if text in gazetteer().forms and not _is_everyday(tokens, at, text):
        return True
    if text in lists.countries or text in lists.same or text in lists.regions:
        return True
    if text in gazetteer().forms or (text[0] in "华京港沪" and at and tokens[at - 1].text == "在"):
        return False
    if (
        text in lists.cities
        or text[-1] in _PLACE_ENDS
        or text.endswith(organizations().areas)
        or is_foreign(text)
    ):
        return True
    if text.endswith(organizations().premises) or place_prefix(text) or head_class(text):
        return True
    beside = [tokens[near].tag for near in (at - 1, at + 1) if 0 <= near < len(tokens)]
    return "LOC" in beside or (at > 0 and tokens[at - 1].text in _INTO)


def _is_everyday(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Say whether the short name of a county stands where an everyday word would: before a noun, behind no place (安康|工程)."""
    if len(text) != 2 or _is_wide(text) or at + 1 >= len(tokens) or tokens[at + 1].tag not in {"n", "vn"}:
        return False
    return at == 0 or (tokens[at - 1].tag not in _NAME and tokens[at - 1].text not in _INTO)


_INTO = frozenset(
    {
        "在",
        "到",
        "赴",
        "抵",
        "抵达",
        "位于",
        "地处",
        "至",
        "从",
        "自",
        "落户",
        "来到",
        "前往",
        "于",
        "坐落于",
        "进入",
        "往",
        "走进",
        "途经",
    }
)


# A party cell or a union is always somebody's: what stands before it is a body, unless it is an area.
_CELL = re.compile("(.{3,}(?<![省市区县州乡镇村道社]))(?:党支部|党总支|工会|团委|团支部)")


def bodies_inside(mention: Mention) -> Iterator[Mention]:
    """Yield the bodies that a name's own words show it to be a part of (X医院|Y中心: X医院)."""
    text = mention.text
    if mention.type != "Organization" or len(text) < 7:
        return
    cell = _CELL.fullmatch(text)
    if cell is not None and is_name(cell[1]):
        start = mention.span.start
        yield Mention(Span(start, start + cell.end(1)), cell[1], "Organization", "part-of")
        return
    branch = _BRANCH.match(text)
    if branch is not None and not branch.group(1)[-3:].startswith(("（", "(")):
        yield Mention(
            Span(mention.span.start, mention.span.start + branch.end(1)),
            branch.group(1),
            "Organization",
            "part-of",
        )
    if text.endswith(organizations().no_part_ends) or not text.endswith(organizations().part_ends):
        return
    for match in _INNER.finditer(text, 2):
        inner, rest = text[: match.end()], text[match.end() :]
        if len(inner) < 4 or len(rest) < 2 or rest.startswith(organizations().goes_on) or not is_name(inner):
            continue
        yield Mention(
            Span(mention.span.start, mention.span.start + len(inner)), inner, "Organization", "part-of"
        )


def _without_post(text: str) -> str:
    """Take a post off the end of a name (海江证券分析师 -> 海江证券); "" where nothing but a post is left."""
    if not titles().class_of(text):
        return text
    if titles().is_title(text):
        return ""
    if text.endswith("顾问") and not head_class(text[:-2]):
        return text  # 甲乙顾问: a company
    for size in range(min(6, len(text) - 2), 1, -1):
        if titles().is_title(text[-size:]):
            return text[:-size]
    return text


_NO_PLACE_BEFORE = ("时间", "式现代化", "式", "特色")  # 北京|时间, 中国|特色
_RELATED = re.compile(
    "(.{2,}?)(?:旗下|下属|子公司|母公司|前身|(?<=[省市县区州旗])原(?=[省市县区州旗]委))(.*)$"
)
_COMMUNISTS = re.compile("[中越朝老古俄日法印]共")
_HIGHEST = ("中共中央", "党中央", "国务院", "全国人大常委会", "全国人大", "全国政协", "中央军委")
_STATES = re.compile("[二两三四五六七八]国$")


def _only_body(text: str) -> str:
    """Cut what the tagger glued behind one of the highest bodies (国务院|决策)."""
    body = next((name for name in _HIGHEST if text.startswith(name)), "")
    return body if body and text != body and not head_class(text) else text


def _only_place(text: str) -> str:
    """Cut what the tagger glued behind a country, province or city: a post, a count of states, a verb (甲省|创新)."""
    prefix = place_prefix(text)
    rest = text[len(prefix) :]
    if not prefix or not rest or rest[-1] in _PLACE_ENDS or is_foreign(rest) or head_class(text):
        return text
    if titles().is_title(rest) or _STATES.fullmatch(rest):
        return prefix
    known = rest in organizations().verbs_inside and (prefix in regions().countries or _is_wide(prefix))
    return prefix if known else text


_REST = re.compile(r"(.{2,}?(?:证券|基金|银行|公司|集团|科技|大学|医院|研究所))(.{1,6})$")


def _without_rest(text: str) -> str:
    """Cut what the tagger glued behind a whole name (海江证券|协办)."""
    match = _REST.match(text)
    if match is None or head_class(text) in {"strong", "part", "industry", "area"}:
        return text
    rest = match.group(2)
    if (
        head_class(rest) == "part"
        or (head_class(rest) and not match.group(1).endswith(("证券", "基金")))
        or rest[0] in "（(业"
    ):
        return text
    return match.group(1) if len(match.group(1)) >= 4 else text


def _without_stray(text: str) -> str:
    """Cut one stray character behind a known place (上海|新)."""
    known = text[:-1]
    if len(known) < 2 or text in gazetteer().forms or text[-1] in _PLACE_ENDS:
        return text
    return known if known in regions().countries or (known in gazetteer().forms and _is_wide(known)) else text


_PLACE_ENDS = frozenset(
    "省市县区镇乡村州盟旗江河湖海山岛港湾路街巷桥北南东西部中洲城关口站场园寺岸线原坝滩峰岭峡谷洋湾段"
)


def _begins_with_place(text: str) -> bool:
    return place_prefix(text) != ""


@lru_cache(maxsize=16384)
def place_prefix(text: str) -> str:
    """Return the longest country, province, city or county that ``text`` begins with, "" for none."""
    lists, places = regions(), gazetteer()
    for size in range(min(len(text), 11), 1, -1):
        word = text[:size]
        if word in lists.countries or word in lists.same or (word in places.forms and _is_whole(text, word)):
            return word
    return ""


def _is_whole(text: str, word: str) -> bool:
    """Say whether a place at the front of a name is meant: no everyday word, no part of another place (洛阳|镇)."""
    if len(word) == 2 and not _is_wide(word):
        return False
    return word[-1] in _LEVEL_ENDS or text[len(word) : len(word) + 1] not in _LEVEL_ENDS


def _is_wide(word: str) -> bool:
    """Say whether a short name is that of a province or a city (short names of districts are everyday words)."""
    return any(code.endswith("00") for code in gazetteer().codes(word))


def trim_end(text: str, *, before_title: bool) -> str:
    """Return the name without what belongs to the post after it (党组, 原) or to the sentence (等)."""
    if before_title:
        for word in ("原党委", "原党组", "党委", "党组"):
            rest = text[: -len(word)]
            if text.endswith(word) and len(rest) >= 2 and not _has_committee(rest, word):
                text = rest
    while len(text) > 2 and text[-1] in _TAIL and text[-2:] not in {"平原", "高原", "草原"}:
        text = text[:-1]
    return text


def _has_committee(area: str, word: str) -> bool:
    """Say whether the party committee before a post is that of an area, and no part of the post (甲市党委|书记)."""
    if place_prefix(area) == area or area.endswith("自治区"):
        return True
    return word == "党委" and len(area) == 2 and not head_class(area)


def is_name(text: str) -> bool:
    """Say whether ``text`` can be a name at all: two characters or more, no everyday word, no pair of countries."""
    if len(text) < 2 or text in organizations().no_names or text.isdigit() or _RANKING.search(text):
        return False
    prefix = place_prefix(text) if len(text) <= 7 else ""
    if (prefix in regions().countries or prefix in regions().same) and text[
        len(prefix) :
    ] in organizations().common:
        return False
    if _VAGUE.search(text) or _COMMON.match(text):
        return False
    pair = regions().one_character
    return not (len(text) <= 3 and pair.issuperset(text) and text not in regions().countries)


# Parts of a country and kinds of places, none of which is one place.
_VAGUE = re.compile(
    r"^(?:[东西南北中]{1,2}[部方]|[大中小]{1,2}城市|.{0,3}(?:沿海|内陆|边境|周边|贫困|农牧|民族)地区)(?:地区|省份|城市)?$|沿海地区$"
)


# Words for many bodies or none: 乡镇|卫生院, 中央企业|集团, 纺织|行业, 500|元.
_COMMON = re.compile(
    r"(?:乡镇|社区|全国性|地方性|区域性|.{0,4}[多数几][家所个名]|县级|村级|基层|县乡|中央企业|民营企业|国有企业|中小企业)(?!.*有限公司)(?!.*网$)|[\d.,]+[一-龥]?$|.+(?:行业|产业|领域|宏观经济|院团|高校|院校|央企|国企|民企|车企|房企|药企|券商|厂商)$"
)


def retyped(text: str, kind: EntityType) -> EntityType:
    """Return the type that the name's own end says, where it says one."""
    lists = regions()
    if text in bodies():
        return "Organization"
    if text in lists.countries or text in lists.same or text in lists.regions or text in lists.cities:
        return "Place"
    head = head_class(text)
    if kind == "Place" and _names_a_body(text, head):
        return "Organization"
    if kind == "Organization" and text.endswith(organizations().areas) and head == "area":
        return "Place"
    if kind == "Organization" and text in gazetteer().forms and (len(text) > 2 or _is_wide(text)):
        return "Place"
    return kind


def _names_a_body(text: str, head: HeadClass) -> bool:
    """Say whether the end of a name that the tagger took for a place is that of a body (俄罗斯国防部)."""
    if ends_in_industry(text):
        return True
    if head in {"strong", "industry"}:
        return not text.endswith(organizations().premises) or text.endswith(_OFFICES)
    return (
        head in {"weak", "part"}
        and len(text) >= 4
        and text[-1] in "部局署委厅办处会科院"
        and bool(place_prefix(text))
    )


def ends_in_industry(text: str) -> bool:
    """Say whether a name ends in an industry word with a brand of two characters or more before it (金林|地板)."""
    industry = organizations().industry
    return any(len(text) >= size + 2 and text[-size:] in industry for size in (2, 3)) and not text.endswith(
        _SITES
    )


_SITES = ("港口", "铁路", "油田", "酒店", "旅游", "航运", "天然气", "石油")
_OFFICES = ("世贸中心", "服务中心", "研究中心", "教育中心", "救助中心", "指挥中心", "监测中心")


# ---------------------------------------------------------------------------------------------- names around a head
def _extended(tokens: Sequence[Token], at: int, head: HeadClass) -> Mention | None:
    """Return the name whose head is the word at ``at``, extended to the left; None where it is no name."""
    token = tokens[at]
    if token.tag == "v" and token.text == "办" and at and tokens[at - 1].tag == "ORG":
        return _mention(tokens, at - 1, at, "Organization", "head-weak")
    if not _may_be_head(token, head):
        return None
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    title = titles().class_of(after) if after else ""
    if (title and token.text in {"党委", "党组", "党总支", "党支部"}) or _only_describes(token, after):
        return None
    first, anchored = _left_end(tokens, at)
    if first and token.text in organizations().common and _COUNT.fullmatch(tokens[first - 1].text):
        return None  # 三家|甲国|饭店
    if first == at and (
        token.tag in _NAME or not (_alone(token.text) or (title and _is_department(token.text)))
    ):
        return None
    if not _sound(tokens, first, at, head, anchored=anchored, titled=bool(title)):
        return None
    kind: EntityType = "Place" if head == "area" else "Organization"
    found = _mention(tokens, first, at, kind, f"head-{head}")
    if not is_name(found.text) or len(found.text) > 45:
        return None
    return found


def _only_describes(token: Token, after: str) -> bool:
    """Say whether the word after a head shows that no body is named: 超市|巨头, 控股|股东."""
    if token.tag in _NAME:
        return False
    return after.endswith(_CALLED) or (
        token.text in {"控股", "投资"} and after in {"股东", "方", "人", "者", "权"}
    )


_COUNT = re.compile(r"[\d一二三四五六七八九十两百多几数]+余?[家所座支个]")


def _is_department(word: str) -> bool:
    """Say whether one plain word before a post is a department by itself (人力资源部|总经理)."""
    return len(word) >= 4 and word[-1] in "部处科室局办" and word not in organizations().no_names


def _may_be_head(token: Token, head: HeadClass) -> bool:
    """Say whether the tagger's part of speech lets the word end a name."""
    if token.tag in {"TIME", "p", "u", "r", "w", "PER", "d", "c", "f"}:
        return False
    if token.tag == "m":
        return _ORDINAL_BODY.match(token.text) is not None
    return token.tag != "v" or (head in {"strong", "weak", "part"} and len(token.text) > 2)


def _alone(word: str) -> bool:
    """Say whether one plain word is a name by itself: a proper beginning with a specific head (证监会, 金融监管总局)."""
    lists = organizations()
    if _SCHOOL.fullmatch(word):
        return True
    return (
        len(word) >= 4
        and word.endswith(organizations().specific)
        and word not in lists.no_names
        and not word.startswith(("行业", "各"))
    )


def _left_end(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """Return the index of the first word of the name that ends at ``at``, and whether a proper name is in it."""
    first, anchored, limit = at, tokens[at].tag in _NAME, max(-1, at - LONGEST)
    index = at - 1
    while index > limit:
        step = _step(tokens, index, at, anchored=anchored)
        if step is None:
            break
        index, now = step
        first = index + 1
        anchored = anchored or now
    while first < at and (
        tokens[first].text in organizations().never_inside or not tokens[first].text.strip()
    ):
        first += 1
    return first, anchored


def _step(tokens: Sequence[Token], index: int, at: int, *, anchored: bool) -> tuple[int, bool] | None:
    """Take the word at ``index`` into the name if it may be in it: the next index to look at, and if it is a proper name."""
    token = tokens[index]
    text, tag = token.text, token.tag
    if tag in _NAME:
        return _step_name(tokens, index, anchored=anchored)
    joins = tag == "c" and index > 0 and _is_cut_off(tokens[index - 1].text)
    if anchored and tokens[index + 1].tag in _NAMED and tag != "w" and text != "驻" and not joins:
        return None  # a proper name is on the left end: only other names may stand before it
    if tag == "w":
        return _step_mark(tokens, index, at)
    if tag == "PER":
        return (index - 1, True) if index == at - 1 and _is_brand(tokens, at) else None
    if tag == "c":
        return _step_and(tokens, index, at)
    if text == "驻":  # 加拿大|驻|广州|总领馆
        return (index - 1, False) if index and tokens[index - 1].tag in _NAME else None
    if (
        text == "企业"
        and index
        and tokens[index - 1].text in {"非公", "国有", "民营"}
        and tokens[at].text.endswith(_PARTY)
    ):
        return index - 2, False
    return (index - 1, tag in {"nz", "nw"}) if _may_be_inside(token) else None


def _may_be_inside(token: Token) -> bool:
    """Say whether a plain word may stand inside a name of an organisation."""
    text, tag, lists = token.text, token.tag, organizations()
    if text in lists.never_inside:
        return False
    if tag in _NOUNS:
        return tag != "n" or text in lists.professions or not titles().class_of(text)
    if tag in {"v", "ad", "vd"}:
        return text in lists.verbs_inside
    if tag == "a":
        return text in lists.adjectives_inside
    return tag == "m" and _ORDINAL.match(text) is not None


def _is_brand(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a person's name before the word at ``at`` is the name of a body (中山|大学, 科尔顿|糖业)."""
    return len(tokens[at - 1].text) <= 4 and not titles().class_of(tokens[at].text)


def _step_name(tokens: Sequence[Token], index: int, *, anchored: bool) -> tuple[int, bool] | None:
    token, after = tokens[index], tokens[index + 1]
    if token.text in _NEVER_FRONT or token.text[-1] in "与和及" or token.text in _NO_NAMES:
        return None
    if len(token.text) == 1 and index and tokens[index - 1].text == "在":
        return None  # 在|华|第二工厂
    if token.tag == "ORG" and after.tag in _NAME and token.text not in regions().countries:
        place = place_prefix(after.text)
        if (
            place
            and place_prefix(token.text) != token.text
            and not after.text[len(place) :].startswith(_BRANCHES)
        ):
            return None  # another name begins with its place, and no branch of this one
    if (
        anchored
        and after.tag == "ORG"
        and token.tag == "ORG"
        and not head_class(token.text)
        and len(after.text) > 3
    ):
        return index - 1, True
    if token.text in organizations().never_inside:
        return None
    if (
        regions().one_character.issuperset(token.text)
        and len(token.text) in (2, 3)
        and token.text not in regions().countries
    ):
        return None
    return index - 1, True


def _step_mark(tokens: Sequence[Token], index: int, at: int) -> tuple[int, bool] | None:
    """A place in brackets, a quoted part, a hyphen: （天津）, “先锋”, A-B."""
    text = tokens[index].text
    if (
        text in {"）", ")"}
        and index >= 3
        and tokens[index - 1].tag == "LOC"
        and tokens[index - 2].text in {"（", "("}
    ):
        return index - 3, True
    if text in {"·", "-", "—", "&"} and index >= 1 and tokens[index - 1].tag in {"ORG", "PER", "nz", "LOC"}:
        return index - 2, True
    if text in {"”", "》"}:
        opening = "“" if text == "”" else "《"
        for back in range(index - 1, max(-1, index - 9), -1):
            if tokens[back].text == opening:
                named = (text == "》" and index == at - 1) or (back > 0 and tokens[back - 1].tag in _NAME)
                return (back - 1, True) if named else None
            if tokens[back].tag == "w" and tokens[back].text in "，。；：、":
                return None
    return None


def _step_and(tokens: Sequence[Token], index: int, at: int) -> tuple[int, bool] | None:
    """X和Y inside one name (自然资源和规划局): only with a proper name close on the left."""
    if tokens[index + 1].tag in {"ORG", "LOC", "PER"} and not head_class(tokens[index + 1].text):
        return None
    if (
        tokens[index].text not in {"和", "与", "及"}
        or not tokens[at].text.endswith(organizations().conjoined)
        or index < 2
    ):
        return None
    back = index - 1
    while (
        back >= 0
        and index - back <= 3
        and tokens[back].tag in _NOUNS | {"v"}
        and tokens[back].text not in organizations().never_inside
    ):
        if head_class(tokens[back].text) == "strong" or titles().class_of(tokens[back].text):
            return None
        back -= 1
    if back < 0 or tokens[back].tag not in _NAME:
        return None
    cut_off = _is_cut_off(tokens[back].text)
    if back == index - 1 and ((tokens[back].tag == "LOC" and not cut_off) or head_class(tokens[back].text)):
        return None
    if head_class(tokens[back].text) and back != index - 1:
        return None
    return index - 1, False


def _sound(
    tokens: Sequence[Token], first: int, at: int, head: HeadClass, *, anchored: bool, titled: bool
) -> bool:
    """Say whether the words from ``first`` to ``at`` are a name: enough of a proper name for this kind of head."""
    word = tokens[at].text
    if first > at:
        return False
    if head == "industry":
        return _sound_brand(tokens, first, at)
    if head == "area":
        return anchored and tokens[at].tag not in _NAME and "线路" not in word and "道路" not in word
    if word in {
        "公司",
        "企业",
        "集团",
        "政府",
        "银行",
        "医院",
        "学校",
        "大学",
        "中心",
        "部队",
    } and all(
        token.text in regions().countries or token.text in regions().regions for token in tokens[first:at]
    ):
        return word == "政府"
    named = any(token.tag in _NAME for token in tokens[first : at + 1])
    if anchored and (named or head == "strong"):
        if head in {"weak", "part"}:
            return tokens[at].tag in {"n", "nz", "vn", "j", "ORG", "m", "s"}
        return named or tokens[at - 1].tag in {"nz", "nw", "PER"} or word not in organizations().common
    if word.endswith(organizations().specific) or (first == at and _alone(word)):
        return "".join(t.text for t in tokens[first : at + 1]) not in organizations().no_names and (
            at > first or _alone(word)
        )
    if titled and first == at:
        return _is_department(word)
    if titled and head in {"strong", "weak", "part"} and at > first:
        return tokens[at].end - tokens[first].start >= 4
    if head == "strong" and word.endswith(_PARTY) and at > first:
        return tokens[at].end - tokens[first].start >= 6
    before = first - 1 - (first > 0 and tokens[first - 1].text == "“")
    return head == "strong" and at > first and before >= 0 and tokens[before].text in _BEFORE_NEW


def _plain_brand(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Say whether plain words before an industry word and a post can be a brand (枫叶|家具|董事长)."""
    return (
        first == at - 1
        and tokens[first].tag in {"n", "nz", "a"}
        and 2 <= len(tokens[first].text) <= 4
        and (tokens[first].text not in organizations().industry and not head_class(tokens[first].text))
    )


def _may_be_brand(brand: Token, industry: Token) -> bool:
    """Say whether a word before an industry word can be a brand; the short name of a county can (永和|食品)."""
    if brand.tag == "LOC" and len(brand.text) == 2 and not _is_wide(brand.text):
        known = brand.text in regions().countries or brand.text in regions().regions
        return not known and brand.text[-1] not in _PLACE_ENDS and not industry.text.endswith(_OF_PLACES)
    return brand.tag in {"ORG", "PER", "nz"} and brand.text[-1] not in "性制型化式"


_OF_PLACES = (*_SITES, "农业", "生态", "环境", "经济", "电网", "物流", "工业", "金融", "数字", "信息", "数据")


def _sound_brand(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Say whether a brand stands before the industry word, and nothing goes on after it."""
    brand = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if brand is not None and brand.text in organizations().industry and at - 2 >= first:
        brand, at = tokens[at - 2], at - 1  # 海川|金融|保理
    if (
        at + 1 < len(tokens)
        and titles().classes.get(tokens[at + 1].text) == "leading"
        and _plain_brand(tokens, first, at)
    ):
        return True
    if brand is None or first >= at or not _may_be_brand(brand, tokens[at]) or not 2 <= len(brand.text) <= 6:
        return False
    if first < at - 1 and any(token.tag not in _NAME for token in tokens[first : at - 1]):
        return False
    if brand.text in organizations().no_names or head_class(brand.text) in {"strong", "weak", "part"}:
        return False
    return (
        after is None
        or after.tag not in {"n", "vn", "nz", "an"}
        or after.text == "旗下"
        or bool(titles().class_of(after.text))
        or head_class(after.text) == "strong"
    )


# ---------------------------------------------------------------------------------------------- names in lists
def _listed(tokens: Sequence[Token], found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the members of a list (A、B和C) that share their type with the organisations beside them."""
    commas = [at for at, token in enumerate(tokens) if token.text == "、"]
    if not commas:
        return
    owned = {(m.span.start, m.span.end): m for m in found if m.type == "Organization"}
    for parts in _rows(tokens, commas):
        known = [(tokens[first].start, tokens[last].end) in owned for first, last in parts]
        count = sum(known)
        if not count:
            continue
        behind = tokens[parts[-1][1] + 1 : parts[-1][1] + 4]
        summed = any(token.text.endswith(organizations().sums) for token in behind)
        sure = count >= 2 and (3 if summed else 2) * count >= len(parts)
        offices = [at for at, (first, last) in enumerate(parts) if _is_office(tokens[first : last + 1])]
        if known[0] and len(offices) >= 2:
            for at in offices:
                if not known[at]:
                    known[at] = True
                    yield _mention(tokens, *parts[at], "Organization", "listed")
        for (first, last), is_known in zip(parts, known, strict=True):
            if not is_known and _may_be_listed(tokens[first : last + 1], sure=sure, summed=summed):
                yield _mention(tokens, first, last, "Organization", "listed")


def _is_office(part: Sequence[Token]) -> bool:
    """Say whether a member of a list is an office of the body before it (甲局办公室、|规划处、|人事处)."""
    text = "".join(token.text for token in part)
    return (
        1 <= len(part) <= 4
        and 3 <= len(text) <= 12
        and text.endswith(("处", "科", "室", "局", "中心"))
        and all(token.tag in {"n", "vn", "nz", "an", "v", "ORG"} for token in part)
        and head_class(part[-1].text) in {"weak", "part", "strong"}
        and is_name(text)
        and not titles().class_of(text)
    )


def _rows(tokens: Sequence[Token], commas: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
    """Yield each list as the first and last word of its members."""
    at = 0
    while at < len(commas):
        row, last = [], at
        while last + 1 < len(commas) and commas[last + 1] - commas[last] <= 7:
            last += 1
        row.append(_member_before(tokens, commas[at]))
        for left, right in zip(commas[at:last], commas[at + 1 : last + 1], strict=True):
            row.append((left + 1, right - 1))
        row.extend(_members_after(tokens, commas[last]))
        yield [(first, end) for first, end in row if first <= end]
        at = last + 1


_LIST_STOPS = frozenset({"w", "p", "u", "v", "r", "d", "m", "vd", "TIME"})


def _member_before(tokens: Sequence[Token], comma: int) -> tuple[int, int]:
    first = comma
    while first > 0 and comma - first < 5 and tokens[first - 1].tag not in _LIST_STOPS | {"c"}:
        first -= 1
        if tokens[first].tag == "ORG":
            break
    if (
        first
        and first == comma - 1
        and tokens[first].text in organizations().industry
        and tokens[first - 1].tag == "v"
    ):
        first -= len(tokens[first - 1].text) == 2 and (
            first < 2 or tokens[first - 2].tag == "w"
        )  # 聚海|化工、
    return first, comma - 1


def _members_after(tokens: Sequence[Token], comma: int) -> Iterator[tuple[int, int]]:
    first = at = comma + 1
    while at < len(tokens) and at - comma <= 9:
        token = tokens[at]
        if token.text in {"和", "与", "及", "以及"} and first == comma + 1:
            yield first, at - 1
            first = at + 1
        elif token.text == "等" or (
            token.tag in _LIST_STOPS | {"c"} and token.text not in organizations().verbs_inside
        ):
            break
        at += 1
    yield first, at - 1


def _may_be_listed(part: Sequence[Token], *, sure: bool, summed: bool) -> bool:
    """Say whether a member of a list can be an organisation; ``summed``: the list ends in 等企业 or the like."""
    text = "".join(token.text for token in part).strip()
    if not 2 <= len(text) <= 14 or len(part) > 4 or not is_name(text) or titles().class_of(text):
        return False
    if any(token.tag in _NEVER_LISTED or token.text in organizations().never_inside for token in part):
        return False
    if part[-1].text in organizations().industry and len(part) >= 2 and part[0].tag not in {"LOC"}:
        return True
    if text.isascii():
        return part[0].text[0].isupper()
    if len(part) == 1 and part[0].tag in {"nz", "n", "a"} and len(text) <= 5 and ends_in_industry(text):
        return True
    if not sure or len(text) > 6 or text.endswith(organizations().sums):
        return False
    if len(part) > 1:
        return True
    if part[0].tag == "LOC":
        known = text in gazetteer().forms or text in regions().countries or text in regions().cities
        return not known and text[-1] not in _PLACE_ENDS and not text.endswith(organizations().areas)
    return summed if part[0].tag == "PER" else part[0].tag in {"nz", "nw", "vn", "n", "xc", "a", "v"}


_NEVER_LISTED = frozenset({"w", "p", "u", "r", "c", "TIME", "q"})


# ---------------------------------------------------------------------------------------------- short forms
def short_forms(name: str) -> tuple[str, ...]:
    """Return shorter forms by which an article may call the organisation ``name``, the longest first."""
    forms: dict[str, None] = {}
    bare = _BRACKETS.sub("", name.replace("（集团）", "集团").replace("(集团)", "集团"))
    forms[bare] = None
    body = without_form(bare)
    formed = body != bare
    words = [word for word in ("股份", "集团", "公司") if word in bare[len(body) :]]
    if formed:
        forms[body] = None
        forms.update(dict.fromkeys(body + word for word in words))
    for _ in range(3):
        prefix = place_prefix(body) or next((word for word in ("国家", "全国") if body.startswith(word)), "")
        rest = body[len(prefix) :].lstrip("省市县区")
        if not prefix or len(rest) < (2 if formed else 4):
            break
        body = rest
        forms[body] = None
        forms.update(dict.fromkeys(body + word for word in words))
    if formed:
        forms[stem(body)] = None
        if body.endswith("管理"):
            forms[body[:-2]] = None  # X基金|管理公司, X酒店|管理公司
    return tuple(form for form in forms if form != name and is_short_form(form))


def is_short_form(form: str) -> bool:
    """Say whether ``form`` is proper enough to stand for an organisation: no bare head, no industry word, no place."""
    lists = organizations()
    if not is_name(form) or form in names().saying or form in lists.industry or form in lists.verbs_inside:
        return False
    if form in lists.strong or form in lists.parts or form in lists.never_inside:
        return False
    if form.startswith(("人民出版", "人民大学", "人民法院", "人民检察院")):
        return False
    return form not in regions().countries and form not in gazetteer().forms


def without_form(name: str) -> str:
    """Take the legal form off a company's name (X股份有限公司 -> X)."""
    form = next((f for f in organizations().company_forms if name.endswith(f)), "")
    return name[: -len(form)] if form and len(name) - len(form) >= 2 else name


def stem(body: str) -> str:
    """Take one industry word off the end of a company's name (宏达电力 -> 宏达)."""
    industry = organizations().industry
    word = next(
        (body[-size:] for size in (4, 3, 2) if len(body) - size >= 2 and body[-size:] in industry), ""
    )
    return body[: len(body) - len(word)]
