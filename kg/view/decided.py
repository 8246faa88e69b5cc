"""What people decided, as a page shows it: each decision, and what is as it is by which of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.graph.decided import ANCHORED, INFLUENCED, WORDING
from kg.graph.vocabulary import DCTERMS, KG, PROV, RDF, RDFS

__all__ = ["Ruling", "data_of_rulings", "rulings_of"]

_MADE: Final = ("add", "change", "figure")
_PARTS: Final = ("fact", "to", "value", "unit", "owner", "label")
_Values = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision that the graph holds."""

    id: str
    verdict: str
    says: str  # what of it, in Chinese, one line
    by: str = ""
    on: str = ""
    note: str = ""
    anchored: bool = True  # what it is about was found
    nodes: tuple[str, ...] = ()  # IRIs of what is as it is by this
    wording: str = ""  # all of it, as its file has it


def rulings_of(about: _Values) -> tuple[Ruling, ...]:
    """Return the decisions among nodes and what is said of each, sorted by their ids."""
    nodes: dict[str, list[str]] = {}
    for iri, own in about.items():
        for decision in own.get(INFLUENCED, ()):
            nodes.setdefault(decision, []).append(iri)
    found = [
        _ruling(own, about, sorted(nodes.get(iri, ())))
        for iri, own in about.items()
        if KG + "Decision" in own.get(RDF + "type", ())
    ]
    return tuple(sorted(found, key=lambda each: (each.id, each.says)))


def _ruling(own: Mapping[str, Sequence[str]], about: _Values, nodes: Sequence[str]) -> Ruling:
    def one(key: str) -> str:
        return next(iter(own.get(key, ())), "")

    label = one(RDFS + "label")
    return Ruling(
        one(DCTERMS + "identifier"),
        one(KG + "verdict"),
        label.partition("：")[2] or label,
        next(iter(about.get(one(PROV + "wasAssociatedWith"), {}).get(RDFS + "label", ())), ""),
        one(DCTERMS + "date"),
        one(RDFS + "comment"),
        one(ANCHORED) != "false",
        tuple(nodes),
        one(WORDING),
    )


def _own(ruling: Ruling) -> dict[str, Any]:
    """Return what a decision says, so that what it made can be decided anew: its own anchor is not among what is read."""
    from kg.decide.plain import to_plain
    from kg.decide.read import decisions_in

    (decision,) = decisions_in(ruling.wording.encode(), "graph")
    own = to_plain(decision)
    return {key: own[key] for key in _PARTS if key in own}


def data_of_rulings(rulings: Sequence[Ruling], cut: int, shown: frozenset[str]) -> list[dict[str, object]]:
    """Return decisions as a page carries them: of what is ``shown`` the ends of the IRIs behind ``cut`` characters."""
    return [
        {
            "id": each.id,
            "verdict": each.verdict,
            "says": each.says,
            **{key: value for key in ("by", "on", "note") if (value := getattr(each, key))},
            **({} if each.anchored else {"lost": 1}),
            **({"is": _own(each)} if each.verdict in _MADE else {}),
            **({"of": of} if (of := [iri[cut:] for iri in each.nodes if iri in shown]) else {}),
        }
        for each in rulings
    ]
