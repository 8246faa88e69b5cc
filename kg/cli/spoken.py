"""The command line in the language of the one who runs it: ``--lang`` anywhere, help, usage, errors.

What the parser of arguments says itself goes through its own ``_``, as gettext has it; that is where it is met.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from contextlib import contextmanager
from functools import partial
from typing import IO, Any, Final

import typer
from typer.core import TyperGroup

from kg.base.language import LANGUAGES, choose, language, translated

__all__ = ["Commands", "LangOption"]

_OPTION: Final = "--lang"
_FIXED: Final = (
    ("Usage: ", "用法："),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND [ARGS]...", "命令 [参数]..."),
    ("Show this message and exit.", "显示此帮助并退出。"),
)
"""What the parser puts into usage and help without asking for its translation."""

_PARSERS: Final = ("click.", "typer.")


class Commands(TyperGroup):
    """All commands; chooses the language before it parses anything."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> Any:  # noqa: ANN401 - as its parent
        """Run a command in the language that ``--lang``, wherever it stands, or else the locale names."""
        words = list(sys.argv[1:] if args is None else args)
        choose(_taken(words))
        _listen()
        if language() != "en":
            _translate(self)
        return super().main(words, *more, **options)

    def make_context(self, *words: Any, **more: Any) -> Any:  # noqa: ANN401 - as its parent
        """Return the context of a run; what is wrong with its words is told in the language spoken."""
        with _telling():
            return super().make_context(*words, **more)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as its parent
        """Run a command; what is wrong with its words is told in the language spoken."""
        with _telling():
            return super().invoke(ctx)


def _taken(words: MutableSequence[str]) -> str | None:
    """Take the choice of a language out of the words of a command line, and return it; a wrong one stays, to be refused."""
    chosen = None
    at = 0
    while at < len(words) and words[at] != "--":
        name, equals, value = words[at].partition("=")
        if name == _OPTION and not equals and at + 1 < len(words):
            value = words[at + 1]
        if name == _OPTION and value in LANGUAGES:
            chosen = value
            del words[at : at + (1 if equals else 2)]
        else:
            at += 1
    return chosen


def _listen() -> None:
    """Let what the parser says pass through the catalogue; what it says in English stays as it is."""
    for name, module in list(sys.modules.items()):
        said: Any = getattr(module, "_", None) if name.startswith(_PARSERS) else None
        if getattr(said, "__module__", "") == "gettext":
            module._ = _through(said)  # type: ignore[attr-defined]


def _through(said: Callable[[str], str]) -> Callable[[str], str]:
    return lambda message: translated(said(message))


def _translate(command: Any) -> None:  # noqa: ANN401 - the parser's own types are not typer's to give
    """Put the help of a command, of its parameters and of the commands below it into the language spoken."""
    command.help = translated(" ".join((command.help or "").split()))
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = translated(parameter.help)
    made = command.get_help
    command.get_help = lambda context: _plain(made(context))
    for below in getattr(command, "commands", {}).values():
        _translate(below)


@contextmanager
def _telling() -> Iterator[None]:
    """Let mistakes in the words of a command line be shown in the language spoken."""
    try:
        yield
    except Exception as error:
        if language() != "en" and hasattr(error, "show") and hasattr(error, "format_message"):
            error.show = partial(_show, error)
        raise


def _show(error: Any, file: IO[str] | None = None) -> None:  # noqa: ANN401 - the parser's own types are not typer's to give
    context = getattr(error, "ctx", None)
    if context is not None:
        typer.echo(_plain(context.get_usage()), file=file, err=file is None)
        hint = translated(f"Try '{context.command_path} {context.help_option_names[0]}' for help.")
        typer.echo(f"{hint}\n", file=file, err=file is None)
    typer.echo(translated(f"Error: {error.format_message()}"), file=file, err=file is None)


def _plain(text: str) -> str:
    """Return usage or help with the words that the parser puts there itself."""
    for english, chinese in _FIXED:
        text = text.replace(english, chinese)
    return text


LangOption = typer.Option(
    _OPTION,
    metavar=f"[{'|'.join(LANGUAGES)}]",
    help="Speak Chinese or English; default: as the locale has it.",
)
"""Stands in the help and refuses what is no language; what is one has been taken before."""
