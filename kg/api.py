"""kg from Python: ``kg.build(...)``, then ask, export, look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.base.errors import GraphError, SourceError
from kg.base.home import DECIDED, GRAPH, MERGED, PAGE, QUADS, TEXTS, Home, articles_in, graph_file
from kg.base.model import Article, Reading
from kg.base.overlay import NONE, Overlay, active, using
from kg.base.resources import data_path
from kg.base.swap import settle, swap_files
from kg.corpus.beside import knowledge_of
from kg.graph.counts import count_words
from kg.graph.disk import is_store, open_store, store_of, texts_beside
from kg.graph.disk import named_apart as texts_apart
from kg.graph.iri import check_base
from kg.graph.store import Graph
from kg.graph.vocabulary import DEFAULT_BASE
from kg.pipeline import Pipeline
from kg.text.gather import gather, named_apart, without_bad
from kg.text.personal.find import count
from kg.text.personal.mask import mask_of
from kg.text.source import article_of, safe_name, unique_names

if TYPE_CHECKING:
    import rdflib

    from kg.corpus.decided import Deciding
    from kg.corpus.model import ArticleFeatures
    from kg.decide.model import Decision, EntityAnchor, FactAnchor, FigureAnchor
    from kg.decide.write import Appended
    from kg.graph.rows import Rows
    from kg.graph.verbatim import Verdict
    from kg.propose.proposer import Proposer
    from kg.questions.model import Answer
    from kg.text.given import Table

SOURCE = "yueyang.txt"
"""The article that comes with kg, under ``data/``."""

_HALF = re.compile("[\ud800-\udfff]")

BATCH = 64  # articles tagged at once: enough for full batches, few enough for a laptop's memory


@dataclass(frozen=True, repr=False)
class KnowledgeGraph:
    """What some articles say: the graph, and the texts that its quotes are cut from."""

    graph: Graph
    texts: Mapping[str, str] = field(default_factory=dict)  # by the article's name
    readings: tuple[Reading, ...] = field(default=(), repr=False)
    knowledge: Overlay | None = field(
        default=None, repr=False, compare=False
    )  # of the user, by which it was read
    without_anchor: tuple[Decision, ...] = field(
        default=(), repr=False
    )  # what decisions are about nothing here

    def __str__(self) -> str:
        with using(self.knowledge):
            return f"KnowledgeGraph({count_words(self.graph)})"

    __repr__ = __str__

    @property
    def personal(self) -> dict[str, int]:
        """How many personal data of each kind the texts hold: what ``mask`` would have put marks for."""
        return count(*self.texts.values())

    def query(self, query: str, **params: str) -> Rows:
        """Return the rows that a named query, a file or SPARQL text gives.

        Raises:
            QueryError: see ``kg.graph.query.run``.
        """
        from kg.graph.query import run

        with using(self.knowledge):
            return run(self.graph, query, params)

    def ask(self, question: str) -> Answer:
        """Return the answer to a question in Chinese: a sentence with its quotes, the values, and the SPARQL that gave them.

        What no fact says is looked for in the words of the articles, and the answer says so; where there is no answer, its
        ``passages`` are the sentences that speak of what is asked.
        Its ``outcome`` is ``answered``, ``nothing`` (the graph does not say), ``several`` (it must be said which is meant),
        ``unknown`` (a name that the graph does not have) or ``unread`` (not understood).
        """
        from kg.graph.verbatim import texts_of
        from kg.questions.answer import answer

        with using(self.knowledge):
            return answer(self.graph, question, lambda iris: texts_of(self.graph, self.texts, iris))

    def verify_quote(self, words: str) -> Verdict:
        """Return whether words stand word for word in the texts, and where: its ``answer`` is yes, no, or cannot say."""
        from kg.graph.verbatim import texts_of, verify_quote

        texts = texts_of(self.graph, self.texts)
        return verify_quote(words, self.graph, lambda: texts)

    def anchor(self, term: str) -> EntityAnchor:
        """Return how a decision names an entity: given by a name, an IRI, or ``NAME@ARTICLE``.

        Raises:
            QueryError: there is none, or there are several.
        """
        from kg.graph.anchor import thing_anchor

        with using(self.knowledge):
            return thing_anchor(self.graph, term)

    def anchors(self, term: str) -> tuple[FactAnchor | FigureAnchor, ...]:
        """Return how decisions name the facts or figures of a label or IRI, each as its articles state it.

        Raises:
            QueryError: there is none.
        """
        from kg.graph.anchor import statement_anchors

        with using(self.knowledge):
            return statement_anchors(self.graph, term)

    def decided(self, decisions: Path | str | Sequence[Decision]) -> KnowledgeGraph:
        """Return the graph as people decided it: by a file, or by decisions. Only what was read in this process can be.

        Of several articles, what is one is joined as people and the rules of `kg build` say.

        Raises:
            DecisionError: the file does not hold what it should, or decisions contradict each other.
            GraphError: the graph was loaded, not built.
        """
        if not self.readings:
            raise GraphError(
                "graph", "was loaded: what was read is not at hand", "run `kg decide` on its folder"
            )
        if any(reading.decided for reading in self.readings):
            raise GraphError("graph", "is decided already", "decide about the graph as it was built")
        with using(self.knowledge):
            graph, readings, missing = _decided(self.readings, decisions, self.graph.base)
        return KnowledgeGraph(graph, self.texts, readings, self.knowledge, missing)

    def to_turtle(self) -> str:
        """Return the graph as Turtle."""
        with using(self.knowledge):
            return self.graph.to_turtle().decode()

    def to_rdflib(self) -> rdflib.Graph:
        """Return the graph as an rdflib graph."""
        return self.graph.to_rdflib()

    def to_networkx(self) -> Any:  # noqa: ANN401 - networkx ships no types
        """Return the entities and their relations as a ``networkx.MultiDiGraph``, keyed by IRIs."""
        from kg.view.network import network_of
        from kg.view.picture import picture_of

        with using(self.knowledge):
            picture = picture_of(self.graph, self.texts.values())
            return network_of(picture.nodes, picture.facts)

    def to_html(self) -> str:
        """Return the page that shows the graph beside its articles: one file that asks no one for anything."""
        from kg.view.page import page_of

        with using(self.knowledge):
            return page_of(self.graph, self.texts.values())

    def save(self, folder: Path | str, *, replace: bool = False) -> None:
        """Write ``graph.ttl``, ``graph.html`` and the texts under ``articles/``, all replaced at once.

        Of several articles the graph with all its layers is ``merged/merged.nq.gz``, as `kg build` writes it.

        A folder that holds a graph of other articles is refused unless ``replace`` is true. What kg did not write, and
        what a person decided (``decisions.toml``, ``knowledge/``), stays as it is either way.

        Raises:
            OutputError: the folder cannot be written, or something in it would be lost.
        """
        turtle = self.to_turtle().encode()
        texts = self._texts_by_file_name()
        files = {f"{TEXTS}/{name}.txt": text.encode() for name, text in texts.items()}
        files[GRAPH] = turtle
        files[PAGE] = self.to_html().encode()
        if self.graph.is_corpus:
            from kg.corpus.graph import packed_layers

            files[QUADS] = packed_layers(self.graph)

        def look() -> tuple[str, ...]:
            home = Home.at(Path(folder))
            home.refuse(texts, [sha for _, sha in articles_in(turtle)], replace=replace)
            return home.own(texts)

        swap_files(Path(folder), files, look)

    def _texts_by_file_name(self) -> dict[str, str]:
        """Return the texts by names that are those of files: a graph of others may call its article ``../../x``."""
        names = unique_names([Path(f"{safe_name(name)}.txt") for name in self.texts])
        return dict(zip(names, self.texts.values(), strict=True))

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame of its own."""
        return (
            f'<iframe srcdoc="{escape(self.to_html())}" style="width:100%;height:640px;border:0" '
            'sandbox="allow-scripts allow-downloads"></iframe>'
        )


def build(
    *sources: Path | str,
    base: str = DEFAULT_BASE,
    mask: str | Sequence[str] = (),
    knowledge: Path | str | None = None,
    decisions: Path | str | Sequence[Decision] = (),
    proposer: Proposer | None = None,
    pipeline: Pipeline | None = None,
    progress: Callable[[str, int, int], None] = lambda _step, _done, _all: None,
) -> KnowledgeGraph:
    """Return the graph of what some articles say.

    Args:
        sources: files and folders; none stands for the article that comes with kg.
        base: what the IRIs of entities and facts begin with.
        mask: kinds of personal data that marks are put for before anything is read: some of ``id``, ``phone``, ``address``,
            ``plate`` and ``account``, or ``all``.
        knowledge: a folder of names, words, patterns, types and units of the user.
        decisions: what people decided of what is read: a file (``decisions.toml``), or decisions.
        proposer: a language model that may propose facts, asked for what its folder of answers does not hold.
        pipeline: how to read, by default ``Pipeline()``.
        progress: told the step, and how many of how many articles are done.

    Raises:
        SourceError: a source cannot be read.
        GraphError: ``base`` is no base for IRIs.
        KgError: ``mask`` names no kind of personal data, or the model cannot be asked.
        ResourceError: something in ``knowledge`` is wrong.
        DecisionError: ``decisions`` cannot be read, or contradict each other.
    """
    check_base(base)
    own = _own(knowledge)
    with using(own):
        articles: Sequence[Article] = read_sources([Path(each) for each in sources], mask=mask_of(mask))
        if proposer is not None:
            articles = proposer.answered(articles, lambda done, every: progress("asking", done, every))
        built = replace(build_articles(articles, base, pipeline, progress), knowledge=own)
    return built.decided(decisions) if decisions else built


def add_decisions(folder: Path | str, *decisions: Decision) -> Appended:
    """Add decisions to ``decisions.toml`` in the folder of a graph, or to the file it was built with; return them with their ids.

    ``kg decide`` and every build of the folder do them to its graph. Several may write at once, and nothing is lost.

    Raises:
        DecisionError: the file does not hold what it should, or what is added contradicts it; nothing is written.
        OutputError: it cannot be written.
        GraphError: the list of the articles in the folder cannot be read.
    """
    from kg.corpus.manifest import Manifest
    from kg.decide.write import append

    place = Path(folder)
    own = Manifest.of(place)
    recorded = own.options.decisions if own is not None else ""
    with using(_going_with(place)):
        return append(place / (recorded or DECIDED[0]), decisions)


def _decided(
    readings: Sequence[Reading], decisions: Path | str | Sequence[Decision], base: str
) -> tuple[Graph, tuple[Reading, ...], tuple[Decision, ...]]:
    """Return a graph as people decided it, its readings, and the decisions that are about nothing in them."""
    from kg.corpus.decided import Deciding
    from kg.decide.read import read_decisions
    from kg.decide.standing import check

    is_file = isinstance(decisions, (str, Path))
    every = read_decisions(Path(decisions)) if isinstance(decisions, (str, Path)) else tuple(decisions)
    where = decisions if is_file else "decisions"
    check(every, where)
    deciding = Deciding(every, where, several=len(readings) > 1)
    graph, own = _joined(readings, base, deciding)
    return graph, own, deciding.missing()


def _joined(
    readings: Sequence[Reading], base: str, deciding: Deciding | None = None
) -> tuple[Graph, tuple[Reading, ...]]:
    """Return the graph of readings, as people decided them; of several articles what is one is joined, as `kg build` does."""
    if len(readings) < 2:
        own = tuple(readings) if deciding is None else tuple(map(deciding.reading, readings))
        return Graph.from_readings(own, base), own
    from kg.corpus.feature import features_of
    from kg.corpus.graph import corpus_graph
    from kg.corpus.identity import resolve

    def features(reading: Reading) -> ArticleFeatures:
        found = features_of(reading)
        return (
            deciding.features(found, reading) if deciding is not None and deciding.touches(found) else found
        )

    identity = resolve(map(features, readings), kept=deciding.kept if deciding is not None else None)
    own = tuple(readings) if deciding is None else tuple(map(deciding.reading, readings))
    return corpus_graph(own, identity, base), own


def build_text(
    text: str,
    *,
    name: str = "text",
    base: str = DEFAULT_BASE,
    mask: str | Sequence[str] = (),
    knowledge: Path | str | None = None,
) -> KnowledgeGraph:
    """Return the graph of what one text says; its first line is the title; ``mask`` and ``knowledge`` as in `build`.

    Half a character (a lone surrogate) is shown as what is lost (�), as broken bytes of a file are.
    """
    check_base(base)
    lines = _HALF.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    own = _own(knowledge)
    with using(own):
        return replace(
            build_articles([article_of(lines, safe_name(name), mask_of(mask))], base), knowledge=own
        )


def _own(folder: Path | str | None) -> Overlay | None:
    if folder is None:
        return None
    from kg.base.own_files import load_overlay

    return load_overlay(Path(folder))


def read_sources(
    sources: Sequence[Path],
    stdin: bytes | None = None,
    skip: Callable[[SourceError], None] | None = None,
    mask: Sequence[str] = (),
    table: Table | None = None,
) -> list[Article]:
    """Return the articles of files and folders, and of standard input for ``-``; by default the one that comes with kg.

    Args:
        sources: the files and folders.
        stdin: what stands for ``-``.
        skip: told of each of many sources that cannot be read, which is left out; by default the first one is an error.
        mask: the kinds of personal data that marks are put for.
        table: what is said of the articles besides (`kg.text.given.read_table`).

    Raises:
        SourceError: a source cannot be read; with ``skip``, none of them can.
    """
    found = gather(sources or [data_path(SOURCE)], stdin, mask, table, unread=skip is not None)
    return named_apart([each.article for each in without_bad(found, skip)])


def build_articles(
    articles: Sequence[Article],
    base: str = DEFAULT_BASE,
    pipeline: Pipeline | None = None,
    progress: Callable[[str, int, int], None] = lambda _step, _done, _all: None,
) -> KnowledgeGraph:
    """Return the graph of what ``articles`` say; an article that comes twice (the same text) is read once."""
    first: dict[str, Article] = {}
    for article in articles:
        first.setdefault(article.sha256, article)
    own = list(first.values())
    reader = pipeline or Pipeline()
    readings: list[Reading] = []
    for batch in _batches(own):
        readings += reader.read(batch)
        progress("reading", len(readings), len(own))
    graph, made = _joined(readings, base)
    return KnowledgeGraph(graph, {article.name: article.text for article in own}, made)


def _batches(articles: Sequence[Article]) -> Iterable[Sequence[Article]]:
    return (articles[at : at + BATCH] for at in range(0, len(articles), BATCH))


def load(path: Path | str, *more: Path | str) -> KnowledgeGraph:
    """Return the graph in a file (its ending says the format), in a folder that ``kg build`` made, with its texts, or in a store.

    It is read by the user's knowledge that goes with it: ``knowledge/`` in the folder, or where it was built with. Several are one graph: a fact that two of them state has its best confidence.

    Raises:
        GraphError: there is no graph, or it cannot be read.
    """
    graphs = [_load(Path(each)) for each in dict.fromkeys((path, *more))]
    if len(graphs) == 1:
        return graphs[0]
    whole = Graph()
    knowledge = next((each.knowledge for each in graphs if each.knowledge), None)
    for each in graphs:
        whole.store.extend(each.graph.store)
    whole.base = whole.find_base()
    whole.best_confidence_only()
    texts = texts_apart(item for each in graphs for item in each.texts.items())
    return KnowledgeGraph(whole, texts, knowledge=knowledge)


def _load(path: Path) -> KnowledgeGraph:
    if is_store(path):
        return KnowledgeGraph(*open_store(path))
    settle(path if path.is_dir() else path.parent)
    if path.is_dir():
        if (found := _stored(path)) is not None:
            return found
        path = graph_file(path)
    if not path.exists():
        raise GraphError(path, "no such graph", "run `kg build` first, or name a graph")
    return KnowledgeGraph(Graph.load(path), texts_beside(path), knowledge=_beside(path))


def _stored(folder: Path) -> KnowledgeGraph | None:
    """Return what the store in a folder holds, None where there is none of the graph as it is now, or it cannot be opened."""
    store = store_of(folder)
    if store is None:
        return None
    try:
        return KnowledgeGraph(*open_store(store), knowledge=_going_with(folder))
    except GraphError:  # a newer one has just taken its place, or it is damaged: the file says the same
        return None


def _beside(path: Path) -> Overlay | None:
    """Return the knowledge that goes with a graph, None for none, or where the process uses some already."""
    return _going_with(path.parent.parent if path.parent.name == MERGED else path.parent)


def _going_with(folder: Path) -> Overlay | None:
    """Return the knowledge that goes with the graph in a folder, None for none, or where the process uses some already."""
    return _own(knowledge_of(folder)) if active() is NONE else None
