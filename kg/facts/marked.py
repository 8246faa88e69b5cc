"""Sentences with their names marked, ``{长河机械|O}``, as annotated sentences: the readers of facts without those of names."""

from __future__ import annotations

from kg.base.model import AnnotatedSentence, Article, Candidate, Entity, EntityId, Link, Span
from kg.facts.candidate import find_candidates
from kg.facts.exclusion import without_excluded
from kg.facts.passage import LETTERS
from kg.text.sentence import split
from kg.text.source import article_of
from kg.words.tagger import default_tagger


def parse(source: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text without marks, and start, end and letter of each name."""
    chars: list[str] = []
    names: list[tuple[int, int, str]] = []
    open_at: list[int] = []
    here = 0
    while here < len(source):
        if source[here] == "{":
            open_at.append(len(chars))
        elif source[here] == "|" and open_at:
            names.append((open_at.pop(), len(chars), source[here + 1]))
            here += 2
        else:
            chars.append(source[here])
        here += 1
    return "".join(chars), names


def annotate(source: str) -> tuple[Article, tuple[Entity, ...], tuple[AnnotatedSentence, ...]]:
    """Return the marked sentences as an article, its entities and its annotated sentences."""
    text, names = parse(source)
    article = article_of(text)
    entities: dict[EntityId, Entity] = {}
    rows = []
    for tagged in default_tagger().tag(split(article)):
        links = []
        for start, end, letter in names:
            if tagged.sentence.span.holds(Span(start, end)):
                kind, name = LETTERS[letter], text[start:end]
                key = EntityId(f"{kind}:{name}")
                entities.setdefault(key, Entity(key, kind, name, (name,)))
                links.append(Link(Span(start, end), name, key, kind, "marked"))
        links.sort(key=lambda link: (link.span.start, -link.span.end))
        rows.append(AnnotatedSentence(tagged, tuple(links)))
    return article, tuple(entities.values()), without_excluded(rows)


def candidates(source: str) -> tuple[Candidate, ...]:
    """Return the candidates of marked sentences."""
    return find_candidates(*annotate(source))


def says(candidate: Candidate) -> str:
    """Return a candidate as patterns write it: ``甲 > 乙 : 董事长``."""
    subject, obj = (end.split(":", 1)[1] for end in (candidate.subject, candidate.object))
    return f"{subject} > {obj}" + (f" : {candidate.role}" if candidate.role else "")
