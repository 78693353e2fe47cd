"""The commands of `travelsec`, and the app that is made of those a command line needs."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from travelsec import __version__

COMMANDS = (
    "prepare",
    "incident",
    "card",
    "contacts",
    "debrief",
    "export",
    "review",
    "trips",
    "checklist",
    "guidance",
    "completion",
)
"""In the order of the help. Each is a module of `commands` with a function or an `app`."""

_HELP = "A security checklist for work equipment on the road: before a trip, away, and back."
_VARIABLES = (
    "TRAVELSEC_DATA_DIR names the folder for your trips, if it is not to be the usual one. "
    "TRAVELSEC_PACKS names folders of packs, as --pack does."
)


def build(arguments: Sequence[str]) -> typer.Typer:
    """Build the app for these arguments of the command line.

    A command that is named is built alone: making all of them, with all their options, takes a
    seventh of the time of `incident`, and that is for somebody in a hurry. For help and mistyped
    commands all are there.
    """
    app = typer.Typer(
        name="travelsec",
        no_args_is_help=True,
        # typer's scripts run what they read, or insert it without quoting: `completion` has others.
        add_completion=False,
        pretty_exceptions_enable=False,
        # Plain help and errors: no boxes for a screen reader to spell out, good at 60 columns,
        # and half the time to show them.
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help=_HELP, epilog=_VARIABLES, result_callback=_end)(_options)
    needed: Sequence[str] = COMMANDS
    if arguments:
        if arguments[0] in COMMANDS:
            needed = arguments[:1]
        elif arguments[0] == "--version":
            needed = ()
    for name in needed:
        module = import_module(f"travelsec.cli.commands.{name}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(getattr(module, name))
    return app


def _end(code: int, **_options: bool) -> None:
    """End with the exit code that a command returned: the parser would drop it."""
    raise typer.Exit(code)


def _print_version(context: typer.Context, value: bool) -> None:
    if value and not context.resilient_parsing:
        print(f"travelsec {__version__}")
        raise typer.Exit


def _install_completion(context: typer.Context, value: bool) -> None:
    if value and not context.resilient_parsing:
        from travelsec.cli.completion import install

        install()
        raise typer.Exit


def _show_completion(context: typer.Context, value: bool) -> None:
    if value and not context.resilient_parsing:
        from travelsec.cli.completion import current_shell, put_script

        put_script(current_shell())
        raise typer.Exit


def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
    install_completion: Annotated[
        bool,
        typer.Option(
            "--install-completion",
            callback=_install_completion,
            is_eager=True,
            help="Let the shell you are in complete commands, options and names.",
        ),
    ] = False,
    show_completion: Annotated[
        bool,
        typer.Option(
            "--show-completion",
            callback=_show_completion,
            is_eager=True,
            help="Print the script that does so.",
        ),
    ] = False,
) -> None:
    """Take the options that stand before a command."""
