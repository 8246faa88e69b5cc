"""The whole way from an article to what it says, on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from kg.base.garbage import seldom_collected
from kg.base.model import AnnotatedSentence, Article, Entity, Link, Reading, Refused, TaggedSentence
from kg.facts.candidate import find_candidates
from kg.facts.dating import with_dated_figures
from kg.facts.exclusion import without_excluded
from kg.facts.judge.learned import LearnedJudge
from kg.facts.judge.rules import Judge
from kg.figures.cells import with_cells
from kg.figures.figure import find_figures
from kg.figures.moment import find_moments
from kg.names.find import find_mentions
from kg.names.net import find_spans
from kg.text.folding import folded, unfolded
from kg.text.script import is_traditional, restored, simplified
from kg.text.sentence import split
from kg.things.arbiter import Verdict, arbitrate
from kg.things.confidence import with_confidence, without_doubtful
from kg.things.own import decided_by_user
from kg.things.resolve import resolve
from kg.words.tagger import Tagger, default_tagger


@dataclass(frozen=True)
class Pipeline:
    """Reads articles; the tagger and the judge can be others."""

    tagger: Tagger = field(default_factory=default_tagger)
    judge: Judge = field(default_factory=LearnedJudge)

    def read(self, articles: Sequence[Article]) -> tuple[Reading, ...]:
        """Return what each article says. A pure function: the same articles give the same readings, in any batch."""
        with seldom_collected():
            return self._read(articles)

    def _read(self, articles: Sequence[Article]) -> tuple[Reading, ...]:
        folds = [folded(article) for article in articles]
        seen = [fold.article if fold else article for fold, article in zip(folds, articles, strict=True)]
        plain = [simplified(article) if is_traditional(article.text) else article for article in seen]
        readings = (
            self.state(article, tagged, *self.name(article, tagged)) for article, tagged in self.tag(plain)
        )
        return tuple(
            unfolded(as_seen, fold) if fold else as_seen
            for reading, article, fold in zip(readings, seen, folds, strict=True)
            if (as_seen := reading if reading.article is article else restored(reading, article))
        )

    def tag(self, articles: Sequence[Article]) -> list[tuple[Article, list[TaggedSentence]]]:
        """Return each article with its sentences cut into words, in one batch."""
        sentences = [split(article) for article in articles]
        tagged = iter(self.tagger.tag(list(chain.from_iterable(sentences))))
        return [
            (article, [next(tagged) for _ in own]) for article, own in zip(articles, sentences, strict=True)
        ]

    def find(self, article: Article, tagged: Sequence[TaggedSentence]) -> Verdict:
        """Return the names in an article: those of the rules and of the net that the arbiter lets stand, and the user's."""
        found = find_mentions(article, tagged)
        return decided_by_user(article, tagged, arbitrate(article, tagged, found, find_spans(tagged, found)))

    def name(
        self, article: Article, tagged: Sequence[TaggedSentence]
    ) -> tuple[tuple[Entity, ...], tuple[tuple[Link, ...], ...]]:
        """Return the things an article names, and where it names them, sentence by sentence."""
        verdict = self.find(article, tagged)
        entities, links = resolve(article, tagged, verdict.names)
        return with_confidence(entities, verdict.sure), links

    def annotate(
        self, article: Article, tagged: Sequence[TaggedSentence], links: Sequence[tuple[Link, ...]]
    ) -> tuple[AnnotatedSentence, ...]:
        """Return the sentences with everything a reader of facts may look at."""
        annotated = [
            AnnotatedSentence(sentence, own, moments=moments)
            for sentence, own, moments in zip(
                tagged, links, find_moments(article, tagged, links), strict=True
            )
        ]
        figures = with_cells(article, annotated, find_figures(article, annotated))
        return without_excluded(
            [
                with_dated_figures(replace(sentence, figures=own)) if own else sentence
                for sentence, own in zip(annotated, figures, strict=True)
            ]
        )

    def state(
        self,
        article: Article,
        tagged: Sequence[TaggedSentence],
        entities: tuple[Entity, ...],
        links: Sequence[tuple[Link, ...]],
    ) -> Reading:
        """Return what an article says about the things it names."""
        annotated = self.annotate(article, tagged, links)
        candidates = find_candidates(article, entities, annotated)
        facts = self.judge.judge(article, entities, annotated, candidates)
        figures = tuple(chain.from_iterable(sentence.figures for sentence in annotated))
        refused: tuple[Refused, ...] = ()
        if article.asked is not None:
            from kg.propose.gate import with_proposals  # hardly anybody asks a model

            proposed = with_proposals(article, entities, annotated, facts)
            entities, links = proposed.entities, proposed.links
            facts, refused = proposed.facts, proposed.refused
        entities, named = without_doubtful(entities, chain.from_iterable(links), facts, figures)
        return Reading(
            article,
            entities,
            named,
            facts,
            figures,
            tuple(chain.from_iterable(sentence.moments for sentence in annotated)),
            tuple(sentence.sentence for sentence in tagged),
            refused=refused,
        )
