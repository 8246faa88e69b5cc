"""What a page shows, as plain values: nodes, facts, figures and the texts they were read from."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Some words of an article: code points ``start`` to ``end``, end exclusive."""

    article: int  # index into Picture.articles
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Node:
    """An entity."""

    iri: str
    type: str  # local name of its core class: Person, Organization ...
    label: str
    names: tuple[str, ...] = ()  # every name, the label among them
    kind: str = ""  # finer class of an organization: Company, PartyOrganization ...
    label_en: str = ""
    place_code: str = ""  # GB/T 2260


@dataclass(frozen=True, slots=True)
class Tie:
    """A fact that ties two nodes."""

    iri: str
    subject: str  # IRI of a node
    predicate: str  # local name
    object: str  # IRI of a node
    role: str = ""
    date: str = ""  # EDTF
    amount: str = ""  # in the words of the text
    status: str = "asserted"
    confidence: float = 1.0
    pattern: str = ""
    quotes: tuple[Quote, ...] = ()
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of the text, in base units."""

    iri: str
    text: str
    value: str  # a plain decimal, as written in the graph
    unit: str
    quote: Quote  # the clause that says it
    span: Quote  # the number itself
    currency: str = ""
    modifier: str = ""
    of: str = ""
    subject: str = ""  # IRI of a node, if known


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in an article where a node is named."""

    start: int
    end: int
    node: str


@dataclass(frozen=True, slots=True)
class Source:
    """An article with its marks; ``text`` is what all offsets count in."""

    iri: str
    name: str
    text: str
    title: str = ""
    published: str = ""
    publisher: str = ""
    url: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """All that a page shows; ``nodes`` and ``ties`` are sorted, so that equal graphs give equal pictures."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    quantities: tuple[Quantity, ...] = ()
    articles: tuple[Source, ...] = ()
    title: str = ""
    left_out: dict[str, int] = field(default_factory=dict)  # what did not fit: nodes, ties, quantities
