"""Facts that the layout states: a row of a table, a line that lists the people of a post or of a body."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

from kg.base.late import late
from kg.base.model import (
    AnnotatedSentence,
    Article,
    Candidate,
    EntityId,
    Evidence,
    Figure,
    Firing,
    Link,
    Moment,
    Predicate,
    Span,
    Status,
)
from kg.base.schema import ordered, schema
from kg.facts.passage import LETTERS
from kg.facts.pattern import DOMAIN, Pattern, Patterns
from kg.facts.title import is_title
from kg.facts.way import Base, Way
from kg.names.cells import Listing, listings_of
from kg.names.lexicon import titles
from kg.text.table import Column, Row, Table, tables_of

_PAIRS: Final[
    tuple[tuple[str, str, str], ...]
] = (  # roles of subject and object, the reader that describes it
    ("giver", "receiver", "table-gift"),
    ("buyer", "bidder", "table-deal"),
    ("investor", "target", "table-stake"),
    ("winner", "award", "table-award"),
    ("person", "award", "table-award"),
)
_POSTS: Final[tuple[tuple[str, Status], ...]] = (("post", "asserted"), ("proposed", "planned"))
_SEPARATORS: Final = late(r"[、，,；;/]")
_LIST: Final = late(r"名单|名录|一览|班子|领导|分工|成员|简介|通讯录")
_PROSE: Final = late("[，。！？]")
_WAY: Final = str(Way(Base.TABLE))


@dataclass(frozen=True)
class _Setting:
    """The sentences of an article by where they stand."""

    article: Article
    annotated: Sequence[AnnotatedSentence]
    patterns: Patterns

    def inside(self, span: Span) -> list[AnnotatedSentence]:
        """Return the sentences in a cell or line."""
        first, last = bisect_left(self._starts, span.start), bisect_right(self._starts, span.end)
        return [each for each in self.annotated[first:last] if span.holds(each.tagged.sentence.span)]

    @cached_property
    def _starts(self) -> list[int]:
        return [each.tagged.sentence.span.start for each in self.annotated]


def read_layout(
    article: Article, annotated: Sequence[AnnotatedSentence], patterns: Patterns
) -> Iterator[Candidate]:
    """Yield what tables and lists state."""
    tables, listings = tables_of(article), listings_of(article)
    if not tables and not listings:
        return
    setting = _Setting(article, annotated, patterns)
    for table in tables:
        for row in table.rows:
            if not row.is_total:
                yield from _Cells(setting, table, row).candidates()
    for listing in listings:
        yield from _of_listing(setting, listing)


def cells_of(article: Article) -> frozenset[Span]:
    """Return the cells of tables that are no text of their own, and the lines that list people: they are read here."""
    cells = (cell for table in tables_of(article) for row in table.rows for cell in row.cells)
    lists = (listing.line for listing in listings_of(article))
    return frozenset(chain((cell for cell in cells if not _PROSE.search(cell.of(article.text))), lists))


class _Cells:
    """A row by the roles of its columns."""

    def __init__(self, setting: _Setting, table: Table, row: Row) -> None:
        self.setting, self.table, self.row = setting, table, row
        self.cells: dict[str, list[tuple[Column, Span]]] = {}
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell.start < cell.end:
                self.cells.setdefault(column.role, []).append((column, cell))

    def candidates(self) -> Iterator[Candidate]:
        for person in self.links("person", "Person"):
            for role, status in _POSTS:
                for _, cell in self.cells.get(role, ()):
                    yield from self.posts(person, cell, status)
        yield from self.heads()
        for subject_role, object_role, reader in _PAIRS:
            pattern = self.setting.patterns.by_reader[reader]
            for subject in self.links(subject_role):
                for thing in self.links(object_role):
                    yield from self.fact(pattern, subject, thing)
        partners = self.links("partner", "Organization")
        for number, one in enumerate(partners):
            for other in partners[number + 1 :]:
                yield from self.fact(self.setting.patterns.by_reader["table-deal"], one, other)

    def links(self, role: str, kind: str = "") -> list[Link]:
        """Return the names that fill the cells of a role."""
        found = [link for _, cell in self.cells.get(role, ()) for link in self.named(cell)]
        return [link for link in found if not kind or link.type == kind]

    def named(self, cell: Span) -> list[Link]:
        """Return the names that fill a cell, or an item of a list in it."""
        return [
            link
            for sentence in self.setting.inside(cell)
            for link in sentence.links
            if link.is_name and _is_part(sentence, link)
        ]

    def posts(self, person: Link, cell: Span, status: Status) -> Iterator[Candidate]:
        """Yield the posts in a cell: at the body that the cell names, else at that of the row."""
        pattern = self.setting.patterns.by_reader["table-post"]
        bodies = self.links("body", "Organization")
        for start, end in _pieces(self.setting.article.text, cell):
            body, role = _post_in(self.setting, Span(start, end))
            if body is None and len(bodies) == 1:
                body = bodies[0]
            if body is not None and role:
                yield from self.fact(pattern, person, body, role, status)

    def heads(self) -> Iterator[Candidate]:
        """Yield who holds the post that a column is called by: 学校 | 校长."""
        bodies = self.links("body", "Organization")
        if len(bodies) != 1:
            return
        pattern = self.setting.patterns.by_reader["table-post"]
        for column, cell in self.cells.get("holder", ()):
            for link in self.named(cell):
                if link.type == "Person":
                    yield from self.fact(pattern, link, bodies[0], column.words)

    def fact(
        self,
        pattern: Pattern,
        subject: Link,
        thing: Link,
        role: str = "",
        status: Status = "asserted",
    ) -> Iterator[Candidate]:
        """Yield a fact whose quote is the row."""
        span = self.row.span
        takes_amount = schema().predicates[pattern.predicate].takes_amount
        found = _candidate(
            self.setting,
            pattern,
            (subject, thing),
            Evidence(span, span.of(self.setting.article.text)),
            role=role,
            status=status,
            date=self.date(),
            amount=self.amount() if takes_amount else None,
        )
        if found is not None:
            yield found

    def date(self) -> Moment | None:
        """Return the date of the row, where it has one."""
        moments = [
            moment
            for _, cell in self.cells.get("date", ())
            for sentence in self.setting.inside(cell)
            for moment in sentence.moments
        ]
        return moments[0] if len(moments) == 1 else None

    def amount(self) -> Figure | None:
        """Return the amount of money of the row, where it has just one."""
        found = [
            figure
            for _, cell in self.cells.get("figure", ())
            for sentence in self.setting.inside(cell)
            for figure in sentence.figures
            if figure.unit.endswith(("元", "币", "镑"))
        ]
        return found[0] if len(found) == 1 else None


def _is_part(sentence: AnnotatedSentence, link: Link) -> bool:
    """Say whether a name is all of a cell, or an item of a list in it."""
    text, start = sentence.tagged.sentence.text, sentence.tagged.sentence.span.start
    before, after = text[: link.span.start - start].rstrip(), text[link.span.end - start :].lstrip()
    return (not before or _SEPARATORS.match(before[-1]) is not None) and (
        not after or _SEPARATORS.match(after) is not None
    )


def _pieces(text: str, cell: Span) -> Iterator[tuple[int, int]]:
    """Yield the items of a list in a cell, without blanks around them."""
    start = cell.start
    for mark in (*_SEPARATORS.finditer(text, cell.start, cell.end), None):
        end = mark.start() if mark else cell.end
        words = text[start:end]
        left = start + len(words) - len(words.lstrip())
        if words.strip():
            yield left, left + len(words.strip())
        start = mark.end() if mark else end


def _post_in(setting: _Setting, piece: Span) -> tuple[Link | None, str]:
    """Return the body and the title that words hold, 岚州学院院长: the body they begin with and the rest of them."""
    text = setting.article.text
    bodies = [
        link
        for sentence in setting.annotated
        if sentence.tagged.sentence.span.holds(piece)
        for link in sentence.links
        if link.type == "Organization" and link.span.start == piece.start and link.span.end < piece.end
    ]
    body = max(bodies, key=lambda link: link.span.end, default=None)
    role = text[body.span.end if body else piece.start : piece.end].strip(" \u3000")
    known = is_title(role) or titles().is_title(role) or (len(role) > 1 and titles().class_of(role) != "")
    return body, role if known else ""


def _of_listing(setting: _Setting, listing: Listing) -> Iterator[Candidate]:
    """Yield the posts of the people of a list."""
    pattern = setting.patterns.by_reader["list-post"]
    text = setting.article.text
    bodies = _links_at(setting, listing.label, "Organization")
    own = max(bodies, key=lambda link: link.span.end, default=None)
    evidence = Evidence(listing.line, listing.line.of(text))
    people: Mapping[Span, Link] = {
        link.span: link for link in _links_at(setting, listing.line, "Person", anywhere=True)
    }
    for item in listing.items:
        person = people.get(item.name)
        if person is None:
            continue
        ends: list[tuple[Link | None, str]] = []
        if item.post is not None:
            last = own if listing.title is None else None
            for start, end in _pieces(text, item.post):
                body, role = _post_in(setting, Span(start, end))
                last = body or last
                ends.append((last, role))
        elif listing.title is not None:
            role = text[own.span.end if own else listing.title.start : listing.label.end]
            ends.append((own or _heading(setting), role))
        for body, role in ends:
            if body is None or not role:
                continue
            found = _candidate(setting, pattern, (person, body), evidence, role=role)
            if found is not None:
                yield found


def _links_at(setting: _Setting, span: Span, kind: str, *, anywhere: bool = False) -> list[Link]:
    return [
        link
        for sentence in setting.annotated
        if sentence.tagged.sentence.span.overlaps(span)
        for link in sentence.links
        if link.type == kind and span.holds(link.span) and (anywhere or link.span.start == span.start)
    ]


def _heading(setting: _Setting) -> Link | None:
    """Return the body, else the place, that the title begins with, where it says that the article is a list of people."""
    first = setting.annotated[0] if setting.annotated else None
    if first is None or not _LIST.search(first.tagged.sentence.text):
        return None
    begins = [link for link in first.links if link.span.start == first.tagged.sentence.span.start]
    for kind in ("Organization", "Place"):
        found = [link for link in begins if link.type == kind]
        if found:
            return max(found, key=lambda link: link.span.end)
    return None


def _candidate(
    setting: _Setting,
    pattern: Pattern,
    ends: tuple[Link, Link],
    evidence: Evidence,
    *,
    role: str = "",
    status: Status = "asserted",
    date: Moment | None = None,
    amount: Figure | None = None,
) -> Candidate | None:
    """Return a candidate, None where the types of its ends do not go together."""
    one, other = ends
    predicate: Predicate = pattern.predicate
    letters = DOMAIN[predicate]
    allowed = [{LETTERS[letter] for letter in side} for side in letters]
    if one.entity == other.entity or one.type not in allowed[0] or other.type not in allowed[1]:
        return None
    subject, thing = ordered(predicate, one.entity, other.entity)
    firing = Firing(pattern.id, evidence.span, one.span, other.span, _WAY)
    index = next(
        each.tagged.sentence.index
        for each in setting.annotated
        if each.tagged.sentence.span.overlaps(evidence.span)
    )
    return Candidate(
        EntityId(subject), predicate, EntityId(thing), evidence, (firing,), role, date, amount, status, index
    )
