"""Pairs: which names the judge looks at together, and that it sees types in place of names."""

from __future__ import annotations

from kg.facts.candidate import find_candidates
from kg.facts.judge.pair import FARTHEST, MOST_ACROSS, Pair, find_pairs
from kg.facts.marked import annotate


def pairs(source: str, words: frozenset[str] = frozenset({"访问"})) -> list[Pair]:
    article, entities, annotated = annotate(source)
    return find_pairs(annotated, find_candidates(article, entities, annotated), words)


def ends(source: str) -> set[tuple[str, str]]:
    return {(pair.subject.split(":")[1], pair.object.split(":")[1]) for pair in pairs(source)}


def test_both_orders_are_looked_at_where_types_allow_both() -> None:
    assert ends("{长河机械|O}和{江北电子|O}。") == {("长河机械", "江北电子"), ("江北电子", "长河机械")}


def test_types_no_predicate_joins_are_no_pair() -> None:
    assert ends("{金奖|A}和{长河白皮书|D}。") == set()


def test_features_hold_types_and_known_words_but_no_name() -> None:
    (pair, *_) = pairs("{李明山|P}访问{长河机械|O}。")
    assert any("访问" in feature for feature in pair.features)
    assert not any("李明山" in feature or "长河机械" in feature for feature in pair.features)


def test_word_out_of_the_vocabulary_is_seen_as_its_part_of_speech() -> None:
    found = [
        feature for pair in pairs("{李明山|P}访问{长河机械|O}。", frozenset()) for feature in pair.features
    ]
    assert not any("between=访问" in feature for feature in found)
    assert any("between=#v" in feature for feature in found)


def test_what_patterns_found_is_a_feature_of_the_pair() -> None:
    found = [pair for pair in pairs("{李明山|P}访问{长河机械|O}。") if "fired=visited" in pair.features]
    assert [(pair.subject, pair.object) for pair in found] == [("Person:李明山", "Organization:长河机械")]
    assert "by=visited:left" in found[0].features


def test_names_far_apart_are_no_pair() -> None:
    filler = "天，" * FARTHEST
    assert ends(f"{{李明山|P}}很好，{filler}{{长河机械|O}}。") == set()


def test_neighbouring_sentences_give_pairs_of_what_the_other_does_not_name() -> None:
    found = pairs("{李明山|P}很好。{长河机械|O}很大。")
    assert {(pair.subject, pair.object, pair.sentence) for pair in found} == {
        ("Person:李明山", "Organization:长河机械", 1),
        ("Organization:长河机械", "Person:李明山", 1),
    }
    assert ends("{李明山|P}很好。天气很好。{长河机械|O}很大。") == set()


def test_no_more_than_the_first_names_of_each_sentence_are_paired_across() -> None:
    people = "、".join(f"{{李明{sign}|P}}" for sign in "甲乙丙丁戊己庚辛")
    found = ends(f"{people}很好。{{长河机械|O}}很大。")
    assert len([obj for _, obj in found if obj == "长河机械"]) == MOST_ACROSS
