"""``Article`` -> ``Sentence*``: the pieces that are tagged, and in which one thing is said."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.base.late import late
from kg.base.model import Article, Sentence, Span
from kg.text.table import Table, tables_of

LONGEST = 512  # code points; what is longer is cut behind a comma, or there
_STOPS = late(
    r"《[^《》\n]{1,120}》"  # a title is one thing, whatever marks are in it
    r"|“[^“”。\n]{1,30}”(?=[\w《])"  # so is a slogan that the sentence goes on behind: “中国加油！”活动
    r"|(?P<end>[。！？；]+|[!?;]+)[。！？；!?;]*[”’」』）)】]*"
)
_BLANKS = late(r"\s*")
_ASKS = late(r"[吗呢吧么啥谁何哪几怎否]|多少|是不是|有没有|能不能")
_CLAUSE = late(r"[，,。！？；!?;：:、\s]")
_HAN = late(r"[\u3400-\u9fff]")


def split(article: Article) -> tuple[Sentence, ...]:
    """Cut the body of ``article`` at 。！？；, line ends and the cells of tables; offsets are the article's, and only blanks lie between sentences."""
    text = article.text
    sentences: list[Sentence] = []
    lines = _Lines(tables_of(article))
    for paragraph, span in enumerate(article.body):
        for part in lines.parts(span):
            for start, end in _pieces(text, part):
                sentences.append(Sentence(len(sentences), paragraph, Span(start, end), text[start:end]))
    return tuple(sentences)


class _Lines:
    """The heads and rows of an article's tables in their order, so that each line finds its own at once."""

    def __init__(self, tables: Sequence[Table]) -> None:
        lines: list[tuple[Span, tuple[Span, ...]]] = [(table.head, ()) for table in tables]
        lines += [(row.span, row.cells) for table in tables for row in table.rows]
        self._lines = sorted(lines, key=lambda line: line[0])
        self._ends = [span.end for span, _ in self._lines]

    def parts(self, span: Span) -> Iterator[Span]:
        """Yield the cells of a row, each a sentence by itself; heads of columns state nothing. What is no row is whole."""
        at = bisect_right(self._ends, span.start)
        if at == len(self._lines) or not self._lines[at][0].overlaps(span):
            yield span
            return
        for cell in self._lines[at][1]:
            if cell.overlaps(span):
                yield Span(max(cell.start, span.start), min(cell.end, span.end))


def _pieces(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Yield the ends of the sentences of one paragraph, blanks around them left out."""
    start = span.start
    for stop in _stops(text, span):
        start = _skip_blanks(text, start, stop)
        while stop - start > LONGEST:
            cut = _cut(text, start)
            yield start, start + len(text[start:cut].rstrip())
            start = _skip_blanks(text, cut, stop)
        if start < stop:
            yield start, start + len(text[start:stop].rstrip())
        start = stop


def _stops(text: str, span: Span) -> Iterator[int]:
    """Yield where sentences end, at the latest the end of the span."""
    last = span.start
    for match in _STOPS.finditer(text, span.start, span.end):
        mark = match["end"]
        if mark is None or (mark[0] in "!?;" and not _ends(text, match.start(), match.end(), last, span.end)):
            continue
        last = match.end()
        yield last
    if last < span.end:
        yield span.end


def _ends(text: str, start: int, end: int, since: int, limit: int) -> bool:
    """Say whether half-width marks end a sentence: not in Yahoo!, not in &amp;, not the ? that a lost · became."""
    after = text[end] if end < limit else ""
    if after.isascii() and after.isalnum():
        return False
    mark, before = text[start], text[max(since, start - 80) : start]
    if mark == ";":
        return not re.search(r"&#?\w{1,8}$", before)
    if mark == "!":
        return not (before[-1:].isascii() and before[-1:].isalpha() and after)
    if _HAN.match(before[-1:]) and _HAN.match(after):
        return bool(_ASKS.search(_CLAUSE.split(before)[-1]))
    return True


def _cut(text: str, start: int) -> int:
    """Return where to cut a sentence that is too long: behind the last comma in reach, else at the limit."""
    end = start + LONGEST
    comma = max(text.rfind(mark, start + LONGEST // 2, end) for mark in "，,、 ")
    return comma + 1 if comma > 0 else end


def _skip_blanks(text: str, start: int, end: int) -> int:
    match = _BLANKS.match(text, start, end)
    return match.end() if match else start
