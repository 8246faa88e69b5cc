"""Who held a post after whom, as articles of different days tell it: outdated is not wrong.

Only posts that one person holds at a time. A holding is known on the days on which an article says that somebody holds the post:
the date that the fact gives, else the day of the article. One follows another where all days of the one come before all days of
the other; where they mix, it is a conflict (``kg.corpus.conflict``) or nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.base.schema import MEMBERSHIP, schema
from kg.corpus.fold import Folded, Stated
from kg.corpus.layer import LABEL, TYPE, term
from kg.corpus.sole_posts import is_sole_post
from kg.graph import literal
from kg.graph.edtf import days
from kg.graph.iri import made_iri
from kg.graph.vocabulary import KG, ORG, SCHEMA, XSD

__all__ = ["Holding", "holdings", "successions_of"]

_SUCCESSION, _HOLDING = f"<{KG}Succession>", f"<{KG}holding>"
_BODY, _ROLE = f"<{ORG}organization>", f"<{SCHEMA}roleName>"
_FIRST, _LAST = f"<{KG}firstStated>", f"<{KG}lastStated>"
_ARROW: Final = " → "


@dataclass(frozen=True, slots=True)
class Holding:
    """That somebody holds a post, and the days on which articles say so: each between two days, often the same one."""

    person: str
    facts: tuple[str, ...]  # nodes
    articles: frozenset[str]
    known: tuple[tuple[str, str], ...]

    @property
    def sure(self) -> tuple[str, str]:
        """From when to when it was held for sure; the first after the last where that is never."""
        return min(last for _, last in self.known), max(first for first, _ in self.known)

    @property
    def possible(self) -> tuple[str, str]:
        """The first and the last day that an article may mean."""
        return min(first for first, _ in self.known), max(last for _, last in self.known)

    def is_before(self, other: Holding) -> bool:
        """Say whether it was over, as far as articles know, before the other began."""
        return self.possible[1] < other.possible[0]

    def overlaps(self, other: Holding) -> bool:
        """Say whether there is a day on which both were held for sure."""
        first, last = max(self.sure[0], other.sure[0]), min(self.sure[1], other.sure[1])
        return first <= last


def known_days(fact: Stated) -> tuple[str, str]:
    """Return the first and the last day that an article may mean, each "" where nobody knows it."""
    if fact.date:
        first, last = days(fact.date)
        return (first, last) if first and last else ("", "")
    return fact.published, fact.published


def holdings(folded: Iterable[Folded], called: Mapping[str, str]) -> dict[tuple[str, str], list[Holding]]:
    """Return who holds each post that one person holds at a time, as far as days are known, by body and title."""
    posts: dict[tuple[str, str], dict[str, list[Folded]]] = defaultdict(lambda: defaultdict(list))
    for each in folded:
        fact = each.fact
        is_one = schema().predicates[fact.predicate].fact_class == MEMBERSHIP and each.stands
        if is_one and is_sole_post(fact.role, called.get(fact.object, "")):
            posts[fact.object, fact.role][fact.subject].append(each)
    found = {
        post: [holding for person in people if (holding := _holding(person, people[person])).known]
        for post, people in posts.items()
        if len(people) > 1
    }
    return {post: own for post, own in found.items() if len(own) > 1}


def _holding(person: str, facts: Sequence[Folded]) -> Holding:
    stated = [one for fact in facts for one in fact.stated]
    known = sorted(days for days in map(known_days, stated) if days[0])
    articles = frozenset(one.article for one in stated)
    return Holding(person, tuple(fact.node for fact in facts), articles, tuple(known))


def successions_of(folded: Sequence[Folded], called: Mapping[str, str], base: str) -> Iterator[str]:
    """Yield the successions in posts as lines of N-Triples."""
    for (body, role), own in sorted(holdings(folded, called).items()):
        line = sorted(own, key=lambda holding: (holding.possible, holding.person))
        if all(one.is_before(other) for one, other in pairwise(line)):
            yield from _lines(body, role, line, called, base)


def _lines(
    body: str, role: str, line: Sequence[Holding], called: Mapping[str, str], base: str
) -> Iterator[str]:
    this = term(made_iri(base, "u", body, role))
    names = _ARROW.join(called.get(holding.person, "") for holding in line)
    label = literal.zh(f"{called.get(body, '')} {role}：{names}")
    yield f"{this} {LABEL} {label} ."
    yield f"{this} {TYPE} {_SUCCESSION} ."
    yield f"{this} {_BODY} {body} ."
    yield f"{this} {_ROLE} {literal.string(role)} ."
    for fact in (fact for holding in line for fact in holding.facts):
        yield f"{this} {_HOLDING} {fact} ."
    yield f"{this} {_FIRST} {literal.typed(line[0].possible[0], XSD + 'date')} ."
    yield f"{this} {_LAST} {literal.typed(line[-1].possible[1], XSD + 'date')} ."
