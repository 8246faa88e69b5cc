"""What the articles say in their own words to a question that no fact answers: one thing that they tell, or sentences that speak of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kg.graph.query import ask
from kg.graph.store import Graph, text_of
from kg.graph.verbatim import Text
from kg.questions.article import Article, Sentence, article_of, sentences_of
from kg.questions.asked import Asked, asked
from kg.questions.cover import cover
from kg.questions.grammar import Grammar
from kg.questions.lexicon import lexicon
from kg.questions.model import Source
from kg.questions.scene import Scene
from kg.questions.sought import sought
from kg.questions.taken import taken
from kg.questions.told import Told, dates, figures
from kg.questions.topic import topic_of
from kg.questions.who import agents, holders, places
from kg.questions.whole import Whole, weighed, whole
from kg.questions.words import Words

__all__ = ["Passages", "Texts", "Witness"]

Texts = Callable[[Collection[str]], Iterable[Text]]
"""What gives some articles of a graph with their texts, by their IRIs, in one order; of none all."""

_LOOKED_INTO: Final = 20_000
"""Articles that are looked into for a question that names nothing that the graph knows."""

_READ: Final = 8
"""Articles that are read closely: those with the most of the question."""

_SHOWN: Final = 3
_NAME: Final = 4  # what a name in a sentence counts, in characters
_LEAST: Final = 0.5  # of a question that a passage must have
_FEWEST: Final = 4  # characters of it

_MENTIONING: Final = """
SELECT DISTINCT ?article WHERE {
  VALUES ?thing { %s }
  ?article schema:mentions ?thing ; a schema:NewsArticle .
}
"""


@dataclass(frozen=True, slots=True)
class Witness:
    """What an article tells, and the article."""

    told: Told
    text: Text
    kind: str = ""  # of what is taken out of a sentence

    @property
    def source(self) -> Source:
        """Return the words that tell it."""
        return _source(self.text, self.told.start, self.told.end, self.told.node)


class Passages:
    """One question to the texts of a graph."""

    def __init__(self, graph: Graph, grammar: Grammar, words: Words, texts: Texts) -> None:
        self._graph, self._lexicon = graph, lexicon()
        self.asked: Asked = asked(words, grammar, self._lexicon)
        self._texts = self._nearest(texts)
        self._read_articles: list[Article] = []

    # one answer -------------------------------------------------------------------------------------------------------

    def told(self) -> tuple[Witness, ...]:
        """Return what the articles tell that is asked for: the nearest to the question, where nothing else is as near."""
        aspect = self.asked.aspect
        articles = self._articles()
        if aspect is None or aspect.reads == "none":
            return self._taken(articles)
        return (
            self._told(self.asked, articles)
            or (self._told(self.asked.without_names(self._lexicon), articles) if self.asked.names else ())
            or self._taken(articles)
        )

    def whole(self) -> Witness | None:
        """Return the one sentence that tells what is asked, where nothing is taken out of it."""
        found = whole(self.asked, self._lexicon, self._articles(), self._called)
        if found is None:
            return None
        text = found.sentence.text.strip()
        told = Told(text, found.sentence.start, found.sentence.end, (), forms=(text,))
        return Witness(told, found.article.text, "whole")

    def weighed(self) -> Iterator[Whole]:
        """Yield the sentences that are nearest, with what of the question each has."""
        return weighed(topic_of(self.asked, self._lexicon), self._lexicon, self._articles(), self._called)

    def _articles(self) -> list[Article]:
        if not self._read_articles:
            self._read_articles = [article_of(self._graph, text) for text in self._texts]
        return self._read_articles

    def _taken(self, articles: Sequence[Article]) -> tuple[Witness, ...]:
        """Return what stands somewhere in the sentence that holds all the question says."""
        for each in sought(self.asked, self._lexicon):
            if found := taken(each, self._lexicon, articles):
                return tuple(Witness(told, article.text, each.wanted.sort) for article, told in found)
        return ()

    def _told(self, asked: Asked, articles: Sequence[Article]) -> tuple[Witness, ...]:
        return _foremost(
            [
                Witness(each, article.text)
                for article in articles
                for sentence in article.sentences
                for each in self._read(Scene(asked, self._lexicon, article, sentence))
            ]
        )

    def _read(self, scene: Scene) -> Iterator[Told]:
        aspect = scene.asked.aspect
        if aspect is None or scene.is_held_against:
            return
        if aspect.reads == "figure":
            yield from figures(scene, aspect)
        elif aspect.reads == "date":
            yield from dates(scene, aspect)
        elif aspect.reads == "holder" and not (
            self._says(scene.asked.left) and self._says(scene.asked.right)
        ):
            yield from holders(scene)
        else:
            if aspect.reads != "where":
                yield from (each for each in agents(scene) if self._may_do(each, scene.article))
            if aspect.reads == "where" or scene.asked.which is not None:
                yield from places(scene, aspect.word[-1] if aspect.word[-1] in self._lexicon.roads else "")

    def _may_do(self, told: Told, article: Article) -> bool:
        """Say whether what is told is a person, where the question asks for one: 哪位."""
        aspect = self.asked.aspect
        if aspect is None or aspect.word not in self._lexicon.lists["people_asked"]:
            return True
        types = {kind for each in article.mentions if each.iri == told.iri for kind in each.types}
        return not types or "Person" in types

    def _says(self, part: str) -> bool:
        return any(each not in self._lexicon.light for each in part)

    # sentences --------------------------------------------------------------------------------------------------------

    def sources(self) -> tuple[Source, ...]:
        """Return the sentences that speak of what a question names and says, the nearest first."""
        rest, names = self.asked.rest, self.asked.names
        whole = cover(rest, self._lexicon, ()).count(0) + _NAME * len(names)
        found: list[tuple[int, int, int, Text, Sentence]] = []
        for order, text in enumerate(self._texts):
            for sentence in sentences_of(text):
                near = self._near(rest, sentence)
                if near >= max(_FEWEST, _LEAST * whole):
                    found.append((-near, order, sentence.start, text, sentence))
        found.sort(key=lambda each: each[:3])
        return tuple(_source(text, each.start, each.end) for *_, text, each in found[:_SHOWN])

    def _near(self, rest: str, sentence: Sentence) -> int:
        """Return how much of a question stands in a sentence; what stands only before it counts half."""
        folded = self._lexicon.folded
        found = cover(rest, self._lexicon, ("", folded(sentence.text), folded(sentence.before)))
        here = found.count(2)
        for name in self.asked.names:
            names = (name.text, *self._called(name.iris))
            if any(each in sentence.text for each in names):
                here += _NAME
            elif any(each in sentence.before for each in names):
                here += _NAME // 2
        return here + found.count(3) // 2 if here else 0

    def _called(self, iris: Sequence[str]) -> list[str]:
        return [name for iri in iris for name in self._graph.all_names(iri)]

    # articles ---------------------------------------------------------------------------------------------------------

    def _nearest(self, texts: Texts) -> list[Text]:
        """Return the articles with the most of a question: of those that name what it names, if any does."""
        naming = self._mentioning()
        pairs = {
            folded[at : at + 2]
            for folded in (
                self._lexicon.folded(self.asked.plain_left),
                self._lexicon.folded(self.asked.plain_right),
            )
            for at in range(len(folded) - 1)
        }
        signs = {each for each in self.asked.rest if self._lexicon.is_sign(each)}
        ranked: list[tuple[int, int, Text]] = []
        for order, text in enumerate(islice(texts(naming), _LOOKED_INTO)):
            if text.text:
                folded = self._lexicon.folded(text.text)
                near = sum(each in folded for each in (*pairs, *signs))
                ranked.append((-near, order, text))
        return [text for _, _, text in sorted(ranked, key=lambda each: each[:2])[:_READ]]

    def _mentioning(self) -> frozenset[str]:
        """Return the articles that name all that a question names, else any of it."""
        sets = [
            {
                text_of(row[0])
                for row in ask(self._graph, _MENTIONING % " ".join(f"<{iri}>" for iri in name.iris)).rows
                if row[0] is not None
            }
            for name in self.asked.names
        ]
        return frozenset(set.intersection(*sets) or set.union(*sets)) if sets else frozenset()


def _foremost(found: Sequence[Witness]) -> tuple[Witness, ...]:
    """Return what is told nearest; nothing where as near stands something else, unless a list is told in one place."""
    if not found:
        return ()
    best = max(each.told.rank for each in found)
    kept = [each for each in found if each.told.rank == best]
    by_value: dict[str, Witness] = {}
    for each in kept:
        by_value.setdefault(each.told.text, each)
    places = {(each.text.iri, each.told.start) for each in by_value.values()}
    joined = len(places) == 1 and all(each.told.iri for each in by_value.values())
    return tuple(by_value.values()) if len(by_value) == 1 or joined else ()


def _source(text: Text, start: int, end: int, node: str = "") -> Source:
    quote = text.text[start:end]
    moved = len(quote) - len(quote.lstrip())
    return Source(quote.strip(), text.title, node or text.iri, start + moved, text.name)
