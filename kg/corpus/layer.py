"""What one article says, node by node: the layer of a corpus that is never rewritten.

Terms are texts as N-Triples writes them, so that a layer made of a reading and one taken out of a store are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.base.model import Span
from kg.graph.literal import position
from kg.graph.vocabulary import KG, OA, PROV, RDF, RDFS, SCHEMA

__all__ = [
    "EVIDENCE",
    "LABEL",
    "TYPE",
    "Layer",
    "Nodes",
    "Said",
    "article_node",
    "first_value",
    "sentence_around",
    "sentence_at",
    "term",
    "value_of",
]

Said = list[tuple[str, str]]
"""All that is said of a node: properties and values."""

Nodes = dict[str, Said]
"""What is said, by node, in the order in which it is first said."""

TYPE: Final = f"<{RDF}type>"
LABEL: Final = f"<{RDFS}label>"
EVIDENCE: Final = f"<{PROV}wasDerivedFrom>"
_ARTICLE: Final = f"<{SCHEMA}NewsArticle>"
_SHA, _DAY = f"<{KG}sha256>", f"<{SCHEMA}datePublished>"
_MENTIONS: Final = f"<{SCHEMA}mentions>"
_SELECTOR, _START, _END = f"<{OA}hasSelector>", f"<{OA}start>", f"<{OA}end>"
_ENDS: Final = "。！？!?\n"  # what a sentence ends at
_UNESCAPED: Final = {"\\": "\\", '"': '"', "n": "\n", "r": "\r"}


def term(iri: str) -> str:
    """Return a node as N-Triples writes it."""
    return f"<{iri}>"


def value_of(written: str) -> str:
    """Return the text of a literal, or the IRI of a node, as N-Triples writes them.

    >>> value_of('"2020-01-01"^^<x:date>'), value_of("<x:y>"), value_of("")
    ('2020-01-01', 'x:y', '')
    """
    if written.startswith("<"):
        return written[1:-1]
    text = written[1 : max(written.rfind('"'), 1)]
    if "\\" not in text:
        return text
    out, at = [], 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
            out.append(_UNESCAPED.get(text[at], text[at]))
        else:
            out.append(text[at])
        at += 1
    return "".join(out)


def first_value(said: Iterable[tuple[str, str]], predicate: str) -> str:
    """Return the first value of a property as N-Triples writes it, "" where there is none."""
    for name, value in said:  # asked a million times: no generator
        if name == predicate:
            return value
    return ""


def grouped(lines: Iterable[str]) -> Nodes:
    """Return lines of N-Triples node by node, each triple once."""
    nodes: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for line in lines:
        subject, predicate, value = line[:-2].split(" ", 2)
        nodes[subject][predicate, value] = None
    return {subject: list(said) for subject, said in nodes.items()}


def article_node(nodes: Mapping[str, Said]) -> str:
    """Return the article that a layer is of, "" where it names none."""
    return next((node for node, said in nodes.items() if (TYPE, _ARTICLE) in said), "")


def sentence_around(text: str, span: Span) -> Span:
    """Return the sentence around some words: from the end of the one before to its own, by their marks alone."""
    start = max(text.rfind(mark, 0, span.start) for mark in _ENDS) + 1
    ends = [at for mark in _ENDS if (at := text.find(mark, max(span.start, span.end - 1))) >= 0]
    return Span(start, max(min(ends, default=len(text)), span.end))


def sentence_at(text: str, span: Span) -> str:
    """Return the words of the sentence around some words.

    >>> sentence_at("早。甲公司成立了。晚。", Span(3, 5))
    '甲公司成立了'
    """
    return sentence_around(text, span).of(text).strip()


@dataclass(frozen=True)
class Layer:
    """What one article says."""

    nodes: Nodes
    text: str  # "" where nobody has it

    @classmethod
    def of(cls, lines: Sequence[str], text: str) -> Layer:
        """Return the layer of an article's triples, as lines of N-Triples, and of its text."""
        return cls(grouped(lines), text)

    @cached_property
    def article(self) -> str:
        """The article, as N-Triples writes its node."""
        return article_node(self.nodes)

    @cached_property
    def sha256(self) -> str:
        """The checksum of its text."""
        return value_of(first_value(self.nodes.get(self.article, ()), _SHA))

    @cached_property
    def published(self) -> str:
        """The day on which it was published, "" where nobody knows it."""
        return value_of(first_value(self.nodes.get(self.article, ()), _DAY))

    @cached_property
    def entities(self) -> tuple[str, ...]:
        """The entities that it names."""
        return tuple(value for name, value in self.nodes.get(self.article, ()) if name == _MENTIONS)

    def span(self, evidence: str) -> Span | None:
        """Return where a piece of evidence stands."""
        for name, selector in self.nodes.get(evidence, ()):
            said = self.nodes.get(selector, ()) if name == _SELECTOR else ()
            start, end = (position(value_of(first_value(said, name))) for name in (_START, _END))
            if start is not None and end is not None:
                return Span(start, end)
        return None

    def sentences(self, said: Said) -> tuple[str, ...]:
        """Return the sentences around the evidence of a node, each once."""
        spans = [self.span(value) for name, value in said if name == EVIDENCE]
        found = [sentence_at(self.text, span) for span in spans if span and self.text]
        return tuple(dict.fromkeys(found))
