"""Which articles a corpus has, where each came from, and what was set aside: all that it is made of, in a fixed order.

Sources that are added go in the place of what came from the same file under the same id. Whatever the way there, the same
articles from the same places are the same listing, and all else in the folder of a corpus is made of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Final, cast

from kg.base.model import Article, Span
from kg.text.personal.mask import MARK
from kg.text.source import told_apart

__all__ = ["Aside", "Change", "Entry", "Listing", "Options"]

_WORDS: Final = ("title", "publisher", "author", "url", "note")


@dataclass(frozen=True, slots=True, order=True)
class Aside:
    """A source, or a line of one, that could not be read."""

    origin: str
    line: int  # 0: the file
    what: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article and where it came from. In a listing that was read from its file the article has no text."""

    origin: str  # the path of its file from the corpus, or "-"
    id: str  # in a collection, "" elsewhere
    article: Article

    @property
    def key(self) -> tuple[str, str]:
        """What another article from the same place goes in the place of; without an id only the same text does."""
        return self.origin, self.id

    @property
    def order(self) -> tuple[str, str, str]:
        """The place of the article in the listing."""
        return self.origin, self.id, self.article.sha256


@dataclass(frozen=True, slots=True)
class Options:
    """How the articles of a corpus are read and joined."""

    base: str
    mask: tuple[str, ...] = ()
    least_confidence: float | None = None
    level: str = "likely"
    turtle: bool = False  # graph.ttl however many articles there are
    knowledge: str = ""  # where that of the user lies, from the corpus; "" for the folder in it, or none
    decisions: str = ""  # where they stand, from the corpus; "" for the file in it, or none


@dataclass(frozen=True, slots=True)
class Change:
    """Which articles another listing has more, no more, and with another text or with something else said of them."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class Listing:
    """The articles of a corpus, sorted by where they came from."""

    entries: tuple[Entry, ...] = ()
    aside: tuple[Aside, ...] = ()
    nothing: tuple[str, ...] = field(
        default=(), compare=False
    )  # names of articles in which nothing was found

    @classmethod
    def of(cls, entries: Iterable[Entry], aside: Iterable[Aside] = ()) -> Listing:
        """Return the listing of some articles, in its order; what stands in it twice stands there once."""
        own = {entry.order: entry for entry in entries}
        return cls(tuple(own[order] for order in sorted(own)), tuple(sorted(set(aside))))

    def with_more(self, other: Listing, *, masked: bool = False) -> Listing:
        """Return this listing with the articles of another one, which go in the place of those they are another form of.

        Args:
            other: what comes.
            masked: whether names are masked: two files, or two ids, may be called the same then, so none goes for another.
        """
        keys = {entry.key for entry in other.entries if _replaces(entry)}
        files = {entry.origin for entry in other.entries} | {each.origin for each in other.aside}
        if masked:
            keys = {key for key in keys if MARK not in "".join(key)}
            files = {origin for origin in files if MARK not in origin}
        kept = [entry for entry in self.entries if entry.key not in keys]
        aside = [each for each in self.aside if each.origin not in files]
        return Listing.of([*kept, *other.entries], [*aside, *other.aside])

    def without(self, names: Collection[str]) -> Listing:
        """Return this listing without the articles of some names, and all that has the text of one."""
        gone = {article.sha256 for article in self.articles if article.name in names}
        return Listing.of(
            (entry for entry in self.entries if entry.article.sha256 not in gone),
            (each for each in self.aside if each.origin not in names),
        )

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The articles, each text once, with names that differ, in the order of the listing."""
        first: dict[str, Article] = {}
        for entry in self.entries:
            first.setdefault(entry.article.sha256, entry.article)
        names = told_apart(article.name for article in first.values())
        return tuple(
            article if article.name == name else replace(article, name=name)
            for article, name in zip(first.values(), names, strict=True)
        )

    @cached_property
    def by_sha256(self) -> Mapping[str, Article]:
        """The articles by the checksum of their text."""
        return {article.sha256: article for article in self.articles}

    @property
    def copies(self) -> list[tuple[Entry, str]]:
        """The entries with a text that stands before in the listing, and the name that the article has."""
        seen: set[str] = set()
        found = []
        for entry in self.entries:
            sha256 = entry.article.sha256
            if sha256 in seen:
                found.append((entry, self.by_sha256[sha256].name))
            seen.add(sha256)
        return found

    def change_to(self, other: Listing) -> Change:
        """Return what changes when another listing takes the place of this one."""
        moved = set(self.by_sha256) & set(other.by_sha256)  # the same text under another name is no news
        before = {article.name for article in self.articles if article.sha256 not in moved}
        after = {article.name for article in other.articles if article.sha256 not in moved}
        names = [article.name for article in other.articles]
        said = {article.name for article in other.articles if _said_anew(article, self.by_sha256)}
        return Change(
            tuple(name for name in names if name in after - before),
            tuple(name for name in names if name in (after & before) | said),
            tuple(article.name for article in self.articles if article.name in before - after),
        )

    # to and from a file -------------------------------------------------------------------------------------------

    def to_json(self) -> dict[str, Any]:
        """Return the listing without the texts, as values of JSON."""
        names = {article.sha256: article.name for article in self.articles}
        return {
            "articles": [_entry_to_json(entry, names[entry.article.sha256]) for entry in self.entries],
            "set_aside": [[each.origin, each.line, each.what, each.hint] for each in self.aside],
            "nothing": list(self.nothing),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Listing:
        """Return the listing that `to_json` made a value of, without the texts.

        Raises:
            KeyError, TypeError, ValueError: it is no such value.
        """
        return cls(
            tuple(_entry_from_json(each) for each in value["articles"]),
            tuple(Aside(*each) for each in value["set_aside"]),
            tuple(value["nothing"]),
        )


_ORDERS: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def written(value: Mapping[str, Any]) -> bytes:
    """Return a value as JSON with a line for each article, so that two of them can be compared."""
    rows = ["{"]
    for number, (key, own) in enumerate(value.items()):
        comma = "," if number < len(value) - 1 else ""
        if isinstance(own, list) and own:
            lines = ",\n".join(f"  {_line(each)}" for each in own)
            rows.append(f" {_line(key)}: [\n{lines}\n ]{comma}")
        else:
            rows.append(f" {_line(key)}: {_line(own)}{comma}")
    return ("\n".join([*rows, "}"]) + "\n").encode("utf-8", "surrogatepass")


def _line(value: object) -> str:
    """Return a value as JSON on one line; what gives a terminal orders, or turns text around, is escaped."""
    return _ORDERS.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))


def _replaces(entry: Entry) -> bool:
    """Say whether an article goes in the place of another from the same place: a file, or a line with an id."""
    return bool(entry.id) or (
        entry.origin != "-" and not entry.origin.lower().endswith((".jsonl", ".jsonl.gz"))
    )


def _said_anew(article: Article, before: Mapping[str, Article]) -> bool:
    """Say whether something else is said of a text that was there before."""
    own = before.get(article.sha256)
    return own is not None and replace(own, name="", text="") != replace(article, name="", text="")


def _entry_to_json(entry: Entry, name: str) -> dict[str, Any]:
    article = entry.article
    value: dict[str, Any] = {"name": name, "sha256": article.sha256, "from": entry.origin}
    if entry.id:
        value["id"] = entry.id
    if article.name != name:
        value["called"] = article.name
    value |= {key: words for key in _WORDS if (words := getattr(article, key))}
    if article.published:
        value["date"] = article.published.isoformat()
    if article.masked:
        value["masked"] = [list(each) for each in article.masked]
    value["body"] = [at for span in article.body for at in (span.start, span.end)]
    return value


def _entry_from_json(value: Mapping[str, Any]) -> Entry:
    places = cast("Sequence[int]", value["body"])
    article = Article(
        value.get("called", value["name"]),
        "",
        value["sha256"],
        tuple(Span(start, end) for start, end in zip(places[::2], places[1::2], strict=True)),
        published=date.fromisoformat(value["date"]) if "date" in value else None,
        masked=tuple((kind, number) for kind, number in value.get("masked", ())),
        **{key: value.get(key, "") for key in _WORDS},
    )
    return Entry(value["from"], value.get("id", ""), article)
