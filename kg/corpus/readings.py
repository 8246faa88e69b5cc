"""The readings of a corpus, kept beside it: which are there, which are to be made, and all of them one after another.

A reading that is damaged, or that another reader made, is read again from its text. What is read is written at once where
a corpus is large, so that a run that is cut off goes on where it stopped; elsewhere it is kept until all is done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.base.errors import SourceError
from kg.base.home import READINGS, TEXTS, digest
from kg.base.intake import LARGEST_TEXT, read_file
from kg.base.model import Article, Reading
from kg.base.output import write_files
from kg.corpus.model import ArticleFeatures
from kg.corpus.pool import read_articles
from kg.corpus.said import Said, kept_form, key_of, said_by, said_in, said_path
from kg.corpus.shard import StaleError, features_in, is_whole, shard_path, unpack
from kg.corpus.worker import Failed, Reader, pipeline_of, read_each
from kg.pipeline import Pipeline

if TYPE_CHECKING:
    from kg.corpus.decided import Deciding

__all__ = ["SMALL", "Readings"]

SMALL: Final = 64
"""Articles up to which a corpus is replaced whole, its readings with all else."""

_LARGEST: Final = 64 << 20  # bytes of a reading
_OWN: Final = (".json.gz", ".nq")
Progress = Callable[[str, int, int], None]


class Readings:
    """What was read in the articles of a corpus, in the order of their checksums; can be gone through again and again.

    Args:
        folder: that of the corpus.
        articles: each text once; the texts of those that were there before may be empty.
        files: where the texts of those stand, by checksum: names below ``articles/``.
        reader: the digest of the reader.
        least_confidence: what it keeps facts from.
        pipeline: how this process reads, where it does.
        base: what IRIs begin with, where triples are kept beside the readings.
        deciding: what people decided; what is kept is what was read, and they are done to it whenever it is asked for.
    """

    def __init__(
        self,
        folder: Path,
        articles: Sequence[Article],
        files: Mapping[str, str],
        reader: str,
        *,
        least_confidence: float | None = None,
        pipeline: Pipeline | None = None,
        deciding: Deciding | None = None,
        base: str = "",
    ) -> None:
        self.deciding = deciding
        self._articles = {article.sha256: article for article in articles}
        self.folder, self._pipeline = folder, pipeline
        self._files = files
        self.in_memory = len(self._articles) <= SMALL
        several = len(self._articles) > 1
        kept = base if several and not self.in_memory else ""
        self.reader = Reader(reader, least_confidence, several=several, base=kept)
        self._own: dict[str, bytes] = {}
        self._features: dict[
            str, ArticleFeatures
        ] = {}  # of readings that were there, until they are asked for
        self._nothing: set[str] = set()
        self._decided: set[str] = set()  # of which people decided something

    def __len__(self) -> int:
        return len(self._articles)

    def __contains__(self, reading: object) -> bool:
        return isinstance(reading, Reading) and reading.article.sha256 in self._articles

    def __iter__(self) -> Iterator[Reading]:
        for sha256 in sorted(self._articles):
            reading = self.decided(sha256)
            if not reading.facts and not reading.figures:
                self._nothing.add(reading.article.name)
            yield reading

    @property
    def checksums(self) -> list[str]:
        """The checksums of all articles, in order."""
        return sorted(self._articles)

    @property
    def articles(self) -> Collection[Article]:
        """The articles; the texts of those that were there before may be empty."""
        return self._articles.values()

    @property
    def nothing(self) -> tuple[str, ...]:
        """The names of the articles that gave no fact and no figure, once all were gone through."""
        return tuple(sorted(self._nothing))

    def article(self, sha256: str) -> Article:
        """Return an article with its text.

        Raises:
            SourceError: the file of its text is missing, or was changed.
        """
        article = self._articles[sha256]
        if article.text:
            return article
        path = self.folder / TEXTS / f"{self._files.get(sha256, article.name)}.txt"
        try:
            text = read_file(path, LARGEST_TEXT).decode("utf-8", "surrogatepass")
        except (OSError, UnicodeDecodeError):
            text = ""
        if digest(text) != sha256:
            raise SourceError(
                path, "is missing, or not the text that was read", "put it back, or build the corpus again"
            )
        return replace(article, text=text)

    def missing(self) -> list[Article]:
        """Return the articles of which there is no reading that can be used, with their texts."""
        return [self.article(sha256) for sha256 in sorted(self._articles) if not self._is_there(sha256)]

    def read(
        self, articles: Sequence[Article], progress: Progress, processes: int | None = None
    ) -> dict[str, str]:
        """Read articles and keep what was read; return why some could not be, by their checksums."""
        failed: dict[str, str] = {}
        done = 0
        for batch in read_articles(articles, self.reader, processes, self._pipeline):
            for each in batch:
                if isinstance(each, Failed):
                    failed[each.sha256] = each.why
                else:
                    self._keep(each.sha256, each.shard, each.said)
            done += len(batch)
            progress("reading", done, len(articles))
        for sha256 in failed:
            del self._articles[sha256]
        return failed

    def reading(self, sha256: str) -> Reading:
        """Return what was read in an article; where that is damaged or not there, what is read now.

        Raises:
            SourceError: it cannot be read.
        """
        article = self.article(sha256)
        try:
            return unpack(self.shard(sha256), article, self.reader.digest)
        except StaleError:
            return unpack(self._read_again(article), article, self.reader.digest)

    def features(self) -> Iterator[ArticleFeatures]:
        """Yield what each article tells about who its entities are.

        Raises:
            SourceError: one of them cannot be read.
        """
        for sha256 in sorted(self._articles):
            own = self._features.pop(sha256, None) or self._told(sha256)
            if self.deciding is not None and self.deciding.touches(own):
                own = self.deciding.features(own, self.reading(sha256))
            yield own

    def _told(self, sha256: str) -> ArticleFeatures:
        article = self._articles[sha256]
        try:
            return features_in(self.shard(sha256), article, self.reader.digest)
        except StaleError:
            return features_in(self._read_again(self.article(sha256)), article, self.reader.digest)

    def are_whole(self) -> bool:
        """Say whether all readings are there and can be used."""
        return all(map(self._is_there, self._articles))

    def _read_again(self, article: Article) -> bytes:
        self._pipeline = self._pipeline or pipeline_of(self.reader.least_confidence)
        (each,) = read_each(self._pipeline, [article], self.reader)
        if isinstance(each, Failed):
            raise SourceError(article.name, f"could not be read: {each.why}", "remove it: kg remove")
        self._keep(article.sha256, each.shard, each.said)
        return each.shard

    def said(self, sha256: str, base: str) -> tuple[Said, str]:
        """Return the triples of an article as people decided it, and its text; made again only where they may be others.

        Raises:
            SourceError: it cannot be read.
            GraphError: its reading says what stands nowhere.
        """
        article = self.article(sha256)
        if not self.reader.base or sha256 in self._decided:
            return said_by(self.decided(sha256), base), article.text
        return self._kept(article), article.text

    def _kept(self, article: Article) -> Said:
        """Return the triples of what was read in an article, which are kept beside it."""
        sha256, base = article.sha256, self.reader.base
        key = key_of(article, base, self.shard(sha256), self.reader.digest)
        try:
            return said_in(self._file(said_path(sha256)), key, article, base)
        except StaleError:
            made = said_by(self.reading(sha256), base)
            self._write(said_path(sha256), kept_form(made, key))
            return made

    def decided(self, sha256: str) -> Reading:
        """Return what was read in an article as people decided it.

        Raises:
            SourceError: it cannot be read.
        """
        reading = self.reading(sha256)
        after = reading if self.deciding is None else self.deciding.reading(reading)
        if after is not reading:
            self._decided.add(sha256)
        return after

    def shard(self, sha256: str) -> bytes:
        """Return the file of what was read in an article, b"" where there is none."""
        if sha256 in self._own:
            return self._own[sha256]
        return self._file(shard_path(sha256))

    def _file(self, name: str) -> bytes:
        try:
            return read_file(self.folder / name, _LARGEST)
        except OSError:
            return b""

    def files(self) -> dict[str, bytes]:
        """Return the files of readings that are written with all else; none where they are written already."""
        return {shard_path(sha256): self.shard(sha256) for sha256 in self._articles if self.in_memory}

    def own_files(self) -> list[str]:
        """Return the paths of all readings that are in the folder."""
        return sorted(
            path.relative_to(self.folder).as_posix()
            for path in (self.folder / READINGS).glob("??/*")
            if path.name[:2] == path.parent.name and path.name.endswith(_OWN)
        )

    def prune(self) -> None:
        """Remove the readings of articles that are in the corpus no more."""
        paths = (shard_path, said_path) if self.reader.base else (shard_path,)
        kept = {path(sha256) for sha256 in self._articles for path in paths}
        for name in self.own_files():
            if name not in kept:
                (self.folder / name).unlink(missing_ok=True)

    def _is_there(self, sha256: str) -> bool:
        """Say whether there is a reading that can be used; what it tells of its entities is kept, for it is asked for next."""
        own = self._articles[sha256]
        if not self.reader.several:
            return is_whole(self.shard(sha256), own, self.reader.digest, several=False)
        try:
            self._features[sha256] = features_in(self.shard(sha256), own, self.reader.digest)
        except StaleError:
            return False
        return True

    def _keep(self, sha256: str, shard: bytes, said: bytes = b"") -> None:
        if self.in_memory:
            self._own[sha256] = shard
            return
        self._write(shard_path(sha256), shard)
        if said:
            self._write(said_path(sha256), said)

    def _write(self, name: str, data: bytes) -> None:
        write_files(self.folder, {name: data})
