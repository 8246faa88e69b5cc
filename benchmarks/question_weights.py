"""The weights by which a sentence is given whole to a question: learned from questions with their right answers.

    python benchmarks/question_weights.py FILE.toml... [--least 0.25]

Of the questions of each file (``tests/questions/own.toml`` says what stands in it) those are taken that neither a fact nor
something in the words of an article answers; of each the sentences that are nearest, with whether they have all that is asked.
Printed are the weights of a logistic regression as ``data/questions/passages.toml`` has them, and what they give to each file
where they are learned from the other files only: sentences that tell it, and that do not. It needs scikit-learn (extra ``[train]``).
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from questions import _plain, built, read_questions
from sklearn.linear_model import LogisticRegression

import kg
from kg.graph.verbatim import texts_of
from kg.questions.grammar import grammar
from kg.questions.lexicon import FEATURES, lexicon
from kg.questions.of_graph import of_graph
from kg.questions.passages import Passages
from kg.questions.whole import Whole

STRENGTH = 0.5  # of the regularization, inverse


@dataclass(frozen=True)
class Case:
    """A question that nothing smaller answers: the nearest sentences, and which of them have what is asked."""

    file: str
    sentences: tuple[Whole, ...]
    right: tuple[bool, ...]


def cases(file: Path, graph: kg.KnowledgeGraph) -> Iterator[Case]:
    """Yield the questions of a file that only a sentence can answer."""
    _, questions = read_questions(file)
    for question in questions:
        given, words = of_graph(graph.graph, question.ask)
        if words is None or given.outcome == "answered":
            continue
        passages = Passages(
            graph.graph, grammar(), words, lambda iris: texts_of(graph.graph, graph.texts, iris)
        )
        if passages.told():
            continue
        sentences = tuple(passages.weighed())
        right = tuple(
            bool(question.right)
            and all(
                any(_plain(wording) in _plain(each.sentence.text) for wording in item)
                for item in question.right
            )
            for each in sentences
        )
        if sentences:
            yield Case(file.name, sentences, right)


def learned(found: Sequence[Case]) -> LogisticRegression:
    """Return a regression over all sentences of some questions."""
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    features = [each.features for case in found for each in case.sentences]
    return model.fit(features, [right for case in found for right in case.right])


def given(model: LogisticRegression, found: Sequence[Case], least: float) -> tuple[int, int]:
    """Return how many questions get a sentence that tells what is asked, and how many one that does not."""
    told = wrong = 0
    for case in found:
        sure = model.predict_proba([each.features for each in case.sentences])[:, 1]
        at = int(sure.argmax())
        if sure[at] >= least and not case.sentences[at].objections:
            told += case.right[at]
            wrong += not case.right[at]
    return told, wrong


def main() -> None:
    """Learn, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--least", type=float, default=lexicon().weights["least"])
    asked = parser.parse_args()
    found: list[Case] = []
    with tempfile.TemporaryDirectory() as place:
        for number, file in enumerate(asked.files):
            found += cases(file, built(read_questions(file)[0], Path(place) / str(number)))
    for file in asked.files if len(asked.files) > 1 else ():
        own = [case for case in found if case.file == file.name]
        told, wrong = given(learned([case for case in found if case not in own]), own, asked.least)
        print(f"{file.name:16} {len(own):4} questions, learned without: {told} told, {wrong} not")
    model = learned(found)
    print(f"[weights]\nleast = {asked.least}\nalways = {model.intercept_[0]:.2f}")
    for name, weight in zip(FEATURES, model.coef_[0], strict=True):
        print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
