"""A decision as the traveller reads it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.report import samples
from tests.review.doctored import with_each_status
from tests.review.reports import NEW_ITEM, OTHER_VERSION, done, judge, put, read_pack, received
from travelsec.document import Block, Paragraph, text_lines
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report.kept_for_decision import made_report
from travelsec.report.model import PackRef, Report
from travelsec.report.restore import restore_facts
from travelsec.review import decision
from travelsec.review.decision import Decision, Word
from travelsec.review.decision_message import decision_message
from travelsec.trip.facts import Facts
from travelsec.trip.statuses import How, Status
from travelsec.trip.stored_trip import LastSeen, StoredTrip

LATEST = "2026-11-26T00:00:00Z"
WEEK = datetime.timedelta(days=7)
HOW: How = "terminal"


@pytest.fixture
def report(pack: Pack) -> Report:
    """Return a report with everything open, but a must waived and a should declined."""
    statuses = {
        "overseas.hotel-safe": Status("not-applicable", "With family.", how="terminal"),
        "overseas.wifi": Status("declined", "No time.", how="terminal"),
    }
    return samples.make(pack, statuses=statuses)


def decided(report: Report, pack: Pack, word: Word = "approved") -> Decision:
    """Decide on a report, a moment after it was made."""
    came, judging = received(report), judge(pack)
    return decision.make_decision(
        word,
        came,
        judging,
        by="Jo Day",
        comment="Go!",
        at=samples.CREATED,
        reviewed=judging.judge("report.json", came),
    )


@pytest.fixture
def approved(report: Report, pack: Pack) -> Decision:
    """Approve the report."""
    return decided(report, pack)


def stored(trip_id: str, *reports: Report) -> StoredTrip:
    """Return a trip for which these reports were made."""
    seen = LastSeen(samples.TODAY, {}, {})
    made = tuple(map(made_report, reports))
    return StoredTrip(trip_id, "Lisbon", True, samples.TODAY, seen, reports=made)


def blocks(made: Decision, pack: Pack, *reports: Report) -> list[Block]:
    """Return what the traveller reads, with this pack, where these reports were made."""
    answers, _ = restore_facts(samples.make(pack), pack)
    trip = stored(made.trip, *reports)
    return [*decision_message(made, trip, Facts(pack, answers, samples.TODAY), LATEST)]


def message(made: Decision, pack: Pack, *reports: Report) -> list[str]:
    """Return the lines the traveller reads."""
    told = text_lines(blocks(made, pack, *reports), 100)
    return [text.strip() for text, _ in told if text.strip()]


def doubts(made: Decision, pack: Pack, *reports: Report) -> list[str]:
    """Return what the traveller is told to ask the line manager about."""
    ask = " Ask your line manager."
    return [
        block.text.removesuffix(ask)
        for block in blocks(made, pack, *reports)
        if isinstance(block, Paragraph) and block.text.endswith(ask)
    ]


def test_the_decision_and_its_comment_come_last(approved: Decision, pack: Pack) -> None:
    *_, decided, comment = message(approved, pack)
    assert decided.startswith("Approved by Jo Day on ")
    assert comment == "Comment: Go!"
    assert message(put(approved, comment=""), pack)[-1] == decided


def test_the_musts_that_were_open_are_named(approved: Decision, pack: Pack) -> None:
    told = message(approved, pack)
    start = told.index(f"Open at the time ({len(approved.open_must)}):")
    labels = {name: item.label for name, _, _, item in pack.items()}
    named = [line.removeprefix("- ") for line in told[start + 1 :][: len(approved.open_must)]]
    assert named == [labels[name] for name in approved.open_must]


def test_musts_that_are_new_since_then_are_named(
    approved: Decision, pack: Pack, tmp_path: Path
) -> None:
    told = message(approved, read_pack(tmp_path, NEW_ITEM))
    assert told[told.index("New must items since then (1):") + 1] == "- Lock the bag"
    assert not [line for line in message(approved, pack) if "new since then" in line]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"at": "2026-12-24T08:00:00Z"}, "in the future"),
        ({"by": " \u200b"}, "does not say who"),
        ({"by": "a.  SMITH"}, "names the traveller"),
        (
            {"by": "Smith, A."},
            "may name the traveller, A. Smith, as the one who made it: Smith, A.",
        ),
        ({"verdict": "ready"}, "contradict each other"),
    ],
)
def test_what_is_doubtful_is_told(
    approved: Decision, report: Report, pack: Pack, fields: dict[str, str], text: str
) -> None:
    """As `review` tells the manager, wherever the report was made."""
    for reports in ((), (report,)):
        assert text in " ".join(message(put(approved, **fields), pack, *reports))
        assert text not in " ".join(message(approved, pack, *reports))


def test_a_decision_about_another_trip_is_refused(approved: Decision, pack: Pack) -> None:
    with pytest.raises(UserError, match="about another trip"):
        next(decision_message(approved, stored("8" * 32), Facts(pack, {}, samples.TODAY), LATEST))


# Compared with the report that was made here


NOT_KNOWN = (
    "The report that was decided on is not known here, so the decision could not be compared with "
    "it."
)
RECORDED = "The decision was edited. Not what travelsec recorded: "
OTHER_PACKS = "The decision was made with other packs: its judgement could not be checked."
EDITED: dict[str, tuple[dict[str, Any], str]] = {
    "another verdict": ({"verdict": "ready", "open_must": ()}, f"{RECORDED}verdict and must"),
    "a better verdict": ({"verdict": "ready-with-actions", "open_must": ()}, RECORDED),
    "nothing open": ({"open_must": ()}, f"{RECORDED}must items open."),
    "one open": ({"open_must": ("overseas.letter",)}, f"{RECORDED}must items open."),
    "nothing waived": ({"waived": ()}, f"{RECORDED}must items waived."),
    "no musts": ({"musts": ()}, RECORDED),
    "it did not hold": ({"holds": False}, "It says that the report did not hold."),
    "it could not be checked": (
        {"holds": "unknown"},
        "It says that the report could not be checked.",
    ),
    "no packs": ({"packs": ()}, OTHER_PACKS),
    "another pack": ({"packs": (PackRef("other", "1", "0" * 64),)}, OTHER_PACKS),
    "another report": (
        {"report": "0" * 32},
        "The decision was edited. It has the content of this report, but the id of another.",
    ),
    "another digest": (
        {"digest": "0" * 64},
        "The decision is void: it was made about a different report. "
        "It has the id of a report made here, but different content.",
    ),
    "another report with another digest": ({"report": "0" * 32, "digest": "0" * 64}, NOT_KNOWN),
    "before the report": (
        {"at": "2026-11-24T08:30:04Z"},
        "before the report was: it was edited, or a",
    ),
    "years before": ({"at": "2020-01-01T00:00:00Z"}, "before the report was: it was edited, or a"),
    "judged for next year": ({"as_of": datetime.date(2027, 11, 24)}, "an unlikely day."),
    "judged for the day of the decision": (
        {"as_of": datetime.date(2026, 11, 25), "at": "2026-11-25T08:30:00Z", "verdict": "ready"},
        "The report was judged for another day: its judgement could not be checked.",
    ),
}


@pytest.mark.parametrize("name", EDITED)
def test_a_doctored_decision_is_told_where_its_report_was_made(
    approved: Decision, report: Report, pack: Pack, name: str
) -> None:
    """In the words of `review`, which compares it with the report itself."""
    fields, text = EDITED[name]
    other = samples.make(pack, report_id="5" * 32)
    told = " ".join(doubts(put(approved, **fields), pack, other, report))
    assert text in told


HONEST_REPORTS: dict[str, Callable[[Pack], Report]] = {
    "nothing answered": lambda pack: samples.make(pack, statuses={}),
    "all done": lambda pack: samples.make(pack, statuses=done()),
    "one must open": lambda pack: samples.make(pack, statuses=done(letter=Status("todo", how=HOW))),
    "each status": with_each_status,
    "nothing known": lambda pack: samples.make(pack, {}, {}),
    "judged for another day": lambda pack: samples.make(pack, created=samples.CREATED - WEEK),
}


@pytest.mark.parametrize("word", get_args(Word))
@pytest.mark.parametrize("name", HONEST_REPORTS)
def test_an_honest_decision_is_not_doubted_where_its_report_was_made(
    pack: Pack, name: str, word: Word
) -> None:
    """Whether it is about the last report of the trip or an earlier one."""
    honest = HONEST_REPORTS[name](pack)
    later = samples.make(pack, report_id="5" * 32, created=samples.CREATED + WEEK)
    for reports in ((honest,), (honest, later), (later, honest)):
        assert doubts(decided(honest, pack, word), pack, *reports) == []


def test_an_honest_decision_with_other_packs_is_not_accused_of_an_edit(
    report: Report, pack: Pack, tmp_path: Path
) -> None:
    """The manager has a newer pack: its judgement cannot be checked, and that is told."""
    newer = read_pack(tmp_path, OTHER_VERSION, NEW_ITEM)
    assert doubts(decided(report, newer), pack, report) == [OTHER_PACKS]


def test_it_is_told_if_the_report_was_made_elsewhere(approved: Decision, pack: Pack) -> None:
    """Or by a version that kept nothing of its reports."""
    assert doubts(approved, pack) == [NOT_KNOWN]
    assert doubts(approved, pack, samples.make(pack, report_id="5" * 32)) == [NOT_KNOWN]


def test_a_doubtful_approval_does_not_look_good(
    approved: Decision, report: Report, pack: Pack
) -> None:
    """Only one without a doubt has the colour of what is good."""
    assert tones(approved, pack, report) == ["good"]
    assert tones(put(approved, musts=()), pack, report) == ["attention"]
    assert tones(approved, pack) == ["attention"]


def tones(made: Decision, pack: Pack, *reports: Report) -> list[str]:
    """Return the tone of the line that says what was decided."""
    return [
        block.tone
        for block in blocks(made, pack, *reports)
        if isinstance(block, Paragraph) and block.text.startswith("Approved by")
    ]
