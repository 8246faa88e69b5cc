"""Places: what speaks for one but the tagger, and those that stand inside a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.base.finder import Finder
from kg.base.late import late
from kg.base.model import Mention, Span, Token
from kg.base.wordlist import either
from kg.names.gazetteer import gazetteer, is_only_peoples
from kg.names.heads import NAME_TAGS, head_class, is_vague, is_wide, mention_of, place_prefix
from kg.names.lexicon import organizations, regions, titles
from kg.names.person import is_foreign

_NO_SEAT = frozenset({"中国", "中华", "上海合作", "全国"})
_MOVED = ("东送", "西送", "东输", "南调", "北运", "南运")  # 西电|东送
_LONG_COUNTRY = 3  # characters of a name that is no part of other words
_REST_OF_ROAD = late(
    r"[东西南北中上下前后内外新老]{0,2}(?:大道|[一二三四五六七八九十\d]{0,2}"
    r"(?:路(?![桥透过径线演况政网段人途费途程])|大街(?!小)|街(?![头区边舞坊景机])|胡同|[支横纵]路|巷(?!战)))"
)


def is_place(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Say whether anything speaks for a place but the tagger: a list, its ending, its sound, the words around it."""
    lists = regions()
    levelled = text[-1] in lists.level_ends
    rest = _after(tokens, at)
    if is_part_of_town(tokens, at, text) or (not levelled and is_in_road(rest)) or rest.startswith(_MOVED):
        return False
    if text in gazetteer().forms and not is_everyday(tokens, at, text):
        return True
    if text in lists.countries or text in lists.same or text in lists.regions:
        return True
    if text in gazetteer().forms or (text[0] in "华京港沪" and at and tokens[at - 1].text == "在"):
        return False
    if (
        text in lists.cities
        or text[-1] in regions().place_ends
        or text.endswith(organizations().areas)
        or is_foreign(text)
    ):
        return True
    if text.endswith(organizations().premises) or place_prefix(text) or head_class(text):
        return True
    beside = [tokens[near].tag for near in (at - 1, at + 1) if 0 <= near < len(tokens)]
    return "LOC" in beside or (at > 0 and tokens[at - 1].text in regions().into)


def find_countries(tokens: Sequence[Token]) -> Iterator[Mention]:
    """Yield the countries that the tagger cut in pieces (巴布亚|新|几内亚), or took for no name before a post of state."""
    beginnings, longest, finder = _long_countries()
    at = 0 if finder.finds("".join([token.text for token in tokens])) else len(tokens)
    while at < len(tokens):
        last = -1
        if tokens[at].text[0] in beginnings:
            text = ""
            for end in range(at, min(at + longest, len(tokens))):
                text += tokens[end].text
                if len(text) > longest:
                    break
                if (
                    len(text) >= _LONG_COUNTRY
                    and is_state(text)
                    and (end > at or _is_before_post(tokens, at))
                ):
                    last = end
        if last >= 0:
            yield mention_of(tokens, at, last, "Place", "listed")
        at = max(last, at) + 1


def _is_before_post(tokens: Sequence[Token], at: int) -> bool:
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return tokens[at].tag not in NAME_TAGS and titles().class_of(after) == "state"


@cache
def _long_countries() -> tuple[frozenset[str], int, Finder]:
    """Return the characters that countries begin with, the length of the longest, and what says whether a text has any."""
    names = [name for name in (*regions().countries, *regions().same) if len(name) >= _LONG_COUNTRY]
    return frozenset(name[0] for name in names), max(map(len, names)), Finder(names)


def is_state(name: str) -> bool:
    """Say whether a name is that of a country or of a side (中国, 中方)."""
    lists = regions()
    return lists.same.get(name, name) in lists.countries


def is_everyday(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Say whether the short name of a county stands where an everyday word would: before a noun, behind no place (安康|工程)."""
    word = text in regions().everyday_places
    if len(text) != 2 or (is_wide(text) and not word) or at + 1 >= len(tokens):
        return False
    after, before = tokens[at + 1], tokens[at - 1] if at else None
    if after.tag not in {"n", "vn"} or after.text in regions().of_a_place or titles().class_of(after.text):
        return False
    if before is None or (before.tag not in NAME_TAGS and before.text not in regions().into):
        return True
    return word and not lies_in(text, before.text)


def lies_in(text: str, outer: str) -> bool:
    """Say whether the place ``text`` may lie in ``outer``, or stands in a row of places with it."""
    above = {code for size in range(2, len(outer) + 1) for code in gazetteer().codes(outer[-size:])}
    return any(not above.isdisjoint(gazetteer().parents(code)) for code in gazetteer().codes(text))


def is_part_of_town(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Say whether the name is that of a part of any town (老城区), with no city before it that has a district so called."""
    return text in regions().parts_of_towns and (at == 0 or not lies_in(text, tokens[at - 1].text))


def _after(tokens: Sequence[Token], at: int) -> str:
    return "".join(token.text for token in tokens[at + 1 : at + 4])


def is_in_road(rest: str) -> bool:
    """Say whether what stands behind a place makes the name of a road or a shop of it (福建|中路, 北京|路店, 兰州|拉面馆)."""
    return _REST_OF_ROAD.match(rest) is not None or _rest_of_shop().match(rest) is not None


@cache
def _rest_of_shop() -> re.Pattern[str]:
    return late(rf"(?:{either(regions().dishes)})(?:店|馆|铺|坊|屋|大排档)")


def is_placed_brand(text: str) -> bool:
    """Say whether what the tagger took for a place is a company with its city before its brand (岳阳海川)."""
    prefix = place_prefix(text)
    rest = text[len(prefix) :]
    return (
        2 <= len(rest) <= 3
        and bool(prefix)
        and is_wide(prefix)
        and prefix[-1] not in "省州"
        and rest not in gazetteer().forms
        and rest not in regions().regions
        and rest[-1] not in regions().place_ends
        and not rest.endswith(regions().no_brands)
        and not head_class(text)
        and not is_foreign(rest)
    )


def places_inside(mention: Mention) -> Iterator[Mention]:
    """Yield the chain of places that a name begins with (青海省|西宁市|城东区|...), each a mention."""
    at, rest, outer = mention.span.start, mention.text, ""
    while not is_only_peoples(rest):  # 延边|朝鲜族自治州: not 朝鲜
        prefix = place_prefix(rest)
        if not prefix and (local := _below_the_list().match(rest)):
            prefix = local.group(1)
        if not prefix or prefix == rest:
            if (
                rest != mention.text
                and mention.type == "Place"
                and (gazetteer().codes(rest) or rest in regions().cities)
                and not is_vague(rest)
            ):
                yield Mention(Span(at, mention.span.end), rest, "Place", "place-prefix")
            return
        if len(rest) > len(prefix) and rest[len(prefix)] in "省市县区州" and prefix[-1] not in "省市县区州":
            return
        if outer and not _may_lie_in(prefix, outer):
            return  # 成都市|四川饭店: the brand of a house in the city
        if _is_sound_of_region(prefix, rest):
            return
        if is_in_road(rest[len(prefix) :]) and prefix[-1] not in regions().level_ends:
            return
        if mention.type == "Place" or is_seat(prefix, mention.text):
            yield Mention(Span(at, at + len(prefix)), prefix, "Place", "place-prefix")
        at, rest, outer = at + len(prefix), rest[len(prefix) :], prefix


def _is_sound_of_region(country: str, name: str) -> bool:
    """Say whether the name of a country is but the sound with which a region's begins (马里|甲州), which has two more at least."""
    rest = name[len(country) :]
    return country in regions().countries and len(rest) == 2 and rest[1] in "省州"


def _may_lie_in(inner: str, outer: str) -> bool:
    """Say whether a place may lie in the one before it, as far as the official list knows both."""
    places = gazetteer()
    above, codes = set(places.codes(outer)), places.codes(inner)
    return not above or not codes or any(not above.isdisjoint(places.parents(code)) for code in codes)


@cache
def _below_the_list() -> re.Pattern[str]:
    """Match a place below the official list at the front of a body's name: 翠湖社区|党委, 柳林镇|党委."""
    bodies = either(organizations().of_villages)
    return late(
        r"([^省市县区镇乡村委党校院会社]{2,4}?(?:街道|社区|[镇乡村]))"
        rf"(?={bodies}|[^省市县区镇乡村]{{2,4}}[村社])"
    )


def is_chain(name: str) -> bool:
    """Say whether a place is named with the one it lies in (新疆|和田): each is a mention, the whole is none."""
    rest = name[len(place_prefix(name)) :]
    return rest != name and (rest in gazetteer().forms or rest in regions().cities)


def is_seat(prefix: str, name: str) -> bool:
    """Say whether the place a name begins with is its place, and not a part of a brand or a national name."""
    if prefix in _NO_SEAT or name.endswith(organizations().branded):
        return False
    return (
        prefix[-1] in "省市县区州镇乡村" or prefix.endswith("街道") or name.endswith(organizations().public)
    )
