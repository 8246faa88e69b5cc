"""Names that the layout gives away: whole cells below 姓名 or 单位, and names behind a post and a colon (县长：王伟)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.base.late import late
from kg.base.model import Article, EntityType, Mention, Span, TaggedSentence
from kg.names.heads import head_class
from kg.names.lexicon import names, titles
from kg.text.table import tables_of

__all__ = ["Item", "Listing", "find_cells", "listings_of"]

_BODIES: Final = frozenset(
    ("body", "giver", "receiver", "bidder", "buyer", "investor", "target", "winner", "partner")
)
_PART: Final = late(r"[^、，,；;\n]+")
_EMPTY: Final = late(r"[\W\d_无略同上空]*")
_PERSON: Final = late(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}(?:[·•・][\u3400-\u9fff]{1,8}){1,3}")
_LONGEST: Final = 30  # code points of a name in a cell
_SURE: Final = 0.97
_LISTING: Final = late(
    r"(?P<label>[^：:，。；、！？\s（(“《]{2,24})[：:][ \u3000]*(?P<rest>[^。！？：:]{2,200})[。；]?"
)
# 任命以下同志为|甲局副局长：乙、丙
_GIVEN: Final = late(
    "(?:决定|同意|特)?(?:任命|聘任|聘请|特聘|续聘|聘|委任|选举|推选|增补|增选|补选)(?:以下|下列)?[^，：为任]{0,8}?(?:为|担任|任)"
)
_ITEM: Final = late(
    r"[ \u3000]*(?P<name>[\u3400-\u9fff·]{2,12})(?:[（(](?P<aside>[^（）()]{2,30})[）)]|[ \u3000]+(?P<behind>[^、，；（）() \u3000]{3,30}))?[ \u3000]*(?:[、，,；;]|$)"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A person in a list, and where the post stands that the list gives him beside his name."""

    name: Span
    post: Span | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A line that lists the people of a post or of a body: 副县长：李娜、张军; 县财政局：周明（局长）.

    ``title``: where the post of all stands in the label, None where each has his own.
    """

    line: Span
    label: Span
    title: Span | None
    items: tuple[Item, ...]


def find_cells(article: Article, tagged: Sequence[TaggedSentence]) -> list[list[Mention]]:
    """Return the names of each sentence that the layout gives away."""
    found = [*_of_tables(article), *_of_listings(article)]
    found.sort(key=lambda mention: mention.span)
    return [
        [mention for mention in found if sentence.sentence.span.holds(mention.span)] if found else []
        for sentence in tagged
    ]


def is_person(words: str) -> bool:
    """Say whether words by themselves look like the name of a person: a surname and one or two characters, or a foreign name."""
    if _PERSON.fullmatch(words) is None:
        return False
    if re.search("[·•・]", words):
        return True
    lists = names()
    if words[:2] in lists.compound_surnames:
        return len(words) in {3, 4}
    return words[0] in lists.surnames and len(words) <= 3 and not titles().class_of(words)


def _of_tables(article: Article) -> Iterator[Mention]:
    for table in tables_of(article):
        for row in table.rows:
            if row.is_total:
                continue
            for column, cell in zip(table.columns, row.cells, strict=True):
                for part in _parts(article.text, cell):
                    kind = _type(column.role, part.of(article.text))
                    if kind:
                        yield Mention(part, part.of(article.text), kind, "table-cell", _SURE)


def _parts(text: str, cell: Span) -> Iterator[Span]:
    for match in _PART.finditer(text, cell.start, cell.end):
        words = match[0]
        start = match.start() + len(words) - len(words.lstrip())
        span = Span(start, start + len(words.strip()))
        if span.end - span.start <= _LONGEST and not _EMPTY.fullmatch(span.of(text)):
            yield span


def _type(role: str, words: str) -> EntityType | None:
    """Return what a cell of such a column names, None: nothing that can be told by the column."""
    if role in {"person", "holder"}:
        return "Person" if _PERSON.fullmatch(words) else None
    if role == "award":
        return "Award"
    if role not in _BODIES:
        return None
    if role != "body" and is_person(words):  # of two characters it may be a brand: the tagger knows better
        return "Person" if len(words) > 2 else None
    return "Organization" if len(words) > 1 and not re.search(r"[。：:\d]{2}", words) else None


# Lists of people


def _of_listings(article: Article) -> Iterator[Mention]:
    for listing in listings_of(article):
        for item in listing.items:
            yield Mention(item.name, item.name.of(article.text), "Person", "title-name", _SURE)


@lru_cache(maxsize=256)
def listings_of(article: Article) -> tuple[Listing, ...]:
    """Return the lines of the body, behind the title, that list people behind a post or a body."""
    found: list[Listing] = []
    last: Listing | None = None
    for line in article.body[1:]:
        if last is not None and (more := _continued(article.text, line, last)) is not None:
            found.append(more)
            continue
        last = _listing(article.text, line)
        if last is not None:
            found.append(last)
    return tuple(found)


def _listing(text: str, line: Span) -> Listing | None:
    match = _LISTING.fullmatch(text, line.start, line.end)
    if match is None:
        return None
    given = _GIVEN.match(text, *match.span("label"))
    label = Span(given.end() if given else match.start("label"), match.end("label"))
    items = _items(text, *match.span("rest"))
    if not items:
        return None
    title = _title_in(text, label)
    own_posts = all(item.post is not None and titles().class_of(item.post.of(text)) for item in items)
    if title is None and not (head_class(label.of(text)) and own_posts):
        return None
    return Listing(line, label, title, items)


def _title_in(text: str, label: Span) -> Span | None:
    """Return where the post that a label ends in stands: the longest title, with 副 and the like before it."""
    words = label.of(text)
    if not titles().class_of(words) or titles().class_of(words) == "courtesy":
        return None
    for at in range(len(words)):
        if titles().is_title(words[at:]):
            return Span(label.start + at, label.end)
    return None


def _items(text: str, start: int, end: int) -> tuple[Item, ...]:
    """Return the people that a list names; none where something in it is no person."""
    items: list[Item] = []
    at = start
    while at < end:
        match = _ITEM.match(text, at, end)
        if match is None or not is_person(match["name"]):
            return ()
        post = next((Span(*match.span(key)) for key in ("aside", "behind") if match[key]), None)
        items.append(Item(Span(*match.span("name")), post))
        at = match.end()
    return tuple(items)


def _continued(text: str, line: Span, last: Listing) -> Listing | None:
    """Return the list that goes on in an indented line: 委员：甲 ... on the line before."""
    begins = text.rfind("\n", 0, line.start) + 1
    if line.start - begins < 2 or text[begins : line.start].strip() or re.search("[：:。]", line.of(text)):
        return None
    items = _items(text, line.start, line.end)
    return Listing(line, last.label, last.title, items) if items else None
