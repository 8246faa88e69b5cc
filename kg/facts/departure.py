"""Posts that a later sentence says are over without naming them again.

甲公司总经理张三介绍了产线。张三已于上月离任      his post before is over
甲局局长李四曾主持工作。今年8月，他调任乙局局长    so is his, and the new one is not
他2005年辞职创业                            says nothing of what he is today

Only what has just happened ends what is told before: a word says so (已, 近日), or a date of the year of the article. A death
needs neither. Of posts at several bodies, those told last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import AnnotatedSentence, Article, Candidate, EntityId, Link
from kg.facts.words import facts_words

__all__ = ["Held", "left_behind"]

Held = Mapping[EntityId, Sequence[Candidate]]

_WORDS: Final = facts_words("departure")
_TENURE: Final = facts_words("tenure")
_CAREER: Final = facts_words("career")
_MARKS: Final = "，,；;：:。！？\n"
_RECENT: Final = late(_WORDS.either("recent"))
_HEAD: Final = (
    rf"(?:{_TENURE.either('courtesy')})?"
    rf"(?:{_TENURE.either('when_gone')}|{_WORDS.either('recent')}|因[^{_MARKS}]{{1,10}}?|[\d年月日时分]+)*"
)
_LEFT: Final = late(
    rf"{_HEAD}(?P<verb>(?:{_WORDS.either('resigns')}|(?:{_TENURE.either('gone_from')}|{_WORDS.either('no_more')})"
    rf"(?P<role>[^{_MARKS}]{{0,12}}?)(?:{_TENURE.either('tail')}))(?=了|[{_MARKS}]|$))"
)
_DIED: Final = late(rf"{_HEAD}(?P<verb>{_WORDS.either('dies')})(?=了|[{_MARKS}于]|$)")
_CHANGES: Final = late(rf"{_HEAD}(?:{_CAREER.either('changes')})")
_NOT_YET: Final = late(f"(?:{_TENURE.either('not_yet')}|{_CAREER.either('wished')})")
_ANY_POST: Final = late(f"[其了该的]*(?:{_TENURE.either('all_posts')})?$")


def left_behind(
    article: Article, annotated: Sequence[AnnotatedSentence], held: Held
) -> frozenset[tuple[EntityId, EntityId, str]]:
    """Return the posts (holder, body, role) that a sentence behind them says are over.

    Args:
        article: whose date says what has just happened.
        annotated: its sentences.
        held: the posts that each person is told to hold.
    """
    year = _year(article, annotated)
    return frozenset(
        (post.subject, post.object, post.role)
        for sentence in annotated
        for link in sentence.links
        if link.type == "Person" and link.entity in held
        for post in _ended(sentence, link, held[link.entity], year)
    )


def _year(article: Article, annotated: Sequence[AnnotatedSentence]) -> str:
    """Return the year of the article: when it came out, else the last it tells of."""
    if article.published is not None:
        return str(article.published.year)
    return max((moment.edtf[:4] for each in annotated for moment in each.moments), default="")


def _ended(
    sentence: AnnotatedSentence, person: Link, posts: Sequence[Candidate], year: str
) -> Iterator[Candidate]:
    """Yield the posts before a sentence that are over by what it says right behind a person."""
    text, origin = sentence.tagged.sentence.text, sentence.tagged.sentence.span.start
    at = person.span.end - origin
    if died := _DIED.match(text, at):
        if not _NOT_YET.search(text, at, died.start("verb")):
            yield from _told_before(sentence, posts)
        return
    if left := _LEFT.match(text, at):
        if _is_recent(sentence, text, person, left, year) and not _NOT_YET.search(
            text, at, left.start("verb")
        ):
            yield from _meant(_told_before(sentence, posts), left["role"] or "")
        return
    changed = _CHANGES.match(text, at)
    if changed and _is_recent(sentence, text, person, changed, year):
        index = sentence.tagged.sentence.index
        new = {(post.object, post.role) for post in posts if post.sentence == index}
        if new and not _NOT_YET.search(text, at, changed.end()):
            told = _told_before(sentence, posts)
            yield from (post for post in _meant(told, "") if (post.object, post.role) not in new)


def _told_before(sentence: AnnotatedSentence, posts: Sequence[Candidate]) -> list[Candidate]:
    """Return the posts that sentences before this one tell of: asked only where one ends, for an article may tell of one again and again."""
    return [post for post in posts if post.sentence < sentence.tagged.sentence.index]


def _meant(told: Sequence[Candidate], role: str) -> Iterator[Candidate]:
    """Yield the posts that a verb of leaving means: those of the role it names, else those told last."""
    if role and not _ANY_POST.match(role):
        yield from (
            post
            for post in told
            if post.role and role.endswith(post.role) and not role.endswith("副" + post.role)
        )
        return
    last = max((post.sentence for post in told), default=-1)
    yield from (post for post in told if post.sentence == last)


def _is_recent(sentence: AnnotatedSentence, text: str, person: Link, verb: re.Match[str], year: str) -> bool:
    """Say whether what a verb says has just happened: a word or a date of the article's year says so, and no other year."""
    origin = sentence.tagged.sentence.span.start
    start = max(text.rfind(mark, 0, max(0, person.span.start - origin - 1)) for mark in "；;。！？\n") + 1
    end = verb.end()
    years = {m.edtf[:4] for m in sentence.moments if start <= m.span.start - origin < end}
    if years:
        return years == {year}
    return _RECENT.search(text, start, end) is not None
