"""Names of people in one tagged sentence: what the tagger found, mended, and names it missed beside titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.base.model import Mention, Span, Token
from kg.names.lexicon import names, titles

_DOTS = frozenset("·•‧∙・．●")
_HYPHENS = frozenset("-－–‐")
_NEVER = frozenset(
    {"w", "u", "p", "c", "m", "r", "TIME", "LOC", "ORG", "q", "f"}
)  # no part of a name beside a title
_CLOSING = frozenset("，。、；：（(）)“”！？,;: \u3000《")


def find_people(tokens: Sequence[Token]) -> Iterator[Mention]:
    """Yield the names of people in one sentence, in order; they never cross each other."""
    at = 0
    while at < len(tokens):
        found = (
            _dotted(tokens, at) or _tagged(tokens, at) or _cut_late(tokens, at) or _beside_title(tokens, at)
        )
        if found is None:
            at += 1
            continue
        stop, mention = found
        if mention is not None:
            yield mention
        at = stop


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
    if tokens[at].tag != "ORG" or not is_person_cut_late(tokens[at].text):
        return None
    return at + 1, _mention(tokens, at, at, "tagger-PER", cut=1)


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
    last = _dot_chain(tokens, at)
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
    return last + 1, _trimmed(tokens, at, last, "dotted-name")


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
        elif (after.text in _DOTS and last + 2 < len(tokens) and tokens[last + 2].tag != "w") or (
            after.text in _HYPHENS and _both_foreign(tokens, last)
        ):
            last += 2
        else:
            break
    if last == at and not (inside and token.tag == "PER"):
        return None
    return last


def _both_foreign(tokens: Sequence[Token], at: int) -> bool:
    if at + 2 >= len(tokens):
        return False
    left, right = tokens[at], tokens[at + 2]
    return "PER" in (left.tag, right.tag) and all(
        t.tag in {"PER", "nz", "n", "v"} and is_foreign(t.text) for t in (left, right)
    )


def _tagged(tokens: Sequence[Token], at: int) -> Found | None:
    """A name the tagger found, joined with the foreign name parts beside it."""
    if tokens[at].tag != "PER":
        return _led_by_part(tokens, at)
    last = _latin_end(tokens, at)
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].tag == "PER"
        and is_foreign(tokens[last].text + tokens[last + 1].text)
    ):
        last += 1
    if not tokens[at].text.strip():
        return at + 1, None
    if last == at and len(tokens[at].text) == 2 and has_surname(tokens[at].text):
        joined = _joined_third(tokens, at)
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


def _latin_end(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the last word of a name in Latin letters that begins at ``at`` (John| |Van| |Dale)."""
    last = at
    while (
        last + 2 < len(tokens)
        and tokens[last].text.isascii()
        and tokens[last + 1].text in {" ", "."}
        and tokens[last + 2].text[:1].isupper()
        and tokens[last + 2].text.isascii()
    ):
        last += 2
    return last


def _joined_third(tokens: Sequence[Token], at: int) -> Found | None:
    """A given name's last character that the tagger cut off (王晓|明 表示)."""
    if at + 2 >= len(tokens) or at == 0:
        return None
    third, after = tokens[at + 1], tokens[at + 2]
    if (
        len(third.text) == 2
        and third.text[1] in "任于称"
        and third.text[0] not in names().no_given
        and titles().class_of(tokens[at - 1].text)
    ):
        first = tokens[at]  # 张小|兰于: the tagger cut the name too early
        text = first.text + third.text[0]
        return at + 2, Mention(Span(first.start, third.start + 1), text, "Person", "title-name")
    if len(third.text) != 1 or third.tag in _NEVER or not titles().class_of(tokens[at - 1].text):
        return None
    if third.tag in {"v", "d"} and not (after.text in names().saying or after.text in _CLOSING):
        return None
    if third.text in "称说任等也将在":
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
    skip = len(text) - len(text.lstrip())
    cut = len(text) - len(text.rstrip())
    bare = text[skip : len(text) - cut]
    if len(bare) > 3 and bare[0] in names().glued and is_foreign(bare[1:]):
        skip += 1
        bare = bare[1:]
    if len(bare) == 3 and bare[0] in "老小" and bare[-1] in names().tail:
        cut += 1
        bare = bare[:-1]
    if len(bare) > 3 and bare[-1] in names().tail and (rule == "dotted-name" or has_surname(bare[:-1])):
        cut += 1
        bare = bare[:-1]
    title = next((word for word in names().behind if bare.endswith(word)), "")
    if title and len(bare) > len(title) + 1:
        cut += len(title)
        bare = bare[: -len(title)]
    if bare[-1:] == "等":
        cut += 1
        bare = bare[:-1]
    if len(bare) < 2 or bare.isdigit() or bare in names().no_people or bare[-1] == "氏":
        return None
    return _mention(tokens, first, last, rule, skip, cut)


def _beside_title(tokens: Sequence[Token], at: int) -> Found | None:
    """A name the tagger took for plain words, right after a title, or foreign and right before one."""
    token = tokens[at]
    if token.tag in _NEVER or token.tag == "PER":
        return None
    before = tokens[at - 1].text if at else ""
    title = titles().class_of(before) if before else ""
    if title in {"leading", "state", "military", "membership", "professional"}:
        for size in (1, 2, 3):
            found = _chinese_after_title(tokens, at, size, title)
            if found is not None:
                return found
    return _foreign_beside_title(tokens, at, title)


def _chinese_after_title(tokens: Sequence[Token], at: int, size: int, title: str) -> Found | None:
    part = tokens[at : at + size]
    if len(part) < size or any(t.tag in _NEVER - {"c", "f"} or t.tag in {"PER"} for t in part):
        return None
    text = "".join(t.text for t in part)
    if not has_surname(text) or titles().class_of(text):
        return None
    if size > 1 and (
        (len(part[0].text) > 1 and part[0].tag not in {"nz", "n"}) or text[0] in names().weak_surnames
    ):
        return None
    if size > 1 and any(t.tag in {"c", "f", "d"} for t in part) and size < 3:
        return None
    after = tokens[at + size] if at + size < len(tokens) else None
    lists = names()
    closed = (
        after is None
        or after.text[0] in _CLOSING
        or after.text in lists.saying | lists.acting
        or after.text == "等"
    )
    if text[0] in names().weak_surnames and len(text) < 3:
        return None
    if size == 3 and title == "leading":
        good = True
    elif len(text) == 3 and (size > 1 or part[0].tag in {"nz", "nw"}):
        good = closed or (after is not None and after.tag in {"p", "d", "c", "v"})
    elif len(text) == 3:
        good = closed
    else:
        plain = size == 1 and part[0].tag in {"n", "vn", "a", "ad", "an"}
        good = closed and title == "leading" and not plain
    return (at + size, _mention(tokens, at, at + size - 1, "title-name")) if good else None


def _foreign_beside_title(tokens: Sequence[Token], at: int, title: str) -> Found | None:
    token = tokens[at]
    after = titles().classes.get(tokens[at + 1].text, "") if at + 1 < len(tokens) else ""
    if (
        token.tag in {"nz", "nw"}
        and len(token.text) == 3
        and has_surname(token.text)
        and after in {"leading", "professional"}
    ):
        return at + 1, _mention(tokens, at, at, "title-name")
    if (
        len(token.text) < 3
        or token.tag not in {"nz", "n", "v", "xc", "a", "nw"}
        or not is_foreign(token.text)
    ):
        return None
    last = at
    while (
        last + 2 < len(tokens)
        and last < at + 2
        and is_foreign(tokens[last + 1].text)
        and tokens[last + 1].tag != "w"
    ):
        last += 1
    if last > at and titles().classes.get(tokens[last + 1].text) == "state":
        return last + 1, _mention(tokens, at, last, "title-name")
    if title in {"state", "leading", "sport", "professional"} or after in {"state", "leading"}:
        return at + 1, _mention(tokens, at, at, "title-name")
    return None
