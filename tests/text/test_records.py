"""Collections: a file of many articles, what is said of articles besides, and how many of them have no date."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.base.errors import SourceError
from kg.text import records as module
from kg.text.gather import Bad, Found, gather, named_apart, same_ids, without_bad
from kg.text.given import Table, day_in, given_by, read_table
from kg.text.records import Record, records

BRIDGE = "青山村村长王大海主持修桥。"
SCHOOL = "白水镇镇长李小明主持办学。"


def write(path: Path, *rows: Any) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    data = ("\n".join(lines) + "\n").encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def found(*paths: Path, table: Table | None = None) -> list[Found | Bad]:
    return list(gather(paths, table=table))


def test_a_line_gives_its_article_with_all_it_says(tmp_path: Path) -> None:
    row = {
        "id": "a/1",
        "title": "青山村修桥",
        "text": BRIDGE,
        "date": "2024-05-01T08:00:00",
        "publisher": "江城日报",
        "author": "张三",
        "url": "https://example.org/1",
        "more": [1],
    }
    (one,) = found(write(tmp_path / "many.jsonl", row))

    assert isinstance(one, Found)
    article = one.article
    assert (one.line, one.id) == (1, "a/1")
    assert article.name == "a_1"
    assert article.text == f"青山村修桥\n{BRIDGE}"
    assert (article.title, article.published) == ("青山村修桥", date(2024, 5, 1))
    assert (article.publisher, article.author, article.url) == ("江城日报", "张三", "https://example.org/1")


def test_a_title_that_begins_the_text_is_not_put_there_twice(tmp_path: Path) -> None:
    text = f"青山村　修桥\n{BRIDGE}"
    (one,) = found(write(tmp_path / "a.jsonl", {"title": "青山村修桥", "text": text}))

    assert isinstance(one, Found)
    assert one.article.text == text
    assert one.article.name == f"a-{one.article.sha256[:8]}"


def test_what_a_text_says_of_itself_goes_first(tmp_path: Path) -> None:
    text = f"青山村修桥\n发布时间：2023-01-02\n来源：江城日报\n{BRIDGE}"
    row = {"id": "a", "text": text, "date": "2024-05-01", "publisher": "别家"}
    (one,) = found(write(tmp_path / "a.jsonl", row))

    assert isinstance(one, Found)
    assert (one.article.published, one.article.publisher) == (date(2023, 1, 2), "江城日报")


def test_bad_lines_are_set_aside_with_their_numbers_and_the_others_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "many.jsonl.gz",
        {"id": "a", "text": BRIDGE},
        "{no json",
        "",
        "[1, 2]",
        {"id": "b", "body": "x"},
        {"id": "c", "text": "only English words"},
        {"id": "d", "text": "青\0山"},
        "[" * 100_000,
        {"id": "e", "text": SCHOOL},
    )

    all_found = found(path)

    assert [each.article.name for each in all_found if isinstance(each, Found)] == ["a", "e"]
    bad = [each for each in all_found if isinstance(each, Bad)]
    assert [each.line for each in bad] == [2, 4, 5, 6, 7, 8]
    assert [each.error.where for each in bad] == [f"{path}:{each.line}" for each in bad]
    assert "its fields: 'id', 'body'" in bad[2].error.what
    skipped: list[SourceError] = []
    assert len(without_bad(all_found, skipped.append)) == 2
    assert skipped == [each.error for each in bad]
    with pytest.raises(SourceError, match="no JSON"):
        without_bad(all_found)


def test_a_collection_cut_short_gives_what_it_holds(tmp_path: Path) -> None:
    rows = [{"id": str(number), "text": f"{BRIDGE}{number * 7919}"} for number in range(5000)]
    whole = write(tmp_path / "a.jsonl.gz", *rows).read_bytes()
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])

    *good, last = found(tmp_path / "a.jsonl.gz")

    assert len(good) > 1000
    assert isinstance(last, Bad)
    assert "is the file whole" in last.error.hint


def test_a_line_too_long_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 200)
    path = write(tmp_path / "a.jsonl", {"text": BRIDGE * 100}, {"id": "b", "text": SCHOOL})

    first, second = records(path)

    assert isinstance(first, SourceError)
    assert "200 bytes a line" in first.what
    assert isinstance(second, Record)
    assert (second.line, second.id) == (2, "b")


def test_half_a_character_and_line_ends_are_mended(tmp_path: Path) -> None:
    (one,) = found(
        write(tmp_path / "a.jsonl", r'{"id": 7, "text": "青山村\r\n修桥\ud800，村长王大海主持。"}')
    )

    assert isinstance(one, Found)
    assert one.article.text == "青山村\n修桥\ufffd，村长王大海主持。"
    assert one.article.name == "7"


@pytest.mark.parametrize("key", ["title", "publisher", "author", "url"])
def test_half_a_character_of_what_is_said_besides_is_mended(tmp_path: Path, key: str) -> None:
    line = '{"id": 7, "%s": "青\\ud800山", "text": "青山村修桥，村长王大海主持。"}'
    (one,) = found(write(tmp_path / "a.jsonl", line % key))

    assert isinstance(one, Found)
    said = (one.article.title, one.article.publisher, one.article.author, one.article.url)
    assert "青\ufffd山" in said


def test_equal_ids_are_counted_and_get_names_of_their_own(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", {"id": "x", "text": BRIDGE}, {"id": "x", "text": SCHOOL})
    both = without_bad(found(path))

    assert same_ids(both) == {"x": 2}
    assert [each.name for each in named_apart([each.article for each in both])] == ["x", "x-2"]


def test_collections_in_folders_are_found_and_other_files_beside_them(tmp_path: Path) -> None:
    write(tmp_path / "many.JSONL", {"id": "x", "text": BRIDGE})
    (tmp_path / "one.txt").write_text(SCHOOL, encoding="utf-8")

    assert [each.article.name for each in without_bad(found(tmp_path))] == ["x", "one"]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2024-05-01 公告", date(2024, 5, 1)),
        ("公告_20240501_3", date(2024, 5, 1)),
        ("2024年5月1日讲话", date(2024, 5, 1)),
        ("2024.5.1", date(2024, 5, 1)),
        ("公告2024", None),
        ("20241301", None),
        ("2024-02-30", None),
        ("120240501", None),
        ("2024-05-01至2024-05-03", None),
        ("2024-05_01", None),
    ],
)
def test_a_full_date_in_a_name_is_read(name: str, day: date | None) -> None:
    assert day_in(name) == day


def test_the_date_in_the_name_of_a_file_counts_where_nothing_else_does(tmp_path: Path) -> None:
    (tmp_path / "2024-05-01.txt").write_text(BRIDGE, encoding="utf-8")
    (tmp_path / "2024-05-02.txt").write_text(f"青山村修桥\n发布时间：2023-01-02\n{BRIDGE}", encoding="utf-8")

    days = [each.article.published for each in without_bad(found(tmp_path))]

    assert days == [date(2024, 5, 1), date(2023, 1, 2)]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024/05/01 10:30", date(2024, 5, 1)),
        ("20240501", date(2024, 5, 1)),
        (20240501, date(2024, 5, 1)),
        ("20240501103000", date(2024, 5, 1)),
        (1714500000, date(2024, 5, 1)),
        (1714500000000, date(2024, 5, 1)),
        ("May 2024", None),
        (None, None),
        (True, None),
    ],
)
def test_dates_of_records_come_in_many_forms(value: object, day: date | None) -> None:
    assert given_by({"date": value}).published == day


def test_an_address_with_a_date_gives_it() -> None:
    assert given_by({"url": "http://example.org/2024/0501/c1.html"}).published == date(2024, 5, 1)


def test_a_table_says_what_articles_do_not(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "news.txt").write_text(f"{BRIDGE}{name}。", encoding="utf-8")
    (tmp_path / "other.txt").write_text(SCHOOL, encoding="utf-8")
    write(tmp_path / "many.jsonl", {"id": "x", "text": BRIDGE})
    (tmp_path / "meta.csv").write_bytes(
        "file,date,publisher,url,title\na/news.txt,2024-05-01,江城日报,,\nb/news.txt,2024-05-02,,https://example.org/b,修桥\n"
        "other,2024-05-03,,,\nx,2024/5/4,,,\nnone.txt,,,,\n".encode("gb18030")
    )

    first, second, many, other = without_bad(found(tmp_path, table=read_table(tmp_path / "meta.csv")))

    assert (first.article.published, first.article.publisher) == (date(2024, 5, 1), "江城日报")
    assert (second.article.published, second.article.url) == (date(2024, 5, 2), "https://example.org/b")
    assert many.article.published == date(2024, 5, 4)
    assert other.article.published == date(2024, 5, 3)


def test_the_table_itself_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(SCHOOL, encoding="utf-8")
    table = write(tmp_path / "meta.jsonl", {"file": "one.txt", "date": "2024-05-01"})

    (one,) = found(tmp_path, table=read_table(table))

    assert isinstance(one, Found)
    assert one.article.published == date(2024, 5, 1)


def test_a_row_that_fits_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "news.txt").write_text(BRIDGE, encoding="utf-8")
    table = read_table(write(tmp_path / "meta.jsonl", {"file": "news.txt", "date": "2024-05-01"}))

    with pytest.raises(SourceError, match="fits two files"):
        found(tmp_path / "a", tmp_path / "b", table=table)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("m.csv", "date,file\n2024-13-01,a\n", r"m.csv:2: no date: '2024-13-01'"),
        ("m.csv", "date,name\n2024-01-01,a\n", "no column 'file'"),
        ("m.csv", "file,date\n,2024-01-01\n", r"m.csv:2: names no article"),
        ("m.csv", "file,date\na,2024-01-01\na,2024-01-02\n", r"m.csv:3: says another thing"),
        ("m.jsonl", "{}\n", r"m.jsonl:1: names no article"),
        ("m.jsonl", "[]\n", "no JSON object"),
        ("m.jsonl", "{\n", "no JSON"),
        ("none/m.csv", "", "no such file"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_with_its_line(
    tmp_path: Path, name: str, content: str, says: str
) -> None:
    path = tmp_path / name
    if path.parent == tmp_path:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(SourceError, match=says):
        read_table(path)
