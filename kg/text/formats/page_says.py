"""What the markup of a page says of its article: day, publisher and author, by how far each place of it is to be trusted.

A site writes JSON-LD for machines, and so it is about this article; OpenGraph is for those who share it, ``meta`` of a hundred
kinds for whom it may concern, and ``<time>`` may be of any article that the page names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import Any, Final

from kg.text.metadata import read_date

__all__ = ["PageSays", "page_says"]

_ARTICLES: Final = frozenset(
    {"NewsArticle", "Article", "Report", "ReportageNewsArticle", "BlogPosting", "WebPage"}
)
_SHARED: Final = {  # OpenGraph, in small letters
    "article:published_time": "published",
    "og:article:published_time": "published",
    "og:release_date": "published",
    "article:author": "author",
    "og:article:author": "author",
    "og:site_name": "publisher",
}
_META: Final = {  # names that sites use, in small letters
    "pubdate": "published",
    "publishdate": "published",
    "publish_date": "published",
    "publish-date": "published",
    "publication_date": "published",
    "firstcreate": "published",
    "dc.date": "published",
    "dcterms.created": "published",
    "dc.date.issued": "published",
    "contentsource": "publisher",
    "source": "publisher",
    "mediaid": "publisher",
    "dc.publisher": "publisher",
    "author": "author",
    "dc.creator": "author",
}
_DEEPEST: Final = 12  # levels of JSON-LD
_MOST: Final = 200  # nodes of it, and elements that say something
_LONGEST: Final = 40  # code points of a name


@dataclass(frozen=True, slots=True)
class PageSays:
    """What a page says of its article; "" and None where it says nothing."""

    published: date | None = None
    publisher: str = ""
    author: str = ""


def page_says(page: str) -> PageSays:
    """Return what the markup of a page says: JSON-LD first, then OpenGraph, ``meta`` and ``<time>``."""
    reader = _Reader()
    reader.feed(page)
    said: dict[str, str] = {}
    for kind, value in (*_linked(reader.scripts), *reader.shared, *reader.meta, *reader.times()):
        words = " ".join(value.split())
        is_good = (
            read_date(words) is not None
            if kind == "published"
            else 0 < len(words) <= _LONGEST and "://" not in words
        )
        if is_good:
            said.setdefault(kind, words)
    return PageSays(read_date(said.get("published", "")), said.get("publisher", ""), said.get("author", ""))


def _linked(scripts: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what JSON-LD says of articles."""
    for script in scripts:
        try:
            root = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(root):
            kinds = node.get("@type")
            named = kinds if isinstance(kinds, list) else [kinds]
            if not any(isinstance(kind, str) and kind in _ARTICLES for kind in named):
                continue
            yield "published", _name(node.get("datePublished"))
            yield "publisher", _name(node.get("publisher"))
            yield "author", _name(node.get("author"))


def _nodes(root: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - JSON
    stack: list[tuple[Any, int]] = [(root, 0)]
    for _ in range(_MOST):
        if not stack:
            return
        node, depth = stack.pop()
        if isinstance(node, dict):
            yield node
            below = [node.get("@graph"), node.get("mainEntity")]
        else:
            below = list(node) if isinstance(node, list) else []
        if depth < _DEEPEST:
            stack += [(each, depth + 1) for each in reversed(below[:_MOST]) if each]


def _name(value: Any) -> str:  # noqa: ANN401 - JSON
    """Return a text, the name of a thing, or those of several; lists in lists say nothing."""
    several = value[:5] if isinstance(value, list) else [value]
    names = [each.get("name") if isinstance(each, dict) else each for each in several]
    return "、".join(name for name in names if name and isinstance(name, str))


class _Reader(HTMLParser):
    """Collects what says something of an article."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.shared: list[tuple[str, str]] = []
        self.meta: list[tuple[str, str]] = []
        self._marked: list[str] = []  # <time> that is said to be the day of publication
        self._times: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep ``meta`` and ``time``, and see where JSON-LD begins."""
        said = {name: value or "" for name, value in attrs}
        if tag == "script":
            self._in_script = said.get("type", "").strip().lower() == "application/ld+json"
            if self._in_script:
                self.scripts.append("")
        elif tag == "meta" and len(self.meta) + len(self.shared) < _MOST:
            for name in (said.get("property", ""), said.get("name", ""), said.get("itemprop", "")):
                self._keep(name.strip().lower(), said.get("content", ""))
        elif tag == "time" and len(self._times) < _MOST and said.get("datetime"):
            self._times.append(said["datetime"])
            if "pubdate" in said or said.get("itemprop", "").lower() == "datepublished":
                self._marked.append(said["datetime"])

    def _keep(self, name: str, content: str) -> None:
        if kind := _SHARED.get(name):
            self.shared.append((kind, content))
        elif kind := ("published" if name == "datepublished" else _META.get(name)):
            self.meta.append((kind, content))

    def handle_data(self, data: str) -> None:
        """Keep JSON-LD."""
        if self._in_script:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """See where JSON-LD ends."""
        if tag == "script":
            self._in_script = False

    def times(self) -> Iterator[tuple[str, str]]:
        """Yield the days that ``time`` elements say: those marked as the day of publication, or the only one."""
        days = self._marked or (self._times if len(set(self._times)) == 1 else [])
        yield from (("published", day) for day in days)
