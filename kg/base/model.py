"""The values that flow through kg, one frozen type per step; nothing here computes.

    Article -> Sentence* -> TaggedSentence* -> Mention* -> Entity* + Link* -> AnnotatedSentence*
            -> Figure*, Candidate* -> Fact* -> Reading

All offsets are code points into ``Article.text``, end exclusive. All values can be compared, hashed and pickled.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NewType, TypeAlias

EntityType = Literal["Person", "Organization", "Place", "Award", "Document", "Activity", "Product"]
EntityKind = Literal["", "Company", "PartyOrganization", "GovernmentBody", "Institution", "Team", "Media"]
Predicate: TypeAlias = str  # one of ``data/schema.toml``, checked where one comes in from outside
Status = Literal["asserted", "planned", "denied", "reported", "proposed"]
Modifier = Literal["", "about", "over", "under"]
BY_HAND = "by-hand"  # stands in the place of a pattern or rule for what a person added or corrected
BY_MODEL = "model"  # stands in the place of a pattern for what a language model alone found
EntityId = NewType("EntityId", str)  # f"{type}:{name}" within one article


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of ``text`` under this span."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Say whether ``other`` lies inside this span (or is it)."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Leaves:
    """The pages or paragraphs of the document that a text was taken from: where in the text a part of which one begins."""

    unit: str  # page or paragraph
    starts: tuple[
        tuple[int, int], ...
    ]  # place in the text, number of the leaf from 1; in the order of the text
    standard: str = ""  # IRI of what says how a leaf is written in an address, where the format has one
    boxes: tuple[
        tuple[int, ...], ...
    ] = ()  # where the words stand on their pages, in their order (kg.text.formats.boxes)

    def at(self, start: int) -> int:
        """Return the number of the leaf on which a place of the text stands.

        >>> Leaves("page", ((0, 1), (40, 2))).at(39)
        1
        """
        return self.starts[max(0, bisect_right(self.starts, start, key=lambda each: each[0]) - 1)][1]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a language model answered about a passage, as it wrote it."""

    start: int  # of the passage, in the text as it is read (folded, in simplified characters)
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a language model was asked about an article, and what is to be made of its answers."""

    model: str  # its name
    answers: tuple[Answer, ...]  # in the order of the passages; those that nobody asked for yet are missing
    accepted: bool = False  # what it alone found stands as what rules found
    sure: tuple[tuple[Predicate, float], ...] = ()  # how often it was right; "": of all other predicates
    least: float = 0.0  # what is less sure is left out


@dataclass(frozen=True, slots=True)
class Article:
    """One source text. ``text`` never changes after reading: every quote is cut from it.

    ``body`` are the lines (or parts of lines) that state facts, in order; the title is the first of them. Header lines,
    footers, disclaimers and navigation lie in the text but in no body span.
    """

    name: str  # the file's stem, or "stdin"
    text: str
    sha256: str  # of text as UTF-8
    body: tuple[Span, ...]
    title: str = ""
    published: date | None = None
    publisher: str = ""
    author: str = ""
    url: str = ""
    note: str = ""  # what a user should know of how the source was read; "" where nothing is odd
    masked: tuple[
        tuple[str, int], ...
    ] = ()  # kinds of personal data that marks stand for, and how many of each there were
    leaves: Leaves | None = None  # where the source has pages or paragraphs that a quote is looked up by
    number: str = ""  # of an official document: 江政发〔2024〕5号
    addressee: str = ""  # to whom one is written
    formal: tuple[
        tuple[str, str], ...
    ] = ()  # what else its form says: names of properties of the graph, and values
    asked: Asked | None = None  # what a language model proposes of it


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body, without its line end, with its closing punctuation."""

    index: int
    paragraph: int  # index of its body span
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word as the tagger cut it. ``tag`` is LAC's label: PER, LOC, ORG, TIME or a part of speech (n, v, m, q, w ...)."""

    start: int
    end: int
    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """A sentence and its words; the words' texts concatenate to the sentence's.

    ``evidence`` has a row per word where the tagger gives any: how much its inner states speak for a name that begins with
    the word, that ends with it, that stands after it, that stands before it, in thousandths of log-odds. ``layer`` are the
    sums of the words in the first layer of the net that finds names, a row of whole numbers of two bytes per word, likewise.
    """

    sentence: Sentence
    tokens: tuple[Token, ...]
    evidence: tuple[tuple[int, ...], ...] = ()
    layer: bytes = b""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text. Mentions may nest (a company inside its party branch) but never cross."""

    span: Span
    text: str
    type: EntityType
    rule: str  # id of the rule that found it
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Merge:
    """Why two names are one thing."""

    name: str  # the other name
    into: str  # the canonical name
    rule: str  # declared-short-form, same-name, name-plus-head, code ...
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One real-world thing named in one article."""

    id: EntityId
    type: EntityType
    name: str  # the fullest form
    names: tuple[str, ...]  # every surface form, the fullest first
    kind: EntityKind = ""
    place_code: str = ""  # six digits of GB/T 2260 where sure
    merges: tuple[Merge, ...] = ()
    confidence: float = 1.0  # that one of its names is a name (kg.things.confidence)
    proposed_by: str = ""  # the language model that alone found it


@dataclass(frozen=True, slots=True)
class Link:
    """A mention and the entity it refers to. A reference (该公司, 其) links too but adds no name to the entity."""

    span: Span
    text: str
    entity: EntityId
    type: EntityType
    rule: str
    is_name: bool = True


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or period, resolved against the article's date."""

    span: Span
    text: str
    edtf: str  # ISO 8601-2 level 0/1: 2018, 2022-06, 2022-06-22, 2021/2023


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that measures or counts something, in base units (万 and 亿 written out)."""

    span: Span  # number, modifier and unit
    text: str
    value: Decimal
    unit: str  # as in the text; 元 美元 ... for money, % for percent, "" where the text leaves it out
    modifier: Modifier = ""
    minimum: Decimal | None = None  # where the wording bounds it
    maximum: Decimal | None = None
    of: str = ""  # what is counted or measured, in the words of the text
    subject: EntityId | None = None  # whose figure it is
    quote: Span = Span(0, 0)  # the clause that says it; holds span
    rule: str = ""  # how value and subject were found
    confidence: float = 1.0  # that it is right, and of whom it says it is
    date: Moment | None = None  # when it was so, where the clause says it


@dataclass(frozen=True, slots=True)
class AnnotatedSentence:
    """All that a reader of facts may look at in one sentence. ``links`` are sorted by start, longer first, and may nest.

    ``left_out`` are words that only say of whom the rest is not said (而非乙公司), in order; their names are no links.
    """

    tagged: TaggedSentence
    links: tuple[Link, ...]
    figures: tuple[Figure, ...] = ()
    moments: tuple[Moment, ...] = ()
    left_out: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The clause that says it: ``article.text[span.start:span.end] == quote``."""

    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Firing:
    """One pattern that matched: which, on what trigger word, and how its subject was found (left, agent, carried ...)."""

    pattern: str
    trigger: Span | None
    subject: Span | None
    object: Span | None
    subject_by: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Who says what the article only passes on: the words that name it, and the entity where it is one."""

    span: Span
    text: str
    entity: EntityId | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A typed pair that may be a fact, with the patterns that fired on it. A judge turns candidates into facts."""

    subject: EntityId
    predicate: Predicate
    object: EntityId
    evidence: Evidence
    firings: tuple[Firing, ...]
    role: str = ""
    date: Moment | None = None
    amount: Figure | None = None
    status: Status = "asserted"
    sentence: int = 0  # index of the sentence of the evidence
    ended: bool = False  # a post that is held no more
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation the article states."""

    subject: EntityId
    predicate: Predicate
    object: EntityId
    evidence: tuple[Evidence, ...]  # at least one
    pattern: str  # id of the pattern (or "judge") that found it
    confidence: float
    role: str = ""
    date: Moment | None = None
    amount: Figure | None = None
    status: Status = "asserted"
    firings: tuple[Firing, ...] = ()
    derived: bool = False  # from the place codes, not from the text
    ended: bool = False  # a post that is held no more
    sources: tuple[Source, ...] = ()  # who says so, where the article only passes it on
    model: str = ""  # the language model that found it too; alone where the pattern is BY_MODEL


@dataclass(frozen=True, slots=True)
class Refused:
    """What a language model proposed and the text does not bear out."""

    model: str
    reason: str  # one of kg.propose.reasons
    subject: str  # these in the words of the model
    predicate: str
    object: str
    quote: str
    start: int  # of the passage it was asked about, in the article
    end: int


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided, and what of a reading it is about; of nothing where no anchor was found."""

    id: str
    verdict: str
    says: str  # in Chinese, one line
    key: str  # all of it, as its file has it
    by: str = ""
    on: date | None = None
    note: str = ""
    anchored: bool = True
    entities: tuple[EntityId, ...] = ()
    facts: tuple[int, ...] = ()  # places among the facts of the reading
    figures: tuple[int, ...] = ()
    of_article: bool = True  # it names this article


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read in one article; the unit a worker returns."""

    article: Article
    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    moments: tuple[Moment, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    decided: tuple[Decided, ...] = ()  # what a reader read has none
    refused: tuple[Refused, ...] = ()  # of the proposals of a language model
