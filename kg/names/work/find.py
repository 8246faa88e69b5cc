"""``TaggedSentence*`` -> the mentions of activities, awards, documents and products: names that end in a common noun.

The ways that lead to a name, each a rule id that reaches the mention:

``title-marks``   《X》: a document, unless the words before say it is a film, a programme or a song.
``quote-HEAD``    “X” and the nouns after it up to a head (“X”主题活动), with the words before it that belong to the name.
``quoted-HEAD``   “X” where X itself ends in a head noun.
``quote-cue-T``   “X” alone, by the verb that takes it (荣获“X”) or the noun that sums up its list (“X”“Y”等称号).
``head-HEAD``     a head noun, extended to the left over the words that can stand inside a name, or up to what bounds it:
                  a cue verb, 在 … 上, the beginning of the clause before 召开.
``named``         the object of 被评为, 授予 and the like, as an award.
``shape-SHAPE``   a name of a fixed shape (台风“X”).
``again``         a name found elsewhere in the article.
``...-core``      a short form of one longer name of the article: the same thing, not another (see `stands_for`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.base.finder import Finder
from kg.base.late import late
from kg.base.model import Article, EntityType, Mention, Span, TaggedSentence
from kg.names.work.head import find_heads, find_shapes
from kg.names.work.honour import find_honours
from kg.names.work.knowledge import Knowledge, knowledge
from kg.names.work.quote import find_quotes, find_titles
from kg.names.work.scan import ORDINAL, Scan

_MARKS = {ord(c): None for c in '《》“”「」『』"· '}
_QUOTED = late(r"“([^“”]{2,})”")
_PLAIN = late(r"[（(][^（）()]*[）)]")
_REST = late(r"[（(].*|(?:系列|主题)?活动|项目|工程|产品|称号")
_MOST = 200  # names of one ending that a short form is compared with


def find_works(
    article: Article,  # noqa: ARG001 - as other finders of names
    tagged: Sequence[TaggedSentence],
    know: Knowledge | None = None,
) -> tuple[tuple[Mention, ...], ...]:
    """Return the activities, awards, documents and products that each sentence names, sorted by start.

    ``know``: other knowledge of works than kg's own.
    """
    know = know or knowledge()
    scans = [Scan(sentence, know) for sentence in tagged]
    for scan in scans:
        find_titles(scan)
        find_quotes(scan)
        find_heads(scan)
        find_honours(scan)
        find_shapes(scan)
        scan.settle()
    _repeat(scans)
    _mark_short_forms(scans)
    return tuple(tuple(sorted(s.found, key=lambda m: (m.span.start, -m.span.end))) for s in scans)


# the same name again ----------------------------------------------------------------------------------------------


def _repeat(scans: Sequence[Scan]) -> None:
    known: dict[str, tuple[EntityType, str]] = {}
    shown = {m.text for s in scans for m in s.found if m.rule == "title-marks" and m.type == "Product"}
    for s in scans:
        s.found = [replace(m, type="Product") if m.text in shown else m for m in s.found]
        for mention in s.found:
            for name, core in _forms(mention.text):
                if len(name) >= 4 and not (
                    mention.type == "Award" and name.strip("”").endswith(s.know.words.units)
                ):
                    known.setdefault(name, (mention.type, "again-core" if core else "again"))
    if not known:
        return
    finder = Finder(sorted(known))
    for s in scans:
        ends = {token.end - s.base for token in s.tokens}
        for name, start, end in finder.longest(s.text):
            if end in ends and (not start or start in ends):
                kind, rule = known[name]
                span = Span(start + s.base, end + s.base)
                met = [other for other in s.found if span.overlaps(other.span)]
                if all(
                    other.rule.startswith("head-") and span.holds(other.span) and span != other.span
                    for other in met
                ):
                    s.found = [other for other in s.found if other not in met]
                    s.keep(start, end, kind, rule, 0.7)


def _mark_short_forms(scans: Sequence[Scan]) -> None:
    """Give the names that stand for one longer name of the article a rule id that says so."""
    names = sorted({(mention.type, mention.text) for s in scans for mention in s.found})
    full: dict[tuple[EntityType, str], list[str]] = defaultdict(list)
    for kind, name in names:
        for tail in tails(name):
            full[kind, tail].append(name)
    short = set()
    for kind, name in names:
        others = full.get((kind, tail_of(name)), [])
        if len({_bare(other) for other in others[:_MOST] if stands_for(name, other)}) == 1:
            short.add((kind, name))
    for s in scans:
        s.found = [
            replace(m, rule=f"{m.rule}-core")
            if (m.type, m.text) in short and not m.rule.endswith("-core")
            else m
            for m in s.found
        ]


def tails(name: str) -> set[str]:
    """Return the last two characters of every form that may stand for ``name``."""
    bare = _bare(name)
    forms = {bare, _bare(_PLAIN.sub("", name)), ORDINAL.sub("", bare), *map(_bare, _QUOTED.findall(name))}
    forms.update(bare[: match.start()] for match in _REST.finditer(bare) if match.end() == len(bare))
    return {form[-2:] for form in forms}


def tail_of(name: str) -> str:
    """Return the last two characters of ``name`` without its marks: what `tails` of a longer form would hold."""
    return _bare(name)[-2:]


def stands_for(short: str, full: str) -> bool:
    """Say whether ``short`` is a shorter form of the name ``full``.

    It is if it is the end of it (科技进步奖 of X省科技进步奖), all of it but an edition or a bracket (X论坛 of 第三届X论坛,
    《X规划》 of 《X规划（试行）》), its quoted part, or all but a last common noun (X专场 of X专场活动).
    """
    less, more = _bare(short), _bare(full)
    if len(less) < 2 or len(less) >= len(more):
        return False
    if more.endswith(less) or less == _bare(_PLAIN.sub("", full)) or f"“{less}”" in full:
        return True
    if more.startswith(less) and _REST.fullmatch(more, len(less)):
        return True
    return ORDINAL.sub("", more).endswith(less)


def _bare(name: str) -> str:
    return name.translate(_MARKS)


def _forms(name: str) -> Iterator[tuple[str, bool]]:
    """A name without its marks, and the quoted part of it."""
    yield name, False
    bare = _bare(name)
    if bare != name:
        yield bare, False
    for core in _QUOTED.findall(name):
        if len(core) < len(bare):
            yield core, True
