"""What was read in the articles of a folder, for the commands that need more of it than its graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.decisions import decisions_of, decisions_path

if TYPE_CHECKING:
    from kg.corpus.readings import Readings

__all__ = ["readings_of"]


def readings_of(folder: Path, *, decided: bool = False) -> tuple[Readings, Path]:
    """Return the readings of a folder, as they were read or as people decided, and where the decisions stand.

    Raises:
        GraphError: it is none that `kg build` wrote.
        DecisionError: the decisions cannot be read.
    """
    from kg.corpus.identity import resolve
    from kg.corpus.manifest import Manifest
    from kg.corpus.readings import Readings

    own = Manifest.demand(folder)
    articles = own.listing.articles
    files = {article.sha256: article.name for article in articles}
    readings = Readings(folder, articles, files, own.reader, least_confidence=own.options.least_confidence)
    every = decisions_of(folder, None, own.options.decisions) if decided else None
    if every is not None:
        readings.deciding = every.of(several=len(articles) > 1)
        if len(articles) > 1:
            resolve(readings.features(), kept=readings.deciding.kept)  # says what each is about
    return readings, decisions_path(folder, None, own.options.decisions)
