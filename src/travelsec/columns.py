"""Lay out a table in columns for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from travelsec.document import Paragraph, display_width, wrap
from travelsec.safe_text import line
from travelsec.tones import BOLD, DIM, style_of, styled

_GAP = "  "
"""Between two columns."""

TableCell = str | Paragraph


def table_lines(
    columns: Sequence[str], rows: Iterable[Sequence[TableCell]], width: int, *, plain: bool
) -> Iterator[str]:
    """Yield the lines of a table as wide as its cells need, up to `width`; long cells are wrapped.

    Cells with a tone are filled with its colour, unless all is to be plain. If no column has a
    name, the table has no header.
    """
    cells = [[_text_and_style(cell, plain=plain) for cell in row] for row in rows]
    heads = [name.split("\n") for name in columns]
    needed = [
        max(display_width(line(text)) for text in (*head, *(text for text, _ in column)))
        for head, *column in zip(heads, *cells, strict=True)
    ]
    widths = _narrowed(needed, width - len(_GAP) * (len(needed) - 1))
    if any(columns):
        names = [
            [row for part in head for row in _folded(part, room)]
            for head, room in zip(heads, widths, strict=True)
        ]
        height = max(map(len, names))
        # Short names stand at the bottom, next to their columns.
        names = [[""] * (height - len(rows_of_one)) + rows_of_one for rows_of_one in names]
        yield from _row_lines(names, ["" if plain else BOLD] * len(names), widths)
        if not plain:
            yield styled("─" * (sum(widths) + len(_GAP) * (len(widths) - 1)), DIM)
    for row in cells:
        folded = [_folded(text, room) for (text, _), room in zip(row, widths, strict=True)]
        yield from _row_lines(folded, [style for _, style in row], widths)


def named_values(names: Sequence[str], values: Iterable[str], width: int) -> Iterator[str]:
    """Yield the lines of names, which are safe, with values beside them; only these are wrapped."""
    widest = max(map(display_width, names))
    room = width - widest - len(_GAP)
    for name, value in zip(names, values, strict=True):
        yield from _row_lines([[name], _folded(value, room)], ("", ""), (widest, room))


def _narrowed(widths: Sequence[int], room: int) -> list[int]:
    """Return the widths of columns that fit into this room: the widest make way."""
    narrowed = list(widths)
    while sum(narrowed) > room and (widest := max(narrowed)) > 1:
        narrowed[narrowed.index(widest)] -= 1
    return narrowed


def _folded(text: str, width: int) -> list[str]:
    safe = line(text)
    return [safe] if display_width(safe) <= width else wrap(text, width)


def _row_lines(
    cells: Iterable[Sequence[str]], styles: Sequence[str], widths: Sequence[int]
) -> Iterator[str]:
    """Yield the lines of a row; only the words of a cell have its style."""
    for texts in zip_longest(*cells, fillvalue=""):
        padded = (
            styled(text, style) + spaces(text, width)
            for text, style, width in zip(texts, styles, widths, strict=True)
        )
        yield _GAP.join(padded).rstrip()


def _text_and_style(cell: TableCell, *, plain: bool) -> tuple[str, str]:
    if isinstance(cell, str):
        return cell, ""
    return cell.text, "" if plain else style_of(cell.tone)


def spaces(text: str, width: int) -> str:
    """Return the spaces that fill the rest of this width after a text."""
    return " " * (width - display_width(text))
