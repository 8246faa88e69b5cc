"""The knowledge of questions, ``data/questions``: the kinds with their wordings, the deeds, the words; checked when loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

import tomli

from kg.base.errors import ResourceError
from kg.base.intake import read_text
from kg.base.overlay import per_overlay
from kg.base.resources import data_path
from kg.base.schema import schema
from kg.base.wordlist import checked_words, did_you_mean
from kg.questions.lexicon import FILE as PASSAGES
from kg.questions.model import Cases, Deed, Kind, Which
from kg.questions.wording import Sequence, Slot, Text, expand, parse, slots_of

__all__ = ["FOLDER", "Grammar", "Pattern", "grammar", "read_grammar"]

FOLDER: Final = "questions"

_WORDS: Final = "words.toml"
_DEEDS: Final = "deeds.toml"
_TEXTS: Final = ("id", "asks", "query", "answer")
_LISTS: Final = ("wordings", "passes", "fails")
_OPTIONAL: Final = ("takes", "value", "form", "date")
_FORMS: Final = get_args(get_type_hints(Kind)["form"])


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of question, with its wordings as they are looked for."""

    kind: Kind
    wordings: tuple[Sequence, ...]
    slots: frozenset[str]
    needs: frozenset[str]  # those that must be filled: the ones that tell what is asked


@dataclass(frozen=True, slots=True)
class Modifier:
    """A word that narrows a question: to what was (曾), is (现在), or is to be (计划)."""

    id: str
    words: tuple[str, ...]
    only: str  # SPARQL


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that is known of questions."""

    patterns: tuple[Pattern, ...]
    phrases: tuple[Pattern, ...]  # questions inside a question: 资助甲校的人
    deeds: tuple[Deed, ...]
    sorts: tuple[tuple[str, Which], ...]  # the words for a sort of thing
    asking: tuple[tuple[str, Which], ...]  # the words that ask without a sort: 谁
    counting: tuple[str, ...]  # before a sort that is counted: 多少家
    choosing: tuple[str, ...]  # before a sort that is asked for: 哪些
    fillers: tuple[str, ...]
    units: tuple[str, ...]  # behind 多少
    foreign: tuple[str, ...]  # what no name has that is only heard in a question
    modifiers: tuple[Modifier, ...]
    slots: Mapping[str, tuple[str, ...]]  # which types of things fill a slot, or what else
    marks: Mapping[str, str]
    parts: Mapping[str, str]  # pieces of SPARQL, by name
    no_cue: frozenset[str]  # what tells no figure from another
    tails: tuple[str, ...]  # what a name may be said without
    aside: tuple[str, ...]  # words of a figure's quote that must be in the question too

    def modifier(self, name: str) -> Modifier:
        """Return a modifier by its id."""
        return next(each for each in self.modifiers if each.id == name)


@per_overlay
def grammar() -> Grammar:
    """Return the questions that kg understands."""
    return read_grammar(data_path(FOLDER))


def read_grammar(folder: Path) -> Grammar:
    """Return the knowledge of questions in a folder.

    Raises:
        ResourceError: something in it is wrong: which file and entry, what, and how to mend it.
    """
    words = _table(folder / _WORDS)
    classes = {name: _words(folder / _WORDS, name, value) for name, value in words.get("class", {}).items()}
    patterns: list[Pattern] = []
    phrases: list[Pattern] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name in (_WORDS, _DEEDS, PASSAGES):
            continue
        table = _table(path)
        _known(table, ("question", "phrase"), f"{FOLDER}/{path.name}")
        for found, key in ((patterns, "question"), (phrases, "phrase")):
            found += [
                _pattern(item, path, classes, len(found) + at) for at, item in enumerate(table.get(key, ()))
            ]
    said = {name: _words(folder / _WORDS, name, value) for name, value in words["words"].items()}
    read = Grammar(
        patterns=tuple(patterns),
        phrases=tuple(phrases),
        deeds=_deeds(folder / _DEEDS, classes),
        sorts=_sorts(words.get("sort", ()), folder / _WORDS),
        asking=_sorts(words.get("asking", ()), folder / _WORDS),
        counting=said["counting"],
        choosing=said["choosing"],
        fillers=said["fillers"],
        units=tuple(filter(None, classes["unit"])),
        foreign=said["foreign"],
        modifiers=tuple(
            Modifier(each["id"], tuple(each["words"]), each["only"]) for each in words["modifier"]
        ),
        slots={name: tuple(value) for name, value in words["slots"].items()},
        marks=dict(words["marks"]),
        parts=dict(words["parts"]),
        no_cue=frozenset(said["no_cue"]),
        tails=said["tails"],
        aside=said["aside"],
    )
    _check(read)
    return read


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomli.loads(read_text(path))
    except OSError as error:
        raise ResourceError(f"{FOLDER}/{path.name}", f"cannot be read: {error.strerror or error}") from error
    except tomli.TOMLDecodeError as error:
        raise ResourceError(f"{FOLDER}/{path.name}", f"no TOML: {error}") from error


def _words(path: Path, key: str, value: object) -> tuple[str, ...]:
    found = checked_words(f"{FOLDER}/{path.name}", key, value, empty_word=True)
    return tuple(sorted(found, key=len, reverse=True))


def _known(item: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in item:
        if key not in known:
            raise ResourceError(where, f"unknown field {key!r}", did_you_mean(key, known))


def _pattern(
    item: Mapping[str, Any], path: Path, classes: Mapping[str, tuple[str, ...]], order: int
) -> Pattern:
    where = f"{FOLDER}/{path.name} {item.get('id', '?')}"
    _known(item, (*_TEXTS, *_LISTS, *_OPTIONAL), where)
    for key in _TEXTS:
        if not isinstance(item.get(key), str) or not item[key].strip():
            raise ResourceError(where, f"{key} is missing", f'write {key} = "..."')
    lists = {key: checked_words(where, key, item.get(key)) for key in _LISTS}
    if item.get("form", "list") not in _FORMS:
        raise ResourceError(where, f"unknown form {item['form']!r}", did_you_mean(item["form"], _FORMS))
    kind = Kind(
        item["id"],
        item["asks"],
        lists["wordings"],
        item["query"],
        item["answer"],
        Cases(lists["passes"], lists["fails"]),
        frozenset(item.get("takes", ())),
        item.get("value", "{thing}"),
        item.get("form", "list"),
        where,
        item.get("date", ""),
        order,
    )
    wordings = tuple(parse(text, classes, where) for text in kind.wordings)
    needs = slots_of(tuple(Slot(part.split("}")[0]) for part in kind.asks.split("{")[1:]))
    return Pattern(kind, wordings, frozenset().union(*map(slots_of, wordings)), needs)


def _deeds(path: Path, classes: Mapping[str, tuple[str, ...]]) -> tuple[Deed, ...]:
    found: list[Deed] = []
    for item in _table(path).get("deed", ()):
        where = f"{FOLDER}/{path.name} {item.get('says', '?')}"
        _known(item, ("predicates", "says", "quoted", "turned"), where)
        predicates = checked_words(where, "predicates", item.get("predicates"))
        for name in predicates:
            if name not in schema().predicates:
                raise ResourceError(
                    where, f"unknown relation {name!r}", did_you_mean(name, schema().predicates)
                )
        for says in checked_words(where, "says", item.get("says")):
            found += _ways(says, classes, where, predicates, item)
    return tuple(sorted(found, key=lambda deed: (-len("".join(deed.before)), deed.before, deed.after)))


def _ways(
    says: str,
    classes: Mapping[str, tuple[str, ...]],
    where: str,
    predicates: tuple[str, ...],
    item: Mapping[str, Any],
) -> Iterator[Deed]:
    """Yield every way to say a deed; without a hole for it, its object stands at the end."""
    for way in expand(parse(says if "{o}" in says else f"{says}{{o}}", classes, where)):
        holes = [at for at, node in enumerate(way) if isinstance(node, Slot)]
        if len(holes) != 1 or not holes[0]:
            raise ResourceError(where, f"{says!r} needs one {{o}}, with a word before it", "write 向{o}捐赠")
        words = [node.text if isinstance(node, Text) else "" for node in way]
        yield Deed(
            predicates,
            tuple(words[: holes[0]]),
            tuple(words[holes[0] + 1 :]),
            item.get("quoted", ""),
            bool(item.get("turned", False)),
        )


def _sorts(items: Any, path: Path) -> tuple[tuple[str, Which], ...]:  # noqa: ANN401 - of a TOML file
    found = {
        word: Which(word, tuple(item["classes"]), item.get("like", ""))
        for item in items
        for word in checked_words(f"{FOLDER}/{path.name}", "words", item.get("words"))
    }
    return tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _check(read: Grammar) -> None:
    """Check what entries say together: ids that are there twice, slots and modifiers that are unknown."""
    ids: set[str] = set()
    names = {*read.slots, "deed", "which", "howmany", "cue", "cue2"}
    for pattern in (*read.patterns, *read.phrases):
        kind = pattern.kind
        if kind.id in ids:
            raise ResourceError(kind.where, "is there twice", "give each kind an id of its own")
        ids.add(kind.id)
        for slot in pattern.slots - names:
            raise ResourceError(kind.where, f"unknown slot {slot!r}", did_you_mean(slot, names))
        known = {"date", *(each.id for each in read.modifiers)}
        for name in kind.takes - known:
            raise ResourceError(kind.where, f"unknown modifier {name!r}", did_you_mean(name, known))
