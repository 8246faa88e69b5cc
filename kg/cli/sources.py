"""What the commands that read articles say of their sources: what was left out, what stands twice, what has no date."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.base.errors import SourceError
from kg.base.language import language, say, told, translated
from kg.cli.personal import notices, without
from kg.cli.streams import tell

if TYPE_CHECKING:
    from kg.base.model import Article
    from kg.corpus.listing import Entry, Listing
    from kg.text.gather import Bad, Found

__all__ = [
    "SKIPPED",
    "MetaOption",
    "find_sources",
    "skipped_lines",
    "stopping",
    "tell_of_sources",
    "without_bad",
]

SKIPPED: Final = 3
"""Exit status of a build that left sources out: the graph of the others is written."""

MetaOption = Annotated[
    Path | None,
    typer.Option(
        "--meta",
        metavar="FILE",
        help="What the articles do not say of themselves: a CSV (file,date,publisher,url,title; under file the id of a line of JSON Lines) or JSON Lines.",
        show_default=False,
    ),
]

_SHOWN: Final = 10
"""Sources, ids or articles that a message names, or that have a line each."""


def find_sources(sources: Sequence[Path], mask: Sequence[str], meta: Path | None) -> list[Found | Bad]:
    """Return what the sources hold, by default the article that comes with kg.

    Raises:
        SourceError: a source is missing, or the file of ``--meta`` cannot be read.
    """
    from kg.api import SOURCE
    from kg.base.resources import data_path
    from kg.text.gather import gather
    from kg.text.given import read_table

    stdin = _stdin() if any(str(source) == "-" for source in sources) else None
    table = read_table(meta) if meta else None
    return list(gather(sources or [data_path(SOURCE)], stdin, mask, table, unread=True))


def without_bad(found: Sequence[Found | Bad], skip: Callable[[SourceError], None]) -> list[Found]:
    """Return the articles among what sources hold; ``skip`` is told of what is none.

    Raises:
        SourceError: there is no article among them.
    """
    from kg.text import gather

    return gather.without_bad(found, skip)


def stopping(error: SourceError) -> None:
    """Stop at a source that cannot be read.

    Raises:
        SourceError: always.
    """
    raise error


def _stdin() -> bytes:
    """Return the article on standard input.

    Raises:
        SourceError: it is too large for one.
    """
    from kg.base.intake import LargeError, read_stream
    from kg.text.formats.table import FORMATS
    from kg.text.source import too_large

    largest = max(each.largest for each in FORMATS)
    try:
        return read_stream(sys.stdin.buffer, largest)
    except LargeError as error:
        raise too_large("standard input", largest) from error


def tell_of_sources(
    found: Sequence[Found], listing: Listing, skipped: Sequence[SourceError], mask: Sequence[str]
) -> None:
    """Name the sources that were left out, what is odd about those that were read, and what personal data they hold."""
    own = {each.article.sha256 for each in found}
    articles = [article for article in listing.articles if article.sha256 in own]
    for line in notices(articles, mask):
        tell(line, err=True)
    noted = [article for article in articles if article.note]
    for article in noted[:_SHOWN]:
        tell(f"kg: {article.name}: {translated(article.note)}", err=True)
    if len(noted) > _SHOWN:
        tell(say("kg: and {more} more with such notes", more=len(noted) - _SHOWN), err=True)
    for line in (*_doubles(found, listing), *_without_date(articles), *_left_out(found, skipped, mask)):
        tell(line, err=True)


def _doubles(found: Sequence[Found], listing: Listing) -> Iterator[str]:
    """Yield which ids stand more than once among the sources, and which articles have the text of another one."""
    from kg.text.gather import same_ids

    if ids := same_ids(found):
        listed = _listed([f"{name} ({number})" for name, number in ids.items()])
        yield say(
            "kg: ids that stand more than once, each time with a name of its own ({many}): {listed}",
            many=len(ids),
            listed=listed,
        )
    own = {each.article.sha256 for each in found}
    copies = [
        f"{_place(entry) if entry.article.name == name else entry.article.name} = {name}"
        for entry, name in listing.copies
        if entry.article.sha256 in own
    ]
    if copies:
        yield say(
            "kg: articles that have the text of another and count once ({many}): {listed}",
            many=len(copies),
            listed=_listed(copies),
        )


def _place(entry: Entry) -> str:
    return f"{entry.origin}#{entry.id}" if entry.id else entry.origin


def _without_date(articles: Sequence[Article]) -> Iterator[str]:
    """Yield which of several articles have no date: what happened when is then not known."""
    undated = [article.name for article in articles if article.published is None]
    if undated and len(articles) > 1:
        yield say(
            "kg: articles without a date ({undated} of {many}; --meta FILE gives them one): {listed}",
            undated=len(undated),
            many=len(articles),
            listed=_listed(undated),
        )


def skipped_lines(skipped: Sequence[SourceError], mask: Sequence[str]) -> Iterator[str]:
    """Yield a line for each of the first few that could not be read, and how many more there are."""
    for error in skipped[:_SHOWN]:
        yield say("kg: skipped {error}", error=without(told(error), mask))
    if len(skipped) > _SHOWN:
        yield say("kg: and {more} more skipped", more=len(skipped) - _SHOWN)


def _left_out(found: Sequence[Found], skipped: Sequence[SourceError], mask: Sequence[str]) -> Iterator[str]:
    yield from skipped_lines(skipped, mask)
    if skipped:
        yield say(
            "kg: {skipped} of {many} sources skipped; exit status {status} (--strict stops instead)",
            skipped=len(skipped),
            many=len(skipped) + len(found),
            status=SKIPPED,
        )


def _listed(names: Sequence[str]) -> str:
    comma = "、" if language() == "zh" else ", "
    return comma.join(names[:_SHOWN]) + (" ..." if len(names) > _SHOWN else "")
