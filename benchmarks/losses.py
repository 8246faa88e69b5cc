"""Where the reading loses: tables of what is missed and wrong in annotated articles, as counts that need no reading.

    python benchmarks/losses.py FOLDER... [--by NAME...] [--least 5] [--rows 20]

What is counted of a folder of annotated articles (ID.txt beside ID.json):

    type       annotated things by type: found with that type, found with another, missed
    head       missed things by type and last word of the name (its head in Chinese), and how they were lost
    lost       missed things by how they were lost: only the front found, only the end, inside a longer name, not at all
    finder     names by type and the rule that found them, before anything is left out: right, wrong
    predicate  relations: right, wrong, missed, and of the missed: how many lack an end, or have both but no fact
    pattern    facts by predicate and pattern: right, wrong, and the share that is right, the weakest first
    way        facts by how their subject was found
    distance   relations by the characters between the nearest names of their ends: found, missed
    place      missed relations whose ends were found: both in one clause, one sentence, the next, farther
    source     relations by source, where a table in SOURCES.md beside the articles names one: its last column's first word

All counts are of things and triples as ``kg score`` counts them. Nothing is printed of a text but head words and pattern ids
that stand in several articles (``--least``), so that folders which only programs may read stay unread.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.base.model import EntityId, Mention, Reading, Sentence, Span
from kg.learn.gold import GoldArticle, GoldEntity, in_simplified, load_gold
from kg.learn.score import Score, normalize, read_gold, score_entities, score_reading
from kg.pipeline import Pipeline
from kg.words.tagger import default_tagger

LEAST = 5
ROWS = 20
DISTANCES = (5, 10, 20, 40, 80, 160)
_CLAUSE_END = re.compile(r"[，,；;：:]")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_ROW = re.compile(r"^\|\s*`?(?P<article>[\w.-]+)`?\s*\|.*\|\s*(?P<source>[^|\s]+)[^|]*\|$", re.MULTILINE)
Key = tuple[str, ...]


@dataclass
class Table:
    """Counts by a key, in columns."""

    name: str
    heads: tuple[str, ...]
    columns: tuple[str, ...]
    rows: dict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    articles: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))

    def count(self, article: str, key: Key, column: str) -> None:
        """Count one case of an article."""
        self.rows[key][column] += 1
        self.articles[key].add(article)

    def printed(self, least: int, rows: int) -> str:
        """Return the table, those with most losses first; keys of fewer than ``least`` articles are summed up."""
        shown = [key for key in self.rows if len(self.articles[key]) >= least]
        shown.sort(key=(lambda key: key) if self.name == "distance" else lambda key: (-self._loss(key), key))
        lines = [f"{self.name:44}" + "".join(f"{column:>10}" for column in (*self.columns, "right of"))]
        lines += [self._line(" ".join(key), self.rows[key]) for key in shown[:rows]]
        rest: Counter[str] = Counter()
        left = [key for key in self.rows if key not in shown[:rows]]
        for key in left:
            rest.update(self.rows[key])
        if left:
            lines.append(self._line(f"({len(left)} more)", rest))
        return "\n".join(lines)

    def _loss(self, key: Key) -> int:
        return sum(count for column, count in self.rows[key].items() if column not in ("right", "found"))

    def _line(self, label: str, counts: Mapping[str, int]) -> str:
        cells = "".join(f"{counts.get(column, 0):10}" for column in self.columns)
        right = counts.get("right", 0) + counts.get("found", 0)
        stated = right + counts.get("wrong", 0)
        return f"{label:44}{cells}" + (
            f"{right / stated:10.2f}" if "wrong" in self.columns and stated else ""
        )


def tables() -> dict[str, Table]:
    """Return the tables, empty."""
    ends = ("one clause", "sentence", "next", "farther")
    made = (
        Table("type", ("type",), ("found", "typed otherwise", "missed")),
        Table("head", ("type", "head"), ("missed", "front", "end", "inside", "nothing")),
        Table("lost", ("type",), ("front", "end", "inside", "nothing")),
        Table("finder", ("type", "rule"), ("right", "wrong")),
        Table("predicate", ("predicate",), ("right", "wrong", "missed", "no end", "no fact")),
        Table("pattern", ("predicate", "pattern"), ("right", "wrong")),
        Table("way", ("predicate", "way"), ("right", "wrong")),
        Table("distance", ("characters",), ("found", "missed")),
        Table("place", ("predicate",), ends),
        Table("source", ("source",), ("right", "wrong", "missed")),
    )
    return {table.name: table for table in made}


def collect(gold: Sequence[GoldArticle], pipeline: Pipeline, sources: Mapping[str, str]) -> dict[str, Table]:
    """Return the tables of what the pipeline reads in annotated articles."""
    made = tables()
    for reading, item in zip(read_gold(gold, pipeline), gold, strict=True):
        nodes = score_entities(reading.entities, item, Score())
        score = score_reading(reading, item)
        _names(reading, item, nodes, made)
        _relations(reading, item, nodes, made)
        _facts(item.article.name, score, made)
        if item.article.name in sources:
            key = (sources[item.article.name],)
            for column in ("right", "wrong", "missed"):
                for _ in range(getattr(score.counts["relations"], column)):
                    made["source"].count(item.article.name, key, column)
    plain = [in_simplified(item) for item in gold]
    for item, (article, tagged) in zip(plain, pipeline.tag([item.article for item in plain]), strict=True):
        _finders(item, pipeline.find(article, tagged).names, made)
    return made


def _finders(item: GoldArticle, found: Sequence[Sequence[Mention]], made: Mapping[str, Table]) -> None:
    given = {normalize(name): want for want in item.entities for name in want.names}
    for text, kind, rule in sorted({(name.text, name.type, name.rule) for own in found for name in own}):
        meant = given.get(normalize(text))
        if meant is None or not meant.optional:
            is_right = meant is not None and kind in meant.types
            made["finder"].count(item.article.name, (kind, rule), "right" if is_right else "wrong")


def _names(
    reading: Reading, item: GoldArticle, nodes: Mapping[EntityId, str], made: Mapping[str, Table]
) -> None:
    article = item.article.name
    found: dict[str, set[str]] = defaultdict(set)
    for entity in reading.entities:
        found[nodes[entity.id]].add(entity.type)
    names = {normalize(name) for entity in reading.entities for name in entity.names}
    for want in item.entities:
        if want.optional:
            continue
        kind = want.types[0]
        if want.id in found:
            column = "found" if found[want.id] & set(want.types) else "typed otherwise"
            made["type"].count(article, (kind,), column)
            continue
        made["type"].count(article, (kind,), "missed")
        how = _how(want, names)
        made["lost"].count(article, (kind,), how)
        made["head"].count(article, (kind, _head(want.names[0])), "missed")
        made["head"].count(article, (kind, _head(want.names[0])), how)


def _how(want: GoldEntity, names: Iterable[str]) -> str:
    """Say what was found of a missed thing: its front, its end, a longer name around it, or nothing."""
    own = [normalize(name) for name in want.names]
    found = [name for name in names if len(name) > 1]
    if any(name in longer for name in own for longer in found):
        return "inside"
    if any(name.startswith(part) for name in own for part in found):
        return "front"
    if any(name.endswith(part) for name in own for part in found):
        return "end"
    return "nothing"


def _head(name: str) -> str:
    """Return the last word of a name, as the tagger cuts it: what kind of thing it is called."""
    words = default_tagger().tag([Sentence(0, 0, Span(0, len(name)), name)])[0].tokens
    last = words[-1].text if words else name
    return last if len(last) < len(name) else name[-2:]


def _relations(
    reading: Reading, item: GoldArticle, nodes: Mapping[EntityId, str], made: Mapping[str, Table]
) -> None:
    article, text = item.article.name, item.article.text
    entities = set(nodes.values())
    triples = {
        (nodes[fact.subject], fact.predicate, nodes[fact.object])
        for fact in reading.facts
        if fact.status != "denied" and not fact.derived
    }
    by_id = {want.id: want for want in item.entities}
    for relation in item.relations:
        if relation.optional:
            continue
        ends = (relation.subject, relation.object)
        is_found = any(
            (one, predicate, other) in triples
            for predicate in relation.predicates
            for one, other in (ends, ends[::-1])
        )
        far = _nearest(text, by_id[ends[0]], by_id[ends[1]])
        made["distance"].count(article, (_step(far),), "found" if is_found else "missed")
        if is_found:
            continue
        predicate = relation.predicates[0]
        both = set(ends) <= entities
        made["predicate"].count(article, (predicate,), "no fact" if both else "no end")
        if both:
            made["place"].count(article, (predicate,), _where(text, far))


def _nearest(text: str, one: GoldEntity, other: GoldEntity) -> tuple[int, int] | None:
    """Return the stretch between the nearest names of two things, None where a name is not in the text as it stands."""
    places = [
        [match.span() for name in thing.names for match in re.finditer(re.escape(name), text)]
        for thing in (one, other)
    ]
    between = [
        (min(a[1], b[1]), max(a[0], b[0])) if a[1] <= b[0] or b[1] <= a[0] else (a[0], a[0])
        for a in places[0]
        for b in places[1]
    ]
    return min(between, key=lambda gap: (gap[1] - gap[0], gap), default=None)


def _step(gap: tuple[int, int] | None) -> str:
    if gap is None:
        return "name not in the text"
    size = gap[1] - gap[0]
    return next((f"up to {step:3}" for step in DISTANCES if size <= step), f"over  {DISTANCES[-1]:3}")


def _where(text: str, gap: tuple[int, int] | None) -> str:
    if gap is None:
        return "farther"
    between = text[gap[0] : gap[1]]
    ends = len(_SENTENCE_END.findall(between))
    if ends:
        return "next" if ends == 1 else "farther"
    return "sentence" if _CLAUSE_END.search(between) else "one clause"


def _facts(article: str, score: Score, made: Mapping[str, Table]) -> None:
    wrong = [error.fact for error in score.errors if error.measure == "relations" and error.fact is not None]
    for facts, column in ((score.right_facts, "right"), (wrong, "wrong")):
        for fact in facts:
            how = fact.firings[0].subject_by if fact.firings else ""
            made["predicate"].count(article, (fact.predicate,), column)
            made["pattern"].count(article, (fact.predicate, fact.pattern), column)
            made["way"].count(article, (fact.predicate, how or "-"), column)
    for error in score.errors:
        if error.measure == "relations" and error.kind == "missed":
            made["predicate"].count(article, (error.text.split()[2],), "missed")


def sources_of(folder: Path) -> dict[str, str]:
    """Return the source of each article that a table in SOURCES.md names: its first two columns."""
    path = folder / "SOURCES.md"
    if not path.is_file():
        return {}
    rows = _ROW.finditer(path.read_text(encoding="utf-8"))
    return {Path(row["article"]).stem: row["source"] for row in rows}


def main() -> None:
    """Print the tables that were asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--by", nargs="*", choices=sorted(tables()), default=sorted(tables()))
    parser.add_argument(
        "--least", type=int, default=LEAST, help="articles that a row needs to be shown by itself"
    )
    parser.add_argument("--rows", type=int, default=ROWS)
    arguments = parser.parse_args()
    gold = [item for folder in arguments.folders for item in load_gold(folder)]
    sources = {name: source for folder in arguments.folders for name, source in sources_of(folder).items()}
    made = collect(gold, Pipeline(), sources)
    print(f"{len(gold)} articles\n")
    for name in arguments.by:
        if made[name].rows:
            print(made[name].printed(arguments.least, arguments.rows) + "\n")


if __name__ == "__main__":
    main()
