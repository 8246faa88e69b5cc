"""Names of bodies in lists: a member of A、B和C shares its type with the bodies beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.base.model import Mention, Token
from kg.names.gazetteer import gazetteer
from kg.names.heads import ends_in_industry, head_class, is_name, mention_of
from kg.names.lexicon import organizations, regions, titles

Member = tuple[int, int]  # the first and the last word of a member of a list

_LIST_STOPS = frozenset({"w", "p", "u", "v", "r", "d", "m", "vd", "TIME"})
_NEVER_LISTED = frozenset({"w", "p", "u", "r", "c", "TIME", "q"})


def find_listed(tokens: Sequence[Token], found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the members of a list (A、B和C) that share their type with the organisations beside them."""
    commas = [at for at, token in enumerate(tokens) if token.text == "、"]
    if not commas:
        return
    owned = {(mention.span.start, mention.span.end) for mention in found if mention.type == "Organization"}
    for row in _rows(tokens, commas):
        known = [(tokens[first].start, tokens[last].end) in owned for first, last in row]
        if any(known):
            for first, last in _unknown_bodies(tokens, row, known):
                yield mention_of(tokens, first, last, "Organization", "listed")


def _unknown_bodies(
    tokens: Sequence[Token], row: Sequence[Member], known: Sequence[bool]
) -> Iterator[Member]:
    """Yield the members of a list that are bodies as those are that were ``known`` before: first offices, then the others."""
    parts = [tokens[first : last + 1] for first, last in row]
    offices = [_is_office(part) for part in parts]
    told = known[0] and sum(offices) >= 2
    if told:
        yield from (
            member for member, office, seen in zip(row, offices, known, strict=True) if office and not seen
        )
    behind = tokens[row[-1][1] + 1 : row[-1][1] + 4]
    summed = any(token.text.endswith(organizations().sums) for token in behind)
    sure = sum(known) >= 2 and (3 if summed else 2) * sum(known) >= len(row)
    for member, part, office, seen in zip(row, parts, offices, known, strict=True):
        if not seen and not (told and office) and _may_be_listed(part, sure=sure, summed=summed):
            yield member


def _rows(tokens: Sequence[Token], commas: Sequence[int]) -> Iterator[list[Member]]:
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


def _member_before(tokens: Sequence[Token], comma: int) -> Member:
    first = comma
    while first > 0 and comma - first < 5 and tokens[first - 1].tag not in _LIST_STOPS | {"c"}:
        first -= 1
        if tokens[first].tag == "ORG":
            break
    if first and first == comma - 1 and _is_verb_of_brand(tokens, first - 1):
        first -= 1  # 聚海|化工、
    return first, comma - 1


def _is_verb_of_brand(tokens: Sequence[Token], at: int) -> bool:
    """Say whether what the tagger took for a verb is a brand: at the beginning of a clause, an industry word behind it."""
    if (
        tokens[at].tag != "v"
        or len(tokens[at].text) != 2
        or tokens[at + 1].text not in organizations().industry
    ):
        return False
    return at < 1 or tokens[at - 1].tag == "w"


def _members_after(tokens: Sequence[Token], comma: int) -> Iterator[Member]:
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


def _may_be_listed(part: Sequence[Token], *, sure: bool, summed: bool) -> bool:
    """Say whether a member of a list can be an organisation; ``summed``: the list ends in 等企业 or the like."""
    text = "".join(token.text for token in part).strip()
    if len(part) > 4 or not _may_be_member(text) or not all(map(_may_be_in_member, part)):
        return False
    if part[-1].text in organizations().industry and len(part) >= 2 and part[0].tag != "LOC":
        return True
    if text.isascii():
        return part[0].text[0].isupper()
    if _is_brand_with_industry(part, text):
        return True
    if not sure or len(text) > 6 or text.endswith(organizations().sums):
        return False
    return len(part) > 1 or _is_short_name(part[0], text, summed=summed)


def _may_be_member(text: str) -> bool:
    return 2 <= len(text) <= 14 and is_name(text) and not titles().class_of(text)


def _may_be_in_member(token: Token) -> bool:
    return token.tag not in _NEVER_LISTED and token.text not in organizations().never_inside


def _is_brand_with_industry(part: Sequence[Token], text: str) -> bool:
    """Say whether one word is a brand and its industry (海川电子)."""
    return (
        len(part) == 1
        and part[0].tag in {"nz", "nw", "n", "a", "v", "vn"}
        and len(text) <= 5
        and ends_in_industry(text)
    )


def _is_short_name(token: Token, text: str, *, summed: bool) -> bool:
    """Say whether one word can be the short name of a body: a place that no list knows, a person only where summed up."""
    if token.tag == "LOC":
        known = text in gazetteer().forms or text in regions().countries or text in regions().cities
        return not known and text[-1] not in regions().place_ends and not text.endswith(organizations().areas)
    return summed if token.tag == "PER" else token.tag in {"nz", "nw", "vn", "n", "xc", "a", "v"}
