"""The pages of reference: what stands between ``<!-- made: NAME -->`` is made from code and schema while Sphinx reads."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from inspect import isclass
from typing import Any, Final

import typer

import kg
from kg.base.language import Language, speaking, translated
from kg.base.schema import Words, schema
from kg.cli.app import INTERRUPTED, app
from kg.cli.ask import NO_ANSWER
from kg.cli.sources import SKIPPED
from kg.cli.verbatim import CANNOT_SAY
from kg.corpus.rules import RULES
from kg.graph.query import Parameter, named_queries

__all__ = ["PAGES", "filled", "setup"]

_HOLE: Final = re.compile(r"^<!-- made: ([\w-]+) -->$", re.MULTILINE)
_UPWARDS: Final = re.compile(r"\]\(((?:\.\./)+[\w./-]+)\)")
"""A link to a file further up, which may be none of the site."""

_BARE: Final = re.compile(r"[|<>*_\[\]]")
_CODE: Final = re.compile(r"(`[^`]*`)")

_BAR: Final = "\\|"

STATUSES: Final = (
    ("0", Words("已完成；`kg verify-quote`：是", "done; of `kg verify-quote`: yes")),
    (
        "1",
        Words(
            "出错，用一行说明哪里、什么、怎么改；图谱未得到证明或不合形状；`kg verify-quote`：否",
            "an error, one line that says what, where and how to mend it; a graph that is not proven or valid; of `kg verify-quote`: no",
        ),
    ),
    (
        "2",
        Words("用法不对：没有这个命令、选项或取值", "wrong usage: no such command, option or value"),
    ),
    (
        f"{SKIPPED}",
        Words(
            "`kg build`、`add`、`decide`：已完成，但有来源读不了（`--strict` 则停止）",
            "`kg build`, `add`, `decide`: done, but for sources that could not be read (`--strict` stops instead)",
        ),
    ),
    (f"{NO_ANSWER}", Words("`kg ask`：没有答案", "`kg ask`: no answer")),
    (
        f"{CANNOT_SAY}",
        Words(
            "`kg verify-quote`：无法断定，文本不在手边",
            "`kg verify-quote`: it cannot be said, for a text is not at hand",
        ),
    ),
    (
        f"{INTERRUPTED}",
        Words("被 Ctrl+C 停止；原有内容未变", "stopped by Ctrl+C; what was there before is unchanged"),
    ),
)
"""What the exit statuses of commands mean."""

Row = Sequence[str]


def setup(sphinx: Any) -> None:  # noqa: ANN401 - Sphinx need not be there to make the text
    """Fill the pages as they are read."""
    sphinx.connect("source-read", _read)


def _read(_sphinx: Any, name: str, source: list[str]) -> None:  # noqa: ANN401 - as Sphinx calls it
    source[0] = handed_out(filled(source[0]), name.count("/"))


def handed_out(text: str, depth: int) -> str:
    """Return a page with its links to files of the repository that are none of the site: such a file is handed out as it stands.

    Args:
        text: the page.
        depth: in how many folders of the site it lies.
    """
    return _UPWARDS.sub(
        lambda link: f"](path:{link[1]})" if link[1].count("../") > depth else link[0],
        text,
    )


def filled(text: str) -> str:
    """Return a page with what is made in its places.

    Raises:
        KeyError: nothing of that name is made.
    """
    return _HOLE.sub(lambda hole: PAGES[hole[1]](), text)


def plain(text: str) -> str:
    """Return text with the signs that Markdown or a table would obey written out; what stands in backticks stays code."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(
        part.replace("|", "\\|") if at % 2 else _BARE.sub(lambda sign: f"\\{sign[0]}", part)
        for at, part in enumerate(parts)
    )


def table(head: Row, rows: Sequence[Row]) -> str:
    """Return a table of Markdown; its cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def commands(language: Language) -> str:
    """Return every command with its arguments and options, as its help says them."""
    with speaking(language):
        return "\n".join(_commands())


def _commands() -> Iterator[str]:
    every: Any = typer.main.get_command(app)
    for name, command in every.commands.items():
        context = typer.Context(command, info_name=f"kg {name}")
        pieces = " ".join(command.collect_usage_pieces(context)).replace("[OPTIONS]", "").strip()
        yield f"## kg {name}\n"
        yield f"```text\nkg {name} {pieces}\n```\n"
        yield plain(translated(" ".join(command.help.split()))) + "\n"
        rows = []
        for parameter in command.params:
            parameter.help = translated(parameter.help or "")
            word, told = parameter.get_help_record(context)
            rows.append((f"`{word.replace('|', _BAR)}`", plain(told)))
        if rows:
            yield table(("", ""), rows)


def statuses(language: Language) -> str:
    """Return what the exit statuses of commands mean."""
    return table(("", ""), [(f"`{status}`", getattr(said, language)) for status, said in STATUSES])


def terms() -> str:
    """Return types, kinds, predicates and statuses of the schema, in both languages."""
    found = schema()
    predicates = [
        (
            f"`{name}`",
            _both(term.label),
            f"{', '.join(term.domain)} → {', '.join(term.range)}",
            f"{plain(term.comment.en)}<br>{plain(term.comment.zh)}",
            _traits(term),
        )
        for name, term in found.predicates.items()
    ]
    parts = (
        ("Types", _labelled(found.types)),
        ("Kinds of organizations", _labelled(found.kinds)),
        ("Relations", table(("", "label", "from → to", "meaning", ""), predicates)),
        ("Statuses", _labelled(found.statuses)),
        ("Derived from the official codes of places", _labelled(found.derived)),
    )
    return "\n".join(f"## {title}\n\n{text}" for title, text in parts)


def _labelled(found: Mapping[Any, Any]) -> str:
    rows = [
        (f"`{name}`", _both(term.label), f"{plain(term.comment.en)}<br>{plain(term.comment.zh)}")
        for name, term in found.items()
    ]
    return table(("", "label", "meaning"), rows)


def _both(words: Words) -> str:
    return f"{plain(words.en)}, {plain(words.zh)}"


def _traits(term: Any) -> str:  # noqa: ANN401 - a predicate of the schema
    said = {
        "holds both ways": term.symmetric,
        "has a role": term.takes_role,
        "may have an amount": term.takes_amount,
        "always asserted": not term.takes_status,
    }
    return ", ".join(word for word, holds in said.items() if holds)


def rules() -> str:
    """Return the rules by which entities of several articles are one."""
    rows = []
    for name, said in RULES.items():
        with speaking("zh"):
            rows.append((f"`{name}`", f"{plain(said)}<br>{plain(translated(name))}"))
    return table(("", "rests on"), rows)


def queries() -> str:
    """Return the named queries, what they answer, and their parameters."""
    return "\n".join(
        f"## {name}\n\n{plain(query.title['en'])}, {plain(query.title['zh'])}. {plain(query.description['en'])}\n\n"
        f"{plain(query.description['zh'])}\n\n{_parameters(query.parameters)}"
        for name, query in named_queries().items()
    )


def _parameters(found: Sequence[Parameter]) -> str:
    rows = [
        (
            f"`{each.name}`",
            each.kind,
            ", ".join(f"`{choice}`" for choice in each.choices) or f"`{each.example}`",
            "" if each.optional else "needed",
        )
        for each in found
    ]
    return table(("parameter", "kind", "as", ""), rows) if rows else ""


def python() -> str:
    """Return what Sphinx's own autodoc needs to document all that `kg` gives, and the rows of its answers."""
    told = map(
        _documented, (*(f"kg.{name}" for name in sorted(kg.__all__, key=_place)), "kg.graph.rows.Rows")
    )
    return "```{eval-rst}\n" + "\n".join(told) + "```\n"


def _place(name: str) -> tuple[int, str]:
    """Return where something is told: functions in the order of their file, then classes."""
    code = getattr(getattr(kg, name), "__code__", None)
    return (code.co_firstlineno if code else sys.maxsize, name)


def _documented(name: str) -> str:
    module, _, last = name.rpartition(".")
    found = getattr(import_module(module), last)
    if not isclass(found):
        return f".. autofunction:: {name}\n"
    if issubclass(found, Exception):
        return f".. autoexception:: {name}\n"
    fields = sorted(getattr(found, "__dataclass_fields__", ()))
    left_out = ", ".join((*fields, "of", "encode", "parse", "joined"))
    return f".. autoclass:: {name}\n   :members:\n   :exclude-members: {left_out}\n"


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "commands": partial(commands, "en"),
    "commands-zh": partial(commands, "zh"),
    "statuses": partial(statuses, "en"),
    "statuses-zh": partial(statuses, "zh"),
    "python": python,
    "rules": rules,
    "terms": terms,
    "queries": queries,
}
"""What can be made, by the name that stands in a page."""
