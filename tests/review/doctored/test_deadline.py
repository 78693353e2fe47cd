"""A deadline that was removed or moved is found, and one that was missed is reported."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from tests.report import samples
from tests.report.test_deadline import ITEMS
from tests.review.reports import codes, done, put, read_pack, review, sealed, told, with_items
from travelsec.console import print_blocks
from travelsec.pack.model import Pack
from travelsec.report.model import Report
from travelsec.review.outline import details
from travelsec.trip.statuses import Status

ASK = "The page team, page@example.org"
MISSED = f"it was due by Mon 16 November 2026; ask {ASK}. Still open."
LETTER = ("overseas.letter",)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Load the manager's pack with deadlines."""
    return read_pack(tmp_path_factory.mktemp("pack"), *ITEMS)


def notice(pack: Pack, status: str = "todo", day: str = "2026-11-24") -> Report:
    """Make a report with everything settled but the letter, for which notice is needed."""
    how = "terminal"
    letter = Status(status, "No." if status == "declined" else "", how=how)  # type: ignore[arg-type]
    today = datetime.date.fromisoformat(day)
    return samples.make(pack, statuses=done(letter=letter), today=today)


def changing(**fields: object) -> Callable[[Report], Report]:
    """Return an edit of the letter."""
    return lambda report: with_items(report, lambda item: put(item, **fields), "letter")


DOCTORED: dict[str, Callable[[Report], Report]] = {
    "removed": changing(deadline=None, ask=""),
    "a day later": changing(deadline=datetime.date(2026, 11, 17)),
    "after the trip": changing(deadline=datetime.date(2027, 1, 1)),
    "a day earlier": changing(deadline=datetime.date(2026, 11, 15)),
    "made a suggestion": changing(deadline=None, ask="", due=datetime.date(2026, 11, 16)),
    "someone else to ask": changing(ask="The page team, 0900 1234"),
    "nobody to ask in particular": changing(ask="."),
}


@pytest.mark.parametrize("name", DOCTORED)
def test_a_doctored_deadline_is_told(pack: Pack, name: str) -> None:
    """And the item is missed anyway, by the manager's own pack."""
    row = review(sealed(DOCTORED[name](notice(pack))), pack)
    assert told(row)["reworded"].items == LETTER
    assert row.holds is False
    assert told(row)["missed"].message == f"Missed: {MISSED}"


@pytest.mark.parametrize("name", ["wifi", "passwords"])
def test_a_deadline_where_there_was_none_is_told(pack: Pack, name: str) -> None:
    """Also if it goes together with somebody to ask."""
    added = with_items(notice(pack), lambda item: put(item, deadline=samples.TODAY, ask="Me"), name)
    row = review(sealed(added), pack)
    assert told(row)["reworded"].items == (f"overseas.{name}",)


@pytest.mark.parametrize("status", ["todo", "declined", "unanswered"])
def test_a_missed_deadline_is_told_with_who_to_ask(pack: Pack, status: str) -> None:
    """An honest report holds, and its verdict is that of the level."""
    made = (
        notice(pack, status)
        if status != "unanswered"
        else samples.make(pack, statuses={k: v for k, v in done().items() if k not in LETTER})
    )
    row = review(made, pack)
    assert (row.holds, row.verdict) == (True, "ready-with-actions")
    assert told(row)["missed"].items == LETTER
    assert told(row)["missed"].message == f"Missed: {MISSED}"


@pytest.mark.parametrize("status", ["done", "not-applicable"])
def test_a_deadline_that_was_met_is_not_mentioned(pack: Pack, status: str) -> None:
    """Nor one of an item that does not apply."""
    reason = "No visit." if status == "not-applicable" else ""
    letter = Status(status, reason, how="terminal")  # type: ignore[arg-type]
    row = review(samples.make(pack, statuses=done(letter=letter)), pack)
    assert not codes(row) & {"missed", "missed-since"}


@pytest.mark.parametrize(
    ("made", "today", "expected"),
    [
        ("2026-11-16", "2026-11-16", set()),
        ("2026-11-16", "2026-11-17", {"missed-since"}),
        ("2026-11-16", "2026-11-26", {"missed-since"}),
        ("2026-11-17", "2026-11-17", {"missed"}),
        ("2026-11-17", "2026-11-26", {"missed"}),
    ],
)
def test_a_deadline_that_passes_later_changes_no_verdict(
    pack: Pack, made: str, today: str, expected: set[str]
) -> None:
    """It is shown as what has happened since."""
    day = datetime.date.fromisoformat(today)
    row = review(notice(pack, day=made), pack, day)
    assert codes(row) & {"missed", "missed-since"} == expected
    assert row.verdict == "ready-with-actions"
    if "missed-since" in expected:
        text = f"Missed since the report was made: {MISSED}"
        assert told(row)["missed-since"].message == text


def test_the_review_names_what_was_missed_first(pack: Pack) -> None:
    """Before the must items that are open."""
    statuses = done(letter=Status("todo", how="terminal"), passwords=Status("todo", how="terminal"))
    row = review(samples.make(pack, statuses=statuses), pack)
    stream = StringIO()
    labels = {"overseas.letter": "Carry a letter", "overseas.passwords": "Keep passwords apart"}
    print_blocks(details([row], labels), stream, plain=True)
    shown = " ".join(stream.getvalue().split())
    missed = shown.index(f"Missed: {MISSED.removesuffix('.')}: Carry a letter")
    assert missed < shown.index("Must items open (1): Keep passwords apart")


LATE = {**samples.TRIP, "departs": "2033-01-03", "returns": "2033-01-05"}


def test_the_warning_about_unknown_bank_holidays_is_checked(pack: Pack) -> None:
    """Who leaves it out, or puts it in, is found out."""
    pack = with_nation(pack)
    late = samples.make(pack, LATE, done())
    assert late.warnings[-1].code == "bank-holidays-unknown"
    assert not codes(review(late, pack)) & {"reworded"}
    less = sealed(put(late, warnings=late.warnings[:-1]))
    assert "reworded" in codes(review(less, pack))
    known = samples.make(pack, statuses=done())
    more = sealed(put(known, warnings=(*known.warnings, late.warnings[-1])))
    assert "reworded" in codes(review(more, pack))


def test_private_dates_far_away_are_not_held_against_a_report(tmp_path: Path) -> None:
    """The traveller's travelsec knows them and the manager's does not."""
    private = ("Which day do you come back?, type: date", "When?, type: date, private: true")
    pack = with_nation(read_pack(tmp_path / "p", *ITEMS, private, ("for $nights nights", "well")))
    row = review(samples.make(pack, LATE, done()), pack)
    assert row.holds is True


def with_nation(pack: Pack) -> Pack:
    """Return the pack with a nation."""
    (source,) = pack.sources
    return put(pack, sources=(put(source, info=put(source.info, nation="scotland")),))
