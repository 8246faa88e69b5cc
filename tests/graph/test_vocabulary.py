"""The names the graph is written in."""

from __future__ import annotations

from kg.graph.vocabulary import (
    KG,
    KINDS,
    PREDICATE_LABELS,
    PREDICATES,
    STATUS_LABELS,
    STATUSES,
    TYPE_LABELS,
    TYPES,
    kg,
    local_name,
)


def test_every_type_predicate_and_status_has_labels_in_both_languages() -> None:
    assert list(TYPE_LABELS) == TYPES
    assert list(PREDICATE_LABELS) == PREDICATES
    assert tuple(STATUS_LABELS) == STATUSES
    assert all(
        zh and en for zh, en in [*TYPE_LABELS.values(), *PREDICATE_LABELS.values(), *STATUS_LABELS.values()]
    )


def test_the_core_is_seven_types_six_kinds_and_eighteen_predicates() -> None:
    assert (len(TYPES), len(KINDS), len(PREDICATES)) == (7, 6, 18)


def test_a_local_name_is_what_follows_the_last_separator() -> None:
    assert local_name(KG + "Person") == "Person"
    assert local_name("urn:isbn:12") == "12"
    assert local_name("plain") == "plain"
    assert kg("Person") == KG + "Person"
