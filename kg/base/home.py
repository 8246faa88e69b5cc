"""A folder that ``kg build`` wrote into: which of its files are kg's own, and which articles its graph was made of.

What kg did not write there is never overwritten and never removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.base.errors import OutputError
from kg.base.intake import LARGEST_GRAPH, LARGEST_TEXT, open_file, read_file, read_text

__all__ = [
    "ANSWERS",
    "DECIDED",
    "GRAPH",
    "MADE_BY_KG",
    "MANIFEST",
    "MERGED",
    "PAGE",
    "QUADS",
    "READINGS",
    "STORE",
    "TEXTS",
    "THINGS",
    "WRITTEN",
    "Home",
    "articles_in",
    "digest",
    "graph_file",
    "is_home",
    "is_own_manifest",
    "is_own_page",
]

GRAPH: Final = "graph.ttl"
PAGE: Final = "graph.html"
TEXTS: Final = "articles"
MANIFEST: Final = "manifest.json"
READINGS: Final = "readings"
ANSWERS: Final = "answers.json.gz"
MERGED: Final = "merged"
QUADS: Final = f"{MERGED}/merged.nq.gz"
THINGS: Final = f"{MERGED}/things.json.gz"
STORE: Final = "store"

WRITTEN: Final = (GRAPH, PAGE, TEXTS, MERGED)
"""What kg writes into a folder and would take for articles."""

DECIDED: Final = ("decisions.toml", "knowledge")
"""What a person decides beside a graph: kg reads it, and never writes it in a build."""

MADE_BY_KG: Final = '<meta name="generator" content="kg">'
"""Stands at the head of every page that kg writes into a file, so that no page is taken for an article."""

_HEAD: Final = 2048
"""Bytes of a file that say whether kg wrote it."""

_OWN_MANIFEST: Final = b'{\n "kg": '
_OWN_GRAPH: Final = b"@prefix kg: <https://example.org/kg/ontology#>"
_OWN_PAGES: Final = (MADE_BY_KG.encode(), b"default-src &#x27;none&#x27;; script-src &#x27;sha256-")
_ARTICLE: Final = re.compile(
    rb'dcterms:identifier "([^"\\]*)" ;(?:\s+kg:(?:digest|masked) [^;\n]* ;)*\s+kg:sha256 "([0-9a-f]{64})"'
)
_ENDS: Final = re.compile(r"[\n。！？]")
_SHOWN: Final = 3
"""Articles that a message names."""


def is_home(folder: Path) -> bool:
    """Say whether a folder holds a graph that ``kg build`` wrote."""
    return _OWN_GRAPH in _head(folder / GRAPH) or _head(folder / MANIFEST).startswith(_OWN_MANIFEST)


def graph_file(folder: Path) -> Path:
    """Return where the graph of a folder stands that ``kg build`` wrote: the one with its layers, else the Turtle."""
    return folder / QUADS if (folder / QUADS).is_file() else folder / GRAPH


def is_own_manifest(path: Path) -> bool:
    """Say whether kg wrote a list of articles, though perhaps not to its end."""
    return _head(path).startswith(_OWN_MANIFEST)


def is_own_page(path: Path) -> bool:
    """Say whether an HTML file is a page that kg wrote, and no article."""
    head = _head(path)
    return any(mark in head for mark in _OWN_PAGES)


def digest(text: str) -> str:
    """Return the SHA-256 by which a graph knows the text of an article."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Home:
    """What a folder held when it was looked at."""

    folder: Path
    graph: bytes = b""  # the graph file; empty where there is none
    articles: tuple[tuple[str, str], ...] = ()  # of that graph: name and SHA-256
    is_corpus: bool = False  # it holds a list of its articles

    @classmethod
    def at(cls, folder: Path) -> Home:
        """Return what a folder holds.

        Raises:
            OutputError: it cannot be read.
        """
        try:
            graph = _if_there(folder / GRAPH)
            manifest = _if_there(folder / MANIFEST)
        except OSError as error:
            raise OutputError(
                error.filename or folder / GRAPH,
                f"cannot be read: {error.strerror}",
                "choose another folder with -o",
            ) from error
        listed = _listed(manifest)
        if listed is None:
            return cls(folder, graph, articles_in(graph), is_corpus=manifest.startswith(_OWN_MANIFEST))
        return cls(folder, graph, listed, is_corpus=True)

    def refuse(self, texts: Mapping[str, str], known: Collection[str] = (), *, replace: bool = False) -> None:
        """Refuse to write a graph here where that would lose another graph, or a file that kg did not write.

        Another graph is one with an article that is not among the new ones: neither its text, nor, under its name, a
        text that shares most of its sentences (an article that was corrected). With ``replace`` it may go; the files of
        others may not.

        Args:
            texts: the texts that are to be written, by the name of their article.
            known: SHA-256 of articles of the new graph whose texts are not at hand.
            replace: whether the graph that is here may be replaced by another.

        Raises:
            OutputError: something would be lost; it says what, and how to go on.
        """
        self._refuse_strangers(texts)
        if replace or not (self.graph.strip() or self.is_corpus):
            return
        if not self.articles:
            raise OutputError(
                self.folder,
                "holds a graph whose articles cannot be told",
                "put the new one in its place with --replace, or choose another folder with -o",
            )
        new = {digest(text) for text in texts.values()} | set(known)
        lost = [
            name
            for name, sha in self.articles
            if sha not in new and not self._corrected(name, texts.get(name))
        ]
        if lost:
            shown = ", ".join(lost[:_SHOWN]) + (" ..." if len(lost) > _SHOWN else "")
            raise OutputError(
                self.folder,
                f"holds another graph: of its {len(self.articles)} articles this build does not read {len(lost)}: {shown}",
                "put the new one in its place with --replace, or choose another folder with -o",
            )

    def refuse_sources(self, sources: Iterable[Path]) -> None:
        """Refuse articles that lie where their texts would be written, unless they are texts that kg wrote.

        Raises:
            OutputError: there is one; a later build would take it for kg's own.
        """
        texts, names = (self.folder / TEXTS).resolve(), {name for name, _ in self.articles}
        for path in sources:
            if path.stem not in names and texts in Path(os.path.realpath(path)).parents:
                raise OutputError(path, "lies where kg writes its texts", "choose another folder with -o")

    def own(self, texts: Mapping[str, str]) -> tuple[str, ...]:
        """Return the paths of the files here that kg wrote and nobody has changed, but texts that stay for ``texts``."""
        taken = {name.casefold() for name in texts}
        texts_here = [
            f"{TEXTS}/{name}.txt"
            for name, sha in self.articles
            if name.casefold() not in taken and _digest_of(self.folder / TEXTS / f"{name}.txt") == sha
        ]
        found = (GRAPH, PAGE) if self.graph.strip() else (PAGE,) if self.is_corpus else ()
        return (*texts_here, *found, *((MANIFEST, QUADS, THINGS, ANSWERS) if self.is_corpus else ()))

    def _refuse_strangers(self, texts: Mapping[str, str]) -> None:
        own = bool(self.graph.strip()) or self.is_corpus
        if self.graph.strip() and _OWN_GRAPH not in self.graph[:_HEAD]:
            raise _stranger(self.folder / GRAPH)
        page = self.folder / PAGE
        if not own and page.is_file() and not is_own_page(page):
            raise _stranger(page)
        names = {name for name, _ in self.articles}
        for name, text in texts.items():
            path = self.folder / TEXTS / f"{name}.txt"
            if name not in names and path.is_file() and _digest_of(path) != digest(text):
                raise _stranger(path)

    def _corrected(self, name: str, text: str | None) -> bool:
        """Say whether a text is a corrected form of the article that had its name."""
        if text is None:
            return False
        try:
            before = read_text(self.folder / TEXTS / f"{name}.txt")
        except (OSError, ValueError):
            return False
        sentences = _sentences(before)
        kept = sentences & _sentences(text)
        return 2 * sum(map(len, kept)) >= sum(map(len, sentences))


def articles_in(graph: bytes) -> tuple[tuple[str, str], ...]:
    """Return the name and SHA-256 of every article of a graph as kg writes it."""
    return tuple((name.decode("utf-8", "replace"), sha.decode()) for name, sha in _ARTICLE.findall(graph))


def _listed(manifest: bytes) -> tuple[tuple[str, str], ...] | None:
    """Return the name and SHA-256 of every article that the list of a corpus names; None: it is no such list."""
    try:
        found = json.loads(manifest)["articles"] if manifest.startswith(_OWN_MANIFEST) else None
        named = None if found is None else [(each["name"], each["sha256"]) for each in found]
        is_list = named is not None and all(isinstance(word, str) for each in named for word in each)
        return tuple(dict.fromkeys(named)) if named is not None and is_list else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _if_there(path: Path) -> bytes:
    try:
        return read_file(path, LARGEST_GRAPH)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):  # writing will say it
        return b""


def _sentences(text: str) -> set[str]:
    return {line for each in _ENDS.split(text) if (line := each.strip())}


def _stranger(path: Path) -> OutputError:
    return OutputError(path, "is there already, and kg did not write it", "choose another folder with -o")


def _head(path: Path) -> bytes:
    try:
        with open_file(path) as file:
            return file.read(_HEAD) or b""
    except OSError:
        return b""


def _digest_of(path: Path) -> str:
    try:
        return hashlib.sha256(read_file(path, LARGEST_TEXT)).hexdigest()
    except OSError:
        return ""
