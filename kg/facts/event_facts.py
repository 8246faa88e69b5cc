"""The facts that tell a main event: stated in the title or the first sentences, of a kind and with an end that the title names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from kg.base.late import late
from kg.base.model import EntityId, Fact, Reading, Sentence, Span
from kg.base.schema import schema
from kg.facts.event_names import blanked, is_whole
from kg.facts.event_words import event_words

__all__ = ["cue_of", "facts_of", "is_giving", "won_later"]

_NEWS: Final = 9  # sentences in which an article says who won
_SURE: Final = 0.6  # a less sure fact tells no main event
_TO: Final = late("[为给向][^，。；]*$")
_PART: Final = late(
    "的?[^，。；]{0,4}(?:业务|品牌|部门|资产|专利)"
)  # behind a name: what is bought is but a part
_REACH: Final = 12  # characters before a name in which 为 or 向 may stand


def facts_of(
    reading: Reading, kind: str, title: Sentence, rest: Sequence[Sentence], cue: int
) -> tuple[Fact, ...]:
    """Return the facts of a kind that the title or ``rest`` states, with an end that the title names.

    ``rest`` is the lead, or the lines of a notice; of an appointment only its first sentence counts.
    """
    named = {link.entity for link in reading.links if title.span.holds(link.span)}
    honours = {link.entity for link in reading.links if link.type == "Award"} & named
    any_end = event_words().kinds[kind].of_honours and not honours
    told_in = rest[:1] if kind == "appointment" else rest  # what follows is who they were
    spans = [title.span, *(sentence.span for sentence in told_in)]
    words = event_words().kinds[kind]
    plan = words.near and (
        words.planned.search(title.text, 0, cue) or event_words().pending.search(title.text, cue)
    )
    ranked: list[tuple[int, Fact]] = []
    for fact in reading.facts:
        if (
            fact.predicate not in event_words().kinds[kind].predicates
            or fact.status == "denied"
            or fact.derived
            or (plan and fact.status == "asserted")
        ):
            continue
        ends = (fact.subject in named) + (fact.object in named)
        stated = any(span.holds(piece.span) for piece in fact.evidence for span in spans)
        if (
            (ends or any_end)
            and stated
            and fact.confidence >= _SURE
            and _has_clear_ends(reading, fact)
            and _FITS.get(kind, _fits)(reading, fact, title, cue)
        ):
            ranked.append((ends, fact))
    best = max((ends for ends, _ in ranked), default=0)
    facts = _without_shorter(_said_best([fact for ends, fact in ranked if ends == best]))
    return () if kind == "appointment" and _is_torn(facts) else facts


def won_later(reading: Reading, kind: str, title: Sentence, cue: int) -> tuple[Fact, ...]:
    """Return who won the honour that a title without anybody is about, where it is told later: 甲奖揭晓; nobody who won it before."""
    words = event_words()
    if not words.honoured.search(title.text) or any(
        link.type == "Person" and title.span.holds(link.span) for link in reading.links
    ):
        return ()
    honours = {
        entity.id
        for entity in reading.entities
        if entity.type == "Award" and any(name.strip("“”") in title.text for name in entity.names)
    }
    rest = [each for each in reading.sentences[1:_NEWS] if not words.formerly.search(each.text)]
    return tuple(fact for fact in facts_of(reading, kind, title, rest, cue) if fact.object in honours)


def _has_clear_ends(reading: Reading, fact: Fact) -> bool:
    """Say whether the names of both ends are cut right where the fact is stated, and are not of the parent of who is meant."""
    text, ends, parent = reading.article.text, {fact.subject, fact.object}, event_words().parent
    return all(
        is_whole(text, link) and not parent.match(text, link.span.end)
        for link in reading.links
        if link.entity in ends and any(piece.span.holds(link.span) for piece in fact.evidence)
    )


def cue_of(kind: str, text: str, names: Sequence[Span] = ()) -> int | None:
    """Return where the title says the kind outside of its ``names``, None where it does not."""
    words = event_words().kinds[kind]
    other = words.other
    clear = other.sub(lambda match: "\0" * len(match.group()), text) if other else text
    match = words.title.search(blanked(clear, names))
    return match.start() if match else None


def _fits(reading: Reading, fact: Fact, title: Sentence, cue: int) -> bool:  # noqa: ARG001 - the others look
    """Say that the title need say no more."""
    return True


def _is_bought(reading: Reading, fact: Fact, title: Sentence, cue: int) -> bool:
    """Say whether the title names the buyer, who is no place, before its verb: no holder or seller, nor of a part of who is named."""
    stop = title.span.start + cue
    named = {
        link.entity for link in reading.links if link.span.start >= title.span.start and link.span.end <= stop
    }
    parts = any(
        _PART.match(reading.article.text, link.span.end)
        for link in reading.links
        if link.entity == fact.object and any(piece.span.holds(link.span) for piece in fact.evidence)
    )
    return fact.subject in named and not fact.subject.startswith("Place") and not parts


def _is_new_post(reading: Reading, fact: Fact, title: Sentence, cue: int) -> bool:
    """Say whether the role stands behind the verb of the title, or of the quote: no post held before."""
    named = {link.entity for link in reading.links if title.span.holds(link.span)}
    if fact.subject not in named or not fact.role:
        return False
    if fact.role in title.text:
        return fact.role in title.text[cue:]
    quotes = [piece.quote for piece in fact.evidence]
    starts = [(quote, at) for quote in quotes if (at := cue_of("appointment", quote)) is not None]
    return any(fact.role in quote[at:] for quote, at in starts)


def _is_received(reading: Reading, fact: Fact, title: Sentence, cue: int) -> bool:  # noqa: ARG001
    """Say whether who got an honour stands before it, or behind the verb of giving."""
    if fact.predicate not in schema().having("received"):
        return True
    span = fact.evidence[0].span
    starts = {link.entity: link.span.start for link in reversed(reading.links) if span.holds(link.span)}
    who, what = starts.get(fact.subject), starts.get(fact.object)
    if who is None or what is None:
        return True
    text, words = reading.article.text, event_words()
    if fact.subject.startswith("Place") and words.gives.search(text, span.start, who) and what - who > _REACH:
        return False  # 授予甲市检察团队称号: a group of the place
    gives = words.gives.search(text, min(who, what), max(who, what))
    if who > what:
        return words.gives.search(text, span.start, who) is not None
    if gives is None or words.passive.search(text, who, gives.start()):
        return True
    return _TO.search(text[max(span.start, who - _REACH) : who]) is not None


def _said_best(facts: Sequence[Fact]) -> list[Fact]:
    """Leave out what is only planned or passed on where the same is asserted too."""
    sure = {
        (fact.subject, fact.predicate, fact.object, fact.role) for fact in facts if fact.status == "asserted"
    }
    return [
        fact
        for fact in facts
        if fact.status == "asserted" or (fact.subject, fact.predicate, fact.object, fact.role) not in sure
    ]


def _is_torn(facts: Sequence[Fact]) -> bool:
    """Say whether one title of one person is told of two bodies, so that one of them is wrong."""
    bodies: dict[tuple[EntityId, str], set[EntityId]] = {}
    for fact in facts:
        bodies.setdefault((fact.subject, fact.role), set()).add(fact.object)
    return any(len(own) > 1 for own in bodies.values())


def _without_shorter(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Leave out a post whose title is the end of a longer one of the same person there: 市长 beside 代理市长."""
    roles = {(fact.subject, fact.object, fact.role) for fact in facts}
    return tuple(
        fact
        for fact in facts
        if not any(
            (s, o) == (fact.subject, fact.object)
            and role != fact.role
            and fact.role
            and role.endswith(fact.role)
            for s, o, role in roles
        )
    )


def is_giving(kind: str, fact: Fact) -> bool:
    """Say whether a fact tells who gives an honour, not who gets it."""
    return kind == "prize" and fact.predicate not in schema().having("received")


_Fits: TypeAlias = Callable[[Reading, Fact, Sentence, int], bool]
_FITS: Final[dict[str, _Fits]] = {"purchase": _is_bought, "appointment": _is_new_post, "prize": _is_received}
