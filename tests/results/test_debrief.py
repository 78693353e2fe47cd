"""The JSON of `debrief`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.command import run
from tests.cli.commands.test_debrief import NOTHING
from tests.pack.packs import OVER, write
from tests.results.schemas import assert_fits
from tests.terminal import ENTER, Terminal

ITEM = "remote-working.file-or-dispose"
JSON = ("--no-input", "--format", "json")
FACTS = (
    *("--set", "abroad=true", "--set", "devices=phone", "--set", "destination=Lisbon"),
    *("--set", "departs=2026-12-01", "--set", "returns=2026-12-05"),
    *("--set", "line_manager=Jo Day, +44 20 7946 0001"),
)
AFTER = ("--today", "2026-12-06")


def keep(folder: Path, *more: str) -> None:
    """Keep a trip."""
    day = ("--today", "2026-11-30")
    done = run("prepare", "--trip", "Lisbon", "--no-input", *FACTS, *day, *more, folder=folder)
    assert done.code == 1, done.err


def test_an_open_trip_says_what_is_open(tmp_path: Path) -> None:
    """With the exit code of the text, and nobody's name."""
    keep(tmp_path)
    done = run("debrief", "Lisbon", *JSON, *AFTER, folder=tmp_path)
    assert done.code == 1
    data = done.json()
    assert_fits(data)
    assert (data["trip"], data["as_of"], data["state"]) == ("Lisbon", "2026-12-06", "over")
    assert (data["closed"], data["unreported"], data["events"]) == (False, 0, [])
    assert data["readiness"]["open"] == [ITEM]
    assert [(item["id"], item["status"]) for item in data["items"]] == [(ITEM, "unanswered")]
    assert "Jo Day" not in done.out
    answered = run("debrief", "--set", f"{ITEM}=done", *JSON, *AFTER, folder=tmp_path)
    assert (answered.code, answered.json()["closed"]) == (0, True)
    assert answered.json()["items"][0]["status"] == "done"


def test_what_happened_is_told(tmp_path: Path) -> None:
    """An event that was not reported keeps the trip open."""
    keep(tmp_path)
    on_the_way = ("--today", "2026-12-02")
    run("incident", "broken-seal", "--note", "note.txt", *on_the_way, folder=tmp_path)
    done = run("debrief", "--set", f"{ITEM}=done", *JSON, *AFTER, folder=tmp_path)
    assert done.code == 1
    assert_fits(done.json())
    (event,) = done.json()["events"]
    assert (event["situation"], event["reported"]) == ("broken-seal", False)
    text = run("debrief", "--no-input", *AFTER, folder=tmp_path).out
    assert event["title"] in text
    assert done.json()["unreported"] == 1


def test_a_report_will_do(tmp_path: Path) -> None:
    """On a machine that keeps no trip; one that is ahead says so."""
    keep(tmp_path, "--output", "report.json")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    before = ("--today", "2026-11-30")
    done = run("debrief", "../report.json", *JSON, *before, folder=elsewhere)
    assert_fits(done.json())
    assert done.json()["state"] == "ahead"


def test_in_a_terminal_the_questions_are_not_among_the_json(tmp_path: Path) -> None:
    """They are asked on standard error, and the JSON comes at the end."""
    keep(tmp_path)
    arguments = ("debrief", "Lisbon", "--format", "json", "--accessible", *AFTER)
    terminal = Terminal(*arguments, folder=tmp_path, redirect=">out.json")
    terminal.answer("Did you print anything?", "2", ENTER)
    terminal.answer("Is this right?", ENTER)
    terminal.answer("Did any of this happen", NOTHING, ENTER)
    terminal.answer("What should happen to this trip", ENTER)
    assert terminal.finish() == 0
    data = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert_fits(data)
    assert (data["closed"], data["items"]) == (True, [])


def test_without_a_trip_nothing_is_on_standard_output(tmp_path: Path) -> None:
    """The error is on the other one."""
    done = run("debrief", *JSON, folder=tmp_path)
    assert (done.code, done.out) == (2, "")


def test_an_item_has_its_deadline(tmp_path: Path) -> None:
    """The text tells it, too."""
    items = (
        "checklist:\n  id: home\n  title: Home\n  sections:\n"
        "    - id: again\n      title: Again\n      phase: back\n      items:\n"
        "        - {id: tell, label: Tell, do: Tell them., level: must, cites: "
        "[taking-equipment-overseas/general-guidance/remove-files], "
        "deadline: 2 days after return}\n"
    )
    write(tmp_path / "over", {"over": OVER, "home": items})
    pack = {"TRAVELSEC_PACKS": str(tmp_path / "over")}
    keep(tmp_path)
    data = run("debrief", *JSON, *AFTER, folder=tmp_path, **pack).json()
    assert_fits(data)
    deadlines = {item["id"]: item["deadline"] for item in data["items"]}
    assert deadlines == {ITEM: None, "home.tell": "2026-12-07"}
    text = run("debrief", "--no-input", *AFTER, folder=tmp_path, **pack).out
    assert "by Mon 7 December 2026" in " ".join(text.split())
