"""Which names are one thing, in sentences made up for the tests."""

from __future__ import annotations

import pytest

from kg.base.model import Entity, Link
from kg.names.find import find_mentions
from kg.text.sentence import split
from kg.text.source import article_of
from kg.things.abbreviation import abbreviates
from kg.things.resolve import resolve
from kg.things.union import kind_of
from kg.words.tagger import default_tagger


def read(text: str) -> tuple[dict[str, Entity], list[Link]]:
    article = article_of(text)
    tagged = default_tagger().tag(split(article))
    entities, links = resolve(article, tagged, find_mentions(article, tagged))
    for row in links:
        for link in row:
            assert link.span.of(article.text) == link.text
    return {name: entity for entity in entities for name in entity.names}, [
        link for row in links for link in row
    ]


@pytest.mark.parametrize(
    ("text", "one", "other", "rule"),
    [
        (
            "宏远电缆股份有限公司（以下简称“宏缆”）公告。宏缆上市。",
            "宏远电缆股份有限公司",
            "宏缆",
            "declared",
        ),
        (
            "青湖股份上涨。岳阳市青湖股份有限公司发布公告。",
            "岳阳市青湖股份有限公司",
            "青湖股份",
            "form-dropped",
        ),
        ("海格特上涨。海格特股份有限公司发布公告。", "海格特股份有限公司", "海格特", "form-dropped"),
        ("省发展改革委印发通知，省发改委要求各地落实。", "省发展改革委", "省发改委", "abbreviated"),
        ("中国作家协会开展调查，中作协表示支持。", "中国作家协会", "中作协", "abbreviated"),
        ("国家卫生健康委发文。国家卫健委表示支持。", "国家卫生健康委", "国家卫健委", "well-known"),
        ("岳阳市启动工程。岳阳计划年内完工。", "岳阳市", "岳阳", "same-code"),
        ("约翰·史密斯到访。史密斯说，双方将合作。", "约翰·史密斯", "史密斯", "name-part"),
        (
            "青州医科大学第三附属医院皮肤科做了手术，青医大三附院皮肤科表示感谢。",
            "青州医科大学第三附属医院皮肤科",
            "青医大三附院皮肤科",
            "same-part",
        ),
    ],
)
def test_two_names_of_one_thing_are_one_entity_and_the_reason_is_kept(
    text: str, one: str, other: str, rule: str
) -> None:
    by_name, _ = read(text)
    assert by_name[one] is by_name[other]
    assert by_name[one].name == one
    assert rule in {merge.rule for merge in by_name[one].merges}


def test_the_first_name_is_the_chinese_one() -> None:
    by_name, _ = read("海晖科技公司（Haihui Technology Holdings）公告。")
    assert by_name["Haihui Technology Holdings"].name == "海晖科技公司"
    by_name, _ = read("斯塔莱科技公司（Starlight）公告。")
    assert by_name["Starlight"].name == "斯塔莱科技公司"


def test_a_declared_short_form_keeps_its_evidence() -> None:
    text = "宏远电缆股份有限公司（以下简称“宏缆”）公告。"
    by_name, _ = read(text)
    (merge,) = by_name["宏缆"].merges
    assert merge.evidence is not None
    assert merge.evidence.of(text).startswith("宏远电缆股份有限公司")


def test_a_brand_of_two_companies_is_neither() -> None:
    by_name, _ = read("恒越科技股份有限公司与恒越投资有限公司签约。恒越科技董事长李明说，恒越投资有信心。")
    assert by_name["恒越科技股份有限公司"] is not by_name["恒越投资有限公司"]


def test_a_foreign_ministry_is_not_the_home_one() -> None:
    by_name, _ = read("教育部部长会见挪威教育部部长。教育部表示，合作很好。")
    assert by_name["教育部"] is not by_name["挪威教育部"]


def test_a_body_and_its_part_are_two_entities() -> None:
    by_name, _ = read("江城市第三人民医院心内科主任陆文博作了报告。")
    assert by_name["江城市第三人民医院心内科"] is not by_name["江城市第三人民医院"]


def test_he_is_the_only_person_before() -> None:
    _, links = read("宏远电缆董事长赵立春说，他对前景有信心。")
    assert [(link.text, link.entity) for link in links if not link.is_name] == [("他", "Person:赵立春")]


def test_he_is_nobody_where_two_people_stand_before() -> None:
    _, links = read("赵立春和孙建国到会，他对前景有信心。")
    assert not [link for link in links if link.text == "他"]


def test_the_company_is_the_only_company() -> None:
    _, links = read("宏远电缆股份有限公司昨日公告。该公司将投资建厂，公司有信心。")
    assert {link.text for link in links if not link.is_name} == {"该公司", "公司"}


def test_the_company_is_none_where_two_are_named() -> None:
    _, links = read("宏远电缆股份有限公司与华平科技有限公司签约。公司成立于2001年。")
    assert not [link for link in links if link.text == "公司"]


def test_this_hospital_is_the_hospital_named_before() -> None:
    _, links = read("江城市第三人民医院昨日开诊，该院设有急诊科。")
    assert ("该院", "Organization:江城市第三人民医院") in {(link.text, link.entity) for link in links}


def test_this_plan_is_the_plan_named_before() -> None:
    _, links = read("县委印发《青禾县乡村振兴行动方案》，该方案明年实施。")
    assert ("该方案", "Document:《青禾县乡村振兴行动方案》") in {(link.text, link.entity) for link in links}


def test_a_company_that_speaks_of_this_company_means_another() -> None:
    _, links = read("宏远电缆股份有限公司昨日公告。本公司将持有该公司全部股权。")
    assert {link.text for link in links if not link.is_name} == {"本公司"}


def test_the_company_declared_as_such_is_meant_by_the_word() -> None:
    _, links = read("宏远电缆股份有限公司（以下简称“公司”）与华平科技有限公司签约。公司有信心。")
    assert [link.entity for link in links if not link.is_name][-1] == "Organization:宏远电缆股份有限公司"


def test_a_nickname_by_surname_is_the_one_person_of_that_surname() -> None:
    by_name, _ = read("王建国是工程师。小王每天工作十小时。")
    assert by_name["小王"] is by_name["王建国"]
    by_name, _ = read("王建国和王立新是工程师。小王每天工作十小时。")
    assert by_name["小王"] is not by_name["王建国"]


def test_two_tails_of_one_quoted_name_are_one_activity() -> None:
    by_name, _ = read("市总工会启动“暖心送岗”专项行动，“暖心送岗”行动将持续一个月。")
    assert by_name["“暖心送岗”行动"] is by_name["“暖心送岗”专项行动"]


def test_a_reference_adds_no_name() -> None:
    by_name, _ = read("宏远电缆董事长赵立春说，他对前景有信心。")
    assert "他" not in by_name


def test_a_reference_is_of_the_type_its_noun_asks_for() -> None:
    _, links = read("云岭县入选中国乡村旅游示范县。该县发展很快。")
    assert [(link.text, link.type) for link in links if not link.is_name] == [("该县", "Place")]


def test_links_are_sorted_and_hold_every_mention() -> None:
    _, links = read("青海省西宁市大通县卫生局局长赵东表示，他支持青海大学。")
    assert [(link.span.start, -link.span.end) for link in links] == sorted(
        (link.span.start, -link.span.end) for link in links
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("宏远电缆股份有限公司", "Company"),
        ("宏远电缆公司党支部", "PartyOrganization"),
        ("江城市教育局", "GovernmentBody"),
        ("江城大学", "Institution"),
        ("江城晚报", "Media"),
        ("江城足球俱乐部", "Team"),
        ("某某", ""),
    ],
)
def test_the_kind_of_an_organisation_comes_from_how_its_name_ends(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_an_abbreviation_cuts_words_and_is_no_other_body() -> None:
    assert abbreviates("中作协", "中国作家协会")
    assert abbreviates("众院", "日本众议院")
    assert abbreviates("疾控中心", "云南省疾病预防控制中心")
    assert not abbreviates("疾控中心", "云南省环境监测中心")
    assert abbreviates("三农业大", "第三农业大学")
    assert abbreviates("上合组织", "上海合作组织")
    assert not abbreviates("中国银行", "中国农业银行")
    assert not abbreviates("云海省委", "云海省发展改革委")


def test_a_place_has_its_official_code() -> None:
    by_name, _ = read("安徽省芜湖市鸠江区近日启动改造工程。")
    assert by_name["鸠江区"].place_code == "340207"


def test_words_left_out_of_the_middle_give_the_same_event_but_never_the_same_company() -> None:
    by_name, _ = read(
        "会议举办各县年轻干部学习节水法规专题研讨班。他出席各县年轻干部专题研讨班开班式。"
        "岳阳青湖机械制造有限公司公告。岳阳青湖远途机械制造有限公司公告。"
    )
    one = by_name["各县年轻干部专题研讨班"]
    assert one is by_name["各县年轻干部学习节水法规专题研讨班"]
    two = by_name["岳阳青湖机械制造有限公司"]
    assert two is not by_name["岳阳青湖远途机械制造有限公司"]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("岳阳市扩大开放。岳阳地区降雨增多。", "岳阳市", "岳阳地区"),
        ("芬兰共和国总统到访。芬兰支持这项计划。", "芬兰共和国", "芬兰"),
    ],
)
def test_forms_of_a_place_are_one(text: str, one: str, other: str) -> None:
    by_name, _ = read(text)
    assert by_name[one] is by_name[other]


@pytest.mark.parametrize(
    ("text", "meeting"),
    [
        (
            "江城市人大常委会第三次会议昨日举行。受江城市人大常委会主任会议委托，秘书长作了说明。会议听取了报告。",
            "江城市人大常委会第三次会议",
        ),
        ("江城市人大常委会主任会议昨日举行。会议听取了报告。", "江城市人大常委会主任会议"),
    ],
)
def test_the_meeting_is_not_the_one_that_only_entrusts(text: str, meeting: str) -> None:
    _, links = read(text)
    assert [link.entity for link in links if link.text == "会议"] == [f"Activity:{meeting}"]
