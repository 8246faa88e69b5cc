"""IRIs made from content: a kind letter and a hash of a key, so that two runs, two machines, two shards agree.

Kinds: a article, b run, c tool, d decision, e entity, f fact, g graph of an article, h main event, i language model, j who decided, m merge of
names, n figure, o proposal of a model that was refused, r role, t date, s source of what an article passes on, v evidence, p its page or paragraph, x its quote, y its position. In a corpus: k thing of several articles, l link of
two entities, q copy of an article, u succession in a post, w fact of several articles, z conflict.
"""

from __future__ import annotations

import re
from decimal import Decimal
from hashlib import sha256

from kg.base.errors import GraphError
from kg.base.model import Article, Entity, Fact, Figure, Moment, Span
from kg.graph.vocabulary import DEFAULT_BASE

__all__ = [
    "article_iri",
    "check_base",
    "entity_iri",
    "evidence_iri",
    "fact_iri",
    "figure_iri",
    "identity_iri",
    "kind_of_node",
    "made_iri",
    "moment_iri",
    "place_iri",
    "plain",
]

_NODE = re.compile(r"(?P<base>.+[/#])(?P<letter>[a-z])[0-9a-f]{20}")
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+[/#]")


def check_base(base: str) -> str:
    """Return ``base`` if nodes can live under it.

    Raises:
        GraphError: it is no absolute ASCII IRI that ends in ``/`` or ``#``.
    """
    if not _BASE.fullmatch(base):
        raise GraphError(
            base, "no base for IRIs", f"give an absolute ASCII IRI that ends in / or #, as {DEFAULT_BASE}"
        )
    return base


def article_iri(article: Article, base: str = DEFAULT_BASE) -> str:
    """Return the IRI of an article: its text's SHA-256 is its key."""
    return made_iri(base, "a", article.sha256)


def entity_iri(article: Article, entity: Entity, base: str = DEFAULT_BASE) -> str:
    """Return the IRI of an entity: of its article, or of its official code where it has one; namesakes differ by their id."""
    if entity.place_code and entity.type == "Place":
        return place_iri(base, entity.place_code)
    own = f"{entity.type}:{entity.name}"
    namesake = entity.id.removeprefix(own) if entity.id.startswith(own) else ""
    return made_iri(base, "e", article.sha256, entity.type, entity.name, *filter(None, [namesake]))


def fact_iri(article: Article, fact: Fact, ends: tuple[str, str], base: str = DEFAULT_BASE) -> str:
    """Return the IRI of a fact whose ends have the IRIs ``ends``."""
    return made_iri(
        base,
        "f",
        ends[0],
        fact.predicate,
        ends[1],
        fact.role,
        fact.date.edtf if fact.date else "",
        figure_iri(article, fact.amount, base) if fact.amount else "",
        "derived" if fact.derived else fact.status,
    )


def figure_iri(article: Article, figure: Figure, base: str = DEFAULT_BASE) -> str:
    """Return the IRI of a figure: its article and span; the value tells the two ends of a range apart."""
    return made_iri(
        base, "n", article.sha256, str(figure.span.start), str(figure.span.end), plain(figure.value)
    )


def moment_iri(article: Article, moment: Moment, base: str = DEFAULT_BASE) -> str:
    """Return the IRI of a date or period of an article."""
    return made_iri(base, "t", article.sha256, moment.edtf)


def evidence_iri(article: Article, span: Span, base: str = DEFAULT_BASE) -> str:
    """Return the IRI of a piece of evidence."""
    return made_iri(base, "v", article.sha256, str(span.start), str(span.end))


def made_iri(base: str, kind: str, *key: str) -> str:
    """Return the IRI of a node of the kind with this letter and this key."""
    # Each part goes in with its length, so that no two keys run together.
    joined = "".join(f"{len(part)}:{part}" for part in key)
    return f"{base}{kind}{sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"


def identity_iri(base: str) -> str:
    """Return the IRI of the named graph that says which entities of a corpus are one thing."""
    return f"{base}identity"


def kind_of_node(iri: str) -> tuple[str, str]:
    """Return the base and the letter of a node of kg, both "" for another."""
    match = _NODE.fullmatch(iri)
    return (match["base"], match["letter"]) if match else ("", "")


def place_iri(base: str, code: str) -> str:
    """Return the IRI of a place with an official code, the same in every article."""
    return made_iri(base, "e", "Place", code)


def plain(value: Decimal) -> str:
    """Return a decimal without exponent and without trailing zeros, as ``xsd:decimal`` wants it."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text
