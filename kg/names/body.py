"""Names of bodies built around a head: the words to its left that belong to the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.base.late import late
from kg.base.model import EntityType, Mention, Token
from kg.base.wordlist import either
from kg.names.heads import (
    NAME_TAGS,
    SCHOOL,
    HeadClass,
    head_class,
    is_cut_off,
    is_name,
    is_relation,
    is_wide,
    mention_of,
    place_prefix,
)
from kg.names.lexicon import organizations, regions, titles

LONGEST = 12  # words in one name
_LONGEST_TEXT = 45  # characters
_NOUNS = frozenset({"n", "nz", "nw", "vn", "an", "j", "s", "b", "xc"})
_PLAIN = _NOUNS | {"v"}
_NAMED = NAME_TAGS | {"PER"}
_ORDINAL = late(r"第?[一二三四五六七八九十百\d]+[届次]?$")
_GENERATION = late(r"\d+[A-Za-z]")  # 5G, 3D
_COUNT = late(r"[\d一二三四五六七八九十两百多几数]+余?[家所座支个]")


def find_around_head(tokens: Sequence[Token], at: int, head: HeadClass) -> Mention | None:
    """Return the name whose head is the word at ``at``, extended to the left; None where it is no name."""
    token = tokens[at]
    if token.tag == "v" and token.text == "办" and at and tokens[at - 1].tag == "ORG":
        return mention_of(tokens, at - 1, at, "Organization", "head-weak")
    if not _may_be_head(token, head):
        return None
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    titled = titles().class_of(after) != ""
    if _belongs_behind(token, after, titled=titled):
        return None
    first, anchored = _left_end(tokens, at)
    if first and token.text in organizations().common and _COUNT.fullmatch(tokens[first - 1].text):
        return None  # 三家|甲国|饭店
    if first == at and not _may_stand_alone(token, titled=titled):
        return None
    if not _sound(tokens, first, at, head, anchored=anchored, titled=titled):
        return None
    kind: EntityType = "Place" if head == "area" else "Organization"
    found = mention_of(tokens, first, at, kind, f"head-{head}")
    return found if is_name(found.text) and len(found.text) <= _LONGEST_TEXT else None


def _belongs_behind(token: Token, after: str, *, titled: bool) -> bool:
    """Say whether a head belongs to the word behind it: 党委|书记, 超市|巨头, 控股|股东."""
    if titled and token.text in {"党委", "党组", "党总支", "党支部"}:
        return True
    return _only_describes(token, after)


def _may_stand_alone(token: Token, *, titled: bool) -> bool:
    """Say whether a head without words before it can be a name; what the tagger took for one is found as its own."""
    if token.tag in NAME_TAGS:
        return False
    return _alone(token.text) or (titled and _is_department(token.text))


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
    return late(rf"第?[一二三四五六七八九十\d]+(?:{either(organizations().counted)})$")


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
    if anchored and _is_left_of_proper(tokens, index):
        return None
    if tag == "v" and tokens[index + 1].text in {"新", "大", "小"} and tokens[index + 1].tag == "a":
        return None  # 在|甲市|建设|新|厂
    if tag == "w":
        return _step_mark(tokens, index, at)
    if tag == "PER":
        return (index - 1, True) if index == at - 1 and _is_brand(tokens, at) else None
    if tag == "c":
        return _step_and(tokens, index, at)
    if text == "驻":  # 加拿大|驻|广州|总领馆
        return (index - 1, False) if index and tokens[index - 1].tag in NAME_TAGS else None
    if _is_kind_of_firm(tokens, index) and tokens[at].text.endswith(organizations().party):
        return index - 2, False  # 非公|企业|党委
    if tag == "a" and index == at - 1 and _is_brand_of_class(tokens, index):
        return index - 1, False
    return (index - 1, tag in {"nz", "nw"}) if _may_be_inside(token) else None


def _is_brand_of_class(tokens: Sequence[Token], index: int) -> bool:
    """Say whether an adjective is the name proper of a body of a class (甲市民办|平和|学校), no judgement of it (优秀)."""
    lists, token = organizations(), tokens[index]
    return (
        index > 0
        and tokens[index - 1].tag in NAME_TAGS
        and tokens[index - 1].text.endswith(lists.classes_in_names)
        and tokens[index + 1].text in lists.class_heads
        and token.text not in lists.class_words
    )


def _is_left_of_proper(tokens: Sequence[Token], index: int) -> bool:
    """Say whether a plain word stands left of the proper name that the name begins with: only other names may."""
    token = tokens[index]
    if tokens[index + 1].tag not in _NAMED or token.tag == "w" or token.text == "驻":
        return False
    joins = token.tag == "c" and index > 0 and is_cut_off(tokens[index - 1].text)
    return not joins


def _is_kind_of_firm(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].text == "企业" and index > 0 and tokens[index - 1].text in {"非公", "国有", "民营"}


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
    """Take a name of the tagger into the name, unless it is a word of the sentence or a name of its own."""
    token, after = tokens[index], tokens[index + 1]
    if not _may_lead(tokens, index) or _begins_anew(token, after):
        return None
    if anchored and _goes_on_short(token, after):
        return index - 1, True
    if token.text in organizations().never_inside or is_relation(token.text):
        return None
    return index - 1, True


def _may_lead(tokens: Sequence[Token], index: int) -> bool:
    """Say whether a name of the tagger may begin a longer one: no word of the sentence that it took for a name."""
    text, lists = tokens[index].text, organizations()
    if text in lists.never_front or text[-1] in "与和及" or text in lists.no_front:
        return False
    return len(text) > 1 or not index or tokens[index - 1].text != "在"  # 在|华|第二工厂


def _begins_anew(token: Token, after: Token) -> bool:
    """Say whether another name begins behind a body, with its place, and no branch of this one (甲公司|乙市政府)."""
    if token.tag != "ORG" or after.tag not in NAME_TAGS or token.text in regions().countries:
        return False
    place = place_prefix(after.text)
    return (
        bool(place)
        and place_prefix(token.text) != token.text
        and not after.text[len(place) :].startswith(organizations().branches)
    )


def _goes_on_short(token: Token, after: Token) -> bool:
    """Say whether a body without a head is the front of the body behind it."""
    return token.tag == "ORG" and after.tag == "ORG" and not head_class(token.text) and len(after.text) > 3


def _step_mark(tokens: Sequence[Token], index: int, at: int) -> tuple[int, bool] | None:
    """A place in brackets, a quoted part, a hyphen: （天津）, “先锋”, A-B."""
    text = tokens[index].text
    if text in {"）", ")"} and _closes_place(tokens, index):
        return index - 3, True
    if text in {"·", "-", "—", "&"} and index >= 1 and tokens[index - 1].tag in {"ORG", "PER", "nz", "LOC"}:
        return index - 2, True
    if text in {"”", "》"}:
        return _step_quoted(tokens, index, at)
    return None


def _closes_place(tokens: Sequence[Token], index: int) -> bool:
    return index >= 3 and tokens[index - 1].tag == "LOC" and tokens[index - 2].text in {"（", "("}


def _step_quoted(tokens: Sequence[Token], index: int, at: int) -> tuple[int, bool] | None:
    """Take a part in quotes that ends at ``index`` into the name, where a name stands before it (甲市|“先锋”|服务队)."""
    closing = tokens[index].text
    opening = "“" if closing == "”" else "《"
    for back in range(index - 1, max(-1, index - 9), -1):
        if tokens[back].text == opening:
            named = (closing == "》" and index == at - 1) or (back > 0 and tokens[back - 1].tag in NAME_TAGS)
            return (back - 1, True) if named else None
        if tokens[back].tag == "w" and tokens[back].text in "，。；：、":
            return None
    return None


def _step_and(tokens: Sequence[Token], index: int, at: int) -> tuple[int, bool] | None:
    """X和Y inside one name (自然资源和规划局): only with a proper name close on the left."""
    after, lists = tokens[index + 1], organizations()
    if after.tag in _NAMED and not head_class(after.text):
        return None
    if (
        index < 2
        or tokens[index].text not in {"和", "与", "及"}
        or not tokens[at].text.endswith(lists.conjoined)
    ):
        return None
    back = _left_of_plain_words(tokens, index)
    if back is None or tokens[back].tag not in NAME_TAGS:
        return None
    whole = head_class(tokens[back].text) != ""
    if back == index - 1:
        whole = whole or (tokens[back].tag == "LOC" and not is_cut_off(tokens[back].text))
    return None if whole else (index - 1, False)


def _left_of_plain_words(tokens: Sequence[Token], index: int) -> int | None:
    """Return the index of the first word left of ``index`` that is none of at most three plain words inside a name."""
    back = index - 1
    while back >= 0 and index - back <= 3 and _is_plain_inside(tokens[back]):
        if head_class(tokens[back].text) == "strong" or titles().class_of(tokens[back].text):
            return None
        back -= 1
    return back if back >= 0 else None


def _is_plain_inside(token: Token) -> bool:
    return token.tag in _PLAIN and token.text not in organizations().never_inside


def _sound(
    tokens: Sequence[Token], first: int, at: int, head: HeadClass, *, anchored: bool, titled: bool
) -> bool:
    """Say whether the words from ``first`` to ``at`` are a name: enough of a proper name for this kind of head."""
    if first > at:
        return False
    if head == "industry":
        return _sound_brand(tokens, first, at)
    if head == "area":
        return anchored and _is_area(tokens[at])
    if _is_common_to_countries(tokens, first, at):
        return tokens[at].text == "政府"
    named = any(token.tag in NAME_TAGS for token in tokens[first : at + 1])
    if anchored and (named or head == "strong"):
        return _sound_anchored(tokens, at, head, named=named)
    if first == at:
        return _sound_alone(tokens[at].text, titled=titled)
    return _sound_among_plain_words(tokens, first, at, head, titled=titled)


def _is_area(token: Token) -> bool:
    return token.tag not in NAME_TAGS and "线路" not in token.text and "道路" not in token.text


def _is_common_to_countries(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Say whether a common noun has nothing but countries and regions before it (亚洲|企业)."""
    lists = regions()
    return tokens[at].text in organizations().no_proper and all(
        token.text in lists.countries or token.text in lists.regions for token in tokens[first:at]
    )


def _sound_anchored(tokens: Sequence[Token], at: int, head: HeadClass, *, named: bool) -> bool:
    """Say whether a head with a proper name before it makes a name: a strong one does, unless it is a common noun."""
    if head in {"weak", "part"}:
        return tokens[at].tag in {"n", "nz", "vn", "j", "ORG", "m", "s"}
    proper = named or tokens[at - 1].tag in {"nz", "nw", "PER"}
    return proper or tokens[at].text not in organizations().common


def _sound_alone(word: str, *, titled: bool) -> bool:
    """Say whether a head without words before it is a name: by itself, or as the department of the post behind it."""
    if _alone(word):
        return word not in organizations().no_names
    return titled and _is_department(word) and not word.endswith(organizations().specific)


def _sound_among_plain_words(
    tokens: Sequence[Token], first: int, at: int, head: HeadClass, *, titled: bool
) -> bool:
    """Say whether plain words and a head are a name: by the head, the post behind it, or the founding before it."""
    lists, word, size = organizations(), tokens[at].text, tokens[at].end - tokens[first].start
    if word.endswith(lists.specific):
        return "".join(token.text for token in tokens[first : at + 1]) not in lists.no_names
    if titled:
        return size >= 4
    if head == "strong" and word.endswith(lists.party):
        return size >= 6
    before = first - 1 - (first > 0 and tokens[first - 1].text == "“")
    return head == "strong" and before >= 0 and tokens[before].text in lists.founding


def _sound_brand(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Say whether a brand stands before the industry word, and nothing goes on after it."""
    if first >= at:
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    industry = at
    if tokens[at - 1].text in organizations().industry and at - 2 >= first:
        industry = at - 1  # 海川|金融|保理
    leader = tokens[industry + 1].text if industry + 1 < len(tokens) else ""
    if titles().classes.get(leader) == "leading" and _plain_brand(tokens, first, industry):
        return True
    brand = tokens[industry - 1]
    if not _may_be_brand(brand, tokens[industry]) or not _is_proper_brand(brand.text):
        return False
    return all(token.tag in NAME_TAGS for token in tokens[first : industry - 1]) and _ends_name(after)


def _is_proper_brand(text: str) -> bool:
    """Say whether a brand is of a brand's length and no name or head by itself."""
    return (
        2 <= len(text) <= 6
        and text not in organizations().no_names
        and text not in organizations().techniques
        and not _GENERATION.fullmatch(text)
        and head_class(text) not in {"strong", "weak", "part"}
    )


def _ends_name(after: Token | None) -> bool:
    """Say whether a company's name can end before ``after``: no noun goes on with it but a post or another body."""
    if after is None or after.tag not in {"n", "vn", "nz", "an"} or after.text == "旗下":
        return True
    return bool(titles().class_of(after.text)) or head_class(after.text) == "strong"


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
