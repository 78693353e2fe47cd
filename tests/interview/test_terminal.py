"""`prepare` in a real pseudo-terminal, by keystrokes, on the drawn side."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import run
from tests.terminal import CTRL_C, DOWN, ENTER, SPACE, Terminal
from tests.trip.test_selection import TRIPS, bundled, facts_of
from travelsec.trip.selection import sections, select

TODAY = ("--today", "2026-11-22")
PEOPLE = {
    "departmental_contact": "Ann Lee, +44 20 7946 0000",
    "line_manager": "Jo Day, +44 20 7946 0001",
    "hosts": "Rui Paz, +351 21 000 0000",
}
ASKED = [
    selected
    for selected in select(bundled(), facts_of(TRIPS / "official-with-everything.yaml"))
    if selected.phase != "back"
]
"""The items of the trip that `answer_trip` describes."""
MUSTS = sum(selected.item.level == "must" for selected in ASKED)
SECTIONS = len(sections(ASKED))


def answer_trip(terminal: Terminal) -> int:
    """Answer the questions as trips/official-with-everything.yaml does; return their number."""
    answers = [
        ("What is your name?", "A. Smith", ENTER),
        ("Which part of the MoJ", "1", ENTER),
        ("Will you leave the United Kingdom?", "1", ENTER),
        ("Where are you going?", "Lisbon", ENTER),
        ("Which day do you leave?", "2026-12-01", ENTER),
        ("Which day do you come back?", "2026-12-05", ENTER),
        ("on official business?", "1", ENTER),
        ("Which work devices will you", *(SPACE, DOWN) * 3, ENTER),
        ("take papers from work?", "1", ENTER),
        ("Where will you stay or work?", *(SPACE, DOWN) * 5, ENTER),
        ("Will anyone else be in the", "1", ENTER),
        ("Which of these might you do", *(SPACE, DOWN) * 4, ENTER),
        ("Might anything you print show", "1", ENTER),
        ("Who in your department", PEOPLE["departmental_contact"], ENTER),
        ("Who is your line manager", PEOPLE["line_manager"], ENTER),
        ("Who will you visit?", PEOPLE["hosts"], ENTER),
    ]
    for question, *keys in answers:
        terminal.answer(question, *keys)
    return len(answers)


def answer_sections(terminal: Terminal, *keys: str) -> int:
    """Press the same keys in every section; return their number."""
    for number in range(1, SECTIONS + 1):
        terminal.wait_for(f"section {number} of {SECTIONS} ")
        terminal.answer("q stop)", *keys)
    return SECTIONS


def without_chance(report: dict[str, Any]) -> dict[str, Any]:
    """Take out of a report what differs from run to run: time, ids, digest, and how."""
    report = {key: report[key] for key in report if key not in ("id", "created", "digest")}
    del report["trip"]["id"]
    for entry in (*report["items"], *report["trip"]["answers"]):
        del entry["how"]
    return report


def test_an_interview_and_a_script_make_the_same_report(tmp_path: Path) -> None:
    """The first item of each section is ticked, one other set aside; the rest is to do."""
    terminal = Terminal("prepare", *TODAY, "--output", "typed.json", folder=tmp_path)
    answer_trip(terminal)
    terminal.wait_for(f"section 1 of {SECTIONS} ")
    terminal.answer("q stop)", SPACE, DOWN, "x")
    terminal.answer(f"{ASKED[1].label}:", "1", ENTER)
    terminal.answer("What is the reason?", "They are in my head", ENTER)
    # The list comes back as it was ticked, and on the same item.
    terminal.wait_for(f"» ○ {ASKED[1].label} – does not apply (must)")
    terminal.answer("q stop)", ENTER)
    for number in range(2, SECTIONS + 1):
        terminal.wait_for(f"section {number} of {SECTIONS} ")
        terminal.answer("q stop)", SPACE, ENTER)
    terminal.answer("Is this right?", ENTER)
    assert terminal.finish() == 1
    assert "Send typed.json to your line manager." in terminal.text()
    typed = json.loads((tmp_path / "typed.json").read_text(encoding="utf-8"))
    assert {item["how"] for item in typed["items"] if item["phase"] != "back"} == {"terminal"}

    items = {
        item["id"]: {"status": item["status"], "reason": item["reason"]}
        for item in typed["items"]
        if item["phase"] != "back"
    }
    assert sum(item["status"] == "done" for item in items.values()) == SECTIONS
    assert items[ASKED[1].id]["status"] == "not-applicable"
    answers = json.dumps({"trip": PEOPLE, "items": items})
    (tmp_path / "items.json").write_text(answers, encoding="utf-8")
    facts = (TRIPS / "official-with-everything.yaml").read_text(encoding="utf-8")
    # The number of devices was not asked for: it follows from their kinds.
    assert ", device_count: 3" in facts
    facts = facts.replace(", device_count: 3", "")
    (tmp_path / "facts.yaml").write_text(facts, encoding="utf-8")
    script = run(
        *("prepare", "--no-input", "--answers", "facts.yaml", "--format", "json", *TODAY),
        *(f"--set={name}={text}" for name, text in PEOPLE.items()),
        *(
            f"--set={name}={item['status']}{':' if item['reason'] else ''}{item['reason']}"
            for name, item in items.items()
        ),
        folder=tmp_path,
    )
    assert without_chance(script.json()) == without_chance(typed)
    # The private facts were asked for, and no report has them.
    assert "Ann Lee" not in json.dumps(typed)


def test_a_number_points_and_enter_chooses(tmp_path: Path) -> None:
    """Whoever presses Enter after each answer answers one question with it, and not the next."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path)
    terminal.answer("What is your name?", "A. Smith", ENTER)
    terminal.answer("arrows or a number, then Enter", "2")
    terminal.answer("» 2. HM Courts", "3")
    terminal.answer("» 3. HM Prison", "9", ENTER)
    terminal.answer("Will you leave the United Kingdom?", "q")
    assert terminal.finish() == 130
    assert "Which part of the MoJ do you work for? HM Prison" in terminal.text()


def test_a_narrow_window_shows_the_whole_of_each_option(tmp_path: Path) -> None:
    """On as many lines as it takes."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path, columns=45)
    terminal.answer("What is your name?", "A. Smith", ENTER)
    terminal.wait_for("Which part of the MoJ")
    terminal.wait_until(
        lambda: (
            "5. Leave it open (items that may apply are kept)" in " ".join(terminal.text().split())
        )
    )
    terminal.type("q")
    assert terminal.finish() == 130


def prompts_in(terminal: Terminal) -> list[str]:
    """Return the prompts that were answered: each stays on the screen behind a question mark."""
    return re.findall(r"^\? (?!.* left open$).*", terminal.text(), flags=re.MULTILINE)


def down_to(fact: str, answers: Path) -> str:
    """Return the keys that lead from the first question of a trip to that for the fact."""
    facts = facts_of(answers)
    return DOWN * [question.id for question in facts.questions()].index(fact)


def test_a_full_trip_with_nothing_ticked_in_a_small_window(tmp_path: Path) -> None:
    """Each section is one screen, from where one is to the keys; so is the end."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path, rows=24)
    answer_trip(terminal)
    for number in range(1, SECTIONS + 1):
        place = f"section {number} of {SECTIONS} "
        terminal.wait_for(place)
        terminal.wait_for("q stop)")
        lines = terminal.text().split("\n")[-24:]
        first = next(at for at, line in enumerate(lines) if place in line)
        last = max(at for at, line in enumerate(lines) if "q stop)" in line)
        assert first < last
        terminal.forget()
        terminal.type(ENTER)
    terminal.answer("Is this right?", ENTER)
    assert terminal.finish() == 1
    assert len(prompts_in(terminal)) == 16 + SECTIONS + 1 <= 24
    end = "\n".join(terminal.text().split("\n")[-24:])
    assert f"NOT READY. {MUSTS} must items are open, {len(ASKED)} items in all." in end
    assert "must  Carry a letter of introduction" in end
    for command in (
        "travelsec card --output card.html --trip 'Lisbon 2026-12-01'",
        "travelsec export --output report.html 'Lisbon 2026-12-01'",
        "travelsec prepare --trip 'Lisbon 2026-12-01'",
        "travelsec incident",
        "travelsec debrief 'Lisbon 2026-12-01'",
    ):
        assert f"\n    {command}" in end


def test_a_home_worker_with_a_lasting_arrangement_is_asked_little(tmp_path: Path) -> None:
    """At most 17 prompts, the last one included."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path, rows=24)
    answers = [
        ("What is your name?", "A. Smith", ENTER),
        ("Which part of the MoJ", "1", ENTER),
        ("Will you leave the United Kingdom?", "2", ENTER),
        ("Where are you going?", "Home", ENTER),
        ("Which day do you leave?", "none", ENTER),
        ("Which work devices will you", *(SPACE, DOWN) * 5, ENTER),
        ("take papers from work?", "1", ENTER),
        ("Where will you stay or work?", SPACE, ENTER),
        ("Will anyone else be in the", "1", ENTER),
        ("Which of these might you do", *(SPACE, DOWN) * 4, ENTER),
        ("Might anything you print show", "1", ENTER),
        ("Who is your line manager", PEOPLE["line_manager"], ENTER),
    ]
    for question, *keys in answers:
        terminal.answer(question, *keys)
    for number in range(1, 5):
        terminal.wait_for(f"section {number} of 4 ")
        terminal.answer("q stop)", ENTER)
    terminal.answer("Is this right?", ENTER)
    assert terminal.finish() == 1
    assert len(prompts_in(terminal)) <= 17


SIZES = [(20, 60), (30, 100), (24, 80), (12, 45), (24, 80)]
"""Of a window: rows and columns."""


def test_a_window_that_changes_its_size_in_a_list_shows_one_list(tmp_path: Path) -> None:
    """Lower, wider and back again; nothing of a former size stays, and no tick is lost."""
    answers = TRIPS / "official-with-everything.yaml"
    terminal = Terminal(
        *("prepare", *TODAY, "--trip", "Lisbon", "--answers", str(answers)),
        *(f"--set={name}={text}" for name, text in PEOPLE.items()),
        folder=tmp_path,
        rows=24,
    )
    section = sections(ASKED)[0]
    terminal.wait_for(f"section 1 of {SECTIONS} ")
    terminal.wait_for("q stop)")
    terminal.type(SPACE + DOWN)
    for rows, columns in SIZES:
        terminal.wait_to_see(f"» ○ {section.items[1].label}")
        terminal.forget()
        terminal.resize(rows, columns)
        terminal.wait_for("q stop)")
        shown = " ".join(terminal.text().split())
        for text in (f"section 1 of {SECTIONS}", section.title, "Which are done?", "q stop)"):
            assert shown.count(text) == 1, terminal.text()
        for selected in section.items:
            times = shown.count(f"{selected.label} ({selected.item.level})")
            assert times == 1 or (times == 0 and rows < 24), terminal.text()
        assert f"● {section.items[0].label}" in shown or rows < 20
    terminal.type(ENTER)
    terminal.wait_for(f"1 ticked: {section.items[0].label}")
    for number in range(2, SECTIONS + 1):
        terminal.wait_for(f"section {number} of {SECTIONS} ")
        terminal.answer("q stop)", ENTER)
    terminal.answer("Is this right?", ENTER)
    assert terminal.finish() == 1


def test_ctrl_c_leaves_cleanly(tmp_path: Path) -> None:
    """Exit code 130, one line, no traceback, no report."""
    terminal = Terminal("prepare", *TODAY, "--output", "report.json", folder=tmp_path)
    terminal.answer("What is your name?", "A. Smith", ENTER)
    terminal.answer("Which part of the MoJ", CTRL_C)
    assert terminal.finish() == 130
    assert "Stopped." in terminal.text()
    assert "Traceback" not in terminal.text()
    assert not (tmp_path / "report.json").exists()


def test_why_back_and_stop_by_key(tmp_path: Path) -> None:
    """`?` explains, `b` goes back with the answer offered again, `q` stops."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path)
    terminal.answer("What is your name?", "?", ENTER)
    terminal.wait_to_see("It may decide which items you are shown")
    terminal.type("A. Smyth" + ENTER)
    terminal.answer("Which part of the MoJ", "?")
    terminal.wait_to_see("You may leave it open")
    terminal.type(ENTER)
    terminal.answer("1. MoJ headquarters", "b")
    terminal.answer("Enter takes A. Smyth", "A. Smith", ENTER)
    terminal.answer("Which part of the MoJ", "q")
    assert terminal.finish() == 130
    assert "A. Smith" in terminal.text()


def test_any_answer_can_be_changed_before_the_report(tmp_path: Path) -> None:
    """From the summary a fact and a section are changed; all other answers are kept."""
    answers = TRIPS / "home-for-good.yaml"
    terminal = Terminal(
        *("prepare", *TODAY, "--answers", str(answers), "--output", "report.json"),
        *("--set", "line_manager=Jo Day"),
        folder=tmp_path,
    )
    for number in range(1, 5):
        terminal.wait_for(f"section {number} of 4 ")
        terminal.answer("q stop)", SPACE, ENTER)
    first_of_second = sections(select(bundled(), facts_of(answers)))[1].items[0]
    # The last of the sections: privacy and printing. What was ticked is shown as ticked; untick it.
    terminal.answer("Is this right?", "6", ENTER)
    terminal.wait_for("section 4 of 4 ")
    terminal.answer("Be wary of onlookers", SPACE, ENTER)
    # A fact: the home is shared after all. The answers to the items stay; one is new.
    terminal.answer("Is this right?", "2", ENTER)
    terminal.answer("Which answer do you want to change?", down_to("home_shared", answers), ENTER)
    terminal.answer("Will anyone else be in the", "1", ENTER)
    terminal.answer("No calls in rooms you share at home (must)", SPACE, ENTER)
    terminal.answer("Is this right?", ENTER)
    assert terminal.finish() == 1
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["trip"]["facts"]["home_shared"] is True
    statuses = {item["id"]: item["status"] for item in report["items"]}
    assert statuses["remote-working.password-manager"] == "done"
    assert statuses[first_of_second.id] == "done"
    assert statuses["remote-working.no-calls-in-shared-rooms"] == "done"
    assert statuses["remote-working.watch-for-onlookers"] == "todo"


def test_the_output_is_checked_before_the_first_question(tmp_path: Path) -> None:
    """A file that exists is asked about first; no folder is an error at once."""
    (tmp_path / "report.md").write_text("mine", encoding="utf-8")
    terminal = Terminal("prepare", *TODAY, "--output", "report.md", folder=tmp_path)
    terminal.answer("report.md exists. Replace it?", ENTER)
    assert terminal.finish() == 2
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == "mine"
    terminal = Terminal("prepare", *TODAY, "--output", "no/report.md", folder=tmp_path)
    assert terminal.finish() == 2
    assert "What is your name?" not in terminal.text()


@pytest.mark.parametrize("columns", [60, 200])
def test_it_can_be_read_in_a_narrow_and_in_a_wide_window(tmp_path: Path, columns: int) -> None:
    """Labels, keys and sentences are whole, and no word is broken at the edge."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path, columns=columns, rows=60)
    answer_trip(terminal)
    terminal.wait_for(f"section 1 of {SECTIONS} ")
    terminal.wait_for("Carry your hosts’ names and numbers (must)")
    # The keys are drawn last.
    terminal.wait_for("stop)")
    text = terminal.text()
    items = sections(ASKED)[0].items
    assert f"» ○ {items[0].label} ({items[0].item.level})" in text
    assert "(Space ticks, Enter goes on; x not for me, ? why, b back, q stop)" in " ".join(
        text.split()
    )
    terminal.type(DOWN * [item.item.id for item in items].index("departmental-contact"))
    terminal.wait_to_see(
        "Carry the name and telephone number of someone in your department who can vouch"
    )
    terminal.type(CTRL_C)
    assert terminal.finish() == 130


def test_back_and_forward_pass_every_question(tmp_path: Path) -> None:
    """Three back and three forward: each answer is offered again, and none is lost."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path)
    terminal.answer("What is your name?", "A. Smith", ENTER)
    terminal.answer("Which part of the MoJ", "2", ENTER)
    terminal.answer("Will you leave the United Kingdom?", "1", ENTER)
    terminal.answer("Where are you going?", "b", ENTER)
    terminal.wait_for("» 1. Yes")
    terminal.answer("q stop)", "b")
    terminal.wait_for("» 2. HM Courts and Tribunals Service")
    terminal.answer("q stop)", "b")
    terminal.answer("Enter takes A. Smith", ENTER)
    terminal.answer("» 2. HM Courts", ENTER)
    terminal.answer("» 1. Yes", ENTER)
    terminal.answer("Where are you going?", "q", ENTER)
    assert terminal.finish() == 130


def test_a_later_departure_asks_for_the_return_again(tmp_path: Path) -> None:
    """A contradiction is no dead end: the answer that no longer fits is asked again."""
    answers = TRIPS / "home-with-family.yaml"
    terminal = Terminal(
        *("prepare", *TODAY, "--answers", str(answers)),
        *("--set", "line_manager=Jo Day"),
        folder=tmp_path,
    )
    for number in range(1, 5):
        terminal.wait_for(f"section {number} of 4 ")
        terminal.answer("q stop)", ENTER)
    terminal.answer("Is this right?", "2", ENTER)
    # Of so many none has a number: a 1 could be meant as part of 12.
    down = down_to("departs", answers)
    terminal.answer("Which answer do you want to change?", "1", down, ENTER)
    terminal.answer("Which day do you leave?", "2027-01-10", ENTER)
    terminal.wait_for("before the departure (Sun 10 January 2027). It is asked again.")
    terminal.answer("Which day do you come back?", "2027-01-12", ENTER)
    terminal.answer("Is this right?", "q")
    assert terminal.finish() == 130


def test_what_is_set_aside_stays_so_unless_it_is_taken_back(tmp_path: Path) -> None:
    """Looking at it, going back or stopping there changes nothing."""
    aside = "remote-working.avoid-printing=declined:I must print"
    arguments = ("--answers", str(TRIPS / "home-for-good.yaml"), "--set", "line_manager=Jo")
    begun = run(
        *("prepare", "--trip", "Home", "--no-input", *TODAY, *arguments, "--set", aside),
        folder=tmp_path,
    )
    assert begun.code == 1
    terminal = Terminal("prepare", "--trip", "Home", *TODAY, folder=tmp_path)
    for number in range(1, 5):
        terminal.wait_for(f"section {number} of 4 ")
        terminal.answer("q stop)", ENTER)
    terminal.answer("Is this right?", "6", ENTER)
    terminal.wait_for("section 4 of 4 ")
    terminal.type("avoid")
    terminal.wait_to_see("» ○ Avoid printing – declined (should)")
    terminal.answer("q stop)", "x")
    terminal.answer("Avoid printing:", ENTER)
    terminal.answer("Enter takes I must print", "b", ENTER)
    terminal.wait_for("» ○ Avoid printing – declined (should)")
    terminal.answer("q stop)", "xq")
    assert terminal.finish() == 130
    assert "I must print" in run("trips", "show", "Home", *TODAY, folder=tmp_path).out
    again = Terminal("prepare", "--trip", "Home", *TODAY, folder=tmp_path)
    again.answer("How do you want to go on?", "7", ENTER)
    again.answer("section 4 of 4 ", "avoid")
    again.wait_to_see("» ○ Avoid printing")
    again.type("x")
    again.answer("3. Neither: put it back on my list", "3", ENTER)
    again.wait_for("Avoid printing: to do")
    again.answer("q stop)", "q")
    assert again.finish() == 130
    assert "I must print" not in run("trips", "show", "Home", *TODAY, folder=tmp_path).out


def test_alt_enter_and_ctrl_o_are_no_answer(tmp_path: Path) -> None:
    """Nor is Esc with an Enter after it: nothing is chosen, and no tick is lost."""
    strange = ("\x1b\r", "\x0f", "\x1b\x0f")
    terminal = Terminal("prepare", *TODAY, "--set", "abroad=false", folder=tmp_path)
    terminal.answer("What is your name?", *strange, "A. Smith", *strange, ENTER)
    terminal.wait_for("What is your name? A. Smith")
    terminal.answer("Which part of the MoJ", *strange, "2", *strange, ENTER)
    terminal.wait_for("Which part of the MoJ do you work for? HM Courts")
    terminal.answer("Where are you going?", "Home", ENTER)
    terminal.wait_for("For a lasting arrangement, write none.")
    terminal.answer("Which day do you leave?", "none", ENTER)
    terminal.wait_for("Which day do you leave? none: a lasting arrangement")
    # An answer is required here: without a tick nothing goes on.
    terminal.answer("Which work devices will you", *strange, SPACE, *strange, ENTER)
    terminal.wait_for("Which work devices will you take or use? Laptop")
    terminal.answer("take papers from work?", "q")
    assert terminal.finish() == 130
