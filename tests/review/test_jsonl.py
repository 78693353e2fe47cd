"""Reviewed reports as JSON Lines."""

from __future__ import annotations

import json

import msgspec
from hypothesis import example, given

from tests.hostile import texts
from tests.review.reports import FULL, hostile
from travelsec.review import jsonl
from travelsec.safe_text import line


def test_a_report_has_one_line_with_all_its_fields() -> None:
    made = jsonl.row_line(FULL)
    assert (made.count(b"\n"), made[-1:]) == (1, b"\n")
    assert json.loads(made) == json.loads(msgspec.json.encode(FULL))


@example("\x7f")
@example("\u3164")
@given(texts())
def test_hostile_texts_do_nothing(text: str) -> None:
    """No program is led astray by them."""
    data = jsonl.row_line(hostile(text)).decode()
    assert len(data.splitlines()) == 1
    assert not [char for char in data[:-1] if line(char) != char]
    assert json.loads(data)["traveller"] == text.encode(errors="replace").decode()
