"""Nobody is taken to be abroad before they leave, or after they are back."""

from __future__ import annotations

import datetime

import pytest

from travelsec.pack.load import load
from travelsec.question_types import Value
from travelsec.trip.facts import Facts
from travelsec.trip.whereabouts import as_of_today

DEPARTS, RETURNS = datetime.date(2026, 12, 1), datetime.date(2026, 12, 5)


@pytest.mark.parametrize(
    ("day", "abroad"),
    [("2026-11-30", None), ("2026-12-01", True), ("2026-12-05", True), ("2026-12-06", None)],
)
def test_abroad_counts_from_departure_to_return(day: str, abroad: bool | None) -> None:
    """Both days are part of the trip; every other answer stays."""
    answers: dict[str, Value] = {"abroad": True, "departs": DEPARTS, "returns": RETURNS}
    facts = as_of_today(Facts(load(), answers, datetime.date.fromisoformat(day)))
    assert facts.value("abroad") is abroad
    assert (facts.value("departs"), facts.value("returns")) == (DEPARTS, RETURNS)


@pytest.mark.parametrize("answers", [{}, {"abroad": True}, {"abroad": False, "departs": DEPARTS}])
def test_without_days_or_a_border_nothing_changes(answers: dict[str, Value]) -> None:
    """A trip within the UK says where the traveller is, whatever the day."""
    facts = Facts(load(), answers, datetime.date(2026, 11, 30))
    assert as_of_today(facts) is facts
