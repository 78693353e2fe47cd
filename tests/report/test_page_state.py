"""A page stands to the data in it as a person would say; `test_saved_page.py` has the browsers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from travelsec.report import html, json, model
from travelsec.report.model import Report
from travelsec.report.page_state import page_state
from travelsec.report.read import parse_report


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda page: page, "as-made"),
        (lambda page: page.replace(b"\n", b"\r\n") + b"\r\n\r\n", "as-made"),
        (lambda page: page.replace(b"<head>\n", b"<head>", 1), "saved-again"),
        (lambda page: page.replace(b"Not ready", b"Ready"), "edited"),
        (lambda page: page.replace(b"</h1>", b"</h1><p>Approved.</p>", 1), "edited"),
    ],
)
def test_a_page_is_compared_with_its_data(
    report: Report, change: Callable[[bytes], bytes], state: str
) -> None:
    assert page_state(parse_report(change(html.render(report).encode()), "a.html")) == state


def test_a_page_with_other_wording_cannot_be_compared(report: Report) -> None:
    """Nobody knows today what that version wrote around the data."""
    old = replace(report, tool=replace(report.tool, words=model.WORDS - 1))
    assert page_state(parse_report(html.render(old).encode(), "a.html")) == "unknown"


def test_data_alone_has_no_page_to_compare(report: Report) -> None:
    assert page_state(parse_report(json.render(report), "a.json")) == "as-made"
