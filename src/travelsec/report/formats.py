"""The formats a report can be written in, by name and by the ending of a file."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from travelsec.problems import UserError, allowed
from travelsec.report.model import Report

# Each module has `render(report) -> str`. By name, so that a script that wants JSON does not
# wait for the others to be imported.
FORMATS = {
    "json": "travelsec.report.json",
    "md": "travelsec.report.markdown",
    "txt": "travelsec.report.text",
}


def render(name: str, report: Report) -> str:
    """Return the report in the format of this name, one of `FORMATS`."""
    text: str = import_module(FORMATS[name]).render(report)
    return text


def check(name: str) -> None:
    """Make sure that there is a format of this name.

    Raises:
        UserError: there is none.
    """
    if name not in FORMATS:
        raise UserError(f"there is no format “{name}”{allowed(FORMATS, name)}")


def of_file(path: Path) -> str:
    """Return the name of the format that the file's ending asks for.

    Raises:
        UserError: no format has this ending.
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise UserError(
            f"{path}: the ending of the file names no format{allowed(FORMATS, ending or None)}"
        )
    return ending
