"""PDF, made from HTML if WeasyPrint is installed."""

from __future__ import annotations

import sys
from pathlib import Path

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
    with pytest.raises(UserError, match=r"install .*\[pdf\].* HTML"):
        pdf.convert("<p>Lock the screen.</p>")


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of a WeasyPrint that is imported instead of the one installed."""
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path / "weasyprint.py"


def test_without_its_libraries_the_message_names_them(
    broken: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Installing WeasyPrint again would not help; nor is its own advice part of the document."""
    broken.write_text(
        "print('Advice')\nraise OSError('cannot load library libpango')\n", encoding="utf-8"
    )
    with pytest.raises(
        UserError, match=r"\(cannot load library libpango\).* Pango .* HTML"
    ) as error:
        pdf.convert("<p>Lock the screen.</p>")
    assert "pip install" not in str(error.value)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "fault",
    [
        "import no_such_module",
        "from sys import no_such_name",
        "raise OSError(24, 'Too many files')",
    ],
)
def test_another_error_is_not_taken_for_a_missing_library(broken: Path, fault: str) -> None:
    """It goes on as it is: no installation would mend it."""
    broken.write_text(f"{fault}\n", encoding="utf-8")
    with pytest.raises((ImportError, OSError)):
        pdf.convert("<p>Lock the screen.</p>")
