"""``manifest.json``: what a corpus is made of, how it was read, and where its graph stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.base.errors import GraphError
from kg.base.home import MANIFEST, is_home, is_own_manifest
from kg.base.intake import LARGEST_GRAPH, read_file
from kg.corpus.asked import answers_in, with_answers
from kg.corpus.listing import Listing, Options, written
from kg.version import __version__

__all__ = ["FORMAT", "Manifest"]

FORMAT: Final = 1
_AGAIN: Final = "build it again: kg build SOURCES -o {0} --replace"
_BUILD: Final = "build it: kg build SOURCES -o {0}"
_ELSEWHERE: Final = "build one in another folder: kg build SOURCES -o FOLDER"


@dataclass(frozen=True)
class Manifest:
    """What the folder of a corpus says of itself."""

    listing: Listing
    options: Options
    reader: str  # the digest of the reader that read its articles
    graph: str  # where its graph stands, below the folder

    def write(self) -> bytes:
        """Return the manifest as a file."""
        value: dict[str, Any] = {
            "kg": __version__,
            "format": FORMAT,
            "reader": self.reader,
            "graph": self.graph,
            "base": self.options.base,
            "mask": ",".join(self.options.mask),
            "least_confidence": self.options.least_confidence,
            "level": self.options.level,
            "turtle": self.options.turtle,
        }
        for name in ("knowledge", "decisions"):
            if where := getattr(self.options, name):
                value[name] = where
        return written({**value, **self.listing.to_json()})

    @classmethod
    def of(cls, folder: Path) -> Manifest | None:
        """Return the manifest of a folder, None where it has none.

        Raises:
            GraphError: it is none, or one of another version.
        """
        path = folder / MANIFEST
        try:
            value = json.loads(read_file(path, LARGEST_GRAPH))
            if value["format"] != FORMAT:
                raise GraphError(path, "is of another version of kg", _again(folder))
            options = Options(
                value["base"],
                tuple(filter(None, value["mask"].split(","))),
                value["least_confidence"],
                value["level"],
                value["turtle"],
                str(value.get("knowledge", "")),
                str(value.get("decisions", "")),
            )
            listing = with_answers(Listing.from_json(value), answers_in(folder))
            return cls(listing, options, value["reader"], value["graph"])
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise GraphError(path, f"cannot be read: {error.strerror or error}") from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise GraphError(path, "is no list of the articles of a corpus", _again(folder)) from error

    @classmethod
    def replaced(cls, folder: Path) -> Manifest | None:
        """Return the manifest of a folder whose corpus may go; None also where kg wrote one that cannot be read.

        Raises:
            GraphError: it has one that kg did not write.
        """
        try:
            return cls.of(folder)
        except GraphError:
            if is_own_manifest(folder / MANIFEST):
                return None
            raise

    @classmethod
    def demand(cls, folder: Path) -> Manifest:
        """Return the manifest of a corpus.

        Raises:
            GraphError: the folder is no corpus, or has none that can be read.
        """
        found = cls.of(folder)
        if found is None:
            what = "no such folder" if not folder.exists() else "no corpus: it has no list of its articles"
            raise GraphError(
                folder, what, (_AGAIN if is_home(folder) else _BUILD).replace("{0}", str(folder))
            )
        return found


def _again(folder: Path) -> str:
    """Return how a folder gets a manifest that can be read: not this one where the manifest is somebody else's."""
    return _AGAIN.replace("{0}", str(folder)) if is_own_manifest(folder / MANIFEST) else _ELSEWHERE
