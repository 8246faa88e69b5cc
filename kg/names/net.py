"""``TaggedSentence*``, ``Mention*`` -> spans with scores: what a small net, trained on annotated articles, takes for names.

The net goes over the words of an article: what the tagger's states say of each (the tagger computes that layer), its label,
length, sign and how often it stands here, and what the rules found there. Three layers look at the words around. Each span of
at most ``WIDEST`` words then has a score for each type, from its first and last word, its length, and from the name of the
rules that it is or crosses. ``kg.things.arbiter`` decides what becomes of them. All is reckoned in whole numbers
(``kg.words.net_weights``), so that scores are the same on every processor; ``kg.learn.net`` trains the weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from kg.base.model import EntityType, Mention, Span, TaggedSentence, Token
from kg.words.lac import session_of
from kg.words.lac_graph import integer, integers, node, tensor, whole
from kg.words.net_weights import LAYERS, LONGEST, OFTENEST, WIDEST, NetWeights, default_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

TYPES: Final[tuple[EntityType, ...]] = (
    "Person",
    "Organization",
    "Place",
    "Award",
    "Document",
    "Activity",
    "Product",
)
UNIT: Final = 64
"""Scores are log-odds in parts of this; so are the values inside."""

LAYER_UNIT: Final = 512  # of the tagger's sums
WEIGHT_UNIT: Final = 256
TOP: Final = 1023  # no value inside is larger
GAP: Final = max(LAYERS)  # empty rows between sentences: no layer sees over them
_ONE_THREAD: Final = 1500  # rows of a product so small that numpy takes one thread for it
LEAST: Final = -4 * UNIT  # spans with less are no names for anybody

PAIRS: Final = {"《": "》", "“": "”", "‘": "’", "「": "」", "『": "』", '"': '"', "〈": "〉"}
"""Marks around a name: with and without them it is one span."""

Scores: TypeAlias = Sequence[Mapping[Span, tuple[int, ...]]]
"""Of each sentence, the spans that may be names, each with a score per type of ``TYPES``."""


@dataclass(frozen=True, eq=False)
class Words:
    """An article's words as the net sees them: sentences in a row, ``GAP`` empty rows around each.

    Attributes:
        sums: the tagger's sums of each word.
        sentence: the index of each word's sentence; -1: an empty row.
        places: row of a sentence's first word, by sentence; -1: it has no words.
        rows: per table of the weights, the row for each word.
        marks: what the rules' names say of each word: three times seven columns.
        rules: of each span of the rules the type's number from 1, else 0.
        crossing: whether a span crosses a name of the rules.
    """

    sums: NDArray[np.int32]
    sentence: NDArray[np.int64]
    places: tuple[int, ...]
    rows: Mapping[str, NDArray[np.int64]]
    marks: NDArray[np.float32]
    rules: NDArray[np.int64]
    crossing: NDArray[np.float32]


def find_spans(
    tagged: Sequence[TaggedSentence],
    mentions: Sequence[Sequence[Mention]],
    weights: NetWeights | None = None,
) -> Scores | None:
    """Return the spans that may be names, sentence by sentence; None where the tagger gives no sums."""
    weights = weights or default_weights()
    if any(sentence.tokens and not sentence.layer for sentence in tagged):
        return None
    return spans_of(words_of_net(tagged, mentions, weights), tagged, weights)


def spans_of(words: Words, tagged: Sequence[TaggedSentence], weights: NetWeights) -> Scores:
    """Return the spans with a score of ``LEAST`` or more, sentence by sentence."""
    rows, wides, scores = span_scores(words, weights)
    likely = np.flatnonzero(scores.max(axis=1, initial=LEAST - 1) >= LEAST)
    sentences = words.sentence[rows[likely]].tolist()
    found: list[dict[Span, tuple[int, ...]]] = [{} for _ in tagged]
    values = zip(*scores[likely].T.tolist(), strict=True)
    for row, wide, index, value in zip(
        rows[likely].tolist(), wides[likely].tolist(), sentences, values, strict=True
    ):
        tokens = tagged[index].tokens
        first = row - words.places[index]
        found[index][Span(tokens[first].start, tokens[first + wide].end)] = value
    return found


def words_of_net(
    tagged: Sequence[TaggedSentence], mentions: Sequence[Sequence[Mention]], weights: NetWeights
) -> Words:
    """Return the words as the net sees them."""
    size = GAP + sum(len(sentence.tokens) + GAP for sentence in tagged)
    width = weights.states.shape[1]
    sums = np.zeros((size, width), dtype=np.int32)
    sentence_of = np.full(size, -1, dtype=np.int64)
    marks = np.zeros((size, 3 * len(TYPES)), dtype=np.float32)
    rules = np.zeros((size, WIDEST), dtype=np.int64)
    crossing = np.zeros((size, WIDEST), dtype=np.float32)
    places = []
    at = GAP
    for index, (sentence, names) in enumerate(zip(tagged, mentions, strict=True)):
        tokens = sentence.tokens
        places.append(at if tokens else -1)
        if not tokens:
            continue
        after = at + len(tokens)
        sentence_of[at:after] = index
        if sentence.layer:  # not while it is trained
            sums[at:after] = np.frombuffer(sentence.layer, dtype=np.int16).reshape(-1, width)
        if names:
            _mark(sentence, names, at, (marks, rules, crossing))
        at = after + GAP
    rows = np.zeros((4, size), dtype=np.int64)
    rows[:, sentence_of >= 0] = _columns([token for sentence in tagged for token in sentence.tokens], weights)
    tables = dict(zip(("tag", "length", "sign", "times"), rows, strict=True))
    return Words(sums, sentence_of, tuple(places), tables, marks, rules, crossing)


def _columns(tokens: Sequence[Token], weights: NetWeights) -> NDArray[np.int64]:
    """Return of each word the rows of its label, its length, its sign, and how often it stands in the article."""
    tags, signs = _rows_of(weights)
    labels, texts = [token.tag for token in tokens], [token.text for token in tokens]
    times = Counter(texts)
    columns = (
        [tags.get(label, 0) for label in labels],
        [*map(len, texts)],
        [signs.get(text[0], 0) if label == "w" else 0 for label, text in zip(labels, texts, strict=True)],
        [*map(times.__getitem__, texts)],
    )
    most = [[len(tags)], [LONGEST], [len(signs)], [OFTENEST]]
    return np.minimum(np.array(columns, dtype=np.int64), most)


@cache
def _rows_of(weights: NetWeights) -> tuple[dict[str, int], dict[str, int]]:
    """Return the rows of the labels and of the signs that have one."""
    return (
        {tag: row for row, tag in enumerate(weights.tags.tolist(), start=1)},
        {sign: row for row, sign in enumerate(weights.signs.tolist(), start=1)},
    )


def _mark(
    sentence: TaggedSentence,
    names: Sequence[Mention],
    at: int,
    into: tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.float32]],
) -> None:
    """Write where the rules' names begin and end; ``at`` is the row of the sentence's first word."""
    marks, rules, crossing = into
    starts = {token.start: row for row, token in enumerate(sentence.tokens, start=at)}
    ends = {token.end: row for row, token in enumerate(sentence.tokens, start=at)}
    for name in names:
        span = with_marks(sentence, name.span)
        first, last = starts.get(span.start), ends.get(span.end)
        if first is None or last is None:
            continue
        kind = TYPES.index(name.type)
        marks[first, kind] = 1
        marks[last, len(TYPES) + kind] = 1
        marks[first : last + 1, 2 * len(TYPES) + kind] = 1
        wide = last - first
        if wide < WIDEST:
            rules[first, wide] = kind + 1
        before = min(first, WIDEST - 1)
        around = crossing[first - before : last + 1]
        np.maximum(around, _crossing(wide)[WIDEST - 1 - before :], out=around)


@lru_cache(maxsize=64)
def _crossing(wide: int) -> NDArray[np.float32]:
    """Say of the words from ``WIDEST`` before the second of a name to its last which spans that begin with them cross it.

    Behind the first word of the name stand ``wide`` more.
    """
    found = np.zeros((WIDEST + wide, WIDEST), dtype=np.float32)
    first = WIDEST - 1
    for inner in range(1, wide + 1):  # begins inside the name, ends behind it
        found[first + inner, wide - inner + 1 :] = 1
    for outer in range(1, WIDEST):  # begins before it, ends inside
        found[first - outer, outer : outer + wide] = 1
    return found


def with_marks(sentence: TaggedSentence, span: Span) -> Span:
    """Return a span with the quotation marks that stand around it."""
    text, base = sentence.sentence.text, sentence.sentence.span.start
    start, end = span.start - base, span.end - base
    while start > 0 and end < len(text) and PAIRS.get(text[start - 1]) == text[end]:
        start, end = start - 1, end + 1
    return span if start + base == span.start else Span(start + base, end + base)


def span_scores(
    words: Words, weights: NetWeights
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Return the spans, as their first words' rows and how many words stand behind those, and their scores for each type.

    No name begins or ends with a sign, but for a mark that opens or closes; and few words begin or end any.
    """
    first, last = trunk(words, weights)
    size, wide = len(first), len(TYPES)
    begins = _no_signs_but(PAIRS.keys(), words, weights) & (words.sentence >= 0)
    begins &= first[:, -wide:].max(axis=1) >= weights.gates[0]
    ends = _no_signs_but(PAIRS.values(), words, weights) & (last[:, -wide:].max(axis=1) >= weights.gates[1])
    starts = np.flatnonzero(begins)
    behind = np.minimum(starts[:, None] + np.arange(WIDEST), size - 1)
    which, wides = np.nonzero((words.sentence[behind] == words.sentence[starts][:, None]) & ends[behind])
    chosen = starts[which], wides
    sums = first[chosen[0]]
    sums += last[behind[which, wides]]
    sums += weights.spans[wides]
    sums += weights.rules[0]
    rules = words.rules[chosen]
    found = np.flatnonzero(rules)
    sums[found] += weights.rules[rules[found]] - weights.rules[0]
    sums[np.flatnonzero(words.crossing[chosen])] += weights.crossing
    hidden = np.clip(sums[:, :-wide], 0, 2 * TOP).astype(np.float32)
    types = weights.types.astype(np.float32)
    parts = [hidden[at : at + _ONE_THREAD] @ types for at in range(0, len(hidden), _ONE_THREAD)]
    typed = np.concatenate([np.zeros((0, wide), dtype=np.float32), *parts])
    return (*chosen, (typed.astype(np.int32) + weights.last) // WEIGHT_UNIT + sums[:, -wide:])


def _no_signs_but(marks: Collection[str], words: Words, weights: NetWeights) -> NDArray[np.bool_]:
    """Say of each word whether it is no sign, or one of ``marks``."""
    table = np.array([True, *(sign in marks for sign in weights.signs.tolist())])
    kept: NDArray[np.bool_] = table[words.rows["sign"]]
    return kept


def trunk(words: Words, weights: NetWeights) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return what each word says of the spans that begin with it and of those that end with it."""
    sums = words.sums.copy()
    for name, rows in words.rows.items():
        sums += getattr(weights, name)[rows]
    marked = np.flatnonzero(words.marks.any(axis=1))
    sums[marked] += np.einsum("wm,mh->wh", words.marks[marked].astype(np.int32), weights.marks)
    real = (words.sentence >= 0).astype(np.float32)
    values = np.clip(sums // (LAYER_UNIT // UNIT), 0, TOP) * real[:, None]
    session = _session(weights)
    (said,) = session.run(None, {"words": values.T[None].astype(np.float32), "real": real[None, None]})
    both = said[0].T.astype(np.int32)
    half = both.shape[1] // 2
    return both[:, :half], both[:, half:]


@cache
def _session(weights: NetWeights) -> Any:  # noqa: ANN401 - onnxruntime has no types
    return session_of(graph_of(weights))


def graph_of(weights: NetWeights) -> bytes:
    """Return the layers as a serialised model: convolutions over the words, each added to what it saw, then both ends."""
    width = weights.states.shape[1]
    scale, top = b"scale", b"top"
    tensors = [tensor(scale, (1,), (1 / WEIGHT_UNIT,)), tensor(top, (1,), (TOP,))]
    nodes = []
    seen = b"words"
    for layer, (apart, matrix, bias) in enumerate(zip(LAYERS, weights.layers, weights.biases, strict=True)):
        name = str(layer).encode()
        tensors += [
            tensor(b"w" + name, matrix.shape, matrix.ravel().tolist()),
            tensor(b"b" + name, bias.shape, bias.tolist()),
        ]
        around = integers(b"dilations", [apart]), integers(b"pads", [apart] * 2)
        nodes += [
            node(b"Conv", (seen, b"w" + name, b"b" + name), b"c" + name, *around),
            node(b"Mul", (b"c" + name, scale), b"s" + name),
            node(b"Floor", (b"s" + name,), b"f" + name),
            node(b"Relu", (b"f" + name,), b"r" + name),
            node(b"Add", (seen, b"r" + name), b"a" + name),
            node(b"Min", (b"a" + name, top), b"m" + name),
            node(b"Mul", (b"m" + name, b"real"), b"y" + name),
        ]
        seen = b"y" + name
    ends = np.hstack([weights.start, weights.end]).T
    tensors += [
        tensor(b"ends", (*ends.shape, 1), ends.ravel().tolist()),
        tensor(b"bias", (len(ends),), np.concatenate([weights.bias, 0 * weights.bias]).tolist()),
    ]
    nodes += [
        node(b"Concat", (b"words", seen), b"both", integer(b"axis", 1)),
        node(b"Conv", (b"both", b"ends", b"bias"), b"said"),
        node(b"Mul", (b"said", scale), b"scaled"),
        node(b"Floor", (b"scaled",), b"whole"),
    ]
    return whole({b"words": (1, width, 0), b"real": (1, 1, 0)}, nodes, tensors, b"whole")
