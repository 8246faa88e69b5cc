"""Values in groups that are joined step by step."""

from __future__ import annotations

from typing import Any, Generic, Protocol, TypeVar

__all__ = ["Groups"]


class Ordered(Protocol):
    """A value that is before or behind another of its kind."""

    def __lt__(self, other: Any, /) -> bool:  # noqa: ANN401 - what it is compared with
        """Say whether it is before another."""
        ...

    def __hash__(self) -> int:
        """Return what equal values have in common."""
        ...


_Value = TypeVar("_Value", bound=Ordered)


class Groups(Generic[_Value]):
    """Values that are one group each at first, and are joined. In which order they were joined leaves no trace."""

    def __init__(self) -> None:
        self._parents: dict[_Value, _Value] = {}

    def of(self, value: _Value) -> _Value:
        """Return the least value of the group that a value is in."""
        root = value
        while (parent := self._parents.get(root, root)) != root:
            root = parent
        while value != root:
            self._parents[value], value = root, self._parents.get(value, value)
        return root

    def join(self, one: _Value, other: _Value) -> None:
        """Make the groups of two values one."""
        least, most = sorted((self.of(one), self.of(other)))
        if least != most:
            self._parents[most] = least
