"""A file that is no list of starters is refused once, with what it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.command import run
from tests.examples import examples
from travelsec.batch.recognise import recognise
from travelsec.problems import UserError

KNOWN = {"key", "abroad", "devices"}
LINE = b'{"trip": {"abroad": true}}\n'
LONG = json.dumps({"trip": {"abroad": True}}, indent=2).encode()


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [
        ("b.jsonl", LINE, "jsonl"),
        ("b.ndjson", b"\xef\xbb\xbf\n  " + LINE, "jsonl"),
        ("b.json", LINE, "jsonl"),
        ("stdin", LINE, "jsonl"),
        ("/dev/fd/63", b"devices;Abroad\nlaptop;no\n", "csv"),
        ("b.txt", b"sep=;\nAbroad\n", "csv"),
        ("b.CSV", b'"key","Abroad"\n', "csv"),
        ("b.csv", b"Name,First name\n", "csv"),
        ("stdin", b"key,abroad\r1,yes\r2,no\r", "csv"),
        ("b.csv", b"x" * 200_000 + b",abroad\n", "csv"),
        ("b.xlsx", b"PK\x03\x04", "xlsx"),
        ("stdin", b"PK\x03\x04", "xlsx"),
        ("b.jsonl", b"", "jsonl"),
        ("stdin", b"", "jsonl"),
        # Some of the lines have faults.
        ("b.jsonl", b"nope\n" + LINE, "jsonl"),
        ("b.jsonl", b'{"trip": {\n' + LINE, "jsonl"),
        ("b.jsonl", b"\xff\x00\n" + LINE, "jsonl"),
        ("b.jsonl", b'{"trip": ', "jsonl"),
        ("b.jsonl", b"[" * 3 + b"\n", None),
    ],
)
def test_the_format_is_that_of_the_content(name: str, start: bytes, expected: str | None) -> None:
    """The name of a file says the same, or nothing."""
    if expected is None:
        with pytest.raises(UserError):
            recognise(name, start, KNOWN)
    else:
        assert recognise(name, start, KNOWN).name == expected


OTHERS = [
    (b'[{"trip": {}}]', "a JSON array: write each object on a line of its own, as jq -c '.[]'"),
    (b"[\n  {\n", "a JSON array: "),
    (LONG, "one JSON object over several lines: write each object on a line of its own"),
    (b'{"trip": {\n  "abroad": 1', "one JSON object over several lines: "),
    (b"trip:\n  abroad: true\n", "YAML: give the answers of one trip with --answers"),
    (b"# Answers for travelsec\n\ntrip: {}\n", "YAML: "),
    (b"---\ntrip: {}\n", "YAML: "),
    (b"- trip: {}\n", "YAML: "),
    (b'{\n  "schema": "travelsec.report/1",\n', "a report: start from it with --answers"),
    (b'{"schema":"travelsec.report/1","id":"x"}\n', "a report: start from it with --answers"),
    (b'{"schema": "travelsec.decision/1"}\n', "a decision: show it with --decision"),
    (b'{"schema": "travelsec.review/1"}\n', "a review of reports"),
    (b'{\n  "schema": "travelsec.batch/1",\n', "the summary of a batch"),
    (b'{"line": 1, "key": null, "file": "out/0001.json"}\n', "the summary of a batch"),
    (b'{"path":"r.html","unread":"","attention":9}\n', "a review as JSON Lines"),
    (b"report,trip,name,traveller,destination,departs\r\n", "a report as CSV"),
    (b"path,unread,attention,verdict,destination\r\n", "a review as CSV"),
    (b"<!doctype html>\n<html>", "an HTML or XML page"),
    (b"\xef\xbb\xbf<?xml version='1.0'?>", "an HTML or XML page"),
    (b"\xff\xfea\x00b\x00", "UTF-16 text, such as Excel’s “Unicode Text”: save it as “CSV UTF-8”"),
    (b"\xfe\xff\x00a", "UTF-16 text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old spreadsheet (.xls) or one with a password"),
    (b"%PDF-1.7\n", "a PDF"),
    (b"\x1f\x8b\x08", "compressed: unpack it first"),
    (b"BEGIN:VCALENDAR\r\n", "a calendar"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "a binary file, or UTF-16 text"),
    (b"a\x00b\x00", "a binary file, or UTF-16 text"),
]


@pytest.mark.parametrize("name", ["stdin", "b.jsonl", "b.csv", "b.xlsx"])
@pytest.mark.parametrize(("start", "expected"), OTHERS)
def test_another_kind_of_file(name: str, start: bytes, expected: str) -> None:
    """Whatever its name says."""
    with pytest.raises(UserError) as caught:
        recognise(name, start, KNOWN)
    assert str(caught.value).startswith(f"{name}: this is {expected}")


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [
        ("b.csv", LINE, "this is JSONL, not CSV: give it the ending .jsonl"),
        ("b.jsonl", b"key;abroad\n", "this is CSV, not JSONL: give it the ending .csv"),
        ("b.csv", b"PK\x03\x04", "this is XLSX, not CSV: give it the ending .xlsx"),
        ("b.xlsx", b"abroad\nno\n", "this is CSV, not XLSX: give it the ending .csv"),
        ("b.xlsx", b"hello\n", "this is not a spreadsheet; starters are read from"),
        ("b.jsonl", b"hello\nworld\n", "none of its first lines is a JSON object; starters"),
        ("stdin", b"hello\nworld\n", "this is not a list of starters; starters are read from"),
    ],
)
def test_another_ending_than_the_content(name: str, start: bytes, expected: str) -> None:
    """The right ending is named."""
    with pytest.raises(UserError) as caught:
        recognise(name, start, KNOWN)
    assert str(caught.value).startswith(f"{name}: {expected}")


def test_it_is_told_once_for_a_long_file(tmp_path: Path) -> None:
    """Not with each line; and nothing is written."""
    trips = [{"trip": {"abroad": True, "devices": ["laptop"]}}] * 2000
    (tmp_path / "b.jsonl").write_text(json.dumps(trips, indent=1), encoding="utf-8")
    done = run("prepare", "--batch", "b.jsonl", "--output-dir", "out", folder=tmp_path)
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert "a JSON array" in done.err
    assert not (tmp_path / "out").exists()


@settings(max_examples=examples(200))
@given(
    st.binary(max_size=60) | st.text('{}[]",;:\r\n# -key\x00\ufeff', max_size=40).map(str.encode),
    st.sampled_from(["stdin", "b.jsonl", "b.csv", "b.xlsx"]),
)
def test_any_beginning_has_a_format_or_is_told(start: bytes, name: str) -> None:
    """In one line."""
    try:
        assert recognise(name, start, KNOWN).load()
    except UserError as error:
        told = str(error)
    else:
        told = f"{name}: "
    assert told.startswith(f"{name}: ")
    assert "\n" not in told
