"""A file is what its name says, or it is refused with what it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import emails
from tests.review.reports import as_json, as_page, codes, judge
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report.model import Report
from travelsec.report.read import read_report
from travelsec.review import decision
from travelsec.review.inbox import Inbox, receive
from travelsec.review.model import Reviewed
from travelsec.review.run import review_all

Review = Callable[..., Reviewed]


class Forms(NamedTuple):
    """A report in both of its forms."""

    data: bytes
    page: bytes


Make = Callable[[Forms], bytes]

BOM = b"\xef\xbb\xbf"
RENAME_TO_JSON = "it is JSON, but its name ends in {}: rename it to r.json"
RENAME_TO_HTML = "it is a page, but its name ends in {}: rename it to r.html"
NEITHER = "neither JSON nor a page"


def lines(of: Forms) -> bytes:
    """Write two reports in a line each."""
    return (json.dumps(json.loads(of.data)).encode() + b"\n") * 2


MISNAMED: dict[str, tuple[str, Make, str]] = {
    "JSON as .html": ("r.html", lambda of: of.data, RENAME_TO_JSON.format(".html")),
    "JSON as .htm": ("r.htm", lambda of: of.data, RENAME_TO_JSON.format(".htm")),
    "JSON as .HTML": ("r.HTML", lambda of: of.data, RENAME_TO_JSON.format(".html")),
    "JSON as .Htm": ("r.Htm", lambda of: of.data, RENAME_TO_JSON.format(".htm")),
    "JSON as .xhtml": ("r.xhtml", lambda of: of.data, RENAME_TO_JSON.format(".xhtml")),
    "JSON as .shtml": ("r.shtml", lambda of: of.data, RENAME_TO_JSON.format(".shtml")),
    "JSON with a mark as .html": (
        "r.html",
        lambda of: BOM + of.data,
        RENAME_TO_JSON.format(".html"),
    ),
    "JSON after white space as .html": (
        "r.html",
        lambda of: b" \r\n\t" + of.data,
        RENAME_TO_JSON.format(".html"),
    ),
    "JSON with a page in a text as .html": (
        "r.html",
        lambda of: of.data.replace(b"A. Smith", b"<html><h1>Ready</h1></html>"),
        RENAME_TO_JSON.format(".html"),
    ),
    "JSON before a page as .html": (
        "r.html",
        lambda of: of.data + of.page,
        RENAME_TO_JSON.format(".html"),
    ),
    "JSON as .json.html": ("r.json.html", lambda of: of.data, RENAME_TO_JSON.format(".html")),
    "JSON as .HTM.html.html": (
        "r.HTM.html.html",
        lambda of: of.data,
        RENAME_TO_JSON.format(".html"),
    ),
    "a page as .html.json": ("r.html.json", lambda of: of.page, RENAME_TO_HTML.format(".json")),
    "an email as .json": (
        "r.json",
        lambda of: emails.gmail("r.html", of.page),
        "it looks like an email: rename it, so that its name ends in .eml",
    ),
    "an email as .html": (
        "r.html",
        lambda of: emails.outlook("r.html", of.page),
        "it looks like an email: rename it, so that its name ends in .eml",
    ),
    "a list as .html": (
        "r.html",
        lambda of: b"[" + of.data + b"]",
        RENAME_TO_JSON.format(".html"),
    ),
    "JSON Lines as .html": ("r.html", lines, RENAME_TO_JSON.format(".html")),
    "a text as .html": ("r.html", lambda _: b"Dear all", NEITHER),
    "a text before a page as .html": ("r.html", lambda of: b"Hi " + of.page, NEITHER),
    "a number as .html": ("r.html", lambda _: b"1", NEITHER),
    "nothing as .html": ("r.html", lambda _: b"", "it is empty"),
    "white space as .html": ("r.html", lambda _: b" \n", "it is empty"),
    "XML as .html": (
        "r.html",
        lambda _: b'<?xml version="1.0"?><report/>',
        "it is XML: ask for the .json, .html or .eml file",
    ),
    "XML before a page as .html": (
        "r.html",
        lambda of: b'<?xml version="1.0"?>' + of.page,
        "it is XML",
    ),
    "a PDF as .html": ("r.html", lambda _: b"%PDF-1.7", "it is a PDF"),
    "an office document as .html": ("r.html", lambda _: b"PK\x03\x04", "it is a ZIP"),
    "UTF-16 as .html": ("r.html", lambda of: of.page.decode().encode("utf-16"), "UTF-16"),
    "a page as .json": ("r.json", lambda of: of.page, RENAME_TO_HTML.format(".json")),
    "a page as .JSON": ("r.JSON", lambda of: of.page, RENAME_TO_HTML.format(".json")),
    "a page with a mark as .json": (
        "r.json",
        lambda of: BOM + of.page,
        RENAME_TO_HTML.format(".json"),
    ),
    "a page after white space as .json": (
        "r.json",
        lambda of: b"\n " + of.page,
        RENAME_TO_HTML.format(".json"),
    ),
    "a page without a doctype as .json": (
        "r.json",
        lambda of: of.page.partition(b"\n")[2],
        RENAME_TO_HTML.format(".json"),
    ),
    "a tag as .json": ("r.json", lambda _: b"<report/>", NEITHER),
    "XML as .json": ("r.json", lambda _: b'<?xml version="1.0"?><r/>', "it is XML"),
    "nothing as .json": ("r.json", lambda _: b"", "it is empty"),
    "a mark as .json": ("r.json", lambda _: BOM, "it is empty"),
    "JSON Lines as .json": ("r.json", lines, "it is JSON Lines"),
    "a list as .json": ("r.json", lambda of: b"[" + of.data + b"]", "nothing in it says so"),
    "YAML as .json": ("r.json", lambda _: b"trip: {a: b}", "it is not JSON"),
    "JSON before a page as .json": (
        "r.json",
        lambda of: of.data + of.page,
        "it is not JSON: trailing",
    ),
    "JSON in a comment as .json": (
        "r.json",
        lambda of: b"/* */" + of.data,
        "it is not JSON",
    ),
    "half a report as .json": ("r.json", lambda of: of.data[:500], "it is cut off"),
    "a calendar as .json": ("r.json", lambda _: b"BEGIN:VCALENDAR", "it is a calendar"),
    "UTF-16 as .json": ("r.json", lambda of: of.data.decode().encode("utf-16"), "UTF-16"),
    "XML without a name": ("r", lambda _: b'<?xml version="1.0"?><r/>', "it is XML"),
    "nothing without a name": ("r", lambda _: b"", "it is empty"),
    "JSON Lines without a name": ("r", lines, "it is JSON Lines"),
}


@pytest.mark.parametrize("name", MISNAMED)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    report: Report, review: Review, tmp_path: Path, name: str
) -> None:
    """By `review`, and by what `export` and `debrief` read; the message says what it is."""
    file, make, expected = MISNAMED[name]
    row = review(file, make(Forms(as_json(report), as_page(report))))
    assert expected in row.unread
    assert (row.verdict, row.report) == ("", "")
    with pytest.raises(UserError, match=re.escape(expected)):
        read_report(tmp_path / file)
    with pytest.raises(UserError, match=re.escape(expected)):
        receive(str(tmp_path / file), b"")


HONEST: dict[str, tuple[str, Make]] = {
    "JSON": ("r.json", lambda of: of.data),
    "JSON in capitals": ("R.JSON", lambda of: of.data),
    "JSON with a mark": ("r.json", lambda of: BOM + of.data),
    "JSON with other line ends": ("r.json", lambda of: of.data.replace(b"\n", b"\r\n")),
    "JSON without line ends": (
        "r.json",
        lambda of: json.dumps(json.loads(of.data)).encode(),
    ),
    "JSON by another tool": (
        "r.json",
        lambda of: json.dumps(json.loads(of.data), indent=4, sort_keys=True).encode(),
    ),
    "JSON with spaces before colons": (
        "r.json",
        lambda of: json.dumps(json.loads(of.data), separators=(" , ", " : ")).encode(),
    ),
    "JSON of a download": ("report.json (1).json", lambda of: of.data),
    "JSON without an ending": ("report", lambda of: of.data),
    "JSON with an ending of its own": ("report.bak", lambda of: of.data),
    "JSON with its hidden characters": (
        "r.json",
        lambda of: json.dumps(json.loads(of.data), ensure_ascii=False).encode(),
    ),
    "a page": ("r.html", lambda of: of.page),
    "a page as .htm": ("r.htm", lambda of: of.page),
    "a page in capitals": ("R.HTML", lambda of: of.page),
    "a page with other line ends": ("r.html", lambda of: of.page.replace(b"\n", b"\r\n")),
    "a page without an ending": ("report", lambda of: of.page),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_read(report: Report, review: Review, name: str) -> None:
    """However its white space, and whatever the name says that is true."""
    file, make = HONEST[name]
    row = review(file, make(Forms(as_json(report), as_page(report))))
    assert (row.unread, row.report, row.holds) == ("", report.id, True)
    assert not codes(row) & {"digest", "page-edited", "reworded"}


@pytest.mark.parametrize("as_a_page", [True, False])
def test_standard_input_is_what_it_holds(report: Report, pack: Pack, as_a_page: bool) -> None:
    """It has no name."""
    data = as_page(report) if as_a_page else as_json(report)
    with Inbox(["-"], data) as found:
        (row,) = review_all(found, judge(pack))
    assert (row.unread, row.holds) == ("", True)


@pytest.mark.parametrize(
    ("file", "make", "expected"),
    [
        pytest.param("d.json", lambda _: b"<html></html>", "it is a page", id="a page"),
        pytest.param("d.html", lambda data: data, RENAME_TO_JSON.format(".html"), id="as .html"),
        pytest.param("d.json", lambda _: b"", "it is empty", id="nothing"),
        pytest.param("d.json", lambda _: b"<?xml?>", "it is XML", id="XML"),
        pytest.param("d.json", lambda data: data[:90], "it is cut off", id="half of it"),
        pytest.param("d.json", lambda data: data + data, "it is", id="two of them"),
    ],
)
def test_a_decision_is_what_its_name_says(
    decided: bytes, tmp_path: Path, file: str, make: Callable[[bytes], bytes], expected: str
) -> None:
    """As a report is."""
    path = tmp_path / file
    path.write_bytes(make(decided))
    with pytest.raises(UserError) as refused:
        decision.read_decision(path)
    assert expected.replace("r.json", "d.json") in str(refused.value)


@pytest.mark.parametrize(
    ("file", "make"),
    [
        pytest.param("d.json", lambda data: data, id="as written"),
        pytest.param("d.json", lambda data: BOM + data, id="with a mark"),
        pytest.param("d", lambda data: data.replace(b"\n", b"\r\n"), id="other line ends"),
    ],
)
def test_an_honest_decision_is_read(
    decided: bytes, tmp_path: Path, file: str, make: Callable[[bytes], bytes]
) -> None:
    """With its mark and line ends as editors write them."""
    path = tmp_path / file
    path.write_bytes(make(decided))
    assert decision.read_decision(path) == decision.parse_decision(decided)
