"""``Mention*`` -> ``Entity* + Link*``: which names are one thing, and why; and what 该公司, 他, 会议 point back to.

Two names become one thing only by a rule that gives one candidate; two candidates mean no answer, since a wrong merge is
worse than a split. ``RULES`` has all rules in their order: an id, which reaches the merge, and the function that merges.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from kg.base.model import Article, Entity, Link, Mention, TaggedSentence
from kg.things import abbreviation, called, declared, omission, organizations, own, people, places, works
from kg.things.references import find_references
from kg.things.sense import keyed, surface
from kg.things.union import Names

Rule = tuple[str, Callable[[Names, str], None]]

RULES: Final[tuple[Rule, ...]] = (
    ("own-names", own.merge_own),
    ("declared", declared.merge_declared),
    ("same-name", declared.merge_same),
    ("same-code", places.merge_same_code),
    ("side", places.merge_sides),
    ("level-dropped", places.merge_without_level),
    ("chain-dropped", places.merge_without_chain),
    ("chain-dropped", places.merge_sites),
    ("well-known", organizations.merge_well_known),
    ("place-shortened", organizations.merge_short_places),
    ("form-dropped", organizations.merge_without_legal_form),
    ("form-dropped", organizations.merge_short_forms),
    ("chain-dropped", organizations.merge_without_country),
    ("form-dropped", organizations.merge_casual),
    ("form-dropped", organizations.merge_brands),
    ("form-dropped", organizations.merge_fronts),
    ("words-left-out", called.merge_called),
    ("abbreviated", abbreviation.merge_abbreviated),
    ("level-dropped", organizations.merge_levels),
    ("chain-dropped", organizations.merge_teams),
    ("same-part", organizations.merge_same_parts),
    ("part-alone", organizations.merge_parts_alone),
    ("chain-dropped", organizations.merge_ends),
    ("name-part", people.merge_name_parts),
    ("surname", people.merge_surnames),
    ("courtesy", people.merge_courtesy),
    ("same-core", works.merge_same_core),
    ("edition-dropped", works.merge_without_edition),
    ("words-left-out", omission.merge_words_left_out),
)
"""The rules in the order in which they merge; each sees what those before it have made one."""


def resolve(
    article: Article, tagged: Sequence[TaggedSentence], mentions: Sequence[Sequence[Mention]]
) -> tuple[tuple[Entity, ...], tuple[tuple[Link, ...], ...]]:
    """Return the things the mentions name, and the links of each sentence (sorted by start, longer first)."""
    told = keyed(article, tagged, mentions)
    names = Names(told, declared.find_aliases(article, tagged, mentions), article.text)
    for rule, merge in RULES:
        merge(names, rule)
    entities, by_name = names.entities()
    links = [
        [
            Link(m.span, surface(m.text), by_name[m.text].id, by_name[m.text].type, names.rule_of(m.text))
            for m in row
        ]
        for row in told
    ]
    for row, found in zip(links, find_references(tagged, links, entities), strict=True):
        row.extend(found)
        row.sort(key=lambda link: (link.span.start, -link.span.end))
    return entities, tuple(map(tuple, links))
