"""How types, kinds, predicates and statuses are called on a page, and what it needs to know of them besides."""

from __future__ import annotations

from kg.base.schema import schema

__all__ = ["labels"]


def labels() -> dict[str, dict[str, list[str | int]]]:
    """Return how each is called, in Chinese and English, and what follows.

    Of types and kinds that is their sign, and 1 for a kind; of predicates how they read from the object, whether they take
    a role, and the types of subject and object: none where the predicate follows from codes of places.
    """
    found = schema()
    predicates: dict[str, list[str | int]] = {
        each.name: [each.label.zh, each.label.en, each.inverse] for each in found.derived.values()
    }
    for name, term in found.predicates.items():
        ends = [" ".join(term.domain), " ".join(term.range)]
        predicates[name] = [term.label.zh, term.label.en, term.inverse, int(term.takes_role), *ends]
    classes: dict[str, list[str | int]] = {
        each.name: [each.label.zh, each.label.en, each.sign] for each in found.types.values()
    }
    classes |= {each.name: [each.label.zh, each.label.en, each.sign, 1] for each in found.kinds.values()}
    return {
        "types": classes,
        "predicates": predicates,
        "statuses": {each.name: [each.label.zh, each.label.en] for each in found.statuses.values()},
    }
