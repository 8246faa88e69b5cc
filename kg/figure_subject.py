"""Whose figure it is: the named thing a figure belongs to, bound inside its sentence; silence beats guessing."""

from __future__ import annotations

from kg.model import AnnotatedSentence, EntityId, Span

__all__ = ["subject_of"]


def subject_of(annotated: AnnotatedSentence, clause: Span, figure: Span) -> tuple[EntityId | None, str]:
    """Return the entity whose figure it is (None where the sentence names none) and how it was found."""
    left = [link for link in annotated.links if link.span.end <= figure.start]
    if left:
        return left[-1].entity, "left"
    return None, "none"
