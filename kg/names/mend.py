"""The tagger's own names of bodies and places, mended: what it glued to them taken off, what it cut off put back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.base.late import late
from kg.base.model import Mention, Span, Token
from kg.base.wordlist import either
from kg.names.gazetteer import gazetteer
from kg.names.heads import (
    before_class,
    ends_in_industry,
    head_class,
    is_in_place,
    is_name,
    is_wide,
    mention_of,
    place_prefix,
    retyped,
)
from kg.names.lexicon import organizations, regions, titles
from kg.names.person import is_foreign, is_person_cut_late
from kg.names.place import is_place, is_placed_brand
from kg.words import tags

_LONGEST_PLACE = 6  # characters of a place, behind which a class may stand in the next word
_COMMITTEES = frozenset({"省委", "市委", "县委", "区委", "州委"})
_NO_PLACE_BEFORE = ("时间", "式现代化", "式", "特色")  # 北京|时间, 中国|特色
_RELATED = late("(.{2,}?)(?:旗下|下属|子公司|母公司|前身|(?<=[省市县区州旗])原(?=[省市县区州旗]委))(.*)$")
_INVESTS = (
    "(?<=创投|资本|基金)投资(?!集团|管理|有限|控股|公司|基金|咨询|中心|合伙|协会|$)"  # 甲创投|投资|乙科技
)
_CUT_OFF = frozenset({tags.VERB, tags.NOUN, tags.ADJECTIVE, tags.PLACE_WORD, tags.PROPER_NOUN, tags.MODIFIER})
_WITH = frozenset("同与和跟对向")  # before a country that the tagger glued it to
_STATES = late("[二两三四五六七八]国$")


def find_tagged(tokens: Sequence[Token], at: int) -> Iterator[Mention]:
    """Yield what is sound of a name that the tagger found; two names where it took two bodies for one."""
    token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if _says_membership(token, after) or (after is not None and _is_cut_in_two(token, after)):
        return
    text, start = _without_glue(tokens, at)
    if token.tag == "ORG":
        if is_person_cut_late(text):
            return
        if after is not None and _is_first_half(token, after):
            yield mention_of(tokens, at, at + 1, "Organization", "joined")
        related = _related(text) or _deed(text)
        if related is not None:
            yield from _two_bodies(related, start)
            return
    text = _sound_part(text, token.tag, after)
    front = before_class(text if after is None or len(text) > _LONGEST_PLACE else text + after.text)
    if front is not None:
        if is_name(front) and is_in_place(front):  # 甲市|民办学校
            yield Mention(Span(start, start + len(front)), front, "Place", f"tagger-{token.tag}")
        return
    if is_name(text) and (after is None or not after.text.startswith(_NO_PLACE_BEFORE)):
        found = _typed(tokens, at, start, text)
        if found is not None:
            yield found


def _says_membership(token: Token, after: Token | None) -> bool:
    """Say whether a party is named only as what somebody belongs to (中共|预备党员)."""
    lists = organizations()
    return after is not None and token.text in lists.parties and after.text in lists.members


def _related(text: str) -> re.Match[str] | None:
    """Match two bodies that the tagger took for one, by the word between them (甲集团|旗下|乙公司)."""
    match = _RELATED.match(text)
    if match is None or (not match.group(2) and match.group(1).endswith(tuple(regions().countries))):
        return None
    return match


def _deed(text: str) -> re.Match[str] | None:
    """Match a body and what it does, to another or not, that the tagger took for one name (甲乙重工|中标|丙集团)."""
    match = _deeds().match(text)
    return None if match is None or match.group(2).startswith(organizations().not_behind_deeds) else match


@cache
def _deeds() -> re.Pattern[str]:
    deeds = f"(?:{either(organizations().deeds)}|{_INVESTS})"
    return late(rf"(.{{4,}}?|.{{2,3}}(?={deeds}$)){deeds}(.*)$")


def body_behind_deed(tokens: Sequence[Token], at: int) -> Mention | None:
    """Return the body in a word that the tagger took for a verb (甲乙重工 中标丙集团); None where there is none."""
    token = tokens[at]
    if not may_hide_body(token.text, token.tag):
        return None
    deed = next(word for word in organizations().deeds if token.text.startswith(word))
    text = token.text[len(deed) :]
    if len(text) < 4 or not is_name(text) or not head_class(text):
        return None
    if text.startswith(organizations().not_behind_deeds):
        return None
    return Mention(
        Span(token.start + len(deed), token.end), text, retyped(text, "Organization"), "tagger-ORG"
    )


def may_hide_body(text: str, tag: str) -> bool:
    """Say whether the tagger took a word for a verb that begins with a deed."""
    return tag == tags.VERB and text.startswith(organizations().deeds)


def _two_bodies(related: re.Match[str], start: int) -> Iterator[Mention]:
    for group in (1, 2):
        name = related.group(group)
        if is_name(name):
            span = Span(start + related.start(group), start + related.end(group))
            yield Mention(span, name, retyped(name, "Organization"), "tagger-ORG")


def _sound_part(text: str, tag: str, after: Token | None) -> str:
    """Return the tagger's name without what it glued to its end: a post, a verb, a stray character."""
    text = trim_end(text, before_title=after is not None and titles().class_of(after.text) != "")
    if tag == "ORG":
        town = _town_at_work().fullmatch(text)
        if town is not None:
            return town.group(1)
        return _only_body(_without_rest(_without_post(text)))
    return _only_place(_without_stray(text))


@cache
def _town_at_work() -> re.Pattern[str]:
    """Match a town or county with the verb of what it does, which the tagger took for a body (甲县|新建)."""
    return late(rf"(.{{1,5}}[省市县区州旗镇乡])(?:{either(organizations().deeds_of_places)})")


def _without_glue(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """Return the tagger's name without what it glued to its front and with what it cut off there, and where that starts."""
    token = tokens[at]
    text = token.text.strip()
    start = token.start + len(token.text) - len(token.text.lstrip())
    glued = next((word for word in organizations().glued if text.startswith(word)), "")
    if glued and len(text) - len(glued) >= 3 and (len(glued) > 1 or _begins_with_place(text[len(glued) :])):
        text, start = text[len(glued) :], start + len(glued)
    if text[:1] in _WITH and text[1:] in regions().countries:
        return text[1:], start + 1  # 同|甲国
    before = tokens[at - 1] if at else None
    if (
        before is not None
        and before.text in organizations().hearsay
        and text[0] in "传曝称"
        and len(text) > 4
    ):
        return text[1:], start + 1  # 据|传甲公司
    if before is not None and before.text == "从" and text.endswith("处") and len(text) > 4:
        return text[:-1], start  # 从|甲公司处|获悉
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if after.startswith("以") and text.endswith("处") and len(text) > 4:
        return text[:-1], start  # 对|甲公司处|以|罚款
    front = _cut_off_front(tokens, at)
    if front:
        return front + text, start - len(front)
    direction = _with_direction(tokens, at)
    if direction:
        return direction + text, start - 1
    if before is not None and before.text == "团" and text in _COMMITTEES:
        return "团" + text, start - 1  # 团|市委
    if before is not None and text.startswith("中央") and _is_communist_party(before.text):
        return before.text + text, before.start  # 越共|中央政治局
    return text, start


def _is_cut_in_two(token: Token, after: Token) -> bool:
    """Say whether two words are the sounds of one foreign region that the tagger cut (甲国|巴什|科尔州), the first no place by itself."""
    if token.tag != tags.PLACE or after.tag != tags.PLACE or token.end != after.start:
        return False
    text, rest = token.text, after.text
    lists = regions()
    listed = (
        text in lists.countries or text in lists.cities or text in lists.regions or bool(place_prefix(text))
    )
    sounds = is_foreign(text) and is_foreign(rest[:-1]) and not gazetteer().codes(rest)
    whole = rest[-1] in "州省市" and (text + rest[:-1] in lists.cities or (len(rest) > 1 and sounds))
    return whole and not listed and not gazetteer().codes(text)


def _cut_off_front(tokens: Sequence[Token], at: int) -> str:
    """Return what the tagger cut off the front of a place, "" for nothing.

    The first character of a county behind the place it lies in (甲州|乙|丙县, 甲省乙|丙县), the first half of a foreign region (巴什|科尔州).
    """
    token, before = tokens[at], tokens[at - 1] if at else None
    if before is not None and _is_cut_in_two(before, token):
        return before.text
    if before is None or token.tag != tags.PLACE or len(token.text) != 2 or token.text[1] not in "县旗":
        return ""
    if before.tag == tags.PLACE:
        return before.text[-1] if len(before.text) > 2 and _without_stray(before.text) != before.text else ""
    place = tokens[at - 2] if at > 1 else None
    cut = len(before.text) == 1 and before.tag in _CUT_OFF and before.text not in regions().between_places
    return before.text if cut and place is not None and place.tag == tags.PLACE else ""


def _begins_with_place(text: str) -> bool:
    return place_prefix(text) != ""


def _with_direction(tokens: Sequence[Token], at: int) -> str:
    """Return the direction before a place that is part of its name (北|爱尔兰), "" for none."""
    before = tokens[at - 1] if at else None
    if before is None or before.text not in {"东", "西", "南", "北", "上", "下"} or tokens[at].tag != "LOC":
        return ""
    name = tokens[at].text
    whole = before.tag == "LOC" or (name[-1] in "省州" and is_foreign(name[:-1]))
    return before.text if whole and is_foreign(name.rstrip("省州")) else ""


def _is_communist_party(word: str) -> bool:
    return len(word) == 2 and word[0] in regions().communists and word[1] == "共"


def _is_first_half(token: Token, after: Token) -> bool:
    """Say whether the tagger cut one name in two after its 与 or 和 (柏林艺术与|科学院)."""
    return token.text[-1] in "与和" and after.tag == "ORG" and _breaks_off(token.text[:-1])


def _breaks_off(text: str) -> bool:
    """Say whether the name of a body breaks off: a place or foreign city, and plain words (柏林艺术|与|科学院)."""
    prefix = place_prefix(text) or next((city for city in regions().cities if text.startswith(city)), "")
    return (
        bool(prefix) and len(text) - len(prefix) >= 2 and not head_class(text) and not ends_in_industry(text)
    )


def _typed(tokens: Sequence[Token], at: int, start: int, text: str) -> Mention | None:
    """Return the tagger's name with the type that its own end says; None where nothing speaks for a place."""
    tag = tokens[at].tag
    kind = retyped(text, "Organization" if tag == "ORG" or is_placed_brand(text) else "Place")
    if kind == "Place" and text[-1] in "高平" and at + 1 < len(tokens) and tokens[at + 1].text == "原":
        text += "原"  # 青藏高|原
    elif kind == "Place" and at + 1 < len(tokens) and _is_level_cut_off(text, tokens[at + 1].text):
        text += tokens[at + 1].text  # 克拉玛依|市
    elif at + 1 < len(tokens) and tokens[at + 1].text in {"特别行政区", "自治区", "自治州", "自治县"}:
        text += tokens[at + 1].text  # 香港|特别行政区
    if kind == "Place" and not is_place(tokens, at, text):
        return None
    return Mention(Span(start, start + len(text)), text, kind, f"tagger-{tag}")


def _is_level_cut_off(text: str, after: str) -> bool:
    """Say whether the tagger cut the level off the full name of a place of the official list."""
    return len(after) == 1 and after in regions().level_ends and text + after in gazetteer().forms


def trim_end(text: str, *, before_title: bool) -> str:
    """Return the name without what belongs to the post after it (党组, 原) or to the sentence (等)."""
    if before_title:
        for word in ("原党委", "原党组", "党委", "党组"):
            rest = text[: -len(word)]
            if text.endswith(word) and len(rest) >= 2 and not _has_committee(rest, word):
                text = rest
    while len(text) > 2 and text[-1] in organizations().tail and text[-2:] not in {"平原", "高原", "草原"}:
        text = text[:-1]
    return text


def _has_committee(area: str, word: str) -> bool:
    """Say whether the party committee before a post is that of an area, and no part of the post (甲市党委|书记)."""
    if place_prefix(area) == area or area.endswith("自治区"):
        return True
    return word == "党委" and len(area) == 2 and not head_class(area)


def _without_post(text: str) -> str:
    """Take a post off the end of a name (海江证券分析师 -> 海江证券); "" where nothing but a post is left."""
    if not titles().class_of(text):
        return text
    if titles().is_title(text):
        return ""
    if text.endswith("顾问") and not head_class(text[:-2]):
        return text  # 甲乙顾问: a company
    for size in range(min(6, len(text) - 2), 1, -1):
        post = text[-size:]
        if titles().is_title(post):
            committee = next((name for name in organizations().area_committees if post.startswith(name)), "")
            return text[:-size] + committee  # 甲市委书记 is one of 甲市委
    return text


def _only_body(text: str) -> str:
    """Cut what the tagger glued behind one of the highest bodies (国务院|决策)."""
    body = next((name for name in organizations().highest if text.startswith(name)), "")
    return body if body and text != body and not head_class(text) else text


@cache
def _glued_behind() -> re.Pattern[str]:
    return late(rf"(.{{2,}}?(?:{either(organizations().whole_ends)}))(.{{1,6}})$")


def _without_rest(text: str) -> str:
    """Cut what the tagger glued behind a whole name (海江证券|协办)."""
    match = _glued_behind().match(text)
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


def _only_place(text: str) -> str:
    """Cut what the tagger glued behind a country, province or city: a post, a count of states, a verb (甲省|创新)."""
    prefix = place_prefix(text)
    rest = text[len(prefix) :]
    if not prefix or not rest or rest[-1] in regions().place_ends or is_foreign(rest) or head_class(text):
        return text
    if titles().is_title(rest) or _STATES.fullmatch(rest):
        return prefix
    known = rest in organizations().verbs_inside and (prefix in regions().countries or is_wide(prefix))
    return prefix if known else text


def _without_stray(text: str) -> str:
    """Cut one stray character behind a known place (上海|新)."""
    known = text[:-1]
    if len(known) < 2 or text in gazetteer().forms or text[-1] in regions().place_ends:
        return text
    return known if known in regions().countries or (known in gazetteer().forms and is_wide(known)) else text
