"""The card in each format."""

from __future__ import annotations

import contextlib
import re
import zlib

import pytest
from markdown_it import MarkdownIt

from tests.card import qr_codes
from tests.card.test_html import DIALLED
from tests.card.travellers import LONGEST, TRAVELLERS, card_for
from travelsec.card import text
from travelsec.formats import CARD_FORMATS


def words(shown: str) -> set[str]:
    """Return the words in a text, without blanks and the numbers of steps."""
    plain = re.sub(r"_{3,}|^ *\d+\.", " ", shown, flags=re.MULTILINE)
    return set(re.findall(r"\w+", plain.casefold()))


@pytest.mark.parametrize("name", TRAVELLERS)
@pytest.mark.parametrize("format_", ["html", "md"])
def test_all_formats_say_the_same(name: str, format_: str) -> None:
    """No format leaves out a word of the text."""
    card = card_for(TRAVELLERS[name])
    shown = CARD_FORMATS.find(format_).render(card).decode()
    page = MarkdownIt().render(shown) if format_ == "md" else shown
    said = re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert words(text.render(card)) - words(said) == set()


def objects(pdf: bytes) -> bytes:
    """Return a PDF with its compressed parts unpacked."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, flags=re.DOTALL)
    unpacked = []
    for part in parts:
        with contextlib.suppress(zlib.error):
            unpacked.append(zlib.decompress(part))
    return pdf + b"\n".join(unpacked)


@pytest.mark.slow
def test_pdf_has_a_page_for_each_side() -> None:
    """With the longest names too; it is tagged for screen readers."""
    pytest.importorskip("weasyprint", reason="the extra pdf is not installed")
    for facts in ({}, *LONGEST.values()):
        card = card_for(facts)
        made = CARD_FORMATS.find("pdf").render(card)
        assert made.startswith(b"%PDF-")
        assert len(re.findall(rb"/Type\s*/Page\b", objects(made))) == 1 + bool(card.back)
        assert b"/MarkInfo" in objects(made)


@pytest.mark.slow
@pytest.mark.parametrize("name", TRAVELLERS)
def test_a_camera_reads_the_code_of_the_pdf(name: str) -> None:
    """It dials the desk of that traveller; a screen reader says whom."""
    pytest.importorskip("weasyprint", reason="the extra pdf is not installed")
    made = CARD_FORMATS.find("pdf").render(card_for(TRAVELLERS[name]))
    assert qr_codes.read(made) == [DIALLED[name]]
    assert b"/Alt (QR code that calls " in objects(made)
