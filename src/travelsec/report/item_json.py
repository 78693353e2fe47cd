"""Write the JSON of items just made, and remember it: many reports have most items in common."""

from __future__ import annotations

import functools
from typing import NamedTuple

import msgspec
from msgspec import Raw

from travelsec.report.model import ReportItem, canonical
from travelsec.report.strict import item_fault

MAX_CACHED = 2048
"""Items to remember."""

_ITEM = msgspec.json.Decoder(ReportItem)


class ItemJson(NamedTuple):
    """The canonical JSON of an item, and whether a reader takes it."""

    canonical: Raw
    is_readable: bool


@functools.lru_cache(MAX_CACHED)
def item_json(item: ReportItem) -> ItemJson:
    """Write the JSON of an item, and read it back."""
    content = canonical(item)
    try:
        is_readable = not item_fault(_ITEM.decode(content))
    except msgspec.ValidationError:
        is_readable = False
    return ItemJson(Raw(content), is_readable)
