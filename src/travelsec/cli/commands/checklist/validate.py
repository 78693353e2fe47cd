"""`travelsec checklist validate`: find errors and probable mistakes in packs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from travelsec.cli.completers import complete_pack
from travelsec.cli.exit_codes import NO, READY
from travelsec.cli.options import format_option
from travelsec.formats import FINDING_FORMATS
from travelsec.pack.folder import pack_folder
from travelsec.problems import Place, Problem, UserError
from travelsec.wording import count


def validate(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[DIR|NAME]...",
            autocompletion=complete_pack,
            parser=pack_folder,
            help="Folders of packs, or names of optional ones, each on top of those before it and "
            "the bundled one.",
        ),
    ] = None,
    format_: Annotated[
        str, format_option(FINDING_FORMATS, more="github is for the log of a GitHub workflow.")
    ] = FINDING_FORMATS.default,
) -> int:
    """Check packs: every error and every warning, each with its file, line and column.

    Checks only the folders you name, on top of the bundled pack, and ignores TRAVELSEC_PACKS. Exit
    code 1 if there is an error: the packs would not load. A warning is worth a look.
    """
    from travelsec.pack.check import check
    from travelsec.pack.lint import lint
    from travelsec.pack.lint.subject import Finding

    chosen = FINDING_FORMATS.find(format_)
    checked = check(_overlays(folders or []))
    errors = [Finding("error", problem) for problem in checked.problems]
    ignored = [Finding("not-read", problem) for problem in _not_read(folders or [])]
    # Sorting keeps the order of findings at the same place.
    findings = [*errors, *ignored, *lint(checked)]
    findings.sort(key=lambda finding: finding.problem.place)
    print(chosen.load().render(findings, checked.files), end="")
    counts = [
        count(sum(finding.problem.severity == severity for finding in findings), severity)
        for severity in ("error", "warning")
    ]
    print(f"{', '.join(counts)} in {count(len(checked.files), 'file')}", file=sys.stderr)
    return NO if errors else READY


def _overlays(folders: Sequence[Path]) -> list[Path]:
    """Return the folders without the bundled one, which is checked anyway.

    Raises:
        UserError: one does not exist.
    """
    from travelsec import files
    from travelsec.pack.folder import bundled_folder, no_such_folder

    for folder in folders:
        if not files.is_folder(folder):
            fault = "this is not a folder" if files.exists(folder) else no_such_folder(folder)
            raise UserError(f"{folder}: {fault}")
    return [folder for folder in folders if not folder.samefile(bundled_folder())]


def _not_read(folders: Sequence[Path]) -> Iterator[Problem]:
    """Yield a warning for each YAML file whose ending keeps it from being read."""

    for folder in folders:
        for path in sorted(folder.rglob("*.yml")):
            text = "this file is not read: its name must end in .yaml"
            yield Problem(Place(str(path)), text, "warning")
