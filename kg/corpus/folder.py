"""The folder of a corpus: written as one from what it is made of, however that came about.

A writer holds the folder alone; whoever asks it meanwhile sees what was there before, and then all that is new. All files
are made of the listing of the articles and their readings, so that building at once and adding in turn give the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from errno import ENOTDIR
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

from kg.base.errors import DecisionError, OutputError, SourceError
from kg.base.garbage import seldom_collected
from kg.base.home import MANIFEST, PAGE, TEXTS, Home
from kg.base.resources import data_path
from kg.base.swap import settle, swap_files
from kg.corpus.asked import answers_file
from kg.corpus.changed import ThingsChanged, things_changed
from kg.corpus.graph_files import FilesOfGraph
from kg.corpus.listing import Aside, Change, Entry, Listing, Options
from kg.corpus.manifest import Manifest
from kg.corpus.model import Identity, MergeLevel
from kg.corpus.reader import reader_digest
from kg.corpus.readings import Readings
from kg.corpus.things_file import things_in
from kg.graph.disk import forget_store
from kg.graph.store import Graph
from kg.pipeline import Pipeline
from kg.text.gather import STDIN, Bad, Found
from kg.text.personal.mask import masked

if TYPE_CHECKING:
    from kg.corpus.decided import Deciding
    from kg.decide.model import Decision

__all__ = ["WITH_TURTLE", "Decisions", "Job", "Outcome", "alone", "listing_of", "origin_of", "write"]

WITH_TURTLE: Final = 500
"""Articles up to which the graph is written as Turtle unasked."""

_OWN: Final = "(kg)"
"""What the article that comes with kg is said to lie in."""


@dataclass(frozen=True)
class Decisions:
    """What people decided, and where it stands."""

    every: tuple[Decision, ...]
    where: Path

    def of(self, *, several: bool) -> Deciding:
        """Return them on their way through a corpus."""
        from kg.corpus.decided import Deciding

        return Deciding(self.every, self.where, several=several)


@dataclass(frozen=True)
class Job:
    """Where a corpus is written, and how."""

    folder: Path
    page: Callable[[Graph, Iterable[str]], str]
    step: Callable[[str, int, int], None] = lambda _step, _done, _all: None
    graph_is_there: Callable[[Graph], None] = lambda _: None
    before_swap: Callable[[Outcome], None] = lambda _: None
    processes: int | None = None
    pipeline: Pipeline | None = None
    replace: bool = True  # what was there may go, but for files that kg did not write
    decisions: Decisions | None = None


@dataclass(frozen=True)
class Outcome:
    """What was written."""

    graph: Graph
    manifest: Manifest
    change: Change  # from what was there before
    things: ThingsChanged | None = None  # None: what was there was read by another reader, or was one article
    read: int = 0  # articles that were read; the others had been
    with_turtle: bool = True
    failed: tuple[SourceError, ...] = field(default=())
    deciding: Deciding | None = None  # what became of decisions


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder of a corpus, made if missing, as its only writer; one that stays empty is removed.

    Raises:
        OutputError: another process writes it, or it cannot be made.
    """
    handle, made = -1, False
    try:
        folder = folder.resolve()
        made = not folder.exists()
        if not made and not folder.is_dir():
            raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        handle = _locked(folder)
    except OSError as error:
        raise OutputError(
            error.filename or folder,
            f"cannot be written: {error.strerror or error}",
            "choose another folder with -o",
        ) from error
    try:
        yield
    finally:
        if handle >= 0:
            os.close(handle)
        if made:
            with suppress(OSError):
                folder.rmdir()


def _locked(folder: Path) -> int:
    """Lock a folder until the number returned is closed; -1 where the system has no such locks."""
    try:
        import fcntl
    except ImportError:  # Windows: the swap is safe against a cut, not against another writer
        return -1
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OutputError(folder, "is being written by another kg", "wait until that is done") from None
    except OSError:  # a file system without locks
        os.close(handle)
        return -1
    return handle


def listing_of(found: Iterable[Found | Bad], folder: Path, mask: Sequence[str] = ()) -> Listing:
    """Return the listing of what sources hold; a file is known by its way from the folder of the corpus."""
    entries, aside = list[Entry](), list[Aside]()
    for each in found:
        origin = masked(origin_of(each.path, folder), mask)
        if isinstance(each, Found):
            entries.append(Entry(origin, each.id, each.article))
        else:
            what, hint = masked(each.error.what, mask), masked(each.error.hint, mask)
            aside.append(Aside(origin, each.line, what, hint))
    return Listing.of(entries, aside)


def origin_of(path: Path | None, folder: Path) -> str:
    """Return where a source stands, as the listing of the corpus in a folder names it."""
    if path is None:
        return STDIN
    if path.parent == data_path(""):
        return f"{_OWN}/{path.name}"
    place = Path(os.path.abspath(path))  # noqa: PTH100 - a link is known by its own name
    try:
        return Path(os.path.relpath(place, folder.resolve())).as_posix()
    except ValueError:  # another drive
        return place.as_posix()


def write(job: Job, listing: Listing, options: Options) -> Outcome:
    """Read what has not been read, and put a corpus of these articles in the place of the one in the folder.

    To be called by its only writer (`alone`). The texts of articles that were there before may be missing.

    Raises:
        SourceError: no article could be read, or the text of one that was there is there no more.
        OutputError: something cannot be written, or would be lost; what was there before still is.
    """
    with seldom_collected():
        return _write(job, listing, options)


def _write(job: Job, listing: Listing, options: Options) -> Outcome:
    settle(job.folder)
    there = Manifest.replaced(job.folder) if job.replace else Manifest.of(job.folder)
    before = there or Manifest(Listing(), options, "", "")
    reader = reader_digest(options.least_confidence)
    files = {article.sha256: article.name for article in before.listing.articles}
    readings = Readings(
        job.folder, listing.articles, files, reader,
        least_confidence=options.least_confidence, pipeline=job.pipeline, base=options.base,
    )  # fmt: skip
    missing = readings.missing()
    job.step("reading", 0, len(missing))
    why = readings.read(missing, job.step, job.processes)
    failed, listing = _without_failed(listing, why)
    if job.decisions is not None:
        readings.deciding = job.decisions.of(several=len(readings) > 1)
    made = FilesOfGraph(readings, options, layers_in_memory=len(readings) <= WITH_TURTLE)
    graph = made.graph()
    job.graph_is_there(graph)
    many = len(readings)
    job.step("page", many, many)
    listing = replace(listing, nothing=readings.nothing)
    manifest = Manifest(listing, options, reader, made.place)
    outcome = Outcome(
        graph,
        manifest,
        before.listing.change_to(listing),
        _things_changed(job, before, manifest, made.identity),
        len(missing) - len(why),
        made.with_turtle,
        tuple(failed),
        readings.deciding,
    )
    texts = {article.name: readings.article(article.sha256).text for article in listing.articles}
    all_files: dict[str, bytes | IO[bytes]] = {
        f"{TEXTS}/{name}.txt": text.encode() for name, text in texts.items()
    }
    all_files |= {MANIFEST: manifest.write(), **readings.files(), **made.files(graph)}
    all_files |= answers_file(listing.articles)
    all_files[PAGE] = job.page(graph, texts.values()).encode()
    job.before_swap(outcome)

    def look() -> tuple[str, ...]:
        home = Home.at(job.folder)
        home.refuse(texts, replace=job.replace)
        return (*home.own(texts), *(readings.own_files() if readings.in_memory else ()))

    swap_files(job.folder, all_files, look)
    readings.prune()
    forget_store(job.folder)
    return outcome


def _things_changed(job: Job, before: Manifest, after: Manifest, identity: Identity) -> ThingsChanged | None:
    """Return what other articles change in who is one with whom, where the same reader has read what was there before."""
    old = before.listing.articles
    if len(old) < 2 or len(after.listing.articles) < 2 or before.reader != after.reader:
        return None
    was = things_in(job.folder, [article.sha256 for article in old])
    if was is not None:
        return things_changed(was, identity)
    deciding = job.decisions.of(several=True) if job.decisions is not None else None
    files = {article.sha256: article.name for article in old}
    readings = Readings(job.folder, old, files, before.reader, deciding=deciding)
    if not readings.are_whole():
        return None
    from kg.corpus.identity import resolve

    kept = deciding.kept if deciding is not None else None
    try:
        was = resolve(readings.features(), cast("MergeLevel", before.options.level), kept)
    except DecisionError:  # of what was there, and is no more
        return None
    return things_changed(was, identity)


def _without_failed(listing: Listing, why: dict[str, str]) -> tuple[list[SourceError], Listing]:
    """Return what is wrong with the articles that could not be read, and the listing with these set aside."""
    failed = [
        SourceError(article.name, f"could not be read: {why[article.sha256]}")
        for article in listing.articles
        if article.sha256 in why
    ]
    if failed and len(failed) == len(listing.articles):
        raise failed[0]
    entries = [entry for entry in listing.entries if entry.article.sha256 not in why]
    aside = [
        Aside(
            entry.origin,
            0,
            f"could not be read: {why[entry.article.sha256]}",
            listing.by_sha256[entry.article.sha256].name,
        )
        for entry in listing.entries
        if entry.article.sha256 in why
    ]
    return failed, Listing.of(entries, [*listing.aside, *aside])
