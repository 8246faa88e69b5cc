"""Which official code a place has: in sentences made up for the tests, read with the tagger."""

from __future__ import annotations

import pytest

from kg.base.model import Entity, Reading
from kg.pipeline import Pipeline
from kg.text.source import article_of

PIPELINE = Pipeline()


def read(text: str) -> Reading:
    return PIPELINE.read([article_of(text)])[0]


def named(text: str, name: str) -> list[Entity]:
    return [each for each in read(text).entities if name in each.names]


def codes(text: str, name: str) -> list[str]:
    return sorted(each.place_code for each in named(text, name) if each.place_code)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("外长说，中方愿同日方增进互信，中国将扩大开放。", "中方"),
        ("外长说，中方愿同日方增进互信，中国将扩大开放。", "中国"),
        ("沿江东路有风，秘鲁南部山区发生地震。", "南部"),
        ("平安建设取得成效，平安产险公布数据。", "平安"),
        ("长三角双城联动发展，两座城市合作更紧。", "双城"),
        ("这座城市年日照时间很长。", "日照"),
        ("惠民工程加快推进，群众满意。", "惠民"),
        ("北京市海淀区的朝阳产业增长很快。", "朝阳"),
        ("资源型城市转型，资源税改革深化。", "资源"),
        ("公司发布公告，光明乳业净利润增长。", "光明"),
        ("他说，福田经济学受到关注。", "福田"),
        ("本市推进旧区更新，新城区建设提速，老城区改造收尾。", "新城区"),
        ("本市推进旧区更新，新城区建设提速，老城区改造收尾。", "老城区"),
        ("昨日，记者在郊区看到稻田连片。", "郊区"),
        ("小王来到武昌打工。", "武昌"),
        ("他走过永顺、保靖和龙山，一路采访。", "永顺"),
    ],
)
def test_a_word_that_is_also_a_county_has_no_code(text: str, name: str) -> None:
    assert codes(text, name) == []


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("湖北省武汉市举办活动，小王来到武昌参观。", "武昌", "420106"),
        ("陕西省洛南县与柞水结对，陕西派出专家。", "柞水", "611026"),
        ("怀化市中方县县长到访。", "中方县", "431221"),
        ("四川省南部县发布公告。", "南部县", "511321"),
        ("日照市发布通告，游客来到日照观光。", "日照", "371100"),
        ("洛阳市老城区政府发布通告。", "老城区", "410302"),
        ("福州市鼓楼区召开会议。", "鼓楼区", "350102"),
        ("江苏泰兴发布通告，泰兴举办花展。", "泰兴", "321283"),
        ("佛山市的三水、南海和顺德区发布通告。", "南海", "440605"),
        ("香港特别行政区和台湾派人参加。", "台湾", "710000"),
        ("香港特别行政区和台湾派人参加。", "香港特别行政区", "810000"),
        ("北京举办车展。", "北京", "110000"),
        ("中华龙舟大赛四川巴中恩阳站落幕。", "巴中", "511900"),
        ("河南安阳举办花展。", "安阳", "410500"),
        ("新疆克拉玛依发布通告，克拉玛依、独山子开展演练。", "克拉玛依", "650200"),
    ],
)
def test_a_place_that_the_text_names_keeps_its_code(text: str, name: str, code: str) -> None:
    assert codes(text, name) == [code]


def test_a_side_and_the_county_called_like_it_are_two() -> None:
    text = "会谈中，中方表示欢迎。怀化市中方县县长李大海陪同考察。"
    assert codes(text, "中方县") == ["431221"]
    assert codes(text, "中方") == []


def test_a_part_of_a_country_and_the_county_called_like_it_are_two() -> None:
    text = "秘鲁南部发生地震。四川省南部县捐款捐物。"
    assert codes(text, "南部县") == ["511321"]
    assert named(text, "南部") == []


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("海川大学校长高平出席仪式。", "高平"),
        ("海川集团董事长安康、海川大学教授武强出席仪式。", "武强"),
        ("远山公司总经理金山表示，项目进展顺利。", "金山"),
        ("海川中学教师高明获表彰。", "高明"),
    ],
)
def test_a_person_called_like_a_county_is_no_place(text: str, person: str) -> None:
    assert [(each.type, each.place_code) for each in named(text, person)] == [("Person", "")]


def test_short_names_in_a_row_with_a_person_are_no_places() -> None:
    text = "海川大学校长高平出席。代表高平、泰兴、永安发言。"
    assert not any(each.type == "Place" for each in read(text).entities)


@pytest.mark.parametrize(
    ("text", "place", "road"),
    [
        ("商店开在湖北路上，顾客很多。", "湖北", "湖北路"),
        ("公司位于广州市越秀区江西二路。", "江西", "江西二路"),
        ("餐厅搬到青岛市市南区香港中路。", "香港", "香港中路"),
        ("他住在上海市静安区北京西路。", "北京", "北京西路"),
        ("北京烤鸭店在海州开业。", "北京", "北京烤鸭店"),
        ("他开了一家重庆火锅店，生意兴隆。", "重庆", "重庆火锅店"),
        ("车站在天津大道旁，宽阔平坦。", "天津", "天津大道"),
    ],
)
def test_the_place_in_the_name_of_a_road_is_no_place_of_the_text(text: str, place: str, road: str) -> None:
    reading = read(text)
    found = {name for each in reading.entities for name in each.names}
    assert place not in found
    assert all(name.endswith(road) for name in found if place in name)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("他在北京街头拍照。", "北京"),
        ("公司搬到成都市一环路南侧。", "成都市"),
        ("公司搬到成都二环路外。", "成都"),
        ("上海南京路步行街客流增长。", "上海"),
        ("江苏路桥集团中标，江苏发布通告。", "江苏"),
        ("广东省广州市中山路施工。", "广东省"),
    ],
)
def test_a_place_before_other_words_is_one(text: str, place: str) -> None:
    assert [each.type for each in named(text, place)] == ["Place"]


def test_two_districts_of_one_name_are_two_each_with_its_code() -> None:
    text = "沈阳市和平区与天津市和平区签约，沈阳市和平区区长王大海讲话。"
    found = named(text, "和平区")
    assert sorted(each.place_code for each in found) == ["120101", "210102"]
    holder = {fact.object for fact in read(text).facts if fact.predicate == "holdsPosition"}
    assert holder == {next(each.id for each in found if each.place_code == "210102")}


def test_two_towns_of_one_name_in_two_counties_are_two() -> None:
    text = "永顺县石堤镇与龙山县石堤镇签约。"
    assert len(named(text, "石堤镇")) == 2
    assert len(named("永顺县石堤镇召开会议，永顺县石堤镇镇长讲话。", "石堤镇")) == 1


def test_a_district_with_no_place_beside_it_belongs_to_neither_of_two() -> None:
    text = "沈阳市和平区与天津市和平区签约。会后，和平区发布通告。"
    assert sorted(each.place_code for each in named(text, "和平区")) == ["", "120101", "210102"]


@pytest.mark.parametrize(
    ("text", "inner", "country"),
    [
        ("几内亚比绍总统恩巴洛到访。", "几内亚", "几内亚比绍"),
        ("赤道几内亚外长奥约诺到访。", "几内亚", "赤道几内亚"),
        ("巴布亚新几内亚总理皮特到访。", "几内亚", "巴布亚新几内亚"),
        ("南苏丹总统基尔到访。", "苏丹", "南苏丹"),
        ("多米尼加总统阿比到访。", "多米尼克", "多米尼加"),
        ("北马其顿总统达夫科娃到访。", "马其顿", "北马其顿"),
        ("刚果民主共和国总统卢蒙到访。", "刚果", "刚果民主共和国"),
    ],
)
def test_the_longest_name_of_a_country_is_meant(text: str, inner: str, country: str) -> None:
    names = {name for each in read(text).entities if each.type == "Place" for name in each.names}
    assert country in names
    assert inner not in names


@pytest.mark.parametrize("country", ["多米尼克", "格林纳达", "马里", "约旦", "乍得", "圣卢西亚"])
def test_a_country_before_the_title_of_its_head_is_no_person(country: str) -> None:
    text = f"挪威首相斯特勒、{country}总理发来贺电。"
    assert {each.type for each in named(text, country)} <= {"Place"}
    assert not any(fact.subject == f"Person:{country}" for fact in read(text).facts)


@pytest.mark.parametrize(
    "text",
    [
        "会议邀请海川大学教授王丽与青山医院护士王丽同台讲述。",
        "两位王丽都来自北方。海川大学教授王丽获奖。青山医院护士王丽参加义诊。",
        "海川集团董事长王丽与青山集团副总经理王丽签约，王丽表示满意。",
        "王丽（海川大学）获一等奖，王丽（青山医院）获二等奖。",
        "海川大学教授王丽开设讲座。青山医院也有一位护士，与王丽同名。青山医院护士王丽参加义诊。",
    ],
)
def test_two_people_of_one_name_whom_the_text_tells_apart_are_two(text: str) -> None:
    assert len(named(text, "王丽")) >= 2
    bodies: dict[str, set[str]] = {}
    for fact in read(text).facts:
        bodies.setdefault(fact.subject, set()).add(fact.object)
    for here, there in (("海川大学", "青山医院"), ("海川集团", "青山集团")):
        assert not any({f"Organization:{here}", f"Organization:{there}"} <= each for each in bodies.values())


@pytest.mark.parametrize(
    "text",
    [
        "海川大学教授王丽讲话。王丽还担任青山医院顾问。",
        "海川大学教授王丽获奖。青山医院顾问王丽参加义诊。",
        "海川大学校长王丽和海川大学物理学院院长王丽丽签约，王丽讲话。",
    ],
)
def test_one_person_with_two_posts_stays_one(text: str) -> None:
    assert len(named(text, "王丽")) == 1


def test_a_surname_of_two_namesakes_joins_neither() -> None:
    text = "海川大学教授王丽与青山医院护士王丽同台讲述。王教授说，活动很好。"
    assert not any(len(each.names) > 1 for each in named(text, "王丽"))


@pytest.mark.parametrize(
    ("text", "place", "company"),
    [
        ("青屏茶业集团在青屏设厂，青屏获评国家级生态乡镇。", "青屏", "青屏茶业集团"),
        ("白鹿旅游公司位于白鹿，白鹿风景优美。", "白鹿", "白鹿旅游公司"),
    ],
)
def test_a_place_and_the_company_called_after_it_are_two(text: str, place: str, company: str) -> None:
    assert not any({place, company} <= set(each.names) for each in read(text).entities)


def test_a_numbered_body_is_not_the_one_without_a_number() -> None:
    text = "东州大学附属医院与东州大学第三附属医院签约，附属医院院长王大海讲话。"
    assert not any(
        {"东州大学附属医院", "东州大学第三附属医院"} <= set(each.names) for each in read(text).entities
    )


def test_a_county_right_behind_a_place_that_it_does_not_lie_in_has_no_code() -> None:
    assert [each.place_code for each in named("青海省温县发生地震。", "温县")] in ([""], [])
    assert [each.place_code for each in named("河南省温县发生地震。", "温县")] == ["410825"]


def test_a_province_right_behind_a_city_keeps_its_code_for_it_lies_in_no_other_place() -> None:
    text = "江苏省南京市代表团访问台湾。南京台湾名品城开业。"
    assert [each.place_code for each in named(text, "台湾")] == ["710000"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("老人说要回“岳阳”去，侨胞都把家乡叫“岳阳”。", []),
        ("老人说要回“岳阳”去，湖南岳阳今天下雨。", ["430600"]),
        ("他们种的是“岳阳市”的茶。", ["430600"]),
    ],
)
def test_a_short_name_that_only_stands_in_quotes_is_not_meant_as_it_is_written(
    text: str, code: list[str]
) -> None:
    assert codes(text, "岳阳") + codes(text, "岳阳市") in (code, code * 2)
