"""Fields that do not fit a model are reported with their place, a few at a time."""

from __future__ import annotations

import datetime
import json
from typing import Annotated, Literal

import pytest
from msgspec import Meta, Struct

from travelsec.report.field_faults import MAX_FIELD_FAULTS, field_faults


class Leg(Struct, forbid_unknown_fields=True):
    place: Annotated[str, Meta(min_length=1, max_length=9)]
    day: datetime.date | None = None


class Journey(Struct, forbid_unknown_fields=True):
    id: Annotated[str, Meta(pattern="^[a-z]+$")]
    kind: Literal["by-train", "by-ferry"]
    legs: tuple[Leg, ...]
    days: Annotated[int, Meta(ge=0, le=99)] = 0
    notes: dict[Annotated[str, Meta(pattern="^[a-z]+$")], str] = {}


GOOD = '"id": "x", "kind": "by-train", "legs": []'


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (GOOD, []),
        ('"id": "x", "kind": "by-train"', ["legs: it is missing"]),
        (f'{GOOD}, "more": 1', ["more: there is no such field"]),
        (f'{GOOD}, "days": "2"', ["days: expected a whole number, found text"]),
        (f'{GOOD}, "days": 1.5', ["days: expected a whole number, found a fraction"]),
        (f'{GOOD}, "days": 100', ["days: 100 is not a number that travelsec writes"]),
        (f'{GOOD}, "notes": {{"a": 1}}', ["notes.a: expected text, found a whole number"]),
        (f'{GOOD}, "notes": {{"A": ""}}', ["notes, key “A”: “A” is not as travelsec writes it"]),
        (f'{GOOD}, "notes": []', ["notes: expected an object, found a list"]),
        (
            '"id": "X", "kind": "by-trian", "legs": [{"place": ""}]',
            [
                "id: “X” is not as travelsec writes it",
                "kind: “by-trian” is not allowed here (allowed: by-train, by-ferry; did you mean "
                "by-train?)",
                "legs[0].place: it is empty",
            ],
        ),
        (
            '"id": "x", "kind": "by-train", "legs": [{"place": "x"}, {"place": "0123456789"}]',
            ["legs[1].place: 10 characters, at most 9"],
        ),
        (
            '"id": "x", "kind": "by-train", "legs": [{"place": "x", "day": "soon"}]',
            ["legs[0].day: “soon” is not as travelsec writes it"],
        ),
    ],
)
def test_each_fault_has_its_place(data: str, faults: list[str]) -> None:
    """In the order of the file; fields that are missing come last."""
    assert field_faults(f"{{{data}}}".encode(), Journey) == faults


def test_there_are_never_many() -> None:
    """Nor are they long: they quote the file."""
    leg = {"place": "x" * 5000, "day": "y" * 5000}
    faults = field_faults(json.dumps({"legs": [leg] * 1000}).encode(), Journey)
    assert len(faults) == MAX_FIELD_FAULTS
    assert max(map(len, faults)) < 200
