"""``Article`` -> ``Sentence*``."""

from __future__ import annotations

import re

from kg.model import Article, Sentence, Span

_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]*[”’」』）)]*|[。！？；!?;]+")
LONGEST = 512  # code points; longer sentences are cut at a comma, or there


def split(article: Article) -> tuple[Sentence, ...]:
    """Cut the body of ``article`` at 。！？； and line ends; offsets are the article's."""
    sentences: list[Sentence] = []
    for paragraph, span in enumerate(article.body):
        for match in _SENTENCE.finditer(article.text, span.start, span.end):
            start, end = match.span()
            while start < end:
                stop = end
                if end - start > LONGEST:
                    stop = start + LONGEST
                    comma = article.text.rfind("，", start + LONGEST // 2, stop)
                    stop = comma + 1 if comma > 0 else stop
                if article.text[start:stop].strip():
                    sentences.append(Sentence(len(sentences), paragraph, Span(start, stop), article.text[start:stop]))
                start = stop
    return tuple(sentences)
