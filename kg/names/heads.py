"""What the words of a name say about it: its head, the place it begins with, its type, and whether it can be a name at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from kg.base.model import EntityType, Mention, Span, Token
from kg.names.gazetteer import gazetteer
from kg.names.lexicon import bodies, organizations, regions, titles

HeadClass = Literal["", "strong", "weak", "part", "industry", "area"]
NAME_TAGS = frozenset({"ORG", "LOC"})
SCHOOL = re.compile(r"[^届第其集大]{2,4}[一二三四五六七八九十]中")
_RANKING = re.compile(r"\d+强")
_LEVEL_ENDS = frozenset("省市县区州盟旗镇乡村")
CALLED = (
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
PLACE_ENDS = frozenset(
    "省市县区镇乡村州盟旗江河湖海山岛港湾路街巷桥北南东西部中洲城关口站场园寺岸线原坝滩峰岭峡谷洋湾段"
)
# Parts of a country and kinds of places, none of which is one place.
_VAGUE = re.compile(
    r"^(?:[东西南北中]{1,2}[部方]|[大中小]{1,2}城市|.{0,3}(?:沿海|内陆|边境|周边|贫困|农牧|民族)地区)(?:地区|省份|城市)?$|沿海地区$"
)
# Words for many bodies or none: 乡镇|卫生院, 中央企业|集团, 纺织|行业, 500|元.
_COMMON = re.compile(
    r"(?:乡镇|社区|全国性|地方性|区域性|.{0,4}[多数几][家所个名]|县级|村级|基层|县乡|中央企业|民营企业|国有企业|中小企业)(?!.*有限公司)(?!.*网$)|[\d.,]+[一-龥]?$|.+(?:行业|产业|领域|宏观经济|院团|高校|院校|央企|国企|民企|车企|房企|药企|券商|厂商)$"
)
SITES = ("港口", "铁路", "油田", "酒店", "旅游", "航运", "天然气", "石油")
_OFFICES = ("世贸中心", "服务中心", "研究中心", "教育中心", "救助中心", "指挥中心", "监测中心")


@lru_cache(maxsize=65536)
def head_class(word: str) -> HeadClass:
    """Say what kind of head a word ends in, "" for none."""
    lists = organizations()
    if word.endswith(organizations().no_ends):
        return ""
    if word.endswith(lists.strong) or SCHOOL.fullmatch(word):
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
    if len(word) == 2 and not is_wide(word):
        return False
    return word[-1] in _LEVEL_ENDS or text[len(word) : len(word) + 1] not in _LEVEL_ENDS


def is_wide(word: str) -> bool:
    """Say whether a short name is that of a province or a city (short names of districts are everyday words)."""
    return any(code.endswith("00") for code in gazetteer().codes(word))


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
    if kind == "Organization" and text in gazetteer().forms and (len(text) > 2 or is_wide(text)):
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
        SITES
    )


def is_cut_off(text: str) -> bool:
    """Say whether the name of a body breaks off after its subject: a place, and words that are no place (甲省规划)."""
    rest = text.strip()
    while prefix := place_prefix(rest):
        if prefix == rest:
            return False
        rest = rest[len(prefix) :]
    named = head_class(rest) not in {"", "industry"}
    return rest != text.strip() and len(rest) >= 2 and not named and rest[-1] not in PLACE_ENDS


def mention_of(tokens: Sequence[Token], first: int, last: int, kind: EntityType, rule: str) -> Mention:
    """Return the words from ``first`` to ``last`` as one name, without the blanks around it."""
    text = "".join([token.text for token in tokens[first : last + 1]])
    start, lead = tokens[first].start, len(text) - len(text.lstrip())
    text = text.strip()
    return Mention(Span(start + lead, start + lead + len(text)), text, kind, rule)
