"""Write the card as a self-contained HTML file that prints on one or both sides of an A4 page."""

from __future__ import annotations

from markupsafe import Markup  # comes with jinja2

from travelsec.card.content import BOTH_SIDES, MORE, PRINTING, TITLE, Card, CardEntry
from travelsec.html import page
from travelsec.telephone import links


def render(card: Card) -> str:
    """Return the card as HTML that runs and loads nothing, with every text escaped."""
    return page(
        "travelsec.card",
        "card.html.j2",
        card=card,
        title=TITLE,
        printing=f"{PRINTING} {BOTH_SIDES}" if card.back else PRINTING,
        more=MORE,
        code=_qr_code(card.desk) if card.desk else None,
    )


def _qr_code(desk: CardEntry) -> Markup | None:
    """Draw the code that calls the desk; None if its number cannot be dialled."""
    import segno

    number = desk.ways[0]
    address = next((address for *_, address in links(number)), None)
    if address is None:
        return None
    # The card is carried folded, so up to a quarter of the code may become unreadable.
    code = segno.make(address, error="q", micro=False)
    # Screen readers read the title, in a PDF too.
    title = f"QR code that calls {desk.name}, {number}"
    drawn = code.svg_inline(title=title, omitsize=True, light="#fff", svgclass=None, lineclass=None)
    return Markup(drawn.replace("<svg", '<svg role="img"', 1))
