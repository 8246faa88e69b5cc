"""Bytes -> text: which of the encodings that Chinese texts come in, decided strictly, so that nothing is silently damaged."""

from __future__ import annotations

import codecs
import re
from functools import cache

from kg.errors import SourceError

ENCODINGS = "UTF-8, GB18030, Big5 or UTF-16"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ["gb18030", "big5hkscs", "utf_16_le", "utf_16_be"]
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
}  # what pages call by the name of its subset
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_WRITING = re.compile(r"[\u2e80-\u2fff\u3040-\ud7ff\ue000-\uf8ff\uf900-\ufaff\U00010000-\U0010ffff]")
_SAMPLE = 100_000  # code points looked at to tell text from noise
_LEAST_COMMON = 0.9  # share of everyday characters in a real text


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
            return _strictly(data, encoding, where)
    text = _try(data, "utf-8")
    if text is None and markup:
        text = _declared(data)
    if text is None:
        text = _recognised(data)
    if text is None:
        raise _undecodable(data, where)
    if "\0" in text:
        text = _recognised(data) if len(data) % 2 == 0 else None
        if text is None:
            raise SourceError(
                where, "a binary file, no text: it holds NUL bytes", "give the article as a text or HTML file"
            )
    return text


def han_share(text: str) -> float:
    """Return the share of Chinese characters among the letters, digits and Chinese characters of ``text``."""
    sample = text[:_SAMPLE]
    han = len(_HAN.findall(sample))
    return han / max(1, sum(map(str.isalnum, sample)))


def _strictly(data: bytes, encoding: str, where: object) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            where, f"marked as {encoding.upper()}, but broken at byte {error.start}", "save it again as UTF-8"
        ) from error
    if "\0" in text:
        raise SourceError(
            where,
            "a binary file, no text: it holds NUL characters",
            "give the article as a text or HTML file",
        )
    return text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


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
        return SourceError(
            where, "a binary file, no text: it holds NUL bytes", "give the article as a text or HTML file"
        )
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
