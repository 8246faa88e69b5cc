"""Where the name of a body ends: words of the sentence that never stand inside one part it from the body behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from kg.base.late import late
from kg.base.model import Mention, Span
from kg.base.wordlist import either
from kg.names.gazetteer import gazetteer
from kg.names.heads import ends_in_industry, head_class, is_name, place_prefix, retyped
from kg.names.lexicon import organizations, regions, titles
from kg.names.person import has_surname

_LEAST: Final = 3  # code points of a body before such a word (省农科院|并非)
_COMPANY: Final = late(r"(.{2,}公司)控股(.*)$")
_JOINTLY: Final = late(
    r"(.{2,}(?:公司|集团|大学|学院|医院|政府|[局厅委院]))联合(.{2,}(?:公司|集团|大学|学院|医院|政府|银行|[局厅]))$"
)
_IS: Final = late(
    r"(.{2,}(?:公司|集团|大学|医院))系(?![统列])(.{3,}(?:公司|集团|大学|医院))$"
)  # 甲大学|系|乙公司股东
_HOLDS: Final = late(
    r"(.{2,}?)(?:(?:直接|间接|合计|累计)*(?:持有|增持|减持)(?:本|该|上市)?公司(?:股份)?())$"
)  # 甲投资|持有公司的股份
_REGION: Final = late("(?:大中华|中国|亚太|东南亚|欧洲|北美|亚洲|全球|[东南西北中]亚)(?:区|大区|地区|区域)$")
_HALL: Final = late(r"(.{2,}(?:大会堂|宾馆|饭店|酒店|会堂|会议中心))[同与和]")  # 甲大会堂|同来华
_OFFICE: Final = "任"
_LEVELS: Final = "省市州县区旗"  # a body may be called by
_HOLDER: Final = "股东"
_STAKE: Final = late("(?:控|控制|的)?股权$|控制权$")  # 收购甲矿业|控股权
_DEPARTMENTS: Final = late("部门(?![口前外户])")
_OWN: Final = late("所[持属占]")  # 甲科技|所持股份
_CALL: Final = "通电话"
_TALK: Final = "通话"
_WON: Final = late("获[“《]")  # 张三|获“金穗奖”
_GAVE: Final = late(
    "作(?:了|过|的(?:关于|[^，。；]{0,40}?(?:报告|说明|讲话|发言|汇报|演讲|讲座|介绍|点评|总结|致辞)))"
)  # 李四|作的关于预算的报告
_SEX: Final = late(r"(?<=..)[\s　]+[男女]$")  # 李四 女
_AS: Final = "为"
_MAKING: Final = late("(?:任命|委任|聘任|聘请|增聘|选举|推选|推举|推荐|提名|增选|补选|授予|追授|追认|评选)$")
_OFFICES: Final = late("(?:现任|曾任|历任|兼任|时任|原任|拟任|拟聘|升任|续任|连任)")
_WEIGHED: Final = late("[0-9万千百余多几](?:公斤|斤|吨|克|筐|车|亩|棵|株|颗)[^，。；0-9]{0,6}$")
_BYLINE: Final = late(r"(?:记者|通讯员|编辑|撰文|作者|摄影|文)[\s　：:/]*(?:[一-鿿]{2,4}[\s　、]+)*$")
_REACH: Final = 30  # characters before a body in which a byline stands
_KNOWN: Final = 4  # characters by which the article names a body again
_LEAST_PERSON: Final = 2  # code points: what is left of a person's name is one
_JOINT_FRONT: Final = late(r"()联合(.{2,}(?:大学|学院|医院|政府|[局厅]))$")


def within_borders(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the mentions, each body cut where a word begins that no name holds (甲公司|并非|乙公司, 网传|甲公司)."""
    for mention in mentions:
        if mention.type == "Place" and (hall := _HALL.match(mention.text)):
            name, start = hall.group(1), mention.span.start
            yield Mention(Span(start, start + len(name)), name, "Place", mention.rule, mention.confidence)
            continue
        parted = _parted(mention.text) if mention.type == "Organization" else None
        if parted is None:
            yield mention
            continue
        for group in (1, 2):
            name = parted.group(group)
            if name and (is_name(name) or _HOLDS.match(mention.text)):
                start = mention.span.start + parted.start(group)
                kind = retyped(name, "Organization")
                yield Mention(Span(start, start + len(name)), name, kind, mention.rule, mention.confidence)


def without_word_ends(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the mentions, without the end of 股东 in front of a body, and the beginning of 通电话, or 获, 作 behind somebody's name."""
    for mention in mentions:
        start, end = mention.span.start, mention.span.end
        if mention.text in organizations().plants and (
            _grown().match(text, end) or _WEIGHED.search(text, max(0, start - _REACH), start)
        ):
            continue  # 苹果|产量, 5吨|苹果, but 蒙牛|产量
        if mention.type == "Organization" and is_department(text, end):
            continue
        end -= region_of_post(text, mention.span) if mention.type in ("Organization", "Place") else 0
        if mention.type == "Organization":
            start += text.startswith(_HOLDER, start - 1) and start > 0
            start += verb_in_front(text, start, end)
            start += _behind_byline(text, start, end)
            start += _behind_office(text, start, end)
            end -= _behind(text, start, end)
        elif mention.type == "Person" and len(mention.text) > _LEAST_PERSON:
            end -= mention.text.endswith(_CALL[0]) and text.startswith(_CALL, end - 1)
            end -= len(_TALK) * mention.text.endswith(_TALK)
            end -= _WON.match(text, end - 1) is not None
            end -= has_given(text, start, end)
            end -= _is_made(text, start, end)
            end -= _ends_in_office(text, start, end)
            end -= len(sex[0]) if (sex := _SEX.search(text, start, end)) is not None else 0
        if (start, end) == (mention.span.start, mention.span.end):
            yield mention
        elif is_name(text[start:end]):
            yield Mention(Span(start, end), text[start:end], mention.type, mention.rule, mention.confidence)


def _behind_byline(text: str, start: int, end: int) -> int:
    """Return the length of the last name of a byline that a body was glued to (记者 李四 王五|甲公司), where the article names the body again."""
    if _BYLINE.search(text, max(0, start - _REACH), start) is None:
        return 0
    for length in (3, 2):
        body = text[start + length : end]
        if (
            len(body) >= _KNOWN
            and has_surname(text[start : start + length])
            and text.count(body[:_KNOWN]) > 1
        ):
            return length
    return 0


def _is_made(text: str, start: int, end: int) -> bool:
    """Say whether the end of a name is the word that says what somebody is made (任命李四|为局长)."""
    made = text.startswith(_AS, end - 1) and not text.startswith(_AS, end)
    return made and _MAKING.search(text, max(0, start - _KNOWN), start) is not None


def _behind_office(text: str, start: int, end: int) -> int:
    """Return the length of a verb of office that a body was glued to (拟任|学院, 现任|甲公司), 0 for none."""
    office = _OFFICES.match(text, start, end)
    return len(office[0]) if office is not None and end - office.end() > 1 else 0


def _ends_in_office(text: str, start: int, end: int) -> bool:
    """Say whether the end of a name is the beginning of a verb of office (李四现|任甲局局长)."""
    return (
        end - start > _LEAST_PERSON
        and _OFFICES.match(text, end - 1) is not None
        and has_surname(text[start : end - 1])
    )


def holds_more(text: str, start: int, end: int) -> bool:
    """Say whether what stands there is a name and more: the verb before it or behind it, the end of a byline."""
    return bool(
        verb_in_front(text, start, end)
        or has_given(text, start, end)
        or (end - start > _LEAST_PERSON and _is_made(text, start, end))
        or _SEX.search(text, start, end)
        or _behind_byline(text, start, end)
        or _behind_office(text, start, end)
        or _ends_in_office(text, start, end)
    )


def has_given(text: str, start: int, end: int) -> bool:
    """Say whether what stands there is somebody's name and the beginning of what he gave (李四作|的关于预算的报告)."""
    return _GAVE.match(text, end - 1) is not None and has_surname(text[start : end - 1])


def is_department(text: str, end: int) -> bool:
    """Say whether what ends here is no ministry but departments of a kind (司法|部门, but 司法部|门口)."""
    return _DEPARTMENTS.match(text, end - 1) is not None


def verb_in_front(text: str, start: int, end: int) -> int:
    """Return the length of the verb before a body that is called by its level alone (拟|任|州林业局, 规定|市水务局), 0 for none."""
    found = _leveled().match(text, start, end)
    if found is None or head_class(text[found.end() - 1 : end]) == "":
        return 0
    verb = found["verb"]
    if verb != _OFFICE and found[0] in gazetteer().forms:
        return 0  # a county is called so
    if verb == _OFFICE and not text.endswith(organizations().before_office, 0, start):
        return 0
    return len(verb)


@cache
def _leveled() -> re.Pattern[str]:
    return late(rf"(?P<verb>{_OFFICE}|{either(organizations().before_level)})[{_LEVELS}](?!级)")


def _behind(text: str, start: int, end: int) -> int:
    """Return the length of what ends a body's name and is none of it: 甲矿业|控股权, 甲科技|所持股份, but 甲研究所持有股份."""
    stake = _STAKE.search(text, start, end)
    if stake is not None:
        return end - stake.start()
    own = _OWN.match(text, end - 1) is not None
    stem = text[start : end - 1]
    return int(own and (head_class(stem) == "strong" or ends_in_industry(stem)))


def region_of_post(text: str, span: Span) -> int:
    """Return the length of the region at the end of a span that is part of the post behind it, 0 for none: 甲|中国区|总裁."""
    region = _REGION.search(text, span.start + 2, span.end)
    if region is None:
        return 0
    is_post = any(titles().is_title(text[span.end : span.end + n]) for n in (4, 3, 2, 5))
    return len(region[0]) if is_post else 0


@cache
def _grown() -> re.Pattern[str]:
    """Return a pattern of words behind what is grown, which is no company there."""
    return late(either(organizations().grown))


def _parted(text: str) -> re.Match[str] | None:
    """Match a body before a word that no name holds, and the one behind it; either may be missing."""
    holds = _HOLDS.match(text) or _posted().match(text)
    if holds is not None:
        return holds
    between = _between().match(text)
    if between is not None and _stand_apart(between.group(1), between.group(2)):
        return between
    company = _COMPANY.match(text)
    if company is not None and (not company.group(2) or head_class(company.group(2)) == "strong"):
        return company
    jointly = _JOINTLY.match(text) or _IS.match(text)
    if jointly is not None:
        return jointly
    front = _JOINT_FRONT.match(text)
    return front if front is not None and place_prefix(front.group(2)) else None


def _stand_apart(before: str, behind: str) -> bool:
    """Say whether what stands before the word is nothing or a body, and what stands behind it a body or nothing."""
    if not before:
        return len(behind) > _LEAST and head_class(behind) != ""
    return len(before) >= _LEAST and head_class(before) != "" and (not behind or head_class(behind) != "")


@cache
def _posted() -> re.Pattern[str]:
    """Match a body before a country or region of business, the title for it, and who bears it: 甲|中国总代表|山本."""
    where = either(("大中华区", "亚太区", "中国区", *regions().countries))
    return late(f"(.{{2,}}?)(?:{where})(?:总代表|首席代表|总裁|总经理|首席执行官)()[一-鿿·]{{1,6}}$")


@cache
def _between() -> re.Pattern[str]:
    return late(rf"(.*?)(?:{either(organizations().between)})(.*)$")
