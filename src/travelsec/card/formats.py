"""The formats a card can be written in."""

from __future__ import annotations

from travelsec.formats import Formats

FORMATS = Formats(
    {
        "html": "travelsec.card.html",
        "md": "travelsec.card.markdown",
        "txt": "travelsec.card.text",
        "pdf": "travelsec.card.pdf",
    }
)
