"""The tree of a page -> where its article stands in it: by how much prose a part holds, not by what one site calls it.

Menus and lists of links hold words that lead elsewhere; other articles and what readers say stand under headings of their
own; what is left is weighed: prose counts for the part it stands in and half for the part around that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.wordlist import read_words
from kg.text.formats.dom import INLINE, Element
from kg.text.furniture import is_disclaimer

__all__ = ["Line", "body_of", "clear", "lines_of", "title_of"]

_PROSE: Final = late("[，。；！？：、,]")
_NAMES: Final = late(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "legend", "summary"})
_TABLE_PARTS: Final = frozenset({"tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup"})
_LINKED: Final = 0.6  # share of words that lead elsewhere, from which a part is a menu
_LINKS: Final = 3
_SHORT: Final = 12  # code points of a heading over other articles
_CELL: Final = 60  # code points; a table with longer cells lays out a page
_ELSEWHERE: Final = 0.5  # share of a page's prose that what stands under one heading may not hold
_WIDEST: Final = 50  # columns that a cell spreads over


@dataclass(frozen=True)
class Line:
    """A line that a page shows, and the element whose words it has."""

    words: str
    element: Element
    prose: int = 0  # code points that lead nowhere and are no label


@dataclass(frozen=True)
class _Lists:
    furniture: frozenset[str]
    body: frozenset[str]
    title: frozenset[str]
    others: re.Pattern[str]
    readers: re.Pattern[str]


@cache
def _lists() -> _Lists:
    page = read_words("language/boilerplate.toml").table("page")
    furniture, body, title = (frozenset(page.words(key)) for key in ("furniture", "body", "title"))
    return _Lists(
        furniture,
        body,
        title,
        late(rf"[^\w]*(?:{page.either('others')})[^\w]*(?:更多|more)?[^\w]*", re.IGNORECASE),
        late(rf"(?:{page.either('readers')})[^，。：:]{{0,12}}[：:]"),
    )


def _parts_of_name(element: Element) -> set[str]:
    names = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}"
    return {name.lower() for name in _NAMES.findall(names)} | set(names.lower().split())


# What is not the article


def clear(root: Element) -> None:
    """Take out of a page what is about the site, other articles, and what readers say."""
    held = _held(root)
    for element in list(root.elements()):
        if element.parent is not None and element.tag not in INLINE and _is_menu(element, held):
            element.drop()
    for element in list(root.elements()):
        if _is_attached(element, root) and element.tag not in INLINE and _is_furniture(element):
            element.drop()
    whole, held = _prose(root), _held(root)
    for element in list(root.elements()):
        is_short = 0 < held[id(element)].words <= _SHORT
        if is_short and element is not root and _is_attached(element, root) and _heads_others(element):
            _drop_below(element, _ELSEWHERE * whole)


def _is_attached(element: Element, root: Element) -> bool:
    while element.parent is not None:
        element = element.parent
    return element is root


@dataclass(frozen=True, slots=True)
class _Held:
    """What a part of a page holds: code points that are no blanks, links, and code points of these."""

    words: int
    links: int
    linked: int


def _held(root: Element) -> dict[int, _Held]:
    """Return what each element holds, by its id: counted once for all, from the innermost."""
    found: dict[int, _Held] = {}
    for element in reversed(list(root.elements())):
        words, links, linked = 0, 0, 0
        for child in element.children:
            if isinstance(child, str):
                words += len("".join(child.split()))
                continue
            own = found[id(child)]
            words, links, linked = words + own.words, links + own.links, linked + own.linked
        is_link = element.tag == "a"
        found[id(element)] = _Held(words, links + is_link, linked + (words if is_link else 0))
    return found


def _is_menu(element: Element, held: dict[int, _Held]) -> bool:
    """Say whether hardly anything in a part is not a link."""
    if element.tag in {"body", "html", "p", "td", "th", "tr"}:
        return False
    own = held[id(element)]
    return own.links >= _LINKS and own.linked >= _LINKED * own.words


def _is_furniture(element: Element) -> bool:
    """Say whether a part is called like one that is not the article, and is not most of the page."""
    if element.tag in {"nav", "footer", "aside"}:
        return True
    lists, names = _lists(), _parts_of_name(element)
    if (
        element.tag in {"body", "html", "article", "main"}
        or not names & lists.furniture
        or names & lists.body
    ):
        return False
    return not any(each.tag == "h1" or _parts_of_name(each) & lists.body for each in element.elements())


def _heads_others(element: Element) -> bool:
    """Say whether an element is a heading over other articles or what readers say."""
    if element.tag in INLINE and element.tag not in {"strong", "b", "span"}:
        return False
    words = element.words()
    return 0 < len(words) <= _SHORT and _lists().others.fullmatch(words) is not None


def _drop_below(heading: Element, most: float) -> None:
    """Take out a heading and what stands below it, unless that is most of the page."""
    while (
        heading.parent is not None
        and heading.parent.tag not in {"body", "html"}
        and heading.parent.words() == heading.words()
    ):
        heading = heading.parent
    around = heading.parent
    if around is None:
        return
    at = around.children.index(heading)
    below = [child for child in around.children[at + 1 :] if isinstance(child, Element)]
    if sum(map(_prose, below)) > most:
        below = below[:1] if below and _prose(below[0]) <= most else []
    else:
        del around.children[at + 1 :]
    for element in (heading, *below):
        if element in around.children:
            element.drop()


# Lines


def lines_of(root: Element) -> list[Line]:
    """Return the lines that a page shows, one for each block and each row of a table of data."""
    return list(_lines(root))


def _lines(element: Element) -> Iterator[Line]:
    run: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str) or (child.tag in INLINE and not _holds_block(child)):
            run.append(child)
            continue
        yield from _run(run, element)
        run = []
        if child.tag == "table" and (rows := _rows(child)):
            for row in rows:
                words = "\t".join(row)
                yield Line(words, child, sum(map(len, row)) // 2)
        elif child.tag not in {"br", "hr", "img"}:
            yield from _lines(child)
    yield from _run(run, element)


def _holds_block(element: Element) -> bool:
    return any(each.tag not in INLINE for each in element.elements())


def _run(run: Sequence[Element | str], element: Element) -> Iterator[Line]:
    """Yield the words that stand between two blocks as a line."""
    if not run:
        return
    piece = Element("span", children=list(run))
    if words := piece.words():
        linked = sum(len(each.words()) for each in piece.elements() if each.tag == "a")
        yield Line(words, element, max(0, len(words) - linked) if _is_prose(words) else 0)


def _is_prose(words: str) -> bool:
    return (
        _PROSE.search(words) is not None
        and len(words) >= _SHORT
        and not _lists().readers.match(words)
        and not is_disclaimer(words)
    )


def _rows(table: Element) -> list[list[str]]:
    """Return the cells of a table of data row by row, a cell over several rows or columns in each; of a table that lays out a page nothing."""
    if any(each.tag in {"table", "h1", "form"} for each in table.elements() if each is not table):
        return []
    rows: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}  # column: rows that a cell still reaches down, and its words
    for row in (each for each in table.elements() if each.tag == "tr"):
        cells: list[str] = []
        for cell in (
            child for child in row.children if isinstance(child, Element) and child.tag in {"td", "th"}
        ):
            _fill(cells, below)
            words = cell.words()
            for _ in range(_span(cell, "colspan")):
                below[len(cells)] = (_span(cell, "rowspan") - 1, words)
                cells.append(words)
        _fill(cells, below)
        rows.append(cells)
    wide = [row for row in rows if len(row) > 1]
    if len(wide) < 2 or any(len(cell) > _CELL for row in rows for cell in row):
        return []
    return [_merged(row) for row in rows if any(row)]


def _fill(cells: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Add the cells of rows above that reach down to here."""
    while (reach := below.get(len(cells), (0, "")))[0] > 0:
        below[len(cells)] = (reach[0] - 1, reach[1])
        cells.append(reach[1])


def _merged(row: list[str]) -> list[str]:
    """Return one cell for a row that is one cell over all columns: a heading inside a table."""
    return row[:1] if len(set(row)) == 1 else row


def _span(cell: Element, key: str) -> int:
    value = cell.attributes.get(key, "")
    return max(1, min(_WIDEST, int(value))) if value.isascii() and value.isdigit() else 1


def _prose(element: Element) -> int:
    return sum(line.prose for line in _lines(element))


# The article


def body_of(root: Element, lines: Sequence[Line]) -> Element | None:
    """Return the part of a page that holds its article, None where there is no prose."""
    scores: dict[int, float] = {}
    parts: dict[int, Element] = {}
    first_after = _first_prose_after_title(lines)
    for line in lines:
        if not line.prose:
            continue
        own = _container(line.element)
        for element, share in ((own, 1.0), (own.parent, 0.5)):
            if element is not None:
                parts[id(element)] = element
                scores[id(element)] = scores.get(id(element), 0.0) + share * line.prose
    if not scores:
        return None

    def weight(key: int) -> float:
        element = parts[key]
        called = 1.5 if _parts_of_name(element) & _lists().body or element.tag == "article" else 1.0
        return scores[key] * called * (1.5 if element is first_after else 1.0)

    best = parts[max(scores, key=weight)]  # the first of those that weigh alike
    return _with_its_like(best, root)


def _container(element: Element) -> Element:
    """Return the part that a line stands in: the one around its paragraph."""
    while element.parent is not None and element.tag in {
        "p",
        "li",
        "table",
        "center",
        "blockquote",
        "pre",
        *INLINE,
        *_HEADINGS,
    }:
        element = element.parent
    return element


def _first_prose_after_title(lines: Sequence[Line]) -> Element | None:
    titled = next((number for number, line in enumerate(lines) if _in(line.element, "h1")), None)
    if titled is None:
        return None
    return next((_container(line.element) for line in lines[titled + 1 :] if line.prose), None)


def _in(element: Element | None, tag: str) -> bool:
    while element is not None:
        if element.tag == tag:
            return True
        element = element.parent
    return False


def _with_its_like(best: Element, root: Element) -> Element:
    """Return the part around one that is made of parts like it, a paragraph each, none with a heading of its own."""
    around = best.parent
    if around is None or around is root or best.tag in {"td", "article", "body"}:
        return best
    like = [
        child
        for child in around.children
        if isinstance(child, Element)
        and child.tag == best.tag
        and child.attributes.get("class") == best.attributes.get("class")
    ]
    single = all(sum(1 for _ in _lines(child)) == 1 for child in like)
    return around if len(like) > 1 and single else best


def title_of(root: Element, lines: Sequence[Line], start: int, named: str) -> str:
    """Return the title of the article whose body begins at line ``start``.

    It is the last heading before it, what the page calls a title, or a line that the name of the page (``named``) begins with.
    """
    before = lines[:start]
    for wanted in (_is_heading, _is_called_title):
        found = [line.words for line in before if wanted(line.element, root) and 4 <= len(line.words) <= 120]
        if found:
            return next(
                (words for words in reversed(found) if _squeezed(named).startswith(_squeezed(words))),
                found[-1],
            )
    return next(
        (
            line.words
            for line in before
            if len(line.words) >= 6 and _squeezed(named).startswith(_squeezed(line.words))
        ),
        "",
    )


def _is_heading(element: Element | None, root: Element) -> bool:
    while element is not None and element is not root and (element.tag in INLINE or element.tag == "h1"):
        if element.tag == "h1":
            return True
        element = element.parent
    return False


def _is_called_title(element: Element, _: Element) -> bool:
    return element.tag in {"h2", "h3"} or bool(_parts_of_name(element) & _lists().title)


def _squeezed(words: str) -> str:
    return "".join(words.split())
