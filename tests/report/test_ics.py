"""The calendar: one event for each open item, read back by another library."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import example, given

from tests.growth import TIMES, assert_in_proportion
from tests.hostile import texts
from tests.report import samples
from tests.report.test_markdown import hostile
from travelsec.pack.model import Pack
from travelsec.report.ics import render
from travelsec.report.model import FactData, Report, ReportItem
from travelsec.safe_text import line
from travelsec.trip.statuses import Status

if TYPE_CHECKING:
    from ical.calendar import Calendar
    from ical.event import Event

DAY = datetime.date
PROPERTIES = {
    *("BEGIN", "END", "VERSION", "PRODID", "X-WR-CALNAME", "UID", "DTSTAMP", "LAST-MODIFIED"),
    *("SEQUENCE", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "DESCRIPTION", "CLASS"),
    *("TRANSP", "ACTION", "TRIGGER"),
}


def read(report: Report, today: datetime.date | None = None) -> Calendar:
    """Return the calendar as another program reads it."""
    # The import takes half a second, which only these tests should pay for.
    from ical.calendar_stream import IcsCalendarStream

    return IcsCalendarStream.calendar_from_ics(render(report, today).decode("utf-8"))


def events(report: Report, today: datetime.date | None = None) -> dict[str, Event]:
    """Return the events by the last part of their item's id."""
    found = {}
    for event in read(report, today).events:
        assert event.uid is not None
        found[event.uid.removesuffix("@travelsec.invalid").rpartition(".")[2]] = event
    return found


def content_lines(report: Report) -> list[str]:
    """Check the length and ends of the lines, and return them unfolded."""
    data = render(report)
    assert data.endswith(b"\r\n")
    folded = data.removesuffix(b"\r\n").split(b"\r\n")
    assert not [one for one in folded if b"\n" in one or b"\r" in one or len(one) > 75 or not one]
    for one in folded:
        one.decode("utf-8")  # no character is cut in two
    return data.decode("utf-8").replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def open_items(report: Report) -> list[ReportItem]:
    """Return the items that are open, of all phases."""
    return [item for item in report.items if Status(item.status).is_open]


def with_facts(report: Report, **facts: FactData) -> Report:
    """Return the report with other facts."""
    trip = msgspec.structs.replace(report.trip, facts=facts)
    return msgspec.structs.replace(report, trip=trip)


def test_what_is_open_is_in_the_calendar(report: Report) -> None:
    """To do, declined or unanswered, also on return; nothing else."""
    assert list(events(report)) == [
        *("consider-bag", "clear-files", "letter", "seals", "wifi", "report-it", "give-back")
    ]


def test_an_event_has_its_text_reason_and_source(report: Report) -> None:
    """The label and level, then the text, why, what the traveller said, and the source."""
    found = events(report)
    assert found["clear-files"].summary == "Clear unneeded files (must)"
    assert found["clear-files"].description == (
        "Take off each device the files you will not need on this trip.\n"
        "Why: If the device is lost or stolen, less is exposed.\n"
        "Suggested by Sun 29 November 2026.\n"
        "Note: Ask IT for help.\n"
        "Source: Taking equipment abroad\n"
        "Trip: Lisbon 2026-12-01"
    )
    assert found["seals"].description == (
        "Pack sealed envelopes for Laptop and Phone.\n"
        "Suggested by Mon 30 November 2026.\n"
        "You declined this.\n"
        "Reason given: There are none left.\n"
        "Source: Taking equipment abroad\n"
        "Trip: Lisbon 2026-12-01"
    )
    assert "Suggested by Sat 21 November 2026. That date has passed: do this now." in str(
        found["letter"].description
    )


def test_an_event_lasts_its_day_and_keeps_nobody_busy(report: Report) -> None:
    """An alarm at nine in the morning of that day, wherever the traveller is."""
    found = events(report)
    # Suggested for three days ago: it is for today, and its alarm could be past.
    assert found["letter"].alarm == []
    for event in (event for name, event in found.items() if name != "letter"):
        assert event.dtstart is not None
        assert event.dtend == event.dtstart + datetime.timedelta(days=1)
        assert event.transparency == "TRANSPARENT"
        assert event.classification == "PRIVATE"
        (alarm,) = event.alarm
        assert alarm.action == "DISPLAY"
        assert alarm.trigger == datetime.timedelta(hours=9)
        assert alarm.description == event.summary
    assert "TRIGGER:PT9H" in content_lines(report)


def days(report: Report) -> dict[str, Any]:
    """Return the day of each event."""
    return {name: event.dtstart for name, event in events(report).items()}


def test_an_event_is_on_the_day_it_is_due(report: Report) -> None:
    """If that is past, today; without a due date, the day of departure or return."""
    assert days(report) == {
        "consider-bag": DAY(2026, 12, 1),
        "clear-files": DAY(2026, 11, 29),
        "letter": DAY(2026, 11, 24),
        "seals": DAY(2026, 11, 30),
        "wifi": DAY(2026, 12, 1),
        "report-it": DAY(2026, 12, 6),
        "give-back": DAY(2026, 12, 5),
    }


def test_nothing_is_on_a_day_in_the_past(pack: Pack) -> None:
    """During the trip, what is left is for now; after the return, everything is."""
    on_the_way = samples.make(pack, today=DAY(2026, 12, 3))
    assert days(on_the_way) == {
        **dict.fromkeys(("consider-bag", "clear-files", "letter", "seals"), DAY(2026, 12, 3)),
        "wifi": DAY(2026, 12, 3),
        "report-it": DAY(2026, 12, 6),
        "give-back": DAY(2026, 12, 5),
    }
    assert set(days(samples.make(pack, today=DAY(2027, 1, 2))).values()) == {DAY(2027, 1, 2)}


@pytest.mark.parametrize(
    "today", [DAY(2026, 11, 20), DAY(2026, 11, 24), DAY(2026, 11, 30), DAY(2027, 1, 2)]
)
def test_no_alarm_is_in_the_past_when_it_is_made(report: Report, today: datetime.date) -> None:
    """Also in a calendar made long after the report; what has an alarm rings from tomorrow on."""
    found = events(report, today)
    assert len(found) == len(open_items(report))
    for event in found.values():
        assert event.dtstart is not None
        assert event.dtstart >= today
        assert bool(event.alarm) == (event.dtstart > today)
    late = "That date has passed: do this now."
    assert (late in str(found["clear-files"].description)) == (today > DAY(2026, 11, 29))


@pytest.mark.parametrize(
    ("facts", "before", "back"),
    [
        ({}, DAY(2026, 11, 24), DAY(2026, 11, 24)),
        ({"departs": "2026-12-01"}, DAY(2026, 12, 1), DAY(2026, 12, 1)),
        ({"returns": "2026-12-05"}, DAY(2026, 11, 24), DAY(2026, 12, 5)),
        ({"departs": "soon", "returns": ["2026-12-05"]}, DAY(2026, 11, 24), DAY(2026, 11, 24)),
        ({"departs": 20261201, "returns": True}, DAY(2026, 11, 24), DAY(2026, 11, 24)),
        ({"departs": "2026-13-01", "returns": ""}, DAY(2026, 11, 24), DAY(2026, 11, 24)),
        ({"departs": "9999-12-31"}, DAY(9999, 12, 30), DAY(9999, 12, 30)),
        ({"departs": "0001-01-01"}, DAY(2026, 11, 24), DAY(2026, 11, 24)),
    ],
)
def test_days_may_be_unknown_or_invalid(
    report: Report, facts: Mapping[str, FactData], before: datetime.date, back: datetime.date
) -> None:
    """An untrusted report can have anything where the dates should be."""
    found = days(with_facts(report, **facts))
    assert found["consider-bag"] == found["wifi"] == before
    assert found["give-back"] == back


def test_a_later_report_replaces_the_events_of_an_earlier_one(pack: Pack) -> None:
    """The same identity and a greater number, though the report is another."""
    later = samples.CREATED + datetime.timedelta(seconds=1)
    first = events(samples.make(pack))
    second = events(samples.make(pack, created=later, report_id="8" * 32))
    assert first["letter"].uid == f"{samples.TRIP_ID}.overseas.letter@travelsec.invalid"
    assert {one.uid for one in first.values()} == {one.uid for one in second.values()}
    for name, event in first.items():
        assert event.sequence is not None
        assert (second[name].sequence or 0) > event.sequence > 0
        assert event.dtstamp == event.last_modified == samples.CREATED
        assert second[name].last_modified == later


def test_another_trip_has_other_events(pack: Pack) -> None:
    """Two trips in one calendar do not overwrite each other."""
    other = samples.make(pack, trip_id="5" * 32)
    assert not {e.uid for e in events(other).values()} & {
        e.uid for e in events(samples.make(pack)).values()
    }


@pytest.mark.parametrize(
    ("created", "stamp", "sequence"),
    [
        ("1970-01-01T00:00:00Z", "19700101T000000Z", 0),
        ("9999-12-31T23:59:59Z", "99991231T235959Z", 2**31 - 1),
        ("2020-01-01T00:01:00Z", "20200101T000100Z", 60),
        ("yesterday", "20261124T000000Z", 217641600),
        ("", "20261124T000000Z", 217641600),
        ("2026-11-24T08:30:05Z\r\nX-EVIL:1", "20261124T000000Z", 217641600),
    ],
)
def test_the_moment_may_be_invalid(report: Report, created: str, stamp: str, sequence: int) -> None:
    """Then the day of the report counts; the number stays in the range of the standard."""
    lines = content_lines(msgspec.structs.replace(report, created=created))
    assert lines.count(f"DTSTAMP:{stamp}") == len(open_items(report))
    assert lines.count(f"LAST-MODIFIED:{stamp}") == len(open_items(report))
    assert lines.count(f"SEQUENCE:{sequence}") == len(open_items(report))


@pytest.mark.parametrize("day", [datetime.date.min, datetime.date.max])
def test_dates_may_be_at_the_ends_of_the_calendar(report: Report, day: datetime.date) -> None:
    """No day beyond these is written."""
    items = tuple(msgspec.structs.replace(item, due=day) for item in report.items)
    put = msgspec.structs.replace(with_facts(report), as_of=day, items=items, created="")
    lines = content_lines(put)
    starts = {one.partition(":")[2] for one in lines if one.startswith("DTSTART")}
    assert starts == {"00010101" if day == datetime.date.min else "99991230"}


def test_items_with_the_same_id_are_two_events(report: Report) -> None:
    """Each has an identity of its own, whatever the other ids are."""
    names = ("a", "a.2", "a", "a", "\u200b", "<U+200B>", "b" * 5000, "b" * 6000)
    items = tuple(
        msgspec.structs.replace(report.items[0], id=name, label=f"Label {number}")
        for number, name in enumerate(names)
    )
    found = read(msgspec.structs.replace(report, items=items)).events
    assert [event.summary for event in found] == [f"Label {n} (consider)" for n in range(8)]
    assert len({event.uid for event in found}) == 8
    assert [str(event.uid).partition("@")[0][33:] for event in found][:4] == [
        *("a", "a.2", "a.3", "a.4")
    ]


def test_many_ids_that_are_the_same_take_time_in_proportion(report: Report) -> None:
    """An untrusted report cannot keep travelsec busy for hours."""
    item = msgspec.structs.replace(report.items[0], id="a", status="done")

    def alike(number: int) -> Report:
        numbered = [msgspec.structs.replace(item, id=f"a.{n}") for n in range(number)]
        return msgspec.structs.replace(report, items=(*numbered, *(item,) * number))

    assert_in_proportion(render, alike(1_000), alike(1_000 * TIMES))


def test_with_nothing_open_the_file_still_says_something(pack: Pack) -> None:
    """A calendar must not be empty: it has a journal entry, and no event."""
    done = {f"overseas.{name}": Status("done") for name in samples.EVERYTHING}
    calendar = read(samples.make(pack, statuses=done))
    assert calendar.events == []
    (note,) = calendar.journal
    assert note.summary == "Nothing is open: Lisbon 2026-12-01"
    assert note.dtstart == samples.TODAY
    assert note.uid == f"{samples.TRIP_ID}@travelsec.invalid"
    content_lines(samples.make(pack, statuses=done))


def test_the_calendar_has_a_name(report: Report) -> None:
    """Programs show it, with characters that have a meaning in the format."""
    trip = msgspec.structs.replace(report.trip, name="Köln, Bonn; \\o/")
    lines = content_lines(msgspec.structs.replace(report, trip=trip))
    assert lines[:4] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//travelsec//travelsec//EN",
        "X-WR-CALNAME:Köln\\, Bonn\\; \\\\o/",
    ]


@example("a\r\nBEGIN:VEVENT\r\nUID:x")
@example("\r\nEND:VCALENDAR\r\n")
@example("C:\\New\\nothing, or; else")
@example("\\")
@example("ü" * 3000)
@example("中" * 100)
# “none” as the day of return is a lasting arrangement, which has to-dos as well as events.
@given(texts().filter(lambda text: text != "none"))
def test_hostile_texts_stay_in_their_fields(pack: Pack, given: str) -> None:
    """There is an event for each open item, with its properties, and each text is complete."""
    report = hostile(pack, given)
    lines = content_lines(report)
    assert lines.count("BEGIN:VEVENT") == len(open_items(report)) > 0
    assert lines.count("BEGIN:VALARM") == sum(
        event.dtstart is not None and event.dtstart > report.as_of for event in read(report).events
    )
    assert {one.partition(":")[0] for one in lines} == PROPERTIES
    found = read(report).events
    assert len(found) == len(open_items(report)) == len({event.uid for event in found})
    for item, event in zip(open_items(report), found, strict=True):
        assert event.summary == line(f"{given} ({item.level})")
        first, *_, last = str(event.description).split("\n")
        assert first == line(given)
        assert last == line(f"Trip: {given}")


def test_what_is_left_on_return_from_a_lasting_arrangement_has_no_day(report: Report) -> None:
    """It is a to-do that waits, where the trip has a beginning and where it has none."""
    for returns in ({"departs": "2026-12-01", "returns": "none"}, {"departs": "none"}):
        lasting = with_facts(report, **returns)
        assert "give-back" not in events(lasting)
        (todo,) = read(lasting).todos
        assert (todo.summary, todo.due, todo.dtstart) == (
            "Give back what you borrowed (consider)",
            None,
            None,
        )
        assert todo.uid == f"{samples.TRIP_ID}.overseas.give-back@travelsec.invalid"
