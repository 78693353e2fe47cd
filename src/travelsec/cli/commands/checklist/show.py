"""`travelsec checklist show`: show an entry of the packs in full."""

from __future__ import annotations

from typing import Annotated

import typer

from travelsec.cli.commands.checklist.entries import PackEntry, blocks, entries
from travelsec.cli.completers import complete_entry
from travelsec.cli.exit_codes import READY
from travelsec.cli.options import PackOption, PlainOption, format_option, load_packs
from travelsec.cli.output import print_document, print_json
from travelsec.formats import TEXT_OR_JSON
from travelsec.problems import UserError, allowed, brief


def show(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            autocompletion=complete_entry,
            help="An item, question, situation, contact, checklist or page; without it, all.",
        ),
    ] = None,
    format_: Annotated[str, format_option(TEXT_OR_JSON)] = TEXT_OR_JSON.default,
    pack: PackOption = None,
    plain: PlainOption = False,
) -> int:
    """Show an entry of the packs in full: its texts, who it is for, and its sources."""
    TEXT_OR_JSON.find(format_)
    packs = load_packs(pack)
    found = list(entries(packs))
    if name is not None:
        found = _named(found, name)
    if format_ == "json":
        data = [entry.data() for entry in found]
        print_json({"schema": "travelsec.checklist-show/1", "entries": data})
    else:
        shown = (block for entry in found for block in blocks(entry, packs))
        print_document(shown, plain=plain, whole_words=True)
    return READY


def _named(entries: list[PackEntry], name: str) -> list[PackEntry]:
    """Return the entries of this name: a checklist and its page may share one.

    The short name of an item will do if only one item has it.

    Raises:
        UserError: there is none.
    """

    named = [entry for entry in entries if name in entry.names]
    if named:
        return named
    short = [entry for entry in entries if any(known.endswith(f".{name}") for known in entry.names)]
    if len(short) == 1:
        return short
    hint = allowed((known for entry in entries for known in entry.names), name)
    raise UserError(
        f"there is no “{brief(name)}” in the packs{hint}; travelsec checklist show without an "
        "ID shows all"
    )
