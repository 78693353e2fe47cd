"""Write the card as plain text, 80 columns wide, to read or to copy by hand."""

from __future__ import annotations

from collections.abc import Iterator

from travelsec.card.content import BLANK_LINE, TITLE, Card, card_entries
from travelsec.document import Block, Heading, ListItem, Pairs, text_lines

CARD_WIDTH = 80


def render(card: Card) -> str:
    """Return the card as plain text."""
    return "".join(f"{text.rstrip()}\n" for text, _ in text_lines(_blocks(card), CARD_WIDTH))


def _blocks(card: Card) -> Iterator[Block]:
    yield Heading(1, TITLE)
    yield Pairs((("Name", card.traveller or BLANK_LINE),))
    for panel in (*card.panels, card.back):
        for part in panel:
            yield Heading(2, part.title)
            for number, (name, ways, notes) in card_entries(part):
                reached = (", ".join(ways),) if ways else ()
                yield ListItem(None, f"{number}{name}", "plain", (*reached, *notes))
