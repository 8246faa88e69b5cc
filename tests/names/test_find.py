"""Names in sentences made up for the tests, read with the real tagger."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.base.errors import ResourceError
from kg.base.model import Article, Mention, Span, TaggedSentence
from kg.base.wordlist import WordTable
from kg.names.find import FINDERS, find_mentions
from kg.names.lexicon import organizations, titles
from kg.text.sentence import split
from kg.text.source import article_of
from kg.words.tagger import default_tagger


def read(text: str) -> tuple[Article, tuple[tuple[Mention, ...], ...]]:
    article = article_of(text)
    return article, find_mentions(article, default_tagger().tag(split(article)))


def named(text: str, kind: str) -> set[str]:
    return {m.text for row in read(text)[1] for m in row if m.type == kind}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("江城市第三人民医院心内科主任陆文博作了报告。", "江城市第三人民医院心内科"),
        ("江城市第三人民医院心内科主任陆文博作了报告。", "江城市第三人民医院"),
        ("南湖大学经济系的学生参加了活动。", "南湖大学经济系"),
        ("应急管理部、国家卫生健康委联合发文。", "应急管理部"),
        ("挪威渔业和海洋部发表公告。", "挪威渔业和海洋部"),
        ("俄军当天没有回应。", "俄军"),
        ("据《明湖晚报》报道，雨停了。", "《明湖晚报》"),
        ("ABB、西门子、海格特电气和明阳智能等公司参展。", "海格特电气"),
        ("会后，青山县委书记何立新作了讲话。", "青山县委"),
    ],
)
def test_an_organisation_is_found_whole(text: str, name: str) -> None:
    assert name in named(text, "Organization")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("约翰·史密斯和玛丽·琼斯-布朗到访。", "约翰·史密斯"),
        ("约翰·史密斯和玛丽·琼斯-布朗到访。", "玛丽·琼斯-布朗"),
        ("教师老周和小李获奖，张某未到场。", "老周"),
        ("教师老周和小李获奖，张某未到场。", "张某"),
        ("李先生昨日到医院就诊。", "李先生"),
        ("党委书记曾海波，副书记李明。", "曾海波"),
    ],
)
def test_a_person_is_found(text: str, name: str) -> None:
    assert name in named(text, "Person")


def test_a_team_called_by_an_everyday_word_counts_only_in_an_article_about_the_game() -> None:
    assert "公牛" in named("NBA常规赛今天继续，公牛战胜了对手。", "Organization")
    assert "公牛" not in named("村里的公牛跑了。", "Organization")


def test_a_person_needs_more_than_the_tagger_where_neither_surname_nor_sound_speaks_for_it() -> None:
    text = "美羊羊走进校园。"
    (sentence,) = default_tagger().tag(split(article_of(text)))
    assert ("美羊羊", "PER") in {(token.text, token.tag) for token in sentence.tokens}
    assert not named(text, "Person")


def test_a_town_is_not_the_city_of_the_same_name() -> None:
    assert named("洛阳镇永兴村昨日通车。", "Place") >= {"洛阳镇", "永兴村"}
    assert "洛阳" not in named("洛阳镇永兴村昨日通车。", "Place")


def test_a_prize_named_for_a_person_is_an_award_and_no_person() -> None:
    text = "周心怀团队荣获李四光地质科学奖。"
    assert "李四光地质科学奖" in named(text, "Award")
    assert "李四光" not in named(text, "Person")


def test_a_title_is_no_part_of_a_name() -> None:
    assert named("习近平总书记发表讲话。", "Person") == {"习近平"}


def test_every_level_of_a_chain_of_places_is_a_mention() -> None:
    assert named("安徽省芜湖市鸠江区近日启动改造工程。", "Place") >= {"安徽省", "芜湖市", "鸠江区"}


def test_the_place_of_a_public_body_is_a_mention_inside_it() -> None:
    _, rows = read("芜湖市鸠江区教育局印发通知。")
    assert {"芜湖市", "鸠江区"} <= {m.text for row in rows for m in row if m.type == "Place"}


def test_a_declared_short_name_is_found_everywhere() -> None:
    _, rows = read("宏远电缆股份有限公司（以下简称“宏缆”）公告。\n昨日宏缆再次公告。")
    assert "宏缆" in {m.text for m in rows[1]}


@pytest.mark.parametrize(
    "text",
    ["公司和企业都要努力。", "中美关系稳定。", "行业协会、有关部门和各级党委要支持。", "北京时间下午三点。"],
)
def test_common_nouns_are_no_names(text: str) -> None:
    assert [m.text for row in read(text)[1] for m in row] == []


def test_mentions_nest_and_never_cross_and_their_spans_are_exact() -> None:
    article, rows = read(
        "青海省西宁市大通县卫生局局长赵东、青海大学第二医院普外科主任医师孙立和《人民的医院》作者王芳参加“健康大通”主题活动。"
    )
    for row in rows:
        assert [(m.span.start, -m.span.end) for m in row] == sorted((m.span.start, -m.span.end) for m in row)
        for m in row:
            assert m.span.of(article.text) == m.text
            assert all(
                not m.span.overlaps(other.span) or m.span.holds(other.span) or other.span.holds(m.span)
                for other in row
            )


def test_one_name_has_one_type_in_an_article() -> None:
    _, rows = read("华远药业公告。华远药业董事长李明说，华远药业有信心。华远药业股份有限公司昨日上市。")
    types: dict[str, set[str]] = {}
    for row in rows:
        for m in row:
            types.setdefault(m.text, set()).add(m.type)
    assert all(len(kinds) == 1 for kinds in types.values())


def test_one_more_finder_of_names_is_one_more_function() -> None:
    def codes(article: Article, tagged: Sequence[TaggedSentence]) -> list[list[Mention]]:
        at = article.text.index("甲七")
        first = Mention(Span(at, at + 2), "甲七", "Product", "code")
        return [[first] if number == 0 else [] for number, _ in enumerate(tagged)]

    article = article_of("甲七已经上市。\n用户喜欢甲七。")
    tagged = default_tagger().tag(split(article))

    rows = find_mentions(article, tagged, (*FINDERS, codes))

    assert [(m.text, m.type, m.rule) for row in rows for m in row] == [
        ("甲七", "Product", "code"),
        ("甲七", "Product", "again"),
    ]
    assert find_mentions(article, tagged, ()) == ((), ())


def test_the_same_text_gives_the_same_mentions() -> None:
    text = "宏远集团与清河大学签约，宏远集团董事长王一鸣和清河大学校长刘敏出席。"
    assert read(text)[1] == read(text)[1]


def test_a_title_is_known_with_its_prefixes_and_no_verb_is_a_title() -> None:
    assert titles().class_of("常务副省长") == "leading"
    assert titles().class_of("主任医师") == "professional"
    assert titles().class_of("增长") == ""
    assert titles().is_title("原副市长")


def test_a_broken_list_is_named_with_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = WordTable("data/language/organization.toml", {"strong": "公司"})
    monkeypatch.setattr("kg.names.lexicon.read_words", lambda _: broken)
    organizations.cache_clear()
    try:
        with pytest.raises(ResourceError, match=r"data/language/organization\.toml"):
            organizations()
    finally:
        organizations.cache_clear()


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("云海省发展改革委办公室、人事处、基建处、渔业处参加座谈。", "渔业处", "Organization"),
        ("国际移民组织发言人说，物资已经运到。", "国际移民组织", "Organization"),
        ("以军昨夜袭击了一座村庄。", "以军", "Organization"),
        ("河北创新推出用水制度。", "河北", "Place"),
        ("资金流向长江中游。", "长江中游", "Place"),
        ("渔民来自苏格兰和北爱尔兰。", "北爱尔兰", "Place"),
        ("海川基金旗下产品增持。", "海川基金", "Organization"),
    ],
)
def test_names_the_tagger_cut_are_whole(text: str, name: str, kind: str) -> None:
    assert name in named(text, kind)


@pytest.mark.parametrize("text", ["南方地区降雨增多。", "他说，大城市房价平稳。", "广东沿海地区有大雨。"])
def test_kinds_of_regions_are_no_places(text: str) -> None:
    assert not {name for name in named(text, "Place") if name.endswith(("地区", "大城市"))}


@pytest.mark.parametrize(
    "text",
    ["推出一批惠民项目。", "在中国式现代化道路上稳步前进。", "村卫生室和社区卫生服务站多了起来。"],
)
def test_everyday_words_and_common_bodies_are_no_names(text: str) -> None:
    assert not named(text, "Place")
    assert not named(text, "Organization")


def test_owner_and_owned_are_two_names() -> None:
    found = named("近日，青江酒业旗下北岭饮料有限公司举行庆典。", "Organization")
    assert "北岭饮料有限公司" in found
    assert not any("旗下" in name for name in found)


def test_a_team_in_quotes_is_an_organisation() -> None:
    assert "党员先锋服务队" in named("村里组建“党员先锋服务队”，解决难题。", "Organization")
    assert not named("村里的“服务队”很忙。", "Organization")


def test_counted_and_described_bodies_are_no_names() -> None:
    assert "挪威饭店" not in named("3家挪威饭店相继加盟。", "Organization")


def test_a_common_noun_says_what_kind_of_company_follows() -> None:
    assert "斯特兰德" in named("服装巨头斯特兰德宣布退出。", "Organization")


def test_a_short_word_that_is_bought_is_a_company() -> None:
    assert "星源数据" in named("甲公司拟以3亿元收购海川资本旗下星源数据90%股权。", "Organization")
    assert not named("他收购优质资产。", "Organization")


def test_a_party_cell_shows_whose_it_is_though_the_company_is_named_nowhere_else() -> None:
    article = article_of("厂区新闻\n海川化工党支部组织党员清理河道。")
    tagged = default_tagger().tag(split(article))

    names = {mention.text for row in find_mentions(article, tagged) for mention in row}

    assert {"海川化工党支部", "海川化工"} <= names


def test_documents_in_a_list_are_each_one() -> None:
    found = named(
        "会议审议市政府关于提请审议节水条例草案的议案、关于提请审议防洪条例草案的议案。", "Document"
    )
    assert {"关于提请审议防洪条例草案的议案"} <= found
    assert not {name for name in found if "、" in name}


@pytest.mark.parametrize(
    ("text", "kind"), [("该国首都罗安达举行仪式。", "Place"), ("该国首都罗安达各一家商场起火。", "")]
)
def test_what_stands_behind_a_capital_is_no_person(text: str, kind: str) -> None:
    assert not named(text, "Person")
    assert bool(named(text, "Place")) == (kind == "Place")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("甘蓝国总统到访。巴西外交部长席尔瓦同行。", "巴西外交部"),
        ("法国财政部长杜邦表示欢迎。", "法国财政部"),
        ("美商务部长罗斯表示不满。", "美商务部"),
        ("近日商务部长李四表示不满。", "商务部"),
        ("国防部长李四会见客人。", "国防部"),
        ("他访问法国，国务院总理李四同行。", "国务院"),
    ],
)
def test_a_ministry_behind_another_country_is_of_that(text: str, name: str) -> None:
    found = named(text, "Organization")
    assert name in found
    assert not any(name != other and name.endswith(other) for other in found)


@pytest.mark.parametrize("text", ["他来到江城市中心。", "位于江城市中心的广场亮相。"])
def test_the_middle_of_a_town_is_no_body(text: str) -> None:
    assert "江城市中心" not in named(text, "Organization")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("拟任学院副院长周明到会。", "拟任学院"),
        ("浙江一法院首推信用机制。", "浙江一法院"),
        ("农民收购40万公斤苹果。", "苹果"),
    ],
)
def test_what_only_looks_like_a_body_is_none(text: str, name: str) -> None:
    assert name not in named(text, "Organization")


def test_a_verb_of_office_is_no_end_of_a_name() -> None:
    assert named("他的学生李达现任海川集团董事长。", "Person") == {"李达"}
