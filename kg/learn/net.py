"""Annotated articles -> the net that finds names (``kg.names.net``): trained with PyTorch, written as whole numbers.

The net sees what the rules found, so it must not learn that a rule is always right: in some sentences their names are taken
away, and the scores that teach the arbiter come from nets that did not see the article (``out_of_fold``). Needs PyTorch (the
extra ``train``); the same articles give the same weights on one machine.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from kg.base.model import Mention, Span, TaggedSentence
from kg.learn.gold import GoldArticle
from kg.names.net import (
    LAYER_UNIT,
    LEAST,
    TOP,
    TYPES,
    UNIT,
    WEIGHT_UNIT,
    Scores,
    Words,
    span_scores,
    spans_of,
    trunk,
    with_marks,
    words_of_net,
)
from kg.words.lac import EXACT, STATE_STEPS
from kg.words.net_weights import LAYERS, LONGEST, OFTENEST, WIDEST, NetWeights

__all__ = [
    "FOLDS",
    "NetArticle",
    "annotated_spans",
    "out_of_fold",
    "read_for_net",
    "scores_of",
    "train_net",
    "vocabulary",
]

WIDTH: Final = 64
HIDDEN: Final = 24
EPOCHS: Final = 4
LEAST_STEPS: Final = 40
BATCH: Final = 700  # words
RATE: Final = 0.003
DECAY: Final = 0.02
DROPPED: Final = 0.25
SILENCED: Final = 0.15  # of the sentences are seen without the rules' names
FOLDS: Final = 3
GATED: Final = 0.0005  # of the spans that may be names are not looked at
GATE_ARTICLES: Final = 200
LEAST_SHARE: Final = (
    0.005  # of a step's weights in their mean: over all steps at first, over the last 200 or so in the end
)
_STATES: Final = 256
_SIGNS: Final = tuple('，。、；：？！（）“”《》‘’【】「」『』—-·…"()[]<>/,.:;?!')
_COMMON: Final = frozenset({"n", "vn", "v", "a", "an", "f", "s", "m", "r"})

Tensors: TypeAlias = dict[str, Any]  # torch's types would make everybody load it


@dataclass(frozen=True, eq=False)
class NetArticle:
    """An article as the net is taught it.

    Attributes:
        words: as the net sees them, without the sums.
        states: two times 256 numbers a row, in whole steps.
        wanted: first word, words behind it, and the types of each annotated name.
        open: first word and words behind it of those that may be one or not.
    """

    words: Words
    states: npt.NDArray[np.int16]
    wanted: tuple[tuple[int, int, tuple[int, ...]], ...]
    open: tuple[tuple[int, int], ...]


def vocabulary(articles: Sequence[Sequence[TaggedSentence]]) -> NetWeights:
    """Return empty weights that know the labels of the articles' words."""
    tags = sorted({token.tag for tagged in articles for sentence in tagged for token in sentence.tokens})
    ends = HIDDEN + len(TYPES)
    sizes: dict[str, tuple[int, ...]] = {
        "states": (2 * _STATES, WIDTH),
        "tag": (len(tags) + 1, WIDTH),
        "length": (LONGEST + 1, WIDTH),
        "sign": (len(_SIGNS) + 1, WIDTH),
        "times": (OFTENEST + 1, WIDTH),
        "marks": (3 * len(TYPES), WIDTH),
        "layers": (len(LAYERS), WIDTH, WIDTH, 3),
        "biases": (len(LAYERS), WIDTH),
        "start": (2 * WIDTH, ends),
        "end": (2 * WIDTH, ends),
        "bias": (ends,),
        "spans": (WIDEST, ends),
        "rules": (len(TYPES) + 1, ends),
        "crossing": (ends,),
        "types": (HIDDEN, len(TYPES)),
        "last": (len(TYPES),),
        "gates": (2,),
    }
    empty = {name: np.zeros(size, dtype=np.int32) for name, size in sizes.items()}
    return NetWeights(tags=np.array(tags), signs=np.array(_SIGNS), **empty)


def read_for_net(
    gold: GoldArticle,
    tagged: Sequence[TaggedSentence],
    mentions: Sequence[Sequence[Mention]],
    states: Sequence[npt.NDArray[np.float64]],
    empty: NetWeights,
) -> NetArticle:
    """Return an annotated article as the net is taught it; ``states`` in whole steps, a row per word."""
    words = words_of_net([replace(sentence, layer=b"") for sentence in tagged], mentions, empty)
    rows = np.zeros((len(words.sentence), 2 * _STATES), dtype=np.int16)
    wanted, loose = [], []
    for place, sentence, own in zip(words.places, tagged, states, strict=True):
        if place < 0:
            continue
        rows[place : place + len(own)] = own
        starts = {token.start: row for row, token in enumerate(sentence.tokens, start=place)}
        ends = {token.end: row for row, token in enumerate(sentence.tokens, start=place)}
        for span, (kinds, optional) in annotated_spans(gold, sentence).items():
            first, last = starts.get(span.start), ends.get(span.end)
            if first is None or last is None or last - first >= WIDEST:
                continue
            if optional:
                loose.append((first, last - first))
            else:
                wanted.append((first, last - first, tuple(kinds)))
    return NetArticle(words, rows, tuple(wanted), tuple(loose))


def annotated_spans(gold: GoldArticle, sentence: TaggedSentence) -> dict[Span, tuple[tuple[int, ...], bool]]:
    """Return where a sentence has annotated names, each with its types (places in ``TYPES``) and whether it is optional.

    The longer name first; names nest and never cross. A mere word that only stands for a thing is optional.
    """
    named: dict[str, list[tuple[tuple[int, ...], bool, bool]]] = {}
    for entity in gold.entities:
        kinds = tuple(TYPES.index(kind) for kind in TYPES if kind in entity.types)
        for number, name in enumerate(entity.names):
            if name and kinds:
                named.setdefault(name, []).append((kinds, entity.optional, number == 0))
    text, base = sentence.sentence.text, sentence.sentence.span.start
    common = {(token.start, token.end) for token in sentence.tokens if token.tag in _COMMON}
    found: dict[Span, tuple[tuple[int, ...], bool]] = {}
    bare: list[Span] = []
    for name in sorted(named, key=lambda name: (-len(name), name)):
        at = text.find(name)
        while at >= 0:
            span = Span(base + at, base + at + len(name))
            if not any(span.overlaps(other) and not other.holds(span) for other in bare):
                bare.append(span)
                readings = named[name]
                kinds = tuple(sorted({kind for own, _, _ in readings for kind in own}))
                mere = (span.start, span.end) in common and not any(first for _, _, first in readings)
                optional = all(loose for _, loose, _ in readings) or len(name) == 1 or mere
                marked = with_marks(sentence, span)
                before, loose = found.get(marked, ((), True))
                found[marked] = (tuple(sorted({*before, *kinds})), optional and loose)
            at = text.find(name, at + len(name))
    return found


# the net in PyTorch ---------------------------------------------------------------------------------------------------


def _begin(sizes: Mapping[str, tuple[int, ...]]) -> Tensors:
    """Return the weights to begin with: small random ones, and a first belief in the rules."""
    import torch

    values: Tensors = {}
    for name, size in sorted(sizes.items()):
        fan = {"states": 512, "layers": 3 * WIDTH, "start": 2 * WIDTH, "end": 2 * WIDTH, "types": HIDDEN}.get(
            name
        )
        if fan:
            values[name] = (torch.rand(size) * 2 - 1) / math.sqrt(fan)
        elif name in {"bias", "biases", "crossing", "last"}:
            values[name] = torch.zeros(size)
        else:
            values[name] = torch.randn(size) * 0.1
    wide = len(TYPES)
    with torch.no_grad():
        for name in ("spans", "rules"):
            values[name][:, -wide:] = 0
        values["rules"][1:, -wide:] += 3 * torch.eye(wide)
        values["bias"][-wide:] = -4
    return {name: value.requires_grad_() for name, value in values.items()}


def _forward(weights: Tensors, batch: Tensors, *, learning: bool) -> Any:  # noqa: ANN401
    """Return the score of each span for each type, (first word, words behind it, type)."""
    from torch.nn import functional

    def drop(value: Any, share: float) -> Any:  # noqa: ANN401
        return functional.dropout(value, share, learning)

    sums = drop(batch["states"], DROPPED) @ weights["states"] + batch["marks"] @ weights["marks"]
    for name in ("tag", "length", "sign", "times"):
        sums = sums + weights[name][batch[name]]
    real = batch["real"][:, None]
    words = functional.relu(sums).clamp(max=TOP / UNIT) * real
    seen = words.t()[None]
    for number, apart in enumerate(LAYERS):
        matrix, bias = weights["layers"][number], weights["biases"][number]
        more = functional.relu(functional.conv1d(seen, matrix, bias, padding=apart, dilation=apart))
        seen = (seen + drop(more, 0.1)) * real.t()[None]
    both = drop(_cat([words, seen[0].t()]), DROPPED)
    size, wide = len(both), len(TYPES)
    last = (
        functional.pad(both @ weights["end"], (0, 0, 0, WIDEST)).unfold(0, WIDEST, 1)[:size].transpose(1, 2)
    )
    spans = (both @ weights["start"] + weights["bias"])[:, None] + last + weights["spans"][None]
    spans = spans + weights["rules"][batch["rules"]] + batch["crossing"][..., None] * weights["crossing"]
    return functional.relu(spans[..., :-wide]) @ weights["types"] + weights["last"] + spans[..., -wide:]


def _cat(values: Sequence[Any]) -> Any:  # noqa: ANN401
    import torch

    return torch.cat(list(values), 1)


def _batch(articles: Sequence[NetArticle], rng: random.Random) -> Tensors:
    """Return articles in a row, some of their sentences without the names of the rules."""
    import torch

    words = [article.words for article in articles]
    before = np.cumsum([0, *(len(own.places) for own in words)])  # sentences of the articles before
    number = np.concatenate(
        [np.where(own.sentence >= 0, own.sentence + at, -1) for own, at in zip(words, before, strict=False)]
    )
    silent = [each for each in np.unique(number).tolist() if rng.random() < SILENCED]
    heard = ~np.isin(number, silent)
    batch = {
        "states": torch.from_numpy(
            np.concatenate([article.states for article in articles]).astype(np.float32) / STATE_STEPS
        ),
        "real": torch.from_numpy((number >= 0).astype(np.float32)),
        "marks": torch.from_numpy(np.concatenate([own.marks for own in words]) * heard[:, None]),
        "rules": torch.from_numpy(np.concatenate([own.rules for own in words]) * heard[:, None]),
        "crossing": torch.from_numpy(np.concatenate([own.crossing for own in words]) * heard[:, None]),
    }
    for name in ("tag", "length", "sign", "times"):
        batch[name] = torch.from_numpy(np.concatenate([own.rows[name] for own in words]))
    padded = np.concatenate([number, np.full(WIDEST, -2)])
    inside = np.stack([padded[wide : wide + len(number)] == number for wide in range(WIDEST)], axis=1)
    weight = (inside & (number >= 0)[:, None]).astype(np.float32)
    wanted, at = [], 0
    for article in articles:
        for first, wide in article.open:
            weight[at + first, wide] = 0
        for first, wide, kinds in article.wanted:
            weight[at + first, wide] = 0
            wanted.append((at + first, wide, kinds))
        at += len(article.states)
    batch["nothing"] = torch.from_numpy(weight)
    allowed = np.zeros((len(wanted), len(TYPES)), dtype=bool)
    for row, (_, _, kinds) in enumerate(wanted):
        allowed[row, list(kinds)] = True
    batch["allowed"] = torch.from_numpy(allowed)
    batch["first"] = torch.tensor([first for first, _, _ in wanted], dtype=torch.long)
    batch["wide"] = torch.tensor([wide for _, wide, _ in wanted], dtype=torch.long)
    return batch


def _loss(scores: Any, batch: Tensors) -> Any:  # noqa: ANN401
    """Return how badly the scores say what is a name, of which type, and what is none, per word."""
    import torch

    with_none = torch.cat([torch.zeros_like(scores[..., :1]), scores], -1)
    total = torch.logsumexp(with_none, -1)
    loss = (total * batch["nothing"]).sum()
    if len(batch["first"]):
        own = scores[batch["first"], batch["wide"]].masked_fill(~batch["allowed"], -1e4)
        loss = loss + (total[batch["first"], batch["wide"]] - torch.logsumexp(own, -1)).sum()
    return loss / batch["real"].sum()


def train_net(
    articles: Sequence[NetArticle], empty: NetWeights, seed: int = 0, epochs: int = EPOCHS
) -> NetWeights:
    """Return the net that the articles teach, in whole numbers."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # the same sums on any number of processors
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 - no secret
    sizes = {
        name: value.shape for name, value in vars(empty).items() if name not in {"tags", "signs", "gates"}
    }
    weights = _begin(sizes)
    mean = {name: value.detach().clone() for name, value in weights.items()}
    each_time = max(1, -(-sum(len(article.states) for article in articles) // BATCH))
    rounds = max(epochs, -(-LEAST_STEPS // each_time))
    steps = rounds * each_time
    optimizer = torch.optim.AdamW(weights.values(), lr=RATE, weight_decay=DECAY)
    step = 0
    for _ in range(rounds):
        for group in _groups(articles, rng):
            slope = 0.5 * (1 + math.cos(math.pi * min(1, step / steps))) + 0.01
            for parameters in optimizer.param_groups:
                parameters["lr"] = RATE * min(1, (step + 1) / 100) * slope
            batch = _batch(group, rng)
            loss = _loss(_forward(weights, batch, learning=True), batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights.values(), 5.0)
            optimizer.step()
            step += 1
            with torch.no_grad():
                for name, value in mean.items():
                    value.lerp_(weights[name], max(LEAST_SHARE, 1 / (step + 1)))
    torch.set_num_threads(threads)
    net = _rounded({name: value.numpy().astype(np.float64) for name, value in mean.items()}, empty)
    return replace(net, gates=_gates(articles[:: max(1, len(articles) // GATE_ARTICLES)], net))


def _gates(articles: Sequence[NetArticle], net: NetWeights) -> npt.NDArray[np.int32]:
    """Return what first and last words say at least of all spans that may be names, but for very few."""
    said: tuple[list[int], list[int]] = ([], [])
    wide = len(TYPES)
    open_net = replace(net, gates=np.full(2, -EXACT, dtype=np.int32))
    for article in articles:
        words = replace(article.words, sums=_sums(article, net))
        first, last = trunk(words, open_net)
        rows, wides, scores = span_scores(words, open_net)
        likely = scores.max(axis=1, initial=LEAST - 1) >= LEAST
        rows, wides = rows[likely], wides[likely]
        said[0].extend(first[rows, -wide:].max(axis=1).tolist())
        said[1].extend(last[rows + wides, -wide:].max(axis=1).tolist())
    return np.array([np.quantile(own, GATED) if own else -EXACT for own in said]).astype(np.int32)


def _groups(articles: Sequence[NetArticle], rng: random.Random) -> list[list[NetArticle]]:
    """Return the articles in groups of ``BATCH`` words or more, in any order."""
    order = list(articles)
    rng.shuffle(order)
    groups: list[list[NetArticle]] = [[]]
    size = 0
    for article in order:
        if size >= BATCH:
            groups.append([])
            size = 0
        groups[-1].append(article)
        size += len(article.states)
    return groups


def _rounded(values: Mapping[str, npt.NDArray[np.float64]], empty: NetWeights) -> NetWeights:
    """Return the weights as whole numbers, in the units of ``kg.names.net``."""
    half = WEIGHT_UNIT / 2  # so that to round down is to round
    units = {
        "states": LAYER_UNIT,
        "layers": WEIGHT_UNIT,
        "start": WEIGHT_UNIT,
        "end": WEIGHT_UNIT,
        "types": WEIGHT_UNIT,
    }
    units |= dict.fromkeys(("tag", "length", "sign", "times", "marks"), LAYER_UNIT)
    units |= dict.fromkeys(("spans", "rules", "crossing"), UNIT)
    whole = {name: np.rint(values[name] * unit).astype(np.int32) for name, unit in units.items()}
    for name in ("biases", "bias", "last"):
        whole[name] = np.rint(values[name] * UNIT * WEIGHT_UNIT + half).astype(np.int32)
    most = EXACT // STATE_STEPS - 1
    parts = np.split(whole["states"], 2)
    whole["states"] = np.concatenate([_limited(part, most) for part in parts])
    flat = whole["layers"].reshape(len(LAYERS) * WIDTH, -1).T
    whole["layers"] = _limited(flat, EXACT // (TOP + 1) - WEIGHT_UNIT).T.reshape(whole["layers"].shape)
    narrow = ("states", "layers", "start", "end", "types")
    for name in ("start", "end"):
        whole[name] = _limited(whole[name], EXACT // (TOP + 1) - WEIGHT_UNIT)
    whole["types"] = _limited(whole["types"], EXACT // (2 * TOP + 1) - 1)
    kept = {name: value.astype(np.int16 if name in narrow else np.int32) for name, value in whole.items()}
    return replace(empty, **kept)


def _limited(columns: npt.NDArray[np.int32], most: int) -> npt.NDArray[np.int32]:
    """Return columns whose absolute sums are at most ``most``: their products stay exact."""
    sums = np.abs(columns).sum(axis=0)
    shrunk: npt.NDArray[np.int32] = np.trunc(columns * np.minimum(1, most / np.maximum(sums, 1))).astype(
        np.int32
    )
    return shrunk


# what it says ---------------------------------------------------------------------------------------------------------


def scores_of(article: NetArticle, tagged: Sequence[TaggedSentence], weights: NetWeights) -> Scores:
    """Return the scores of an article's spans, as the reading will have them."""
    return spans_of(replace(article.words, sums=_sums(article, weights)), tagged, weights)


def _sums(article: NetArticle, weights: NetWeights) -> npt.NDArray[np.int32]:
    """Return the sums that the tagger gives for the first layer."""
    layer = weights.states.astype(np.float64)
    whole = article.states[:, :_STATES] @ layer[:_STATES] + article.states[:, _STATES:] @ layer[_STATES:]
    return (whole // STATE_STEPS).astype(np.int32)


def out_of_fold(
    articles: Sequence[NetArticle],
    tagged: Sequence[Sequence[TaggedSentence]],
    empty: NetWeights,
    progress: Callable[[str], None] = lambda _: None,
) -> list[Scores]:
    """Return the scores of each article by a net that did not see it."""
    found: list[Scores] = [()] * len(articles)
    for fold in range(FOLDS):
        progress(f"net, fold {fold + 1} of {FOLDS}")
        net = train_net([article for i, article in enumerate(articles) if i % FOLDS != fold], empty)
        for i in range(fold, len(articles), FOLDS):
            found[i] = scores_of(articles[i], tagged[i], net)
    return found
