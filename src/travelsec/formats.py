"""Formats that something can be written in, by name and by the ending of a file."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from travelsec.problems import UserError, allowed

BINARY = ("pdf",)
"""Formats that are no text: they go to a file, never to a terminal."""


def contradiction(name: str, output: Path) -> UserError:
    """Return what is wrong if a file's ending names another format than the one asked for.

    Whoever opens a page that is none sees its source, or nothing.
    """
    return UserError(
        f"--format says {name}, and the ending of {output} says another: "
        "leave --format out, or give the file another ending"
    )


class Formats(NamedTuple):
    """The formats of one kind of document.

    `modules` maps a format's name, which is also the ending of its files, to a module with
    `render(subject) -> str | bytes`. By name, so that a script that wants JSON does not wait
    for the others to be imported.
    """

    modules: Mapping[str, str]

    def render(self, name: str, subject: Any) -> bytes:
        """Return the subject in the format of this name; text is UTF-8.

        Raises:
            UserError: what makes the format is not installed.
        """
        made: str | bytes = import_module(self.modules[name]).render(subject)
        return made if isinstance(made, bytes) else made.encode()

    def check(self, name: str) -> None:
        """Make sure that there is a format of this name.

        Raises:
            UserError: there is none.
        """
        if name not in self.modules:
            raise UserError(f"there is no format “{name}”{allowed(self.modules, name)}")

    def check_printable(self, name: str, *, in_terminal: bool) -> None:
        """Make sure that there is a format of this name, and that it can be printed.

        Args:
            name: the name.
            in_terminal: people would see it; else it goes to a file or to another program.

        Raises:
            UserError: there is none, or it would upset the terminal.
        """
        self.check(name)
        if name in BINARY and in_terminal:
            raise UserError(f"a terminal cannot show {name.upper()}: add --output FILE.{name}")

    def of_file(self, path: Path) -> str:
        """Return the name of the format that the file's ending asks for.

        Raises:
            UserError: no format has this ending.
        """
        ending = path.suffix.lower().removeprefix(".")
        if ending not in self.modules:
            known = allowed(self.modules, ending or None)
            raise UserError(f"{path}: the ending of the file names no format{known}")
        return ending

    def choose(self, name: str | None, output: Path | None, *, in_terminal: bool) -> str:
        """Return the format: the one named, else that of the file's ending, else plain text.

        Args:
            name: the format that was asked for, if any.
            output: the file to write, if any.
            in_terminal: without a file, people would see it.

        Raises:
            UserError: there is no such format, the two contradict each other, or it would be
                printed and cannot be.
        """
        if name is not None:
            self.check(name)
        if output is not None:
            if name is None:
                return self.of_file(output)
            if output.suffix.lower().removeprefix(".") in {*self.modules} - {name}:
                raise contradiction(name, output)
            return name
        self.check_printable(name or "txt", in_terminal=in_terminal)
        return name or "txt"
