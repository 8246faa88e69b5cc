"""How facts were read: each pattern's trigger and slots on its sentence, and the features that decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.base.language import say
from kg.base.model import AnnotatedSentence, Article, Candidate, Fact, Firing, Span
from kg.facts.candidate import find_candidates
from kg.facts.judge.learned import LearnedJudge, likeliest
from kg.facts.judge.pair import find_pairs
from kg.graph.iri import entity_iri, fact_iri
from kg.graph.vocabulary import DEFAULT_BASE
from kg.pipeline import Pipeline
from kg.things.arbiter import Verdict

_MARKS = (("subject", "【", "】"), ("trigger", "〔", "〕"), ("object", "［", "］"))
LEGEND = "【subject】 〔trigger〕 ［object］"


def anatomy_of(article: Article, pipeline: Pipeline, base: str = DEFAULT_BASE) -> Mapping[str, Sequence[str]]:
    """Return, for each fact of an article by its IRI, how it was read, as lines of text.

    The article is read again: the graph keeps what was found, and reading gives the same every time.
    """
    ((_, tagged),) = pipeline.tag([article])
    entities, links = pipeline.name(article, tagged)
    annotated = pipeline.annotate(article, tagged, links)
    candidates = find_candidates(article, entities, annotated)
    facts = pipeline.judge.judge(article, entities, annotated, candidates)
    iris = {entity.id: entity_iri(article, entity, base) for entity in entities}
    weighed = _weighed(pipeline, annotated, candidates)
    verdict = pipeline.find(article, tagged)
    names = {entity.id: entity.names for entity in entities}
    found: dict[str, list[str]] = {}
    for fact in facts:
        iri = fact_iri(article, fact, (iris[fact.subject], iris[fact.object]), base)
        key = (fact.subject, fact.predicate, fact.object)
        found[iri] = [
            *_firings(article.text, fact),
            *weighed.get(key, ()),
            *(line for end in key[::2] for line in _finders(names[end], verdict)),
        ]
    return found


def _finders(names: Sequence[str], verdict: Verdict) -> Iterator[str]:
    """Yield how each name of a thing was found."""
    for name in names:
        if account := verdict.account(name):
            yield say("name {name}: {account}", name=name, account=account)


def _firings(text: str, fact: Fact) -> Iterator[str]:
    for firing in dict.fromkeys(fact.firings):
        spans = [span for span in (firing.subject, firing.trigger, firing.object) if span]
        if spans:
            quote = next(
                (each.span for each in fact.evidence if any(each.span.holds(span) for span in spans)), None
            )
            shown = _marked(text, firing, quote or fact.evidence[0].span)
            yield say(
                "{pattern}, subject found: {way}: {quote}",
                pattern=firing.pattern,
                way=firing.subject_by or "there",
                quote=shown,
            )


def _marked(text: str, firing: Firing, quote: Span) -> str:
    """Return the quote with the subject, trigger and object of a firing in brackets of their own."""
    marks: list[tuple[int, int, str]] = []
    for name, opening, closing in _MARKS:
        span = getattr(firing, name)
        if span is not None and quote.holds(span):
            marks += [(span.start, 1, opening), (span.end, 0, closing)]
    parts, at = [], quote.start
    for position, _, mark in sorted(marks):
        parts += [text[at:position], mark]
        at = position
    return "".join([*parts, text[at : quote.end]])


def _weighed(
    pipeline: Pipeline, annotated: Sequence[AnnotatedSentence], candidates: Sequence[Candidate]
) -> dict[tuple[str, str, str], list[str]]:
    judge = pipeline.judge
    if not isinstance(judge, LearnedJudge):
        return {}
    pairs = find_pairs(annotated, candidates, judge.model.words)
    return {
        key: [
            say(
                "judge: {reasons}",
                reasons=", ".join(
                    f"{weight / 1000:+.2f} {feature}" for feature, weight in judge.model.reasons(pair, key[1])
                ),
            )
        ]
        for key, (_, pair) in likeliest(judge.model, pairs).items()
    }
