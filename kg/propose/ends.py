"""Which thing a name means that a language model gives: one that the reader found, or a new one by a name of the quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from kg.base.late import late
from kg.base.model import AnnotatedSentence, Entity, EntityId, EntityType, Link, Span
from kg.base.overlay import own_names
from kg.base.schema import schema
from kg.propose.find import Folded, fold_words
from kg.propose.sentences import Sentences
from kg.things.union import kind_of

__all__ = ["End", "Things"]

_LONGEST: Final = 40
_AROUND: Final = "《》〈〉“‘"  # as fold_words has them
_MARKS: Final = late(r"[，,。；;：:！!？?\n\t、]")
_WORD: Final = late(r"[^\W\d_]")
_PROPER: Final = frozenset({"nr", "ns", "nt", "nw", "nz", "PER", "LOC", "ORG"})
_OF_A_PERSON: Final = late(r"[^\W\d_]{2,4}|[^\W\d_]+(?:[·•・ .][^\W\d_]+)+")


@dataclass(frozen=True, slots=True)
class End:
    """An end of a proposal: the thing, and where the quote names it, or has a word that stands for it."""

    entity: EntityId
    type: EntityType
    span: Span


class Things:
    """The things of an article, those that proposals bring in among them.

    Args:
        entities: those that the reader found.
        sentences: those of the article, with where these are named.
    """

    def __init__(self, entities: Sequence[Entity], sentences: Sentences) -> None:
        self._sentences = sentences
        self._by_id = {entity.id: entity for entity in entities}
        self._named: dict[str, list[Entity]] = {}
        for entity in entities:
            for name in entity.names:
                self._named.setdefault(_key(name), []).append(entity)

    def find(self, text: str, quote: Span, name: str, kind: str) -> Iterator[tuple[End, Entity | None]]:
        """Yield what a name may mean in a quote, the likeliest first; with the new thing, where it is one."""
        wanted = _key(name)
        known = self._named.get(wanted, [])
        sentences = [each for _, each in self._sentences.over(quote)]
        inside = [link for each in sentences for link in each.links if quote.holds(link.span)]
        ids = {entity.id for entity in known}
        links = [link for link in inside if _key(link.text) == wanted]
        links += [link for link in inside if link.entity in ids and link not in links]
        links.sort(key=lambda link: (link.type != kind, not link.is_name, link.span.start, link.span.end))
        for link in links:
            yield End(link.entity, link.type, link.span), None
        if links:
            return
        for span in Folded(text, quote).all(name):
            if known and not _crosses(span, inside):
                yield End(known[0].id, known[0].type, span), None
            elif not known and (made := self._made(text, span, kind, sentences)):
                yield End(made.id, made.type, span), made

    def _made(
        self, text: str, span: Span, kind: str, sentences: Sequence[AnnotatedSentence]
    ) -> Entity | None:
        """Return the thing that a name of the text names which the reader did not find; None: it is no name."""
        name = span.of(text)
        if kind not in schema().types or not _may_be_name(name, kind) or name in own_names().none:
            return None
        sentence = next((each for each in sentences if each.tagged.sentence.span.holds(span)), None)
        if sentence is None or _crosses(span, sentence.links) or not _is_of_words(span, sentence):
            return None
        own = cast("EntityType", kind)
        entity = EntityId(f"{own}:{name}")
        if entity in self._by_id:
            return self._by_id[entity]
        return Entity(entity, own, name, (name,), kind_of(name) if own == "Organization" else "")

    def add(self, entity: Entity) -> None:
        """Take a new thing in: other proposals may name it too."""
        if entity.id not in self._by_id:
            self._by_id[entity.id] = entity
            self._named.setdefault(_key(entity.name), []).append(entity)


def _key(name: str) -> str:
    """Return by what a name is known: quotation marks around it are none of it."""
    folded = fold_words(name)
    return folded.strip(_AROUND) or folded


def _may_be_name(name: str, kind: str) -> bool:
    if not 1 < len(name) <= _LONGEST or _MARKS.search(name) or not _WORD.search(name):
        return False
    return kind != "Person" or _OF_A_PERSON.fullmatch(name) is not None


def _crosses(span: Span, links: Sequence[Link]) -> bool:
    """Say whether a name cuts one that was read, or lies inside it."""
    return any(span.overlaps(link.span) and not span.holds(link.span) for link in links)


def _is_of_words(span: Span, sentence: AnnotatedSentence) -> bool:
    """Say whether a name begins and ends with a word, and is not one everyday word alone."""
    inside = [token for token in sentence.tagged.tokens if span.start < token.end and token.start < span.end]
    if not inside or inside[0].start != span.start or inside[-1].end != span.end:
        return False
    return len(inside) > 1 or inside[0].tag in _PROPER
