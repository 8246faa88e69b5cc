"""Short names that a sentence declares."""

from __future__ import annotations

import pytest

from kg.base.model import Mention, Sentence, Span, TaggedSentence
from kg.names.declared import declared
from kg.text.source import article_of


@pytest.mark.parametrize(
    ("bracket", "found"),
    [
        ("（以下简称“海川”）", [("海川", "declared")]),
        ("(下称:海川)", [("海川", "declared")]),
        ("（Haichuan Group）", [("Haichuan Group", "declared-latin")]),
        ("（以下简称“公司”）", []),
        ("（位于江城）", []),
    ],
)
def test_a_bracket_behind_a_name_may_declare_another(bracket: str, found: list[tuple[str, str]]) -> None:
    text = f"江城海川集团{bracket}公告。"
    row = [Mention(Span(0, 6), "江城海川集团", "Organization", "tagger-ORG")]
    sentence = TaggedSentence(Sentence(0, 0, Span(0, len(text)), text), ())
    mentions = list(declared(article_of(text), sentence, row))
    assert [(m.text, m.rule) for m in mentions] == found
    assert all(text[m.span.start : m.span.end] == m.text and m.type == "Organization" for m in mentions)
    assert list(declared(article_of(text), sentence, [])) == []
