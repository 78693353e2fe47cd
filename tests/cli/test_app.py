"""Every command is a module of `cli.commands` that takes options in and returns an exit code."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from tests.cli.command import run
from travelsec.cli import commands
from travelsec.cli.app import build_app
from travelsec.cli.command_list import COMMANDS

FOLDER = Path(commands.__file__).parent
ENDINGS = {"Exit", "SystemExit", "exit", "_exit", "Abort"}
"""Names that end the process; only `cli.main` and the app that it builds may."""


def callbacks(app: typer.Typer, group: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield each command of an app and of the groups in it, with its function."""
    for command in app.registered_commands:
        assert command.callback is not None
        yield f"{group} {command.name}".strip(), command.callback
    for inner in app.registered_groups:
        assert inner.typer_instance is not None
        yield from callbacks(inner.typer_instance, str(inner.name))


CALLBACKS = {name: command for named in COMMANDS for name, command in callbacks(build_app([named]))}


def test_every_module_is_a_command() -> None:
    """And the other way round: what the help lists has a file of its name."""
    there = {path.stem for path in FOLDER.iterdir() if not path.name.startswith("_")}
    assert there == set(COMMANDS) == {name.split()[0] for name in CALLBACKS}


@pytest.mark.parametrize("name", CALLBACKS)
def test_a_command_returns_its_exit_code(name: str) -> None:
    command = CALLBACKS[name]
    assert command.__module__.startswith(f"travelsec.cli.commands.{name.split()[0]}")
    assert inspect.signature(command, eval_str=True).return_annotation is int
    assert command.__doc__ or name in COMMANDS


@pytest.mark.parametrize("name", sorted(CALLBACKS.keys() & COMMANDS.keys()))
def test_the_help_of_a_command_is_its_summary_and_then_its_docstring(name: str) -> None:
    """The summary is written once: the list of commands shows it without importing any."""
    docstring = inspect.getdoc(CALLBACKS[name])
    expected = f"{COMMANDS[name]}\n\n{docstring}" if docstring else COMMANDS[name]
    app: Any = get_command(build_app([name]))
    assert app.commands[name].help == expected


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.py")), ids=lambda path: path.name)
def test_a_command_does_not_end_the_process(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    used |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not used & ENDINGS


def test_help_names_every_command(tmp_path: Path) -> None:
    """All of them, and nothing else."""
    shown = run("--help", folder=tmp_path)
    assert shown.code == 0
    listed = shown.out.partition("Commands:")[2]
    assert sorted(re.findall(r"^  ([a-z]+)  ", listed, re.MULTILINE)) == sorted(COMMANDS)
    assert run("-h", folder=tmp_path).out == shown.out


def parameters(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield each argument and option of a command and of those below it, with its path."""
    yield from ((f"{path} {parameter.name}", parameter) for parameter in command.params)
    for name, below in getattr(command, "commands", {}).items():
        yield from parameters(below, f"{path} {name}")


def test_every_argument_and_option_has_a_help_text() -> None:
    """Of every command, and of every command below one."""
    found = {
        path: parameter
        for name in COMMANDS
        for path, parameter in parameters(get_command(build_app([name])), "travelsec")
    }
    assert len(found) > 100
    assert [path for path, parameter in found.items() if not parameter.help] == []


def test_a_command_behind_two_hyphens_is_run(tmp_path: Path) -> None:
    """Only the command that is named is built, so it has to be found there too."""
    assert run("--", "contacts", folder=tmp_path) == run("contacts", folder=tmp_path)
