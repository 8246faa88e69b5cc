"""What a language model proposed, as triples: who it was, which facts it found too or alone, and what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.base.model import BY_MODEL, Fact, Refused
from kg.graph.event import Writer
from kg.graph.iri import made_iri
from kg.graph.literal import integer, string, zh
from kg.graph.vocabulary import KG, PREDICATE_LABELS, PROV, RDF, RDFS
from kg.propose.reasons import REASONS

__all__ = [
    "AGREED_BY",
    "PROPOSED_BY",
    "PROPOSED_FOR",
    "TRIGGER",
    "model_iri",
    "refused_iri",
    "refused_label",
    "write_models",
    "write_of_fact",
    "write_refused",
]

PROPOSED_BY: Final = KG + "proposedBy"
AGREED_BY: Final = KG + "agreedBy"
PROPOSED_FOR: Final = KG + "proposedFor"
TRIGGER: Final = KG + "trigger"
_LABEL, _TYPE, _COMMENT = f"<{RDFS}label>", f"<{RDF}type>", f"<{RDFS}comment>"


def model_iri(model: str, base: str) -> str:
    """Return the IRI of a language model: its name is its key."""
    return made_iri(base, "i", model)


def refused_iri(sha256: str, refused: Refused, base: str) -> str:
    """Return the IRI of a proposal that was refused."""
    own = (refused.model, refused.reason, refused.subject, refused.predicate, refused.object, refused.quote)
    return made_iri(base, "o", sha256, *own, str(refused.start), str(refused.end))


def refused_label(subject: str, predicate: str, other: str) -> str:
    """Return what to call a proposal that was refused."""
    relation = PREDICATE_LABELS.get(predicate, (predicate, ""))[0]
    return f"{subject} {relation} {other}".strip() or "？"


def write_models(to: Writer) -> None:
    """Write the language models that an article's reading names."""
    reading = to.reading
    names = [fact.model for fact in reading.facts] + [each.model for each in reading.refused]
    names += [entity.proposed_by for entity in reading.entities]
    for name in sorted(set(filter(None, names))):
        this = f"<{model_iri(name, to.base)}>"
        to.add(this, _LABEL, string(name))
        to.add(this, _TYPE, f"<{PROV}SoftwareAgent>")


def write_of_fact(to: Writer, this: str, facts: Sequence[Fact]) -> None:
    """Write which model found a fact too, or alone, and by which words."""
    text = to.article.text
    for fact in facts:
        if fact.model:
            by = PROPOSED_BY if fact.pattern == BY_MODEL else AGREED_BY
            to.add(this, f"<{by}>", f"<{model_iri(fact.model, to.base)}>")
        for firing in fact.firings:
            if firing.pattern == BY_MODEL and firing.trigger is not None:
                to.add(this, f"<{TRIGGER}>", string(firing.trigger.of(text)))


def write_refused(to: Writer) -> None:
    """Write the proposals that the text does not bear out, each with its reason."""
    for refused in to.reading.refused:
        this = f"<{refused_iri(to.article.sha256, refused, to.base)}>"
        for predicate, value in _said(refused):
            to.add(this, f"<{predicate}>", value)
        to.add(this, f"<{PROPOSED_BY}>", f"<{model_iri(refused.model, to.base)}>")
        to.add(this, f"<{PROPOSED_FOR}>", to.this_article)


def _said(refused: Refused) -> Iterator[tuple[str, str]]:
    yield RDFS + "label", zh(refused_label(refused.subject, refused.predicate, refused.object))
    yield RDF + "type", f"<{KG}RefusedProposal>"
    yield KG + "reason", string(refused.reason)
    yield from ((RDFS + "comment", each) for each in reason_said(refused.reason))
    yield KG + "passageStart", integer(refused.start)
    yield KG + "passageEnd", integer(refused.end)
    for name, words in (
        ("proposedSubject", refused.subject),
        ("proposedPredicate", refused.predicate),
        ("proposedObject", refused.object),
        ("proposedQuote", refused.quote),
    ):
        if words:
            yield KG + name, string(words)


def reason_said(reason: str) -> Iterable[str]:
    """Return a reason in both languages, as N-Triples writes it."""
    chinese, english = REASONS[reason]
    return zh(chinese), f"{string(english)}@en"
