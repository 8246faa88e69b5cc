"""Names that a sentence leaves out of what it says: 甲而非乙, 不是甲而是乙, 除甲外, 甲除外.

They are taken out of the sentence before facts are read: what is left says who did it, and of whom it is not said.
除了甲，乙也 leaves nobody out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence, Span
from kg.facts.ground import NAME, Ground, words

_LIST: Final = f"{NAME}+(?:(?:、|和|与|及|以及|或|或者){NAME}+)*"
_WITH: Final = "(?:由|被|与|和|同|跟|向|对|给|在|为|把|将|来自)?"
_FIRST_CLAUSE: Final = late("[^，,。；;]*[，,]?[^，,。；;]*")


def without_excluded(annotated: Sequence[AnnotatedSentence]) -> tuple[AnnotatedSentence, ...]:
    """Return the sentences without the names that they leave out."""
    return tuple(_without(sentence, number) for number, sentence in enumerate(annotated))


@cache
def _hint() -> re.Pattern[str]:
    table = words("exclusion")
    return late("|".join(table.either(key) for key in ("rather", "nor", "instead", "except", "except_end")))


@cache
def _rules() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return the patterns of what is left out (its group x), and whether 也 behind it takes it in again."""
    table = words("exclusion")
    rather, nor, ends = (table.either(key) for key in ("rather", "nor", "except_end"))
    return (
        # 的不是甲，而是乙 -> 的是乙
        (late(f"的(?P<x>(?:并)?不是{_LIST}[、，,]?而)是"), False),
        # 的不是甲，是乙 -> 的是乙
        (late(f"的(?P<x>(?:并)?不是{_LIST}[、，,])是"), False),
        # 不是与甲、而是与乙签约 -> 与乙签约
        (
            late(
                f"(?P<x>(?:并)?(?:不是|并非|非){_WITH}{_LIST}[^，。；]{{0,4}}[、，,]?(?:{table.either('instead')}))"
            ),
            False,
        ),
        # 甲而非乙; 授予甲，而不是乙; 的是甲，不是乙
        (
            late(
                f"(?<=[{NAME}称号奖者人的了])(?P<x>(?:[，,、]?(?:{rather})|[，,](?:{nor})){_WITH}{_LIST})(?!的)"
            ),
            False,
        ),
        # 除甲以外，……均; 除了甲，……都
        (
            late(f"(?P<x>(?:{table.either('except')}){_LIST}[^，,。；{NAME}]{{0,8}}?(?:{ends})?[，,、])"),
            True,
        ),
        (late(f"(?P<x>(?:{table.either('except')}){_LIST}[^，,。；{NAME}]{{0,8}}?(?:{ends}))"), True),
        (late(f"(?P<x>[（(，,、]?{_LIST}除外[）)]?)"), False),
        (
            late(
                f"(?P<x>[（(，,、]?(?:但|并)?(?:不包括|不含|不包含|没有){_LIST}(?:在内)?[）)]?)(?=$|[。，,；、])"
            ),
            False,
        ),
    )


def _without(sentence: AnnotatedSentence, number: int) -> AnnotatedSentence:
    if not sentence.links or not _hint().search(sentence.tagged.sentence.text):
        return sentence
    left_out = tuple(sorted(_left_out(Ground(sentence, number)), key=lambda span: span.start))
    if not left_out:
        return sentence
    links = tuple(link for link in sentence.links if not any(span.overlaps(link.span) for span in left_out))
    return replace(sentence, links=links, left_out=left_out)


def _left_out(ground: Ground) -> Iterator[Span]:
    taken: list[Span] = []
    for rule, may_mean_too in _rules():
        for match in rule.finditer(ground.nouns):
            span = ground.at(match, "x")
            if any(span.overlaps(other) for other in taken) or (
                may_mean_too and _means_too(ground, match.end())
            ):
                continue
            taken.append(span)
            yield span


@cache
def _too() -> re.Pattern[str]:
    return late(words("exclusion").either("also"))


def _means_too(ground: Ground, position: int) -> bool:
    """Say whether the clause behind says that others did it, too."""
    found = _FIRST_CLAUSE.match(ground.text, position)
    return (
        found is not None
        and _too().search(found.group()) is not None
        and not re.search("均|都|全部|一律", found.group())
    )
