"""``Reading`` -> triples, as lines of N-Triples.

One fact is one node with its evidence; IRIs come from content alone, so two runs, two machines, two shards agree.
Lines instead of term objects: they are made in a quarter of the time, pickle as they are, and sort as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from itertools import pairwise

from kg.base.errors import GraphError
from kg.base.model import Entity, EntityId, Evidence, Fact, Figure, Merge, Moment, Reading, Span, Status
from kg.base.resources import load_toml
from kg.base.schema import MEMBERSHIP, WITHIN, ordered, schema
from kg.graph.edtf import days, precision, spoken
from kg.graph.event import write_main_event
from kg.graph.evidence import evidence_lines
from kg.graph.iri import (
    article_iri,
    check_base,
    entity_iri,
    evidence_iri,
    fact_iri,
    figure_iri,
    made_iri,
    moment_iri,
    place_iri,
)
from kg.graph.literal import decimal as _decimal
from kg.graph.literal import integer as _integer
from kg.graph.literal import string as _string
from kg.graph.literal import typed as _typed
from kg.graph.literal import zh as _zh
from kg.graph.own import KNOWLEDGE, files_of_names, files_of_patterns, is_own_term, term_said
from kg.graph.seal import DIGEST, seal
from kg.graph.vocabulary import (
    DCTERMS,
    DEFAULT_BASE,
    EDTF,
    KG,
    ONCE,
    ORG,
    PREDICATE_LABELS,
    PROV,
    QUDT,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    STANDARD_TYPES,
    TIME,
    UNIT,
    XSD,
    expanded,
)
from kg.names.gazetteer import gazetteer
from kg.version import __version__

__all__ = ["DEFAULT_BASE", "triples_of", "units"]

_TYPE = f"<{RDF}type>"
_LABEL = f"<{RDFS}label>"
_PREF, _ALT = f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>"
_SUBJECT, _PREDICATE, _OBJECT = f"<{RDF}subject>", f"<{RDF}predicate>", f"<{RDF}object>"
_STATEMENT, _PROV_ENTITY = f"<{RDF}Statement>", f"<{PROV}Entity>"
_DERIVED_FROM, _GENERATED_BY = f"<{PROV}wasDerivedFrom>", f"<{PROV}wasGeneratedBy>"
_ROLE_NAME, _VALUE, _UNIT_TEXT = f"<{SCHEMA}roleName>", f"<{SCHEMA}value>", f"<{SCHEMA}unitText>"
_HAS_TIME = f"<{TIME}hasTime>"
_STATUS, _CONFIDENCE, _PATTERN = f"<{KG}status>", f"<{KG}confidence>", f"<{KG}pattern>"
_CONTAINED_IN = f"<{SCHEMA}{WITHIN}>"
_DERIVED = f"<{KG}derived>"
_ENDED = f"<{KG}ended>"
_TRUE = f'"true"^^<{XSD}boolean>'
_REPORTED_BY = f"<{KG}reportedBy>"


def triples_of(reading: Reading, base: str = DEFAULT_BASE) -> list[str]:
    """Return what ``reading`` says as N-Triples lines, each once, without line ends, in a fixed order.

    Raises:
        GraphError: a quote is not the text under its span, or a fact names an entity the reading has not.
    """
    return list(dict.fromkeys(_Writer(reading, base).lines()))


@cache
def units() -> tuple[dict[str, str], dict[str, str]]:
    """Return the codes of currencies, and the names that QUDT has for other units, by the words of the text."""
    table = load_toml("units_qudt.toml")
    return dict(table["currency"]), dict(table["unit"])


class _Writer:
    """Writes one reading; holds what every line needs."""

    def __init__(self, reading: Reading, base: str) -> None:
        self.reading, self.base, self.article = reading, check_base(base), reading.article
        self.entities: dict[EntityId, Entity] = {entity.id: entity for entity in reading.entities}
        self.iris = {entity.id: entity_iri(self.article, entity, base) for entity in reading.entities}
        self.this_article = f"<{article_iri(self.article, base)}>"
        self.run = f"<{made_iri(base, 'b', 'kg', __version__)}>"
        self.out: list[str] = []
        self.seen: set[Span] = set()

    def lines(self) -> list[str]:
        self.write_run()
        self.write_article()
        first: dict[EntityId, Span] = {}
        for link in self.reading.links:
            if link.is_name:
                first.setdefault(link.entity, link.span)
        for entity in self.reading.entities:
            self.write_entity(entity, first.get(entity.id))
        figures = {figure_iri(self.article, figure, self.base): figure for figure in self._figures()}
        for iri, figure in figures.items():
            self.write_figure(f"<{iri}>", figure)
        for moment in self.reading.moments:
            self.write_moment(moment)
        write_main_event(self)
        if self.article.asked is not None:
            from kg.graph.proposed import write_models, write_refused  # hardly anybody asks a model

            write_models(self)
            write_refused(self)
        for iri, facts in self._facts().items():
            self.write_fact(f"<{iri}>", facts)
        if self.reading.decided:
            from kg.graph.decided import write_decided  # most graphs are as they were read

            write_decided(self)
        self.write_terms()
        self.add(
            self.this_article, f"<{DIGEST}>", _string(seal(line[: -len(" .")] for line in set(self.out)))
        )
        return self.out

    def add(self, subject: str, predicate: str, value: str) -> None:
        self.out.append(f"{subject} {predicate} {value} .")

    # the run and the source -----------------------------------------------------------------------------------------

    def write_run(self) -> None:
        tool = f"<{made_iri(self.base, 'c', 'kg', __version__)}>"
        self.add(self.run, _LABEL, f'"kg {__version__}"@en')
        self.add(self.run, _TYPE, f"<{PROV}Activity>")
        self.add(self.run, f"<{PROV}wasAssociatedWith>", tool)
        self.add(self.run, f"<{PROV}used>", self.this_article)
        self.add(tool, _LABEL, '"kg"@en')
        self.add(tool, _TYPE, f"<{PROV}SoftwareAgent>")
        self.add(tool, f"<{SCHEMA}softwareVersion>", _string(__version__))

    def write_article(self) -> None:
        article, this = self.article, self.this_article
        self.add(this, _LABEL, _zh(article.title or article.name))
        self.add(this, _TYPE, f"<{SCHEMA}NewsArticle>")
        self.add(this, _TYPE, _PROV_ENTITY)
        self.add(this, f"<{DCTERMS}identifier>", _string(article.name))
        self.add(this, f"<{KG}sha256>", _string(article.sha256))
        if article.title:
            self.add(this, f"<{SCHEMA}headline>", _zh(article.title))
        if article.published:
            self.add(this, f"<{SCHEMA}datePublished>", _typed(article.published.isoformat(), XSD + "date"))
        for name, value in (("publisher", article.publisher), ("author", article.author)):
            if value:
                self.add(this, f"<{SCHEMA}{name}>", _zh(value))
        for name, value in (("documentNumber", article.number), ("addressee", article.addressee)):
            if value:
                self.add(this, f"<{KG}{name}>", _zh(value))
        for name, value in article.formal:
            self.add(
                this, f"<{KG}{name}>", _typed(value, XSD + "date") if name == "printedOn" else _zh(value)
            )
        for kind, _ in article.masked:
            self.add(this, f"<{KG}masked>", _string(kind))
        if article.url:
            self.add(this, f"<{SCHEMA}url>", _typed(article.url, XSD + "anyURI"))

    # evidence -------------------------------------------------------------------------------------------------------

    def evidence(self, span: Span) -> str:
        """Write the evidence under ``span`` once and return its node."""
        this = evidence_iri(self.article, span, self.base)
        if span not in self.seen:
            self.seen.add(span)
            self.out.extend(evidence_lines(self.article, span, self.base))
        return f"<{this}>"

    def write_terms(self) -> None:
        """Write the types and predicates of the user that the article needs."""
        used = [entity.type for entity in self.reading.entities] + [
            fact.predicate for fact in self.reading.facts
        ]
        for name in dict.fromkeys(filter(is_own_term, used)):
            for predicate, value in term_said(name):
                self.add(f"<{KG}{name}>", predicate, value)

    # entities -------------------------------------------------------------------------------------------------------

    def label(self, entity: Entity) -> str:
        """Return what to call an entity: a place with a code bears its official name in every article."""
        coded = entity.place_code and entity.type == "Place"
        return gazetteer().official.get(entity.place_code, entity.name) if coded else entity.name

    def write_entity(self, entity: Entity, first: Span | None) -> None:
        this, label = f"<{self.iris[entity.id]}>", self.label(entity)
        self.add(this, _LABEL, _zh(label))
        self.add(this, _TYPE, f"<{KG}{entity.type}>")
        if entity.kind:
            self.add(this, _TYPE, f"<{KG}{entity.kind}>")
        if entity.type in STANDARD_TYPES:
            self.add(this, _TYPE, f"<{STANDARD_TYPES[entity.type]}>")
        for name in dict.fromkeys((entity.name, *entity.names)):
            # An official name that the article never uses is the label, and no name the article gives.
            self.add(this, _PREF if name == label else _ALT, _zh(name))
        for file in files_of_names((entity.name, *entity.names), entity.type):
            self.add(this, f"<{KNOWLEDGE}>", _string(file))
        if entity.proposed_by:
            self.add(this, f"<{KG}proposedBy>", f"<{made_iri(self.base, 'i', entity.proposed_by)}>")
        if entity.place_code and entity.type == "Place":
            self.write_hierarchy(entity.place_code)
        self.add(self.this_article, f"<{SCHEMA}mentions>", this)
        if first:
            self.add(this, f"<{KG}mentionedAt>", self.evidence(first))
        for merge in entity.merges:
            self.write_merge(this, merge)

    def write_hierarchy(self, code: str) -> None:
        """Write where a place with an official code lies, marked as derived: the text does not say it."""
        within = schema().derived[WITHIN].label.zh
        names, chain = gazetteer().official, (code, *gazetteer().parents(code))
        for each in chain:
            place = f"<{place_iri(self.base, each)}>"
            self.add(place, _LABEL, _zh(names.get(each, each)))
            self.add(place, _TYPE, f"<{KG}Place>")
            self.add(place, _TYPE, f"<{STANDARD_TYPES['Place']}>")
            self.add(place, f"<{KG}placeCode>", _string(each))
        for inner, outer in pairwise(chain):
            one, other = f"<{place_iri(self.base, inner)}>", f"<{place_iri(self.base, outer)}>"
            this = f"<{made_iri(self.base, 'f', one, WITHIN, other, 'derived')}>"
            label = f"{names.get(inner, inner)} {within} {names.get(outer, outer)}"
            self.write_statement(this, label, (one, _CONTAINED_IN, other), "asserted", Decimal(1))
            self.add(this, _PATTERN, _string("place-code"))
            self.add(this, _DERIVED, _TRUE)

    def write_statement(
        self,
        this: str,
        label: str,
        triple: tuple[str, str, str],
        status: Status,
        confidence: Decimal,
        *,
        ended: bool = False,
    ) -> None:
        add, (subject, predicate, value) = self.add, triple
        add(this, _LABEL, _zh(label))
        add(this, _TYPE, _STATEMENT)
        add(this, _TYPE, _PROV_ENTITY)
        add(this, _SUBJECT, subject)
        add(this, _PREDICATE, predicate)
        add(this, _OBJECT, value)
        add(this, _STATUS, f"<{KG}{status}>")
        add(this, _CONFIDENCE, _decimal(confidence))
        add(this, _GENERATED_BY, self.run)
        if ended:
            add(this, _ENDED, _TRUE)
        elif status == "asserted":
            add(subject, predicate, value)

    def write_merge(self, entity: str, merge: Merge) -> None:
        this = f"<{made_iri(self.base, 'm', entity, merge.name, merge.into, merge.rule)}>"
        self.add(this, _LABEL, _zh(f"{merge.name} = {merge.into}"))
        self.add(this, _TYPE, f"<{KG}Merge>")
        self.add(this, f"<{KG}mergedInto>", entity)
        self.add(this, f"<{KG}mergedName>", _zh(merge.name))
        self.add(this, _PATTERN, _string(merge.rule))
        if merge.evidence:
            self.add(this, _DERIVED_FROM, self.evidence(merge.evidence))

    # facts ----------------------------------------------------------------------------------------------------------

    def _facts(self) -> dict[str, list[Fact]]:
        """Return the facts by IRI: one read twice is one node, one that ties a node to itself (by its code) is none."""
        facts: dict[str, list[Fact]] = {}
        for fact in self.reading.facts:
            ends = self.ends(fact)
            if ends[0] != ends[1]:
                facts.setdefault(fact_iri(self.article, fact, ends, self.base), []).append(fact)
        return facts

    def ends(self, fact: Fact) -> tuple[str, str]:
        """Return the IRIs of a fact's subject and object; those of a partnership in sorted order."""
        try:
            one, other = self.iris[fact.subject], self.iris[fact.object]
        except KeyError as error:
            raise GraphError(self.article.name, f"a fact names the unknown entity {error}") from error
        return ordered(fact.predicate, one, other)

    def write_fact(self, this: str, facts: list[Fact]) -> None:
        fact = facts[0]
        ends = self.ends(fact)
        subject, value = (f"<{end}>" for end in ends)
        predicate = _CONTAINED_IN if fact.derived else f"<{KG}{fact.predicate}>"
        best = Decimal(f"{max(each.confidence for each in facts):.3f}")
        self.write_statement(
            this,
            self.fact_label(fact, ends),
            (subject, predicate, value),
            fact.status,
            best,
            ended=fact.ended,
        )
        for pattern in dict.fromkeys(each.pattern for each in facts):
            self.add(this, _PATTERN, _string(pattern))
        if fact.derived:
            self.add(this, _DERIVED, _TRUE)
            return
        for file in files_of_patterns(each.pattern for each in facts):
            self.add(this, f"<{KNOWLEDGE}>", _string(file))
        if any(each.model for each in facts):
            from kg.graph.proposed import write_of_fact

            write_of_fact(self, this, facts)
        self.write_qualifiers(this, fact, subject, value)
        self.write_sources(this, facts)
        for evidence in dict.fromkeys(piece for each in facts for piece in each.evidence):
            self.add(this, _DERIVED_FROM, self.quoted(evidence))

    def quoted(self, evidence: Evidence) -> str:
        """Return the node of ``evidence``, whose quote must be what stands in the text."""
        if evidence.span.of(self.article.text) != evidence.quote:
            raise GraphError(self.article.name, f"a quote that is not the text at {evidence.span.start}")
        return self.evidence(evidence.span)

    def write_sources(self, this: str, facts: list[Fact]) -> None:
        """Write who says a fact that is only passed on: an entity, or an agent that bears the words of the text."""
        for source in dict.fromkeys(one for each in facts for one in each.sources):
            known = self.iris.get(source.entity) if source.entity else None
            agent = f"<{known or made_iri(self.base, 's', self.article.sha256, source.text)}>"
            self.add(this, _REPORTED_BY, agent)
            if not known:
                self.add(agent, _LABEL, _zh(source.text))
                self.add(agent, _TYPE, f"<{PROV}Agent>")

    def fact_label(self, fact: Fact, ends: tuple[str, str]) -> str:
        """Return the fact as a short Chinese sentence."""
        one, other = self.label(self.entities[fact.subject]), self.label(self.entities[fact.object])
        if ends[0] != self.iris[fact.subject]:
            one, other = other, one
        role = f"（{fact.role}）" if fact.role else ""
        once = ONCE[0] if fact.ended else ""
        return f"{one} {once}{PREDICATE_LABELS[fact.predicate][0]} {other}{role}"

    def write_qualifiers(self, this: str, fact: Fact, subject: str, value: str) -> None:
        fact_class = schema().predicates[fact.predicate].fact_class
        if fact_class:
            self.add(this, _TYPE, f"<{expanded(fact_class)}>")
        if fact_class == MEMBERSHIP:
            self.add(this, f"<{ORG}member>", subject)
            self.add(this, f"<{ORG}organization>", value)
        if fact.role:
            self.write_role(this, fact)
        if fact.date:
            self.write_moment(fact.date)
            self.add(this, _HAS_TIME, f"<{moment_iri(self.article, fact.date, self.base)}>")
        if fact.amount:
            self.add(this, f"<{KG}amount>", f"<{figure_iri(self.article, fact.amount, self.base)}>")

    def write_role(self, this: str, fact: Fact) -> None:
        self.add(this, _ROLE_NAME, _string(fact.role))
        if schema().predicates[fact.predicate].fact_class == MEMBERSHIP:
            role = f"<{made_iri(self.base, 'r', fact.role)}>"
            self.add(this, f"<{ORG}role>", role)
            self.add(role, _LABEL, _zh(fact.role))
            self.add(role, _TYPE, f"<{ORG}Role>")

    # figures and dates ----------------------------------------------------------------------------------------------

    def _figures(self) -> Iterable[Figure]:
        """Return the figures of the reading, then amounts of facts that are not among them."""
        own = {figure_iri(self.article, figure, self.base) for figure in self.reading.figures}
        yield from self.reading.figures
        for fact in self.reading.facts:
            if fact.amount and figure_iri(self.article, fact.amount, self.base) not in own:
                yield fact.amount

    def write_figure(self, this: str, figure: Figure) -> None:
        add = self.add
        currencies, known = units()
        currency, unit = currencies.get(figure.unit), known.get(figure.unit)
        add(this, _LABEL, _zh(f"{figure.of} {figure.text}".strip()))
        add(this, _TYPE, f"<{SCHEMA}{'MonetaryAmount' if currency else 'QuantitativeValue'}>")
        add(this, _TYPE, _PROV_ENTITY)
        add(this, _VALUE, _decimal(figure.value))
        if figure.unit:
            add(this, _UNIT_TEXT, _string(figure.unit))
        else:
            add(this, f"<{KG}noUnit>", _string("not in the text"))
        if currency:
            add(this, f"<{SCHEMA}currency>", _string(currency))
            add(this, f"<{QUDT}hasUnit>", f"<{UNIT}CCY_{currency}>")
        elif unit:
            add(this, f"<{QUDT}hasUnit>", f"<{UNIT}{unit}>")
        self.write_bounds(this, figure)
        if figure.of:
            add(this, f"<{KG}measured>", _string(figure.of))
        if figure.subject and figure.subject in self.iris:
            add(this, f"<{KG}figureOf>", f"<{self.iris[figure.subject]}>")
        if figure.date:
            self.write_moment(figure.date)
            add(this, _HAS_TIME, f"<{moment_iri(self.article, figure.date, self.base)}>")
        add(this, _CONFIDENCE, _decimal(Decimal(f"{figure.confidence:.3f}")))
        add(this, f"<{KG}surface>", _string(figure.text))
        add(this, f"<{KG}surfaceStart>", _integer(figure.span.start))
        if figure.rule:
            add(this, _PATTERN, _string(figure.rule))
        add(this, _GENERATED_BY, self.run)
        add(this, _DERIVED_FROM, self.evidence(figure.quote if figure.quote.end else figure.span))

    def write_bounds(self, this: str, figure: Figure) -> None:
        if figure.modifier:
            self.add(this, f"<{KG}modifier>", _string(figure.modifier))
        if figure.minimum is not None:
            self.add(this, f"<{SCHEMA}minValue>", _decimal(figure.minimum))
        if figure.maximum is not None:
            self.add(this, f"<{SCHEMA}maxValue>", _decimal(figure.maximum))

    def write_moment(self, moment: Moment) -> None:
        this = f"<{moment_iri(self.article, moment, self.base)}>"
        first, last = days(moment.edtf)
        self.add(this, _LABEL, _zh(spoken(moment.edtf)))
        self.add(this, _TYPE, f"<{TIME}ProperInterval>")
        self.add(this, f"<{KG}edtf>", _typed(moment.edtf, EDTF))
        self.add(this, f"<{KG}precision>", _string(precision(moment.edtf)))
        if first:
            self.add(this, f"<{KG}firstDay>", _typed(first, XSD + "date"))
        if last:
            self.add(this, f"<{KG}lastDay>", _typed(last, XSD + "date"))
        self.add(this, f"<{KG}surface>", _string(moment.text))
        self.add(this, _DERIVED_FROM, self.evidence(moment.span))
