"""What a system found in an article, in the one form that is scored; ``README.md`` describes it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from kg.base.errors import SourceError

MODIFIERS: Final = ("", "about", "over", "under")
_FORM: Final = "benchmarks/quality/README.md describes the form"

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Thing:
    """A named thing; ``type`` is "" where the system says none."""

    id: str
    type: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A relation between two things, by their ids; ``quote`` is "" where the system gives none."""

    subject: str
    predicate: str
    object: str
    role: str = ""
    quote: str = ""
    status: str = "asserted"


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure; ``owner`` is the id of the thing it is about."""

    value: Decimal
    unit: str
    modifier: str = ""
    label: str = ""
    owner: str | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """All that a system found in one article."""

    article: str
    things: tuple[Thing, ...] = ()
    statements: tuple[Statement, ...] = ()
    amounts: tuple[Amount, ...] = ()


class Ends:
    """The things of an output by id and by name; an end that is neither becomes a thing of its own, without a type."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self.things = {thing.id: thing for thing in things}
        self._named = {name: thing.id for thing in reversed(things) for name in thing.names}

    def find(self, end: str) -> str:
        """Return the id of the thing that ``end`` is the id or a name of."""
        if end in self.things:
            return end
        if end not in self._named:
            self._named[end] = f"?{end}"
            self.things[f"?{end}"] = Thing(f"?{end}", "", (end,))
        return self._named[end]


def read_output(path: Path, text: str) -> Output:
    """Return the output in a file, of an article with this text.

    Raises:
        SourceError: the file is missing or not in the form.
    """
    try:
        return output_of(json.loads(path.read_text(encoding="utf-8")), path.stem, text)
    except OSError as error:
        raise SourceError(
            path, "the output of this article is missing", "a file ID.json for each ID"
        ) from error
    except (AttributeError, IndexError, InvalidOperation, KeyError, TypeError, ValueError) as error:
        raise SourceError(path, f"no output as expected: {error!r}", _FORM) from error


def output_of(raw: Raw, name: str, text: str) -> Output:
    """Return an output that is given as JSON: things have names, or spans of ``text``; ends are ids or names."""
    ends = Ends([_thing(item, number, text) for number, item in enumerate(raw.get("entities", ()))])
    statements = tuple(_statement(item, ends) for item in raw.get("relations", ()))
    amounts = tuple(_amount(item, ends) for item in raw.get("figures", ()))
    return Output(name, tuple(ends.things.values()), statements, amounts)


def _thing(item: Raw, number: int, text: str) -> Thing:
    names = [str(name) for name in item.get("names", ())]
    names += [text[start:end] for start, end in item.get("spans", ())]
    kept = tuple(dict.fromkeys(name for name in names if name))
    if not kept:
        raise ValueError(f"entity {number + 1} has neither names nor spans")
    return Thing(str(item.get("id", f"#{number + 1}")), item.get("type") or "", kept)


def _statement(item: Raw, ends: Ends) -> Statement:
    return Statement(
        ends.find(str(item["subject"])),
        str(item["predicate"]),
        ends.find(str(item["object"])),
        item.get("role") or "",
        item.get("quote") or "",
        item.get("status") or "asserted",
    )


def _amount(item: Raw, ends: Ends) -> Amount:
    modifier = item.get("modifier") or ""
    if modifier not in MODIFIERS:
        raise ValueError(f"modifier {modifier!r} is none of {', '.join(filter(None, MODIFIERS))}")
    owner = item.get("owner")
    return Amount(
        Decimal(str(item["value"])),
        item.get("unit") or "",
        modifier,
        item.get("label") or "",
        None if owner is None else ends.find(str(owner)),
        item.get("quote") or "",
    )


def as_json(output: Output) -> dict[str, Any]:
    """Return an output as JSON, in one order whatever the order in which it was found."""
    things = sorted(output.things, key=lambda each: (each.names, each.type, each.id))
    return {
        "article": output.article,
        "entities": [{"id": each.id, "type": each.type, "names": list(each.names)} for each in things],
        "relations": sorted((_plain_statement(each) for each in output.statements), key=canonical),
        "figures": sorted((_plain_amount(each) for each in output.amounts), key=canonical),
    }


def _plain_statement(each: Statement) -> dict[str, Any]:
    plain = {"subject": each.subject, "predicate": each.predicate, "object": each.object, "quote": each.quote}
    role = {"role": each.role} if each.role else {}
    return plain | role | ({} if each.status == "asserted" else {"status": each.status})


def _plain_amount(each: Amount) -> dict[str, Any]:
    return {
        "value": f"{each.value.normalize():f}",
        "unit": each.unit,
        "modifier": each.modifier,
        "label": each.label,
        "owner": each.owner,
        "quote": each.quote,
    }


def canonical(value: object) -> str:
    """Return JSON that is the same for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
