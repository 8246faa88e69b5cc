"""How a question was read -> the SPARQL that answers it, which a person can run and edit."""

from __future__ import annotations

import re
from typing import Final

from kg.base.late import late
from kg.base.schema import schema
from kg.graph.edtf import days
from kg.graph.literal import string
from kg.graph.vocabulary import PREFIXES
from kg.questions.grammar import Grammar
from kg.questions.lexicon import lexicon
from kg.questions.model import Bound, Deed, Name, Reading, Which

__all__ = ["sparql_of"]

_PART: Final = late(r"\$([a-z_]+)")
_DEPTH: Final = 4
_BLANK: Final = late(r"\n\s*\n+")


def sparql_of(reading: Reading, grammar: Grammar, base: str) -> str:
    """Return the query that answers a question, with the names in it as IRIs."""
    body = _body(reading, grammar, base)
    used = [name for name in ("id", *PREFIXES) if re.search(rf"(?<![\w:/#]){name}:", body)]
    spaces = {**PREFIXES, "id": base}
    head = "".join(f"PREFIX {name}: <{spaces[name]}>\n" for name in sorted(used))
    return f"{head}\n{body}\n"


def _body(reading: Reading, grammar: Grammar, base: str) -> str:
    given = "\n".join(line for each in reading.bound for line in _given(each, grammar, base))
    only = "\n".join(_only(reading, grammar))
    parts = {**grammar.parts, "given": given, "only": only}
    text = reading.kind.query.strip()
    for _ in range(_DEPTH):
        text = _PART.sub(lambda match: parts.get(match[1], match[0]).strip("\n"), text)
    first, last = days(reading.dates[0][1]) if reading.dates else ("", "")
    aside = "|".join(word for word in grammar.aside if word not in reading.text)
    narrows = " ".join(string(word) for word in lexicon().lists["narrows"] if word not in reading.text)
    text = (
        text.replace("$ASIDE", string(aside))
        .replace("$NARROWS", narrows)
        .replace("$FIRST", first or "0001-01-01")
        .replace("$LAST", last or "9999-12-31")
    )
    return _BLANK.sub("\n", "\n".join(line.rstrip() for line in text.splitlines()))


def _only(reading: Reading, grammar: Grammar) -> list[str]:
    found = [grammar.modifier(name).only for name in sorted(reading.modifiers)]
    if reading.dates:
        found.append(reading.kind.date or "$dated")
    return found


def _given(bound: Bound, grammar: Grammar, base: str) -> list[str]:
    """Return the lines that bind what fills a slot."""
    value, name = bound.value, bound.slot
    if isinstance(value, Name):
        return [f"  VALUES ?{name} {{ {' '.join(_node(iri, base) for iri in value.iris)} }}"]
    if isinstance(value, Which):
        classes = " ".join(f"({each} {string(value.like)})" for each in value.classes)
        return [f"  VALUES (?sort ?like) {{ {classes} }}"]
    if isinstance(value, Reading):
        inner = _body(value, grammar, base).replace("\n", "\n    ")
        shown = "?thing" if name == "thing" else f"(?thing AS ?{name})"
        return [f"  {{ SELECT DISTINCT {shown} WHERE {{ {{\n    {inner}\n  }} }} }}"]
    if isinstance(value, tuple):
        return [f"  VALUES (?predicate ?word ?either ?turned) {{ {' '.join(_deeds(value))} }}"]
    if name == "amount":
        number, unit, _ = value.split(" ", 2)
        return [f"  VALUES (?amount ?unit) {{ ({number} {string(unit)}) }}"]
    return [f"  VALUES ?{name} {{ {string(value)} }}"]


def _deeds(deeds: tuple[Deed, ...]) -> list[str]:
    """Return the relations that the words of a deed may mean: with what its quote must hold, and whether it goes both ways."""
    found = [
        f"(kg:{name} {string(deed.quoted)} {_truth(schema().predicates[name].symmetric)} {_truth(deed.turned)})"
        for deed in deeds
        for name in deed.predicates
    ]
    return list(dict.fromkeys(found))


def _truth(value: bool) -> str:
    return str(value).lower()


def _node(iri: str, base: str) -> str:
    last = iri.removeprefix(base)
    return f"id:{last}" if re.fullmatch(r"[a-z][0-9a-f]{20}", last) else f"<{iri}>"
