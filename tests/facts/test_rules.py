"""The judge made of rules: what it accepts, how sure it is, and what it makes one."""

from __future__ import annotations

from kg.base.model import Fact, Firing
from kg.facts.candidate import find_candidates
from kg.facts.judge.rules import RuleJudge, confidence, merge
from kg.facts.marked import annotate, candidates


def judged(source: str, threshold: float = 0.5) -> tuple[Fact, ...]:
    article, entities, annotated = annotate(source)
    found = find_candidates(article, entities, annotated)
    return RuleJudge(threshold).judge(article, entities, annotated, found)


def test_fact_read_twice_is_one_with_two_quotes() -> None:
    facts = judged("{长河机械|O}荣获{金奖|A}。天气很好。{长河机械|O}荣获{金奖|A}，众人高兴。")
    (fact,) = (fact for fact in facts if fact.predicate == "receivedAward")
    assert [evidence.quote for evidence in fact.evidence] == ["长河机械荣获金奖", "长河机械荣获金奖"]
    assert len({evidence.span for evidence in fact.evidence}) == 2


def test_higher_threshold_gives_fewer_and_surer_facts() -> None:
    text = "{长河机械|O}成立多年，荣获{金奖|A}，{李明山|P}是{江北电子|O}董事长。"
    many, few = judged(text, 0.0), judged(text, 0.89)
    assert set(few) < set(many)
    assert all(fact.confidence >= 0.89 for fact in few)


def test_every_fact_names_a_pattern_that_fired_on_it() -> None:
    for fact in judged("{长河机械|O}董事长{李明山|P}出席{长河论坛|E}，并在{南江市|L}调研。"):
        assert fact.pattern in {firing.pattern for firing in fact.firings}
        assert fact.evidence


def test_two_patterns_are_surer_than_one() -> None:
    one = Firing("award-won", None, None, None, "left")
    other = Firing("award-of-work", None, None, None, "shape")
    assert confidence([one, other]) > confidence([one])
    assert confidence([one, one]) == confidence([one])


def test_carried_subject_is_less_sure_than_one_in_the_clause() -> None:
    left, carried = (Firing("award-won", None, None, None, by) for by in ("left", "carried"))
    assert confidence([carried]) < confidence([left])


def test_post_with_its_title_replaces_the_bare_one() -> None:
    facts = merge(candidates("{长河机械|O}董事长{李明山|P}说。"))
    assert [fact.role for fact in facts if fact.predicate == "holdsPosition"] == ["董事长"]


def test_denied_deal_gives_no_asserted_fact() -> None:
    facts = judged("{长河集团|O}否认收购{江北电子|O}。")
    assert {fact.status for fact in facts if fact.predicate == "investedIn"} == {"denied"}
