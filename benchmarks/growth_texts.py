"""Invented texts of any length that are hard to read, one a kind: what a careless or a hostile writer may hand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Final

SURNAMES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN: Final = "明伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂英华玉兰建国志海燕琳"
STEMS: Final = "东南西北中华兴盛达丰泰宏远通顺利安康宁和嘉瑞祥福恒永昌德仁义信诚"
TRADES: Final = ("化工", "物流", "能源", "生物", "电子", "建材", "航运", "食品", "软件", "纺织")
TITLE: Final = "甲市召开会议"


def _person(number: int) -> str:
    """Return one of some tens of thousands of names."""
    size = len(GIVEN)
    third = GIVEN[number // (size * size) % size]
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number // len(SURNAMES) % size] + third


def _stem(number: int) -> str:
    size = len(STEMS)
    return STEMS[number % size] + STEMS[number // size % size] + STEMS[number // size // size % size]


def _company(number: int) -> str:
    return f"{_stem(number)}{TRADES[number % len(TRADES)]}有限公司"


def _filled(characters: int, part: Callable[[int], str], head: str = f"{TITLE}\n", tail: str = "") -> str:
    """Return parts one after another, until the text is as long as it shall be."""

    def parts() -> Iterator[str]:
        length = len(head) + len(tail)
        for number in count():
            piece = part(number)
            length += len(piece)
            if length > characters:
                return
            yield piece

    return head + "".join(parts()) + tail


def _nested(opening: str, inner: str, closing: str) -> Callable[[int], str]:
    """Return the kind of text in which a thing stands in itself, as deep as the text is long."""

    def text(characters: int) -> str:
        deep = (characters - len(TITLE) - 1) // len(opening + inner + closing)
        return f"{TITLE}\n{(opening + inner) * deep}{closing * deep}"

    return text


def _lines(part: Callable[[int], str]) -> Callable[[int], str]:
    return lambda characters: _filled(characters, lambda number: f"{part(number)}\n")


def _one_sentence(head: str, part: Callable[[int], str], tail: str) -> Callable[[int], str]:
    return lambda characters: _filled(characters, part, f"{TITLE}\n{head}", f"{tail}。\n")


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda characters: _filled(characters, lambda _: piece)


def _beside(piece: str) -> Callable[[int], str]:
    """Return the kind of text that is half of it one thing again and again, which alone is no Chinese text to kg."""

    def text(characters: int) -> str:
        plain = _filled(characters // 2, lambda n: f"{_person(n % 50)}任{_company(n % 50)}董事长。\n")
        return _filled(characters, lambda _: piece, plain)

    return text


def _deep_list(number: int) -> str:
    marks = ("一、", "（一）", "1．", "（1）", "①", "a. ")
    return "\u3000" * (number % 6) + f"{marks[number % 6]}{_person(number)}任{_company(number)}经理"


KINDS: Final[dict[str, Callable[[int], str]]] = {
    "one name a line": _lines(lambda _: "王小明"),
    "another name a line": _lines(_person),
    "one company a line": _lines(lambda _: "东方化工有限公司"),
    "people enumerated": _one_sentence(
        "会议由甲市市长王小明主持，", lambda n: f"{_person(n)}、", "李大伟参加会议"
    ),
    "companies enumerated": _one_sentence("会上，", lambda n: f"{_company(n)}、", "甲市银行签署协议"),
    "posts enumerated": _one_sentence("", lambda n: f"{_company(n)}董事长{_person(n)}、", "李大伟出席"),
    "honours enumerated": _one_sentence(
        "甲市化工有限公司荣获", lambda n: f"“{_stem(n)}奖”、", "“金星奖”等称号"
    ),
    "documents enumerated": _one_sentence(
        "甲市政府印发了", lambda n: f"《{_stem(n)}管理办法》、", "《总则》"
    ),
    "titles enumerated": _one_sentence(
        "王小明任甲市化工有限公司", lambda n: f"{TRADES[n % 10]}部{'副' * (n % 2)}部长、", "董事长"
    ),
    "sums enumerated": _one_sentence("甲市化工有限公司投资", lambda n: f"{n + 2}.5亿元、", "3万元"),
    "single characters enumerated": _one_sentence("", lambda n: f"{STEMS[n % len(STEMS)]}、", "和"),
    "negated one by one": _one_sentence(
        "中标的", lambda n: f"不是{_company(n)}，而是{_company(n + 1)}，", "完"
    ),
    "one sentence without stop": _repeated("王小明任东方化工有限公司董事长兼甲市市长并荣获金星奖"),
    "one sentence of clauses": _one_sentence("", lambda n: f"{_person(n)}任{_company(n)}董事长，", "完"),
    "one sentence on one": _one_sentence("王小明", lambda n: f"于{1950 + n % 70}年加入{_company(n)}，", "完"),
    "one fact": _lines(lambda _: "东方化工有限公司董事长王小明与西方物流有限公司董事长王小明签署合作协议。"),
    "thousands of people": _lines(lambda n: f"{_person(n)}任{_company(n)}董事长。"),
    "equal stems": _lines(lambda n: f"{_company(n)}成立。{_stem(n)}公司发展。"),
    "equal heads": _lines(lambda n: f"东方{_company(n)}成立。"),
    "short forms declared": _lines(lambda n: f"{_company(n)}（以下简称“{_stem(n)}”）成立。"),
    "references only": _lines(lambda _: "该公司称，其董事长表示，他认为公司将发展。"),
    "brackets unclosed": _repeated("（王小明"),
    "brackets nested": _nested("（", "王小明", "）"),
    "quotes unclosed": _repeated("“东方化工有限公司"),
    "titles nested": _nested("《", "关于印发", "》的通知"),
    "titles unclosed": _repeated("《关于印发管理办法"),
    "quotes in one line": _repeated("“王小明”"),
    "digits only": _beside("1234567890"),
    "numerals only": _repeated("一千二百三十四万五千六百七十八"),
    "dates only": _repeated("2020年1月15日"),
    "percentages only": _beside("12.5%"),
    "punctuation only": _repeated("，。；：！？、…—"),
    "commas only": _repeated("，"),
    "one character": _repeated("的"),
    "one surname": _repeated("王"),
    "blanks only": _repeated(" \u3000\t"),
    "empty lines": _repeated("\n"),
    "zero-width characters": _lines(lambda n: "\u200b".join(f"{_person(n)}任{_company(n)}董事长。")),
    "marks that combine": _repeated("王\u0301\u0302\u0303"),
    "HTML entities": _beside("&lt;p&gt;&#29579;小明&amp;&nbsp;"),
    "tags unclosed": _repeated("<div><p>王小明"),
    "traditional characters": _lines(lambda n: f"{_person(n)}任東風機電廠廠長，獲頒「{_stem(n)}獎」。"),
    "alternating scripts": _repeated("王A小b明Ж任ア東电公司한"),
    "one Latin word": _beside("a"),
    "Latin words": _beside("ABC Group Ltd. "),
    "addresses of pages": _beside("https://example.org/a/b?c=d "),
    "titles repeated": _repeated(f"{TITLE}\n"),
    "a table": _lines(lambda n: f"{n}\t{_person(n)}\t{_company(n)}\t董事长\t{n}万元"),
    "a table of bars": lambda size: _filled(
        size,
        lambda n: f"| {_person(n)} | {_company(n)} | 董事长 | {n} |\n",
        f"{TITLE}\n\n| 姓名 | 单位 | 职务 | 人数 |\n| --- | --- | --- | --- |\n",
    ),
    "a roll of names": lambda size: _filled(size, lambda n: f"{_person(n)}  ", f"{TITLE}\n委员名单\n"),
    "deep lists": _lines(_deep_list),
    "questions and answers": _lines(lambda n: f"{('记者', _person(n % 7))[n % 2]}：东方化工有限公司怎么样？"),
    "one body in another": _repeated("甲市东方化工有限公司党委"),
    "one place in another": _one_sentence(
        "", lambda n: f"{_stem(n)}县{_stem(n + 7)}镇{_stem(n + 3)}村、", "等地"
    ),
    "figures in one sentence": _one_sentence(
        "", lambda n: f"{_company(n)}营收{n}亿元，增长{n % 40}.5%，", "完"
    ),
    "told by others": _one_sentence("", lambda n: f"据{_company(n)}介绍，{_person(n)}表示，", "完"),
    "dates and people": _one_sentence(
        "", lambda n: f"{n % 12 + 1}月{n % 28 + 1}日，{_person(n)}去世，", "完"
    ),
}
"""Name of a kind -> a text of it, about as long as asked for."""
