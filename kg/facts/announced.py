"""Who says what the text says with him: 甲公司公告称, 据甲公司年报, 公告显示, 甲表示; the words stay the text's own.

What a body announces of itself, or somebody tells under his name, is asserted all the same, and the graph says by whom.
Hearsay, and claims that nobody vouches for, are in ``kg.facts.hearsay``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import Link, Source, Span, Status
from kg.base.wordlist import read_words
from kg.facts.ground import NAME, Ground, Scope, pattern, turn, words

_WORDS: Final = read_words("language/assertion.toml").table("announced")
_SPEAKERS: Final = frozenset({"Person", "Organization"})
_MARKS: Final = "，,：:“「"
_LONGEST: Final = 40  # code points of a clause in which somebody is said to say
_GAP: Final = 16  # code points from who speaks to the verb: 甲公司6月2日晚间公告
_CALLED: Final = late("称(?:为|之为|作|号|职)")
_BARE_PAPER: Final = late(
    f"(?:据|根据)?(?:{_WORDS.either('before_paper')})*(?:{_WORDS.either('papers')})(?:里|中|内)?(?:{_WORDS.either('adverbs')})*"
)
_TO: Final = late(f"(?:{_WORDS.either('to')})[^，,{NAME}]{{0,3}}$")
_ACCORDING: Final = late(
    rf"(?<![一-鿿])(?:据|根据|按照)(?P<who>[^，,。；;：:！!？?“”\n]{{0,30}}?)(?:{_WORDS.either('told')})[，,：:]"
)
_QUOTE: Final = late("“[^“”]{6,400}”[，,]?")
_UNSAID: Final[tuple[tuple[str, Status | None], ...]] = (("denies", None), ("expects", "planned"))
_INSTEAD: Final = late(f"(?:{_WORDS.either('instead')}|{words('source').either('turns')})")
_DONE: Final = late("已|曾|了")
_FILLING: Final = frozenset({"d", "ad", "TIME", "t", "p", "f", "m", "q", "s", "n", "r", "c", "nz"})


def announced(ground: Ground, before: Sequence[Ground], publisher: str = "") -> Iterator[Scope]:
    """Yield what is told with its source, in a sentence.

    Args:
        ground: the sentence.
        before: the few sentences before it, for whose announcement 公告显示 means.
        publisher: what the medium that it appeared in says, the text says.
    """
    for source, span in _told(ground, before):
        if not publisher or publisher not in (source.text, source.text.strip("《》")):
            yield Scope(span, "asserted", source)
    yield from _unsaid(ground)


def _unsaid(ground: Ground) -> Iterator[Scope]:
    """Yield what stands behind a mark and is denied (甲公司否认，收购乙), or is only expected (甲公司预计，……).

    What is denied there is not said at all, for words behind a denial often say what is so instead.
    """
    for key, status in _UNSAID:
        for match in ground.find(pattern("announced", key)):
            verb = ground.at(match)
            mark = ground.text[match.end() : match.end() + 1]
            untrue = pattern("behind", "untrue").search(ground.text, match.end())
            if mark and mark in _MARKS and ground.is_word(verb) and not (status is None and untrue):
                yield Scope(Span(verb.end, _unsaid_end(ground, verb.end + 1)), status)


def _unsaid_end(ground: Ground, start: int) -> int:
    """Return where ends what is denied or expected: at who says, finds or did something instead."""
    if _INSTEAD.match(ground.text, start - ground.span.start) or _finds(ground, start):
        return start
    end = ground.clause_end(start)
    while end < ground.span.end and ground.text[end - ground.span.start] in "，,":
        clause = ground.text[end + 1 - ground.span.start : ground.clause_end(end + 1) - ground.span.start]
        if NAME in clause[:1] or _INSTEAD.match(clause) or _DONE.search(clause):
            break
        end = ground.clause_end(end + 1)
    return end


def _finds(ground: Ground, start: int) -> bool:
    """Say whether a court or an office that looks into things stands at a position."""
    link = next((link for link in ground.names if link.span.start == start), None)
    return link is not None and link.text.endswith(_WORDS.words("finders"))


def _told(ground: Ground, before: Sequence[Ground]) -> Iterator[tuple[Source, Span]]:
    for match in ground.find(_ACCORDING):
        who = ground.at(match, "who")
        link = ground.name_before(who.end, who.start)
        source = _source(link) if link is not None and _fills(ground, link, who.end) else None
        if source is None and NAME not in match["who"]:
            source = _by_paper(ground, Span(ground.at(match).start, ground.at(match).end - 1), before)
        if source is not None:
            end = ground.at(match).end
            yield source, Span(end, turn(ground, end))
    for match in ground.find(pattern("announced", "says")):
        verb = ground.at(match)
        source = _speaker(ground, verb, before)
        if source is not None and (end := _content(ground, match)) > verb.end:
            yield source, Span(verb.end, end)
    yield from _quoted(ground, before)


def _quoted(ground: Ground, before: Sequence[Ground]) -> Iterator[tuple[Source, Span]]:
    """Yield what stands in quotation marks before who says it, or ended the sentence before: “……。”甲说."""
    for match in ground.find(_QUOTE):
        source = _behind(ground, ground.at(match).end)
        if source is not None:
            yield source, ground.at(match)
    opened = before[-1].text.rfind("“") if before and before[-1].text.endswith("”") else -1
    if opened >= 0 and (source := _behind(ground, ground.span.start)) is not None:
        yield source, Span(before[-1].span.start + opened, before[-1].span.end)


def _content(ground: Ground, match: re.Match[str]) -> int:
    """Return where ends what is said behind a verb: the sentence behind a mark, else its own clause."""
    end = ground.at(match).end
    mark = ground.text[match.end() : match.end() + 1]
    if mark and mark in _MARKS:
        return end if match.group() in words("announced").words("denies") else turn(ground, end + 1)
    return end if match.group() in words("announced").words("marked") else ground.clause_end(end)


def _speaker(ground: Ground, verb: Span, before: Sequence[Ground]) -> Source | None:
    """Return who says it: the last name before the verb, or whose announcement it is that shows it."""
    if not _is_saying(ground, verb):
        return None
    start = ground.clause_start(verb.start)
    link = ground.name_before(verb.start, max(start, verb.start - _LONGEST))
    if link is not None:
        shows = ground.raw(verb) in words("announced").words("shows")
        paper = pattern("announced", "papers").search(ground.raw(Span(link.span.end, verb.start)))
        return _source(link) if (paper or not shows) and _speaks(ground, link, verb.start) else None
    return _by_paper(ground, Span(start, verb.start), before)


def _speaks(ground: Ground, link: Link, end: int) -> bool:
    """Say whether a name is the subject of the verb of saying behind it: not 对甲表示, 甲举行的会议指出."""
    before = ground.text[: link.span.start - ground.span.start]
    return link.type in _SPEAKERS and _TO.search(before) is None and _fills(ground, link, end)


def _fills(ground: Ground, link: Link, end: int) -> bool:
    """Say whether only what says how and when it is told stands behind a name."""
    if end - link.span.end > _GAP or link.type not in _SPEAKERS:
        return False
    filling = words("announced").words("filling")
    return all(token.tag in _FILLING or token.text in filling for token in ground.tokens(link.span.end, end))


def _is_saying(ground: Ground, verb: Span) -> bool:
    """Say whether it is a verb of saying: no part of a word, and nothing is called by a name."""
    at = verb.start - ground.span.start
    if _CALLED.match(ground.text, at):
        return False
    if ground.raw(verb) == "称":
        return ground.text[at - 1 : at] not in words("source").words("named")
    return ground.is_word(verb)


def _by_paper(ground: Ground, span: Span, before: Sequence[Ground]) -> Source | None:
    """Return whose announcement stands in words without a name: the body that announces before it, else the words."""
    if (
        _BARE_PAPER.fullmatch(ground.text, span.start - ground.span.start, span.end - ground.span.start)
        is None
    ):
        return None
    paper = list(pattern("announced", "papers").finditer(ground.raw(span)))[-1]
    for earlier in reversed(before):
        for match in earlier.find(pattern("announced", "papers")):
            at = earlier.at(match)
            link = earlier.name_before(at.start, earlier.clause_start(at.start))
            if link is not None and link.type == "Organization" and _fills(earlier, link, at.start):
                return _source(link)
    owner = _only_body(before) if "公司" in ground.raw(span) else None
    if owner is not None:
        return _source(owner)
    where = Span(span.start + paper.start(), span.start + paper.end())
    return Source(where, paper.group())


def _only_body(before: Sequence[Ground]) -> Link | None:
    """Return the body 公司 means: the only one that the sentence before names."""
    bodies = {link.entity: link for link in before[-1].names if link.type == "Organization"} if before else {}
    return next(iter(bodies.values())) if len(bodies) == 1 else None


def _behind(ground: Ground, end: int) -> Source | None:
    """Return who says what is quoted right before a position: “……”，甲说."""
    for match in ground.find(pattern("announced", "says"), end, end + _LONGEST):
        verb = ground.at(match)
        between = ground.raw(Span(end, verb.start))
        if any(mark in between for mark in "，,。；;“") or match.group() in words("announced").words(
            "denies"
        ):
            return None
        link = ground.name_before(verb.start, end)
        if link is not None and _is_saying(ground, verb) and _speaks(ground, link, verb.start):
            return _source(link)
    return None


def _source(link: Link) -> Source | None:
    return Source(link.span, link.text, link.entity) if link.type in _SPEAKERS else None
