"""`travelsec checklist show`: an entry of the packs in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from travelsec.cli.commands.checklist.output import TextOrJsonOption, put_blocks, put_json
from travelsec.cli.completers import complete_entry
from travelsec.cli.exit_codes import READY
from travelsec.cli.options import PackOption, PlainOption, load_packs
from travelsec.formats import TEXT_OR_JSON

if TYPE_CHECKING:
    from travelsec.cli.commands.checklist.entries import PackEntry


def show(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            autocompletion=complete_entry,
            help="An item, question, situation, contact, checklist or page; without it, all.",
        ),
    ] = None,
    format_: TextOrJsonOption = TEXT_OR_JSON.default,
    pack: PackOption = None,
    plain: PlainOption = False,
) -> int:
    """Show an entry of the packs in full: its texts, for whom it is, and its sources."""
    from travelsec.cli.commands.checklist.entries import entries

    TEXT_OR_JSON.find(format_)
    found = list(entries(load_packs(pack)))
    if name is not None:
        found = _named(found, name)
    if format_ == "json":
        data = [one.data() for one in found]
        put_json({"schema": "travelsec.checklist-show/1", "entries": data})
    else:
        put_blocks((block for entry in found for block in entry.blocks()), plain=plain)
    return READY


def _named(entries: list[PackEntry], name: str) -> list[PackEntry]:
    """Return what goes by this name: a checklist and its page may share one.

    Raises:
        UserError: nothing does.
    """
    from travelsec.problems import UserError, brief, nearest

    named = [one for one in entries if name in one.names]
    if not named:
        # The short name of an item will do where only one has it.
        short = [one for one in entries if any(n.endswith(f".{name}") for n in one.names)]
        named = short if len(short) == 1 else []
    if not named:
        guess = nearest(name, [known for entry in entries for known in entry.names])
        hint = f" (did you mean {guess}?)" if guess else ""
        raise UserError(
            f"there is no “{brief(name)}” in the packs{hint}; travelsec checklist show without an "
            "ID shows all"
        )
    return named
