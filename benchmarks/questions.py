"""How many questions are answered right: a file of questions with their right answers, asked of the articles beside it.

    python benchmarks/questions.py FILE [--each] [--graph GRAPH] [--errors]

``FILE`` is TOML (``tests/questions/own.toml`` says what stands in it):

    articles = "articles"                          # a folder beside the file, built by `kg build`
    [[question]]
    about = "party"                                # optional: the article that tells it, by its file's name
    ask = "方静怡担任什么职务？"
    right = ["党支部书记|恒泽电气党支部书记", "总经理"]   # each must be named; | parts wordings that are all right; [] the articles do not say
    also = []                                      # optional: what may be named besides
    says = []                                      # optional: words that the sentence must have, as 计划

Printed are the shares: **right** (all that is asked, and nothing else, what is called doubtful too; or, where the articles do not
say, no answer), **in a sentence** (one sentence of an article is given whole, and has all that is asked), **in part** (something right, and nothing wrong but what is called doubtful), **wrong** (something that is not right), **silent** (the graph does not say), **not understood**.

``--each`` asks each question of a graph of its own article alone; ``--graph`` asks a graph that is there already; ``--errors``
lists the questions that are not answered right, with what was answered.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tomli

import kg
from kg.figures.quantity import find_quantities
from kg.questions.model import READ, Answer, Value

VERDICTS = ("right", "in a sentence", "in part", "wrong", "silent", "not understood")
WHOLE = f"{READ}whole"
_MARKS = re.compile(r"[\s“”‘’\"'《》〈〉（）()「」、，]")
_ABOUT = re.compile("^(?:约|近|超过|超|逾|共)|(?:余|多)(?=[^0-9]{0,2}$)|起$")
_ONE_BY_ONE = ("名", "人", "位", "个")


@dataclass(frozen=True)
class Question:
    """A question, and what its answer must name."""

    ask: str
    right: tuple[tuple[str, ...], ...]
    also: tuple[tuple[str, ...], ...] = ()
    says: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True)
class Asked:
    """A question with what was answered, and whether that is right."""

    question: Question
    answer: Answer
    verdict: str


def read_questions(path: Path) -> tuple[Path, list[Question]]:
    """Return the folder of the articles and the questions of a file."""
    table = tomli.loads(path.read_text(encoding="utf-8"))
    questions = [
        Question(
            each["ask"],
            tuple(tuple(item.split("|")) for item in each["right"]),
            tuple(tuple(item.split("|")) for item in each.get("also", ())),
            tuple(each.get("says", ())),
            each.get("about", ""),
        )
        for each in table["question"]
    ]
    return path.parent / table.get("articles", "articles"), questions


def judged(question: Question, given: Answer) -> str:
    """Return whether an answer is right."""
    if given.outcome != "answered":
        if not question.right:
            return "right"
        return "not understood" if given.outcome == "unread" else "silent"
    if given.kind == WHOLE:
        told = _plain(given.sentence)
        held = [any(_plain(wording) in told for wording in item) for item in question.right]
        return "in a sentence" if held and all(held) else "wrong"
    named = [_forms(value) for value in given.values]
    doubted = [_forms(value) for value in given.besides if value.status == "asserted" and not value.former]
    found = [any(_same(item, forms) for forms in (*named, *doubted)) for item in question.right]
    kept = [any(_same(item, forms) for item in (*question.right, *question.also)) for forms in named]
    if not question.right or not all(kept):
        return "wrong"
    known = [any(_same(item, forms) for item in (*question.right, *question.also)) for forms in doubted]
    said = all(word in given.sentence for word in question.says)
    return "right" if said and all(found) and all(known) else "in part"


def _forms(value: Value) -> tuple[str, ...]:
    return (value.text, *value.forms)


def _same(item: Sequence[str], forms: Iterable[str]) -> bool:
    return any(_alike(wording, form) for wording in item for form in forms)


def _alike(one: str, other: str) -> bool:
    one, other = _plain(one), _plain(other)
    return one == other or (bool(found := _figure(one)) and found == _figure(other))


def _plain(text: str) -> str:
    return _ABOUT.sub("", _MARKS.sub("", unicodedata.normalize("NFKC", text)))


def _figure(text: str) -> tuple[str, str] | None:
    found = find_quantities(text)
    if len(found) != 1 or found[0].start > 0 or found[0].end < len(text):
        return None
    unit = found[0].unit or ""
    return str(found[0].value.normalize()), "人" if unit in _ONE_BY_ONE else unit


def ask_all(questions: Sequence[Question], graph: kg.KnowledgeGraph) -> Iterator[Asked]:
    """Yield each question with what a graph answers."""
    for question in questions:
        given = graph.ask(question.ask)
        yield Asked(question, given, judged(question, given))


def ask_each(questions: Sequence[Question], folder: Path) -> Iterator[Asked]:
    """Yield each question that tells its article with what the graph of that article alone answers."""
    graphs = {path.stem: kg.build(path) for path in sorted(folder.glob("*.txt"))}
    for question in questions:
        if question.about in graphs:
            yield from ask_all([question], graphs[question.about])


def built(folder: Path, to: Path) -> kg.KnowledgeGraph:
    """Return the graph of the texts in a folder, as `kg build` makes it."""
    with tempfile.TemporaryDirectory() as place:
        for path in folder.glob("*.txt"):
            shutil.copy(path, place)
        command = [sys.executable, "-m", "kg", "build", place, "-o", str(to)]
        subprocess.run(command, check=True, capture_output=True)
    return kg.load(to)


def table(asked: Sequence[Asked]) -> list[str]:
    """Return the shares, and those of each article."""
    lines = [f"{'':14}" + "".join(f"{verdict:>16}" for verdict in VERDICTS)]
    for about in ("all", *sorted({each.question.about for each in asked})):
        counted = Counter(each.verdict for each in asked if about in ("all", each.question.about))
        every = sum(counted.values())
        lines.append(
            f"{about:14}"
            + "".join(f"{counted[verdict]:>7} {counted[verdict] / every:>7.1%} " for verdict in VERDICTS)
        )
    return lines


def main() -> None:
    """Ask, and print how many answers are right."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--each", action="store_true", help="ask the graph of each article alone")
    parser.add_argument("--graph", type=Path, help="ask this graph, and build none")
    parser.add_argument("--errors", action="store_true", help="list what is not answered right")
    given = parser.parse_args()
    folder, questions = read_questions(given.file)
    with tempfile.TemporaryDirectory() as place:
        if given.each:
            asked = list(ask_each(questions, folder))
        else:
            graph = kg.load(given.graph) if given.graph else built(folder, Path(place) / "out")
            asked = list(ask_all(questions, graph))
    for each in asked if given.errors else ():
        if each.verdict != "right":
            right = "; ".join("|".join(item) for item in each.question.right) or "(not said)"
            print(f"{each.verdict:14} [{each.question.about}] {each.question.ask}  right: {right}")
            print(f"{'':14} {each.answer.kind} {each.answer.sentence}")
    print("\n".join(table(asked)))


if __name__ == "__main__":
    main()
