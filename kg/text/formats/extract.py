"""What the reader of a source format gives: the text of an article, and what the source says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kg.base.model import Leaves, Span

PAGES: Final = "http://tools.ietf.org/rfc/rfc3778"
"""What says how a page of a PDF stands in an address (page=3), in the words of Web Annotation."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a marked-up text that are words, in order, none across a line end, and what its front matter says."""

    spans: tuple[Span, ...]
    title: Span | None = None
    said: tuple[tuple[str, str], ...] = ()  # (published, author, publisher or url; value)


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a source, its lines ended by a line feed. Quotes are cut from it, so marks that stand in it stay."""

    text: str
    parts: Parts | None = None  # where not all of the text is words; None: its lines are
    title: str = ""  # goes before the text's own
    published: date | None = None  # this and what follows: where the text says none
    publisher: str = ""
    author: str = ""
    url: str = ""
    note: str = ""  # what a user should know of how it was read
    called: str = ""  # its title where neither the source nor the text has one
    number: str = ""  # of an official document (文号)
    addressee: str = ""  # to whom one is written (主送机关)
    formal: tuple[
        tuple[str, str], ...
    ] = ()  # what else its form says: names of properties of the graph, and values
    leaves: Leaves | None = None  # where it has pages or paragraphs that a quote is looked up by


def by_paragraphs(found: Extract) -> Extract:
    """Return what a reader found with the number of each paragraph, which is a line of the text."""
    starts, at = [], 0
    for number, line in enumerate(found.text.split("\n"), 1):
        starts.append((at, number))
        at += len(line) + 1
    return replace(found, leaves=Leaves("paragraph", tuple(starts)))
