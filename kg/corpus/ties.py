"""Who is one with whom, as the triples of the graph ``id:identity``, and taken out of them again.

The merged view is made from these triples, never from what they were made of: so a store alone says how it came about, and
whoever takes them away has the articles as they were.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.base.errors import GraphError
from kg.base.model import Entity, EntityId, Reading, Span
from kg.corpus.groups import Groups
from kg.corpus.layer import EVIDENCE, LABEL, TYPE, term
from kg.corpus.model import Copy, Identity, IdentityLink, Member, Thing
from kg.graph import literal
from kg.graph.evidence import evidence_lines
from kg.graph.iri import entity_iri, identity_iri, made_iri
from kg.graph.seal import DIGEST, seal_all
from kg.graph.vocabulary import KG, PROV

__all__ = ["Ends", "EndsTold", "Ties", "TiesWriter", "ends_told", "evidence_in"]

SAME: Final = f"<{KG}sameThingAs>"
KEY: Final = f"<{KG}thingKey>"
GRAPH: Final = f"<{KG}IdentityGraph>"
LINK, REFUSED = f"<{KG}IdentityLink>", f"<{KG}RefusedLink>"
COPY, PASSAGES = f"<{KG}Copy>", f"<{KG}SharedPassages>"
LINKS, BETWEEN, SHARE = f"<{KG}links>", f"<{KG}between>", f"<{KG}share>"
RULE, LEVEL, CONFIDENCE = f"<{KG}pattern>", f"<{KG}level>", f"<{KG}confidence>"
BECAUSE, WHY_NOT = f"<{KG}because>", f"<{KG}refusedBecause>"
INFLUENCED: Final = f"<{PROV}wasInfluencedBy>"
_EVIDENCE: Final = frozenset("djpvxy")
_THING: Final = "k"
_IS: Final = " = "
_IS_NOT: Final = " ≠ "


@dataclass(frozen=True)
class Ties:
    """Who is one with whom, as the identity graph says it."""

    same: Mapping[str, str]  # what stands for an entity
    called: Mapping[str, str]  # the name of what stands for several, as a literal
    copies: Groups[str]
    evidence: Collection[
        str
    ]  # nodes that links rest on, decisions too; some may be in the graph of an article too

    @classmethod
    def of(cls, lines: Iterable[str]) -> Ties:
        """Return what the triples of an identity graph say. Gone through once, and hardly any line is kept."""
        same, labels, keyed = dict[str, str](), dict[str, str](), set[str]()
        between, copied, evidence = defaultdict[str, list[str]](list), list[str](), dict[str, None]()
        for line in lines:
            node, name, value = line[:-2].split(" ", 2)
            letter = _letter(node)
            if name == SAME:
                same[node] = value
            elif letter in _EVIDENCE:
                evidence[node] = None
            elif letter == _THING and name == LABEL:
                labels.setdefault(node, value)
            elif name == KEY:
                keyed.add(node)
            elif name == BETWEEN:
                between[node].append(value)
            elif (name, value) == (TYPE, COPY):
                copied.append(node)
        copies = Groups[str]()
        for node in copied:
            copies.join(*between[node])
        called = {node: labels[node] for node in labels if node in keyed}
        return cls(same, called, copies, frozenset(evidence))


def evidence_in(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of an identity graph under what its links rest on: the merged view has them too."""
    return (line for line in lines if _letter(line[: line.index(" ")]) in _EVIDENCE)


def _letter(node: str) -> str:
    return node[max(node.rfind("/"), node.rfind("#")) + 1 :][:1]


@dataclass(frozen=True, slots=True)
class Ends:
    """What the identity graph has to know of one article."""

    entities: frozenset[str]  # that are one with others, or that a link names
    spans: frozenset[Span]  # on which links rest


@dataclass(frozen=True, slots=True)
class EndsTold:
    """What one article tells of these."""

    entities: tuple[tuple[EntityId, str, str, bool], ...]  # id, IRI, name, whether its IRI is that of a code
    evidence: tuple[
        str, ...
    ]  # under the spans that are no evidence of the article itself, as lines of N-Triples


def ends_told(reading: Reading, ends: Ends, base: str) -> EndsTold:
    """Return what an article tells of the entities and words on which the identity graph rests. Pure."""
    article = reading.article
    entities = tuple(
        (entity.id, entity_iri(article, entity, base), entity.name, _is_coded(entity))
        for entity in reading.entities
        if entity.id in ends.entities
    )
    evidence = [
        line for span in sorted(ends.spans - _quoted(reading)) for line in evidence_lines(article, span, base)
    ]
    return EndsTold(entities, tuple(evidence))


class TiesWriter:
    """Writes the identity graph of a corpus; reads each article once."""

    def __init__(self, identity: Identity, base: str) -> None:
        self.identity, self.base = identity, base
        self._links = (*identity.links, *(each.link for each in identity.refused))
        ends = ((member, span) for link in self._links for member, span in _ends(link))
        self._spans: dict[str, set[Span]] = defaultdict(set)
        for member, span in ends:
            self._spans[member.article].add(span)
        several = (member for thing in identity.things if len(thing.members) > 1 for member in thing.members)
        wanted = {*several, *(member for link in self._links for member in (link.a, link.b))}
        self._wanted: dict[str, set[str]] = defaultdict(set)
        for member in wanted:
            self._wanted[member.article].add(member.entity)
        self._iris: dict[Member, str] = {}
        self._names: dict[Member, str] = {}
        self._coded: set[str] = set()
        self._evidence: list[str] = []

    def take(self, reading: Reading) -> None:
        """Look at an article."""
        sha256 = reading.article.sha256
        self.add(sha256, ends_told(reading, self.ends(sha256), self.base))

    def ends(self, sha256: str) -> Ends:
        """Return what has to be known of an article."""
        return Ends(frozenset(self._wanted.get(sha256, ())), frozenset(self._spans.get(sha256, ())))

    def add(self, sha256: str, told: EndsTold) -> None:
        """Take what an article tells, in the order of their checksums."""
        for entity, iri, name, is_coded in told.entities:
            member = Member(sha256, entity)
            self._iris[member], self._names[member] = iri, name
            if is_coded:
                self._coded.add(iri)
        self._evidence += told.evidence

    def lines(self) -> list[str]:
        """Return the triples of the identity graph as lines of N-Triples, each once, once all articles were looked at.

        Raises:
            GraphError: it ties an entity that no article has.
        """
        lines = list(dict.fromkeys(self._said()))
        lines.append(f"{term(identity_iri(self.base))} <{DIGEST}> {literal.string(seal_all(lines))} .")
        return lines

    def _said(self) -> Iterator[str]:
        graph = term(identity_iri(self.base))
        yield f"{graph} {LABEL} {literal.zh('同一性')} ."
        yield f'{graph} {LABEL} "identity"@en .'
        yield f"{graph} {TYPE} {GRAPH} ."
        yield from self._things()
        for link in self.identity.links:
            yield from self._link(link)
        for refused in self.identity.refused:
            yield from self._link(refused.link, refused.why)
        for copy in self.identity.copies:
            yield from self._copy(copy)
        yield from self._decided()
        yield from self._evidence

    def _iri(self, member: Member) -> str:
        if member not in self._iris:
            raise GraphError(
                member.article[:12], f"has no entity {member.entity!r}, which another is one with"
            )
        return self._iris[member]

    def _things(self) -> Iterator[str]:
        """Yield what stands for several entities: a place with its code for itself and those without, else a node of its own."""
        several = [thing for thing in self.identity.things if len(thing.members) > 1]
        iris = [{self._iri(member) for member in thing.members} for thing in several]
        often = Counter(iri for own in iris for iri in own)
        for thing, own in zip(several, iris, strict=True):
            # A code that two things have is the same node in both articles whatever we say: it stands for itself.
            free = sorted(iri for iri in own if often[iri] == 1)
            if len(free) > 1:
                yield from self._thing(thing, free)

    def _thing(self, thing: Thing, iris: list[str]) -> Iterator[str]:
        coded = [iri for iri in iris if iri in self._coded]
        if len(coded) == 1:
            target = term(coded[0])
        else:
            target = term(made_iri(self.base, "k", thing.type, thing.key))
            yield f"{target} {LABEL} {literal.zh(thing.label)} ."
            yield f"{target} {KEY} {literal.string(thing.key)} ."
        yield from (f"<{iri}> {SAME} {target} ." for iri in iris if term(iri) != target)

    def _link(self, link: IdentityLink, why_not: str = "") -> Iterator[str]:
        one, other = self._iri(link.a), self._iri(link.b)
        if one == other:  # a place with a code: it is one node without our saying so
            return
        key = (one, other, link.rule, *filter(None, [why_not]))
        this = term(made_iri(self.base, "l", *key))
        names = (_IS_NOT if why_not else _IS).join((self._names[link.a], self._names[link.b]))
        yield f"{this} {LABEL} {literal.zh(names)} ."
        yield f"{this} {TYPE} {REFUSED if why_not else LINK} ."
        yield f"{this} {LINKS} <{one}> ."
        yield f"{this} {LINKS} <{other}> ."
        yield f"{this} {RULE} {literal.string(link.rule)} ."
        yield f"{this} {LEVEL} {literal.string(link.level)} ."
        yield f"{this} {CONFIDENCE} {literal.decimal(Decimal(f'{link.confidence:.3f}'))} ."
        yield f"{this} {BECAUSE} {literal.string(link.because)} ."
        if why_not:
            yield f"{this} {WHY_NOT} {literal.string(why_not)} ."
        if link.decided:
            yield f"{this} {INFLUENCED} <{made_iri(self.base, 'd', link.decided)}> ."
        for member, span in _ends(link):
            key = (member.article, str(span.start), str(span.end))
            yield f"{this} {EVIDENCE} <{made_iri(self.base, 'v', *key)}> ."

    def _decided(self) -> Iterator[str]:
        """Yield the decisions that links are by, and those that no article tells."""
        if self.identity.decided:
            from kg.graph.decided import decision_lines

            for each in self.identity.decided:
                yield from decision_lines(each, self.base)

    def _copy(self, copy: Copy) -> Iterator[str]:
        this = term(made_iri(self.base, "q", copy.a, copy.b))
        yield f"{this} {LABEL} {literal.zh('转载' if copy.same else '相同段落')} ."
        yield f"{this} {LABEL} {literal.string('copy' if copy.same else 'shared passages')}@en ."
        yield f"{this} {TYPE} {COPY if copy.same else PASSAGES} ."
        for sha in (copy.a, copy.b):
            yield f"{this} {BETWEEN} <{made_iri(self.base, 'a', sha)}> ."
        yield f"{this} {SHARE} {literal.decimal(Decimal(f'{copy.share:.3f}'))} ."


def _quoted(reading: Reading) -> set[Span]:
    """Return spans that the article's own triples have as evidence: where each entity is first named."""
    first: dict[str, Span] = {}
    for link in reading.links:
        if link.is_name:
            first.setdefault(link.entity, link.span)
    return set(first.values())


def _ends(link: IdentityLink) -> tuple[tuple[Member, Span], tuple[Member, Span]]:
    return (link.a, link.a_span), (link.b, link.b_span)


def _is_coded(entity: Entity) -> bool:
    return bool(entity.place_code) and entity.type == "Place"
