"""`prepare --accessible` in a real pseudo-terminal: typed lines only, nothing drawn."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.interview.test_questions import MANAGER_OPEN
from tests.interview.test_terminal import without_chance
from tests.terminal import CTRL_C, CTRL_D, Terminal
from tests.trip.test_selection import TRIPS, bundled, facts_of
from travelsec.interview.accessible import AccessiblePrompter
from travelsec.interview.prompter import ChoicePrompt, Stopped
from travelsec.trip.selection import select

TODAY = ("--today", "2026-11-22")
HOME = TRIPS / "home-for-good.yaml"
EQUIPMENT = [
    selected for selected in select(bundled(), facts_of(HOME)) if selected.section.id == "equipment"
]
"""The items of the second section at home."""
KEEP_SAFE = [selected.item.id for selected in EQUIPMENT].index("keep-safe")
"""Where one of them is."""


def type_lines(terminal: Terminal, *lines: tuple[str, str]) -> None:
    """Wait for each text, then type the line that answers it."""
    for text, typed in lines:
        terminal.wait_for(text)
        terminal.answer(" >", f"{typed}\r")


def assert_nothing_is_drawn(raw: bytes) -> None:
    """No escape sequence, no lone carriage return, no box, no emoji in what was written."""
    text = raw.decode("utf-8")
    assert "\x1b" not in text
    assert not re.search("\r(?!\n)", text)
    # Box drawing, blocks, geometric shapes, dingbats, and everything beyond the basic plane.
    assert not re.search("[\u2500-\u25ff\u2700-\u27bf\U00010000-\U0010ffff]", text)


def test_a_whole_session_draws_nothing_and_gives_the_same_report(tmp_path: Path) -> None:
    """Every kind of prompt is answered by one typed line; the report equals a script's."""
    terminal = Terminal(
        "prepare", *TODAY, "--accessible", "--output", "report.json", folder=tmp_path
    )
    type_lines(
        terminal,
        ("What is your name?", "A. Smith"),
        ("Which part of the MoJ", "1"),
        ("Will you leave the United Kingdom?", "2"),
        ("Where are you going?", "Home"),
        ("Which day do you leave?", "none"),
        ("Which work devices will you", "1"),
        ("take papers from work?", "2"),
        ("Where will you stay or work?", "1"),
        ("Will anyone else be in the", "2"),
        ("Which of these might you do", "5"),
        ("Who is your line manager", "Jo Day, +44 20 7946 0001"),
        ("Section 1 of 4", "all"),
        ("Section 2 of 4", "1 2, 3"),
        ("Section 3 of 4", ""),
    )
    terminal.wait_for("Avoid printing (")
    number = re.findall(r"([0-9]+)[.] Avoid printing \(", terminal.text())[-1]
    terminal.answer(" >", f"x {number}\r")
    type_lines(
        terminal,
        ("Avoid printing:", "2"),
        ("What is the reason?", "I must print"),
        ("Section 4 of 4", "all"),
        ("Is this right?", ""),
    )
    assert terminal.finish() == 1
    assert_nothing_is_drawn(terminal.raw)
    typed = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    statuses = {item["id"]: item["status"] for item in typed["items"]}
    assert statuses["remote-working.keep-safe"] == "done"
    assert statuses["remote-working.shut-down"] == "todo"
    assert statuses["remote-working.avoid-printing"] == "declined"
    script = run(
        *("prepare", "--no-input", "--answers", str(HOME), "--format", "json", *TODAY),
        *(
            f"--set={i['id']}={i['status']}:{i['reason']}".rstrip(":")
            for i in typed["items"]
            if i["phase"] != "back"
        ),
        folder=tmp_path,
    )
    assert without_chance(script.json()) == without_chance(typed)


def test_a_wrong_line_says_what_was_typed_and_what_is_expected(tmp_path: Path) -> None:
    """Nothing is taken from a line that does not fit; the question comes again."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path, env={"ACCESSIBLE": "1"})
    type_lines(terminal, ("What is your name?", "A"), ("Which part of the MoJ", "seven"))
    terminal.wait_for("You typed “seven”. Type one number from 1 to 5.")
    type_lines(terminal, ("Which part of the MoJ", "9"))
    terminal.wait_for("You typed “9”.")
    type_lines(terminal, ("Which part of the MoJ", "?"))
    terminal.wait_for("It may decide which items you are shown")
    type_lines(terminal, ("Which part of the MoJ", "b"), ("What is your name?", ""))
    terminal.wait_for("Answer: A")
    type_lines(terminal, ("Which part of the MoJ", "3"))
    terminal.wait_for("Answer: HM Prison and Probation Service (HMPPS)")
    type_lines(terminal, ("Will you leave the United", "q"))
    assert terminal.finish() == 130
    assert_nothing_is_drawn(terminal.raw)


@pytest.mark.parametrize(
    ("options", "typed", "answer"),
    [
        ({"yes": "Yes", "no": "No, type it again"}, "n", "no"),
        ({"finish": "Yes, make the report", "fact": "Change an answer"}, "y", "finish"),
        ({"no": "No, keep it", "yes": "Yes, forget it"}, "YES", "yes"),
        ({"yes": "Yes, it has been reported", "no": "No, not yet"}, "No", "no"),
        ({"no": "Norway", "se": "Sweden"}, "n", None),
    ],
)
def test_yes_and_no_are_answers_wherever_an_option_begins_so(
    monkeypatch: pytest.MonkeyPatch, options: dict[str, str], typed: str, answer: str | None
) -> None:
    """Whole or as a letter; no other option is meant by them."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{typed}\n"))
    prompter = AccessiblePrompter(io.StringIO())
    if answer is None:
        with pytest.raises(Stopped):
            prompter.choice(ChoicePrompt("Which?", options))
    else:
        assert prompter.choice(ChoicePrompt("Which?", options)) == answer


def test_a_byte_that_is_not_utf_8_is_asked_for_again(tmp_path: Path) -> None:
    """As a terminal sends that is set to another encoding."""
    strict = {"PYTHONIOENCODING": "utf-8:strict"}
    terminal = Terminal("prepare", *TODAY, "--accessible", folder=tmp_path, env=strict)
    terminal.wait_for(" >")
    terminal.child.send(b"Zo\xeb\r")
    terminal.wait_for("bytes in it that are not UTF-8. Please try again.")
    type_lines(terminal, ("What is your name?", "Zoë"), ("Which part of the MoJ", "q"))
    assert terminal.finish() == 130


def test_the_source_of_one_item_is_read_alone(tmp_path: Path) -> None:
    """`? 2` says why the second item is there, and from which page; not so for the others."""
    answers = ("--answers", str(HOME), "--set", "line_manager=Jo")
    terminal = Terminal("prepare", *TODAY, *answers, "--accessible", folder=tmp_path)
    why = f"? {KEEP_SAFE + 1}"
    type_lines(terminal, ("Section 1 of 4", "1"), ("Section 2 of 4", why))
    terminal.wait_for("Source: Remote Working, “Key points”")
    terminal.answer(" >", "q\r")
    assert terminal.finish() == 130
    explained = terminal.text().split(f"> {why}")[1]
    assert "Keep equipment safe and secure: Take care of MoJ equipment." in (
        " ".join(explained.split())
    )
    assert explained.count("Source:") == 1


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_ctrl_c_and_ctrl_d_stop(tmp_path: Path, key: str) -> None:
    """Exit code 130 and one line, as on the drawn side."""
    terminal = Terminal("prepare", *TODAY, "--accessible", folder=tmp_path)
    terminal.answer(" >", key)
    assert terminal.finish() == 130
    assert "Stopped." in terminal.text()
    assert "Traceback" not in terminal.text()


@pytest.mark.parametrize(("env", "columns"), [({"TERM": "dumb"}, 80), ({}, 38)])
def test_bare_and_tiny_terminals_get_this_side(
    tmp_path: Path, env: dict[str, str], columns: int
) -> None:
    """Where nothing can be drawn, or there is no room for it."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path, env=env, columns=columns)
    terminal.answer(" >", "q\r")
    assert terminal.finish() == 130
    assert_nothing_is_drawn(terminal.raw)


@pytest.mark.slow
def test_no_command_draws_anything(tmp_path: Path) -> None:
    """Whole sessions of every command, errors and help included, are plain lines."""
    (tmp_path / "report.md").write_text("mine", encoding="utf-8")
    sessions: list[tuple[tuple[str, ...], tuple[tuple[str, str], ...], int]] = [
        (("--help",), (), 0),
        (("prepare", "--help"), (), 0),
        (("prepare", "--sett"), (), 2),
        (
            ("prepare", *TODAY, "--trip", "Rome", "--output", "report.md"),
            (("report.md exists", "2"), ("What is your name?", "A. Smith"), ("Which part", "q")),
            130,
        ),
        (
            ("prepare", *TODAY),
            (
                ("1. Go on with Rome", "1"),
                ("How do you want to go on?", ""),
                ("Which part of", "q"),
            ),
            130,
        ),
        (
            ("prepare", *TODAY, "--trip", "Home", "--answers", str(HOME)),
            (
                ("Which trip do you mean?", "2"),
                ("Who is your line manager", ""),
                *((f"Section {number} of 4", "all") for number in range(1, 5)),
                ("Is this right?", "2"),
                ("Which answer do you want to change?", "1"),
                ("What is your name?", "B. Jones"),
                ("Is this right?", "1"),
            ),
            0,
        ),
        (("incident", "unlock-request"), (), 0),
        (("incident",), (("What happened?", "8"),), 0),
        (("contacts",), (), 0),
        (("card",), (), 0),
        (("card", "--output", "report.md"), (("report.md exists", "2"),), 0),
        (
            ("debrief", "Home", *TODAY),
            (
                ("Did you print anything?", "1"),
                ("Section 1 of 1", "all"),
                ("Is this right?", "1"),
                ("Did any of this happen", "none"),
                ("What should happen to this trip", "1"),
            ),
            0,
        ),
        (("trips", "list", *TODAY), (), 0),
        (("trips", "show", "Home", *TODAY), (), 0),
        (("trips", "forget", "Home"), (("Forget all that is kept of Home?", "2"),), 0),
    ]
    for arguments, lines, code in sessions:
        terminal = Terminal(*arguments, folder=tmp_path, env={"ACCESSIBLE": "1"})
        type_lines(terminal, *lines)
        assert terminal.finish() == code, terminal.text()
        assert_nothing_is_drawn(terminal.raw)


def test_each_prompt_can_be_answered_from_the_text_so_far(tmp_path: Path) -> None:
    """What may be typed is said after the question, and once for each kind of question."""
    terminal = Terminal("prepare", *TODAY, "--accessible", folder=tmp_path)
    type_lines(terminal, ("What is your name?", "A"), ("Which part of the MoJ", "5"))
    type_lines(terminal, ("Will you leave the United", "2"), ("Where are you going?", "Home"))
    type_lines(terminal, ("Which day do you leave?", "none"), ("Which work devices", "q"))
    assert terminal.finish() == 130
    assert "For a lasting arrangement, write none." in " ".join(terminal.text().split())
    text = terminal.text()
    for once in ("Type the answer.", "Type one number.", "Type the numbers", "At every question:"):
        assert text.count(once) == 1
    prompts = text.split("\n>")[:-1]
    assert len(prompts) >= 6
    for prompt in prompts:
        lines = prompt.strip().split("\n")
        question = next(n for n, line in enumerate(lines) if line.endswith("?"))
        invitations = [n for n, line in enumerate(lines) if line.startswith("Type ")]
        assert all(question < invitation for invitation in invitations)
        numbers = [line.split(".")[0] for line in lines if re.match("[0-9]+[.] ", line)]
        assert numbers == [str(number + 1) for number in range(len(numbers))]


def test_a_number_is_confirmed_as_dialled_from_abroad(tmp_path: Path) -> None:
    """One typed line each; Enter alone does not take a wrong one."""
    terminal = Terminal("prepare", *TODAY, *MANAGER_OPEN, "--accessible", folder=tmp_path)
    type_lines(
        terminal,
        ("Who is your line manager", "Jo Day, 7946 0018"),
        ("“7946 0018” cannot be dialled from abroad", ""),
        ("Enter alone takes Jo Day, 7946 0018", "Jo Day, 020 7946 0018"),
        ("As dialled from abroad: Jo Day, +44 20 7946 0018. Is that right?", "yes"),
    )
    terminal.wait_for("Answer: Jo Day, +44 20 7946 0018")
    type_lines(terminal, ("Section 1", "q"))
    assert terminal.finish() == 130
    assert_nothing_is_drawn(terminal.raw)
