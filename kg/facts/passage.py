"""A sentence as the readers of facts see it: names become symbols, quotes and brackets go, commas cut clauses.

``“甲公司”董事长张三荣获省劳动模范称号（见图），`` with its names found is the string ``<O>董事长<P>荣获<A>称号，``
where ``<O>`` is one character; every character knows where it came from. Patterns run over such strings, so that no
pattern ever sees a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import get_args

from kg.base.late import late
from kg.base.model import AnnotatedSentence, EntityType, Link, Span, Token
from kg.base.nesting import outermost
from kg.base.overlay import following
from kg.base.schema import schema

_FIRST = 0xE000  # of the private use area: no text has these characters
_OWN = 0xF0000  # of another such area: types of the user
_CORE = get_args(EntityType)


def _symbols() -> dict[EntityType, str]:
    core = {kind: chr(_FIRST + number) for number, kind in enumerate(_CORE)}
    own = (kind for kind in schema().types if kind not in core)
    return {**core, **{kind: chr(_OWN + number) for number, kind in enumerate(own)}}


SYMBOLS: dict[EntityType, str] = following(_symbols)
LETTERS: dict[str, EntityType] = following(
    lambda: {term.letter: kind for kind, term in schema().types.items()}
)
TYPES: dict[str, EntityType] = following(lambda: {symbol: kind for kind, symbol in SYMBOLS.items()})
ANY = f"{chr(_FIRST)}-{chr(_FIRST + len(_CORE) - 1)}{chr(_OWN)}-{chr(_OWN + 25)}"
_DROPPED = frozenset("“”‘’\"'「」『』《》〈〉<> \u3000\t")
_OPEN = {"（": "）", "(": ")", "【": "】", "[": "]"}
_COMMA = "，"
_FULL = {",": _COMMA, ";": "；", ":": "：", "!": "！", "?": "？"}  # masks know one width only
_SPACES = " \u3000"
_PLAIN = late(
    f"[^{re.escape(''.join(sorted({*_DROPPED, *_OPEN, *_FULL})))}]+"
)  # nothing of it is changed in a mask
_NOTHING: Mapping[int, int] = MappingProxyType({})
_CLAUSE = late(r"[^，；：。！？\n…—－|]+")
_AND = "、和与及跟同暨兼或/"
# What may stand between two members of one list, besides the mark: a short description without a verb.
_GAP = late(rf"(?:等)?(?:以及|[，,]?(?:及|和)其?|[{_AND}]+)")
# 荣获甲称号，乙市丙奖: between two honours of one list.
_NEXT_AWARD = late(
    rf"(?:等)?(?:称号|荣誉|奖项|殊荣|奖)?(?:[，{_AND}]|以及)[{SYMBOLS['Organization']}{SYMBOLS['Place']}]{{0,2}}"
)
_TAIL = late(rf"([^，；：。、{ANY}]{{1,9}}?)(?:等)?(?:以及|及|[{_AND}])")
_HEAD = late(r"(?:的|公司|企业|品牌|集团|机构|选手|运动员|队员|同志|先生|女士|博士|教授)$")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a passage's mask between two commas; half-open, in mask positions."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mask:
    """A stretch of text as `Passage` describes it; each bracket with the name it stands right behind, if one does."""

    text: str
    at: tuple[int, ...]
    links: dict[int, Link]
    asides: tuple[tuple[Span, Link | None], ...]


@dataclass(frozen=True)
class Passage:
    """One sentence (or the content of its brackets) with names as symbols.

    ``mask[i]`` came from ``text[at[i]]``; a symbol from the link ``links[i]``. ``owner`` is the link that brackets
    stand behind: ``张三（甲公司董事长）``.
    """

    sentence: AnnotatedSentence
    mask: str
    at: tuple[int, ...]
    links: dict[int, Link]
    nested: dict[int, tuple[Link, ...]]
    owner: Link | None = None
    asides: tuple[Passage, ...] = field(default=())

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses, in order."""
        return tuple(Clause(*match.span()) for match in _CLAUSE.finditer(self.mask))

    @cached_property
    def _tokens(self) -> dict[int, Token]:
        return {token.start: token for token in self.sentence.tagged.tokens}

    @cached_property
    def _ends(self) -> dict[int, Token]:
        return {token.end: token for token in self.sentence.tagged.tokens}

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(token.start for token in self.sentence.tagged.tokens)

    def word_of(self, position: int) -> Token | None:
        """Return the word that starts at the mask position, if one does."""
        return None if position in self.links else self._tokens.get(self.at[position])

    def span(self, start: int, end: int) -> Span:
        """Return the article's span under the mask positions ``start`` to ``end`` (not empty)."""
        return span_under(self.at, self.links, start, end)

    def starts_word(self, position: int) -> bool:
        """Say whether a word starts at the mask position (or a name does, or a name ends before it)."""
        if position >= len(self.mask) or position in self.links or position - 1 in self.links:
            return True
        return self.at[position] in self._tokens

    def ends_word(self, position: int) -> bool:
        """Say whether a word ends right before the mask position."""
        if position <= 0 or position in self.links or position - 1 in self.links:
            return True
        return self.at[position - 1] + 1 in self._ends

    def tag(self, position: int) -> str:
        """Return the tagger's label of the word the mask position lies in."""
        if position in self.links:
            return self.links[position].type
        index = bisect_right(self._starts, self.at[position]) - 1
        return self.sentence.tagged.tokens[index].tag if index >= 0 else ""

    def tags(self, start: int, end: int) -> list[str]:
        """Return the labels of the words that start between two mask positions, names left out."""
        tokens = self._tokens
        return [
            tokens[self.at[i]].tag for i in range(start, end) if i not in self.links and self.at[i] in tokens
        ]

    def word_before(self, position: int) -> Token | None:
        """Return the word that ends right before the mask position, None after a name or at the start."""
        if position <= 0 or position - 1 in self.links:
            return None
        return self._ends.get(self.at[position - 1] + 1)

    def clause_of(self, position: int) -> int:
        """Return the index of the clause the mask position lies in (or comes after)."""
        index = 0
        for number, clause in enumerate(self.clauses):
            if clause.start <= position:
                index = number
        return index

    def names(self, start: int, end: int, kinds: str = "") -> list[int]:
        """Return the positions of the names between two mask positions, of the given symbols."""
        return [i for i in self._positions if start <= i < end and (not kinds or self.mask[i] in kinds)]

    @cached_property
    def _positions(self) -> tuple[int, ...]:
        return tuple(sorted(self.links))

    @cached_property
    def followers(self) -> dict[int, int]:
        """For each name the next one of the same list, where there is one: ``甲、乙和丙`` joins three."""
        joined: dict[int, int] = {}
        for i, position in enumerate(self._positions):
            for other in self._positions[i + 1 : i + 5]:
                if self.mask[other] == self.mask[position] and self._joined(position, other):
                    joined[position] = other
                    break
        return joined

    def _joined(self, left: int, right: int) -> bool:
        between = self.mask[left + 1 : right]
        if not between and self.mask[left] in {
            SYMBOLS["Document"],
            SYMBOLS["Award"],
        }:  # 《甲办法》《乙细则》, “甲奖”“乙奖”: marks part what no comma does
            return True
        if self.mask[left] == SYMBOLS["Award"] and _NEXT_AWARD.fullmatch(between):
            return True
        mark = _GAP.match(between)
        if not mark:
            mark = _TAIL.match(between)
            if not mark or not self._noun_tail(left + 1, left + 1 + mark.end(1), mark[1]):
                return False
        rest = between[mark.end() :]
        if not rest:
            return True
        if len(rest) > 16 or re.search(r"[，,；;：:。、]", rest):
            return False
        start = left + 1 + mark.end()
        tags = self.tags(start, right)
        if self.mask[left] == SYMBOLS["Person"]:  # 甲公司董事长张三、乙大学教授李四
            return "v" not in tags and "p" not in tags and not rest.startswith("的")
        if re.fullmatch(rf"[{SYMBOLS['Place']}{SYMBOLS['Organization']}]", rest):
            return True
        return bool(_HEAD.search(rest)) or not {"v", "p", "d", "vd"} & set(tags)

    def _noun_tail(self, start: int, end: int, tail: str) -> bool:
        """Say whether what stands behind a name only says what it is: 甲称号、乙称号."""
        return tail.startswith("为") or not {"v", "p", "d", "r", "c", "TIME", "t"} & set(
            self.tags(start, end)
        )

    def group(self, position: int) -> list[int]:
        """Return the whole list the name at the mask position belongs to, in order."""
        heads = {after: before for before, after in self.followers.items()}
        while position in heads:
            position = heads[position]
        members = [position]
        while members[-1] in self.followers:
            members.append(self.followers[members[-1]])
        return members


def span_under(at: Sequence[int], links: Mapping[int, Link], start: int, end: int) -> Span:
    """Return the article's span under the positions ``start`` to ``end`` (not empty) of a mask that came from ``at``."""
    last = links.get(end - 1)
    return Span(at[start], last.span.end if last else at[end - 1] + 1)


def passages(sentence: AnnotatedSentence) -> Passage:
    """Return the sentence as a passage, its brackets as passages of their own."""
    outer, inner = outermost(sentence.links)
    text, origin = sentence.tagged.sentence.text, sentence.tagged.sentence.span.start
    return _passage(
        sentence, text, origin, 0, len(text), {link.span.start - origin: link for link in outer}, inner
    )


def _passage(
    sentence: AnnotatedSentence,
    text: str,
    origin: int,
    start: int,
    end: int,
    names: dict[int, Link],
    inner: dict[Span, list[Link]],
    owner: Link | None = None,
) -> Passage:
    left_out = {span.start - origin: span.end - origin for span in sentence.left_out}
    mask = mask_of(text, origin, names, Span(start, end), left_out)
    nested = {at: tuple(inner.get(link.span, ())) for at, link in mask.links.items()}
    asides = (
        _passage(sentence, text, origin, span.start, span.end, names, inner, behind)
        for span, behind in mask.asides
        if not text.startswith(("以下简称", "下称", "简称"), span.start)
    )
    return Passage(sentence, mask.text, mask.at, mask.links, nested, owner, tuple(asides))


def mask_of(
    text: str,
    origin: int,
    names: Mapping[int, Link],
    within: Span,
    left_out: Mapping[int, int] = _NOTHING,
    *,
    spaced: bool = False,
) -> Mask:
    """Return a stretch of a text with names as symbols, quotes and brackets left out, and marks of one width.

    Args:
        text: what is masked; ``origin`` is where it starts in the article.
        origin: see ``text``.
        names: the outermost names by where they start in ``text``.
        within: the stretch of ``text``.
        left_out: further stretches to leave out, start to end.
        spaced: a space parts clauses, as in a title.
    """
    chars: list[str] = []
    at: list[int] = []
    links: dict[int, Link] = {}
    asides: list[tuple[Span, Link | None]] = []
    here, end, last = within.start, within.end, None
    stops = sorted({end, *(stop for stop in (*names, *left_out) if within.start < stop < end)})
    while here < end:
        plain = _PLAIN.match(text, here, stops[bisect_right(stops, here)])
        if plain is not None and here not in names and here not in left_out:
            chars += plain[0]
            at += range(origin + here, origin + plain.end())
            here = plain.end()
            continue
        here = left_out.get(here, here)
        if here >= end:
            break
        link = names.get(here)
        if link is not None and link.span.end - origin <= end:
            links[len(chars)] = last = link
            chars.append(SYMBOLS[link.type])
            at.append(origin + here)
            here = link.span.end - origin
            continue
        char = text[here]
        close = text.find(_OPEN[char], here, end) if char in _OPEN else -1
        if close > 0:
            asides.append(
                (Span(here + 1, close), last if last and last.span.end - origin >= here - 1 else None)
            )
            here = close + 1
            continue
        if spaced and char in _SPACES and chars:
            char = _COMMA
        if char not in _DROPPED:
            number = char in ",:" and text[here - 1 : here].isdigit() and text[here + 1 : here + 2].isdigit()
            chars.append(char if number else _FULL.get(char, char))
            at.append(origin + here)
        here += 1
    return Mask("".join(chars), tuple(at), links, tuple(asides))
