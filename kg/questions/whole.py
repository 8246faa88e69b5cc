"""The one sentence of an article that tells what a question asks, as it stands, where nothing smaller can be taken out of it.

Sentences are weighed by how much of the question they have (a logistic regression; its weights are in ``data/questions/passages.toml``),
and the best is given if it is good enough and nothing speaks against it: it must have a thing of the sort that is asked for, and
must not tell what is only rumoured, of another time, of another subject, or of who gives up what is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.questions.article import Article, Sentence
from kg.questions.asked import Asked
from kg.questions.cover import Cover, cover
from kg.questions.lexicon import FEATURES, Lexicon
from kg.questions.objection import objects
from kg.questions.scene import Scene
from kg.questions.topic import BEFORE, ELSEWHERE, HERE, OF_NAME, Topic, has_sort, topic_of

__all__ = ["Whole", "weighed", "whole"]

_OF_BEFORE: Final = 0.5  # what stands only before the sentence
_OF_ELSEWHERE: Final = 0.4  # how much that lacks which stands elsewhere in the article
_OF_SORT: Final = 2  # what having a thing of the sort counts where sentences are chosen that are weighed
_OF_TITLE: Final = 3  # a title tells it too, but a sentence does better
_WEIGHED: Final = 8
_RUN: Final = 3  # characters in a row that stand in the sentence as in the question

Called = Callable[[Sequence[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Whole:
    """A sentence with what of a question it has."""

    article: Article
    sentence: Sentence
    features: tuple[float, ...]  # by FEATURES
    objections: tuple[str, ...]  # why it must not be given

    def probability(self, lexicon: Lexicon) -> float:
        """Return how sure it is that it tells what is asked."""
        sum_ = sum(lexicon.weights[name] * value for name, value in zip(FEATURES, self.features, strict=True))
        return 1 / (1 + math.exp(-sum_ - lexicon.weights["always"]))


def whole(asked: Asked, lexicon: Lexicon, articles: Sequence[Article], called: Called) -> Whole | None:
    """Return the sentence that tells what is asked; None where none is sure enough."""
    best = max(
        weighed(topic_of(asked, lexicon), lexicon, articles, called),
        key=lambda each: each.probability(lexicon),
        default=None,
    )
    if best is None or best.objections or best.probability(lexicon) < lexicon.weights["least"]:
        return None
    return best


def weighed(topic: Topic, lexicon: Lexicon, articles: Sequence[Article], called: Called) -> Iterator[Whole]:
    """Yield the sentences nearest to a question, with what of it they have."""
    found = [each for article in articles for each in _near(topic, lexicon, article, called)]
    found.sort(key=lambda each: -each.order)
    kept = found[:_WEIGHED]
    keyed = sum(each.keyed for each in found)
    for each in kept:
        rest = [other.near for other in kept if other is not each]
        lead, behind = each.near - max(rest, default=0.0), max([0.0, *(other - each.near for other in rest)])
        yield Whole(
            each.scene.article,
            each.scene.sentence,
            _features(topic, each, lead, behind, keyed),
            tuple(objects(topic, each.scene, each.found)),
        )


@dataclass(frozen=True, slots=True)
class _Near:
    scene: Scene
    found: Cover
    here: int  # names of the question that stand in the sentence
    before: int
    sort: bool
    single: int  # characters that stand in the sentence only by themselves
    keyed: bool  # the word beside what asks stands there

    @property
    def near(self) -> float:
        return (
            self.found.count(HERE)
            + OF_NAME * self.here
            + _OF_BEFORE * (self.found.count(BEFORE) + OF_NAME * self.before)
        )

    @property
    def title(self) -> bool:
        return self.scene.sentence.text.strip() == self.scene.article.text.title.strip()

    @property
    def order(self) -> float:
        return self.near + _OF_SORT * self.sort - _OF_TITLE * self.title


def _near(topic: Topic, lexicon: Lexicon, article: Article, called: Called) -> Iterator[_Near]:
    anywhere = cover(topic.rest, lexicon, (lexicon.loosely(article.text.text),), close=0)
    for sentence in article.sentences:
        texts = (lexicon.loosely(sentence.text), lexicon.loosely(sentence.before))
        found = cover(topic.rest, lexicon, texts, close=0)
        found.fill(anywhere, ELSEWHERE)
        loose = cover(topic.rest, lexicon, texts[:1])
        scene = Scene(topic.asked, lexicon, article, sentence)
        here, before = _names(scene, called)
        if found.count(HERE) + here:
            single = loose.count(HERE) - found.count(HERE)
            keyed = bool(topic.key) and all(found.marked(at, HERE) for at in topic.key)
            yield _Near(scene, found, here, before, has_sort(topic, scene), single, keyed)


def _names(scene: Scene, called: Called) -> tuple[int, int]:
    """Return how many names of the question stand in a sentence, and how many only before it."""
    here = before = 0
    for name in scene.asked.names:
        names = (name.text, *called(name.iris))
        if name.text in scene.sentence.text or scene.has(name, scene.sentence.start, scene.sentence.end):
            here += 1
        elif any(each in scene.sentence.before for each in names):
            before += 1
    return here, before


def _features(topic: Topic, each: _Near, lead: float, behind: float, keyed_ones: int) -> tuple[float, ...]:
    found, scene, text = each.found, each.scene, each.scene.sentence.text
    here, before, elsewhere, lacking = (found.count(mark) for mark in (HERE, BEFORE, ELSEWHERE, 0))
    names = len(scene.asked.names)
    size = max(1, here + before + elsewhere + lacking + OF_NAME * names)
    keyed = [found.marked(at, HERE) for at in topic.key]
    told = f"{scene.sentence.before}{text}"
    return (
        each.near / 10,
        (lacking + _OF_ELSEWHERE * elsewhere) / size,
        here / 10,
        sum(keyed) / len(keyed) if keyed else 0.0,
        float(not keyed),
        float(each.here),
        float(each.before),
        float(names - each.here - each.before),
        float(all(number in told for number in topic.counted)),
        float(topic.is_of_time(told)),
        float(each.title),
        behind / 10,
        lead / 10,
        float(scene.is_of_others(scene.sentence.end, each.here)),
        float(each.sort),
        _in_runs(topic, found) / size,
        elsewhere / size,
        size / 20,
        float(scene.says_unasked("denials", text)),
        float(scene.says_unasked("hopes", text)),
        len(text) / 100,
        1 / keyed_ones if each.keyed else 0.0,
        each.single / size,
    )


def _in_runs(topic: Topic, found: Cover) -> int:
    """Return how many characters stand in the sentence in a row, as in the question."""
    total = run = 0
    for at in range(len(topic.rest) + 1):
        if at < len(topic.rest) and found.at[at] == HERE:
            run += 1
        elif at < len(topic.rest) and run and topic.is_light(at):
            continue
        else:
            total += run if run >= _RUN else 0
            run = 0
    return total
