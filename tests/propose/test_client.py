"""One call to an endpoint: what comes back, and what each way of going wrong is called. The endpoint is real HTTP."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable

import pytest

from kg.base.errors import KgError
from kg.propose import client
from kg.propose.address import address_of, checked_key
from kg.propose.client import Failed, post
from tests.propose.endpoint import Reply, endpoint

GOOD = json.dumps({"choices": []}).encode()


def failure(handle: Callable[[Reply], None], *, key: str = "", seconds: float = 20.0) -> Failed:
    with endpoint(handle) as own, pytest.raises(Failed) as caught:
        post(address_of(own.url), key, {"model": "m", "messages": []}, seconds)
    assert "\n" not in caught.value.what
    return caught.value


def test_the_key_goes_to_the_endpoint_and_nowhere_else() -> None:
    with endpoint(lambda reply: reply.send(GOOD)) as own:
        reply = post(address_of(own.url), "k-1", {"model": "模型"}, 20.0)

    assert reply.value == {"choices": []}
    assert own.headers[0]["Authorization"] == "Bearer k-1"
    assert own.headers[0]["Accept-Encoding"] == "identity"
    assert own.requests == [{"model": "模型"}]


def test_without_a_key_none_is_sent() -> None:
    with endpoint(lambda reply: reply.send(GOOD)) as own:
        post(address_of(own.url), "", {}, 20.0)

    assert "Authorization" not in own.headers[0]


def test_a_redirect_is_not_followed() -> None:
    with endpoint(lambda reply: reply.send(GOOD)) as other:
        target = f"{other.url}/stolen?secret=1"
        failed = failure(lambda reply: reply.send(b"", 307, Location=target), key="k-1")

        assert other.calls == 0
    assert failed.status == 307
    assert not failed.again
    assert "127.0.0.1" in failed.what
    assert "secret" not in failed.what


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with endpoint(lambda reply: reply.send(GOOD)) as own, endpoint(lambda reply: reply.send(GOOD)) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        post(address_of(own.url), "", {}, 20.0)

        assert (own.calls, proxy.calls) == (1, 0)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 529])
def test_what_may_work_later_says_so(status: int) -> None:
    failed = failure(lambda reply: reply.send(b"busy", status, Retry_After="7"))

    assert (failed.again, failed.after, failed.status) == (True, 7.0, status)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_what_never_works_says_so(status: int) -> None:
    failed = failure(lambda reply: reply.send("错误：没有此模型".encode(), status))

    assert not failed.again
    assert failed.what == f"HTTP {status} 错误：没有此模型"


def test_a_key_that_an_endpoint_repeats_is_left_out() -> None:
    failed = failure(lambda reply: reply.send(b"bad key k-secret-1 \x1b[2J", 401), key="k-secret-1")

    assert failed.what == "HTTP 401 bad key *** [2J"


BAD: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"<html>hello</html>", "is no JSON"),
    "half of JSON": (b'{"choices": [', "is no JSON"),
    "deep JSON": (b"[" * 200_000, "is no JSON"),
    "GBK": ('{"choices": "岳阳"}'.encode("gbk"), "not in UTF-8"),
    "UTF-16": ('{"choices": []}'.encode("utf-16"), "not in UTF-8"),
    "nothing": (b"", "is no JSON"),
}


@pytest.mark.parametrize("case", sorted(BAD))
def test_what_is_no_answer_is_named(case: str) -> None:
    data, says = BAD[case]

    assert says in failure(lambda reply: reply.send(data)).what


def test_an_answer_that_is_packed_is_refused() -> None:
    assert "packed" in failure(lambda reply: reply.send(b"\x1f\x8b", Content_Encoding="gzip")).what


def test_an_answer_that_ends_too_early_may_be_asked_for_again() -> None:
    failed = failure(lambda reply: reply.send(GOOD, Content_Length="1000"))

    assert failed.again
    assert "ends too early" in failed.what


def test_an_endless_answer_is_cut_off_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "LARGEST", 1 << 20)

    def endless(reply: Reply) -> None:
        reply.send(b"", Content_Length=str(1 << 40))
        while True:
            reply.handler.wfile.write(b" " * 65536)

    assert "more than 1 MB" in failure(endless).what


@pytest.mark.parametrize("part", ["head", "body"])
def test_an_answer_that_drips_is_cut_off_by_its_time(part: str) -> None:
    """Each byte comes in time, and all of them never."""
    gone = threading.Event()

    def drip(reply: Reply) -> None:
        try:
            if part == "body":
                reply.send(b"", Content_Length="1000000")
            else:
                reply.handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not gone.wait(0.05):
                reply.handler.wfile.write(b" ")
        finally:
            gone.set()

    failed = failure(drip, seconds=0.5)

    assert failed.again
    assert failed.what == "no whole answer within 0.5 s"
    assert gone.wait(20)


def test_an_endpoint_that_says_nothing_is_cut_off() -> None:
    gone = threading.Event()

    def silent(_: Reply) -> None:
        gone.wait(20)

    failed = failure(silent, seconds=0.3)
    gone.set()

    assert failed.what == "no whole answer within 0.3 s"


def test_where_nobody_listens_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Failed, match="no answer: ") as caught:
        post(address_of(f"http://127.0.0.1:{port}"), "", {}, 5.0)

    assert caught.value.again


def test_what_speaks_no_http_is_told() -> None:
    def other(reply: Reply) -> None:
        reply.handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")

    assert "no answer: " in failure(other).what


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions"),
        ("https://api.example.org/v1/", "https://api.example.org:443/v1/chat/completions"),
        ("http://[::1]:8080", "http://[::1]:8080/chat/completions"),
        ("http://h/v1/chat/completions", "http://h:80/v1/chat/completions"),
    ],
)
def test_an_address_is_taken_apart(url: str, path: str) -> None:
    assert str(address_of(url)) == path


@pytest.mark.parametrize(
    "url",
    [
        "", "localhost:11434", "file:///etc/passwd", "ftp://h/", "http://", "http://h:99999/", "http://h:x/",
        "http://a b/", "http://h/\n", "http://岳阳/", "http://user@h/", "http://user:pw@h/", "http://h/?key=1",
        "http://h/#a",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(KgError) as caught:
        address_of(url)

    assert "pw" not in str(caught.value)
    assert "key=1" not in str(caught.value)


def test_a_key_is_sent_where_nobody_reads_it_on_the_way() -> None:
    assert checked_key(" k-1\n", address_of("https://h/")) == "k-1"
    assert checked_key("k-1", address_of("http://127.0.0.1:1/")) == "k-1"
    assert checked_key("", address_of("http://h/")) == ""
    for key, url in (
        ("k-1", "http://h/"),
        ("k 1", "https://h/"),
        ("k\r\nX: 1", "https://h/"),
        ("钥", "https://h/"),
    ):
        with pytest.raises(KgError) as caught:
            checked_key(key, address_of(url))
        assert key not in str(caught.value)
