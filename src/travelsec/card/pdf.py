"""The card as PDF, made from its HTML."""

from __future__ import annotations

from travelsec.card import html
from travelsec.card.content import Card
from travelsec.pdf import check, from_html

__all__ = ["check", "render"]


def render(card: Card) -> bytes:
    """Return the card as a PDF that screen readers can follow.

    Raises:
        UserError: what makes PDF is not installed.
    """
    return from_html(html.render(card))
