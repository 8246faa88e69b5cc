"""People, in words tagged by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.base.model import Token
from kg.names.person import find_people, has_surname, is_foreign, is_person_cut_late

Words = Callable[[str], list[Token]]


def people(tokens: list[Token]) -> list[str]:
    return [mention.text for mention in find_people(tokens)]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("约翰/PER ·/w 史密斯/PER 到访/v", "约翰·史密斯"),
        ("同史密斯/PER 会谈/v", "史密斯"),
        ("王小明说/PER", "王小明"),
        ("习近平总书记/PER", "习近平"),
        ("教授/n 王小明荣/PER 获奖/v", "王小明"),
        ("校长/n 龚元特意/PER 前来/v", "龚元"),
        ("王小明任/ORG", "王小明"),
        ("主任/n 王晓/PER 明/v 表示/v", "王晓明"),
        ("书记/n 张小/PER 兰于/v 昨日/TIME", "张小兰"),
        ("局长/n 周德/PER 才/d 作/v 了/u 说明/n", "周德才"),
        ("县长/n 周明/PER 还/d 指出/v", "周明"),
        ("县长/n 周明/PER 也/d 表示/v", "周明"),
        ("县长/n 周明/PER 都/d 说/v", "周明"),
        ("副总统/n 马/n 克里斯/PER", "马克里斯"),
        ("市长/n 陆/n 文/n 博/n 讲话/v", "陆文博"),
        ("总统/n 克里斯蒂/n 到访/v", "克里斯蒂"),
        ("教师/n 多/m 吉/n 平措/n 讲话/v", "多吉平措"),
        ("、/w 边/f 巴/n 旺堆/v 参加/v", "边巴旺堆"),
        ("医生/n 其/r 木格/n 参加/v", "其木格"),
        ("娜仁高娃和/PER 家人/n", "娜仁高娃"),
        ("古丽娜尔和/PER 家人/n", "古丽娜尔"),
        ("、/w 艾山/v 江·吐尔/PER 逊/v 、/w", "艾山江·吐尔逊"),
        ("海丽/PER ·/w 吐/v 地/u 任/v", "海丽·吐地"),
        ("玛依拉/PER ·/w 买买/n 提/v ，/w", "玛依拉·买买提"),
        ("区长/n 王晓/PER 调任/v 主任/n", "王晓"),
    ],
)
def test_a_person_is_found_and_mended(words: Words, line: str, name: str) -> None:
    assert people(words(line)) == [name]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("书记/n 平安/a 、/w 市长/n 王晓/PER", ["平安", "王晓"]),
        ("书记/n 平安/a 、/w 市长/n 热线/n", []),
    ],
)
def test_an_everyday_word_is_a_person_in_a_row_of_people(words: Words, line: str, names: list[str]) -> None:
    assert people(words(line)) == names


@pytest.mark.parametrize(
    "line",
    [
        "老百姓/PER 说/v",
        "美羊羊/PER 走进/v",
        "市长/n 高度/n 重视/v",
        "主任/n 张/q 留任/v",
        "书记/n 高兴/a ，/w",
        "扎西/n 德吉/n 村/n",
    ],
)
def test_everyday_words_are_no_people(words: Words, line: str) -> None:
    assert people(words(line)) == []


def test_a_verb_is_no_end_of_a_given_name(words: Words) -> None:
    assert people(words("书记/n 张小/PER 留任/v 。/w")) == ["张小"]


def test_surnames_and_sounds() -> None:
    assert has_surname("欧阳文博")
    assert has_surname("王小明")
    assert not has_surname("美羊羊")
    assert is_foreign("克里斯·史密斯")
    assert not is_foreign("食品")
    assert is_person_cut_late("王小明任")
    assert not is_person_cut_late("海川公司")


def test_an_emperors_era_before_its_year_is_nobody(words: Words) -> None:
    assert people(words("康熙/PER 三十年/TIME 重建/v")) == []
    assert people(words("光绪/PER 年间/TIME 重建/v")) == []
    assert people(words("康熙/PER 下令/v 重建/v")) == ["康熙"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("歌手/n David/PER _/w O/xc '/w Neill/PER 来/v", ["David O'Neill"]),
        ("演员/n Mary/xc -/w Jane/xc _/w Watson/PER 与/c", ["Mary-Jane Watson"]),
        ("CEO/n _/w Elon/PER _/w Musk/PER 来/v", ["Elon Musk"]),
        ("John/PER _/w Smith/PER ./w _/w Mary/PER 来/v", ["John Smith", "Mary"]),
        ("Apple/nz _/w Store/n 开业/v", []),
    ],
)
def test_a_name_in_latin_letters_is_whole(words: Words, line: str, names: list[str]) -> None:
    tokens = [replace(token, text=" ") if token.text == "_" else token for token in words(line)]
    assert people(tokens) == names
