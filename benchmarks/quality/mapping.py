"""The answers of other systems in our form, by the words of ``mapping.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import tomli

from benchmarks.quality.output import Output, Raw, output_of
from kg.base.errors import SourceError
from kg.base.schema import schema
from kg.figures.quantity import find_quantities

HERE: Final = Path(__file__).parent
_GAPS: Final = re.compile(r"[\s_\-]+")
_PLAIN: Final = re.compile(r"-?\d+(?:\.\d+)?")
_SCALES: Final = ("百", "千", "万", "亿")


@dataclass(slots=True)
class Words:
    """What a system's words mean: types, modifiers, predicates with their direction."""

    types: dict[str, str] = field(default_factory=dict)
    modifiers: dict[str, str] = field(default_factory=dict)
    predicates: dict[str, tuple[str, bool]] = field(default_factory=dict)  # with True: the other way round
    begun: list[tuple[str, str]] = field(
        default_factory=list
    )  # words that a title follows, the longest first

    def read(self, path: Path) -> None:
        """Add what a file says.

        Raises:
            SourceError: it is missing, no TOML, or names a predicate that is not scored.
        """
        try:
            table = tomli.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise SourceError(
                path, f"no mapping: {error}", "a file like benchmarks/quality/mapping.toml"
            ) from error
        for known, kept in (("types", self.types), ("modifiers", self.modifiers)):
            for name, words in table.get(known, {}).items():
                kept.update({plain(word): name for word in (name, *words)})
        for entry in table.get("predicate", ()):
            self._add(path, entry)
        self.begun.sort(key=lambda pair: -len(pair[0]))

    def _add(self, path: Path, entry: Raw) -> None:
        name = entry.get("name", "")
        if name not in schema().predicates:
            raise SourceError(path, f"no such predicate: {name}", f"one of {', '.join(schema().predicates)}")
        self.predicates[plain(name)] = (name, False)
        for word in entry.get("words", ()):
            if word.endswith("*"):
                self.begun.append((plain(word[:-1]), name))
            self.predicates[plain(word.removesuffix("*"))] = (name, False)
        for word in entry.get("inverse", ()):
            self.predicates.setdefault(plain(word), (name, True))

    def predicate(self, word: str) -> tuple[str, bool, str]:
        """Return predicate, whether it is the other way round, and the title in the word; the word where nothing is known."""
        said = plain(word)
        if said in self.predicates:
            return *self.predicates[said], ""
        for begin, name in self.begun:
            if said.startswith(begin):
                return name, False, said[len(begin) :].strip()
        return word, False, ""


def plain(word: str) -> str:
    """Return a word as it is compared: lower case, one space for spaces, _ and -, also between camelCase."""
    return _GAPS.sub(" ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word)).strip().lower()


def read_mapping(own: Iterable[Path] = ()) -> Words:
    """Return the mapping of ``mapping.toml`` with what ``own`` files add."""
    mapping = Words()
    for path in (HERE / "mapping.toml", *own):
        mapping.read(path)
    return mapping


# What each program answers (its docstring says the form) -> our form ---------------------------------------------------


def _ours(native: Raw, name: str, text: str, _mapping: Words) -> Output:
    return output_of(native, name, text)


def _kg_gen(native: Raw, name: str, text: str, mapping: Words) -> Output:
    """Take triples of strings: an entity is its string, with the others of its cluster; there are no types, quotes, figures."""
    clusters: Mapping[str, list[str]] = native.get("entity_clusters") or {}
    clustered = {member for members in clusters.values() for member in members}
    entities = [{"names": [head, *members]} for head, members in clusters.items()]
    entities += [
        {"names": [each]} for each in native["entities"] if each and each not in clustered | set(clusters)
    ]
    relations = [
        _relation(mapping, subject, predicate, obj)
        for subject, predicate, obj in native["relations"]
        if subject and obj
    ]
    return output_of({"entities": entities, "relations": relations}, name, text)


def _langchain(native: Raw, name: str, text: str, mapping: Words) -> Output:
    """Take nodes with a type and relationships: an entity is a node's name; there are no quotes, figures, other names."""
    entities = [
        {"type": mapping.types.get(plain(kind), ""), "names": [each]}
        for each, kind in native["nodes"]
        if each
    ]
    relations = [_relation(mapping, *each) for each in native["relationships"] if each[0] and each[2]]
    return output_of({"entities": entities, "relations": relations}, name, text)


def _langextract(native: Raw, name: str, text: str, mapping: Words) -> Output:
    """Take extractions of the classes that the task asks for: names, relations and figures whose text is their quote."""
    things: dict[tuple[str, str], list[str]] = {}
    relations, figures = [], []
    for each in native["extractions"]:
        kind, said = plain(str(each["class"])), str(each["text"])
        has = {key: _word(value) for key, value in (each.get("attributes") or {}).items()}
        if kind == "relation" and has.get("subject") and has.get("object"):
            relations.append(
                _relation(
                    mapping,
                    has["subject"],
                    has.get("predicate", ""),
                    has["object"],
                    has.get("role", ""),
                    said,
                )
            )
        elif kind == "figure" and (figure := _figure(mapping, has, said)):
            figures.append(figure)
        elif kind in mapping.types:
            names = things.setdefault((mapping.types[kind], has.get("full_name") or said), [])
            names.append(said)
    entities = [{"type": kind, "names": [full, *names]} for (kind, full), names in things.items()]
    return output_of({"entities": entities, "relations": relations, "figures": figures}, name, text)


def _word(value: object) -> str:
    return str(value[0] if isinstance(value, list) and value else value or "")


def _relation(
    mapping: Words, subject: str, word: str, obj: str, role: str = "", quote: str = ""
) -> dict[str, str]:
    name, inverse, title = mapping.predicate(word)
    ends = (obj, subject) if inverse else (subject, obj)
    return {"subject": ends[0], "predicate": name, "object": ends[1], "role": role or title, "quote": quote}


def _figure(mapping: Words, has: Mapping[str, str], quote: str) -> dict[str, Any] | None:
    """Return a figure; 万 and 亿, and values that are no plain numbers (三成), are read by our own grammar of numbers."""
    value, unit = has.get("value", "").replace(",", ""), has.get("unit", "")
    if not _PLAIN.fullmatch(value) or unit.startswith(_SCALES):
        read = find_quantities(value + ("" if unit and value.endswith(unit) else unit))
        if not read:
            return None
        value, unit = f"{read[0].value:f}", read[0].unit or unit
    modifier = mapping.modifiers.get(plain(has.get("modifier", "")), "")
    owner = has.get("owner") or None
    label = has.get("label", "")
    return {
        "value": value,
        "unit": unit,
        "modifier": modifier,
        "label": label,
        "owner": owner,
        "quote": quote,
    }


FROM: Final[Mapping[str, Callable[[Raw, str, str, Words], Output]]] = {
    "ours": _ours,
    "kg-gen": _kg_gen,
    "langchain": _langchain,
    "langextract": _langextract,
}
