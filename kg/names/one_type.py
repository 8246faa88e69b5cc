"""One type for each name of an article, by how often and how surely it was found and by the names beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from kg.base.late import late
from kg.base.model import EntityType, Mention, TaggedSentence
from kg.names.forms import short_forms, stem
from kg.names.heads import ends_in_industry, head_class, retyped
from kg.names.lexicon import organizations, regions
from kg.names.overlap import PRIORITY
from kg.names.person import has_surname

_WEIGHT = {
    "title-name": 2,
    "title-row": 3,
    "dotted-name": 3,
    "called": 3,
    "declared": 3,
    "person-line": 3,
    "stock-code": 9,
}
_NUMBERED_CRAFT = late(r"[一-龥]{2,4}[一二三四五六七八九十\d]+号")


def one_type_each(mentions: Iterable[Mention]) -> dict[str, EntityType]:
    """Return one type per name, by how often and how surely it was found."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for mention in mentions:
        votes[mention.text][mention.type] += _WEIGHT.get(mention.rule, 1)
    chosen: dict[str, EntityType] = {
        name: min(counts, key=lambda kind: (-counts[kind], PRIORITY[kind])) for name, counts in votes.items()
    }
    for name, kind in chosen.items():
        if kind == "Person" and (
            name in regions().countries
            or (head_class(name) == "strong" and (len(name) > 3 or name in organizations().strong))
            or ends_in_industry(name)
        ):
            chosen[name] = retyped(name, "Organization")
        elif kind in {"Organization", "Place"}:
            chosen[name] = retyped(name, kind)
    _retype_by_others(chosen)
    return chosen


def _retype_by_others(types: dict[str, EntityType]) -> None:
    """Give a name the type that the other names of the article show: 甲方 beside 甲国, 神舟N号 beside 神舟N号飞船."""
    states = {name[0] for name, kind in types.items() if kind == "Place" and name in regions().countries}
    works = sorted(name for name, kind in types.items() if kind == "Product")
    for name in [n for n, kind in types.items() if kind == "Person" and len(n) == 2 and states.issuperset(n)]:
        del types[name]  # 甲乙: two states
    for name, kind in types.items():
        if kind == "Person" and len(name) == 2 and name[1] == "方" and name[0] in states:
            types[name] = "Place"
        elif (
            kind in {"Person", "Organization"}
            and _NUMBERED_CRAFT.fullmatch(name)
            and _begins_one(works, name)
        ):
            types[name] = "Product"


def _begins_one(names: Sequence[str], beginning: str) -> bool:
    """Say whether one of the names, which are sorted, begins so."""
    at = bisect_left(names, beginning)
    return at < len(names) and names[at].startswith(beginning)


def retype_short_forms(types: dict[str, EntityType], located: Collection[str] = ()) -> None:
    """A short form of an organisation is an organisation, whatever the tagger took it for; not where something lies in it."""
    for name, kind in list(types.items()):
        if kind == "Organization" and len(name) >= 4:
            for form in short_forms(name):
                if form in located and types.get(form, "Place") == "Place":
                    types[form] = "Place"
                elif types.get(form) in {"Person", "Place"}:
                    types[form] = "Organization"
            brand = stem(name)
            if types.get(brand) == "Person" and (len(brand) == 2 or not has_surname(brand)):
                types[brand] = "Organization"


def drop_doubtful(types: dict[str, EntityType], tagged: Sequence[TaggedSentence], sure: set[str]) -> None:
    """Take out short names that the tagger mostly reads as plain words."""
    short = {
        name: 0
        for name, kind in types.items()
        if len(name) <= 3 and kind in {"Person", "Organization"} and name not in sure
    }
    if not short:
        return
    for sentence in tagged:
        for token in sentence.tokens:
            if token.text in short:
                short[token.text] += 1 if token.tag in {"PER", "ORG", "LOC", "nz", "nw"} else -1
    for name, balance in short.items():
        if balance < 0:
            del types[name]


def with_types(row: Iterable[Mention], types: dict[str, EntityType]) -> Iterator[Mention]:
    """Yield the names of a row with the type that each has in the article; one without a type is none."""
    for mention in row:
        kind = types.get(mention.text)
        if kind == mention.type:
            yield mention
        elif kind is not None:
            yield Mention(mention.span, mention.text, kind, mention.rule, mention.confidence)
