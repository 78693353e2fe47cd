"""The card as PDF, made from its HTML."""

from __future__ import annotations

from travelsec.card import html
from travelsec.card.content import Card
from travelsec.problems import UserError


def render(card: Card) -> bytes:
    """Return the card as a PDF that screen readers can follow.

    Raises:
        UserError: what makes PDF is not installed.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError):  # OSError: the libraries it stands on are missing
        raise UserError(
            "no PDF can be made here: pip install 'travelsec[pdf]', "
            "or make the card as HTML and print that from a browser"
        ) from None
    return bytes(HTML(string=html.render(card)).write_pdf(pdf_variant="pdf/ua-1"))
