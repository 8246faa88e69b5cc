"""What the user says of names: which of them stand, which are one thing, and what code a place has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.base.model import Article, TaggedSentence
from kg.base.overlay import Known, own_names
from kg.names.own import RULE, known_of, with_own
from kg.things.arbiter import Verdict
from kg.things.union import Names

__all__ = ["decided_by_user", "merge_own"]


def decided_by_user(article: Article, tagged: Sequence[TaggedSentence], verdict: Verdict) -> Verdict:
    """Return what was decided with what the user says, which goes before all else."""
    if not own_names():
        return verdict
    rows = with_own(article, tagged, verdict.names)
    given = {name.text for row in rows for name in row if name.rule == RULE}
    weighed = [
        (*before, *(name for name in row if name.rule == RULE))
        for before, row in zip(verdict.weighed, rows, strict=True)
    ]
    return replace(verdict, names=rows, sure={**verdict.sure, **dict.fromkeys(given, 1.0)}, weighed=weighed)


def merge_own(names: Names, rule: str) -> None:
    """长河机械有限公司 / 长机集团: what the user says is one thing."""
    first: dict[Known, str] = {}
    for name, kind in names.types.items():
        known = known_of(name, kind)
        if known is None or (known.listed and known.name not in names.types):
            continue
        full = first.setdefault(known, known.name if known.name in names.types else name)
        if name != full:
            names.merge(name, full, rule)
