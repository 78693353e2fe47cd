"""The formats a card can be written in, by name and by the ending of a file."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from travelsec.card.content import Card
from travelsec.problems import UserError, allowed

# Each module has `render(card)`. By name, so that the text does not wait for jinja2.
FORMATS = {
    "html": "travelsec.card.html",
    "md": "travelsec.card.markdown",
    "txt": "travelsec.card.text",
    "pdf": "travelsec.card.pdf",
}


def render(name: str, card: Card) -> bytes:
    """Return the card in the format of this name, one of `FORMATS`; text is UTF-8.

    Raises:
        UserError: what makes the format is not installed.
    """
    made: str | bytes = import_module(FORMATS[name]).render(card)
    return made if isinstance(made, bytes) else made.encode()


def choose(name: str | None, output: Path | None) -> str:
    """Return the format: the one named, else that of the file's ending, else plain text.

    Raises:
        UserError: there is no such format, or a PDF has no file to go to.
    """
    if name is not None and name not in FORMATS:
        raise UserError(f"there is no format “{name}”{allowed(FORMATS, name)}")
    if output is None:
        if name == "pdf":
            raise UserError("a PDF goes to a file: add --output card.pdf")
        return name or "txt"
    ending = output.suffix.lower().removeprefix(".")
    if name is None and ending not in FORMATS:
        raise UserError(
            f"{output}: the ending of the file names no format{allowed(FORMATS, ending or None)}"
        )
    return name or ending
