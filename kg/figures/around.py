"""What stands around one figure in its sentence, as features of whose it may be; ``kg.figures.owner`` weighs them.

Features are types, order, distances and clause borders, and words that stand in many articles; never a name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence, EntityId, Link, Span
from kg.base.nesting import outermost
from kg.base.wordlist import read_words
from kg.figures.teller import owns_words
from kg.figures.unit import Quantity
from kg.words import tags

__all__ = ["NONE", "PHRASE", "Around", "Setting", "at_most", "kind_of", "unit_class"]

NONE: Final = EntityId("")
_PLACE_ENDS: Final = frozenset("省市县区州镇乡村旗")
_HOLDERS: Final = frozenset(("Person", "Organization", "Place"))
_AMONG: Final = late("(?:其中|包括)[，,:：]?$")
_NEXT: Final = late("[，；、,;和及与]+")  # between two items of a list
_BORDER: Final = late("[，；：,;:。！？]")
_COMMA: Final = late("[，,]")
_COPULA: Final = late("(?:也|又|还|更|都|就|曾|正|同时)?(?:是|系|有着|拥有)")
_MADE: Final = late("(?:公司|企业|集团)?(?:创造|带来|增加|贡献|增收|创收|节约|节省)[^，。；,;]*$")
_NAME_TAGS: Final = frozenset(
    (
        tags.PERSON,
        tags.ORGANIZATION,
        tags.PLACE,
        tags.NUMERAL,
        tags.TIME,
        tags.PUNCTUATION,
        tags.WORK,
        tags.PROPER_NOUN,
    )
)
PHRASE: Final = frozenset(
    (
        tags.NOUN,
        tags.PROPER_NOUN,
        tags.VERBAL_NOUN,
        tags.ADJECTIVAL_NOUN,
        tags.ADJECTIVE,
        tags.MODIFIER,
        tags.PLACE_WORD,
    )
)
_PHRASE_LEFT: Final = PHRASE | {
    tags.ORGANIZATION,
    tags.PLACE,
    tags.PERSON,
    tags.WORK,
    tags.NUMERAL,
    tags.CLASSIFIER,
}
_ADVERBIAL: Final = frozenset(
    (
        tags.TIME,
        tags.ADVERB,
        tags.CONJUNCTION,
        tags.ADJECTIVE_AS_ADVERB,
        tags.NUMERAL,
        tags.DIRECTION,
        tags.TIME_WORD,
        tags.PRONOUN,
    )
)
_LISTS: Final = ("speech", "sums", "sum_words", "compared", "casualties", "adverbs", "actors")
_TABLES: Final = (
    *("telling", "whole", "pronouns", "kinds", "classes", "nobody", "beside"),
    *("hangs", "ranks", "growth", "counted", "continued", "in_order", "at_large", "of_part", "parties"),
)


@dataclass(slots=True)
class Setting:
    """What is known of the article around a figure."""

    mentions: Counter[EntityId]
    main: tuple[tuple[EntityId, str], ...]  # the article's main things and their types
    sole: Mapping[str, EntityId] = field(
        default_factory=dict
    )  # type -> the only thing of that type in the article
    before: AnnotatedSentence | None = None
    telling: Mapping[Span, int] = field(default_factory=dict)  # the names of this sentence that only tell
    tellers: frozenset[EntityId] = frozenset()  # the people of the article who tell something
    places: Sequence[Link] = ()  # of the article up to this sentence, the last first
    topic: Link | None = None  # the first name of the paragraph
    chain: tuple[EntityId, str] | None = None  # whose the last figure of the sentences before was
    under: frozenset[EntityId] = frozenset()  # the firms that the article calls those of another
    title: Sequence[EntityId] = ()  # what the first line names, in order
    unit: str = ""  # of the last figure of this sentence
    chosen: list[tuple[int, EntityId]] = field(default_factory=list)  # in this sentence: where, whose


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of ``data/language/figures.toml``."""

    pronouns: Mapping[str, str]  # the word -> what it is like
    kinds: re.Pattern[str]  # the ending of a name; its group is the kind of thing
    speech: frozenset[str]
    whole: Mapping[str, Sequence[str]]  # 全市 -> how the names end that it may stand for
    classes: Mapping[str, str]  # the unit -> its class
    order: tuple[str, ...]  # 分别


@cache
def _words() -> _Words:
    table = read_words("language/figures.toml").only(*_LISTS, *_TABLES)
    kinds = table.table("kinds")
    return _Words(
        _turned(table.table("pronouns").groups()),
        late("|".join(f"(?P<{kind}>{kinds.either(kind)})$" for kind in kinds.data)),
        frozenset(table.words("speech")),
        table.table("whole").groups(),
        _turned(table.table("classes").groups()),
        table.table("in_order").words("order"),
    )


def _turned(groups: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the key of each word."""
    return {word: key for key, words in groups.items() for word in words}


@cache
def unit_class(unit: str, of: str = "") -> str:
    """Return what kind of figure it is: money, share, people, age (工龄 too), time, none, count."""
    if of.partition("的")[0].endswith("龄"):
        return "age"
    if unit.split("/", maxsplit=1)[0].endswith(("元", "镑", "卢布", "郎")):
        return "money"
    return _words().classes.get(unit, "count") if unit else "none"


def at_most(n: int, most: int) -> str:
    """Return a small number, or that it is ``most`` or more."""
    return str(n) if n < most else f"{most}+"


def kind_of(name: str) -> str:
    """Return what a name's ending says of the thing."""
    match = _words().kinds.search(name)
    return match.lastgroup or "" if match else ""


class Around:
    """One figure in its sentence."""

    def __init__(
        self, annotated: AnnotatedSentence, q: Quantity, of: str, mentions: Mapping[EntityId, int]
    ) -> None:
        self.mentions = mentions
        self.tokens = annotated.tagged.tokens
        sentence = annotated.tagged.sentence
        self.offset, self.text = sentence.span.start, sentence.text
        self.at, self.end = self.offset + q.start, self.offset + q.end
        self.links = annotated.links
        self.starts = [token.start for token in self.tokens]
        self.unit = unit_class(q.unit or "", of)
        self.unit_text = q.unit or ""
        first = bisect_right(self.starts, self.at) - 1
        self.first = first
        self.word_before = self._word(first - 1)
        last = bisect_left(self.starts, self.end)
        self.word_after = self._word(last)
        self.head = self._head(of)
        self.pronoun = self._pronoun()
        self.order = self._order()
        self.whole_words = self._whole_words()
        self.whole_word = self._whole_word()
        self._roles: dict[Link, str] = {}
        self.free = self._free()

    def _free(self) -> Link | None:
        """Return the last name of the figure's clause that is free to be a subject, else the sentence's first."""
        left = outermost([link for link in self.links if link.span.end <= self.at])[0]
        for link in reversed(left):
            if self.borders(link.span.end, self.at):
                break
            if self.role(link) in ("subject", "other"):
                return link
        return left[0] if left else None

    def _pronoun(self) -> str:
        """Return the word of the sentence, left of the figure, that may stand for a name."""
        pronouns = _words().pronouns
        for token in reversed(self.tokens[: self.first]):
            if token.text in pronouns:
                return pronouns[token.text]
        return ""

    def _order(self) -> int:
        """Return the place of the figure among those told 分别; -1 where it is not one of them."""
        at = self._respectively()
        if at < 0:
            return -1
        return len(re.findall("[、和及与，]", self.text[at : self.at - self.offset]))

    def _respectively(self) -> int:
        """Return where the last 分别 or 依次 left of the figure stands; -1 for none."""
        return max(self.text.rfind(word, 0, self.at - self.offset) for word in _words().order)

    def aligned(self, link: Link) -> bool:
        """Say whether ``link`` is in the list before 分别 where the figure is after it."""
        at = self.offset + self._respectively()
        group: list[Link] = []
        for other in reversed([other for other in self.links if other.span.end <= at]):
            if group and not re.fullmatch(
                r"[^，。；：]{0,8}[、和及与][^，。；：]{0,8}",
                self.text[other.span.end - self.offset : group[0].span.start - self.offset],
            ):
                if not other.span.overlaps(group[0].span):
                    break
                continue
            group.insert(0, other)
        return 0 <= self.order < len(group) and len(group) > 1 and group[self.order].entity == link.entity

    def copular(self, link: Link) -> bool:
        """Say whether ``link`` closes a clause and every clause from there to the figure goes on about it: X，是……，是……."""
        between = self.text[link.span.end - self.offset : self.at - self.offset]
        clauses = _COMMA.split(between)
        return len(clauses) > 1 and not clauses[0] and all(map(_COPULA.match, clauses[1:]))

    def benefits(self, link: Link) -> bool:
        """Say whether the figure is made for ``link``: 为X创造N元产值."""
        before = self.text[: link.span.start - self.offset]
        between = self.text[link.span.end - self.offset : self.at - self.offset]
        return before.endswith(("为", "给")) and _MADE.match(between) is not None

    def item(self, link: Link, setting: Setting) -> bool:
        """Say whether a name and the figure are an item of a list: 投资90亿元，其中甲县60亿元、乙县45亿元."""
        if link.span.end != self.at or self.unit_text != setting.unit or link.type not in _HOLDERS:
            return False
        left = self.text[: link.span.start - self.offset]
        last = setting.chosen[-1][0] - self.offset if setting.chosen else -1
        return _AMONG.search(left) is not None or (last > 0 and _NEXT.fullmatch(left, last) is not None)

    def tells(self, link: Link, setting: Setting) -> bool:
        """Say whether a name of the sentence only tells the figure."""
        if link.span.end <= self.at and self.of_whole(link.entity):
            return True
        said = setting.telling.get(link.span)
        if said is None:
            return False
        if said <= self.at:
            return not owns_words(self.text[said - self.offset : self.at - self.offset], link.type)
        return link.span.start >= self.end and self.borders(self.end, link.span.start) > 0

    def of_whole(self, entity: EntityId) -> bool:
        """Say whether the figure is of a whole place, not of the office that tells it: 甲市教育局局长…，全市…."""
        return bool(self.whole_words) and kind_of(entity) in ("office", "party")

    def _whole_words(self) -> list[int]:
        """Return the indices of 全市, 我县 ... left of the figure."""
        words = _words().whole
        return [i for i, token in enumerate(self.tokens[: self.first]) if token.text in words]

    def _whole_word(self) -> int:
        """Return the index of such a word at the beginning of the figure's clause; -1 for none."""
        if not self.whole_words or self.borders(self.tokens[self.whole_words[-1]].start, self.at):
            return -1
        i = start = self.whole_words[-1]
        if any(self.tokens[i].end <= link.span.start < self.at for link in self.links):
            return -1
        while i > 0 and self.tokens[i - 1].tag in _ADVERBIAL:
            i -= 1
        first = (
            i == 0 or _BORDER.fullmatch(self.tokens[i - 1].text) or self.tokens[i - 1].text in _words().speech
        )
        return start if first else -1

    def whole(self, setting: Setting) -> Link | None:
        """Return the place that 全市, 我县 ... stands for: the last one named of that kind.

        None where one of no told kind (甲州 for 甲州市?) is nearer.
        """
        if self.whole_word < 0:
            return None
        word = self.tokens[self.whole_word]
        endings = tuple(_words().whole[word.text])
        named = [link for link in reversed(self.links) if link.span.end <= word.start]
        known = (link for link in (*named, *setting.places) if link.type == "Place")
        fit = (link for link in known if link.text.endswith(endings) or link.text[-1] not in _PLACE_ENDS)
        last = next(fit, None)
        return last if last and last.text.endswith(endings) else None

    def _word(self, i: int) -> str:
        if not 0 <= i < len(self.tokens):
            return "^"
        token = self.tokens[i]
        return token.tag if token.tag in _NAME_TAGS and token.tag != tags.PUNCTUATION else token.text

    def role(self, link: Link) -> str:
        """Return how a name's phrase stands in its clause: of (before 的), title (before another name), prep, object, subject, other."""
        known = self._roles.get(link)
        if known is None:
            known = self._roles[link] = self._read_role(link)
        return known

    def _read_role(self, link: Link) -> str:
        j = bisect_left(self.starts, link.span.end)
        if j < len(self.tokens) and self.tokens[j].text == "的":
            return "of"
        while j < len(self.tokens) and self.tokens[j].tag in PHRASE:
            j += 1
        if j < len(self.tokens) and any(other.span.start == self.starts[j] for other in self.links):
            return "title"
        k = bisect_left(self.starts, link.span.start) - 1
        while k >= 0 and (self.tokens[k].tag in _PHRASE_LEFT or self.tokens[k].text in "的、"):
            k -= 1
        if self._tag(k) == tags.PREPOSITION:
            return "prep"
        if self._tag(k) in (tags.VERB, tags.VERB_AS_ADVERB):
            return "object"
        while k >= 0 and self.tokens[k].tag in _ADVERBIAL:
            k -= 1
        return "subject" if k < 0 or _BORDER.fullmatch(self.tokens[k].text) else "other"

    def _tag(self, i: int) -> str:
        return self.tokens[i].tag if 0 <= i < len(self.tokens) else "^"

    def _head(self, of: str) -> str:
        """Return the last word of what is counted."""
        at = self.text.rfind(of) if of else -1
        if at < 0:
            return ""
        i = bisect_left(self.starts, self.offset + at + len(of)) - 1
        return self._word(i) if i >= 0 else ""

    def borders(self, start: int, end: int) -> int:
        """Return the number of clause borders between two places of the article."""
        return len(_BORDER.findall(self.text[max(0, start - self.offset) : end - self.offset]))

    def none(self, setting: Setting) -> Iterator[str]:
        """Yield the features of "nobody's"."""
        yield "none"
        yield f"none.u={self.unit}"
        yield f"none.o={self.head}"
        yield f"none.w={self.word_before}"
        yield f"none.n={self.word_after}"
        left = [link for link in self.links if link.span.end <= self.at]
        yield f"none.left{at_most(len(left), 3)}"
        yield f"none.right{at_most(len(self.links) - len(left), 2)}"
        if left:
            yield f"none.near{at_most(self.borders(left[-1].span.end, self.at), 3)}"
            yield f"none.t={left[-1].type}"
        yield f"none.p={self.pronoun}"
        if setting.chosen:
            yield f"none.prev{setting.chosen[-1][1] == NONE}"
        if setting.chain is None:
            yield "none.nochain"

    def far(self, place: str, rank: int, kind: str) -> Iterator[str]:
        """Yield the features of a candidate outside the sentence."""
        here = "here" if self.links else "empty"
        yield place
        yield f"{place}.r{at_most(rank, 2)}"
        yield f"{place}.t={kind}"
        yield f"{place}.{here}"
        yield f"{place}.{here}.t={kind}.r{at_most(rank, 2)}"
        yield f"{place}.u={self.unit}"
        left = any(link.span.end <= self.at for link in self.links)
        yield f"{place}.left={left}"

    def again(self, side: str, link: Link, links: Sequence[Link]) -> Iterator[str]:
        """Yield what the other mentions of the same thing in the sentence say."""
        others = [other for other in links if other.entity == link.entity and other is not link]
        if others and side == "L":
            yield "L.again"
            if any(self.role(other) == "subject" for other in others):
                yield "L.again.subject"
            if others[-1] is self.links[0]:
                yield "L.again.first"

    def near(self, side: str, rank: int, link: Link) -> Iterator[str]:
        """Yield the features of a candidate in the sentence."""
        start, end = (link.span.end, self.at) if side == "L" else (self.end, link.span.start)
        borders = at_most(self.borders(start, end), 3)
        kind = link.type
        yield f"{side}.c{borders}"
        yield f"{side}.r{at_most(rank, 4)}"
        yield f"{side}.t={kind}.c{borders}"
        yield f"{side}.t={kind}.r{at_most(rank, 3)}"
        yield f"{side}.c{borders}.r{at_most(rank, 2)}"
        yield f"{side}.u={self.unit}.c{borders}"
        yield f"{side}.n={self.word_after}.t={kind}"
        i = bisect_left(self.starts, link.span.start)
        j = bisect_left(self.starts, link.span.end)
        before, after = self._word(i - 1), self._word(j)
        yield f"{side}.b={before}"
        yield f"{side}.a={after}"
        yield f"{side}.b={before}.c{borders}"
        yield f"{side}.a={after}.c{borders}"
        if side == "L" and self.role(link) == "subject":
            later = any(
                other.span.start > link.span.end
                and other.span.end <= self.at
                and self.role(other) == "subject"
                for other in self.links
            )
            yield f"L.subject.{'earlier' if later else 'last'}.t={kind}"
            yield f"L.subject.{'earlier' if later else 'last'}.once={self.mentions[link.entity] == 1}"
            yield f"L.subject.{'earlier' if later else 'last'}"
        if side == "L" and link is self.free:
            yield f"L.free.c{borders}"
            yield f"L.free.t={kind}"
            yield f"L.free.u={self.unit}"
        ending = kind_of(link.entity)
        if ending:
            yield f"k={ending}"
            yield f"k={ending}.u={self.unit}"
            yield f"k={ending}.p={self.pronoun}"
        if link is self.links[0]:
            yield f"{side}.first"
            yield f"{side}.first.t={kind}"
        if not link.is_name:
            yield f"{side}.reference"
            yield f"{side}.reference.c{borders}"
        if side == "L" and self.order >= 0 and self.aligned(link):
            yield "aligned"
        if side == "L" and any(t.text in _words().speech for t in self.tokens[j : j + 6]):
            yield f"{side}.speech.t={kind}"
        between = (
            self.tokens[j : self.first]
            if side == "L"
            else self.tokens[bisect_left(self.starts, self.end) : i]
        )
        yield f"{side}.d{min(len(between), 40).bit_length()}"
        for token in between[-10:] if side == "L" else between[:10]:
            if token.tag not in _NAME_TAGS:
                yield f"{side}.m={token.text}"
