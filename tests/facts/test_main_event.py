"""What an article is about: told where title and first sentences make it clear, silent elsewhere."""

from __future__ import annotations

import pytest
from rdflib.query import ResultRow

import kg
from kg.base.resources import queries_path
from kg.facts.event import DEEDS, DISASTER, KINDS, RIGHT
from kg.facts.event_shapes import told_by_fields
from kg.facts.event_words import event_words
from kg.facts.main_event import MainEvent, main_event
from kg.pipeline import Pipeline
from kg.text.source import article_of
from kg.view.explain import explain


def event_of(text: str) -> tuple[MainEvent | None, dict[str, str]]:
    reading = Pipeline().read([article_of(text)])[0]
    return main_event(reading), {str(entity.id): entity.name for entity in reading.entities}


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        (
            "林向东会见来访的校友代表王启明\n5月3日，松江大学校长林向东在松江市会见校友代表王启明。",
            "meeting",
            {("林向东", "met", "王启明"), ("王启明", "met", "林向东")},
        ),
        (
            "东山集团收购北湖公司\n东山集团5月3日宣布，以3亿元收购北湖公司60%股权。",
            "purchase",
            {("东山集团", "investedIn", "北湖公司")},
        ),
        (
            "北湖公司被松江证监局罚款90万元\n松江证监局5月3日对北湖公司处以90万元罚款。",
            "penalty",
            {("松江证监局", "penalized", "北湖公司")},
        ),
        (
            "王启明任松江大学校长\n近日，王启明任松江大学校长。此前他任北湖学院院长。",
            "appointment",
            {("王启明", "holdsPosition", "松江大学")},
        ),
        (
            "北湖公司获评“全国文明单位”\n日前，北湖公司荣获“全国文明单位”称号。",
            "prize",
            {("北湖公司", "receivedAward", "“全国文明单位”")},
        ),
    ],
)
def test_facts_of_title_and_lead_tell_the_event(
    text: str, kind: str, told: set[tuple[str, str, str]]
) -> None:
    event, names = event_of(text)
    assert event is not None
    assert event.kind == kind
    found = {(names[fact.subject], fact.predicate, names[fact.object]) for fact in event.facts}
    assert found
    assert found <= told


def test_a_disaster_has_place_toll_and_magnitude() -> None:
    event, names = event_of(
        "云南省大理市发生5.1级地震\n5月3日，云南省大理市发生5.1级地震，震源深度10公里，造成两人死亡、7人受伤。"
    )
    assert event is not None
    assert event.kind == "disaster"
    assert names[event.place or ""] == "大理市"
    assert [figure.text for figure in event.figures] == ["5.1级", "两人", "7人"]
    assert "发生5.1级地震" in event.quote.of(
        "云南省大理市发生5.1级地震\n5月3日，云南省大理市发生5.1级地震，震源深度10公里，造成两人死亡、7人受伤。"
    )


@pytest.mark.parametrize(
    "text",
    [
        "大理市举行地震应急演练\n5月3日，云南省大理市发生5.1级地震的演练举行。",
        "东山集团收购北湖公司股份质押的公告\n东山集团5月3日宣布，以3亿元收购北湖公司60%股权。",
        "春天来了\n东山集团5月3日宣布，以3亿元收购北湖公司60%股权。",
        "原松江大学校长王启明谈任职感受\n松江大学校长王启明说，任职很忙。",
        "东山集团收购北湖公司",
    ],
)
def test_nothing_is_said_where_it_is_unclear(text: str) -> None:
    assert event_of(text)[0] is None


def test_the_graph_points_from_the_article_to_its_event() -> None:
    graph = kg.build_text("林向东会见王启明\n5月3日，松江大学校长林向东在松江市会见北湖公司董事长王启明。")
    (row,) = graph.query("main-events")
    text = (queries_path() / "main-events.rq").read_text(encoding="utf-8")
    again = next(found for found in graph.to_rdflib().query(text) if isinstance(found, ResultRow)).asdict()
    names = ("kind", "who", "whom", "quote", "event")
    assert [str(row[name]) for name in names] == [str(again[name]) for name in names]
    assert (str(row["kind"]), str(row["what"]), str(row["status"])) == ("meeting", "met", "asserted")
    assert {str(row["who"]), str(row["whom"])} == {"林向东", "王启明"}
    assert "会见" in str(row["quote"])


def test_an_event_is_as_sure_as_its_surest_fact_or_as_its_kind() -> None:
    by_facts, _ = event_of("北湖公司收购松江软件\n北湖公司5月3日宣布，以3亿元收购松江软件60%股权。")
    by_words, _ = event_of("海川资本减持金桂珠宝\n海川资本于5月10日减持金桂珠宝200万股。")
    assert by_facts is not None
    assert by_words is not None
    assert by_facts.confidence == max(fact.confidence for fact in by_facts.facts)
    assert (by_words.facts, by_words.confidence) == ((), RIGHT["purchase"])
    disaster, _ = event_of("云岭县发生5.1级地震\n5月3日，云岭县发生5.1级地震。")
    assert disaster is not None
    assert disaster.confidence == RIGHT["disaster"]
    assert set(RIGHT) == {*KINDS, *DEEDS, DISASTER}


def test_what_is_said_of_an_event_says_how_sure_it_is() -> None:
    graph = kg.build_text("海川资本减持金桂珠宝\n海川资本于5月10日减持金桂珠宝200万股。")
    (row,) = graph.query("main-events")
    assert float(str(row["confidence"])) == RIGHT["purchase"]
    told = explain(graph.graph, "海川资本")
    assert "purchase" in told
    assert f"confidence {RIGHT['purchase']}" in told


@pytest.mark.parametrize(
    ("text", "kind", "agents", "patients", "status", "figures"),
    [
        # meetings
        (
            "林向东同西洲国总统会谈\n6月5日，松江大学校长林向东在北京人民大会堂同来华进行国事访问的日本首相王启明举行会谈。",
            *("meeting", ["林向东"], ["王启明"], "asserted", []),
        ),
        # purchases and sales
        (
            "北湖科技（002991）拟收购松江通信科技\n北湖科技（002991）公告称，拟以2.5亿元收购松江通信科技有限公司60%的股权。",
            *("purchase", ["北湖科技"], ["松江通信科技有限公司"], "planned", ["2.5亿元", "60%"]),
        ),
        (
            "北湖环境获东山集团举牌\n北湖环境(600992)公告，东山集团举牌后持股占总股本5.2%。",
            *("purchase", ["东山集团"], ["北湖环境"], "asserted", ["5.2%"]),
        ),
        (
            "北湖教育董事林向东减持 套现约300万港元\n近日，北湖教育(03991.HK)董事林向东进行了减持，套现约300万港元。",
            *("purchase", ["林向东"], ["北湖教育"], "asserted", ["约300万港元"]),
        ),
        (
            "海川225亿收购金桂移动\n继上星期以23亿美元收购江山服务器后，海川集团公布，斥资29.1亿美元收购金桂移动全部股权。",
            *("purchase", ["海川集团"], ["金桂移动"], "asserted", ["29.1亿美元"]),
        ),
        # bids
        (
            "北湖建设：子公司中标2.3亿元工程\n北湖建设(600993)公告，公司全资子公司松江路桥工程有限公司中标多项工程，中标金额总计为2.3亿元。",
            *("bid", ["松江路桥工程有限公司"], [], "asserted", ["2.3亿元"]),
        ),
        (
            "北湖电气股份有限公司关于收到《中标通知书》的公告\n北湖电气股份有限公司于2019年8月3日收到招标人松江地铁建设有限公司及招标代理机构南川招标代理有限公司出具的《中标通知书》。",
            *("bid", ["北湖电气股份有限公司"], ["松江地铁建设有限公司"], "asserted", []),
        ),
        (
            "松江大学实验楼设备采购项目中标公告\n一、项目名称：实验楼设备采购\n二、采购人：松江大学\n三、中标供应商：北湖电气股份有限公司\n四、中标金额：320万元",
            *("bid", ["北湖电气股份有限公司"], ["松江大学"], "asserted", ["320万元"]),
        ),
        # penalties
        (
            "林向东受贿案一审宣判\n2025年3月5日，松江市中级人民法院公开宣判北湖公司原董事长林向东受贿一案，判处有期徒刑十二年，并处罚金200万元。",
            *("penalty", ["松江市中级人民法院"], ["林向东"], "asserted", ["十二年", "200万元"]),
        ),
        (
            "北湖省政协原副主席林向东严重违纪违法被开除党籍和公职\n经批准，有关部门对林向东进行了审查。",
            *("penalty", [], ["林向东"], "asserted", []),
        ),
        # appointments
        (
            "王启明教授当选中国古建筑研究会会长\n近日，中国古建筑研究会换届，松江大学王启明教授当选会长。",
            *("appointment", [], ["王启明"], "asserted", []),
        ),
        # prizes
        (
            "松江大学授予救人学生林向东“校长奖”\n6月24日，松江大学授予学生林向东“校长奖”。",
            *("prize", ["松江大学"], ["林向东"], "asserted", []),
        ),
        (
            "松江公开赛落幕 林向东夺冠\n在昨日的决赛中，林向东夺得冠军。",
            *("prize", [], ["林向东"], "asserted", []),
        ),
    ],
)
def test_the_wording_says_who_does_it_to_whom(
    text: str, kind: str, agents: list[str], patients: list[str], status: str, figures: list[str]
) -> None:
    event, names = event_of(text)
    assert event is not None
    assert (event.kind, event.status) == (kind, status)
    assert [names[one] for one in event.agents] == agents
    assert [names[one] for one in event.patients] == patients
    assert [figure.text for figure in event.figures] == figures


@pytest.mark.parametrize(
    "text",
    [
        "北湖公司终止收购松江通信\n北湖公司5月3日宣布，终止收购松江通信有限公司。",
        "北湖公司尚未减持松江通信股份\n北湖公司称，减持计划未实施。",
        "松江大学如何看待林向东获奖\n林向东荣获“校长奖”。",
        "林向东同王启明共同会见记者\n6月5日，林向东同王启明会谈后共同会见记者。",
    ],
)
def test_what_did_not_happen_or_is_not_the_point_is_no_event(text: str) -> None:
    assert event_of(text)[0] is None


def test_a_meeting_in_the_text_that_the_title_does_not_mean_is_not_the_event() -> None:
    event, names = event_of(
        "林向东会见王启明\n5月3日，林向东在松江市会见王启明。林向东表示，今年以来，赵一鸣同孙立新两度会晤。"
    )
    assert event is not None
    assert {names[one] for one in (*event.agents, *event.patients)} == {"林向东", "王启明"}


def test_a_plan_of_the_text_is_a_plan_though_the_title_leaves_it_out() -> None:
    event, _ = event_of("北湖公司收购松江通信科技\n北湖公司5月3日公告，拟收购松江通信科技60%股权。")
    assert event is not None
    assert event.status == "planned"
    assert [fact for fact in event.facts if fact.status == "asserted"] == []


def test_a_candidate_has_not_won_yet_whatever_the_title_says() -> None:
    event, _ = event_of(
        "北湖环境：参与的联合体中标工程项目\n北湖环境（600993）公告，经公开招标，联合体被确定为松江桥项目的第一中标候选人。"
    )
    assert event is not None
    assert event.status == "planned"


def test_who_appoints_is_not_appointed() -> None:
    event, _ = event_of("国家主席林向东任免驻外大使\n国家主席林向东根据决定任免下列驻外大使。")
    assert event is None or event.patients == ()


def test_an_accident_is_found_by_another_word_for_it() -> None:
    event, names = event_of(
        "交通事故致司机被困\n4月17日上午，晋江市灵源街道一超市门口，一辆货车与一辆客车发生碰撞，造成2人受伤。"
    )
    assert event is not None
    assert names[event.place or ""] in {"晋江市", "灵源街道"}
    assert [figure.text for figure in event.figures] == ["2人"]


def test_a_bid_says_who_won_it_and_who_let_it() -> None:
    graph = kg.build_text(
        "北湖电气中标松江大学设备采购项目\n5月3日，北湖电气股份有限公司中标松江大学设备采购项目，中标金额320万元。"
    )
    rows = [row for row in graph.query("main-events") if str(row["kind"]) == "bid"]
    assert {str(row["who"]) for row in rows} == {"北湖电气股份有限公司"}
    assert {str(row["whom"]) for row in rows} == {"松江大学"}
    assert {str(row["figure"]) for row in rows} != {""}


def test_a_notice_whose_lines_name_nobody_tells_nothing() -> None:
    text = "设备采购公告\n采购人：松江招标代理有限公司"
    reading = Pipeline().read([article_of(text)])[0]
    assert told_by_fields(reading, event_words().kinds["bid"], reading.sentences[1:]) is None
    assert event_of("中标公告\n采购人：松江招标代理有限公司")[0] is None


@pytest.mark.parametrize(
    ("text", "agents", "patients"),
    [
        ("行政处罚决定书\n当事人名称：松江北湖工程咨询有限公司", [], ["松江北湖工程咨询有限公司"]),
        (
            "北湖咨询有限公司收购东山集团旗下的南川科技有限公司\n北湖咨询有限公司5月3日公告。",
            ["北湖咨询有限公司"],
            ["南川科技有限公司"],
        ),
    ],
)
def test_only_of_a_tender_agencies_are_no_side(text: str, agents: list[str], patients: list[str]) -> None:
    event, names = event_of(text)
    assert event is not None
    assert [names[one] for one in event.agents] == agents
    assert [names[one] for one in event.patients] == patients


def test_what_a_title_says_inside_of_names_does_not_count() -> None:
    event = event_of("北湖罚单科技有限公司开业\n松江证监局5月3日对北湖罚单科技有限公司罚款90万元。")[0]
    assert event is not None
    assert event.kind == "opening"
    event, names = event_of(
        "未名医药有限公司收购北湖公司\n未名医药有限公司5月3日宣布，以3亿元收购北湖公司60%股权。"
    )
    assert event is not None
    assert event.kind == "purchase"
    assert [names[one] for one in event.agents] == ["未名医药有限公司"]


def test_what_is_joined_to_a_name_that_begins_like_winning_is_not_won() -> None:
    assert event_of("中标麒麟发布新版\n北湖科技的平台与中标麒麟的系统一起发布。")[0] is None


@pytest.mark.parametrize(
    "how",
    [
        "以虚拟货币",
        "凭模拟估值",
        "用将近3亿元",
        "作为申请人",
        "或许为海外市场",
        "按草拟条款",
    ],
)
def test_no_plan_is_read_inside_of_other_words(how: str) -> None:
    event, _ = event_of(f"东山集团收购北湖公司\n东山集团5月3日{how}收购北湖公司60%股权。")
    assert event is not None
    assert event.status == "asserted"


@pytest.mark.parametrize("how", ["拟", "将", "即将", "或", "计划", "已申请"])
def test_a_plan_is_read_by_its_mark(how: str) -> None:
    event, _ = event_of(f"东山集团收购北湖公司\n东山集团5月3日{how}收购北湖公司60%股权。")
    assert event is not None
    assert event.status == "planned"


@pytest.mark.parametrize(
    "text",
    [
        # who is called by another's title, or congratulated, is not appointed
        "林向东接受外国新任驻华大使递交国书\n5月3日，林向东在松江市接受日本驻华大使王启明递交国书。",
        "林向东电贺王启明当选松江大学校长\n5月3日，林向东祝贺王启明当选松江大学校长。",
        # what may come, or came of it
        "台风“海棠”将影响广东\n今年第5号台风“海棠”预计明天在广东省阳江市登陆。",
        "广东受台风影响减产\n昨天，今年第5号台风“海棠”在广东省阳江市登陆，多家工厂减产。",
        # an essay that names nobody in its title
        "企业并购之路该如何走\n近年来，东山集团收购北湖公司60%股权，引起议论。",
        # a name that goes on is not the one that was bought
        "东山集团收购北湖民办高校\n东山集团5月3日公告。",
    ],
)
def test_no_event_is_made_of_what_only_looks_like_one(text: str) -> None:
    assert event_of(text)[0] is None


def test_a_longer_name_of_the_article_is_meant_where_a_shorter_is_read() -> None:
    event, names = event_of(
        "林向东同美国当选总统特朗普通电话\n5月3日，林向东应约同美国当选总统特朗普通电话。林向东祝贺特朗普再次当选美国总统。"
    )
    assert event is not None
    assert event.kind == "meeting"
    assert {names[one] for one in (*event.agents, *event.patients)} == {"林向东", "特朗普"}


def test_the_year_of_an_honour_is_not_when_it_was_given() -> None:
    event, _ = event_of("两人分享2021年“松江科学奖”\n松江大学宣布，将2021年“松江科学奖”授予林向东和王启明。")
    assert event is not None
    assert event.date is None


def test_a_purchase_that_is_still_examined_is_a_plan() -> None:
    event, _ = event_of(
        "东山股份收购北湖精工将接受审核\n东山股份公告，证监会将于明日对东山股份收购北湖精工有限公司一事进行审核。"
    )
    assert event is not None
    assert event.status == "planned"


def test_a_name_that_was_cut_too_early_tells_nothing() -> None:
    event, names = event_of(
        "松江大学学生获“优秀志愿者”称号\n松江大学学生王宪一等11名同学获“优秀志愿者”称号。"
    )
    assert event is None or "王宪" not in {names[one] for one in event.patients}


@pytest.mark.parametrize(
    "text",
    [
        "林向东出席日本总统王启明就职典礼\n5月3日，林向东在东京出席日本总统王启明就职典礼。",
        "北京同仁医院收治十名眼爆炸伤者\n除夕夜，北京多名患者因鞭炮爆炸受伤入院。",
        "北京一工厂中毒员工集体维权\n昨日，北京市一工厂的中毒员工离职。",
    ],
)
def test_a_ceremony_and_those_who_were_hurt_are_another_story(text: str) -> None:
    event = event_of(text)[0]
    assert event is None or event.kind == "conference"


def test_who_gives_an_honour_is_told_though_nobody_known_gets_it() -> None:
    event, names = event_of(
        "松江市政府授予未成年人保护团队“时代先锋”称号\n松江市政府日前授予未成年人保护团队“时代先锋”称号。"
    )
    assert event is not None
    assert [names[one] for one in event.agents] == ["松江市政府"]


def test_an_article_in_traditional_characters_tells_its_event_as_it_writes_it() -> None:
    text = "松江縣委書記林向東被開除黨籍\n據松江市紀委監委消息，松江縣委書記林向東因嚴重違紀違法被開除黨籍和公職，有關問題已移送檢察機關。"
    event, names = event_of(text)
    assert event is not None
    assert (event.kind, [names[one] for one in event.patients]) == ("penalty", ["林向東"])
    assert event.quote.of(text).startswith("松江縣委書記林向東被開除")
    (row,) = kg.build_text(text).query("main-events")
    assert str(row["kind"]) == "penalty"


def test_facts_of_a_traditional_article_are_its_own() -> None:
    reading = Pipeline().read(
        [
            article_of(
                "林向東會見王啟明\n5月3日，松江大學校長林向東在松江市會見北湖公司董事長王啟明，雙方就產業發展進行了交流。"
            )
        ]
    )[0]
    event = main_event(reading)
    assert event is not None
    assert event.facts
    assert set(event.facts) <= set(reading.facts)
