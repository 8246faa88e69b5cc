"""Title and first sentences -> ``Told``: who does what to whom, as the wording of a kind of event has it.

Shapes run over sentences whose names are symbols (``kg.facts.passage``). What stands in brackets or quotation marks'
own signs is left out; a space of a title parts its clauses as a comma does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from kg.base.late import late
from kg.base.model import EntityId, Link, Reading, Sentence, Span, Status
from kg.base.nesting import outermost
from kg.facts.event import KindWords, event_words
from kg.facts.passage import ANY, SYMBOLS

__all__ = ["Told", "blanked", "masked_title", "names_in", "told", "told_by_fields"]

_OPEN: Final = {"（": "）", "(": ")", "【": "】", "[": "]"}
_FULL: Final = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_DROPPED: Final = frozenset("“”‘’\"'「」『』《》〈〉<>\u3000\t ")
_BLANK: Final = "\0"
_CLAUSE_END: Final = late("[，。；：！？…—]")
_MORE: Final = late(
    f"(?:、|和|及|以及)[^，。；：、{ANY}]{{0,8}}[{SYMBOLS['Place']}{SYMBOLS['Organization']}]{{0,2}}"
    f"[^，。；：、{ANY}]{{0,12}}{SYMBOLS['Person']}"
)
_REPORTED: Final = late("(?:^|[，：])(?:网?传|据传|据悉|据称|消息称|有消息称)|知情人士|消息人士")
_ACTORS: Final = frozenset(("Person", "Organization"))
_WORKS: Final = frozenset(("Document", "Activity", "Product"))
_SILENT: Final = frozenset(("Person", "Organization", "Place", "Product"))  # their names say no event
_NEAR: Final = 2  # sentences of the body that may tell it where the title names nobody, or somebody else
_MOST: Final = 6  # who one event names on a side: more are a list


@dataclass(frozen=True, slots=True)
class Told:
    """Who does what to whom in one sentence, or in several taken together."""

    sentence: Sentence  # that tells it best
    trigger: Span  # the words that say it there
    clauses: tuple[Span, ...]  # all that tell it, the best first
    agents: tuple[EntityId, ...]
    patients: tuple[EntityId, ...]
    status: Status


@dataclass(frozen=True)
class _Mask:
    text: str
    at: tuple[int, ...]
    links: dict[int, Link]


def told(reading: Reading, words: KindWords, title: Sentence, rest: Sequence[Sentence]) -> Told | None:
    """Return what title and first sentences tell, taken together; None where neither does.

    The title says who it is about. A later sentence may name a side that the title leaves out, if it tells of the same.
    """
    links = _links_of(reading, [title, *rest], words)
    about = _about(links[title.index], words)
    found: Told | None = None
    for number, sentence in enumerate((title, *rest)):
        named = {link.entity for link in links[sentence.index]}
        mask = _mask(sentence, links[sentence.index], spaced=sentence is title)
        if not about and number > _NEAR:
            break
        for one in _matches(mask, sentence, words):
            near = words.by_sentence and number <= _NEAR
            if about and not about & (named if near else {*one.agents, *one.patients}):
                continue
            found = _merged(reading.article.text, found, one, several=words.several) or found
    return found


def _about(links: Sequence[Link], words: KindWords) -> set[EntityId]:
    """Return whom the title is about: the honour it names, where honours are given; else its people and bodies."""
    honours = {link.entity for link in links if link.type == "Award"} if words.of_honours else set()
    return honours or {link.entity for link in links if link.type in _ACTORS}


def masked_title(reading: Reading, title: Sentence) -> str:
    """Return the title without the names in it."""
    links = [link for link in reading.links if title.span.holds(link.span)]
    return _mask(title, links, spaced=True).text


def names_in(reading: Reading, title: Sentence) -> tuple[Span, ...]:
    """Return where a title, from its own start, has names that say no event, whatever is in them: 中标 in that of a product.

    Names of documents, events and honours may say one (《中标通知书》), and so may those of projects.
    """
    origin = title.span.start
    return tuple(
        Span(link.span.start - origin, link.span.end - origin)
        for link in reading.links
        if link.type in _SILENT
        and not (link.type == "Product" and link.text.endswith(event_words().projects))
        and title.span.holds(link.span)
    )


def blanked(text: str, names: Sequence[Span]) -> str:
    """Return a text as long, with nothing to read where the names are."""
    for name in names:
        text = f"{text[: name.start]}{_BLANK * len(name.of(text))}{text[name.end :]}"
    return text


def told_by_fields(reading: Reading, words: KindWords, sentences: Sequence[Sentence]) -> Told | None:
    """Return what the lines of a notice tell: 采购人：甲 / 中标人：乙; None where they name nobody."""
    links = _links_of(reading, sentences, words)
    found: Told | None = None
    for sentence in sentences:
        mask = _mask(sentence, links[sentence.index], spaced=False)
        for shape in words.fields:
            for match in shape.finditer(mask.text):
                one = _told(mask, sentence, match, words)
                if one.agents or one.patients:
                    found = one if found is None else _joined(reading.article.text, found, one)
    return found


def _merged(text: str, found: Told | None, one: Told, *, several: bool) -> Told | None:
    """Return both together; None where the second tells of another event, unless there may be ``several`` of one kind."""
    if found is None:
        return one
    if several and not set(found.patients) & set(one.patients):
        return (
            _joined(text, found, one)
            if one.sentence is found.sentence and one.status == found.status
            else None
        )
    for mine, its in ((found.agents, one.agents), (found.patients, one.patients)):
        if mine and its and not set(mine) & set(its):
            return None
    return _joined(text, found, one)


def _joined(text: str, found: Told, one: Told) -> Told:
    """Return both together; a title leaves 拟 out, so the same verb in the text may say that it is but planned."""
    same = found.trigger.of(text) == one.trigger.of(text)
    better = one if one.agents and one.patients and not (found.agents and found.patients) else found
    other = found if better is one else one
    return Told(
        better.sentence,
        better.trigger,
        tuple(dict.fromkeys((*better.clauses, *other.clauses))),
        tuple(dict.fromkeys((*found.agents, *one.agents))),
        tuple(dict.fromkeys((*found.patients, *one.patients))),
        one.status if same and found.status == "asserted" else found.status,
    )


# A sentence -----------------------------------------------------------------------------------------------------------


def _links_of(reading: Reading, sentences: Sequence[Sentence], words: KindWords) -> dict[int, list[Link]]:
    """Return the names of each sentence, without works whose own names say the event: 《中标通知书》."""
    known = {entity.id for entity in reading.entities}
    return {
        sentence.index: [
            link
            for link in reading.links
            if sentence.span.holds(link.span)
            and link.entity in known
            and not (link.type in _WORKS and (words.through_works or words.title.search(link.text)))
        ]
        for sentence in sentences
    }


def _mask(sentence: Sentence, links: Sequence[Link], *, spaced: bool) -> _Mask:
    text, origin = sentence.text, sentence.span.start
    names = {link.span.start - origin: link for link in outermost(links)[0]}
    chars: list[str] = []
    at: list[int] = []
    own: dict[int, Link] = {}
    here = 0
    while here < len(text):
        step, char = 1, text[here]
        if here in names:
            link = own[len(chars)] = names[here]
            step = link.span.end - link.span.start
            char = SYMBOLS[names[here].type]
        elif char in _OPEN and (close := text.find(_OPEN[char], here)) > 0:
            here = close + 1
            continue
        elif char == "," and text[here - 1 : here].isdigit() and text[here + 1 : here + 2].isdigit():
            pass  # 20,000 is one number
        elif spaced and char in " \u3000" and chars:
            char = "，"
        elif char in _DROPPED:
            here += 1
            continue
        chars.append(
            char if step == 1 and char == "," and chars and chars[-1].isdigit() else _FULL.get(char, char)
        )
        at.append(origin + here)
        here += step
    return _Mask("".join(chars), tuple(at), own)


def _matches(mask: _Mask, sentence: Sentence, words: KindWords) -> Iterator[Told]:
    found = chain.from_iterable(shape.finditer(mask.text) for shape in words.shapes)
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        one = _told(mask, sentence, match, words)
        if one.agents or one.patients:
            yield one


def _told(mask: _Mask, sentence: Sentence, match: re.Match[str], words: KindWords) -> Told:
    groups = match.groupdict()
    agents = _slot(mask, *match.span("a"), words) if groups.get("a") else ()
    patients = (
        (*_slot(mask, *match.span("p"), words), *_listed(mask, match.end("p"))) if groups.get("p") else ()
    )
    patients = tuple(one for one in dict.fromkeys(patients) if one not in agents)[:_MOST]
    cue = match.span("c") if groups.get("c") else match.span()
    end = _CLAUSE_END.search(mask.text, match.end())
    stop = end.start() if end else len(mask.text)
    start = max((found.end() for found in _CLAUSE_END.finditer(mask.text, 0, match.start())), default=0)
    clause = mask.text[start:stop]
    status: Status = "asserted"
    if words.planned.search(mask.text, start, cue[1]) or (
        words.near and event_words().pending.search(mask.text, cue[1], stop)
    ):
        status = "planned"
    elif _REPORTED.search(mask.text, 0, cue[0]) and "公告" not in clause:
        status = "reported"
    return Told(sentence, _span(mask, *cue), (_span(mask, start, stop),), agents, patients, status)


def _listed(mask: _Mask, end: int) -> Iterator[EntityId]:
    """Yield the people of a list that goes on behind one: 甲国总理张三、乙国总理李四."""
    person = SYMBOLS["Person"]
    while mask.text[end - 1] == person and (more := _MORE.match(mask.text, end)):
        end = more.end()
        yield mask.links[end - 1].entity


def _slot(mask: _Mask, start: int, end: int, words: KindWords) -> tuple[EntityId, ...]:
    """Return whom a slot names; of places in a chain only the last, and of a tender nobody who only sees to it."""
    place = SYMBOLS["Place"]
    names = [
        mask.links[i]
        for i in range(start, end)
        if i in mask.links and not (mask.text[i] == place and i + 1 < end and i + 1 in mask.links)
    ]
    if words.through_agencies:
        names = [link for link in names if not event_words().agency.search(link.text)]
    return tuple(dict.fromkeys(link.entity for link in names))[:_MOST]


def _span(mask: _Mask, start: int, end: int) -> Span:
    """Return the article's span under positions of a mask (not empty)."""
    last = mask.links.get(end - 1)
    return Span(mask.at[start], last.span.end if last else mask.at[end - 1] + 1)
