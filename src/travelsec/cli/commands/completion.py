"""`travelsec completion`: print the script that lets a shell complete."""

from __future__ import annotations

from typing import Annotated

import typer

from travelsec.cli.completers import one_of
from travelsec.cli.completion import SCRIPTS, put_script
from travelsec.cli.exit_codes import READY


def completion(
    shell: Annotated[
        str,
        typer.Argument(
            metavar="SHELL",
            help="bash, zsh, fish or powershell.",
            autocompletion=one_of(SCRIPTS),
        ),
    ],
) -> int:
    """For packagers, and for people who keep such scripts in a place of their own:
    --install-completion puts it where your shell reads it.
    """
    put_script(shell)
    return READY
