"""PDF, made from HTML if WeasyPrint is installed."""

from __future__ import annotations

import sys

import pytest

from travelsec import pdf
from travelsec.problems import UserError


def test_a_page_becomes_a_pdf() -> None:
    """`check` finds that nothing is missing."""
    pytest.importorskip("weasyprint", reason="the extra pdf is not installed")
    pdf.check()
    made = pdf.convert("<html lang='en'><title>A trip</title><p>Lock the screen.</p></html>")
    assert made.startswith(b"%PDF-")


def test_without_weasyprint_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It also says how to do without."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(UserError, match=r"pip install 'travelsec\[pdf\]'.* HTML"):
        pdf.convert("<p>Lock the screen.</p>")
