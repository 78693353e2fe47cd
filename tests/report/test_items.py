"""What similar trips have in common changes no report."""

from __future__ import annotations

import datetime
import gc
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report import samples
from travelsec.pack.model import Pack
from travelsec.report import context, items, write_json
from travelsec.report.build import build
from travelsec.report.model import Report
from travelsec.report.shared_parts import SharedParts
from travelsec.trip.statuses import Status

CONTACT = "{{id: {}, name: {}, note: N, when: {{abroad: {}}}, cites: [page/carry/bag]}}"
ADDED = (
    ('version: "2.1"', 'version: "2.1"\n  nation: scotland'),
    (
        "do: Think about a bag that locks.,",
        "do: Think about a bag that locks., contacts: [far, near],\n"
        "           deadline: 5 working days before departure,",
    ),
    ("do: I avoid public wifi.,", "do: I avoid public wifi in $destination.,"),
    ("do: Give it back.,", "do: Give it back., suggestion: Count them after $nights nights.,"),
    (
        "contacts:\n",
        "situations:\n  - id: call\n    title: A call from $destination\n    audience: manager\n"
        "    steps: [{do: Listen., cites: [page/carry/bag], when: {devices: phone}}]\n"
        "    contacts: [far, near]\n"
        "contacts:\n"
        f"  - {CONTACT.format('far', 'Far', 'true')}\n"
        f"  - {CONTACT.format('near', 'Near', 'false')}\n",
    ),
)
TRIPS = st.fixed_dictionaries(
    {},
    optional={
        "traveller": st.sampled_from(["Ann", "Bo"]),
        "destination": st.sampled_from(["Rome", "Oslo"]),
        "abroad": st.sampled_from(["yes", "no"]),
        "departs": st.sampled_from(["2026-12-01", "2027-01-05", "2033-01-03"]),
        "returns": st.sampled_from(["2033-01-04", "2033-02-01"]),
        "devices": st.sampled_from(["laptop", "phone", "laptop, phone"]),
    },
)
STATUSES = st.dictionaries(
    st.sampled_from([f"overseas.{name}" for name in samples.EVERYTHING]),
    st.builds(Status, st.just("done"), note=st.sampled_from(["", "N"]), how=st.just("script")),
)


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Load a pack in which everything about an item can depend on the trip."""
    folder: Path = tmp_path_factory.mktemp("rich")
    return samples.read_pack(folder, *ADDED)


def built(
    pack: Pack, trip: dict[str, Any], statuses: dict[str, Status], shared: SharedParts | None = None
) -> Report:
    """Build the report of a trip."""
    return build(
        samples.facts(pack, trip), statuses, how={}, created=samples.CREATED, shared=shared
    )


@given(st.lists(st.tuples(TRIPS, STATUSES), min_size=2, max_size=5))
def test_a_report_does_not_depend_on_those_before(
    rich: Pack, trips: list[tuple[dict[str, Any], dict[str, Status]]]
) -> None:
    """However similar the trips are; the second time, all of them were met before."""
    shared = SharedParts(rich)
    for trip, statuses in [*trips, *trips]:
        assert built(rich, trip, statuses, shared) == built(rich, trip, statuses)


@pytest.fixture
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remember two trips and two items at most, each with its JSON."""
    monkeypatch.setattr(context, "MAX_CACHED_TRIPS", 2)
    monkeypatch.setattr(items, "MAX_CACHED_SELECTIONS", 2)
    monkeypatch.setattr(items, "MAX_DAYS", 2)
    monkeypatch.setattr(items, "MAX_ITEMS", 2)
    monkeypatch.setattr(write_json.CACHE, "most", 2)


@pytest.mark.usefixtures("little_room")
def test_a_forgotten_trip_is_worked_out_again(rich: Pack) -> None:
    """As if it had never been met."""
    shared = SharedParts(rich)
    for city in ("Rome", "Oslo", "Bern") * 2:
        trip = {**samples.TRIP, "destination": city}
        assert built(rich, trip, {}, shared) == built(rich, trip, {})


@pytest.mark.usefixtures("little_room")
def test_memory_does_not_grow_with_the_number_of_trips(rich: Pack) -> None:
    """However different they are: in where they go, and when."""
    shared = SharedParts(rich)

    def kept(count: int) -> int:
        tracemalloc.start()
        try:
            for number in range(count):
                day = datetime.date(2026, 12, 1) + datetime.timedelta(number)
                trip = {**samples.TRIP, "destination": f"City {number}", "departs": str(day)}
                built(rich, {**trip, "returns": str(day)}, {}, shared)
            gc.collect()
            return tracemalloc.get_traced_memory()[0]
        finally:
            tracemalloc.stop()

    kept(10)
    # A trip that is remembered takes kilobytes. Python itself keeps up to 50 KB of what it used
    # last, whatever the number of trips, so a few trips would tell nothing.
    assert kept(500) < 500 * 200
