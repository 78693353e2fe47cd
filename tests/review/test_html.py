"""A review as one HTML file."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from msgspec.structs import replace

from tests import browser as chromium
from tests.browser import NARROW
from tests.hostile import ATTACKS
from tests.review.reports import FULL, hostile, output_of, put, written
from travelsec.pack.model import Pack
from travelsec.review import html
from travelsec.review.html import address
from travelsec.review.model import OVER, Difference, Reviewed
from travelsec.review.output import DEFAULT_LIMIT
from travelsec.review.priority import Totals

browser, page = chromium.browser, chromium.page

ALONE = put(FULL, decision=None, since=None, waived=(), differs=())
GOOD = put(ALONE, verdict="ready", open=(), open_must=())
KINDS = (
    FULL,
    GOOD,
    put(GOOD, verdict="ready-with-actions", open=("a.c",)),
    put(GOOD, holds=False),
    put(GOOD, holds="unknown"),
    put(GOOD, newest=False),
    put(GOOD, differs=(Difference(OVER, "The trip is over."),)),
    Reviewed("in/x.json", unread="It is empty."),
)
"""A report of every kind, with all the colours there are."""


def shown(pack: Pack, rows: list[Reviewed]) -> str:
    """Return the page of these reports, with their totals."""
    totals = Totals()
    for row in rows:
        totals.add(row)
    return written(html.write, replace(output_of(pack, rows), totals=totals))


def test_a_page_has_the_table_and_each_report_in_words(pack: Pack) -> None:
    rows = [put(FULL, path="in/b.json", attention=2), FULL]
    page = written(html.write, output_of(pack, rows))
    assert "Review of travel security reports for Tue 24 November 2026" in page
    assert page.count("<tr id=") == 2
    assert page.index("<bdi>in/r.json</bdi>") < page.index("<bdi>in/b.json</bdi>")
    assert page.count("Waived: Use the safe – No hotel.") == 2


def test_no_text_becomes_markup(pack: Pack) -> None:
    page = written(html.write, output_of(pack, [put(FULL, traveller="<script>x</script>")]))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_page_counts_what_needs_a_manager(pack: Pack) -> None:
    """Beside the verdicts: what is undecided, unchecked, over."""
    page = shown(pack, list(KINDS))
    for told in (
        "All 8 reports.",
        "1 could not be checked: made with other packs or words.",
        "5 undecided.",
        "1 trip is over.",
    ):
        assert f">{told}<" in page


def test_the_change_since_a_decision_is_told(pack: Pack) -> None:
    """In the table in two words, and below in a sentence, with the earlier report."""
    page = shown(pack, [put(FULL, decision=None)])
    assert "<bdi>returned, changed</bdi>" in page
    assert "Returned by Al Fox on Mon 23 November 2026" in page
    assert ", for an earlier report (in/old.json)." in page
    assert "Changed since then: 1 must reopened and return 4 days later." in page


def test_each_verdict_is_a_word_with_a_colour(page: Any, pack: Pack) -> None:
    """No colour says what no word says."""
    page.set_content(shown(pack, list(KINDS)))
    cells = page.locator("td.verdict")
    words = cells.all_inner_texts()
    colours = cells.evaluate_all("cells => cells.map(cell => getComputedStyle(cell).color)")
    assert all(words)
    by_word = dict(zip(words, colours, strict=True))
    assert len({by_word[word] for word in ("ready", "with actions", "not ready")}) == 3
    assert by_word["does not hold"] == by_word["not ready"] != by_word["not checked"]


def test_a_row_leads_to_its_details_and_back(page: Any, pack: Pack) -> None:
    page.set_content(shown(pack, [put(FULL, path=f"in/{n}.json") for n in range(30)]))
    row, details = page.locator("tbody tr").nth(19), page.locator(".reports > li").nth(19)
    for link, target in (
        (row.get_by_role("link", name="20", exact=True), details),
        (details.get_by_role("link", name="Back to row 20 of the table"), row),
    ):
        address = link.get_attribute("href")
        assert page.locator(address).count() == 1
        assert target.get_attribute("id") == address.removeprefix("#")


@pytest.mark.parametrize("number", [1, pytest.param(DEFAULT_LIMIT, marks=pytest.mark.slow)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Any, pack: Pack, number: int, scheme: str) -> None:
    """Nothing shuts people out, in either colours, nor is there anything axe could not judge."""
    page.emulate_media(color_scheme=scheme)
    rows = [KINDS[n % len(KINDS)] for n in range(number)]
    page.set_content(shown(pack, [put(row, path=f"in/{n}.json") for n, row in enumerate(rows)]))
    chromium.assert_axe_finds_nothing(page)


def test_a_narrow_window_does_not_scroll_sideways(page: Any, pack: Pack) -> None:
    """The table scrolls in its own frame."""
    page.set_viewport_size(NARROW)
    page.set_content(shown(pack, [*KINDS, hostile("W" * 300)]))
    assert chromium.width(page) <= NARROW["width"]


# Links to the files


NAMES = (
    *("a b.json", "a%20b.json", "a#b?c=d.json", "javascript:top.y=1", "http:evil", "C:x.json"),
    *('"><script>top.y=1<.html', "' onclick='top.y=1", "é中\u202e\x1b[31m\n.json", "a\\b.json"),
    *("&amp;.json", "~root", "-x.json", "...", "x" * 250),
)


@pytest.mark.parametrize("text", ["", "-", "in/-"])
def test_only_a_file_has_an_address(text: str) -> None:
    """Standard input has none."""
    assert address(text, Path()) == (text if "/" in text else "")


@pytest.mark.parametrize("text", [*ATTACKS, *NAMES])
def test_an_address_is_relative_and_harmless(text: str) -> None:
    """Whatever the name is, it holds nothing that could end it or make it absolute."""
    made = address(text, Path("reviews"))
    assert re.fullmatch(r"[A-Za-z0-9%._~/-]+", made)
    assert made.startswith("../")
    parts = urlsplit(address(f"in/{text}", Path()))
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert not parts.path.startswith("/")


def test_a_link_leads_to_the_file(tmp_path: Path, browser: Any, pack: Pack) -> None:
    """In a real browser, from a page in any folder, whatever the file is called."""
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    names = [*map(os.fsencode, NAMES), b"\xff\xfe.json"]
    paths = [os.fsdecode(os.fsencode(tmp_path / "in") + b"/" + name) for name in names]
    for path in paths:
        Path(path).touch()
    output = output_of(pack, [put(FULL, path=path) for path in paths])
    target = tmp_path / "out" / "review.html"
    target.write_text(written(html.write, replace(output, folder=target.parent)), "utf-8")
    opened = browser.new_page()
    opened.goto(target.as_uri())
    links = opened.locator("a[href*='/']").evaluate_all("links => links.map(link => link.href)")
    opened.close()
    assert all(link.startswith("file:///") for link in links)
    found = [unquote_to_bytes(urlsplit(link).path) for link in links]
    assert sorted(found) == sorted(map(os.fsencode, paths))
