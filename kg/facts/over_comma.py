"""Plans before a comma that govern the clause behind it: 拟以2亿元，收购甲; the sum before it belongs to the deed, too.

A clause goes on with what the one before it plans where it has no subject of its own and begins with its verb, behind
adverbs or what it is done with at most: 拟通过摘牌方式，以4亿元，受让甲. 已, 了 and a date say that it is done. What
stands in a plan of its own plans nothing behind it (即将毕业，获得奖项), unless a word says what it is for (拟融资5亿元，用于收购甲)
or deeds are listed (拟收购甲，增资乙).
"""

from __future__ import annotations

from typing import Final

from kg.base.late import late
from kg.base.model import Span
from kg.facts.ground import NAME, Ground, pattern, words

_COMMAS: Final = "，,"
_AT: Final = "于"
_WITH: Final = "以按由"  # ends of plan words behind which only the means stand: 拟以2亿元
_MOST: Final = 3  # clauses between the plan and the deed
_DONE: Final = late("[了过]")
_NOT_VERB: Final = frozenset({"p", "n", "nz"})  # as in ``kg.facts.assertion``
_VERB: Final = "v"
_VERB_NOUN: Final = "vn"
_BARE: Final = frozenset({"d", "ad", "vd"})
_TIMES: Final = frozenset({"TIME", "t"})
_BEFORE_MEANS: Final = frozenset({"d", "ad", "TIME", "t", "m", "q", "u"})
_LEAD: Final = 14  # code points before a sum in which stands what it is paid with
_PAID: Final = late(f"(?:{words('plans').either('pays')})[^，,。；;：:每]*$")
_SPENT: Final = late(
    rf"(?:{words('plans').either('pays')})[^，,]{{0,6}}?\d[\d.,万亿千百多余]*(?:[美欧日港]?元|人民币)$"
)
_OTHER_DEAL: Final = late(f"[价格的向]*(?:{words('plans').either('deals')})")
_DEALS: Final = words("plans").words("deals")
_WHERE: Final = late("[在于][^，,]*(?:[下上中内前后时间]|期间|之际|同时)")
_PRICE: Final = late(
    rf"[^，,。；;：:\d]{{0,16}}[，,](?:{words('plans').either('carriers')}|{words('plans').either('behind_price')})*"
)


def plan_start(ground: Ground, verb: Span) -> int:
    """Return where the words begin that may plan what a verb says: its clause, or one before that it goes on with."""
    own = start = ground.clause_start(verb.start)
    if not _goes_on(ground, start, verb):
        return own
    serves = _serves(ground, start, verb)
    for _ in range(_MOST):
        if start <= ground.span.start or ground.text[start - 1 - ground.span.start] not in _COMMAS:
            break
        end, start = start - 1, ground.clause_start(start - 1)
        plan = _plan_in(ground, start, end)
        means = _is_means(ground, start if plan is None else plan, end)
        if plan is not None:
            goes_on = means or serves or _is_bare(ground, plan, end) or _has_object(ground, start, plan, end)
            return start if goes_on else own
        if not means and not _serves(ground, start, verb):
            break
    return own


def _serves(ground: Ground, start: int, verb: Span) -> bool:
    """Say whether a clause begins with a word by which it is what the one before is for: 用于收购甲."""
    lasting = ground.raw(verb).startswith(words("plans").words("states"))
    return not lasting and ground.text.startswith(words("plans").words("serves"), start - ground.span.start)


def _has_object(ground: Ground, start: int, plan: int, end: int) -> bool:
    """Say whether a clause tells a deed with its object, planned by a word that plans all that is listed: 拟收购甲，增资乙.

    So do 将 and 计划; not 即将, 希望 and 承诺, behind which stands what was done for it (希望为家乡出力，捐款).
    """
    listing = ground.text.endswith(
        words("plans").words("of_lists"), start - ground.span.start, plan - ground.span.start
    )
    weak = ground.text.endswith(
        words("plans").words("of_one"), start - ground.span.start, plan - ground.span.start
    )
    tokens = list(ground.tokens(plan, end))
    deed = next((token for token in tokens if token.tag == _VERB), None)
    if not listing or weak or deed is None:
        return False
    named = ground.text[end - 1 - ground.span.start] == NAME
    return named or (tokens[-1].start > deed.start and tokens[-1].tag != _VERB)


def _is_bare(ground: Ground, start: int, end: int) -> bool:
    """Say whether nothing that could be planned stands behind a plan in its clause."""
    free = _BARE | _TIMES if ground.text[start - 1 - ground.span.start] == _AT else _BARE
    return all(token.tag in free for token in ground.tokens(start, end))


def _goes_on(ground: Ground, start: int, verb: Span) -> bool:
    """Say whether a clause has no subject before its verb, and does not say that it is done."""
    first, last = verb.start - ground.span.start, verb.end - ground.span.start
    if _DONE.search(ground.text, first + 1, last + 1):
        return False
    done = words("plans").words("done")
    carriers = (*words("plans").words("carriers"), *words("plans").words("behind_plan"))
    tokens = list(ground.tokens(start, verb.start))
    if any(token.text in done or token.tag in _TIMES for token in tokens):
        return False
    if tokens and tokens[0].start == start and tokens[0].text in words("plans").words("markers"):
        return True
    lead = ground.text[start - ground.span.start : first]
    return NAME not in lead and all(token.tag in _BARE or token.text in carriers for token in tokens)


def _plan_in(ground: Ground, start: int, end: int) -> int | None:
    """Return where the last word of a clause ends that plans what is behind it, None where none does."""
    found = None
    for match in ground.find(pattern("plans", "over"), start, end):
        cue = ground.at(match)
        if ground.is_word(cue) and ground.tag(cue.start) not in _NOT_VERB:
            found = cue.end
    return found


def _is_means(ground: Ground, start: int, end: int) -> bool:
    """Say whether a clause, or what follows a plan in it, only says with what it is done: 以2亿元, 通过摘牌方式.

    A verb at its end says what else is done (以优异成绩毕业, 投入使用), but behind 通过 and its like.
    """
    with_it = ground.text[start - 1 - ground.span.start : start - ground.span.start] in tuple(_WITH)
    tokens = list(ground.tokens(start, end))
    while tokens and tokens[0].tag in _BEFORE_MEANS:
        tokens.pop(0)
    bounds = (start - ground.span.start, end - ground.span.start)
    if _SPENT.search(ground.text, *bounds) or _WHERE.fullmatch(ground.text, *bounds):
        return True
    if not tokens or not (with_it or _begins(tokens[0].text, words("plans").words("means"))):
        return with_it
    if _begins(tokens[0].text, words("plans").words("by_doing")):
        return True
    last = tokens[-1]
    if last.end < end:  # a name stands behind it: 携手甲公司
        return True
    else_done = last.tag == _VERB or (last.tag == _VERB_NOUN and tokens[0].tag == _VERB)
    return not else_done or last.text.startswith(words("plans").words("paying"))


def _begins(text: str, found: tuple[str, ...]) -> bool:
    """Say whether a word is one of these, or is longer than one of more than one character: 以, 采取现金; not 以及."""
    return text in found or text.startswith(tuple(word for word in found if len(word) > 1))


def is_of_other_deal(text: str, figure: Span, trigger: Span) -> bool:
    """Say whether a sum is what another deed costs, right behind it: 以3亿元|回购|甲公司所持乙公司股权."""
    return trigger.start > figure.end and (
        _OTHER_DEAL.match(text, figure.end) is not None and not text.startswith(_DEALS, trigger.start)
    )


def pays_for(text: str, figure: Span, trigger: Span) -> bool:
    """Say whether a sum before a comma is what the deed behind it costs: 以2亿元，收购甲; not 每股8元."""
    return _PAID.search(text, max(0, figure.start - _LEAD), figure.start) is not None and (
        _PRICE.fullmatch(text, figure.end, trigger.start) is not None
    )
