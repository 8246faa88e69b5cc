"""Try to get a request out of a query: SERVICE hidden in every corner of the lexis, asked of the engine without a sandbox.

    python benchmarks/fuzz_service.py [--cases 100000] [--seed 1]

Each case is a query made from pieces that lexers disagree about. The engine gets what ``kg.graph.safety`` makes of it, as
`kg query` and the server would give it, and a listener counts who calls. Three things are counted as failures:

* a request came in;
* rdflib finds a SERVICE in a query that was answered;
* the engine answers a query as it was written, and answers otherwise, or not at all, what was made of it.
"""

from __future__ import annotations

import argparse
import random
import socket
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

import pyoxigraph as ox

from kg.base.errors import QueryError
from kg.graph.safety import rebuild, refuse_service
from kg.graph.tokens import tokenize

KNOWN: Final = {"k": "http://k.example/#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
GRAPH: Final = """
<x:a> <x:b> "service" . <x:a> <http://k.example/#service> 1 . <x:b> <x:c> <x:a> . <x:a> <x:p1> "2" . <x:c> <x:b> "a'b" .
"""

_WORDS: Final = (
    "SERVICE",
    "service",
    "SeRvIcE",
    "SERVICE SILENT",
    "SERVICESILENT",
    "\\u0053ERVICE",
    "S\\u0045RVICE",
    "\\U00000053ERVICE",
    "SERVI\u0130CE",
    "\u017fervice",
    "SER#\nVICE",
)
_TARGETS: Final = ("<U>", "?u", "u:", "u:x", ":", "<#>", "<U#>", "<U?a'b>", "<\\u0068ttp:U>")
_BODIES: Final = ("{ ?s ?p ?o }", "{}", "{ ?s ?p 1 }")
_USUAL: Final = "PREFIX a: <x:> PREFIX u: <U> PREFIX : <U> PREFIX service: <x:> "
_HEADS: Final = (
    "",
    "PREFIX u: <U> ",
    "PREFIX : <U> ",
    "PREFIX a: <http://e:> ",
    "PREFIX a: <x:#> ",
    _USUAL,
    "PREFIX service: <x:> ",
    "PREFIX SERVICE: <U> PREFIX : <U> ",
    "BASE <U> ",
    "PREFIX \ufffd: <U> PREFIX a: <x:> ",
    "PREFIX a: <#> BASE <x:y/> PREFIX b: <z> ",
)
_FORMS: Final = (
    "SELECT * { %s }",
    "ASK { %s }",
    "SELECT ?s { { %s } UNION { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { %s ?s ?p ?o }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { %s } }",
    "SELECT * { { SELECT * { %s } } }",
    "SELECT (1 AS ?n) { ?s ?p ?o . %s } ORDER BY ?s",
    "SELECT * { OPTIONAL { %s } }",
    "DESCRIBE ?s { %s }",
    "SELECT * { ?s ?p ?o LATERAL { %s } }",
    "SELECT * WHERE{%s}",
)
# What may stand before the keyword, so that a reader may take it for the inside of something else, or the other way round.
_BEFORE: Final = (
    "", " ", ".", "?s ?p ?o ", "?s ?p ?o.", "?s ?p ?o . ", "OPTIONAL { a:\\# a ?t } ", "OPTIONAL { a:\\' a ?t } ",
    'VALUES ?x { """a" } ', "VALUES ?x { '''a' } ", 'VALUES ?x { "" } ', "VALUES ?x { '' } ", 'VALUES ?x { "a\\"" } ',
    'BIND("a" AS ?x) ', "BIND('a\\'' AS ?x) ", 'BIND("\\\\" AS ?x) ', "BIND('''a'b''c''' AS ?x) ", 'BIND("""\\""" """ AS ?x) ',
    "FILTER(?a<?b) ", "FILTER(?a<?b)", "?s ?p ?o FILTER(?s<?o)", "?s ?p ?o FILTER(1<2)", "FILTER(1<2&&3>2)", "FILTER(1<2#>\n)",
    "?s <x:b> ?o ", "?s <#> ?o.", "?s ?p a:.", "?s ?p a:b.", "?s ?p _:a.", "?s ?p 1.", "?s ?p 1 ", "?s ?p 1.0", "?s ?p 1e0",
    "?s ?p true.", "?s ?p a:", "?s ?p a:1", "?s ?p _:b1", "?s ?p a:\\~", "?s ?p a:%20", "?s a ", "?s ?p 'a'@en ", "?s ?p 'a'@en",
    "?s ?p 'a'@en-x.", "?s ?p ?o\u00b7", "?s ?p ?o\u0300.", "?s ?p [] .", "[ ?p ?o ]", "(1 2) ?p ?o .", "# c\n", "# c\r", "#\\\n",
    "#'\n", '#"""\n', "#<\n", "<U>", "?s a:b?", "?s a:b? ?o.", "?s a:b*/a:c+ ?o .", "?s !a:b ?o.", "?s ^a:b|a:c ?o.", "{}", "{} .",
    "<< ?s ?p ?o >> ?q ?r . ", "?s ?p <<( ?a ?b ?c )>> . ", "?s ?p ?o {| ?q ?r |} . ", "?s ?p ?o ~ ?r . ", "?s ?p '\\uD800'.",
    'VALUES ?x { """\\uD800a" } ', 'VALUES ?x { """\\x" } ', "BIND(<http://a\u00a0'> AS ?x) ", "BIND(<'> AS ?x)", "BIND(<x:#> AS ?x) ",
    "FILTER(?s<'x>y')", "?s ?p ?o FILTER(?o<'x>y' || ?o='a') ", "FILTER NOT EXISTS { ?s ?p 5 } ", "MINUS { ?s ?p 5 } ",
    "VALUES (?x ?y) { (1 <b>) (<a> <b>) } ", "GRAPH ?g { } ", "BIND(STR(<x:y>) AS ?x) ", "BIND(k:f(1) AS ?x) ", "FILTER(5>3)",
    "FILTER(?o=?o)", 'FILTER("a"^^k:b=1)', "FILTER(1-1<2)", "FILTER(?s IN(<a>,<b>)) ", "a:b a:c a:d ;", "?s ?p ?o ;", "?s ?p ?o ,",
)  # fmt: skip
_AFTER: Final = (
    "", " ", "#", " #\n", ' # \\x """', " # '''", " # '", ' # "', " # >\n", " #>\n", " # <\n", ".", " . ?s ?p ?o", " FILTER(1<2)",
    " ?s ?p ?o ", "\n", "\r", "\t", ' # """\n', ' VALUES ?y { """b""" }', " BIND('''x''' AS ?z)", " \\u0020",
)  # fmt: skip
# Innocent uses of the word, which have to be answered as they are written.
_INNOCENT: Final = (
    "?service ?p ?o", "?s ?p ?service.", "?s k:service ?o", "?s <x:service> ?o ", "?s ?p 'service'", '?s ?p "service"',
    "?s ?p '''service'''", "?s k:service\\-x ?o", "?s service:b ?o", "_:service ?p ?o", "?s ?p ?o FILTER(?o='service')",
    "?s ?p ?o FILTER(STR(?s)<'service') ", "?s ?p ?o FILTER(?s<?service&&?o>1) ", "?s ?p ?o # SERVICE <U> {}\n", "?s ?p 'a\\'b'",
    "?s ?p \"a'b\"", "?s ?p 'x>?y' ", "?s ?p ?o FILTER(?o<'x>?y' ) ", "?s ?p ?o FILTER(?o<'t>?x#') ", "?s <x:b>?o.",
    "?s ?p ?o BIND('''a\nb\"''' AS ?x)", "?s ?p ?o BIND('\\u0073ervice' AS ?x) ", '?s ?p ?o BIND("""a"b\\"""" AS ?x) ',
    "?s <x:b>|k:service ?o", "?s ?p ?o VALUES ?x { '''a''''b' } ", "?s ?p ?o VALUES ?x { '' 'b' } ", "?s ?p 1", "?s ?p +1 ",
    "?s ?p ?o FILTER(?o<=1||?o>=1) ", "?s (<x:b>|<x:c>)? ?o ", "?s <x:b>?/<x:c>* ?o ", "_:a ?p _:b . _:b ?q _:a ", "?s ?p 1.0",
    "?s ?p ?o BIND(1-1 AS ?x) ", "?s ?p ?o BIND(<#service> AS ?x) ", "?s ?p ?o BIND(a:service AS ?x) ", "?s ?p ?o BIND(MD5('a') AS ?x)",
    "?s ?p ?o BIND(<<( <x:a> <x:service> 1 )>> AS ?x)", "?s ?p ?o BIND('a'@en--ltr AS ?x)", "?s ?p ?o BIND('a'^^k:service AS ?x)",
)  # fmt: skip


@dataclass(slots=True)
class Listener:
    """Counts who calls at a port of the loopback."""

    calls: int = 0
    port: int = 0
    _socket: socket.socket = field(default_factory=socket.socket)

    def start(self) -> Listener:
        """Listen from now on."""
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen(64)
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def _accept(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            self.calls += 1
            with connection:
                connection.sendall(b"HTTP/1.1 500 no\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def generate(draw: random.Random, address: str) -> tuple[str, bool]:
    """Return a query in which SERVICE stands somewhere, and whether it is nowhere meant as a keyword."""
    parts, innocent = list[str](), draw.random() < 0.3
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        parts.append(draw.choice(_BEFORE))
        parts.append(draw.choice(_INNOCENT) if innocent or draw.random() < 0.3 else _request(draw))
        parts.append(draw.choice(("", " ", " . ")))
    parts.append(draw.choice(_AFTER))
    head = draw.choice((_HEADS[0], _USUAL, _USUAL, *_HEADS))
    text = head + draw.choice(_FORMS) % "".join(parts) + draw.choice(("", " # '''", ' # \\x """', "\n"))
    if draw.random() < 0.2:
        text, innocent = _mutate(draw, text), False
    return text.replace("<U", "<" + address).replace(":U>", address.removeprefix("http") + ">"), innocent


def _request(draw: random.Random) -> str:
    space = draw.choice((" ", " ", "", "\n", "#\n", "# c\r"))
    return draw.choice(_WORDS) + space + draw.choice(_TARGETS) + draw.choice((" ", "")) + draw.choice(_BODIES)


def _mutate(draw: random.Random, text: str) -> str:
    """Put in, take out or double one piece at a place that is no matter which."""
    at = draw.randrange(len(text) + 1)
    piece = draw.choice("'\"#<>\\?$.:;{}()[]\n\r@^_%|&=!~ a1\u00a0\ufffd") * draw.choice((1, 1, 2, 3))
    return text[:at] + draw.choice((piece, "")) + text[at + draw.choice((0, 0, 1)) :]


def answer(store: ox.Store, text: str, base: str) -> Any:
    """Return what the engine says, so that two answers can be compared; None where it refuses."""
    try:
        found = store.query(text, base_iri=base, prefixes=KNOWN)
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        if isinstance(found, ox.QueryTriples):
            return Counter(str(each) for each in found)
        names = tuple(variable.value for variable in found.variables)
        return names, Counter(tuple(str(row[name]) for name in names) for row in found)
    except (SyntaxError, ValueError, RuntimeError, OSError):
        return None


def passes(text: str, base: str) -> str | None:
    """Return what the engine would be given, or None if the query is refused."""
    try:
        refuse_service(text, tokenize(text))
        return rebuild(text, base, KNOWN).text
    except QueryError:
        return None


def rdflib_finds_service(text: str) -> bool | None:
    """Say whether rdflib reads a SERVICE in a query; None where it cannot read it."""
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        found = parseQuery(text)
    except Exception:  # noqa: BLE001 - its errors are of many kinds
        return None
    return "ServiceGraphPattern" in repr(found)


def run(cases: int, seed: int, second_opinion: int = 20) -> tuple[Counter[str], list[str]]:
    """Try ``cases`` queries; every ``second_opinion``-th is shown to rdflib, which is slow. Returns counts and failures."""
    listener, draw = Listener().start(), random.Random(seed)  # noqa: S311 - no secrets
    address = f"http://127.0.0.1:{listener.port}/x"
    store, counts, failures, guarded = ox.Store(), Counter[str](), list[str](), 0
    store.load(GRAPH.encode(), ox.RdfFormat.TURTLE)
    for number in range(cases):
        text, innocent = generate(draw, address)
        made = passes(text, address)
        counts["refused" if made is None else "let through"] += 1
        found, before = None, listener.calls
        if made is not None:
            found = answer(store, made, address)
            counts["answered"] += found is not None
            if number % second_opinion == 0:
                verdict = rdflib_finds_service(text)
                counts["let through and read by rdflib"] += verdict is not None
                if verdict and found is not None:
                    failures.append(f"rdflib finds SERVICE: {text!r}")
            if listener.calls > before:
                failures.append(f"asked: {text!r}")
        guarded, before = guarded + listener.calls - before, listener.calls
        wanted = answer(store, text, address)  # the same without a guard
        asked = listener.calls > before
        counts["that ask another server if nothing guards them"] += asked
        if wanted is not None and not asked and (innocent or found is not None):
            counts["answered as written, and compared"] += 1
            if found != wanted and "_:" not in str(wanted):  # blank nodes have other names each time
                failures.append(f"answered otherwise: {text!r} as {made!r}")
    counts["requests seen"] = guarded
    return counts, failures


def main() -> None:
    """Read the command line, try, and report."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--cases", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    started = time.perf_counter()
    counts, failures = run(given.cases, given.seed)
    for name, count in sorted(counts.items()):
        sys.stdout.write(f"{count:>9}  {name}\n")
    sys.stdout.write(f"{len(failures):>9}  failures, {time.perf_counter() - started:.0f} s\n")
    for failure in failures[:40]:
        sys.stdout.write(failure + "\n")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
