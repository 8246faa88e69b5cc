"""Plans before a comma that govern the clause behind it: 拟以2亿元，收购甲; the sum before it belongs to the deed, too.

A clause goes on with what the one before it plans where it has no subject of its own and begins with its verb, behind
adverbs or what it is done with at most: 拟通过摘牌方式，以4亿元，受让甲. 已, 了 and a date say that it is done.
"""

from __future__ import annotations

from typing import Final

from kg.base.late import late
from kg.base.model import Span
from kg.facts.ground import NAME, Ground, pattern, words

_COMMAS: Final = "，,"
_MOST: Final = 3  # clauses between the plan and the deed
_DONE: Final = late("[了过]")
_AGENT: Final = "由"
_NOT_VERB: Final = frozenset({"p", "n", "nz"})  # as in ``kg.facts.assertion``
_BARE: Final = frozenset({"d", "ad", "vd"})
_TIMES: Final = frozenset({"TIME", "t"})
_BEFORE_MEANS: Final = frozenset({"d", "ad", "TIME", "t", "m", "q", "u"})
_LEAD: Final = 14  # code points before a sum in which stands what it is paid with
_PAID: Final = late(f"(?:{words('plans').either('pays')})[^，,。；;：:每]*$")
_PRICE: Final = late(rf"[^，,。；;：:\d]{{0,16}}[，,](?:{words('plans').either('before_deed')})*")


def plan_start(ground: Ground, verb: Span) -> int:
    """Return where the words begin that may plan what a verb says: its clause, or one before that it goes on with."""
    own = start = ground.clause_start(verb.start)
    if not _goes_on(ground, start, verb):
        return own
    lasting = ground.raw(verb).startswith(words("plans").words("states"))
    agent = ground.text.startswith(_AGENT, start - ground.span.start)
    for _ in range(_MOST):
        if start <= ground.span.start or ground.text[start - 1 - ground.span.start] not in _COMMAS:
            break
        end, start = start - 1, ground.clause_start(start - 1)
        plan = _plan_in(ground, start, end)
        means = _is_means(ground, start if plan is None else plan, end)
        if plan is not None:
            return own if (lasting or agent) and not means else start
        if not means:
            break
    return own


def _goes_on(ground: Ground, start: int, verb: Span) -> bool:
    """Say whether a clause has no subject before its verb, and does not say that it is done."""
    first, last = verb.start - ground.span.start, verb.end - ground.span.start
    if _DONE.search(ground.text, first + 1, last + 1):
        return False
    done, carriers = words("plans").words("done"), words("plans").words("carriers")
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
    """Say whether a clause, or what follows a plan in it, only says with what it is done: 以2亿元, 通过摘牌方式."""
    tokens = list(ground.tokens(start, end))
    while tokens and tokens[0].tag in _BEFORE_MEANS:
        tokens.pop(0)
    return bool(tokens) and tokens[0].text.startswith(words("plans").words("means"))


def pays_for(text: str, figure: Span, trigger: Span) -> bool:
    """Say whether a sum before a comma is what the deed behind it costs: 以2亿元，收购甲; not 每股8元."""
    return _PAID.search(text, max(0, figure.start - _LEAD), figure.start) is not None and (
        _PRICE.fullmatch(text, figure.end, trigger.start) is not None
    )
