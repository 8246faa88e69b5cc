"""The numbers that Word writes before paragraphs (一、 （一） 1.) -> words of the paragraphs, which no converter keeps as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement

__all__ = ["WORD", "write_numbers"]

WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE: Final = WORD + "val"
_DIGITS: Final = "〇一二三四五六七八九"
_CIRCLED: Final = 0x2460
_DEEPEST: Final = 9  # levels that Word has
_STYLES: Final = 20  # styles that one rests on
_MOST: Final = 100_000  # a number that is counted on


def write_numbers(document: Element, numbering: Element | None, styles: Element | None) -> None:
    """Write the number of each paragraph that has one as its first words, and leave it without one."""
    lists = _Lists(numbering, styles)
    for paragraph in document.iter(WORD + "p"):
        label = lists.label_of(paragraph)
        properties = paragraph.find(WORD + "pPr")
        if properties is not None:
            for each in properties.findall(WORD + "numPr"):
                properties.remove(each)
        if label:
            run = Element(WORD + "r")
            SubElement(run, WORD + "t").text = label
            paragraph.insert(0 if properties is None else list(paragraph).index(properties) + 1, run)


class _Lists:
    """The lists of a document, and how far each is counted."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        shapes = {
            each.get(WORD + "abstractNumId", ""): _levels(each) for each in _all(numbering, "abstractNum")
        }
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counted_by: dict[str, str] = {}  # lists of one shape count on from each other
        for each in _all(numbering, "num"):
            shape = _said(each, "abstractNumId")
            own = dict(shapes.get(shape, {}))
            starts = {
                _number(over.get(WORD + "ilvl")): _number(_said(over, "startOverride"))
                for over in each.findall(WORD + "lvlOverride")
                if over.find(WORD + "startOverride") is not None
            }
            for level, start in starts.items():
                if level in own:
                    own[level] = own[level].beginning(start)
            name = each.get(WORD + "numId", "")
            self._levels[name] = own
            self._counted_by[name] = f"own {name}" if starts else shape
        self._styles = {each.get(WORD + "styleId", ""): each for each in _all(styles, "style")}
        self._counts: dict[str, dict[int, int]] = {}

    def label_of(self, paragraph: Element) -> str:
        """Return the number of the next paragraph of the document, "" where it has none."""
        name, level = self._place_of(paragraph.find(WORD + "pPr"))
        levels = self._levels.get(name, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(self._counted_by[name], {})
        counts[level] = min(_MOST, counts.get(level, levels[level].start - 1) + 1)
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return levels[level].label({each: counts.get(each, levels[each].start) for each in levels}, levels)

    def _place_of(self, properties: Element | None) -> tuple[str, int]:
        """Return the list and level of a paragraph: its own, or that of its style."""
        found = ["", ""]
        for each in self._properties(properties):
            own = each.find(WORD + "numPr")
            if own is not None:
                found[0] = found[0] or _said(own, "numId")
                found[1] = found[1] or _said(own, "ilvl")
        return found[0], min(_DEEPEST, _number(found[1]))

    def _properties(self, properties: Element | None) -> Iterator[Element]:
        for _ in range(_STYLES):
            if properties is None:
                return
            yield properties
            style = self._styles.get(_said(properties, "pStyle") or _said(properties, "basedOn"))
            if style is None:
                return
            below = style.find(WORD + "pPr")
            properties = Element(WORD + "pPr") if below is None else _copy(below)
            if based := _said(style, "basedOn"):
                SubElement(properties, WORD + "pStyle", {_VALUE: based})


def _copy(properties: Element) -> Element:
    copied = Element(properties.tag)
    copied.extend(each for each in properties if each.tag != WORD + "pStyle")
    return copied


class _Level:
    """How the numbers of one level of a list are written."""

    def __init__(self, kind: str, shape: str, start: int) -> None:
        self.kind, self.shape, self.start = kind, shape, start

    def beginning(self, start: int) -> _Level:
        return _Level(self.kind, self.shape, start)

    def label(self, counts: dict[int, int], levels: dict[int, _Level]) -> str:
        """Return a number as it is written: %1 stands for that of the first level."""
        if self.kind in ("bullet", "none"):
            return ""
        words = self.shape
        for level, count in counts.items():
            words = words.replace(f"%{level + 1}", _written(levels[level].kind, count))
        return words if words.endswith(("、", "）", ")", "．")) or not words else words + " "


def _levels(shape: Element) -> dict[int, _Level]:
    return {
        _number(each.get(WORD + "ilvl")): _Level(
            _said(each, "numFmt"), _said(each, "lvlText"), _number(_said(each, "start"))
        )
        for each in shape.findall(WORD + "lvl")
    }


def _all(root: Element | None, name: str) -> list[Element]:
    return [] if root is None else root.findall(WORD + name)


def _said(element: Element, name: str) -> str:
    found = element.find(WORD + name)
    return "" if found is None else found.get(_VALUE, "")


def _number(words: str | None) -> int:
    return int(words) if words and words.isascii() and words.isdigit() and len(words) < 6 else 0


# Numbers as they are written ------------------------------------------------------------------------------------------


def _written(kind: str, count: int) -> str:
    return _KINDS.get(kind, str)(count)


def _chinese(count: int) -> str:
    """Return a number below a hundred as it is counted (十二), another digit by digit."""
    if not 0 < count < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(count))
    tens, ones = divmod(count, 10)
    ten = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return ten + (_DIGITS[ones] if ones else "")


def _letters(count: int) -> str:
    return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 % 9 + 1)


def _roman(count: int) -> str:
    parts = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    words = ""
    for value, letters in parts:
        words += letters * (min(count, 399) // value)
        count %= value
    return words


def _circled(count: int) -> str:
    return chr(_CIRCLED + count - 1) if 0 < count <= 20 else str(count)


_KINDS: Final[dict[str, Callable[[int], str]]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"),
        _chinese,
    ),
    "upperLetter": _letters,
    "lowerLetter": lambda count: _letters(count).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalZero": lambda count: f"{count:02}",
    "ideographDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
}
