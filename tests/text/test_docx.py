"""What a Word document holds beside plain paragraphs."""

from __future__ import annotations

import io
import os
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.base.errors import SourceError
from kg.text.source import article_from_bytes, read_article

pytestmark = pytest.mark.skipif(
    find_spec("mammoth") is None and not os.environ.get("CI"), reason="needs the office extra"
)

SPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(words) if words[:1] != '<' else words}</w:p>"


def numbered(words: str, level: int = 0, name: str = "1") -> str:
    return paragraph(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>')


def level(number: int, kind: str, shape: str, start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{shape}"/></w:lvl>'


def document(*paragraphs: str, **parts: str) -> bytes:
    """Return a Word document of some paragraphs; ``parts``: other parts below ``word/``, by their name."""
    out = io.BytesIO()
    body = "".join(paragraphs)
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(parts)
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        file.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        )
        for name, words in parts.items():
            file.writestr(f"word/{name}.xml", words)
    return out.getvalue()


def lines(data: bytes) -> list[str]:
    return article_from_bytes(data, "a").text.splitlines()


def test_bytes_of_a_word_document_are_known_and_each_paragraph_has_its_number() -> None:
    article = article_from_bytes(document(paragraph("江城签约"), paragraph("海川公司签约。")), "a")

    assert article.text == "江城签约\n海川公司签约。"
    assert article.leaves is not None
    assert (article.leaves.unit, article.leaves.at(0), article.leaves.at(5)) == ("paragraph", 1, 2)


def test_tracked_insertions_are_in_and_deletions_out() -> None:
    changed = f"{run('中标人是')}<w:del w:id='1'><w:r><w:delText>乙公司</w:delText></w:r></w:del><w:ins w:id='2'>{run('甲公司')}</w:ins>{run('。')}"

    assert lines(document(paragraph(changed))) == ["中标人是甲公司。"]


def test_the_words_of_a_text_box_are_in() -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('江政发〔2024〕5号')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"

    assert "江政发〔2024〕5号" in lines(document(paragraph(box), paragraph("关于建设的通知")))


def test_rows_of_a_table_are_lines_with_their_cells_apart() -> None:
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in (("公司", "金额"), ("甲公司", "3亿元"))
    )

    assert lines(document(paragraph("中标结果"), f"<w:tbl>{rows}</w:tbl>")) == [
        "中标结果",
        "公司\t金额",
        "甲公司\t3亿元",
    ]


def test_notes_stand_at_the_end_without_their_marks() -> None:
    mark = f'{run("海川公司")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("成立。")}'
    notes = (
        f'<w:footnotes {SPACES}><w:footnote w:id="2">{paragraph("在江城注册。")}</w:footnote></w:footnotes>'
    )

    assert lines(document(paragraph(mark), paragraph("李明任董事长。"), footnotes=notes)) == [
        "海川公司成立。",
        "李明任董事长。",
        "在江城注册。",
    ]


def test_numbers_are_written_as_word_writes_them() -> None:
    shapes = (
        f'<w:abstractNum w:abstractNumId="7">{level(0, "chineseCountingThousand", "%1、")}{level(1, "chineseCounting", "（%2）")}{level(2, "decimal", "%3.")}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="8">{level(0, "decimal", "第%1条", 3)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    )
    data = document(
        *(numbered(words, depth) for words, depth in (("总则", 0), ("目标", 1), ("建厂", 2), ("招工", 2), ("分工", 1), ("附则", 0), ("施行", 1))),
        numbered("本法自公布之日起施行。", name="2"),
        numbered("解释权归江城市。", name="2"),
        numbering=f"<w:numbering {SPACES}>{shapes}</w:numbering>",
    )  # fmt: skip

    assert lines(data) == [
        "一、总则", "（一）目标", "1. 建厂", "2. 招工", "（二）分工", "二、附则", "（一）施行", "第3条 本法自公布之日起施行。", "第4条 解释权归江城市。",
    ]  # fmt: skip


def test_numbers_of_a_style_are_those_of_its_paragraphs() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="h2"><w:basedOn w:val="h1"/></w:style>'
    shapes = f'<w:abstractNum w:abstractNumId="7">{level(0, "chineseCounting", "%1、")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    data = document(
        *(
            paragraph(words, f'<w:pStyle w:val="{style}"/>')
            for words, style in (("总则", "h1"), ("附则", "h2"))
        ),
        numbering=f"<w:numbering {SPACES}>{shapes}</w:numbering>",
        styles=f"<w:styles {SPACES}>{styles}</w:styles>",
    )

    assert lines(data) == ["一、总则", "二、附则"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "an old Word document, or one with a password"),
        (b"PK\x03\x04" + b"word/document.xml" * 40, "broken"),
        (document(paragraph("海川公司签约。"))[:400], "broken"),
        (document("<w:p>"), "no XML"),
        (document(paragraph(""), numbering='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "declares entities"),
        (
            document(*[paragraph("海")] * 3, styles="<a>" + " " * (300 << 20) + "</a>"),
            "unpacked too large|GiB",
        ),
        (
            document(paragraph("海"), styles="<a>" + " " * (5 << 20) + "</a>"),
            "unpacked too large: word/styles.xml",
        ),
    ],
    ids=["old", "noise", "half", "no XML", "entities", "bomb", "blanks"],
)
def test_a_hostile_document_is_one_line(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)

    with pytest.raises(SourceError, match=words) as caught:
        read_article(path)

    assert "\n" not in str(caught.value)
    assert caught.value.hint
