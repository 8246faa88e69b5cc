"""What a request asks for, in which format, and which queries never reach an engine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
