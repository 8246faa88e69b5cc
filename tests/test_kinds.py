"""Kinds of sentences that were read wrong or not at all: variants of each, from the words to the facts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest

from kg.base.model import Entity, Reading
from kg.pipeline import Pipeline
from kg.text.source import article_of

HEAD = "要闻\n发布时间：2024-06-03 来源：河阳日报\n"


@cache
def pipeline() -> Pipeline:
    return Pipeline()


@dataclass(frozen=True)
class Found:
    """What an article was found to say, in words."""

    things: frozenset[str]  # name/Type
    facts: frozenset[str]  # subject predicate object [role] [not asserted: status]


@cache
def read(text: str) -> Found:
    (reading,) = pipeline().read([article_of(HEAD + text)])
    return Found(
        frozenset(
            f"{name.strip('“”')}/{entity.type}" for entity in reading.entities for name in entity.names
        ),
        frozenset(_facts(reading)),
    )


def _facts(reading: Reading) -> list[str]:
    names: dict[str, Entity] = {entity.id: entity for entity in reading.entities}
    found = []
    for fact in reading.facts:
        for subject in names[fact.subject].names:
            for thing in names[fact.object].names:
                if fact.predicate == "partneredWith":
                    found.append(f"{thing.strip('“”')} partneredWith {subject.strip('“”')}")
                said = f"{subject.strip('“”')} {fact.predicate} {thing.strip('“”')}"
                role = f" {fact.role}" if fact.role else ""
                status = "" if fact.status == "asserted" else f" ({fact.status})"
                found.extend((said + status, said + role + status) if role else (said + status,))
    return found


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("青松软件6月2日与河阳大学签约。", ["青松软件 partneredWith 河阳大学"]),
        ("东港集团与翠竹软件签约，双方将共建实验室。", ["东港集团 partneredWith 翠竹软件"]),
        ("蓝鲸医药被东港集团以2亿元全资收购。", ["东港集团 investedIn 蓝鲸医药"]),
        ("河阳药业出售所持红杉传媒全部股份，受让方为东港银行。", ["东港银行 investedIn 红杉传媒"]),
        ("东港集团公告，拟以1.5亿元收购衡山精机51%股权。", ["东港集团 investedIn 衡山精机 (planned)"]),
        ("东港集团6月1日公告，向湖州精工增资3亿元。", ["东港集团 investedIn 湖州精工"]),
        ("飞鸿电子与河阳市政府签订1200万元订单。", ["飞鸿电子 partneredWith 河阳市政府"]),
        ("春晓食品中标河阳大学食堂采购项目。", ["春晓食品 partneredWith 河阳大学"]),
    ],
)
def test_a_brand_of_plain_words_is_a_company_where_it_deals(text: str, facts: list[str]) -> None:
    assert set(facts) <= read(text).facts


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("河阳学院举办“产教融合”推介会，磐石重工、翠竹建材等参加。", "磐石重工/Organization"),
        ("红杉传媒公告，董事会同意增资。红杉传媒市场份额近两成。", "红杉传媒/Organization"),
        ("朝霞电器市场份额近两成半。", "朝霞电器/Organization"),
    ],
)
def test_a_brand_of_plain_words_is_a_company_beside_others(text: str, thing: str) -> None:
    assert thing in read(text).things


@pytest.mark.parametrize(
    "text",
    [
        "河阳大学与软件企业签约，国产软件被广泛使用。",
        "东港集团向商业地产增资3亿元，并收购住宅地产60%股权。",
        "办公软件与学校教育深度融合，教学软件获得好评。",
        "河阳大学的智能机器人荣获一等奖，工业机器人中标率提高。",
        "东港集团收购海外能源，进军生物医药，布局儿童食品。",
        "传统汽车被新能源汽车取代，乡村旅游获评先进。",
        "森林旅游荣获好评，电机电器上市公司增多，野山食品被批发商收购。",
    ],
)
def test_goods_and_trades_are_no_companies(text: str) -> None:
    ends = ("软件", "电器", "地产", "机器人", "能源", "医药", "食品", "汽车", "旅游", "教育")
    assert not [thing for thing in read(text).things if thing.removesuffix("/Organization").endswith(ends)]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("河阳汽车CEO雷霆宣布，新车6月上市。", ["雷霆 holdsPosition 河阳汽车 CEO"]),
        ("东港学院院长江山表示，学校将扩大招生。", ["江山 holdsPosition 东港学院 院长"]),
        (
            "■东港医院院长宋敏●河阳学院院长梁芳①河阳二中校长严冬",
            [
                "宋敏 holdsPosition 东港医院 院长",
                "梁芳 holdsPosition 河阳学院 院长",
                "严冬 holdsPosition 河阳二中 校长",
            ],
        ),
        (
            "赵佳、江河分别任河阳学院院长、河阳二中校长。",
            ["赵佳 holdsPosition 河阳学院 院长", "江河 holdsPosition 河阳二中 校长"],
        ),
        ("高山、赵佳先后担任河阳学院院长。", ["高山 holdsPosition 河阳学院 院长"]),
        ("河阳学院举行开学典礼，院长向阳致辞。", ["向阳 holdsPosition 河阳学院 院长"]),
        ("河阳学院院长向东讲话。", ["向东 holdsPosition 河阳学院 院长"]),
        ("河阳县委书记李牧野同来访的东港市市长韩子墨会谈。", ["李牧野 holdsPosition 河阳县委 书记"]),
        ("河阳集团董事长陈思远向东港医院院长宋敏赠送图书。", ["陈思远 holdsPosition 河阳集团 董事长"]),
    ],
)
def test_names_of_everyday_words_and_names_with_a_word_glued_to_them(text: str, facts: list[str]) -> None:
    assert set(facts) <= read(text).facts


@pytest.mark.parametrize(
    ("text", "things"),
    [
        (
            "河阳市委书记安宁、市长温和、副市长周立出席河阳学院毕业典礼。",
            ["安宁/Person", "温和/Person", "周立/Person"],
        ),
        ("东港市委书记周立、市长黎明、副市长成功出席河阳学院毕业典礼。", ["周立/Person", "成功/Person"]),
        ("河阳大学的韩墨与东港医院的陈婉秋分获“青年学者奖”和“仁心奖”。", ["陈婉秋/Person"]),
        ("东港医院的护士李晓冬获“仁心奖”，李晓冬说很高兴。", ["李晓冬/Person"]),
        ("国家主席顾长河6月1日会见来访的塞尔维亚总理索菲亚。", ["索菲亚/Person"]),
        ("外交部部长宋怀民会见法国外长维多利亚。", ["维多利亚/Person"]),
    ],
)
def test_people_are_whole(text: str, things: list[str]) -> None:
    assert set(things) <= read(text).things


@pytest.mark.parametrize(
    "text",
    [
        "河阳学院院长方面表示，学校将扩大招生。",
        "河阳集团董事长明确表示不会退出，总经理高度评价。",
        "河阳市委书记信箱、市长热线同时开通。",
        "河阳学院院长向前来采访的记者介绍情况。",
        "河阳学院院长江平、书记党课同时开讲。",
        "法国总统巴黎之行，俄罗斯总统莫斯科会见来宾。",
    ],
)
def test_words_behind_a_title_are_no_people(text: str) -> None:
    people = {thing.removesuffix("/Person") for thing in read(text).things if thing.endswith("/Person")}
    assert people <= {"江平"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "河阳化肥厂改制为河化集团，河化集团后被并入华南化工集团。",
            "河阳化肥厂 subOrganizationOf 华南化工集团",
        ),
        (
            "东港机床厂改组为东机集团，东机集团随后被划归国机装备集团。",
            "东港机床厂 subOrganizationOf 国机装备集团",
        ),
        ("河阳师专更名为河阳学院，河阳学院2010年并入河阳大学。", "河阳师专 subOrganizationOf 河阳大学"),
        ("河阳理工大学前身为1958年创办的河阳机械学校。", "河阳理工大学 established 河阳机械学校"),
        ("东港集团的前身是1984年成立的东港农机厂。", "东港集团 established 东港农机厂"),
        ("河阳医院前身系1921年由教会创办的仁爱医院。", "河阳医院 established 仁爱医院"),
    ],
)
def test_what_a_body_became_is_not_that_body(text: str, wrong: str) -> None:
    assert wrong not in read(text).facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("东港重工中标河阳地铁集团车辆采购项目，合同金额6.8亿元。", ["东港重工 partneredWith 河阳地铁集团"]),
        ("飞鸿电子成功中标东港机场集团安检设备项目。", ["飞鸿电子 partneredWith 东港机场集团"]),
        ("春晓食品中标河阳铁路局配餐服务项目。", ["春晓食品 partneredWith 河阳铁路局"]),
    ],
)
def test_a_bid_is_won_from_the_body_the_project_is_called_after(text: str, facts: list[str]) -> None:
    assert set(facts) <= read(text).facts
