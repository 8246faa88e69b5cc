"""Which names of activities, awards, documents and products are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import EntityType
from kg.names.lexicon import bodies
from kg.names.work.find import stands_for, tail_of, tails
from kg.things.omission import EDITION
from kg.things.union import MARKS, MOST_COMPARED, Names, comparable

WORKS: Final[tuple[EntityType, ...]] = ("Activity", "Award", "Document", "Product")
_END: Final = 4  # characters that a shorter name is found by
_LONGEST_BODY: Final = 14  # characters of a body that a work's name begins with
_QUOTED_AND_TAIL: Final = late(r"“([^“”]{3,})”[^“”\d]{2,8}")
_QUOTED: Final = late(r"“([^“”]{3,})”")


def merge_same_core(names: Names, rule: str) -> None:
    """“X”专项行动 / “X”行动, 上合组织峰会 / 上海合作组织峰会: the same but for how the core or the body is written."""
    for kind in WORKS:
        first: dict[str, str] = {}
        for name in names.of(kind):
            key = _quoted_key(name) or _bodied_key(name)
            if key and first.setdefault(key, name) != name:
                names.merge(name, first[key], rule)


def merge_without_edition(names: Names, rule: str) -> None:
    """第三届X博览会 / X博览会, “X”主题活动 / “X”活动: a name that stands for one fuller name."""
    for kind in WORKS:
        own = names.of(kind)
        fuller = _Fuller(own)
        for name in sorted(own, key=lambda n: (-len(n), n)):
            if not names.merge_sole(name, fuller.tailed(name), rule):
                names.merge_sole(name, fuller.cored(name) or fuller.ending(name), rule)


class _Fuller:
    """The names of one type, found by what a shorter name may have of them."""

    def __init__(self, own: Sequence[str]) -> None:
        self._by_core: dict[str, list[str]] = defaultdict(list)
        self._by_end: dict[str, list[str]] = defaultdict(list)
        self._by_tail: dict[str, list[str]] = defaultdict(list)
        for name in own:
            self._by_end[name.translate(MARKS)[-_END:]].append(name)
            for tail in sorted(tails(name)):
                self._by_tail[tail].append(name)
            for core in _cores(name):
                self._by_core[core].append(name)

    def tailed(self, name: str) -> list[str]:
        """Return the names that ``name`` stands for by its tail."""
        same = self._by_tail.get(tail_of(name), ())[:MOST_COMPARED]
        return [other for other in same if stands_for(name, other)]

    def cored(self, name: str) -> list[str]:
        """Return the names whose core is ``name``."""
        return [other for other in self._by_core.get(name.translate(MARKS), ()) if other != name]

    def ending(self, name: str) -> list[str]:
        """Return the names that end in ``name``."""
        bare = name.translate(MARKS)
        same = comparable(self._by_end.get(bare[-_END:], ())) if len(bare) >= _END else ()
        return [other for other in same if other != name and other.translate(MARKS).endswith(bare)]


def _cores(name: str) -> Iterator[str]:
    """Yield what a name is without its edition, and what it quotes: at least three characters, and not all of it."""
    bare = name.translate(MARKS)
    found = {EDITION.sub("", name).translate(MARKS)}
    found.update(part.translate(MARKS) for part in _QUOTED.findall(name))
    yield from sorted(core for core in found if len(core) >= 3 and core != bare)


def _bodied_key(name: str) -> str:
    """Return the name with the body it begins with by its fullest name (上合组织峰会), "" for one that begins with none."""
    forms = bodies()
    sizes = range(min(len(name), _LONGEST_BODY), 2, -1)
    front = next((name[:size] for size in sizes if name[:size] in forms), "")
    return f"={forms[front]}{name[len(front) :]}" if front else ""


def _quoted_key(name: str) -> str:
    """Return what “X”专项行动 and “X”行动 share, "" for a name that is not of this form."""
    match = _QUOTED_AND_TAIL.fullmatch(name)
    return match.group(1) if match else ""
