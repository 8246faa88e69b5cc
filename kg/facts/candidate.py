"""``AnnotatedSentence*`` -> ``Candidate*``: typed pairs that may be facts, with the patterns that fired on them.

Nothing is rejected here but what the types of a predicate do not allow: a weak pattern makes a candidate too, and the
judge says no. So it can be said later which step lost a fact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.base.late import late
from kg.base.model import (
    AnnotatedSentence,
    Article,
    Candidate,
    Entity,
    EntityId,
    Evidence,
    Figure,
    Firing,
    Link,
    Predicate,
    Span,
)
from kg.base.nesting import outermost
from kg.base.overlay import following
from kg.base.schema import following_trait, ordered, schema
from kg.facts.assertion import Assertions, Claim, Standing, weakest
from kg.facts.assertion import Tenure as TenureOfClaim
from kg.facts.career import end_steps
from kg.facts.cue import cues_of
from kg.facts.dating import Dates, is_dated
from kg.facts.facility import is_of_facility
from kg.facts.fit import may_hold
from kg.facts.frame import read_frames
from kg.facts.hit import Hit, Slot
from kg.facts.issued import read_issued
from kg.facts.naming import names_of, read_names
from kg.facts.over_comma import is_of_other_deal, pays_for
from kg.facts.passage import LETTERS, Passage, passages
from kg.facts.pattern import DOMAIN, Patterns, load_patterns
from kg.facts.post import post_anchors, read_posts
from kg.facts.quote import BORDERS, clause_around
from kg.facts.roll import read_rolls
from kg.facts.rolled import go_on, goes_on, open_roll
from kg.facts.scene import events_in, read_scenes
from kg.facts.shape import read_shapes
from kg.facts.tabular import cells_of, read_layout
from kg.facts.tenure import is_over
from kg.facts.term import read_terms, resumed_bodies, terms_of
from kg.facts.topic import Topics, clause_topic
from kg.facts.unnamed import is_of_class
from kg.names.person_line import begins_with_person

_LOCATION = following_trait("location")
_BORDER = late(f"[{BORDERS}]")
_MONEY = late(r"[元币镑]$|欧元|美元|英镑")
_TYPES = following(
    lambda: {
        predicate: (frozenset(LETTERS[c] for c in subject), frozenset(LETTERS[c] for c in obj))
        for predicate, (subject, obj) in DOMAIN.items()
    }
)


def find_candidates(
    article: Article,
    entities: Sequence[Entity],
    annotated: Sequence[AnnotatedSentence],
    patterns: Patterns | None = None,
) -> tuple[Candidate, ...]:
    """Return the candidates of the article in reading order."""
    reader = _Reader(article, entities, annotated, patterns or load_patterns())
    return end_steps(article, annotated, tuple(reader.candidates()))


class _Reader:
    """Reads one article from start to end; keeps what it is about."""

    def __init__(
        self,
        article: Article,
        entities: Sequence[Entity],
        annotated: Sequence[AnnotatedSentence],
        patterns: Patterns,
    ) -> None:
        self.article, self.entities, self.annotated, self.patterns = article, entities, annotated, patterns
        self.by_name = {name: entity.id for entity in entities for name in entity.names}
        self.main = self._main()
        self.last_body: EntityId | None = None
        self.dates: dict[int, Dates] = {}
        self.roll: list[Hit] = []  # what is said of the first of a roll that goes on in the next sentence
        links = [link for sentence in annotated for link in sentence.links]
        outer = (link for sentence in annotated for link in outermost(sentence.links)[0])
        self.names = names_of(links, outer)
        self.assertions = Assertions(annotated, entities, article.publisher)
        self.number = {each.tagged.sentence.index: number for number, each in enumerate(annotated)}

    def _main(self) -> EntityId | None:
        """Return the organisation the article is about: the one it names most, the title counting more."""
        counts: Counter[EntityId] = Counter()
        for number, sentence in enumerate(self.annotated):
            for link in sentence.links:
                if link.type == "Organization":
                    counts[link.entity] += 3 if number == 0 else 1
        best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return best[0][0] if best else None

    def _person(self) -> Link | None:
        """Return the person the article is about: one named in its first line, or much more often than any other."""
        counts: Counter[EntityId] = Counter()
        first: dict[EntityId, Link] = {}
        for sentence in self.annotated:
            for link in sentence.links:
                if link.type == "Person":
                    counts[link.entity] += 1
                    first.setdefault(link.entity, link)
        best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if not best:
            return None
        titled = any(link.entity == best[0][0] for sentence in self.annotated[:1] for link in sentence.links)
        if len(best) > 1 and best[0][1] < (1.3 if titled else 2) * best[1][1]:
            return None
        return first[best[0][0]]

    def _is_story(self) -> bool:
        """Say whether the article is the story of one person: named more often than any body, and in its first line."""
        counts = Counter(
            link.entity for sentence in self.annotated for link in sentence.links if link.is_name
        )
        person = self._person()
        if person is None or not self.annotated:
            return False
        titled = any(link.entity == person.entity for link in self.annotated[0].links)
        return titled and (self.main is None or counts[person.entity] >= counts[self.main])

    def candidates(self) -> Iterator[Candidate]:
        """Yield the candidates, those of one sentence joined."""
        topics = Topics(main=self.main, person=self._person(), story=self._is_story())
        paragraph, last = -1, None
        cells = cells_of(self.article)
        for sentence in self.annotated:
            if sentence.tagged.sentence.span in cells:  # no sentence goes on in the next cell
                continue
            if sentence.tagged.sentence.paragraph != paragraph:
                paragraph = sentence.tagged.sentence.paragraph
                topics.before = topics.before[-1:]
                topics.closed = False
            if begins_with_person(sentence.tagged, last):
                topics.before, topics.term, self.last_body = [], [], None
                topics.closed = not any(link.type == "Person" for link in sentence.links)
            last = None if any(link.type == "Person" for link in sentence.links) else sentence.tagged
            if not sentence.links:
                continue
            yield from self._join(self._hits(sentence, topics))
            bodies = [link.entity for link in sentence.links if link.type == "Organization"]
            self.last_body = bodies[0] if bodies else self.last_body
        yield from read_layout(self.article, self.annotated, self.patterns)
        yield from read_issued(self.article, self.annotated, self.patterns)

    def _hits(self, sentence: AnnotatedSentence, topics: Topics) -> list[Hit]:
        main = passages(sentence)
        topics.events.extend(events_in(main))
        found: list[Hit] = []
        own: list[Link] = []
        for passage in _all(main):
            if not passage.links and passage.owner is None:
                continue
            terms = terms_of(passage, self.patterns)
            anchors = post_anchors(passage, terms, resumed_bodies(passage, topics))
            cues = cues_of(passage, self.patterns)
            found.extend(read_posts(passage, self.patterns))
            found.extend(read_terms(passage, terms, topics, anchors, self.patterns))
            found.extend(read_names(passage, self.names, self.patterns))
            found.extend(read_shapes(passage, self.patterns))
            found.extend(read_scenes(passage, topics, anchors, self.patterns))
            found.extend(read_rolls(passage, topics, anchors, self.patterns))
            found.extend(read_frames(passage, cues, topics, anchors))
            found.extend(_of_halls(passage, found))
            if passage is main:
                own = next(filter(None, (clause_topic(main, clause, anchors) for clause in main.clauses)), [])
        found = [hit for hit in found if not is_of_facility(hit) and not is_of_class(hit)]
        found.extend(go_on(main, self.roll))
        self.roll = self.roll if self.roll and goes_on(main) else open_roll(main, found)
        if own:
            topics.before = [*topics.before[-2:], own]
        return found

    def _join(self, hits: Iterable[Hit]) -> Iterator[Candidate]:
        joined: dict[
            tuple[EntityId, Predicate, EntityId, str, bool], list[tuple[Hit, Link | None, Link | None]]
        ] = {}
        for hit in hits:
            subject, s_link = self._end(hit.subject)
            obj, o_link = self._end(hit.object)
            if subject is None or obj is None or subject == obj:
                continue
            predicate = hit.pattern.predicate
            if hit.role and isinstance(hit.object, Slot) and not may_hold(hit.role, obj.split(":", 1)[1]):
                continue
            domain = _TYPES[predicate]
            if _type(subject) not in domain[0] or _type(obj) not in domain[1]:
                continue
            if ordered(predicate, subject, obj) != (subject, obj):
                subject, obj, s_link, o_link = obj, subject, o_link, s_link
            planned = hit.tenure is not None and hit.tenure.state == "planned"
            joined.setdefault((subject, predicate, obj, hit.role, planned), []).append((hit, s_link, o_link))
        for key, found in joined.items():
            candidate = self._candidate(key[:4], found)
            if candidate is not None:
                yield candidate

    def _end(self, end: Link | Slot) -> tuple[EntityId | None, Link | None]:
        if isinstance(end, Link):
            return end.entity, end
        if end.by == "named":
            return next((self.by_name[name] for name in end.names if name in self.by_name), None), None
        if end.by == "part":
            ends = {
                entity
                for name, entity in self.by_name.items()
                if name != end.names[0] and name.endswith(end.names)
            }
            return (ends.pop() if len(ends) == 1 else None), None
        if end.by == "own":
            return self.last_body or self.main, None
        return self.main, None

    def _candidate(
        self,
        key: tuple[EntityId, Predicate, EntityId, str],
        found: list[tuple[Hit, Link | None, Link | None]],
    ) -> Candidate | None:
        """Return the candidate; None: the text does not say it."""
        subject, predicate, obj, role = key
        hit, s_link, o_link = found[0]
        standing = self._standing(key, found)
        if standing.status is None:
            return None
        fired = (
            Firing(hit.pattern.id, hit.trigger, s.span if s else None, o.span if o else None, str(hit.way))
            for hit, s, o in found
        )
        firings = tuple(dict.fromkeys(fired))
        sentence = hit.passage.sentence
        evidence = self._evidence(hit, s_link, o_link)
        term = schema().predicates[predicate]
        date, amount = None, None
        if hit.tenure is not None:
            date = next((each.when for each, _, _ in found if each.when is not None), None)
        elif sentence.moments and is_dated(term, _type(subject)):
            date = self._dates(sentence).of(hit.trigger, event=_type(obj) == "Activity")
        if term.takes_amount and sentence.figures:
            amount = _money(sentence.figures, evidence, hit.trigger, self.article.text)
        return Candidate(
            subject,
            predicate,
            obj,
            evidence,
            firings,
            role,
            date,
            amount,
            standing.status,
            sentence.tagged.sentence.index,
            self._is_ended([each for each, _, _ in found]),
            standing.source,
        )

    def _dates(self, sentence: AnnotatedSentence) -> Dates:
        """Return the dates of a sentence, worked out once."""
        index = sentence.tagged.sentence.index
        if index not in self.dates:
            self.dates[index] = Dates(sentence)
        return self.dates[index]

    def _is_ended(self, hits: Sequence[Hit]) -> bool:
        """Say whether a post is held no more: the words say so, or the period they give is over."""
        published = self.article.published.isoformat() if self.article.published else ""
        return any(
            hit.tenure is not None and (hit.tenure.state == "former" or is_over(hit.when, published))
            for hit in hits
        )

    def _standing(
        self,
        key: tuple[EntityId, Predicate, EntityId, str],
        found: Sequence[tuple[Hit, Link | None, Link | None]],
    ) -> Standing:
        """Return how the text stands to what the hits of one fact say: the least that any of them leaves of it."""
        subject, predicate, obj, role = key
        lasting = not schema().predicates[predicate].takes_status
        claims = (
            Claim(
                self.number[hit.passage.sentence.tagged.sentence.index],
                hit.trigger,
                _start(hit, s_link, o_link),
                (subject, obj),
                hit.pattern.kind == "engine" and not hit.pattern.takes_status,
                lasting,
                role,
                _tenure(hit),
            )
            for hit, s_link, o_link in found
        )
        return weakest([self.assertions.of(claim) for claim in claims])

    def _evidence(self, hit: Hit, s_link: Link | None, o_link: Link | None) -> Evidence:
        """Return the clauses from the first to the last of trigger, subject and object."""
        bounds = hit.passage.sentence.tagged.sentence.span
        spans = [hit.trigger, *(link.span for link in (s_link, o_link) if link is not None)]
        inside = [span for span in spans if bounds.holds(span)]
        whole = Span(min(span.start for span in inside), max(span.end for span in inside))
        return clause_around(self.article.text, whole, bounds)


def _all(passage: Passage) -> Iterator[Passage]:
    yield passage
    for aside in passage.asides:
        yield from _all(aside)


def _of_halls(passage: Passage, hits: Sequence[Hit]) -> list[Hit]:
    """Return where events in a hall take place, where the hall is named by its place: 在甲市会堂举行乙大会."""
    seats = {
        link: inner
        for position, link in passage.links.items()
        for inner in passage.nested[position]
        if inner.type == "Place" and inner.span.start == link.span.start and inner.entity != link.entity
    }
    return [
        replace(hit, object=seats[hit.object])
        for hit in hits
        if hit.pattern.predicate in _LOCATION
        and isinstance(hit.object, Link)
        and isinstance(hit.subject, Link)
        and hit.subject.type == "Activity"
        and hit.object in seats
        and hit.passage is passage
    ]


def _tenure(hit: Hit) -> TenureOfClaim:
    """Return whether a post is not held yet, is given up, or was held."""
    if hit.tenure is None:
        return ""
    if hit.tenure.state == "planned":
        return "proposed"
    return "left" if hit.tenure.edge == "ends" else "former" if hit.tenure.state == "former" else ""


def _start(hit: Hit, *links: Link | None) -> int:
    """Return where the first of the words of a hit stands, in its sentence."""
    bounds = hit.passage.sentence.tagged.sentence.span
    inside = [link.span.start for link in links if link is not None and bounds.holds(link.span)]
    return min(hit.trigger.start, *inside) if inside else hit.trigger.start


def _type(entity: EntityId) -> str:
    return entity.split(":", 1)[0]


def _money(figures: Sequence[Figure], evidence: Evidence, trigger: Span, text: str) -> Figure | None:
    """Return the sum of money nearest to the trigger, in the clause of the trigger: another clause's is another deed's."""
    inside = [
        figure
        for figure in figures
        if evidence.span.holds(figure.span)
        and _MONEY.search(figure.unit)
        and _is_near(figure.span, trigger, text)
        and not is_of_other_deal(text, figure.span, trigger)
    ]
    return (
        min(inside, key=lambda figure: (_distance(figure.span, trigger), figure.span.start))
        if inside
        else None
    )


def _is_near(figure: Span, trigger: Span, text: str) -> bool:
    """Say whether a sum stands in the clause of the trigger, or is paid for it in the one before."""
    between = min(figure.end, trigger.end), max(figure.start, trigger.start)
    return not _BORDER.search(text, *between) or pays_for(text, figure, trigger)


def _distance(a: Span, b: Span) -> int:
    return max(b.start - a.end, a.start - b.end, 0)
