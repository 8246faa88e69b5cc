"""What a model proposed, in the graph: proven by the texts as all else, and whatever is changed of it is found."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from kg.base.model import Answer, Asked, Reading
from kg.corpus.feature import features_of
from kg.decide.apply import apply
from kg.decide.model import Decision
from kg.graph.anchor import statement_anchors
from kg.graph.store import Graph
from kg.graph.validate import validate
from kg.graph.verify import verify
from kg.graph.vocabulary import KG
from kg.pipeline import Pipeline
from kg.propose.passage import as_read, passages
from kg.review.worklist import questions
from kg.text.source import article_of
from tests.propose.endpoint import fact, facts

TEXT = "青禾竹编公司与云溪大学签署合作协议，共建竹艺研究院。青禾竹编公司主推“云雀·轻语”灯。\n"
QUOTE = "青禾竹编公司与云溪大学签署合作协议，共建竹艺研究院"
LABEL = "青禾竹编公司 成立 竹艺研究院"


@cache
def reading(*, accepted: bool = False) -> Reading:
    article = article_of(TEXT, "probe")
    words = facts(
        fact("青禾竹编公司", "established", "竹艺研究院", QUOTE, "共建"),
        fact("青禾竹编公司", "partneredWith", "云溪大学", "青禾竹编公司与云溪大学签署合作协议", "签署"),
        fact(
            "青禾竹编公司",
            "developed",
            "云雀·轻语",
            "青禾竹编公司主推“云雀·轻语”灯",
            "主推",
            object_type="Product",
        ),
        fact("青禾竹编公司", "supported", "云溪大学", "青禾竹编公司资助云溪大学", "资助"),
    )
    (passage,) = passages(as_read(article))
    asked = Asked("m", (Answer(passage.span.start, passage.span.end, words),), accepted)
    (found,) = Pipeline().read([replace(article, asked=asked)])
    return found


def lines(graph: Graph) -> str:
    return graph.serialize("nt").decode()


def test_it_is_proven_and_keeps_the_rules_of_the_model() -> None:
    graph = Graph.from_readings([reading()])
    text = lines(graph)

    assert str(verify(graph, [TEXT])).endswith("every one proven")
    assert not validate(graph)
    for name in ("proposedBy", "agreedBy", "trigger", "RefusedProposal", "reason"):
        assert f"{KG}{name}>" in text


def test_only_what_is_accepted_stands_as_a_plain_triple() -> None:
    proposed, accepted = Graph.from_readings([reading()]), Graph.from_readings([reading(accepted=True)])
    plain = f"> <{KG}established> <"

    assert plain not in lines(proposed)
    assert plain in lines(accepted)
    assert str(verify(accepted, [TEXT])).endswith("every one proven")
    assert not validate(accepted)


def test_a_person_confirms_it_or_rejects_it_and_takes_that_back() -> None:
    graph = Graph.from_readings([reading()])
    (anchor,) = statement_anchors(graph, LABEL)

    def decided(verdict: str) -> Graph:
        made = apply(reading(), [Decision("d1", verdict, fact=anchor)])  # type: ignore[arg-type]
        after = Graph.from_readings([made])
        assert str(verify(after, [TEXT])).endswith("every one proven"), verify(after, [TEXT]).problems
        assert not validate(after)
        return after

    assert f"> <{KG}established> <" in lines(decided("confirm"))
    assert f'label> "{LABEL}"@zh' not in lines(decided("reject"))
    assert lines(Graph.from_readings([apply(reading(), [])])) == lines(graph)


def test_who_is_meant_in_several_articles_rests_on_nothing_that_only_a_model_says() -> None:
    text = "青禾竹编公司的林晓峰昨天到场，公司总裁一职由林晓峰挑起。\n"
    article = article_of(text, "probe")
    words = facts(
        fact(
            "林晓峰", "holdsPosition", "青禾竹编公司", text.strip(), "总裁",
            subject_type="Person", role="总裁",
        )
    )  # fmt: skip
    own = Asked("m", (Answer(0, len(text) - 1, words),))
    articles = [article, *(replace(article, asked=each) for each in (own, replace(own, accepted=True)))]
    plain, proposed, accepted = (Pipeline().read([each])[0] for each in articles)

    def posts(found: Reading) -> list[object]:
        return [each.posts for each in features_of(found).entities]

    assert any(each.status == "proposed" for each in proposed.facts), proposed.refused
    assert posts(proposed) == posts(plain)
    assert posts(accepted) != posts(plain)


def test_what_a_model_proposes_is_asked_about_however_sure_it_is() -> None:
    own = reading()
    sure = replace(own, facts=tuple(replace(each, confidence=0.95) for each in own.facts))
    asked = {each.what for each in questions(Graph.from_readings([sure])) if each.kind == "doubtful"}

    assert LABEL in asked


CHANGES = {
    "another model": ('label> "m"', 'label> "n"'),
    "another reason": ('reason> "quote"', 'reason> "trigger"'),
    "no such reason": ('reason> "quote"', 'reason> "whim"'),
    "a trigger that is not there": ('trigger> "共建"', 'trigger> "收购"'),
    "asserted": (f"<{KG}proposed>", f"<{KG}asserted>"),
    "agreed, and only proposed": (f"<{KG}agreedBy>", f"<{KG}proposedBy>"),
    "proposed, and called agreed": (f"<{KG}proposedBy>", f"<{KG}agreedBy>"),
    "surer": ('confidence> "0.5"', 'confidence> "0.9"'),
    "the words of the model": ("青禾竹编公司资助云溪大学", "青禾竹编公司资助云溪"),
    "another passage": ('passageStart> "0"', 'passageStart> "1"'),
}


@pytest.mark.parametrize("case", sorted(CHANGES))
def test_whatever_is_changed_of_it_is_found(case: str) -> None:
    before = lines(Graph.from_readings([reading()]))
    old, new = CHANGES[case]
    assert old in before

    assert verify(Graph.parse(before.replace(old, new).encode(), "nt"), [TEXT]).problems


def test_a_proposal_that_no_quote_bears_out_is_found_though_all_is_sealed_again() -> None:
    """Who writes a graph of his own by the code of kg cannot let a model say what its quote does not name."""
    own = reading()
    made = next(each for each in own.facts if each.status == "proposed" and each.predicate == "established")
    other = next(each.id for each in own.entities if each.name == "云雀·轻语")
    college = next(each.id for each in own.entities if each.name == "云溪大学")
    forged = replace(made, subject=college, predicate="developed", object=other)
    graph = Graph.from_readings([replace(own, facts=(*own.facts, forged))])

    found = verify(graph, [TEXT]).problems
    assert any("no quote of what a model proposes names '云雀·轻语'" in each.what for each in found)
