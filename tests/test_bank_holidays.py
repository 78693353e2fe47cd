"""The bank holidays are those that GOV.UK names, and their years are known."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

import pytest

from travelsec.bank_holidays import NATIONS, Nation, bank_holidays, dates_of

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "scripts" / "make_bank_holidays.py"


@pytest.mark.parametrize(
    ("nation", "days"),
    [
        # Copied by hand from https://www.gov.uk/bank-holidays.
        ("england-and-wales", "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        ("scotland", "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26"),
        ("northern-ireland", "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26"),
    ],
)
def test_the_bank_holidays_of_a_year(nation: Nation, days: str) -> None:
    """Those of 2024, where two fall on a weekend and have substitute days."""
    found = [f"{day:%m-%d}" for day in dates_of(nation) if day.year == 2024]
    assert found == days.split()


@pytest.mark.parametrize("nation", NATIONS)
def test_bank_holidays_are_in_order_and_on_weekdays(nation: Nation) -> None:
    """On a weekend, only the substitute day changes anything."""
    days = dates_of(nation)
    assert list(days) == sorted(set(days))
    assert all(day.weekday() < 5 for day in days)


def test_the_data_names_its_source_and_its_years() -> None:
    """Each year that is covered has at least the eight of England and Wales."""
    data = bank_holidays()
    assert data.source == "https://www.gov.uk/bank-holidays"
    for nation in NATIONS:
        years = [day.year for day in dates_of(nation)]
        assert {*years} == {*range(data.first_year, data.last_year + 1)}
        assert min(map(years.count, years)) >= 8
    assert data.covers(datetime.date(data.last_year, 12, 31))
    assert not data.covers(datetime.date(data.last_year + 1, 1, 1))
    assert not data.covers(datetime.date(data.first_year - 1, 12, 31))


def test_without_a_nation_there_are_none() -> None:
    """A pack that stands alone may name none."""
    assert dates_of(None) == ()


def test_the_data_is_what_the_script_makes() -> None:
    """From the library that it names."""
    pytest.importorskip("holidays", reason="`holidays` is in the extra test")
    subprocess.run([sys.executable, SCRIPT, "--check"], check=True, timeout=120)
