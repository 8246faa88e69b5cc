"""The colours of the user's types on the page, light and dark, by the order in which the schema has them."""

from __future__ import annotations

from typing import Final

from kg.base.overlay import active
from kg.base.schema import schema

__all__ = ["style_of_types"]

_COLOURS: Final = (
    ("#5b6b00", "#c3d85a"),
    ("#8a3a8f", "#e7a0ea"),
    ("#2f6f8f", "#8fd0ee"),
    ("#8f4a2f", "#eab08f"),
    ("#3f7f5f", "#8fe0b8"),
)
"""Light and dark; as readable on the page's grounds as those of kg's own types."""


def style_of_types() -> str:
    """Return the rules for the style sheet, "" where the user has no types."""
    own = [name for name in schema().types if ("type", name) in active().places]
    if not own:
        return ""
    chosen = [(name, _COLOURS[number % len(_COLOURS)]) for number, name in enumerate(own)]
    light = "".join(f"--{name}:{each[0]};" for name, each in chosen)
    dark = "".join(f"--{name}:{each[1]};" for name, each in chosen)
    return (
        f":root{{{light}}}\n"
        f"@media (prefers-color-scheme: dark){{:root:not([data-theme='light']){{{dark}}}}}\n"
        f":root[data-theme='dark']{{{dark}}}\n" + "".join(f".t-{name}{{--c:var(--{name})}}\n" for name in own)
    )
