"""What people read comes in order of importance, and nothing open is hidden."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from tests.report import samples
from tests.report.samples import EVERYTHING, TRIP
from travelsec.document import Block, Heading, ListItem, Pairs, Paragraph
from travelsec.pack.model import Pack
from travelsec.report.model import FactData, Report, digest
from travelsec.report.outline import about, dates, outline
from travelsec.trip.statuses import How, Status


def done(*excepted: str) -> dict[str, Status]:
    """Say that all items are done but these."""
    return {f"overseas.{name}": Status("done") for name in EVERYTHING if name not in excepted}


def headings(report: Report) -> list[str]:
    """Return the headings in order."""
    return [block.text for block in outline(report) if isinstance(block, Heading)]


def under(report: Report, start: str) -> list[Block]:
    """Return the blocks below the heading that starts with this, up to the next of its level."""
    found: list[Block] = []
    level = 0
    for block in outline(report):
        if isinstance(block, Heading) and level and block.level <= level:
            break
        if level:
            found.append(block)
        if isinstance(block, Heading) and block.text.startswith(start):
            level = block.level
    return found


def heads(report: Report, start: str) -> list[str]:
    """Return the first lines of the items below a heading."""
    return [block.head for block in under(report, start) if isinstance(block, ListItem)]


def entry(report: Report, label: str) -> ListItem:
    """Return the item whose first line starts with this."""
    found = [b for b in outline(report) if isinstance(b, ListItem) and b.head.startswith(label)]
    assert len(found) == 1
    return found[0]


def test_the_most_important_comes_first(report: Report) -> None:
    """What is open comes first, the answers and the warnings last."""
    assert headings(report) == [
        "Travel security: Lisbon 2026-12-01",
        "Open (5)",
        "Must (2)",
        "Should (2)",
        "Consider (1)",
        "What the traveller agrees to (1)",
        "Done (1)",
        "Does not apply (2)",
        "On your return (3)",
        "The trip as the traveller describes it",
        "Warnings (2)",
    ]


def test_the_verdict_comes_first(report: Report) -> None:
    """With what was waived and what is not covered, before anything else."""
    assert list(outline(report))[1:5] == [
        Paragraph("NOT READY. 2 must items are open, 5 items in all.", "bad"),
        Paragraph("1 must item was waived.", "strong"),
        Paragraph("Not covered here: Visas and vaccinations: ask the travel desk."),
        Pairs(
            (
                ("Traveller", "A. Smith"),
                ("Dates", "Tue 1 December 2026 to Sat 5 December 2026"),
                ("As of", "Tue 24 November 2026"),
            )
        ),
    ]


@pytest.mark.parametrize(
    ("left", "verdict"),
    [
        ((), "READY. Nothing is open."),
        (("wifi",), "READY, WITH ACTIONS. 1 item is open, none required."),
        (("wifi", "seals"), "READY, WITH ACTIONS. 2 items are open, none required."),
        (("letter",), "NOT READY. 1 must item is open."),
        (("letter", "passwords"), "NOT READY. 2 must items are open."),
        (("letter", "wifi"), "NOT READY. 1 must item is open, 2 items in all."),
        (("report-it",), "READY. Nothing is open."),
    ],
)
def test_the_verdict_says_why(pack: Pack, left: tuple[str, ...], verdict: str) -> None:
    """In one line, with the numbers behind it."""
    blocks = list(outline(samples.make(pack, statuses=done(*left))))
    assert isinstance(blocks[1], Paragraph)
    assert blocks[1].text == verdict
    assert blocks[2] == Paragraph("Nothing was waived.", "plain")


def test_a_ready_trip_shows_no_empty_sections(pack: Pack) -> None:
    """A heading with nothing below it would be noise."""
    report = samples.make(pack, statuses=done(), today=datetime.date(2026, 6, 1))
    assert headings(report)[1:5] == [
        "What the traveller agrees to (3)",
        "Done (6)",
        "On your return (3)",
        "The trip as the traveller describes it",
    ]


def test_open_items_come_by_level_then_by_date(pack: Pack) -> None:
    """The most urgent come first, and those without a date last."""
    report = samples.make(pack, statuses={}, today=datetime.date(2026, 11, 1))
    assert heads(report, "Open") == [
        "Carry a letter of introduction",
        "Clear unneeded files",
        "Keep passwords apart",
        "Never leave it unattended",
        "Use the hotel safe",
        "Pack envelopes",
        "Insure the bag",
        "Avoid public wifi",
        "A bag that locks",
    ]


@pytest.mark.parametrize(
    ("today", "head", "first"),
    [
        ("2026-11-28", "Clear unneeded files – to do", "Suggested by Sun 29 November 2026."),
        ("2026-11-29", "Clear unneeded files – to do", "Suggested by Sun 29 November 2026."),
        ("2026-11-30", "Clear unneeded files – to do – do this now", "Take off each device"),
    ],
)
def test_what_is_past_its_date_is_for_now(pack: Pack, today: str, head: str, first: str) -> None:
    """Nobody can do it by a past day; on the day itself it is not late."""
    statuses = {"overseas.clear-files": Status("todo")}
    report = samples.make(pack, statuses=statuses, today=datetime.date.fromisoformat(today))
    found = entry(report, "Clear unneeded files")
    assert found.head == head
    assert found.body[0].startswith(first)


def test_an_open_item_says_all_that_is_needed(report: Report) -> None:
    """What to do, why, and what the traveller said."""
    assert entry(report, "Clear unneeded files") == ListItem(
        False,
        "Clear unneeded files – to do",
        "bad",
        (
            "Suggested by Sun 29 November 2026.",
            "Take off each device the files you will not need on this trip.",
            "Why: If the device is lost or stolen, less is exposed.",
            "Note: Ask IT for help.",
        ),
    )


def test_what_is_declined_stays_open_with_its_reason(report: Report) -> None:
    """The line manager sees that it was declined, and why."""
    found = entry(report, "Pack envelopes")
    assert found.head == "Pack envelopes – declined"
    assert "Reason given: There are none left." in found.body
    assert found in under(report, "Open")


def test_what_is_said_not_to_apply_has_its_level_and_reason(report: Report) -> None:
    """A `must` first; there is nothing to tick."""
    assert under(report, "Does not apply") == [
        ListItem(
            None, "Use the hotel safe (must)", "attention", ("Reason given: Staying with family.",)
        ),
        ListItem(None, "Insure the bag (should)", "attention", ("Reason given: It has no worth.",)),
    ]


def test_undertakings_are_given_in_full_and_done_items_in_short(report: Report) -> None:
    """The traveller agreed to the whole sentence of an undertaking."""
    assert under(report, "What the traveller agrees to") == [
        ListItem(True, "I never leave a device unattended, not even for a moment.", "plain")
    ]
    assert under(report, "Done") == [
        ListItem(True, "Keep passwords apart", "plain", ("Note: In the manager.",))
    ]


def test_items_for_the_return_are_a_list_to_keep(report: Report) -> None:
    """With levels, dates and texts; what does not apply has its reason and no box."""
    assert under(report, "On your return") == [
        ListItem(
            False,
            "Report what went wrong (must)",
            "plain",
            (
                "Suggested by Sun 6 December 2026.",
                "Tell the incident line what went wrong.",
                "Why: They can still limit the harm.",
            ),
        ),
        ListItem(
            None,
            "Check the seals (should) – does not apply",
            "plain",
            ("Reason given: None were used.",),
        ),
        ListItem(False, "Give back what you borrowed (consider)", "plain", ("Give it back.",)),
    ]


def test_what_was_said_about_the_return_is_shown(pack: Pack) -> None:
    """Whether done or declined, and with notes, as for all other items."""
    statuses = {
        "overseas.report-it": Status("declined", reason="Nothing went wrong.", note="So far."),
        "overseas.give-back": Status("done", note="On Monday."),
    }
    report = samples.make(pack, statuses=statuses, today=datetime.date(2026, 12, 24))
    declined, _, given_back = under(report, "On your return")
    assert declined == ListItem(
        False,
        "Report what went wrong (must) – declined – do this now",
        "plain",
        (
            "Tell the incident line what went wrong.",
            "Why: They can still limit the harm.",
            "Reason given: Nothing went wrong.",
            "Note: So far.",
        ),
    )
    assert given_back == ListItem(
        True, "Give back what you borrowed (consider)", "plain", ("Note: On Monday.",)
    )


def test_the_answers_come_with_how_they_were_given(report: Report) -> None:
    """In the order of the questions; then the ways, and what the report was made with."""
    pairs, ways, made = under(report, "The trip as")
    assert isinstance(pairs, Pairs)
    assert pairs.rows[0] == ("What is your name?", "A. Smith")
    assert len(pairs.rows) == 6
    assert ways == Paragraph("Answers given: 9 in a terminal and 4 by a script.", "quiet")
    assert made == Paragraph(f"Made with travelsec {report.tool.version}, pack small 2.1.", "quiet")


@pytest.mark.parametrize(
    ("others", "sentence"),
    [
        ({}, "No answers yet."),
        ({"letter": Status("todo")}, "No answers yet, except where marked “to do”."),
        (
            {"letter": Status("todo"), "wifi": Status("declined", "R.")},
            "No answers yet, except where marked “to do” or “declined”.",
        ),
        (done("letter"), "No answer yet."),
        ({**done(), "overseas.letter": Status("todo")}, ""),
    ],
)
def test_what_has_no_answer_is_said_once(
    pack: Pack, others: dict[str, Status], sentence: str
) -> None:
    """Not on every line; what does have an answer is marked."""
    statuses = {
        name if "." in name else f"overseas.{name}": status for name, status in others.items()
    }
    report = samples.make(pack, statuses=statuses)
    found = [block.text for block in under(report, "Open") if isinstance(block, Paragraph)]
    assert found == ([sentence] if sentence else [])
    assert [head for head in heads(report, "Open") if "answer" in head] == []
    if "declined" in sentence:
        assert "Carry a letter of introduction – to do – do this now" in heads(report, "Open")


def test_what_is_only_to_be_considered_is_not_called_open(pack: Pack) -> None:
    """Nothing that counts is missing."""
    report = samples.make(pack, statuses=done("consider-bag"))
    text = [block.text for block in outline(report) if isinstance(block, Heading | Paragraph)]
    assert "READY, WITH ACTIONS. 1 item is left to consider." in text
    assert text[text.index("Left to consider (1)") + 1] == "No answer yet."
    assert not [line for line in text if "Open" in line or " open" in line]
    assert "Open (2)" in headings(samples.make(pack, statuses=done("consider-bag", "wifi")))


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("terminal", "All answers were given in a terminal."),
        ("script", "All answers were given by a script."),
    ],
)
def test_one_way_of_answering_is_one_sentence(report: Report, how: How, words: str) -> None:
    """Unless it is not known of some answers."""
    put = msgspec.structs.replace
    answers = tuple(put(answer, how=how) for answer in report.trip.answers)
    items = tuple(put(item, how=how) for item in report.items)
    same = put(report, trip=put(report.trip, answers=answers), items=items)
    assert Paragraph(words, "quiet") in under(same, "The trip as")
    unknown = put(same, trip=put(report.trip, answers=(put(answers[0], how=None), *answers[1:])))
    assert Paragraph(words, "quiet") not in under(unknown, "The trip as")


def test_a_trip_about_which_nothing_is_known_reads_well(pack: Pack) -> None:
    """No empty lists, no “None”."""
    report = samples.make(pack, {}, {})
    blocks = list(outline(report))
    assert blocks[0] == Heading(1, "Travel security: Trip")
    assert Pairs((("As of", "Tue 24 November 2026"),)) in blocks
    assert Pairs(()) not in blocks
    assert not [block for block in blocks if "None" in str(block).replace("tone=None", "")
                and not isinstance(block, ListItem)]  # fmt: skip


def test_a_trip_with_no_return_shows_its_beginning(pack: Pack) -> None:
    """Some trips have no end."""
    without = {name: value for name, value in TRIP.items() if name != "returns"}
    report = samples.make(pack, without)
    assert ("Dates", "Tue 1 December 2026") in next(
        block.rows for block in outline(report) if isinstance(block, Pairs)
    )


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"departs": "2026-12-01", "returns": "none"}, "from Tue 1 December 2026"),
        ({"departs": "none"}, ""),
    ],
)
def test_a_lasting_arrangement_shows_its_beginning(
    report: Report, given: dict[str, FactData], shown: str
) -> None:
    """If there is one."""
    trip = msgspec.structs.replace(report.trip, facts=given)
    assert dates(msgspec.structs.replace(report, trip=trip)) == shown


def test_warnings_come_last(report: Report) -> None:
    """Each is a point of its own; that about the guidance is the very last."""
    last = list(outline(report))[-1]
    assert isinstance(last, ListItem)
    assert last.ticked is None
    assert last.head.startswith("The page “Taking equipment abroad” was valid until")


def test_a_report_that_was_tampered_with_hides_nothing(report: Report) -> None:
    """Emptied lists and missing counts hide no open or waived item."""
    readiness = msgspec.structs.replace(
        report.readiness, verdict="ready", counts={}, open=(), waived=()
    )
    forged = msgspec.structs.replace(report, readiness=readiness)
    forged = msgspec.structs.replace(forged, digest=digest(forged))
    blocks = list(outline(forged))
    assert blocks[1] == Paragraph(
        "NOT READY. 2 must items are open, 5 items in all. This file says “Ready”, but its "
        "items do not support that. Ask for a new report.",
        "bad",
    )
    assert blocks[2] == Paragraph("1 must item was waived.", "strong")
    assert blocks[3:] == list(outline(report))[3:]


@pytest.mark.parametrize("date", ["", "soon", "2026-13-01", 7, None, ["2026-12-01"]])
def test_a_report_with_facts_of_wrong_kinds_can_be_shown(report: Report, date: object) -> None:
    """A report is untrusted input."""
    trip = msgspec.structs.replace(
        report.trip, facts={"traveller": date, "departs": date, "returns": date}
    )
    assert list(outline(msgspec.structs.replace(report, trip=trip)))


@pytest.mark.parametrize(
    ("name", "shown"), [("Nigeria conference", True), ("Niger 2026-12-01", False), ("Trip", True)]
)
def test_the_destination_is_at_the_top_unless_the_name_has_it(
    report: Report, name: str, shown: bool
) -> None:
    """A trip can have any name; part of a word in it is not the destination."""
    trip = msgspec.structs.replace(report.trip, name=name, facts={"destination": "Niger"})
    told = dict(about(msgspec.structs.replace(report, trip=trip)))
    assert told.get("Where to") == ("Niger" if shown else None)
