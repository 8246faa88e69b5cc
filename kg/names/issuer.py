"""The body that issues an official document, at the head of its title: 甲市人民政府|关于乙的通知.

It signs the document, so it is a name even where the body of the text never calls it so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.base.model import Article, Mention, Span, TaggedSentence

__all__ = ["RULE", "find_issuer"]

RULE: Final = "issuer"
"""The rule of the name of who signs an official document."""

_ABOUT: Final = "关于"
_SURE: Final = 0.98


def find_issuer(article: Article, tagged: Sequence[TaggedSentence]) -> list[list[Mention]]:
    """Return the issuer in the title of an official document, where the title begins with it; nothing in other articles."""
    rows: list[list[Mention]] = [[] for _ in tagged]
    name = article.publisher
    if not article.number or not name or not tagged:
        return rows
    title = tagged[0].sentence
    if title.paragraph == 0 and title.text.startswith(name + _ABOUT):
        span = Span(title.span.start, title.span.start + len(name))
        rows[0].append(Mention(span, name, "Organization", RULE, _SURE))
    return rows
