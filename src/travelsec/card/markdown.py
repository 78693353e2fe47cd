"""The card as CommonMark."""

from __future__ import annotations

from collections.abc import Iterator

from travelsec.card.content import (
    MORE,
    TITLE,
    Card,
    ContactLine,
    Numbers,
    Part,
    People,
    Points,
    Steps,
)
from travelsec.people import Person
from travelsec.safe_text import markdown as safe

BLANK = "_" * 40


def render(card: Card) -> str:
    """Return the card as Markdown."""
    return "\n".join(_lines(card)) + "\n"


def _lines(card: Card) -> Iterator[str]:
    yield from (f"# {safe(TITLE)}", "", f"Name: {safe(card.traveller or BLANK)}")
    for panel in (*card.panels, card.back):
        for part in panel:
            yield from ("", f"## {safe(part.title)}", "")
            yield from _entries(part)


def _entries(part: Part) -> Iterator[str]:
    match part:
        case Steps(_, first, texts):
            for number, text in enumerate(texts, first):
                yield f"{number}. {safe(text)}"
        case Points(_, texts):
            for text in texts:
                yield f"- {safe(text)}"
        case Numbers(_, found):
            for contact in found:
                yield _line(contact)
        case People(_, people, more, blanks):
            for person in (*people, *(Person("") for _ in range(blanks))):
                yield _person(person)
            if more:
                yield f"- {safe(MORE.format(more))}"


def _line(contact: ContactLine) -> str:
    ways = ", ".join(f"**{safe(way)}**" for way in contact.ways)
    return _item(safe(contact.name), ways, *map(safe, contact.notes))


def _person(person: Person) -> str:
    # A name of spaces alone would leave four stars, which are a rule.
    number = safe(person.telephone)
    telephone = f"**{number}**" if number else safe(f"Telephone: {BLANK}")
    return _item(safe(person.name or f"Name: {BLANK}"), telephone)


def _item(*texts: str) -> str:
    """Put texts below one another; two spaces at the end of a line break it in all renderers."""
    return "- " + "  \n  ".join(texts)
