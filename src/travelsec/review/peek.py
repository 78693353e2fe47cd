"""Read the trip of a report and when it was made, without reading the whole file.

With these, the newest of several reports of a trip is known before any is judged.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec
from msgspec import Struct

from travelsec.problems import UserError
from travelsec.report.model import MOMENT, is_moment
from travelsec.report.read import BYTE_ORDER_MARK, json_of

LENGTH = 4096
"""Bytes at the beginning of a file that hold both, if travelsec wrote the report."""

_SPACE = r"[ \t\r\n]*"
_OPENING = re.compile(
    rf'{_SPACE}\{{{_SPACE}"schema"{_SPACE}:{_SPACE}"travelsec\.report/1"{_SPACE},{_SPACE}"id"{_SPACE}:{_SPACE}"[^"\\]*"{_SPACE},'
    rf'{_SPACE}"created"{_SPACE}:{_SPACE}"({MOMENT})"'.encode()
)
# Inside a JSON text every quotation mark has a backslash before it, and no field before a report's
# trip can hold an object of that name.
_TRIP = re.compile(rf'"trip"{_SPACE}:{_SPACE}\{{{_SPACE}"id"{_SPACE}:{_SPACE}"([^"\\]*)"'.encode())


class TripIdentity(NamedTuple):
    """The id of a report's trip, and the moment (UTC, as in a report) when it was made."""

    trip: str
    created: str


class _Trip(Struct):
    id: str


class _Head(Struct):
    trip: _Trip
    created: str


_HEAD = msgspec.json.Decoder(_Head)


def at_beginning(data: bytes) -> TripIdentity | None:
    """Read the identity from the first bytes of a file; None if travelsec did not write them."""
    data = data.removeprefix(BYTE_ORDER_MARK)
    opening = _OPENING.match(data)
    trip = opening and _TRIP.search(data, opening.end())
    if not opening or not trip:
        return None
    try:
        identity = TripIdentity(trip[1].decode(), opening[1].decode())
    except UnicodeDecodeError:
        return None
    return identity if is_moment(identity.created) else None


def of_whole(data: bytes) -> TripIdentity | None:
    """Read the identity from a whole file, JSON or HTML; None if any of it is missing."""
    try:
        head = _HEAD.decode(json_of(data)[0])
    except (UserError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return TripIdentity(head.trip.id, head.created) if is_moment(head.created) else None
