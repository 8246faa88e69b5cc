"""The knowledge of the user that a process takes over from the one that started it; what reads it loads only where there is any."""

from __future__ import annotations

import os
from pathlib import Path

from kg.base.overlay import VARIABLE, use

__all__ = ["use_from_environment"]


def use_from_environment() -> None:
    """Use the knowledge that the environment names, if it does.

    Raises:
        ResourceError: something in it is wrong.
    """
    if named := os.environ.get(VARIABLE):
        from kg.base.own_files import load_overlay

        use(load_overlay(Path(named)))
