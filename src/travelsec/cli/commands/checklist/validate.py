"""`travelsec checklist validate`: every fault of packs, and what is likely not meant."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travelsec.cli.commands.checklist.output import check_word
from travelsec.cli.completers import complete_folder
from travelsec.cli.exit_codes import NO, READY
from travelsec.wording import count

if TYPE_CHECKING:
    from travelsec.pack.lint.subject import Finding
    from travelsec.problems import Problem


def validate(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[DIR]...",
            autocompletion=complete_folder,
            help="Folders of packs, each laid over those before it and the bundled one.",
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="text (the default), json, or github for its log.",
            autocompletion=lambda: list(_FORMATS),
        ),
    ] = "text",
) -> int:
    """Check packs: every error and every warning, each with its file, line and column.

    Only what is named is checked, on top of the bundled pack; TRAVELSEC_PACKS is not read. Exit
    code 1 if there is an error: the packs would not load. A warning is worth a look.
    """
    from travelsec.pack.check import check
    from travelsec.pack.lint import lint
    from travelsec.pack.lint.subject import Finding

    check_word("--format", format_, tuple(_FORMATS))
    checked = check(_overlays(folders or []))
    errors = [Finding("error", problem) for problem in checked.problems]
    ignored = [Finding("not-read", problem) for problem in _not_read(folders or [])]
    # Sorting keeps the order of what stands at one place.
    found = sorted([*errors, *ignored, *lint(checked)], key=lambda finding: finding.problem.place)
    for text in _FORMATS[format_](found):
        print(text)
    counts = [
        count(sum(finding.problem.severity == severity for finding in found), severity)
        for severity in ("error", "warning")
    ]
    print(f"{', '.join(counts)} in {count(len(checked.files), 'file')}", file=sys.stderr)
    return NO if errors else READY


def _overlays(folders: Sequence[Path]) -> list[Path]:
    """Return the folders but for the bundled one, which is at the bottom already.

    Raises:
        UserError: one is not there.
    """
    from travelsec import files
    from travelsec.pack.folder import bundled_folder
    from travelsec.problems import UserError

    for folder in folders:
        if not files.is_folder(folder):
            what = "this is no folder" if files.exists(folder) else "there is no such folder"
            raise UserError(f"{folder}: {what}")
    return [folder for folder in folders if not folder.samefile(bundled_folder())]


def _not_read(folders: Sequence[Path]) -> Iterator[Problem]:
    """Yield a warning for each file whose ending tells that it was meant to be read."""
    from travelsec.problems import Place, Problem

    for folder in folders:
        for path in sorted(folder.rglob("*.yml")):
            text = "this file is not read: its name must end in .yaml"
            yield Problem(Place(str(path)), text, "warning")


def _text(found: Sequence[Finding]) -> Iterator[str]:
    from travelsec.safe_text import line

    for _, problem in found:
        yield line(f"{problem.place}: {problem.severity}: {problem.text}")


def _json(found: Sequence[Finding]) -> Iterator[str]:
    import json

    content = [
        {
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column,
            "severity": problem.severity,
            "code": code,
            "text": problem.text,
        }
        for code, problem in found
    ]
    yield json.dumps(content, indent=2)


def _github(found: Sequence[Finding]) -> Iterator[str]:
    """Yield workflow commands: GitHub shows them at the lines of a pull request."""
    from travelsec.safe_text import line

    for _, problem in found:
        file, row, column = problem.place
        where = f"file={_property(line(file))}"
        if row:
            where += f",line={row},col={column}"
        yield f"::{problem.severity} {where}::{_data(line(problem.text))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_FORMATS: dict[str, Callable[[Sequence[Finding]], Iterator[str]]] = {
    "text": _text,
    "json": _json,
    "github": _github,
}
