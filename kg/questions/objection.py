"""What speaks against giving a sentence as the answer to a question: that it tells of another thing, time or state of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from kg.questions.cover import Cover
from kg.questions.scene import ACTING, Scene
from kg.questions.topic import ELSEWHERE, OF_NAME, Topic, has_sort

__all__ = ["objects"]

_NEEDED: Final = ("figure", "date", "who", "person", "body", "where", "why")
"""Sorts of which a thing must stand in the sentence."""

_WORDED: Final = ("figure", "date", "who", "person", "body", "yes")
"""Sorts of which the word beside what asks must stand there."""

_AT: Final = re.compile("[在位设于到至往赴]")
_ORDINAL: Final = re.compile(
    "第[一二三四五六七八九十0-9]+|[一二三四五六七八九十0-9]+(?:标段|期|届|号|审|季度|分局)"
)
_MOST: Final = re.compile("最(?![后终近初先早])[\u4e00-\u9fff]|唯一")
_TOP: Final = re.compile("最|第一|首[位个家]|唯一|居首|之首")
_MORE: Final = re.compile("更|(?:谁|哪[个家]|哪一[个家])[^，]{0,8}[贵高低多少大小长短快慢早晚](?:$|，)")
_POST: Final = re.compile(
    "[\u4e00-\u9fff]{1,3}(?:长|书记|主任|经理|总裁|代表人|秘书|教练|主席|委员|馆员|总监|裁判|支书)$"
)
_BETWEEN: Final = 2  # characters between a post and who holds it
_BY: Final = 6  # characters between who holds a post and it: 由张三兼任书记
_LITTLE: Final = 2
"""Characters besides names of a question that facts answer if anything does: 甲多少岁."""

_LACKING: Final = 0.1
_TIMES_OF: Final = re.compile("(?:为|是|比|相当于)([\u4e00-\u9fff]{2,8}?)的[0-9.]+倍")
_YOUNG: Final = "最年"  # 最年轻, 最年长: 年龄最小, 年龄最大
_OR: Final = "或者"
_SEVERAL: Final = re.compile("哪些|哪几|分别|各有")
_LISTED: Final = re.compile("[、和与及；]|以及")
_SHORTEST: Final = 2
_FORMER: Final = ("副", "原", "前")
_COMES_BY: Final = "由"


def objects(topic: Topic, scene: Scene, found: Cover) -> Iterator[str]:
    """Yield what speaks against a sentence, by names of what it tells."""
    yield from (name for name, speaks in _OBJECTIONS.items() if speaks(topic, scene, found))


def _told(scene: Scene) -> str:
    return f"{scene.sentence.before}{scene.sentence.text}"


def _has_none(topic: Topic, scene: Scene, _: Cover) -> bool:
    return topic.sort in _NEEDED and not has_sort(topic, scene)


def _is_of_another_time(topic: Topic, scene: Scene, _: Cover) -> bool:
    return not topic.is_of_time(_told(scene))


def _gives_up(topic: Topic, scene: Scene, _: Cover) -> bool:
    return topic.sort in ("who", "person", "yes") and scene.says_unasked("leaving", scene.sentence.text)


def _is_open(topic: Topic, scene: Scene, _: Cover) -> bool:
    return topic.sort not in ("thing", "yes") and scene.says_unasked("pending", scene.sentence.text)


def _is_of_another_number(_: Topic, scene: Scene, __: Cover) -> bool:
    return any(each not in _told(scene) for each in _ORDINAL.findall(scene.asked.text))


def _is_not_the_most(_: Topic, scene: Scene, __: Cover) -> bool:
    text, most = scene.sentence.text, _MOST.findall(scene.asked.text)
    return any(each not in text and not (_YOUNG in scene.asked.text and _TOP.search(text)) for each in most)


def _is_not_compared(_: Topic, scene: Scene, found: Cover) -> bool:
    return bool(_MORE.search(scene.asked.text) and (found.count(0) or found.count(ELSEWHERE)))


def _is_not_the_word(topic: Topic, scene: Scene, found: Cover) -> bool:
    return (topic.sort in _WORDED or topic.behind) and not _has_word(topic, scene) and _lacks(topic, found)


def _is_little(_: Topic, scene: Scene, found: Cover) -> bool:
    return bool(scene.asked.names) and sum(map(found.count, range(ELSEWHERE + 1))) <= _LITTLE


def _is_nowhere(topic: Topic, scene: Scene, _: Cover) -> bool:
    return topic.sort == "where" and (not topic.key or not _AT.search(scene.sentence.text))


def _is_by_it(topic: Topic, scene: Scene, _: Cover) -> bool:
    return (
        topic.sort == "date"
        and _COMES_BY not in scene.asked.text
        and any(f"{_COMES_BY}{name.text}" in scene.sentence.text for name in scene.asked.names)
    )


def _is_no_sum(_: Topic, scene: Scene, __: Cover) -> bool:
    any_in = scene.lexicon.any_in
    return any_in("sums_asked", scene.asked.text) and not any_in("sums", scene.sentence.text)


def _is_not_all(_: Topic, scene: Scene, __: Cover) -> bool:
    return bool(_SEVERAL.search(scene.asked.text)) and not _LISTED.search(scene.sentence.text)


def _is_only_a_title(topic: Topic, scene: Scene, found: Cover) -> bool:
    title = scene.sentence.text.strip() == scene.article.text.title.strip()
    return title and (topic.sort not in ("figure", "date") or found.count(0) > 0)


def _is_rumour(topic: Topic, scene: Scene, _: Cover) -> bool:
    text, lexicon = scene.sentence.text, scene.lexicon
    rumour = lexicon.any_in("rumour", text) or lexicon.any_in("rumoured", text)
    answered = lexicon.any_in("refuted", text) or lexicon.any_in("replied", text)
    return rumour and not (topic.sort == "yes" and answered)


def _is_of_another(topic: Topic, scene: Scene, _: Cover) -> bool:
    """Say whether a sentence names nothing that the question names, and tells of another person or body; or another does it."""
    names, (start, end) = scene.asked.names, (scene.sentence.start, scene.sentence.end)
    if not names or topic.sort == "yes":
        return False
    here = [name for name in names if name.text in scene.sentence.text or scene.has(name, start, end)]
    people = [name for name in names if "Person" in name.types]
    if topic.sort in ("who", "person") and any(name not in here for name in people):
        return True
    if not here:
        like = frozenset(each for name in names for each in name.types)
        kinds = like if topic.sort in ("who", "person", "body") else like | ACTING
        others = [each for each in scene.article.mentions_in(start, end) if each.types & kinds]
        return bool(others) and not scene.is_asked(others[0]) and not scene.tells(others[0])
    at = (
        _place(topic, scene)
        if topic.sort in ("thing", "where") and any(n.types & ACTING for n in names)
        else -1
    )
    return at >= 0 and scene.is_anothers(start + at)


def _lacks(topic: Topic, found: Cover) -> bool:
    """Say whether more than a little of a question is not in a sentence."""
    return found.count(0) + found.count(ELSEWHERE) >= _LACKING * (
        len(topic.rest) + OF_NAME * len(topic.asked.names)
    )


def _has_word(topic: Topic, scene: Scene) -> bool:
    """Say whether the word beside what asks stands in a sentence, of which a figure needs all, and other things the first character."""
    text = scene.lexicon.loosely(scene.sentence.text)
    key = sorted(topic.key) if topic.sort == "figure" else sorted(topic.key)[:1]
    return all(topic.rest[each] in text for each in key)


def _place(topic: Topic, scene: Scene) -> int:
    """Return where the word beside what asks stands in a sentence, as written; -1 where only its sense does."""
    return (
        scene.sentence.text.find("".join(topic.rest[each] for each in sorted(topic.key))) if topic.key else -1
    )


def _has_post(topic: Topic, scene: Scene, found: Cover) -> bool:
    """Say whether somebody holds the post of a question for who holds it, which ends in the post."""
    asked = scene.asked
    match = _POST.search(asked.plain_left.rstrip("是由的"))
    if topic.sort not in ("who", "person") or match is None or set(asked.plain_right) - set("的担任当出"):
        return True
    start, end = scene.sentence.start, scene.sentence.end
    if found.count(0) + found.count(ELSEWHERE) or not all(
        scene.has(name, start, end) for name in asked.names
    ):
        return False
    post = max(
        (match[0][at:] for at in range(len(match[0]) - 1)),
        key=lambda each: (each in scene.sentence.text, len(each)),
    )
    words = match[0].lstrip("".join(scene.lexicon.light))
    return len(post) >= min(_SHORTEST + 1, len(words)) and any(
        _held(scene, scene.sentence.start + at.start(), scene.sentence.start + at.end())
        for at in re.finditer(re.escape(post), scene.sentence.text)
    )


def _held(scene: Scene, start: int, end: int) -> bool:
    """Say whether a person stands beside a post, which is no former or deputy one."""
    if scene.words(start - 1, start) in _FORMER:
        return False
    people = [each for each in scene.article.mentions if "Person" in each.types]
    return any(0 <= each.start - end <= _BETWEEN or 0 <= start - each.end <= _BY for each in people)


def _is_another_post(topic: Topic, scene: Scene, found: Cover) -> bool:
    return not _has_post(topic, scene, found)


def _is_only_compared(_: Topic, scene: Scene, __: Cover) -> bool:
    times = any(each in scene.asked.text for each in _TIMES_OF.findall(scene.sentence.text))
    return scene.is_held_against or times


def _is_narrower(topic: Topic, scene: Scene, _: Cover) -> bool:
    """Say whether the word beside what asks only stands behind one that makes another figure of it: 最大震级."""
    key = "".join(topic.rest[each] for each in sorted(topic.key))
    text, asked = scene.sentence.text, scene.asked.text
    if topic.sort != "figure" or not key or key not in text:
        return False
    narrows = [word for word in scene.lexicon.lists["narrows"] if word not in asked]
    return all(text[: at.start()].endswith(tuple(narrows)) for at in re.finditer(re.escape(key), text))


def _lacks_post(topic: Topic, scene: Scene, _: Cover) -> bool:
    """Say whether a question for a date names a post that a sentence does not."""
    posts = [word for word in scene.lexicon.lists["posts"] if word in scene.asked.text]
    return topic.sort == "date" and bool(posts) and not any(each in scene.sentence.text for each in posts)


def _is_a_life(topic: Topic, scene: Scene, _: Cover) -> bool:
    """Say whether a sentence tells what somebody was one after the other, where it is asked who is something."""
    return topic.sort in ("who", "person") and scene.says_unasked("lives", scene.sentence.text)


def _is_two(_: Topic, scene: Scene, __: Cover) -> bool:
    return _OR in scene.asked.text


_OBJECTIONS: Final[Mapping[str, Callable[[Topic, Scene, Cover], bool]]] = {
    "nothing of the sort": _has_none,
    "another time": _is_of_another_time,
    "rumour": _is_rumour,
    "gives it up": _gives_up,
    "open": _is_open,
    "another number": _is_of_another_number,
    "not the most": _is_not_the_most,
    "not compared": _is_not_compared,
    "another subject": _is_of_another,
    "another post": _is_another_post,
    "not the word": _is_not_the_word,
    "too little asked": _is_little,
    "not where": _is_nowhere,
    "by it": _is_by_it,
    "no sum": _is_no_sum,
    "only compared": _is_only_compared,
    "not all": _is_not_all,
    "narrower": _is_narrower,
    "without the post": _lacks_post,
    "two questions": _is_two,
    "a life": _is_a_life,
    "only a title": _is_only_a_title,
}
