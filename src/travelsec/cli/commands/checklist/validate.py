"""`travelsec checklist validate`: find errors and probable mistakes in packs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from travelsec.cli.completers import complete_pack
from travelsec.cli.exit_codes import NO, READY
from travelsec.cli.options import format_option
from travelsec.formats import FINDING_FORMATS
from travelsec.pack.folder import pack_folder
from travelsec.problems import UserError
from travelsec.wording import count


def validate(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[DIR|NAME]...",
            autocompletion=complete_pack,
            parser=pack_folder,
            help="Folders of packs (or a file in each), or names of optional packs, each on top of "
            "those before it and the bundled one.",
        ),
    ] = None,
    format_: Annotated[
        str, format_option(FINDING_FORMATS, more="github is for the log of a GitHub workflow.")
    ] = FINDING_FORMATS.default,
) -> int:
    """Check packs: every error and every warning, each with its file, line and column.

    Checks only the folders you name, on top of the bundled pack, and ignores TRAVELSEC_PACKS. A
    file you name stands for its pack: the nearest folder above with the entry “pack:”. Exit
    code 1 if there is an error: the packs would not load. A warning is worth a look.
    """
    from travelsec.pack.check import check_packs
    from travelsec.pack.folder import bundled_folder
    from travelsec.pack.lint import find_all

    chosen = FINDING_FORMATS.find(format_)
    folders = _folders(folders or [])
    checked = check_packs([folder for folder in folders if not folder.samefile(bundled_folder())])
    findings = find_all(checked, folders)
    print(chosen.load().render(findings, checked.files), end="")
    counts = [
        count(sum(finding.problem.severity == severity for finding in findings), severity)
        for severity in ("error", "warning")
    ]
    print(f"{', '.join(counts)} in {count(len(checked.files), 'file')}", file=sys.stderr)
    return NO if checked.problems else READY


def _folders(paths: Sequence[Path]) -> list[Path]:
    """Return the folders, each once, with that of its pack for each file.

    Raises:
        UserError: one does not exist, or is not a file of a pack.
    """
    from travelsec import files

    folders: list[Path] = []
    for path in paths:
        folder = path if files.is_folder(path) else _pack_of(path)
        if not any(folder.samefile(other) for other in folders):
            folders.append(folder)
    return folders


def _pack_of(path: Path) -> Path:
    """Return the folder of the pack of a file, and say so."""
    from travelsec import files
    from travelsec.pack.folder import folder_of, no_such_folder

    if not files.exists(path):
        raise UserError(f"{path}: {no_such_folder(path)}")
    if path.suffix != ".yaml" or not path.is_file():
        raise UserError(f"{path}: this is not a folder, nor a file that ends in .yaml")
    folder = folder_of(path)
    if folder is None:
        raise UserError(
            f"{path}: this is not a folder, and no folder above it has a file with the entry "
            "“pack:”: name the folder of the pack"
        )
    print(f"{path} is checked with its whole pack, {folder}", file=sys.stderr)
    return folder
