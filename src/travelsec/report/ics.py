"""Write the open items of a report as a calendar: an all-day event with an alarm for each.

An item with a deadline is an event of that day, with a second alarm before it: on the suggested
day, or a week ahead. What is late is an event of the day the calendar is made. Events of that day
have no alarm: its time may be past, and some calendars then ring for every event as soon as it is
imported. An item for the return from a trip without an end becomes a to-do without a date.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from icalendar import Alarm, Calendar, Event, Journal, Todo, vText

from travelsec.due import suggested_day
from travelsec.question_types import NONE
from travelsec.report.model import Report, ReportItem, is_moment
from travelsec.report.outline import notes
from travelsec.safe_text import line
from travelsec.trip.statuses import OPEN
from travelsec.wording import as_sentence, at_the_latest, show_date

ALARM = datetime.timedelta(hours=9)
"""The time of the alarm, from midnight wherever the traveller is."""

_SEQUENCE_ZERO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
_LAST_SEQUENCE = 2**31 - 1
_LAST_DAY = datetime.date.max - datetime.timedelta(days=1)


class _Text(vText):
    """A text escaped as RFC 5545 requires.

    icalendar's own class turns a backslash before an N, as in a Windows path, into a line break.
    """

    def to_ical(self) -> bytes:
        text = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return text.replace("\n", "\\n").encode()


def render(report: Report, today: datetime.date | None = None) -> bytes:
    """Return the open items of the report as an iCalendar file, made today or on the report's day.

    An item keeps its UID in all reports of the trip, so that importing a later calendar updates
    the events of an earlier one.
    """
    calendar = Calendar()
    calendar.add("prodid", _Text("-//travelsec//travelsec//EN"))
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _calendar_text(report.trip.name))
    for item, uid in zip(report.items, _uids(report), strict=True):
        if item.status in OPEN:
            calendar.add_component(_event(item, uid, report, today or report.as_of))
    if not calendar.subcomponents:
        calendar.add_component(_nothing_open(report))
    return bytes(calendar.to_ical())


def _event(item: ReportItem, uid: str, report: Report, today: datetime.date) -> Event | Todo:
    # A report can be made for a day that is still to come, or have been made long ago.
    first = max(today, report.as_of)
    day = _day_of_event(item, report, first)
    event = Todo() if day is None else Event()
    summary = _calendar_text(f"{item.label} ({item.level})")
    _identify(event, uid, report)
    event.add("summary", summary)
    event.add("description", _Text("\n".join(map(line, _description(item, report, first)))))
    # Colleagues who see the calendar need not know.
    event.add("class", "PRIVATE")
    if day is None:
        return event
    event.add("dtstart", day)
    event.add("dtend", day + datetime.timedelta(days=1))
    # The traveller is not busy all day.
    event.add("transp", "TRANSPARENT")
    for alarm_day in sorted(_alarm_days(item, day, today)):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", ALARM - (day - alarm_day))
        event.add_component(alarm)
    return event


def _alarm_days(item: ReportItem, day: datetime.date, today: datetime.date) -> set[datetime.date]:
    """Return the days on which to ring for an event of this day, which are all to come."""
    days = {day}
    if item.deadline is not None and day > today:
        early = item.due if item.due is not None and item.due < day else _week_before(day)
        days.add(min(max(early, today + datetime.timedelta(days=1)), day))
    return {alarm_day for alarm_day in days if alarm_day > today}


def _week_before(day: datetime.date) -> datetime.date:
    return datetime.date.fromordinal(max(day.toordinal() - 7, 1))


def _nothing_open(report: Report) -> Journal:
    """Return an event that says nothing is open: RFC 5545 forbids an empty calendar."""
    journal = Journal()
    _identify(journal, f"{line(report.trip.id)}@travelsec.invalid", report)
    journal.add("dtstart", report.as_of)
    journal.add("summary", _calendar_text(f"Nothing is open: {report.trip.name}"))
    return journal


def _identify(component: Event | Journal | Todo, uid: str, report: Report) -> None:
    """Add the UID, and what tells a calendar which version of an event is newer."""
    moment = datetime.datetime.combine(report.as_of, datetime.time(), datetime.UTC)
    if is_moment(report.created):
        moment = datetime.datetime.fromisoformat(report.created)
    component.add("uid", _Text(uid))
    component.add("dtstamp", moment)
    component.add("last-modified", moment)
    seconds = int((moment - _SEQUENCE_ZERO).total_seconds())
    component.add("sequence", max(0, min(seconds, _LAST_SEQUENCE)))


def _uids(report: Report) -> Iterator[str]:
    """Yield a UID for each item, made from those of the trip and the item.

    If an untrusted report has an id twice, the second UID gets a number; otherwise calendars would
    keep only one event.
    """
    numbers: dict[str, int] = {}  # the last number of each
    for item in report.items:
        uid = wanted = f"{line(report.trip.id)}.{line(item.id)}"
        while uid in numbers:
            numbers[wanted] += 1
            uid = f"{wanted}.{numbers[wanted]}"
        numbers[uid] = 1
        yield f"{uid}@travelsec.invalid"


def _day_of_event(item: ReportItem, report: Report, first: datetime.date) -> datetime.date | None:
    """Return the day of an item's event: its deadline, when it is due, the departure or return.

    An earlier day than the first becomes the first: the item is to be done now. An item on return
    has no day if the traveller does not return.
    """
    trip = report.trip
    by = item.deadline or item.due
    if item.phase == "back" and by is None and NONE in map(trip.text, ("departs", "returns")):
        return None
    wanted = by or (trip.date("returns") if item.phase == "back" else None) or trip.date("departs")
    # The event ends the next day, which must exist in the calendar too.
    return min(max(wanted or first, first), _LAST_DAY)


def _description(item: ReportItem, report: Report, first: datetime.date) -> Iterator[str]:
    yield item.do
    if item.why:
        yield f"Why: {item.why}"
    yield from (f"Contact: {contact}" for contact in item.contacts)
    suggested = suggested_day(item.due, item.deadline, first)
    if suggested is not None:
        past = " That date has passed: do this now." if suggested < first else ""
        yield f"Suggested by {show_date(suggested)}.{past}"
    if item.deadline is not None:
        yield as_sentence(at_the_latest(item.deadline, first, item.ask))
    if item.status == "declined":
        yield "You declined this."
    yield from notes(item)
    pages = dict.fromkeys(cite.partition("/")[0] for cite in item.cites)
    if pages:
        yield f"Source: {'; '.join(report.titles.get(f'guidance/{page}', page) for page in pages)}"
    yield f"Trip: {report.trip.name}"


def _calendar_text(text: str) -> _Text:
    return _Text(line(text))
