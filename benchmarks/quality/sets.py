"""The articles of the benchmark, by the sets of ``sets.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomli

from kg.learn.gold import GoldArticle, load_gold

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]


@dataclass(frozen=True, slots=True)
class ArticleSet:
    """Annotated articles, and what they were used for while kg was made."""

    name: str
    used: str
    articles: tuple[GoldArticle, ...]

    def first(self, count: int | None) -> ArticleSet:
        """Return the set with its first articles only."""
        return ArticleSet(self.name, self.used, self.articles[:count])


def read_sets(path: Path = HERE / "sets.toml", root: Path = ROOT) -> tuple[ArticleSet, ...]:
    """Return the sets of a file; their folders are below ``root``."""
    entries = tomli.loads(path.read_text(encoding="utf-8"))["set"]
    return tuple(_set(entry, root) for entry in entries)


def _set(entry: dict[str, Any], root: Path) -> ArticleSet:
    articles = load_gold(root / entry["folder"])
    kept = tuple(each for each in articles if each.article.name not in entry["leave_out"])
    return ArticleSet(entry["name"], entry["used"], kept)
