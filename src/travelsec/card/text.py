"""The card as plain text of 80 columns: to read, or to copy by hand."""

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
from travelsec.document import Block, Heading, ListItem, Pairs, lines
from travelsec.people import Person

WIDTH = 80
BLANK = "_" * 40


def render(card: Card) -> str:
    """Return the card as plain text."""
    return "".join(f"{text.rstrip()}\n" for text, _ in lines(_blocks(card), WIDTH))


def _blocks(card: Card) -> Iterator[Block]:
    yield Heading(1, TITLE)
    yield Pairs((("Name", card.traveller or BLANK),))
    for panel in (*card.panels, card.back):
        for part in panel:
            yield Heading(2, part.title)
            yield from _entries(part)


def _entries(part: Part) -> Iterator[Block]:
    match part:
        case Steps(_, first, texts):
            for number, text in enumerate(texts, first):
                yield ListItem(None, f"{number}. {text}", "plain")
        case Points(_, texts):
            for text in texts:
                yield ListItem(None, text, "plain")
        case Numbers(_, found):
            for contact in found:
                yield _line(contact)
        case People(_, people, more, blanks):
            for person in (*people, *(Person("") for _ in range(blanks))):
                yield _person(person)
            if more:
                yield ListItem(None, MORE.format(more), "plain")


def _line(contact: ContactLine) -> ListItem:
    return ListItem(None, contact.name, "plain", (", ".join(contact.ways), *contact.notes))


def _person(person: Person) -> ListItem:
    name = person.name or f"Name: {BLANK}"
    return ListItem(None, name, "plain", (person.telephone or f"Telephone: {BLANK}",))
