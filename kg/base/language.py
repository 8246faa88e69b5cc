"""The language in which kg speaks to the one who runs it: English, or Chinese under a Chinese locale or ``--lang zh``.

The code says everything in English; ``data/messages.toml`` has the Chinese beside it. An entry may have holes
(``{name}``): a message made from it is known again by the text between them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Final, Literal, get_args

from kg.base.errors import KgError

__all__ = [
    "LANGUAGES",
    "Language",
    "cells",
    "choose",
    "columns",
    "head",
    "language",
    "say",
    "speaking",
    "told",
    "translated",
]

Language = Literal["en", "zh"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

FILE: Final = "messages.toml"
_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that name a locale, the strongest first; the first one that is set counts."""

_HOLE: Final = re.compile(r"\{(\w*)\}")
_chosen: ContextVar[Language | None] = ContextVar("language", default=None)


def choose(name: str | None) -> None:
    """Speak one of ``LANGUAGES`` from now on; ``None``: that of the locale."""
    _chosen.set(next((each for each in LANGUAGES if each == name), None))


@contextmanager
def speaking(name: Language) -> Iterator[None]:
    """Speak a language within a ``with`` block, in this thread of work alone."""
    before = _chosen.set(name)
    try:
        yield
    finally:
        _chosen.reset(before)


def language() -> Language:
    """Return the language that was chosen, or that of the locale."""
    return _chosen.get() or of_locale(os.environ)


def of_locale(environment: Mapping[str, str]) -> Language:
    """Return the language of the locale that an environment names.

    >>> of_locale({"LANG": "zh_CN.UTF-8"}), of_locale({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"})
    ('zh', 'en')
    """
    named = next((value for key in _LOCALE if (value := environment.get(key))), "")
    return "zh" if named.lower().startswith("zh") else "en"


def say(message: str, **values: object) -> str:
    """Return a message of the catalogue in the language spoken, with its holes filled."""
    text = catalogue().get(message, message) if language() == "zh" else message
    return text.format(**values) if values else text


def head(column: str) -> str:
    """Return what the head of a column of an answer says in the language spoken."""
    return columns().get(column, column) if language() == "zh" else column


def told(error: KgError) -> str:
    """Return an error as one line in the language spoken."""
    if language() == "en":
        return str(error)
    hint = translated(error.hint)
    return f"{error.where}：{translated(error.what)}" + (f"（{hint}）" if hint else "")


def translated(message: str) -> str:
    """Return a message that is already made in the language spoken; one that is not in the catalogue stays as it is."""
    if language() == "en" or not message:
        return message
    known = catalogue().get(message)
    if known is not None:
        return known
    for shape, text in _shapes():
        if found := shape.fullmatch(message):
            return _HOLE.sub(lambda hole: translated(found[f"_{hole[1]}"]), text)
    return message


@cache
def catalogue() -> Mapping[str, str]:
    """Return the Chinese of every message, by its English."""
    return _file()["messages"]


@cache
def columns() -> Mapping[str, str]:
    """Return the Chinese of every head of a column, by the name of the column."""
    return _file()["columns"]


@cache
def cells() -> Mapping[str, str]:
    """Return the Chinese of the plain words that stand in cells of answers (out, about, true), by their English."""
    return _file()["cells"]


@cache
def _file() -> Mapping[str, Mapping[str, str]]:
    import tomli

    from kg.base.intake import read_text
    from kg.base.resources import data_path

    found: dict[str, dict[str, str]] = {"messages": {}, "columns": {}, "cells": {}}
    for table, entries in tomli.loads(read_text(data_path(FILE))).items():
        found[table if table in found else "messages"].update(entries)
    return found


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the messages with holes as expressions over made ones, those with most of their own text first."""
    open_ones = [(english, chinese) for english, chinese in catalogue().items() if _HOLE.search(english)]
    open_ones.sort(key=lambda pair: (-len(_HOLE.sub("", pair[0])), pair))
    return tuple((re.compile(_expression(english), re.DOTALL), chinese) for english, chinese in open_ones)


def _expression(english: str) -> str:
    parts, at = [], 0
    for hole in _HOLE.finditer(english):
        parts += [re.escape(english[at : hole.start()]), f"(?P<_{hole[1]}>.*)"]
        at = hole.end()
    return "".join(parts) + re.escape(english[at:])
