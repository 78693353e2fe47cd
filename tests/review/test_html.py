"""A review as one HTML file."""

from __future__ import annotations

from tests.review.reports import FULL, output_of, put, written
from travelsec.pack.model import Pack
from travelsec.review import html


def test_a_page_has_the_table_and_each_report_in_words(pack: Pack) -> None:
    rows = [put(FULL, path="in/b.json", attention=2), FULL]
    page = written(html.write, output_of(pack, rows))
    assert "Review of travel security reports for Tue 24 November 2026" in page
    assert page.count("<tr>") == 3
    assert page.index("<bdi>in/r.json</bdi>") < page.index("<bdi>in/b.json</bdi>")
    assert page.count("Waived: Use the safe – No hotel.") == 2


def test_no_text_becomes_markup(pack: Pack) -> None:
    page = written(html.write, output_of(pack, [put(FULL, traveller="<script>x</script>")]))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
