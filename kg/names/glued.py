"""Bodies that stand side by side without a mark: 甲有限公司乙有限公司 is two, 甲有限公司乙分公司 is one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Final

from kg.base.late import late
from kg.base.model import Article, Mention, Span, TaggedSentence, Token
from kg.names.lexicon import bodies, regions
from kg.words import tags

_FORM: Final = "(?:股份|责任)?有限(?:责任)?公司|股份公司"
_CLOSED: Final = late(rf"(?:{_FORM}|集团)(?=.)")
_BODY: Final = late(
    rf"(?!.*(?:分公司|子公司|分行|支行|分院|分校|分厂|项目部|事业部)$)[\u3400-\u9fff]{{2,}}?(?:{_FORM}|集团|大学|学院|医院|银行|中学|小学)$"
)
_WITHIN: Final = late(r"[（(]|控股|旗下|下属|所属|全资|附属|公司|有限|股份")
_TYPED: Final = frozenset((tags.ORGANIZATION, tags.PERSON, tags.PLACE))  # read by the rules of names
_MINISTRY: Final = "部"  # 中央纪委国家监委 is one body under two names
_LEAST: Final = 3  # code points before the form of a name


def parted(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the mentions, a body that is two side by side as those two.

    The form of a company (有限公司) closes its name: what follows and is closed like a body itself is another one. Behind
    集团 that is so only for what is no company of the group: 甲集团乙大学, but not 甲集团乙有限公司.
    """
    for mention in mentions:
        cut = _cut(mention.text) if mention.type == "Organization" else 0
        cut = cut or _between_known(mention)
        if not cut:
            yield mention
            continue
        start = mention.span.start
        for from_, to in ((0, cut), (cut, len(mention.text))):
            span = Span(start + from_, start + to)
            yield Mention(span, mention.text[from_:to], mention.type, mention.rule, mention.confidence)


def _between_known(mention: Mention) -> int:
    """Return where the second of two ministries or stretches of a country begins (财政部|商务部, 华北|东北), 0 for none."""
    text = mention.text
    known: Container[str] = {}
    if mention.type == "Organization" and text.endswith(_MINISTRY):
        known = [name for name in bodies() if name.endswith(_MINISTRY)]
    elif mention.type == "Place":
        known = regions().stretches
    return (
        0
        if text in known
        else next((n for n in range(2, len(text) - 1) if text[:n] in known and text[n:] in known), 0)
    )


def find_glued(_: Article, tagged: Sequence[TaggedSentence]) -> list[list[Mention]]:
    """Return the companies behind another one that the tagger takes for one word with it."""
    return [[mention for token in sentence.tokens for mention in _behind_first(token)] for sentence in tagged]


def _behind_first(token: Token) -> Iterator[Mention]:
    if token.text.count("有限公司") < 2 or token.tag in _TYPED:
        return
    at = 0
    while cut := _cut(token.text[at:]):
        at += cut
        rest = _CLOSED.search(token.text + " ", at)
        end = rest.end() if rest else len(token.text)
        yield Mention(
            Span(token.start + at, token.start + end), token.text[at:end], "Organization", "glued", 0.8
        )


def _cut(name: str) -> int:
    """Return where the second body begins, 0 where there is but one."""
    for closed in _CLOSED.finditer(name):
        rest = name[closed.end() :]
        if closed.start() < _LEAST - 1 or _WITHIN.match(rest) or _BODY.fullmatch(rest) is None:
            continue
        if closed[0] == "集团" and rest.endswith(("公司", "银行", "集团", "医院")):
            continue
        return closed.end()
    return 0
