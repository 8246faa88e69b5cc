"""``TaggedSentence*`` -> ``Mention*``: the names in the text, with their types.

Each sentence is read by the rules for people (``kg.names.person``), organisations and places (``kg.names.organization``) and works
(``kg.names.work.find``). Then the article is read once more as a whole: a name found once is found everywhere, with one type per
name, and so are declared and shortened forms. What overlaps is decided last: names nest or the better one stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from kg.base.late import late
from kg.base.model import Article, EntityType, Mention, Span, TaggedSentence
from kg.names.body_parts import bodies_inside
from kg.names.borders import within_borders, without_word_ends
from kg.names.cells import find_cells
from kg.names.declared import declared
from kg.names.everyday import foreigners_like_places, people_of_everyday_words
from kg.names.gazetteer import is_only_peoples
from kg.names.glued import find_glued, parted
from kg.names.issuer import find_issuer
from kg.names.lexicon import bodies, organizations
from kg.names.national import find_national
from kg.names.once import without_once
from kg.names.one_type import drop_doubtful, one_type_each, retype_short_forms, with_types
from kg.names.organization import find_organizations
from kg.names.overlap import outermost, without_overlaps
from kg.names.own import find_own, without_none
from kg.names.person import find_people
from kg.names.person_line import find_person_lines
from kg.names.place import find_countries, is_chain, places_inside
from kg.names.place_word import capitals, find_located, is_meant, people_like_places, retype_place_words
from kg.names.spread import find_everywhere, known_inside, sought, teams_of_game
from kg.names.stock import find_stocks
from kg.names.work.find import find_works

Rows = Sequence[Sequence[Mention]]  # the names of each sentence
Finder = Callable[[Article, Sequence[TaggedSentence]], Rows]

_PRIZE = late(r"(?!.*(?:年度|最佳|金奖|银奖|[一二三特]等奖))[^第全国世省市“《]{1,8}奖")
_PAPERS = (
    "议案",
    "报告",
    "决定",
    "通知",
    "意见",
    "方案",
    "办法",
    "规定",
    "决议",
    "说明",
    "建议",
    "提案",
    "请示",
    "批复",
    "草案",
)
_SURE = frozenset(
    {
        "title-name",
        "title-row",
        "dotted-name",
        "declared",
        "listed",
        "called",
        "army",
        "head-industry",
        "dealing",
        "table-cell",
        "stock-code",
        "person-line",
        "issuer",
        "own-names",
    }
)


def find_mentions(
    article: Article, tagged: Sequence[TaggedSentence], finders: Sequence[Finder] | None = None
) -> tuple[tuple[Mention, ...], ...]:
    """Return the names of each sentence, sorted by start, longer first; they may nest but never cross.

    ``finders`` are those of ``FINDERS`` where none are given.
    """
    found = _first_reading(article, tagged, FINDERS if finders is None else finders)
    types = _types_of(found, tagged)
    teams = teams_of_game(tagged)
    spread = find_everywhere(article, tagged, sought(types, teams))
    types.update(dict.fromkeys(teams, "Organization"))
    rows = [
        [*with_types(row, types), *(name for name in again if is_meant(name, sentence, article.text))]
        for row, again, sentence in zip(found, spread, tagged, strict=True)
    ]
    known = {**dict.fromkeys(bodies(), "Organization"), **types}
    for row in rows:
        row.extend(known_inside(row, known))
    free = {mention.text for row in rows for mention in outermost(row)}
    return tuple(without_overlaps(row, free) for row in rows)


# the finders ----------------------------------------------------------------------------------------------------------


def people(_: Article, tagged: Sequence[TaggedSentence]) -> Rows:
    """Return the people of each sentence."""
    rows = []
    for sentence in tagged:
        cities = {city.span: city for city in capitals(sentence.tokens)}
        found = [each for each in find_people(sentence.tokens) if each.span not in cities]
        rows.append(
            [
                *people_of_everyday_words(sentence.tokens),
                *found,
                *people_like_places(sentence.tokens),
                *foreigners_like_places(sentence.tokens),
                *(city for city in cities.values() if city.type == "Place"),
            ]
        )
    return rows


def bodies_and_places(_: Article, tagged: Sequence[TaggedSentence]) -> Rows:
    """Return the organisations and places of each sentence, with those that their names begin with."""
    found = [list(find_organizations(sentence.tokens)) for sentence in tagged]
    return [
        [*_with_parts(row), *find_countries(sentence.tokens)]
        for row, sentence in zip(without_once(found, tagged), tagged, strict=True)
    ]


def _with_parts(mentions: Iterable[Mention]) -> Iterator[Mention]:
    for mention in mentions:
        if mention.type != "Place" or not is_chain(mention.text):
            yield mention
        yield from places_inside(mention)
        yield from bodies_inside(mention)


def works(article: Article, tagged: Sequence[TaggedSentence]) -> Rows:
    """Return the activities, awards, documents, products and newspapers of each sentence."""
    return [[_as_media(one) for work in row for one in _each(work)] for row in find_works(article, tagged)]


def _each(work: Mention) -> Iterator[Mention]:
    """Yield the documents that were read as one: 甲关于乙的议案、|关于丙的议案."""
    at, last = 0, work.text
    listed = work.type == "Document" and work.text[0] not in "《“"
    while (
        listed
        and (cut := last.find("、关于", 4)) > 0
        and last[cut - 1] not in "，、"
        and last[:cut].endswith(_PAPERS)
    ):
        start = work.span.start + at
        yield Mention(Span(start, start + cut), last[:cut], work.type, work.rule, work.confidence)
        at, last = at + cut + 1, last[cut + 1 :]
    yield (
        work
        if not at
        else Mention(Span(work.span.start + at, work.span.end), last, work.type, work.rule, work.confidence)
    )


def _as_media(work: Mention) -> Mention:
    """《X报》 is a newspaper, which says things, and no document."""
    if work.type != "Document" or not work.text.strip("《》").endswith(organizations().newspapers):
        return work
    return Mention(work.span, work.text, "Organization", work.rule, work.confidence)


FINDERS: Final[tuple[Finder, ...]] = (
    people,
    bodies_and_places,
    works,
    find_cells,
    find_glued,
    find_stocks,
    find_person_lines,
    find_national,
    find_issuer,
    find_own,
)
"""All that look for names, in this order; one more finder is one more function here."""


# the article as a whole -----------------------------------------------------------------------------------------------


def _with_peoples(names: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the names; the peoples of an autonomous place join the place right before them (湘西|土家族苗族自治州), or are none."""
    for name in names:
        if not is_only_peoples(name.text):
            yield name
            continue
        left = next((one for one in names if one.type == "Place" and one.span.end == name.span.start), None)
        if left is not None:
            span = Span(left.span.start, name.span.end)
            yield Mention(span, left.text + name.text, "Place", name.rule, name.confidence)


def _first_reading(
    article: Article, tagged: Sequence[TaggedSentence], finders: Sequence[Finder]
) -> list[list[Mention]]:
    """Return what all finders find in each sentence, and the short names that it declares for them."""
    rows: list[list[Mention]] = [[] for _ in tagged]
    for find in finders:
        for row, names in zip(rows, find(article, tagged), strict=True):
            if names:  # most finders find nothing in a sentence
                whole = without_word_ends(article.text, _with_peoples(names))
                row.extend(parted(within_borders(whole)))
    for row, sentence in zip(rows, tagged, strict=True):
        row.extend(declared(article, sentence, row))
    return [_with_honoured(article, without_none(row)) for row in rows]


def _types_of(found: Sequence[Sequence[Mention]], tagged: Sequence[TaggedSentence]) -> dict[str, EntityType]:
    """Return one type for each name that was found, doubtful names left out."""
    types = one_type_each(chain.from_iterable(found))
    drop_doubtful(types, tagged, sure={m.text for m in chain.from_iterable(found) if m.rule in _SURE})
    retype_short_forms(types, find_located(found, tagged))
    retype_place_words(types, found, tagged)
    return types


def _with_honoured(article: Article, row: Sequence[Mention]) -> list[Mention]:
    """Join a person and the prize named after him (竺可桢|气象奖): one award, no person."""
    people = {mention.span.end: mention for mention in row if mention.type == "Person"}
    joined = []
    for mention in row:
        person = people.get(mention.span.start) if mention.type == "Award" else None
        if person is not None and _PRIZE.fullmatch(mention.text):
            span = Span(person.span.start, mention.span.end)
            mention = Mention(span, span.of(article.text), "Award", mention.rule, mention.confidence)  # noqa: PLW2901
        joined.append(mention)
    return joined
