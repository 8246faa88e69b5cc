"""Typed pairs of entities that stand near each other, and what can be seen between and around them.

The learned judge's view of an article. Features see types in place of names, and only the words of a given vocabulary
(other words become their part of speech), so no name can enter the weights.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import product

from kg.base.model import AnnotatedSentence, Candidate, EntityId, EntityType, Link, Predicate, Span, Token
from kg.base.overlay import following, per_overlay
from kg.facts.passage import LETTERS
from kg.facts.pattern import DOMAIN, load_patterns

FARTHEST = 40  # symbols between the two names of a pair in one sentence
MOST_ACROSS = 6  # names of each of two neighbouring sentences
_SEPARATORS = {
    "，": "comma",
    ",": "comma",
    "、": "list",
    "：": "colon",
    ":": "colon",
    "；": "stop",
    "。": "stop",
}
_QUOTES = frozenset("“”‘’「」『』《》（）()")


def _predicates_by_types() -> dict[tuple[str, str], tuple[Predicate, ...]]:
    found: dict[tuple[str, str], list[Predicate]] = defaultdict(list)
    for predicate, (subjects, objects) in DOMAIN.items():
        for subject, obj in product(subjects, objects):
            found[LETTERS[subject], LETTERS[obj]].append(predicate)
    return {key: tuple(value) for key, value in found.items()}


PREDICATES = following(_predicates_by_types)


_NOWHERE = Span(0, 0)


@dataclass(slots=True)
class Pair:
    """Two entities, subject first, seen together once (or only by a pattern), and the features of that place."""

    subject: EntityId
    object: EntityId
    types: tuple[EntityType, EntityType]
    features: list[str]
    sentence: int = -1  # index of the later mention's sentence; -1: only a pattern saw the pair
    evidence: Span = _NOWHERE
    candidates: list[Candidate] = field(default_factory=list)


@per_overlay
def _cues() -> dict[str, tuple[str, ...]]:
    """Return the predicates that each cue word of the patterns speaks of."""
    return {
        word: tuple(sorted({pattern.predicate for pattern in patterns}))
        for word, patterns in load_patterns().by_cue.items()
    }


@dataclass(slots=True)
class _Symbols:
    """A sentence as words and typed names: what stands where, by symbol position."""

    forms: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    cues: list[tuple[str, ...]] = field(default_factory=list)  # predicates the word is a cue of
    places: list[tuple[int, Link]] = field(default_factory=list)  # position and link, nested ones too


def _symbols(sentence: AnnotatedSentence, words: frozenset[str]) -> _Symbols:
    """Replace every outermost name by its type, and every word outside ``words`` by its part of speech."""
    symbols = _Symbols()
    links = sentence.links
    tokens = sentence.tagged.tokens
    at = 0
    covered = -1
    outer = -1
    for link in links:
        if link.span.start >= covered:
            at = _add_words(symbols, tokens, at, link.span.start, words)
            outer = len(symbols.forms)
            symbols.forms.append(f"<{link.type}>" if link.is_name else f"<{link.type}*>")
            symbols.tags.append("NAME")
            symbols.cues.append(())
            symbols.starts.append(link.span.start)
            covered = link.span.end
            while at < len(tokens) and tokens[at].end <= covered:
                at += 1
        symbols.places.append((outer, link))
    _add_words(symbols, tokens, at, 1 << 60, words)
    return symbols


def _add_words(symbols: _Symbols, tokens: Sequence[Token], at: int, until: int, words: frozenset[str]) -> int:
    cues = _cues()
    while at < len(tokens) and tokens[at].start < until:
        token = tokens[at]
        text, tag = token.text, token.tag
        symbols.forms.append(text if text in words else f"#{tag}")
        symbols.tags.append(tag)
        symbols.cues.append(cues.get(text, ()))
        symbols.starts.append(token.start)
        at += 1
    return at


def find_pairs(
    annotated: Sequence[AnnotatedSentence], candidates: Iterable[Candidate], words: frozenset[str]
) -> list[Pair]:
    """Return every pair of entities that some predicate's types allow, in one sentence or two neighbouring ones.

    In one sentence no more than `FARTHEST` symbols part the two names, so that the pairs grow with its length, not with
    the square of it; of two neighbouring ones, the first `MOST_ACROSS` names of each are paired.

    Args:
        annotated: the article's sentences.
        candidates: what patterns proposed; they go to the pairs they speak of, as features too.
        words: the vocabulary features may name.
    """
    return list(read_pairs(annotated, candidates, words))


def read_pairs(
    annotated: Sequence[AnnotatedSentence], candidates: Iterable[Candidate], words: frozenset[str]
) -> Iterator[Pair]:
    """Yield what `find_pairs` returns; the features of a pair are made when it is its turn, for they are most of the memory."""
    everywhere = _Everywhere(annotated, candidates)
    met: list[_Meeting] = []
    before: _Symbols | None = None
    for index, sentence in enumerate(annotated):
        symbols = _symbols(sentence, words) if sentence.links else None
        if symbols is not None:
            met.extend(_within(symbols, index))
            if before is not None:
                met.extend(_across(before, symbols, index))
        before = symbols
    together = Counter((subject.entity, obj.entity) for each in met for _, subject, obj in each.ways())
    for each in met:
        for pair in each.pairs():
            yield everywhere.seen(pair, together[pair.subject, pair.object])
    for key, own in everywhere.candidates.items():
        if key not in together:
            first = own[0]
            kinds = (first.subject.partition(":")[0], first.object.partition(":")[0])
            far = Pair(*key, kinds, [f"types={kinds[0]}>{kinds[1]}", "far"])  # type: ignore[arg-type]
            yield everywhere.seen(far, 1)


class _Everywhere:
    """What is the same of two entities wherever they meet. Made once for each two: an article may state one thing a thousand times."""

    def __init__(self, annotated: Sequence[AnnotatedSentence], candidates: Iterable[Candidate]) -> None:
        self.candidates: dict[tuple[EntityId, EntityId], list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            self.candidates[candidate.subject, candidate.object].append(candidate)
        self._counts = Counter(link.entity for sentence in annotated for link in sentence.links)
        self._names = _names(annotated)
        self._made: dict[tuple[EntityId, EntityId, tuple[EntityType, EntityType]], list[str]] = {}

    def seen(self, pair: Pair, times: int) -> Pair:
        """Return the pair with its candidates, and what they and the whole article say among its features."""
        pair.candidates = self.candidates.get((pair.subject, pair.object), [])
        key = (pair.subject, pair.object, pair.types)
        if key not in self._made:
            fired = _firing_features(pair.candidates)
            self._made[key] = [*fired, *_article_features(pair, self._counts, self._names, times)]
        pair.features.extend(self._made[key])
        return pair


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two mentions that stand near each other, the first before the second, and how what is seen of them is found."""

    first: Link
    second: Link
    seen: Callable[[], list[str]]  # features, whichever is the subject
    mark: str  # what the features of the two orders begin with, before SO and OS
    index: int  # of the later mention's sentence
    evidence: Span

    def ways(self) -> Iterator[tuple[str, Link, Link]]:
        """Yield the orders that some predicate's types allow, with subject and object."""
        first, second = self.first, self.second
        if (first.type, second.type) in PREDICATES:
            yield "SO", first, second
        if (second.type, first.type) in PREDICATES:
            yield "OS", second, first

    def pairs(self) -> Iterator[Pair]:
        """Yield the pair, in each order that is allowed."""
        ways = list(self.ways())
        shared = self.seen() if ways else []
        for order, subject, obj in ways:
            yield _pair(subject, obj, f"{self.mark}{order}", shared, self.index, self.evidence)


def _names(annotated: Sequence[AnnotatedSentence]) -> dict[EntityId, frozenset[str]]:
    names: dict[EntityId, set[str]] = defaultdict(set)
    for sentence in annotated:
        for link in sentence.links:
            if link.is_name:
                names[link.entity].add(link.text)
    return {entity: frozenset(own) for entity, own in names.items()}


def _article_features(
    pair: Pair, counts: Mapping[EntityId, int], names: Mapping[EntityId, frozenset[str]], together: int
) -> list[str]:
    """Return what the whole article says of a pair: how often both are named, and how their names overlap."""
    found = [
        f"often={_bucket(counts[pair.subject])}>",
        f"often=>{_bucket(counts[pair.object])}",
        f"together={min(together, 3)}",
    ]
    overlap = _overlap(names.get(pair.subject, frozenset()), names.get(pair.object, frozenset()))
    return [*found, *overlap, *(f"{feature}:{pair.types[0]}>{pair.types[1]}" for feature in overlap)]


def _overlap(subjects: Iterable[str], objects: Collection[str]) -> list[str]:
    """Return how the names of a subject and of an object overlap."""
    ways = set()
    for subject in subjects:
        for obj in objects:
            if obj in subject:
                ways.add(
                    "begins-with-object" if obj != subject and subject.startswith(obj) else "holds-object"
                )
            elif subject[:2] == obj[:2]:
                ways.add("same-start")
            if subject in obj:
                ways.add("inside-object")
    best = next((way for way in ("begins-with-object", "holds-object", "same-start") if way in ways), None)
    return [way for way in (best, "inside-object") if way in ways]


def _firing_features(candidates: Iterable[Candidate]) -> list[str]:
    found: list[str] = []
    for candidate in candidates:
        found.append(f"fired={candidate.predicate}")
        if candidate.status != "asserted":
            found.append(f"fired={candidate.predicate}:{candidate.status}")
        for firing in candidate.firings:
            found.append(f"pattern={firing.pattern}")
            found.append(f"by={candidate.predicate}:{firing.subject_by}")
            found.append(f"pattern={firing.pattern}:{firing.subject_by}")
    return list(dict.fromkeys(found))


def _within(symbols: _Symbols, index: int) -> list[_Meeting]:
    """Return the meetings of one sentence, each pair's at the two mentions that stand nearest to each other."""
    nearest: dict[tuple[EntityId, EntityId], tuple[int, int, Link, int, Link]] = {}
    places = symbols.places
    for i, (left, first) in enumerate(places):
        for right, second in places[i + 1 :]:
            if right - left > FARTHEST:
                break
            if first.entity == second.entity:
                continue
            key = (
                (first.entity, second.entity)
                if first.entity < second.entity
                else (second.entity, first.entity)
            )
            known = nearest.get(key)
            if known is None or right - left < known[0]:
                nearest[key] = (right - left, left, first, right, second)
    return [
        _Meeting(
            first,
            second,
            partial(_shared_features, symbols, left, first, right, second),
            "",
            index,
            Span(min(first.span.start, second.span.start), max(first.span.end, second.span.end)),
        )
        for _, left, first, right, second in nearest.values()
    ]


def _pair(subject: Link, obj: Link, order: str, shared: Sequence[str], index: int, evidence: Span) -> Pair:
    types = f"{subject.type}>{obj.type}"
    features = [f"{order}|{feature}" for feature in shared]
    features += [f"types={types}", f"{order}|types={types}"]
    return Pair(subject.entity, obj.entity, (subject.type, obj.type), features, index, evidence)


@cache
def _bucket(number: int) -> str:
    return str(number) if number < 4 else "4-6" if number < 7 else "7-12" if number < 13 else "13+"


def _tail(link: Link) -> str:
    return link.text[-1] if link.type in ("Organization", "Activity", "Award", "Document", "Product") else ""


def _shared_features(symbols: _Symbols, left: int, first: Link, right: int, second: Link) -> list[str]:
    """Return what can be seen of two mentions in one sentence, whichever is the subject."""
    forms, tags = symbols.forms, symbols.tags
    if left == right:
        place = (
            "start"
            if second.span.start == first.span.start
            else "end"
            if second.span.end == first.span.end
            else "in"
        )
        return [
            "nested",
            f"nested={place}",
            f"nested={place}:{first.type}>{second.type}",
            f"outer..{_tail(first)}",
        ]
    between = forms[left + 1 : right]
    between_tags = tags[left + 1 : right]
    found = [f"near={_bucket(right - left - 1)}"]
    marks = [_SEPARATORS[form] for form in between if form in _SEPARATORS]
    found.append(f"commas={_bucket(marks.count('comma'))}")
    found.append(f"lists={_bucket(marks.count('list'))}")
    found += [f"mark={mark}" for mark in sorted(set(marks) - {"comma", "list"})]
    if any(form in _QUOTES for form in between):
        found.append("quotes")
    names = [form for form, tag in zip(between, between_tags, strict=True) if tag == "NAME"]
    found.append(f"names={_bucket(len(names))}")
    found += [f"name={name}" for name in sorted(set(names))]
    same = f"<{first.type}>" in names, f"<{second.type}>" in names
    found.append(f"blocked={same[0]:d}{same[1]:d}")
    words = [form for form, tag in zip(between, between_tags, strict=True) if tag not in ("NAME", "w")]
    if len(words) <= 14:
        found += [f"between={word}" for word in dict.fromkeys(words)]
    verbs = [form for form, tag in zip(between, between_tags, strict=True) if tag in ("v", "vn", "vd")]
    found.append(f"verbs={_bucket(len(verbs))}")
    if verbs:
        found += [f"firstverb={verbs[0]}", f"lastverb={verbs[-1]}"]
    if len(between) <= 4:
        found.append("path=" + " ".join(between))
        found.append("tags=" + " ".join(between_tags))
    elif between:
        found.append(f"after1={between[0]}")
        found.append(f"before2={between[-1]}")
        found.append(f"after1={between[0]} {between[1]}")
        found.append(f"before2={between[-2]} {between[-1]}")
    said = symbols.cues[left + 1 : right]
    found += [f"cue={predicate}" for predicate in dict.fromkeys(one for cues in said for one in cues)]
    last = next((cues for cues in reversed(said) if cues), ())
    found += [f"lastcue={predicate}" for predicate in last]
    found += _around(symbols, left, right)
    found += [f"tail1={_tail(first)}", f"tail2={_tail(second)}"]
    return found


def _around(symbols: _Symbols, left: int, right: int) -> list[str]:
    forms, tags = symbols.forms, symbols.tags
    found = []
    start = forms[left - 1] if left else "^"
    found.append(f"before1={start}")
    found.append("before1=" + (forms[left - 2] if left > 1 else "^") + f" {start}")
    end = forms[right + 1] if right + 1 < len(forms) else "$"
    found.append(f"after2={end}")
    found.append(f"after2={end} " + (forms[right + 2] if right + 2 < len(forms) else "$"))
    for position in range(right + 1, min(right + 8, len(forms))):
        if tags[position] in ("v", "vn"):
            found.append(f"nextverb={forms[position]}")
            found += [f"nextcue={predicate}" for predicate in symbols.cues[position]]
            break
    for position in range(left - 1, max(left - 8, -1), -1):
        if tags[position] in ("v", "vn"):
            found.append(f"priorverb={forms[position]}")
            found += [f"priorcue={predicate}" for predicate in symbols.cues[position]]
            break
    if left == 0:
        found.append("opens")
    return found


def _across(before: _Symbols, symbols: _Symbols, index: int) -> list[_Meeting]:
    """Return where a name in the sentence before meets one in this sentence, which does not name the first."""
    old, new = _names_of_one(before, symbols), _names_of_one(symbols, before)
    return [
        _Meeting(
            first,
            second,
            partial(_across_features, before, left, rank, symbols, right, place, first, second),
            "X-",
            index,
            second.span,
        )
        for (rank, (left, first)), (place, (right, second)) in product(enumerate(old), enumerate(new))
    ]


def _names_of_one(symbols: _Symbols, other: _Symbols) -> list[tuple[int, Link]]:
    """Return the first place of each thing that a sentence names and the other does not, and no more than six."""
    elsewhere = {link.entity for _, link in other.places}
    found: dict[EntityId, tuple[int, Link]] = {}
    for position, link in symbols.places:
        if link.entity not in elsewhere:
            found.setdefault(link.entity, (position, link))
    return list(found.values())[:MOST_ACROSS]


def _across_features(
    before: _Symbols,
    left: int,
    rank: int,
    symbols: _Symbols,
    right: int,
    place: int,
    first: Link,
    second: Link,
) -> list[str]:
    found = [f"rank={rank}", f"place={place}", f"opens={left == 0:d}{right == 0:d}"]
    kinds = [link.type for _, link in before.places]
    found.append(f"only={kinds.count(first.type) == 1:d}")
    earlier = [link.type for position, link in symbols.places if position < right]
    found.append(f"own={first.type in earlier:d}")
    found.append(f"near={_bucket(right)}")
    found += _around(symbols, right, right)
    words = symbols.forms[:right]
    if len(words) <= 14:
        found += [f"lead={word}" for word in dict.fromkeys(words)]
    return [*found, f"tail2={_tail(second)}"]
