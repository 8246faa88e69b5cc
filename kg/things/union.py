"""The names of one article as a union of sets: which of them are one thing, and the reason for each that was joined.

What the rules of the folder share stands here too: the marks that change no name, the groups by beginning and ending.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar, cast

from kg.base.late import late
from kg.base.model import Entity, EntityId, EntityKind, EntityType, Mention, Merge, Span
from kg.base.overlay import Known
from kg.names.gazetteer import gazetteer
from kg.names.lexicon import organizations
from kg.names.own import known_of
from kg.names.place import is_state
from kg.things.lists import thing_lists
from kg.things.place_codes import PlaceCodes
from kg.things.sense import MARK, sense_of, surface

MARKS: Final = str.maketrans("", "", " \u3000《》“”\"'‘’「」『』()（）·•・,，、")
MOST_COMPARED: Final = 200  # names that a short form is compared with
_Item = TypeVar("_Item")
_NO_RULE: Final = "same-name"
_LAST_BRACKETS: Final = late(r"[（(][^（()）]*[）)]$")


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that the text itself gives to a thing it has just named."""

    name: str
    full: str
    evidence: Span


class Names:
    """The names of one article and which of them are one thing.

    Args:
        mentions: where each sentence names something.
        aliases: what the text says is another name.
        text: of the article.
    """

    def __init__(
        self, mentions: Sequence[Sequence[Mention]], aliases: Sequence[Alias] = (), text: str = ""
    ) -> None:
        self.types: dict[str, EntityType] = {}
        self.text = text
        self.codes = PlaceCodes(mentions, text)
        for row in mentions:
            for mention in row:
                self.types.setdefault(mention.text, mention.type)
        self.aliases = tuple(aliases)
        self._rows = tuple(frozenset(mention.text for mention in row) for row in mentions)
        self._up: dict[str, str] = {}
        self._merges: list[Merge] = []
        self._rules: dict[str, str] = {}
        self._known: dict[
            str, Known
        ] = {  # what the user says that a thing is, by the name that stands for it
            name: known for name, kind in self.types.items() if (known := known_of(name, kind))
        }

    def of(self, *kinds: EntityType) -> list[str]:
        """Return the names of these types in reading order."""
        return [name for name, kind in self.types.items() if kind in kinds]

    def root(self, name: str) -> str:
        """Return the name that stands for the thing ``name`` names."""
        while name in self._up:
            name = self._up[name]
        return name

    def are_one(self, name: str, other: str) -> bool:
        """Say whether the two names are one thing already."""
        return self.root(name) == self.root(other)

    def stand_together(self, name: str, other: str) -> bool:
        """Say whether one sentence has both names."""
        return any(name in row and other in row for row in self._rows)

    def merge(self, name: str, into: str, rule: str, evidence: Span | None = None) -> None:
        """Make the two names one thing."""
        low, high = self.root(name), self.root(into)
        if low != high and self._may_be_one(low, high):
            self._up[low] = high
            self._merges.append(Merge(name, into, rule, evidence))
            self._rules.setdefault(name, rule)

    def _may_be_one(self, low: str, high: str) -> bool:
        """Say whether two things may become one, as far as the user says: names of two lines are two; and note what they are."""
        if not self._known:
            return True
        one, other = self._known.get(low), self._known.get(high)
        if one is not None and other is not None and one != other:
            return False
        if one is not None:
            self._known[high] = one
        return True

    def merge_sole(self, name: str, candidates: Iterable[str], rule: str) -> bool:
        """Merge ``name`` into its candidate where all candidates are one thing."""
        found = list(candidates)
        roots = {self.root(other) for other in found}
        if len(roots) != 1:
            return False
        self.merge(name, found[0], rule)
        return True

    def rule_of(self, name: str) -> str:
        """Return the rule that joined the name to its thing."""
        return self._rules.get(name, _NO_RULE)

    def entities(self) -> tuple[tuple[Entity, ...], dict[str, Entity]]:
        """Return the things in reading order, and the thing of each name."""
        merges = _grouped_by(self._merges, lambda merge: self.root(merge.name))
        result, by_name = [], {}
        for root, group in _grouped_by(self.types, self.root).items():
            entity = self._entity(group, tuple(merges.get(root, ())))
            result.append(entity)
            by_name.update(dict.fromkeys(group, entity))
        return tuple(result), by_name

    def _entity(self, group: Sequence[str], merges: tuple[Merge, ...]) -> Entity:
        """Return the thing that the names of a group name; Chinese names first, and the longest of them."""
        kind = self._type(group)
        sense = next(filter(None, map(sense_of, group)), "")
        group = sorted(
            dict.fromkeys(map(surface, group)),
            key=lambda name: (name.isascii(), name.endswith(thing_lists().courtesy), -len(name)),
        )
        known = next((self._known[each] for each in group if each in self._known), None)
        name = known.name if known and known.name in group else _fullest(group, kind)
        ordered = (name, *(other for other in group if other != name))
        code = sense if sense in gazetteer().official else _code(ordered, self.codes)
        code = known.code if known and known.code else code
        return Entity(
            EntityId(f"{kind}:{name}{MARK}{sense}" if sense else f"{kind}:{name}"),
            kind,
            name,
            ordered,
            kind_of(name) if kind == "Organization" else "",
            code if kind == "Place" else "",
            tuple(replace(each, name=surface(each.name), into=surface(each.into)) for each in merges),
        )

    def _type(self, group: Sequence[str]) -> EntityType:
        given = next(
            (known.type for name in group if (known := self._known.get(name)) and not known.listed), None
        )
        if given is not None:
            return cast(EntityType, given)
        votes: dict[EntityType, int] = defaultdict(int)
        for name in group:
            votes[self.types[name]] += len(name)
        return max(votes, key=lambda kind: (votes[kind], kind))


def _grouped_by(items: Iterable[_Item], key: Callable[[_Item], str]) -> dict[str, list[_Item]]:
    groups: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def comparable(group: Sequence[str]) -> Sequence[str]:
    """Return the names that a shorter one is held against: none of more than 200, among which no one can be meant alone.

    So the work grows with the names, not with their square, also where thousands begin or end alike.
    """
    return group if len(group) <= MOST_COMPARED else ()


def by_ending(names: Iterable[str], size: int) -> dict[str, list[str]]:
    """Group names by how they end, so that no name is held against all others; an ending of none has no names."""
    return _grouped_by(names, lambda name: name[-size:])


def by_beginning(names: Iterable[str], size: int) -> dict[str, list[str]]:
    """Group names by how they begin."""
    return _grouped_by(names, lambda name: name[:size])


def kind_of(name: str) -> EntityKind:
    """Return the finer class of an organisation by how its name ends, "" where that does not say."""
    kinds = organizations().kinds
    bare = _LAST_BRACKETS.sub("", name).strip("《》“”")
    for size in range(min(6, len(bare)), 0, -1):
        found = kinds.get(bare[-size:])
        if found is not None:
            return cast(EntityKind, found)
    return ""


def _fullest(group: Sequence[str], kind: EntityType) -> str:
    """Return the name that a thing is called by: the first, but a place by one with its level where it is listed so."""
    if kind == "Place":
        levelled = (name for name in group if gazetteer().codes(name) and name.endswith(thing_lists().levels))
        return next(levelled, group[0])
    return group[0]


def _code(group: Sequence[str], known: PlaceCodes) -> str:
    """Return the official code of a place: that of its full official name, where its names have several."""
    if any(map(is_state, group)):
        return ""
    places = gazetteer()
    found = [(name, code) for name in group if (code := known.of(name))]
    codes = {code for _, code in found}
    if len(codes) == 1:
        return next(iter(codes))
    full = {code for name, code in found if places.official[code] == name}
    return next(iter(full)) if len(full) == 1 else ""
