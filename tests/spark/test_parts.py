"""What runs on a worker node, run here: any parts of the articles, in any batches, are the same corpus."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.base.errors import ResourceError
from kg.base.model import Reading
from kg.base.process_pool import DiedError
from kg.corpus.feature import features_of
from kg.corpus.graph import corpus_lines
from kg.corpus.identity import resolve
from kg.corpus.listing import Aside, Entry, Listing
from kg.corpus.merged import Merger
from kg.corpus.reader import reader_digest
from kg.corpus.ties import EndsTold, Ties, TiesWriter, evidence_in
from kg.graph.vocabulary import DEFAULT_BASE
from kg.spark import intake, reading
from kg.spark.names import aside_of, names_of
from kg.spark.rows import Asked, article_values, bucket_of, entry_in, features_of_row, features_value
from kg.text.source import article_of
from tests.corpus.conftest import TEXTS
from tests.corpus.many import read

ASKED = Asked(DEFAULT_BASE, "digest", buckets=4)
FOLDS = 3


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return sorted(read(TEXTS), key=lambda each: each.article.sha256)


def test_buckets_hold_the_checksums_in_their_order() -> None:
    shas = sorted(article_of(f"青山村修桥{number}。", "a").sha256 for number in range(200))

    buckets = [bucket_of(sha256, 7) for sha256 in shas]

    assert buckets == sorted(buckets)
    assert set(buckets) == set(range(7))


def test_an_article_and_what_it_tells_go_through_columns(readings: list[Reading]) -> None:
    article = readings[0].article
    row = article_values(article, "a\ud800")
    told = features_of(readings[0])

    assert json.dumps(row).isascii()
    assert entry_in(row, {}) == ("a\ud800", article)
    assert entry_in(row, {article.sha256: "other"})[1].name == "other"
    assert features_of_row(features_value(told)) == told


def test_articles_are_called_as_the_listing_of_a_corpus_calls_them() -> None:
    texts = ("青山村修桥。", "白水镇办学。", "江城湖开放。")
    found_in = (("/b", "news", 0), ("/a", "news", 1), ("/a", "news", 2), ("/a", "again", 0))
    entries = [Entry(origin, name, article_of(texts[at], name)) for origin, name, at in found_in]
    listing = Listing.of(entries)
    rows: list[dict[str, Any]] = [
        {
            "origin": each.origin,
            "id": each.id,
            "sha256": each.article.sha256,
            "name": each.id,
            "bucket": number,
        }
        for number, each in enumerate(entries)
    ]

    found = names_of(reversed(rows))

    called = {row["sha256"]: row["name"] for row in rows if row["origin"] == "/a"} | dict(found.other)
    assert called == {article.sha256: article.name for article in listing.articles}
    assert (found.texts, found.lines) == (3, 4)
    assert names_of(rows, failed=[rows[1]["sha256"]]).texts == 2


def test_a_line_that_was_set_aside_has_its_number_in_the_whole_file() -> None:
    blank = {"what": None, "hint": None}
    rows: list[dict[str, Any]] = [
        {"origin": "/a", "block": 90, "number": 2, "what": "no JSON", "hint": "h"},
        {"origin": "/a", "block": 90, "number": 4, **blank},
        {"origin": "/a", "block": 0, "number": 7, **blank},
        {"origin": "/b", "block": 0, "number": 100, **blank},
    ]

    assert aside_of(rows) == [Aside("/a", 9, "no JSON", "h")]


def batches(rows: Sequence[dict[str, Any]], size: int = 2) -> Iterator[Any]:
    pa = pytest.importorskip("pyarrow")
    for at in range(0, len(rows), size):
        yield pa.RecordBatch.from_pylist(rows[at : at + size])


def lines_of(*values: bytes) -> list[dict[str, Any]]:
    return [{"line": value, "file": "file:/n%20s/a.jsonl", "block": 0} for value in values]


def articles(asked: Asked, *values: bytes) -> list[dict[str, Any]]:
    found = intake.articles_in(batches(lines_of(*values)), asked.mask, asked.buckets)
    return [row for batch in found for row in batch.to_pylist()]


def test_whatever_a_line_brings_about_is_set_aside_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    good = json.dumps({"text": "青山村修桥\n村长王大海主持修桥。", "id": "x"}).encode()
    one, two, three = articles(ASKED, good, b"{", b"")
    monkeypatch.setattr(intake, "from_record", broken)
    four, _ = articles(ASKED, good)

    assert (one["name"], one["origin"], one["number"]) == ("x", "/n s/a.jsonl", 1)
    assert two["bucket"] == three["bucket"] == intake.ASIDE
    assert (two["number"], two["what"][:7]) == (2, "no JSON")
    assert (three["number"], three["what"]) == (3, None)
    assert four["what"] == "could not be read: RuntimeError: broken"


class Dying:
    """A pool whose process dies of one article."""

    def ask(self, question: Any) -> list[Any]:
        if any("白水镇" in article.text for article in question):
            raise DiedError
        from kg.corpus.worker import Reader, pipeline_of, read_each

        return list(read_each(pipeline_of(None), question, Reader(reader_digest(None), base=DEFAULT_BASE)))


def test_an_article_of_which_the_process_dies_fails_no_task(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = replace(ASKED, reader=reader_digest(None))
    texts = ("青山村修桥\n村长王大海主持修桥。", "白水镇办学\n白水镇镇长李小明主持办学。")
    rows = articles(asked, *(json.dumps({"text": text, "id": text[:3]}).encode() for text in texts))
    monkeypatch.setattr(reading, "_pool", lambda _: Dying())

    (batch,) = reading.read_in(batches([row for row in rows if row["text"]]), asked, {})
    found = {row["name"]: row for row in batch.to_pylist()}

    assert found["白水镇"]["why"] == "the process that read it ended"
    assert found["青山村"]["why"] is None
    assert found["青山村"]["shard"]


def test_a_node_with_another_kg_is_refused() -> None:
    with pytest.raises(ResourceError, match="reads otherwise"):
        list(reading.read_in([], ASKED, {}))


@pytest.mark.parametrize("size", [1, 3])
def test_batches_of_rows_give_the_quads_of_the_corpus(
    readings: list[Reading], size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.spark.job import _ties_rows
    from kg.spark.merging import folded_in, merged_in, told_in

    asked = replace(ASKED, reader=reader_digest(None))
    lines = [
        {"id": each.article.name, "text": each.article.text, "date": str(each.article.published)}
        for each in readings
    ]
    rows = [row for row in articles(asked, *(json.dumps(line).encode() for line in lines)) if row["text"]]
    monkeypatch.setattr(reading, "_pool", lambda _: Whole())
    read_rows = [row for batch in reading.read_in(batches(rows), asked, {}) for row in batch.to_pylist()]
    read_rows.sort(key=lambda row: str(row["sha256"]))

    identity = resolve(features_of_row(row["features"]) for row in read_rows)
    writer = TiesWriter(identity, DEFAULT_BASE)
    ends = [{**row, "ends": pickle.dumps(writer.ends(row["sha256"]))} for row in read_rows]
    told: dict[str, EndsTold] = {
        row["sha256"]: pickle.loads(row["told"])  # noqa: S301
        for batch in told_in(batches(ends, size), asked, {})
        for row in batch.to_pylist()
    }
    for sha256, own in told.items():
        writer.add(sha256, own)
    ties = Ties.of(writer.lines())
    own_ties = {row["sha256"]: row["ties"] for row in _ties_rows(told, ties)}
    tied = [{**row, "ties": own_ties.get(row["sha256"])} for row in read_rows]
    merged = [
        row for batch in merged_in(batches(tied, size), asked, {}, {}, FOLDS) for row in batch.to_pylist()
    ]

    found = [line for row in merged if row["lines"] for line in row["lines"].split("\n")]
    found += Merger(ties, DEFAULT_BASE, FOLDS).evidence(evidence_in(writer.lines()))
    common = dict[str, str]()
    for row in merged:
        if row["common"]:
            common |= pickle.loads(row["common"])  # noqa: S301
    pieces = sorted((row for row in merged if row["piece"]), key=lambda row: (row["fold"], row["sha256"]))
    folded = [
        row
        for batch in folded_in(batches(pieces, size), asked, common, ties.copies)
        for row in batch.to_pylist()
    ]
    found += [line for row in folded for line in row["lines"].split("\n")]
    assert [row["many"] for row in folded] == [row["lines"].count("\n") + 1 for row in folded]
    assert len({row["bucket"] for row in folded}) == FOLDS
    name = f"<{DEFAULT_BASE}identity> ."
    whole = [line for line in corpus_lines(readings, identity) if not line.endswith(name)]
    assert own_ties
    assert sorted(found) == sorted(whole)


class Whole(Dying):
    """A pool that reads all."""

    def ask(self, question: Any) -> list[Any]:
        from kg.corpus.worker import Reader, pipeline_of, read_each

        return list(read_each(pipeline_of(None), question, Reader(reader_digest(None), base=DEFAULT_BASE)))


def test_a_job_that_is_not_finished_is_no_source(tmp_path: Path) -> None:
    from tests.spark.sources import run

    (tmp_path / "job").mkdir()
    (tmp_path / "job" / "job.json").write_text(json.dumps(ASKED.to_json()), encoding="utf-8")

    with pytest.raises(AssertionError, match="not finished"):
        run("build", tmp_path / "job", "-o", tmp_path / "corpus")
    with pytest.raises(AssertionError, match="only source"):
        run("build", tmp_path / "job", tmp_path, "-o", tmp_path / "corpus")
