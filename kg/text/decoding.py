"""Bytes -> text: which of the encodings that Chinese texts come in, decided strictly; a few broken bytes are shown as such (�)."""

from __future__ import annotations

import codecs
import re
from functools import cache

from kg.base.errors import SourceError
from kg.base.late import late

ENCODINGS = "UTF-8, GB18030, Big5 or UTF-16"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ["gb18030", "big5hkscs", "utf_16_le", "utf_16_be"]
_CHARSET = late(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
}  # what pages call by the name of its subset
_HAN = late(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_KANA = late(r"[\u3041-\u30fa]")
_LEAST_HAN = 0.2  # share of Chinese characters among letters and digits
_WRITING = late(r"[\u2e80-\u2fff\u3040-\ud7ff\ue000-\uf8ff\uf900-\ufaff\U00010000-\U0010ffff]")
_SAMPLE = 100_000  # code points looked at to tell text from noise
_CONTROLS = late(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.01
_MOST_BROKEN = 0.005  # of a text's characters; what has more is no text in that encoding
_LOST = "\ufffd"
_LEAST_COMMON = 0.85  # of everyday characters: 20 characters read right have 0.92, UTF-8 read wrong 0.57


def decode(data: bytes, where: object, *, markup: bool = False) -> str:
    """Return the text of ``data``: by its byte-order mark, else as UTF-8, else by what ``charset_normalizer`` recognises.

    Args:
        data: the bytes of a file.
        where: its name, for the message.
        markup: the bytes are HTML, whose ``<meta charset>`` is believed when it fits.

    Raises:
        SourceError: they are no text in one of these encodings.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _readable(_strictly(data, encoding, where), where)
    text = _try(data, "utf-8")
    if text is None and markup:
        text = _declared(data)
    text = text if text is not None else _mended(data, "utf-8")
    if text is None or "\0" in text:  # UTF-16 without its mark may be well-formed UTF-8 full of NULs
        text = _recognised(data) or text or _mended(data, "gb18030")
    if text is None:
        raise _undecodable(data, where)
    return _readable(text, where)


def is_chinese(text: str) -> bool:
    """Say whether ``text`` reads as Chinese: enough of its letters are Chinese characters, and hardly any are kana."""
    sample = text[:_SAMPLE]
    han, kana = len(_HAN.findall(sample)), len(_KANA.findall(sample))
    return han > 0 and han - 3 * kana >= _LEAST_HAN * sum(map(str.isalnum, sample))


def _strictly(data: bytes, encoding: str, where: object) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig" and (text := _mended(data.removeprefix(codecs.BOM_UTF8), "utf-8")):
            return text
        fault = f"marked as {encoding.upper().removesuffix('-SIG')}, but broken at byte {error.start}"
        raise SourceError(where, fault, "save it again as UTF-8") from error


def _readable(text: str, where: object) -> str:
    """Return the text, or refuse what is a picture or a program with a text's encoding."""
    if "\0" in text or len(_CONTROLS.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) * _MOST_CONTROLS:
        raise _binary(where)
    return text


def _binary(where: object) -> SourceError:
    return SourceError(
        where,
        "a binary file, no text: it holds NUL or control characters",
        "give the article as text or HTML",
    )


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _mended(data: bytes, encoding: str) -> str | None:
    """Return a text with a few broken bytes, each shown as what is lost; None where it would be no Chinese text, or full of holes."""
    text = data.decode(encoding, "replace")
    if (
        text.count(_LOST) > max(2, _MOST_BROKEN * len(text))
        or "\0" in text
        or not _reads_like_chinese(text.replace(_LOST, ""))
    ):
        return None
    return text


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    if not found:
        return None
    name = found[1].decode("ascii").lower()
    return _try(data, _WIDER.get(name, name))


def _recognised(data: bytes) -> str | None:
    """Return the likeliest strict decoding that reads like Chinese, or None."""
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_GUESSES).best()
    names = ([best.encoding] if best else []) + _GUESSES
    for name in dict.fromkeys(names):
        text = _try(data, name)
        if text is not None and "\0" not in text and _reads_like_chinese(text):
            return text
    return None


def _reads_like_chinese(text: str) -> bool:
    writing = _WRITING.findall(text[:_SAMPLE])
    common = _common_characters()
    return bool(writing) and sum(character in common for character in writing) >= _LEAST_COMMON * len(writing)


@cache
def _common_characters() -> frozenset[str]:
    """Return the everyday characters: level 1 of GB 2312 (3,755) and the frequent plane of Big5 (5,401)."""
    simplified = bytes(b for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for b in (lead, trail))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = bytes(b for lead in range(0xA4, 0xC7) for trail in trails for b in (lead, trail))
    return frozenset(simplified.decode("gb2312", "ignore") + traditional.decode("big5", "ignore"))


def _undecodable(data: bytes, where: object) -> SourceError:
    hint = "save it again as UTF-8"
    if b"\0" in data:
        return _binary(where)
    if _reads_like_chinese(data.decode("utf-8", "replace")):
        at = _first_fault(data)
        return SourceError(
            where, f"UTF-8 text with a broken byte at {at} (line {data.count(10, 0, at) + 1})", hint
        )
    return SourceError(where, f"no text in {ENCODINGS}", hint)


def _first_fault(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0
