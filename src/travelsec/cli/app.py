"""The app, made of the commands that a command line needs."""

# No `annotations` from `__future__`: typer would have to compile each of them at every start.

import inspect
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from travelsec import __version__
from travelsec.cli import help_text
from travelsec.cli.command_list import COMMANDS

_HELP = "A security checklist for work equipment on the road: before a trip, away, and back."
_VARIABLES = (
    "TRAVELSEC_DATA_DIR names the folder for your trips, if it is not to be the usual one. "
    "TRAVELSEC_PACKS names packs, as --pack does."
)


def build_app(arguments: Sequence[str]) -> typer.Typer:
    """Build the app for these arguments of the command line.

    A command that is named is built alone, as importing the others takes longer than running it.
    Help, and the hint at a mistyped command, need only the names and summaries.
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
    first = next((word for word in arguments[:2] if word != "--"), "")
    if first not in COMMANDS:
        for name, summary in COMMANDS.items():
            app.command(name, help=summary)(_only_listed)
        return app
    module = import_module(f"travelsec.cli.commands.{first}")
    if hasattr(module, "app"):
        for command in module.app.registered_commands:
            command.cls = help_text.Command
        app.add_typer(module.app, name=first, help=COMMANDS[first], cls=help_text.Group)
    else:
        function = getattr(module, first)
        text = "\n\n".join(filter(None, (COMMANDS[first], inspect.getdoc(function))))
        kind = help_text.IncidentCommand if first == "incident" else help_text.Command
        app.command(first, cls=kind, help=text)(function)
    return app


def _only_listed() -> None:
    """Stand for a command in the help."""


def _end(code: int, **_options: bool) -> None:
    """End with the exit code that a command returned: the parser would drop it."""
    raise typer.Exit(code)


def _flag(name: str, act: Callable[[], None], text: str) -> Any:
    """Return an option that does something at once, and then ends the command."""

    def callback(context: typer.Context, value: bool) -> None:
        if value and not context.resilient_parsing:
            act()
            raise typer.Exit

    return typer.Option(name, callback=callback, is_eager=True, help=text)


def _print_version() -> None:
    print(f"travelsec {__version__}")


def _install_completion() -> None:
    from travelsec.cli.completion import install

    install()


def _show_completion() -> None:
    from travelsec.cli.completion import detect_shell, put_script

    put_script(detect_shell()[0])


_Version = Annotated[bool, _flag("--version", _print_version, "Show the version and exit.")]
_Install = Annotated[
    bool,
    _flag(
        "--install-completion",
        _install_completion,
        "Let the shell you are in complete commands, options and names.",
    ),
]
_Show = Annotated[
    bool, _flag("--show-completion", _show_completion, "Print the script that does so.")
]


def _options(
    version: _Version = False, install_completion: _Install = False, show_completion: _Show = False
) -> None:
    """Take the options that stand before a command."""
