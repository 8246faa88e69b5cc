"""A reading and what people decided -> the reading as they decided it. A pure function; the order of decisions does not matter.

What is split comes first, then what is one, then names, types and codes, then facts and figures: every anchor is looked for in
what was read, so no decision depends on what another one did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.base.model import Decided, Reading
from kg.decide.draft import Draft
from kg.decide.model import Decision, EntityAnchor
from kg.decide.split import split_apart
from kg.decide.standing import standing
from kg.decide.statements import find_statements, settle_statements
from kg.decide.things import settle_things
from kg.decide.told import says
from kg.decide.write import toml_of

__all__ = ["about", "apply", "decided_of"]

_EVERYWHERE = ("alias", "no-entity")


def apply(
    reading: Reading,
    decisions: Iterable[Decision],
    where: object = "decisions.toml",
    *,
    alone: bool = True,
) -> Reading:
    """Return a reading as people decided it; its ``decided`` says what was found, and what was not.

    Args:
        reading: as a reader made it.
        decisions: those of a file; of those that are withdrawn nothing is left, nor of those about other articles.
        where: what messages call the file.
        alone: whether the article is all there is. Else it tells only what was found in it, and of decisions about two
            articles its own side.

    Raises:
        DecisionError: two of them contradict each other of one thing, fact or figure.
    """
    if reading.decided:
        raise ValueError("decisions are applied to what a reader read")
    every = sorted(standing(tuple(decisions)), key=lambda each: each.id)
    own = [each for each in every if about(each, reading.article.sha256)]
    others = [each for each in every if each not in own] if alone else []
    if not own:
        missing = [decided_of(each, reading, found=_is_of_names(each)) for each in others]
        return replace(reading, decided=tuple(missing)) if missing else reading
    draft = Draft(reading, where)
    split_apart(draft, own)
    draft.find(_anchors(own, reading.article.sha256), _makeable(own))
    facts, figures = find_statements(draft, own)
    done = settle_things(draft, own) | settle_statements(draft, own, facts, figures)
    return _finished(draft, own, others, done, alone=alone)


def about(decision: Decision, sha256: str) -> bool:
    """Say whether a decision may be about something in an article: it names it, or is about all articles."""
    return sha256 in decision.articles or (decision.verdict in _EVERYWHERE and decision.words is not None)


def _is_of_names(decision: Decision) -> bool:
    """Say whether a decision needs nothing in an article: it says what a name alone does not do."""
    return decision.verdict == "apart" and decision.words is not None


def _anchors(decisions: Sequence[Decision], sha256: str) -> list[EntityAnchor]:
    found = [anchor for each in decisions for anchor in (each.a, each.b, each.owner) if anchor is not None]
    for each in decisions:
        for whole in (each.fact, each.to):
            if whole is not None:
                found += [end for end in (whole.subject, whole.object) if end is not None]
    return [anchor for anchor in found if anchor.article == sha256]


def _makeable(decisions: Sequence[Decision]) -> list[EntityAnchor]:
    """Return the anchors of things that a decision may bring in: ends of facts it states, the owner of a figure."""
    found: list[EntityAnchor | None] = []
    for each in decisions:
        if each.verdict == "add" and each.fact is not None:
            found += [each.fact.subject, each.fact.object]
        if each.to is not None:
            found += [each.to.subject, each.to.object]
        found.append(each.owner)
    return [anchor for anchor in found if anchor is not None]


def _finished(
    draft: Draft, own: Sequence[Decision], others: Sequence[Decision], done: set[str], *, alone: bool
) -> Reading:
    facts = [slot for slot in draft.facts if slot.value is not None]
    figures = [slot for slot in draft.figures if slot.value is not None]
    told = []
    for each in (*own, *others):
        ids = [entity for entity, marks in draft.marks.items() if each.id in marks]
        ends = {a.article for a in (each.a, each.b) if a is not None}
        partly = len(ends) > 1  # of two articles: whether it was found, only both say
        ours = [
            entity for a in (each.a, each.b) if a is not None and (entity := draft.look(a)) in draft.entities
        ]
        if partly and not alone:
            ids, found = [entity for entity in ours if entity is not None], bool(ours)
        else:
            found = (each.id in done and not partly) or _is_of_names(each)
        told.append(
            replace(
                decided_of(each, draft.reading, found=found),
                entities=tuple(sorted(ids)) if found else (),
                facts=tuple(at for at, slot in enumerate(facts) if each.id in slot.marks),
                figures=tuple(at for at, slot in enumerate(figures) if each.id in slot.marks),
            )
        )
    told = sorted((each for each in told if alone or each.anchored), key=lambda each: each.id)
    return replace(
        draft.reading,
        entities=tuple(draft.entities.values()),
        links=draft.sorted_links(),
        facts=tuple(slot.value for slot in facts if slot.value is not None),
        figures=tuple(slot.value for slot in figures if slot.value is not None),
        decided=tuple(told),
    )


def decided_of(each: Decision, reading: Reading | None, *, found: bool) -> Decided:
    """Return what a reading keeps of a decision, or what is told of one that no reading tells."""
    return Decided(
        each.id,
        each.verdict,
        says(each),
        toml_of(each),
        each.by,
        each.on,
        each.note,
        anchored=found,
        of_article=reading is not None and reading.article.sha256 in each.articles,
    )
