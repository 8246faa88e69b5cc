"""Places: what speaks for one but the tagger, and those that stand inside a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.base.model import Mention, Span, Token
from kg.base.wordlist import either
from kg.names.gazetteer import gazetteer
from kg.names.heads import NAME_TAGS, head_class, is_wide, place_prefix
from kg.names.lexicon import organizations, regions
from kg.names.person import is_foreign

_NO_SEAT = frozenset({"中国", "中华", "上海合作", "全国"})


def is_place(tokens: Sequence[Token], at: int, text: str) -> bool:
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
        or text[-1] in regions().place_ends
        or text.endswith(organizations().areas)
        or is_foreign(text)
    ):
        return True
    if text.endswith(organizations().premises) or place_prefix(text) or head_class(text):
        return True
    beside = [tokens[near].tag for near in (at - 1, at + 1) if 0 <= near < len(tokens)]
    return "LOC" in beside or (at > 0 and tokens[at - 1].text in regions().into)


def _is_everyday(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Say whether the short name of a county stands where an everyday word would: before a noun, behind no place (安康|工程)."""
    if len(text) != 2 or is_wide(text) or at + 1 >= len(tokens) or tokens[at + 1].tag not in {"n", "vn"}:
        return False
    return at == 0 or (tokens[at - 1].tag not in NAME_TAGS and tokens[at - 1].text not in regions().into)


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
    at, rest = mention.span.start, mention.text
    while True:
        prefix = place_prefix(rest)
        if not prefix and (local := _below_the_list().match(rest)):
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
        if mention.type == "Place" or is_seat(prefix, mention.text):
            yield Mention(Span(at, at + len(prefix)), prefix, "Place", "place-prefix")
        at, rest = at + len(prefix), rest[len(prefix) :]


@cache
def _below_the_list() -> re.Pattern[str]:
    """Match a place below the official list at the front of a body's name: 翠湖社区|党委, 柳林镇|党委."""
    bodies = either(organizations().of_villages)
    return re.compile(
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
