"""The card as one self-contained HTML file that prints on one A4 page."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from travelsec.card.content import MORE, PRINTING, TITLE, Card


def render(card: Card) -> str:
    """Return the card as HTML: no scripts, nothing loaded from elsewhere, every text escaped."""
    environment = Environment(
        loader=PackageLoader("travelsec.card"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    template = environment.get_template("card.html.j2")
    return template.render(card=card, title=TITLE, printing=PRINTING, more=MORE)
