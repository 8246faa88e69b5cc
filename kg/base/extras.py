"""The extras of the installation: what is said where one of them is not there."""

from __future__ import annotations

from typing import TypeVar

from kg.base.errors import KgError
from kg.version import DISTRIBUTION

__all__ = ["missing"]

_Error = TypeVar("_Error", bound=KgError)


def missing(asked: str, extra: str, kind: type[_Error]) -> _Error:
    """Return the refusal of what was asked for, where the packages of an extra cannot be imported."""
    return kind(asked, "needs packages that are not installed", f"pip install '{DISTRIBUTION}[{extra}]'")
