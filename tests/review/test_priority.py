"""What needs attention comes first, what is asked for is shown, and all of it is counted."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest

from tests.review.reports import put
from travelsec.review.model import Decided, Difference, Reviewed, SetAside
from travelsec.review.priority import Filter, Totals, order, ranked, replaced

TODAY = datetime.date(2026, 11, 24)
GOOD = Reviewed("g.json", verdict="ready", holds=True, departs="2026-12-01")
OVER = (Difference("over", "The trip is over."),)
WAIVED = (SetAside("a.b", "B", "No."),)


def decision(**fields: Any) -> Decided:
    """Return a decision on record."""
    plain = {"decision": "approved", "by": "Jo", "at": "2026-11-24", "comment": ""}
    return Decided(**{**plain, "void": False, "new_musts": (), **fields})


IN_ORDER = (
    put(GOOD, path="broken", holds=False),
    replaced(put(GOOD, path="broken, replaced", holds=False, differs=OVER), "newer"),
    Reviewed("unread", unread="there is no such file"),
    put(GOOD, path="not ready", verdict="not-ready", open_must=("a",), open=("a",), waived=WAIVED),
    put(GOOD, path="unchecked", holds="unknown", waived=WAIVED),
    put(GOOD, path="new musts", decision=decision(new_musts=("a",))),
    put(GOOD, path="void", decision=decision(void=True), open=("a",)),
    put(GOOD, path="waived", waived=WAIVED, open=("a",)),
    put(GOOD, path="actions", verdict="ready-with-actions", open=("a",)),
    put(GOOD, path="ready", decision=decision()),
    put(GOOD, path="over", verdict="not-ready", open_must=("a",), differs=OVER),
    put(GOOD, path="over, unchecked", holds="unknown", differs=OVER),
    replaced(put(GOOD, path="replaced", verdict="not-ready", differs=OVER), "newer"),
)
UNREAD = next(one for one in IN_ORDER if one.unread)


def test_what_needs_attention_comes_first() -> None:
    """From what does not hold to what no longer matters; the worst of each counts."""
    for seed in range(5):
        mixed = random.Random(seed).sample(IN_ORDER, len(IN_ORDER))
        found = [one.path for one in sorted(map(ranked, mixed), key=order)]
        assert found == [one.path for one in IN_ORDER]


def test_a_broken_report_of_a_trip_that_is_over_is_still_broken() -> None:
    """Somebody edited it: that does not end with the trip."""
    broken = ranked(put(GOOD, holds=False, differs=OVER))
    assert order(broken) < order(ranked(IN_ORDER[2]))


def test_a_broken_report_that_was_replaced_is_still_broken() -> None:
    """Else an edited report would vanish as soon as a later one is sent."""
    broken = ranked(replaced(put(GOOD, holds=False), "newer"))
    assert broken.attention == ranked(put(GOOD, holds=False)).attention
    assert order(broken) < order(ranked(IN_ORDER[2]))


def test_whoever_leaves_first_comes_first() -> None:
    """Within a rank; who says no date comes last, then the names of the files decide."""
    rows = [
        put(GOOD, path="b", departs=""),
        put(GOOD, path="a", departs=""),
        put(GOOD, path="z", departs="2026-11-30"),
        put(GOOD, path="y", departs="2026-12-01"),
    ]
    assert [one.path for one in sorted(map(ranked, rows), key=order)] == ["z", "y", "a", "b"]


def test_a_report_that_was_replaced_names_the_other() -> None:
    """And is not the newest."""
    row = replaced(GOOD, "newer.json")
    assert not row.newest
    assert [one.code for one in row.differs] == ["replaced"]
    assert row.differs[0].message.endswith("newer.json.")


def names(wanted: Filter) -> list[str]:
    """Return which of the rows are asked for."""
    return [one.path for one in IN_ORDER if wanted.includes(one)]


def test_all_are_asked_for_unless_said() -> None:
    """Replaced ones too."""
    assert names(Filter(TODAY)) == [one.path for one in IN_ORDER]


def test_not_ready_leaves_out_what_is_good() -> None:
    """What cannot be read or does not hold is no good report, even if it was replaced."""
    assert names(Filter(TODAY, not_ready=True)) == [
        *("broken", "broken, replaced", "unread", "not ready", "unchecked"),
        *("over", "over, unchecked"),
    ]


@pytest.mark.parametrize(
    ("departs", "days", "wanted"),
    [
        ("2026-11-23", 0, True),
        ("2026-11-24", 0, True),
        ("2026-11-25", 0, False),
        ("2026-11-25", 1, True),
        ("2026-12-01", 6, False),
        ("2026-12-01", 7, True),
        ("", 0, True),
        ("9999-12-31", 10**9, True),
        ("0001-01-01", 0, True),
    ],
)
@pytest.mark.parametrize("returns", ["", "9999-12-31"])
def test_departing_within_counts_from_today(
    departs: str, returns: str, days: int, wanted: bool
) -> None:
    """Today and the last day count; so does who is away already, or gives no date."""
    row = put(GOOD, departs=departs, returns=returns)
    soon = Filter(TODAY, departing_within=days)
    assert soon.includes(row) == wanted
    assert not soon.includes(replaced(row, "x"))


@pytest.mark.parametrize("departs", ["", "0001-01-01", "2026-11-20"])
@pytest.mark.parametrize(
    ("returns", "wanted"), [("2026-11-23", False), ("2026-11-24", True), ("2026-11-25", True)]
)
def test_departing_within_leaves_out_what_is_over(departs: str, returns: str, wanted: bool) -> None:
    """On the day of return a trip is not over yet; no number of days brings one back."""
    row = put(GOOD, departs=departs, returns=returns)
    for days in (0, 10**9):
        soon = Filter(TODAY, departing_within=days)
        assert soon.includes(row) == wanted


@pytest.mark.parametrize("departs", ["", "0001-01-01", "2026-11-20", "2027-01-01", "9999-12-31"])
@pytest.mark.parametrize("returns", ["", "2026-11-23", "9999-12-31"])
def test_departing_within_leaves_out_nothing_that_does_not_hold(departs: str, returns: str) -> None:
    """Whoever edited it may have moved its dates out of sight."""
    broken = put(GOOD, departs=departs, returns=returns, holds=False)
    assert Filter(TODAY, departing_within=0).includes(broken)
    assert Filter(TODAY, not_ready=True, departing_within=0).includes(replaced(broken, "x"))


def test_who_is_not_ready_and_leaves_soon() -> None:
    """Both must be so; of what was replaced, only what does not hold."""
    both = Filter(TODAY, not_ready=True, departing_within=7)
    bad, broken = put(GOOD, verdict="not-ready"), put(GOOD, holds=False)
    for one, wanted in ((GOOD, False), (bad, True), (broken, True)):
        assert both.includes(one) == wanted
        assert both.includes(put(one, departs="2026-12-02")) == (one is broken)
        assert both.includes(replaced(one, "x")) == (one is broken)


def test_what_cannot_be_read_is_always_asked_for() -> None:
    """It may be what was looked for."""
    assert Filter(TODAY, not_ready=True, departing_within=0).includes(UNREAD)


def test_totals_count_each_report_once() -> None:
    """What does not hold, was not checked, was replaced or is over is not “ready” as well."""
    totals = Totals()
    for one in IN_ORDER:
        totals.add(one)
    assert totals == Totals(
        reports=13,
        ready=4,
        ready_with_actions=1,
        not_ready=1,
        unchecked=1,
        broken=2,
        with_waived=2,
        undecided=7,
        over=2,
        replaced=1,
        unread=1,
    )
    assert totals.reports == 4 + 1 + 1 + 1 + 2 + 2 + 1 + 1


def test_undecided_is_what_a_decision_can_still_be_about() -> None:
    """A decision that no longer counts is none; what was replaced or is over needs none."""
    decided = put(GOOD, decision=Decided("approved", "Jo", "2026-11-24T09:00:00Z", "", False, ()))
    void = put(GOOD, decision=Decided("approved", "Jo", "2026-11-24T09:00:00Z", "", True, ()))
    for row, undecided in (
        *((GOOD, 1), (put(GOOD, holds=False), 1), (put(GOOD, holds="unknown"), 1), (void, 1)),
        *((decided, 0), (replaced(GOOD, "x"), 0), (put(GOOD, differs=OVER), 0), (UNREAD, 0)),
    ):
        totals = Totals()
        totals.add(row)
        assert totals.undecided == undecided, row


@pytest.mark.parametrize(
    ("row", "good"),
    [
        (GOOD, True),
        (put(GOOD, verdict="ready-with-actions"), True),
        (put(GOOD, verdict="not-ready"), False),
        (put(GOOD, holds=False), False),
        (put(GOOD, holds="unknown"), False),
        (put(GOOD, verdict="not-ready", differs=OVER), True),
        (put(GOOD, holds="unknown", differs=OVER), True),
        (put(GOOD, holds=False, differs=OVER), False),
        (replaced(put(GOOD, verdict="not-ready"), "x"), True),
        (replaced(put(GOOD, holds=False), "x"), False),
    ],
)
def test_good_is_ready_and_holds(row: Reviewed, good: bool) -> None:
    """What was replaced or is over does not spoil it, unless it does not hold."""
    totals = Totals()
    totals.add(GOOD)
    totals.add(row)
    assert totals.is_good == good
