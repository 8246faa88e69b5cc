"""What a request asks for, in which format, and which queries never reach an engine."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.base.errors import QueryError
from kg.graph.query import refuse_unsafe
from kg.graph.safety import is_update, plain, refuse_nesting, refuse_service
from kg.serve.limits import Limits
from kg.serve.protocol import GRAPHS, RESULTS, RefusedError, negotiate, read_pairs, read_question

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("application/sparql-results+xml;q=0.1, text/csv;q=0.9", "text/csv"),
        ("text/*;q=0.9, text/csv;q=0.2", "text/xml"),
        ("application/*", "application/sparql-results+json"),
        ("*/*;q=0.1, TEXT/CSV", "text/csv"),
        ("text/csv;q=0, */*", "application/sparql-results+json"),
        ("application/foo", None),
        ("text/csv;q=0", None),
        ("text/csv;q=nan", None),
        ("nonsense", None),
    ],
)
def test_the_best_liked_media_type_wins(accept: str | None, wanted: str | None) -> None:
    assert negotiate(accept, list(RESULTS)) == wanted


@given(st.text())
def test_no_accept_header_breaks_negotiation(accept: str) -> None:
    assert negotiate(accept, list(GRAPHS)) in (*GRAPHS, None)


def _read(method: str, url: str = "", content_type: str = "", body: bytes = b"", accept: str | None = None):  # type: ignore[no-untyped-def]
    return read_question(method, read_pairs(url.encode()), content_type, body, accept, Limits())


def test_dataset_of_the_request_is_read_from_url_and_form() -> None:
    question = _read(
        "POST",
        "default-graph-uri=urn:a",
        FORM,
        b"query=ASK%20%7B%7D&named-graph-uri=urn:b&named-graph-uri=urn:c",
    )

    assert question.text == "ASK {}"
    assert question.default_graphs == ("urn:a",)
    assert question.named_graphs == ("urn:b", "urn:c")


def test_format_parameter_stands_for_the_header_of_clients_that_set_none() -> None:
    question = _read("GET", "query=ASK%7B%7D&format=csv", accept="application/json")
    assert question.results == "text/csv"


def test_posted_query_may_begin_with_a_byte_order_mark() -> None:
    assert (
        _read("POST", "", "application/sparql-query; charset=utf-8", "\ufeffASK {}".encode()).text == "ASK {}"
    )


def test_nothing_asked_is_no_question() -> None:
    assert _read("GET") is None


@pytest.mark.parametrize(
    ("status", "call"),
    [
        (400, ("GET", "query=ASK%7B%7D&query=ASK%7B%7D")),
        (400, ("GET", "query=%FF")),
        (400, ("POST", "", FORM, b"")),
        (400, ("POST", "", "application/sparql-query", b"\xff")),
        (400, ("GET", "&".join(f"a{n}=" for n in range(2000)))),
        (403, ("GET", "update=CLEAR%20ALL")),
        (403, ("GET", "query=INSERT%20DATA%20%7B%7D")),
        (403, ("POST", "", FORM, b"update=CLEAR%20ALL")),
        (403, ("POST", "", "application/sparql-update", b"CLEAR ALL")),
        (403, ("GET", "query=SELECT%20*%20%7B%20SERVICE%20%3Curn:x%3E%20%7B%7D%20%7D")),
        (415, ("POST", "", "text/plain", b"ASK {}")),
        (415, ("POST", "", "", b"ASK {}")),
        (415, ("POST", "", "application/sparql-query; charset=utf-16", "ASK {}".encode("utf-16"))),
    ],
)
def test_what_breaks_the_protocol_is_refused_with_its_status(status: int, call: tuple[object, ...]) -> None:
    with pytest.raises(RefusedError) as refused:
        _read(*call)  # type: ignore[arg-type]
    assert refused.value.status == status


def test_refusal_of_an_update_says_why() -> None:
    with pytest.raises(RefusedError, match="read-only"):
        _read("GET", "update=CLEAR%20ALL")


# safety ---------------------------------------------------------------------------------------------------------------

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
}


@pytest.mark.parametrize("query", HIDDEN.values(), ids=HIDDEN.keys())
def test_service_is_refused_however_it_is_hidden(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        refuse_service(query.replace("<U>", "<http://127.0.0.1:9/x>"))
    with pytest.raises(QueryError, match="SERVICE"):
        refuse_unsafe(query.replace("<U>", "<http://127.0.0.1:9/x>"))  # the command line asks no one either


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { VALUES ?service { 1 } }",
        "SELECT * { ?s <http://e/#service> 'service' } # SERVICE <x>",
        "SELECT * { ?s kg:service ?o ; :selfService ?p }",
        'SELECT * { ?s ?p """a "service" b""" , "x\\"SERVICE" }',
        "SELECT ($service AS ?x) { FILTER(?a < 1 && ?b > 2) }",
    ],
)
def test_the_word_service_where_it_is_no_keyword_passes(query: str) -> None:
    refuse_service(query)


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
    assert is_update(text) is wanted


@given(st.text())
def test_blanking_keeps_every_character_in_its_place(text: str) -> None:
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize("opening", ["(", "{", "[", "!"])
def test_deep_nesting_never_reaches_the_parser(opening: str) -> None:
    with pytest.raises(QueryError, match="within one another"):
        refuse_nesting(f"ASK {{ FILTER({opening * 500}", 150)


def test_many_brackets_side_by_side_pass() -> None:
    refuse_nesting("ASK { " + "FILTER((1)) " * 1000 + "}", 150)
