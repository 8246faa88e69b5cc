"""What several articles say, put together bucket by bucket, on disk or in memory: the same as at once."""

from __future__ import annotations

import gc
import gzip
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.base.model import Reading
from kg.corpus import graph_files, merged, spill
from kg.corpus.graph import corpus_lines, identity_lines
from kg.corpus.layer import Layer
from kg.corpus.merged import Merger, bucket_of, buckets_for, folded_pieces
from kg.corpus.model import Copy
from kg.corpus.spill import Pieces, spool
from kg.corpus.ties import Ties, evidence_in
from kg.graph.rdf import triples_of
from kg.graph.seal import seal_all
from kg.graph.vocabulary import DEFAULT_BASE
from tests.corpus.conftest import TEXTS
from tests.corpus.many import identity_of
from tests.corpus.test_folder import run, tree

QUADS = "merged/merged.nq.gz"


@pytest.mark.parametrize("buckets", [1, 2, 7, 1000])
@pytest.mark.parametrize("on_disk", [False, True])
def test_buckets_put_together_by_themselves_are_the_merged_view(
    many_readings: list[Reading],
    tmp_path: Path,
    buckets: int,
    monkeypatch: pytest.MonkeyPatch,
    *,
    on_disk: bool,
) -> None:
    if on_disk:
        monkeypatch.setattr(spill, "_IN_MEMORY", 1)
    own = sorted(many_readings, key=lambda each: each.article.sha256)
    identity = identity_of(own, copies=[Copy(own[0].article.sha256, own[1].article.sha256, 0.7, same=True)])
    lines = identity_lines(own, identity)
    ties = Ties.of(lines)
    merger, left = Merger(ties, DEFAULT_BASE, buckets), Pieces(tmp_path)
    found = list(merger.evidence(evidence_in(lines)))
    for reading in own:
        found += merger.take(Layer.of(triples_of(reading, DEFAULT_BASE), reading.article.text))
        left.keep(merger.pieces())
    for pieces in left.buckets():
        found += folded_pieces(pieces, merger.common, ties.copies, DEFAULT_BASE)

    graphs = re.compile(rf"<{DEFAULT_BASE}(?:g\w+|identity)> \.$")
    assert sorted(found) == sorted(line for line in corpus_lines(own, identity) if not graphs.search(line))


def test_what_must_be_seen_together_falls_into_one_bucket_whatever_the_process() -> None:
    assert [bucket_of(key, 7) for key in ("甲公司 董事长", "<a> visited <b>", "\ud800")] == [1, 3, 1]
    assert bucket_of("甲公司", 1) == 0
    assert [buckets_for(many) for many in (2, 3_000, 100_000)] == [1, 1, 26]


def test_a_large_file_lies_on_the_disk_of_the_corpus_without_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spill, "_IN_MEMORY", 1)
    file = spool(tmp_path)
    file.write(b"long")
    file.seek(0)

    assert file.read() == b"long"
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name, (_, text) in TEXTS.items():
        (tmp_path / "a").mkdir(exist_ok=True)
        (tmp_path / "a" / f"{name}.txt").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    gc.collect()


def test_a_corpus_that_memory_does_not_hold_is_that_which_it_holds(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.corpus.readings.SMALL", 0)
    monkeypatch.setattr("kg.corpus.folder.WITH_TURTLE", 1)
    said = [run("build", "a", "-o", "held")]
    monkeypatch.setattr(graph_files, "_IN_MEMORY", 10)
    monkeypatch.setattr(graph_files, "_ARTICLES", 1)
    monkeypatch.setattr(merged, "_ARTICLES", 1)
    monkeypatch.setattr(spill, "_IN_MEMORY", 1)
    said += [run("build", "a", "-o", name) for name in ("spilled", "spilled")]
    gc.collect()

    held, spilled = (tree(place / name) for name in ("held", "spilled"))
    lines = [sorted(gzip.decompress(each.pop(QUADS)).splitlines()) for each in (held, spilled)]
    assert lines[0] == lines[1]
    assert held == spilled
    assert [each.partition("entities")[2].replace("spilled", "held") for each in said[1:]] == [
        said[0].partition("entities")[2]
    ] * 2
    assert sorted(path.name for path in place.iterdir()) == ["a", "held", "spilled"]


def test_the_checksum_of_very_many_lines_is_that_of_all_at_once() -> None:
    lines = [f"<{number}> <is> <{number % 7}> ." for number in range(25_000)]

    whole = "\n".join(sorted(lines))
    assert seal_all(lines[::-1]) == hashlib.sha256(whole.encode()).hexdigest()
