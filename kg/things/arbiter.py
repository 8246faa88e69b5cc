"""``Mention*``, the net's scores -> ``Mention*``: which names stand, of those the rules found and those the net proposes.

Every name, with all its places in the article, gets the confidence that it is one (``kg.things.confidence``), with the net's
scores among what is seen of it. A name that only the net proposes is taken from ``ADDED`` on, and found wherever it stands;
one of the rules is left out below ``KEPT``. A proposal that crosses another name takes its place if it is surer by ``SURER``, and
is left out otherwise. Where one lies in a name of the rules of the same type, or holds it, the two may be one name cut otherwise:
the rules' one goes if the proposal is surer by ``SURER``; otherwise both stay, as far as names may nest (``kg.names.overlap``).

Bodies and events, which the rules miss most, are taken from half of that on where they take no other name's place (``kg.things.beside``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from operator import attrgetter
from typing import Final, Generic, TypeVar

from kg.base.language import say
from kg.base.late import late
from kg.base.model import Article, EntityType, Mention, Span, TaggedSentence
from kg.names.borders import holds_more, is_department, region_of_post, within_borders
from kg.names.gazetteer import gazetteer
from kg.names.glued import parted
from kg.names.heads import is_name
from kg.names.lexicon import organizations
from kg.names.net import LEAST, PAIRS, TYPES, UNIT, Scores, with_marks
from kg.names.once import ONCE
from kg.names.overlap import outermost, without_overlaps
from kg.names.own import RULE as OWN
from kg.names.own import account_of
from kg.names.place import is_chain
from kg.names.place_word import CAPITALS
from kg.things.beside import is_beside, may_stand, nests
from kg.things.confidence import (
    NameModel,
    Occurrence,
    commonest,
    confidence,
    default_model,
    main_type,
    occurrences_of,
)

Value = TypeVar("Value")

LEARNED: Final = "learned"
"""The rule of a name that only the net found."""

# Chosen by the F1 of typed names and of relations, together with cases of wrong facts, with names judged by a net and weights that
# did not see their articles (`kg.learn.names.judged_in_folds`). A name wrongly added gives wrong facts, one left out takes right
# ones with it: so the bounds lie far apart.
ADDED: Final = 0.6
KEPT: Final = 0.1
SURER: Final = 0.1
PROPOSED: Final = -2 * UNIT  # the least score of a proposal, chosen by hand: odds of one to seven
_NO_SCORE: Final = LEAST - UNIT  # of a span that has none: a unit below all that have one
_NO_SCORES: Final = (_NO_SCORE,) * len(TYPES)
_HEAD: Final = 4  # characters of a head by which a body is called
_BEGINNING: Final = 2  # characters that every proposed name has
_STEPS: Final = (-256, -192, -160, -128, -96, -64, -32, 0, 32, 64, 96, 128, 192, 256)  # of scores
_COARSE: Final = (-256, -128, -64, 0, 96, 192)
_MARGINS: Final = (-192, -64, 0, 64, 192)  # of the score of the name's type over the best other
_OUTSIDE: Final = late(r"[，。；！？：\s]")
_MARKS: Final = late(f"[{''.join(PAIRS)}{''.join(PAIRS.values())}（）()]")
_CLOSING: Final = {**{closing: opening for opening, closing in PAIRS.items()}, "）": "（", ")": "("}


class Near(Generic[Value]):
    """What stands at spans of a sentence, to ask what lies over another span: the work grows with what does."""

    def __init__(self, values: Iterable[tuple[Span, Value]]) -> None:
        self._values = sorted(values, key=_start)
        self._starts = [span.start for span, _ in self._values]
        self._longest = max((span.end - span.start for span, _ in self._values), default=0)

    def over(self, span: Span) -> Iterator[tuple[Span, Value]]:
        """Yield what shares a character with a span, by where it begins."""
        first = bisect_right(self._starts, span.start - self._longest)
        for other, value in islice(self._values, first, None):
            if other.start >= span.end:
                return
            if other.end > span.start:
                yield other, value

    def add(self, span: Span, value: Value) -> None:
        """Put one more in."""
        at = bisect_right(self._starts, span.start)
        self._values.insert(at, (span, value))
        self._starts.insert(at, span.start)
        self._longest = max(self._longest, span.end - span.start)

    def remove(self, values: Collection[tuple[Span, Value]]) -> None:
        """Take some out."""
        for each in values:
            at = self._values.index(each, bisect_left(self._starts, each[0].start))
            del self._values[at], self._starts[at]

    def all(self) -> list[Value]:
        """Return all that is in."""
        return [value for _, value in self._values]


def _start(value: tuple[Span, object]) -> int:
    return value[0].start


@dataclass(frozen=True)
class Seen:
    """An article's names as the arbiter sees them.

    Attributes:
        tagged: its sentences.
        found: the names of the rules, sentence by sentence.
        scores: the net's.
        names: the names of the rules and all places of those that the net proposes.
        near: of each sentence with names, by its number, the spans with their best scores, and the names of the rules.
    """

    tagged: Sequence[TaggedSentence]
    found: Sequence[Sequence[Mention]]
    scores: Scores
    names: Sequence[tuple[Mention, ...]]
    near: Mapping[int, tuple[Near[int], Near[Mention]]]

    @cached_property
    def index(self) -> Mapping[int, int]:
        """Return the number of each sentence by its identity: its value would have to be hashed at every place of a name."""
        return {id(sentence): number for number, sentence in enumerate(self.tagged)}


@dataclass(frozen=True)
class Verdict:
    """What was decided.

    Attributes:
        names: the names of each sentence that stand.
        sure: how sure each name is, also of those that were left out.
        weighed: the names of each sentence that were found or proposed.
    """

    names: tuple[tuple[Mention, ...], ...]
    sure: Mapping[str, float]
    weighed: Sequence[tuple[Mention, ...]] = ()

    def account(self, name: str) -> str:
        """Return which finders found a name and what was decided, in the language spoken; "" where none did."""
        own = account_of(name)
        rules = {one.rule for row in self.weighed for one in row if one.text == name}
        finders = sorted(own if rule == OWN and own else rule for rule in rules)
        if not finders:
            return ""
        learned, sure = finders == [LEARNED], self.sure[name]
        found = (
            say("found by the net alone, confidence {confidence}", confidence=sure)
            if learned
            else say(
                "found by {finders}, confidence {confidence}", finders=", ".join(finders), confidence=sure
            )
        )
        if any(one.text == name for row in self.names for one in row):
            return found
        least = ADDED if learned else KEPT
        if sure < least:
            return say("{found}, left out: below {least}", found=found, least=least)
        return say("{found}, left out: it overlaps a surer name", found=found)


def arbitrate(
    article: Article,
    tagged: Sequence[TaggedSentence],
    found: Sequence[Sequence[Mention]],
    scores: Scores | None,
    model: NameModel | None = None,
) -> Verdict:
    """Return the names that stand. Without the net's scores (of another tagger) those of the rules all do."""
    model = model or default_model()
    scored = scores is not None
    seen = seen_by(article, tagged, found, scores or [{} for _ in tagged])
    sure = {
        name: round(confidence(places, model, features_of_scores(places, seen) if scored else None), 3)
        for name, places in occurrences_of(tagged, seen.names).items()
    }
    return Verdict(decided(seen, sure) if scored else tuple(map(tuple, found)), sure, seen.names)


# what is seen ---------------------------------------------------------------------------------------------------------


def seen_by(
    article: Article,
    tagged: Sequence[TaggedSentence],
    found: Sequence[Sequence[Mention]],
    scores: Scores,
) -> Seen:
    """Return the names of the rules and what the net proposes beside them."""
    spans = [
        {with_marks(sentence, name.span) for name in row} for sentence, row in zip(tagged, found, strict=True)
    ]
    proposed: dict[str, list[tuple[str, EntityType]]] = defaultdict(list)
    for text, kind in _proposed(article, found, spans, scores).items():
        proposed[text[:_BEGINNING]].append((text, kind))
    names = [
        tuple(sorted([*row, *_places(sentence, proposed, own)], key=_order))
        for sentence, row, own in zip(tagged, found, spans, strict=True)
    ]
    near = {
        number: (
            Near((span, max(values)) for span, values in scored.items()),
            Near((name.span, name) for name in row),
        )
        for number, (scored, row, own) in enumerate(zip(scores, found, names, strict=True))
        if own
    }
    return Seen(tagged, found, scores, names, near)


def _proposed(
    article: Article, found: Sequence[Sequence[Mention]], spans: Sequence[set[Span]], scores: Scores
) -> dict[str, EntityType]:
    """Return the names that the net proposes beside those of the rules (whose ``spans`` are given), each with one type.

    The end of a body's name (督察组) is none: that body is called by it.
    """
    known = {name.text for row in found for name in row}
    totals: dict[str, list[int]] = defaultdict(lambda: [0] * len(TYPES))
    settled: set[str] = set()  # places that the rules know, and found otherwise or did not take
    for row, own, scored in zip(found, spans, scores, strict=True):
        for span, values in scored.items():
            if max(values) < PROPOSED or span in own:
                continue
            text = span.of(article.text)
            if (
                text in known
                or (text.startswith(ONCE) and text[1:] in known)
                or not _may_be_name(text)
                or _ends_in_deed(article.text, span)
                or region_of_post(article.text, span)
                or holds_more(article.text, span.start, span.end)
                or (_is_person(values) and article.text.endswith(CAPITALS, 0, span.start))
            ):
                continue
            for kind, value in enumerate(values):
                totals[text][kind] += max(value, PROPOSED)
            if is_chain(text) or gazetteer().codes(text) or _is_row_of_places(span, row):
                settled.add(text)
    typed = ((text, TYPES[total.index(max(total))]) for text, total in totals.items())
    bodies = [name.text for row in found for name in row if name.type == "Organization"]
    ends = {body[-size:] for body in bodies for size in range(2, min(len(body), _HEAD + 1))}
    return {
        text: kind
        for text, kind in typed
        if (kind != "Place" or text not in settled)
        and (kind != "Organization" or (text not in ends and _is_one_body(text)))
    }


def _is_person(values: Sequence[int]) -> bool:
    return TYPES[values.index(max(values))] == "Person"


def _is_one_body(text: str) -> bool:
    """Say whether it is the name of one body: no everyday word, no 甲子公司, not two side by side, no word that no name holds."""
    if not is_name(text) or text.endswith(organizations().no_ends):
        return False
    body = Mention(Span(0, len(text)), text, "Organization", LEARNED)
    return list(parted(within_borders([body]))) == [body]


def _ends_in_deed(text: str, span: Span) -> bool:
    """Say whether a span ends with the first character of what the body does (甲公司处|以罚款), or of 部门 (司法|部门)."""
    return text.startswith(organizations().deeds, span.end - 1) or is_department(text, span.end)


def _is_row_of_places(span: Span, row: Sequence[Mention]) -> bool:
    """Say whether the rules find the places that make up a span (甲县|乙镇): each is a name, the whole is none."""
    at = span.start
    first = bisect_left(row, span.start, key=attrgetter("span.start"))  # sorted by start
    for name in islice(row, first, None):
        if name.span.start >= span.end:
            break
        if name.type == "Place" and name.span.start == at and name.span.end <= span.end:
            at = name.span.end
    return at == span.end


def _may_be_name(text: str) -> bool:
    """Say whether a span is one piece: no end of a clause inside, no mark without its fellow."""
    if len(text) < 2 or _OUTSIDE.search(text):
        return False
    opened: list[str] = []
    for mark in _MARKS.findall(text):
        if mark in _CLOSING and opened and opened[-1] == _CLOSING[mark]:
            opened.pop()
        else:
            opened.append(mark)
    return not opened


def _places(
    sentence: TaggedSentence, proposed: Mapping[str, Sequence[tuple[str, EntityType]]], taken: set[Span]
) -> Iterator[Mention]:
    """Yield every place of the proposed names, given by how they begin, where words begin and end with them."""
    text, base = sentence.sentence.text, sentence.sentence.span.start
    if not any(beginning in text for beginning in proposed):
        return
    ends = {token.end for token in sentence.tokens}
    for token in sentence.tokens:
        at = token.start - base
        for name, kind in proposed.get(text[at : at + _BEGINNING], ()):
            span = Span(token.start, token.start + len(name))
            if span.end in ends and span not in taken and text.startswith(name, at):
                yield Mention(span, name, kind, LEARNED)


def _order(mention: Mention) -> tuple[int, int, str]:
    return mention.span.start, -mention.span.end, mention.rule


def features_of_scores(places: Sequence[Occurrence], seen: Seen) -> tuple[str, ...]:
    """Return what the net's scores say of a name, as words.

    A score gives one feature for each step that it reaches: what each is worth adds up.
    """
    kind = main_type(places)
    rules = [place.mention.rule for place in places]
    rule = "" if rules.count(LEARNED) == len(rules) else commonest(rules)
    whose = "rules" if rule else "net"
    marked = [with_marks(place.sentence, place.mention.span) for place in places]
    own = [_score(place, span, seen) for place, span in zip(places, marked, strict=True)]
    tops = [max(values) for values in own]
    best = own[tops.index(max(tops))]
    margin = best[TYPES.index(kind)] - max(v for t, v in zip(TYPES, best, strict=True) if t != kind)
    found = [
        *_reached("net", max(tops), _STEPS, "", whose),
        *_reached("mean", sum(tops) // len(tops), _STEPS, ""),
        *_reached("net", max(tops), _COARSE, kind, f"{kind},{whose}"),
        *_reached("mean", sum(tops) // len(tops), _COARSE, whose),
        *_reached("type", margin, _MARGINS, "", whose),
        *_around(places, marked, seen, whose, kind, max(tops)),
    ]
    if rule:
        found += _reached("net", max(tops), (-128, 0, 128), f"rule={rule}")
    return tuple(found)


def _score(place: Occurrence, marked: Span, seen: Seen) -> tuple[int, ...]:
    """Return the scores of a place, with or without the marks around it, whichever are better."""
    scores = seen.scores[seen.index[id(place.sentence)]]
    span = place.mention.span
    if span == marked:
        return scores.get(span, _NO_SCORES)
    return max(scores.get(span, _NO_SCORES), scores.get(marked, _NO_SCORES), key=max)


def _reached(what: str, value: int, steps: tuple[int, ...], *of: str) -> tuple[str, ...]:
    return _features(what, steps[: bisect_right(steps, value)], of)


@cache
def _features(what: str, steps: tuple[int, ...], of: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{what}>{step},{one}" if one else f"{what}>{step}" for one in of for step in steps)


def _around(
    places: Sequence[Occurrence],
    marked: Sequence[Span],
    seen: Seen,
    whose: str,
    kind: EntityType,
    top: int,
) -> Iterator[str]:
    """Yield how sure the net is of shorter and longer spans, and how the name lies to names of the rules."""
    part = longer = _NO_SCORE
    ways: Counter[str] = Counter()
    for place, whole in zip(places, marked, strict=True):
        number, span = seen.index[id(place.sentence)], place.mention.span
        scored, found = seen.near[number]
        for other, best in scored.over(span):
            if other not in (span, whole):
                if span.holds(other):
                    part = max(part, best)
                else:
                    longer = max(longer, best)
        for _, name in found.over(span):
            if name.span != span:
                inside = name.span.holds(span)
                ways[
                    "in rules' name" if inside else "has rules' name" if span.holds(name.span) else "cross"
                ] += 1
    yield from _reached("part", part, _COARSE, whose)
    yield from _reached("longer", longer, _COARSE, whose)
    if longer > top:
        yield f"longer is better,{whose}"
    for way, times in sorted(ways.items()):
        yield f"{way},{whose}"
        yield f"{way},{whose},{kind}"
        if times == len(places):
            yield f"{way} always,{whose}"


# what is decided ------------------------------------------------------------------------------------------------------


def decided(seen: Seen, sure: Mapping[str, float]) -> tuple[tuple[Mention, ...], ...]:
    """Return the names of each sentence that stand."""
    rows = [_decided(row, sure) for row in seen.names]
    same = [len(row) == len(own) and row == list(own) for row, own in zip(rows, seen.found, strict=True)]
    if all(same):
        return tuple(map(tuple, seen.found))
    free = {mention.text for row in rows for mention in outermost(row)}
    return tuple(without_overlaps(row, free) for row in rows)


def _decided(row: Sequence[Mention], sure: Mapping[str, float]) -> list[Mention]:
    rules = [name for name in row if name.rule != LEARNED and sure[name.text] >= KEPT]
    proposals = [
        name
        for name in row
        if name.rule == LEARNED and (sure[name.text] >= ADDED or may_stand(name, sure[name.text]))
    ]
    if not proposals:
        return rules
    kept = Near((name.span, name) for name in rules)
    for name in sorted(proposals, key=lambda name: (-sure[name.text], name.span)):
        least = sure[name.text] - SURER
        over = list(kept.over(name.span))
        if sure[name.text] < ADDED:
            if is_beside(name, over):
                kept.add(name.span, name)
            continue
        crossed = [other for other in over if not nests(name.span, other[0])]
        if any(sure[other.text] > least for _, other in crossed):
            continue
        same = [
            other
            for other in over
            if other[1].type == name.type and other[1].rule != LEARNED and nests(name.span, other[0])
        ]
        if any(sure[other.text] > least for _, other in same):
            same = []
        kept.remove([*crossed, *same])
        kept.add(name.span, name)
    return kept.all()
