"""Graph files that would take all memory, or end the engine with a signal."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.base.errors import GraphError
from kg.graph.screen import DEEPEST, GROWTH
from kg.graph.store import Graph
from kg.graph.validate import validate

HEAD = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
NESTED = DEEPEST + 1
DEEP = "<x:a> <x:b> " + "<<( <x:a> <x:b> " * NESTED + "<x:c>" + " )>>" * NESTED + " .\n"


def xml(entities: str, value: str) -> str:
    return f'<!DOCTYPE rdf:RDF [{entities}]>{HEAD}<rdf:Description rdf:about="urn:a"><x:b>{value}</x:b></rdf:Description></rdf:RDF>'


@pytest.mark.parametrize(
    ("form", "text", "what"),
    [
        ("rdfxml", xml(f'<!ENTITY a0 "ha">{LAUGHS}', "&a8;"), "holds another"),
        ("rdfxml", xml('<!ENTITY b "]>"><!ENTITY a "&b;">', "&a;"), "holds another"),
        ("rdfxml", xml('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"), "elsewhere"),
        ("rdfxml", xml('<!entity a PUBLIC "p" "http://127.0.0.1/">', "&a;"), "elsewhere"),
        ("rdfxml", xml('<!ENTITY % p "x">', "y"), "elsewhere"),
        ("rdfxml", xml(f'<!ENTITY a "{"h" * 9000}">', "&a;" * (GROWTH // 9000 + 1)), "many times its size"),
        ("turtle", DEEP, "within one another"),
        ("nt", DEEP, "within one another"),
        ("trig", DEEP, "within one another"),
        ("nq", DEEP.replace("<<( ", "<<( # )>> )>>\n"), "within one another"),
        ("jsonld", '{"@id":"urn:a","urn:b":' * NESTED + "1" + "}" * NESTED, "within one another"),
        ("jsonld", '{"urn:b":' + "[" * NESTED + '"]]]"' + "]" * NESTED + "}", "within one another"),
        (
            "rdfxml",
            HEAD
            + "<rdf:Description><x:p rdf:parseType='Triple'>" * NESTED
            + "</x:p></rdf:Description>" * NESTED,
            "within one another",
        ),
    ],
)
def test_a_hostile_file_is_refused_before_its_parser_sees_it(form: str, text: str, what: str) -> None:
    with pytest.raises(GraphError, match=what):
        Graph.parse(text.encode(), form)


def test_flat_entities_are_read() -> None:
    """Protégé writes the namespaces of a file so."""
    text = f"""<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [ <!ENTITY owl "http://www.w3.org/2002/07/owl#" > <!ENTITY xsd "http://www.w3.org/2001/XMLSchema#" > ]>
{HEAD}<rdf:Description rdf:about="urn:a"><rdf:type rdf:resource="&owl;Class"/>
<x:b rdf:datatype="&xsd;integer">1</x:b><x:c>R &amp; D</x:c></rdf:Description></rdf:RDF>"""

    assert len(Graph.parse(text.encode(), "rdfxml")) == 3


@pytest.mark.parametrize(
    "text",
    [
        "<x:a> <x:b> <<( <x:a> <x:b> <<( <x:a> <x:b> <x:c> )>> )>> .",
        f'<x:a> <x:b> "{"<<( " * NESTED}" . # {"<<( " * NESTED}',
    ],
)
def test_triple_terms_as_people_write_them_are_read(text: str) -> None:
    assert len(Graph.parse(text.encode())) == 1


def test_a_blank_node_is_named_as_what_the_rules_forbid(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(
        "[] a <https://example.org/kg/ontology#Person> ; <http://www.w3.org/2000/01/rdf-schema#label> 'x'@zh .",
        encoding="utf-8",
    )

    broken = validate(Graph.load(path))

    assert [each.label for each in broken] == ["a blank node"] * len(broken)
    assert any("Node Kind sh:IRI" in str(each) for each in broken)
