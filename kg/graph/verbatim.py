"""Whether some words stand in the texts of a graph, word for word, and where; else where something like them stands.

Found by comparing as ``kg.text.sameness`` has it, shown in the article's own characters. A text that is not the one the graph
was made of (its SHA-256 says so) is none; what the graph quotes of its article still counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Final, Literal

from kg.base.home import digest
from kg.graph.literal import position
from kg.graph.store import Graph
from kg.graph.vocabulary import DCTERMS, KG, OA, PROV, RDF, RDFS, SCHEMA, local_name
from kg.text.formats.boxes import leaf_of
from kg.text.sameness import fixed_characters, same, same_with_places

__all__ = [
    "FEW",
    "Evidence",
    "Found",
    "Text",
    "Verdict",
    "differences",
    "evidence_of",
    "plain",
    "texts_of",
    "verify_quote",
]

Answer = Literal["yes", "no", "cannot say"]

MOST: Final = 20
"""Passages that are shown; how many there are is told."""

FEW: Final = 3
"""Differences that are told; with more it is another sentence."""

_NEAREST: Final = 3
_LOOKED_INTO: Final = 20  # texts with the most of the words, for what is nearest
_SAMPLED: Final = 60  # pairs of characters of the words by which texts are chosen
_ALIKE: Final = 0.4  # below it nothing is near
_CONTEXT: Final = 16  # code points before and behind what was found
_REACH: Final = 40  # code points that what is nearest is widened by, to where its sentence ends
_ENDS: Final = frozenset("。！？；!?;\n")
_PARTS: Final = re.compile(
    r"[0-9.,]*[0-9]|[A-Za-z]+|.", re.DOTALL
)  # that differ as wholes: numbers, words in letters
_NAMED: Final = 20  # articles without a text that are named


@dataclass(frozen=True, slots=True)
class Text:
    """An article of the graph with its text; ``text`` is "" where the one the graph was made of is not at hand."""

    iri: str
    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A passage of an article: ``quote`` is its own text from ``start`` to ``end``, in code points."""

    iri: str
    name: str
    title: str
    start: int
    end: int
    quote: str
    before: str = ""
    after: str = ""
    alike: float = 1.0
    found_at: str = ""  # page=3, paragraph=3, where the graph tells
    facts: tuple[tuple[str, str], ...] = ()  # that quote some of it: IRI and label


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to whether words stand in the texts."""

    words: str
    answer: Answer
    exact: bool = False  # to the character; a yes without it: but for width and white space
    total: int = 0
    passages: tuple[Found, ...] = ()
    nearest: tuple[Found, ...] = ()
    articles: int = 0
    without_text: tuple[str, ...] = ()  # names of articles whose text is not at hand

    @property
    def status(self) -> int:
        """Return the exit status of the answer: 0, 1, and 3 where it cannot be said."""
        return {"yes": 0, "no": 1, "cannot say": 3}[self.answer]


def texts_of(graph: Graph, texts: Mapping[str, str], iris: Collection[str] = ()) -> list[Text]:
    """Return the articles of a graph, or some of them, with those of the texts that it was made of."""
    import pyoxigraph as ox

    by_sha = {digest(text): text for text in texts.values()}
    kind = (ox.NamedNode(RDF + "type"), ox.NamedNode(SCHEMA + "NewsArticle"))
    found = []
    for iri in sorted(getattr(quad.subject, "value", "") for quad in graph.quads(None, *kind)):
        name = _one(graph, iri, DCTERMS + "identifier") or local_name(iri)
        title = _one(graph, iri, SCHEMA + "headline") or _one(graph, iri, RDFS + "label") or name
        found.append(Text(iri, name, title, by_sha.get(_one(graph, iri, KG + "sha256"), "")))
    kept = (each for each in found if not iris or each.iri in iris)
    return sorted(kept, key=lambda each: (each.name, each.iri))


def verify_quote(words: str, graph: Graph, texts: Callable[[], Iterable[Text]], most: int = MOST) -> Verdict:
    """Return whether ``words``, without blanks around them, stand in the texts.

    Args:
        words: what is looked for.
        graph: tells pages, facts, and what is quoted of articles without a text.
        texts: yields the articles, each time it is called: in one order, by name.
        most: passages that are shown.
    """
    wanted = words.strip()
    missing: list[str] = []
    places: list[Found] = []
    articles = 0
    for text in texts():
        articles += 1
        if text.text:
            places += _occurrences(text, wanted)
        else:
            missing.append(text.name)
            places += _quoted(graph, text, wanted)
    exact = bool(places)
    if not exact:
        places = list(_but_for_blanks(wanted, texts()))
    shown = tuple(_with_facts(graph, each) for each in places[:most])
    answer: Answer = "yes" if places else "cannot say" if missing or not articles else "no"
    near = () if places else tuple(_with_facts(graph, each) for each in _nearest(wanted, texts()))
    return Verdict(wanted, answer, exact, len(places), shown, near, articles, tuple(missing))


def plain(verdict: Verdict) -> dict[str, Any]:
    """Return an answer as JSON has it."""
    return {
        "words": verdict.words,
        "answer": verdict.answer,
        "exact": verdict.exact,
        "total": verdict.total,
        "passages": [_plain_passage(each) for each in verdict.passages],
        "nearest": [_plain_near(each, verdict.words) for each in verdict.nearest],
        "articles": verdict.articles,
        "without_text": len(verdict.without_text),
        "without_text_names": list(verdict.without_text[:_NAMED]),
    }


def _plain_passage(found: Found) -> dict[str, Any]:
    place = {"found_at": found.found_at} if found.found_at else {}
    return {
        "article": found.iri,
        "name": found.name,
        "title": found.title,
        "start": found.start,
        "end": found.end,
        "quote": found.quote,
        "before": found.before,
        "after": found.after,
        **place,
        "facts": [{"iri": iri, "label": label} for iri, label in found.facts],
    }


def _plain_near(found: Found, words: str) -> dict[str, Any]:
    """Return a passage that is near some words, with in what they differ from it, where that is little."""
    unlike = differences(words, found.quote)
    told = [{"given": given, "article": own} for given, own in unlike] if len(unlike) <= FEW else []
    return {**_plain_passage(found), "alike": round(found.alike, 2), "differs": told}


def differences(words: str, quote: str) -> tuple[tuple[str, str], ...]:
    """Return in what some words differ from a passage that is near them: what the words have, and what the passage has there.

    What the passage has before and behind the words is no difference, nor are width and white space.

    >>> differences("出资30万元资助小学", "主动出资20万元长期资助小学。")
    (('30', '20'), ('', '长期'))
    """
    given, own = _PARTS.findall(same(words)), _PARTS.findall(same(quote))
    found = []
    for kind, start, end, first, last in SequenceMatcher(None, given, own, autojunk=False).get_opcodes():
        if kind == "equal" or (start == end and start in {0, len(given)}):
            continue
        there = own[first:last]
        if start == 0:
            there = there[-end:]
        elif end == len(given):
            there = there[: end - start]
        found.append(("".join(given[start:end]), "".join(there)))
    return tuple(found)


# finding --------------------------------------------------------------------------------------------------------------


def _occurrences(text: Text, wanted: str) -> Iterator[Found]:
    at = text.text.find(wanted)
    while at >= 0:
        yield _found(text, at, at + len(wanted))
        at = text.text.find(wanted, at + len(wanted))


def _but_for_blanks(wanted: str, texts: Iterable[Text]) -> Iterator[Found]:
    """Yield where words stand but for width and white space."""
    key, fixed = same(wanted), fixed_characters(wanted)
    if not key:
        return
    for text in texts:
        if not all(character in text.text for character in fixed):
            continue
        folded, places = same_with_places(text.text)
        at = folded.find(key)
        while at >= 0:
            yield _found(text, places[at], places[at + len(key) - 1] + 1)
            at = folded.find(key, at + len(key))


def _found(text: Text, start: int, end: int, alike: float = 1.0) -> Found:
    whole = text.text
    before, after = whole[max(0, start - _CONTEXT) : start], whole[end : end + _CONTEXT]
    return Found(text.iri, text.name, text.title, start, end, whole[start:end], before, after, alike)


def _nearest(wanted: str, texts: Iterable[Text]) -> list[Found]:
    """Return the passages most like some words: of each text the best, of all texts a few."""
    key = same(wanted)
    pairs = frozenset(key[at : at + 2] for at in range(len(key) - 1))
    few = sorted(pairs)[:: len(pairs) // _SAMPLED + 1]
    held = ((sum(pair in text.text for pair in few), text) for text in texts)
    likely = sorted(((many, text) for many, text in held if many), key=lambda each: -each[0])
    found = [near for _, text in likely[:_LOOKED_INTO] if (near := _best(text, key, pairs)).alike >= _ALIKE]
    return sorted(found, key=lambda each: (-each.alike, each.name, each.start))[:_NEAREST]


def _best(text: Text, key: str, pairs: frozenset[str]) -> Found:
    """Return the passage of a text, about as long as the words, that holds most of their pairs of characters."""
    folded, places = same_with_places(text.text)
    hits = [at for at in range(len(folded) - 1) if folded[at : at + 2] in pairs]
    width = len(key) + max(6, len(key) // 4)
    inside: Counter[str] = Counter()
    best, first, place = (0, 0), 0, (0, 0)
    for at in hits:
        inside[folded[at : at + 2]] += 1
        while at - hits[first] > width or inside[folded[hits[first] : hits[first] + 2]] > 1:
            gone = folded[hits[first] : hits[first] + 2]
            inside.subtract((gone,))
            if not inside[gone]:
                del inside[gone]
            first += 1
        if (held := (len(inside), hits[first] - at)) > best:
            best, place = held, (hits[first], at + 2)
    alike = SequenceMatcher(None, key, folded[slice(*place)], autojunk=False).ratio()
    if not hits:
        return _found(text, 0, 0, 0.0)
    return _found(text, *_widened(text.text, places[place[0]], places[place[1] - 1] + 1), alike)


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a passage with the rest of its sentence, where that is short."""
    begin = next((at for at in range(start, max(0, start - _REACH) - 1, -1) if _begins(text, at)), start)
    stop = next((at for at in range(end, min(len(text), end + _REACH) + 1) if _stops(text, at)), end)
    return begin, stop


def _begins(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in _ENDS


def _stops(text: str, at: int) -> bool:
    return at == len(text) or text[at] in _ENDS


# what the graph says of a place -------------------------------------------------------------------------------------


def _one(graph: Graph, iri: str, predicate: str) -> str:
    return next(iter(graph.values(iri, predicate)), "")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Some words of an article as the graph quotes them."""

    iri: str
    start: int
    end: int
    quote: str
    leaf: str


def evidence_of(graph: Graph, article: str) -> Iterator[Evidence]:
    """Yield all that a graph quotes of an article, in no order."""
    for iri in graph.sources(article, OA + "hasSource"):
        said: dict[str, str] = {}
        for selector in graph.values(iri, OA + "hasSelector"):
            for name in (OA + "start", OA + "end", OA + "exact", RDF + "value"):
                if value := _one(graph, selector, name):
                    said[name] = value
        start, end = position(said.get(OA + "start", "")), position(said.get(OA + "end", ""))
        if start is not None and end is not None:
            yield Evidence(iri, start, end, said.get(OA + "exact", ""), said.get(RDF + "value", ""))


def _quoted(graph: Graph, text: Text, wanted: str) -> Iterator[Found]:
    """Yield where words stand in what a graph quotes of an article whose text is not at hand, each place once."""
    places: dict[int, Found] = {}
    for each in sorted(evidence_of(graph, text.iri), key=lambda each: (each.start, each.end)):
        at = each.quote.find(wanted)
        while at >= 0:
            start, end = each.start + at, each.start + at + len(wanted)
            before, after = each.quote[max(0, at - _CONTEXT) : at], each.quote[at + len(wanted) :][:_CONTEXT]
            places.setdefault(
                start, Found(text.iri, text.name, text.title, start, end, wanted, before, after)
            )
            at = each.quote.find(wanted, at + len(wanted))
    yield from (places[start] for start in sorted(places))


def _with_facts(graph: Graph, found: Found) -> Found:
    """Return a passage with the page it stands on, where quotes on both sides tell it, and the facts that quote some of it."""
    every = list(evidence_of(graph, found.iri))
    before = max(
        (each for each in every if each.leaf and each.start <= found.start), key=_start, default=None
    )
    after = min((each for each in every if each.leaf and each.start >= found.start), key=_start, default=None)
    pages = {leaf_of(each.leaf) for each in (before, after) if each}
    leaf = pages.pop() if before and after and len(pages) == 1 else ""
    facts = {
        (graph.label(fact), fact)
        for each in every
        if each.start < found.end and found.start < each.end
        for fact in graph.sources(each.iri, PROV + "wasDerivedFrom")
        if RDF + "Statement" in graph.values(fact, RDF + "type")
    }
    return replace(found, found_at=leaf, facts=tuple((iri, label) for label, iri in sorted(facts)))


def _start(each: Evidence) -> int:
    return each.start
