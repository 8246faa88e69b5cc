"""Four invented articles that share things, facts and contradictions, and their graph."""

from __future__ import annotations

import pytest

from kg.base.model import Reading
from kg.corpus.graph import corpus_graph
from kg.corpus.model import Copy
from kg.graph.store import Graph
from tests.corpus.many import Texts, identity_of, read

TEXTS: Texts = {
    "opening": (
        "2021-03-01",
        "三月新闻\n青禾集团有限公司董事长林远山3月1日表示，青禾集团有限公司在湖州市成立青禾农业有限公司。2020年，青禾集团有限公司营业收入为12亿元。\n",
    ),
    "talk": (
        "2021-05-02",
        "五月要闻\n青禾集团董事长林远山说，青禾集团成立青禾农业有限公司。2020年，青禾集团营业收入为13.5亿元。2021年5月1日，林远山调研了湖州市。\n",
    ),
    "change": (
        "2022-07-09",
        "七月新闻\n青禾集团董事长苏明德出席会议。青禾集团计划明年投资蓝石科技有限公司。据悉，青禾集团与云溪大学签约。\n",
    ),
    "namesake": (
        "2022-07-10",
        "云溪消息\n云溪大学教授林远山荣获“云溪之星”称号。云溪大学举办“云溪论坛”。\n",
    ),
}


@pytest.fixture(scope="session")
def many_readings() -> list[Reading]:
    """What each of the articles says."""
    return read(TEXTS)


@pytest.fixture(scope="session")
def many_graph(many_readings: list[Reading]) -> Graph:
    """The graph of the articles, in which the third one copies the first, and the last names another 林远山; do not change it."""
    shas = {each.article.name: each.article.sha256 for each in many_readings}
    one, other = sorted((shas["opening"], shas["change"]))
    copies = [Copy(one, other, 0.7, same=True)]
    return corpus_graph(many_readings, identity_of(many_readings, copies=copies, apart=["namesake"]))
