"""Validation beside the work: the same answer as in one process, and no process left behind."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.graph.store import Graph
from kg.graph.validate import validate
from kg.graph.validation import Validation
from kg.graph.vocabulary import KG


@pytest.fixture
def broken(gold_graph: Graph) -> Graph:
    """The golden graph without the confidence of its facts."""
    found = Graph.parse(gold_graph.to_turtle(), "turtle")
    for quad in list(found.quads(predicate=ox.NamedNode(KG + "confidence"))):
        found.store.remove(quad)
    return found


def test_a_valid_graph_has_no_violation(gold_graph: Graph) -> None:
    with Validation() as checking:
        checking.start(gold_graph)

        assert checking.result(gold_graph) == ()


def test_the_violations_are_those_found_in_one_process(broken: Graph) -> None:
    with Validation() as checking:
        checking.start(broken)

        assert checking.result(broken) == validate(broken) != ()


def test_a_process_that_dies_is_made_up_for(broken: Graph) -> None:
    with Validation() as checking:
        checking._process.kill()
        checking.start(broken)

        assert checking.result(broken) == validate(broken)


def test_the_process_ends_with_the_block_whatever_happens() -> None:
    with pytest.raises(KeyboardInterrupt), Validation() as checking:
        raise KeyboardInterrupt

    assert checking._process.poll() is not None
