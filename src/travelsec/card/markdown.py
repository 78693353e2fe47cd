"""Write the card as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from travelsec.card.content import BLANK_LINE, TITLE, Card, Part, card_entries
from travelsec.safe_text import markdown as safe


def render(card: Card) -> str:
    """Return the card as Markdown."""
    return "\n".join(_lines(card)) + "\n"


def _lines(card: Card) -> Iterator[str]:
    yield from (f"# {safe(TITLE)}", "", f"Name: {safe(card.traveller or BLANK_LINE)}")
    for panel in (*card.panels, card.back):
        for part in panel:
            yield from ("", f"## {safe(part.title)}", "")
            yield from _lines_of_entries(part)


def _lines_of_entries(part: Part) -> Iterator[str]:
    for number, entry in card_entries(part):
        ways = ", ".join(f"**{safe(way)}**" for way in entry.ways)
        texts = (safe(entry.name), *([ways] if ways else []), *map(safe, entry.notes))
        # Two trailing spaces break the line in every renderer.
        yield (number or "- ") + "  \n  ".join(texts)
