"""Why a relation is not in the graph: which step of the reading lost it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from kg.base.errors import QueryError
from kg.base.language import language, say
from kg.base.model import AnnotatedSentence, Article, Candidate, Entity, Fact, Predicate, Span
from kg.base.schema import schema
from kg.facts.candidate import find_candidates
from kg.facts.judge.learned import LearnedJudge
from kg.facts.judge.pair import PREDICATES, Pair, find_pairs
from kg.facts.judge.rules import merge
from kg.graph.readable import label_of
from kg.pipeline import Pipeline
from kg.text.folding import closed_up, folded


def why_not(article: Article, subject: str, predicate: str, obj: str, pipeline: Pipeline) -> tuple[str, ...]:
    """Return what each step of the reading made of a relation, up to the one that lost it.

    Args:
        article: the text that should state it.
        subject: a name of its subject, as in the text.
        predicate: one of the schema.
        obj: a name of its object; one with a gap between its characters (王　伟) is the name without.
        pipeline: the reading to explain.

    Raises:
        QueryError: there is no such predicate.
    """
    known = tuple(schema().predicates)
    if predicate not in known:
        near = get_close_matches(predicate, known, n=1)
        raise QueryError(
            predicate, "no such predicate", f"did you mean {near[0]}?" if near else " ".join(known)
        )
    fold = folded(article)
    read = fold.article if fold else article
    return tuple(_steps(read, closed_up(subject), predicate, closed_up(obj), pipeline))


def _steps(
    article: Article, subject: str, predicate: Predicate, obj: str, pipeline: Pipeline
) -> Iterator[str]:
    ((_, tagged),) = pipeline.tag([article])
    entities, links = pipeline.name(article, tagged)
    verdict = pipeline.find(article, tagged)
    ends = []
    for name in (subject, obj):
        entity = next((entity for entity in entities if name in entity.names), None)
        yield _found(article, name, entity, entities)
        if account := verdict.account(name):
            yield f"  {account}"
        if entity is None:
            return
        ends.append(entity)
    first, second = ends
    if first.id == second.id:
        yield say(
            "lost: {subject} and {object} are one entity here ({names})",
            subject=subject,
            object=obj,
            names=", ".join(first.names),
        )
        return
    if predicate not in PREDICATES.get((first.type, second.type), ()):
        yield say(
            "lost: type mismatch, {predicate} does not go from {first} to {second}",
            predicate=predicate,
            first=first.type,
            second=second.type,
        )
        return
    annotated = pipeline.annotate(article, tagged, links)
    candidates = find_candidates(article, entities, annotated)
    facts = pipeline.judge.judge(article, entities, annotated, candidates)
    yield from _verdict((first, predicate, second), annotated, candidates, facts, pipeline)


def _found(article: Article, name: str, entity: Entity | None, entities: Sequence[Entity]) -> str:
    if entity is not None:
        kind = label_of(entity.type, "zh") if language() == "zh" else entity.type
        known = f"{name}: {kind} {entity.name}"
        return known + (say(" (names: {names})", names=", ".join(entity.names)) if entity.names[1:] else "")
    at = article.text.find(name)
    if at < 0:
        return say("lost: no entity found, the text does not have {name}", name=repr(name))
    span = Span(at, at + len(name))
    if not any(part.holds(span) for part in article.body):
        return say(
            "lost: no entity found, {name} stands in a line set aside (header, footer, navigation)",
            name=repr(name),
        )
    near = [other.name for other in entities if name in other.name or other.name in name]
    return say("lost: no entity found, {name} is no name here", name=repr(name)) + (
        say("; near: {names}", names=", ".join(near[:3])) if near else ""
    )


def _verdict(
    asked: tuple[Entity, Predicate, Entity],
    annotated: Sequence[AnnotatedSentence],
    candidates: Sequence[Candidate],
    facts: Sequence[Fact],
    pipeline: Pipeline,
) -> Iterator[str]:
    subject, predicate, obj = asked
    ends = {subject.id, obj.id} if predicate in schema().symmetric() else None

    def same(one: Candidate | Fact) -> bool:
        if one.predicate != predicate:
            return False
        return (
            {one.subject, one.object} == ends if ends else (one.subject, one.object) == (subject.id, obj.id)
        )

    proposed = [candidate for candidate in candidates if same(candidate)]
    for fact in merge(proposed):
        yield say(
            "pattern {pattern} fired, confidence {confidence}, status {status}: {quote}",
            pattern=fact.pattern,
            confidence=fact.confidence,
            status=fact.status,
            quote=fact.evidence[0].quote,
        )
    if not proposed:
        others = sorted(
            {one.predicate for one in candidates if {one.subject, one.object} == {subject.id, obj.id}}
        )
        yield say("no pattern fired: no cue of this predicate ties the two names") + (
            say(" (cues of {predicates} do)", predicates=", ".join(others)) if others else ""
        )
    if isinstance(pipeline.judge, LearnedJudge):
        yield from _weighed(pipeline.judge, asked, annotated, candidates, proposed)
    stated = [fact for fact in facts if same(fact)]
    if stated:
        denied = all(fact.status == "denied" for fact in stated)
        yield (
            say("in the graph, but denied: the text says it is not so")
            if denied
            else say(
                "in the graph, confidence {confidence}", confidence=max(fact.confidence for fact in stated)
            )
        )
    else:
        yield say("lost: the judge said no")


def _weighed(
    judge: LearnedJudge,
    asked: tuple[Entity, Predicate, Entity],
    annotated: Sequence[AnnotatedSentence],
    candidates: Sequence[Candidate],
    proposed: Sequence[Candidate],
) -> Iterator[str]:
    subject, predicate, obj = asked
    model = judge.model
    orders = (
        {(subject.id, obj.id), (obj.id, subject.id)}
        if predicate in schema().symmetric()
        else {(subject.id, obj.id)}
    )
    if predicate not in model.judged:
        yield say("judge: it was taught nothing of this predicate, patterns decide alone")
        return
    pairs = [
        pair
        for pair in find_pairs(annotated, candidates, model.words)
        if (pair.subject, pair.object) in orders
    ]
    if not pairs:
        yield say("lost: the two names never stand in one sentence, or in two that follow each other")
        return
    total, pair = max(((model.total(pair, predicate), pair) for pair in pairs), key=lambda item: item[0])
    said = max((fact.confidence for fact in merge(proposed)), default=0.0)
    probability = model.probability(total, said, min(subject.confidence, obj.confidence))
    verdict = (
        say("accepted")
        if judge.accepts(probability, said, predicate)
        else say("refused below {least}", least=judge.least(said, predicate))
    )
    yield say(
        "judge: probability {probability}, {verdict}, at: {sentence}",
        probability=probability,
        verdict=verdict,
        sentence=_where(annotated, pair),
    )
    for feature, weight in model.reasons(pair, predicate):
        yield f"  {weight / 1000:+.2f}  {feature}"


def _where(annotated: Sequence[AnnotatedSentence], pair: Pair) -> str:
    return (
        annotated[pair.sentence].tagged.sentence.text.strip()
        if pair.sentence >= 0
        else say("(only a pattern saw the pair)")
    )
