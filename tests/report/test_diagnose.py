"""People who name the wrong file are told what it is."""

from __future__ import annotations

import pytest

from tests.report import samples
from tests.review.reports import as_json
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report.read import parse_report
from travelsec.review import decision


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf \n", "it is empty"),
        (b'{"a": 1', "it is cut off before the end: ask for the file again"),
        (b'{"a": 1} // more', "it is not JSON: trailing characters (byte 10)"),
        (b"%PDF-1.7", "it is a PDF, which carries no data: ask for the .json, .html or .eml file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "it is an Outlook email or an old office document: save the report in it",
        ),
        (
            b"PK\x03\x04...",
            "it is a ZIP or an office document: ask for the .json, .html or .eml file itself",
        ),
        (b"\x1f\x8b\x08", "it is compressed: unpack it first"),
        (
            "{}".encode("utf-16"),
            "it is UTF-16 text, which “>” in PowerShell makes: make it with --output",
        ),
        (
            b"BEGIN:VCALENDAR",
            "it is a calendar, which carries no data: ask for the .json, .html or .eml file",
        ),
        (
            b"From z@example.org Mon Nov 30 08:00:00 2026\n",
            "it is a mailbox: save the email with the report in it as an .eml file",
        ),
        (
            b"Date: Mon, 30 Nov 2026 08:00:00 +0000\nMIME-Version: 1.0\n",
            "it looks like an email: rename it, so that its name ends in .eml",
        ),
        (
            b"From: <Saved by Blink>\r\nSnapshot-Content-Location: file:///r.html\r\n"
            b"MIME-Version: 1.0\r\n\r\n",
            "it is a web archive (MHTML): ask for the .json, .html or .eml file",
        ),
        (
            b'From: "Saved by Internet Explorer 11"\r\nMIME-Version: 1.0\r\n\r\n',
            "it is a web archive (MHTML): ask for the .json, .html or .eml file",
        ),
        (
            b"From: A. Smith\r\nMIME-Version: 1.0\r\n\r\nFrom: <Saved by Blink>",
            "it looks like an email: rename it, so that its name ends in .eml",
        ),
        (
            b"bplist00\xd1\x01",
            "it is a web archive of Safari: ask for the .json, .html or .eml file",
        ),
        (b'{"schema": "\xff"}', "it is not UTF-8 text"),
        (b"[]", "nothing in it says so (such as “schema”: “travelsec.report/1”)"),
        (b'{"traveller": "A"}', "nothing in it says so (such as “schema”: “travelsec.report/1”)"),
        (b'{"schema": 1}', "nothing in it says so (such as “schema”: “travelsec.report/1”)"),
        (b'{"schema": "travelsec.report/1", "x": %s' % (b"[" * 200_000), "it is nested too deeply"),
        (
            b'{"schema": "travelsec.report/2"}',
            "it is version 2, but this travelsec reads version 1",
        ),
        (
            b'{"schema": "travelsec.decision/1"}',
            "it is the decision of a line manager: name the report that it is about",
        ),
        (b'{"schema": "travelsec.review/1"}', "it is a review of reports: name one of the reports"),
        (
            b'{"schema": "travelsec.report/%s"}' % (b"2" * 300_000),
            f"it is version {'2' * 59}…, but this travelsec reads version 1",
        ),
    ],
)
def test_what_is_no_report_says_what_it_is(data: bytes, reason: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_report(data)
    assert str(refused.value) == f"this is not a travelsec report: {reason}"


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"Dear all", "it is not JSON: "),
        (b'{"schema": "other/1"}', "other/1"),
        (b'{"schema": "travelsec.report/1"}', "id"),
        (b'{"schema": "travelsec.report/1", "%s": 1}' % (b"x" * 300_000), "xxx"),
    ],
)
def test_what_does_not_fit_is_named_and_cut(data: bytes, named: str) -> None:
    """The words are those of the parser, which quotes the file, however long."""
    with pytest.raises(UserError) as refused:
        parse_report(data)
    reason = str(refused.value).removeprefix("this is not a travelsec report: ")
    assert named in reason
    assert len(reason) <= 200


@pytest.mark.parametrize(
    ("data", "name", "right"),
    [
        (b"{}", "r.html", "r.json"),
        (b"{}", "r.json.html", "r.json"),
        (b"{}", "r.HTM.html.html", "r.json"),
        (b"{}", "my.trip.html", "my.trip.json"),
        (b"{}", "r.html.decision.html", "r.html.decision.json"),
        (b"<!doctype html>", "e5b.html.json", "e5b.html"),
        (b"<!doctype html>", ".html.json", ".html.html"),
    ],
)
def test_the_name_that_a_file_should_have_is_told(data: bytes, name: str, right: str) -> None:
    """With one ending, however many were put one after another."""
    with pytest.raises(UserError) as refused:
        parse_report(data, name)
    assert str(refused.value).endswith(f": rename it to {right}")


def test_a_page_is_no_decision() -> None:
    with pytest.raises(UserError) as refused:
        decision.parse_decision(b"<!doctype html>")
    assert str(refused.value).endswith("it is a page: name the file that ends in .decision.json")


def test_a_report_is_no_decision(pack: Pack) -> None:
    with pytest.raises(UserError) as refused:
        decision.parse_decision(as_json(samples.make(pack)))
    assert str(refused.value) == (
        "this is not a travelsec decision: it is a report: the decision on it is the file beside it"
    )
