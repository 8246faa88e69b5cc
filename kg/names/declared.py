"""Other names that a sentence declares for the name before a bracket: X（以下简称“Y”）, X（Latin）, 张三（笔名石泉）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.base.late import late
from kg.base.model import Article, Mention, Span, TaggedSentence
from kg.base.wordlist import either
from kg.names.lexicon import names, organizations

_DECLARED = late(
    r"[（(][^（()）]{0,12}?(?:以下简称|下称|简称|以下统称)[为:：]?[“”‘’\"']?([^（()）“”‘’\"'，。,]{2,20})[“”‘’\"']?[^（()）]{0,12}[）)]"
)
_BRACKETED = late(r"[（(]([^（()）]{2,40})[）)]")
_LATIN = late(r"[A-Za-z][A-Za-z0-9&.\-' ]{1,38}$")


@cache
def _called() -> re.Pattern[str]:
    """Return a pattern of brackets with a person's other name: （笔名石泉）, （原名张三，1950年生）."""
    return late(
        rf"[（(][^（()）]{{0,8}}?(?:{either(names().also_called)}|(?<=[（(，,；;、])[字号](?![画称召码幕]))[为叫作:：]?[“‘]?([\u4e00-\u9fff·]{{2,6}})[”’]?(?:[，,；;、][^（()）]*)?[）)]"
    )


def declared(article: Article, sentence: TaggedSentence, row: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the names that the sentence declares for the name before the bracket: X（以下简称“Y”）, X（Latin）, 张三（笔名石泉）."""
    text, base = article.text, sentence.sentence.span.start
    if "（" not in sentence.sentence.text and "(" not in sentence.sentence.text:
        return
    ends = {mention.span.end: mention for mention in row}
    for match in _BRACKETED.finditer(sentence.sentence.text):
        full = ends.get(base + match.start())
        if full is None:
            continue
        alias = _DECLARED.fullmatch(match.group())
        if alias is None and full.type == "Person":
            alias = _called().fullmatch(match.group())
        if alias is not None:
            at = base + match.start() + alias.start(1)
            name, rule = alias.group(1), "declared"
        elif _LATIN.fullmatch(match.group(1)):
            at, name, rule = base + match.start(1), match.group(1), "declared-latin"
        else:
            continue
        if name not in organizations().own_words:
            yield Mention(Span(at, at + len(name)), text[at : at + len(name)], full.type, rule)
