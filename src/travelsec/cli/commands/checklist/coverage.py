"""`travelsec checklist coverage`: show which duties of the guidance the packs carry."""

from __future__ import annotations

from typing import Annotated

import typer

from travelsec.cli.exit_codes import NO, READY
from travelsec.cli.options import PackOption, PlainOption, format_option, load_packs
from travelsec.cli.output import print_text_or_blocks
from travelsec.formats import COVERAGE_FORMATS, TEXT_OR_JSON
from travelsec.guidance.coverage import coverage as coverage_of
from travelsec.guidance.coverage import uncarried, without_index
from travelsec.problems import UserError


def coverage(
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Every statement: what carries it, its level, and why they differ."
        ),
    ] = False,
    format_: Annotated[str, format_option(COVERAGE_FORMATS)] = COVERAGE_FORMATS.default,
    pack: PackOption = None,
    plain: PlainOption = False,
) -> int:
    """Show what cites each duty of the guidance.

    Exit code 1 if nothing that people act on cites one: no item, no step of a situation, and no
    question that decides whether one of them applies. A contact alone does not carry a duty.
    """
    chosen = COVERAGE_FORMATS.find(format_)
    if explain and format_ not in TEXT_OR_JSON.names:
        raise UserError(f"--explain is for {TEXT_OR_JSON.choices()}: leave out --format {format_}")
    packs = load_packs(pack)
    pages = coverage_of(packs)
    if explain:
        from travelsec.guidance import fidelity

        content = chosen.load().fidelity(fidelity.explain(packs))
    else:
        content = chosen.load().coverage(pages, without_index(packs))
    print_text_or_blocks(content, plain=plain)
    return NO if uncarried(pages) else READY
