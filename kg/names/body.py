"""Names of bodies built around a head: the words to its left that belong to the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.base.model import EntityType, Mention, Token
from kg.base.wordlist import either
from kg.names.heads import (
    NAME_TAGS,
    SCHOOL,
    HeadClass,
    head_class,
    is_cut_off,
    is_name,
    is_wide,
    mention_of,
    place_prefix,
)
from kg.names.lexicon import organizations, regions, titles

LONGEST = 12  # words in one name
_NOUNS = frozenset({"n", "nz", "nw", "vn", "an", "j", "s", "b", "xc"})
_NAMED = NAME_TAGS | {"PER"}
_ORDINAL = re.compile(r"第?[一二三四五六七八九十百\d]+[届次]?$")
_COUNT = re.compile(r"[\d一二三四五六七八九十两百多几数]+余?[家所座支个]")


def find_around_head(tokens: Sequence[Token], at: int, head: HeadClass) -> Mention | None:
    """Return the name whose head is the word at ``at``, extended to the left; None where it is no name."""
    token = tokens[at]
    if token.tag == "v" and token.text == "办" and at and tokens[at - 1].tag == "ORG":
        return mention_of(tokens, at - 1, at, "Organization", "head-weak")
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
        token.tag in NAME_TAGS or not (_alone(token.text) or (title and _is_department(token.text)))
    ):
        return None
    if not _sound(tokens, first, at, head, anchored=anchored, titled=bool(title)):
        return None
    kind: EntityType = "Place" if head == "area" else "Organization"
    found = mention_of(tokens, first, at, kind, f"head-{head}")
    if not is_name(found.text) or len(found.text) > 45:
        return None
    return found


def _only_describes(token: Token, after: str) -> bool:
    """Say whether the word after a head shows that no body is named: 超市|巨头, 控股|股东."""
    if token.tag in NAME_TAGS:
        return False
    return after.endswith(organizations().called) or (
        token.text in {"控股", "投资"} and after in {"股东", "方", "人", "者", "权"}
    )


def _may_be_head(token: Token, head: HeadClass) -> bool:
    """Say whether the tagger's part of speech lets the word end a name."""
    if token.tag in {"TIME", "p", "u", "r", "w", "PER", "d", "c", "f"}:
        return False
    if token.tag == "m":
        return _numbered_body().match(token.text) is not None
    return token.tag != "v" or (head in {"strong", "weak", "part"} and len(token.text) > 2)


def _is_department(word: str) -> bool:
    """Say whether one plain word before a post is a department by itself (人力资源部|总经理)."""
    return len(word) >= 4 and word[-1] in "部处科室局办" and word not in organizations().no_names


@cache
def _numbered_body() -> re.Pattern[str]:
    return re.compile(rf"第?[一二三四五六七八九十\d]+(?:{either(organizations().counted)})$")


def _alone(word: str) -> bool:
    """Say whether one plain word is a name by itself: a proper beginning with a specific head (证监会, 金融监管总局)."""
    lists = organizations()
    if SCHOOL.fullmatch(word):
        return True
    return (
        len(word) >= 4
        and word.endswith(organizations().specific)
        and word not in lists.no_names
        and not word.startswith(("行业", "各"))
    )


def _left_end(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """Return the index of the first word of the name that ends at ``at``, and whether a proper name is in it."""
    first, anchored, limit = at, tokens[at].tag in NAME_TAGS, max(-1, at - LONGEST)
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
    if tag in NAME_TAGS:
        return _step_name(tokens, index, anchored=anchored)
    joins = tag == "c" and index > 0 and is_cut_off(tokens[index - 1].text)
    if anchored and tokens[index + 1].tag in _NAMED and tag != "w" and text != "驻" and not joins:
        return None  # a proper name is on the left end: only other names may stand before it
    if tag == "w":
        return _step_mark(tokens, index, at)
    if tag == "PER":
        return (index - 1, True) if index == at - 1 and _is_brand(tokens, at) else None
    if tag == "c":
        return _step_and(tokens, index, at)
    if text == "驻":  # 加拿大|驻|广州|总领馆
        return (index - 1, False) if index and tokens[index - 1].tag in NAME_TAGS else None
    if (
        text == "企业"
        and index
        and tokens[index - 1].text in {"非公", "国有", "民营"}
        and tokens[at].text.endswith(organizations().party)
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
    token, after, lists = tokens[index], tokens[index + 1], organizations()
    if token.text in lists.never_front or token.text[-1] in "与和及" or token.text in lists.no_front:
        return None
    if len(token.text) == 1 and index and tokens[index - 1].text == "在":
        return None  # 在|华|第二工厂
    if token.tag == "ORG" and after.tag in NAME_TAGS and token.text not in regions().countries:
        place = place_prefix(after.text)
        if (
            place
            and place_prefix(token.text) != token.text
            and not after.text[len(place) :].startswith(organizations().branches)
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
                named = (text == "》" and index == at - 1) or (back > 0 and tokens[back - 1].tag in NAME_TAGS)
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
    if back < 0 or tokens[back].tag not in NAME_TAGS:
        return None
    cut_off = is_cut_off(tokens[back].text)
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
        return anchored and tokens[at].tag not in NAME_TAGS and "线路" not in word and "道路" not in word
    if word in organizations().no_proper and all(
        token.text in regions().countries or token.text in regions().regions for token in tokens[first:at]
    ):
        return word == "政府"
    named = any(token.tag in NAME_TAGS for token in tokens[first : at + 1])
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
    if head == "strong" and word.endswith(organizations().party) and at > first:
        return tokens[at].end - tokens[first].start >= 6
    before = first - 1 - (first > 0 and tokens[first - 1].text == "“")
    return head == "strong" and at > first and before >= 0 and tokens[before].text in organizations().founding


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
    if first < at - 1 and any(token.tag not in NAME_TAGS for token in tokens[first : at - 1]):
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
    lists = organizations()
    if brand.tag == "LOC" and len(brand.text) == 2 and not is_wide(brand.text):
        known = brand.text in regions().countries or brand.text in regions().regions
        of_places = industry.text.endswith(lists.place_industry + lists.county_industry)
        return not known and brand.text[-1] not in regions().place_ends and not of_places
    return brand.tag in {"ORG", "PER", "nz"} and brand.text[-1] not in "性制型化式"
