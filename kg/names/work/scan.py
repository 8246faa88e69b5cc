"""What finding the names of works shares: shapes of numbers and dates, and one scanned sentence."""

from __future__ import annotations

from collections.abc import Sequence

from kg.base.late import late
from kg.base.model import EntityType, Mention, Span, TaggedSentence, Token
from kg.names.work.knowledge import Head, Knowledge

LONGEST = 60  # code points; no name of a work is longer
NUMBER = "一二三四五六七八九十百零两〇\\d"
EDITION = late(
    rf"第[{NUMBER}]+[届次批期轮个]?|首[届次批期轮]|[{NUMBER}]+届(?:[{NUMBER}]+中)?|[{NUMBER}]+次"
    rf"|\d(?:\.\d)?级|(?:19|20)?\d\d年?度?|[{NUMBER}]{{2,}}周?年|±?\d+[kK][vV]|[{NUMBER}]+五|\d+$"
)
SEASON = late(
    rf"(?:19|20)\d\d(?:年度?)?|[{NUMBER}]+周年|[春夏秋冬]季|暑期|未来|五一|五四|八一|三八|七一|国庆|[百千万]年|年度|[{NUMBER}]+年"
)
ORDINAL = late(rf"第[{NUMBER}]+[届次批期轮]|[{NUMBER}]+届|(?:19|20)\d\d年?度?|[{NUMBER}]+周年")
QUANTITY = late(
    rf"[{NUMBER}.,多余数几百千万亿]+[余多]?[个项名场条款类批种件家份只架台座部套期所支]|一系列|一批|一些|许多|多[项个种]|[\d.]+[%％万亿]"
)
LATIN = late(r"[A-Za-z]{2,}|[A-Za-z]+[-+]?\d")
PAIR = {"“": "”", "「": "」", "『": "』", "‘": "’", '"': '"'}
CLOSE = {close: start for start, close in PAIR.items()}
INNER = frozenset(
    {"n", "nz", "nw", "vn", "an", "a", "LOC", "ORG", "f", "s"}
)  # tags of words that stand in names
NAMES = frozenset({"nz", "nw", "LOC", "ORG", "PER"})
NOUNS = frozenset({"n", "nz", "vn", "nw", "LOC", "ORG", "an"})
AND = frozenset({"、", "和", "与", "及", "以及", "并", "或"})
_WINS = "获"
_WON_BY = frozenset({"评", "授", "颁", "选", "批"})
STOPS = frozenset("，。：；！？!?;,:…")
ENDS = STOPS | AND | {"等", "”", ")", "）"}


class Scan:
    """One sentence while its names are sought. All positions are indices into ``text``."""

    def __init__(self, tagged: TaggedSentence, know: Knowledge) -> None:
        self.tokens = _with_verbs_whole(tagged.tokens)
        self.text = tagged.sentence.text
        self.base = tagged.sentence.span.start
        self.know = know
        self.found: list[Mention] = []

    def keep(self, start: int, end: int, kind: EntityType, rule: str, confidence: float = 0.8) -> None:
        """Note the name at [start, end)."""
        if start < end:
            span = Span(start + self.base, end + self.base)
            self.found.append(Mention(span, self.text[start:end], kind, rule, confidence))

    def settle(self) -> None:
        """Of names that meet keep the longest; names in title marks and quotes may also lie inside another."""
        kept: list[Mention] = []
        for mention in sorted(
            self.found, key=lambda m: (m.rule != "title-marks", m.span.start - m.span.end, m.rule)
        ):
            if all(_go_together(mention, other) for other in kept):
                kept.append(mention)
        self.found = kept

    def start(self, i: int) -> int:
        """Where token ``i`` starts."""
        return self.tokens[i].start - self.base

    def end(self, i: int) -> int:
        """Where token ``i`` ends."""
        return self.tokens[i].end - self.base

    def head(self, end: int) -> tuple[Head, int] | None:
        """The longest head noun that ends at ``end``, and its length."""
        text = self.text
        if text[end - 1] not in self.know.last:
            return None
        for length in range(min(end, self.know.longest_head), 0, -1):
            head = self.know.heads.get(text[end - length : end])
            if head is not None:
                return None if text[end - length - 1 : end] in self.know.words.no_heads else (head, length)
        return None

    def cue(self, i: int) -> EntityType | None:
        """What type the verb at token ``i`` takes, if it is a cue."""
        token = self.tokens[i]
        kind = self.know.cues.get(token.text) or self.know.cues.get(token.text.removesuffix("为"))
        if kind is None and len(token.text) == 4:
            kind = self.know.cues.get(token.text[2:])  # 圆满完成, 联合主办
        return kind if kind is not None and token.tag in ("v", "vd") and self._takes_object(i) else None

    def _takes_object(self, i: int) -> bool:
        """Say whether the cue verb at token ``i`` is a verb here, not a part of a name or a preposition."""
        word, before = self.tokens[i].text, self.text[: self.start(i)]
        after = self.tokens[i + 1].text if i + 1 < len(self.tokens) else ""
        if word == "组织" and before.endswith(self.know.words.body_before):
            return False
        if word == "通过":
            return after == "了" or before.endswith(self.know.words.voted)
        if word == "组织" and after.startswith(self.know.words.body_after):
            return False
        return not (word == "实施" and after in self.know.words.rules)


def _with_verbs_whole(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Join the verbs that the tagger cuts in two: 获|评."""
    if not any(token.text == _WINS for token in tokens):
        return tokens
    joined: list[Token] = []
    for token in tokens:
        if joined and joined[-1].text == _WINS and token.text in _WON_BY and token.start == joined[-1].end:
            joined[-1] = Token(joined[-1].start, token.end, _WINS + token.text, "v")
        else:
            joined.append(token)
    return tuple(joined)


def _go_together(mention: Mention, kept: Mention) -> bool:
    if not mention.span.overlaps(kept.span):
        return True
    if kept.rule == "title-marks":
        return (
            mention.span.holds(kept.span) and mention.span != kept.span and not mention.text.startswith("《")
        )
    return (
        kept.span.holds(mention.span)
        and mention.rule.startswith("quoted-")
        and not kept.rule.startswith("quote")
    )


def closing_of(tokens: Sequence[Token], i: int) -> int | None:
    """Return the token that closes the quote which token ``i`` opens."""
    mark, close, depth = tokens[i].text, PAIR[tokens[i].text], 0
    for j in range(i + 1, min(len(tokens), i + 50)):
        text = tokens[j].text
        if text == close:
            if not depth:
                return j
            depth -= 1
        elif text == mark:
            depth += 1
    return None


def opening_of(tokens: Sequence[Token], close: int) -> int | None:
    """Return the token that opens the quote or bracket which token ``close`` closes."""
    want = {")": "(", "）": "（"}.get(tokens[close].text) or CLOSE[tokens[close].text]
    for j in range(close - 1, max(-1, close - 40), -1):
        if tokens[j].text == want:
            return j
    return None
