"""Candidates: who did what to whom, on sentences whose names are given."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kg.base.model import Candidate, Figure, Moment, Span
from kg.facts.candidate import find_candidates
from kg.facts.marked import annotate, candidates, says
from kg.facts.pattern import DOMAIN


def facts(source: str, predicate: str) -> list[str]:
    return [says(candidate) for candidate in candidates(source) if candidate.predicate == predicate]


def one(source: str, predicate: str) -> Candidate:
    (found,) = (candidate for candidate in candidates(source) if candidate.predicate == predicate)
    return found


def test_list_of_organisers_gives_a_fact_each() -> None:
    text = "{长河机械|O}、{江北电子|O}和{江北大学|O}共同主办{长河论坛|E}。"
    assert facts(text, "organized") == ["长河机械 > 长河论坛", "江北电子 > 长河论坛", "江北大学 > 长河论坛"]


def test_agent_behind_you_is_the_subject() -> None:
    assert facts("{长河论坛|E}由{长河机械|O}主办。", "organized") == ["长河机械 > 长河论坛"]


def test_passive_turns_subject_and_object() -> None:
    assert facts("{江北电子|O}被{长河集团|O}收购。", "investedIn") == ["长河集团 > 江北电子"]


def test_name_behind_a_preposition_is_no_subject() -> None:
    assert facts("在{江北大学|O}，{长河机械|O}举办{长河论坛|E}。", "organized") == ["长河机械 > 长河论坛"]


def test_dropped_subject_is_that_of_the_clause_before() -> None:
    found = one("{长河机械|O}成立于1990年，先后荣获{全国文明单位|A}称号。", "receivedAward")
    assert says(found) == "长河机械 > 全国文明单位"
    assert found.firings[0].subject_by == "carried"


def test_inviter_is_not_the_visitor() -> None:
    text = "应{东海国|L}总统{李明山|P}邀请，{王秋水|P}对{西洲国|L}进行国事访问。"
    assert facts(text, "visited") == ["王秋水 > 西洲国"]


def test_relative_clause_describes_the_name_behind_it() -> None:
    text = "{王秋水|P}会见来{东海国|L}访问的{西洲国|L}总统{李明山|P}。"
    assert facts(text, "visited") == ["李明山 > 东海国"]


def test_holder_is_skipped_for_what_is_bought() -> None:
    assert facts("{长河集团|O}收购{江北控股|O}持有的{江北电子|O}。", "investedIn") == ["长河集团 > 江北电子"]


def test_stack_of_titles_gives_each_post_its_body() -> None:
    text = "{江北省委|O}副书记、{南江市委|O}书记{李明山|P}，{长河机械|O}总经理{王秋水|P}参加。"
    assert facts(text, "holdsPosition") == [
        "李明山 > 江北省委 : 副书记",
        "李明山 > 南江市委 : 书记",
        "王秋水 > 长河机械 : 总经理",
    ]


def test_title_without_a_body_takes_that_of_the_unit_before() -> None:
    text = "{南江市水利局|O}党组书记、局长{李明山|P}讲话。"
    assert facts(text, "holdsPosition") == [
        "李明山 > 南江市水利局 : 党组书记",
        "李明山 > 南江市水利局 : 局长",
    ]


def test_mayor_belongs_to_the_city_not_to_its_party_committee() -> None:
    text = "{{南江市|L}委|O}副书记、市长{李明山|P}讲话。"
    assert "李明山 > 南江市 : 市长" in facts(text, "holdsPosition")


def test_director_belongs_to_the_body_not_to_its_party_group() -> None:
    text = "{{南江市发改委|O}党组|O}书记、主任{李明山|P}讲话。"
    assert facts(text, "holdsPosition") == [
        "李明山 > 南江市发改委党组 : 书记",
        "李明山 > 南江市发改委 : 党组书记",
        "李明山 > 南江市发改委 : 主任",
    ]


def test_ambassador_serves_the_state_that_sends() -> None:
    assert facts("{东海国|L}驻{西洲国|L}大使{李明山|P}讲话。", "holdsPosition") == [
        "李明山 > 东海国 : 驻西洲国大使"
    ]


def test_life_story_lists_posts_across_sentences() -> None:
    text = "{李明山|P}历任{长河机械|O}车间主任、副厂长；{江北电子|O}总经理。"
    assert facts(text, "holdsPosition") == [
        "李明山 > 长河机械 : 车间主任",
        "李明山 > 长河机械 : 副厂长",
        "李明山 > 江北电子 : 总经理",
    ]


def test_partners_are_one_pair_in_sorted_order() -> None:
    text = "{长河机械|O}与{江北电子|O}签约。{江北电子|O}与{长河机械|O}签约。"
    pairs = {
        (found.subject, found.object) for found in candidates(text) if found.predicate == "partneredWith"
    }
    assert len(pairs) == 1


def test_nothing_relates_to_itself() -> None:
    for found in candidates("{长河机械|O}投资{长河机械|O}，{长河机械|O}与{长河机械|O}合作。"):
        assert found.subject != found.object


def test_types_of_every_candidate_suit_its_predicate() -> None:
    letters = {
        "P": "Person",
        "O": "Organization",
        "L": "Place",
        "A": "Award",
        "D": "Document",
        "E": "Activity",
        "R": "Product",
    }
    text = "{李明山|P}在{南江市|L}出席{长河论坛|E}，{长河机械|O}发布{《蓝皮书》|D}，研发{天行一号|R}，获{金奖|A}。"
    for found in candidates(text):
        domain, codomain = DOMAIN[found.predicate]
        assert found.subject.split(":")[0] in {letters[letter] for letter in domain}
        assert found.object.split(":")[0] in {letters[letter] for letter in codomain}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("{长河集团|O}收购{江北电子|O}。", "asserted"),
        ("{长河集团|O}拟收购{江北电子|O}。", "planned"),
        ("{长河集团|O}将收购{江北电子|O}。", "planned"),
        ("{长河集团|O}计划收购{江北电子|O}。", "planned"),
        ("{长河集团|O}并未收购{江北电子|O}。", "denied"),
        ("{长河集团|O}否认收购{江北电子|O}。", "denied"),
        ("据传{长河集团|O}收购{江北电子|O}。", "reported"),
    ],
)
def test_small_words_change_the_status(text: str, status: str) -> None:
    assert one(text, "investedIn").status == status


def test_evidence_is_the_clause_and_holds_the_trigger() -> None:
    article, entities, annotated = annotate("天气很好，{长河机械|O}荣获{全国文明单位|A}称号，众人高兴。")
    (found,) = (c for c in find_candidates(article, entities, annotated) if c.predicate == "receivedAward")
    assert found.evidence.quote == "长河机械荣获全国文明单位称号"
    assert found.evidence.span.of(article.text) == found.evidence.quote
    assert all(found.evidence.span.holds(firing.trigger) for firing in found.firings if firing.trigger)


def test_date_and_money_of_the_clause_qualify_the_fact() -> None:
    article, entities, (sentence,) = annotate("2020年，{长河集团|O}出资3亿元收购{江北电子|O}。")
    year = Moment(Span(0, 5), "2020年", "2020")
    at = article.text.index("3亿元")
    money = Figure(Span(at, at + 3), "3亿元", Decimal(300_000_000), "元")
    share = Figure(Span(at, at + 1), "3", Decimal(3), "家")
    annotated = replace(sentence, moments=(year,), figures=(share, money))
    (found,) = (c for c in find_candidates(article, entities, (annotated,)) if c.predicate == "investedIn")
    assert found.date == year
    assert found.amount == money


def test_same_text_gives_the_same_candidates() -> None:
    text = "{长河机械|O}、{江北电子|O}与{江北大学|O}签约，{李明山|P}出席{长河论坛|E}。"
    assert candidates(text) == candidates(text)


def test_half_width_commas_cut_clauses_too() -> None:
    found = one("天气很好,{长河机械|O}荣获{全国文明单位|A}称号,众人高兴。", "receivedAward")
    assert found.evidence.quote == "长河机械荣获全国文明单位称号"


def test_title_ends_with_the_one_who_holds_it() -> None:
    text = "{长河集团|O}总经理{李明山|P}，自治区有关领导{王秋水|P}、{赵海峰|P}出席活动。"
    assert facts(text, "holdsPosition") == ["李明山 > 长河集团 : 总经理"]


def test_second_of_a_pair_of_posts_shares_the_body() -> None:
    text = "{东海国|L}总统{李明山|P}和国务卿{王秋水|P}会晤。"
    assert facts(text, "holdsPosition") == ["李明山 > 东海国 : 总统", "王秋水 > 东海国 : 国务卿"]


@pytest.mark.parametrize(
    "text",
    [
        "{长河集团|O}的董事长是{李明山|P}。",
        "{长河集团|O}董事长由{李明山|P}担任。",
        "{长河集团|O}（董事长：{李明山|P}）获奖。",
        "{长河集团|O}选举{李明山|P}为董事长。",
        "会议决定免去{李明山|P}的{长河集团|O}董事长职务。",
    ],
)
def test_post_is_read_on_either_side_of_the_name(text: str) -> None:
    assert facts(text, "holdsPosition") == ["李明山 > 长河集团 : 董事长"]


def test_place_of_birth_and_unlisted_nouns_do_not_break_a_list_of_posts() -> None:
    text = (
        "{李明山|P}，男，1970年3月生于{江北省|L}{南江市|L}，{江北大学|O}教授，农学人才，"
        "{江北经济学会|O}副会长。"
    )
    assert facts(text, "holdsPosition") == ["李明山 > 江北大学 : 教授", "李明山 > 江北经济学会 : 副会长"]


def test_mayor_without_a_city_is_of_the_one_named_before() -> None:
    text = "{{南江市|L}委|O}书记{李明山|P}，市长{王秋水|P}参加。"
    assert "王秋水 > 南江市 : 市长" in facts(text, "holdsPosition")


def test_departments_of_one_rank_in_a_list_share_the_whole() -> None:
    text = "{{南江市水利局|O}办公室|O}、{规划处|O}负责人参加，{{江北局|O}信息处|O}、{水务局|O}列席。"
    found = facts(text, "subOrganizationOf")
    assert "规划处 > 南江市水利局" in found
    assert "水务局 > 江北局" not in found


def test_each_has_its_own_where_the_text_says_respectively() -> None:
    text = "{长河机械|O}、{江北电子|O}分别主办{长河论坛|E}和{江北论坛|E}。"
    assert facts(text, "organized") == ["长河机械 > 长河论坛", "江北电子 > 江北论坛"]


def test_event_in_a_hall_is_in_the_hall_s_city() -> None:
    text = "{长河论坛|E}5日在{{南江市|L}会展中心|L}举行。"
    assert {"长河论坛 > 南江市会展中心", "长河论坛 > 南江市"} <= set(facts(text, "locatedIn"))


def test_those_who_sign_together_act_together_in_the_next_clause() -> None:
    text = "{长河集团|O}与{北山资本|O}签约，共同出资设立{江北电子|O}。"
    assert facts(text, "established") == ["长河集团 > 江北电子", "北山资本 > 江北电子"]


def test_attending_the_opening_is_attending_the_event() -> None:
    text = "{长河论坛|E}今天开幕。{李明山|P}出席开幕式并致辞。"
    assert set(facts(text, "participatedIn")) == {"李明山 > 长河论坛"}


def test_meeting_adopts_for_the_body_that_called_it() -> None:
    text = "{长河集团|O}召开董事会，会议审议通过{《回购议案》|D}。"
    assert facts(text, "issued") == ["长河集团 > 《回购议案》"]


def test_list_of_bodies_may_go_on_with_places() -> None:
    text = "{李明山|P}走访了{长河集团|O}、{南江产业园|L}。"
    assert facts(text, "visited") == ["李明山 > 长河集团", "李明山 > 南江产业园"]


def test_partner_is_the_body_not_its_country() -> None:
    assert facts("{长河集团|O}与{东海国|L}{东海电力|O}签约。", "partneredWith") == ["东海电力 > 长河集团"]


def test_province_named_like_a_river_holds_its_towns() -> None:
    assert facts("{浙江|L}{安吉|L}下雪。", "locatedIn") == ["安吉 > 浙江"]
    assert facts("{清河大桥|L}{安吉|L}下雪。", "locatedIn") == []


def test_shape_takes_the_last_place_of_a_chain() -> None:
    text = "{江北省|L}{南江市|L}发生{南江地震|E}。"
    assert "南江地震 > 江北省" not in facts(text, "locatedIn")


def test_company_without_its_name_is_the_first_of_the_sentence() -> None:
    text = "{长河集团|O}董事长{李明山|P}介绍，公司先后研发了{天行一号|R}。"
    assert "长河集团 > 天行一号" in facts(text, "developed")


def test_the_amount_of_another_clause_is_not_this_deeds() -> None:
    from kg.facts.judge.rules import RuleJudge
    from kg.pipeline import Pipeline
    from kg.text.source import article_of

    article = article_of(
        "新闻\n海川集团为企业节省资金300万元，同时资助明德小学。海川集团出资20万元资助远山小学。"
    )
    (reading,) = Pipeline(judge=RuleJudge()).read([article])
    amounts = {
        fact.object: fact.amount.text if fact.amount else ""
        for fact in reading.facts
        if fact.predicate == "supported"
    }

    assert amounts.get("Organization:明德小学", "") == ""  # type: ignore[call-overload]
    assert amounts["Organization:远山小学"] == "20万元"  # type: ignore[index]
