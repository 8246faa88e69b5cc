"""The cases of the shapes of personal data, tried: what each has to find and to leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.base.late import late
from kg.text.personal.find import found_by
from kg.text.personal.shapes import Shape

__all__ = ["failing"]

_MARKED: Final = late("⟦([^⟧]*)⟧")


def failing(shape: Shape) -> Iterator[str]:
    """Yield a line for each case of a shape that fails."""
    for case in shape.passes:
        wanted, found = _MARKED.findall(case), found_by(shape, _MARKED.sub(r"\1", case))
        if wanted != found:
            yield f"{shape.where}: finds {', '.join(found) or 'nothing'} in {case} (see `passes`)"
    for case in shape.fails:
        for found_too in found_by(shape, case):
            yield f"{shape.where}: finds {found_too} in {case} (it should not: see `fails`)"
