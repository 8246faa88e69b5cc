"""What the text does not assert: hearsay, rumours, conditions, what came to nothing, and who is left out."""

from __future__ import annotations

import pytest

from kg.base.model import Candidate
from kg.facts.marked import candidates, says
from kg.pipeline import Pipeline
from kg.text.source import article_of

HE, YAN, LIN = "{长河机械|O}", "{江北电子|O}", "{南江大学|O}"
LI, WANG = "{李明山|P}", "{王秋水|P}"
PRIZE = "{金穗奖|A}"
BOUGHT = "长河机械 > 江北电子"


def of(source: str, predicate: str) -> dict[str, Candidate]:
    return {says(one): one for one in candidates(source) if one.predicate == predicate}


def standing(source: str, predicate: str, fact: str) -> str:
    """Return the status of a fact, "" where the text does not say it."""
    found = of(source, predicate)
    return found[fact].status if fact in found else ""


def bought(source: str) -> str:
    return standing(source, "investedIn", BOUGHT)


@pytest.mark.parametrize(
    "text",
    [
        f"据接近交易的人士透露，{HE}已收购{YAN}。",
        f"据多名知情人透露，{HE}已经收购{YAN}。",
        f"据业内人士爆料，{HE}收购了{YAN}。",
        f"据港媒报道，{HE}收购了{YAN}。",
        f"据说{HE}收购了{YAN}。",
        f"据传，{HE}收购了{YAN}。",
        f"网传{HE}收购了{YAN}。",
        f"坊间盛传{HE}收购了{YAN}。",
        f"有传闻称，{HE}收购了{YAN}。",
        f"有报道称{HE}已收购{YAN}。",
        f"市场消息称，{HE}已收购{YAN}。",
        f"一名要求匿名的高管表示，{HE}已收购{YAN}。",
        f"一位不愿透露姓名的员工告诉记者，{HE}已收购{YAN}。",
        f"有网友发帖称{HE}已收购{YAN}。",
        f"多名网友爆料，{HE}收购了{YAN}。",
        f"“{HE}已经收购{YAN}，”一位知情人士说。",
        f"“{HE}已经收购{YAN}。”有员工这样说。",
        f"{LI}声称，{HE}收购了{YAN}。",
        f"{LI}爆料称{HE}收购了{YAN}。",
        f"{HE}疑似收购了{YAN}。",
        f"{HE}被曝收购{YAN}。",
        f"{HE}收购{YAN}的消息在网上流传。",
        f"{HE}收购{YAN}，该消息尚未得到证实。",
        f"{LI}指控{HE}收购{YAN}。",
        f"“{HE}去年收购了{YAN}”，分析师{LI}说。",
    ],
)
def test_hearsay_is_reported(text: str) -> None:
    assert bought(text) == "reported"


@pytest.mark.parametrize(
    "text",
    [
        f"据悉，{HE}收购了{YAN}。",
        f"据了解，{HE}收购了{YAN}。",
        f"据介绍，{HE}去年收购了{YAN}。",
        f"据{{南江市商务局|O}}介绍，{HE}收购了{YAN}。",
        f"据新华社报道，{HE}收购了{YAN}。",
        f"据{HE}有关负责人介绍，{HE}收购了{YAN}。",
        f"{HE}发布公告称，{HE}收购了{YAN}。",
        f"{HE}董事长{LI}说，去年{HE}收购了{YAN}。",
        f"“{HE}去年收购了{YAN}，”{HE}董事长{LI}说。",
        f"{HE}（以下简称公司）收购了{YAN}。",
        f"{HE}职称评审结束后收购了{YAN}。",
        f"{HE}希望扩大生产，并已收购{YAN}。",
        f"{HE}未满三年就收购了{YAN}。",
        f"计划上市的{HE}收购了{YAN}。",
        f"{HE}放弃优厚条件收购了{YAN}。",
        f"{HE}收购了{YAN}，对金额未予证实。",
        f"为何{HE}收购{YAN}？",
        f"{HE}收购了{YAN}，取消了{LIN}的补贴。",
        f"{HE}收购了{YAN}。{LI}的辞职传闻不实。",
        f"{HE}收购了{YAN}。如果市场转暖，{LIN}将扩招。",
    ],
)
def test_ordinary_news_stays_asserted(text: str) -> None:
    assert bought(text) == "asserted"


@pytest.mark.parametrize(
    ("text", "source", "entity"),
    [
        (f"据知情人士透露，{HE}已收购{YAN}。", "知情人士", None),
        (f"有传闻称，{HE}收购了{YAN}。", "传闻", None),
        (f"{LI}声称，{HE}收购了{YAN}。", "李明山", "Person:李明山"),
        (f"网传{HE}收购了{YAN}。", "网传", None),
        (f"{HE}宣称收购了{YAN}。", "长河机械", "Organization:长河机械"),
    ],
)
def test_what_is_reported_says_by_whom(text: str, source: str, entity: str | None) -> None:
    found = of(text, "investedIn")[BOUGHT].source
    assert found is not None
    assert (found.text, found.entity) == (source, entity)


@pytest.mark.parametrize(
    "text",
    [
        f"网传{HE}收购了{YAN}，系谣言。",
        f"网传{HE}收购了{YAN}。经核实，上述消息不实。",
        f"近日有人称{HE}收购了{YAN}。对此，{HE}回应：纯属捏造。",
        f"谣言：{HE}收购了{YAN}。真相：双方没有往来。",
        f"所谓{HE}收购{YAN}一事纯属子虚乌有。",
        f"“{HE}收购{YAN}”的传言与事实不符。",
        f"{LI}造谣称{HE}收购了{YAN}，被行政拘留。",
        f"误传{HE}收购了{YAN}。",
        f"有自媒体称{HE}收购了{YAN}，{HE}予以否认。",
        f"{HE}否认收购{YAN}。",
        f"{HE}没能收购{YAN}。",
        f"{HE}并没有收购{YAN}。",
        f"{HE}最终未能收购{YAN}。",
        f"{HE}险些收购{YAN}。",
        f"{HE}差一点收购{YAN}。",
        f"{HE}放弃收购{YAN}。",
        f"{HE}谢绝收购{YAN}。",
        f"{HE}叫停收购{YAN}。",
        f"{HE}取消了对{YAN}的收购。",
        f"{HE}对{YAN}的收购最终告吹。",
        f"{HE}收购{YAN}的计划流产。",
        f"{HE}拟收购{YAN}，后因资金不足搁置。",
        f"{HE}原计划收购{YAN}，最终作罢。",
        f"{HE}收购{YAN}一事被监管部门叫停。",
    ],
)
def test_what_is_untrue_or_undone_is_denied(text: str) -> None:
    assert bought(text) == "denied"


@pytest.mark.parametrize(
    "text",
    [
        f"“{HE}收购{YAN}”？假的！",
        f"关于{HE}收购{YAN}的报道失实。",
        f"{LI}编造{HE}收购{YAN}的消息。",
    ],
)
def test_what_is_untrue_is_never_asserted(text: str) -> None:
    assert bought(text) in ("denied", "")


@pytest.mark.parametrize(
    "text",
    [
        f"{HE}有意收购{YAN}。",
        f"{HE}争取年内收购{YAN}。",
        f"{HE}考虑收购{YAN}。",
        f"{HE}希望收购{YAN}。",
        f"{HE}正与银行商谈收购{YAN}。",
        f"{HE}有望收购{YAN}。",
        f"{HE}或将收购{YAN}。",
        f"{HE}可能收购{YAN}。",
        f"专家建议{HE}收购{YAN}。",
        f"股东呼吁{HE}尽快收购{YAN}。",
        f"只要资金到位，{HE}就收购{YAN}。",
        f"若利率下调，{HE}便收购{YAN}。",
        f"{HE}同意收购{YAN}，交易尚待监管部门批准。",
    ],
)
def test_what_is_wished_or_awaited_is_planned(text: str) -> None:
    assert bought(text) == "planned"


@pytest.mark.parametrize(
    "text",
    [
        f"如果{HE}收购{YAN}，市场将会震动。",
        f"一旦{HE}收购{YAN}，员工可获奖金。",
        f"倘若{HE}收购{YAN}，股价会上涨。",
        f"{HE}收购{YAN}的话，股价会上涨。",
        f"假如当初{HE}收购了{YAN}，就不会有今天的危机。",
        f"{HE}是否收购{YAN}尚不清楚。",
        f"{HE}会不会收购{YAN}？",
        f"{HE}收购了{YAN}吗？",
        f"{HE}已收购{YAN}？",
    ],
)
def test_conditions_and_questions_say_nothing(text: str) -> None:
    assert bought(text) == ""


def test_a_title_is_taken_for_granted_by_hearsay_about_its_holder() -> None:
    text = f"据知情人士透露，{HE}董事长{LI}已收购{YAN}。"
    assert standing(text, "holdsPosition", "李明山 > 长河机械 : 董事长") == "asserted"
    assert standing(text, "investedIn", "李明山 > 江北电子") == "reported"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"男子冒充{HE}经理{LI}行骗。", "denied"),
        (f"{LI}谎称自己是{HE}经理。", "denied"),
        (f"{LI}自称是{HE}经理，警方正在调查。", "reported"),
        (f"{LI}，男，拟任{HE}经理。", "planned"),
        (f"候任{HE}经理{LI}出席。", "planned"),
        (f"会议提名{LI}为{HE}经理。", "planned"),
        (f"{LI}即将出任{HE}经理。", "planned"),
        (f"有关方面考虑由{LI}出任{HE}经理。", ""),
        (f"{LI}，现任{HE}经理，拟任{LIN}校长。", "asserted"),
    ],
)
def test_posts_pretended_and_proposed(text: str, status: str) -> None:
    found = standing(text, "holdsPosition", "李明山 > 长河机械 : 经理")
    assert found == status or (not status and found == "planned")


def test_a_candidate_does_not_hold_the_post() -> None:
    found = [one for one in candidates(f"{LI}是{HE}会长候选人。") if one.predicate == "holdsPosition"]
    assert all(one.status == "planned" for one in found)


def test_what_somebody_claims_of_his_studies_is_reported() -> None:
    assert standing(f"{LI}自称毕业于{LIN}。", "educatedAt", "李明山 > 南江大学") == "reported"
    assert standing(f"{LI}计划出书，他毕业于{LIN}。", "educatedAt", "李明山 > 南江大学") in ("asserted", "")


def test_a_denial_binds_only_what_it_speaks_of() -> None:
    text = f"{HE}与{LIN}签约，{YAN}的收购计划告吹。"
    assert standing(text, "partneredWith", "南江大学 > 长河机械") == "asserted"


@pytest.mark.parametrize(
    "text",
    [
        f"{HE}而非{YAN}获得{PRIZE}。",
        f"{HE}而不是{YAN}获得{PRIZE}。",
        f"不是{YAN}，而是{HE}获得{PRIZE}。",
        f"除{YAN}外，{HE}、{LIN}均获得{PRIZE}。",
        f"除了{YAN}以外，{HE}和{LIN}都获得{PRIZE}。",
        f"{HE}、{LIN}获得{PRIZE}，{YAN}除外。",
        f"{HE}获得{PRIZE}，{YAN}没有获得。",
    ],
)
def test_who_is_left_out_has_no_part(text: str) -> None:
    assert standing(text, "receivedAward", "长河机械 > 金穗奖") == "asserted"
    assert standing(text, "receivedAward", "江北电子 > 金穗奖") in ("", "denied")


def test_partner_that_is_left_out_is_none() -> None:
    found = of(f"{HE}不是与{YAN}、而是与{LIN}签约。", "partneredWith")
    assert set(found) == {"南江大学 > 长河机械"}


def test_besides_somebody_leaves_nobody_out() -> None:
    found = of(f"除了{YAN}，{HE}也获得{PRIZE}。", "receivedAward")
    assert found["长河机械 > 金穗奖"].status == "asserted"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"按照网上的说法，{HE}收购了{YAN}。", "reported"),
        (f"传{HE}收购{YAN}。", "reported"),
        (f"{HE}收购{YAN}的传闻不胫而走。", "reported"),
        (f"{HE}被指收购{YAN}。", "reported"),
        (f"“{HE}收购了{YAN}。”有员工这样说。", "reported"),
        (f"“{HE}收购{YAN}”一说是骗局。", "denied"),
        (f"{HE}原想收购{YAN}，后来放弃了。", "denied"),
        (f"{HE}推迟收购{YAN}。", "planned"),
        (f"待资金到位，{HE}再收购{YAN}。", "planned"),
        (f"与其说{HE}收购了{YAN}，不如说是合作。", "denied"),
        (f"收购{YAN}的是{HE}，不是{LIN}。", "asserted"),
        (f"收购{YAN}的不是{LIN}，而是{HE}。", "asserted"),
        (f"收购{YAN}的并非{HE}。", ""),
        (f"{LI}说：“只要努力，就有希望。”{HE}收购了{YAN}。", "asserted"),
    ],
)
def test_other_ways_to_say_so(text: str, status: str) -> None:
    found = bought(text)
    assert found == status or (not status and found == "denied")


def test_a_post_that_is_to_be_given_up_is_held() -> None:
    assert standing(f"{LI}将卸任{HE}总经理。", "holdsPosition", "李明山 > 长河机械 : 总经理") == "asserted"
    text = f"{LI}否认曾任{HE}总经理。"
    assert standing(text, "holdsPosition", "李明山 > 长河机械 : 总经理") == "denied"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{LI}说，{HE}还计划与{LIN}签署合作协议。", "planned"),
        (f"{LI}表示，{HE}计划同{LIN}合作。", "planned"),
        (f"{HE}已按计划与{LIN}签署合作协议。", "asserted"),
        (f"{HE}根据人才计划与{LIN}签署合作协议。", "asserted"),
    ],
)
def test_a_plan_is_one_also_where_it_looks_like_a_noun(text: str, status: str) -> None:
    assert {one.status for one in of(text, "partneredWith").values()} == {status}


@pytest.mark.parametrize("said", ["说，公司计划与", "介绍，公司还计划与", "表示，公司拟与", "说，公司将与"])
def test_what_a_speaker_says_that_his_company_plans_is_planned(said: str) -> None:
    text = f"要闻\n长河机械有限公司总经理李明山{said}南江大学签署合作协议，建设实验室。"
    (reading,) = Pipeline().read([article_of(text)])
    assert {fact.status for fact in reading.facts if fact.predicate == "partneredWith"} <= {"planned"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("会议决定，{第三届长河论坛|E}5月6日在{南江市|L}举行。", "planned"),
        ("理事会决定在{南江市|L}举办{第三届长河论坛|E}。", "planned"),
        ("双方商定：{第三届长河论坛|E}明年在{南江市|L}召开。", "planned"),
        ("会议同意方案，{第三届长河论坛|E}昨日在{南江市|L}举行。", "asserted"),
        ("理事会决定，已在{南江市|L}举办了{第三届长河论坛|E}。", "asserted"),
        ("{第三届长河论坛|E}在{南江市|L}举行。", "asserted"),
    ],
)
def test_what_is_only_decided_to_be_held_is_planned(text: str, status: str) -> None:
    assert standing(text, "locatedIn", "第三届长河论坛 > 南江市") == status


def test_who_is_only_decided_on_has_the_post() -> None:
    assert (
        standing(f"会议决定任命{LI}为{HE}经理。", "holdsPosition", "李明山 > 长河机械 : 经理") == "asserted"
    )
