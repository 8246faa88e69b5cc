"""HTML built from values: what is not already markup is escaped, always."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

__all__ = ["Markup", "el", "join"]

_VOID = frozenset({"input", "link", "meta", "br"})

Child = object


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def el(name: str, /, *children: Child, **attributes: object) -> Markup:
    """Return an element; text is escaped, None and False attributes are left out, ``cls`` and ``for_`` are names of attributes.

    >>> str(el("a", "<b>", href="/?q=1&x=2"))
    '<a href="/?q=1&amp;x=2">&lt;b&gt;</a>'
    """
    parts = [name]
    for key, value in attributes.items():
        key = {"cls": "class"}.get(key, key.rstrip("_").replace("_", "-"))  # noqa: PLW2901
        if value is True:
            parts.append(key)
        elif value is not None and value is not False:
            parts.append(f'{key}="{escape(str(value))}"')
    opening = f"<{' '.join(parts)}>"
    return Markup(opening if name in _VOID else f"{opening}{join(children)}</{name}>")


def join(children: Iterable[Child]) -> Markup:
    """Return children one after the other, text escaped, lists flattened, None left out."""
    return Markup("".join(_one(child) for child in children))


def _one(child: Child) -> str:
    if child is None or child is False:
        return ""
    if isinstance(child, Markup):
        return str(child)
    if isinstance(child, list | tuple):
        return str(join(child))
    return escape(str(child), quote=False)
