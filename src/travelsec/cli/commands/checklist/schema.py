"""`travelsec checklist schema`: print the JSON Schema of a kind of file."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Any

import typer

from travelsec.cli.completers import one_of
from travelsec.cli.exit_codes import READY
from travelsec.cli.options import ForceOption, PackOption, load_packs, output_option
from travelsec.cli.output import write_or_print
from travelsec.problems import UserError, allowed
from travelsec.schema.kinds import JSON_FILES
from travelsec.wording import join_words

KINDS = ("pack", "answers", "starter", *JSON_FILES)
"""What is read, and what is written by the name in its field `schema`."""


def schema(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[KIND]",
            help=f"{join_words(KINDS, 'or')}.",
            autocompletion=one_of(KINDS),
        ),
    ] = "pack",
    output: Annotated[
        Path | None, output_option("Write it to this file, not to the screen.")
    ] = None,
    force: ForceOption = False,
    pack: PackOption = None,
) -> int:
    """Print the JSON Schema of a kind of file or result, for editors and other programs.

    The schemas of what travelsec reads are never stricter than travelsec, which checks more;
    those of answers files, and of a line of a batch (starter), have the questions and items of
    the packs. What travelsec prints as JSON names its kind in the field schema: travelsec.trips/1
    has the schema trips. Two have no such field: the list that checklist validate prints, and a
    line of JSON Lines, which is a Reviewed of the schema review or a BatchLine of batch.
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
        raise UserError(f"there is no schema of “{kind}”{allowed(KINDS, kind, most=math.inf)}")
    if kind == "pack":
        return pack.pack()
    if kind in ("answers", "starter"):
        make = answers.answers if kind == "answers" else answers.starter
        return make(load_packs(packs))
    return json_files.json_file(kind)
