"""Bodies whose name has a country, or a place in brackets, in it: 印度信实, 荷兰皇家壳牌, 甲机械（河阳）有限公司; the place alone is not meant.

A country before a word that is no place is a company only where the sentence shows one: it deals, or the name stands alone in
brackets behind a body or a word for one (全球最大油企（沙特阿美）).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import Article, Mention, Span, TaggedSentence, Token
from kg.names.branded import is_somebody
from kg.names.gazetteer import gazetteer
from kg.names.heads import NAME_TAGS, head_class, is_name, mention_of
from kg.names.lexicon import organizations, regions

_OPEN, _CLOSE = frozenset("（("), frozenset("）)")
_BRANDS: Final = frozenset({"ORG", "LOC", "nz", "n", "nw"})
_BODIES: Final = frozenset({"ORG", "LOC", "n", "nz"})
_NO_PART: Final = frozenset({"v", "u", "p", "d", "c", "ORG", "PER"})
_LONGEST: Final = 4  # characters of a brand behind its country
_FULL: Final = late(
    r"[（(](?P<place>[^（()），。、：；]{2,8})[）)](?P<rest>[^（()），。、：；！？\s]{0,10}?(?:有限责任公司|股份有限公司|有限公司|集团公司))"
)


def find_national(_: Article, tagged: Sequence[TaggedSentence]) -> list[list[Mention]]:
    """Return the bodies of each sentence that have a place in their name as no other rule would take it."""
    return [[*_with_country(sentence.tokens), *_with_brackets(sentence)] for sentence in tagged]


def _with_country(tokens: Sequence[Token]) -> Iterator[Mention]:
    """Yield companies called by their country and a brand, in one word or more."""
    for at, token in enumerate(tokens):
        if token.tag not in NAME_TAGS:
            continue
        if _is_brand(_behind_country(token.text)) and (
            _is_alone_in_brackets(tokens, at) or is_somebody(tokens, at, at)
        ):
            yield mention_of(tokens, at, at, "Organization", "dealing")
        last = _of_the_crown(tokens, at)
        if last > at and (tokens[last].tag == "ORG" or is_somebody(tokens, at, last)):
            yield mention_of(tokens, at, last, "Organization", "dealing")


def _behind_country(text: str) -> str:
    """Return what stands behind the country that a word begins with, "" where none does."""
    lists = regions()
    for size in range(min(len(text) - 1, 8), 1, -1):
        if text[:size] in lists.countries or text[:size] in lists.same:
            return text[size:]
    return ""


def _is_brand(text: str) -> bool:
    """Say whether a word behind a country may be a brand: no place, no plain noun, no body by its head."""
    lists = regions()
    return (
        2 <= len(text) <= _LONGEST
        and text not in lists.cities
        and text not in lists.regions
        and text not in gazetteer().forms
        and text not in organizations().common
        and text[-1] not in lists.place_ends
        and not text.endswith(lists.no_brands)
        and not head_class(text)
    )


def _is_alone_in_brackets(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word stands alone in brackets behind a body or a word for one: 油企（甲）."""
    if at < 2 or at + 1 >= len(tokens) or tokens[at - 1].text not in _OPEN:
        return False
    before = tokens[at - 2]
    called = before.tag == "ORG" or before.text.endswith(organizations().called_in_brackets)
    return called and tokens[at + 1].text[0] in _CLOSE


def _of_the_crown(tokens: Sequence[Token], at: int) -> int:
    """Return where a name ends that is a country, 皇家 or 国家 and an industry or a brand; -1 where none begins at ``at``."""
    words = organizations().behind_country
    if (
        tokens[at].text not in regions().countries
        or at + 2 >= len(tokens)
        or tokens[at + 1].text not in words
    ):
        return -1
    brand = tokens[at + 2]
    named = brand.tag == "ORG" or brand.text in organizations().industry
    behind = tokens[at + 3] if at + 3 < len(tokens) else None
    return at + 2 if named and (behind is None or behind.tag not in _BODIES) else -1


def _with_brackets(sentence: TaggedSentence) -> Iterator[Mention]:
    """Yield companies with a place in brackets before their legal form: 甲机械（河阳）有限公司."""
    text, origin = sentence.sentence.text, sentence.sentence.span.start
    for match in _FULL.finditer(text):
        front = _front(sentence.tokens, origin + match.start())
        if front is None or _has_deed(sentence.tokens, origin + match.start("rest"), origin + match.end()):
            continue
        if not _is_place(sentence.tokens, match["place"], origin + match.start("place")):
            continue
        name = text[front - origin : match.end()]
        if is_name(name):
            yield Mention(Span(front, origin + match.end()), name, "Organization", "dealing")


def _front(tokens: Sequence[Token], end: int) -> int | None:
    """Return where the name begins whose first part ends before a bracket."""
    at = next((number for number, token in enumerate(tokens) if token.end == end), None)
    if at is None or tokens[at].tag not in _BRANDS:
        return None
    while at and tokens[at].tag != "ORG" and tokens[at - 1].tag in ("nz", "LOC", "ORG"):
        at -= 1
    return tokens[at].start


def _has_deed(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Say whether a verb, or the name of another body, stands between two positions: （甲市）收购乙有限公司."""
    inside = [token for token in tokens if start <= token.start and token.end <= end]
    known = organizations().verbs_inside
    return any(token.tag in _NO_PART and token.text not in known for token in inside)


def _is_place(tokens: Sequence[Token], text: str, start: int) -> bool:
    known = text in regions().countries or text in regions().regions or text in gazetteer().forms
    if known or text in regions().cities:
        return True
    # The tagger may take the brackets and the legal form for one mark.
    return any(t.start == start and t.tag == "LOC" for t in tokens) or any(
        t.start == start - 1 and len(t.text) > len(text) for t in tokens
    )
