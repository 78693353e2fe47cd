"""What `checklist packs` lists: as JSON, and laid out for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from travelsec.document import Block, Heading, Pairs, Paragraph

SCHEMA: Literal["travelsec.checklist-packs/1"] = "travelsec.checklist-packs/1"


class ShippedPack(Struct, frozen=True, forbid_unknown_fields=True):
    """A pack that comes with travelsec; `set_by` is the variable that puts it in force."""

    id: str
    version: str
    title: str
    covers: str
    optional: bool
    in_force: bool
    set_by: str


class ShippedPacks(Struct, frozen=True, forbid_unknown_fields=True):
    """The packs that come with travelsec, the bundled one first."""

    schema: Literal["travelsec.checklist-packs/1"]
    packs: tuple[ShippedPack, ...]


def blocks(shipped: ShippedPacks) -> Iterator[Block]:
    """Yield the packs for people, and how to use an optional one."""
    for pack in shipped.packs:
        yield Heading(3, f"{pack.id} {pack.version}")
        force = f"yes, by {pack.set_by}" if pack.set_by else "no" if pack.optional else "always"
        yield Pairs((("Title", pack.title), ("Covers", pack.covers), ("In force", force)))
    yield Paragraph(
        "--pack NAME adds an optional pack for one command, TRAVELSEC_PACKS=NAME for every command."
    )
