"""Regular expressions that are compiled when they are first used: of those that kg knows, an article needs a part."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, AnyStr, Final, cast

__all__ = ["late"]

_METHODS: Final = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")
_COMPILER: Final[Any] = getattr(re, "_compiler", None)
_SETS: Final = "_optimize_charset"  # of that module: half of the time of compiling Chinese sets, two thirds of them twice
_MADE: Final[Any] = getattr(_COMPILER, _SETS, None)


class _Late:
    """Stands for a compiled expression; the first method asked of it compiles, and then its methods are the expression's own."""

    pattern: str | bytes
    flags: int

    def __init__(
        self, source: str | bytes, flags: int, fault: Callable[[re.error], Exception] | None
    ) -> None:
        self.pattern, self.flags, self._fault = source, flags, fault

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            compiled = _compiled(self.pattern, self.flags)
        except re.error as error:
            if self._fault is None:
                raise
            raise self._fault(error) from error
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return self.__dict__[name] if name in _METHODS else getattr(compiled, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Late) and (self.pattern, self.flags) == (other.pattern, other.flags)

    def __hash__(self) -> int:
        return hash((self.pattern, self.flags))

    def __repr__(self) -> str:
        return f"late({self.pattern!r})"

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str | bytes, int]]:
        return late, (self.pattern, self.flags)


def _compiled(source: Any, flags: int) -> re.Pattern[Any]:  # noqa: ANN401 - text or bytes
    """Return what ``re.compile`` does, each set of characters made once for all expressions that have it.

    Python makes the table of a set anew each time; one of Chinese characters takes as long as an expression without sets. While kg
    compiles, and only then, what it calls for a set is one that keeps them. A Python that does it otherwise takes no notice.
    """
    if _MADE is None:
        return re.compile(source, flags)
    setattr(_COMPILER, _SETS, _set)
    try:
        return re.compile(source, flags)
    finally:
        setattr(_COMPILER, _SETS, _MADE)


def _set(characters: Sequence[Any], *cased: Any) -> Any:  # noqa: ANN401 - as Python's own has it
    if any(cased):  # without regard to case: another table
        return _MADE(characters, *cased)
    made, any_cased = _set_once(tuple(characters))
    return list(made), any_cased


@lru_cache(maxsize=4096)
def _set_once(characters: tuple[Any, ...]) -> Any:  # noqa: ANN401 - as Python's own has it
    return _MADE(characters)


def late(
    source: AnyStr, flags: int = 0, fault: Callable[[re.error], Exception] | None = None
) -> re.Pattern[AnyStr]:
    """Return what behaves as ``re.compile(source, flags)`` does, compiled when it is first used.

    Args:
        source: the expression; where it is not kg's own, ``fault`` says what an error in it means.
        flags: as of ``re.compile``.
        fault: what to raise, at the first use, in place of an error of the expression.
    """
    return cast("re.Pattern[AnyStr]", _Late(source, flags, fault))
