"""`travelsec checklist schema`: the JSON Schema of a kind of file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from travelsec.cli.completers import complete_file, one_of
from travelsec.cli.exit_codes import READY
from travelsec.cli.messages import inform
from travelsec.cli.options import PackOption, load_packs

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = ("pack", "answers", "report", "decision", "review")


def schema(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[pack|answers|report|decision|review]",
            help="The kind of file.",
            autocompletion=one_of(KINDS),
        ),
    ] = "pack",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help="Write it here, not to the screen.",
            autocompletion=complete_file,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    pack: PackOption = None,
) -> int:
    """Print the JSON Schema of a kind of file, for editors and other programs.

    That of answers files is made for the questions and items of the packs. An editor completes
    names and marks mistakes with it; it is never stricter than travelsec, which checks more.
    """
    import json

    from travelsec import files
    from travelsec.cli.prompts import check_output
    from travelsec.safe_text import json_bytes

    text = json.dumps(_maker(kind)(pack), indent=2, ensure_ascii=False)
    content = json_bytes(text.encode()) + b"\n"
    if output is None:
        # Bytes, so that every system gives the same UTF-8 and the same line ends.
        sys.stdout.buffer.write(content)
        return READY
    force = check_output(output, force=force)
    files.write(output, content, force=force)
    inform(f"The schema is in {output}")
    return READY


def _maker(kind: str) -> Callable[[list[Path] | None], dict[str, Any]]:
    from travelsec.problems import UserError, allowed
    from travelsec.schema import answers, decision, pack, report, review

    makers: dict[str, Callable[[list[Path] | None], dict[str, Any]]] = {
        "pack": lambda _: pack.pack(),
        "answers": lambda given: answers.answers(load_packs(given)),
        "report": lambda _: report.report(),
        "decision": lambda _: decision.decision(),
        "review": lambda _: review.review(),
    }
    if kind not in makers:
        raise UserError(f"there is no schema of “{kind}”{allowed(KINDS, kind)}")
    return makers[kind]
