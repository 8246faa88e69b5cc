"""Dropped subjects: a clause without one takes over that of an earlier clause, of a sentence before, or of the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.base.late import late
from kg.base.model import Link
from kg.base.schema import following_trait
from kg.facts.cue import Occurrence
from kg.facts.passage import SYMBOLS, Clause
from kg.facts.pattern import symbols
from kg.facts.topic import clause_words, describes, is_free
from kg.facts.way import Base
from kg.facts.words import facts_words

_WORDS: Final = facts_words("clause")
_PERSON: Final = SYMBOLS["Person"]
_PLACE: Final = SYMBOLS["Place"]
_OF_A_LIFE: Final = following_trait("of_a_life")
_RECEIVED: Final = following_trait("received")
_LOCATION: Final = following_trait("location")
_ADOPTED: Final = following_trait("adopted")
_BEFORE_SUBJECT: Final = frozenset({"TIME", "t", "d", "c", "w", "f", "ad"})
_LIKE_SUBJECT: Final = frozenset({"n", "nz", "r", "vn", "a", "b"})
_COPULAS: Final = frozenset({"是", "为", "作为"})
_PRONOUN: Final = late("[^，]{0,6}?[他她]")
_OTHER: Final = late(f"(?:{_WORDS.either('turned_to')})了?(?:[他她其]|对方)")
_TOGETHER: Final = late(_WORDS.either("together"))
_WITH: Final = late(_WORDS.either("with"))
_BOTH: Final = _WORDS.words("both")
_SEAT: Final = frozenset(_WORDS.words("seat"))
_MEETING: Final = frozenset(_WORDS.words("meeting"))
_SOMEBODY: Final = late(f"(?:{_WORDS.either('somebody')})(?=[系是为在已曾有将因把被说称])")
_SAID: Final = late(f"(?:{_WORDS.either('said')})道?[：，]")
_COUNTED: Final = late(rf"[\d〇一二三四五六七八九十百千万余多两]+(?:余|多)?(?:{_WORDS.either('counted')})")


@dataclass(frozen=True, slots=True)
class Subjects:
    """Who did it, and how they were found."""

    links: list[Link]
    by: Base


def carried(here: Occurrence, kinds: str, taken: set[int]) -> Subjects | None:
    """Return the subject of an earlier clause or sentence, where the pattern may take it over; None: there is none.

    Args:
        here: the frame on its cue.
        kinds: the symbols of the types the subject may have.
        taken: the mask positions of the objects.
    """
    if here.pattern.carry == "no" or (taken and _is_nobody_named(here, taken)):
        return None
    if _OTHER.search(here.mask, here.clause.start, here.cue.start):
        return None  # 甲致电乙，祝贺他当选: not 甲
    allowed = symbols(here.pattern.carry_types) if here.pattern.carry_types else kinds
    pronoun = _PRONOUN.match(here.mask, here.clause.start, here.cue.start) is not None
    if pronoun and _PERSON in allowed:
        allowed = _PERSON
    bare = _is_bare(here, taken, pronoun=pronoun)
    for clause in reversed(here.passage.clauses[: here.number]):
        if _SOMEBODY.match(here.mask, clause.start, clause.end):
            return None  # 警方告诉甲，嫌疑人是男子，来到乙: not 甲
        for position in here.passage.names(clause.start, clause.end, allowed):
            if position not in taken and _is_subject(here, clause, position):
                return _taken_over(here, clause, position, allowed, taken, bare=bare)
    return _from_before(here, allowed, bare=bare) if here.pattern.carry == "sentence" else None


def is_shared_deed(here: Occurrence, start: int) -> bool:
    """Say whether 共同 or a word like it stands between a mask position and the end of the cue."""
    return _TOGETHER.search(here.mask, start, here.cue.end) is not None


# What the clause itself begins with ------------------------------------------------------------------------------------


def _is_nobody_named(here: Occurrence, taken: set[int]) -> bool:
    """Say whether the subject is nobody by name: 此前发布的《甲》, 九百人获奖."""
    if here.mask[here.cue.end : here.cue.end + 1] == "的":
        return True
    stop = min([here.cue.start, *(i for i in taken if i >= here.clause.start)])
    counted = _COUNTED.search(here.mask, here.clause.start, stop)
    return counted is not None and here.pattern.predicate in _RECEIVED


def _is_bare(here: Occurrence, taken: set[int], *, pronoun: bool) -> bool:
    """Say whether nothing before the cue may be another subject: no noun, but 双方, or 总部 of who is somewhere."""
    if (pronoun or _first_tag(here) not in _LIKE_SUBJECT) and not _has_own_subject(here, taken):
        return True
    word = _first_word(here)
    return word in _BOTH or (here.pattern.predicate in _LOCATION and word in _SEAT)


def _first_tag(here: Occurrence) -> str:
    """Return the part of speech of the first word that is more than an adverb or a date."""
    tags = here.passage.tags(here.clause.start, here.cue.start)
    return next((tag for tag in tags if tag not in _BEFORE_SUBJECT), "")


def _first_word(here: Occurrence) -> str:
    word = here.passage.word_of(here.clause.start)
    return word.text if word is not None else ""


def _has_own_subject(here: Occurrence, taken: set[int]) -> bool:
    """Say whether the clause has a subject of its own, of a type the pattern does not take."""
    stop = min([here.cue.start, *taken])
    for position in here.passage.names(here.clause.start, stop):
        if position not in here.anchors and is_free(here.passage, here.clause, position, here.anchors):
            word = here.passage.word_before(position)
            return word is None or word.tag not in {"v", "p"}
    return False


# The subject of an earlier clause --------------------------------------------------------------------------------------


def _is_subject(here: Occurrence, clause: Clause, position: int) -> bool:
    """Say whether a name is the subject of its own, earlier clause."""
    return not (
        position in here.anchors
        or not is_free(here.passage, clause, position, here.anchors)
        or _is_only_where(here, position)
        or describes(here.passage, clause, position)
        or _is_object(here, clause, position)
    )


def _is_only_where(here: Occurrence, position: int) -> bool:
    """Say whether a place only says where what follows is from: 甲国培训机构."""
    if here.mask[position] != _PLACE or position + 1 >= len(here.mask):
        return False
    noun = here.passage.tag(position + 1) in {"n", "nz", "vn"}
    return noun and not clause_words().people.match(here.mask, position + 1)


def _is_object(here: Occurrence, clause: Clause, position: int) -> bool:
    """Say whether a name stands behind a verb that has a subject, or behind a copula: 甲收购乙, 是丙."""
    word = here.passage.word_before(here.passage.group(position)[0])
    if word is None or word.tag != "v":
        return False
    return word.text in _COPULAS or bool(here.passage.names(clause.start, position))


def _taken_over(
    here: Occurrence, clause: Clause, position: int, allowed: str, taken: set[int], *, bare: bool
) -> Subjects:
    """Return the list a name belongs to, with those it acts with, as the dropped subject."""
    members = [m for m in here.passage.group(position) if m not in taken and here.mask[m] in allowed]
    members += _companions(here, clause, members, allowed, taken)
    links = [here.passage.links[member] for member in members]
    if here.mask[position] == _PERSON and _SAID.search(here.mask, position, here.cue.start):
        return Subjects(links, Base.CARRIED_SAID)  # 张三说：成立联盟
    clear = bare or _is_meant_by_first_word(here, position)
    return Subjects(links, Base.CARRIED if clear else Base.CARRIED_NOUN)


def _is_meant_by_first_word(here: Occurrence, position: int) -> bool:
    """Say whether the noun that begins the clause stands for the name: 甲学院…，学院发布; 会议 adopts for its body."""
    word = _first_word(here)
    if here.pattern.predicate in _ADOPTED and word in _MEETING:
        return True
    return word != "" and _first_tag(here) == "n" and here.passage.links[position].text.endswith(word)


def _companions(
    here: Occurrence, clause: Clause, members: list[int], allowed: str, taken: set[int]
) -> list[int]:
    """Return those named behind 与 in the subject's clause where they act together: 甲与乙签约，共同设立丙."""
    together = is_shared_deed(here, here.clause.start) or here.mask.startswith(_BOTH, here.clause.start)
    behind = _WITH.search(here.mask, members[-1] + 1, clause.end) if members and together else None
    names = here.passage.names(behind.end(), clause.end, allowed) if behind else []
    if not behind or not names or names[0] - behind.end() > 2:
        return []
    return [m for m in here.passage.group(names[0]) if m not in taken and m not in members]


# The subject of an earlier sentence ------------------------------------------------------------------------------------


def _from_before(here: Occurrence, allowed: str, *, bare: bool) -> Subjects | None:
    """Return the subject of a sentence before, or who the article is about."""
    topics = here.topics
    if topics.closed:
        return None
    person = topics.person if _PERSON in allowed else None
    main_person = Base.MAIN_PERSON if bare else Base.SENTENCE_NOUN
    if person is not None and topics.story and here.pattern.predicate in _OF_A_LIFE:
        return Subjects([person], main_person)  # in the story of a life, dropped subjects are the person's
    for links in reversed(topics.before):
        fit = [link for link in links if SYMBOLS[link.type] in allowed and link.type != "Place"]
        if fit:
            known = Base.SENTENCE_MAIN if fit[0].entity == topics.main else Base.SENTENCE
            return Subjects(fit, known if bare else Base.SENTENCE_NOUN)
    return Subjects([person], main_person) if person is not None else None
