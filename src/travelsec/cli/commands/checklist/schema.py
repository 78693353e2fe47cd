"""`travelsec checklist schema`: print the JSON Schema of a kind of file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from travelsec.cli.completers import one_of
from travelsec.cli.exit_codes import READY
from travelsec.cli.options import ForceOption, PackOption, load_packs, output_option
from travelsec.cli.output import write_or_print
from travelsec.problems import UserError, allowed

KINDS = ("pack", "answers", "report", "decision", "review", "diff")


def schema(
    kind: Annotated[
        str,
        typer.Argument(
            metavar=f"[{'|'.join(KINDS)}]", help="The kind of file.", autocompletion=one_of(KINDS)
        ),
    ] = "pack",
    output: Annotated[
        Path | None, output_option("Write it to this file, not to the screen.")
    ] = None,
    force: ForceOption = False,
    pack: PackOption = None,
) -> int:
    """Print the JSON Schema of a kind of file, for editors and other programs.

    The schema of answers files has the questions and items of the packs. Editors complete names
    and mark mistakes with it. It is never stricter than travelsec, which checks more.
    """
    import json

    from travelsec.cli.prompts import check_output
    from travelsec.safe_text import json_bytes

    text = json.dumps(_make(kind, pack), indent=2, ensure_ascii=False)
    content = json_bytes(text.encode()) + b"\n"
    if output is not None:
        force = check_output(output, force=force)
    write_or_print(content, output, "schema", force=force)
    return READY


def _make(kind: str, packs: list[Path] | None) -> dict[str, Any]:
    from travelsec.schema import answers, json_files, pack

    if kind not in KINDS:
        raise UserError(f"there is no schema of “{kind}”{allowed(KINDS, kind)}")
    if kind == "pack":
        return pack.pack()
    if kind == "answers":
        return answers.answers(load_packs(packs))
    return json_files.json_file(kind)
