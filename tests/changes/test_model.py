"""What the differences say of themselves."""

from __future__ import annotations

from travelsec.changes.model import GoneItem, TripChange


def test_a_trip_is_empty_if_nothing_of_it_differs() -> None:
    """What it no longer gets counts, too."""
    change = TripChange("r.json", "9", "7", "Lisbon", True, "old", False, False)
    assert change.is_empty
    gone = TripChange(
        *("r.json", "9", "7", "Lisbon", True, "old", False, False),
        gone=(GoneItem("a.b", "Do the b", "must"),),
    )
    assert not gone.is_empty
