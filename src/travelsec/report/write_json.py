"""Digest, check and write reports just made, reusing the JSON of items seen before.

Most items are the same in many reports of a batch. To write, read back and indent each of them
again would be most of the work.
"""

from __future__ import annotations

import hashlib

import msgspec
from msgspec import Raw, Struct

from travelsec.bounded_cache import BoundedCache
from travelsec.report.model import Report, ReportItem, canonical, canonical_fields
from travelsec.report.strict import faults_around_items, item_fault
from travelsec.safe_text import json_bytes

MAX_BUILT_ITEMS = 2048
"""Items to remember."""
MAX_BUILT_BYTES = 2000
"""Longer items are not remembered: a stranger's texts must not fill the memory."""

_ITEM_DECODER = msgspec.json.Decoder(ReportItem)
_REPORT_DECODER = msgspec.json.Decoder(Report)
# Only the field of the report is at this depth, and a text has no line break.
_NO_ITEMS = b'\n  "items": [],\n'


class _Made(Struct, frozen=True):
    """The JSON of an item: canonical, and indented as in a report; and whether readers take it."""

    canonical: Raw
    indented: bytes
    is_readable: bool


def built_digest(report: Report) -> str:
    """Return the digest that `model.digest` would, faster if the items were seen before."""
    fields = canonical_fields(msgspec.structs.asdict(report))
    fields["items"] = [CACHE[item].canonical for item in report.items]
    return hashlib.sha256(canonical(fields)).hexdigest()


def is_readable(report: Report) -> bool:
    """Return whether a reader takes a report."""
    if not all(CACHE[item].is_readable for item in report.items):
        return False
    try:
        read = _REPORT_DECODER.decode(msgspec.json.encode(_without_items(report)))
    except msgspec.ValidationError:
        return False
    return not any(faults_around_items(read))


def indented(report: Report) -> bytes:
    """Return the report as indented JSON, with every hidden character escaped."""
    around = _indented(_without_items(report))
    if not report.items:
        return around
    before, _, after = around.partition(_NO_ITEMS)
    items = b",\n".join([CACHE[item].indented for item in report.items])
    return b"".join((before, b'\n  "items": [\n', items, b"\n  ],\n", after))


def _without_items(report: Report) -> Report:
    return msgspec.structs.replace(report, items=())


def _indented(made: Report | ReportItem) -> bytes:
    return json_bytes(msgspec.json.format(msgspec.json.encode(made), indent=2))


class _MadeItems(BoundedCache[ReportItem, _Made]):
    def __missing__(self, item: ReportItem) -> _Made:
        made = _make_item(item)
        return self.keep(item, made) if len(made.indented) <= MAX_BUILT_BYTES else made


CACHE = _MadeItems(MAX_BUILT_ITEMS)


def _make_item(item: ReportItem) -> _Made:
    content = canonical(item)
    try:
        is_readable = not item_fault(_ITEM_DECODER.decode(content))
    except msgspec.ValidationError:
        is_readable = False
    lines = (b"    " + line for line in _indented(item).split(b"\n"))
    return _Made(Raw(content), b"\n".join(lines), is_readable)
