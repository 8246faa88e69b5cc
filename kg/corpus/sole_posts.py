"""Posts that one person holds at a time, as far as ``data/language/sole_posts.toml`` knows them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.base.wordlist import read_words

__all__ = ["is_sole_post"]


@cache
def _sole() -> tuple[frozenset[str], Mapping[str, tuple[str, ...]]]:
    table = read_words("language/sole_posts.toml").only("anywhere", "at_ends")
    ends = table.table("at_ends")
    return frozenset(table.words("anywhere")), {post: ends.words(post) for post in ends.data}


def is_sole_post(role: str, body: str) -> bool:
    """Say whether one person at a time holds a post at a body.

    >>> is_sole_post("市长", "湖州市"), is_sole_post("副市长", "湖州市"), is_sole_post("主任", "甲大学")
    (True, False, False)
    """
    anywhere, ends = _sole()
    return role in anywhere or body.endswith(ends.get(role, ())) if role else False
