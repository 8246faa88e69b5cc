"""What the user knows is read: names, aliases, codes, words that are none, types, predicates, patterns, units, lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.base.model import Reading
from kg.base.overlay import NONE, active, use, using
from kg.base.own_files import load_overlay
from kg.corpus.reader import reader_digest
from tests.own.conftest import PATTERN, SCHEMA

Read = Callable[[Path | None, str], Reading]
Make = Callable[..., Path]
HEAD = "name,type,aliases,code\n"
TEXT = (
    "岚溪新材料成功发射飞鸢三号\n"
    "2024年6月3日，岚溪新材料在老城成功发射飞鸢三号。岚溪材总经理李小岚表示，飞鸢已完成12箭次试验。平安县同事到场。\n"
    "岚溪股份去年营业收入3亿元。岚姐说，岚溪新材料研究院将扩建。\n"
)


def names_of(reading: Reading) -> dict[str, tuple[str, ...]]:
    return {f"{entity.type} {entity.name}": entity.names for entity in reading.entities}


def test_names_aliases_types_and_codes_are_what_the_user_says(whole: Path, read: Read) -> None:
    found = read(whole, TEXT)

    assert set(names_of(found)["Organization 岚溪新材料"]) == {"岚溪新材料", "岚溪材", "岚溪股份"}
    assert set(names_of(found)["Rocket 飞鸢三号"]) == {"飞鸢三号", "飞鸢"}
    assert set(names_of(found)["Person 李小岚"]) == {"李小岚", "岚姐"}
    (place,) = (entity for entity in found.entities if entity.name == "老城")
    assert place.place_code == "430602"
    assert all(entity.confidence == 1.0 for entity in found.entities if entity.name in {"飞鸢三号", "李小岚"})


def test_a_predicate_a_pattern_and_a_unit_of_the_user_are_read(whole: Path, read: Read) -> None:
    found = read(whole, TEXT)

    assert ("Organization:岚溪新材料", "launched", "Rocket:飞鸢三号", "own-launched") in {
        (fact.subject, fact.predicate, fact.object, fact.pattern) for fact in found.facts
    }
    assert {(figure.unit, figure.subject) for figure in found.figures} >= {("箭次", "Rocket:飞鸢三号")}


@pytest.mark.parametrize(("traits", "found"), [("", 0), ('traits = ["location"]', 1)])
def test_a_trait_of_a_predicate_of_the_user_is_known(make: Make, read: Read, traits: str, found: int) -> None:
    predicate = SCHEMA[SCHEMA.index("[[predicate]]") :].replace('["Rocket"]', '["Place"]') + traits
    folder = make({"schema.toml": predicate, "patterns/a.toml": PATTERN.replace("|K", "|L")})

    facts = read(folder, "岚溪科技有限公司发射南江市民办学校。").facts

    assert len([fact for fact in facts if fact.predicate == "launched"]) == found


def test_a_word_that_is_no_name_is_none(whole: Path, read: Read) -> None:
    assert any("平安县" in entity.names for entity in read(None, TEXT).entities)
    assert not any("平安县" in entity.names for entity in read(whole, TEXT).entities)


def test_without_knowledge_all_is_as_before(whole: Path, read: Read) -> None:
    before = read(None, TEXT)
    read(whole, TEXT)

    assert read(None, TEXT) == before


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("鸢云获奖\n鸢云在江城获奖。", True),
        ("鸢云科技大学获奖\n鸢云科技大学在江城获奖。", False),  # inside a longer name
        ("G20开幕\n鸢云G20系列和鸢云G204系列发布。", True),
    ],
)
def test_a_name_stands_as_a_whole_word_and_not_inside_a_longer_one(
    make: Make, read: Read, text: str, stands: bool
) -> None:
    folder = make({"names.csv": HEAD + "鸢云,Organization,,\n鸢云G20,Product,,\n"})

    found = {link.text for link in read(folder, text).links}

    assert ("鸢云" in found or "鸢云G20" in found) is stands
    assert "鸢云G204" not in found


def test_the_type_of_the_user_wins(make: Make, read: Read) -> None:
    text = "张向阳发布\n2024年，张向阳在江城发布，张向阳受到欢迎。"
    assert {entity.type for entity in read(None, text).entities if entity.name == "张向阳"} == {"Person"}

    folder = make({"names.csv": HEAD + "张向阳,Product,,\n"})

    assert {entity.type for entity in read(folder, text).entities if entity.name == "张向阳"} == {"Product"}


def test_two_lines_are_two_things_whatever_the_rules_say(make: Make, read: Read) -> None:
    text = "海川机械股份有限公司成立\n海川机械股份有限公司与海川机械有限公司签约。"
    assert len(read(None, text).entities) == 1

    folder = make(
        {"names.csv": HEAD + "海川机械股份有限公司,Organization,,\n海川机械有限公司,Organization,,\n"}
    )

    assert len(read(folder, text).entities) == 2


def test_a_short_form_of_a_list_is_one_only_beside_the_full_name(whole: Path, read: Read) -> None:
    full = read(whole, "公司公告\n江北自动化股份有限公司发布年报，机器人营业收入增长。")
    alone = read(whole, "工厂见闻\n工厂里的机器人正在工作，机器人忙个不停。")

    assert set(names_of(full)["Organization 江北自动化股份有限公司"]) == {"江北自动化股份有限公司", "机器人"}
    assert not any("机器人" in entity.names for entity in alone.entities)


def test_the_reader_of_kept_readings_is_another_one_when_the_knowledge_changes(make: Make) -> None:
    plain = reader_digest()
    seen = {plain}
    for names in ("鸢云,Organization,,\n", "鸢云,Product,,\n"):
        with using(load_overlay(make({"names.csv": HEAD + names}))):
            seen.add(reader_digest())

    assert len(seen) == 3
    assert reader_digest() == plain


def test_one_knowledge_at_a_time(make: Make) -> None:
    one = load_overlay(make({"names.csv": HEAD + "鸢云,Organization,,\n"}, "one"))
    other = load_overlay(make({"names.csv": HEAD + "鸢云,Product,,\n"}, "other"))

    with using(one):
        with using(None):
            assert active() is one
        with pytest.raises(Exception, match="knowledge within other knowledge"), using(other):
            pass
        assert active() is one
    use(other)
    with using(one):
        assert active() is one
    assert active() is other
    use(NONE)
    assert active() is NONE


def test_names_are_found_in_traditional_characters_and_written_in_either(make: Make, read: Read) -> None:
    text = "鳶雲機械產業開發會議\n2024年，鳶雲機械與實驗學會開會，國際學者來訪，時間為個月。鸢雲簽約時，鳶雲機械總經理說話。"
    for name in ("鸢云机械", "鳶雲機械"):
        found = read(make({"names.csv": HEAD + f"{name},Product,,\n"}), text)

        assert ("Product", "鳶雲機械") in {(entity.type, entity.name) for entity in found.entities}
