"""Frozen values <-> lists for JSON, exactly: what is made of a list equals what the list was made of.

A value is the list of its fields in their order, without those at its end that are what they are by default. The words
under a span of the article are left out: they are cut from its text again.
"""

from __future__ import annotations

import base64
import dataclasses
import types
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal, NewType, Union, get_args, get_origin, get_type_hints

__all__ = ["Codec", "codec_of"]

Encode = Callable[[Any, str], Any]
Decode = Callable[[Any, str], Any]

_CUT: Final = {"text", "quote"}
"""Fields that hold the words under the field ``span`` of the same value, as a rule."""


@dataclasses.dataclass(frozen=True, slots=True)
class Codec:
    """How values of one type become JSON, and JSON such values; both are told the text of the article."""

    encode: Encode
    decode: Decode


def _same(value: Any, _text: str) -> Any:  # noqa: ANN401 - any value of JSON
    return value


_PLAIN: Final = Codec(_same, _same)
_DECIMAL: Final = Codec(lambda value, _: str(value), lambda value, _: Decimal(value))
_BYTES: Final = Codec(
    lambda value, _: base64.b64encode(value).decode("ascii"),
    lambda value, _: base64.b64decode(value, validate=True),
)
_DATE: Final = Codec(lambda value, _: value.isoformat(), lambda value, _: date.fromisoformat(value))


@cache
def codec_of(hint: Any) -> Codec:  # noqa: ANN401 - a type as annotations write it
    """Return the codec of a type: a frozen dataclass, a tuple, a plain value, or one of them or None.

    Raises:
        TypeError: values of this type have none.
    """
    if isinstance(hint, NewType):
        return codec_of(hint.__supertype__)
    if dataclasses.is_dataclass(hint):
        return _of_fields(hint)
    if hint in (str, int, float, bool) or get_origin(hint) is Literal:
        return _PLAIN
    if hint is Decimal:
        return _DECIMAL
    if hint is date:
        return _DATE
    if hint is bytes:
        return _BYTES
    if get_origin(hint) is tuple:
        return _of_tuple(get_args(hint))
    if get_origin(hint) in (Union, types.UnionType):
        return _or_none(hint)
    raise TypeError(f"no way to write {hint!r} as JSON")


def _or_none(hint: Any) -> Codec:  # noqa: ANN401
    kinds = [each for each in get_args(hint) if each is not type(None)]
    if len(kinds) != 1:
        raise TypeError(f"no way to write {hint!r} as JSON")
    encode, decode = codec_of(kinds[0]).encode, codec_of(kinds[0]).decode
    return Codec(
        lambda value, text: None if value is None else encode(value, text),
        lambda value, text: None if value is None else decode(value, text),
    )


def _of_tuple(kinds: tuple[Any, ...]) -> Codec:
    if kinds[-1] is Ellipsis:
        one = codec_of(kinds[0])
        if one is _PLAIN:
            return Codec(lambda value, _: list(value), lambda value, _: tuple(value))
        encode, decode = one.encode, one.decode
        return Codec(
            lambda value, text: [encode(each, text) for each in value],
            lambda value, text: tuple([decode(each, text) for each in value]),
        )
    codecs = [codec_of(kind) for kind in kinds]
    return Codec(
        lambda value, text: [one.encode(each, text) for one, each in zip(codecs, value, strict=True)],
        lambda value, text: tuple([one.decode(each, text) for one, each in zip(codecs, value, strict=True)]),
    )


def _of_fields(kind: Any) -> Codec:  # noqa: ANN401
    hints = get_type_hints(kind)
    fields = dataclasses.fields(kind)
    names = [field.name for field in fields]
    codecs = [codec_of(hints[name]) for name in names]
    spanned = "span" in names
    parts = [
        (name, one.encode, spanned and name in _CUT, _default(field, one))
        for name, one, field in zip(names, codecs, fields, strict=True)
    ]
    decoders = [None if one is _PLAIN else one.decode for one in codecs]
    cut = [at for at, name in enumerate(names) if spanned and name in _CUT]
    span = names.index("span") if spanned else 0

    def encode(value: Any, text: str) -> list[Any]:  # noqa: ANN401
        row, used = [], 0
        for name, encoded, is_cut, default in parts:
            own = getattr(value, name)
            written = (
                None if is_cut and own == text[value.span.start : value.span.end] else encoded(own, text)
            )
            row.append(written)
            if is_cut or written != default or type(written) is not type(default):
                used = len(row)
        return row[:used]

    def decode(row: Any, text: str) -> Any:  # noqa: ANN401
        own = [
            one if decoded is None else decoded(one, text)
            for decoded, one in zip(decoders, row, strict=False)
        ]
        for at in cut:
            if own[at] is None:
                own[at] = text[own[span].start : own[span].end]
        return kind(*own)

    return Codec(encode, decode)


def _default(field: dataclasses.Field[Any], codec: Codec) -> object:
    """Return what stands for the default of a field; an object of its own where it has none."""
    if field.default is dataclasses.MISSING:
        return object()
    return codec.encode(field.default, "")
