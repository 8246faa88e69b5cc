"""The values of a corpus are written and read again as they were."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kg.base.model import EntityId, Span
from kg.corpus.codec import codec_of
from kg.corpus.model import ArticleFeatures, Feature, Post

PERSON = Feature(
    EntityId("Person:林远舟"),
    "Person",
    "林远舟",
    ("林远舟", "小林"),
    (Span(0, 3), Span(20, 22)),
    posts=(Post("主任", EntityId("Organization:青云县教育局")),),
    facts=2,
    signs=1,
)
BODY = Feature(
    EntityId("Organization:青云县教育局"),
    "Organization",
    "青云县教育局",
    ("青云县教育局", "县教育局"),
    (Span(4, 10), Span(30, 34)),
    kind="GovernmentBody",
    crossing=("青云县教育局",),
    within=("青云县",),
    before=("俄罗斯",),
)
ARTICLE = ArticleFeatures("ab" * 32, "one", date(2024, 5, 6), "青云日报", (BODY, PERSON), b"\x00\x01\x02\xff")


@pytest.mark.parametrize(
    "features",
    [
        pytest.param(ARTICLE, id="everything said"),
        pytest.param(ArticleFeatures("cd" * 32, "", None, "", ()), id="nothing said"),
        pytest.param(
            ArticleFeatures(
                "ef" * 32,
                "other",
                None,
                "",
                (
                    Feature(
                        EntityId("Place:甲"), "Place", "甲市", ("甲",), (Span(1, 2),), place_code="430600"
                    ),
                ),
            ),
            id="a name that is none of its forms",
        ),
    ],
)
def test_features_come_back_from_json_as_they_were(features: ArticleFeatures) -> None:
    codec = codec_of(ArticleFeatures)
    written = json.dumps(codec.encode(features, ""), ensure_ascii=False)

    assert codec.decode(json.loads(written), "") == features


def test_what_is_as_ever_is_not_written() -> None:
    place = Feature(EntityId("Place:甲市"), "Place", "甲市", ("甲市",), (Span(0, 2),))

    assert codec_of(Feature).encode(place, "") == ["Place:甲市", "Place", "甲市", ["甲市"], [[0, 2]]]


def test_a_value_of_another_shape_is_refused() -> None:
    with pytest.raises(TypeError):
        codec_of(ArticleFeatures).decode([["Place"]], "")
