"""Names of bodies in lists: a member of A、B和C shares its type with the bodies beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.base.model import Mention, Token
from kg.names.gazetteer import gazetteer
from kg.names.heads import ends_in_industry, head_class, is_name, mention_of
from kg.names.lexicon import organizations, regions, titles

_LIST_STOPS = frozenset({"w", "p", "u", "v", "r", "d", "m", "vd", "TIME"})
_NEVER_LISTED = frozenset({"w", "p", "u", "r", "c", "TIME", "q"})


def find_listed(tokens: Sequence[Token], found: Sequence[Mention]) -> Iterator[Mention]:
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
                    yield mention_of(tokens, *parts[at], "Organization", "listed")
        for (first, last), is_known in zip(parts, known, strict=True):
            if not is_known and _may_be_listed(tokens[first : last + 1], sure=sure, summed=summed):
                yield mention_of(tokens, first, last, "Organization", "listed")


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
        return not known and text[-1] not in regions().place_ends and not text.endswith(organizations().areas)
    return summed if part[0].tag == "PER" else part[0].tag in {"nz", "nw", "vn", "n", "xc", "a", "v"}
