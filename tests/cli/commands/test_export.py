"""`export`: a trip or a report in another format, the same whichever of them it is made from."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import Outcome, run
from tests.terminal import ENTER, Terminal, environment
from travelsec.formats import REPORT_FORMATS

TODAY = ("--today", "2026-11-24")
EPOCH = {"SOURCE_DATE_EPOCH": "1795509005"}
TEXTS = [name for name in REPORT_FORMATS.names if not REPORT_FORMATS.find(name).binary]
ANSWERS = """
trip:
  traveller: Zoë Müller-Łukasz
  destination: Köln
  abroad: true
  departs: 2026-12-01
  returns: 2026-12-05
  devices: [laptop, phone]
  papers: true
  places: [hotel]
  line_manager: "Xanthippe Quill, +44 7700 900123"
items:
  overseas.clear-files: {status: todo, note: "Später: erst „Übersicht“ prüfen <b>&amp;</b>"}
  overseas.phone-pin: {status: done, note: "=1+1; C:\\\\New, ok"}
  overseas.hotel-safe: {status: declined, reason: "No safe – „naïve“ room\u202e!"}
  overseas.public-wifi: {status: not-applicable, reason: "+Ich nutze mein Telefon"}
  overseas.safety-first: agreed
"""


def keep(folder: Path, name: str = "Köln") -> None:
    """Keep a trip with a status of every kind, reasons, notes and letters beyond ASCII."""
    done = run(
        *("prepare", "--trip", name, "--no-input", "--answers", "-", *TODAY),
        folder=folder,
        stdin=ANSWERS,
    )
    assert done.code == 1, done.err


def export(folder: Path, *arguments: str, **env: str) -> Outcome:
    """Export on a day before the trip, always with the same ids."""
    return run("export", *arguments, *TODAY, folder=folder, **EPOCH, **env)


def exported(folder: Path, source: str, name: str, **env: str) -> bytes:
    """Return the bytes of standard output."""
    done = export(folder, source, "--format", name, **env)
    assert done.code == 0, done.err
    return done.out.encode()


# From whatever it is made, it is the same


@pytest.fixture(scope="module")
def travelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the trip, and export it as JSON and HTML."""
    folder = tmp_path_factory.mktemp("travelled")
    keep(folder)
    for name in ("report.json", "report.html"):
        done = export(folder, "Köln", "--output", name)
        assert done.code == 0, done.err
    return folder


@pytest.mark.parametrize("name", TEXTS)
def test_every_format_is_the_same_from_trip_and_report(travelled: Path, name: str) -> None:
    """Byte for byte; in another locale and time zone too."""
    from_trip = exported(travelled, "Köln", name)
    assert len(from_trip) > 1000
    assert exported(travelled, "report.json", name, TZ="Asia/Tokyo") == from_trip
    assert exported(travelled, "report.html", name, LANG="C") == from_trip
    # An email has its text encoded.
    assert "K=C3=B6ln" in from_trip.decode() if name == "eml" else "Köln" in from_trip.decode()


def test_the_trip_has_a_status_of_every_kind(travelled: Path) -> None:
    """So that the tests above compare all of them, with reasons and notes."""
    report = json.loads((travelled / "report.json").read_text(encoding="utf-8"))
    assert {item["status"] for item in report["items"]} == {
        *("done", "todo", "declined", "not-applicable", "unanswered")
    }
    assert sum(bool(item["note"]) for item in report["items"]) == 2
    assert sum(bool(item["reason"]) for item in report["items"]) == 2
    assert {item["phase"] for item in report["items"]} == {"before", "away", "back"}


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_has_the_bytes_of_standard_output(
    travelled: Path, tmp_path: Path, name: str
) -> None:
    """The ending names the format; the file is the owner's alone."""
    path = tmp_path / f"report.{REPORT_FORMATS.find(name).endings[0]}"
    done = export(travelled, "report.json", "--output", str(path))
    assert (done.code, done.out) == (0, "")
    assert path.read_bytes() == exported(travelled, "report.json", name)
    assert os.name != "posix" or stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("source", ["report.json", "report.html"])
def test_a_report_can_come_through_a_pipe(travelled: Path, source: str) -> None:
    """A hyphen is standard input."""
    text = (travelled / source).read_text(encoding="utf-8")
    done = run("export", "-", "--format", "json", folder=travelled, stdin=text)
    assert (done.code, done.err) == (0, "")
    assert done.out == (travelled / "report.json").read_text(encoding="utf-8")


def test_pdf_is_written_to_its_file(travelled: Path, tmp_path: Path) -> None:
    """From a report that came from another machine too."""
    pytest.importorskip("weasyprint", reason="the extra pdf is not installed")
    path = tmp_path / "report.pdf"
    done = export(travelled, "report.html", "--output", str(path))
    assert done.code == 0, done.err
    assert path.read_bytes().startswith(b"%PDF-")


def test_pdf_goes_to_no_terminal(travelled: Path) -> None:
    """Whose display it would upset."""
    terminal = Terminal("export", "report.html", "--format", "pdf", folder=travelled)
    assert terminal.finish() == 2
    assert "a terminal cannot show PDF: add --output FILE.pdf" in terminal.text()


@pytest.mark.slow
def test_pdf_goes_to_another_program(travelled: Path) -> None:
    """Through a pipe."""
    pytest.importorskip("weasyprint", reason="the extra pdf is not installed")
    command = [sys.executable, "-m", "travelsec", "export", "report.html", "--format", "pdf"]
    piped = subprocess.run(
        command, cwd=travelled, env=environment(travelled), capture_output=True, check=True
    )
    assert piped.stdout.startswith(b"%PDF-")


# From a trip


def test_without_a_format_it_is_plain_text(tmp_path: Path) -> None:
    """Not ready is no failure here: the report was asked for, and there it is."""
    keep(tmp_path)
    done = export(tmp_path, "köln")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Travel security: Köln\n\nNOT READY.")
    assert done.out == export(tmp_path, "Köln", "--format", "txt").out


def test_the_trip_remembers_where_its_report_is(tmp_path: Path) -> None:
    """Forgetting the trip names the file."""
    keep(tmp_path)
    done = export(tmp_path, "Köln", "--output", "mine.ics")
    assert done.err == "The report is in mine.ics\n"
    assert "mine.ics" in run("trips", "forget", "Köln", "--yes", folder=tmp_path).out


def test_each_report_of_a_trip_has_an_id_of_its_own(tmp_path: Path) -> None:
    """And the trip's id stays; nobody sees names and numbers."""
    keep(tmp_path)
    first, second = (
        run("export", "Köln", "--format", "json", *TODAY, folder=tmp_path) for _ in range(2)
    )
    assert first.json()["id"] != second.json()["id"]
    assert first.json()["trip"]["id"] == second.json()["trip"]["id"]
    assert "Xanthippe" not in first.out
    assert "900123" not in first.out


def test_the_day_counts_for_a_trip(tmp_path: Path) -> None:
    """A trip is judged for the day it is exported."""
    keep(tmp_path)
    done = run("export", "Köln", "--format", "csv", "--today", "2026-12-24", folder=tmp_path)
    assert {row["as_of"] for row in csv.DictReader(io.StringIO(done.out))} == {"2026-12-24"}


def test_a_pack_counts_for_a_trip(tmp_path: Path) -> None:
    """Its items are in the report; an answer that is no longer valid is named."""
    keep(tmp_path)
    own = tmp_path / "own"
    own.mkdir()
    (own / "pack.yaml").write_text(
        "pack: {id: own, version: '1', title: Own, covers: C., not_covered: Boats.}\n"
        "questions:\n"
        "  - {id: destination, ask: Where to?, type: choice, override: true,"
        " choices: {rome: Rome}}\n",
        encoding="utf-8",
    )
    done = export(tmp_path, "Köln", "--pack", "own")
    assert done.code == 0, done.err
    assert "Not covered here: Boats." in done.out
    assert "The answer to “Where to?” is no longer valid" in done.err


# From a report


def test_a_report_is_exported_as_it_was_made(tmp_path: Path) -> None:
    """Another day or pack changes nothing, and a message says so."""
    keep(tmp_path)
    export(tmp_path, "Köln", "--output", "report.json")
    before = (tmp_path / "report.json").read_bytes()
    later = run(
        *("export", "report.json", "--format", "json", "--today", "2027-01-01"), folder=tmp_path
    )
    assert later.code == 0
    assert later.out.encode() == before
    assert "--today change nothing" in later.err
    assert run("export", "report.json", folder=tmp_path).err == ""


def test_the_calendar_of_an_old_report_has_no_alarm_in_the_past(tmp_path: Path) -> None:
    """`--today` counts for a calendar: all that is open is for that day, and nothing rings."""
    keep(tmp_path)
    export(tmp_path, "Köln", "--output", "report.json")
    later = run(
        *("export", "report.json", "--format", "ics", "--today", "2027-01-01"), folder=tmp_path
    )
    assert (later.code, later.err) == (0, "")
    assert "DTSTART;VALUE=DATE:20270101" in later.out
    assert "VALARM" not in later.out
    assert "VALARM" in export(tmp_path, "report.json", "--format", "ics").out


def test_a_report_that_was_changed_is_told_and_exported(tmp_path: Path) -> None:
    """Whoever asked for it gets it, with what was changed, and so does who reads it then."""
    keep(tmp_path)
    export(tmp_path, "Köln", "--output", "report.json")
    path = tmp_path / "report.json"
    path.write_text(path.read_text(encoding="utf-8").replace("Zoë", "Zo"), encoding="utf-8")
    done = run("export", "report.json", "--format", "csv", folder=tmp_path)
    assert done.code == 0
    assert "Zo Müller" in done.out
    assert "its digest does not match" in done.err
    assert done.err.count("\n") == 1
    for name in ("html", "md", "txt"):
        shown = run("export", "report.json", "--format", name, folder=tmp_path).out
        assert "was changed or damaged after it was made" in " ".join(shown.split())
        assert "was changed" not in run("export", "Köln", "--format", name, folder=tmp_path).out


def test_a_file_without_the_usual_ending_counts_if_no_trip_has_its_name(tmp_path: Path) -> None:
    """A trip comes first; one of which only the beginning is given comes last."""
    keep(tmp_path)
    export(tmp_path, "Köln", "--output", "report.json")
    (tmp_path / "report.json").rename(tmp_path / "Lisbon")
    assert export(tmp_path, "Lisbon").out.startswith("Travel security: Köln")
    keep(tmp_path, "Lisbon in spring")
    assert export(tmp_path, "Lisbon").out.startswith("Travel security: Köln")
    run("trips", "forget", "Lisbon in spring", "--yes", folder=tmp_path)
    keep(tmp_path, "Lisbon")
    assert export(tmp_path, "Lisbon").out.startswith("Travel security: Lisbon")


def test_a_report_needs_no_trips(tmp_path: Path) -> None:
    """On another machine nothing is kept for it."""
    keep(tmp_path)
    export(tmp_path, "Köln", "--output", "report.json")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run("export", "../report.json", "--output", "report.md", folder=elsewhere)
    assert done.code == 0, done.err
    assert [path.name for path in elsewhere.iterdir()] == ["report.md"]


# What is wrong is said


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the trip beside files and a folder that are no reports."""
    folder = tmp_path_factory.mktemp("spoiled")
    keep(folder)
    (folder / "folder.csv").mkdir()
    (folder / "mine.csv").write_text("mine", encoding="utf-8")
    (folder / "broken.json").write_text('{"schema": ', encoding="utf-8")
    (folder / "page.html").write_text("<p>Hello</p>", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Köln", "--format", "docx"), "there is no format “docx” (allowed: json, md, html, pdf,"),
        (("Köln", "--format", "jsno"), "did you mean json?"),
        (
            ("Köln", "--output", "mine.html", "--format", "md"),
            "--format says md, but the ending of mine.html says another: leave --format out",
        ),
        (("Köln", "--output", "report.doc"), "names no format (allowed: json, md, html, pdf, csv"),
        (("Köln", "--output", "nowhere/report.csv"), "there is no folder"),
        (("Köln", "--output", "folder.csv"), "this is a folder"),
        (("Köln", "--output", "mine.csv"), "the file exists; --force replaces it"),
        (("Köln", "--today", "soon"), "--today"),
        (("Kön",), "there is no trip or file “Kön” (allowed: Köln; did you mean Köln?)"),
        (("",), "there is no trip or file “”"),
        (("\udcff",), "there is no trip or file “<U+DCFF>”"),
        (("x" * 400,), "there is no trip or file “xxx"),
        (("nothing.json",), "nothing.json: there is no such file"),
        (
            ("folder.csv",),
            "folder.csv: this is not an ordinary file; only .json, .html and .eml carry",
        ),
        (("mine.csv",), "mine.csv: this is not a travelsec report"),
        (("broken.json",), "broken.json: this is not a travelsec report"),
        (("page.html",), "page.html: this page holds no travelsec report"),
        (("-",), "stdin: this is not a travelsec report"),
    ],
)
def test_what_is_wrong_is_said(spoiled: Path, arguments: tuple[str, ...], message: str) -> None:
    """In one line, with exit code 2, nothing on standard output and no file harmed."""
    done = run("export", *arguments, folder=spoiled, stdin="nothing")
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert done.err.count("\n") == 1
    assert (spoiled / "mine.csv").read_text(encoding="utf-8") == "mine"


def test_with_no_trip_at_all_the_way_to_one_is_told(tmp_path: Path) -> None:
    """Nobody can mean one then."""
    done = run("export", "Lisbon", folder=tmp_path)
    assert done.code == 2
    assert "none is kept on this computer, travelsec prepare begins one" in done.err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root can read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    """With the reason of the system."""
    path = tmp_path / "report.json"
    path.write_text("{}", encoding="utf-8")
    path.chmod(0)
    done = run("export", "report.json", folder=tmp_path)
    assert done.code == 2
    assert "report.json: cannot be read: Permission denied" in done.err


def test_a_pipe_without_end_is_cut_off(tmp_path: Path) -> None:
    """More than a report can have is not read."""
    done = run("export", "-", folder=tmp_path, stdin=" " * (4 * 1024 * 1024 + 1))
    assert done.code == 2
    assert "stdin: more than 4 MiB came in" in done.err


def test_an_existing_file_is_replaced_by_force(tmp_path: Path) -> None:
    """Only then."""
    keep(tmp_path)
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")
    assert export(tmp_path, "Köln", "--output", "mine.csv", "--force").code == 0
    assert (tmp_path / "mine.csv").read_text(encoding="utf-8").startswith("report,trip,name")


# In a terminal


@pytest.mark.slow
def test_in_a_terminal_it_asks_before_replacing(tmp_path: Path) -> None:
    """Enter alone keeps the file."""
    keep(tmp_path)
    path = tmp_path / "mine.csv"
    path.write_text("mine", encoding="utf-8")
    no = Terminal("export", "Köln", "--output", "mine.csv", *TODAY, folder=tmp_path)
    no.answer("mine.csv exists. Replace it?", ENTER)
    assert no.finish() == 2
    assert path.read_text(encoding="utf-8") == "mine"
    yes = Terminal("export", "Köln", "--output", "mine.csv", *TODAY, folder=tmp_path)
    yes.answer("mine.csv exists. Replace it?", "2", ENTER)
    assert yes.finish() == 0
    assert "The report is in mine.csv" in yes.text()
    # Whoever has it read aloud may say so in a word.
    ears = ("export", "Köln", "--output", "mine.csv", *TODAY)
    for word, code in (("N", 2), ("y", 0)):
        heard = Terminal(*ears, folder=tmp_path, env={"ACCESSIBLE": "1"})
        heard.answer("exists. Replace it?", f"{word}\r")
        assert heard.finish() == code
    assert path.read_text(encoding="utf-8").startswith("report,trip,name")


def test_it_never_waits_for_somebody_to_type_a_report(tmp_path: Path) -> None:
    """Where standard input is a terminal, a message says so."""
    terminal = Terminal("export", "-", folder=tmp_path)
    assert terminal.finish() == 2
    assert "pipe a report into travelsec export -" in terminal.text()


def test_the_help_names_every_format(tmp_path: Path) -> None:
    """And says what they are for."""
    shown = " ".join(run("export", "--help", folder=tmp_path).out.split())
    for name in REPORT_FORMATS.names:
        assert name in shown.partition("--format FORMAT ")[2].partition("--output")[0]
    assert "ics for your calendar" in shown
