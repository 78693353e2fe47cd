"""Read what a report is about, and when it was made, without reading the whole file.

With these, the newest of several reports of a trip is known before any is judged, and so is
another report of the same journey under another trip id.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import msgspec
from msgspec import Struct

from travelsec.people import comparable
from travelsec.problems import UserError
from travelsec.report.model import MOMENT, Report, is_moment
from travelsec.report.read import BYTE_ORDER_MARK, json_of

LENGTH = 4096
"""Bytes at the beginning of a file that hold all of it, if travelsec wrote the report."""

_SPACE = r"[ \t\r\n]*"
_OPENING = re.compile(
    rf'{_SPACE}\{{{_SPACE}"schema"{_SPACE}:{_SPACE}"travelsec\.report/1"{_SPACE},{_SPACE}"id"{_SPACE}:{_SPACE}"[^"\\]*"{_SPACE},'
    rf'{_SPACE}"created"{_SPACE}:{_SPACE}"({MOMENT})"'.encode()
)
# Inside a JSON text every quotation mark has a backslash before it, and no field before a report's
# trip can hold an object of that name.
_TRIP = re.compile(rf'"trip"{_SPACE}:{_SPACE}\{{{_SPACE}"id"{_SPACE}:{_SPACE}"([^"\\]*)"'.encode())
_FACTS = re.compile(
    rf'"facts"{_SPACE}:{_SPACE}\{{(.*?)\}}{_SPACE},{_SPACE}"answers"{_SPACE}:'.encode(), re.DOTALL
)
_TRAVELLER = re.compile(rf'"traveller"{_SPACE}:{_SPACE}("(?:[^"\\]|\\.)*")'.encode())
_DEPARTS = re.compile(rf'"departs"{_SPACE}:{_SPACE}"([^"\\]*)"'.encode())


class TripIdentity(NamedTuple):
    """What a report is about, and when it was made.

    `trip` is the trip's id, `created` the moment (UTC, as in a report). `journey` is the same in
    all reports of a traveller for a day of departure; it is empty if either is not known.
    """

    trip: str
    created: str
    journey: str


class _Trip(Struct):
    id: str
    facts: dict[str, object]


class _Beginning(Struct):
    trip: _Trip
    created: str


_BEGINNING = msgspec.json.Decoder(_Beginning)


def at_beginning(data: bytes) -> TripIdentity | None:
    """Read the identity from the first bytes of a file; None if travelsec did not write them."""
    data = data.removeprefix(BYTE_ORDER_MARK)
    opening = _OPENING.match(data)
    trip = opening and _TRIP.search(data, opening.end())
    if not opening or not trip:
        return None
    try:
        facts = _FACTS.search(data, trip.end())
        if not facts:
            return None
        traveller, departs = _TRAVELLER.search(facts[1]), _DEPARTS.search(facts[1])
        found = {
            "traveller": traveller and msgspec.json.decode(traveller[1]),
            "departs": departs and departs[1].decode(),
        }
        identity = TripIdentity(trip[1].decode(), opening[1].decode(), _journey(found))
    except (UnicodeDecodeError, msgspec.DecodeError):
        return None
    return identity if is_moment(identity.created) else None


def of_whole(data: bytes) -> TripIdentity | None:
    """Read the identity from a whole file, JSON or HTML; None if any of it is missing."""
    try:
        found = _BEGINNING.decode(json_of(data)[0])
    except (UserError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if not is_moment(found.created):
        return None
    return TripIdentity(found.trip.id, found.created, _journey(found.trip.facts))


def of_report(report: Report) -> TripIdentity:
    """Return the identity of a report that was read."""
    return TripIdentity(report.trip.id, report.created, _journey(report.trip.facts))


def _journey(facts: Mapping[str, object]) -> str:
    traveller, departs = facts.get("traveller"), facts.get("departs")
    if not isinstance(traveller, str) or not isinstance(departs, str):
        return ""
    return f"{departs} {comparable(traveller)}"
