"""The card as one self-contained HTML file that prints on one A4 page."""

from __future__ import annotations

from travelsec.card.content import MORE, PRINTING, TITLE, Card
from travelsec.html import page


def render(card: Card) -> str:
    """Return the card as HTML: no scripts, nothing loaded from elsewhere, every text escaped."""
    return page(
        "travelsec.card", "card.html.j2", card=card, title=TITLE, printing=PRINTING, more=MORE
    )
