"""Posts before a name, read from right to left: each a title, and the body before it where there is one.

甲省省委副书记、乙市市委书记张三      two posts, each with its body
甲公司董事长、总经理张三              two posts of one body
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from kg.base.late import late
from kg.facts.passage import ANY, SYMBOLS, Passage
from kg.facts.region import is_area, is_for_region, region_start
from kg.facts.title import is_plain_title, is_title, without_lead, without_own_body
from kg.facts.words import facts_words
from kg.names.lexicon import organizations

ORGANIZATION: Final = SYMBOLS["Organization"]
PLACE: Final = SYMBOLS["Place"]
BODY: Final = late(f"[{ORGANIZATION}{PLACE}]")
SEPARATOR: Final = late(r"以及|[、兼暨和及/]")
STOP: Final = late(r"[，,；;：:。！？!?\n…—|·]")
_NAME: Final = late(f"[{ANY}]")
_NOUNS: Final = frozenset({"n", "nz", "nw", "vn", "an", "a", "f", "s", "ORG", "b"})
_NO_NOUNS: Final = frozenset({"p", "u", "r", "d", "c", "xc"})
_GREATER: Final = ("中华", "中国")  # 大|中华区
_UNNAMED: Final = late(f"(?:{facts_words('post').either('unnamed')})$")
_TO: Final = late(facts_words("post").either("to"))
_OF_OTHER: Final = late(
    f"(?!{facts_words('post').either('honorary')})[^副]{{4,}}(?:{facts_words('post').either('own_heads')})"
)
_BEFORE_TITLE: Final = frozenset({"p", "d", "u", "w", "TIME", "t", "r", "c"})
_JOINS: Final = "和及与"
_KIN: Final = late(
    f"{SYMBOLS['Person']}[^，。；：、{ANY}]{{0,6}}(?:{facts_words('post').either('relatives')})"
)
_GRADE: Final = late(r"[一二三四]级$")  # of a civil servant, part of his title
_NAMES_BODY: Final = late(r".([局厅部处院校社站所行厂科室队馆台会])副?\1长$")
_HEADED: Final = frozenset(facts_words("post").words("headed"))  # a body whose name ends so has a 长


@dataclass(frozen=True, slots=True)
class Tenure:
    """What is said of when a post is held: "" (held, or held by no sign otherwise), once, or not yet (``kg.facts.tenure``).

    ``edge``: a date beside it is when it begins, or ends.
    """

    state: Literal["", "former", "planned"] = ""
    edge: Literal["", "begins", "ends"] = ""


@dataclass(frozen=True, slots=True)
class Post:
    """The body (None where it stands in a post before), the title, and where the title stands."""

    body: int | None  # mask position
    role: str
    start: int
    end: int
    far: bool = False  # the title is only the end of what stands behind the body
    own: bool = False  # the body the text speaks of: 公司, 该院
    tenure: Tenure = Tenure()


def find_titles_before(passage: Passage, person: int) -> list[Post]:
    """Return the posts that stand before a name, left to right."""
    posts: list[Post] = []
    mask, end = passage.mask, _without_kin(passage, person)
    while end > 0:
        start, body, first = _words_before(passage, end)
        charge = _in_charge(passage, body, end) if body is not None else None
        if charge is not None:
            return [charge, *posts]
        post = post_between(passage, body, body + 1 if body is not None else start, end)
        if post is None and posts and body is not None and body + 1 == end:
            if _NAMES_BODY.search(posts[0].role) and posts[0].body is None:
                return posts[1:]  # 甲市教育局、财政局局长: of a 财政局 that nobody found
            post = Post(body, posts[0].role, posts[0].start, posts[0].end)  # 甲、乙公司董事长: both
        if post is None and _is_half_a_name(passage, start, end, posts):
            return [each for each in posts if each.body is not None]
        if post is None or (posts and _is_of_others(passage, post, posts[0])):
            return posts
        posts.insert(0, post)
        if first:
            return posts
        end = start - (2 if mask.startswith("以及", start - 2) else 1)
    return posts


def _without_kin(passage: Passage, person: int) -> int:
    """Return where the titles before a name end, without whose relative it is: 甲会顾问、李四先生嫡孙|张三."""
    at = passage.mask.rfind("、", 0, person)
    return at if at > 0 and _KIN.fullmatch(passage.mask, at + 1, person) else person


def _is_half_a_name(passage: Passage, start: int, end: int, posts: list[Post]) -> bool:
    """Say whether the noun before 和 is no post, so that both are of a body that nobody found: 省旧物和盐碱|副主任张三."""
    if not posts or posts[0].body is not None or posts[0].own or passage.mask[end : end + 1] not in _JOINS:
        return False
    word = passage.word_before(end) if end > start else None
    return word is not None and word.tag in _NOUNS and word.text not in organizations().own_words


def _is_of_others(passage: Passage, post: Post, following: Post) -> bool:
    """Say whether a post before a stack is that of people not named: 甲局负责人、乙公司董事长张三; 甲局局长以及乙公司董事长张三."""
    joint = passage.mask[post.end : post.end + 2] == "以及" and None not in {post.body, following.body}
    return joint or _UNNAMED.search(post.role) is not None


def _words_before(passage: Passage, end: int) -> tuple[int, int | None, bool]:
    """Return where the post that ends at ``end`` starts, its body, and whether nothing can stand before it."""
    mask = passage.mask
    for at in range(end - 1, -1, -1):
        if BODY.match(mask[at]):
            sent = mask[at - 1 : at] == "驻" and at >= 2 and BODY.match(mask[at - 2]) is not None
            body = at - 2 if sent else at
            return body, body, body == 0 or not SEPARATOR.match(mask[body - 1])
        if STOP.match(mask[at]) or _NAME.match(mask[at]):
            return at + 1, None, True
        separates = SEPARATOR.match(mask[at]) or mask.startswith("以及", at - 1)
        if separates and not is_inside_title(passage, at):
            return at + 1, None, False
    return 0, None, True


def is_inside_title(passage: Passage, at: int) -> bool:
    """Say whether 和, 及 or 兼 at a mask position is part of a word (兼职教授)."""
    return passage.mask[at] in "和及兼" and not (passage.starts_word(at) and passage.ends_word(at + 1))


def _in_charge(passage: Passage, body: int, end: int) -> Post | None:
    """Return the post of who is in charge of something: 甲部负责乙国事务的特别代表 serves 甲部."""
    mask = passage.mask
    at = mask.rfind("的", body, end) + 1
    before = mask[max(0, body - 3) : body]
    if at and before[1:] == "负责" and BODY.match(before) and is_title(mask[at:end]):
        words = (passage.links[i].text if i in passage.links else mask[i] for i in range(body - 2, end))
        return Post(body - 3, "".join(words), at, end)
    return None


def post_between(passage: Passage, body: int | None, start: int, end: int) -> Post | None:
    """Return the post between two mask positions, None where there is no title."""
    post = _post_between(passage, body, start, end)
    return None if post is None else _with_region(passage, post, start)


def _with_region(passage: Passage, post: Post, floor: int) -> Post:
    """Return a post with the region that its title is for, which is part of it and has no posts: 甲公司|中国区总裁."""
    mask, place = passage.mask, post.start - 1
    if place >= 0 and BODY.match(mask[place]) and post.body in (place, place - 1):
        text = passage.links[place].text
        beside = mask[place - 1 : place] == ORGANIZATION
        is_place = mask[place] == PLACE
        if not (is_for_region(text, post.role, of_body=beside) if is_place else is_area(text, post.role)):
            return post
        first = place - 1 if mask[place - 1 : place] == "大" and text.startswith(_GREATER) else place
        beside = first > 0 and mask[first - 1] == ORGANIZATION
        role = mask[first:place] + text + post.role
        return replace(post, body=first - 1 if beside else None, role=role, start=first)
    start = region_start(passage, floor, post.start, post.end)
    if start == post.start:
        return post
    far = post.far and post.body is not None and post.body + 1 != start
    return replace(post, role=mask[start : post.start] + post.role, start=start, far=far)


def _post_between(passage: Passage, body: int | None, start: int, end: int) -> Post | None:
    if body is None:
        return _without_body(passage, start, end)
    mask = passage.mask
    if mask[body + 1 : body + 2] == "驻" and BODY.match(mask[body + 2 : body + 3] or " "):
        return _sent_to(passage, body, end)
    start = without_lead(passage, start, end)
    role = mask[start:end]
    if role in {"长", "副长"}:
        last = passage.links[body].text[-1]
        return Post(body, last + role, start, end) if last in _HEADED else None
    if is_title(role) and not _is_more_than_nouns(passage, start, end):
        return Post(_served(passage, body), role, start, end)
    return _far(passage, body, start, end)


def _without_body(passage: Passage, start: int, end: int) -> Post | None:
    """Return a title whose body stands before, or is the one the text speaks of."""
    floor = without_lead(passage, start, end)
    cut = without_lead(passage, _nouns(passage, floor, end), end)
    grade = _GRADE.search(passage.mask, floor, cut)
    if grade is not None:
        if _is_behind_noun(passage, floor, grade.start()):
            return None  # 甲厅厅长张三、盐业储备|二级巡视员李四: of what nobody found, not of 甲厅
        cut = grade.start()
    if not is_title(passage.mask[cut:end]):
        return None
    if _OF_OTHER.fullmatch(passage.mask, cut, end):
        return None  # 甲院教授、古城书画社长张三: of a 书画社, not of 甲院
    behind = without_own_body(passage, cut, end)
    return Post(None, passage.mask[behind:end], behind, end, own=behind > cut)


def _is_behind_noun(passage: Passage, floor: int, at: int) -> bool:
    """Say whether a word that may be the end of a body stands right before a title."""
    word = passage.word_before(at) if at > floor else None
    return word is not None and word.tag not in _BEFORE_TITLE


def _sent_to(passage: Passage, body: int, end: int) -> Post | None:
    """Return the post of who is sent somewhere: 甲国驻乙国大使 is 驻乙国大使 of 甲国."""
    rest = passage.mask[body + 3 : end]
    role = f"驻{passage.links[body + 2].text}{rest}"
    return Post(body, role, body + 1, end) if is_title(rest) else None


def _served(passage: Passage, body: int) -> int:
    """Return the body before a place that only says where: 甲公司中国总裁 is president at 甲公司."""
    mask = passage.mask
    beside = body and mask[body] == PLACE and mask[body - 1] == ORGANIZATION
    if beside and passage.links[body - 1].span.end == passage.links[body].span.start:
        return body - 1
    return body


def _far(passage: Passage, body: int, start: int, end: int) -> Post | None:
    """Return the post whose title is only the last nouns behind the body: 甲公司负责销售的副总经理."""
    cut = _nouns(passage, start, end)
    if cut == start or not is_title(passage.mask[cut:end]):
        return None
    if {"p", "c"} & set(passage.tags(start, cut)) or _TO.match(
        passage.mask, start, cut
    ):  # 在甲市为国家主席张三: no post of 甲市
        return _without_body(passage, cut, end)
    cut = without_lead(passage, cut, end)
    role = passage.mask[cut:end]
    return Post(body, role, cut, end, far=True) if is_title(role) else None


def _is_more_than_nouns(passage: Passage, start: int, end: int) -> bool:
    """Say whether a verb or a particle stands between two positions, the last word apart."""
    tags = passage.tags(start, end)
    if "的" in passage.mask[start:end]:
        return False
    if _NO_NOUNS & set(tags[:-1]):
        return True
    return "v" in tags and not is_plain_title(passage, start, end)


def _nouns(passage: Passage, start: int, end: int) -> int:
    """Return where the run of nouns that ends at ``end`` starts."""
    at = end
    while at > start:
        word = passage.word_before(at)
        if word is None or (word.tag not in _NOUNS and at != end):
            break
        if at - len(word.text) < start:
            break
        at -= len(word.text)
    return at
