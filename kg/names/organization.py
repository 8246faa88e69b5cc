"""Names of organisations and places in one tagged sentence: the tagger's own, joined and extended around their heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.base.model import Mention, Token
from kg.names.body import find_around_head
from kg.names.body_list import find_listed
from kg.names.body_shapes import find_called, find_quoted, find_shaped, is_kind_of_company, may_end_shape
from kg.names.branded import find_branded, may_end_brand
from kg.names.heads import NAME_TAGS, head_class
from kg.names.mend import body_behind_deed, find_tagged, may_hide_body


def find_organizations(tokens: Sequence[Token]) -> Iterator[Mention]:
    """Yield the names of organisations and places in one sentence; prefixes of a longer name may come too."""
    found = list(_find(tokens))
    yield from found
    yield from find_listed(tokens, found)


def _find(tokens: Sequence[Token]) -> Iterator[Mention]:
    goes_on = False  # what stands before may be the front of a name of any words
    for at, token in enumerate(tokens):
        ends, begins = _sides(token.text, token.tag)
        if ends or goes_on:
            yield from _ending_at(tokens, at)
        goes_on = begins


@lru_cache(maxsize=65536)
def _sides(text: str, tag: str) -> tuple[bool, bool]:
    """Say whether a word may be the last of a name, and whether any word behind it may; most are and do neither."""
    if tag in NAME_TAGS:
        return True, True
    ends = (
        text == "”"
        or may_end_brand(text, tag)
        or may_end_shape(text)
        or may_hide_body(text, tag)
        or head_class(text) != ""
    )
    return ends, is_kind_of_company(text, tag)


def _ending_at(tokens: Sequence[Token], at: int) -> Iterator[Mention]:
    token = tokens[at]
    yield from find_branded(tokens, at)
    if token.tag in NAME_TAGS:
        yield from find_tagged(tokens, at)
    else:
        yield from find_shaped(tokens, at)
    if token.text == "”" and (quoted := find_quoted(tokens, at)) is not None:
        yield quoted
    if at and is_kind_of_company(tokens[at - 1].text, tokens[at - 1].tag):
        yield from find_called(tokens, at)
    head, behind = head_class(token.text), body_behind_deed(tokens, at)
    if behind is not None:
        yield behind
    elif head:
        found = find_around_head(tokens, at, head)
        if found is not None:
            yield found
