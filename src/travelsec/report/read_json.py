"""Read the JSON of an untrusted report, and remember its parts.

The reports of a folder have most of their items in common, to the byte, and much of what is around
them. To read, check and write each of these parts again would be most of the work of a review.
"""

# No `annotations` from `__future__`: they would have to be compiled at every start.

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from travelsec.bounded_cache import BoundedCache
from travelsec.report.model import (
    Days,
    Report,
    ReportItem,
    canonical,
    canonical_content,
    canonical_fields,
    days_of,
)
from travelsec.report.strict import item_fault

MAX_CACHED_ITEMS = 4096
"""Items to remember."""
MAX_ITEM_BYTES = 2000
"""Longer items are not remembered: a stranger's texts must not fill the memory."""

MAX_CACHED_PARTS = 256
"""Parts of one kind around the items to remember."""
MAX_PART_BYTES = 4000
"""Longer parts are not remembered."""

_REPORT_DECODER = msgspec.json.Decoder(Report)
_ITEM_DECODER = msgspec.json.Decoder(ReportItem)
_TYPES_OF_FIELDS = {field.name: field.type for field in msgspec.structs.fields(Report)}
_ALIKE = ("tool", "packs", "titles", "on_call", "warnings", "links")
"""The parts around the items that are the same in many reports."""
# A report whose items and other common parts are left to be read by themselves.
_AROUND_DECODER = msgspec.json.Decoder(
    msgspec.defstruct(
        "AroundItems",
        [
            # Fields without a default come first.
            *(
                (name, kind)
                for name, kind in _TYPES_OF_FIELDS.items()
                if name not in (*_ALIKE, "items", "digest")
            ),
            ("items", tuple[str, ...]),
            *((name, Raw) for name in _ALIKE if name != "links"),
            # Reports of older versions have no links.
            ("links", Raw, Raw(b"[]")),
            ("digest", _TYPES_OF_FIELDS["digest"], ""),
        ],
        forbid_unknown_fields=True,
    )
)
Read = TypeVar("Read")

_NO_STATUS: dict[str, Any] = {
    "status": "unanswered",
    "reason": "",
    "note": "",
    "how": None,
    "due": None,
    "deadline": None,
    "ask": "",
}
"""The fields of an item that are not the same on all trips, as an item without status has them."""
_ITEMS_MARK = os.urandom(16).hex()
"""Stands for the items. Nobody who writes a report can know it, and so have it stand elsewhere."""

# How travelsec lays out the items. None of this can be inside a text, which has no line break.
_ITEM_BEGINS = b'{\n      "id": "'
_BEFORE = b'\n  "items": [\n    ' + _ITEM_BEGINS
_BETWEEN = b",\n    " + _ITEM_BEGINS
_AFTER = b'\n  ],\n  "readiness": '


class ReadItem(NamedTuple):
    """An item that has been read: what it says, and its canonical JSON.

    `plain` is the item without its status and its `days`. `fault` says what is wrong with its
    fields, or is empty. `shortest` is the length of its JSON as it was read, without white space.
    """

    item: ReportItem
    plain: ReportItem
    days: Days
    canonical: Raw
    fault: str
    shortest: int


class _PartRead(NamedTuple):
    """A part around the items that has been read: what it says, and its canonical JSON."""

    value: Any
    canonical: Any


class ReadReport(NamedTuple):
    """A report that has been read, with its canonical JSON, and what is wrong with its items.

    `plain` are its items without their statuses and `days`. `shortest` is the length of the JSON as
    it was read, without white space.
    """

    report: Report
    plain: tuple[ReportItem, ...]
    days: tuple[Days, ...]
    canonical: bytes
    faults: tuple[str, ...]
    shortest: int


def decode(content: bytes) -> ReadReport:
    """Read the JSON of a report.

    Raises:
        msgspec.DecodeError: it is not the JSON of a report.
        UnicodeDecodeError: it is not UTF-8.
        RecursionError: it is nested too deeply.
    """
    try:
        as_written = _read_as_written(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        as_written = None
    if as_written is not None:
        return as_written
    report = _REPORT_DECODER.decode(content)
    faults = _faults_of_items([*map(item_fault, report.items)])
    shortest = len(msgspec.json.format(content, indent=-1))
    plain, days = tuple(map(_without_status, report.items)), tuple(map(days_of, report.items))
    return ReadReport(report, plain, days, canonical_content(report), faults, shortest)


def _read_as_written(content: bytes) -> ReadReport | None:
    """Read a report that is laid out as travelsec writes it; None if it is not.

    Each item is read by itself, and the rest with a mark in place of the list of items. If the mark
    is then the only item, the list was nowhere else.
    """
    begin = content.find(_BEFORE)
    pieces = content[begin + len(_BEFORE) :].split(_BETWEEN)
    pieces[-1], end, after = pieces[-1].rpartition(_AFTER)
    if begin < 0 or not end:
        return None
    items = list(map(_READ_ITEMS.__getitem__, pieces))
    around = b'%b\n  "items": ["%b"],\n  "readiness": %b' % (
        content[:begin],
        _ITEMS_MARK.encode(),
        after,
    )
    fields = msgspec.structs.asdict(_AROUND_DECODER.decode(around))
    if fields["items"] != (_ITEMS_MARK,):
        return None
    read, plain, days, canonicals, faults, lengths = zip(*items, strict=True)
    parts = {name: _READ_PARTS[name][bytes(fields[name])] for name in _ALIKE}
    report = Report(**fields | {name: part.value for name, part in parts.items()} | {"items": read})
    fields |= {name: part.canonical for name, part in parts.items()}
    fields["items"] = canonicals
    # The mark and its quotation marks go, the items and the commas between them come.
    shortest = len(msgspec.json.format(around, indent=-1)) - len(_ITEMS_MARK) - 2
    shortest += sum(lengths) + len(items) - 1
    return ReadReport(
        report, plain, days, canonical(canonical_fields(fields)), _faults_of_items(faults), shortest
    )


def _faults_of_items(of_items: Sequence[str]) -> tuple[str, ...]:
    if not any(of_items):
        return ()
    return tuple([f"items[{number}].{fault}" for number, fault in enumerate(of_items) if fault])


class _PiecesRead(BoundedCache[bytes, Read]):
    """What was read, by its JSON.

    Args:
        read: reads a piece of JSON.
        most: how many pieces to keep.
        longest: the most bytes of a piece that is kept.
    """

    def __init__(self, read: Callable[[bytes], Read], most: int, longest: int) -> None:
        super().__init__(most)
        self._read, self._longest = read, longest

    def __missing__(self, raw: bytes) -> Read:
        read = self._read(raw)
        return self.keep(raw, read) if len(raw) <= self._longest else read


def expect(plain: Iterable[ReportItem]) -> None:
    """Use these objects for equal items in the reports read from now on.

    Lists of the same objects compare fastest. The items must be without status and days.
    """
    _EXPECTED_ITEMS.clear()
    _EXPECTED_ITEMS.update((item, item) for item in plain)


def _read_item(continuation: bytes) -> ReadItem:
    """Read an item, whose JSON begins with `_ITEM_BEGINS` and then goes on with the rest."""
    raw = _ITEM_BEGINS + continuation
    item = _ITEM_DECODER.decode(raw)
    plain = _without_status(item)
    # Similar items share their texts in memory.
    item = replace(
        plain,
        status=item.status,
        reason=item.reason,
        note=item.note,
        how=item.how,
        due=item.due,
        deadline=item.deadline,
        ask=item.ask,
    )
    shortest = len(msgspec.json.format(raw, indent=-1))
    content = Raw(canonical(item))
    return ReadItem(item, plain, days_of(item), content, item_fault(item), shortest)


def _without_status(item: ReportItem) -> ReportItem:
    plain = replace(item, **_NO_STATUS)
    return _EXPECTED_ITEMS.get(plain, plain)


def _part_reader(name: str) -> Callable[[bytes], _PartRead]:
    """Return the function that reads this field of a report."""
    decoder = msgspec.json.Decoder(_TYPES_OF_FIELDS[name])

    def read(raw: bytes) -> _PartRead:
        value = decoder.decode(raw)
        # `canonical_fields` leaves out links that are empty, and no `Raw` is false.
        return _PartRead(value, Raw(canonical(value)) if value else value)

    return read


_READ_ITEMS = _PiecesRead(_read_item, MAX_CACHED_ITEMS, MAX_ITEM_BYTES)
_READ_PARTS = {
    name: _PiecesRead(_part_reader(name), MAX_CACHED_PARTS, MAX_PART_BYTES) for name in _ALIKE
}
_EXPECTED_ITEMS: dict[ReportItem, ReportItem] = {}
