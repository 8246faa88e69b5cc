"""Names that the user gave (``kg.base.own_names``): found wherever they stand as whole words, of the type that the user says.

The longest counts, and none stands inside a longer name but where names may nest. A short form of an official list is found only
in an article that has the full name, for many are everyday words. Words that the user says are no names are none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast, get_args

from kg.base.finder import Finder
from kg.base.model import Article, EntityType, Mention, Span, TaggedSentence
from kg.base.overlay import Known, own_names, per_overlay
from kg.names.overlap import outermost, without_overlaps
from kg.names.spread import Sought, borders_of, goes_on, is_whole
from kg.text.script import simplified_text

__all__ = ["RULE", "account_of", "find_own", "known_of", "with_own", "without_none"]

RULE: Final = "own-names"
"""The rule of a name that the user gave."""

_CORE: Final = frozenset(get_args(EntityType))


def find_own(article: Article, tagged: Sequence[TaggedSentence]) -> list[list[Mention]]:
    """Return the names of the user in each sentence that are of kg's own types: what else is read may build on them."""
    return [[name for name in row if name.type in _CORE] for row in _found(article, tagged)]


def without_none(row: Sequence[Mention]) -> Sequence[Mention]:
    """Return names without those that the user says are none."""
    none = own_names().none
    return [name for name in row if name.text not in none] if none else row


def with_own(
    article: Article, tagged: Sequence[TaggedSentence], rows: Sequence[tuple[Mention, ...]]
) -> tuple[tuple[Mention, ...], ...]:
    """Return the names of each sentence that stand, with those of the user, and without the words that are none."""
    if not own_names():
        return tuple(rows)
    mended = [_mended(row, own) for row, own in zip(rows, _found(article, tagged), strict=True)]
    free = {name.text for row in mended for name in outermost(row)}
    return tuple(
        before if list(before) == row else without_overlaps(row, free)
        for before, row in zip(rows, mended, strict=True)
    )


def known_of(name: str, kind: str) -> Known | None:
    """Return what a name of a type names, in simplified or traditional characters, None where the user does not say."""
    own = own_names()
    if not own:
        return None
    for spelling in (name,) if _is_simple(name) else (name, _simple(name)):
        found = _forms().get(spelling) or own.shorts.get(spelling)
        if found is not None and found.type == kind:
            return found
    return None


def account_of(name: str) -> str:
    """Return where the user names a name, as file and line, "" where nowhere."""
    known = _forms().get(name) or own_names().shorts.get(name)
    return f"{known.file}:{known.line}" if known else ""


def _mended(row: Sequence[Mention], own: Sequence[Mention]) -> list[Mention]:
    """Return names with those of the user in the place of what crosses them, each of the type that the user says."""
    spans = {name.span for name in own}
    kept = [
        _typed(name)
        for name in without_none(row)
        if name.span not in spans and not any(_cross(name.span, span) for span in spans)
    ]
    return [*kept, *own]


def _typed(name: Mention) -> Mention:
    known = _forms().get(name.text)
    if known is None or known.type == name.type:
        return name
    return Mention(name.span, name.text, cast(EntityType, known.type), RULE, 1.0)


def _cross(one: Span, other: Span) -> bool:
    return one.overlaps(other) and not one.holds(other) and not other.holds(one)


def _found(article: Article, tagged: Sequence[TaggedSentence]) -> list[list[Mention]]:
    """Return the names of the user in each sentence; none overlaps another."""
    rows: list[list[Mention]] = [[] for _ in tagged]
    names = own_names()
    if not names.names:
        return rows
    starts = [sentence.sentence.span.start for sentence in tagged]
    borders = borders_of(tagged)
    for text, start, end, known in _places(article.text):
        where = bisect_right(starts, start) - 1
        if where < 0 or end > tagged[where].sentence.span.end or goes_on(article.text, start, end):
            continue
        kind = cast(EntityType, known.type)
        if is_whole(text, Sought(kind, RULE), begins=start in borders, ends=end in borders):
            rows[where].append(Mention(Span(start, end), text, kind, RULE))
    return rows


def _places(text: str) -> Iterator[tuple[str, int, int, Known]]:
    names = _forms()
    found = [(word, start, end, names[word]) for word, start, end in _finder().longest(text)]
    shorts = _shorts_of({known for _, _, _, known in found if known.listed})
    if not shorts:
        yield from found
        return
    known_here = {**{word: known for word, _, _, known in found}, **shorts}
    for word, start, end in Finder(known_here).longest(text):
        yield word, start, end, known_here[word]


def _shorts_of(named: set[Known]) -> Mapping[str, Known]:
    """Return the short forms of the companies of official lists that the article names in full."""
    shorts = own_names().shorts
    return {word: known for known in named for word in known.aliases if shorts.get(word) == known}


@per_overlay
def _finder() -> Finder:
    return Finder(_forms())


@per_overlay
def _forms() -> Mapping[str, Known]:
    """Return the names as texts are read: those in traditional characters in simplified ones too."""
    names = own_names().names
    return {**{_simple(name): known for name, known in names.items() if not _is_simple(name)}, **names}


@per_overlay
def _simple(name: str) -> str:
    return simplified_text(name)


def _is_simple(name: str) -> bool:
    """Say whether a name has only characters of simplified texts, so that nothing need be looked up."""
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
