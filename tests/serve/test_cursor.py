"""Where a cursor stands in a query that is being written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.serve.cursor import spot

PIECES = [
    *(
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ".",
        ";",
        ",",
        "/",
        "^",
        "|",
        "*",
        "?x",
        "kg:a",
        "a",
        '"',
        "'",
        "<",
        "<u:a>",
    ),
    *("# 周", "FILTER", "SELECT", "VALUES", "GRAPH", "UNION", "PREFIX"),
]
WHOLE = """PREFIX kg: <https://example.org/kg/ontology#> # 周
SELECT ?x (COUNT(?y) AS ?n) WHERE {
  ?x a kg:Person ; kg:worksFor/kg:locatedIn* ?y , [ rdfs:label "a { b"@zh ; kg:age "1"^^xsd:integer ] .
  OPTIONAL { ?x ^kg:met ?z } MINUS { ?x a kg:Award } { ?a ?b 1.5 } UNION { ?a ?b true }
  GRAPH ?g { ?x kg:v ( 1 2 ) } FILTER(?y != <urn:a> && EXISTS { ?x a ?t }) BIND(STR(?y) AS ?s)
  VALUES (?p ?q) { (kg:a UNDEF) } { SELECT ?q { ?q a ?r } GROUP BY ?q LIMIT 3 }
} GROUP BY ?x ORDER BY DESC(?n) LIMIT 5"""


@pytest.mark.parametrize(
    ("before", "kind", "typed"),
    [
        ("", "start", ""),
        ("  sel", "start", "sel"),
        ("人物", "start", "人物"),
        ("PREFIX k", "prefix", "k"),
        ("PREFIX kg: <https://x.org/> ", "start", ""),
        ("BASE <https://x.org/> SEL", "start", "SEL"),
        ("SELECT ?x WH", "clause", "WH"),
        ("SELECT * { ", "subject", ""),
        ("SELECT * { 周渭", "subject", "周渭"),
        ("SELECT * { ?x ", "predicate", ""),
        ("SELECT * { ?x kg:wor", "predicate", "kg:wor"),
        ("SELECT * { ?x kg:a/", "predicate", ""),
        ("SELECT * { ?x ^", "predicate", ""),
        ("SELECT * { ?x kg:a ?y ; ", "predicate", ""),
        ("SELECT * { ?x <https://ex", "predicate", "<https://ex"),
        ("SELECT * { ?x a ", "object", ""),
        ("SELECT * { ?x kg:a ?y, 大", "object", "大"),
        ('SELECT * { ?x rdfs:label "周 渭', "object", '"周 渭'),
        ('SELECT * { ?x rdfs:label "周"@zh ', "end", ""),
        ("SELECT * { ?x a kg:P . FILTER(CONT", "expression", "CONT"),
        ("SELECT * { ?x a kg:P . FILTER ", "expression", ""),
        ("SELECT * { VALUES ?x { 周", "term", "周"),
        ("SELECT * { ?x a kg:P } ORD", "modifier", "ORD"),
        ("SELECT * { { SELECT ?a { ?a a kg:B } LIM", "modifier", "LIM"),
        ("SELECT * { ?x a kg:P } # ORD", "nothing", ""),
        ("SELECT * { SERVICE <https://x.org/> { ?x ", "nothing", ""),
        ("SELECT * { GRAPH ", "nothing", ""),
        ("SELECT * { ?x kg:a 'open\n and more", "nothing", ""),
    ],
)
def test_a_place_says_what_may_come_there(before: str, kind: str, typed: str) -> None:
    found = spot(before)

    assert found.kind == kind
    if kind != "nothing":
        assert found.typed == typed


@pytest.mark.parametrize(
    ("before", "body"),
    [
        ("?x a kg:P ; kg:q ?y . ?y ", "?x a kg:P . ?x kg:q ?y . {hole}"),
        ("?x a kg:P OPTIONAL { ?x kg:q ", "?x a kg:P . {hole}"),
        ("?x a kg:P OPTIONAL { ?x kg:q ?z } ?x ", "?x a kg:P . {hole}"),
        ("{ ?a a kg:P } UNION { ?b a kg:O . ?b ", "?b a kg:O . {hole}"),
        ("?x a kg:P FILTER NOT EXISTS { ?x kg:q ?y } ?x ", "?x a kg:P . {hole}"),
        ("?x kg:q ?y FILTER(?y > 3) ?x ", "?x kg:q ?y . FILTER(?y > 3) {hole}"),
        ("FILTER(?y > 3) ?x ", "{hole}"),  # what is not bound yet would leave nothing
        ("BIND(1 AS ?z) VALUES ?x { kg:a } ?x ", "BIND(1 AS ?z) VALUES ?x { kg:a } {hole}"),
        ("VALUES (?x ?y) { (1 2) } ?x ", "VALUES (?x ?y) { (1 2) } {hole}"),
        ("GRAPH ?g { ?x a kg:P . ?x ", "GRAPH ?g { ?x a kg:P . {hole} }"),
        ("GRAPH ?g { ?x a kg:P } ?x ", "{hole}"),
        ("?a a kg:B { SELECT ?q { ?q a kg:Q . ?q ", "?q a kg:Q . {hole}"),
        ("?a a kg:B { SELECT ?q { ?q a kg:Q } } ?a ", "?a a kg:B . {hole}"),
        (
            "?f kg:s [ rdfs:label 'a'@zh ; ",
            "?f kg:s ?kg_blank1 . ?kg_blank1 rdfs:label 'a'@zh . {hole}",
        ),
        ('?x kg:v "1"^^xsd:integer , 2 . ?x ', '?x kg:v "1"^^xsd:integer . ?x kg:v 2 . {hole}'),
        ("?x (kg:a|^kg:b)/kg:c* ?y . ?y ", "?x ( kg:a | ^ kg:b ) / kg:c * ?y . {hole}"),
    ],
)
def test_a_term_to_come_has_to_fit_what_is_open_before_it(before: str, body: str) -> None:
    assert spot("SELECT * { " + before).body == body


def test_prefixes_and_variables_of_the_query_are_known() -> None:
    found = spot("PREFIX : <urn:x#> PREFIX a: <urn:a#> SELECT ?n { ?x :b ", "?y }")

    assert found.prefixes == {"": "urn:x#", "a": "urn:a#"}
    assert found.variables == ("?n", "?x", "?y")
    assert (found.subject, found.path) == ("?x", (":b",))


def test_every_beginning_of_a_query_has_a_place() -> None:
    for at in range(len(WHOLE) + 1):
        found = spot(WHOLE[:at], WHOLE[at:])
        assert WHOLE[:at].endswith(found.typed)
        assert "{hole}" in found.body or found.kind == "nothing"
    assert spot(WHOLE).kind == "modifier"


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_nothing_typed_is_a_fault(parts: list[str]) -> None:
    text = " ".join(parts)

    assert text.endswith(spot(text).typed)
