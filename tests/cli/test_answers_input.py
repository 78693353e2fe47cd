"""Answers are read from options and files, and those that are missing are listed."""

from __future__ import annotations

import contextlib
import datetime
import errno
import io
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import run
from travelsec.cli import answers_input
from travelsec.pack.load import load
from travelsec.problems import UserError
from travelsec.trip.facts import Facts

TODAY = ("--today", "2026-11-22")
BARE = ("--set", "abroad=true", "--set", "devices=laptop")


def test_a_missing_required_fact_is_an_error_that_says_how(tmp_path: Path) -> None:
    """Exit code 2, with the option that answers it."""
    done = run("prepare", "--no-input", "--set", "abroad=true", folder=tmp_path)
    assert done.code == 2
    assert done.out == ""
    assert (
        "--set devices=laptop (any of laptop, tablet, phone, storage and other, or none)"
        in done.err
    )


def test_without_a_terminal_it_never_waits(tmp_path: Path) -> None:
    """Input would be needed, and there is none to ask: it says what is missing, exit code 2."""
    done = run("prepare", *BARE, folder=tmp_path)
    assert done.code == 2
    assert "--answers-template" in done.err
    assert "destination" in done.err
    assert "overseas.clear-files" in done.err


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.csv", b"abroad,devices\nyes,laptop\n", "a file of starters: make their reports with"),
        ("a.xlsx", b"PK\x03\x04\xff", "a file of starters: make their reports with --batch FILE"),
        ("a.jsonl", b"{}\n{}\n", "a file of starters: make their reports with --batch FILE"),
        ("a.EML", b"Subject: A report\n\n", "an email: save the report attached to it, and give"),
    ],
)
def test_a_file_for_another_option_is_told_by_what_it_is(
    tmp_path: Path, name: str, content: bytes, fault: str
) -> None:
    """It would be read as bad YAML."""
    (tmp_path / name).write_bytes(content)
    done = run("prepare", "--no-input", "--answers", name, folder=tmp_path)
    assert done.code == 2
    assert done.err.startswith(f"Error: {name}: this is {fault}")


def test_one_starter_in_json_is_an_answers_file(tmp_path: Path) -> None:
    line = '{"trip": {"abroad": false, "devices": "none"}}\n'
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    assert run("prepare", "--no-input", "--answers", "a.jsonl", folder=tmp_path).code == 1


def test_answers_from_stdin_imply_no_input(tmp_path: Path) -> None:
    """`--answers -` reads JSON, and asks nothing."""
    answers = {"trip": {"abroad": False, "devices": ["laptop"], "destination": "Zoë 😀"}}
    done = run(
        *("prepare", "--answers", "-", "--format", "json", *TODAY),
        folder=tmp_path,
        stdin=json.dumps(answers),
    )
    assert done.code == 1
    assert done.json()["trip"]["facts"]["destination"] == "Zoë 😀"


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes are POSIX's")
def test_answers_can_come_from_a_named_pipe(tmp_path: Path) -> None:
    """A shell makes one of `<(…)`; a folder is none."""
    pipe = tmp_path / "answers"
    os.mkfifo(pipe)
    answers = b"trip: {abroad: false, devices: none}"
    writer = threading.Thread(target=pipe.write_bytes, args=(answers,))
    writer.start()
    done = run("prepare", "--answers", "answers", "--no-input", "--format", "json", folder=tmp_path)
    writer.join()
    assert done.code == 1, done.err
    assert done.json()["trip"]["facts"] == {"abroad": False, "devices": []}
    folder = run("prepare", "--answers", ".", "--no-input", folder=tmp_path)
    assert (folder.code, folder.err) == (2, "Error: .: this is a folder; name a file\n")


def test_every_fault_of_the_answers_in_one_run(tmp_path: Path) -> None:
    """Each fault has its line; nothing is written; exit code 2."""
    answers = tmp_path / "answers.yaml"
    answers.write_text(
        "trip:\n"
        "  abroad: maybe\n"
        "  devises: [laptop]\n"
        "  departs: 2026-12-05\n"
        "  returns: 2026-12-01\n"
        "items:\n"
        "  overseas.clear-file: done\n"
        "  overseas.phone-pin: finished\n"
        "  overseas.hotel-safe: declined\n",
        encoding="utf-8",
    )
    output = tmp_path / "report.json"
    done = run(
        *("prepare", "--answers", str(answers), "--no-input", "--output", str(output)),
        *("--set", "overseas.envelopes=not-applicable"),
        folder=tmp_path,
    )
    assert done.code == 2
    assert not output.exists()
    lines = done.err.splitlines()
    for number, words in {
        2: "neither yes nor no",
        3: "did you mean devices?",
        5: "before the departure",
        7: "did you mean overseas.clear-files?",
        8: "“finished” is not a status",
        9: "needs a reason",
    }.items():
        assert any(f"answers.yaml:{number}:" in line and words in line for line in lines), done.err
    assert any(line.startswith("--set overseas.envelopes") for line in lines)


def test_a_disk_that_fails_while_the_answers_are_read_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is not taken for a terminal that was closed."""

    class Failing(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(errno.EIO, "it does not answer")

    @contextlib.contextmanager
    def open_failing(_name: str) -> Iterator[Failing]:
        yield Failing()

    monkeypatch.setattr(answers_input, "open_input", open_failing)
    facts = Facts(load(), {}, datetime.date(2026, 11, 22))
    with pytest.raises(UserError, match=r"a\.yaml: cannot be read: it does not answer"):
        answers_input.read_answers(facts, [], "a.yaml")


def test_a_number_that_cannot_be_dialled_from_abroad_is_told(tmp_path: Path) -> None:
    """Of a file and of an option, and the run goes on; at home nothing is wrong with it."""
    number = (
        "“7946 0018” cannot be dialled from abroad: write it in full, with + and the country code."
    )
    (tmp_path / "answers.yaml").write_text(
        "trip:\n  departmental_contact: [{name: Ann, telephone: 7946 0018}]\n", encoding="utf-8"
    )
    given = ("--answers", "answers.yaml", "--set", "line_manager=Jo, 7946 0018; Al, 020 7946 0018")
    command = ("prepare", "--no-input", "--format", "json", *TODAY, *given)
    abroad = run(*command, *BARE, folder=tmp_path)
    assert abroad.code == 1
    told = [line for line in abroad.err.splitlines() if "dialled" in line]
    assert told == [
        f"travelsec: departmental_contact: {number}",
        f"travelsec: line_manager: {number}",
    ]
    home = run(*command, "--set", "abroad=false", "--set", "devices=laptop", folder=tmp_path)
    assert "dialled" not in home.err


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Make a report to start from, as JSON and as a page; return its folder."""
    said = ("--set", "overseas.hotel-safe=declined:No safe", "--set", "destination=Köln")
    for name in ("report.json", "report.html"):
        made = ("prepare", "--no-input", *BARE, *said, "--output", name, *TODAY)
        assert run(*made, folder=tmp_path).code == 1
    return tmp_path


@pytest.mark.parametrize("name", ["report.json", "report.html", "-"])
def test_answers_can_start_from_a_report(report: Path, name: str) -> None:
    """Its facts and statuses, as a script's; options win, and the trip is another."""
    old = json.loads((report / "report.json").read_text(encoding="utf-8"))
    stdin = (report / "report.json").read_text(encoding="utf-8") if name == "-" else ""
    more = ("--set", "destination=Bonn", "--set", "overseas.clear-files=done")
    answers = ("prepare", "--no-input", "--answers", name, *more, "--format", "json", *TODAY)
    new = run(*answers, folder=report, stdin=stdin).json()
    assert new["trip"]["facts"] == {**old["trip"]["facts"], "destination": "Bonn"}
    assert new["trip"]["id"] != old["trip"]["id"]
    assert {answer["how"] for answer in new["trip"]["answers"]} == {"script"}
    items = {item["id"]: item for item in new["items"]}
    safe = items["overseas.hotel-safe"]
    assert (safe["status"], safe["reason"], safe["how"]) == ("declined", "No safe", "script")
    assert items["overseas.clear-files"]["status"] == "done"
    again = run(*answers[:4], "--format", "json", *TODAY, folder=report, stdin=stdin).json()
    assert [item["status"] for item in again["items"]] == [one["status"] for one in old["items"]]


def test_a_report_that_was_edited_is_told(report: Path) -> None:
    """The answers are taken: they are the user's own now."""
    path = report / "report.json"
    path.write_bytes(path.read_bytes().replace("Köln".encode(), "Küln".encode()))
    answers = ("prepare", "--no-input", "--answers", "report.json", "--format", "json", *TODAY)
    done = run(*answers, folder=report)
    assert "report.json: the report was changed after it was made" in done.err
    assert done.json()["trip"]["facts"]["destination"] == "Küln"


def test_what_these_packs_do_not_know_is_left_out_and_told(report: Path) -> None:
    """Facts and items of another pack."""
    examples = Path(__file__).parents[2] / "examples"
    made = ("prepare", "--no-input", *BARE, "--pack", str(examples / "agency"), *TODAY)
    assert run(*made, "--output", "agency.json", folder=report).code == 1
    answers = ("prepare", "--no-input", "--answers", "agency.json", *TODAY)
    done = run(*answers, folder=report)
    assert done.code == 1
    assert "agency.json: left out, as the packs do not know them: " in done.err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<!doctype html><title>x</title>", "x: this page holds no travelsec report"),
        (b'{"schema": "travelsec.report/9"}', "x: this is not a travelsec report: "),
        (b'{"schema": "travelsec.decision/1"}', "x: this is not a travelsec report: "),
    ],
)
def test_what_is_no_report_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    """It is not read as an answers file, with a fault for each field."""
    (tmp_path / "x").write_bytes(content)
    done = run("prepare", "--no-input", "--answers", "x", folder=tmp_path)
    assert done.code == 2
    assert len(done.err.splitlines()) == 1
    assert done.err.startswith(f"Error: {told}")
