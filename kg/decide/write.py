"""``Decision*`` -> ``decisions.toml``: added behind what stands there, never in place of it.

Writers wait for each other, and for a build that puts its folder in place. The file is replaced whole, so that one that is
killed leaves the old file or the new one, and what was told to be written is on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from kg.base.errors import DecisionError, OutputError
from kg.base.intake import LARGEST_TEXT, read_file
from kg.base.model import Span
from kg.base.swap import holding, write_durably
from kg.decide.model import Change, Decision, EntityAnchor, FactAnchor, FigureAnchor
from kg.decide.read import HALF, decisions_in
from kg.decide.standing import answers, check, gives_way, in_force, next_id

__all__ = ["Appended", "append", "toml_of"]

_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_FIRST: Final = ("id", "verdict")
_LAST: Final = ("by", "on", "note")


@dataclass(frozen=True, slots=True)
class Appended:
    """What came of adding decisions to a file."""

    written: tuple[Decision, ...]  # with the ids they have in the file
    known: tuple[Decision, ...]  # those that stood there already, as they stand there
    renamed: tuple[tuple[str, str], ...] = ()  # ids of others that were taken, and those given in their place
    replaced: tuple[tuple[str, str], ...] = ()  # ids of what was withdrawn for another answer, and of that


def append(path: Path, decisions: Sequence[Decision]) -> Appended:
    """Add decisions to a file, made where there is none, and return once they are on the disk.

    A decision without an id gets the next free one, and is written only if nothing says the same already. One whose id
    stands there with the same content is known; with another, it gets a new id, which it keeps when it is added again.
    Another answer of the same person to the very same question withdraws the one before in the same write.

    Raises:
        DecisionError: the file does not hold what it should, or what is added contradicts it, or is no text; nothing is
            written.
        OutputError: it cannot be written.
    """
    path = path.resolve()
    with _held(path.parent):
        try:
            data = read_file(path, LARGEST_TEXT)
        except FileNotFoundError:
            data = b""
        except OSError as error:
            raise DecisionError(path, f"cannot be read: {error.strerror or error}") from error
        before = decisions_in(data, path)
        done = _placed(before, decisions)
        if done.written:
            data += b"\n" if data and not data.endswith(b"\n") else b""
            data += b"\n" if data else b""
            data += _encoded(done.written)
            check(decisions_in(data, path), path)
            write_durably(path, data)
    return done


def _encoded(decisions: Iterable[Decision]) -> bytes:
    """Return decisions as they stand in the file.

    Raises:
        DecisionError: one holds half a character, which no file can.
    """
    parts = []
    for each in decisions:
        try:
            parts.append(toml_of(each).encode())
        except UnicodeEncodeError as error:
            raise DecisionError(each.id, *HALF) from error
    return b"\n".join(parts)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a folder against other writers of decisions, and against builds.

    Raises:
        OutputError: it can be neither found nor made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        where = error.filename or folder
        raise OutputError(where, f"cannot be written: {error.strerror or error}") from error
    with holding(folder):
        yield


def _placed(before: Sequence[Decision], decisions: Sequence[Decision]) -> Appended:
    """Return which decisions are new, each under an id that is free, and with them what they replace."""
    own = {each.id: each for each in before}
    forced = in_force(before)
    contents = {each.content: each for each in forced}
    twins = {replace(each, id="", line=0): each for each in before}
    written, known, renamed = list[Decision](), list[Decision](), dict[str, str]()
    for each in decisions:
        if not each.id and each.content in contents:
            known.append(contents[each.content])
            continue
        if each.id in own and _same(own[each.id], each):
            known.append(own[each.id])
            continue
        if each.id in own and (twin := twins.get(_unnamed(each, renamed))) is not None:
            known.append(twin)
            renamed[each.id] = twin.id
            continue
        name = each.id
        if not name or name in own:
            name = next_id([*own.values(), *decisions])
            if each.id:
                renamed[each.id] = name
        made = replace(each, id=name, line=0)
        own[name] = made
        contents[made.content] = made
        written.append(made)
    written = list(_retold(written, renamed))
    replaced = tuple(_replaced(forced, written))
    for old, new in replaced:
        name = next_id([*own.values(), *decisions])
        own[name] = Decision(name, "withdraw", of=old, by=own[new].by, on=own[new].on)
        written.append(own[name])
    return Appended(tuple(written), tuple(known), tuple(renamed.items()), replaced)


def _replaced(before: Sequence[Decision], written: Sequence[Decision]) -> Iterator[tuple[str, str]]:
    """Yield the ids of decisions that give way to other answers, and of these."""
    gone = {each.of for each in written if each.verdict == "withdraw"}
    asked: dict[Any, list[tuple[Any, Decision]]] = {}
    for old in before:
        for question, answer in answers(old) if old.id not in gone else ():
            asked.setdefault(question, []).append((answer, old))
    for new in written:
        if new.id in gone:
            continue
        for question, answer in answers(new):
            for other, old in asked.get(question, ()):
                if other != answer and old.id not in gone and gives_way(old, new):
                    gone.add(old.id)
                    yield old.id, new.id


def _same(one: Decision, other: Decision) -> bool:
    return replace(one, line=0) == replace(other, line=0)


def _unnamed(each: Decision, renamed: dict[str, str]) -> Decision:
    """Return all that a decision says but its own id; what it withdraws by the id that has now."""
    return replace(each, id="", line=0, of=renamed.get(each.of, each.of) if each.of else None)


def _retold(decisions: Iterable[Decision], renamed: dict[str, str]) -> Iterator[Decision]:
    """Yield decisions that withdraw others of the same file by the ids these have now."""
    for each in decisions:
        yield replace(each, of=renamed[each.of]) if each.of in renamed else each


# as TOML ----------------------------------------------------------------------------------------------------------


def toml_of(decision: Decision) -> str:
    """Return a decision as it stands in the file, with its line end."""
    names = [field.name for field in fields(Decision) if field.name not in (*_FIRST, *_LAST, "line")]
    rows = [
        f"{name} = {_value(value)}"
        for name in (*_FIRST, *names, *_LAST)
        if (value := getattr(decision, name)) is not None and not (name in _LAST and value == "")
    ]
    return "\n".join(("[[decision]]", *rows, ""))


def _value(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, FactAnchor):
        return _fact(value)
    if isinstance(value, EntityAnchor):
        return _entity(value)
    if isinstance(value, FigureAnchor):
        return _table([("article", value.article), ("at", value.span), ("words", value.words)])
    if isinstance(value, Change):
        return _table([(field.name, getattr(value, field.name)) for field in fields(Change)])
    raise TypeError(f"no way to write {value!r}")


def _entity(anchor: EntityAnchor, *, of_fact: bool = False) -> str:
    article = None if of_fact else anchor.article
    rows = [("article", article), ("at", anchor.span), ("words", anchor.words), ("type", anchor.type or None)]
    return _table(rows)


def _fact(anchor: FactAnchor) -> str:
    names = [field.name for field in fields(FactAnchor)]
    return _table([("at" if name == "span" else name, getattr(anchor, name)) for name in names])


def _table(rows: Iterable[tuple[str, object]]) -> str:
    """Return an inline table; entities in it are those of the article of its fact."""
    parts = []
    for name, value in rows:
        if value is None:
            continue
        if isinstance(value, Span):
            parts.append(f"{name} = [{value.start}, {value.end}]")
        elif isinstance(value, EntityAnchor):
            parts.append(f"{name} = {_entity(value, of_fact=True)}")
        else:
            parts.append(f"{name} = {_value(value)}")
    return "{ " + ", ".join(parts) + " }"


def _text(text: str) -> str:
    """Return a text in quotes, nothing in it that a terminal would obey or an editor would turn around.

    Raises:
        UnicodeEncodeError: it holds half a character.
    """
    text.encode()
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable() or character == "\u3000":
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
