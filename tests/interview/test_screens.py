"""What the interview asks about a section, whatever the way of asking."""

from __future__ import annotations

import datetime
import io
import sys
from pathlib import Path

import pytest

from travelsec.cli.trip_session import unsaved_session
from travelsec.interview.accessible import AccessiblePrompter
from travelsec.interview.flow import Interview
from travelsec.pack.load import load

PACK = """\
pack: {id: base, version: "1", title: The base, covers: Trips., not_covered: All else.}
situations:
  - {id: loss, title: A loss, steps: [{do: Call the desk., cites: [leaflet]}]}
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
    items = [ITEM.replace("NAME", f"n{n}").replace("EXTRA", e) for n, e in enumerate(extras)]
    text = PACK.replace("PHASE", phase).replace("ITEMS", ", ".join(items))
    (tmp_path / "pack.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO("all\n\n"))
    screen = io.StringIO()
    session = unsaved_session(load(bundled=tmp_path), datetime.date(2026, 11, 24))
    Interview(session, AccessiblePrompter(screen)).run()
    assert f"\n{question}\n1. Item n0 (must): Do n0.\n" in screen.getvalue()
    assert {status.status for status in session.answers.statuses.values()} == {"done"}
