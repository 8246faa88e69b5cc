"""The objects of a frame: behind its cue, before it, behind a marker (在, 对, 向), or before an agent (乙被甲收购)."""

from __future__ import annotations

from typing import Final

from kg.base.late import late
from kg.base.model import Link
from kg.base.overlay import per_overlay
from kg.base.schema import following_trait
from kg.facts.cue import Occurrence
from kg.facts.passage import SYMBOLS
from kg.facts.pattern import symbols
from kg.facts.topic import clause_words, is_free
from kg.facts.words import facts_words

LISTING: Final = frozenset({"、", "和", "及"})
_WORDS: Final = facts_words("clause")
_PLACE: Final = SYMBOLS["Place"]
_PROJECT: Final = SYMBOLS["Product"]
_BEFORE: Final = 10  # mask characters before a name in which its marker stands
_CLOSE: Final = following_trait("close")
_OF_A_POST: Final = following_trait("of_a_post")
_RECEIVED: Final = following_trait("received")
_COMPOSED: Final = following_trait("composed")
_FOR_PEOPLE: Final = following_trait("for_people")
_AGENT: Final = late(
    f"[由被](?=[^，]{{0,10}}?[{SYMBOLS['Person']}{SYMBOLS['Organization']}{SYMBOLS['Place']}])"
)
_WHEN: Final = late(rf"[^，。]{{0,8}}[日天午晚年月间](?:{_WORDS.either('held')})?的")
_UNDER: Final = late(f"下$|下[，,]|{_WORDS.either('under')}")
_COUPLES: Final = late("[并、和及]$")


def objects_of(here: Occurrence) -> list[int]:
    """Return the mask positions of the objects of the cue."""
    kinds = symbols(here.pattern.subject if here.pattern.turned else here.pattern.object)
    if here.pattern.object_side == "marker":
        return _behind_marker(here, kinds)
    passive = _before_agent(here, kinds)
    if passive:
        return passive
    if here.pattern.object_side == "left":
        found = here.passage.names(here.clause.start, here.cue.start, kinds)
        return here.passage.group(found[-1]) if found else []
    return objects_behind(here, kinds)


def objects_behind(here: Occurrence, kinds: str) -> list[int]:
    """Return the first name of the given symbols behind the cue that can be its object, and the list it starts."""
    start = here.cue.end
    names = [i for i in here.passage.names(start, here.clause.end) if i - start <= here.pattern.gap]
    for position, following in zip(names, [*names[1:], None], strict=False):
        inner = here.mask[position] not in kinds and object_at(here, position).type in _types(kinds)
        if here.mask[position] not in kinds and not inner:
            continue
        if _is_of_another(here, position):
            return []
        if inner:
            return [position]
        if not _is_passed_over(here, position, following, kinds):
            return _list_from(here, position, kinds)
    return []


def object_at(here: Occurrence, position: int) -> Link:
    """Return the name at a mask position, or what the name of a project begins with where the pattern takes that."""
    link = here.passage.links[position]
    if not here.pattern.inner or here.mask[position] != _PROJECT:
        return link
    kinds = _types(symbols(here.pattern.object))
    inside = here.passage.nested[position]
    begins = (name for name in inside if name.span.start == link.span.start and name.type in kinds)
    return max(begins, key=lambda name: name.span.end, default=link)


@per_overlay
def _types(kinds: str) -> frozenset[str]:
    return frozenset(kind for kind, symbol in SYMBOLS.items() if symbol in kinds)


def _is_of_another(here: Occurrence, position: int) -> bool:
    """Say whether words between the cue and a name take the name, so that the cue has no object."""
    return (
        _is_behind_another_cue(here, position)
        or _is_behind_another_verb(here, position)
        or _is_member(here, position)
    )


def _is_behind_another_cue(here: Occurrence, position: int) -> bool:
    """Say whether another cue stands between cue and object, and does not describe the object (…的)."""
    start = here.cue.end
    for other in here.cues:
        if start < other.start < position and "的" not in here.mask[other.end : position]:
            same = any(set(p.object) & set(here.pattern.object) for p in other.patterns)
            if same and not _COUPLES.search(here.mask[start : other.start]):
                return True
    return False


def _is_behind_another_verb(here: Occurrence, position: int) -> bool:
    """Say whether another verb stands between, so that the name is not what the cue is about: 支持迫于甲而…."""
    if here.pattern.predicate not in _CLOSE:
        return False
    return bool({"v", "p"} & set(here.passage.tags(here.cue.end, position)))


def _is_member(here: Occurrence, position: int) -> bool:
    """Say whether a name is one of those who make up what was founded: 成立了由甲、乙组成的小组."""
    return (
        here.pattern.predicate in _COMPOSED
        and "由" in here.mask[here.cue.end : position]
        and "组成" in here.mask[position : here.clause.end]
    )


def _is_passed_over(here: Occurrence, position: int, following: int | None, kinds: str) -> bool:
    """Say whether a name behind the cue is no object, though a later one may be."""
    if following is not None and _modifies(here, position, following, kinds):
        return True
    if position in here.anchors and here.pattern.predicate not in _OF_A_POST:
        return True
    unlike = here.pattern.not_behind_object
    return unlike is not None and unlike.match(here.mask[position + 1 : position + 8]) is not None


def _are_two_awards(here: Occurrence, position: int, following: int) -> bool:
    """Say whether two honours stand side by side in a list, both by name: 获评“甲奖”“乙奖”, but not 获评该校“乙奖”."""
    award = here.mask[position] == SYMBOLS["Award"]
    named = here.passage.links[position].is_name and here.passage.links[following].is_name
    return award and named and here.passage.followers.get(position) == following


def _modifies(here: Occurrence, position: int, following: int, kinds: str) -> bool:
    """Say whether the name only describes a later one: 收购甲持有的乙, 走访甲市乙公司."""
    if here.mask[following] not in kinds or _are_two_awards(here, position, following):
        return False
    between = here.mask[position + 1 : following]
    return between == "" or (bool(clause_words().modifier.match(between)) and len(between) < 10)


def _list_from(here: Occurrence, position: int, kinds: str) -> list[int]:
    """Return the list that starts at a name, of the given symbols: 走访甲公司、乙村."""
    mask = here.mask
    found = [member for member in here.passage.group(position) if member >= position]
    while mask[found[-1] + 1 : found[-1] + 2] in LISTING and found[-1] + 2 in here.passage.links:
        if mask[found[-1] + 2] not in kinds or found[-1] + 2 in here.anchors:
            break
        found.extend(here.passage.group(found[-1] + 2))
    return [member for member in found if mask[member] in kinds]


def _before_agent(here: Occurrence, kinds: str) -> list[int]:
    """Return the object before an agent: 乙被甲收购, 乙由甲编制 (but not 由甲编制的乙)."""
    if here.pattern.predicate in _RECEIVED or here.mask[here.cue.end : here.cue.end + 1] == "的":
        return []
    agents = list(_AGENT.finditer(here.mask, here.clause.start, here.cue.start))
    if not agents or objects_behind(here, kinds):
        return []
    for clause in (here.clause, *here.passage.clauses[max(0, here.number - 1) : here.number]):
        before = [
            i
            for i in here.passage.names(clause.start, min(agents[-1].start(), clause.end), kinds)
            if i not in here.anchors and is_free(here.passage, clause, i, here.anchors)
        ]
        if before:
            return here.passage.group(before[-1])
    return []


def _behind_marker(here: Occurrence, kinds: str) -> list[int]:
    """Return the object behind a marker before the cue: 在甲市举行."""
    for position in reversed(here.passage.names(here.clause.start, here.cue.start, kinds)):
        if any(_introduces(here, marker, position) for marker in here.pattern.markers):
            return here.passage.group(position)
        if here.mask[position] != _PLACE and len(kinds) == 1:
            return []
    return []


def _introduces(here: Occurrence, marker: str, position: int) -> bool:
    """Say whether a marker before the name makes it the object: 在甲市举行, not 在甲市企业支持下举行."""
    before = here.mask[max(here.clause.start, position - _BEFORE) : position]
    at = before.rfind(marker)
    between = here.mask[position + 1 : here.cue.start]
    if at < 0 or _is_of_people(here, position, between) or _UNDER.search(between):
        return False
    inside = before[at + len(marker) :]
    if _WHEN.fullmatch(inside):  # 在5日举行的乙上
        return True
    return "的" not in inside and "v" not in here.passage.tags(position - len(inside), position)


def _is_of_people(here: Occurrence, position: int, between: str) -> bool:
    """Say whether a place only says whose people are meant: 为甲市企业提供服务."""
    helped = here.pattern.predicate in _FOR_PEOPLE and here.mask[position] == _PLACE and between
    return bool(helped) and here.passage.tag(position + 1).startswith("n")
