"""What a page tells its readers to type, and what they are told to see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["Block", "Command", "blocks", "commands", "holds"]

_FENCE: Final = re.compile(
    r"(?:^<!-- (?P<mark>[\w ]+)(?:: (?P<why>[^\n]+?))? -->\n+)?^```(?P<language>[^`\n]*)\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_RUN: Final = ("", "console", "sh", "python")
"""The languages of blocks that are run; those without one are a shell's."""

NOT_RUN: Final = "not run"
RUN_BY_CI: Final = "test"
"""The mark of the README's own test command."""

_PROMPT: Final = "$ "
_HERE: Final = re.compile(r"<<'(\w+)'")
_ANY_LINES: Final = "..."
_PARTS: Final = re.compile(r"( *\.{3} *| {2,}|-{2,})")


@dataclass(frozen=True)
class Block:
    """A block of a page that a reader may run; ``skipped`` says why a test does not."""

    language: str
    text: str
    line: int
    skipped: str = ""


@dataclass(frozen=True)
class Command:
    """A command of a block, and the lines that it is said to print; ``shown`` is empty where the page does not say."""

    text: str
    line: int
    shown: tuple[str, ...] = ()


def blocks(page: str) -> Iterator[Block]:
    """Yield the blocks of a page that a reader may run, in order."""
    for found in _FENCE.finditer(page):
        if found["language"] in _RUN:
            line = page.count("\n", 0, found.start("text")) + 1
            yield Block(found["language"], found["text"], line, _reason(found["mark"], found["why"]))


def _reason(mark: str | None, why: str | None) -> str:
    if mark == RUN_BY_CI:
        return "the first thing that CI runs"
    return (why or "for no reason") if mark == NOT_RUN else ""


def commands(block: Block) -> Iterator[Command]:
    """Yield the commands of a block: those behind ``$``, with what they print; else the block is one."""
    lines = block.text.splitlines()
    if not block.text.startswith(_PROMPT):
        yield Command(block.text, block.line)
        return
    at = 0
    while at < len(lines):
        begun = at
        at = _end(lines, at)
        text = "\n".join(lines[begun:at]).removeprefix(_PROMPT)
        shown = at
        while at < len(lines) and not lines[at].startswith(_PROMPT):
            at += 1
        yield Command(text, block.line + begun, tuple(lines[shown:at]))


def _end(lines: list[str], at: int) -> int:
    """Return where the command that begins on a line ends: behind its open lines and the text that it is given."""
    while lines[at].endswith("\\"):
        at += 1
    if here := _HERE.search(lines[at]):
        at = lines.index(here[1], at)
    return at + 1


def holds(shown: tuple[str, ...], printed: str) -> bool:
    """Say whether a command printed what the page shows: a line ``...`` is any lines, ``...`` in a line any words."""
    return re.fullmatch("".join(map(_expression, shown)), _ended(printed)) is not None


def _expression(line: str) -> str:
    """Return the expression of a line: columns may be wider than they are shown, and so their rules."""
    if line.strip() == _ANY_LINES:
        return r"(?:[^\n]*\n)*"
    return "".join(map(_part, _PARTS.split(line.rstrip()))) + r"[ \t]*\n"


def _part(part: str) -> str:
    if _ANY_LINES in part:
        return r"[^\n]*"
    if part.startswith("--"):
        return "-{2,}"
    return " +" if part.isspace() and len(part) > 1 else re.escape(part)


def _ended(printed: str) -> str:
    """Return what was printed with its last line ended, and without the mark by which spreadsheets know UTF-8."""
    text = printed.removeprefix("\ufeff")
    return text if not text or text.endswith("\n") else f"{text}\n"
