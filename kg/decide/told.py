"""A decision in one line of Chinese, as the graph's other labels are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.base.model import EntityType, Status
from kg.base.schema import Words, schema
from kg.decide.model import Change, Decision, FactAnchor, Verdict

__all__ = ["VERDICT_LABELS", "says"]

VERDICT_LABELS: Final[dict[Verdict, Words]] = {
    "same": Words("同一", "the same"),
    "apart": Words("不同", "apart"),
    "unsure": Words("不能确定", "not sure"),
    "confirm": Words("确认", "confirmed"),
    "reject": Words("否定", "rejected"),
    "change": Words("更正", "corrected"),
    "add": Words("补充", "added"),
    "name": Words("名称", "name"),
    "type": Words("类型", "type"),
    "code": Words("区划代码", "place code"),
    "alias": Words("别名", "alias"),
    "no-entity": Words("不是实体", "no entity"),
    "figure": Words("更正数字", "figure corrected"),
    "withdraw": Words("撤回", "withdrawn"),
}
"""What each verdict is called."""

_BETWEEN: Final = {"same": " = ", "apart": " ≠ ", "unsure": " ? "}
_ARROW: Final = " → "


def says(decision: Decision) -> str:
    """Return a decision in one line.

    >>> says(Decision("d1", "alias", words="中金", means="中金公司", type="Organization"))
    '别名：中金 → 中金公司'
    """
    line = f"{VERDICT_LABELS[decision.verdict].zh}：{_ARROW.join(filter(None, _parts(decision)))}"
    return " ".join(line.split())


def _parts(each: Decision) -> Iterator[str]:
    if each.a is not None and each.b is not None:
        yield f"{each.a.words}{_BETWEEN.get(each.verdict, _ARROW)}{each.b.words}"
    elif each.a is not None:
        yield each.a.words
    if each.words is not None:
        yield each.words
        yield each.means or ("" if each.type is None else _type(each.type))
    if each.fact is not None:
        yield _fact(each.fact)
    if each.to is not None:
        yield _change(each.to)
    if each.figure is not None:
        yield each.figure.words
    if each.value is not None:
        yield f"{each.value:f}"
    if each.owner is not None:
        yield each.owner.words
    if each.verdict == "type" and each.type is not None:
        yield _type(each.type)
    yield from (value for value in (each.unit, each.label, each.code, each.of) if value)


def _type(name: str) -> str:
    kind: EntityType = name  # type: ignore[assignment] # checked where it is read
    return schema().types[kind].label.zh


def _fact(fact: FactAnchor) -> str:
    role = f"（{fact.role}）" if fact.role else ""
    return f"{fact.subject.words} {schema().predicates[fact.predicate].label.zh} {fact.object.words}{role}"


def _change(to: Change) -> str:
    own = [
        schema().predicates[to.predicate].label.zh if to.predicate else "",
        to.subject.words if to.subject else "",
        to.object.words if to.object else "",
        to.role or "",
        _status(to.status) if to.status else "",
        "/".join(filter(None, (to.start, to.end))),
    ]
    return " ".join(filter(None, own))


def _status(name: str) -> str:
    status: Status = name  # type: ignore[assignment] # checked where it is read
    return schema().statuses[status].label.zh
