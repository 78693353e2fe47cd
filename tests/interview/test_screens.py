"""What the interview asks about a section, whatever the way of asking."""

from __future__ import annotations

import datetime
import io
import re
import sys
from pathlib import Path

import pytest

from travelsec.cli.trip_session import unsaved_session
from travelsec.interview.accessible import AccessiblePrompter
from travelsec.interview.flow import Interview
from travelsec.interview.screens import item_details
from travelsec.pack.load import load
from travelsec.trip.facts import Facts
from travelsec.trip.selection import select
from travelsec.trip.statuses import Status

PACK = """\
pack: {id: base, version: "1", title: The base, covers: Trips., not_covered: All else.}
situations:
  - {id: loss, title: A loss, steps: [{do: Call the desk., cites: [leaflet]}]}
contacts:
  - {id: desk, name: The desk, email: desk@example.org, cites: [leaflet]}
guidance:
  - {id: leaflet, title: A leaflet, publisher: The office}
checklist:
  id: trip
  title: The trip
  sections:
    - {id: part, title: A part, phase: PHASE, items: [ITEMS]}
"""
ITEM = "{id: NAME, label: Item NAME, do: Do NAME., level: must, cites: [leaflet]EXTRA}"
KNOWN = ", situation: loss"


@pytest.mark.parametrize(
    ("phase", "extras", "question"),
    [
        ("before", ("", ""), "Which are done?"),
        ("before", ("",), "Is it done?"),
        ("away", ("", ""), "Which of these do you agree to?"),
        ("away", ("",), "Do you agree to this?"),
        ("away", (KNOWN, KNOWN), "Which of these are true?"),
        ("away", (KNOWN,), "Is this true?"),
        # One of them asks for more than knowing what to do.
        ("away", (KNOWN, ""), "Which of these do you agree to?"),
    ],
)
def test_a_section_is_asked_about_as_its_items_are_put(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    phase: str,
    extras: tuple[str, ...],
    question: str,
) -> None:
    """Things to do, to agree to and to know differ, and a single item is not a list."""
    screen, statuses = interview(tmp_path, monkeypatch, phase, extras)
    assert f"\n{question}\n1. Item n0 (must): Do n0.\n" in screen
    assert {status.status for status in statuses.values()} == {"done"}


def test_a_number_in_the_list_is_that_of_an_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The steps of a situation are counted in another way."""
    screen, _ = interview(tmp_path, monkeypatch, "away", (KNOWN, KNOWN))
    listed = screen.split("Which of these are true?\n")[1].split("\nType")[0]
    assert re.findall(r"^\d+\..*", listed, re.MULTILINE) == [
        "1. Item n0 (must): Do n0.",
        "2. Item n1 (must): Do n1.",
    ]
    assert listed.count("\nStep 1: Call the desk.") == 2


def test_who_to_contact_stands_with_the_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a line of its own, with how to reach them."""
    screen, _ = interview(tmp_path, monkeypatch, "before", (", contacts: [desk]", ""))
    assert screen.count("\nContact: The desk: E-mail desk@example.org\n") == 1


def interview(
    folder: Path, monkeypatch: pytest.MonkeyPatch, phase: str, extras: tuple[str, ...]
) -> tuple[str, dict[str, Status]]:
    """Tick all items of a section, line by line; return the screen and the statuses."""
    items = [ITEM.replace("NAME", f"n{n}").replace("EXTRA", e) for n, e in enumerate(extras)]
    text = PACK.replace("PHASE", phase).replace("ITEMS", ", ".join(items))
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO("all\n\n"))
    screen = io.StringIO()
    session = unsaved_session(load(bundled=folder), datetime.date(2026, 11, 24))
    Interview(session, AccessiblePrompter(screen)).run()
    return screen.getvalue(), session.answers.statuses


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("10-20", ["Suggested: by Sun 1 November 2026.", "At the latest by Mon 16 November 2026."]),
        ("11-16", ["Suggested: now.", "At the latest by Mon 16 November 2026."]),
        # Five days before departure.
        ("11-26", ["Missed: it was due by Mon 16 November 2026; ask The desk, desk@example.org."]),
    ],
)
def test_an_item_shows_its_deadline(tmp_path: Path, day: str, expected: list[str]) -> None:
    """Beside the suggested day; once it has passed, with who to ask."""
    due = ", due: 30 days before departure, deadline: 15 days before departure"
    text = PACK.replace("PHASE", "before").replace("ITEMS", ITEM.replace("EXTRA", due))
    text = text.replace("publisher: The office", "publisher: The office, ask: desk")
    text += "questions: [{id: departs, ask: When?, type: date}]\n"
    (tmp_path / "pack.yaml").write_text(text.replace("NAME", "n0"), encoding="utf-8")
    pack = load(bundled=tmp_path)
    departs = datetime.date(2026, 12, 1)
    facts = Facts(pack, {"departs": departs}, datetime.date.fromisoformat(f"2026-{day}"))
    (selected,) = select(pack, facts)
    lines = item_details(selected, facts, Status("unanswered")).splitlines()
    assert lines == ["Do n0.", *expected]
