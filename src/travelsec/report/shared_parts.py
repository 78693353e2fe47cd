"""What reports with the same packs have in common."""

from __future__ import annotations

from travelsec.pack.model import Pack
from travelsec.report.context import AroundItems
from travelsec.report.items import ItemMaker
from travelsec.report.model import PackRef


def pack_refs(pack: Pack) -> tuple[PackRef, ...]:
    """Return what reports say of the packs they are made with, the bundled one first."""
    return tuple(
        PackRef(source.info.id, source.info.version, source.digest()) for source in pack.sources
    )


class SharedParts:
    """What reports with the same packs have in common, of which similar trips share the most."""

    def __init__(self, pack: Pack) -> None:
        self.packs = pack_refs(pack)
        self.items = ItemMaker(pack)
        self.around = AroundItems(pack)
