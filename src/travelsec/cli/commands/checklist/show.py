"""`travelsec checklist show`: show an entry of the packs in full."""

from __future__ import annotations

from typing import Annotated

import typer

from travelsec.cli.completers import complete_entry
from travelsec.cli.exit_codes import READY
from travelsec.cli.options import (
    PackOption,
    PlainOption,
    TextOrJsonOption,
    load_packs,
    wants_json,
)
from travelsec.cli.output import print_document, print_json
from travelsec.results import checklist as results
from travelsec.results import checklist_outline as outline
from travelsec.results.checklist_entries import entries, named


def show(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            autocompletion=complete_entry,
            help="An item, question, situation, contact, checklist or page; without it, all.",
        ),
    ] = None,
    format_: TextOrJsonOption = "text",
    pack: PackOption = None,
    plain: PlainOption = False,
) -> int:
    """Show an entry of the packs in full: its texts, who it is for, and its sources."""
    in_json = wants_json(format_)
    packs = load_packs(pack)
    chosen = list(entries(packs))
    if name is not None:
        chosen = named(chosen, name)
    if in_json:
        print_json(results.listed_entries([entry.data() for entry in chosen]))
    else:
        content = (block for entry in chosen for block in outline.entry(entry, packs))
        print_document(content, plain=plain, whole_words=True)
    return READY
