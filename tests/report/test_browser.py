"""The report as people see and print it, in Debian's Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests import browser as chromium
from tests.browser import NARROW
from tests.report import samples
from tests.report.test_html import MARKUP, all_done, everywhere
from travelsec.pack.model import Pack
from travelsec.report import html
from travelsec.report.model import Report
from travelsec.safe_text import line
from travelsec.trip.statuses import Status

browser, page = chromium.browser, chromium.page

SCREEN = {"width": 1280, "height": 900}


def some(pack: Pack, name: str) -> Report:
    """Make one of several reports that show different things."""
    if name == "mixed":
        return samples.make(pack)
    if name == "done":
        return all_done(pack)
    if name == "advice":
        return all_done(pack, wifi=Status("todo"))
    if name == "nothing-known":
        return samples.make(pack, {}, {})
    return everywhere(pack, "W" * 300)


REPORTS = ("mixed", "done", "advice", "nothing-known", "long-words")


@pytest.mark.parametrize(
    "name", [REPORTS[0], *(pytest.param(name, marks=pytest.mark.slow) for name in REPORTS[1:])]
)
def test_axe_finds_nothing(page: Any, pack: Pack, name: str) -> None:
    """Nothing shuts people out, nor is there anything that axe could not judge."""
    page.set_content(html.render(some(pack, name)))
    chromium.assert_axe_finds_nothing(page)


# These three have all the colours there are.
@pytest.mark.parametrize("name", ["mixed", "done", "advice"])
def test_axe_finds_nothing_in_dark_colours(page: Any, pack: Pack, name: str) -> None:
    """Of a page in the dark scheme nothing is different but the colours."""
    page.emulate_media(color_scheme="dark")
    page.set_content(html.render(some(pack, name)))
    chromium.assert_axe_finds_nothing(page, "color-contrast")


@pytest.mark.parametrize("name", REPORTS)
def test_a_narrow_window_does_not_scroll_sideways(page: Any, pack: Pack, name: str) -> None:
    """At 400 %, a common window is 320 pixels wide."""
    page.set_viewport_size(NARROW)
    page.set_content(html.render(some(pack, name)))
    assert chromium.width(page) <= NARROW["width"]


def test_what_a_manager_needs_is_on_the_first_screen(page: Any, report: Report) -> None:
    """From the statement to what is not covered; the reply begins there."""
    page.set_viewport_size(SCREEN)
    page.set_content(html.render(report))
    ends = []
    for text in ("own statement", "Not ready", "Open (4)", "Waived (1)", "Declined (1)"):
        ends.append(page.get_by_text(text).first.bounding_box()["y"])
    assert ends == sorted(ends)
    for text in ("Not covered here", "A suggested reply to the traveller"):
        box = page.get_by_role("heading", name=text).bounding_box()
        assert box["y"] + box["height"] < SCREEN["height"]


def test_print_is_dark_on_white(page: Any, report: Report) -> None:
    """A dark screen does not print a black sheet."""
    page.emulate_media(media="print", color_scheme="dark")
    page.set_content(html.render(report))
    style = "(e => [e.color, e.backgroundColor])(getComputedStyle(document.body))"
    assert page.evaluate(style) == ["rgb(26, 26, 26)", "rgb(255, 255, 255)"]


def test_all_of_it_prints(page: Any, report: Report, tmp_path: Path) -> None:
    """Every text, on A4, with the number and the warning of each page."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not there: apt-get install poppler-utils")
    page.set_content(html.render(report))
    shown = page.inner_text("body")
    page.emulate_media(media="print")
    path = tmp_path / "printed.pdf"
    path.write_bytes(page.pdf(prefer_css_page_size=True))
    printed = subprocess.run(
        ["pdftotext", path, "-"], check=True, capture_output=True
    ).stdout.decode()
    words = set(re.findall(r"\w{3,}", shown))
    # A word may be parted at the end of a line.
    joined = re.sub(r"\s", "", printed)
    assert not [word for word in words if word not in joined]
    assert "Page 1 of " in printed
    info = subprocess.run(["pdfinfo", path], check=True, capture_output=True).stdout.decode()
    assert "(A4)" in info


def test_an_entry_is_not_split_between_pages(page: Any, report: Report) -> None:
    """Nobody has to turn a sheet in the middle of an item."""
    page.emulate_media(media="print")
    page.set_content(html.render(report))
    style = "[...document.querySelectorAll('.item')].map(e => getComputedStyle(e).breakInside)"
    assert set(page.evaluate(style)) == {"avoid"}


# Without a browser, test_html.py tries all of them in every run.
@pytest.mark.parametrize(
    "given", [*MARKUP[:3], *(pytest.param(text, marks=pytest.mark.slow) for text in MARKUP[3:])]
)
def test_a_hostile_report_runs_nothing(page: Any, pack: Pack, given: str) -> None:
    """Opened from a file, like an attachment, it shows text: no script, picture or dialog."""
    happened: list[str] = []

    def note_dialog(dialog: Any) -> None:
        happened.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note_dialog)
    page.on("console", lambda message: happened.append(message.text))
    page.on("pageerror", lambda error: happened.append(str(error)))
    report = everywhere(pack, given)
    page.set_content(html.render(report))
    assert happened == []
    assert page.title() == " ".join(f"Travel security: {line(report.trip.name)}".split())
    assert page.locator("script").count() == 1
    assert page.locator("script").get_attribute("type") == "application/json"
    assert page.locator("img, a, iframe, object, form, [onload], [onerror]").count() == 0
    assert page.locator("svg").count() == 3
    assert page.inner_text("h1") == page.title()
    assert page.inner_text("body").count(" ".join(line(report.trip.name).split())) > 50


def test_a_browser_finds_the_data_of_the_page(page: Any, report: Report) -> None:
    """It is the report that the page was made from."""
    page.set_content(html.render(report))
    held = page.evaluate("JSON.parse(document.getElementById('travelsec-report').textContent)")
    assert held == msgspec.to_builtins(msgspec.json.decode(msgspec.json.encode(report)))
