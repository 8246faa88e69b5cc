"""Names of organisations and places in one tagged sentence: the tagger's own, joined and extended around their heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.base.model import Mention, Token
from kg.names.body import find_around_head
from kg.names.body_list import find_listed
from kg.names.body_shapes import find_called, find_quoted, find_shaped, is_kind_of_company
from kg.names.branded import find_branded
from kg.names.heads import NAME_TAGS, head_class
from kg.names.mend import body_behind_deed, find_tagged


def find_organizations(tokens: Sequence[Token]) -> Iterator[Mention]:
    """Yield the names of organisations and places in one sentence; prefixes of a longer name may come too."""
    found = list(_find(tokens))
    yield from found
    yield from find_listed(tokens, found)


def _find(tokens: Sequence[Token]) -> Iterator[Mention]:
    for at, token in enumerate(tokens):
        yield from find_branded(tokens, at)
        if token.tag in NAME_TAGS:
            yield from find_tagged(tokens, at)
        else:
            yield from find_shaped(tokens, at)
        if token.text == "”" and (quoted := find_quoted(tokens, at)) is not None:
            yield quoted
        if at and is_kind_of_company(tokens[at - 1]):
            yield from find_called(tokens, at)
        head, behind = head_class(token.text), body_behind_deed(tokens, at)
        if behind is not None:
            yield behind
        elif head:
            found = find_around_head(tokens, at, head)
            if found is not None:
                yield found
