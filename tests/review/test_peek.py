"""The beginning of a report says of which trip it is; what it may say wrongly is found out."""

from __future__ import annotations

import string

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report import samples
from tests.review.reports import as_json, as_page, put
from travelsec.pack.model import Pack
from travelsec.report.model import Report
from travelsec.report.read import BYTE_ORDER_MARK
from travelsec.review.peek import LENGTH, at_beginning, of_report, of_whole

MOMENT = "2026-11-21T08:30:05Z"
PIECES = (
    '"trip": {"id": "other"',
    '"',
    "\\",
    "trip",
    '{"',
    "x",
    "é",
    "\u2028",
    "\x00",
    "\U0001f512",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=4).map("".join) | st.text(max_size=8)


def test_a_report_tells_its_trip_at_its_beginning(report: Report) -> None:
    """However its JSON is laid out; a page tells it further down."""
    told = of_report(report)
    for data in (as_json(report), msgspec.json.encode(report), BYTE_ORDER_MARK + as_json(report)):
        assert at_beginning(data[:LENGTH]) == told
    for data in (as_json(report), as_page(report), BYTE_ORDER_MARK + as_page(report)):
        assert of_whole(data) == told
    assert at_beginning(as_page(report)[:LENGTH]) is None


@given(data=st.data())
def test_no_text_passes_for_a_trip(pack: Pack, data: st.DataObject) -> None:
    """Whatever stands in the texts before it: of a report that is read both looks say the same."""
    made = samples.make(pack)
    made = put(
        made,
        id=data.draw(TEXTS),
        created=data.draw(TEXTS | st.just(MOMENT)),
        titles=data.draw(st.dictionaries(TEXTS, TEXTS, max_size=3)),
        tool=put(made.tool, name=data.draw(TEXTS)),
        trip=put(made.trip, id=data.draw(TEXTS), name=data.draw(TEXTS)),
    )
    for whole in (as_json(made), msgspec.json.encode(made)):
        told = of_whole(whole)
        assert told == (of_report(made) if made.created == MOMENT else None)
        assert at_beginning(whole[:LENGTH]) in (None, told)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[" * 5000,
        '{"trip": {"id": "a"}, "created": 1}',
        '{"trip": {"id": 1}, "created": "%s"}',
        '{"created": "%s"}',
        '{"schema": "travelsec.report/1", "id": "a", "created": "%s"',
        '{"schema": "travelsec.report/2", "id": "a", "created": "%s", "trip": {"id": "b',
        "<p>%s</p>",
    ],
)
def test_what_does_not_say_both_says_nothing(text: str) -> None:
    data = text.replace("%s", MOMENT).encode()
    assert at_beginning(data[:LENGTH]) is None
    assert of_whole(data) is None


@given(st.binary(max_size=40) | st.text(string.printable).map(str.encode))
def test_any_bytes_are_looked_at(data: bytes) -> None:
    """Without a fault."""
    assert at_beginning(data) is None
    assert of_whole(data) is None


def test_a_trip_that_is_not_utf8_says_nothing() -> None:
    data = b'{"schema":"travelsec.report/1","id":"a","created":"%s","trip":{"id":"\xff"}}'
    assert at_beginning(data % MOMENT.encode()) is None
