"""What is remembered of items changes neither the bytes of a report, its digest nor its check."""

from __future__ import annotations

import tracemalloc

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import utf8_texts
from tests.report import samples
from tests.review.reports import put
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report import write_json
from travelsec.report.model import Report, digest
from travelsec.report.read import parse_report
from travelsec.safe_text import json_bytes

FIELDS = ("label", "do", "why", "reason", "note", "section", "id")
TRICKY = '\n  "items": [],\n'


def plain(report: Report) -> bytes:
    """Write a report as a whole, indented."""
    return json_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2))


def is_taken(report: Report) -> bool:
    """Return whether a reader takes a report."""
    try:
        parse_report(plain(report), "report.json")
    except UserError:
        return False
    return True


@given(
    st.lists(st.tuples(st.integers(0, 11), st.sampled_from(FIELDS), utf8_texts()), max_size=9),
    st.sampled_from(["", TRICKY, "\u202e"]),
)
def test_it_is_as_if_nothing_were_remembered(
    pack: Pack, changes: list[tuple[int, str, str]], tricky: str
) -> None:
    """Whatever the texts in it are, met before or not."""
    report = samples.make(pack)
    items = list(report.items)
    for number, field, text in changes:
        items[number] = put(items[number], **{field: text})
    trip = put(report.trip, facts={**report.trip.facts, "items": [], "traveller": f"A{tricky}"})
    report = put(report, items=tuple(items), trip=trip)
    assert write_json.indented(report) == plain(report)
    assert write_json.built_digest(report) == digest(report)
    assert write_json.is_readable(report) == is_taken(report)


def test_a_report_without_items_is_written(report: Report) -> None:
    """As the packs may have none for a trip."""
    empty = put(report, items=())
    assert write_json.indented(empty) == plain(empty)
    assert write_json.built_digest(empty) == digest(empty)


def test_a_fault_around_the_items_is_found(report: Report) -> None:
    """Of its type, or beyond that."""
    for wrong in (put(report, id="no id"), put(report, created="2026-13-24T08:30:05Z")):
        assert write_json.is_readable(report)
        assert not write_json.is_readable(wrong)


def kept(report: Report, note: str, count: int) -> int:
    """Return how many bytes are kept once this many items with other notes have gone by."""
    item = report.items[0]
    tracemalloc.start()
    try:
        for number in range(count):
            write_json.indented(put(report, items=(put(item, note=f"{number} {note}"),)))
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def test_memory_has_a_limit(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long items are not remembered, and of the others no more than a certain number."""
    monkeypatch.setattr(write_json.CACHE, "most", 100)
    one = write_json.MAX_BUILT_BYTES
    assert kept(report, "short", 1000) < 100 * one
    assert kept(report, "x" * write_json.MAX_BUILT_BYTES, 90) < 10 * one
