"""Warnings about the fields of single entries."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pack.packs import base
from tests.pack.warnings_of import CONTACT, ITEM, codes, over, warnings


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("label: New", f"label: {'x' * 41}", "long-label", "7:28"),
        ("label: New", "label: Do it", "same-label", "7:28"),
        ("do: Do it.", "do: 'Read [it](https://example.org) now.'", "markdown-link", "7:37"),
        ("do: Do it.", "do: “Do it.”", "curly-quotes", "7:37"),
        ("do: Do it.", f"do: {'word ' * 28}end.", "long-sentence", "7:37"),
        ("why: So.,", "", "no-why", "7:53"),
        ("Do it.", "Write to Old-Desk@Example.org now.", "withdrawn-detail", "7:37"),
        ("Do it.", "Call 020 7946 0199 now.", "telephone-number", "7:37"),
        ("Do it.", "Call +442079460199.", "telephone-number", "7:37"),
        ("why: So.", "why: '(020) 7946-0199 knows.'", "telephone-number", "7:50"),
    ],
)
def test_an_item_gets_a_warning(tmp_path: Path, old: str, new: str, code: str, place: str) -> None:
    """At the field to change."""
    text = ITEM.replace(old, new).replace("EXTRA", "")
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert [one for one in found if one.startswith(f"{code} over/over.yaml:{place}: ")], found


@pytest.mark.parametrize(
    "field",
    [
        "tel: call us",
        'tel: "1"',
        "tel_from_abroad: 020 7946 0199",
        "email: kim at example",
        "email: kim@example",
    ],
)
def test_a_contact_that_nobody_can_reach_gets_a_warning(tmp_path: Path, field: str) -> None:
    """In an emergency nobody has time to guess."""
    folder = over(tmp_path, CONTACT.replace("FIELD", field))
    assert "contact-detail" in codes(base(tmp_path), folder)


@pytest.mark.parametrize(
    "field",
    [
        "tel: 020 7946 0199",
        "tel: (020) 7946-0199 ext. 12",
        'tel: "999"',
        "tel_from_abroad: +44 20 7946 0199",
        "tel: $tel_desk",
        "email: kim.o-b@team.example.org",
    ],
)
def test_a_contact_that_can_be_reached_gets_no_warning(tmp_path: Path, field: str) -> None:
    """However its number is written."""
    folder = over(tmp_path, CONTACT.replace("FIELD", field))
    assert "contact-detail" not in codes(base(tmp_path), folder)


@pytest.mark.parametrize(
    ("fields", "is_warned"),
    [
        (", due: 2 days after return", True),
        (", due: on return", True),
        (", due: 2 days before departure", False),
        (", phase: back, due: on departure", True),
        (", phase: back, due: 1 day after return", False),
        (", phase: away, due: on return", False),
    ],
)
def test_a_due_date_that_does_not_fit_the_phase_gets_a_warning(
    tmp_path: Path, fields: str, is_warned: bool
) -> None:
    """An item for before the trip cannot be due after it."""
    found = codes(base(tmp_path), over(tmp_path, ITEM.replace("EXTRA", fields)))
    assert ("due" in found) == is_warned


@pytest.mark.parametrize("field", ["hours", "note", "note_from_abroad"])
def test_a_number_in_the_text_of_a_contact_gets_a_warning(tmp_path: Path, field: str) -> None:
    """It would not change with the contact's number."""
    folder = over(tmp_path, CONTACT.replace("FIELD", f'{field}: "020 7946 0199, at night"'))
    place = "telephone-number over/over.yaml:2:"
    assert [one for one in warnings(base(tmp_path), folder) if one.startswith(place)]


@pytest.mark.parametrize(
    ("days", "is_warned"),
    [
        ("due: 10 days before departure, deadline: 15 days before departure", True),
        ("due: 15 days before departure, deadline: 15 days before departure", False),
        ("due: 16 days before departure, deadline: 15 days before departure", False),
        ("due: 2 weeks before departure, deadline: 15 days before departure", True),
        ("due: 10 working days before departure, deadline: 15 days before departure", True),
        # Twelve to fourteen days, by the weekday of the departure.
        ("due: 10 working days before departure, deadline: 14 days before departure", True),
        ("due: 14 days before departure, deadline: 10 working days before departure", False),
        ("due: 13 days before departure, deadline: 10 working days before departure", True),
        ("due: on return, deadline: 1 day before departure", True),
        ("due: 1 day before departure, deadline: on return", False),
        ("phase: back, due: 3 days after return, deadline: 2 days after return", True),
        ("phase: back, due: on return, deadline: 2 working days after return", False),
        ("deadline: 15 days before departure", False),
        ("due: 1 day before departure", False),
    ],
)
def test_a_suggestion_after_the_deadline_gets_a_warning(
    tmp_path: Path, days: str, is_warned: bool
) -> None:
    """If it can be so on any weekday; a deadline alone is fine."""
    found = codes(base(tmp_path), over(tmp_path, ITEM.replace("EXTRA", f", {days}")))
    assert ("due-after-deadline" in found) is is_warned


@pytest.mark.parametrize(
    ("deadline", "is_warned"),
    [
        (", deadline: 1 day after return", True),
        (", deadline: 15 working days before departure", False),
        (", phase: back, deadline: 1 day before departure", True),
        (", phase: back, deadline: 1 day after return", False),
    ],
)
def test_a_deadline_that_does_not_fit_the_phase_gets_a_warning(
    tmp_path: Path, deadline: str, is_warned: bool
) -> None:
    """As a due date does."""
    found = codes(base(tmp_path), over(tmp_path, ITEM.replace("EXTRA", deadline)))
    assert ("deadline" in found) is is_warned


def test_a_placeholder_of_a_number_gets_no_warning(tmp_path: Path) -> None:
    """It refers to a contact; the number is filled in only for people."""
    text = "situations: [{id: s, title: S, steps: [{do: Call $tel_desk., cites: [leaflet]}]}]\n"
    assert "telephone-number" not in codes(base(tmp_path), over(tmp_path, text))
