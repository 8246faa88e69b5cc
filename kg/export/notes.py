"""The graph as Markdown notes, one for each thing and each article, linked both ways: a folder that Obsidian opens as a vault.

Front matter and the list of notes (``index.md``) are as the Open Knowledge Format 0.2 asks: ``type`` always, ``sources`` for
what a note was made from, footnotes that lead each claim to its source. Links are relative. Headings are Chinese and English.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.export.file_names import file_names, link
from kg.export.front_matter import front_matter
from kg.export.records import Article, Fact, Figure, Quote, Records, Thing, records_of
from kg.graph.readable import label_of
from kg.graph.store import Graph
from kg.graph.vocabulary import PREDICATE_LABELS, TYPE_LABELS, is_doubtful, local_name
from kg.version import __version__

__all__ = ["is_own", "write"]

FORMAT: Final = "0.2"
"""The version of the Open Knowledge Format."""

_HEAD: Final = 1 << 16
"""Bytes of a note that its front matter may take."""

_THINGS, _ARTICLES = "things", "articles"
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~$=^%&])")
_LEADING: Final = re.compile(r"^\s*(?:([-+])|(\d+)([.)]))(?=\s|$)")
_WORDS: Final = {
    "facts": "# 事实 Facts",
    "figures": "# 数字 Figures",
    "things": "# 提到的事物 Things named",
    "named": "# 提到它的文章 Articles that name it",
    "articles": "# 文章 Articles",
}


def write(graph: Graph, name: str) -> dict[str, bytes]:  # noqa: ARG001 - every writer is told its format
    """Return the notes by their paths, without their ending."""
    return {path: text.encode("utf-8", "replace") for path, text in _Notes(records_of(graph)).files()}


def is_own(data: bytes) -> bool:
    """Say whether a file is a note that an export wrote, and nobody's own."""
    head = data[:_HEAD].split(b"\n---\n")[0]
    return head.startswith(b"---\n") and (b'\ngenerated: { by: "kg/' in head or b"\nokf_version: " in head)


class _Notes:
    def __init__(self, records: Records) -> None:
        self.records = records
        self.things = {each.iri: each for each in records.things}
        self.articles = {each.iri: each for each in records.articles}
        self.names = {
            **file_names((each.iri, each.label) for each in records.things),
            **file_names((each.iri, each.title) for each in records.articles),
        }
        self.facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in records.facts:
            for iri in dict.fromkeys((fact.subject, fact.object, *_sources(fact.quotes))):
                self.facts[iri].append(fact)
        self.figures: dict[str, list[Figure]] = defaultdict(list)
        for figure in records.figures:
            for iri in dict.fromkeys((figure.subject, *_sources(figure.quotes))):
                self.figures[iri].append(figure)
        self.named: dict[str, list[str]] = defaultdict(list)
        for article in records.articles:
            for iri in article.mentions:
                self.named[iri].append(article.iri)

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the path and the text of each note, and of the list of all."""
        yield "index", self._index()
        for thing in self.records.things:
            yield f"{_THINGS}/{self.names[thing.iri]}", self._thing(thing)
        for article in self.records.articles:
            yield f"{_ARTICLES}/{self.names[article.iri]}", self._article(article)

    # notes ----------------------------------------------------------------------------------------------------------

    def _thing(self, thing: Thing) -> str:
        facts = sorted(
            self.facts[thing.iri], key=lambda each: (each.derived, each.date or "~", each.label, each.iri)
        )
        figures = self.figures[thing.iri]
        quotes = (*(each.quotes for each in facts), *(each.quotes for each in figures))
        quoted = {quote.article for some in quotes for quote in some}
        sources = sorted(quoted | set(self.named[thing.iri]), key=self._order)
        head = {
            "type": thing.type,
            "generated": {"by": f"kg/{__version__}"},
            "title": thing.label,
            "description": self._description(thing, facts),
            "resource": thing.iri,
            "tags": ["kg", *filter(None, (thing.type, thing.kind))],
            "aliases": [each for each in thing.names if each != thing.label],
            "kind": thing.kind,
            "place_code": thing.place_code,
            "sources": [self._source(each) for each in sources if each in self.articles],
        }
        named = [f"- {self._to(each)}[^{local_name(each)}]" for each in sources if each in self.articles]
        return _note(
            head,
            (_WORDS["facts"], [self._fact(each) for each in facts]),
            (_WORDS["figures"], [self._figure(each) for each in figures]),
            (_WORDS["named"], named),
            ("", [self._footnote(each) for each in sources if each in self.articles]),
        )

    def _article(self, article: Article) -> str:
        facts = sorted(self.facts[article.iri], key=lambda each: (_place(each.quotes, article), each.iri))
        head = {
            "type": "Article",
            "generated": {"by": f"kg/{__version__}"},
            "title": article.title,
            "description": "，".join(filter(None, (article.publisher, article.published))) or article.name,
            "resource": article.url or article.iri,
            "tags": ["kg", "Article"],
            "name": article.name,
            "published": article.published,
            "publisher": article.publisher,
            "author": article.author,
            "sha256": article.sha256,
        }
        things = [f"- {self._to(each)}" for each in article.mentions if each in self.things]
        return _note(
            head,
            (_WORDS["facts"], [self._fact(each, article.iri) for each in facts]),
            (_WORDS["figures"], [self._figure(each, article.iri) for each in self.figures[article.iri]]),
            (_WORDS["things"], things),
        )

    def _index(self) -> str:
        parts: list[tuple[str, list[str]]] = [
            (_WORDS["articles"], [self._listed(each.iri) for each in self.records.articles])
        ]
        for kind, labels in TYPE_LABELS.items():
            things = [each for each in self.records.things if each.type == kind]
            things.sort(key=lambda each: (-len(self.facts[each.iri]), each.label, each.iri))
            parts.append((f"# {labels[0]} {labels[1]}", [self._listed(each.iri) for each in things]))
        return _note({"okf_version": FORMAT}, *parts)

    # lines ----------------------------------------------------------------------------------------------------------

    def _listed(self, iri: str) -> str:
        article = self.articles.get(iri)
        told = article.published if article else _count(len(self.facts[iri]))
        return f"* {self._to(iri, '')}" + (f" - {told}" if told else "")

    def _fact(self, fact: Fact, within: str = "") -> str:
        zh = PREDICATE_LABELS[fact.predicate][0] if fact.predicate in PREDICATE_LABELS else fact.predicate
        notes = "；".join(filter(None, (fact.role, fact.date, fact.amount)))
        status = "" if fact.status == "asserted" else label_of(fact.status, "zh") or fact.status
        marks = "；".join(
            filter(
                None,
                (
                    status,
                    fact.reported_by and f"据 {fact.reported_by}",
                    "已结束" if fact.ended else "",
                    "存疑" if is_doubtful(str(fact.confidence)) else "",
                    "推导" if fact.derived else "",
                ),
            )
        )
        line = f"- {self._to(fact.subject)} **{_plain(zh)}** {self._to(fact.object)}"
        line += f"（{_plain(notes)}）" * bool(notes) + f" `{_code(marks)}`" * bool(marks)
        return self._with_quotes(line, fact.iri, fact.quotes, within)

    def _figure(self, figure: Figure, within: str = "") -> str:
        owner = f"{self._to(figure.subject)}：" if figure.subject in self.things else ""
        what = " ".join(filter(None, (figure.of, figure.date)))
        line = f"- {owner}**{_plain(figure.surface)}**" + f" {_plain(what)}" * bool(what)
        return self._with_quotes(line, figure.iri, figure.quotes, within)

    def _with_quotes(self, line: str, iri: str, quotes: Sequence[Quote], within: str) -> str:
        """Return a claim with what it rests on: of an article's note only its own words."""
        kept = [each for each in quotes if not within or each.article == within]
        cited = "" if within else "".join(f"[^{local_name(each)}]" for each in _sources(kept))
        lines = [f"{line}{cited} ^{local_name(iri)}"]
        for each in kept:
            lines += [f"  > {_plain(part)}" for part in each.text.split("\n")]
            place = f"{each.start}–{each.end}" + (f"，{_plain(each.found_at)}" if each.found_at else "")
            where = (
                place if within or each.article not in self.articles else f"{self._to(each.article)} {place}"
            )
            lines += ["  >", f"  > — {where}", ""]
        return "\n".join(lines).rstrip("\n") + "\n" * bool(kept)

    def _to(self, iri: str, up: str = "../") -> str:
        """Return a link to the note of a thing or an article."""
        folder = _ARTICLES if iri in self.articles else _THINGS
        return f"[{_plain(self._label(iri))}]({link(f'{up}{folder}/{self.names[iri]}.md')})"

    def _label(self, iri: str) -> str:
        return self.articles[iri].title if iri in self.articles else self.things[iri].label

    def _source(self, iri: str) -> dict[str, str]:
        article = self.articles[iri]
        return {
            "id": local_name(iri),
            "resource": link(f"../{_ARTICLES}/{self.names[iri]}.md"),
            "title": article.title,
            "published": article.published,
            "url": article.url,
        }

    def _footnote(self, iri: str) -> str:
        article = self.articles[iri]
        about = "，".join(filter(None, (article.publisher, article.published)))
        return f"[^{local_name(iri)}]: 来源 Source: {self._to(iri)}" + (f"，{_plain(about)}" if about else "")

    def _description(self, thing: Thing, facts: Iterable[Fact]) -> str:
        """Return in one sentence what a note is about: the first thing that is said of it."""
        first = next((each.label for each in facts if not each.derived), "")
        kind = TYPE_LABELS[thing.type][0] if thing.type in TYPE_LABELS else thing.type
        return f"{kind}：{first or thing.label}"

    def _order(self, iri: str) -> tuple[str, str]:
        article = self.articles.get(iri)
        return (article.published or "~", article.name) if article else ("~", iri)


def _count(facts: int) -> str:
    return f"{facts} 条事实" if facts else ""


def _sources(quotes: Iterable[Quote]) -> list[str]:
    return list(dict.fromkeys(each.article for each in quotes))


def _place(quotes: Iterable[Quote], article: Article) -> int:
    return min((each.start for each in quotes if each.article == article.iri), default=0)


def _note(head: Mapping[str, object], *parts: tuple[str, Sequence[str]]) -> str:
    """Return a note: front matter, then each part that has something in it."""
    body = [
        (f"{title}\n\n" if title else "") + "\n".join(lines).rstrip("\n") for title, lines in parts if lines
    ]
    return front_matter(head) + "".join(f"\n{each}\n" for each in body)


def _plain(text: str) -> str:
    """Return words of an article as Markdown that shows just them: no mark, link, tag or comment of any reader."""
    text = _MARKS.sub(r"\\\1", " ".join(text.split()) if "\n" in text else text.strip(" \t"))
    return _LEADING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", text)


def _code(text: str) -> str:
    return text.replace("`", "'")
