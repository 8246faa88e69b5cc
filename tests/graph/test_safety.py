"""Which queries never reach the engine, and the text that the others reach it as."""

from __future__ import annotations

import importlib.util
import re
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.base.errors import QueryError
from kg.graph.engine import solve
from kg.graph.query import run
from kg.graph.safety import is_update, rebuild, refuse_nesting, refuse_service, refuse_unsafe
from kg.graph.store import Graph
from kg.graph.tokens import tokenize

ROOT = Path(__file__).parents[2]

HIDDEN = {
    "plain": "SELECT * { SERVICE <U> { ?s ?p ?o } }",
    "small letters": "SELECT * { service <U> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <U> { ?s ?p ?o } }",
    "no spaces": "SELECT * { SERVICESILENT<U>{ ?s ?p ?o } }",
    "after a comment that a carriage return ends": "SELECT * { # c\rSERVICE <U> { ?s ?p ?o } }",
    "after an IRI with a quotation mark": "SELECT * { BIND(<http://a\u00a0'> AS ?x) SERVICE <U> { ?s ?p ?o } # '\n}",
    "with a prefix": "PREFIX : <U> SELECT * { SERVICE: { ?s ?p ?o } }",
    "as a prefix": "PREFIX : <U> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "after a prefix and a full stop": "PREFIX a: <x:> SELECT * { ?s ?p a:.SERVICE <U> { ?s ?p ?o } }",
    "after less than": "SELECT * { ?s ?p ?o FILTER(?a<?b)SERVICE#>\n<U>{ ?s ?p ?o } }",
    "a variable": "SELECT * { VALUES ?x { <U> } SERVICE ?x { ?s ?p ?o } }",
    "in a subquery": "SELECT * { { SELECT * { SERVICE <U> { ?s ?p ?o } } } }",
    "after a string": "SELECT * { BIND('a\\'' AS ?x) SERVICE <U> { ?s ?p ?o } }",
    "after an escaped number sign": "PREFIX a: <x:> SELECT * { OPTIONAL { a:\\# a ?t } SERVICE <U> { ?s ?p ?o } }",
    "after a blank node": "SELECT * { ?s ?p _:a . SERVICE <U> { ?s ?p ?o } }",
}
"""Queries in which SERVICE is a keyword, to us as to the engine."""

ONLY_THE_ENGINE = {
    "after a long string that is none": 'SELECT * { VALUES ?x { """a" } SERVICE <U> { ?s ?p ?o } } # \\x """',
    "after a long string of no character": "SELECT * { VALUES ?x { '''\\uD800' } SERVICE <U> {} } # '''",
    "in a name that is no IRI": "PREFIX a: <http://e:> SELECT * { ?s a a:SERVICE <U> { ?s ?p ?o } }",
    "after a number in such a name": "PREFIX a: <http://e:> SELECT * { ?s ?p a:1SERVICE <U> { ?s ?p ?o } }",
    "as such a name": "PREFIX \ufffd: <U> PREFIX a: <x:> SELECT * { ?s ?p a:SERVICE\ufffd:x { ?s ?p ?o } }",
    "in a prefix that is declared": "PREFIX : <U> PREFIX SERVICE: <x:> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "written by its code": "SELECT * { \\u0053ERVICE <U> { ?s ?p ?o } }",
}
"""Queries in which it is one to a reader that is not ours."""


def fuzz(cases: int, seed: int, second_opinion: int) -> tuple[Counter[str], list[str]]:
    spec = importlib.util.spec_from_file_location("fuzz_service", ROOT / "benchmarks" / "fuzz_service.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz_service"] = module  # its dataclasses look for it there
    spec.loader.exec_module(module)
    found: tuple[Counter[str], list[str]] = module.run(cases, seed, second_opinion)
    return found


def to(text: str, port: int = 9) -> str:
    return text.replace("<U>", f"<http://127.0.0.1:{port}/x>")


# SERVICE --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", HIDDEN.values(), ids=HIDDEN.keys())
def test_service_is_refused_however_it_is_hidden(query: str) -> None:
    text = to(query)
    for refused in (
        lambda: refuse_service(text, tokenize(text)),
        lambda: refuse_unsafe(text),
        lambda: rebuild(text),
    ):
        with pytest.raises(
            QueryError, match=r"line \d, column \d+: SERVICE is not allowed: it asks another server"
        ):
            refused()


@pytest.mark.parametrize("query", ONLY_THE_ENGINE.values(), ids=ONLY_THE_ENGINE.keys())
def test_what_a_reader_could_take_for_service_is_not_in_what_the_engine_gets(query: str) -> None:
    try:
        made = rebuild(to(query)).text
    except QueryError as error:
        assert re.match(r"query: line 1, column \d+: ", str(error))  # noqa: PT017 - refused, or harmless
    else:
        assert "service" not in made.lower()
        with pytest.raises(SyntaxError):
            ox.Store().query(made)


@pytest.mark.parametrize("query", [*HIDDEN.values(), *ONLY_THE_ENGINE.values()])
def test_no_request_goes_out(gold_graph: Graph, query: str) -> None:
    """Asked as a user asks, and as the server's worker does, with nothing but the text to hold it back."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0)
        text = to(query, listening.getsockname()[1])
        with pytest.raises(QueryError):
            run(gold_graph, text)
        with pytest.raises(QueryError):
            solve(gold_graph.store, text, {}, gold_graph.base, base_iri=gold_graph.base)
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { VALUES ?service { 1 } }",
        "SELECT * { ?s <http://e/#service> 'service' } # SERVICE <x>",
        "SELECT * { ?s kg:service ?o ; kg:selfService ?p }",
        'SELECT * { ?s ?p """a "service" b""" , "x\\"SERVICE" }',
        "SELECT ($service AS ?x) { FILTER(?a < 1 && ?b > 2) }",
        "PREFIX: <x:> SELECT * { ?s :service ?o }",
        "PREFIX service: <x:> SELECT * { ?s service:b _:service . _:service service:c 'a'@en }",
        "SELECT * { ?s ?p ?o FILTER(?s<?service&&?o>1) }",
    ],
)
def test_the_word_service_where_it_is_no_keyword_passes(query: str) -> None:
    refuse_service(query, tokenize(query))
    refuse_unsafe(query)

    made = rebuild(query, known={"kg": "http://k/#"})

    assert "service" not in re.sub(r"\$service", "", made.text.lower())
    ox.Store().query(made.text, prefixes={"kg": "http://k/#"})


def test_two_thousand_queries_made_to_deceive_ask_no_one() -> None:
    """The short form of ``benchmarks/fuzz_service.py``, which says what is tried and what counts."""
    counts, failures = fuzz(2000, seed=1, second_opinion=5)

    assert failures == []
    assert counts["requests seen"] == 0
    assert counts["that ask another server if nothing guards them"] > 50
    assert counts["answered as written, and compared"] > 150
    assert counts["let through and read by rdflib"] > 5


def test_a_worker_could_not_connect_even_if_a_text_passed() -> None:
    """Every hidden SERVICE, asked of the engine itself in a process without network."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.2)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
        done = subprocess.run(
            [sys.executable, "-c", _ASK, address, *HIDDEN.values()], timeout=60, check=False
        )
        if done.returncode == 77:
            pytest.skip("this system has no such filter")
        assert done.returncode == 0
        with pytest.raises(TimeoutError):
            listening.accept()


_ASK = """
import sys
import pyoxigraph as ox
from kg.base.sandbox import forbid_network
if not forbid_network():
    sys.exit(77)
for text in sys.argv[2:]:
    try:
        list(ox.Store().query(text.replace("<U>", f"<{sys.argv[1]}>"), base_iri="http://e/"))
    except (SyntaxError, ValueError, RuntimeError, OSError):
        pass
"""


# the text made anew ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "made"),
    [
        ("ASK { ?s ?p ?o } # a comment", "ASK { $s $p $o }"),
        ("ASK {#a\r\n?s ?p ?o }", "ASK {  \r\n$s $p $o }"),
        ("ASK { <x:a> a 'b\"c' }", 'ASK { <\\U00000078:a> a "b\\"c" }'),
        ("ASK { ?s ?p '''a\n'b''' }", 'ASK { $s $p "a\\n\'b" }'),
        ("ASK { VALUES ?x { '''a' } }", 'ASK { VALUES $x { "" "a" } }'),
        ("ASK { _:x ?p _:service . _:x ?q 1 }", "ASK { _:b0 $p _:b1 . _:b0 $q 1 }"),
        ("ASK { FILTER(?a<?b&&?c>?d) }", "ASK { FILTER($a< $b&&$c>$d) }"),
        ("ASK { ?a <?b&&?c> ?d }", "ASK { $a <\\U0000003Fb&&?c> $d }"),
        ("BASE <x:y> PREFIX s: <http://e/#> ASK { ?a s:service ?d }", None),
    ],
)
def test_every_token_can_be_read_in_one_way(query: str, made: str | None) -> None:
    found = rebuild(query).text
    assert found == made or (made is None and "<\\U00000068ttp://e/#s\\U00000065rvice>" in found)
    ox.Store().query(found, base_iri="http://e/")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p <<( ?a ?b ?c )>> }",
        "SELECT * { << ?a ?b ?c ~ ?r >> ?p ?o }",
        "SELECT * { ?s ?p ?o ~ ?r {| ?q (1 <b:b>) |} }",
        "SELECT * { ?s ?p ?o LATERAL { SELECT * { ?s ?q ?x } LIMIT 1 } }",
        "SELECT ('a'@en--ltr AS ?x) (1-1 AS ?y) (MD5('a') AS ?z) (true AS ?t) {}",
        "SELECT * { ?s (rdf:type|^rdfs:label)?/rdf:rest*/rdf:first+ ?o . ?s !(rdf:type|^rdf:type) ?x }",
        "SELECTDISTINCT?s{?s ?p ?o}ORDERBYDESC(?s)LIMIT1OFFSET0",
        "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?t } GROUP BY ?t HAVING(COUNT(?s)<5&&COUNT(?s)>0)",
        "SELECT (GROUP_CONCAT(?s;SEPARATOR=',') AS ?n) { ?s a ?t FILTER(?t IN(<a:a>,<b:b>)||?t!=<c:c>) }",
        "SELECT ?x { VALUES (?x ?y) { (<a:a> <b:b>) (UNDEF 1.5e3) } FILTER(?y<=2000&&?y>=.5) }",
        "PREFIX \u4eba: <http://e/> SELECT * { ?\u8c01 \u4eba:\u540d\\-a.b ?o . FILTER NOT EXISTS { ?o ?p 'it''s' } }",
        "DESCRIBE <a:a>",
        "CONSTRUCT WHERE { ?s ?p 5 }",
    ],
)
def test_the_engine_answers_it_as_it_answers_what_was_written(gold_graph: Graph, query: str) -> None:
    def answered(text: str) -> list[str] | None:
        try:
            found: Any = gold_graph.store.query(text, prefixes=prefixes)
            return sorted(map(str, found))
        except SyntaxError:
            return None

    prefixes = {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    }

    assert answered(rebuild(query, known=prefixes).text) == answered(query)
    assert answered(query) is not None or "''" in query


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'it\\'s' . # a comment\n ?s ?p }",
        "SELECT * {\n<http://e/a> <http://e/b> ?o .\n <http://e/a> ?o }",
        "SELECT * { ?s ?p '''a\nb''' ; }\n }",
        "SELECT * { VALUES ?x { '' '''b''' } ?s ?p ] }",
    ],
)
def test_a_mistake_is_where_the_user_made_it(query: str) -> None:
    with pytest.raises(SyntaxError) as theirs:
        ox.Store().query(query)
    line, column = re.search(r"error at (\d+):(\d+)", str(theirs.value)).groups()  # type: ignore[union-attr]

    with pytest.raises(QueryError, match=f"line {line}, column {column}: "):
        solve(ox.Store(), query, {}, "http://e/")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("ASK {\n ?s ?p 'a }", "line 2, column 8"),
        ("ASK { \\ }", "line 1, column 7"),
        ("ASK { ?s ?p \x0b }", "line 1, column 13"),
    ],
)
def test_what_is_no_token_is_refused_with_its_place(text: str, where: str) -> None:
    with pytest.raises(QueryError, match=f"{where}: cannot read"):
        tokenize(text)


@pytest.mark.parametrize("iri", ["//[", "x:\\u003E?p", "x:\\uD800", "x:\\U00110000", "x:\\u0020", ""])
def test_a_prefix_that_is_no_iri_adds_nothing_to_the_query(iri: str) -> None:
    text = f"BASE <{iri}> PREFIX service: <{iri}> SELECT * {{ ?s service:b ?o }}"

    with pytest.raises(QueryError, match="line 1, column "):
        solve(ox.Store(), text, {}, "http://e/")


@given(st.text(st.sampled_from("SERVICEservice<>\"'\\#:?$.{}()&|= \n\rua0_-@^!*+,;/%\u00b7\ufffd")))
def test_any_text_is_refused_or_left_without_the_word(text: str) -> None:
    try:
        made = rebuild(text).text
    except QueryError:
        return
    assert "service" not in re.sub(r"\$[\w\u00b7]+", "", made).lower()


# updates and depth ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("INSERT DATA { <a:> <a:> 1 }", True),
        ("PREFIX a: <b:> DELETE WHERE { ?s ?p ?o }", True),
        ("# select\nCLEAR ALL", True),
        ("SELECT * { ?s a:delete ?insert . ?s ?p 'insert' }", False),
        ("PREFIX add: <urn:a> SELECT * { ?s add:x ?o }", False),
        ("PREFIX select: <urn:a> INSERT DATA { <a:> select:x 1 }", True),
        ("ASK {}", False),
    ],
)
def test_updates_are_told_from_queries(text: str, wanted: bool) -> None:
    assert is_update(tokenize(text)) is wanted


@pytest.mark.parametrize("opening", ["(", "{", "[", "!", "<<(", "-"])
def test_deep_nesting_never_reaches_the_parser(opening: str) -> None:
    with pytest.raises(QueryError, match="within one another"):
        refuse_nesting(tokenize(f"ASK {{ FILTER({opening * 500}"), 150)


def test_many_brackets_side_by_side_pass() -> None:
    refuse_nesting(tokenize("ASK { " + "FILTER((1)) " * 1000 + "}"), 150)


def test_too_many_tokens_are_refused_where_there_is_a_limit() -> None:
    with pytest.raises(QueryError, match="more than 100 words"):
        tokenize("." * 101, 100)
    assert len(tokenize("." * 101)) == 101
