from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kg.base.errors import ResourceError
from kg.base.model import (
    Entity,
    EntityId,
    EntityType,
    Evidence,
    Fact,
    Figure,
    Link,
    Mention,
    Span,
    TaggedSentence,
)
from kg.base.resources import weights_path
from kg.names.find import find_mentions
from kg.pipeline import Pipeline
from kg.text.sentence import split
from kg.text.source import article_of, read_article
from kg.things.confidence import (
    NameModel,
    confidence,
    default_model,
    features_of_name,
    features_of_place,
    load_model,
    occurrences_of,
    with_confidence,
    without_doubtful,
)
from kg.things.resolve import resolve
from kg.words.tagger import default_tagger

ARTICLE = Path(__file__).parents[2] / "data" / "yueyang.txt"
GOLD = Path(__file__).parents[1] / "gold"
TRAIN = Path(__file__).parents[3] / "shared" / "gold" / "train"
COMPANY, PERSON = EntityId("Organization:星河轴承厂"), EntityId("Person:陈大年")
SURE = Entity(COMPANY, "Organization", "星河轴承厂", ("星河轴承厂",), confidence=0.9)
DOUBTFUL = Entity(PERSON, "Person", "陈大年", ("陈大年",), confidence=0.2)
LINKS = (
    Link(Span(0, 5), "星河轴承厂", COMPANY, "Organization", "same-name"),
    Link(Span(6, 9), "陈大年", PERSON, "Person", "same-name"),
)


def tagged_of(text: str) -> tuple[TaggedSentence, ...]:
    """Return the words, without evidence."""
    return tuple(replace(own, evidence=()) for own in default_tagger().tag(split(article_of(text))))


def weighed_by(
    entities: Sequence[Entity],
    tagged: Sequence[TaggedSentence],
    mentions: Sequence[Sequence[Mention]],
    model: NameModel,
) -> tuple[Entity, ...]:
    """Return the things that the names stand for, each as sure as its surest name."""
    places = occurrences_of(tagged, mentions)
    return with_confidence(entities, {name: round(confidence(own, model), 3) for name, own in places.items()})


def mention(text: str, name: str, kind: EntityType = "Organization", rule: str = "tagger-ORG") -> Mention:
    at = text.index(name)
    return Mention(Span(at, at + len(name)), name, kind, rule)


def test_a_doubtful_thing_that_nothing_is_said_about_stays_out_with_its_links() -> None:
    entities, links = without_doubtful([SURE, DOUBTFUL], LINKS, (), (), threshold=0.5)
    assert entities == (SURE,)
    assert links == LINKS[:1]


def test_a_doubtful_thing_with_a_fact_stays() -> None:
    fact = Fact(PERSON, "holdsPosition", COMPANY, (Evidence(Span(0, 9), "星河轴承厂厂长陈大年"),), "x", 0.8)
    assert without_doubtful([SURE, DOUBTFUL], LINKS, [fact], (), threshold=0.5) == ((SURE, DOUBTFUL), LINKS)


def test_a_doubtful_place_with_an_official_code_stays() -> None:
    """The article itself speaks for the place that has a code (``kg.things.place_codes``)."""
    (reading,) = Pipeline().read([article_of("湖南省岳阳市云溪区\n湖南省岳阳市云溪区。")])
    places = [replace(each, confidence=0.1) for each in reading.entities if each.type == "Place"]
    kept, _ = without_doubtful(places, (), (), ())

    assert {each.name for each in kept} == {each.name for each in places if each.place_code} != set()


def test_a_doubtful_thing_with_a_figure_stays() -> None:
    figure = Figure(Span(0, 3), "52岁", Decimal(52), "岁", subject=PERSON)
    assert without_doubtful([SURE, DOUBTFUL], LINKS, (), [figure], threshold=0.5) == ((SURE, DOUBTFUL), LINKS)


def test_a_thing_is_as_sure_as_its_surest_name() -> None:
    text = "星河轴承厂昨天开工。星河厂投资3亿元。"
    tagged = tagged_of(text)
    row = (mention(text, "星河轴承厂"),), (mention(text, "星河厂", rule="short-form"),)
    entity = Entity(COMPANY, "Organization", "星河轴承厂", ("星河轴承厂", "星河厂", "无处"))
    model = NameModel(0, {"rule=tagger-ORG": 2000, "rule=short-form": -2000}, 0.5)
    (weighed,) = weighed_by([entity], tagged, row, model)
    assert weighed == replace(entity, confidence=0.881)  # 1 / (1 + exp(-2))
    (alone,) = weighed_by([replace(entity, names=("星河厂",))], tagged, row, model)
    assert alone.confidence == 0.119


def test_a_thing_that_no_mention_names_is_certain() -> None:
    (weighed,) = weighed_by([replace(SURE, confidence=1.0)], (), (), NameModel(-9000, {}, 0.5))
    assert weighed.confidence == 1.0


def test_the_states_evidence_is_read_at_the_names_borders() -> None:
    text = "星河轴承厂昨天开工。"
    (sentence,) = tagged_of(text)
    words = len(sentence.tokens)
    name = Mention(
        Span(sentence.tokens[1].start, sentence.tokens[2].end),
        text[sentence.tokens[1].start : sentence.tokens[2].end],
        "Organization",
        "x",
    )
    evidence = [[0, 0, 0, 0] for _ in range(words)]
    evidence[1][0], evidence[2][1], evidence[0][2], evidence[3][3] = 100, 200, 300, 400
    evidence[0][0] = evidence[3][1] = evidence[1][2] = 5000  # of words that stand elsewhere
    spoken = replace(sentence, evidence=tuple(map(tuple, evidence)))
    entity = Entity(EntityId("Organization:x"), "Organization", name.text, (name.text,))
    (weighed,) = weighed_by([entity], [spoken], [(name,)], NameModel(0, {}, 0.5, typical=-7000))
    assert weighed.confidence == 0.731  # 1 / (1 + exp(-1))
    (silent,) = weighed_by(
        [entity], [replace(sentence, evidence=())], [(name,)], NameModel(0, {}, 0.5, typical=-1000)
    )
    assert silent.confidence == 0.269


def test_features_hold_no_person_and_types_in_place_of_names_around() -> None:
    text = "陈大年和王小明在青川市会见李四光。"
    (sentence,) = tagged_of(text)
    row = [mention(text, "王小明", "Person", "tagger-PER")]
    (occurrences,) = occurrences_of([sentence], [row]).values()
    features = {*features_of_name(occurrences), *features_of_place(occurrences[0], "Person")}
    assert not any(part in feature for feature in features for part in ("王", "小明", "陈大年", "青川"))
    assert "before=和" in features


def test_a_name_inside_a_longer_one_is_nested() -> None:
    text = "星河轴承厂党支部开会。"
    tagged = tagged_of(text)
    found = occurrences_of(tagged, [(mention(text, "星河轴承厂党支部"), mention(text, "星河轴承厂"))])
    assert [places[0].nested for places in found.values()] == [False, True]


def test_confidence_is_the_same_in_any_company_and_between_0_and_1() -> None:
    article = read_article(ARTICLE)
    tagged = default_tagger().tag(split(article))
    alone = tuple(default_tagger().tag([sentence.sentence])[0] for sentence in tagged)
    mentions = find_mentions(article, tagged)
    entities, _ = resolve(article, tagged, mentions)
    weighed = weighed_by(entities, tagged, mentions, default_model())
    assert weighed == weighed_by(entities, alone, mentions, default_model())
    assert all(0 < entity.confidence <= 1 for entity in weighed)
    assert sum(entity.confidence > 0.5 for entity in weighed) > 0.8 * len(weighed)


def test_what_is_doubtful_leaves_without_losing_any_end_of_a_fact_of_the_source_article() -> None:
    reading = Pipeline().read([read_article(ARTICLE)])[0]
    doubted = [replace(entity, confidence=0.0) for entity in reading.entities]
    entities, links = without_doubtful(doubted, reading.links, reading.facts, reading.figures)
    known = {entity.id for entity in entities}
    assert {end for fact in reading.facts for end in (fact.subject, fact.object)} <= known
    assert {figure.subject for figure in reading.figures} - {None} <= known
    assert {link.entity for link in links} == known
    assert len(known) < len(reading.entities)


def _of_scores(feature: str) -> bool:
    """Say whether a feature is of the net's scores: how high they are, and how the name lies to those of the rules."""
    return ">" in feature or feature.startswith(
        ("longer is better,", "in rules' name", "has rules' name", "cross")
    )


def test_weights_are_small_whole_and_ask_the_nets_scores_too() -> None:
    path = weights_path("entity.json")
    model = default_model()
    assert path.stat().st_size < 400_000
    assert 0 < model.threshold < 1
    assert [len(row) for row in model.states] == [256] * 4
    assert all(isinstance(weight, int) for weight in model.weights.values())
    assert any(_of_scores(feature) for feature in model.weights)
    kinds = {feature.partition("=")[0] for feature in model.weights if not _of_scores(feature)}
    assert kinds <= {
        "type", "times", "length", "type,length", "nested", "rule", "rule,type", "title", "end", "type,end", "start",
        "cut", "tags", "type,tags", "words", "before", "after", "before tag", "after tag", "type,before tag",
        "type,after tag", "inside",
    }  # fmt: skip


@pytest.mark.parametrize(
    "folder",
    [GOLD, pytest.param(TRAIN, marks=pytest.mark.skipif(not TRAIN.is_dir(), reason="not here"))],
    ids=lambda folder: folder.name,
)
def test_no_annotated_person_or_organisation_is_in_the_weights(folder: Path) -> None:
    features = "\n".join(default_model().weights)
    generic = {
        "研究院",
        "合作社",
        "代表团",
    }  # a word of the language that stands for one institute in an article
    for path in sorted(folder.glob("*.json")):
        for entity in json.loads(path.read_text(encoding="utf-8"))["entities"]:
            if {"Person", "Organization"} & set(entity["type"]):
                for name in entity["names"]:
                    assert len(name) < 2 or name in generic or name not in features, (path.name, name)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"bias": "x"}', '{"bias": 1, "weights": []}'])
def test_a_file_that_holds_no_weights_is_one_clear_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "entity.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"entity\.json"):
        load_model(path)
