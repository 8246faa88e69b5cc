"""One entity that people keep apart becomes several: each with its own names and mentions, facts and figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.base.model import EntityId, Fact, Figure, Link, Span
from kg.decide.draft import Draft, accounted, kind_for
from kg.decide.find import thing_at
from kg.decide.model import Decision, EntityAnchor

__all__ = ["split_apart"]

Parts = list[list[EntityAnchor]]


def split_apart(draft: Draft, decisions: Sequence[Decision]) -> None:
    """Split every entity of which a decision keeps two mentions apart. A mention goes with the nearer one of its words.

    Where their words differ, each name goes with the words that the article's own merges tie it to; a word that only
    refers (该公司) goes with what was named last before it.
    """
    pairs: dict[EntityId, list[tuple[EntityAnchor, EntityAnchor]]] = {}
    for each in decisions:
        if each.verdict != "apart" or each.a is None or each.b is None:
            continue
        if {each.a.article, each.b.article} != {draft.article.sha256}:
            continue
        if not (_is_name(draft, each.a) and _is_name(draft, each.b)):
            continue  # 他 and 该公司 are what was named before: which, is no question of two things
        one, other = (thing_at(draft.text, draft.entities, draft.links, end) for end in (each.a, each.b))
        if one is not None and one == other:
            pairs.setdefault(one, []).append((each.a, each.b))
    for entity in sorted(pairs):
        _split(draft, entity, _parts(pairs[entity]))


def _is_name(draft: Draft, anchor: EntityAnchor) -> bool:
    """Say whether an anchor does not stand on a word that only refers to what was named."""
    here = [link for link in draft.links if link.span == anchor.span]
    return not here or any(link.is_name for link in here)


def _parts(pairs: Sequence[tuple[EntityAnchor, EntityAnchor]]) -> Parts:
    """Return the mentions in as few groups as keep every pair apart, by their place."""
    apart = {frozenset(pair) for pair in pairs}
    parts: Parts = []
    for anchor in sorted({end for pair in pairs for end in pair}, key=lambda end: (end.span, end.words)):
        free = [part for part in parts if not any(frozenset((anchor, other)) in apart for other in part)]
        if free:
            free[0].append(anchor)
        else:
            parts.append([anchor])
    return parts


def _split(draft: Draft, entity: EntityId, parts: Parts) -> None:
    whole = draft.entities[entity]
    names = _names_of(whole.names, [(each.name, each.into) for each in whole.merges], parts)
    part_of: dict[int, int] = {}
    last = 0
    ordered = sorted(range(len(draft.links)), key=lambda number: draft.links[number].span)
    for number in (number for number in ordered if draft.links[number].entity == entity):
        link = draft.links[number]
        if link.is_name:
            last = _nearest(link, parts, names)
        part_of[number] = last
    ids = _made(draft, entity, parts, [draft.links[n].text for n in part_of], list(part_of.values()), names)
    for number, part in part_of.items():
        draft.links[number] = replace(draft.links[number], entity=ids[part])
    where = [(draft.links[number].span, ids[part]) for number, part in part_of.items()]
    for slot in draft.facts:
        if slot.value is not None:
            slot.value = _of_fact(slot.value, entity, where, ids[0])
    for figure in draft.figures:
        if figure.value is not None:
            figure.value = _of_figure(figure.value, entity, where, ids[0])


def _names_of(names: Sequence[str], merges: Sequence[tuple[str, str]], parts: Parts) -> dict[str, set[int]]:
    """Return to which groups each name may belong: those whose words it is, or that merges tie it to."""
    found: dict[str, set[int]] = {name: set() for name in names}
    for number, part in enumerate(parts):
        for anchor in part:
            found.setdefault(anchor.words, set()).add(number)
    own = {anchor.words for part in parts for anchor in part}
    changed = True
    while changed:
        changed = False
        for pair in merges:
            for name, other in (pair, pair[::-1]):
                more = found.get(other, set()) - found.get(name, set())
                if name in found and name not in own and more and not found[name]:
                    found[name] |= more
                    changed = True
    return {name: groups or set(range(len(parts))) for name, groups in found.items()}


def _nearest(link: Link, parts: Parts, names: dict[str, set[int]]) -> int:
    allowed = names.get(link.text) or set(range(len(parts)))
    far = [
        (abs(anchor.span.start - link.span.start), number)
        for number in sorted(allowed)
        for anchor in parts[number]
    ]
    return min(far)[1]


def _made(
    draft: Draft,
    entity: EntityId,
    parts: Parts,
    texts: Sequence[str],
    of: Sequence[int],
    names: dict[str, set[int]],
) -> list[EntityId]:
    """Put the groups in the place of an entity, each called by its fullest name, and return their ids."""
    whole = draft.entities.pop(entity)
    ids = []
    for number, part in enumerate(parts):
        mentioned = {text for text, at in zip(texts, of, strict=True) if at == number}
        own = [name for name in whole.names if name in mentioned] or [part[0].words]
        if not mentioned & set(whole.names):
            own = [name for name in whole.names if number in names.get(name, ())] or own
        name = own[0]
        kept = number == 0 and name == whole.name
        made = entity if kept else draft.free_id(whole.type, name, part[0].span.start)
        kind = kind_for(draft.text, whole.type, name)
        new = replace(whole, id=made, name=name, kind=kind, place_code=whole.place_code if kept else "")
        draft.entities[made] = accounted(new, own)
        ids.append(made)
    return ids


def _of_fact(fact: Fact, entity: EntityId, where: Sequence[tuple[Span, EntityId]], first: EntityId) -> Fact:
    """Return a fact of the group whose mention it was read from, else of the one that its quote names."""
    quotes = [each.span for each in fact.evidence]

    def end(own: EntityId, spans: Iterable[Span | None]) -> EntityId:
        if own != entity:
            return own
        slots = [span for span in spans if span is not None]
        return _of_spans(slots, where) or _in_quotes(quotes, where) or first

    subject = end(fact.subject, (each.subject for each in fact.firings))
    other = end(fact.object, (each.object for each in fact.firings))
    amount = _of_figure(fact.amount, entity, where, first) if fact.amount else None
    sources = tuple(
        replace(each, entity=_of_spans([each.span], where) or first) if each.entity == entity else each
        for each in fact.sources
    )
    return replace(fact, subject=subject, object=other, amount=amount, sources=sources)


def _of_figure(
    figure: Figure, entity: EntityId, where: Sequence[tuple[Span, EntityId]], first: EntityId
) -> Figure:
    if figure.subject != entity:
        return figure
    quote = figure.quote if figure.quote.end else figure.span
    return replace(figure, subject=_in_quotes([quote], where) or _before(figure.span, where) or first)


def _of_spans(spans: Sequence[Span], where: Sequence[tuple[Span, EntityId]]) -> EntityId | None:
    return next((entity for span, entity in where if any(span.overlaps(each) for each in spans)), None)


def _in_quotes(quotes: Sequence[Span], where: Sequence[tuple[Span, EntityId]]) -> EntityId | None:
    return next((entity for span, entity in where if any(each.holds(span) for each in quotes)), None)


def _before(span: Span, where: Sequence[tuple[Span, EntityId]]) -> EntityId | None:
    before = [(own, entity) for own, entity in where if own.start <= span.start]
    return max(before)[1] if before else None
