"""What the words of a name say about it: its head, the place it begins with, its type, and whether it can be a name at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from kg.base.late import late
from kg.base.model import EntityType, Mention, Span, Token
from kg.base.wordlist import either
from kg.names.gazetteer import gazetteer
from kg.names.lexicon import bodies, organizations, regions, titles

HeadClass = Literal["", "strong", "weak", "part", "industry", "area"]
NAME_TAGS = frozenset({"ORG", "LOC"})
SCHOOL = late(r"[^届第其集大]{2,4}[一二三四五六七八九十]中")
_NUMBERED = late("第[一二三四五六七八九十百\\d]+$")
_SOME = late("一(?:法院|公司|企业|酒店|饭店|工厂|银行|高校|网站|学校|大学|商场|超市|餐厅|单位|部门)$")
_UNDER = late("..(?:下属|旗下|所属).{3}")  # 甲部|下属|乙局
_CENTRE = ("市中心", "县中心", "镇中心")
_OF_OTHERS = ("超市中心", "门市中心", "花市中心")
_LEAST_CENTRE = 4
_RANKING = late(r"\d+强")


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
        and (len(word) > 1 or word in lists.lone_areas)
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
        or word[-1] in lists.after_numbers
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
    levels = regions().level_ends
    return word[-1] in levels or text[len(word) : len(word) + 1] not in levels


def is_wide(word: str) -> bool:
    """Say whether a short name is that of a province or a city (short names of districts are everyday words)."""
    return any(code.endswith("00") for code in gazetteer().codes(word))


def is_name(text: str) -> bool:
    """Say whether ``text`` can be a name at all: two characters or more, no everyday word, no pair of countries."""
    if (
        len(text) < 2
        or _UNDER.search(text)
        or text in organizations().no_names
        or text.isdigit()
        or _RANKING.search(text)
    ):
        return False
    if len(text) <= 7 and _is_common_in_country(text):
        return False
    if is_vague(text) or _many().match(text) or before_class(text) is not None:
        return False
    return not is_relation(text) and not _is_centre(text) and not _is_some(text)


def _is_some(text: str) -> bool:
    """Say whether it is one that is not named, in a place that is: 甲省|一法院; 第一法院 and 统一企业 are names."""
    one = _SOME.search(text)
    return one is not None and is_in_place(text[: one.start()]) and place_prefix(text) == text[: one.start()]


def _is_centre(text: str) -> bool:
    """Say whether it is but the middle of a town: 甲市|中心; 甲市|服务中心 is a body."""
    return text.endswith(_CENTRE) and len(text) >= _LEAST_CENTRE and not text.endswith(_OF_OTHERS)


@lru_cache(maxsize=16384)
def before_class(text: str) -> str | None:
    """Return what stands before the words of a class of bodies (甲市|民办学校, 甲省|普通本科), None where it is none.

    民办 may stand inside the name of one (光明民办学校): it makes a class only of what is in a place.
    """
    match = _of_class().fullmatch(text)
    if match is None:
        return None
    front = match["front"]
    if _NUMBERED.search(front):
        return None
    return front if not front or is_in_place(front) or not match["head"] or not match["named"] else None


def is_in_place(front: str) -> bool:
    """Say whether the front of a name looks like a place."""
    return front[-1:] in regions().level_ends or place_prefix(front) == front


def begins_with_class(text: str, at: int = 0) -> bool:
    """Say whether a class of bodies is named from ``at`` on (公立医院|院长, but not 中小企业部|总经理, 光明中学)."""
    return _class_from_here().match(text, at) is not None


def is_post_in_class(role: str) -> bool:
    """Say whether a post begins with a body of a class, named or not (公立医院|院长, 私立友好医院|院长)."""
    return _post_in_class().match(role) is not None


@cache
def _of_class() -> re.Pattern[str]:
    return late(rf"(?P<front>.*?){_class_words()}(?P<head>{either(organizations().class_heads)})?")


@cache
def _class_from_here() -> re.Pattern[str]:
    return late(rf"{_class_words()}{_class_head()}")


@cache
def _post_in_class() -> re.Pattern[str]:
    return late(rf"{_class_words()}.{{0,4}}?{_class_head()}")


def _class_head() -> str:
    """Return what matches the body that is of a class, and no department for them (中小企业|局)."""
    lists = organizations()
    return rf"(?:{either(lists.class_heads)})(?![{''.join(sorted(lists.state_ends))}](?!长))"


def _class_words() -> str:
    lists = organizations()
    sure, named, other = map(either, (lists.classes, lists.classes_in_names, lists.class_words))
    return rf"(?:{other})*(?:(?:{sure})|(?P<named>{named}))(?:{sure}|{named}|{other})*"


def is_vague(text: str) -> bool:
    """Say whether ``text`` is a part of a country or a kind of places (南部, 沿海地区)."""
    return _vague().search(text) is not None


def _is_common_in_country(text: str) -> bool:
    """Say whether a country and a common noun are all there is (法国|高校)."""
    prefix, lists = place_prefix(text), regions()
    if prefix not in lists.countries and prefix not in lists.same:
        return False
    return text[len(prefix) :] in organizations().common


def is_relation(text: str) -> bool:
    """Say whether the characters are two or three countries, which are a relation and no place (中美)."""
    lists = regions()
    return len(text) in (2, 3) and lists.one_character.issuperset(text) and text not in lists.countries


@cache
def _vague() -> re.Pattern[str]:
    """Match parts of a country and kinds of places, none of which is one place (东部, 中小城市, 沿海地区)."""
    kinds = either(regions().areas_in_general)
    return late(
        rf"^(?:[东西南北中]{{1,2}}[部方]|[大中小]{{1,2}}城市|.{{0,3}}(?:{kinds})地区)(?:地区|省份|城市)?$|沿海地区$"
    )


@cache
def _many() -> re.Pattern[str]:
    """Match words for many bodies or none: 乡镇|卫生院, 十多家|企业, 500|元, 纺织|行业."""
    lists = organizations()
    return late(
        rf"(?:{either(lists.many)}|.{{0,4}}[多数几][家所个名])(?!.*有限公司)(?!.*网$)"
        rf"|[\d.,]+[一-龥]?$|.+(?:{either(lists.many_ends)})$"
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
    if kind == "Organization" and text in gazetteer().forms and (len(text) > 2 or is_wide(text)):
        return "Place"
    return kind


def _names_a_body(text: str, head: HeadClass) -> bool:
    """Say whether the end of a name that the tagger took for a place is that of a body (俄罗斯国防部)."""
    if ends_in_industry(text):
        return True
    if head in {"strong", "industry"}:
        return not text.endswith(organizations().premises) or text.endswith(organizations().offices)
    return (
        head in {"weak", "part"}
        and len(text) >= 4
        and text[-1] in organizations().state_ends
        and bool(place_prefix(text))
    )


def ends_in_industry(text: str) -> bool:
    """Say whether a name ends in an industry word with a brand of two characters or more before it (金林|地板)."""
    lists = organizations()
    return any(
        len(text) >= size + 2 and text[-size:] in lists.industry and text[:-size] not in lists.kinds_of_goods
        for size in (2, 3)
    ) and not text.endswith(lists.place_industry)


def is_cut_off(text: str) -> bool:
    """Say whether the name of a body breaks off after its subject: a place, and words that are no place (甲省规划)."""
    rest = text.strip()
    while prefix := place_prefix(rest):
        if prefix == rest:
            return False
        rest = rest[len(prefix) :]
    named = head_class(rest) not in {"", "industry"}
    return rest != text.strip() and len(rest) >= 2 and not named and rest[-1] not in regions().place_ends


def mention_of(tokens: Sequence[Token], first: int, last: int, kind: EntityType, rule: str) -> Mention:
    """Return the words from ``first`` to ``last`` as one name, without the blanks around it."""
    text = "".join([token.text for token in tokens[first : last + 1]])
    start, lead = tokens[first].start, len(text) - len(text.lstrip())
    text = text.strip()
    return Mention(Span(start + lead, start + lead + len(text)), text, kind, rule)
