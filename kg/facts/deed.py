"""What an article is about where its title tells none of the great kinds: a conference, a visit, an opening, results.

The title says it itself, or shares its word with a first sentence that does. Of several deeds in a title the first counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import Reading, Sentence
from kg.facts.event import DEEDS, MainEvent, sureness
from kg.facts.event_names import blanked, masked_title, names_in
from kg.facts.event_parts import date_of, figures_of, place_of
from kg.facts.event_shapes import Told, told
from kg.facts.event_words import KindWords, event_words

__all__ = ["deed"]

_WITH: Final = late("[与和同]")
_SAME: Final = 3  # characters that a title and a sentence must share besides the word that tells it
_BORDER: Final = late("[，。；：！？ \u3000]")
_CLAUSE: Final = late("[^，。；：！？ \u3000\n]+")
_MARKS: Final = late('[“”‘’《》"]')


def deed(reading: Reading, title: Sentence, rest: Sequence[Sentence]) -> MainEvent | None:
    """Return what wording tells; None where that is not clear.

    Args:
        reading: of the article.
        title: of the article.
        rest: its first sentences.
    """
    words = event_words()
    masked = masked_title(reading, title)
    if words.no_deed.search(masked) or words.undone.search(masked):
        return None
    clear = blanked(title.text, names_in(reading, title))
    found: list[tuple[int, str, Told]] = []
    for kind in DEEDS:
        own = words.kinds[kind]
        if not _may_tell(own, clear) or (own.not_about is not None and own.not_about.search(masked)):
            continue
        said = told(reading, own, title, rest)
        at = -1 if said is None else _in_title(reading, own, title, said)
        if said is not None and at >= 0 and not _is_half(reading, said):
            found.append((at, kind, said))
    if not found:
        return None
    _, kind, said = min(found, key=lambda one: (one[0], DEEDS.index(one[1])))
    within = [clause for clause in said.clauses if title.span.holds(clause)]
    return MainEvent(
        kind,
        within[0] if within else said.clauses[0],
        (),
        place_of(reading, said),
        date_of(reading, said),
        figures_of(reading, words.kinds[kind], said, title, rest),
        said.agents,
        said.patients,
        said.status,
        sureness(kind, ()),
    )


def _is_half(reading: Reading, said: Told) -> bool:
    """Say whether somebody stands before who does it, joined to him, and is left out: 甲与乙长丙举行会谈, told of 丙 alone."""
    text, clause = reading.article.text, said.clauses[0]
    people = [link for link in reading.links if link.type == "Person" and clause.holds(link.span)]
    first = next((link for link in people if link.entity in said.agents), None)
    return first is not None and any(
        link.entity not in (*said.agents, *said.patients)
        and link.span.end <= first.span.start
        and _WITH.search(text, link.span.end, first.span.start) is not None
        for link in people
    )


def _may_tell(words: KindWords, text: str) -> bool:
    """Say whether a title, blank where its names are, has a word of the kind."""
    other = words.other
    return words.title.search(other.sub("", text) if other else text) is not None


def _in_title(reading: Reading, words: KindWords, title: Sentence, said: Told) -> int:
    """Return where the title has the word that tells it; -1 where it tells something else.

    What a later sentence tells is the same where it has the word of the title, and the words that end the clause around it; of a case,
    where somebody of it stands in the title.
    """
    own = [clause.start - title.span.start for clause in said.clauses if title.span.holds(clause)]
    if own:
        return min(own)
    at = title.text.find(said.trigger.of(reading.article.text))
    sides = {*said.agents, *said.patients}
    if at < 0:
        return -1
    if words.same and any(link.entity in sides and title.span.holds(link.span) for link in reading.links):
        return at
    clause = _CLAUSE.search(title.text, at)
    start = max((found.end() for found in _BORDER.finditer(title.text, 0, at)), default=0)
    behind = (clause.group() if clause else "")[len(said.trigger.of(reading.article.text)) :].strip()
    tail = _MARKS.sub("", behind if len(behind) >= _SAME else title.text[start:at])[-_SAME:]
    told_there = _MARKS.sub("", said.clauses[0].of(reading.article.text))
    return at if len(tail) == _SAME and tail in told_there else -1
