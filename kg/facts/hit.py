"""What a pattern found: one subject, one object, the words that say it, and how the subject was found."""

from __future__ import annotations

from dataclasses import dataclass

from kg.base.model import Link, Moment, Span
from kg.facts.passage import Passage
from kg.facts.pattern import Pattern
from kg.facts.stack import Tenure
from kg.facts.way import Way


@dataclass(frozen=True, slots=True)
class Slot:
    """An end without a name in the sentence, to be filled from the article.

    ``by``: ``topic`` (what the article is about), ``named`` (the one of ``names`` the article has),
    ``part`` (the only body whose name is longer and ends in that of ``names``), ``own`` (the body
    the sentences before spoke of).
    """

    by: str
    letters: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern that matched in a passage.

    ``tenure``, ``when``: of a post, when it is held, and from when to when.
    """

    pattern: Pattern
    subject: Link | Slot
    object: Link | Slot
    trigger: Span
    passage: Passage
    way: Way
    role: str = ""
    tenure: Tenure | None = None
    when: Moment | None = None
