"""What passes through here: a kind of question, how one question was read, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

__all__ = [
    "READ",
    "Answer",
    "Bound",
    "Cases",
    "Deed",
    "Kind",
    "Name",
    "Outcome",
    "Reading",
    "Source",
    "Value",
    "Which",
]

READ: Final = "passage-"
"""How the kind of an answer begins that no fact gives: it is read in the words of an article."""

Outcome = Literal["answered", "nothing", "several", "unknown", "unread"]
"""``nothing``: read, but the graph does not say; ``several``: whose it is must be said; ``unknown``: a name in it is in no
article; ``unread``: not understood."""


@dataclass(frozen=True, slots=True)
class Name:
    """Some characters of a question that the graph knows, or that it does not: then there is neither a type nor an IRI."""

    text: str
    iris: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    loose: bool = False  # it is not written as the graph has it, and the answer says as what it is taken

    @property
    def known(self) -> bool:
        """Say whether the graph has it."""
        return bool(self.iris)


@dataclass(frozen=True, slots=True)
class Which:
    """What sort of thing is asked for: 谁, 哪家企业, 多少所大学."""

    text: str
    classes: tuple[str, ...]  # as SPARQL has them; none for every one
    like: str = ""  # an expression that its name fits


@dataclass(frozen=True, slots=True)
class Deed:
    """One way to say that somebody does something, with the relations of the schema that it may mean."""

    predicates: tuple[str, ...]
    before: tuple[str, ...]  # the words before its object
    after: tuple[str, ...] = ()  # and behind it
    quoted: str = ""  # an expression that its quote fits, where the relation is wider than the word
    turned: bool = False  # who does it is the object of the relation: 下设 is 隶属于, turned round


@dataclass(frozen=True, slots=True)
class Cases:
    """Questions that a kind reads, and questions that it must leave alone."""

    passes: tuple[str, ...]
    fails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: how it is worded, what SPARQL answers it, and how the answer is said."""

    id: str
    asks: str  # with {slots}: what it wants to know, in Chinese
    wordings: tuple[str, ...]
    query: str
    answer: str  # with {slots} and {answer}
    cases: Cases
    takes: frozenset[str] = frozenset()  # modifiers it can be asked with
    value: str = "{thing}"  # one of the values, of the columns of a row
    form: Literal["list", "yes", "count", "one", "first"] = "list"
    where: str = ""  # file, for messages
    date: str = ""  # how a date narrows it, where that is not the time of its fact
    order: int = 0


@dataclass(frozen=True, slots=True)
class Bound:
    """A slot of a question and what fills it: a name, a sort of thing, deeds, a text, or a question inside the question."""

    slot: str
    value: Name | Which | tuple[Deed, ...] | str | Reading


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a question."""

    kind: Kind
    bound: tuple[Bound, ...]
    cost: int  # characters that say nothing
    modifiers: frozenset[str] = frozenset()
    dates: tuple[tuple[str, str], ...] = ()  # as written, and in EDTF
    text: str = ""  # the question

    def get(self, slot: str) -> Name | Which | tuple[Deed, ...] | str | Reading | None:
        """Return what fills a slot."""
        return next((each.value for each in self.bound if each.slot == slot), None)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the names in it that the graph does not have."""
        found: list[str] = []
        for each in self.bound:
            if isinstance(each.value, Name) and not each.value.known:
                found.append(each.value.text)
            elif isinstance(each.value, Reading):
                found += each.value.unknown
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from: a quote, and the article it stands in."""

    quote: str
    article: str  # its title
    node: str  # IRI of the fact or figure that it proves
    start: int = 0
    name: str = ""  # of the article, as its file in ``articles/`` has it

    @property
    def end(self) -> int:
        """Return where the quote ends, in code points."""
        return self.start + len(self.quote)

    @property
    def place(self) -> str:
        """Return where the quote stands, as ``kg explain`` says it: name of the article, first and last character."""
        return f"{self.name} {self.start}-{self.end}".lstrip()

    def plain(self) -> dict[str, object]:
        """Return it as JSON has it."""
        return {
            "quote": self.quote,
            "article": self.article,
            "name": self.name,
            "start": self.start,
            "end": self.end,
            "node": self.node,
        }


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that is answered, with how the articles say it."""

    text: str
    forms: tuple[str, ...] = ()  # other ways to write the same
    iri: str = ""
    status: str = "asserted"
    former: bool = False
    confidence: float = 1.0
    date: str = ""  # EDTF
    nodes: tuple[str, ...] = ()  # IRIs of the facts that say so

    def plain(self) -> dict[str, object]:
        """Return it as JSON has it."""
        more = {name: value for name, value in (("iri", self.iri), ("date", self.date)) if value}
        return {
            "text": self.text,
            "status": self.status,
            "former": self.former,
            "confidence": self.confidence,
            **more,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to a question."""

    question: str
    outcome: Outcome
    sentence: str
    understood: str = ""  # as what the question was read
    kind: str = ""
    sparql: str = ""
    values: tuple[Value, ...] = ()
    besides: tuple[Value, ...] = ()  # former, doubtful or denied ones, said apart
    sources: tuple[Source, ...] = ()
    nearest: tuple[str, ...] = ()  # questions that can be answered
    names: Mapping[str, str] = field(default_factory=dict)  # what was known in it, and what that is
    passages: tuple[Source, ...] = ()  # sentences that speak of it, where there is no answer

    def plain(self) -> dict[str, object]:
        """Return it as JSON has it."""
        return {
            "question": self.question,
            "outcome": self.outcome,
            "answer": self.sentence,
            "understood": self.understood,
            "kind": self.kind,
            "values": [value.plain() for value in self.values],
            "besides": [value.plain() for value in self.besides],
            "sources": [source.plain() for source in self.sources],
            "nearest": list(self.nearest),
            "passages": [source.plain() for source in self.passages],
            "names": dict(self.names),
            "sparql": self.sparql,
        }
