"""Attack the product in bounded time: kills, full disks, hostile files, texts, graphs, queries and requests; print what held.

    python benchmarks/attack.py [--short] [--seconds 600] [--seed 1]

Each attack draws its cases from a seed and goes on for its share of the time; ``--short`` gives each few seconds, for CI.
A fault is an ending that SECURITY.md promises will not happen; exit status 1 where there is one. The parts that tests
have (what is cut off, which disks are full, which queries deceive) are theirs, so that the two try the same.
"""

from __future__ import annotations

import argparse
import csv
import gc
import io
import logging
import os
import random
import re
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any, Final

import fuzz_service
import pyoxigraph as ox

import kg
from kg.base import children
from kg.base.errors import GraphError, KgError, OutputError
from kg.export.table import export
from kg.graph.store import Graph
from kg.graph.verify import verify
from kg.graph.vocabulary import XSD
from kg.serve.background import serving
from kg.serve.bulk_load import find_sources, load_store
from kg.serve.limits import Limits
from kg.serve.loading import load_apart
from kg.text.gather import Bad, gather
from kg.text.source import article_from_bytes, expand, read_article, refuse_stray

TESTS: Final = Path(__file__).resolve().parents[1] / "tests"
GOOD: Final = "海川公司与明德大学签约\n2024年4月4日，海川公司董事长李明与明德大学签署协议，总投资3亿元。\n"
SHORT: Final = 50.0
"""Seconds for all of it in CI: the shares of the attacks; the last case of each may go over its share."""


@dataclass(slots=True)
class Attack:
    """One attack under way: what it tried, what came of it, and what should not have."""

    folder: Path
    draw: random.Random
    until: float
    tried: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def cases(self, least: int = 1) -> Iterator[int]:
        """Yield the numbers of cases until the time is up, ``least`` in any case."""
        number = 0
        while number < least or time.monotonic() < self.until:
            yield number
            number += 1

    def note(self, ending: str, fault: str = "") -> None:
        """Count how a case ended, and keep what should not have been."""
        self.tried[ending] += 1
        if fault:
            self.faults.append(f"{ending}: {fault}"[:300])


def _test(folder: str, module: str) -> Any:
    """Return a module of the tests, for the cases it has."""
    path = str(TESTS / folder)
    if path not in sys.path:
        sys.path.insert(0, path)
    return import_module(module)


def kill_builds(attack: Attack) -> None:
    """End a build before each change of the file system in turn: its folder is all old or all new after the next start."""
    swap = _test("base", "test_swap")
    for at in attack.cases():
        home = attack.folder / str(at)
        others: dict[str, bytes] = {"decisions.toml": b"# mine"} if attack.draw.random() < 0.5 else {}
        folder = swap.write(home / "out", {**swap.OLD, **others})
        where = attack.draw.choice(("elsewhere", "here"))
        swap.cut_off(folder, attack.draw.randrange(1, 40), where)
        swap.settle(folder)
        found = swap.tree(folder)
        right = found in ({**swap.OLD, **others}, {**swap.NEW, **others})
        new = found == {**swap.NEW, **others}
        attack.note("new" if new else "old", "" if right else f"mixed: {sorted(found)}")
        if [path.name for path in home.iterdir()] != ["out"]:
            attack.note("left over", str(list(home.iterdir())))


def kill_loads(attack: Attack) -> None:
    """Kill a load at any moment: the store answers as before or as after, and the next load leaves nothing behind."""
    folders = (attack.folder / "one", attack.folder / "two")
    sizes = set()
    for number, folder in enumerate(folders):
        kg.build_text(GOOD * (1 + 3 * number)).save(folder)
        sizes.add(len(kg.load(folder).graph))
    store = attack.folder / "store"
    load_store(find_sources([folders[0]]), store)
    for number in attack.cases():
        command = children.command("-m", "kg", "load", str(folders[number % 2]), "--store", str(store))
        with subprocess.Popen(
            command, env=dict(children.environment()), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as load:
            time.sleep(attack.draw.uniform(0, 2))
            load.kill()
        size = len(kg.load(store).graph)
        attack.note("opens", "" if size in sizes else f"{size} triples")
    gc.collect()
    _until_free(find_sources([folders[0]]), store)
    parts = [path.name for path in store.iterdir() if path.name.startswith(".")]
    attack.note("next load", f"left {parts}" if parts else "")


def _until_free(sources: Any, store: Path) -> None:
    """Load as soon as the process of a load that was killed has ended too."""
    for _ in range(200):
        try:
            load_store(sources, store)
        except OutputError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("a load that was killed still holds the store")


def fill_disks(attack: Attack) -> None:
    """Let every command that writes but score meet a file that may not grow: one line, and what was there stays."""
    full = _test("", "test_full_disk")
    commands = [each for each in full.COMMANDS if each[0] != "score"]
    for number in attack.cases(len(commands)):
        place = attack.folder / str(number)
        place.mkdir()
        for name in ("built", "out"):
            kg.build_text(GOOD).save(place / name)
        load_store(find_sources([place / "built"]), place / "store")
        (place / "a.txt").write_text(GOOD.replace("海川", "山河"), encoding="utf-8")
        (place / "tmp").mkdir()
        before = full.tree(place)
        command = commands[number % len(commands)]
        limit = attack.draw.choice((0, 64) if "csv" in command else (0, 64, 2048))  # tables are small
        done = full.run(place, command, str(limit))
        one_line = done.returncode == 1 and done.stderr.count("\n") == 1 and full.tree(place) == before
        attack.note(
            " ".join(command[:1] + command[2:3] * ("--to" in command)),
            "" if one_line else f"{command} {limit}: {done.returncode} {done.stderr[-200:]}",
        )


ODD: Final = ("pipe", "device", "socket", "link out", "endless", "folder")
SUFFIXES: Final = (".txt", ".html", ".md", ".ttl", ".rq")
DEVICES: Final = ("/dev/zero", "/dev/urandom", "/dev/full", "/dev/null")
NAMES: Final = ("a", "甲 乙", "-o", "a\nb", "%s", "é" * 40, "'\"", "a.txt", "x" * 240)


def hostile_files(attack: Attack) -> None:
    """Put what is no file where articles, graphs and queries are read: each is refused, none is waited for."""
    signal.signal(signal.SIGALRM, _overdue)
    every = list(product(ODD, SUFFIXES))
    for number in attack.cases(len(every)):
        odd, suffix = every[number % len(every)]
        place = attack.folder / str(number)
        path = place / f"a{suffix}"
        targets = DEVICES[0], __file__
        if number >= len(every):  # each was tried by a plain name
            path = place.joinpath(*"bc"[: attack.draw.randrange(3)], attack.draw.choice(NAMES) + suffix)
            targets = (
                attack.draw.choice(DEVICES),
                attack.draw.choice((__file__, "/etc/passwd", "/", "none", str(path))),
            )
        path.parent.mkdir(parents=True)
        _make(odd, path, *targets)
        signal.alarm(20)
        try:
            _read(path, place)
            attack.note(odd, "read")
        except KgError:
            attack.note(odd)
        except Exception as error:  # noqa: BLE001 - whatever else it is, is a fault
            attack.note(odd, repr(error))
        finally:
            signal.alarm(0)


def _overdue(*_: object) -> None:
    raise TimeoutError("waited for")


def _make(odd: str, path: Path, device: str, target: str) -> None:
    if odd == "pipe":
        os.mkfifo(path)
    elif odd == "folder":
        path.mkdir()
    elif odd == "socket":
        os.mknod(path, stat.S_IFSOCK | 0o600)  # bind would take no more than 107 bytes of a path
    elif odd == "endless":
        path.touch()
        os.truncate(path, 1 << 42)  # takes no room
    else:
        path.symlink_to(device if odd == "device" else target)


def _read(path: Path, place: Path) -> None:
    if path.suffix == ".ttl":
        Graph.load(path)
    elif path.suffix == ".rq":
        kg.build_text(GOOD).query(str(path))
    else:
        if not path.is_dir():
            for each in expand([place]):
                refuse_stray(each, [place])
        read_article(path)


LONGEST_READING: Final = 150
"""Seconds for one document: what its own process has, and what a busy machine adds."""


def hostile_documents(attack: Attack) -> None:
    """Read documents that are broken anywhere, locked, endless, bombs, or lead out of their folder: read or one line, in time."""
    signal.signal(signal.SIGALRM, _overdue)
    known, made = sorted((TESTS / "documents").glob("*.*")), _hostile_documents()
    files = [path for path in known if path.suffix not in (".md", ".py", ".txt")]
    for number in attack.cases(4):
        if number % 4 == 3:
            name = attack.draw.choice(sorted(made))
            data = made[name]
        else:
            path = attack.draw.choice(files)
            name, data = path.name, _broken(attack.draw, path.read_bytes())
            data = data[: attack.draw.randrange(len(data))] if number % 4 == 2 else data
        place = attack.folder / str(number)
        place.mkdir()
        (place / name).write_bytes(data)
        signal.alarm(LONGEST_READING)
        try:
            for ending, fault in _endings(place / name):
                attack.note(ending, fault)
        except Exception as error:  # noqa: BLE001 - whatever else it is, is a fault
            attack.note("failed", f"{name}, case {number}: {error!r}")
        finally:
            signal.alarm(0)
        if [each.name for each in place.iterdir()] != [name]:
            attack.note("wrote", f"{name}, case {number}: {sorted(place.iterdir())}")


def _endings(path: Path) -> Iterator[tuple[str, str]]:
    """Yield how each article of a document ended, and what should not have been."""
    for found in gather([path]):
        if isinstance(found, Bad):
            line = str(found.error)
            yield "refused", f"several lines: {line!r}" if "\n" in line else ""
        else:
            odd = "/" in found.article.name or any(
                span.end > len(found.article.text) for span in found.article.body
            )
            yield "read", f"{path.name}: {found.article.name!r}" if odd else ""


def _hostile_documents() -> dict[str, bytes]:
    """Return documents that no damage makes: of many pages, that unpack to much, with entities, with names that lead out."""
    documents, packs, words = (_test("text", f"test_{name}") for name in ("documents", "packs", "docx"))
    more = _test("text", "hostile")
    out = {f"{up}a.txt": GOOD for up in ("../../", "/tmp/", "..\\..\\", "C:\\", "./../", "a/../../../")}  # noqa: S108 - a name in a zip file
    return {
        "pages.pdf": documents.pages(5000),
        "nothing.pdf": b"%PDF-1.7\n%%EOF",
        "out.zip": packs.zipped(out),
        "bomb.zip": packs.zipped({"a.txt": " " * (8 << 20)}),
        "many.zip": packs.zipped({f"{number}.txt": "" for number in range(10_001)}),
        "nested.zip": packs.zipped({"a.zip": packs.zipped({"a.txt": GOOD})}),
        "bomb.docx": words.document(words.paragraph("海"), styles="<a>" + " " * (8 << 20) + "</a>"),
        "entities.docx": words.document("", numbering='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "deep.docx": words.document("<w:p>" * 3000 + "</w:p>" * 3000),
        "fonts.pdf": more.without_meaning(),
        "form.pdf": more.form_in_itself(),
        "ring.pdf": more.pages_in_themselves(),
        "box.pdf": more.odd_box(),
        "utf16.docx": words.document(
            "", numbering='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")
        ),
        "ring.ofd": more.unit_in_itself(),
        "numbers.ofd": more.endless_numbers(),
        "out.ofd": more.leading_out("x.xml"),
        "out.epub": more.leading_out("mimetype"),
        "subject.eml": more.subject_without_end(),
        "parameters.eml": more.parameters_without_end(),
        "deep.html": b"<div>" * 300_000 + more.WORDS.encode(),
        "deep.mhtml": b"Content-Type: multipart/related; boundary=b\n\n"
        + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 2000,
    }


PIECES: Final = (
    "<script>alert(1)</script>", "</textarea><img src=x onerror=alert(1)>", "]]>", "<!--", "\u2028", "\u202e", "\x1b[31m", "\x07",
    "\ufeff", "\u200b", "\ud83d", "\0", "\r", "=1+1", "＝1+1", "＋1", '=HYPERLINK("http://x")', "@SUM(1)", "-2+3", "|cmd", '"""', "'''", "\\u0000",
    "&lt;b&gt;", "&#0;", "<![CDATA[", "{{", "${x}", "%s", "../../x", "javascript:alert(1)", "（" * 300, "，" * 300, "甲" * 2000, "\n" * 300,
    "一二三四五六七八九十" * 20, "99999999999999999999999亿元", "2024年13月45日", "零零零零", "1" * 400, "\U0010ffff", "e\u0301" * 100,
)  # fmt: skip


FORMULA: Final = re.compile(r"[ \u3000\xa0]*[=+\-@|＝＋－＠]|[\t\r\n]")
NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)


def hostile_texts(attack: Attack) -> None:
    """Read texts with pieces that break out, order or overflow: quotes exact, bytes the same twice, no cell a formula."""
    for _ in attack.cases():
        text = list(GOOD)
        for _ in range(attack.draw.randrange(1, 8)):
            text.insert(attack.draw.randrange(len(text) + 1), attack.draw.choice(PIECES))
        whole = "".join(text)
        try:
            _hold(attack, whole)
        except KgError:
            attack.note("refused")
        except Exception as error:  # noqa: BLE001 - a traceback is a fault
            attack.note("traceback", f"{error!r} in {whole!r}")


def _hold(attack: Attack, text: str) -> None:
    page = attack.draw.random() < 0.2
    if page:
        data = f"<html><body><article><p>{text}</p></article></body></html>".encode("utf-8", "replace")
        article = article_from_bytes(data, "a", "html")
        found = kg.build_text(article.text)
    else:
        found = kg.build_text(text)
    again = kg.build_text(next(iter(found.texts.values())))
    kind = "page" if page else "text"
    attack.note(kind, "" if verify(found.graph, found.texts.values()).ok else f"quotes of {text!r}")
    if again.to_turtle() != found.to_turtle():
        attack.note(kind, f"other bytes: {text!r}")
    if "<script>alert" in found.to_html() or "onerror=alert(1)>" in found.to_html():
        attack.note(kind, f"markup: {text!r}")
    for table in export(found.graph, "csv").values():
        for row in csv.reader(io.StringIO(table.decode("utf-8-sig"))):
            if bad := [cell for cell in row if FORMULA.match(cell) and not NUMBER.fullmatch(cell)]:
                attack.note(kind, f"formula: {bad}")


DECISIONS: Final = (
    'verdict = "same"\na = {A}\nb = {B}',
    'verdict = "apart"\na = {A}\nb = {B}',
    'verdict = "confirm"\nfact = {F}',
    'verdict = "change"\nfact = {F}\nto = { role = "顾问", subject = { at = [0, 2], words = "海川", type = "Person" } }',
    'verdict = "add"\nfact = {F}',
    'verdict = "name"\na = {A}\nlabel = "<b>\\u0007甲</b>"',
    'verdict = "type"\na = {A}\ntype = "Place"',
    'verdict = "code"\na = {B}\ncode = "430600"',
    'verdict = "alias"\nwords = "海川公司"\nmeans = "明德大学"\ntype = "Organization"',
    'verdict = "no-entity"\nwords = "海川公司"\ntype = "Organization"',
    'verdict = "figure"\nfigure = {G}\nvalue = 1e30\nunit = "\\u202e元"',
    'verdict = "withdraw"\nof = "d1"',
)


def hostile_decisions(attack: Attack) -> None:
    """Decide what contradicts, deceives, is about nothing or is no decision: one line, or a graph that its text proves."""
    built = kg.build_text(GOOD)
    text, (reading,) = next(iter(built.texts.values())), built.readings
    sha256 = reading.article.sha256

    def at(words: str, more: str = "") -> str:
        start = text.index(words)
        place = attack.draw.choice((f"[{start}, {start + len(words)}]", "[0, 3]", f"[{start}, 1000000000]"))
        return f'{{ article = "{sha256}", at = {place}, words = "{words}"{more} }}'

    for _ in attack.cases(len(DECISIONS)):
        firm, man = at("海川公司"), at("李明")
        inner = [each.replace(f'article = "{sha256}", ', "") for each in (man, firm)]
        fact = at(
            "海川公司董事长李明", f', predicate = "holdsPosition", subject = {inner[0]}, object = {inner[1]}'
        )
        holes = {"{A}": man, "{B}": firm, "{F}": fact, "{G}": at("3亿元")}
        blocks = []
        for number in range(attack.draw.randrange(1, 9)):
            block = attack.draw.choice(DECISIONS)
            for hole, value in holes.items():
                block = block.replace(hole, value)
            blocks.append(f'[[decision]]\nid = "d{number}"\n{block}\n')
        data = "".join(blocks).encode()
        path = attack.folder / "decisions.toml"
        path.write_bytes(_broken(attack.draw, data) if attack.draw.random() < 0.3 else data)
        try:
            made = kg.build_text(GOOD).decided(path)
            attack.note("decided", "" if verify(made.graph, [text]).ok else f"not proven: {data.decode()}")
        except KgError as error:
            attack.note("refused", f"lines: {error}" if "\n" in error.what else "")
        except Exception as error:  # noqa: BLE001 - a traceback is a fault
            attack.note("traceback", f"{error!r}: {data.decode()}")


GRAPHS: Final = {
    ".rdf": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><r>&b;</r>',
    ".xml": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>',
    ".ttl": "<x:a> <x:b> " + "<<( <x:a> <x:b> " * 20_000 + "1" + " )>>" * 20_000 + " .",
    ".jsonld": '{"a":' * 50_000 + "1" + "}" * 50_000,
}

LITERALS: Final = (
    "NaN",
    "-Infinity",
    "1e900000000",
    "1e-900000000",
    "1" * 5000,
    "-5",
    "",
    "2024-13-45",
    "2024-13",
    "0000",
    "../..",
    "甲" * 9000,
)
_GRAPHS: Final = len(GRAPHS) + 4


def hostile_graphs(attack: Attack) -> None:
    """Load and prove graphs that grow, nest, lie or are broken anywhere: each in one line, and the store stays whole."""
    found = kg.build_text(GOOD)
    good = found.graph
    store = attack.folder / "store"
    good.write(attack.folder / "good.ttl")
    load_store(find_sources([attack.folder / "good.ttl"]), store)
    for number in attack.cases(_GRAPHS):
        suffix = (*GRAPHS, ".nt", ".ttl", ".trig", ".nt")[number % _GRAPHS]
        path = attack.folder / f"g{number}{suffix}"
        if number % _GRAPHS < len(GRAPHS):
            path.write_text(GRAPHS[suffix], encoding="utf-8")
        elif number % _GRAPHS == _GRAPHS - 1:
            path.write_bytes(_lying(attack.draw, good))
        else:
            path.write_bytes(
                _broken(attack.draw, good.serialize({".nt": "nt", ".ttl": "turtle", ".trig": "trig"}[suffix]))
            )
        try:
            load_apart(find_sources([path]), store)
            attack.note("loaded")
        except GraphError:
            attack.note("refused")
        except Exception as error:  # noqa: BLE001 - whatever else it is, is a fault
            attack.note("failed", repr(error))
        _prove(attack, path, found.texts.values(), lies=number % _GRAPHS == _GRAPHS - 1)
        path.unlink()
        if not len(kg.load(store).graph):
            load_store(find_sources([attack.folder / "good.ttl"]), store)  # an empty graph is a graph


def _lying(draw: random.Random, good: Graph) -> bytes:
    """Return a graph in which one literal is another, which is hard to read."""
    graph = Graph.parse(good.serialize("nt"), "nt")
    was = draw.choice(
        sorted((quad for quad in graph.quads() if isinstance(quad.object, ox.Literal)), key=str)
    )
    value = draw.choice(LITERALS)
    kind = draw.choice((was.object.datatype, ox.NamedNode(XSD + "decimal"), ox.NamedNode(XSD + "integer")))
    graph.store.remove(was)
    words = ox.Literal(value, language="zh") if was.object.language else ox.Literal(value, datatype=kind)
    graph.store.add(ox.Quad(was.subject, was.predicate, words))
    return graph.serialize("nt")


def _prove(attack: Attack, path: Path, texts: Iterable[str], *, lies: bool) -> None:
    """Verify a graph, if it is one: the graph that lies is not proven, and nothing ends in a traceback."""
    try:
        report = verify(Graph.load(path), texts)
        attack.note("proven" if report.ok else "not proven", path.name if report.ok and lies else "")
    except GraphError:
        pass
    except Exception as error:  # noqa: BLE001 - a traceback is a fault
        attack.note("failed", f"verify: {error!r}")


def _broken(draw: random.Random, data: bytes) -> bytes:
    """Return bytes with some of them cut, doubled or changed."""
    found = bytearray(data)
    for _ in range(draw.randrange(1, 6)):
        at = draw.randrange(len(found) + 1)
        found[at : at + draw.randrange(30)] = bytes(
            draw.choices(b'<>"\\{}@^.;_:# \n\xff\x00a', k=draw.randrange(30))
        )
    return bytes(found)


def hostile_queries(attack: Attack) -> None:
    """Hide SERVICE in every corner of the lexis and ask the engine without a sandbox: a listener sees nobody."""
    for number in attack.cases():
        counts, failures = fuzz_service.run(500, attack.draw.randrange(1 << 30) + number)
        attack.tried.update({name: counts[name] for name in ("refused", "let through")})
        attack.faults += failures


REQUESTS: Final = (
    b"GET /../../etc/passwd HTTP/1.1", b"GET /static/../../../etc/passwd HTTP/1.1", b"GET /static/%2e%2e%2fpasswd HTTP/1.1",
    b"CONNECT example.org:443 HTTP/1.1", b"GET http://example.org/ HTTP/1.1", b"PUT /data HTTP/1.1", b"DELETE / HTTP/1.1", b"\x16\x03\x01",
    b"GET /sparql?query=INSERT%20DATA%20%7B%7D HTTP/1.1", b"GET /sparql?query=%00 HTTP/1.1", b"GET / HTTP/9.9", b"PRI * HTTP/2.0",
    b"GET /page?iri=%3Cscript%3E HTTP/1.1", b"GET /search?q=" + b"%25" * 3000 + b" HTTP/1.1", b"GET /id/" + b"a" * 9000 + b" HTTP/1.1",
    b"GET /sparql?query=" + b"(" * 4000 + b" HTTP/1.1", b"TRACE / HTTP/1.1", b"GET /health HTTP/1.1\r\nTransfer-Encoding: chunked",
    b"POST /sparql HTTP/1.1\r\nContent-Length: -1", b"POST /sparql HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6", b"GET \xff HTTP/1.1",
    b"GET / HTTP/1.1\r\nOrigin: http://evil.example", b"GET /network?query=SELECT HTTP/1.1", b"GET /api/queries/none HTTP/1.1",
    b"POST /mcp HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 0",
    b"POST /mcp HTTP/1.1\r\nContent-Type: text/plain\r\nOrigin: https://evil.example\r\nContent-Length: 0",
    b"GET /mcp HTTP/1.1\r\nMcp-Session-Id: ../../etc/passwd\r\nLast-Event-ID: \xff",
    b"DELETE /mcp HTTP/1.1\r\nMcp-Session-Id: " + b"a" * 5000,
    b"POST /query/complete HTTP/1.1\r\nContent-Length: -1", b"POST /query/complete HTTP/1.1\r\nOrigin: https://evil.example\r\nContent-Length: 0",
    b"GET /.well-known/../../etc/passwd HTTP/1.1", b"GET /.well-known/void HTTP/1.1\r\nAccept: " + b"a/b;q=" * 2000,
)  # fmt: skip


HOSTS: Final = (b"127.0.0.1", b"evil.example", b"\x00", b"a" * 300)


def hostile_requests(attack: Attack) -> None:
    """Send what no client should: no internal error, no file of the system, no word for other origins; it lives."""
    load_store(find_sources([_built(attack.folder)]), attack.folder / "store")
    mcp = find_spec("mcp") is not None  # an extra; without it there is no such door
    with serving(attack.folder / "store", Limits(workers=1, deadline=5), assistant=mcp) as running:
        port = int(running.url.rpartition(":")[2])
        every = list(product(HOSTS, REQUESTS))
        for number in attack.cases(len(every)):
            host, start = every[number % len(every)]
            if number >= len(every):  # each was sent as it is
                host, start = attack.draw.choice((HOSTS[0], host)), _broken(attack.draw, start)
            answer = _sent(port, start + b"\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
            words = answer.split(b" ", 2)
            status = words[1].decode() if answer.startswith(b"HTTP/") and len(words) > 1 else "closed"
            wrong = status == "500" or b"root:" in answer or b"access-control-allow-origin" in answer.lower()
            attack.note(status, f"{start[:80]!r}: {answer[:80]!r}" if wrong else "")
        health = _sent(port, b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        attack.note("alive", "" if b" 200 " in health[:20] else repr(health[:80]))


def _built(folder: Path) -> Path:
    kg.build_text(GOOD).save(folder / "built")
    return folder / "built"


def _sent(port: int, data: bytes) -> bytes:
    found = b""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                found += part
        except OSError:  # closed on us
            pass
    return found


ATTACKS: Final[dict[str, Callable[[Attack], None]]] = {
    "builds cut off": kill_builds,
    "loads killed": kill_loads,
    "disks full": fill_disks,
    "hostile files": hostile_files,
    "hostile documents": hostile_documents,
    "hostile texts": hostile_texts,
    "hostile decisions": hostile_decisions,
    "hostile graphs": hostile_graphs,
    "hostile queries": hostile_queries,
    "hostile requests": hostile_requests,
}


def run(seconds: float, seed: int) -> dict[str, Attack]:
    """Do every attack for its share of the time."""
    done: dict[str, Attack] = {}
    for number, (name, act) in enumerate(ATTACKS.items()):
        with tempfile.TemporaryDirectory(prefix="kg-attack-", ignore_cleanup_errors=True) as folder:
            draw = random.Random(seed * 100 + number)  # noqa: S311 - no secret
            attack = Attack(Path(folder), draw, time.monotonic() + seconds / len(ATTACKS))
            try:
                act(attack)
            except Exception as error:  # noqa: BLE001 - the table tells it, and the other attacks go on
                attack.note("attack ended", repr(error))
            done[name] = attack
    return done


def table(done: dict[str, Attack]) -> str:
    """Return what was tried, how often, and how it ended, as Markdown."""
    lines = ["| attack | what it does | tried | ended | faults |", "|---|---|---:|---|---:|"]
    for name, attack in done.items():
        does = (ATTACKS[name].__doc__ or "").strip().rstrip(".")
        ended = ", ".join(f"{ending} {count}" for ending, count in sorted(attack.tried.items()))
        lines.append(f"| {name} | {does} | {attack.tried.total()} | {ended} | {len(attack.faults)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Attack, and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--short", action="store_true", help=f"{SHORT:g} seconds in all")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # it says of each request that it was none
    started = time.monotonic()
    done = run(SHORT if given.short else given.seconds, given.seed)
    sys.stdout.write(table(done))
    faults = [f"{name}: {fault}" for name, attack in done.items() for fault in attack.faults]
    sys.stdout.write(f"\n{len(faults)} faults, {time.monotonic() - started:.0f} s, seed {given.seed}\n")
    for fault in faults[:40]:
        sys.stdout.write(fault + "\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
