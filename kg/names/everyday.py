"""People called by everyday words (高山, 成功, 向前), found where the build of the sentence leaves nothing else for the word.

Three builds do: a row of posts with a person behind each (书记张三、市长|成功、副市长李四), a row of people who do one thing each
(张三、|高山|分别任), and a post with its body before the word and a verb of saying behind (甲学院院长|江山|表示).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from kg.base.late import late
from kg.base.model import Mention, Span, Token
from kg.names.heads import head_class
from kg.names.lexicon import names, regions, titles
from kg.names.person import has_surname, is_foreign

_ROW: Final = frozenset({"n", "nz", "nw", "a", "an", "ad", "vn", "v", "d", "ORG", "LOC", "s"})
_PLAIN: Final = frozenset({"n", "nz", "nw", "ORG"})
_POSTS: Final = frozenset({"leading", "state"})
_BODIES: Final = frozenset({"ORG", "LOC"})
_BULLET: Final = late("[、；■●◆▲★•·①-⑳]")
_EACH: Final = frozenset({"分别", "先后", "同时", "均", "都", "双双", "一同"})
_DIRECTION: Final = late("向[前后上东南西北]")  # towards: before a verb of saying it can only be a name
_LONGEST_BODY: Final = 5  # words between a mark and the post behind it


def people_of_everyday_words(tokens: Sequence[Token]) -> Iterator[Mention]:
    """Yield the people of a sentence whose names the tagger took for plain words."""
    for at, token in enumerate(tokens):
        if token.tag not in _ROW or not _is_like_name(token.text):
            continue
        in_row = _is_in_row_of_posts(tokens, at) or _is_in_row_of_people(tokens, at)
        if in_row or (_DIRECTION.fullmatch(token.text) and _speaks(tokens, at)):
            yield Mention(Span(token.start, token.end), token.text, "Person", "title-row")
        elif _speaks(tokens, at):
            yield Mention(Span(token.start, token.end), token.text, "Person", "title-name")


def _may_be_name(token: Token) -> bool:
    return token.tag in _ROW and _is_like_name(token.text)


@lru_cache(maxsize=65536)
def _is_like_name(text: str) -> bool:
    if not has_surname(text) or titles().class_of(text):
        return False
    known = text in names().no_people or text in regions().countries
    return not known and head_class(text) not in {"strong", "part", "weak", "industry"}


def _is_post(tokens: Sequence[Token], at: int) -> bool:
    return 0 <= at < len(tokens) and titles().class_of(tokens[at].text) in _POSTS


def _is_in_row_of_posts(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word stands behind a post as a person does behind the post before or behind it in the row."""
    if not _is_post(tokens, at - 1) or not _is_closed(tokens, at):
        return False
    return _is_item(tokens, _item_before(tokens, at - 1)) or _is_item(tokens, _item_behind(tokens, at))


def _is_closed(tokens: Sequence[Token], at: int) -> bool:
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.tag == "w" or _BULLET.match(after.text):
        return True
    return after.text in names().saying or after.text in names().acting or after.text in {"等", "和", "与"}


def _item_before(tokens: Sequence[Token], post: int) -> int:
    """Return the index of the last word of the item before the one whose post stands at ``post``, -1 for none."""
    at = post - 1
    while at >= 0 and post - at <= _LONGEST_BODY and not _BULLET.match(tokens[at].text):
        if tokens[at].tag in {"w", "v", "p", "u", "c", "r"} or titles().class_of(tokens[at].text):
            return -1
        at -= 1
    return at - 1 if at >= 0 and _BULLET.match(tokens[at].text) else -1


def _item_behind(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the person of the item behind the one that ends at ``at``, -1 for none."""
    if at + 1 >= len(tokens) or not _BULLET.match(tokens[at + 1].text):
        return -1
    for post in range(at + 2, min(at + 2 + _LONGEST_BODY, len(tokens))):
        if _is_post(tokens, post):
            return post + 1 if post + 1 < len(tokens) else -1
        if tokens[post].tag in {"w", "v", "p", "u", "c", "r"}:
            return -1
    return -1


def _is_item(tokens: Sequence[Token], at: int) -> bool:
    """Say whether the word is a person behind a post, or may be one and stands behind one in the row."""
    if at < 1 or not _is_post(tokens, at - 1):
        return False
    return tokens[at].tag == "PER" or (
        _may_be_name(tokens[at]) and _is_item(tokens, _item_before(tokens, at - 1))
    )


def _is_in_row_of_people(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word stands in a row with people who do one thing each: 张三、|高山|分别任."""
    first = at
    while first >= 2 and tokens[first - 1].text == "、" and _may_stand_in_row(tokens[first - 2]):
        first -= 2
    last = at
    while (
        last + 2 < len(tokens)
        and tokens[last + 1].text in {"、", "和", "与"}
        and _may_stand_in_row(tokens[last + 2])
    ):
        last += 2
    if first == last or not any(tokens[n].tag == "PER" for n in range(first, last + 1, 2)):
        return False
    begins = first == 0 or tokens[first - 1].tag == "w" or _is_post(tokens, first - 1)
    return begins and last + 1 < len(tokens) and tokens[last + 1].text in _EACH


def _may_stand_in_row(token: Token) -> bool:
    return token.tag == "PER" or _may_be_name(token)


def _speaks(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word has the post of a body before it and says something: 甲学院院长|江山|表示."""
    says = at + 1 < len(tokens) and tokens[at + 1].text in names().saying
    if not says or not _is_post(tokens, at - 1):
        return False
    if _DIRECTION.fullmatch(tokens[at].text):
        return True
    return tokens[at].tag in _PLAIN and at >= 2 and tokens[at - 2].tag in _BODIES


def foreigners_like_places(tokens: Sequence[Token]) -> Iterator[Mention]:
    """Yield the people whose foreign names are those of places too, behind a post of state: 甲国总理|索菲亚."""
    for at, token in enumerate(tokens):
        if (
            token.tag == "LOC"
            and is_foreign(token.text)
            and len(token.text) > 1
            and token.text not in regions().countries
            and at >= 2
            and tokens[at - 2].tag in _BODIES
            and _is_post(tokens, at - 1)
            and _is_closed(tokens, at)
            and not (at + 1 < len(tokens) and tokens[at + 1].text in names().acting)  # 总统|莫斯科|会见来宾
        ):
            yield Mention(Span(token.start, token.end), token.text, "Person", "title-name")
