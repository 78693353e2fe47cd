"""`incident` and `contacts`: what to do right now and who to call, for four kinds of traveller."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.interview.test_accessible import assert_nothing_is_drawn, type_lines
from tests.terminal import CTRL_C, ENTER, Terminal
from travelsec.pack.load import load

GOLDEN = Path(__file__).parent / "golden"
TODAY = ("--today", "2026-12-02")
DATES = ("--set", "departs=2026-12-01", "--set", "returns=2026-12-05")
TRAVELLERS = {
    "hmpps-official-abroad": (
        *("--set", "organisation=hmpps"),
        *("--set", "abroad=true", "--set", "official=true", "--set", "devices=laptop,phone"),
        *("--set", "line_manager=Jo Day, +44 20 7946 0001"),
        *("--set", "departmental_contact=Ann Lee, +44 20 7946 0000"),
    ),
    "agency-at-home": (
        *("--set", "organisation=agency", "--set", "abroad=false", "--set", "devices=laptop"),
    ),
    "hq-on-holiday": (
        *("--set", "organisation=hq", "--set", "abroad=true", "--set", "official=false"),
        *("--set", "devices=phone"),
    ),
    "nobody-known": (),
}
WITHDRAWN = (
    "itservicedesk@justice.gov.uk",
    "servicedesk@digital.justice.gov.uk",
    "#digitalservicedesk",
)


def keep(folder: Path, facts: tuple[str, ...]) -> None:
    """Keep a trip that is under way, if anything is known of the traveller."""
    if facts:
        done = run("prepare", "--trip", "Trip", "--no-input", *facts, *DATES, *TODAY, folder=folder)
        assert done.code in (0, 1), done.err


def situations() -> list[str]:
    """Return the situations a traveller can be in."""
    return [one.id for one in load().situations.values() if one.audience == "traveller"]


def number_of(situation: str) -> str:
    """Return the number that a situation has in the list."""
    return str(situations().index(situation) + 1)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, str]]:
    """Return a function that gives what a traveller is told in each situation, and whom to call."""

    @functools.cache
    def ask(traveller: str) -> dict[str, str]:
        folder = tmp_path_factory.mktemp(traveller)
        keep(folder, TRAVELLERS[traveller])
        texts = {}
        for command in (*(("incident", name) for name in situations()), ("contacts",)):
            done = run(*command, *TODAY, folder=folder)
            assert done.code == 0, done.err
            texts[" ".join(command)] = done.out
        return texts

    return ask


@pytest.mark.parametrize("traveller", TRAVELLERS)
def test_every_situation_for_four_travellers(
    told: Callable[[str], dict[str, str]], traveller: str, golden: Callable[[Path, str], str]
) -> None:
    """All that `incident` and `contacts` say."""
    texts = told(traveller).items()
    shown = "\n".join(f"$ travelsec {command}\n{text}" for command, text in texts)
    assert shown == golden(GOLDEN / f"incident-{traveller}.txt", shown)


@pytest.mark.parametrize("traveller", ["hmpps-official-abroad", "hq-on-holiday"])
def test_abroad_there_is_never_only_one_number(
    told: Callable[[str], dict[str, str]], traveller: str
) -> None:
    """Each situation has two different numbers, each as dialled from abroad."""
    for name in situations():
        text = told(traveller)[f"incident {name}"]
        numbers = re.findall(r"Telephone: (\+[0-9 ]+)", text)
        assert len(set(numbers)) >= 2, name
        assert not re.search(r"Telephone: 0", text), name


def test_hmpps_staff_see_their_line_first(told: Callable[[str], dict[str, str]]) -> None:
    """And the pointer to their local guidance."""
    for name in ("out-of-sight", "broken-seal", "lost-or-stolen", "exposed"):
        text = told("hmpps-official-abroad")[f"incident {name}"]
        first = text.split("WHO TO CALL\n")[1].splitlines()[0]
        assert first.startswith("  - HMPPS Information and Security")
        assert "follow your own organisation’s incident reporting guidance" in " ".join(
            text.split()
        )


def test_no_withdrawn_or_unpublished_detail_is_offered(tmp_path: Path) -> None:
    """In no command and no format; nor CICA, whose contact was never published."""
    bare = ("--no-input", "--set", "abroad=true", "--set", "devices=phone")
    formats = ((), ("--format", "json"), ("--format", "md"))
    outputs = [run("prepare", *bare, *one, folder=tmp_path).out for one in formats]
    outputs += [run("prepare", *bare, "--answers-template", folder=tmp_path).out]
    outputs += [run("incident", name, folder=tmp_path).out for name in situations()]
    outputs += [run("contacts", folder=tmp_path).out]
    outputs += [run("card", "--format", one, folder=tmp_path).out for one in ("html", "md", "txt")]
    run("prepare", "--trip", "Rome", *bare, folder=tmp_path)
    outputs += [run("trips", "show", "Rome", folder=tmp_path).out]
    outputs += [run("debrief", "Rome", "--no-input", folder=tmp_path).out]
    assert all(outputs)
    for text in outputs:
        for detail in (*WITHDRAWN, "CICA"):
            assert detail.casefold() not in text.casefold()


def test_a_broken_pack_of_ones_own_is_no_hindrance(tmp_path: Path) -> None:
    """The bundled steps still come, with a warning."""
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "a.yaml").write_text("situations: 7\n", encoding="utf-8")
    done = run("incident", "out-of-sight", folder=tmp_path, TRAVELSEC_PACKS="bad")
    assert done.code == 0
    assert "Treat the device as compromised." in done.out
    assert "was left out" in done.err


def test_a_damaged_database_is_no_hindrance(tmp_path: Path) -> None:
    """The steps for everybody come, with a warning."""
    path = tmp_path / "data" / "travelsec" / "trips.sqlite3"
    path.parent.mkdir(parents=True)
    path.write_text("not a database", encoding="utf-8")
    done = run("incident", "unlock-request", folder=tmp_path)
    assert done.code == 0
    assert "On official business: say that you are" in " ".join(done.out.split())
    assert "damaged" in done.err


def test_the_device_in_hand_may_be_the_one_at_risk(tmp_path: Path) -> None:
    """Then the first line says to use another."""
    for name in ("out-of-sight", "broken-seal", "phone-taken"):
        first = run("incident", name, folder=tmp_path).out.splitlines()[0]
        assert first.startswith("Are you reading this on the device in question?")


@pytest.mark.parametrize("said", [(), ("",), ("xyzzy",), ("—",), ("x" * 5000,), ("\x1b[31m",)])
def test_without_a_terminal_all_titles_and_who_to_call(
    tmp_path: Path, said: tuple[str, ...]
) -> None:
    """Where no situation is named, or nothing is like what was said; the exit code is 0."""
    done = run("incident", *said, folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    titles, numbers = done.out.split("WHO TO CALL\n")
    listed = re.findall(r"travelsec incident (\S+)", titles)
    assert listed == situations()
    for name in listed:
        assert load().situations[name].title in titles
    assert load().contacts["technology-service-desk"].tel_from_abroad in numbers
    assert "\x1b" not in done.out


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("police", "unlock-request"),
        ("They took my laptop!", "out-of-sight"),
        ("phone stolen", "phone-taken"),
        ("out-of-site", "out-of-sight"),
        ("brokn seal", "broken-seal"),
        ("i clicked on a phising link", "suspicious-message"),
    ],
)
def test_what_fits_one_situation_shows_its_steps_at_once(
    tmp_path: Path, said: str, meant: str
) -> None:
    """In quotes or not; the others stand at the end, with the command for each."""
    done = run("incident", said, folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done == run("incident", *said.split(), folder=tmp_path)
    first, rest = done.out.split("\n", 1)
    assert first == f"This is the nearest to “{said}”. Others are at the end."
    steps, others = rest.split("\nIF SOMETHING ELSE HAPPENED\n")
    assert steps.strip() == run("incident", meant, folder=tmp_path).out.strip()
    listed = re.findall(r"travelsec incident (\S+)", others)
    assert sorted([meant, *listed]) == sorted(situations())


@pytest.mark.parametrize(
    ("said", "listed"),
    [
        ("stolen", ["phone-taken", "lost-or-stolen"]),
        ("hacked", ["broken-seal", "phone-taken", "suspicious-message"]),
    ],
)
def test_what_fits_several_lists_them_and_who_to_call(
    tmp_path: Path, said: str, listed: list[str]
) -> None:
    done = run("incident", said, folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    titles, numbers = done.out.split("WHO TO CALL\n")
    assert re.findall(r"travelsec incident (\S+)", titles) == listed
    assert "Technology Service Desk" in numbers


@pytest.mark.parametrize("side", [(), ("--accessible",)], ids=["drawn", "accessible"])
def test_in_a_terminal_the_nearest_come_first(tmp_path: Path, side: tuple[str, ...]) -> None:
    """One key, or a number and Enter, shows the steps."""
    terminal = Terminal("incident", "stolen", *side, folder=tmp_path)
    terminal.wait_for("The nearest to “stolen” come first.")
    terminal.answer("1. My phone was taken", "2", *([ENTER] if side else []))
    assert terminal.finish() == 0
    assert "Do not put yourself in danger to get anything back." in terminal.text()


def test_no_note_can_be_written_of_what_is_not_known(tmp_path: Path) -> None:
    """The titles come anyway; a message says that the note is missing, with exit code 2."""
    done = run("incident", "stolen", "--note", "note.txt", folder=tmp_path)
    assert done.code == 2
    assert "travelsec incident lost-or-stolen" in done.out
    assert done.err == "Error: no note was written: say which of these happened\n"
    assert not (tmp_path / "note.txt").exists()


def test_facts_can_be_given(tmp_path: Path) -> None:
    """As to `contacts`; they win over the trip's. What is wrong with one keeps nothing back."""
    keep(tmp_path, TRAVELLERS["hq-on-holiday"])
    given = ("--set", "organisation=hmpps", "--set", "abroad=false")
    done = run("incident", "lost-or-stolen", *given, *TODAY, folder=tmp_path)
    desk = load().contacts["technology-service-desk"]
    assert f"Telephone: {desk.tel}" in done.out
    assert "HMPPS Information and Security" in done.out
    wrong = run("incident", "lost-or-stolen", "--set", "organisation=x", *TODAY, folder=tmp_path)
    assert wrong.code == 0
    assert wrong.out == run("incident", "lost-or-stolen", *TODAY, folder=tmp_path).out
    assert "--set organisation=x:" in wrong.err


def test_who_has_answered_reads_nothing_that_is_for_others(tmp_path: Path) -> None:
    """Neither the words on who a step is for, nor the hours of other parts of the department."""
    officially = ("--set", "abroad=true", "--set", "official=true", "--set", "organisation=hmpps")
    done = run("incident", "unlock-request", *officially, folder=tmp_path)
    assert "On official business:" not in done.out
    assert "Say that you are, for example, a UK civil servant" in done.out
    assert re.findall("Hours: (.*)", done.out) == ["At any time."]
    other = run("incident", "unlock-request", "--set", "organisation=hq", folder=tmp_path).out
    assert re.findall("Hours: (.*)", other) == ["Outside UK working hours."]
    assert "On official business: say that you are" in " ".join(other.split())
    unknown = run("incident", "unlock-request", folder=tmp_path).out
    assert "HMPPS staff at any time, other MoJ staff" in unknown


def test_one_list_one_key_the_steps(tmp_path: Path) -> None:
    """On the drawn side a number chooses at once."""
    terminal = Terminal("incident", folder=tmp_path)
    terminal.answer(f"{number_of('unsure')}. Something else", number_of("broken-seal"))
    assert terminal.finish() == 0
    assert "Stop using it now." in terminal.text()


def test_the_list_line_by_line(tmp_path: Path) -> None:
    """On the accessible side a number and Enter; nothing is drawn."""
    terminal = Terminal("incident", "--accessible", folder=tmp_path)
    type_lines(terminal, ("What happened?", number_of("broken-seal")))
    assert terminal.finish() == 0
    assert "Stop using it now." in terminal.text()
    assert_nothing_is_drawn(terminal.raw)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--note", "old.txt"), 2, "Error: old.txt: the file exists; --force replaces it"),
        (("--note", "no/note.txt"), 2, "Error: no/note.txt: there is no folder no; make it first"),
        (("--trip", "Lisbn"), 0, "travelsec: there is no trip “Lisbn”"),
        (("--today", "soon"), 0, "travelsec: --today: “soon” is not a date"),
        (("--pack", "missing"), 0, "travelsec: a pack of your own has faults and was left out."),
    ],
)
def test_the_steps_come_whatever_is_wrong_beside_them(
    tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    """What is wrong is reported as well; a file that is there stays as it is."""
    (tmp_path / "old.txt").write_text("An earlier note.", encoding="utf-8")
    done = run("incident", "broken-seal", *TODAY, *arguments, folder=tmp_path)
    assert done.code == code
    assert done.out == run("incident", "broken-seal", *TODAY, folder=tmp_path).out
    assert "Stop using it now." in done.out
    assert done.err.startswith(told)
    assert (tmp_path / "old.txt").read_text(encoding="utf-8") == "An earlier note."


def test_the_steps_come_though_what_is_kept_is_damaged(tmp_path: Path) -> None:
    """One bit that fell over in a text, which the database itself does not notice."""
    keep(tmp_path, TRAVELLERS["hq-on-holiday"])
    (path,) = (tmp_path / "data").rglob("trips.sqlite3")
    path.write_bytes(path.read_bytes().replace(b'{"day"', b'k"day"'))
    done = run("incident", "broken-seal", *TODAY, folder=tmp_path)
    assert done.code == 0
    assert "Stop using it now." in done.out
    assert "the file is damaged" in done.err
    assert done.err.endswith(". What follows holds for everyone.\n")
    assert ".." not in done.err.replace(str(tmp_path), "")


@pytest.mark.parametrize("name", ["BROKEN-SEAL", "broken seal", " Broken_Seal"])
def test_a_situation_may_be_written_as_it_comes(tmp_path: Path, name: str) -> None:
    done = run("incident", name, folder=tmp_path)
    assert done == run("incident", "broken-seal", folder=tmp_path)


@pytest.mark.parametrize("side", [(), ("--accessible",)], ids=["drawn", "accessible"])
def test_a_note_is_written_and_the_trip_remembers(tmp_path: Path, side: tuple[str, ...]) -> None:
    """The note says what was typed; the debrief knows of it."""
    keep(tmp_path, TRAVELLERS["hq-on-holiday"])
    terminal = Terminal(
        "incident", "broken-seal", "--note", "note.txt", *TODAY, *side, folder=tmp_path
    )
    for question, typed in (
        ("When did it happen?", "Today at 9"),
        ("Where?", "Hotel, room 12"),
        ("What was affected?", "Work phone"),
        ("What did you see?", "The seal was torn"),
        ("What did you do?", ""),
        ("Who did you tell, and when?", ""),
    ):
        terminal.wait_for(question)
        terminal.answer(" >", typed + ENTER)
    assert terminal.finish() == 0, terminal.text()
    note = (tmp_path / "note.txt").read_text(encoding="utf-8")
    assert "What did you see? The seal was torn" in note
    assert "Who did you tell, and when? ____" in note
    if os.name == "posix":
        assert (tmp_path / "note.txt").stat().st_mode & 0o777 == 0o600
    told = run("debrief", "Trip", "--no-input", folder=tmp_path)
    assert told.code == 1
    assert "NOT REPORTED: travelsec incident broken-seal" in " ".join(told.out.split())


def test_a_note_without_a_terminal_has_blanks(tmp_path: Path) -> None:
    """To be filled in by hand; an existing file stays unless --force."""
    arguments = ("incident", "lost-or-stolen", "--note", "note.txt")
    assert run(*arguments, folder=tmp_path).code == 0
    assert "Where? ____" in (tmp_path / "note.txt").read_text(encoding="utf-8")
    again = run(*arguments, folder=tmp_path)
    assert again.code == 2
    assert "--force" in again.err


def test_a_readiness_report_tells_the_manager_what_to_do(tmp_path: Path) -> None:
    """A short section, with numbers for both, wherever each of them is."""
    done = run(
        *("prepare", "--no-input", "--set", "abroad=true", "--set", "devices=phone"),
        folder=tmp_path,
    )
    section = done.out.split("IF YOUR TRAVELLER CALLS YOU\n")[1].split("\n\n")[0]
    text = " ".join(section.split())
    assert text.startswith("1. First ask whether they are safe.")
    desk = load().contacts["technology-service-desk"]
    assert f"Telephone in the UK {desk.tel}; Telephone from abroad {desk.tel_from_abroad}" in text
    assert len(section.splitlines()) <= 25


def test_before_the_trip_nobody_is_abroad_yet(tmp_path: Path) -> None:
    """Both forms of each number; and it is said whose trip the advice is for."""
    keep(tmp_path, TRAVELLERS["hq-on-holiday"])
    before = run("incident", "lost-or-stolen", "--today", "2026-11-20", folder=tmp_path)
    desk = load().contacts["technology-service-desk"]
    assert f"Telephone in the UK: {desk.tel}" in before.out
    assert "for your trip Trip." in before.err
    during = run("incident", "lost-or-stolen", *TODAY, folder=tmp_path)
    assert f"Telephone: {desk.tel_from_abroad}" in during.out


@pytest.mark.parametrize("day", ["2026-11-20", "2027-01-20"])
def test_a_trip_within_the_uk_is_not_abroad_on_any_day(tmp_path: Path, day: str) -> None:
    """Before and after it, too, there is one form of each number, and nothing about borders."""
    keep(tmp_path, TRAVELLERS["agency-at-home"])
    for command in (("incident",), ("incident", "lost-or-stolen"), ("contacts",)):
        away = run(*command, "--trip", "Trip", *TODAY, folder=tmp_path)
        assert run(*command, "--trip", "Trip", "--today", day, folder=tmp_path).out == away.out


def test_who_stays_abroad_for_good_is_abroad(tmp_path: Path) -> None:
    """Once they have left; there is no day of return to wait for."""
    settings = (*TRAVELLERS["hq-on-holiday"], "--set", "departs=2026-11-30", "--set=returns=none")
    run("prepare", "--trip", "Trip", "--no-input", *settings, *TODAY, folder=tmp_path)
    told = run("incident", "lost-or-stolen", *TODAY, folder=tmp_path).out
    assert f"Telephone: {load().contacts['technology-service-desk'].tel_from_abroad}" in told


def test_the_card_made_before_departure_is_for_abroad(tmp_path: Path) -> None:
    """As on the trip itself, for which it is carried."""
    keep(tmp_path, TRAVELLERS["hq-on-holiday"])
    before = run("card", "--format", "txt", "--today", "2026-11-20", folder=tmp_path).out
    assert before == run("card", "--format", "txt", *TODAY, folder=tmp_path).out
    assert load().contacts["technology-service-desk"].tel_from_abroad in before


def test_two_trips_at_once_are_named(tmp_path: Path) -> None:
    """Which one is meant cannot be known: both are named, and `--trip` chooses."""
    keep(tmp_path, TRAVELLERS["hq-on-holiday"])
    facts = (*TRAVELLERS["agency-at-home"], *DATES)
    run("prepare", "--trip", "Home", "--no-input", *facts, *TODAY, folder=tmp_path)
    done = run("incident", "unsure", *TODAY, folder=tmp_path)
    assert "several trips could be meant" in done.err
    chosen = run("incident", "unsure", "--trip", "Home", *TODAY, folder=tmp_path)
    assert f"Telephone: {load().contacts['technology-service-desk'].tel}" in chosen.out


@pytest.mark.parametrize("side", [(), ("--accessible",)], ids=["drawn", "accessible"])
def test_back_in_a_note_offers_what_was_said(tmp_path: Path, side: tuple[str, ...]) -> None:
    """And stopping writes what was said so far."""
    terminal = Terminal("incident", "unsure", "--note", "note.txt", *side, folder=tmp_path)
    terminal.wait_for("When did it happen?")
    terminal.answer(" >", "yesterday", ENTER)
    terminal.wait_for("Where?")
    terminal.answer(" >", "b", ENTER)
    terminal.wait_for("yesterday, - leaves it open")
    terminal.answer(" >", ENTER)
    terminal.wait_for("Where?")
    terminal.answer(" >", "q", ENTER)
    assert terminal.finish() == 0, terminal.text()
    note = (tmp_path / "note.txt").read_text(encoding="utf-8")
    assert "When did it happen? yesterday" in note


@pytest.mark.parametrize("side", [(), ("--accessible",)], ids=["drawn", "accessible"])
def test_what_happened_is_asked_and_then_the_note(tmp_path: Path, side: tuple[str, ...]) -> None:
    """And between the two whether to replace the note that is there."""
    (tmp_path / "note.txt").touch()
    terminal = Terminal("incident", "--note", "note.txt", *side, folder=tmp_path)
    # In a drawn list the number is enough.
    terminal.answer("What happened?", number_of("unsure"), *([ENTER] if side else []))
    terminal.answer("note.txt exists. Replace it?", "y", ENTER)
    terminal.answer("When did it happen?", "yesterday", ENTER)
    terminal.answer("Where?", "q", ENTER)
    assert terminal.finish() == 0, terminal.text()
    assert "yesterday" in (tmp_path / "note.txt").read_text(encoding="utf-8")


def test_the_managers_part_is_no_situation_of_a_traveller(tmp_path: Path) -> None:
    """It is in the report, not in `incident`."""
    shown = run("incident", "traveller-calls", folder=tmp_path).out
    assert "First ask whether they are safe." not in shown


def test_a_key_pressed_in_panic_does_not_crash_the_list(tmp_path: Path) -> None:
    """Alt+Enter, Ctrl-O and a function key that nobody knows: the list is there anyway."""
    terminal = Terminal("incident", folder=tmp_path)
    terminal.answer("What happened?", "\x1b\r", "\x0f", "\x1b[15;3~", "\x1b", "\r", "1")
    assert terminal.finish() == 0
    first = load().situations[situations()[0]]
    assert first.title.upper() in terminal.text().upper()


@pytest.mark.parametrize("side", [(), ("--accessible",)], ids=["drawn", "accessible"])
def test_ctrl_c_in_a_note_keeps_what_was_said(tmp_path: Path, side: tuple[str, ...]) -> None:
    """The rest is left blank, as after `q`."""
    terminal = Terminal("incident", "unsure", "--note", "note.txt", *side, folder=tmp_path)
    terminal.answer("When did it happen?", "yesterday", ENTER)
    terminal.answer("Where?", CTRL_C)
    assert terminal.finish() == 0
    note = (tmp_path / "note.txt").read_text(encoding="utf-8")
    assert "When did it happen? yesterday" in note
    assert "Where? ____" in note
