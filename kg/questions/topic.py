"""What a question is about, where a whole sentence is to tell it: the sort of thing, its words, the word beside what asks, its times."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.questions.asked import BREAK, Asked
from kg.questions.lexicon import Lexicon
from kg.questions.scene import Scene
from kg.questions.told import of_unit

__all__ = ["BEFORE", "ELSEWHERE", "HERE", "OF_NAME", "Sort", "Topic", "has_sort", "topic_of"]

Sort = Literal["figure", "date", "who", "person", "body", "where", "why", "yes", "thing"]
"""What a question asks for."""

HERE: Final = 1
"""What of a question stands in the sentence, as a cover marks it."""

BEFORE: Final = 2
"""What stands only before it: in the title, or earlier in its paragraph."""

ELSEWHERE: Final = 3
"""What stands only somewhere else in the article; 0 stands nowhere."""

OF_NAME: Final = 4
"""What a name counts, in characters."""

_BESIDE: Final = 2
_NUMBER: Final = "(?!一[起些直定样般致体同并道旦])[0-9〇一二两三四五六七八九十百千万][0-9〇一二三四五六七八九十百千万亿点.,，]*(?:余|多|几)?[万亿千百]*"
_PEOPLE: Final = frozenset("人名位")
_COUNTED: Final = re.compile("第?[一二三四五六七八九十两0-9]+[^一二三四五六七八九十两0-9\x00的，、]")
_ONE_BY_ONE: Final = re.compile("[两三四五几2-9](?:[名位]|个人).{0,8}(?:谁|名字)")
_DATE: Final = re.compile(
    "[0-9]{4}年|(?<![0-9])[0-9]{1,2}[月日时]|[今明后去前]年|年[底初末内]|[上下]半年|[上下本]月|季度|次日|当[天日晚]|昨|今[天日]|年代"
)
_PAUSE: Final = re.compile("[，、。；,;]")
_AGO: Final = re.compile("(?:较|比|同比|相比)[^，。；,;]{0,2}(?:去年|上年|前年|今年)(?:同期|末|底)?")
_TYPES: Final = {
    "who": frozenset(("Person", "Organization")),
    "person": frozenset(("Person",)),
    "body": frozenset(("Organization",)),
    "where": frozenset(("Place", "Organization")),
}
_BODIES: Final = frozenset(
    f"kg:{name}"
    for name in ("Organization", "Company", "GovernmentBody", "Media", "Team", "PartyOrganization")
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A question by what it wants to know."""

    asked: Asked
    sort: Sort
    rest: str  # what it says besides names and what asks, folded, with a break where these stood
    key: tuple[int, ...]  # which characters of it are beside what asks
    counted: tuple[str, ...]  # numbers with what they count
    times: frozenset[str]
    light: frozenset[str]
    behind: bool  # the word beside what asks stands behind that

    def is_of_time(self, told: str) -> bool:
        """Say whether a text has a time that the question names, not only to hold it against another: 较去年."""
        bare = _AGO.sub("", told)
        return not self.times or any(each in bare for each in self.times)

    def is_light(self, at: int) -> bool:
        """Say whether a character of the rest says nothing, and is no break."""
        return self.rest[at] != BREAK and self.rest[at] in self.light


def topic_of(asked: Asked, lexicon: Lexicon) -> Topic:
    """Return what a question is about."""
    before, behind = _halves(asked, lexicon)
    left, right, clause = (_bare(part, asked, lexicon) for part in (before, behind, _PAUSE.split(behind)[0]))
    rest = f"{left}{BREAK}{right}"
    key = _key(rest, len(left), len(clause), lexicon)
    return Topic(
        asked,
        _sort(asked, lexicon),
        rest,
        key,
        tuple(match[0] for match in _COUNTED.finditer(rest)),
        frozenset(lexicon.times.findall(asked.text)),
        lexicon.light,
        bool(key) and key[0] > len(left),
    )


def _halves(asked: Asked, lexicon: Lexicon) -> tuple[str, str]:
    """Return what a question says before and behind the word that asks."""
    text = asked.text
    if asked.aspect is None:
        found = min(
            ((text.find(word), -len(word)) for word in lexicon.lists["asking"] if word in text), default=None
        )
        if found is not None:
            return text[: found[0]], text[found[0] - found[1] :]
    return asked.plain_left, asked.plain_right


def _bare(text: str, asked: Asked, lexicon: Lexicon) -> str:
    """Return a part of a question without names, words that ask, and those that no article need have."""
    for name in sorted((name.text for name in asked.names), key=len, reverse=True):
        text = text.replace(name, BREAK)
    for word in lexicon.lists["passing"]:
        text = text.replace(word, "")
    for word in lexicon.lists["asking"]:
        text = text.replace(word, BREAK)
    return lexicon.loosely(_PAUSE.sub(BREAK, text))


def _key(rest: str, at: int, length: int, lexicon: Lexicon) -> tuple[int, ...]:
    """Return which characters are beside what asks: the first behind it in its clause that say something, or else the last before it."""
    for places in (range(at + 1, at + 1 + length), range(at - 1, -1, -1)):
        key = _first(rest, places, lexicon)
        if key:
            return key
    return ()


def _first(rest: str, places: Sequence[int], lexicon: Lexicon) -> tuple[int, ...]:
    key: list[int] = []
    for each in places:
        if rest[each] == BREAK or rest[each] in lexicon.light:
            if key:
                break
            continue
        if lexicon.is_sign(rest[each]):
            return (*key, each) if not key else tuple(key)
        key.append(each)
        if len(key) == _BESIDE:
            break
    return tuple(key)


def _sort(asked: Asked, lexicon: Lexicon) -> Sort:
    aspect, text = asked.aspect, asked.text
    if aspect is not None and aspect.reads in ("figure", "date", "where"):
        return aspect.reads
    if lexicon.any_in("reasons_asked", text):
        return "why"
    at_end = text.endswith(lexicon.lists["yes_at_end"]) and not lexicon.any_in("asking_things", text)
    if at_end or lexicon.any_in("yes_inside", text):
        return "yes"
    if _ONE_BY_ONE.search(text) and not (aspect is not None and aspect.reads == "none"):
        return "person"
    if aspect is not None and aspect.reads in ("holder", "agent"):
        return _of_which(asked) if asked.which is not None else "who"
    wanted = next((each for each in lexicon.wanted if each.word in text), None)
    return wanted.sort if wanted is not None and wanted.sort in ("who", "person", "body") else "thing"


def _of_which(asked: Asked) -> Sort:
    classes = frozenset(asked.which.classes if asked.which is not None else ())
    if "kg:Person" in classes:
        return "person"
    if "kg:Place" in classes:
        return "where"
    return "body" if classes & _BODIES else "thing"


def has_sort(topic: Topic, scene: Scene) -> bool:
    """Say whether a thing of the sort that is asked for stands in a sentence, which the question does not name."""
    text, sort = scene.sentence.text, topic.sort
    if sort == "figure":
        return _is_close(topic, scene, _figures)
    if sort == "date":
        return _is_close(topic, scene, _dates)
    if sort == "why":
        return scene.says_unasked("reasons", text)
    types = _TYPES.get(sort)
    if types is None:
        return True
    things = scene.article.mentions_in(scene.sentence.start, scene.sentence.end)
    return any(each.types & types and not scene.is_asked(each) for each in things)


def _is_close(topic: Topic, scene: Scene, found: Callable[[Scene, int, int], list[str]]) -> bool:
    """Say whether what is found stands in a clause with the word beside what asks, or in the next or, of dates, the one before."""
    clauses = list(scene.sentence.clauses())
    key = [topic.rest[each] for each in topic.key]
    for at, (start, end) in enumerate(clauses):
        folded = scene.lexicon.loosely(scene.words(start, end))
        if not key or any(each in folded for each in key):
            first = clauses[max(0, at - 1)][0] if topic.sort == "date" else start
            last = clauses[min(at + 1, len(clauses) - 1)][1]
            if any(each not in scene.asked.text for each in found(scene, first, last)):
                return True
    return False


def _dates(scene: Scene, start: int, end: int) -> list[str]:
    return [match[0] for match in _DATE.finditer(scene.words(start, end))]


def _figures(scene: Scene, start: int, end: int) -> list[str]:
    aspect = scene.asked.aspect
    if aspect is None:
        return []
    found = [
        each.words
        for each in scene.article.figures_in(start, end)
        if of_unit(each, aspect, scene.lexicon.things)
    ]
    if set(aspect.units) - set("*="):
        units = {unit.lstrip("万亿") or unit for unit in aspect.units}
        units |= _PEOPLE if units & _PEOPLE else set()
        pattern = f"{_NUMBER}(?:{'|'.join(map(re.escape, sorted(units)))})(?!次)"
    elif "*" in aspect.units:
        pattern = f"{_NUMBER}[{''.join(sorted(scene.lexicon.things | _PEOPLE))}]"
    else:
        pattern = f"{_NUMBER}[^，。；、,;0-9]"
    return found + [match[0] for match in re.finditer(pattern, scene.words(start, end))]
