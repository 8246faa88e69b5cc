"""The page that says why there is none."""

from __future__ import annotations

from kg.serve.html import el
from kg.serve.pages.frame import frame
from kg.serve.words import Language, word

__all__ = ["failure_page"]


def failure_page(status_code: int, message: str, language: Language) -> str:
    """Return the page that says why there is none."""
    missing = status_code == 404
    title = word("not_found" if missing else "refused", language)
    return frame(
        title, language, el("h1", title), el("p", word("not_found_text", language) if missing else message)
    )
