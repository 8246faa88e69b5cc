"""Names of works that end in a head noun: how far they reach to the left, and whether they are names at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from kg.base.late import late
from kg.base.model import Token
from kg.names.lexicon import bodies, regions
from kg.names.work.honour import given_before
from kg.names.work.knowledge import Head
from kg.names.work.scan import (
    AND,
    CLOSE,
    EDITION,
    INNER,
    LATIN,
    LONGEST,
    NAMES,
    NOUNS,
    NUMBER,
    ORDINAL,
    PAIR,
    QUANTITY,
    SEASON,
    STOPS,
    Scan,
    opening_of,
)

_PART = late(rf"第[{NUMBER}]+[部项条份个篇]")
_CODE = late(r"\d{3,}(?!年|个|项|\d*[年亿万])")
_MODEL = late(r"[A-Za-z0-9]+")
_CLOCK = late(rf"[年月时点分今昨前后晨晚夜午\d]|[{NUMBER}当近节]日|日前")
_TIMES = late(rf"[{NUMBER}多数几]+次")
_NUMBERED = late(rf"第?[{NUMBER}]+[届次][^，。、；：“”《》的]{{0,12}}$")
_PRIZE = "奖"
_TITLE_MARKS = frozenset("《》")
_DASHES = frozenset({"—", "-", "－", "–"})
_JOINS = _DASHES | {"±", "暨", "·", "+", "&"}


# fixed shapes -----------------------------------------------------------------------------------------------------


def find_shapes(s: Scan) -> None:
    """Read names that have a fixed shape (台风“X”, 关于…的决定)."""
    held = s.know.held.within(s.text)
    for shape in s.know.shapes if held else ():
        if held.isdisjoint(shape.holds):
            continue
        for match in shape.pattern.finditer(s.text):
            start = _issuer(s, match.start()) if shape.of_issuer else match.start()
            s.keep(start, match.end(), shape.type, f"shape-{shape.id}", 0.8)


def _issuer(s: Scan, start: int) -> int:
    """Return where the body begins that stands right before 关于 and belongs to the name (国务院|关于…的决定)."""
    body = next((token for token in s.tokens if token.end - s.base == start), None)
    return (
        body.start - s.base
        if body is not None and body.tag == "ORG" and not body.text[0].isspace()
        else start
    )


# head nouns -------------------------------------------------------------------------------------------------------


def find_heads(s: Scan) -> None:
    """Read names that end in a head noun, from the end of the sentence to its beginning."""
    tokens = s.tokens
    for i in range(len(tokens) - 1, -1, -1):
        if (
            tokens[i].tag in ("w", "p", "d", "c", "u", "xc", "r", "TIME")
            or tokens[i].text[-1] not in s.know.last
        ):
            continue
        found = s.head(s.end(i))
        if found is not None and may_end(s, i, found[0]):
            _read_head(s, i, *found)


def may_end(s: Scan, i: int, head: Head) -> bool:
    """Say whether a name may end after token ``i``: no noun follows that would carry it on."""
    if s.tokens[i].tag == "ORG" and head.type != "Document" and not _is_event(s, i):
        return False
    if i + 1 >= len(s.tokens) or head.after or head.bare:
        return True
    if _NUMBERED.search(s.text, max(0, s.start(i) - 14), s.end(i)):
        return True
    after = s.tokens[i + 1]
    return after.tag not in NOUNS or after.text in s.know.words.after or after.text in s.know.words.opening


def _is_event(s: Scan, i: int) -> bool:
    """Say whether what the tagger calls an organisation is an event: it has an edition, or ends like events only."""
    edition = ORDINAL.search(s.text, max(0, s.start(i) - 8), s.end(i))
    return edition is not None or s.tokens[i].text.endswith(s.know.words.events)


def _read_head(s: Scan, i: int, head: Head, length: int) -> None:
    end = s.end(i)
    at = end - length
    first = i
    while s.start(first) > at:
        first -= 1
    if first and s.tokens[first - 1].text in CLOSE and head.needs != "modifier":
        return  # the quote before the head is the name, and read already
    natural = _natural(s, first, head)
    start, cued = _left(s, natural, i, head)
    start = _whole_front(s, _balance(s, _trim(s, start, at, head), at))
    if not _enough(s, head, start, at, length, cued):
        return
    s.keep(start, at if head.bare else end, head.type, f"head-{head.id}", 0.75 if cued else 0.65)


def _whole_front(s: Scan, start: int) -> int:
    """Move the beginning of a name to that of the body or pair of states that the tagger cut in two (上|合组织, 中|非合作)."""
    text, states = s.text, regions().one_character
    for size in range(3, 9):
        for back in (1, 2):
            if back < size and start >= back and text[start - back : start - back + size] in bodies():
                return start - back
    pair = start > 1 and text[start - 1] == "中" and text[start] in states and text[start] not in "中华"
    if pair and text[start : start + 2] not in regions().countries:
        before = next((token for token in s.tokens if token.end - s.base == start - 1), None)
        if before is None or before.tag in ("v", "w", "p"):
            return start - 1
    return start


def _balance(s: Scan, start: int, at: int) -> int:
    """Move the beginning of a name so that no quote or bracket in it lacks its other half."""
    open_at: list[int] = []
    for i in range(start, at):
        mark = s.text[i]
        if mark in PAIR or mark in "（(":
            open_at.append(i)
        elif mark in CLOSE or mark in "）)":
            if open_at:
                open_at.pop()
            else:
                start = i + 1 if start == 0 or s.text[start - 1] != CLOSE.get(mark) else start - 1
    return open_at[-1] + 1 if open_at else start


def _left(s: Scan, natural: int, last: int, head: Head) -> tuple[int, bool]:
    """Where the name that ends in a head begins, and whether something says that it begins there."""
    start = s.start(natural)
    bound = _bound(s, natural, last, head)
    if bound is not None:
        return bound, True
    if not head.far:
        return start, False
    k = natural
    while k > 0 and start - s.start(k - 1) < 45:
        token = s.tokens[k - 1]
        if token.text in CLOSE and (opening := opening_of(s.tokens, k - 1)) is not None:
            k = opening
            continue
        if not _may_stand_inside(s, k - 1, head):
            break
        k -= 1
        bound = _bound(s, k, last, head)
        if bound is not None:
            return bound, True
    return start, False


def _may_stand_inside(s: Scan, i: int, head: Head) -> bool:
    """Say whether token ``i`` may stand in a name whose beginning a cue shows, though it seldom stands in one."""
    token = s.tokens[i]
    if token.text in STOPS or token.text.isspace() or token.text in PAIR or token.text in ("同", "（", "("):
        return False
    if (
        token.tag in ("r", "xc", "PER")
        or (token.tag == "d" and len(token.text) == 1)
        or (token.tag == "TIME" and not SEASON.fullmatch(token.text))
    ):
        return False
    if head.type == "Award" and token.text in _TITLE_MARKS:
        return False
    if token.text == "的" and s.tokens[i - 1].text == "党":
        return True
    if token.text == "地":
        return True
    if token.text in AND:
        return head.joins and not _same_head(s, s.start(i), head)
    if token.tag == "u" or (token.tag == "p" and token.text not in ("关于", "对", "向")):
        return token.text == "的" and s.text.rfind("关于", 0, s.start(i)) >= 0
    return not (token.tag == "m" and QUANTITY.match(token.text))


def _natural(s: Scan, first: int, head: Head) -> int:
    """The first token of the words that can stand inside a name, from token ``first`` to the left."""
    j = first
    while j > 0:
        token = s.tokens[j - 1]
        if token.text in _DASHES and j > 1 and s.tokens[j - 2].text in _DASHES:
            break
        if token.tag == "f" and token.text in s.know.words.inside:
            break
        if (
            ((token.tag in INNER or token.text == "组织") and not s.cue(j - 1))
            or token.text in _JOINS
            or (token.text == "至" and s.tokens[j].tag == "LOC")
            or (token.tag in ("TIME", "m", "n") and SEASON.fullmatch(token.text))
            or (token.tag in ("m", "nz") and EDITION.match(token.text) and not QUANTITY.match(token.text))
        ):
            j -= 1
        elif s.text[s.start(first) :].startswith(_PRIZE) and j == first and token.tag == "PER":
            j -= 1  # it is called after somebody: 詹天佑|奖
        elif head.at_time and j == first and token.tag == "TIME" and not _CLOCK.search(token.text):
            j -= 1  # a place that the tagger does not know
        elif (token.text in (":", "：") and LATIN.search(s.tokens[j - 2].text if j > 1 else "")) or (
            token.text.isspace()
            and j > 1
            and _MODEL.search(s.tokens[j - 2].text)
            and (_MODEL.fullmatch(s.tokens[j].text) or (head.type == "Product" and s.tokens[j].tag in INNER))
        ):
            j -= 1
        elif token.text in CLOSE or token.text in (")", "）"):
            opening = opening_of(s.tokens, j - 1)
            if opening is None or "简称" in s.text[s.start(opening) : s.end(j - 1)]:
                break
            j = opening
        else:
            break
    return j


def _bound(s: Scan, j: int, last: int, head: Head) -> int | None:
    """Where a name begins whose first token may be ``j``, if the words before it bound it there."""
    token = s.tokens[j]
    if token.tag == "v" and len(token.text) > 3 and token.text[:2] in s.know.cues:
        return s.start(j) + 2
    held = head.type == "Activity" and _held_after(s, last)
    if not j:
        return s.start(j) if held else None
    before = s.tokens[j - 1]
    k = j - 1
    if before.text in ("了", "过", "的", "为", "“") and k:
        k -= 1
    if head.type == "Award" and given_before(s, k):
        return s.start(j)
    if (
        (s.cue(k) in head.cues and s.tokens[k].text not in head.no_cues)
        or (head.type == "Document" and s.tokens[k].text == "通过" and s.cue(k) is not None)
        or (before.text in AND and _same_head(s, s.start(j - 1), head))
    ):
        return s.start(j)
    if head.type != "Activity":
        return None
    if (
        before.text in ("在", "从", "于", "以")
        and last + 1 < len(s.tokens)
        and s.tokens[last + 1].text in s.know.words.during + s.know.words.opening
    ):
        return s.start(j)
    if held and (
        before.text in STOPS or before.text == "的" or before.text.isspace() or before.tag == "TIME"
    ):
        return s.start(j)
    return None


def _same_head(s: Scan, end: int, head: Head) -> bool:
    """Say whether a name of the same type seems to end at ``end``."""
    other = s.head(end) if end else None
    return other is not None and other[0].type == head.type


def _held_after(s: Scan, last: int) -> bool:
    """Say whether the words after a name say that it was held: X在Y召开, or X上 at the end of a clause."""
    after = [token.text for token in s.tokens[last + 1 : last + 3]]
    if len(after) == 2 and after[0] == "上" and after[1] in STOPS:
        return True
    for token in s.tokens[last + 1 : last + 9]:
        if token.text in s.know.words.held:
            return True
        if token.text in STOPS or token.text == "的":
            return False
    return False


def _trim(s: Scan, start: int, at: int, head: Head) -> int:
    """Drop the words that no name begins with."""
    for token in s.tokens:
        if token.start - s.base != start or start >= at:
            continue
        if (
            token.text in s.know.words.leading
            or token.tag in ("f", "u", "xc", "r")
            or token.text in AND
            or token.text.isspace()
            or (token.tag == "p" and token.text != "关于")
            or token.text.endswith(head.no_start)
            or (head.type == "Document" and _PART.fullmatch(token.text))
            or (
                token.text.endswith("年")
                and head.type in ("Product", "Award")
                and SEASON.fullmatch(token.text)
            )
        ):
            start = token.end - s.base
    return start


def _enough(s: Scan, head: Head, start: int, at: int, length: int, cued: bool) -> bool:
    """Say whether the words from ``start`` to ``at`` make a name of the head after them."""
    size = at - start
    words = [t for t in s.tokens if start <= t.start - s.base < at]
    if not head.least <= size <= LONGEST or (not words and head.least):
        return False
    if head.needs == "quote" or _is_common(s, head, start, at, cued):
        return False
    if head.needs == "modifier":
        return True
    shown = {kind for word in words for kind in _shows(s, word)}
    if head.needs == "cue":
        return (cued and (size + length >= 6 or "brand" in shown)) or "edition" in shown
    if head.needs in {"brand", "brand-or-cue"}:
        return _branded(s, head, words, shown, size=size, cued=cued)
    if head.needs == "abbreviation":
        return words[-1].start - s.base == at - 1 and len(words[-1].text) > 1
    if head.needs == "place":
        return bool(shown & {"brand", "place"}) or any(word.tag == "TIME" for word in words)
    if head.needs == "route":
        return _is_route(words, s.text[start:at])
    named = bool(shown - {"scope"}) or ("scope" in shown and size > 3)
    return named and (cued or head.needs == "name" or _is_coded(head, words))


def _branded(
    s: Scan, head: Head, words: Sequence[Token], shown: Collection[str], *, size: int, cued: bool
) -> bool:
    """Say whether a brand, or a long chain that a place begins, stands before a head that needs one."""
    placed = bool(words) and words[0].tag == "LOC" and len(words) > 3
    if head.needs == "brand":
        return "brand" in shown or placed
    if not cued and not placed:  # 集成电路项目 is a kind of project
        return any("brand" in _shows(s, word) and word.tag not in ("nz", "nw") for word in words)
    return "brand" in shown or placed or size >= 6


def _is_route(words: Sequence[Token], text: str) -> bool:
    """Say whether the words are the two ends of a route, by one character each (甲乙|高铁)."""
    return len(text) < 5 and words[0].tag in NAMES and not text.endswith(("国", "市", "省", "县", "区"))


def _is_coded(head: Head, words: Sequence[Token]) -> bool:
    """Say whether a product is named by a code."""
    return head.type == "Product" and LATIN.match(words[0].text) is not None


def _is_common(s: Scan, head: Head, start: int, at: int, cued: bool) -> bool:
    """Say whether the words before a head say that no single thing is named: counted, generic, everyday."""
    words = [t for t in s.tokens if start <= t.start - s.base < at]
    before = next((t.text for t in s.tokens if t.end - s.base == start), "")
    if QUANTITY.fullmatch(before) or (
        words and (QUANTITY.match(words[0].text) or _TIMES.fullmatch(words[0].text))
    ):
        return True
    if any(w.text in s.know.words.generic and not (cued and w.text == "主要") for w in words):
        return True
    text = s.text[start:at]
    return text in s.know.words.plain or (
        head.bare and (text.endswith(s.know.words.schooling) or any(mark in text for mark in CLOSE))
    )


def _shows(s: Scan, word: Token) -> Iterator[str]:
    """What a word adds to a name: an edition, a brand, a place, a scope."""
    if word.text in PAIR or (word.tag != "n" and EDITION.match(word.text)):
        yield "edition"
    if (
        word.tag in ("nz", "nw", "ORG", "PER")
        or word.text in PAIR
        or LATIN.search(word.text)
        or _CODE.match(word.text)
    ):
        yield "brand"
    if word.tag == "LOC":
        yield "brand" if len(word.text) > 4 else "place"
    if word.text in s.know.words.scope:
        yield "scope"
