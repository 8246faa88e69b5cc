"""Stretches of an article that it does not assert: hearsay, rumours, conditions, questions, what came to nothing.

    甲公司公告称，……            asserted, by whom
    据知情人士透露，……          reported, to the end of the sentence
    “……”，一名匿名人士称         reported, the words in the quotation marks
    网传……，系谣言              denied, backwards; 上述消息不实 reaches into the sentence before
    如果……，……                 what is in the condition is not said at all, what follows from it is planned

Words right at the verb (未, 拟, 放弃) are read fact by fact, in ``kg.facts.assertion``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from kg.base.finder import Finder
from kg.base.model import Entity, EntityId
from kg.facts.announced import announced
from kg.facts.condition import conditions, fixed, questions
from kg.facts.ground import Ground, Scope, words
from kg.facts.hearsay import Hearsay
from kg.facts.outcome import not_by, undone, untrue

_MANY: Final = 3  # sentences that a denial reaches back over


def scopes(
    grounds: Sequence[Ground], entities: Mapping[EntityId, Entity], publisher: str = ""
) -> tuple[Scope, ...]:
    """Return all of an article, in no order.

    Args:
        grounds: its sentences.
        entities: the things it names.
        publisher: what the medium that it appeared in says, the text says.
    """
    return tuple(_found(grounds, Hearsay(entities, publisher), publisher))


@cache
def _hints() -> Finder:
    """Return what finds the words that any scope begins with: most sentences have none and are done."""
    lists = (
        ("behind", ("undone", "pending", "half", "untrue", "untrue_of_hearsay", "unconfirmed")),
        ("source", ("said", "claimed", "accused", "rumoured", "false")),
        ("announced", ("says", "papers", "denies", "expects")),
        ("condition", ("opens", "single", "behind", "whether", "fixes")),
    )
    found = [word for table, keys in lists for key in keys for word in words(table).words(key)]
    return Finder((*found, "的不是", "的并", "据", "？", "?", "“", "”", *words("condition").words("asks")))


def _found(grounds: Sequence[Ground], hearsay: Hearsay, publisher: str) -> Iterator[Scope]:
    before: list[Ground] = []
    for ground in grounds:
        if _hints().finds(ground.text):
            told = tuple(hearsay.find(ground, before))
            yield from told
            yield from announced(ground, before, publisher)
            yield from conditions(ground)
            yield from questions(ground)
            yield from fixed(ground)
            yield from undone(ground)
            yield from not_by(ground)
            yield from untrue(ground, before, told)
        before = [*before[-_MANY + 1 :], ground]
