"""The formats a report can be written in, by name and by the ending of a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from travelsec.problems import UserError, allowed
from travelsec.report import json, markdown, text
from travelsec.report.model import Report

FORMATS: dict[str, Callable[[Report], str]] = {
    "json": json.render,
    "md": markdown.render,
    "txt": text.render,
}


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
