"""What a review says to people, each text harmless."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given

from tests.hostile import texts
from tests.review.reports import DAY, DECIDED, FULL, LABELS, SINCE, hostile, put
from travelsec.document import Heading, ListItem, Paragraph, text_lines
from travelsec.review import outline
from travelsec.review.model import Difference, Reviewed, Since
from travelsec.review.priority import Totals
from travelsec.safe_text import line


def shown(*rows: Reviewed, most: int | None = None) -> str:
    """Return the details as plain text, with spaces and line breaks folded."""
    told = text_lines(outline.details(rows, LABELS, most), 80)
    return " ".join(" ".join(text for text, _ in told).split())


def test_the_details_tell_all() -> None:
    """Who, where, when, verdict, file, what is open and set aside, differs and was decided."""
    text = shown(FULL)
    for part in (
        "A. Smith, Lisbon, Tue 1 December 2026 to Sat 5 December 2026 – NOT READY",
        "File: in/r.json",
        "Must items open (1): Do the b",
        "Advice still to follow (1): Do the c",
        "Waived: Use the safe – No hotel.",
        "Declined: Do the c – No time.",
        "1 item is lowered in level: Do the c",
        "Decision on record: approved by Jo Day, Wed 25 November 2026: Go!",
        "The decision is void: it was made about a different report.",
        "New must items since the decision: Do the c",
        "A decision is a record, not a signature.",
    ):
        assert part in text


def test_several_are_numbered_and_shorter() -> None:
    """Items that are no must are only counted; the numbers are those of the table."""
    text = shown(FULL, put(FULL, open_must=(), open=()))
    assert "1. A. Smith" in text
    assert "2. A. Smith" in text
    assert "Advice still to follow (1) Waived" in text
    rows = list(outline.rows([FULL, Reviewed("in/x.json", unread="No."), FULL]))
    assert [row[0] for row in rows] == ["1", "2", "3"]
    assert rows[1] == ("2", Paragraph("not read", "bad"), "in/x.json", *("–",) * 5)
    assert {len(row) for row in rows} == {len(outline.TABLE_COLUMNS)}
    wide = list(outline.rows([FULL, Reviewed("in/x.json", unread="No.")], with_files=True))
    assert [(row[2], row[-1]) for row in wide] == [("A. Smith", "in/r.json"), ("–", "in/x.json")]


def test_of_many_only_the_first_are_told_in_words() -> None:
    """And what could not be read: its reason stands nowhere else."""
    many = [FULL, FULL, FULL, Reviewed("in/x.json", unread="No."), FULL]
    text = shown(*many, most=2)
    assert [number for number in range(1, 6) if f"{number}. " in text] == [1, 2, 4]
    assert "2 more are in the table only: --limit N gives details of N" in text
    whole = shown(*many)
    assert [number for number in range(1, 6) if f"{number}. " in whole] == [1, 2, 3, 4, 5]
    assert "more are in the table" not in whole


def test_what_was_not_read_has_its_reason() -> None:
    """And nothing else."""
    text = shown(Reviewed("in/r.json", unread="there is no such file"))
    assert "in/r.json – could not be read there is no such file" in text
    assert "File:" not in text


def test_a_report_that_does_not_hold_has_no_verdict_that_counts() -> None:
    """Not in the table, nor in its head; below it stands what is left, and what to do."""
    broken = put(FULL, holds=False, verdict="ready-with-actions")
    entry = next(outline.details([broken], LABELS))
    assert isinstance(entry, ListItem)
    assert entry.head.endswith(" – DOES NOT HOLD")
    words = (
        "Do not rely on it. By your own packs, what is left of it is ready, with actions. "
        "Ask the traveller for a new report."
    )
    assert words in shown(broken)
    assert "Do not rely on it" not in shown(FULL)
    rows = outline.rows([broken, FULL, put(FULL, newest=False), put(broken, newest=False)])
    assert [row[1] for row in rows] == [
        Paragraph("does not hold", "bad"),
        Paragraph("not ready", "bad"),
        Paragraph("replaced", "quiet"),
        Paragraph("does not hold", "bad"),
    ]


@pytest.mark.parametrize(
    ("fields", "tone"),
    [
        ({}, "bad"),
        ({"newest": False}, "quiet"),
        ({"holds": False, "verdict": "ready"}, "bad"),
        ({"holds": False, "newest": False}, "bad"),
        ({"verdict": "ready"}, "attention"),
        ({"verdict": "ready", "open": (), "waived": ()}, "good"),
    ],
)
def test_the_colour_goes_with_the_attention(fields: dict[str, Any], tone: str) -> None:
    """What was replaced is quiet, unless it does not hold."""
    entry = next(outline.details([put(FULL, **fields)], LABELS))
    assert isinstance(entry, ListItem)
    assert entry.tone == tone


@pytest.mark.parametrize("holds", [True, False])
def test_a_whole_report_that_does_not_hold_is_shown_with_a_warning(holds: bool) -> None:
    """The last word before the report itself: its numbers could be anybody's."""
    *_, heading, last = outline.whole(put(FULL, holds=holds), LABELS)
    if holds:
        assert last == Heading(1, "The report, as it came in")
    else:
        assert heading == Heading(1, "The report, as it came in")
        assert isinstance(last, Paragraph)
        assert last.tone == "bad"
        assert last.text.startswith("It was changed by hand or damaged. Do not trust")


@pytest.mark.parametrize(
    ("codes", "holds", "words"),
    [
        (["page-edited"], False, "Below is the data it holds."),
        (["page-edited", "words-unchecked"], False, "telephone numbers were not checked."),
        (["page-edited", "digest"], False, "Do not trust what it says below"),
        (["words-unchecked"], True, "Its wording and telephone numbers were not checked."),
    ],
)
def test_before_a_whole_report_stands_what_it_is_worth(
    codes: list[str], holds: bool, words: str
) -> None:
    """A page that was saved again by a browser still carries data that can be believed."""
    differs = tuple(Difference(code, f"{code}.", (), code != "words-unchecked") for code in codes)
    *_, last = outline.whole(put(FULL, holds=holds, differs=differs), LABELS)
    assert isinstance(last, Paragraph)
    assert words in last.text


def test_a_crowd_of_items_is_counted() -> None:
    """Twelve are named."""
    names = tuple(f"x.{number}" for number in range(100))
    text = shown(put(FULL, open_must=names, open=names))
    assert "Must items open (100): x.0; " in text
    assert "x.11; and 88 more" in text
    assert "x.12" not in text


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (None, "none"),
        (put(DECIDED, void=False, new_musts=()), "approved"),
        (put(DECIDED, void=False), "approved, new musts"),
        (DECIDED, "approved, void"),
    ],
)
def test_the_table_says_what_a_decision_is_worth(decision: Any, said: str) -> None:
    """In a word or two."""
    assert next(outline.rows([put(FULL, decision=decision, since=None)]))[-1] == said


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (SINCE, "returned, changed"),
        (put(SINCE, changes=()), "returned, sent again"),
        (put(SINCE, changes=(), unknown="that report does not hold"), "returned, changed"),
    ],
)
def test_the_table_says_that_an_earlier_report_was_decided_on(since: Since, said: str) -> None:
    """“None” would say that nobody has decided."""
    assert next(outline.rows([put(FULL, decision=None, since=since)]))[-1] == said


def test_what_changed_since_a_decision_is_told_with_the_items() -> None:
    text = shown(put(FULL, decision=None))
    assert (
        "Returned by Al Fox on Mon 23 November 2026, for an earlier report (in/old.json)." in text
    )
    assert "Changed since then: 1 must reopened and return 4 days later." in text
    assert "1 must reopened: Do the b" in text
    unknown = shown(put(FULL, since=put(SINCE, changes=(), unknown="that report does not hold")))
    assert "What has changed since then is not known: that report does not hold." in unknown


def test_the_table_says_that_a_decision_cannot_be_read() -> None:
    """“None” would say that nobody has decided."""
    unread = Difference("decision-unread", "Its decision cannot be read: no JSON.")
    row = put(FULL, decision=None, since=None, differs=(*FULL.differs, unread))
    assert next(outline.rows([row]))[-1] == "unreadable"


def test_a_name_as_long_as_a_book_is_cut() -> None:
    """In the table it would fill the window, and below it push the verdict out of sight."""
    book = put(FULL, traveller="x" * 10_000, destination="y" * 10_000)
    cells = [
        cell.text if isinstance(cell, Paragraph) else cell for cell in next(outline.rows([book]))
    ]
    assert max(map(len, cells)) <= 60
    assert " – NOT READY" in shown(book)


@pytest.mark.parametrize(
    ("totals", "parts", "tone"),
    [
        (Totals(1, ready=1), ["1 report: 1 ready."], "good"),
        (
            Totals(9, 1, 2, 3, broken=4, with_waived=5, replaced=2, unread=1),
            [
                "6 reports: 3 not ready, 2 ready with actions, 1 ready.",
                "4 changed by hand or damaged.",
                "5 with must items waived.",
                "2 replaced by another report of the same trip.",
                "1 could not be read.",
                "Shown: the 2 of 9 that need attention most. --limit shows more.",
            ],
            "bad",
        ),
        (
            Totals(2, ready=1, undecided=1, over=1),
            ["1 report: 1 ready.", "1 undecided.", "1 trip is over."],
            "good",
        ),
        (Totals(2, over=2), ["2 trips are over."], "strong"),
        (Totals(2, ready=1, unread=1), ["1 report: 1 ready.", "1 could not be read."], "bad"),
        (
            Totals(2, ready=1, broken=1),
            [
                "2 reports: 1 ready.",
                "1 changed by hand or damaged.",
            ],
            "bad",
        ),
        (
            Totals(1, not_ready=1, left_out=3),
            ["1 report: 1 not ready.", "3 left out, as you asked for only some."],
            "bad",
        ),
        (
            Totals(left_out=3),
            ["No report matches what you asked for.", "3 left out, as you asked for only some."],
            "plain",
        ),
        (
            Totals(1, unread=1, left_out=3),
            [
                "No report matches what you asked for.",
                "1 could not be read.",
                "3 left out, as you asked for only some.",
            ],
            "plain",
        ),
        (
            Totals(1, over=1, left_out=3),
            ["1 trip is over.", "3 left out, as you asked for only some."],
            "strong",
        ),
        (Totals(1, unread=1), ["1 could not be read."], "strong"),
    ],
)
def test_the_summary_counts(totals: Totals, parts: list[str], tone: str) -> None:
    """In all, by verdict, then what needs a look, what is left out and how many are shown."""
    not_covered = "Not covered by any verdict: Visas."
    blocks = list(outline.review_summary(totals, 2, DAY, ["Visas."]))
    found = [text for text, _ in text_lines(blocks, 100)]
    assert found.pop(-2 if "Shown:" in found[-1] else -1) == not_covered
    assert found == ["Review for Tue 24 November 2026", "", *parts]
    assert isinstance(blocks[1], Paragraph)
    assert blocks[1].tone == tone


def test_the_summary_says_that_one_report_needs_attention() -> None:
    *_, last = outline.review_summary(Totals(2, ready=2), 1, DAY, [])
    assert isinstance(last, Paragraph)
    assert last.text == "Shown: the 1 of 2 that needs attention most. --limit shows more."


@example("\x7f")
@example("\u3164")
@given(texts())
def test_hostile_texts_do_nothing(text: str) -> None:
    row = hostile(text)
    for shown_line, _ in text_lines(outline.details([row, row], LABELS), 80):
        assert shown_line == line(shown_line)
