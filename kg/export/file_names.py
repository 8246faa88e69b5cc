"""Names of files that are told apart and can be written on every system, and links between them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Final

__all__ = ["file_names", "link"]

_LONGEST: Final = (
    120  # bytes of a name, its mark and ending left out: some systems take 255, some whole paths 260
)
_NONE: Final = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*#^\[\]`\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]'
)
"""What one system or another does not take, or a link could not lead to."""

_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_MARKS: Final = (8, 20, 200)  # characters of an IRI that tell names apart
_RESERVED: Final = ("index", "log")  # of the Open Knowledge Format
_IN_LINK: Final = re.compile(r"""[\s%<>()\[\]\\"'`]""")


def file_names(wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a name for a file, without its ending, by the IRI of what it is about.

    A name is that of the thing where it can be; where two would be one, on a system that ignores case or composes characters,
    each has the end of its IRI behind it.

    Args:
        wanted: IRI and name.
    """
    plain = {iri: _plain(name) for iri, name in wanted}
    many = Counter(map(_key, plain.values()))
    for length in _MARKS:
        names = {
            iri: name if many[_key(name)] == 1 else f"{name} {_mark(iri)[-length:]}"
            for iri, name in plain.items()
        }
        if len(set(map(_key, names.values()))) == len(names):
            break
    return names


def link(path: str) -> str:
    """Return a path as the target of a Markdown link.

    >>> link("../things/甲 (a).md")
    '../things/甲%20%28a%29.md'
    """
    return _IN_LINK.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), path)


def _plain(name: str) -> str:
    name = " ".join(_NONE.sub("_", unicodedata.normalize("NFC", name)).split())
    name = name.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore").strip(" .")
    if not name or _DEVICES.fullmatch(name) or name.casefold() in _RESERVED:
        name = f"_{name}"
    return name


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _mark(iri: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", iri)
