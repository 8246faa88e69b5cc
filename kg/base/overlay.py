"""The knowledge that lies over kg's own data while it is used: the user's names, words, types, predicates, patterns and units.

There is one at a time for a whole process, mostly none. What is made of data is made anew for each (`per_overlay`), or follows
it (`following`), so that nothing of one is seen under another, and nothing is made twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from threading import Condition, local
from typing import TYPE_CHECKING, Any, Final, NamedTuple, ParamSpec, Protocol, TypeVar, cast

from kg.base.errors import KgError

__all__ = [
    "NONE",
    "VARIABLE",
    "Known",
    "Overlay",
    "OwnNames",
    "OwnPattern",
    "active",
    "following",
    "own_names",
    "per_overlay",
    "use",
    "using",
]

VARIABLE: Final = "KG_KNOWLEDGE"
"""The variable of the environment that names the folder: for any command, and for the processes that one starts."""

_Parameters = ParamSpec("_Parameters")
_Value = TypeVar("_Value")
_Value_co = TypeVar("_Value_co", covariant=True)
_Held = TypeVar("_Held", bound="dict[Any, Any] | list[Any] | set[Any]")


if TYPE_CHECKING:

    class Kept(Protocol[_Parameters, _Value_co]):
        """A function that keeps what it returned."""

        __wrapped__: Callable[..., Any]

        def __call__(self, *args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Value_co:
            """Return what was kept, or what is made now."""


class Known(NamedTuple):
    """A thing that the user names: a row of ``names.csv``, or of an official list."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()
    code: str = ""  # official code of a place
    file: str = ""  # below the folder
    line: int = 0
    listed: bool = False  # of an official list, whose short forms may be everyday words


@dataclass(frozen=True)
class OwnNames:
    """The names of the user.

    Attributes:
        names: each name and alias that is found wherever it stands.
        shorts: short forms of official lists, found where the article has the full name.
        none: words that are no names.
    """

    names: Mapping[str, Known] = field(default_factory=dict)
    shorts: Mapping[str, Known] = field(default_factory=dict)
    none: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.names or self.shorts or self.none)


class OwnPattern(NamedTuple):
    """A pattern as its file has it."""

    file: str  # below the folder
    where: str  # file and line, as the user knows them
    item: Mapping[str, Any]


@dataclass(frozen=True)
class Overlay:
    """What a folder of the user's knowledge holds.

    Attributes:
        folder: where it lies; None for none.
        digest: of all that it holds, "" for nothing.
        tables: what files below ``data/`` have more, by their name there.
        places: where an entry of the schema stands, by table and name.
        patterns: the patterns.
        names: the names.
    """

    folder: Path | None = None
    digest: str = ""
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    patterns: tuple[OwnPattern, ...] = ()
    names: OwnNames = field(default_factory=OwnNames)

    def file_of_pattern(self, name: str) -> str:
        """Return the file of one of its patterns, "" for a pattern of kg."""
        return next((own.file for own in self.patterns if own.item.get("id") == name), "")


NONE: Final = Overlay()


class _State:
    """Which knowledge is used, and by how many who asked for it."""

    def __init__(self) -> None:
        self.active = NONE
        self.usual = NONE
        self.users = 0
        self.free = Condition()
        self.mine = local()


_state: Final = _State()
_followers: Final[list[Callable[[], None]]] = []


def active() -> Overlay:
    """Return the knowledge that is used now."""
    return _state.active


def own_names() -> OwnNames:
    """Return the names of the user that are used now."""
    return _state.active.names


def use(overlay: Overlay) -> None:
    """Use some knowledge in this process from now on."""
    with _state.free:
        _state.usual = overlay
        _turn_to(overlay)


@contextmanager
def using(overlay: Overlay | None) -> Iterator[None]:
    """Use some knowledge, or with None what the process uses anyway, for a while.

    Who wants another one at the same time, in another thread, waits.

    Raises:
        KgError: this very thread uses another one.
    """
    with _state.free:
        wanted = _state.usual if overlay is None else overlay
        depth: int = getattr(_state.mine, "depth", 0)
        if depth and overlay is None:
            wanted = _state.active
        while _state.users and _state.active.digest != wanted.digest:
            if depth:
                raise KgError(
                    wanted.folder, "is knowledge within other knowledge", "use one folder after the other"
                )
            _state.free.wait()
        if not _state.users:
            _turn_to(wanted)
        _state.users += 1
        _state.mine.depth = depth + 1
    try:
        yield
    finally:
        with _state.free:
            _state.users -= 1
            _state.mine.depth -= 1
            if not _state.users:
                _turn_to(_state.usual)
                _state.free.notify_all()


def _turn_to(overlay: Overlay) -> None:
    before, _state.active = _state.active, overlay
    if overlay.digest == before.digest:
        return
    try:
        for renew in _followers:
            renew()
    except KgError:
        _state.active = before
        for renew in _followers:
            renew()
        raise


def per_overlay(make: Callable[_Parameters, _Value]) -> Kept[_Parameters, _Value]:
    """Keep what a function returns, for each of its arguments and for each knowledge."""
    made: dict[tuple[object, ...], _Value] = {}

    @wraps(make)
    def kept(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Value:
        key = (_state.active.digest, *args, *kwargs.items())
        try:
            return made[key]
        except KeyError:
            return made.setdefault(key, make(*args, **kwargs))

    return cast("Kept[_Parameters, _Value]", kept)


def following(make: Callable[[], _Held]) -> _Held:
    """Return a dict, list or set that always holds what ``make`` makes of the knowledge that is used."""
    held = make()

    def renew() -> None:
        fresh = make()
        held.clear()
        if isinstance(held, list):
            held.extend(fresh)
        else:
            held.update(fresh)

    _followers.append(renew)
    return held
