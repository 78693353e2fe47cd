"""A deadline stands wherever a due date does, and an open item past it is missed.

The sample trip leaves on Tuesday 1 December 2026; reports are judged for 24 November.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.report import samples
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report import csv as csv_format
from travelsec.report import eml, html, ics, markdown, text
from travelsec.report.end_screen import end_screen
from travelsec.report.model import Report
from travelsec.report.read import parse_report
from travelsec.report.reply import reply
from travelsec.trip.statuses import Status

put = msgspec.structs.replace

MISSED = "missed: it was due by Mon 16 November 2026; ask The page team, page@example.org"
PENDING = "at the latest by Sun 29 November 2026"
SUGGESTED = "suggested by Thu 26 November 2026"
ITEMS = (
    # A notice of fifteen days, as the guidance puts it.
    (
        "label: Carry a letter of introduction, level: must",
        "label: Carry a letter of introduction, level: should, deadline: 15 days before departure",
    ),
    (", due: 10 days before departure", ""),
    ("due: 2 days before", "deadline: 2 days before departure, due: 5 days before"),
    ("due: 1 day after return", "deadline: 2 working days after return"),
)
"""What makes a `should` of the letter with a deadline that has passed, and one that has not."""


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Load the small pack with deadlines."""
    return samples.read_pack(tmp_path_factory.mktemp("pack"), *ITEMS)


def by_id(report: Report) -> dict[str, dict[str, Any]]:
    """Return the items of the report as they are in its JSON."""
    items = msgspec.json.decode(msgspec.json.encode(report))["items"]
    return {item["id"].removeprefix("overseas."): item for item in items}


def test_json_has_the_deadline_beside_the_due_date(report: Report) -> None:
    """With who to ask: the contact of the page that the item cites."""
    items = by_id(report)
    letter, files = items["letter"], items["clear-files"]
    assert (letter["due"], letter["deadline"]) == (None, "2026-11-16")
    assert (files["due"], files["deadline"]) == ("2026-11-26", "2026-11-29")
    assert letter["ask"] == files["ask"] == "The page team, page@example.org"
    assert items["report-it"]["deadline"] == "2026-12-08"
    assert not {"deadline", "ask"} & items["seals"].keys()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-16", "at the latest by Mon 16 November 2026"),
        ("2026-11-17", MISSED),
        # Five days before the trip.
        ("2026-11-26", MISSED),
    ],
)
def test_the_day_after_its_deadline_an_item_is_missed(pack: Pack, day: str, words: str) -> None:
    """The day itself is in time."""
    report = samples.make(pack, today=datetime.date.fromisoformat(day))
    shown = " ".join(text.render(report).split())
    assert words in shown or f"A{words[1:]}." in shown
    assert ("missed" in shown) is (words == MISSED)


def page_of(report: Report) -> str:
    """Return the page without what it carries for machines."""
    return html.render(report).partition('<script type="application')[0]


def body_of(report: Report) -> str:
    """Return the text of the email."""
    mail = message_from_bytes(eml.render(report), policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


VIEWS: dict[str, Callable[[Report], str]] = {
    "txt": text.render,
    "md": markdown.render,
    "html": page_of,
    "eml": body_of,
    "reply": lambda report: "\n".join(reply(report)),
}


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_tells_what_was_missed_before_all_else(report: Report, view: str) -> None:
    """A `should` that was missed comes before every `must`; the other has both its days."""
    shown = " ".join(VIEWS[view](report).replace("\\", "").split())
    assert MISSED in shown
    capital = f"{PENDING[0].upper()}{PENDING[1:]}"
    assert PENDING in shown or capital in shown
    assert SUGGESTED in shown or f"S{SUGGESTED[1:]}" in shown
    if view != "reply":
        first = shown.index("Carry a letter of introduction")
        assert first < shown.index("Clear unneeded files")


def test_missed_items_have_a_heading_of_their_own(report: Report) -> None:
    """With their level, which the heading does not say."""
    lines = text.render(report).splitlines()
    start = lines.index("Missed (1)") if "Missed (1)" in lines else lines.index("MISSED (1)")
    assert lines[start + 1].startswith("[ ] Carry a letter of introduction (should) – missed: ")


@pytest.mark.parametrize("view", ["txt", "md", "html", "eml"])
def test_a_declined_item_is_missed_too(pack: Pack, view: str) -> None:
    """It is open."""
    statuses = {"overseas.letter": Status("declined", "No time.", how="terminal")}
    report = samples.make(pack, statuses={**samples.STATUSES, **statuses})
    assert MISSED in " ".join(VIEWS[view](report).replace("\\", "").split())


@pytest.mark.parametrize("status", ["done", "not-applicable"])
@pytest.mark.parametrize("view", VIEWS)
def test_what_is_settled_is_not_missed(pack: Pack, status: Any, view: str) -> None:
    """However late it was."""
    statuses = {"overseas.letter": Status(status, "No visit.", how="terminal")}
    report = samples.make(pack, statuses={**samples.STATUSES, **statuses})
    assert "missed" not in VIEWS[view](report)


def test_the_verdict_does_not_depend_on_a_deadline(pack: Pack) -> None:
    """The level of the item decides, whatever the day."""
    early = samples.make(pack, today=datetime.date(2026, 11, 1))
    late = samples.make(pack, today=datetime.date(2026, 11, 26))
    assert early.readiness == late.readiness


def test_csv_has_columns_for_it(report: Report) -> None:
    """The day for machines, and who to ask."""
    rows = list(csv.DictReader(io.StringIO(csv_format.render(report), newline="")))
    letter = next(row for row in rows if row["id"] == "overseas.letter")
    assert (letter["deadline"], letter["ask"]) == ("2026-11-16", "The page team, page@example.org")


def test_the_end_screen_begins_with_what_was_missed(report: Report) -> None:
    """The others are in the table, with their last days."""
    end = end_screen(report, 50)
    assert end.missed == [f"Carry a letter of introduction (should) – {MISSED}."]
    assert ("must", "Clear unneeded files", PENDING) in end.rows


@pytest.mark.parametrize("room", range(9))
def test_the_end_screen_keeps_to_its_room(report: Report, room: int) -> None:
    """What was missed takes two lines of 80 columns, and a long row as well."""
    end = end_screen(report, room)
    lines = 2 * len(end.missed) + sum(1 + (len(a) + len(b) > 66) for _, a, b in end.rows)
    assert lines + bool(end.more) <= max(room, 1)
    assert len(end.missed) + len(end.rows) + end.more == 5


def events(report: Report, today: datetime.date | None = None) -> dict[str, list[str]]:
    """Return the lines of each event of the calendar, by its item."""
    found = {}
    for part in ics.render(report, today).decode().replace("\r\n ", "").split("BEGIN:VEVENT")[1:]:
        lines = part.splitlines()
        uid = next(line for line in lines if line.startswith("UID:"))
        found[uid.split(".")[2].split("@")[0]] = lines
    return found


def test_no_view_suggests_a_day_after_the_deadline(tmp_path: Path) -> None:
    """Whoever waits for it has missed the deadline. The calendar does not either."""
    pack = samples.read_pack(
        tmp_path, ("due: 2 days before", "deadline: 5 days before departure, due: 2 days before")
    )
    report = samples.make(pack, today=datetime.date(2026, 11, 25))
    calendar = "\n".join(events(report)["clear-files"])
    for shown in (calendar, *(view(report) for view in VIEWS.values())):
        assert "26 November 2026" in shown
        assert "29 November 2026" not in shown


def triggers(lines: list[str]) -> list[str]:
    """Return the alarms of an event."""
    return [line.partition(":")[2] for line in lines if line.startswith("TRIGGER")]


def test_the_event_is_on_the_deadline_with_an_earlier_alarm(report: Report) -> None:
    """On the suggested day, or a week ahead; and on the day itself."""
    found = events(report)
    assert "DTSTART;VALUE=DATE:20261129" in found["clear-files"]
    assert triggers(found["clear-files"]) == ["-P2DT15H", "PT9H"]
    # From Tuesday 1 to Tuesday 8 December.
    assert "DTSTART;VALUE=DATE:20261208" in found["report-it"]
    assert triggers(found["report-it"]) == ["-P6DT15H", "PT9H"]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        # The suggested day has come: the first alarm is tomorrow's.
        ("2026-11-26", ["-P1DT15H", "PT9H"]),
        ("2026-11-28", ["PT9H"]),
        ("2026-11-29", []),
        ("2026-11-30", []),
    ],
)
def test_an_alarm_is_never_past(report: Report, today: str, expected: list[str]) -> None:
    """Some calendars would ring as soon as the file is imported."""
    found = events(report, datetime.date.fromisoformat(today))
    assert triggers(found["clear-files"]) == expected


def test_a_missed_item_is_an_event_of_today_that_says_so(report: Report) -> None:
    """As anything late is."""
    letter = events(report)["letter"]
    assert "DTSTART;VALUE=DATE:20261124" in letter
    assert triggers(letter) == []
    description = next(line for line in letter if line.startswith("DESCRIPTION"))
    assert "Missed: it was due by Mon 16 November 2026\\; ask The page team\\, page@" in description


def test_a_report_without_deadlines_is_written_as_before(tmp_path: Path) -> None:
    """So that the digests of reports of 0.2.0 still match."""
    (tmp_path / "plain").mkdir()
    plain = samples.make(samples.read_pack(tmp_path / "plain"))
    data = msgspec.json.encode(plain)
    assert b'"deadline"' not in data
    assert parse_report(data).fits


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ask": ""}, "ask"),
        ({"deadline": None}, "ask"),
    ],
)
def test_a_deadline_and_who_to_ask_go_together(
    report: Report, changes: dict[str, Any], words: str
) -> None:
    """travelsec never writes one without the other."""
    items = tuple(put(i, **changes) if i.deadline else i for i in report.items)
    with pytest.raises(UserError, match=rf"items\[1\]\.{words}: "):
        parse_report(msgspec.json.encode(put(report, items=items)))


def test_private_dates_give_no_deadline(tmp_path: Path) -> None:
    """It would reveal them."""
    private = ("Which day do you leave?, type: date", "When?, type: date, private: true")
    nights = ("for $nights nights", "well")
    report = samples.make(samples.read_pack(tmp_path, *ITEMS, private, nights))
    assert {(item.deadline, item.ask) for item in report.items} == {(None, "")}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("    ask: helper\n", ""), "The ministry"),
        (("email: page@example.org", "tel: +44 20 7946 0000"), "The page team, 020 7946 0000"),
        (("email: page@example.org", "note: In the office."), "The page team, In the office."),
    ],
)
def test_who_to_ask_is_the_contact_of_the_page(
    tmp_path: Path, change: tuple[str, str], expected: str
) -> None:
    """With one way to reach them; without a contact, the publisher."""
    report = samples.make(samples.read_pack(tmp_path, *ITEMS, change))
    assert by_id(report)["letter"]["ask"] == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [("", "The approval desk, desk@example.org"), (", when: {abroad: true}", "The page team")],
)
def test_the_items_own_contact_comes_first(tmp_path: Path, when: str, expected: str) -> None:
    """But only one that is for everybody, as the report must not depend on who asks."""
    desk = f"name: The approval desk, email: desk@example.org, cites: [page/carry/bag]{when}"
    changes = (
        ("contacts:\n", f"contacts:\n  - {{id: desk, {desk}}}\n"),
        ("introduction, level: should", "introduction, contacts: [desk], level: should"),
    )
    report = samples.make(samples.read_pack(tmp_path, *ITEMS, *changes))
    assert by_id(report)["letter"]["ask"].startswith(expected)
