"""What of a question the graph knows: names of things, posts, and what figures count; looked up, so a large graph costs little more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from kg.base.schema import schema
from kg.graph.query import ask
from kg.graph.store import Graph, text_of
from kg.graph.vocabulary import KG, RDF, RDFS, SCHEMA, SKOS, TYPES, local_name
from kg.questions.grammar import Grammar
from kg.questions.model import Name
from kg.questions.names import NameIndex, names_of
from kg.questions.words import Span

__all__ = ["known_in", "shortened_in"]

_LONGEST: Final = 30
_NAMING: Final = (RDFS + "label", SKOS + "altLabel")
_SHORTEST: Final = 4
_MOST_BEHIND: Final = 8
_OF: Final = "的"
_QUOTED: Final = "”"
_MARKED: Final = ("“”", "《》", "‘’")


def known_in(graph: Graph, text: str, belongs: str) -> list[Span]:
    """Return the names, posts and measures of a graph that stand in a question.

    ``belongs`` is a query for those of some parts (``?part``) that belong to one of some wholes (``?whole``): a part is
    known by its whole's name and its own, 南溪大学的附属医院.
    """
    found: list[Span] = []
    for start in range(len(text)):
        for end in range(start + 2, min(len(text), start + _LONGEST) + 1):
            found += _spans(graph, text, start, end)
    return [*found, *_parts(graph, [span for span in found if span.sort == "name"], text, belongs)]


def _spans(graph: Graph, text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if name := _name(graph, piece):
        yield Span(start, end, "name", name)
    for sort, predicate in (("role", SCHEMA + "roleName"), ("measure", KG + "measured")):
        if _has(graph, predicate, piece):
            yield Span(start, end, sort, Name(piece), piece)  # type: ignore[arg-type]


def _has(graph: Graph, predicate: str, text: str) -> bool:
    return any(
        any(graph.quads(None, ox.NamedNode(predicate), literal))
        for literal in (ox.Literal(text), ox.Literal(text, language="zh"))
    )


def _name(graph: Graph, piece: str) -> Name | None:
    iris = dict.fromkeys(iri for form in _written(piece) for iri in _named(graph, form))
    if not iris:
        return None
    return Name(piece, tuple(iris), frozenset(_types(graph, iris)))


def _named(graph: Graph, form: str) -> list[str]:
    """Return the things that have a name; nearly all that is looked up is none, so this is asked in as few ways as can be."""
    return graph.named(form) if any(_has(graph, predicate, form) for predicate in _NAMING) else []


def _written(piece: str) -> Iterable[str]:
    """Return how a graph may write what a question writes: with marks or without, without 的."""
    yield piece
    bare = piece
    for opening, closing in _MARKED:
        if piece.startswith(opening) and piece.endswith(closing):
            bare = piece[1:-1]
            yield bare
    if piece[0] != _OF and piece[-1] != _OF and _OF in piece:
        yield piece.replace(_OF, "")
    yield from (f"{opening}{bare}{closing}" for opening, closing in _MARKED)


def _types(graph: Graph, iris: Iterable[str]) -> Iterator[str]:
    known = {*TYPES, *schema().kinds}
    for iri in iris:
        names = (local_name(each) for each in graph.values(iri, RDF + "type") if each.startswith(KG))
        yield from (name for name in names if name in known)


def _parts(graph: Graph, names: list[Span], text: str, belongs: str) -> Iterator[Span]:
    for whole in names:
        for part in names:
            between = text[whole.end : part.start]
            if part.start < whole.end or between not in ("", _OF):
                continue
            rows = ask(graph, belongs.replace("$wholes", _listed(whole)).replace("$parts", _listed(part)))
            iris = tuple(sorted({text_of(row[0]) for row in rows.rows if row[0] is not None}))
            if iris:
                yield Span(
                    whole.start, part.end, "name", Name(text[whole.start : part.end], iris, part.name.types)
                )


def shortened_in(graph: Graph, text: str, known: Sequence[Span], grammar: Grammar) -> list[Span]:
    """Return the names in a question that are not written as the graph has them, where only one thing can be meant.

    That are the end of a name (暴雨灾害 for 洛川乡暴雨灾害; its beginning may be another thing: 清华大学 is not its school; but
    for what every company has, 长河机械 for 长河机械有限公司), one with other quotation marks, or the part of it in such, a
    quoted name with the words that follow it in an article (“南星一号”高温合金), and a place before a body that an article calls by
    its rank (南溪市 and 市人大常委会, in articles that name both).
    """
    names = [span for span in known if span.sort == "name"]
    return [
        *_ends(graph, text, names, grammar.tails),
        *_followed(graph, text, names, grammar.parts["behind"]),
        *_ranked(graph, text, names, grammar.parts["together"]),
    ]


def _ends(graph: Graph, text: str, names: Sequence[Span], tails: Sequence[str]) -> Iterator[Span]:
    index = names_of(graph)
    taken: list[tuple[int, int]] = [(span.start, span.end) for span in names]
    for start in range(len(text)):
        for end in range(min(len(text), start + _LONGEST), start + _SHORTEST - 1, -1):
            if any(first <= start and end <= last for first, last in taken):
                continue
            piece = text[start:end]
            iris = dict.fromkeys(iri for name in _forms(index, piece, tails) for iri in graph.named(name))
            if len(iris) == 1:
                taken.append((start, end))
                yield Span(
                    start, end, "name", Name(piece, tuple(iris), frozenset(_types(graph, iris)), loose=True)
                )


def _forms(index: NameIndex, piece: str, tails: Sequence[str]) -> Iterator[str]:
    """Yield the names that some words may stand for: by their end, without what every company has, without marks."""
    yield from index.ending(piece)
    yield from index.without_marks(piece)
    yield from (name for name in index.beginning(piece) if name[len(piece) :] in tails)


def _followed(graph: Graph, text: str, names: Sequence[Span], behind: str) -> Iterator[Span]:
    for span in names:
        if not text.startswith(_QUOTED, span.end - 1):
            continue
        rows = ask(graph, behind.replace("$things", _listed(span))).rows
        for suffix in {text_of(row[0]) for row in rows if row[0] is not None}:
            for end in range(span.end + 2, min(len(text), span.end + _MOST_BEHIND) + 1):
                if suffix.startswith(text[span.end : end]):
                    yield Span(span.start, end, "name", replace(span.name, text=text[span.start : end]))


def _ranked(graph: Graph, text: str, names: Sequence[Span], together: str) -> Iterator[Span]:
    for place in names:
        for body in _names_at(graph, text, place.end - 1):
            rows = ask(
                graph, together.replace("$wholes", _listed(place)).replace("$parts", _listed(body))
            ).rows
            iris = tuple(sorted({text_of(row[0]) for row in rows if row[0] is not None}))
            if iris:
                yield Span(
                    place.start,
                    body.end,
                    "name",
                    Name(text[place.start : body.end], iris, body.name.types, loose=True),
                )


def _names_at(graph: Graph, text: str, start: int) -> Iterator[Span]:
    for end in range(start + 3, min(len(text), start + _LONGEST) + 1):
        if name := _name(graph, text[start:end]):
            yield Span(start, end, "name", name)


def _listed(span: Span) -> str:
    return " ".join(f"<{iri}>" for iri in span.name.iris)
