"""Names that the text itself says are one thing, and names that differ in marks only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.base.model import Article, Mention, Span, TaggedSentence
from kg.names.declared import declared
from kg.things.union import MARKS, Alias, Names

_REACH: Final = 14  # characters between a name and the one it is given: X（以下简称“Y”）


def find_aliases(
    article: Article, tagged: Sequence[TaggedSentence], mentions: Sequence[Sequence[Mention]]
) -> tuple[Alias, ...]:
    """Return what the text gives as another name: X（以下简称“Y”）, X（Latin）; none without a name right before it."""
    return tuple(
        alias
        for sentence, row in zip(tagged, mentions, strict=True)
        for alias in _aliases(article, sentence, row)
    )


def _aliases(article: Article, sentence: TaggedSentence, row: Sequence[Mention]) -> Iterator[Alias]:
    ends: dict[int, Mention] = {}
    for mention in row:
        ends.setdefault(mention.span.end, mention)
    for alias in declared(article, sentence, row):
        start = alias.span.start
        full = next((ends[at] for at in range(start, max(start - _REACH, -1), -1) if at in ends), None)
        if full is not None and full.text != alias.text:
            yield Alias(alias.text, full.text, Span(full.span.start, alias.span.end))


def merge_declared(names: Names, rule: str) -> None:
    """X（以下简称“Y”）: what the text says, where both are names."""
    for alias in names.aliases:
        if alias.name in names.types:
            names.merge(alias.name, alias.full, rule, alias.evidence)


def merge_same(names: Names, rule: str) -> None:
    """“X”公司 / X公司: the same but for marks, brackets, blanks and the case of Latin letters."""
    seen: dict[str, str] = {}
    for name in names.types:
        first = seen.setdefault(name.translate(MARKS).lower(), name)
        if first != name:
            names.merge(name, first, rule)
