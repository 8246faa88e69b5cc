"""The command line: reads arguments, calls one function, prints. Heavy imports happen on use."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated, Final, NoReturn

import typer

from kg.base.errors import KgError
from kg.base.garbage import SELDOM
from kg.base.language import LANGUAGES, say, told
from kg.cli import completion
from kg.cli.spoken import Commands, LangOption
from kg.cli.streams import hold, tell, tell_failure
from kg.version import __version__

__all__ = ["COMMANDS", "app_of", "main", "run"]

COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "build": ("build",),
    "corpus": ("add", "remove"),
    "spark": ("spark",),
    "decide": ("same", "apart", "confirm", "reject", "undo", "decide"),
    "review": ("review",),
    "ask": ("ask", "query", "queries", "explain", "path"),
    "dossier": ("dossier",),
    "check": ("verify", "validate"),
    "verbatim": ("verify-quote",),
    "export": ("export",),
    "knowledge": ("patterns", "check"),
    "learn": ("score", "train", "why-not"),
    "annotate": ("annotate",),
    "serve": ("serve", "load"),
    "assistant": ("mcp",),
    "completion": ("completion",),
}
"""The modules of commands in the order of ``kg --help``, and the commands that each adds with ``register``."""

INTERRUPTED: Final = 130
"""Exit status after Ctrl-C, as shells have it."""


def app_of(words: Sequence[str]) -> typer.Typer:
    """Return the command line for some words: with all commands, or only with those of the module that the first word names.

    To load and make ready all the others is a fortieth of a cold start.
    """
    made = typer.Typer(
        name="kg",
        cls=Commands,
        help="Chinese news and government articles into a knowledge graph whose every edge quotes its words.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback(invoke_without_command=True)(_root)
    asked = [name for name, commands in COMMANDS.items() if words and words[0] in commands]
    for name in asked or COMMANDS:
        import_module(f"kg.cli.{name}").register(made)
    return made


def __getattr__(name: str) -> typer.Typer:
    """Return ``app``, the command line with all commands, made when it is first asked for."""
    if name != "app":
        raise AttributeError(name)
    made: typer.Typer = globals().setdefault("app", app_of(()))
    return made


def run() -> NoReturn:
    """Run the command line and end at once: taking the tagger's model apart would cost a tenth of a second."""
    gc.set_threshold(*SELDOM)
    try:
        main()
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # a full disk, or a reader that has gone
        status = status or 1
    os._exit(status)


def main() -> NoReturn:
    """Run the command line; an error a user can mend is one line on standard error and exit status 1."""
    hold()
    completion.prepare()
    try:
        app_of(sys.argv[1:])(standalone_mode=True)
    except KgError as error:
        tell_failure(told(error))
    except SystemExit as stop:
        if stop.code == INTERRUPTED:  # click has caught Ctrl-C, and ends without a word
            tell_failure(say("stopped; what was there before is unchanged"), INTERRUPTED)
        raise
    except BrokenPipeError:
        # The reader of our output has gone (`kg query ... | head`); nothing more to say, and nowhere to say it.
        sys.stderr.close()
        raise SystemExit(0) from None
    except OSError as error:
        tell_failure(f"{error.filename or 'output'}: {error.strerror or error}")
    except UnicodeEncodeError:
        tell_failure(say("the words of the command are no text: they hold bytes that are no UTF-8"))
    except MemoryError:
        tell_failure(say("out of memory: give fewer or smaller articles at once"))
    raise SystemExit(0)


def _root(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    lang: Annotated[str | None, LangOption] = None,
) -> None:
    if lang is not None:
        raise typer.BadParameter(say("give one of {known}", known=" ".join(LANGUAGES)), param_hint="--lang")
    if show_version:
        tell(f"kg {__version__}")
        raise typer.Exit
