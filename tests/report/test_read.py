"""A report is read from JSON, or from the page that holds it, and from nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given

from tests.hostile import utf8_texts
from tests.report import samples
from tests.report.test_markdown import hostile
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report import html, model
from travelsec.report import json as as_json
from travelsec.report.embedded_json import embed, extract
from travelsec.report.model import Report
from travelsec.report.read import MAX_REPORT_BYTES, parse_report, read_report


def written(report: Report) -> bytes:
    """Return the report as a JSON file."""
    return as_json.render(report)


def page(report: Report) -> bytes:
    """Return the report as an HTML page."""
    return html.render(report).encode()


def refused(data: bytes) -> str:
    """Return why the bytes are no report."""
    with pytest.raises(UserError) as error:
        parse_report(data)
    return str(error.value)


def test_json_and_page_are_the_same_report(report: Report) -> None:
    """With the computed digest; a page is kept as it was."""
    from_json, from_page = parse_report(written(report)), parse_report(page(report))
    assert from_json.report == from_page.report == report
    assert from_json.computed == from_page.computed == report.digest
    assert from_json.fits
    assert (from_json.page, from_page.page) == (None, page(report))


def test_a_byte_order_mark_and_white_space_do_not_matter(report: Report) -> None:
    """Editors on Windows write the mark; it is not part of the report."""
    for data in (written(report), page(report)):
        for before in (b"\xef\xbb\xbf", b"\r\n \t", b"\xef\xbb\xbf\n"):
            assert parse_report(before + data).report == report


def test_a_wrong_digest_is_not_an_error(report: Report) -> None:
    """Those who judge the report deal with it; a digest is compared character by character."""
    for data in (
        written(report).replace(b"A. Smith", b"B. Jones"),
        written(report).replace(report.digest.encode(), report.digest[::-1].encode()),
    ):
        received = parse_report(data)
        assert not received.fits
        assert received.computed == model.digest(received.report)


@given(utf8_texts())
def test_hostile_texts_come_back_as_they_were(pack: Pack, text: str) -> None:
    """In JSON and in a page, where no text ends the data block or begins another."""
    report = hostile(pack, text)
    block = embed(report)
    assert block.lower().count("<script") == block.lower().count("</script") == 1
    assert block.count("<") == 2
    data = msgspec.json.encode(report)
    for made in (written(report), extract(f"<html>{block}</html>".encode()), extract(page(report))):
        assert json.loads(made) == json.loads(data)


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b" ", b"null", b"[]", b"{}", b"1", b'"x"', b"NaN", b"{", b"\x00", b"\xff"),
        *(b"[" * 1_000_000, b'{"a":' * 500_000, b'{"trip":' * 500_000),
        *(b'{"schema": "travelsec.report/2"}', b'{"schema": "travelsec.decision/1"}'),
        *(
            "{}".encode("utf-16"),
            "{}".encode("utf-32"),
            b"\xef\xbb\xbf",
            b"PK\x03\x04",
            b"%PDF-1.7",
        ),
    ],
)
def test_what_is_no_report_is_refused(data: bytes) -> None:
    """With a reason, and at once."""
    assert refused(data).startswith("this is not a travelsec report: ")


def edited(report: Report, *path: str | int, value: Any) -> bytes:
    """Return the report as JSON with another value at a place in it."""
    data = place = json.loads(written(report))
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        *((("more",), 1), (("trip", "more"), 1), (("items", 0, "more"), 1)),
        *((("id",), 7), (("id",), None), (("items",), {}), (("items", 0), [])),
        *((("as_of",), "soon"), (("as_of",), "2026-02-30"), (("as_of",), 20261124)),
        *((("items", 0, "status"), "fine"), (("items", 0, "level"), "may")),
        *((("items", 0, "phase"), "now"), (("items", 0, "how"), "magic")),
        *((("items", 0, "due"), "soon"), (("readiness", "verdict"), "perfect")),
        *((("trip", "facts", "x"), float("nan")), (("trip", "facts", "x"), float("inf"))),
        *((("trip", "facts", "x"), 1.5), (("trip", "facts", "x"), {"a": "b"})),
        *((("trip", "facts", "x"), None), (("trip", "facts", "x"), [["a"]])),
        *((("trip", "facts", "x"), {}), (("trip", "name"), "\ud800")),
    ],
)
def test_a_field_that_is_wrong_is_refused(
    report: Report, path: tuple[str | int, ...], value: Any
) -> None:
    """Unknown fields, wrong types, unknown words, and all floats."""
    data = edited(report, *path, value=value)
    assert refused(data).startswith("this is not a travelsec report: ")


def test_a_number_of_thousands_of_digits_is_refused(report: Report) -> None:
    """Python would take minutes to write some of them, and refuses."""
    data = edited(report, "trip", "facts", "x", value=7).replace(b'"x": 7', b'"x": ' + b"7" * 5000)
    assert refused(data).startswith("this is not a travelsec report: ")


@pytest.mark.parametrize("number", [-1, 1_000_000, 2**53 + 1, 2**64, -(2**63) - 1, 10**400])
def test_numbers_that_no_answer_can_be_are_refused(report: Report, number: int) -> None:
    """Readers of JSON do not agree on large ones."""
    text = refused(edited(report, "trip", "facts", "envelopes", value=number))
    assert "trip.facts.envelopes: " in text


def test_errors_name_the_file(report: Report, tmp_path: Path) -> None:
    """If it cannot be read, and if it is no report; a good one is read."""
    path = tmp_path / "report.json"
    path.write_bytes(written(report))
    assert read_report(path).report == report
    for data, words in (
        (b"{", "this is not a travelsec report"),
        (b" " * (MAX_REPORT_BYTES + 1), "4 MiB"),
    ):
        path.write_bytes(data)
        with pytest.raises(UserError, match=f"^{re.escape(str(path))}: .*{words}"):
            read_report(path)
    with pytest.raises(UserError, match="there is no such file"):
        read_report(tmp_path / "missing.json")


def test_a_million_texts_are_read(pack: Pack) -> None:
    """Whatever fits into the limit is read or refused, and breaks nothing."""
    report = samples.make(pack)
    data = written(report).replace(b'"warnings": [', b'"warnings": [' + WARNING * 30_000)
    assert len(data) < MAX_REPORT_BYTES
    assert len(parse_report(data).report.warnings) > 30_000


WARNING = b'{"code": "a", "message": "b"},'
