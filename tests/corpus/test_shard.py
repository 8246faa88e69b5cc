"""Readings as files: exactly what was read, in the same bytes, and never of another text or reader."""

from __future__ import annotations

import ast
import gzip
import json
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kg.base.model import Article, Figure, Reading, Span
from kg.base.resources import data_path
from kg.corpus import reader
from kg.corpus.codec import codec_of
from kg.corpus.feature import features_of
from kg.corpus.shard import (
    StaleError,
    features_in,
    is_whole,
    pack,
    reading_from_json,
    reading_to_json,
    shard_path,
    unpack,
)


def test_every_annotated_article_comes_back_as_it_was_read(read: tuple[Reading, ...]) -> None:
    for reading in read:
        again = unpack(pack(reading, "r"), reading.article, "r")

        assert again == reading
        assert pack(again, "r") == pack(reading, "r")


def test_readings_made_by_hand_come_back(gold_reading: Reading, status_reading: Reading) -> None:
    for reading in (gold_reading, status_reading):
        assert reading_from_json(reading_to_json(reading), reading.article) == reading


def test_values_of_every_kind_come_back_of_their_own_type() -> None:
    text = "约3万元"
    figure = Figure(
        Span(0, 4), text, Decimal("3E+4"), "元", "about", minimum=Decimal("0.10"), quote=Span(0, 4), rule="x"
    )
    codec = codec_of(Figure)

    again = codec.decode(json.loads(json.dumps(codec.encode(figure, text))), text)

    assert again == figure
    assert str(again.value) == "3E+4"
    other = replace(figure, text="别的词")  # not the words under its span
    assert codec.decode(codec.encode(other, text), text) == other


def test_the_words_of_the_text_are_not_written_again(read: tuple[Reading, ...]) -> None:
    for reading in read:
        written = json.dumps(reading_to_json(reading), ensure_ascii=False)
        longest = max((sentence.text for sentence in reading.sentences), key=len)
        assert longest not in written


def test_an_article_has_its_name_and_text_from_elsewhere(gold_reading: Reading) -> None:
    article = replace(gold_reading.article, name="another")

    assert unpack(pack(gold_reading, "r"), article, "r") == replace(gold_reading, article=article)


def test_what_an_article_tells_of_its_entities_stands_beside_its_reading(read: tuple[Reading, ...]) -> None:
    for reading in read:
        article = replace(reading.article, name="another")
        told = features_of(replace(reading, article=article))

        assert features_in(pack(reading, "r"), article, "r") == told


def test_the_file_of_an_article_alone_is_another_than_that_of_one_of_several(status_reading: Reading) -> None:
    article = status_reading.article
    alone, one = pack(status_reading, "r", several=False), pack(status_reading, "r")

    assert unpack(alone, article, "r") == unpack(one, article, "r") == status_reading
    assert [is_whole(data, article, "r", several=True) for data in (alone, one)] == [False, True]
    assert [is_whole(data, article, "r", several=False) for data in (alone, one)] == [True, False]
    with pytest.raises(StaleError, match="no features"):
        features_in(alone, article, "r")


def changed(data: bytes, **more: object) -> bytes:
    value = json.loads(gzip.decompress(data))
    return gzip.compress(json.dumps({**value, **more}, ensure_ascii=False, separators=(",", ":")).encode())


@pytest.mark.parametrize("cut", [0, 10, 200, -1])
def test_a_damaged_file_is_known(status_reading: Reading, cut: int) -> None:
    data = pack(status_reading, "r")[:cut]

    assert not is_whole(data, status_reading.article, "r")
    with pytest.raises(StaleError):
        unpack(data, status_reading.article, "r")


def test_a_flipped_byte_is_known(status_reading: Reading) -> None:
    data = bytearray(pack(status_reading, "r"))
    data[len(data) // 2] ^= 1

    assert not is_whole(bytes(data), status_reading.article, "r")


def test_what_another_reader_read_or_of_which_else_is_said_is_stale(status_reading: Reading) -> None:
    data, article = pack(status_reading, "r"), status_reading.article
    others: list[tuple[Article, str]] = [
        (article, "s"),
        (replace(article, published=date(2024, 5, 1)), "r"),
        (replace(article, title="别的"), "r"),
        (replace(article, sha256="0" * 64), "r"),
    ]

    assert is_whole(data, article, "r")
    for other, digest in others:
        assert not is_whole(data, other, digest)
        with pytest.raises(StaleError):
            unpack(data, other, digest)


@pytest.mark.parametrize("reading", [None, [], [[]], [1, 2, 3], "x", {}])
def test_a_file_that_holds_something_else_is_stale(status_reading: Reading, reading: object) -> None:
    data = changed(pack(status_reading, "r"), reading=reading)

    with pytest.raises(StaleError):
        unpack(data, status_reading.article, "r")


def test_a_file_has_a_folder_by_the_first_digits() -> None:
    assert shard_path("ab" + "0" * 62) == f"readings/ab/ab{'0' * 62}.json.gz"


def test_a_type_without_a_way_to_json_is_refused() -> None:
    with pytest.raises(TypeError, match="no way to write"):
        codec_of(dict)
    with pytest.raises(TypeError, match="no way to write"):
        codec_of(int | str)


def test_a_reader_is_known_by_all_that_files_of_readings_are_made_by() -> None:
    """What makes such a file may import of this folder only what the digest of the reader looks at."""
    looked_at = {name for name in reader._CODE if name.startswith("corpus/")}
    folder = Path(reader.__file__).parent

    for name in looked_at:
        tree = ast.parse((folder.parent / name).read_text(encoding="utf-8"))
        used = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        own = {
            f"{module.removeprefix('kg.').replace('.', '/')}.py"
            for module in used
            if module.startswith("kg.corpus.")
        }
        assert own <= looked_at, name


def test_another_word_list_or_threshold_is_another_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reader.reader_digest()
    assert reader.reader_digest(0.5) != first
    shutil.copytree(data_path(""), tmp_path / "data")
    monkeypatch.setenv("KG_DATA", str(tmp_path / "data"))
    digest = reader.reader_digest.__wrapped__
    assert digest() == first

    with (tmp_path / "data" / "language" / "titles.toml").open("a", encoding="utf-8") as file:
        file.write("\n")

    assert digest() != first
