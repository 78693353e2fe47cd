"""Read the JSON of an untrusted report, and remember its items.

The reports of a folder have most of their items in common, to the byte. To read, check and write
each of them again would be most of the work of a review.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import msgspec
from msgspec import Raw

from travelsec.report.model import Report, ReportItem, canonical, canonical_fields
from travelsec.report.strict import item_fault

MAX_CACHED = 4096
"""Items to remember."""
MAX_BYTES = 2000
"""Longer items are not remembered: a stranger's texts must not fill the memory."""

_ITEM = msgspec.json.Decoder(ReportItem)
# A report whose items are still JSON.
_FRAME = msgspec.json.Decoder(
    msgspec.defstruct(
        "Frame",
        [
            ("items", tuple[Raw, ...])
            if field.name == "items"
            else (field.name, field.type)
            if field.required
            else (field.name, field.type, field.default)
            for field in msgspec.structs.fields(Report)
        ],
        forbid_unknown_fields=True,
    )
)


class ReadItem(NamedTuple):
    """An item that has been read: what it says, and its canonical JSON.

    `fault` says what is wrong with its fields, or is empty.
    """

    item: ReportItem
    canonical: Raw
    fault: str


class ReadReport(NamedTuple):
    """A report that has been read, with its canonical JSON, and what is wrong with its items."""

    report: Report
    canonical: bytes
    faults: tuple[str, ...]


def read(content: bytes) -> ReadReport:
    """Read the JSON of a report.

    Raises:
        msgspec.DecodeError: it is not the JSON of a report.
        UnicodeDecodeError: it is not UTF-8.
        RecursionError: it is nested too deeply.
    """
    fields = msgspec.structs.asdict(_FRAME.decode(content))
    items = [_remembered(bytes(raw)) for raw in fields["items"]]
    report = Report(**fields | {"items": tuple([one.item for one in items])})
    fields["items"] = [one.canonical for one in items]
    faults = (f"items[{number}].{one.fault}" for number, one in enumerate(items) if one.fault)
    return ReadReport(report, canonical(canonical_fields(fields)), tuple(faults))


def _remembered(raw: bytes) -> ReadItem:
    return _read_item(raw) if len(raw) <= MAX_BYTES else _read_item.__wrapped__(raw)


@functools.lru_cache(MAX_CACHED)
def _read_item(raw: bytes) -> ReadItem:
    item = _ITEM.decode(raw)
    return ReadItem(item, Raw(canonical(item)), item_fault(item))
