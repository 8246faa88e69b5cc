"""Who does what to whom in titles, first sentences and lines of notices, as the shapes of a kind of event have it.

Shapes run over names as symbols (`kg.facts.passage`). What stands in brackets is left out; a space of a title parts its
clauses as a comma does. A name that is cut wrong tells nothing, nor does a noun that stands for nobody named before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from kg.base.late import late
from kg.base.model import EntityId, Link, Reading, Sentence, Span, Status
from kg.base.nesting import outermost
from kg.facts.event_names import about, is_whole, issuer, links_of
from kg.facts.event_words import KindWords, Shape, event_words
from kg.facts.ground import pattern
from kg.facts.passage import ANY, SYMBOLS, Mask, mask_of, span_under

__all__ = ["Told", "told", "told_by", "told_by_fields", "told_by_lines"]

_CLAUSE_END: Final = late("[，。；：！？…—\n]")
_MORE: Final = late(
    f"(?:、|和|及|以及)[^，。；：、{ANY}]{{0,8}}[{SYMBOLS['Place']}{SYMBOLS['Organization']}]{{0,2}}"
    f"[^，。；：、{ANY}]{{0,12}}{SYMBOLS['Person']}"
)
_BEFORE: Final = late(
    f"{SYMBOLS['Person']}(?:教授|院士|博士|老师|同学)?(?:团队|课题组)?(?:[、/]|和|及|以及)[^，。；：、{ANY}]{{0,8}}[{SYMBOLS['Place']}{SYMBOLS['Organization']}]{{0,2}}"
    f"[^，。；：、{ANY}]{{0,12}}$"
)
_IN: Final = late(f"{SYMBOLS['Person']}[^，。；：{ANY}]{{0,4}}[在于]$")
_OF_ISSUER: Final = late("(?:持|让|购|入|牌|的)(?:本|该|上市)?公司[^，。；]{0,14}?(?:股份|股票|股权)")
_NEAR: Final = 2  # sentences of the body that may tell it where the title names nobody, or somebody else
_MOST: Final = 6  # who one event names on a side: more are a list
_AGENTS: Final = ("a", "b")  # the slots of a shape that name who does it: who sells, and who buys it from him
_PATIENTS: Final = ("p", "q")  # to whom: two ways to say it in one shape
_TO: Final = late("^向|[给予至于]$")  # verbs of selling that say to whom


@dataclass(frozen=True, slots=True)
class Told:
    """Who does what to whom in one sentence, or in several taken together."""

    sentence: Sentence  # that tells it best
    trigger: Span  # the words that say it there
    clauses: tuple[Span, ...]  # all that tell it, the best first
    agents: tuple[EntityId, ...]
    patients: tuple[EntityId, ...]
    status: Status


def told(reading: Reading, words: KindWords, title: Sentence, rest: Sequence[Sentence]) -> Told | None:
    """Return what title and first sentences tell, taken together; None where neither does.

    The title says who it is about. A later sentence may name a side that the title leaves out, if it tells of the same.
    """
    links = links_of(reading, [title, *rest], words)
    about_whom, only_bodies = about(links[title.index], words)
    if words.of_honours and words.notice is not None and words.notice.search(title.text):
        about_whom = set()  # 市政府 in it is 甲市人民政府 in the title
    company = issuer(reading.article.text, links[title.index], title) if words.near else None
    found: Told | None = None
    for number, sentence in enumerate((title, *rest)):
        named = {link.entity for link in links[sentence.index]} | _written(reading, about_whom, sentence)
        if not about_whom and number > _NEAR:
            break
        for one in told_by(
            words.shapes,
            reading.article.text,
            sentence,
            links[sentence.index],
            words,
            spaced=sentence is title,
        ):
            near = (words.by_sentence or only_bodies) and number <= _NEAR
            if (
                about_whom
                and not about_whom & (named if near else {*one.agents, *one.patients})
                and not (near and words.near and _is_of_issuer(reading.article.text, one))
            ):
                continue
            whole = _with_company(reading.article.text, one, company)
            found = _merged(reading.article.text, found, whole, words) or found
    return found


def _written(reading: Reading, about_whom: Set[EntityId], sentence: Sentence) -> set[EntityId]:
    """Return those the title is about whose names stand in a sentence, also where they were read there as no name."""
    return {
        entity.id
        for entity in reading.entities
        if entity.id in about_whom and any(name in sentence.text for name in entity.names)
    }


def _is_of_issuer(text: str, one: Told) -> bool:
    """Say whether a clause tells what somebody does with shares of the company whose title or notice it is: 减持公司股份."""
    return not one.patients and _OF_ISSUER.search(one.clauses[0].of(text)) is not None


def _with_company(text: str, one: Told, company: EntityId | None) -> Told:
    """Return what is told with the company whose notice it is, where its shares change hands: 股东乙减持公司股份."""
    if company is None or company in one.agents or not _is_of_issuer(text, one):
        return one
    return replace(one, patients=(company,))


def told_by(
    shapes: Iterable[Shape],
    text: str,
    sentence: Sentence,
    links: Sequence[Link],
    words: KindWords,
    *,
    spaced: bool = False,
) -> Iterator[Told]:
    """Yield what shapes of a kind find in a sentence, in its order.

    Args:
        shapes: those that are tried.
        text: of the article.
        sentence: where.
        links: its names.
        words: of the kind.
        spaced: see `kg.facts.passage.mask_of`.
    """
    names = {link.span.start - sentence.span.start: link for link in outermost(links)[0]}
    mask = mask_of(sentence.text, sentence.span.start, names, Span(0, len(sentence.text)), spaced=spaced)
    found = (match for shape in shapes for match in shape.pattern.finditer(mask.text))
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        one = _told(text, mask, sentence, match, words)
        if one is not None:
            yield one


def told_by_fields(reading: Reading, words: KindWords, sentences: Sequence[Sentence]) -> Told | None:
    """Return what the lines of a notice tell: 采购人：甲 / 中标人：乙; None where they name nobody."""
    links = links_of(reading, sentences, words)
    rows = {sentence: links[sentence.index] for sentence in sentences}
    found: Told | None = None
    for one in told_by_lines(words.fields, reading.article.text, rows, words):
        found = one if found is None else _joined(reading.article.text, found, one)
    return found


def told_by_lines(
    shapes: Iterable[Shape], text: str, rows: Mapping[Sentence, Sequence[Link]], words: KindWords
) -> Iterator[Told]:
    """Yield what shapes of a kind find in lines taken together, shape by shape; a field's name may stand in a line of its own.

    Args:
        shapes: those that are tried.
        text: of the article.
        rows: the lines, at least one, in order, with their names.
        words: of the kind.
    """
    lines = tuple(rows)
    whole = Span(lines[0].span.start, lines[-1].span.end)
    names = {
        link.span.start - whole.start: link for links in rows.values() for link in outermost(tuple(links))[0]
    }
    mask = mask_of(whole.of(text), whole.start, names, Span(0, whole.end - whole.start))
    for shape in shapes:
        for match in shape.pattern.finditer(mask.text):
            at = mask.at[match.start()]
            line = next(line for line in reversed(lines) if line.span.start <= at)
            one = _told(text, mask, line, match, words, listed=True)
            if one is not None:
                yield one


# What is told ---------------------------------------------------------------------------------------------------------


def _merged(text: str, found: Told | None, one: Told, words: KindWords) -> Told | None:
    """Return both together; None where the second tells of another event, unless there may be several of one kind."""
    if found is None:
        return one
    if words.same is not None:
        step, other = (set(words.same.findall(told.trigger.of(text))) for told in (found, one))
        if not step & other:
            return None  # who had him arrested has not accused him
    apart = words.several or (words.joins and found.patients and one.patients)
    if apart and not set(found.patients) & set(one.patients):
        return (
            _joined(text, found, one)
            if one.sentence is found.sentence and one.status == found.status
            else None
        )
    both = ((found.agents, one.agents), (found.patients, one.patients))
    for mine, its in both[1:] if _is_one_sale(text, found, one) else both:
        if mine and its and not set(mine) & set(its):
            return None
    return _joined(text, found, one)


def _is_one_sale(text: str, found: Told, one: Told) -> bool:
    """Say whether one tells who sells and the other to whom, of the same shares: 甲转让乙股权; 将乙股权转让给丙."""
    verbs, sells = (found.trigger.of(text), one.trigger.of(text)), event_words().sells
    return bool(set(found.patients) & set(one.patients)) and (
        all(map(sells.search, verbs)) and len({_TO.search(verb) is None for verb in verbs}) > 1
    )


def _joined(text: str, found: Told, one: Told) -> Told:
    """Return both together; a title leaves 拟 out, so the same verb in the text may say that it is but planned."""
    verbs = found.trigger.of(text), one.trigger.of(text)
    same = verbs[0].startswith(verbs[1]) or verbs[1].startswith(verbs[0])
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


def _told(
    text: str, mask: Mask, sentence: Sentence, match: re.Match[str], words: KindWords, *, listed: bool = False
) -> Told | None:
    """Return what a match tells; None where its slots name nobody, or by a name that is cut wrong."""
    groups = match.groupdict()
    agents = [link for name in _AGENTS if groups.get(name) for link in _slot(mask, *match.span(name), words)]
    patients = [
        link for name in _PATIENTS if groups.get(name) for link in _slot(mask, *match.span(name), words)
    ]
    patients += _listed(mask, match.end("p")) if groups.get("p") else []
    if words.of_people and agents:
        agents = [*_listed_before(mask, match.start("a")), *agents]
    if (
        words.of_honours
        and groups.get("p")
        and match.end("p") <= match.start("c" if groups.get("c") else "d")
    ):
        patients = [*_listed_before(mask, match.start("p")), *patients]
    if not (agents or patients) or not all(is_whole(text, link) for link in (*agents, *patients)):
        return None
    if words.of_honours and _is_scene(mask, match.start("p") if groups.get("p") else -1):
        return None
    ends = [tuple(dict.fromkeys(link.entity for link in side)) for side in (agents, patients)]
    cue = match.span("c") if groups.get("c") else match.span()
    end = _CLAUSE_END.search(mask.text, match.end())
    stop = end.start() if end else len(mask.text)
    start = max((found.end() for found in _CLAUSE_END.finditer(mask.text, 0, match.start())), default=0)
    return Told(
        sentence,
        span_under(mask.at, mask.links, *cue),
        (span_under(mask.at, mask.links, start, stop),),
        ends[0][:_MOST],
        tuple(one for one in ends[1] if one not in ends[0])[:_MOST],
        "asserted" if listed else _status(mask, words, (start, stop), cue),
    )


def _is_scene(mask: Mask, start: int) -> bool:
    """Say whether a place behind somebody is where he wins: 甲在乙市再获奖."""
    if start < 1 or mask.text[start] != SYMBOLS["Place"]:
        return False
    return mask.text[start - 1] == SYMBOLS["Person"] or _IN.search(mask.text, 0, start) is not None


def _status(mask: Mask, words: KindWords, clause: tuple[int, int], cue: tuple[int, int]) -> Status:
    start, stop = clause
    if words.near and event_words().refused.match(mask.text, cue[0]):
        return "denied"
    if words.near and (
        pattern("before", "not_binding").search(mask.text, 0, cue[1])
        or pattern("behind", "pending").search(mask.text, cue[1])
    ):
        return "planned"
    if words.planned.search(mask.text, start, cue[1]) or (
        words.near and event_words().pending.search(mask.text, cue[1], stop)
    ):
        return "planned"
    told_on = event_words().reported.search(mask.text, mask.text.rfind("\n", 0, cue[0]) + 1, cue[0])
    return "reported" if told_on and "公告" not in mask.text[start:stop] else "asserted"


def _listed(mask: Mask, end: int) -> list[Link]:
    """Return the people of a list that goes on behind one: 甲国总理张三、乙国总理李四."""
    person, found = SYMBOLS["Person"], []
    while mask.text[end - 1] == person and (more := _MORE.match(mask.text, end)):
        end = more.end()
        found.append(mask.links[end - 1])
    return found


def _listed_before(mask: Mask, start: int) -> list[Link]:
    """Return the people of a list that ends in one: 书记张三、市长李四会见."""
    found: list[Link] = []
    while mask.text[start] == SYMBOLS["Person"] and (more := _BEFORE.search(mask.text, 0, start)):
        start = more.start()
        found.insert(0, mask.links[start])
    return found


def _slot(mask: Mask, start: int, end: int, words: KindWords) -> list[Link]:
    """Return whom a slot names; of places in a chain only the last, and of a tender nobody who only sees to it."""
    place = SYMBOLS["Place"]
    names = [
        mask.links[i]
        for i in range(start, end)
        if i in mask.links and not (mask.text[i] == place and i + 1 < end and i + 1 in mask.links)
    ]
    if words.through_agencies:
        words_of = event_words()
        names = [
            link
            for link in names
            if not words_of.agency.search(link.text) and not link.text.endswith(words_of.sites)
        ]
    return names
