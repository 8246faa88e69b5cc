"""The command ``kg review``: a person is asked one question after the other, and each answer is on the disk at once."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from kg.base.errors import DecisionError
from kg.base.language import language, say, told
from kg.cli.common import GRAPH, choice
from kg.cli.corpus import rebuild as rebuilt
from kg.cli.decisions import decisions_file, tell_next, tell_replaced
from kg.cli.streams import print_text, tell

if TYPE_CHECKING:
    from kg.graph.store import Graph
    from kg.review.model import Question

__all__ = ["register"]

KEYS: Final = {
    "s": "same",
    "a": "apart",
    "u": "unsure",
    "c": "confirm",
    "r": "reject",
}
"""The keys that answer, and with what verdict."""

_NEXT, _BACK, _QUIT = "n", "b", "q"
_SAYS: Final = {
    "s": "s one thing",
    "a": "a two things",
    "u": "u cannot tell",
    "c": "c right",
    "r": "r wrong",
    _NEXT: "n next",
    _BACK: "b back",
    _QUIT: "q quit",
}
_FORMS: Final = ("table", "json")
_ENDS: Final = ("\x03", "\x04")  # Ctrl-C, Ctrl-D


def register(app: typer.Typer) -> None:
    """Add the command ``review``."""
    app.command()(review)


def review(
    folder: Annotated[
        Path, typer.Argument(help="The folder of the graph that is reviewed, as `kg build` wrote it.")
    ] = GRAPH.parent,
    list_only: Annotated[
        bool, typer.Option("--list", help="Only print the questions, and ask nothing.")
    ] = False,
    form: Annotated[str, choice("-f", "--format", known=_FORMS, help="How --list prints them.")] = _FORMS[0],
    by: Annotated[str, typer.Option("--by", help="Who decides.")] = "",
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Do it to the graph in the end, as `kg decide` does.")
    ] = False,
) -> None:
    """Ask what is worth asking, the most harmful and least sure first: doubtful facts and figures, contradictions, who is one with whom."""
    from kg.cli.common import load_graph
    from kg.decide.read import read_decisions
    from kg.review.worklist import questions

    path = decisions_file(folder)
    loaded = load_graph([folder], once=True)
    asked = questions(loaded.graph, read_decisions(path), loaded.texts)
    if list_only:
        print_text(_listed(asked, form), data=form != _FORMS[0])
        return
    if not asked:
        tell(say("nothing is left to ask"))
        return
    session = _Session(asked, path, by, loaded.graph)
    with _keys() as keys:
        session.run(keys)
    tell(say("{many} answers written to {path}", many=session.written, path=path))
    if session.written and rebuild:
        rebuilt(folder)
    elif session.written:
        tell_next(folder)


# the list ---------------------------------------------------------------------------------------------------------


def _listed(asked: Sequence[Question], form: str) -> str:
    if form == "json":
        return json.dumps([_as_value(each) for each in asked], ensure_ascii=False, indent=1) + "\n"
    from kg.review.model import KINDS

    rows = [
        f"{number:4}  {each.confidence:.3f}  {say(KINDS[each.kind])}  {each.what}"
        for number, each in enumerate(asked, 1)
    ]
    return "".join(f"{row}\n" for row in rows)


def _as_value(each: Question) -> dict[str, Any]:
    sides = [
        {"label": side.label, "type": side.type, "articles": list(side.articles), "facts": side.facts}
        for side in each.sides
    ]
    quotes = [quote for side in each.sides for quote in side.quotes] or each.quotes
    return {
        "kind": each.kind,
        "key": each.key,
        "what": each.what,
        "confidence": round(each.confidence, 3),
        "harm": each.harm,
        "reasons": list(each.reasons),
        "answers": list(each.verdicts),
        "sides": sides,
        "quotes": [{"article": quote.article, "words": quote.words} for quote in quotes],
    }


# the questions ----------------------------------------------------------------------------------------------------


@dataclass
class _Session:
    """Where a review stands."""

    asked: Sequence[Question]
    path: Path
    by: str
    graph: Graph
    written: int = 0
    answers: dict[int, tuple[str, tuple[str, ...]]] = field(default_factory=dict)  # verdict and ids, by place

    def run(self, keys: Iterator[str]) -> None:
        """Ask until the last question, the end of the keys, or `q`."""
        at = 0
        while 0 <= at < len(self.asked):
            tell(_shown(self.asked[at], at, len(self.asked), self.answers.get(at, ("",))[0]))
            step = self._step(at, keys)
            if step is None:
                return
            at = max(0, at + step)

    def _step(self, at: int, keys: Iterator[str]) -> int | None:
        """Take a key, and return how far to go; None: no further."""
        for key in keys:
            if key == _QUIT:
                return None
            if key == _NEXT:
                return 1
            if key == _BACK:
                return -1
            if KEYS.get(key) in self.asked[at].verdicts:
                if self._answer(at, KEYS[key]):
                    return 1
            elif key.strip():
                tell(say("press one of: {keys}", keys=_known(self.asked[at])))
        return None

    def _answer(self, at: int, verdict: Any) -> bool:  # noqa: ANN401 - one of the question's verdicts
        """Write an answer, in the place of the one before it; say whether it could be."""
        from kg.decide.model import Decision
        from kg.decide.read import read_decisions
        from kg.decide.standing import standing
        from kg.decide.told import says
        from kg.decide.write import append
        from kg.graph.effect import demand_effect

        before, ids = self.answers.get(at, ("", ()))
        if before == verdict:
            return True
        today = date.today()  # noqa: DTZ011 - the day where the one who decides is
        made = [Decision("", "withdraw", of=name) for name in ids]
        made += self.asked[at].decisions(verdict)
        try:
            demand_effect(self.graph, made, standing(read_decisions(self.path)))
            done = append(self.path, [replace(each, by=self.by, on=today) for each in made])
        except DecisionError as error:
            tell(say("not written: {why}", why=told(error)))
            return False
        self.written += not ids
        own = [each for each in (*done.written, *done.known) if each.verdict != "withdraw"]
        self.answers[at] = (verdict, tuple(each.id for each in own))
        for each in own:
            tell(say("{id} written to {path}: {what}", id=each.id, path=self.path.name, what=says(each)))
        tell_replaced(done)
        return True


def _shown(each: Question, at: int, many: int, answered: str) -> str:
    """Return a question as it stands on the terminal."""
    from kg.review.model import KINDS

    lines = [
        "",
        f"[{at + 1}/{many}] {say(KINDS[each.kind])}  {each.what}  ({each.confidence:.3f})",
    ]
    reasons = [reason for reason in map(say, each.reasons) if reason]
    if reasons:
        lines.append("  " + say("because: {reasons}", reasons=_joined(reasons)))
    for letter, side in zip("AB", each.sides, strict=False):
        lines.append(f"  {letter} {side.label}  [{_joined(side.articles[:3])}]")
        lines += [f"      {quote}" for quote in map(_quoted, side.quotes)]
        lines += [f"      - {told}" for told in side.tells]
    lines += [f"    {_quoted(quote)}" for quote in each.quotes]
    lines.append(f"  {_effect(each)}")
    if answered:
        lines.append("  " + say("answered: {verdict}", verdict=_verdict(answered)))
    lines.append(f"  {_known(each)}")
    return "\n".join(lines)


def _quoted(quote: Any) -> str:  # noqa: ANN401 - a Quote, loaded on use
    says = f"{quote.says}: " if quote.says else ""
    return f"{says}{quote.article}: {quote.before}【{quote.words}】{quote.after}"


def _effect(each: Question) -> str:
    """Say what would change."""
    if not each.sides:
        return say("c: stays, marked as confirmed; r: is gone from the graph")
    many = each.touched
    if each.are_one:
        return say("s: stays one thing; a: falls apart, {many} facts go with one of them", many=many)
    return say(
        "s: becomes one thing, {many} facts join those of the other; a: stays two, for good", many=many
    )


def _known(each: Question) -> str:
    keys = [key for key, verdict in KEYS.items() if verdict in each.verdicts]
    return "   ".join(say(_SAYS[key]) for key in (*keys, _NEXT, _BACK, _QUIT))


def _verdict(name: str) -> str:
    from kg.decide.told import VERDICT_LABELS

    label = VERDICT_LABELS[name]  # type: ignore[index] # one of the verdicts
    return label.zh if language() == "zh" else label.en


def _joined(parts: Sequence[str]) -> str:
    return ("、" if language() == "zh" else ", ").join(parts)


@contextmanager
def _keys() -> Iterator[Iterator[str]]:
    """Yield the keys that are pressed; where there is no terminal, the first letter of each line."""
    if not sys.stdin.isatty():
        yield _each(_lined)
        return
    try:
        import termios
        import tty
    except ImportError:  # Windows
        yield _each(_pressed)
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)  # what was typed already stays
        yield _each(lambda: os.read(terminal, 1).decode("ascii", "replace"))
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _each(read: Callable[[], str]) -> Iterator[str]:
    while (key := read()) not in ("", *_ENDS):
        yield key.lower()


def _pressed() -> str:
    return typer.getchar()[:1]


def _lined() -> str:
    line = sys.stdin.readline()
    return (line.strip()[:1] or " ") if line else ""
