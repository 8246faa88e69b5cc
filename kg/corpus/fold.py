"""The same fact in several articles: one node with all its evidence, and how many sources it has.

What counts as the same: subject, predicate, object, role, status, and whether it has ended. What may happen again between the
same two (a visit) is the same only with the same date, at a named edition, or in the same words. A fact of one article whose
ends stand for themselves stays the node that it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.base.late import late
from kg.base.schema import MEMBERSHIP, ordered, schema
from kg.corpus.groups import Groups
from kg.corpus.layer import EVIDENCE, LABEL, TYPE, Layer, Said, first_value, term, value_of
from kg.corpus.same_words import independent
from kg.graph import literal
from kg.graph.iri import made_iri
from kg.graph.own import KNOWLEDGE
from kg.graph.vocabulary import KG, ONCE, ORG, PREDICATE_LABELS, PROV, RDF, SCHEMA, TIME, XSD, local_name

__all__ = ["Folded", "Stated", "fold", "stated_in"]

SUBJECT, PREDICATE, OBJECT = f"<{RDF}subject>", f"<{RDF}predicate>", f"<{RDF}object>"
STATUS, CONFIDENCE, PATTERN = f"<{KG}status>", f"<{KG}confidence>", f"<{KG}pattern>"
ROLE, TIMED, AMOUNT = f"<{SCHEMA}roleName>", f"<{TIME}hasTime>", f"<{KG}amount>"
_ENDED, _DERIVED, _REPORTED = f"<{KG}ended>", f"<{KG}derived>", f"<{KG}reportedBy>"
_GENERATED, _INFLUENCED = f"<{PROV}wasGeneratedBy>", f"<{PROV}wasInfluencedBy>"
_BY_MODEL: Final = tuple(f"<{KG}{name}>" for name in ("proposedBy", "agreedBy", "trigger"))
_ROLE_NODE: Final = f"<{ORG}role>"
_MEMBER, _MEMBER_OF = f"<{ORG}member>", f"<{ORG}organization>"
_EDTF, _VALUE = f"<{KG}edtf>", f"<{SCHEMA}value>"
_UNIT, _MODIFIER = f"<{SCHEMA}unitText>", f"<{KG}modifier>"
_STATED_BY, _SOURCES = f"<{KG}statedBy>", f"<{KG}sources>"
_INDEPENDENT: Final = f"<{KG}independentSources>"
_FIRST, _LAST = f"<{KG}firstStated>", f"<{KG}lastStated>"
TOLD_BY: Final = f"<{KG}toldBy>"
ASSERTED: Final = f"<{KG}asserted>"
DENIED: Final = f"<{KG}denied>"
_EDITION: Final = late(r"第[\d〇零一二三四五六七八九十百]+[届次]|(?<!\d)(?:19|20)\d\d(?!\d)")
"""What tells one event of a series from the others: an edition or a year in its name."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact as one article states it, its ends the things that they are."""

    node: str
    article: str
    published: str
    subject: str
    predicate: str  # local name
    object: str
    said: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]
    own: bool  # whether its ends stand for themselves
    date: str = ""  # EDTF
    amount: tuple[str, ...] = ()  # value, unit, modifier
    events: tuple[str, ...] = ()  # main events of its article that it tells

    def first(self, predicate: str) -> str:
        """Return the first value of a property, "" where there is none."""
        return first_value(self.said, predicate)

    @property
    def role(self) -> str:
        """The title of a post."""
        role = self.first(ROLE)
        return value_of(role) if role else ""

    @property
    def ended(self) -> bool:
        """Whether it is said to hold no more."""
        return bool(self.first(_ENDED))

    @property
    def key(self) -> tuple[str, str, str, str, str, bool]:
        """What makes two facts the same."""
        return (self.subject, self.predicate, self.object, self.role, self.first(STATUS), self.ended)


@dataclass(frozen=True, slots=True)
class Folded:
    """A fact of the merged view, with the facts of articles that it stands for."""

    node: str
    said: Said
    stated: tuple[Stated, ...]  # in order of articles
    independent: int  # sources

    @property
    def fact(self) -> Stated:
        """One of those that state it; in what makes them the same, all are alike."""
        return self.stated[0]

    @property
    def events(self) -> tuple[str, ...]:
        """The main events of articles that it tells, each once."""
        return tuple(dict.fromkeys(event for each in self.stated for event in each.events))

    @property
    def stands(self) -> bool:
        """Say whether it is asserted and holds still: it stands as a plain triple too."""
        return self.fact.first(STATUS) == ASSERTED and not self.fact.ended


def stated_in(layer: Layer, same: Mapping[str, str]) -> Iterator[Stated]:
    """Yield the facts that an article states; what ties a thing to itself, once its names are one, is none."""
    told = _told_by(layer)
    for node, said in layer.nodes.items():
        subject, value = first_value(said, SUBJECT), first_value(said, OBJECT)
        if not subject or first_value(said, _DERIVED):
            continue
        predicate = local_name(first_value(said, PREDICATE)[1:-1])
        ends = ordered(predicate, same.get(subject, subject), same.get(value, value))
        if ends[0] == ends[1]:
            continue
        moment, amount = first_value(said, TIMED), layer.nodes.get(first_value(said, AMOUNT), ())
        edtf = first_value(layer.nodes.get(moment, ()), _EDTF)
        yield Stated(
            node,
            layer.article,
            layer.published,
            ends[0],
            predicate,
            ends[1],
            tuple((name, same.get(each, each)) for name, each in said),
            layer.sentences(said),
            ends == (subject, value),
            value_of(edtf) if edtf else "",
            tuple(first_value(amount, each) for each in (_VALUE, _UNIT, _MODIFIER)) if amount else (),
            tuple(told.get(node, ())),
        )


def _told_by(layer: Layer) -> dict[str, dict[str, None]]:
    """Return the main events of an article by the facts that tell them."""
    found = dict[str, dict[str, None]]()
    for node, said in layer.nodes.items():
        for name, value in said:
            if name == TOLD_BY:
                found.setdefault(value, {})[node] = None
    return found


def fold(
    stated: Iterable[Stated], called: Mapping[str, str], copies: Groups[str], base: str
) -> Iterator[Folded]:
    """Yield the facts of the merged view, in a fixed order.

    Args:
        stated: the facts of all articles.
        called: what the ends of facts are called.
        copies: which articles are copies of each other.
        base: where the nodes live.
    """
    groups: dict[tuple[str, str, str, str, str, bool], list[Stated]] = defaultdict(list)
    for fact in stated:
        groups[fact.key].append(fact)
    for key in sorted(groups):
        for together in _parted(groups[key], called, copies):
            yield from _folded(together, called, copies, base)


def _parted(facts: list[Stated], called: Mapping[str, str], copies: Groups[str]) -> Iterator[list[Stated]]:
    """Yield facts that may be one: all, but of what happens again those of one day, or in the same words."""
    facts.sort(key=lambda fact: (fact.article, fact.node))
    if len(facts) == 1 or not _may_recur(facts[0], called):
        yield facts
        return
    groups, dated = independent(_sentences(facts), copies), dict[str, str]()
    together: dict[str, list[Stated]] = {}
    for fact in facts:
        if fact.date:
            dated.setdefault(groups.of(fact.article), fact.date)
    for fact in facts:
        words = groups.of(fact.article)
        together.setdefault(fact.date or dated.get(words) or words, []).append(fact)
    yield from (together[key] for key in sorted(together))


def _sentences(facts: Iterable[Stated]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fact in facts:
        found.setdefault(fact.article, []).extend(fact.sentences)
    return found


def _folded(
    facts: list[Stated], called: Mapping[str, str], copies: Groups[str], base: str
) -> Iterator[Folded]:
    """Yield what stands for facts that are one; those of one article are one only where it says so, or names one thing twice."""
    again = _may_recur(facts[0], called)
    if len({fact.article for fact in facts}) > 1:
        date = _agreed(fact.date for fact in facts) if again else ""
        nodes = [fact.node for fact in facts] if again and not date else [""]
        yield _one(facts, (date, min(nodes)), called, copies, base)
        return
    alike: dict[tuple[str, str], list[Stated]] = {}
    for fact in facts:
        if fact.own:
            yield Folded(fact.node, [*fact.said, *_counted([fact], 1)], (fact,), 1)
        else:
            sense = ("", fact.node) if again and not fact.date else (fact.date, fact.first(AMOUNT))
            alike.setdefault(sense, []).append(fact)
    for sense, same in alike.items():
        yield _one(same, sense, called, copies, base)


def _may_recur(fact: Stated, called: Mapping[str, str]) -> bool:
    """Say whether the like may have happened more than once: not at an event that is told from others by its name."""
    return fact.predicate in schema().having("recurs") and not _EDITION.search(called.get(fact.object, ""))


def _one(
    facts: Sequence[Stated], sense: tuple[str, str], called: Mapping[str, str], copies: Groups[str], base: str
) -> Folded:
    fact = facts[0]
    key = (fact.subject, fact.predicate, fact.object, fact.role, fact.first(STATUS), str(fact.ended))
    node = term(made_iri(base, "w", *key, *sense))
    groups = independent(_sentences(facts), copies)
    count = len({groups.of(each.article) for each in facts})
    said = [*_statement(facts, called), *_gathered(facts), *((_STATED_BY, each.node) for each in facts)]
    said += [*_agreeing(facts), *_counted(facts, count)]
    return Folded(node, list(dict.fromkeys(said)), tuple(facts), count)


def _statement(facts: Sequence[Stated], called: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what makes the fact that it is."""
    fact = facts[0]
    role = f"（{fact.role}）" if fact.role else ""
    relation = f"{ONCE[0] * fact.ended}{PREDICATE_LABELS[fact.predicate][0]}"
    one, other = (called.get(end, local_name(end[1:-1])) for end in (fact.subject, fact.object))
    yield LABEL, literal.zh(f"{one} {relation} {other}{role}")
    yield SUBJECT, fact.subject
    yield PREDICATE, fact.first(PREDICATE)
    yield OBJECT, fact.object
    yield STATUS, fact.first(STATUS)
    best = max(Decimal(value_of(each.first(CONFIDENCE) or '"0"')) for each in facts)
    yield CONFIDENCE, literal.decimal(best)
    if schema().predicates[fact.predicate].fact_class == MEMBERSHIP:
        yield _MEMBER, fact.subject
        yield _MEMBER_OF, fact.object


_GATHERED: Final = frozenset(
    (
        TYPE,
        EVIDENCE,
        PATTERN,
        _REPORTED,
        _GENERATED,
        _INFLUENCED,
        ROLE,
        _ROLE_NODE,
        _ENDED,
        f"<{KNOWLEDGE}>",
        *_BY_MODEL,
    )
)
"""Properties of which a fact of the merged view has the values of all that state it."""


def _gathered(facts: Iterable[Stated]) -> Iterator[tuple[str, str]]:
    for fact in facts:
        yield from ((name, value) for name, value in fact.said if name in _GATHERED)


def _agreeing(facts: Sequence[Stated]) -> Iterator[tuple[str, str]]:
    """Yield date and amount where all that give one give the same, as the first article has it."""
    first = sorted(facts, key=lambda fact: (fact.published or "9", fact.article, fact.node))
    if _agreed(fact.date for fact in facts):
        yield TIMED, next(fact.first(TIMED) for fact in first if fact.date)
    if len({fact.amount for fact in facts if fact.amount}) == 1:
        yield AMOUNT, next(fact.first(AMOUNT) for fact in first if fact.amount)


def _agreed(values: Iterable[str]) -> str:
    """Return the one value that is not empty, "" where there are several or none."""
    found = {value for value in values if value}
    return found.pop() if len(found) == 1 else ""


def _counted(facts: Sequence[Stated], count: int) -> Iterator[tuple[str, str]]:
    """Yield how many articles state a fact, how many of them by themselves, and when first and last."""
    yield _SOURCES, literal.integer(len({fact.article for fact in facts}))
    yield _INDEPENDENT, literal.integer(count)
    days = sorted(fact.published for fact in facts if fact.published)
    if days:
        yield _FIRST, literal.typed(days[0], XSD + "date")
        yield _LAST, literal.typed(days[-1], XSD + "date")
