"""Names of people in one tagged sentence: what the tagger found, mended, and names it missed beside titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.base.model import Mention, Span, Token
from kg.names.elements import is_era, is_of_elements, may_be_first
from kg.names.latin import latin_end, latin_start
from kg.names.lexicon import names, titles

_DOTS = frozenset("·•‧∙・．●")
_HYPHENS = frozenset("-－–‐")
_JOINTS = _DOTS | _HYPHENS  # no dotted name is without one
_NEVER = frozenset(
    {"w", "u", "p", "c", "m", "r", "TIME", "LOC", "ORG", "q", "f"}
)  # no part of a name beside a title
_NEVER_CHINESE = (_NEVER - {"c", "f"}) | {"PER"}
_MOST_WORDS = 5  # words of a name made of parts
_LONGEST_OF_ELEMENTS = 8  # code points
_PLAIN_FOREIGN = frozenset({"nz", "n", "v", "xc", "a", "nw"})
_BEFORE_NAMES = frozenset({"leading", "state", "military", "membership", "professional"})
_SEASONS = frozenset("春夏秋冬晨晓")
_CLOSING = frozenset("，。、；：（(）)“”！？,;: \u3000《")


def find_people(tokens: Sequence[Token]) -> Iterator[Mention]:
    """Yield the names of people in one sentence, in order; they never cross each other."""
    at, count = 0, len(tokens)
    texts = [token.text for token in tokens]
    joined = not _JOINTS.isdisjoint("".join(texts))
    looks = [*map(_look, texts, [token.tag for token in tokens]), _PLAIN]
    while at < count:
        if not (joined or looks[at] & _OWN or looks[at + 1] & _NAMED or looks[at - 1] & _POST):
            at += 1  # as most words are
            continue
        text, tag = tokens[at].text, tokens[at].tag
        first = may_be_first(text) and (_of_era(tokens, at) or _of_elements(tokens, at))
        found = first or (joined and _dotted(tokens, at))
        latin = text[:1].isupper()  # Mary|-|Jane| |Watson
        if not found and (tag == "PER" or latin or (at + 1 < count and tokens[at + 1].tag == "PER")):
            found = _tagged(tokens, at)
        found = found or (_cut_late if tag == "ORG" else _beside_title)(tokens, at)
        at, mention = found or (at + 1, None)
        if mention is not None:
            yield mention


_PLAIN, _OWN, _NAMED, _POST = 0, 1, 2, 4


@lru_cache(maxsize=65536)
def _look(text: str, tag: str) -> int:
    """Say what a word may be for `find_people`: the first of a name by itself, the tagger's name, a title before a name."""
    named = tag == "PER"
    own = (
        named
        or may_be_first(text)
        or text[:1].isupper()
        or (tag == "ORG" and is_person_cut_late(text))
        or (tag in _PLAIN_FOREIGN and len(text) > 2 and (is_foreign(text) or has_surname(text)))
    )
    return own * _OWN | named * _NAMED | (titles().class_of(text) in _BEFORE_NAMES) * _POST


@lru_cache(maxsize=65536)
def is_foreign(text: str) -> bool:
    """Say whether every character of ``text`` is one that writes foreign names by sound (or joins their parts)."""
    return (names().foreign | _DOTS).issuperset(text)


def has_surname(text: str) -> bool:
    """Say whether ``text`` could be a Chinese name: a listed surname and one or two more characters."""
    lists = names()
    if text[:2] in lists.compound_surnames:
        return 3 <= len(text) <= 4
    return 2 <= len(text) <= 3 and text[0] in lists.surnames


def is_person_cut_late(text: str) -> bool:
    """Say whether what the tagger took for a body is a person and the verb after him (王小明|任)."""
    return (
        len(text) == 4
        and text[3] in "任称"
        and has_surname(text[:3])
        and text[0] not in names().weak_surnames
    )


def _cut_late(tokens: Sequence[Token], at: int) -> Found | None:
    cut = is_person_cut_late(tokens[at].text)
    return (at + 1, _mention(tokens, at, at, "tagger-PER", cut=1)) if cut else None


def _of_era(tokens: Sequence[Token], at: int) -> Found | None:
    """Skip the name of an emperor's era before the number of a year in it: 康熙三十年, 乾隆年间."""
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return (at + 1, None) if is_era(tokens[at].text, after) else None


def _of_elements(tokens: Sequence[Token], at: int) -> Found | None:
    """Two or more parts of Tibetan and Mongolian names, whatever words the tagger made of them (旦|增|罗布)."""
    token, text, found = tokens[at], "", None
    for last in range(at, min(at + _MOST_WORDS, len(tokens))):
        text += tokens[last].text
        name = text[:-1] if text[-1] in "和与" else text
        if len(name) > _LONGEST_OF_ELEMENTS:
            break
        known = last == at and name == token.text and token.tag == "PER"  # the tagger's own
        if is_of_elements(name) and not known and not _goes_on(tokens, last):
            found = last + 1, _mention(tokens, at, last, "title-name", cut=len(text) - len(name))
    return found


def _goes_on(tokens: Sequence[Token], last: int) -> bool:
    """Say whether the name is part of a longer one behind it: of a place, a body, or a dotted name."""
    if last + 1 == len(tokens):
        return False
    after = tokens[last + 1].text
    return after[0] in _DOTS or after[0] in "省市县区州镇乡村旗山河湖寺路"


Found = tuple[int, Mention | None]  # the index of the next token, and the name (None: no name, skip)


def _mention(
    tokens: Sequence[Token], first: int, last: int, rule: str, skip: int = 0, cut: int = 0
) -> Mention:
    text = "".join(token.text for token in tokens[first : last + 1])
    text = text[skip : len(text) - cut]
    start = tokens[first].start + skip
    return Mention(Span(start, start + len(text)), text, "Person", rule)


def _dotted(tokens: Sequence[Token], at: int) -> Found | None:
    """X·Y, X·Y·Z; the dot may stand alone or inside a word."""
    last = _dot_chain(tokens, at + 1) if _is_first_syllables(tokens, at) else _dot_chain(tokens, at)
    if last is None:
        return None
    if not any(
        token.tag in {"PER", "nz", "nw", "LOC", "ORG"} or is_foreign(token.text)
        for token in tokens[at : last + 1 : 2]
    ):
        return None
    while last + 1 < len(tokens) and tokens[last + 1].tag == "PER" and is_foreign(tokens[last + 1].text):
        last += 1
    if (
        len(tokens[last].text) == 1
        and last + 1 < len(tokens)
        and tokens[last + 1].tag in {"PER", "v", "n", "nz"}
    ):
        last += is_foreign(tokens[last + 1].text)
    elif _is_last_syllable(tokens, last):
        last += 1
    return last + 1, _trimmed(tokens, at, last, "dotted-name")


def _is_last_syllable(tokens: Sequence[Token], last: int) -> bool:
    """Say whether the word behind a dotted name is its last syllable: one sound before a mark, or 地 behind one syllable."""
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is None or len(after.text) != 1:
        return False
    if after.text == "地":
        return len(tokens[last].text) == 1
    closed = last + 2 == len(tokens) or tokens[last + 2].text[0] in _CLOSING
    return closed and is_foreign(after.text) and after.tag not in {"w", "u", "p", "c", "f"}


def _is_first_syllables(tokens: Sequence[Token], at: int) -> bool:
    """Say whether two sounds at the beginning of a clause or behind a mark are the first of a dotted name (买买|提江·甲)."""
    token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.tag != "PER" or _DOTS.isdisjoint(after.text[1:-1]):
        return False
    begins = at == 0 or tokens[at - 1].tag in {"w", "c"} or titles().class_of(tokens[at - 1].text) != ""
    return begins and token.tag in {"v", "nz"} and len(token.text) == 2 and is_foreign(token.text)


def _dot_chain(tokens: Sequence[Token], at: int) -> int | None:
    """Return the index of the last token of the dotted name that begins at ``at``."""
    token = tokens[at]
    if token.tag == "w" or token.text[0] in _DOTS:
        return None
    inside = not _DOTS.isdisjoint(token.text)
    last = at
    while last + 1 < len(tokens):
        after = tokens[last + 1]
        open_end = tokens[last].text[-1] in _DOTS
        if open_end and after.tag != "w":
            last += 1
        elif (after.text in _DOTS and last + 2 < len(tokens) and not _is_bullet(tokens, last + 1)) or (
            after.text in _HYPHENS and _both_foreign(tokens, last)
        ):
            last += 2
        else:
            break
    if last == at and not (inside and token.tag == "PER"):
        return None
    return last


def _is_bullet(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a dot with a word behind it begins the next item of a list, and joins no name (张三●甲学院院长李四)."""
    after = tokens[at + 1]
    return after.tag == "w" or (tokens[at].text == "●" and (after.tag == "ORG" or not is_foreign(after.text)))


def _both_foreign(tokens: Sequence[Token], at: int) -> bool:
    if at + 2 >= len(tokens):
        return False
    left, right = tokens[at], tokens[at + 2]
    return "PER" in (left.tag, right.tag) and all(
        t.tag in {"PER", "nz", "n", "v"} and is_foreign(t.text) for t in (left, right)
    )


def _tagged(tokens: Sequence[Token], at: int) -> Found | None:
    """A name the tagger found, joined with the foreign name parts beside it."""
    if tokens[at].tag != "PER" and not latin_start(tokens, at):
        return _led_by_part(tokens, at)
    last = latin_end(tokens, at)
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].tag == "PER"
        and is_foreign(tokens[last].text + tokens[last + 1].text)
    ):
        last += 1
    if not tokens[at].text.strip():
        return at + 1, None
    if last == at and len(tokens[at].text) == 2 and has_surname(tokens[at].text):
        joined = _joined_third(tokens, at) or _joined_season(tokens, at)
        if joined is not None:
            return joined
    found = _trimmed(tokens, at, last, "tagger-PER")
    return last + 1, found if found is None or _looks_like_name(tokens, at, last, found.text) else None


def _looks_like_name(tokens: Sequence[Token], at: int, last: int, text: str) -> bool:
    """Say whether anything speaks for a name but the tagger: a surname, its sound, a post or a verb of saying beside it."""
    if has_surname(text) or is_foreign(text) or text.isascii() or text[0] in "老小阿" or text[-1] in "某总工":
        return True
    if len(text) == 4 and text[:2] in names().compound_surnames:
        return True
    before = tokens[at - 1].text if at else ""
    after = tokens[last + 1].text if last + 1 < len(tokens) else ""
    return (
        bool(
            titles().class_of(text)
            or (before and titles().class_of(before))
            or (after and titles().class_of(after))
        )
        or after in names().saying
    )


def _joined_third(tokens: Sequence[Token], at: int) -> Found | None:
    """A given name's last character that the tagger cut off (王晓|明 表示)."""
    if at + 2 >= len(tokens) or at == 0 or not titles().class_of(tokens[at - 1].text):
        return None
    third, after = tokens[at + 1], tokens[at + 2]
    if len(third.text) == 2 and third.text[1] in "任于称" and third.text[0] not in names().no_given:
        first = tokens[at]  # 张小|兰于: the tagger cut the name too early
        text = first.text + third.text[0]
        return at + 2, Mention(Span(first.start, third.start + 1), text, "Person", "title-name")
    if len(third.text) != 1 or third.tag in _NEVER or third.text in names().no_third:
        return None
    if third.tag in {"v", "d"} and not (after.text in names().saying or after.text in _CLOSING):
        return None
    return at + 2, _mention(tokens, at, at + 1, "title-name")


def _joined_season(tokens: Sequence[Token], at: int) -> Found | None:
    """A given name's last character that the tagger took for a time of the year or day (陈婉|秋 获奖)."""
    third = tokens[at + 1] if at + 1 < len(tokens) else None
    if third is None or third.tag != "TIME" or third.text not in _SEASONS:
        return None
    return at + 2, _mention(tokens, at, at + 1, "title-name")


def _led_by_part(tokens: Sequence[Token], at: int) -> Found | None:
    """A foreign name whose first syllable the tagger cut off (副总统 马|克里斯)."""
    if at == 0 or at + 1 >= len(tokens) or tokens[at + 1].tag != "PER":
        return None
    token, after = tokens[at], tokens[at + 1]
    if token.text in names().surnames and len(after.text) == 1 and titles().class_of(tokens[at - 1].text):
        return at + 2, _mention(tokens, at, at + 1, "title-name")
    if token.tag in _NEVER - {"f"} or len(token.text) != 1 or not titles().class_of(tokens[at - 1].text):
        return None
    text = token.text + after.text
    if (len(text) >= 4 and is_foreign(text)) or (has_surname(text) and len(after.text) == 2):
        return at + 2, _mention(tokens, at, at + 1, "title-name")
    return None


def _trimmed(tokens: Sequence[Token], first: int, last: int, rule: str) -> Mention | None:
    """Return the name without words glued to its ends, or None where too little is left."""
    text = "".join(token.text for token in tokens[first : last + 1])
    whole = _without_front(text.lstrip())
    name = _without_tail(whole.rstrip(), dotted=rule == "dotted-name")
    title = next((word for word in names().behind if name.endswith(word)), "")
    if title and len(name) > len(title) + 1:
        name = name.removesuffix(title)
    name = name.removesuffix("等")
    if len(name) < 2 or name.isdigit() or name in names().no_people or name[-1] == "氏":
        return None
    skip = len(text) - len(whole)
    return _mention(tokens, first, last, rule, skip, len(whole) - len(name))


def _without_front(text: str) -> str:
    """Take off the word that the tagger glued to the front of a foreign name (同|史密斯)."""
    glued = len(text.rstrip()) > 3 and text[0] in names().glued and is_foreign(text[1:].rstrip())
    return text[1:] if glued else text


def _without_tail(name: str, *, dotted: bool) -> str:
    """Take off the word that the tagger glued to the end of a name (老王|说, 王小明|任)."""
    if len(name) == 3 and name[0] in "老小" and name[-1] in names().tail:
        return name[:-1]
    if len(name) > 3 and name[-1] in names().tail and (dotted or _ends_before(name)):
        return name[:-1]
    if len(name) == 4 and name[-1] in names().tail_of_four and name[:2] not in names().compound_surnames:
        return name[:-1] if has_surname(name[:-1]) and not is_foreign(name) else name
    return name


def _ends_before(name: str) -> bool:
    """Say whether what stands before the last character is a name, Chinese or by sound (and that character is not)."""
    return has_surname(name[:-1]) or (is_foreign(name[:-1]) and not is_foreign(name[-1]))


def _beside_title(tokens: Sequence[Token], at: int) -> Found | None:
    """A name the tagger took for plain words, right after a title, or foreign and right before one."""
    token = tokens[at]
    if token.tag in _NEVER or token.tag == "PER":
        return None
    before = tokens[at - 1].text if at else ""
    title = titles().class_of(before) if before else ""
    if title in _BEFORE_NAMES:
        for size in (1, 2, 3):
            found = _chinese_after_title(tokens, at, size, title)
            if found is not None:
                return found
    return _foreign_beside_title(tokens, at, title)


def _chinese_after_title(tokens: Sequence[Token], at: int, size: int, title: str) -> Found | None:
    """A Chinese name in ``size`` plain words behind a title (主任|王|小|明)."""
    part = tokens[at : at + size]
    after = tokens[at + size] if at + size < len(tokens) else None
    in_row = size == 1 and after is not None and after.text == "、" and _is_leading(tokens, at + 2)
    if len(part) < size or not _may_be_chinese(part, in_row=in_row):
        return None
    if not _is_free_behind(part, after, leading=title == "leading", in_row=in_row):
        return None
    return at + size, _mention(tokens, at, at + size - 1, "title-name")


def _is_leading(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a leading post stands at ``at``, and behind it what may be a name (市长|热线 is none)."""
    post = at + 1 < len(tokens) and titles().class_of(tokens[at].text) == "leading"
    return post and (tokens[at + 1].tag == "PER" or has_surname(tokens[at + 1].text))


def _may_be_chinese(part: Sequence[Token], *, in_row: bool) -> bool:
    """Say whether plain words can be a Chinese name: a surname in front, and nothing that speaks against one."""
    if any(token.tag in _NEVER_CHINESE for token in part):
        return False
    text = "".join(token.text for token in part)
    if not has_surname(text) or titles().class_of(text):
        return False
    if not in_row and text[0] in names().weak_surnames and (len(part) > 1 or len(text) < 3):
        return False
    if len(part) > 1 and len(part[0].text) > 1 and part[0].tag not in {"nz", "n"}:
        return False
    return len(part) != 2 or all(token.tag not in {"c", "f", "d"} for token in part)


def _is_free_behind(part: Sequence[Token], after: Token | None, *, leading: bool, in_row: bool) -> bool:
    """Say whether the sentence goes on behind the words as it does behind a name; a leading title asks for less.

    An everyday word is one ``in_row`` only: before the post of the next (书记|高兴|、|市长).
    """
    if len(part) == 3 and leading:
        return True
    lists = names()
    closed = (
        after is None
        or after.text[0] in _CLOSING
        or after.text in lists.saying
        or after.text in lists.acting
        or after.text == "等"
    )
    if sum(len(token.text) for token in part) == 3:
        proper = len(part) > 1 or part[0].tag in {"nz", "nw"}
        return closed or (proper and after is not None and after.tag in {"p", "d", "c", "v"})
    plain = len(part) == 1 and part[0].tag in {"n", "vn", "a", "ad", "an"}
    return closed and leading and (not plain or in_row)


def _foreign_beside_title(tokens: Sequence[Token], at: int, title: str) -> Found | None:
    """A name by sound behind a title or before one, or a Chinese one before one, that the tagger took for plain words."""
    token = tokens[at]
    if len(token.text) < 3 or token.tag not in _PLAIN_FOREIGN:
        return None
    after = titles().classes.get(tokens[at + 1].text, "") if at + 1 < len(tokens) else ""
    if _is_chinese_before(token, after):
        return at + 1, _mention(tokens, at, at, "title-name")
    if not is_foreign(token.text):
        return None
    last = _foreign_end(tokens, at)
    if last > at and titles().classes.get(tokens[last + 1].text) == "state":
        return last + 1, _mention(tokens, at, last, "title-name")
    if title in {"state", "leading", "sport", "professional"} or after in {"state", "leading"}:
        return at + 1, _mention(tokens, at, at, "title-name")
    return None


def _is_chinese_before(token: Token, title: str) -> bool:
    plain = token.tag in {"nz", "nw"} and title in {"leading", "professional"}
    return plain and len(token.text) == 3 and has_surname(token.text)


def _foreign_end(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the last of at most three words by sound, with a word behind them."""
    last = at
    while last + 2 < len(tokens) and last < at + 2 and _is_foreign_word(tokens[last + 1]):
        last += 1
    return last


def _is_foreign_word(token: Token) -> bool:
    return token.tag != "w" and is_foreign(token.text)
