"""A source (file, standard input) -> ``Article``: decoding, main text, metadata, and which lines state facts."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.model import Article, Span


def read_article(path: Path) -> Article:
    """Return the article in a UTF-8 text file."""
    return article_of(path.read_text(encoding="utf-8-sig"), path.stem)


def article_of(text: str, name: str = "text") -> Article:
    """Return the article made of ``text``, whose newlines are ``\\n``."""
    body, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            body.append(Span(at, at + len(line)))
        at += len(line) + 1
    title = body[0].of(text) if body else ""
    return Article(name, text, hashlib.sha256(text.encode()).hexdigest(), tuple(body), title)
