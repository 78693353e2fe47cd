"""The PDF of a report is made for paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.report import samples
from tests.report.test_html import MARKUP, everywhere
from tests.trip.test_selection import bundled
from travelsec.document import Heading, ListItem, Pairs, Paragraph
from travelsec.formats import REPORT_FORMATS
from travelsec.pack.model import Pack
from travelsec.report import paper
from travelsec.report.model import Report
from travelsec.report.outline import outline
from travelsec.safe_text import line

FULL = {
    **{"traveller": "A. Smith", "organisation": "hq", "abroad": "true", "destination": "Lisbon"},
    **{"departs": "2026-12-01", "returns": "2026-12-05", "official": "true", "papers": "true"},
    **{"devices": "laptop,tablet,phone,storage", "places": "home,hotel,public,event,office"},
    **{"home_shared": "true", "device_count": "4", "plans": "calls,printing"},
}
"""A trip abroad for which about everything applies."""

FOOT = " – the traveller’s own statement, unchecked"


class Texts(HTMLParser):
    """The texts of a page, without its style."""

    def __init__(self, page: str) -> None:
        """Take the page apart."""
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(page.partition("<body>")[2])
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        """Note a tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)

    @property
    def shown(self) -> str:
        """All that a reader sees, with single spaces."""
        return " ".join("".join(self.texts).split())


def texts(report: Report) -> list[str]:
    """Return every text of a report's outline."""
    found: list[str] = []
    for block in outline(report):
        match block:
            case Heading(_, text) | Paragraph(text, _):
                found.append(text)
            case Pairs(rows):
                found += [text for row in rows for text in row]
            case ListItem(_, head, _, body):
                found += [head, *body]
    return found


def pages(report: Report, folder: Path) -> list[str]:
    """Make the PDF, and return the text of each of its pages."""
    pytest.importorskip("weasyprint", reason="the extra pdf is not installed")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not there: apt-get install poppler-utils")
    path = folder / "report.pdf"
    path.write_bytes(REPORT_FORMATS.find("pdf").render(report))
    made = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True)
    info = subprocess.run(["pdfinfo", path], check=True, capture_output=True).stdout.decode()
    assert re.search(r"Tagged:\s+yes", info)
    assert "(A4)" in info
    return made.stdout.decode().split("\f")[:-1]


def joined(text: str) -> str:
    """Leave white space out: a word may be parted at the end of a line."""
    return re.sub(r"\s", "", text)


def full() -> Report:
    """Make the report of a trip abroad with nothing ticked."""
    return samples.make(bundled(), FULL, {})


def test_a_full_trip_is_four_pages_at_most(tmp_path: Path) -> None:
    """Each with the trip and its number; nothing is cut."""
    report = full()
    assert len(report.items) > 50
    found = pages(report, tmp_path)
    assert 1 < len(found) <= 4
    for number, page in enumerate(found, 1):
        assert f"page {number} of {len(found)}" in page
        assert f"{report.trip.name}{FOOT}" in " ".join(page.split())
    whole = joined("".join(found))
    assert not [text for text in texts(report) if joined(text) not in whole and len(text) < 40]
    words = {word for text in texts(report) for word in re.findall(r"\w{3,}", text)}
    assert not [word for word in words if word not in whole]


@pytest.mark.slow
def test_no_heading_stands_alone_at_the_end_of_a_column(tmp_path: Path) -> None:
    """Nor does the sentence below it."""
    heads = {block.text for block in outline(full()) if isinstance(block, Heading)}
    for page in pages(full(), tmp_path):
        lines = [text for text in page.splitlines() if text and FOOT not in text]
        last = [text for text in lines if not re.fullmatch(r"page \d+ of \d+", text)][-1]
        assert last not in heads


@pytest.mark.slow
def test_it_names_no_command_that_cannot_read_it(tmp_path: Path) -> None:
    """`review` reads the data of a report, which paper has not."""
    assert "travelsec review" not in " ".join(" ".join(pages(full(), tmp_path)).split())


def test_it_says_what_the_text_says(report: Report) -> None:
    """And first whose statement it is."""
    found = Texts(paper.render(report)).shown
    assert found.startswith(
        "Travel security: Lisbon 2026-12-01 This is the traveller’s own statement, and no one has "
        "checked it. A. Smith gave it on Tue 24 November 2026. 2 items were answered by a script, "
        "not by a person at a terminal. NOT READY. 2 must items are open, 5 items in all."
    )
    assert not [text for text in texts(report) if text not in found]


def test_a_long_name_is_cut_at_the_foot_only(report: Report, tmp_path: Path) -> None:
    """It would push the number of the page away."""
    trip = msgspec.structs.replace(report.trip, name="Conference " * 18)
    (page,) = pages(msgspec.structs.replace(report, trip=trip), tmp_path)
    assert "…" + FOOT in page
    assert page.count("Conference") > 18
    assert "page 1 of 1" in page


@pytest.mark.parametrize("given", MARKUP)
def test_markup_is_shown_as_text(pack: Pack, given: str) -> None:
    """A stranger's text makes no tag, and its hidden characters are visible."""
    page = paper.render(everywhere(pack, given))
    expected = paper.render(everywhere(pack, "harmless"))
    assert Texts(page).tags == Texts(expected).tags
    assert not [character for character in set(page) - {"\n"} if line(character) != character]
