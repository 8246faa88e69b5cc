"""Short names that a sentence declares for the name before a bracket: X（以下简称“Y”）, X（Latin）."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.base.late import late
from kg.base.model import Article, Mention, Span, TaggedSentence
from kg.names.lexicon import organizations

_DECLARED = late(
    r"[（(][^（()）]{0,12}?(?:以下简称|下称|简称|以下统称)[为:：]?[“”‘’\"']?([^（()）“”‘’\"'，。,]{2,20})[“”‘’\"']?[^（()）]{0,12}[）)]"
)
_BRACKETED = late(r"[（(]([^（()）]{2,40})[）)]")
_LATIN = late(r"[A-Za-z][A-Za-z0-9&.\-' ]{1,38}$")


def declared(article: Article, sentence: TaggedSentence, row: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the short names that the sentence declares for the name before the bracket: X（以下简称“Y”）, X（Latin）."""
    text, base = article.text, sentence.sentence.span.start
    if "（" not in sentence.sentence.text and "(" not in sentence.sentence.text:
        return
    ends = {mention.span.end: mention for mention in row}
    for match in _BRACKETED.finditer(sentence.sentence.text):
        full = ends.get(base + match.start())
        if full is None:
            continue
        alias = _DECLARED.fullmatch(match.group())
        if alias is not None:
            at = base + match.start() + alias.start(1)
            name, rule = alias.group(1), "declared"
        elif _LATIN.fullmatch(match.group(1)):
            at, name, rule = base + match.start(1), match.group(1), "declared-latin"
        else:
            continue
        if name not in organizations().own_words:
            yield Mention(Span(at, at + len(name)), text[at : at + len(name)], full.type, rule)
