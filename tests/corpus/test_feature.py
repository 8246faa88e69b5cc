"""What a reading tells about who its entities are; the texts are invented."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kg.base.model import Span
from kg.corpus.codec import codec_of
from kg.corpus.feature import features_of
from kg.corpus.model import ArticleFeatures, Feature
from kg.pipeline import Pipeline
from kg.text.source import article_of


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


def told(pipeline: Pipeline, text: str) -> ArticleFeatures:
    (reading,) = pipeline.read([article_of(text, "one")])
    return features_of(reading)


def of(features: ArticleFeatures, name: str) -> Feature:
    return next(entity for entity in features.entities if name in entity.names)


def test_a_person_has_posts_and_signs(pipeline: Pipeline) -> None:
    features = told(
        pipeline, "湖南省岳阳市教育局局长林远舟说，今年将新建两所学校。林远舟表示，学校明年开学。\n"
    )

    who = of(features, "林远舟")

    assert [(post.role, post.body) for post in who.posts] == [("局长", of(features, "湖南省岳阳市教育局").id)]
    assert who.signs == 2
    assert who.facts >= 1


def test_a_body_of_every_state_has_the_state_before_it(pipeline: Pipeline) -> None:
    """Where the state is read as a word of its own; as a rule it is a part of the name."""
    (reading,) = pipeline.read([article_of("双方会谈。日本外交部长也出席了会谈。\n", "one")])
    whole = next(link for link in reading.links if link.text == "日本外交部")
    cut = replace(whole, text="外交部", span=Span(whole.span.start + 2, whole.span.end))
    links = tuple(cut if link is whole else link for link in reading.links)
    entities = tuple(
        replace(each, name="外交部", names=("外交部",)) if each.id == whole.entity else each
        for each in reading.entities
    )

    features = features_of(replace(reading, links=links, entities=entities))

    assert of(features, "外交部").before == ("日本",)


def test_a_body_behind_another_of_an_enumeration_is_of_its_state(pipeline: Pipeline) -> None:
    features = told(
        pipeline,
        "俄罗斯外交部、国防部今天发表声明。林远舟会见越共中央政治局委员、中央书记处书记阮文岚。\n"
        "这次公布的名单包括交通、财政部的项目。昨日商务部发布通知，日本企业表示欢迎。\n",
    )

    assert of(features, "国防部").before == ("俄罗斯",)
    assert of(features, "中央书记处").before == ("越南",)
    assert of(features, "财政部").before == ()
    assert of(features, "商务部").before == ()


@pytest.mark.parametrize(
    ("full", "end", "crosses"),
    [
        pytest.param("青岚大学附属岚舟医院", "岚舟医院", True, id="a hospital behind its university"),
        pytest.param("青岚大学岚舟医院外科", "岚舟医院外科", True, id="a part with the body it is of"),
        pytest.param("岚舟医院神经外科", "神经外科", False, id="a part alone"),
        pytest.param("青岚大学第二医院", "第二医院", False, id="plain words"),
        pytest.param("青岚银行岳阳分行", "岳阳分行", False, id="a place and a part"),
        pytest.param("岳阳岚舟医院", "岚舟医院", False, id="behind a place"),
        pytest.param("青岚大学附属岚舟医院", "青岚大学", False, id="the beginning"),
    ],
)
def test_the_end_of_a_name_crosses_where_it_is_a_body_by_itself(
    pipeline: Pipeline, full: str, end: str, *, crosses: bool
) -> None:
    (reading,) = pipeline.read([article_of("青岚湖学院今天开学。\n", "one")])
    (school,) = reading.entities

    features = features_of(replace(reading, entities=(replace(school, name=full, names=(full, end)),)))

    assert (end in features.entities[0].crossing) is crosses


def test_a_side_is_that_of_the_state_that_the_article_speaks_of(pipeline: Pipeline) -> None:
    features = told(
        pipeline,
        "李明会见加纳总统马哈马。李明表示，愿同加方一道努力，加纳各界都支持。\n加方感谢李明，外交部也参加了会谈。\n",
    )

    assert "加方" in of(features, "加纳").names
    assert of(features, "外交部").near == ("加纳",)


def test_a_date_before_a_body_is_no_state(pipeline: Pipeline) -> None:
    features = told(pipeline, "12日，外交部发言人在记者会上表示，双方将继续会谈。记者6日外交部获悉。\n")

    assert of(features, "外交部").before == ()


def test_only_names_beyond_doubt_cross_to_other_articles(pipeline: Pipeline) -> None:
    features = told(
        pipeline,
        "青岚湖水产养殖集团有限公司（以下简称“青岚湖水产”）今天成立。青岚湖水产养殖集团董事长林远舟出席。\n"
        "省政府印发《青岚湖渔业保护办法》（以下简称《办法》）。\n",
    )

    assert "青岚湖水产" in of(features, "青岚湖水产").crossing
    assert of(features, "《办法》").crossing == ("《青岚湖渔业保护办法》",)


def test_every_name_has_the_place_where_it_stands_first(pipeline: Pipeline) -> None:
    text = "岳阳市教育局今天召开会议。岳阳市教育局局长林远舟讲话。\n"
    features = told(pipeline, text)

    for entity in features.entities:
        assert [span.of(text) for span in entity.spans] == list(entity.names)
    assert of(features, "岳阳市教育局").spans[0].start == 0


def test_features_are_a_pure_function_of_the_reading(pipeline: Pipeline) -> None:
    text = "湖南省岳阳市教育局局长林远舟说，今年将新建两所学校。\n"

    first, second = told(pipeline, text), told(pipeline, text)

    assert first == second
    codec = codec_of(ArticleFeatures)
    assert codec.decode(json.loads(json.dumps(codec.encode(first, ""))), "") == first
