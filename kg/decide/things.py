"""What people decided of the things of an article: which are one, which is none, what each is called and of what type it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.base.model import Entity, EntityId
from kg.decide.draft import Draft, accounted, kind_for
from kg.decide.model import Decision
from kg.decide.standing import chain, contradiction

__all__ = ["settle_things"]

_SETTLED = {"name": "label", "type": "type", "code": "code"}
_TWO = "two answers for one thing"
_NONE = "one says that it is no thing"


def settle_things(draft: Draft, decisions: Sequence[Decision]) -> set[str]:
    """Do what decisions say of the things of an article; return the ids of those that were about something here.

    Raises:
        DecisionError: two of them contradict each other of one thing.
    """
    pairs = list(_pairs(draft, decisions))
    links = [(a, b, each) for a, b, each in pairs if each.verdict in ("same", "alias")]
    root = _roots(draft, links)
    for a, b, each in pairs:
        if each.verdict in ("apart", "unsure") and root[a] == root[b] and a != b:
            other = chain(links, a, b)
            if other is not None:
                raise contradiction(draft.where, other, each, "one joins what the other does not")
    settled: dict[EntityId, dict[str, Decision]] = defaultdict(dict)
    done: set[str] = set()
    marks: dict[EntityId, set[str]] = defaultdict(set)
    for each, entity in _single(draft, decisions):
        about = root[entity]
        kind = "name" if each.verdict == "alias" else each.verdict
        answer = each.means if each.verdict == "alias" else getattr(each, _SETTLED.get(kind, "verdict"))
        draft.claims.settle((kind, about), answer, each, _TWO)
        draft.claims.settle(("thing", about), kind == "no-entity", each, _NONE)
        settled[about].setdefault(kind, each)
        marks[about].add(each.id)
        done.add(each.id)
    for a, b, each in pairs:
        if each.verdict in ("same", "alias"):
            draft.claims.settle(("thing", root[a]), False, each, _NONE)
        marks[root[a]].add(each.id)
        marks[root[b]].add(each.id)
        done.add(each.id)
    done |= _without_names(draft, decisions, root, settled)
    _rebuild(draft, root, settled, marks)
    _name_plainly(draft)
    return done


def _name_plainly(draft: Draft) -> None:
    """Let a thing whose namesakes are no more be called as if there had never been any."""
    bearers = Counter((entity.type, entity.name) for entity in draft.entities.values())
    became: dict[EntityId, EntityId] = {}
    for entity in list(draft.entities.values()):
        plain = EntityId(f"{entity.type}:{entity.name}")
        if entity.id == plain or bearers[entity.type, entity.name] > 1:
            continue
        became[entity.id] = plain
        draft.entities[plain] = replace(draft.entities.pop(entity.id), id=plain)
        if entity.id in draft.marks:
            draft.marks[plain] = draft.marks.pop(entity.id)
    if became:
        draft.rename(became, set())


def _pairs(draft: Draft, decisions: Sequence[Decision]) -> Iterator[tuple[EntityId, EntityId, Decision]]:
    """Yield the entities that decisions tie or keep apart, those of this article."""
    for each in decisions:
        if each.verdict in ("same", "apart", "unsure") and each.a is not None and each.b is not None:
            a, b = draft.look(each.a), draft.look(each.b)
            if a is not None and b is not None and (a != b or each.verdict == "same"):
                yield a, b, each
        elif each.verdict == "alias":
            short, full = _called(draft, each.words, each.type), _called(draft, each.means, each.type)
            if short is not None and full is not None and short != full:
                yield short, full, each


def _single(draft: Draft, decisions: Sequence[Decision]) -> Iterator[tuple[Decision, EntityId]]:
    """Yield what decisions settle of one entity."""
    for each in decisions:
        if each.verdict in ("name", "type", "code", "no-entity") and each.a is not None:
            entity = draft.look(each.a)
        elif each.verdict == "alias" and _called(draft, each.means, each.type) is None:
            entity = _called(draft, each.words, each.type)
        else:
            continue
        if entity is not None:
            yield each, entity


def _called(draft: Draft, name: str | None, kind: str | None) -> EntityId | None:
    """Return the one entity of a name and type."""
    found = [
        entity.id
        for entity in draft.entities.values()
        if entity.type == kind and name in (entity.name, *entity.names)
    ]
    return found[0] if len(found) == 1 else None


def _roots(draft: Draft, links: Sequence[tuple[EntityId, EntityId, Decision]]) -> dict[EntityId, EntityId]:
    """Return what stands for each entity: the first of those it is one with."""
    root = {entity: entity for entity in draft.entities}
    for a, b, _ in links:
        low, high = sorted((root[a], root[b]))
        root = {entity: low if own == high else own for entity, own in root.items()} if low != high else root
    return root


def _without_names(
    draft: Draft,
    decisions: Sequence[Decision],
    root: dict[EntityId, EntityId],
    settled: dict[EntityId, dict[str, Decision]],
) -> set[str]:
    """Take words that are no thing's name away; what has no other name is gone."""
    done = set()
    for each in decisions:
        if each.verdict != "no-entity" or each.words is None:
            continue
        for entity in list(draft.entities.values()):
            if entity.type != each.type or each.words not in (entity.name, *entity.names):
                continue
            done.add(each.id)
            others = [name for name in entity.names if name != each.words]
            if not any(link.entity == entity.id and link.text in others for link in draft.links):
                draft.claims.settle(("thing", root[entity.id]), True, each, _NONE)
                settled[entity.id].setdefault("no-entity", each)
                continue
            draft.links = [
                link for link in draft.links if link.entity != entity.id or link.text != each.words
            ]
            name = others[0] if entity.name == each.words else entity.name
            kind = entity.kind if name == entity.name else kind_for(draft.text, entity.type, name)
            draft.entities[entity.id] = accounted(replace(entity, name=name, kind=kind), others)
            settled[entity.id].setdefault("words", each)
            draft.marks[entity.id].add(each.id)
    return done


def _rebuild(
    draft: Draft,
    root: dict[EntityId, EntityId],
    settled: dict[EntityId, dict[str, Decision]],
    marks: dict[EntityId, set[str]],
) -> None:
    """Make the entities anew that decisions change, and let everything else speak of them."""
    groups: dict[EntityId, list[EntityId]] = defaultdict(list)
    for entity, own in root.items():
        groups[own].append(entity)
    counts = Counter(link.entity for link in draft.links if link.is_name)
    became: dict[EntityId, EntityId] = {}
    gone: set[EntityId] = set()
    for own, members in sorted(groups.items()):
        said = settled.get(own, {})
        if any("no-entity" in settled.get(each, {}) for each in members):
            gone.update(members)
        elif len(members) > 1 or said:
            old = [draft.entities[each] for each in members]
            for each in members:
                del draft.entities[each]
            made = _one(draft, old, counts, said)
            draft.entities[made.id] = made
            became.update((each, made.id) for each in members)
    for entity in gone:
        del draft.entities[entity]
    _carry_marks(draft, became, {own: (groups[own], ids) for own, ids in marks.items()})
    if became or gone:
        draft.rename(became, gone)


def _carry_marks(
    draft: Draft,
    became: dict[EntityId, EntityId],
    marks: dict[EntityId, tuple[list[EntityId], set[str]]],
) -> None:
    """Let the entities as they are now bear the marks of what they were."""
    for members, ids in marks.values():
        for each in members:
            draft.marks[each] |= ids
    for entity in list(draft.marks):
        ids = draft.marks.pop(entity)
        if (now := became.get(entity, entity)) in draft.entities:
            draft.marks[now] |= ids


def _one(draft: Draft, members: list[Entity], counts: Counter[EntityId], said: dict[str, Decision]) -> Entity:
    """Return what several entities are together, under the name and of the type that was decided, else of the commonest."""
    members.sort(key=lambda each: (-counts[each.id], -len(each.name), each.id))
    main = members[0]
    kind = said["type"].type if "type" in said else main.type
    label = main.name
    if "name" in said:
        label = (said["name"].label if said["name"].verdict == "name" else said["name"].means) or label
    codes = {each.place_code for each in members if each.place_code}
    code = next(iter(codes)) if len(codes) == 1 else main.place_code
    if "code" in said:
        code = said["code"].code or ""
    names = [name for each in members for name in each.names]
    own = list(dict.fromkeys((label, main.name, *sorted(names, key=lambda name: (-len(name), name)))))
    first = min((link.span.start for link in draft.links if link.entity == main.id), default=0)
    is_same = label == main.name and kind == main.type and main.id not in draft.entities
    made = replace(
        main,
        id=main.id if is_same else draft.free_id(str(kind), label, first),
        type=kind,  # type: ignore[arg-type] # one of the types, checked where it is read
        name=label,
        kind=main.kind if is_same else kind_for(draft.text, str(kind), label),
        place_code=code if kind == "Place" else "",
        merges=tuple(dict.fromkeys(merge for each in members for merge in each.merges)),
        confidence=1.0 if said else max(each.confidence for each in members),
    )
    return accounted(made, own)
