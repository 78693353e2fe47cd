"""The card in each format."""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from tests.card.travellers import LONGEST, TRAVELLERS, card_for
from tests.hostile import texts
from travelsec.card import html, markdown, text
from travelsec.formats import CARD_FORMATS
from travelsec.people import Person

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "<script>alert(1)</script><b>&amp; [x](http://evil.example) {{ 7*7 }}"


@pytest.mark.parametrize("name", TRAVELLERS)
def test_the_card_reads_as_agreed(name: str, golden: Callable[[Path, str], str]) -> None:
    """Wording, order and layout are those of the file that was read and agreed to."""
    found = text.render(card_for(TRAVELLERS[name]))
    assert golden(GOLDEN / f"{name}.txt", found) == found


@pytest.mark.parametrize("name", [*TRAVELLERS, *LONGEST])
def test_no_line_of_text_is_too_long(name: str) -> None:
    """Eighty columns, at the longest too."""
    shown = text.render(card_for({**TRAVELLERS, **LONGEST}[name]))
    assert max(map(len, shown.splitlines())) <= 80


def words(shown: str) -> set[str]:
    """Return the words in a text, without blanks and the numbers of steps."""
    plain = re.sub(r"_{3,}|^ *\d+\.", " ", shown, flags=re.MULTILINE)
    return set(re.findall(r"\w+", plain.casefold()))


@pytest.mark.parametrize("name", TRAVELLERS)
@pytest.mark.parametrize("format_", ["html", "md"])
def test_all_formats_say_the_same(name: str, format_: str) -> None:
    """No word of the text is missing elsewhere."""
    card = card_for(TRAVELLERS[name])
    shown = CARD_FORMATS.find(format_).render(card).decode()
    page = MarkdownIt().render(shown) if format_ == "md" else shown
    said = re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert words(text.render(card)) - words(said) == set()


@given(texts(), texts())
def test_hostile_names_are_text_in_markdown(name: str, number: str) -> None:
    """Whatever the names are, the document has the same structure and no HTML or link."""
    plain = MarkdownIt().parse(markdown.render(card_for({"line_manager": (Person("A", "1"),)})))
    card = card_for({"line_manager": (Person(f"A{name}", f"1{number}"),)})
    found = MarkdownIt().parse(markdown.render(card))
    assert [one.type for one in found] == [one.type for one in plain]
    inline = {child.type for one in found for child in one.children or ()}
    assert inline <= {"text", "strong_open", "strong_close", "hardbreak", "softbreak"}


def test_html_is_self_contained() -> None:
    """One file without scripts or anything from elsewhere, under a policy that allows neither."""
    shown = html.render(card_for({"traveller": HOSTILE, "line_manager": (Person(HOSTILE),)}))
    assert "default-src 'none'; style-src 'unsafe-inline'" in shown
    assert 'lang="en-GB"' in shown
    assert not re.search(r"<(script|link|img|iframe|object|a)\b|url\(|@import|src=", shown)
    assert "&lt;script&gt;" in shown
    assert "49" not in shown.split("Your line manager")[1]


def objects(pdf: bytes) -> bytes:
    """Return a PDF with its compressed parts unpacked."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, flags=re.DOTALL)
    unpacked = []
    for part in parts:
        with contextlib.suppress(zlib.error):
            unpacked.append(zlib.decompress(part))
    return pdf + b"\n".join(unpacked)


def test_pdf_has_a_page_for_each_side() -> None:
    """At the longest too, and tagged for screen readers."""
    pytest.importorskip("weasyprint", reason="the extra pdf is not installed")
    for facts in ({}, *LONGEST.values()):
        card = card_for(facts)
        made = CARD_FORMATS.find("pdf").render(card)
        assert made.startswith(b"%PDF-")
        assert len(re.findall(rb"/Type\s*/Page\b", objects(made))) == 1 + bool(card.back)
        assert b"/MarkInfo" in objects(made)
