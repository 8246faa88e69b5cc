"""Names of places that are something else where they stand: a person, an everyday word, the first half of a road."""

from __future__ import annotations

from collections.abc import Collection, Iterator, MutableMapping, Sequence
from itertools import pairwise
from typing import Final

from kg.base.model import EntityType, Mention, Span, TaggedSentence, Token
from kg.names.gazetteer import gazetteer
from kg.names.heads import is_wide
from kg.names.lexicon import regions, titles
from kg.names.person import has_surname, is_foreign
from kg.names.place import is_everyday, is_in_road, is_part_of_town

_NEVER_BEHIND_PERSON: Final = frozenset({"n", "LOC", "ORG", "nz", "vn", "f", "s"})
_NAMING_TITLES: Final = frozenset({"leading", "professional", "membership", "staff", "sport"})
CAPITALS: Final = ("首都", "首府", "省会", "州府")
_CUT_OFF: Final = frozenset({"r", "xc", "u", "m"})
_ENUMERATION: Final = "、"
_LIES_IN: Final = frozenset({"位于", "地处", "坐落于", "坐落在"})
_AHEAD: Final = 8  # characters behind a name that tell a road


def people_like_places(tokens: Sequence[Token]) -> Iterator[Mention]:
    """Yield the people of a sentence that are called like a county or city, and stand right behind a title (院长|邹平)."""
    for at, token in enumerate(tokens):
        if token.tag == "LOC" and at and _is_short(token.text) and has_surname(token.text):
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            closed = after is None or after.tag not in _NEVER_BEHIND_PERSON
            if closed and titles().class_of(tokens[at - 1].text) in _NAMING_TITLES:
                yield Mention(Span(token.start, token.end), token.text, "Person", "title-name")


def capitals(tokens: Sequence[Token]) -> Iterator[Mention]:
    """Yield the cities that the tagger took for people, behind 首都 and its like; no place where a pronoun may be cut of one's end."""
    for at, token in enumerate(tokens):
        if at and token.tag == "PER" and tokens[at - 1].text in CAPITALS and is_foreign(token.text):
            cut = at + 1 < len(tokens) and tokens[at + 1].tag in _CUT_OFF
            yield Mention(Span(token.start, token.end), token.text, "Person" if cut else "Place", "capital")


def _is_short(text: str) -> bool:
    """Say whether a place of the official list is named without its level, and is no large city that all know."""
    places = gazetteer()
    codes = places.codes(text)
    if not codes or text[-1] in regions().level_ends or any(places.official[code] == text for code in codes):
        return False
    return text in regions().everyday_places or not is_wide(text)


def retype_place_words(
    types: MutableMapping[str, EntityType],
    found: Sequence[Sequence[Mention]],
    tagged: Sequence[TaggedSentence],
) -> None:
    """A place that is named like a person behind a title is that person; short names in a row with people are no places.

    Neither where the article names the place in full.
    """
    short = {name for name, kind in types.items() if kind in {"Place", "Person"} and _is_short(name)}
    short = {name for name in short if not _is_named_in_full(name, types)}
    if not short:
        return
    titled = {m.text for row in found for m in row if m.type == "Person" and m.rule == "title-name"}
    titled.update(_behind_titles(tagged))
    types.update(dict.fromkeys(short & titled, "Person"))
    people = {
        name for name, kind in types.items() if kind == "Person" and (name in titled or name not in short)
    }
    doubtful = {name for name in short if types[name] == "Place"}
    for name in sorted(doubtful.intersection(_beside_people(people, tagged))):
        if has_surname(name):
            types[name] = "Person"
        else:
            del types[name]
    for name in sorted(_plain_words(short & regions().everyday_places, tagged)):
        if types.get(name) == "Place":
            del types[name]


def _plain_words(names: Collection[str], tagged: Sequence[TaggedSentence]) -> set[str]:
    """Return the names that the tagger reads as plain words more often than as places."""
    balance = dict.fromkeys(names, 0)
    for sentence in tagged:
        for token in sentence.tokens:
            if token.text in balance:
                balance[token.text] += 1 if token.tag == "LOC" else -1
    return {name for name, more in balance.items() if more < 0}


def _behind_titles(tagged: Sequence[TaggedSentence]) -> Iterator[str]:
    """Yield the words that the tagger takes for people right behind a title."""
    for sentence in tagged:
        for before, token in pairwise(sentence.tokens):
            if token.tag == "PER" and titles().class_of(before.text) in _NAMING_TITLES:
                yield token.text


def _is_named_in_full(name: str, types: MutableMapping[str, EntityType]) -> bool:
    places = gazetteer()
    return any(places.official[code] in types for code in places.codes(name))


def _beside_people(people: Collection[str], tagged: Sequence[TaggedSentence]) -> Iterator[str]:
    """Yield the words that stand in one enumeration with a person (代表|邹平、永安、长治)."""
    for sentence in tagged:
        row: list[str] = []
        mark = ""
        for token in sentence.tokens:
            if token.text != _ENUMERATION:
                if mark != _ENUMERATION:
                    yield from _not_places(row, people)
                    row = []
                row.append(token.text)
            mark = token.text
        yield from _not_places(row, people)


def _not_places(row: Sequence[str], people: Collection[str]) -> Sequence[str]:
    """Return the words of an enumeration where one of them is a person."""
    return row if len(row) > 1 and any(word in people for word in row) else ()


def find_located(found: Sequence[Sequence[Mention]], tagged: Sequence[TaggedSentence]) -> set[str]:
    """Return the words that a sentence says something lies in, or that the tagger takes for a place behind 在 and the like.

    Such a word is a place even if it is also the brand of a company of the article (甲乙酒业集团在甲乙设厂).
    """
    places = {(m.span.start, m.text) for row in found for m in row if m.type == "Place"}
    return {
        token.text
        for sentence in tagged
        for before, token in pairwise(sentence.tokens)
        if before.text in _LIES_IN
        or (before.text in regions().into and token.tag == "LOC" and (token.start, token.text) in places)
    }


def is_meant(mention: Mention, sentence: TaggedSentence, text: str) -> bool:
    """Say whether a place found again is meant where its characters stand, and no road, part of a town or everyday word."""
    name = mention.text
    if mention.type != "Place" or not gazetteer().codes(name):
        return True
    if name[-1] not in regions().level_ends and is_in_road(
        text[mention.span.end : mention.span.end + _AHEAD]
    ):
        return False
    if name not in regions().everyday_places and name not in regions().parts_of_towns:
        return True
    at = next((n for n, token in enumerate(sentence.tokens) if token.start == mention.span.start), None)
    if at is None or sentence.tokens[at].text != name:
        return True
    if name in regions().parts_of_towns:
        return not is_part_of_town(sentence.tokens, at, name)
    return sentence.tokens[at].tag == "LOC" and not is_everyday(sentence.tokens, at, name)
