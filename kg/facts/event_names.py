"""The names of a title and of what follows it, as they may stand in the slots of a main event's shapes.

A name that is cut wrong tells nothing, nor does a noun that stands for nobody named before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import EntityId, Link, Reading, Sentence, Span
from kg.facts.event_words import KindWords, event_words
from kg.facts.passage import mask_of

__all__ = ["about", "blanked", "is_whole", "issuer", "links_of", "masked_title", "names_in"]

_BLANK: Final = "\0"
_ACTORS: Final = frozenset(("Person", "Organization"))
_WORKS: Final = frozenset(("Document", "Activity", "Product"))
_TELLING: Final = frozenset(("Activity", "Award"))  # their names may say what a title is about
_ATTENDED: Final = late("(?:出席|参加|列席|参与)了?$")
_HONOURS: Final = frozenset(("Award",))
_NOWHERE: Final = frozenset(("Place",))
_SILENT: Final = frozenset(("Person", "Organization", "Place", "Product"))  # their names say no event
_REACH: Final = 3  # characters around a border that a word across it may take
_ISSUED: Final = late(
    r"(?:[（(][^（()）]{1,16}[)）])?(?:[：:]|关于|(?:控股|重要|第[一二三]大)?股东|实控人|实际控制人|董事|高管|监事)"
)


def masked_title(reading: Reading, title: Sentence, *, honours: bool = True) -> str:
    """Return the title without the names in it, but with those of events and honours: 演练 in one is what it is about.

    Without ``honours``, theirs are left out too: 研究 in that of a prize is what it is given for. What somebody attends says
    no more than why he came: 会见来出席纪念活动的甲. A cry that it opens with is left out: 祝贺甲荣获乙奖.
    """
    telling = _TELLING if honours else _TELLING - _HONOURS
    names = {
        link.span.start - title.span.start: link
        for link in reading.links
        if title.span.holds(link.span)
        and (link.type not in telling or _ATTENDED.search(reading.article.text, 0, link.span.start))
    }
    text = mask_of(title.text, title.span.start, names, Span(0, len(title.text)), spaced=True).text
    return event_words().hails.sub("", text, count=1)


def names_in(reading: Reading, title: Sentence, *, honours: bool = False) -> tuple[Span, ...]:
    """Return where a title, from its own start, has names that say no event, whatever is in them: 中标 in that of a product.

    Names of documents, events and honours may say one (《中标通知书》), and so may those of projects. With ``honours``,
    those of honours are given too: 十大科技进展 in one says nothing of how far anything has come.
    """
    origin = title.span.start
    return tuple(
        Span(link.span.start - origin, link.span.end - origin)
        for link in reading.links
        if link.type in (_SILENT | _HONOURS if honours else _SILENT)
        and not (link.type == "Product" and link.text.endswith(event_words().projects))
        and title.span.holds(link.span)
    )


def blanked(text: str, names: Sequence[Span]) -> str:
    """Return a text as long, with nothing to read where the names are."""
    for name in names:
        text = f"{text[: name.start]}{_BLANK * len(name.of(text))}{text[name.end :]}"
    return text


def is_whole(text: str, link: Link) -> bool:
    """Say whether no word reaches over a border of a name, and no two bodies are run together in it."""
    if event_words().joined.search(link.text):
        return False
    cut = {"Person": event_words().cut_behind, "Organization": event_words().cut_body}.get(link.type)
    if cut is not None and cut.match(text, link.span.end):
        return False
    for border in (link.span.start, link.span.end):
        for word in event_words().whole.finditer(text, max(0, border - _REACH), border + _REACH):
            if word.start() < border < word.end():
                return False
    return True


def _by_beginning(reading: Reading) -> dict[str, list[tuple[str, EntityId]]]:
    """Return the names of people by their first character, the longest first."""
    found: dict[str, list[tuple[str, EntityId]]] = {}
    for entity in reading.entities:
        if entity.type == "Person":
            for name in entity.names:
                found.setdefault(name[0], []).append((name, entity.id))
    for names in found.values():
        names.sort(key=lambda one: (-len(one[0]), one))
    return found


def _whole_name(text: str, link: Link, names: Mapping[str, list[tuple[str, EntityId]]]) -> Link:
    """Return a name of somebody, or the longer one of another that stands there: 特朗|普通电话 where 特朗普 is named elsewhere."""
    if link.type != "Person":
        return link
    for name, entity in names.get(link.text[:1], ()):
        if len(name) > len(link.text) and text.startswith(name, link.span.start):
            end = link.span.start + len(name)
            return Link(Span(link.span.start, end), name, entity, link.type, link.rule)
    return link


def about(links: Sequence[Link], words: KindWords) -> tuple[set[EntityId], bool]:
    """Return whom the title is about, and whether these are but bodies where people would be.

    It is the people, where people meet; else its people and bodies, and the honour it names, where honours are given, or
    all but places, where things are.
    """
    honours = {link.entity for link in links if link.type == "Award"} if words.of_honours else set()
    people = {link.entity for link in links if link.type == "Person"} if words.of_people else set()
    actors = {
        link.entity
        for link in links
        if link.type in _ACTORS or (words.of_things and link.type not in _NOWHERE)
    }
    return people or honours | actors, words.of_people and not people


def links_of(reading: Reading, sentences: Sequence[Sentence], words: KindWords) -> dict[int, list[Link]]:
    """Return the names of each sentence that may stand in a slot.

    Left out are works whose own names say the event (《中标通知书》) unless one in quotation marks is what it is told of, nouns for bodies that are not named before, and all
    nouns where shares change hands: 公司 there is whose notice it is, whoever was named last.
    """
    known = {entity.id for entity in reading.entities}
    text, names = reading.article.text, _by_beginning(reading)
    named: dict[EntityId, int] = {}
    for link in reading.links:
        if link.is_name:
            named.setdefault(link.entity, link.span.start)
    return {
        sentence.index: [
            _whole_name(text, link, names)
            for link in reading.links
            if sentence.span.holds(link.span)
            and link.entity in known
            and (link.is_name or not words.near)
            and not (
                link.type in _WORKS
                and (
                    words.through_works
                    or (
                        not (words.of_things and link.text.startswith("《")) and words.title.search(link.text)
                    )
                )
            )
            and named.get(link.entity, link.span.end) <= link.span.start
        ]
        for sentence in sentences
    }


def issuer(text: str, links: Sequence[Link], title: Sentence) -> EntityId | None:
    """Return the company whose notice a title is, or whose holders or managers it is about: 甲股份：, 甲股份控股股东."""
    for link in links:
        behind = link.type == "Organization" and not text[title.span.start : link.span.start].strip()
        if behind and _ISSUED.match(text, link.span.end):
            return link.entity
    return None
