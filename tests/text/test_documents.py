"""Documents of offices: the text of an article in every format, and one line for what is none (``tests/documents/``)."""

from __future__ import annotations

import os
import re
import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

import kg
from kg.base.errors import SourceError
from kg.base.model import Reading, Span
from kg.text.folding import fold_characters
from kg.text.formats.apart import read_apart
from kg.text.formats.boxes import box_of
from kg.text.source import read_article
from tests.text.said import said

DOCUMENTS = Path(__file__).parents[1] / "documents"
ARTICLE = (DOCUMENTS / "article.txt").read_text(encoding="utf-8")
SENTENCES = [words for line in ARTICLE.splitlines() for words in re.findall(r"[^。]{12,}。?", line)]
NAMES = sorted(
    path.name
    for path in DOCUMENTS.iterdir()
    if path.suffix not in (".txt", ".py", ".md") and "locked" not in path.name and "scan" not in path.name
)

pytestmark = pytest.mark.skipif(
    find_spec("pypdfium2") is None and not os.environ.get("CI"), reason="needs the office extra"
)


@cache
def lost_by_library(name: str) -> bool:
    """Say whether the library of PDF itself leaves marks out: newer builds lose one that ends a line in a font that is not embedded."""
    if not name.startswith("reportlab") or find_spec("pypdfium2") is None:
        return False
    import pypdfium2

    document = pypdfium2.PdfDocument(DOCUMENTS / name)
    told = "".join(page.get_textpage().get_text_range() for page in document)
    return told.count("。") < ARTICLE.count("。")


def squeezed(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("name", NAMES)
def test_an_article_is_whole_in_every_format(name: str) -> None:
    if lost_by_library(name):
        pytest.skip("this build of pdfium loses marks of fonts that are not embedded")
    article = read_article(DOCUMENTS / name)
    lines = [squeezed(line) for line in article.text.splitlines()]

    assert [line for line in lines if line] == [squeezed(line) for line in ARTICLE.splitlines()]
    assert article.title == ARTICLE.splitlines()[0]
    assert not article.note


@pytest.fixture(scope="module")
def plain() -> Reading:
    (reading,) = kg.build(DOCUMENTS / "article.txt").readings
    return reading


@pytest.mark.parametrize("name", NAMES)
def test_the_same_is_read_as_in_the_plain_text(plain: Reading, name: str) -> None:
    if lost_by_library(name):
        pytest.skip("this build of pdfium loses marks of fonts that are not embedded")
    found = kg.build(DOCUMENTS / name)

    assert len(said(plain)[2]) > 15  # type: ignore[arg-type]
    assert said(found.readings[0]) == said(plain)
    assert kg.build(DOCUMENTS / name).to_turtle() == found.to_turtle()


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".pdf")])
def test_every_sentence_has_its_page(name: str) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(DOCUMENTS / name)
    pages = [squeezed(page.get_textpage().get_text_range()) for page in document]
    article = read_article(DOCUMENTS / name)
    assert article.leaves is not None

    numbers = [article.leaves.at(match.start()) for match in re.finditer(r"[^。\s]{6}", article.text)]

    assert set(numbers) == set(range(1, len(pages) + 1))
    if len(pages) == 1:
        return
    for match in re.finditer(r"[^。\s]{6}", article.text):
        number = article.leaves.at(match.start())
        assert match[0] in pages[number - 1] + "".join(pages[number : number + 1])


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".pdf")])
def test_words_stand_in_their_box_on_their_page(name: str) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(DOCUMENTS / name)
    article = read_article(DOCUMENTS / name)
    assert article.leaves is not None
    one_line = 0

    for match in re.finditer(r"[^。，、\s]{4,}", article.text):
        span = Span(*match.span())
        box = box_of(article.leaves, span)
        assert box is not None
        if article.leaves.at(span.end - 1) != article.leaves.at(span.start):
            continue
        page = document[article.leaves.at(span.start) - 1]
        left, top, width, height = box
        high = page.get_height()
        there = page.get_textpage().get_text_bounded(left, high - top - height, left + width, high - top)
        if height < 22:  # on one line: these words, and no whole one beside them
            one_line += 1
            assert read_alike(match[0]) in read_alike(there)
            assert len(squeezed(there)) <= len(match[0]) + 2
        else:
            assert set(read_alike(match[0])) <= set(read_alike(there))
    assert one_line > 20


def read_alike(words: str) -> str:
    return fold_characters(squeezed(words)).text


def test_words_of_an_ofd_stand_where_it_was_told_to_write_them() -> None:
    """``make.py`` sets lines of 40 characters, 4 mm wide, from 25 mm on, 7 mm from one to the next."""
    article = read_article(DOCUMENTS / "by-hand.ofd")
    assert article.leaves is not None
    line = article.text.splitlines()[1]
    at = article.text.index(line) + 38  # the first of the second line: two blanks are set before the first
    box = box_of(article.leaves, Span(at, at + 2))
    assert box is not None

    left, top, width, height = (each * 25.4 / 72 for each in box)
    assert abs(left - 25) < 0.5
    assert abs(width - 8) < 0.9
    assert top < 45 + 7 < top + height + 0.9
    assert height < 5


def test_words_of_an_ofd_whose_page_begins_elsewhere_stand_as_they_are_shown() -> None:
    """``make.py`` writes a paragraph as one object from 37 mm on, on a page that begins at 12, its digits half as wide."""
    article = read_article(DOCUMENTS / "by-hand-layers.ofd")
    assert article.leaves is not None
    for words, left, width in (("9月12日", 25 + 8, 14), ("副市长", None, 12), ("2009年", None, 12)):
        at = article.text.index(words)
        box = box_of(article.leaves, Span(at, at + len(words)))
        assert box is not None
        assert abs(box[2] * 25.4 / 72 - width) < 0.9
        assert left is None or abs(box[0] * 25.4 / 72 - left) < 0.5


def test_a_size_that_an_ofd_does_not_tell_is_that_of_its_steps() -> None:
    """The attribute that easyofd writes is none of the standard."""
    assert b" size=" in zipfile.ZipFile(DOCUMENTS / "easyofd.ofd").read("Doc_0/Pages/Page_0/Content.xml")

    article = read_article(DOCUMENTS / "easyofd.ofd")

    assert article.leaves is not None
    boxes = [box_of(article.leaves, Span(at, at + 1)) for at in range(9)]
    assert all(box and 5 <= box[2] <= 7 and 5 <= box[3] <= 7 for box in boxes)


# What is none -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("reportlab-locked.pdf", "a PDF with a password"),
        ("reportlab-scan.pdf", "none of its pages \\(2\\) holds text"),
    ],
)
def test_a_document_without_a_text_to_read_is_one_line(name: str, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        read_article(DOCUMENTS / name)

    assert caught.value.hint
    assert "\n" not in str(caught.value)


def pages(count: int) -> bytes:
    """Return a PDF of some empty pages."""
    kids = " ".join(f"{3 + each} 0 R" for each in range(count))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode()]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * count
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%bendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return out + head + table + b"trailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF" % (size, len(out))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pages(5000), "5,000 pages: at most 600 are read"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "broken, or no PDF"),
        (b"%PDF-1.7\n%%EOF", "broken, or no PDF"),
        ((DOCUMENTS / "chromium-one-column.pdf").read_bytes()[:90_000], "broken|no text|not Chinese"),
        (b"", "empty"),
    ],
    ids=["many pages", "noise", "nothing", "half", "empty"],
)
def test_a_hostile_document_is_one_line(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)

    with pytest.raises(SourceError, match=words) as caught:
        read_article(path)

    assert "\n" not in str(caught.value)


READER = {
    "takes all memory": ("[0] * (1 << 40)", "GiB of memory"),
    "never ends": ("iter(int, 1).__next__() or list(iter(int, 1))", "within 1 seconds|GiB of memory"),
    "kills itself": ("__import__('os').kill(__import__('os').getpid(), 9)", "cannot be read"),
    "opens a connection": ("__import__('socket').socket()", "PermissionError"),
    "prints": ("print('x' * 99) or __import__('os').write(1, b'x') and 1 / 0", "ZeroDivisionError"),
    "returns a book": (
        "__import__('kg.text.formats.extract', fromlist=['x']).Extract('字' * (5 << 20))",
        "too large: at most",
    ),
}


@pytest.mark.parametrize("what", READER)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="limits are those of Linux")
def test_what_a_reader_does_to_its_process_is_one_line(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, words = READER[what]
    (tmp_path / "hostile_reader.py").write_text(f"def read(data, where):\n    return {code}\n")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(SourceError, match=words) as caught:
        read_apart("hostile_reader:read", "", b"", "a.pdf", seconds=1)

    assert "\n" not in str(caught.value)


def test_a_package_that_is_missing_is_named_with_how_to_get_it() -> None:
    with pytest.raises(
        SourceError, match=r"no_such_package, which is not installed \(pip install 'kg-zh\[office\]'"
    ):
        read_apart("kg.text.formats.pdf:extract", "no_such_package", b"", "a.pdf")
