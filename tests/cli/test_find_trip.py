"""A stored trip is found by its name, or the beginning of it."""

from __future__ import annotations

import pytest

from tests.cli.trips import begin
from travelsec.cli.find_trip import find_exact_trip, find_trip
from travelsec.problems import UserError
from travelsec.store import Store


@pytest.mark.parametrize("name", ["Lisbon", "lisbon 2026", "LIS"])
def test_the_beginning_of_a_name_is_enough_in_any_case(store: Store, name: str) -> None:
    """Where only one trip begins so; a whole name is never the beginning of another."""
    begin(store, "Lisbon 2026-12-01")
    begin(store, "Oslo")
    assert find_trip(store, name).name == "Lisbon 2026-12-01"
    begin(store, name)
    assert find_trip(store, name.swapcase()).name == name


def test_a_beginning_of_several_names_is_refused(store: Store) -> None:
    """The error lists them; nothing at all is the beginning of none."""
    for name in ("Lisbon 2026-12-01", "Lisbon 2027-01-08", "Oslo"):
        begin(store, name)
    with pytest.raises(UserError, match=r"several .*“lis”.*Lisbon 2026-12-01, Lisbon 2027-01-08\)"):
        find_trip(store, "lis")
    for nothing in ("", " "):
        with pytest.raises(UserError, match="there is no trip"):
            find_trip(store, nothing)


def test_a_name_of_the_past_begins_no_trip(store: Store) -> None:
    """Trips are called so only until it is known where they go."""
    with pytest.raises(UserError, match="there is no trip “New trip 2026-11-01” any more"):
        find_exact_trip(store, "New trip 2026-11-01")
    assert find_exact_trip(store, "Rome") is None
    assert store.names() == []


def test_a_trip_that_there_must_be(store: Store) -> None:
    """The error helps to find it."""
    with pytest.raises(UserError, match="travelsec prepare begins one"):
        find_trip(store, "Rome")
    begin(store, "Rome")
    with pytest.raises(UserError, match=r"no trip “Rme” \(allowed: Rome; did you mean Rome\?\)"):
        find_trip(store, "Rme")
    with pytest.raises(UserError, match="no trip or file “x\udcff”"):
        find_trip(store, "x\udcff", noun="trip or file")
