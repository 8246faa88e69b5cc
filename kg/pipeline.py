"""The whole way from an article to what it says, on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from kg.candidate import find_candidates
from kg.coreference import resolve
from kg.figure import find_figures
from kg.judge import Judge, RuleJudge
from kg.mention import find_mentions
from kg.model import AnnotatedSentence, Article, Reading, TaggedSentence
from kg.moment import find_moments
from kg.sentence import split
from kg.tagger import Tagger, default_tagger


@dataclass(frozen=True)
class Pipeline:
    """Reads articles; the tagger and the judge can be others."""

    tagger: Tagger = field(default_factory=default_tagger)
    judge: Judge = field(default_factory=RuleJudge)

    def read(self, articles: Sequence[Article]) -> tuple[Reading, ...]:
        """Return what each article says. A pure function: the same articles give the same readings, in any batch."""
        sentences = [split(article) for article in articles]
        tagged = iter(self.tagger.tag(list(chain.from_iterable(sentences))))
        return tuple(
            self.understand(article, [next(tagged) for _ in own])
            for article, own in zip(articles, sentences, strict=True)
        )

    def understand(self, article: Article, tagged: Sequence[TaggedSentence]) -> Reading:
        """Return what one tagged article says."""
        entities, links = resolve(article, tagged, find_mentions(article, tagged))
        moments = find_moments(article, tagged)
        annotated = [
            AnnotatedSentence(sentence, own, moments=when)
            for sentence, own, when in zip(tagged, links, moments, strict=True)
        ]
        figures = find_figures(article, annotated)
        annotated = [replace(sentence, figures=own) for sentence, own in zip(annotated, figures, strict=True)]
        facts = self.judge.judge(article, entities, annotated, find_candidates(article, entities, annotated))
        return Reading(
            article,
            entities,
            tuple(chain.from_iterable(links)),
            facts,
            tuple(chain.from_iterable(figures)),
            tuple(chain.from_iterable(moments)),
            tuple(sentence.sentence for sentence in tagged),
        )
