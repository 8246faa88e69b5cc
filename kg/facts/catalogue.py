"""The patterns there are, for whoever wants to add one: by predicate, by word, with what is there already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomli

from kg.base.errors import QueryError, ResourceError
from kg.base.intake import read_text
from kg.base.language import say
from kg.base.resources import data_path
from kg.base.wordlist import did_you_mean
from kg.facts.pattern import DOMAIN, Pattern, load_patterns, patterns_of

__all__ = ["Listing", "knowledge_files", "list_patterns", "patterns_in", "read_toml"]

_WORDS: Final = 12  # cues that a line shows


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed, line by line, and remarks on it."""

    lines: tuple[str, ...]
    remarks: tuple[str, ...]


def list_patterns(predicate: str = "", word: str = "", folder: Path | None = None) -> Listing:
    """Return the patterns of a predicate, with a word, or all; ``folder``: not kg's own.

    Raises:
        QueryError: there is no such predicate.
        ResourceError: a pattern is wrong.
    """
    if predicate and predicate not in DOMAIN:
        raise QueryError(predicate, "no such predicate", did_you_mean(predicate, tuple(DOMAIN)))
    known = load_patterns().all if folder is None else tuple(patterns_in(folder))
    found = [
        pattern
        for pattern in known
        if (not predicate or pattern.predicate == predicate) and (not word or _has(pattern, word))
    ]
    lines = [line for pattern in found for line in _lines(pattern, word)]
    return Listing(tuple(lines), tuple(_remarks(found, predicate, word)))


def knowledge_files(folder: Path | None) -> list[tuple[Path, str]]:
    """Return the files of knowledge of a folder, each with the name a user knows it by; without one, of kg's own.

    Raises:
        ResourceError: it is no folder, or holds no knowledge.
    """
    root = folder or data_path("")
    if not root.is_dir():
        raise ResourceError(root, "no such folder", "name a folder with patterns or lists of words in it")
    inner = [root / name for name in ("patterns", "language") if (root / name).is_dir()]
    paths = sorted(path for place in inner or [root] for path in place.glob("*.toml"))
    if not paths:
        raise ResourceError(root, "holds no knowledge", "put patterns into it: NAME.toml with [[pattern]]")
    return [(path, str(path) if folder else f"data/{path.relative_to(root)}") for path in paths]


def patterns_in(folder: Path) -> Iterator[Pattern]:
    """Yield the patterns of a folder of knowledge.

    Raises:
        ResourceError: it holds no knowledge, or a pattern is wrong.
    """
    for path, name in knowledge_files(folder):
        data = read_toml(path, name)
        if "pattern" in data:
            yield from patterns_of(data, name)


def read_toml(path: Path, name: str) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        ResourceError: it is no TOML.
    """
    try:
        return tomli.loads(read_text(path))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ResourceError(
            name, f"no TOML: {error}", "a string stands in quotes, a list in brackets"
        ) from error


def _has(pattern: Pattern, word: str) -> bool:
    """Say whether a word is a cue of the pattern or a part of one, or stands in its shape."""
    in_shape = pattern.shape is not None and word in pattern.shape.pattern
    return in_shape or any(word in cue for cue in (*pattern.cues, *pattern.markers))


def _lines(pattern: Pattern, word: str) -> Iterator[str]:
    yield f"{pattern.id:24} {pattern.kind:6} {pattern.predicate:18} {pattern.file}"
    yield f"{'':24} {pattern.description}"
    cues = [cue for cue in pattern.cues if word in cue] if word else list(pattern.cues)
    if cues:
        more = say(" ... {cues} in all", cues=len(cues)) if len(cues) > _WORDS else ""
        yield f"{'':24} {' '.join(cues[:_WORDS])}{more}"


def _remarks(found: Sequence[Pattern], predicate: str, word: str) -> Iterator[str]:
    yield say("{patterns} patterns" if len(found) != 1 else "1 pattern", patterns=len(found))
    if not word:
        return
    having = [pattern for pattern in found if word in pattern.cues]
    for pattern in having:
        yield say(
            "{word} is there already: a cue of {pattern} ({predicate}), {file};"
            " a second pattern of this predicate needs other conditions",
            word=repr(word),
            pattern=repr(pattern.id),
            predicate=pattern.predicate,
            file=pattern.file,
        )
    if not having:
        yield say(
            "{word} is no cue of {predicate} yet" if predicate else "{word} is no cue yet",
            word=repr(word),
            predicate=predicate,
        )
