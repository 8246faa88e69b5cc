"""``kg build --mask``: no byte that kg writes, in any spelling, holds what is masked, and each command says what it is."""

from __future__ import annotations

import base64
import gzip
import html
import os
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from typer.testing import CliRunner

import kg
from kg.base import children, language
from kg.base.errors import KgError
from kg.cli.app import app
from kg.cli.personal import _MANY, _ONE
from kg.graph.validate import validate
from kg.text.personal.mask import MARK
from kg.text.personal.shapes import KINDS
from tests.forked import run_raw

ID, OLD_ID, PASSPORT = "11010119900307803X", "110101900307803", "E12345678"
MOBILE, LANDLINE, SERVICE = "13800138000", "0730-8888888", "400-800-1234"
HOME, PLATE, CARD, ACCOUNT = "青山路12号3栋2单元501室", "湘F12345", "6222021234567890128", "1907060109200012"
SECRETS = (ID, OLD_ID, PASSPORT, MOBILE, LANDLINE, SERVICE, HOME, PLATE, CARD, ACCOUNT)
WRITTEN = (
    *SECRETS,
    "138-0013-8000",
    "138 0013 8000",
    "１３８００１３８０００",
    "6222 0212 3456 7890 128",
    "湘F·12345",
    "8888888",
    "110101 19900307 803X",
)
"""Every way in which the articles below write them."""

TEXT = f"""甲市通报{MOBILE}一案 {ID}
作者：王五{MOBILE}
来源：甲市新闻网{PLATE}
2024年5月6日，青山集团董事长王大海（身份证号：{ID}，旧证号{OLD_ID}，护照号码：{PASSPORT}）访问白水大学。
王大海{MOBILE}任蓝石公司总经理，电话{LANDLINE}，手机138-0013-8000、１３８００１３８０００，热线{SERVICE}。
王大海驾驶{PLATE}来到甲市，家住云溪区{HOME}。湘F·12345登记在青山集团名下，集团投资1380013万元。
青山集团开户行：甲银行，账号：{ACCOUNT}，银行卡6222 0212 3456 7890 128。请拨打8888888。
姓名\t身份证号\t银行卡\t电话
王大海\t{ID}\t{CARD}\t{MOBILE}
李小明\t110101 19900307 803X\t{CARD}\t138 0013 8000
"""
PAGE = f"""<!doctype html><html><head><title>甲市通报 {MOBILE} {ID}</title><meta name="author" content="王五 {MOBILE}">
<meta name="description" content="{ID}"><meta property="og:url" content="http://example.cn/a?tel={MOBILE}"></head>
<body data-owner="{ID}"><article><h1>甲市通报 {MOBILE}</h1><p title="{CARD}">青山集团董事长王大海（身份证号：110101<b>19900307</b>803X）
访问白水大学，家住云溪区{HOME}，电话138&#48;0138000，驾驶{PLATE}。</p><!-- {CARD} -->
<p>青山集团的账号为{ACCOUNT}，护照{PASSPORT}，旧证{OLD_ID}，电话{LANDLINE}，热线{SERVICE}，欢迎前来办理有关事项。</p>
<table><tr><th>姓名</th><th>银行卡</th><th>手机</th></tr><tr><td>王大海</td><td>{CARD}</td><td>{MOBILE}</td></tr>
<tr><td>李小明</td><td>{CARD}</td><td>{MOBILE}</td></tr></table></article></body></html>"""
MARKDOWN = f"---\ntitle: 甲市通报 {MOBILE}\nauthor: 王五 {MOBILE}\nurl: http://example.cn/?tel={MOBILE}\n---\n# 通报 {ID}\n\n{TEXT}"


def spellings(data: bytes, depth: int = 2) -> Iterator[bytes]:
    """The bytes, and what they hold as escapes of Turtle, JSON, HTML and URLs, as base64 and as compressed data."""
    yield data
    text = data.decode("utf-8", "replace")
    yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text).encode("utf-8", "replace")
    yield html.unescape(text).encode("utf-8", "replace")
    yield unquote_to_bytes(data)
    if not depth:
        return
    for inflate in (gzip.decompress, zlib.decompress, lambda raw: zlib.decompress(raw, -15)):
        with suppress(OSError, EOFError, zlib.error):
            yield from spellings(inflate(data), depth - 1)
    for run in re.findall(rb"[A-Za-z0-9+/_-]{24,}={0,2}", data):
        with suppress(ValueError):
            yield from spellings(
                base64.b64decode(run + b"==", b"-_" if b"-" in run or b"_" in run else None), depth - 1
            )


def leaks(data: bytes) -> set[str]:
    """What is found of the masked words in some bytes."""
    return {word for form in spellings(data) for word in WRITTEN if word.encode() in form}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "below").mkdir(parents=True)
    (folder / f"王大海 {ID}.txt").write_text(TEXT, encoding="utf-8")
    (folder / "below" / f"{MOBILE}.txt").write_text(f"甲市通报二\n{TEXT}", encoding="gb18030")
    (folder / f"{PLATE}.html").write_text(PAGE, encoding="utf-8")
    (folder / "page.md").write_text(MARKDOWN, encoding="utf-8")
    (folder / f"坏 {MOBILE}.txt").write_bytes(b"")
    return folder


def run(*words: object, stdin: bytes | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return run_raw(*words, input=stdin or b"", env={**os.environ, **environment})


def test_leaks_are_seen_in_every_spelling() -> None:
    packed = base64.b64encode(gzip.compress(f"甲{MOBILE}乙".encode()))

    assert leaks(f"a{ID}".encode()) == {ID}
    assert leaks(b'"\\u0031\\u003380\\u0030138000"') == {MOBILE}
    assert leaks(b"1380013800&#48;") == {MOBILE}
    assert leaks(b"x " + packed + b" y") == {MOBILE}


def test_no_byte_that_is_written_holds_what_is_masked(articles: Path, tmp_path: Path) -> None:
    out, temporary, trace = tmp_path / "out", tmp_path / "tmp", tmp_path / "trace"
    temporary.mkdir()
    words = [*children.command("-m", "kg"), "build", str(articles), "-", "-o", str(out), "--mask", "all"]
    if shutil.which("strace"):  # then every byte that goes anywhere is looked at, not only those that stay
        calls = "trace=write,writev,pwrite64,sendto,sendmsg,rename,renameat2,mkdir"
        words = ["strace", "-f", "-qq", "-xx", "-s", "100000000", "-e", calls, "-o", str(trace), *words]
    done = subprocess.run(
        words,
        input=f"甲市通报三\n{TEXT}".encode(),
        env={**children.environment(), "TMPDIR": str(temporary)},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 3, done.stderr  # the empty one is skipped
    files = [path for path in (*out.rglob("*"), *temporary.rglob("*")) if path.is_file()]
    assert len(files) >= 7
    assert {path.name: leaks(path.name.encode()) | leaks(path.read_bytes()) for path in files} == {
        path.name: set() for path in files
    }
    assert leaks(done.stdout + done.stderr) == set()
    assert f"坏 {MARK * 11}.txt".encode() in done.stderr
    if trace.exists():
        said = re.sub(rb"\\x([0-9a-f]{2})", lambda code: bytes.fromhex(code[1].decode()), trace.read_bytes())
        assert len(said) > 100_000
        assert leaks(said) == set()


def test_what_is_no_personal_datum_is_read_as_before(articles: Path) -> None:
    graph = kg.build(articles / "page.md", mask="all")

    assert "1380013万元" in next(iter(graph.texts.values()))
    assert {row["yuan"] for row in graph.query("money")} == {"13800130000"}
    assert {row["subject"] for row in graph.query("SELECT ?subject { ?subject a kg:Person }")}


def test_every_place_in_the_text_stays(articles: Path) -> None:
    path = articles / f"王大海 {ID}.txt"
    text = path.read_text(encoding="utf-8")
    (hidden,) = kg.build(path, mask="all").texts.values()

    assert len(hidden) == len(text)
    assert all(one in (other, MARK) for one, other in zip(hidden, text, strict=True))
    assert kg.build(path).personal.keys() == {"id", "phone", "address", "plate", "account"}
    assert kg.build(path, mask="all").personal == {}


def test_the_graph_says_what_was_masked_and_keeps_its_rules() -> None:
    graph = kg.build_text(TEXT, mask=["phone", "id"])
    asked = "SELECT ?kind { ?article kg:masked ?kind } ORDER BY ?kind"

    assert [row["kind"] for row in graph.query(asked)] == ["id", "phone"]
    assert validate(graph.graph) == ()
    assert not kg.build_text(TEXT).query(asked)
    wrong = graph.to_turtle().replace('kg:masked "id"', 'kg:masked "name"')
    assert [violation.path for violation in validate(type(graph.graph).parse(wrong.encode(), "turtle"))]


def test_python_tells_a_kind_there_is_not() -> None:
    with pytest.raises(KgError, match="no kind of personal data: names"):
        kg.build_text("甲", mask="names")


@pytest.fixture
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield
    language.choose(None)


NOTICE = "甲市通报\n王某（身份证号：11010119900307803X，手机13800138000、13900139000）到案。"


@pytest.mark.usefixtures("_english")
@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            [],
            "kg: 1 identity number, 2 telephone numbers stand in the texts; --mask id,phone puts × for them",
        ),
        (["--lang", "zh"], "kg：文本中有1 个身份证件号、2 个电话号码；--mask id,phone 可用 × 遮盖"),
        (["--mask", "all"], "kg: masked: 1 identity number, 2 telephone numbers"),
        (["--mask", "plate"], "kg: masked: nothing; the texts hold no such data"),
        (["--mask", "id"], "kg: 2 telephone numbers stand in the texts; --mask id,phone puts × for them"),
        (["--mask", "id,phone", "--lang", "zh"], "kg：已遮盖：1 个身份证件号、2 个电话号码"),
    ],
)
def test_a_line_says_how_many_there_were(tmp_path: Path, words: list[str], line: str) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")

    done = CliRunner().invoke(
        app, ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--no-validate", *words]
    )

    assert done.exit_code == 0
    assert line in done.output.splitlines()


@pytest.mark.usefixtures("_english")
def test_nothing_is_said_where_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "20240506123.txt").write_text("青山村修桥\n青山村村长王大海主持修桥。", encoding="utf-8")

    done = CliRunner().invoke(app, ["build", str(tmp_path), "-o", str(tmp_path / "out"), "--no-validate"])

    assert not done.stderr


def test_a_wrong_choice_is_a_wrong_use() -> None:
    done = CliRunner().invoke(app, ["build", "--mask", "name"])

    assert done.exit_code == 2
    said = " ".join(done.output.split())
    assert (
        "--mask: no kind of personal data: name (give some of id, phone, address, plate, account, or all)"
        in said
    )


def test_each_kind_has_its_words() -> None:
    assert tuple(_ONE) == tuple(_MANY) == KINDS


@pytest.mark.usefixtures("_english")
def test_the_folder_that_is_written_is_named_without_its_number(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("青山村修桥\n青山村村长王大海主持修桥。", encoding="utf-8")

    def build(*words: str) -> str:
        done = CliRunner().invoke(
            app,
            ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / MOBILE), "--no-validate", *words],
        )
        assert done.exit_code == 0
        return done.output

    hidden = str(tmp_path / (MARK * 11))
    said = build("--mask", "phone")
    assert MOBILE not in said
    assert f"written to {hidden}: " in said
    assert f"kg query people -g {hidden} " in said
    assert f"kg query people -g {tmp_path / MOBILE} " in build("--mask", "plate")


def test_errors_name_a_file_without_its_number(tmp_path: Path) -> None:
    (tmp_path / f"{MOBILE}.txt").write_bytes(b"")
    out = tmp_path / "out"

    for words in (("--strict",), (), ("-o", tmp_path / f"{MOBILE}.txt")):
        done = CliRunner().invoke(
            app,
            ["build", str(tmp_path / f"{MOBILE}.txt"), "--mask", "phone", "-o", str(out), *map(str, words)],
        )
        assert done.exit_code == 1
        assert isinstance(done.exception, KgError)
        assert MOBILE not in str(done.exception)
        assert MARK * 11 in str(done.exception)


@pytest.mark.usefixtures("_english")
def test_verify_says_that_an_article_was_masked(tmp_path: Path) -> None:
    source, other, out = tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "out"
    source.write_text(NOTICE.replace("到案", "任青山集团董事长"), encoding="utf-8")
    other.write_text("青山村修桥\n青山村村长王大海主持修桥。", encoding="utf-8")
    kg.build(source, mask="id,phone").save(out)

    def verify(*words: object) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["verify", "-g", str(out), *map(str, words)])
        return done.exit_code, done.output

    assert verify()[0] == 0
    assert "masked" not in verify()[1]
    status, said = verify(source)
    assert status == 0
    assert (
        "kg: a: the text given is the one before id, phone were masked; its masked form is compared" in said
    )
    status, said = verify(other)
    assert status == 1
    assert "kg: a: id, phone were masked before it was read" in said
    source.write_text(source.read_text(encoding="utf-8").replace("董事长", "总经理"), encoding="utf-8")
    assert verify(source)[0] == 1


def test_the_masked_texts_take_the_place_of_the_others(tmp_path: Path) -> None:
    source, out = tmp_path / "a.txt", tmp_path / "out"
    source.write_text(TEXT, encoding="utf-8")
    kg.build(source).save(out)

    assert leaks(b"".join(path.read_bytes() for path in out.rglob("*.*")))
    kg.build(source, mask="all").save(out, replace=True)

    assert leaks(b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())) == set()
    assert sorted(path.name for path in out.iterdir()) == ["articles", "graph.html", "graph.ttl"]
