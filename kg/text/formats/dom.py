"""HTML -> a tree of what a page shows: no scripts, nothing hidden or struck out, no readings of characters, powers as powers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from kg.base.late import late

__all__ = ["INLINE", "Element", "tree_of"]

INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rb",
        "ruby",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_NOT_SHOWN: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "title",
        "iframe",
        "object",
        "svg",
        "math",
        "select",
        "option",
        "button",
        "textarea",
        "del",
        "s",
        "strike",
        "rt",
        "rp",
        "rtc",
        "audio",
        "video",
        "canvas",
        "datalist",
    ]
)
_VOID: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)
_CLOSED_BY: Final[
    Mapping[str, frozenset[str]]
] = {  # an open element of this kind ends where one of these begins
    "p": _BLOCKS,
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th", "tr", "tbody"}),
    "th": frozenset({"td", "th", "tr", "tbody"}),
    "tr": frozenset({"tr", "tbody"}),
    "option": frozenset({"option"}),
}
_WALLS: Final = frozenset({"table", "ul", "ol", "div", "td", "th", "dl", "article", "section"})
_HIDING: Final = late(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)", re.I
)
_POWERS: Final = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_POWER: Final = late(r"[-+−]?\d{1,3}")
_DEEPEST: Final = 200  # elements in each other; deeper ones are taken as if they stood beside


@dataclass(eq=False)
class Element:
    """An element of a page with what it shows, in order: words and elements."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    parent: Element | None = None

    @property
    def called(self) -> str:
        """Return the names that the page gives it, its class and its id."""
        return f"{self.attributes.get('class', '')} {self.attributes.get('id', '')}".strip().lower()

    def elements(self) -> Iterator[Element]:
        """Yield the element and all in it, in order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack += [child for child in reversed(element.children) if isinstance(child, Element)]

    def words(self) -> str:
        """Return the words it shows, on one line."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self) -> Iterator[str]:
        stack: list[Element | str] = [self]
        while stack:
            part = stack.pop()
            if isinstance(part, str):
                yield part
                continue
            if part.tag not in INLINE:
                yield " "
                stack.append(" ")
            stack += reversed(part.children)

    def drop(self) -> None:
        """Take it out of its page."""
        if self.parent is not None:
            self.parent.children.remove(self)
            self.parent = None


def tree_of(page: str) -> Element:
    """Return the tree of what a page shows."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    """Builds the tree; what is not closed ends where its kind ends, as browsers have it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("html")
        self._open = [self.root]
        self._hidden: list[str] = []  # open elements from the first that is not shown

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        attributes = {name: value or "" for name, value in attrs}
        if self._hidden:
            if tag not in _VOID:
                self._hidden.append(tag)
            return
        if tag not in _VOID and _is_hidden(tag, attributes):
            self._hidden.append(tag)
            return
        self._end_open(tag)
        element = Element(tag, attributes, parent=self._open[-1])
        self._open[-1].children.append(element)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take <br/> as <br>; HTML knows no other element that closes itself."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close an element that is open, with those in it."""
        if self._hidden:
            if tag in self._hidden:
                while self._hidden.pop() != tag:
                    pass
            elif tag in {"body", "html"}:
                self._hidden.clear()
            return
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                self._finish(self._open[depth])
                del self._open[depth:]
                return
            if tag in INLINE and self._open[depth].tag not in INLINE:
                return

    def handle_data(self, data: str) -> None:
        """Keep words that are shown."""
        if not self._hidden:
            self._open[-1].children.append(data)

    def _end_open(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            own = self._open[depth].tag
            if tag in _CLOSED_BY.get(own, ()):
                del self._open[depth:]
            elif own in _WALLS:
                return

    def _finish(self, element: Element) -> None:
        """Write a power as one (10⁸), leave out the number of a note."""
        if element.tag != "sup":
            return
        words = element.words()
        before = element.parent.children[-2] if element.parent and len(element.parent.children) > 1 else ""
        follows_number = isinstance(before, str) and re.search(r"[0-9A-Za-z)]$", before) is not None
        power = _POWER.fullmatch(words) is not None and follows_number
        element.children = [words.translate(_POWERS) if power else "" if re.search(r"\d", words) else words]


def _is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    return (
        tag in _NOT_SHOWN
        or "hidden" in attributes
        or (tag == "input" and attributes.get("type") == "hidden")
        or _HIDING.search(attributes.get("style", "")) is not None
    )
