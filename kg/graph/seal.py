"""The checksum of all that was read in one article, by which a later change shows that no text can tell: a confidence, say.

It is no signature: who changes a graph can seal it again. What the texts prove does not rest on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from kg.graph.iri import kind_of_node
from kg.graph.vocabulary import DCTERMS, KG, PROV, RDF, RDFS

__all__ = ["DIGEST", "seal", "seal_all"]

DIGEST: Final = KG + "digest"

_SHARED: Final = "bcr"  # run, tool, title: of no article
_NAMED: Final = "avxy"  # labels with the name of the file in them, which may have two
_LABEL: Final = f"<{RDFS}label>"
_NEVER: Final = frozenset(
    (f"<{DIGEST}>", f"<{DCTERMS}identifier>", f"<{PROV}wasGeneratedBy>")
)  # another run reads the same
_CODE: Final = f"<{KG}placeCode>"
_ENDS: Final = (f"<{RDF}subject>", f"<{RDF}object>")
_INTO: Final = f"<{KG}mergedInto>"


def seal(triples: Iterable[tuple[str, str, str]]) -> str:
    """Return the checksum of the triples of one article, given as N-Triples writes their parts.

    What other articles may say too is left out: places with a code and what only they are tied by, titles, the run.
    """
    nodes: dict[str, list[tuple[str, str]]] = {}
    for subject, predicate, value in triples:
        nodes.setdefault(subject, []).append((predicate, value))
    coded = {subject for subject, said in nodes.items() if any(predicate == _CODE for predicate, _ in said)}
    lines = [
        f"{subject} {predicate} {value}"
        for subject, said in nodes.items()
        if _is_own(subject, said, coded)
        for predicate, value in said
        if predicate not in _NEVER and not (predicate == _LABEL and _letter(subject) in _NAMED)
    ]
    return seal_all(lines)


def seal_all(lines: Iterable[str]) -> str:
    """Return the checksum of lines in whatever order."""
    return sha256("\n".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest()


def _letter(subject: str) -> str:
    return kind_of_node(subject[1:-1])[1]


def _is_own(subject: str, said: Iterable[tuple[str, str]], coded: set[str]) -> bool:
    """Say whether only its article says something of a node."""
    if subject in coded or _letter(subject) in _SHARED:
        return False
    into = [value for predicate, value in said if predicate == _INTO]
    ends = [value for predicate, value in said if predicate in _ENDS]
    return not any(value in coded for value in into) and not (ends and coded.issuperset(ends))
