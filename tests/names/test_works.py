"""Names of activities, awards, documents and products; the sentences are invented, the tagger is the real one."""

from __future__ import annotations

from typing import Any

import pytest

from kg.base.errors import ResourceError
from kg.base.model import Mention
from kg.base.wordlist import WordTable, read_words
from kg.names.work.find import find_works, stands_for
from kg.names.work.knowledge import FILE, read_knowledge
from kg.text.sentence import split
from kg.text.source import article_of
from kg.words.tagger import default_tagger

ENTRIES: list[tuple[str, dict[str, Any]]] = [
    (table, entry) for table in ("head", "cue", "shape") for entry in read_words(FILE).data[table]
]
IDS = [f"{table}-{entry['id']}" for table, entry in ENTRIES]


def works(text: str) -> list[Mention]:
    article = article_of(text)
    return [m for row in find_works(article, default_tagger().tag(split(article))) for m in row]


def names(text: str) -> list[tuple[str, str]]:
    return [(m.text, m.type) for m in works(text)]


@pytest.mark.parametrize(("table", "entry"), ENTRIES, ids=IDS)
def test_every_pattern_finds_its_passing_cases(table: str, entry: dict[str, Any]) -> None:
    assert entry["passes"], "a pattern needs a passing case"
    for sentence, name in entry["passes"]:
        found = [m for m in works(sentence) if m.text == name]
        assert found, f"{name} not among {names(sentence)}"
        assert found[0].type == entry["type"]
        if table != "cue":
            assert found[0].rule.endswith(f"-{entry['id']}"), found[0].rule


@pytest.mark.parametrize(("table", "entry"), ENTRIES, ids=IDS)
def test_no_pattern_finds_anything_in_its_failing_cases(table: str, entry: dict[str, Any]) -> None:
    assert entry["fails"], "a pattern needs a failing case"
    for sentence in entry["fails"]:
        found = [m for m in works(sentence) if table == "cue" or m.rule.endswith(f"-{entry['id']}")]
        assert not found


def test_mentions_carry_the_exact_words_of_the_article() -> None:
    text = "市政府印发《青岚市湿地保护条例》。\n第三届青岚茶叶博览会将于五月开幕。"
    found = works(text)
    assert len(found) == 2
    assert all(m.span.of(text) == m.text for m in found)


def test_title_marks_hold_a_document_with_a_document_in_its_name() -> None:
    assert names("会议通过《关于修改《青岚市章程》的决定》。") == [
        ("《关于修改《青岚市章程》的决定》", "Document")
    ]


def test_title_marks_after_a_word_for_a_film_hold_a_product() -> None:
    assert names("导演带来电影《远山》。") == [("《远山》", "Product")]


def test_a_meeting_name_holds_quotes_and_commas_up_to_the_verb_before_it() -> None:
    name = "全省推广“清河”做法、改善水库管护现场会"
    assert (name, "Activity") in names(f"近日，该市召开{name}。")


def test_a_name_may_start_its_clause_when_it_is_said_to_be_held() -> None:
    assert (("全国学习贯彻质量强国纲要推进会", "Activity")) in names(
        "昨天，全国学习贯彻质量强国纲要推进会在青岚召开。"
    )


def test_list_of_quotes_takes_the_type_of_the_noun_that_sums_it_up() -> None:
    found = names("他先后获得“先进个人”、“青岚工匠”和“技术能手”等荣誉。")
    assert found == [("“先进个人”", "Award"), ("“青岚工匠”", "Award"), ("“技术能手”", "Award")]


def test_place_before_a_quoted_award_belongs_to_it() -> None:
    assert names("该厂荣获青岚省“文明单位”。") == [("青岚省“文明单位”", "Award")]


def test_quote_that_describes_a_noun_is_no_name() -> None:
    assert names("企业获得“长大”的机遇。") == []


def test_theme_of_a_contest_names_it() -> None:
    assert ("“比技术、比安全”", "Activity") in names("车间开展以“比技术、比安全”为主题的劳动竞赛。")


def test_counted_things_are_no_names() -> None:
    assert names("全年召开多次恳谈会，举办3场论坛，实施5个专项规划，完成一系列重点工程。") == []


def test_found_once_is_found_everywhere_without_its_marks() -> None:
    found = works("市里启动“清河净水”行动。\n今年以来，清河净水行动成效明显。清河净水深入人心。")
    assert [(m.text, m.rule) for m in found] == [
        ("“清河净水”行动", "quote-campaign"),
        ("清河净水行动", "again"),
        ("清河净水", "again-core"),
    ]


def test_short_form_of_one_longer_name_says_so_in_its_rule() -> None:
    found = works("第三届青岚茶叶博览会昨天开幕。青岚茶叶博览会为期三天。")
    assert [m.text for m in found] == ["第三届青岚茶叶博览会", "青岚茶叶博览会"]
    assert found[1].rule.endswith("-core")
    assert not found[0].rule.endswith("-core")


def test_short_form_of_two_names_stands_for_neither() -> None:
    found = works("他获青岚省科技进步奖和滨海省科技进步奖。科技进步奖很难得。")
    assert not [m for m in found if m.text == "科技进步奖" and m.rule.endswith("-core")]


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("天台峰会", "中海合作论坛天台峰会", True),
        ("《节能规划》", "《节能规划（2031—2040年）》", True),
        ("领导人峰会", "领导人第三次峰会", True),
        ("春风", "“春风”行动", True),
        ("青岚专场", "校园招聘·青岚专场活动", False),
        ("青岚论坛", "滨海论坛", False),
        ("青岚论坛", "青岚论坛", False),
    ],
)
def test_short_forms(short: str, full: str, expected: bool) -> None:
    assert stands_for(short, full) is expected


def test_a_title_shown_once_as_a_programme_is_one_everywhere() -> None:
    assert names("《远方》栏目今晚播出。\n《远方》很好看。") == [
        ("《远方》", "Product"),
        ("《远方》", "Product"),
    ]


def test_what_somebody_said_is_no_name() -> None:
    assert names("公司推出“大家都来吧！不要错过这次机会。”") == []


def test_a_quoted_body_is_left_to_the_rules_for_organisations() -> None:
    assert names("县里设立“红枫志愿服务队”。") == []


def test_no_half_of_a_pair_of_marks_stays_in_a_name() -> None:
    found = names("第九十六届青岚商品交易会（青交会）在滨海开幕。市局通报“6·18”青岚化工厂爆炸事故情况。")
    assert found
    for name, _ in found:
        assert all(name.count(a) == name.count(b) for a, b in ("“”", "（）"))


def test_an_event_that_the_tagger_calls_an_organisation_is_an_event() -> None:
    assert ("中国共产党第三十次全国代表大会", "Activity") in names(
        "中国共产党第三十次全国代表大会在北京召开。"
    )


def test_a_plain_agreement_is_no_document_with_a_name() -> None:
    assert names("双方签署合作备忘录。") == []


def test_awards_named_by_the_verb_need_no_quotes() -> None:
    found = names("该基地被认定为国家级农业重点龙头企业、省级示范园区。")
    assert found == [("国家级农业重点龙头企业", "Award"), ("省级示范园区", "Award")]


def test_honorary_name_of_a_unit_keeps_its_common_noun() -> None:
    assert names("连队被授予“青岚钢铁连”荣誉称号。") == [("“青岚钢铁连”荣誉称号", "Award")]


HEAD = {
    "id": "x",
    "type": "Activity",
    "needs": "name",
    "words": ["会"],
    "passes": [["召开甲会。", "甲会"]],
    "fails": ["会上。"],
}


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"type": "Event"}, "'type' is 'Event' (one of Activity, Award"),
        ({"needs": "much"}, "'needs' is 'much'"),
        ({"needs": ["name"]}, "'needs' is ['name']"),
        ({"words": "会"}, "'words' is not a list of words"),
        ({"words": ["会", "会"]}, "'words' has '会' twice"),
        ({"least": "2"}, "'least' is '2' (write least = 2, without quotes)"),
        ({"after": "yes"}, "'after' is 'yes' (write after = true, without quotes)"),
        ({"cues": ["Person"]}, "'cues' has 'Person'"),
        ({"no_start": "赛季"}, "'no_start' is not a list of words"),
        ({"need": "name"}, "unknown key 'need' (did you mean 'needs'?)"),
        ({"passes": []}, "'passes' is missing or empty"),
        ({"passes": ["召开甲会。"]}, "'passes' holds '召开甲会。' (write 2 texts"),
        ({"passes": [["召开甲会。", "乙会"]]}, "乙会 does not stand in"),
        ({"fails": []}, "'fails' is missing or empty"),
        ({"fails": [["会上。"]]}, "it holds ['会上。']"),
    ],
)
def test_a_broken_entry_is_reported_with_its_id(broken: dict[str, Any], told: str) -> None:
    data = read_words(FILE)
    with pytest.raises(ResourceError) as caught:
        read_knowledge(WordTable("data/x.toml", {**data.data, "head": [HEAD | broken]}))
    assert str(caught.value).startswith("data/x.toml, head 'x': ")
    assert told in str(caught.value)


def test_entries_that_go_wrong_together_are_told() -> None:
    data = read_words(FILE).data
    for change, told in (
        ({"head": [HEAD, HEAD]}, "two entries are called 'x'"),
        ({"head": [HEAD, HEAD | {"id": "y"}]}, "'会' is a word of 'x' and of 'y' (leave it in one)"),
        ({"heads": []}, "unknown key 'heads' (did you mean 'head'?)"),
        ({"shape": [{**data["shape"][0], "shape": "("}]}, "'shape': missing )"),
        (
            {"shape": [{**data["shape"][0], "holds": ["月"]}]},
            "'holds': none of its words stands in 今天是世界",
        ),
        ({"words": data["words"] | {"holding": ["办"]}}, "unknown key 'holding'"),
    ):
        with pytest.raises(ResourceError) as caught:
            read_knowledge(WordTable("data/x.toml", {**data, **change}))
        assert told in str(caught.value)


def test_a_shape_is_only_tried_where_one_of_the_words_stands_that_it_holds() -> None:
    data = read_words(FILE).data
    (storm,) = (shape for shape in data["shape"] if shape["id"] == "storm")
    know = read_knowledge(WordTable("data/x.toml", {**data, "shape": [storm | {"holds": ["海葵”"]}]}))
    article = article_of("受台风“海葵”影响，列车停运。受台风“海燕”影响，学校停课。")
    (sentences,) = [default_tagger().tag(split(article))]
    found = [m.text for row in find_works(article, sentences, know) for m in row if m.rule == "shape-storm"]
    assert found == ["台风“海葵”"]


def test_the_id_of_an_entry_is_only_a_name() -> None:
    """Other ids for all entries: the same names are found."""
    data = read_words(FILE).data
    tables = {
        table: [entry | {"id": f"other-{entry['id']}"} for entry in data[table]]
        for table in ("head", "cue", "shape")
    }
    renamed = read_knowledge(WordTable("data/x.toml", {**data, **tables}))
    texts = [case[0] for _, entry in ENTRIES for case in entry["passes"]]
    texts += [
        "连队被授予“青岚钢铁连”荣誉称号。",
        "会议审议了国务院关于修改青岚条例的决定。",
        "2020赛季青岚大赛开幕。",
    ]
    texts += ["启动“清河”工程。", "推出青岚护航行动。", "双方签署“青岚合作宣言”。", "推进青岚农业大会。"]
    for text in texts:
        article = article_of(text)
        tagged = default_tagger().tag(split(article))
        other = find_works(article, tagged, renamed)
        assert [(m.text, m.type) for row in other for m in row] == names(text)


def test_names_never_cross() -> None:
    text = "青岚市召开贯彻《水法》工作会议，启动“清河”行动和第三届青岚茶叶博览会筹备工作。"
    found = works(text)
    for one in found:
        for other in found:
            assert (
                one.span.holds(other.span) or other.span.holds(one.span) or not one.span.overlaps(other.span)
            )


def test_the_source_article_yields_its_awards_activities_and_documents() -> None:
    from kg.base.resources import data_path

    found = set(names(data_path("yueyang.txt").read_text(encoding="utf-8")))
    assert {
        ("全省非公党建工作二等奖", "Award"),
        ("全市“先进基层党组织”", "Award"),
        ("“湖南省工人先锋号”", "Award"),
        ("《高新区落实意识形态工作要点》", "Document"),
        ("企业技术大比武活动", "Activity"),
        ("“学党史·铭党恩·跟党走”建党100周年征文暨摄影书画主题作品展", "Activity"),
        ("“红色影吧”", "Activity"),
    } <= found
