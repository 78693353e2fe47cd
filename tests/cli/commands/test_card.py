"""`travelsec card`, as a command."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.command import Outcome, run
from tests.terminal import ENTER, Terminal
from travelsec.pack.load import load

TODAY = ("--today", "2026-12-02")
POLICY = Path(__file__).parents[2] / "pack" / "policy"


def keep(folder: Path, name: str, **facts: str) -> None:
    """Keep a trip that is under way."""
    given = {
        "traveller": "A. Smith",
        "abroad": "true",
        "official": "true",
        "devices": "laptop",
        "departs": "2026-12-01",
        "returns": "2026-12-05",
        "destination": "Wolfsburg",
        "line_manager": "Xanthippe Quill, +44 7700 900123",
        **facts,
    }
    settings = [text for fact, value in given.items() for text in ("--set", f"{fact}={value}")]
    done = run("prepare", "--trip", name, "--no-input", *settings, *TODAY, folder=folder)
    assert done.code == 1, done.err


def card(folder: Path, *arguments: str, **env: str) -> Outcome:
    """Make a card on a day of that trip."""
    return run("card", *TODAY, *arguments, folder=folder, **env)


def test_without_a_trip_there_are_blanks(tmp_path: Path) -> None:
    """Text on standard output, nothing else anywhere."""
    done = card(tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Emergency card\n\nName: ____")
    assert load().contacts["technology-service-desk"].tel_from_abroad in done.out
    assert list(tmp_path.iterdir()) == []


def test_the_trip_under_way_fills_it_in(tmp_path: Path) -> None:
    """Or the one that is named; the destination is on neither."""
    keep(tmp_path, "Rome")
    done = card(tmp_path)
    assert "Xanthippe Quill" in done.out
    assert "+44 7700 900123" in done.out
    assert "Wolfsburg" not in done.out
    keep(tmp_path, "Oslo", line_manager="Zoe Yarrow, +44 7700 900999")
    assert "Zoe Yarrow" in card(tmp_path, "--trip", "Oslo").out
    # Two are under way: neither is chosen.
    assert "Yarrow" not in card(tmp_path).out


def test_an_unknown_trip(tmp_path: Path) -> None:
    """The nearest name is suggested; the card has blanks."""
    keep(tmp_path, "Rome")
    done = card(tmp_path, "--trip", "Roma", "--output", "card.txt")
    assert done.code == 0
    assert "did you mean Rome?" in done.err
    assert "Name: ____" in (tmp_path / "card.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["card.html", "card.md", "card.txt"])
def test_a_file_is_the_owners_alone(tmp_path: Path, name: str) -> None:
    """Its ending names the format; forgetting the trip names the card."""
    keep(tmp_path, "Rome")
    done = card(tmp_path, "--output", name)
    assert (done.code, done.out) == (0, "")
    assert "Print it at the office, or copy it by hand." in done.err
    path = tmp_path / name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Xanthippe" in path.read_text(encoding="utf-8")
    forgotten = run("trips", "forget", "Rome", "--yes", folder=tmp_path)
    assert name in forgotten.out + forgotten.err


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    """Unless it may be replaced."""
    path = tmp_path / "card.txt"
    path.write_text("mine", encoding="utf-8")
    done = card(tmp_path, "--output", "card.txt")
    assert done.code == 2
    assert "--force" in done.err
    assert path.read_text(encoding="utf-8") == "mine"
    assert card(tmp_path, "--output", "card.txt", "--force").code == 0
    assert path.read_text(encoding="utf-8").startswith("Emergency card")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "docx"), "there is no format “docx” (allowed: html, md, txt, pdf"),
        (("--output", "card.doc"), "names no format"),
        (("--output", "card.txt", "--format", "pdf"), "the ending of card.txt says another"),
        (("--today", "soon"), "--today"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    """In one line, with exit code 2 and nothing on standard output."""
    done = run("card", *arguments, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert done.err.count("\n") == 1


def test_too_much_for_the_page_is_told(tmp_path: Path) -> None:
    """Nobody must find out at the border."""
    keep(tmp_path, "Rome", traveller="W" * 200)
    done = card(tmp_path)
    assert done.code == 0
    assert "no room" in done.err
    assert "W…" in done.out


def test_the_emergencies_of_an_overlay_stand_on_the_back(tmp_path: Path) -> None:
    """With whom they name; without an emergency there, no back is to be printed."""
    done = card(tmp_path, "--pack", str(POLICY))
    assert (done.code, done.err) == (0, "")
    front, _, back = done.out.partition("SOMEONE FOLLOWS ME")
    assert "SOMETHING IS LOST OR STOLEN" in front
    assert "1. End the conversation politely." in back
    assert "WHO ELSE TO CALL" in back
    assert "Duty Officer" in back.partition("WHO ELSE TO CALL")[2]
    made = card(tmp_path, "--pack", str(POLICY), "--output", "card.html")
    assert "Print it on both sides: its back has further emergencies." in made.err
    alone = card(tmp_path, "--output", "alone.html")
    situations = load().situations.values()
    has_back = any(one.card == "back" and one.audience == "traveller" for one in situations)
    assert ("both sides" in alone.err) == has_back
    page = (tmp_path / "alone.html").read_text(encoding="utf-8")
    assert ("both sides" in page) == has_back


def test_a_pack_with_faults_is_left_out(tmp_path: Path) -> None:
    """A card is worth more than an error."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "pack.yaml").write_text("nonsense: true\n", encoding="utf-8")
    done = card(tmp_path, "--pack", "own")
    assert done.code == 0
    assert "was left out" in done.err
    assert "Who to call".upper() in done.out


@pytest.mark.slow
def test_pdf_goes_to_its_file(tmp_path: Path) -> None:
    """Through the extra; nothing but the file is written."""
    pytest.importorskip("weasyprint", reason="the extra pdf is not installed")
    done = card(tmp_path, "--output", "card.pdf")
    assert done.code == 0, done.err
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.slow
@pytest.mark.parametrize("side", [{}, {"ACCESSIBLE": "1"}], ids=["drawn", "accessible"])
def test_a_card_that_is_packed_ticks_what_it_fulfils(tmp_path: Path, side: dict[str, str]) -> None:
    """Only if the traveller says so, and only while it is open."""
    facts = ("--set", "abroad=true", "--set", "devices=laptop", "--set", "destination=Lisbon")
    begun = run("prepare", "--trip", "Lisbon", "--no-input", *facts, folder=tmp_path)
    assert begun.code == 1, begun.err
    item = "overseas.carry-numbers"
    command = ("card", "--trip", "Lisbon", "--output", "card.html", "--force")

    def status() -> str:
        report = run("export", "Lisbon", "--format", "json", folder=tmp_path).json()
        return next(str(entry["status"]) for entry in report["items"] if entry["id"] == item)

    for number, expected in (("1", "unanswered"), ("2", "done")):
        terminal = Terminal(*command, folder=tmp_path, env=side)
        terminal.wait_for("Then “Carry the emergency numbers” is done.")
        terminal.answer(" >" if side else "q stop)", number + ENTER)
        assert terminal.finish() == 0
        assert status() == expected
    again = Terminal(*command, folder=tmp_path, env=side)
    assert again.finish() == 0
    assert "is done." not in again.text()
    assert run(*command, folder=tmp_path).code == 0
