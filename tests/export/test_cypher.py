"""The graph as Cypher: read back by a parser of Neo4j's dialect."""

from __future__ import annotations

from typing import Any

import pytest

from kg.export.cypher import quoted
from kg.export.records import records_of
from kg.export.table import export
from kg.graph.store import Graph
from tests.export.hostile import NAMES, hostile_graph, needs


def statements(graph: Graph) -> list[str]:
    (data,) = export(graph, "cypher").values()
    return data.decode().splitlines()


@pytest.fixture(scope="module", params=["plain", "hostile"])
def graph(request: Any, status_graph: Graph) -> Graph:
    return status_graph if request.param == "plain" else hostile_graph()


def test_statements_can_be_run_again() -> None:
    for line in statements(hostile_graph()):
        assert line.endswith(";")
        assert line.startswith(("CREATE CONSTRAINT", "UNWIND ["))
        assert " IF NOT EXISTS " in line or " AS row M" in line
        # what stands outside of texts makes nothing without looking whether it is there
        assert line.startswith("CREATE CONSTRAINT") or "MERGE (" in line.rsplit("] AS row ", 1)[1]


def test_no_text_can_begin_an_escape_or_end_its_string() -> None:
    for line in statements(hostile_graph()):
        assert "\\\\u" not in line
        assert all(character.isprintable() or character == "\u3000" for character in line)
    assert quoted("a'b\\n\n\x00") == "'a\\'b\\\\n\\n\\u0000'"
    assert quoted({"x`y": [1, 0.5, False]}) == "{`x``y`: [1, 0.5, false]}"


@pytest.mark.others
def test_a_parser_reads_every_statement_and_the_same_words(graph: Graph) -> None:
    neo4j = needs("graphglot.dialect.base").Dialect.get_or_raise("neo4j")
    records = records_of(graph)
    texts: set[str] = set()
    relations: set[str] = set()
    for line in statements(graph):
        (program,) = neo4j.parse(line.removesuffix(";"))
        texts |= {
            str(each.value) for each in program.dfs() if type(each).__name__ == "CharacterStringLiteral"
        }
        relations |= {str(each.name) for each in program.dfs() if type(each).__name__ == "Identifier"}

    wanted = {each.label for each in records.things} | {each.iri for each in records.facts}
    wanted |= {figure.iri for figure in records.figures}
    wanted |= {quote.text for fact in records.facts for quote in fact.quotes}
    for words in sorted(wanted):
        # a backslash before a u parts a text in two
        assert all(part in texts for part in words.replace("\\u", "\\\0u").split("\0")), words
    assert {each.predicate for each in records.facts} <= relations
    assert set(NAMES[1:3]) <= texts or graph is not hostile_graph()
