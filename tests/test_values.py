"""Values as JSON holds them, and texts that are no values."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from travelsec.people import Person
from travelsec.values import InvalidValue, from_data, is_text, read_date, read_text, to_data


@pytest.mark.parametrize(
    ("value", "data", "raw"),
    [
        ("NO", "NO", "NO"),
        (True, True, "true"),
        (False, False, "false"),
        (7, 7, "7"),
        (datetime.date(2026, 12, 1), "2026-12-01", "2026-12-01"),
        (("laptop", "phone"), ["laptop", "phone"], ["laptop", "phone"]),
        ((), [], []),
        (
            (Person("Ann", "1"),),
            [{"name": "Ann", "telephone": "1"}],
            [{"name": "Ann", "telephone": "1"}],
        ),
    ],
)
def test_every_value_survives_json(value: Any, data: Any, raw: Any) -> None:
    """It is read back as from an answers file."""
    assert json.loads(json.dumps(to_data(value))) == data
    assert from_data(data) == raw


def test_bytes_that_are_no_characters_are_no_text() -> None:
    """An option or a file name can hold them, but no file in UTF-8 can."""
    assert is_text("李安 é")
    assert not is_text("Ann\udcff")
    with pytest.raises(InvalidValue, match="not UTF-8"):
        read_text("Ann\udcff")


def test_only_year_month_day_is_read_as_a_date() -> None:
    """Other forms are read only at a prompt."""
    assert read_date("2026-12-01") == datetime.date(2026, 12, 1)
    with pytest.raises(InvalidValue, match="is not in ISO 8601"):
        read_date("1 December 2026")
