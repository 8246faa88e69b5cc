"""Names of works in marks: 《X》, “X”, and “X” with the words around it that belong to the name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.base.late import late
from kg.base.model import EntityType
from kg.names.work.head import may_end
from kg.names.work.knowledge import Head
from kg.names.work.scan import AND, EDITION, NOUNS, PAIR, SEASON, Scan, closing_of

_TITLE = late(r"《([^《》]{1,80}(?:《[^《》]{1,60}》[^《》]{0,60})?)》")
_BEHIND = 4  # characters behind a quote where the thing may stand: “X”手术
_NAMES = late("(?:命名|定名|取名)(?:为|成)?$")
_THINGS = (
    "手术|术式|技术|疗法|方法|小行星|新星|彗星|台风|新种|物种|化石|矿物|病毒|综合征|定理|效应|大桥|道路|舰|船"
)
_NAMED = late(f"(?:{_THINGS})[^，。；]{{0,8}}(?:命名|定名|取名)(?:为|成)?$")
_THING = late(f"(?:{_THINGS})")
_LATIN = late(r"[A-Za-z\s.·-]+")
_SAID = late(r"[。？！；…].|[。；…]$|^.{45}")  # what somebody said, and no name


# 《X》 ------------------------------------------------------------------------------------------------------------


def find_titles(s: Scan) -> None:
    """Read 《X》 as a document, or as a product beside a word for a film, a programme or a song."""
    if "《" not in s.text:
        return
    for match in _TITLE.finditer(s.text):
        shown = s.know.show.search(s.text, max(0, match.start() - 8), match.start()) or s.know.shown.match(
            s.text, match.end()
        )
        s.keep(match.start(), match.end(), "Product" if shown else "Document", "title-marks", 0.95)


# “X” --------------------------------------------------------------------------------------------------------------


def find_quotes(s: Scan) -> None:
    """Read “X”: by the head noun after it, the head it ends in, or the verb or noun that says what its list holds."""
    groups = list(_groups(s))
    for row in _rows(s, groups):
        _read_row(s, row)


def _groups(s: Scan) -> Iterator[tuple[int, int]]:
    """The outermost quotes, as the indices of their marks' tokens."""
    i = 0
    while i < len(s.tokens):
        if s.tokens[i].text in PAIR:
            close = closing_of(s.tokens, i)
            if close is not None:
                yield i, close
                i = close
        i += 1


@dataclass(slots=True)
class _Item:
    """A quote with the head after it and the modifiers before it."""

    open: int
    close: int
    first: int  # token where the name starts
    last: int  # token where it ends
    head: Head | None


def _rows(s: Scan, groups: Sequence[tuple[int, int]]) -> Iterator[list[_Item]]:
    """Quotes that stand in one list (“X”、Y市“Z”和“W”)."""
    row: list[_Item] = []
    for i, close in groups:
        found = _tail(s, close)
        item = _Item(i, close, _before_quote(s, i), found[0] if found else close, found[1] if found else None)
        if row and all(
            s.tokens[k].text in AND or s.tokens[k].text.isspace() for k in range(row[-1].last + 1, item.first)
        ):
            row.append(item)
        else:
            if row:
                yield row
            row = [item]
    if row:
        yield row


def _read_row(s: Scan, row: Sequence[_Item]) -> None:
    kind = _summed_up(s, row[-1].last) or _taken_by(s, row[0].first)
    if kind == "Award" and _is_only_named(s, row[0]):
        kind = None
    for item in row:
        inner = s.text[s.end(item.open) : s.start(item.close)]
        if len(inner) < 2 or _SAID.search(inner):
            continue
        if inner != inner.strip() and kind != "Document" and _has_no_noun(s, item, inner):
            _read_blank(s, item, kind)
        elif item.head is not None:
            _read_with_noun(s, item, item.head, inner)
        else:
            _read_alone(s, item, kind, inner)


def _is_only_named(s: Scan, item: _Item) -> bool:
    """Say whether a quote is what something is called from now on, and no honour: 手术被命名为“X”."""
    before, open_, close = s.text[: s.start(item.open)], s.end(item.open), s.start(item.close)
    if _NAMED.search(before) is not None:
        return True
    is_thing = _THING.search(s.text, open_, close + _BEHIND) or _LATIN.fullmatch(s.text, open_, close)
    return is_thing is not None and _NAMES.search(before) is not None


def _is_bare(s: Scan, item: _Item) -> bool:
    """Say whether the noun behind a quote is no part of the name in it."""
    return s.text[s.end(item.close) : s.end(item.last)] in s.know.words.quoted_bare


def _has_no_noun(s: Scan, item: _Item, inner: str) -> bool:
    """Say whether no noun behind a quote belongs to the name in it."""
    if item.head is None:
        return True
    return _is_bare(s, item) and not (inner.endswith(s.know.words.units) and item.head.of_units)


def _read_with_noun(s: Scan, item: _Item, head: Head, inner: str) -> None:
    """Read a quote and the noun behind it (“X”主题活动)."""
    start, end, rule = s.start(item.first), s.end(item.last), f"quote-{head.id}"
    if inner.endswith(s.know.words.units) and head.of_units:
        s.keep(start, end, head.type, rule, 0.9)
    elif head.bare or _is_bare(s, item):
        s.keep(start, s.end(item.close), head.type, rule, 0.9)
    else:
        s.keep(start, end, head.type, rule, 0.85)


def _read_alone(s: Scan, item: _Item, kind: EntityType | None, inner: str) -> None:
    """Read a quote without a noun behind it: by the noun that it ends in, or what its verb or its list says (``kind``)."""
    start, end = s.start(item.open), s.end(item.last)
    if kind == "Award" and _is_honour(s, item):
        s.keep(s.start(item.first), end, kind, "quote-cue-Award", 0.8)
    elif (found := s.head(s.start(item.close))) and len(inner) >= found[1] + found[0].quoted_least:
        s.keep(start, end, found[0].type, f"quoted-{found[0].id}", 0.8)
    elif _is_ware(s, item) and len(inner) <= 12:
        s.keep(start, end, "Product", "quote-ware", 0.7)
    elif kind is not None and _is_told(s, item, kind, inner):
        s.keep(start, end, kind, f"quote-cue-{kind}", 0.7)


def _is_told(s: Scan, item: _Item, kind: EntityType, inner: str) -> bool:
    """Say whether what a verb or a list says of a quote is enough for a name."""
    if kind == "Document" or _modifies(s, item.close):
        return False
    return kind == "Award" or not inner.endswith(s.know.words.bodies)


def _is_honour(s: Scan, item: _Item) -> bool:
    return not _modifies(s, item.close) or s.tokens[item.close + 1].text in s.know.words.honoured


def _is_ware(s: Scan, item: _Item) -> bool:
    """Say whether the noun before a quote says that it names a product (社交网站“X”, 产品——“X”)."""
    k = item.open - 1
    while k >= 0 and s.tokens[k].text in {"—", "-", "：", ":"}:
        k -= 1
    return k >= 0 and s.tokens[k].tag in NOUNS and s.tokens[k].text.endswith(s.know.words.ware)


def _read_blank(s: Scan, item: _Item, kind: EntityType | None) -> None:
    """Read a quote with blanks at its ends: its name is what stands between them."""
    start, end = s.end(item.open), s.start(item.close)
    while start < end and s.text[start].isspace():
        start += 1
    while end > start and s.text[end - 1].isspace():
        end -= 1
    kind = item.head.type if item.head is not None else kind
    if kind is not None:
        s.keep(start, end, kind, f"quote-cue-{kind}", 0.7)


def _modifies(s: Scan, close: int) -> bool:
    """Say whether a quote stands before a noun that it only describes (“钦定”的城市)."""
    if close + 1 >= len(s.tokens):
        return False
    after = s.tokens[close + 1]
    return after.text == "的" or (after.tag in NOUNS | {"a"} and after.text not in s.know.words.after)


def _tail(s: Scan, close: int) -> tuple[int, Head] | None:
    """The last head noun among the nominal words right after a closing quote."""
    best = None
    for j in range(close + 1, min(len(s.tokens), close + 11)):
        if not _may_follow_quote(s, j):
            break
        head = s.head(s.end(j))
        if head is not None and head[1] <= s.end(j) - s.end(close) and may_end(s, j, head[0]):
            best = (j, head[0])
    return best


def _may_follow_quote(s: Scan, j: int) -> bool:
    """Say whether token ``j`` may stand between a quote and the head noun of its name."""
    token = s.tokens[j]
    if s.cue(j) or token.text in s.know.words.period:
        return False
    if token.tag in ("n", "nz", "vn", "an", "a", "LOC", "nw") or token.text in ("暨", "特别"):
        return True
    if token.tag == "TIME":
        return SEASON.fullmatch(token.text) is not None
    if token.tag not in ("v", "vd") or len(token.text) < 2 or j + 1 >= len(s.tokens):
        return False
    return (
        s.head(s.end(j)) is not None
        or s.head(s.end(j + 1)) is not None
        or s.tokens[j + 1].text.endswith("周年")
    )


def _before_quote(s: Scan, i: int) -> int:
    """The first token of the modifiers right before an opening quote that belong to the name."""
    j = i
    while j > 0:
        token = s.tokens[j - 1]
        if (
            token.tag == "LOC"
            or token.text in s.know.words.scope
            or EDITION.fullmatch(token.text)
            or token.text == "年度"
            or (token.tag == "TIME" and SEASON.fullmatch(token.text))
        ):
            j -= 1
        else:
            break
    return j


def _summed_up(s: Scan, last: int) -> EntityType | None:
    """The type of the noun that sums up a list of quotes: “X”“Y”等荣誉."""
    j = last + 1
    if s.text.startswith("为主题的", s.end(last)):
        while s.end(j) < s.end(last) + len("为主题的"):
            j += 1
    if j >= len(s.tokens) or s.tokens[j].text not in ("等", "的"):
        return None
    for k in range(j + 1, min(len(s.tokens), j + 7)):
        head = s.head(s.end(k))
        if head is not None and s.tokens[k].tag in ("n", "vn", "nz"):
            return head[0].type
        if s.tokens[k].tag == "w":
            break
    return None


def _taken_by(s: Scan, first: int) -> EntityType | None:
    """The type that the verb before a quote takes."""
    for k in range(first - 1, max(-1, first - 6), -1):
        kind = s.cue(k)
        if kind is not None:
            return kind if kind != "Product" or first - k < 4 else None
        if s.tokens[k].tag == "w":
            break
    return None
