"""`contacts`: who to call about what."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import run
from travelsec.pack.load import load


def test_contacts_by_topic(tmp_path: Path) -> None:
    """Only those for the topic; a wrong one is refused with what there is."""
    text = run("contacts", "privacy", folder=tmp_path).out
    assert "privacy@justice.gov.uk" in text
    assert "Technology Service Desk" not in text
    wrong = run("contacts", "privat", folder=tmp_path)
    assert wrong.code == 2
    assert "did you mean privacy?" in wrong.err


def test_contacts_for_somebody_else(tmp_path: Path) -> None:
    """A fact that is given decides who is named, and how the number is dialled."""
    desk = load().contacts["technology-service-desk"]
    home, away = (
        run("contacts", "loss", "--set", f"abroad={abroad}", folder=tmp_path).out
        for abroad in ("false", "true")
    )
    assert f"Telephone: {desk.tel}" in home
    assert f"Telephone: {desk.tel_from_abroad}" not in home
    assert f"Telephone: {desk.tel}" not in away
