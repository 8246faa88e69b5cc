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

_SHARED: Final = "bcdijr"  # run, tool, decision, model, who decided, title: of no article alone
_NAMED: Final = "apvxy"  # labels with the name of the file in them, which may have two
_LABEL: Final = f"<{RDFS}label>"
_TERM: Final = f"<{KG}"  # types and predicates of the user, which several articles may need
_AT_ONCE: Final = 10_000  # lines
_NEVER: Final = (
    f"<{DIGEST}> ",
    f"<{DCTERMS}identifier> ",
    f"<{PROV}wasGeneratedBy> ",
)  # another run reads the same
_NEVER_NAMED: Final = (*_NEVER, f"{_LABEL} ")
_CODE: Final = f"<{KG}placeCode> "
_INTO: Final = f"<{KG}mergedInto>"
_TIES: Final = (f"<{RDF}subject> ", f"<{RDF}object> ", f"{_INTO} ")


def seal(lines: Iterable[str]) -> str:
    """Return the checksum of the triples of one article, given as lines of N-Triples without their ends.

    What other articles may say too is left out: places with a code and what only they are tied by, titles, the run, terms.
    """
    nodes: dict[str, list[str]] = {}
    coded: set[str] = set()
    tied: dict[str, list[str]] = {}  # of nodes that tie others: their lines that say which
    for line in lines:
        subject = line[: line.index(" ")]
        nodes.setdefault(subject, []).append(line)
        if line.startswith(_TIES, len(subject) + 1):
            tied.setdefault(subject, []).append(line)
        elif line.startswith(_CODE, len(subject) + 1):
            coded.add(subject)
    kept: list[str] = []
    for subject, said in nodes.items():
        letter = kind_of_node(subject[1:-1])[1]
        if subject.startswith(_TERM):
            continue
        if subject in coded or letter in _SHARED or _ties(tied.get(subject, ()), coded):
            continue
        never, at = _NEVER_NAMED if letter in _NAMED else _NEVER, len(subject) + 1
        kept += [line for line in said if not line.startswith(never, at)]
    return seal_all(kept)


def seal_all(lines: Iterable[str]) -> str:
    """Return the checksum of lines in whatever order."""
    made, every = sha256(), sorted(lines)
    for at in range(0, len(every), _AT_ONCE):  # those of a corpus are hundreds of megabytes
        part = "\n".join(every[at : at + _AT_ONCE])
        made.update(("\n" * (at > 0) + part).encode("utf-8", "surrogatepass"))
    return made.hexdigest()


def _ties(said: Iterable[str], coded: set[str]) -> bool:
    """Say whether a node only ties places with a code, or merges names into one, by its lines of `_TIES`."""
    parts = [line.split(" ", 2) for line in said]
    into = [value for _, predicate, value in parts if predicate == _INTO]
    ends = [value for _, predicate, value in parts if predicate != _INTO]
    return any(value in coded for value in into) or (bool(ends) and coded.issuperset(ends))
