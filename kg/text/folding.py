"""Text as pages and files give it -> text as it is meant to be read, every character with its old place.

Nobody sees a zero-width mark, 王　伟 is spread out to stand level with 王小明, a line cut by a column's width is no end of a
sentence, and a ★ is no part of the name behind it. All that is read from the folded text; what is quoted is cut from the
article as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Final

from kg.base.late import late
from kg.base.model import Article, Entity, Evidence, Fact, Figure, Link, Moment, Reading, Refused, Span
from kg.base.wordlist import read_words
from kg.text.official import official_of
from kg.text.radicals import RADICALS

_HAN: Final = "\u3400-\u9fff\uf900-\ufaff"
_GAP: Final = " \u00a0\u2000-\u200a\u3000"  # blanks inside a line; a tab parts columns
_UNSEEN: Final = (  # format characters and what else has no width: they stand between any two characters
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f"
)
_MARKS: Final = "\u2460-\u24ff\u2580-\u25ca\u25cc-\u25ce\u25cf-\u25ee\u25f0-\u25ff\u2605\u2606\u2756\u2776-\u2793\u27a4"  # ■ ● ① ★: not ○, which is a nought and a hidden character
_PICTURES: Final = (  # emoji and dingbats
    "\u00ae\u2122\u20e3\u231a-\u23ff\u2600-\u2604\u2607-\u2755\u2757-\u2775\u2794-\u27a3\u27a5-\u27bf\u2b00-\u2bff"
    "\U0001f000-\U0001faff"
)
_COMPATIBLE: Final = "\u2e80-\u2fdf\uf900-\ufaff０-９Ａ-Ｚａ-ｚ"
_ODD: Final = late(f"[{_UNSEEN}{_MARKS}{_PICTURES}]")
_UNSEEN_RUN: Final = late(f"[{_UNSEEN}]+")
_LINE_MARKS: Final = late(
    rf"^[{_GAP}\t]*[{_MARKS}{_PICTURES}❗❕❓❔][{_GAP}\t{_MARKS}{_PICTURES}]*", re.MULTILINE
)
_BESIDE: Final = "，。！？；：、（）《》“”「」【】,.!?;:()\n"
_MARK_RUN: Final = late(rf"[{_GAP}]*[{_MARKS}{_PICTURES}][{_GAP}{_MARKS}{_PICTURES}]*")
_HAS_MARK: Final = late(f"[{_MARKS}]")
_SPACED: Final = late(
    rf"(?<![{_HAN}])(?P<first>[{_HAN}])(?P<gap>[{_GAP}]{{1,6}})[{_HAN}](?:(?P=gap)[{_HAN}]){{0,2}}(?![{_HAN}])(?!(?P=gap)[{_HAN}](?![{_HAN}]))"
)
_HAN_GAP: Final = late(f"(?<=[{_HAN}])[{_GAP}]+(?=[{_HAN}])")
_YEAR_GAP: Final = late(f"(?<=(?:19|20)[0-9][0-9])[{_GAP}](?=年)")
_GAPS: Final = late(f"[{_GAP}]+")
_WHOLE_BEFORE: Final = late(r"(?:^|[：:、，。；（(\t|])\s*$")
_WHOLE_AFTER: Final = late(r"\s*(?:$|[：:、，。；）)\t|\n])")
_CLOSED: Final = late(r"[。！？；!?;…：:～~][”’」』）)】\]]*$|[。！？!?…][^\w]*$")
_OPENING: Final = late(
    r"[（(【\[]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[）)】\]]?[、.．](?!\d)|[-—·*•>#|]|第[一二三四五六七八九十0-9]{1,3}[条章节届]"
    r"|[^\W\d][^，。；：:]{0,8}[:：]"
)
_COLUMNS: Final = late(rf"\t|\||(?<=\S)[{_GAP}]{{2,}}(?=\S)|^[^，。；：:]{{1,12}}[:：]")
_CUT_NUMBER: Final = late(r"\d(?:[.．,]?\n|\n[.．,]?)\d")
_CUT_CLAUSE: Final = late(r"[，、（(《“‘「,]$")
_CLAUSES: Final = late(r"[，。；！？]")
_RAGGED: Final = 3  # code points that lines of one width differ by
_ALIKE: Final = 3  # lines
_WIDEST: Final = 80  # code points of a line that is cut by a column
_HEADLINE: Final = (
    25  # code points; a line without a full stop that is shorter may be a heading between paragraphs
)


@dataclass(frozen=True)
class Folded:
    """An article as it is to be read, and where each of its characters stands in the article as it is."""

    article: Article
    source: Article
    places: tuple[int, ...]

    def back(self, span: Span) -> Span:
        """Return where the words under a span of the folded text stand in the source."""
        return Span(self.places[span.start], self.places[span.end - 1] + 1) if span.start < span.end else span


class Draft:
    """A text that is being folded: its words as they are now, and the old place of each character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places: Sequence[int] = range(len(text))

    def edit(self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str | None]) -> None:
        """Replace what ``pattern`` finds by something no longer (None: by itself), each character in the place of the one it replaces."""
        self.apply(
            (match.start(), match.end(), new)
            for match in pattern.finditer(self.text)
            if (new := change(match)) is not None
        )

    def apply(self, edits: Iterator[tuple[int, int, str]]) -> None:
        """Make the edits (start, end, new words), which are in order."""
        words: list[str] = []
        places: list[int] = []
        at = 0
        for start, end, new in edits:
            words += (self.text[at:start], new)
            places += self.places[at:start]
            places += self._places_of(new, start, end)
            at = end
        if at or words:
            words.append(self.text[at:])
            places += self.places[at:]
            self.text, self.places = "".join(words), places

    def _places_of(self, words: str, start: int, end: int) -> Iterator[int]:
        """Yield the places of what replaces a piece of the text: of the same characters where they stand there."""
        for character in words:
            same = self.text.find(character, start, end)
            start = start if same < 0 else same
            yield self.places[start]
            start += 1

    def back(self, span: Span) -> Span:
        """Return where the words under a span of the text stand in the source."""
        return Span(self.places[span.start], self.places[span.end - 1] + 1) if span.start < span.end else span

    def forward(self, span: Span) -> Span:
        """Return a span of the source in the folded text."""
        return Span(bisect_left(self.places, span.start), bisect_left(self.places, span.end))


def folded(article: Article) -> Folded | None:
    """Return the article as it is to be read; None: just as it stands."""
    draft = fold_characters(article.text)
    _close_up(draft)
    body = _unwrap(draft, [draft.forward(span) for span in article.body], _title(draft.text, article))
    if draft.text == article.text:
        return None
    text = draft.text
    spans = [_trimmed(text, draft_span) for draft_span in body]
    kept = tuple(span for span in spans if span.start < span.end)
    return Folded(replace(article, text=text, body=kept), article, tuple(draft.places))


def fold_characters(text: str) -> Draft:
    """Return the text without what is not seen, and without pictures; marks between names part them."""
    draft = Draft(text)
    if _ODD.search(text):
        draft.edit(_UNSEEN_RUN, lambda _: "")
        draft.edit(_LINE_MARKS, lambda _: "")
        draft.edit(_MARK_RUN, lambda match: _between(draft.text, match))
    draft.edit(_compatible(), lambda match: _plain_characters()[match[0]])
    return draft


def without_unseen(text: str) -> Draft:
    """Return the text without the marks that nobody sees."""
    draft = Draft(text)
    if _UNSEEN_RUN.search(text):
        draft.edit(_UNSEEN_RUN, lambda _: "")
    return draft


@cache
def _plain_characters() -> dict[str, str]:
    """Return the everyday form of characters that stand twice in Unicode: ⼈ 人, Ａ A."""
    import unicodedata

    codes = (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *map(ord, "０１２３４５６７８９"))
    pairs = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in codes}
    pairs.update(RADICALS)
    pairs.update({chr(code): chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))})
    return {odd: plain for odd, plain in pairs.items() if plain != odd and len(plain) == 1}


@cache
def _compatible() -> re.Pattern[str]:
    return late(f"[{''.join(_plain_characters())}]")


def _between(text: str, match: re.Match[str]) -> str:
    """Return what a run of pictures or marks inside a line is read as: nothing beside punctuation, else what parts names."""
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    if not before or not after or before in _BESIDE or after in _BESIDE:
        return ""
    return "；" if _HAS_MARK.search(match[0]) else " "


# Names that are spread out


def closed_up(name: str) -> str:
    """Return a name that somebody asks for as kg reads it: without what is not seen, and without gaps between characters.

    >>> closed_up("王　伟")
    '王伟'
    """
    return _HAN_GAP.sub("", fold_characters(name.strip()).text)


@cache
def _spread_names() -> re.Pattern[str]:
    """Return a pattern of a name with a gap behind its surname, glued to the words before it: 出席的有张 军、; not 李梅 女，."""
    names = read_words("language/names.toml")
    ends = read_words("language/layout.toml").table("spread").either("after")
    one = f"(?:{names.either('compound_surnames')})"
    surname = f"[{''.join(sorted(names.characters('surnames') - names.characters('weak_surnames')))}]"
    return late(
        rf"(?:{one}[{_GAP}]{{1,4}}(?![男女])[{_HAN}]{{1,2}}|{surname}[{_GAP}]{{1,4}}(?![男女])[{_HAN}])(?=$|[{_GAP}\t\n]*(?:[、，。；：）)\n\t|(（]|{ends}))"
    )


def _close_up(draft: Draft) -> None:
    """Close the gaps inside words that are spread out to fill a column: 县　长, 王　伟, 欧阳　倩; and that of a year: 2024 年."""
    draft.edit(_YEAR_GAP, lambda _: "")
    draft.edit(_SPACED, lambda match: _closed(draft.text, match))
    draft.edit(_spread_names(), lambda match: _GAPS.sub("", match[0]))


def _closed(text: str, match: re.Match[str]) -> str | None:
    """Return single characters with gaps between them as one word; None where they may be several."""
    words = _GAPS.sub("", match[0])
    line = text.rfind("\n", 0, match.start()) + 1
    alone = _WHOLE_BEFORE.search(text[line : match.start()]) and _WHOLE_AFTER.match(text, match.end())
    if alone or (
        len(words) == 2 and match["first"] in read_words("language/names.toml").characters("surnames")
    ):
        return words
    return None


# Lines that are cut by the width of a column


def _title(text: str, article: Article) -> Span:
    """Return where the title of an official document stands, which may take several lines; of another article, nothing."""
    official = official_of(text, article.number) if article.number else None
    return official.whole if official else Span(0, 0)


def _unwrap(draft: Draft, body: list[Span], title: Span) -> list[Span]:
    """Join the lines of one sentence and those of a title, and return the spans of the body in the new text."""
    if len(body) < 3:
        return body
    text, joined = draft.text, _joined(draft.text, body)
    joined = [
        glued or (title.holds(one) and title.holds(other))
        for glued, (one, other) in zip(joined, pairwise(body), strict=True)
    ]
    if not any(joined):
        return body
    cuts = [
        (one.end, other.start) for one, other, glued in zip(body, body[1:], joined, strict=False) if glued
    ]
    sources = [(draft.places[span.start], draft.places[span.end - 1] + 1) for span in body]
    draft.apply((start, end, _hinge(text, start, end)) for start, end in cuts)
    spans: list[tuple[int, int]] = [sources[0]]
    for glued, source in zip(joined, sources[1:], strict=True):
        if glued:
            spans[-1] = (spans[-1][0], source[1])
        else:
            spans.append(source)
    return [draft.forward(Span(*span)) for span in spans]


def _hinge(text: str, start: int, end: int) -> str:
    """Return what stands between two parts of a line: a blank between words of letters, else nothing."""
    before, after = text[start - 1], text[end]
    return " " if before.isascii() and before.isalpha() and after.isascii() and after.isalpha() else ""


def _joined(text: str, body: Sequence[Span]) -> list[bool]:
    """Say of each line of the body whether the next one goes on in the middle of its sentence; never of the title."""
    full = _full_line([span.end - span.start for span in body[1:]], surely=_has_cut(text, body[1:]))
    joined = [False]
    for one, other in pairwise(body[1:]):
        filled = one.end - one.start >= full or (
            _indented(text, one.start) and not _indented(text, other.start)
        )
        joined.append(_goes_on(text, one, other, inside=joined[-1], filled=filled))
    return joined


def _full_line(lengths: Sequence[int], *, surely: bool) -> int:
    """Return from how many characters a line fills its column, or is too long for a heading where lines ``surely`` are cut."""
    longest = max(lengths)
    alike = sum(length >= longest - _RAGGED for length in lengths)
    if alike >= _ALIKE and longest <= _WIDEST:
        return longest - _RAGGED
    return _HEADLINE if surely else longest + 1


def _has_cut(text: str, body: Sequence[Span]) -> bool:
    """Say whether a line ends behind a full stop in the middle of the next sentence, or in the middle of a number."""
    for one, other in pairwise(body):
        line = one.of(text)
        if "。" in line and not _CLOSED.search(line) and not _COLUMNS.search(line):
            return True
        if text[one.end : other.start] == "\n" and _CUT_NUMBER.search(text[one.end - 2 : other.start + 2]):
            return True
    return False


def _indented(text: str, start: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    return start - line >= 2 and not text[line:start].strip()


def _goes_on(text: str, one: Span, other: Span, *, inside: bool, filled: bool) -> bool:
    """Say whether a line is cut in a sentence: ``inside`` it already goes on a line itself, ``filled`` it fills its column."""
    between, line, following = text[one.end : other.start], one.of(text), other.of(text)
    if between.strip() or between.count("\n") != 1 or _CLOSED.search(line):
        return False
    if (inside or _CLAUSES.search(line)) and _CUT_NUMBER.search(f"{line}\n{following[:2]}"):
        return True
    if _indented(text, other.start) or _OPENING.match(following):
        return False
    if _COLUMNS.search(line) or _COLUMNS.search(following):
        return False
    if _CUT_CLAUSE.search(line) or inside:
        return True
    return bool(_CLAUSES.search(line)) and ("。" in line or filled) and bool(_CLAUSES.search(following))


def _trimmed(text: str, span: Span) -> Span:
    """Return the span without blanks around it."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


# Back to the text as it stands


def unfolded(reading: Reading, fold: Folded) -> Reading:
    """Return the reading of a folded article with every quote as the article writes it; names stay as they were read.

    A name that the article writes otherwise (王　伟) has that form among its names too, but none with marks nobody sees.
    """
    text, back = fold.source.text, fold.back
    links = tuple(_link(link, text, back) for link in reading.links)
    surfaces: dict[tuple[str, str], dict[str, None]] = {}
    for old, new in zip(reading.links, links, strict=True):
        if old.is_name and (seen := _seen(new.text)) != old.text:
            surfaces.setdefault((old.entity, old.text), {})[seen] = None
    return replace(
        reading,
        article=fold.source,
        entities=tuple(_entity(entity, surfaces, back) for entity in reading.entities),
        links=links,
        facts=tuple(_fact(fact, text, back) for fact in reading.facts),
        figures=tuple(_figure(figure, text, back) for figure in reading.figures),
        moments=tuple(_moment(moment, text, back) for moment in reading.moments),
        sentences=tuple(
            replace(sentence, span=back(sentence.span), text=back(sentence.span).of(text))
            for sentence in reading.sentences
        ),
        refused=tuple(_refused(each, back) for each in reading.refused),
    )


def _refused(refused: Refused, back: Callable[[Span], Span]) -> Refused:
    span = back(Span(refused.start, refused.end))
    return replace(refused, start=span.start, end=span.end)


def _seen(words: str) -> str:
    """Return what a reader sees of a name, on one line."""
    return "" if "\n" in words or _ODD.search(words) else words


def _link(link: Link, text: str, back: Callable[[Span], Span]) -> Link:
    span = back(link.span)
    return replace(link, span=span, text=span.of(text))


def _entity(
    entity: Entity, surfaces: dict[tuple[str, str], dict[str, None]], back: Callable[[Span], Span]
) -> Entity:
    others = [each for name in entity.names for each in surfaces.get((entity.id, name), ()) if each]
    merges = tuple(
        replace(merge, evidence=back(merge.evidence)) if merge.evidence else merge for merge in entity.merges
    )
    return replace(entity, names=tuple(dict.fromkeys((*entity.names, *others))), merges=merges)


def _fact(fact: Fact, text: str, back: Callable[[Span], Span]) -> Fact:
    spans = [back(each.span) for each in fact.evidence]
    return replace(
        fact,
        evidence=tuple(Evidence(span, span.of(text)) for span in spans),
        date=_moment(fact.date, text, back) if fact.date else None,
        amount=_figure(fact.amount, text, back) if fact.amount else None,
        firings=tuple(
            replace(
                each,
                trigger=back(each.trigger) if each.trigger else None,
                subject=back(each.subject) if each.subject else None,
                object=back(each.object) if each.object else None,
            )
            for each in fact.firings
        ),
    )


def _figure(figure: Figure, text: str, back: Callable[[Span], Span]) -> Figure:
    span = back(figure.span)
    date = _moment(figure.date, text, back) if figure.date else None
    return replace(figure, span=span, text=span.of(text), quote=back(figure.quote), date=date)


def _moment(moment: Moment, text: str, back: Callable[[Span], Span]) -> Moment:
    span = back(moment.span)
    return replace(moment, span=span, text=span.of(text))
