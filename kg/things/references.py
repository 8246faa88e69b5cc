"""What 该公司, 他, 会议 point back to: one thing named before, or no answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import Entity, EntityType, Link, Span, TaggedSentence, Token
from kg.names.lexicon import references
from kg.things.works import WORKS
from kg.words.tags import NOUN, VERBAL_NOUN

_OWN: Final = late(r"[（(](?:以下)?(?:简称|下称|统称)[为:：]?[“\"‘]?(?:本?公司|本?集团|发行人)[”\"’]?")
_THIS: Final = "该"
_THIS_COMPANY: Final = frozenset({_THIS, "这家"})
_LONGEST_NOUN: Final = 3  # characters of a common noun after 该
_COMMON: Final = frozenset({NOUN, VERBAL_NOUN})
_OWN_STATE: Final = "我国"
_STATE: Final = frozenset({_OWN_STATE, "中国", "中华人民共和国"})
_REGIONS: Final = frozenset("省市州县区镇乡村")
_BODIES: Final = frozenset({"Organization", "Place"})


def find_references(
    tagged: Sequence[TaggedSentence], links: Sequence[Sequence[Link]], entities: Sequence[Entity]
) -> Iterator[list[Link]]:
    """Yield the links of the words of each sentence that point back; ``links`` are those of the names."""
    reader = _Reader(entities, _own_company(tagged, links, entities))
    for sentence, row in zip(tagged, links, strict=True):
        yield reader.read(sentence, row)


def _own_company(
    tagged: Sequence[TaggedSentence], links: Sequence[Sequence[Link]], entities: Sequence[Entity]
) -> Entity | None:
    """Return the thing that the article says it calls 公司 from here on: X股份有限公司（以下简称“公司”）."""
    for sentence, row in zip(tagged, links, strict=True):
        match = _OWN.search(sentence.sentence.text)
        if match is not None:
            end = sentence.sentence.span.start + match.start()
            own = next((link.entity for link in row if link.span.end == end), None)
            return next((entity for entity in entities if entity.id == own), None)
    return None


class _Reader:
    """Reads sentence by sentence, and knows what the one before named."""

    def __init__(self, entities: Sequence[Entity], own: Entity | None) -> None:
        self._entities = {entity.id: entity for entity in entities}
        self._before: list[Entity] = []  # things of the sentence before
        self._companies = [own] if own is not None else _whole_companies(entities)
        self._events = [e for e in entities if e.type == "Activity"]
        self._works = [e for e in entities if e.type in WORKS]
        self._own_state = [e for e in entities if e.type == "Place" and not _STATE.isdisjoint(e.names)]
        self._by_end: dict[tuple[str, ...], list[Entity]] = {}
        self._by_noun: dict[str, list[Entity]] = {}

    def read(self, sentence: TaggedSentence, row: Sequence[Link]) -> list[Link]:
        """Return the links of the references in one sentence; ``row`` are the links of its names."""
        seen = sorted(row, key=lambda link: link.span.start)
        found: list[Link] = []
        previous = ""
        ahead = iter(seen)
        coming = next(ahead, None)
        covered = 0  # up to here, by the names that begin before
        for token in sentence.tokens:
            while coming is not None and coming.span.start <= token.start:
                covered = max(covered, coming.span.end)
                coming = next(ahead, None)
            if token.start >= covered:
                link = self._link(token, previous, seen, found)
                if link is not None:
                    found.append(link)
            previous = token.text
        if seen:
            self._before = [self._entities[link.entity] for link in seen]
        return found

    def _link(self, token: Token, previous: str, seen: Sequence[Link], found: Sequence[Link]) -> Link | None:
        """Return the link of a word that points back to one thing: with its pointer before it (该|公司)."""
        lists = references()
        rule = _rule_of(token.text, token.tag, previous)
        if rule is None or (
            rule == "company" and any(link.text in lists.own_company for link in found)
        ):  # 本公司 ... 该公司: another one
            return None
        here = [self._entities[link.entity] for link in seen if link.span.end <= token.start]
        entity = self._sole(rule, here)
        if entity is None:
            return None
        pointer = previous if previous in lists.pointers or previous + token.text == _OWN_STATE else ""
        span = Span(token.start - len(pointer), token.end)
        return Link(span, pointer + token.text, entity.id, entity.type, "reference", is_name=False)

    def _sole(self, rule: str, here: Sequence[Entity]) -> Entity | None:
        """Return the one thing that is meant, None where there is none or more than one."""
        if rule == "person":
            return _nearest(here, self._before, "Person", lambda _: True)
        if rule == "company":
            return _nearest(here, self._before, "Organization", lambda e: e.kind in {"Company", ""})
        if rule == "own-company":
            return _only(self._companies)
        near = [*self._before, *here]
        events = references().events
        if rule == _OWN_STATE:
            return _only(self._own_state)
        if rule in events:
            meant = self._ending(events[rule])
            return _only([e for e in near if e in meant]) or _only(meant)
        named = [e for e in near if _may_be(e, rule) and _is_a(e, rule)]
        return _only(named) or _only(self._called(rule))

    def _ending(self, noun: tuple[str, ...]) -> list[Entity]:
        """Return the events whose name ends in one of the nouns; meetings that act as bodies only where there is no other."""
        if noun not in self._by_end:
            named = [e for e in self._events if e.name.strip("“”《》").endswith(noun)]
            held = [e for e in named if not e.name.endswith(references().acting)]
            self._by_end[noun] = held or named
        return self._by_end[noun]

    def _called(self, noun: str) -> list[Entity]:
        """Return the works that are such a thing; none is a 村 or a 县, whatever it is called."""
        if len(noun) == 1:
            return []
        if noun not in self._by_noun:
            self._by_noun[noun] = [e for e in self._works if _is_a(e, noun)]
        return self._by_noun[noun]


def _whole_companies(entities: Sequence[Entity]) -> list[Entity]:
    """Return the companies, without those whose name begins with that of another one."""
    companies = [e for e in entities if e.type == "Organization" and e.kind == "Company"]
    times = Counter(e.name for e in companies)

    def begins_with_other(name: str) -> bool:
        return times[name] > 1 or any(name[:size] in times for size in range(len(name)))

    return [e for e in companies if not begins_with_other(e.name)]


def _may_be(entity: Entity, noun: str) -> bool:
    """Say whether a thing is of the type that a noun asks for: 该县 is a place, 该局 a body, no award with that end."""
    if noun in _REGIONS:
        return entity.type == "Place"
    return entity.type in _BODIES if len(noun) == 1 else entity.type != "Person"


def _is_a(entity: Entity, noun: str) -> bool:
    """Say whether one of the names of the thing ends in the common noun (《X行动方案》 is a 方案)."""
    return any(name.rstrip("》”）)").endswith(noun) for name in entity.names)


def _nearest(
    here: Sequence[Entity], before: Sequence[Entity], among: EntityType, meant: Callable[[Entity], bool]
) -> Entity | None:
    """Return the one thing meant in this sentence, or, where it names none of the type, in the one before."""
    own = [e for e in here if e.type == among] or [e for e in before if e.type == among]
    return _only([e for e in own if meant(e)])


def _rule_of(text: str, tag: str, previous: str) -> str | None:
    """Return how the word points back (person, company, own-company, a word for an event, an ending), None if not."""
    lists = references()
    if text in lists.person:
        return "person"
    if previous + text == _OWN_STATE or text == _OWN_STATE:
        return _OWN_STATE
    if text in lists.company_words or (text in lists.company and previous in _THIS_COMPANY):
        return "company"
    if text in lists.own_company and previous not in lists.no_own_before and tag == NOUN:
        return "own-company"
    if text in lists.events and (previous in lists.pointers or previous in lists.meeting_after):
        return text
    if text in lists.one_word:
        return text[1:]
    return text if previous == _THIS and len(text) <= _LONGEST_NOUN and tag in _COMMON else None


def _only(found: Sequence[Entity]) -> Entity | None:
    ids = {entity.id for entity in found}
    return found[0] if len(ids) == 1 else None
