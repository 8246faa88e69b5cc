"""``Reading`` -> ``ArticleFeatures``: what one article tells about who its entities are, from its reading alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from kg.base.model import Entity, EntityId, Link, Reading, Span
from kg.base.schema import MEMBERSHIP, schema
from kg.corpus.lists import identity_lists
from kg.corpus.model import ArticleFeatures, Feature, Post
from kg.corpus.plain import is_plain
from kg.corpus.scope import state_in
from kg.corpus.sketch import sketch_of
from kg.names.forms import without_form
from kg.names.heads import head_class, place_prefix
from kg.names.lexicon import names, regions, titles
from kg.names.place import is_state
from kg.things.sense import surface
from kg.things.union import MARKS

__all__ = ["bare", "features_of"]

_WITH_STATE: Final = frozenset({"Place", "Organization"})
_DAY: Final = "日"
_DAYS: Final = "昨今明近当次翌前后往即每整连终假节某同首末"  # make a day of it (昨日|商务部)
_LONG_END: Final = 4
_STRONG: Final = "strong"
_ATTACHED: Final = "附属"
_DECLARED: Final = "declared"
_LONGEST_STATE: Final = 8
_LONGEST_TITLE: Final = 8
_LONGEST_VERB: Final = 2
_LONGEST_POST: Final = 16  # characters of a post with its body
_GAP: Final = re.compile(r"[“”\"《》（）()\s]*")
_JOINERS: Final = "、和与及"
_AND: Final = "、"
_BREAKS: Final = "，。；：！？、\n"
_PARTY: Final = "共中央"


def features_of(reading: Reading) -> ArticleFeatures:
    """Return what the article tells about who its entities are. Pure; of this reading alone."""
    article = reading.article
    by_entity: dict[EntityId, list[Link]] = defaultdict(list)
    for link in reading.links:
        if link.is_name:
            by_entity[link.entity].append(link)
    told = _Told(reading, by_entity)
    return ArticleFeatures(
        article.sha256,
        article.name,
        article.published,
        article.publisher,
        tuple(
            _feature(entity, by_entity.get(entity.id, []), told)
            for entity in sorted(reading.entities, key=lambda entity: entity.id)
        ),
        sketch_of(article),
    )


def bare(name: str) -> str:
    """Return a name without marks, brackets, blanks and the case of Latin letters."""
    return surface(name).translate(MARKS).lower()


class _Told:
    """What the facts of a reading and the words around its names say of each entity."""

    def __init__(self, reading: Reading, links: Mapping[EntityId, list[Link]]) -> None:
        self.text = reading.article.text
        self._names = {entity.id: entity.name for entity in reading.entities}
        self._states = sorted(
            {
                regions().same.get(name, name)
                for entity in reading.entities
                for name in ((entity.name,) if is_state(entity.name) else entity.names)
                if is_state(name)
            }
        )
        self.facts = Counter(figure.subject for figure in reading.figures if figure.subject is not None)
        self.posts: dict[EntityId, set[Post]] = defaultdict(set)
        self.within: dict[EntityId, set[str]] = defaultdict(set)
        predicates = schema().predicates
        for fact in reading.facts:
            if (
                fact.derived or fact.status == "proposed"
            ):  # who is meant rests on nothing that only a model says
                continue
            self.facts.update((fact.subject, fact.object))
            term = predicates[fact.predicate]
            if term.fact_class == MEMBERSHIP:
                self.posts[fact.subject].add(Post(fact.role, fact.object))
            elif "location" in term.traits or "lasting" in term.traits:
                self.within[fact.subject].add(self._names.get(fact.object, ""))
            elif "adopted" in term.traits:
                self.within[fact.object].add(self._names.get(fact.subject, ""))
        self._ends = {link.span.end: link for each in links.values() for link in each if link.type == "Place"}
        self._named = sorted(
            (link.span.start, state)
            for each in links.values()
            for link in each
            if link.type in _WITH_STATE and (state := self._state_of(link))
        )
        self._ends_of_bodies = {
            link.span.end for each in links.values() for link in each if link.type == "Organization"
        }
        self._bodies = {
            at: link
            for each in links.values()
            for link in each
            if link.type == "Organization"
            for at in (link.span.start, link.span.end)
        }

    def _state_of(self, link: Link) -> str:
        """Return the state that a name stands for, or begins with: of a side the one that it is here (加方 of 加纳)."""
        return state_in(self._names.get(link.entity, "")) or state_in(link.text)

    def place_before(self, link: Link) -> str:
        """Return the place that stands right before a name (青云县|柳溪镇), "" where none does."""
        outer = self._ends.get(link.span.start)
        return self._names.get(outer.entity, "") if outer is not None else ""

    def state_before(self, span: Span) -> str:
        """Return the state that the words right before a name stand for (俄|外交部, 埃及|外交部), "" where they name none."""
        front = self.text[max(span.start - _LONGEST_STATE, 0) : span.start]
        for size in range(len(front), 1, -1):
            if is_state(front[-size:]):
                return regions().same.get(front[-size:], front[-size:])
        letter = front[-1:]
        if letter == _AND:
            return self._state_enumerated(span.start - 1)
        known = identity_lists().states_by_character.get(letter, "")
        if not known or (letter == _DAY and (front[-2:-1].isdigit() or front[-2:-1] in _DAYS)):
            return ""
        begun = [state for state in self._states if state.startswith(letter)]
        if not begun and self.text[span.start - 2 : span.start - 1].isalnum():
            return ""  # 参加|外交部的会议
        return known if known in begun or not begun else begun[0] if len(begun) == 1 else ""

    def _state_enumerated(self, end: int) -> str:
        """Return the state of the body or post that stands before in an enumeration (俄罗斯外交部、|国防部), "" for none."""
        start = max(*(self.text.rfind(mark, 0, end) for mark in _BREAKS), end - _LONGEST_POST - 1) + 1
        segment = self.text[start:end]
        if not (end in self._ends_of_bodies or _ends_with_title(segment)):
            return ""
        party = segment.rfind(_PARTY)
        if party > 0 and (state := identity_lists().states_by_character.get(segment[party - 1], "")):
            return state
        at = bisect_left(self._named, (end, "")) - 1
        return self._named[at][1] if at >= 0 and self._named[at][0] >= start else ""

    def state_near(self, span: Span) -> str:
        """Return the state that the paragraph names last before a name, "" for none."""
        at = bisect_left(self._named, (span.start, ""))
        start = self.text.rfind("\n", 0, span.start) + 1
        if not at or self._named[at - 1][0] < start:
            return ""
        return self._named[at - 1][1]

    def neighbours(self, span: Span) -> Iterable[str]:
        """Yield the bodies enumerated beside a name (公安部、司法部)."""
        for mark, at in (
            (self.text[span.start - 1 : span.start], span.start - 1),
            (self.text[span.end : span.end + 1], span.end + 1),
        ):
            if mark and mark in _JOINERS and (link := self._bodies.get(at)) is not None:
                yield link.text


def _feature(entity: Entity, links: list[Link], told: _Told) -> Feature:
    first: dict[str, Span] = {}
    for link in links:
        first.setdefault(link.text, link.span)
    somewhere = links[0].span if links else Span(0, 0)
    within = told.within[entity.id] | {told.place_before(link) for link in links}
    of_states = entity.type == "Organization" and _is_of_some_state(entity)
    states = {told.state_before(link.span) for link in links} if of_states else set()
    near = {told.state_near(link.span) for link in links} if of_states else set()
    beside = (
        {name for link in links for name in told.neighbours(link.span)}
        if entity.type == "Organization"
        else set()
    )
    return Feature(
        entity.id,
        entity.type,
        entity.name,
        entity.names,
        tuple(first.get(name, somewhere) for name in entity.names),
        entity.kind,
        entity.place_code,
        _crossing(entity),
        tuple(sorted(within - {"", entity.name})),
        tuple(sorted(states - {""})),
        tuple(sorted(near - {""})),
        tuple(sorted(beside)),
        tuple(sorted(told.posts.get(entity.id, ()))),
        len(links),
        told.facts[entity.id],
        sum(_is_sign(told.text, link.span) for link in links) if entity.type == "Person" else 0,
        round(entity.confidence, 3),
    )


def _crossing(entity: Entity) -> tuple[str, ...]:
    """Return the names that may stand for the entity in other articles too: the fullest, and forms that are it beyond doubt.

    A form that only this article uses for it (《规划》, 该行 by its bank's name) is none: it would join whatever bears it
    elsewhere. What a text declares is a name for a body; for a document or an event it is a word for the while.
    """
    if entity.type == "Place":
        return entity.names
    declared = {
        merge.name
        for merge in entity.merges
        if merge.rule == _DECLARED and not entity.name.endswith(identity_lists().parts_of_bodies)
    }
    return tuple(
        name
        for name in entity.names
        if name == entity.name
        or (name in declared and entity.type == "Organization")
        or _is_same_form(name, entity.name, entity.type)
        or (entity.type == "Organization" and _is_own_end(name, entity.name))
    )


def _is_of_some_state(entity: Entity) -> bool:
    lists = identity_lists()
    return any(name in lists.of_every_state or name in lists.of_china_first for name in entity.names)


def _is_own_end(name: str, full: str) -> bool:
    """Say whether a name is the end of a full one and says enough by itself: 青岚医院 behind its university, not 神经外科 behind both."""
    front = full.removesuffix(name)
    return (
        front != full
        and (head_class(front) == _STRONG or front.endswith(_ATTACHED))
        and not name.endswith(identity_lists().parts_of_bodies)
        and not place_prefix(name)
        and any(
            head_class(name[:size]) == _STRONG and not is_plain(name[:size], "bodies")
            for size in range(_LONG_END, len(name) + 1)
        )
    )


def _is_same_form(name: str, full: str, kind: str) -> bool:
    """Say whether two names are one beyond doubt: equal but for marks or legal form, or forms of one well-known body or person."""
    if bare(name) == bare(full):
        return True
    if kind == "Organization":
        known = identity_lists().bodies
        return without_form(bare(name)) == without_form(bare(full)) or (
            name in known and known[name] == known.get(full)
        )
    people = identity_lists().people
    return kind == "Person" and name in people and people[name] == people.get(full, full)


def _ends_with_title(words: str) -> bool:
    return any(titles().class_of(words[-size:]) for size in range(2, 5))


def _is_sign(text: str, span: Span) -> bool:
    """Say whether the words around a name only stand beside a person: a verb of saying behind, a title on either side."""
    after = text[span.end : span.end + _LONGEST_TITLE]
    if after[:_LONGEST_VERB] in names().saying or after[:1] in names().saying:
        return True
    before = text[max(span.start - _LONGEST_TITLE, 0) : span.start]
    if titles().class_of(before):
        return True
    return any(
        titles().class_of(after[:size]) == "courtesy" or after[:size] in titles().classes
        for size in range(2, 5)
    )
