"""Rules that no type of a field can say. The files of tests/review/doctored try each of them."""

from __future__ import annotations

import json

import msgspec
import pytest

from tests.review.reports import put
from travelsec.report import read_json
from travelsec.report.model import Report
from travelsec.report.strict import faults_around_items, item_fault, keys_twice, list_faults


def test_what_is_made_has_no_fault(report: Report) -> None:
    """The sample trip has items of each status."""
    assert [*faults_around_items(report), *filter(None, map(item_fault, report.items))] == []


def test_each_item_with_a_fault_is_named(report: Report) -> None:
    """By its number, in the order of the report."""
    items = [put(item, how=None, status="done") for item in report.items]
    faults = read_json.decode(msgspec.json.encode(put(report, items=tuple(items)))).faults
    assert len(faults) == len(items)
    assert faults[3].startswith("items[3].how: ")


def test_lists_of_ids_have_each_once() -> None:
    """And nothing but ids of items."""
    assert [*list_faults("open", ("a.b", "a.c"))] == []
    assert [*list_faults("open", ("a.b", "a.b"))] == ["open: an id appears in it twice"]
    assert [*list_faults("open", ("a.b", "All."))] == ["open: “All.” is not the id of an item"]


@pytest.mark.parametrize(
    ("data", "places"),
    [
        ("{}", []),
        ('{"a": 1, "b": {"a": 1}, "c": [{"a": 1}, {"a": 1}]}', []),
        ('{"a": 1, "a": 1}', ["a"]),
        ('{"a": {"b": [0, {"c": 1, "c": 2}]}}', ["a.b[1].c"]),
        ('{"a": 1, "a": {"b": 1, "b": 2}}', ["a", "a.b"]),
        ('[{"a": 1, "\\u0061": 2, "a": 3}]', ["[0].a", "[0].a"]),
    ],
)
def test_keys_that_stand_twice_are_named(data: str, places: list[str]) -> None:
    """With the way to them; the same key in two objects is fine."""
    told = [fault.partition(":")[0] for fault in keys_twice(data.encode())]
    assert told == places
    assert json.loads(data) is not None
