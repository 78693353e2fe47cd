"""Make PDF from HTML."""

from __future__ import annotations

from importlib.util import find_spec

from travelsec.problems import UserError

_MISSING = (
    "no PDF can be made here: pip install 'travelsec[pdf]', "
    "or write HTML instead and print that from a browser"
)


def check() -> None:
    """Raise a `UserError` if WeasyPrint is not installed, without importing it."""
    if find_spec("weasyprint") is None:
        raise UserError(_MISSING)


def convert(page: str) -> bytes:
    """Return an HTML page as a PDF that screen readers can follow.

    Raises:
        UserError: WeasyPrint is not installed.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError):  # OSError: its system libraries are missing
        raise UserError(_MISSING) from None
    return bytes(HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))
