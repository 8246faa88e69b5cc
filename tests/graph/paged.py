"""One invented article: as a document of two pages, in paragraphs, and as a plain text."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from kg.api import build_articles
from kg.base.model import Leaves
from kg.graph.store import Graph
from kg.text.formats.extract import PAGES, Extract, by_paragraphs
from kg.text.source import article_of

TEXT = "海川公司与明德大学签约\n海川公司董事长李明出席仪式。\n明德大学校长王芳出席仪式，学校获赠300万元。\n"
SECOND = TEXT.index("明德大学校长")
PLAIN = article_of(TEXT, "a")
PAGED = replace(PLAIN, leaves=Leaves("page", ((0, 1), (SECOND, 2)), PAGES))
BOXED = replace(
    PLAIN,
    leaves=Leaves(
        "page",
        ((0, 1), (SECOND, 2)),
        PAGES,
        ((0, SECOND, 720, 900, 3720, 1000), (SECOND, len(TEXT) - SECOND, 720, 600, 3720, 700)),
    ),
)
IN_PARAGRAPHS = replace(PLAIN, leaves=by_paragraphs(Extract(TEXT)).leaves)


@cache
def graph_of(kind: str) -> Graph:
    """Return the graph of the article: paged, boxed, in_paragraphs or plain."""
    article = {"paged": PAGED, "boxed": BOXED, "in_paragraphs": IN_PARAGRAPHS, "plain": PLAIN}[kind]
    return build_articles([article]).graph
