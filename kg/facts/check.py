"""A folder of knowledge, checked: every entry by itself, what entries say together, and every case they carry.

A folder holds ``patterns/*.toml`` and ``language/*.toml`` as ``data/`` does, or such files side by side; what a file is
is told by what is in it. A folder that describes every part of the code stands for itself; another one adds to kg's own
patterns, and those of the same id stand in their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.base.errors import ResourceError
from kg.base.language import say, told
from kg.base.overlay import Overlay, using
from kg.base.own_files import UNITS, files_of, load_overlay
from kg.base.wordlist import WordTable
from kg.facts.candidate import find_candidates
from kg.facts.catalogue import knowledge_files, read_toml
from kg.facts.event_check import failing_shapes, shapes_of
from kg.facts.event_words import read_event_words
from kg.facts.lists import check_list, list_names
from kg.facts.marked import annotate, says
from kg.facts.pattern import (
    Pattern,
    Patterns,
    faults_together,
    indexed,
    load_patterns,
    read_pattern,
    tables_of,
)
from kg.facts.pattern_check import READERS
from kg.names.lexicon import bodies, leagues, names, organizations, read_titles, references, regions, titles
from kg.names.work.find import find_works
from kg.names.work.knowledge import Entry, Knowledge, read_knowledge
from kg.text.personal.cases import failing
from kg.text.personal.shapes import read_shapes
from kg.text.sentence import split
from kg.text.source import article_of
from kg.words.tagger import default_tagger

__all__ = ["Report", "check_knowledge", "check_of_user"]

_WORKS: Final = "works.toml"
_TITLES: Final = "titles.toml"
_PERSONAL: Final = "personal.toml"
_EVENTS: Final = "events.toml"


@dataclass
class Report:
    """What a check found: how much there was, and a line for each thing that is wrong."""

    files: int = 0
    entries: int = 0
    cases: int = 0
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the report as one line."""
        wrong = say("{wrong} wrong", wrong=len(self.problems)) if self.problems else say("all right")
        return say(
            "files {files}, patterns and entries {entries}, cases {cases}: {verdict}",
            files=self.files,
            entries=self.entries,
            cases=self.cases,
            verdict=wrong,
        )


def check_knowledge(folder: Path | None = None) -> Report:
    """Return what is wrong in a folder of knowledge; without one, in kg's own.

    Raises:
        ResourceError: it is no folder, or holds no knowledge.
    """
    report = Report()
    found: list[Pattern] = []
    for path, name in knowledge_files(folder):
        report.files += 1
        try:
            data = read_toml(path, name)
        except ResourceError as error:
            report.problems.append(told(error))
            continue
        if "pattern" in data or path.name not in list_names():
            found += _patterns(data, name, report)
        else:
            _check_list(path.name, data, name, report)
    report.problems += map(told, _check_patterns(found, report))
    if folder is None:
        report.problems += _own_lists()
    report.problems = list(dict.fromkeys(report.problems))
    return report


def check_of_user(folder: Path) -> Report:
    """Return what is wrong in a folder of the user's knowledge: its files, its rows, its patterns and their cases.

    Raises:
        ResourceError: there is no such folder.
    """
    report = Report()
    report.files = len(list(files_of(folder)))
    try:
        overlay = load_overlay(folder, lambda error: report.problems.append(told(error)))
    except ResourceError as error:
        report.problems.append(told(error))
        return report
    names = overlay.names
    report.entries = len({*names.names.values(), *names.shorts.values()}) + len(names.none)
    report.entries += len(overlay.places) + len(overlay.tables.get(UNITS, ()))
    with using(overlay):
        report.problems += map(told, _patterns_of_user(overlay, report))
    report.problems = list(dict.fromkeys(report.problems))
    return report


def _patterns_of_user(overlay: Overlay, report: Report) -> Iterator[ResourceError]:
    """Yield what is wrong with the patterns of the user, and where all can be read, each of their cases that fails."""
    found: list[Pattern] = []
    for own in overlay.patterns:
        report.entries += 1
        try:
            found.append(read_pattern(own.item, own.where))
        except ResourceError as error:
            yield error
    if len(found) < len(overlay.patterns):
        return
    try:
        yield from _check_patterns(found, report)
    except ResourceError as error:  # two of one id
        yield error


def _own_lists() -> Iterator[str]:
    """Yield what the readers of kg's own lists say is wrong: a key that is missing or that they do not know."""
    for reader in (bodies, leagues, names, organizations, references, regions, titles):
        try:
            reader()
        except ResourceError as error:
            yield told(error)


# patterns ---------------------------------------------------------------------------------------------------------


def _patterns(data: dict[str, Any], name: str, report: Report) -> list[Pattern]:
    found: list[Pattern] = []
    try:
        items = tables_of(data, name)
    except ResourceError as error:
        report.problems.append(told(error))
        return found
    for item in items:
        report.entries += 1
        try:
            found.append(read_pattern(item, name))
        except ResourceError as error:
            report.problems.append(told(error))
    return found


def _check_patterns(own: Sequence[Pattern], report: Report) -> Iterator[ResourceError]:
    """Yield what is wrong with patterns together, and each of their cases that fails."""
    if not own:
        return
    together = [*_beside(own), *own]
    yield from faults_together(together)
    patterns = indexed(tuple(together))
    for pattern in own:
        yield from _cases(pattern, patterns, report)


def _beside(own: Sequence[Pattern]) -> list[Pattern]:
    """Return kg's own patterns that go with a folder's: none where the folder is whole."""
    readers = {pattern.reader for pattern in own}
    if readers.issuperset(READERS):
        return []
    ids = {pattern.id for pattern in own}
    return [
        one for one in load_patterns().all if one.id not in ids and not (one.reader and one.reader in readers)
    ]


def _cases(pattern: Pattern, patterns: Patterns, report: Report) -> Iterator[ResourceError]:
    where = f"{pattern.file}, pattern {pattern.id!r}"
    for case in pattern.passes:
        report.cases += 1
        found = _found(pattern.id, case.text, patterns)
        for fact in case.facts:
            if fact not in found:
                yield ResourceError(where, f"does not find {fact} in {case.text}", _instead(found))
    for case in pattern.fails:
        report.cases += 1
        for fact in sorted(_found(pattern.id, case.text, patterns) - set(case.facts)):
            yield ResourceError(where, f"finds {fact} in {case.text}", "it should not: give it a condition")


def _instead(found: set[str]) -> str:
    return f"but {', '.join(sorted(found))}" if found else "it finds nothing there"


def _found(pattern: str, text: str, patterns: Patterns) -> set[str]:
    return {
        says(candidate)
        for candidate in find_candidates(*annotate(text), patterns)
        if any(firing.pattern == pattern for firing in candidate.firings)
    }


# lists of words ---------------------------------------------------------------------------------------------------


def _check_list(kind: str, data: dict[str, Any], name: str, report: Report) -> None:
    table = WordTable(name, data)
    try:
        check_list(table, kind)
        if kind == _WORKS:
            report.problems += map(told, _works(read_knowledge(table), name, report))
        elif kind == _TITLES:
            report.problems += map(told, _titles(table, report))
        elif kind == _PERSONAL:
            report.problems += _personal(table, report)
        elif kind == _EVENTS:
            report.problems += map(told, _events(table, report))
    except ResourceError as error:
        report.problems.append(told(error))


def _titles(table: WordTable, report: Report) -> Iterator[ResourceError]:
    """Yield each case of the titles that fails: a title with its class, or a word that is none."""
    found = read_titles(table)
    expected = [*table.rows("passes", 2), *((word, "") for word in table.words("fails"))]
    for word, wanted in expected:
        report.cases += 1
        given = found.class_of(word)
        if given != wanted:
            said, should = (f"of class {one!r}" if one else "no title" for one in (given, wanted))
            yield ResourceError(
                table.where, f"{word} is {said}, and should be {should}", "see `passes` and `fails`"
            )


def _personal(table: WordTable, report: Report) -> Iterator[str]:
    """Yield each case of the shapes of personal data that fails."""
    for shape in read_shapes(table):
        report.entries += 1
        report.cases += len(shape.passes) + len(shape.fails)
        yield from failing(shape)


def _events(table: WordTable, report: Report) -> Iterator[ResourceError]:
    """Yield each case of the shapes of main events that fails."""
    words = read_event_words(table)
    for _, shape in shapes_of(words):
        report.entries += 1
        report.cases += len(shape.passes) + len(shape.fails)
    yield from failing_shapes(words)


def _works(know: Knowledge, name: str, report: Report) -> Iterator[ResourceError]:
    """Yield each case of an entry of works that fails."""
    for table, entry in know.entries:
        report.entries += 1
        where = f"{name}, {table} {entry.id!r}"
        for case in entry.passes:
            report.cases += 1
            if (case.name, entry.type) not in _named(table, entry, case.text, know):
                yield ResourceError(where, f"does not find {case.name} in {case.text}", "see `passes`")
        for case in entry.fails:
            report.cases += 1
            for text, _ in _named(table, entry, case.text, know):
                yield ResourceError(where, f"finds {text} in {case.text}", "it should not: see `fails`")


def _named(table: str, entry: Entry, text: str, know: Knowledge) -> list[tuple[str, str]]:
    """Return the names that an entry finds; those of a cue verb are named by the rules of others."""
    article = article_of(text)
    rows = find_works(article, default_tagger().tag(split(article)), know)
    return [
        (mention.text, mention.type)
        for row in rows
        for mention in row
        if table == "cue" or mention.rule.endswith(f"-{entry.id}")
    ]
