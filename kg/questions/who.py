"""Who holds a post, who does something, and where: by names that stand right beside the words of a question in an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.questions.article import Mention
from kg.questions.asked import BREAK
from kg.questions.cover import Cover, cover
from kg.questions.scene import ACTING, Scene
from kg.questions.told import Told

__all__ = ["agents", "holders", "places"]

_OF: Final = "的"
_PERSON: Final = "Person"
_SHORTEST_POST: Final = 2
_BOUNDARY: Final = frozenset("，。、；：！？“”（）()\n \u3000")
_AND: Final = "和与及、"
_ACTS: Final = frozenset(("Person", "Organization", "Place"))
_AHEAD: Final = 24
_VERB: Final = 6  # characters of a verb with its adverbs
_NATIVES: Final = ("人", "人士")
_WITHIN: Final = re.compile("[^，。、于在]{1,5}[省市县区州镇乡]$")
"""A place before a place that lies in it."""

_LONGEST_PLACE: Final = 20
_BESIDE: Final = 6
_MOSTLY: Final = 2  # so much more is told of what a post belongs to than is not
_ADVERBS: Final = 5
_HERE: Final = 1
_SENTENCE: Final = 2


# posts ----------------------------------------------------------------------------------------------------------------


def holders(scene: Scene) -> Iterator[Told]:
    """Yield who holds the post that a question names: by a name right behind it, 项目经理由…担任, or …担任组长."""
    post = _post(scene)
    if len(post) < _SHORTEST_POST or scene.is_rumour:
        return
    text = scene.words(scene.sentence.start, scene.sentence.end)
    for length in range(len(post), _SHORTEST_POST - 1, -1):
        said, rest = post[-length:], post[: len(post) - length]
        at = text.find(said)
        while at >= 0:
            place = scene.sentence.start + at
            person = _holder(scene, said, rest, place)
            if person is not None:
                start, end = scene.clause(place)
                yield _told(scene, person, start, end, (length,))
            at = text.find(said, at + 1)


def _post(scene: Scene) -> str:
    """Return the post with what it belongs to, as the question writes it."""
    left, right = scene.asked.plain_left.strip(_OF), scene.asked.plain_right.strip(_OF)
    return (left or right).replace(_OF, "").strip("“”《》，、")


def _holder(scene: Scene, said: str, rest: str, at: int) -> Mention | None:
    end = at + len(said)
    start, last = scene.clause(at)
    clause = scene.words(start, last)
    if scene.says_unasked("denials", clause) or scene.lexicon.any_in("leaving", clause):
        return None
    behind = next((each for each in scene.article.mentions_in(end, last) if each.start == end), None)
    if behind is not None and _PERSON in behind.types:
        return behind if _belongs(scene, rest, at) else None
    if (turned := _turned(scene, end, last)) is not None:
        return turned if _belongs(scene, rest, at) else None
    return _held(scene, rest, at, start)


def _turned(scene: Scene, end: int, last: int) -> Mention | None:
    """Return the person of 项目经理由高级工程师甲担任."""
    text = scene.words(end, last)
    turn = next((word for word in scene.lexicon.lists["turns"] if text.startswith(word)), "")
    if not turn:
        return None
    for each in scene.article.mentions_in(end, last):
        if turn != "由" and each.start == end + len(turn) and each.types & ACTING:
            return each
        if _PERSON in each.types:
            behind = scene.words(each.end, last)
            held = behind.startswith(scene.lexicon.lists["holds"])
            return each if held else None
    return None


def _held(scene: Scene, rest: str, at: int, start: int) -> Mention | None:
    """Return the person of 由副局长甲任组长: the last one before the verb, in its clause."""
    before = scene.words(start, at)
    for first in scene.lexicon.lists["firsts"]:
        before = before.removesuffix(first)
    for length in range(len(rest), 0, -1):
        if before.endswith(rest[-length:]):
            before, rest = before.removesuffix(rest[-length:]), rest[: len(rest) - length]
            break
    verb = next((word for word in scene.lexicon.lists["holds"] if before.endswith(word)), "")
    if not verb or not _is_told(scene, rest):
        return None
    end = start + len(before) - len(verb)
    people = [each for each in scene.article.mentions_in(start, end) if _PERSON in each.types]
    if len(people) != 1 or "曾" in scene.words(people[0].end, end):
        return None
    return people[0] if end - people[0].end <= _BESIDE else None


def _belongs(scene: Scene, rest: str, at: int) -> bool:
    """Say whether a post in a text is that of what the question names before it, or of whom the text names right before it."""
    before = scene.words(max(scene.sentence.start, at - _AHEAD), at)
    if before.endswith(scene.lexicon.lists["former"]) or (rest and not _is_told(scene, rest)):
        return False
    if not before or before[-1] in _BOUNDARY or at == scene.sentence.start:
        return True
    if any(
        before == word or (before.endswith(word) and before[-len(word) - 1] in _BOUNDARY)
        for word in scene.lexicon.lists["before_roles"]
    ):
        return True
    nearest = next((each for each in scene.article.mentions if each.end == at), None)
    return nearest is not None and (not rest or scene.is_asked(nearest))


def _is_told(scene: Scene, rest: str) -> bool:
    """Say whether what a post belongs to is told in the sentence or before it."""
    names = [name for name in scene.asked.names if name.text in rest]
    for name in names:
        rest = rest.replace(name.text, BREAK)
    start, end = scene.sentence.start, scene.sentence.end
    known = all(scene.has(name, start, end) or scene.told_before(name) for name in names)
    folded = scene.lexicon.folded
    found = cover(
        folded(rest), scene.lexicon, (folded(scene.sentence.text), folded(scene.sentence.before)), close=0
    )
    told = found.count(0) * _MOSTLY <= found.count(1) + found.count(2)
    near = all(mark != 0 for mark in found.at[-_SHORTEST_POST:])
    return known and (found.all or (not names and told and near))


# deeds ----------------------------------------------------------------------------------------------------------------


def agents(scene: Scene) -> Iterator[Told]:
    """Yield who does what a question says: a name right before the verb, 由甲捐赠; with those joined to it."""
    if scene.is_rumour or scene.named() is None:
        return
    verbs = _verbs(scene)
    for mention in scene.article.mentions_in(scene.sentence.start, scene.sentence.end):
        if not _acts(scene, mention):
            continue
        length = max((_does(scene, mention, verb) for verb in verbs), default=0)
        if not length:
            continue
        start, end = scene.clause(mention.start)
        found = scene.covered(scene.asked.rest, (mention.end, end), (start, mention.start))
        if found.all and _of_object(scene, mention, length, found):
            rank = (length, found.count(_HERE), found.count(_SENTENCE))
            joined = _joined(scene, mention)
            if len(joined) > 1 or not _asks_many(scene):
                for each in joined:
                    yield _told(scene, each, start, end, rank)


def _asks_many(scene: Scene) -> bool:
    aspect = scene.asked.aspect
    return aspect is not None and aspect.word.startswith(scene.lexicon.lists["several"])


def _verbs(scene: Scene) -> list[str]:
    """Return what may be the verb of a question: what stands behind who is asked for; or also behind whom it is done to."""
    verb = scene.asked.right.lstrip(_OF + "了过")
    if verb[:1] not in scene.lexicon.lists["towards"]:
        return [verb.strip("的了")] if verb.strip("的了") else []
    return [verb[at:] for at in range(1, len(verb)) if verb[at] != BREAK]


def _acts(scene: Scene, mention: Mention) -> bool:
    which = scene.asked.which
    wanted = {each.removeprefix("kg:") for each in which.classes} if which is not None else _ACTS
    if scene.is_asked(mention) or not (mention.types & wanted):
        return False
    before = scene.words(max(scene.sentence.start, mention.start - 1), mention.start)
    return not before or before not in scene.lexicon.lists["never_before"]


def _does(scene: Scene, mention: Mention, verb: str) -> int:
    """Return how many characters of the verb stand behind a name; behind its adverbs, or whom it is done to."""
    at = _behind_whom(scene, _behind_adverbs(scene, mention.end))
    if at is None:
        return 0
    _, end = scene.clause(mention.start)
    behind = scene.lexicon.folded(scene.words(at, min(end, at + _AHEAD)))
    length = 0
    while length < len(verb) and behind[length : length + 1] == verb[length] != BREAK:
        length += 1
    whole = len(verb.split(BREAK, maxsplit=1)[0].rstrip("的了过"))
    if length >= min(2, max(1, whole)) or (length and scene.lexicon.is_sign(verb[0])):
        return length
    return 0


def _behind_adverbs(scene: Scene, at: int) -> int:
    """Return where the adverbs, dates and figures end that begin at a place."""
    _, end = scene.clause(at - 1)
    for _ in range(_ADVERBS):
        date = next((each.end for each in scene.article.dates_in(at, at + 1)), None)
        date = date or next((each.end for each in scene.article.figures_in(at, at + 1)), None)
        word = next(
            (word for word in scene.lexicon.lists["adverbs"] if scene.words(at, end).startswith(word)), ""
        )
        if date is None and not word:
            break
        at = date if date is not None else at + len(word)
    return at


def _behind_whom(scene: Scene, at: int) -> int | None:
    """Return where 向甲县 ends that begins at a place; None where that is not whom the question names."""
    if scene.words(at, at + 1) not in scene.lexicon.lists["towards"]:
        return at
    _, end = scene.clause(at)
    whom = next((each for each in scene.article.mentions_in(at, end) if each.start == at + 1), None)
    if whom is not None:
        return whom.end if scene.is_asked(whom) else None
    theirs = next(
        (word for word in scene.lexicon.lists["theirs"] if scene.words(at + 1, end).startswith(word)), ""
    )
    if theirs:
        return at + 1 + len(theirs)
    ends = (each for each in range(min(end, at + _BESIDE), at + 2, -1))
    return next((each for each in ends if scene.words(at + 1, each) in scene.asked.text), None)


def _of_object(scene: Scene, mention: Mention, length: int, found: Cover) -> bool:
    """Say whether what it is done to is told beside the verb; told before alone, only a figure may stand behind the verb."""
    rest, start, end = scene.asked.rest, scene.sentence.start, scene.sentence.end
    names = [name for name in scene.asked.names if not scene.has(name, start, end)]
    if not names and all(mark <= _SENTENCE for mark in found.at):
        return bool(rest.strip(BREAK))
    _, last = scene.clause(mention.start)
    folded = scene.lexicon.folded
    said = folded(scene.words(mention.end, last))[length : length + _SHORTEST_POST]
    if len(said) == _SHORTEST_POST and names and all(said in name.text for name in names):
        return True
    figure = next(iter(scene.article.figures_in(mention.end + 1, last)), None)
    behind = figure.start if figure is not None and figure.end == last else last
    return behind - (_behind_whom(scene, mention.end) or mention.end) <= _VERB


def _joined(scene: Scene, mention: Mention) -> list[Mention]:
    """Return a name and those before it that are joined to it by 和 or 、."""
    found = [mention]
    while scene.words(found[0].start - 1, found[0].start) in tuple(_AND):
        before = next((each for each in scene.article.mentions if each.end == found[0].start - 1), None)
        if before is None or not _acts(scene, before) or before.start < scene.sentence.start:
            break
        found.insert(0, before)
    return found


# places ---------------------------------------------------------------------------------------------------------------


def places(scene: Scene, like: str) -> Iterator[Told]:
    """Yield where something is, goes or happens: a place behind the verb, 设在…, or before it, 在…举行; 是哪里人 asks for 甲省乙县人.

    ``like`` is what its name ends in.
    """
    verb = scene.asked.left.split(BREAK)[-1].strip("在到于了是")
    if like or all(each in scene.lexicon.light for each in verb):
        verb = ""
    if scene.is_rumour or scene.named() is None:
        return
    for mention in scene.article.mentions_in(scene.sentence.start, scene.sentence.end):
        if not mention.types & _sorts(scene) or (scene.is_asked(mention) and not like):
            continue
        start, end = scene.clause(mention.start)
        if scene.is_anothers(mention.start) or scene.says_unasked("denials", scene.words(start, end)):
            continue
        last = _chained(scene, mention, end)
        if not _stands(scene, mention, start, last, verb):
            continue
        found = scene.covered(scene.asked.rest, (start, end))
        whole = _whole(scene, mention, last, end)
        if found.all and (not like or (whole.endswith(like) and whole not in scene.asked.text)):
            label = scene.words(mention.start, mention.end)
            here = scene.named() or 0
            if scene.is_of_others(mention.start, here):
                continue
            rank = (here, found.count(_HERE) + found.count(_SENTENCE))
            yield Told(whole, start, end, rank, iri=mention.iri if whole == label else "", forms=(label,))


def _sorts(scene: Scene) -> frozenset[str]:
    """Return the types of what may be a place: those of the sort that is asked for."""
    which = scene.asked.which
    if which is None or not which.classes:
        return frozenset(("Place", "Organization"))
    return frozenset(each.removeprefix("kg:") for each in which.classes)


def _stands(scene: Scene, mention: Mention, start: int, last: int, verb: str) -> bool:
    """Say whether a place stands where the question asks for one."""
    _, end = scene.clause(mention.start)
    behind, before = scene.words(last, end), scene.words(start, mention.start)
    then = scene.asked.right.strip(_OF + "了过")
    if then in _NATIVES:
        return (behind in _NATIVES and not before) or _leads(scene, before, scene.lexicon.folded("出生"))
    wanted = verb or scene.lexicon.folded("位于")
    if _leads(scene, before, wanted) or _leads(scene, _WITHIN.sub("", before), wanted):
        return True
    happens = scene.lexicon.folded(behind)
    signed = bool(then) and (scene.lexicon.is_sign(then[0]) or len(then.split(BREAK)[0]) > 1)
    return signed and before.endswith(scene.lexicon.lists["places"]) and happens.startswith(then[:2])


def _chained(scene: Scene, mention: Mention, end: int) -> int:
    """Return where the places end that stand right behind each other: 湖北武汉."""
    last = mention.end
    while True:
        behind = next((each for each in scene.article.mentions_in(last, end) if each.start == last), None)
        if behind is None or "Place" not in behind.types & mention.types:
            return last
        last = behind.end


def _leads(scene: Scene, before: str, verb: str) -> bool:
    """Say whether the verb stands right before a place, with or without 到 or 在 behind it."""
    ends = verb[-1:] if scene.lexicon.is_sign(verb[-1]) else verb[-2:]
    if scene.lexicon.folded(before).endswith(ends):
        return True
    while cut := next((word for word in scene.lexicon.lists["places"] if before.endswith(word)), ""):
        before = before.removesuffix(cut)
    return scene.lexicon.folded(before).endswith(ends)


def _whole(scene: Scene, mention: Mention, last: int, end: int) -> str:
    """Return a place with what is told of it more closely, up to the end of its clause."""
    text = scene.words(mention.start, end)
    if len(text) <= _LONGEST_PLACE and text.endswith(scene.lexicon.lists["place_ends"]):
        return text
    return scene.words(mention.start, last)


def _told(scene: Scene, mention: Mention, start: int, end: int, rank: tuple[int, ...]) -> Told:
    name = scene.words(mention.start, mention.end)
    return Told(name, start, end, rank, iri=mention.iri, forms=(name,))
