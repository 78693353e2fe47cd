"""`travelsec checklist packs`: list the packs that come with travelsec."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from travelsec.cli.exit_codes import READY
from travelsec.cli.options import PlainOption, format_option
from travelsec.cli.output import print_document, print_json
from travelsec.document import Block, Heading, Pairs, Paragraph
from travelsec.formats import TEXT_OR_JSON
from travelsec.pack.folder import PACKS, bundled_folder, optional_packs, overlays, read_files


def packs(
    format_: Annotated[str, format_option(TEXT_OR_JSON)] = TEXT_OR_JSON.default,
    plain: PlainOption = False,
) -> int:
    """List the packs that come with travelsec: what each covers, and whether it is in force.

    The bundled pack always is. An optional pack is in force where --pack or TRAVELSEC_PACKS names
    it.
    """
    TEXT_OR_JSON.find(format_)
    found = [_describe(bundled_folder(), optional=False)]
    found += [_describe(folder, optional=True) for folder in optional_packs().values()]
    if format_ == "json":
        print_json({"schema": "travelsec.checklist-packs/1", "packs": found})
    else:
        print_document(_blocks(found), plain=plain, whole_words=True)
    return READY


def _describe(folder: Path, *, optional: bool) -> dict[str, Any]:
    """Return what a pack says of itself, and what puts it in force.

    Raises:
        InputError: its files have faults.
    """
    from travelsec.pack.parse import parse_pack
    from travelsec.problems import InputError

    parsed = parse_pack(str(folder), read_files(folder, bundled_folder()))
    if parsed.info is None or parsed.problems:
        raise InputError(parsed.problems)
    info = parsed.info.value
    named = folder in {path.resolve() for path in overlays()}
    return {
        "id": info.id,
        "title": info.title,
        "version": info.version,
        "covers": info.covers,
        "optional": optional,
        "in_force": named or not optional,
        "variable": PACKS if named else None,
    }


def _blocks(packs: list[dict[str, Any]]) -> Iterator[Block]:
    for pack in packs:
        yield Heading(3, f"{pack['id']} {pack['version']}")
        yield Pairs(
            (("Title", pack["title"]), ("Covers", pack["covers"]), ("In force", _force(pack)))
        )
    yield Paragraph(
        f"--pack NAME adds an optional pack for one command, {PACKS}=NAME for every command."
    )


def _force(pack: dict[str, Any]) -> str:
    if not pack["optional"]:
        return "always"
    return f"yes, by {PACKS}" if pack["in_force"] else "no"
