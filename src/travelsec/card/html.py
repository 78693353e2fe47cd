"""The card as one self-contained HTML file that prints on one A4 page, or on both sides of it."""

from __future__ import annotations

from travelsec.card.content import BOTH_SIDES, MORE, PRINTING, TITLE, Card
from travelsec.html import page


def render(card: Card) -> str:
    """Return the card as HTML that runs and loads nothing, with every text escaped."""
    printing = f"{PRINTING} {BOTH_SIDES}" if card.back else PRINTING
    return page(
        "travelsec.card", "card.html.j2", card=card, title=TITLE, printing=printing, more=MORE
    )
