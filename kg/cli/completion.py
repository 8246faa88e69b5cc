"""The command ``kg completion``: what a shell needs to complete commands, options and their words."""

from __future__ import annotations

import os
from typing import Annotated, Final

import typer

from kg.base.language import say
from kg.cli.streams import print_text

__all__ = ["prepare", "register"]

_SHELLS: Final = ("bash", "zsh", "fish", "powershell")
_ASKED: Final = "_KG_COMPLETE"
"""The variable by which a shell asks for completions, as the library has it."""


def register(app: typer.Typer) -> None:
    """Add the command ``completion``."""
    app.command()(completion)


def _begun(incomplete: str) -> list[str]:
    return [shell for shell in _SHELLS if shell.startswith(incomplete)]


def completion(
    shell: Annotated[
        str,
        typer.Argument(
            metavar="SHELL", help="The shell: bash, zsh, fish or powershell.", autocompletion=_begun
        ),
    ],
) -> None:
    """Print what completes kg in a shell: `kg completion bash >> ~/.bashrc`."""
    from typer._completion_shared import get_completion_script

    if shell not in _SHELLS:
        raise typer.BadParameter(say("give one of {known}", known=" ".join(_SHELLS)), param_hint="SHELL")
    print_text(get_completion_script(prog_name="kg", complete_var=_ASKED, shell=shell) + "\n", data=True)


def prepare() -> None:
    """Make ready to answer a shell that asks for completions; for all others do nothing."""
    if _ASKED in os.environ:
        from typer._completion_classes import completion_init

        completion_init()
