"""Tables in columns, as wide as their cells need and no wider than the window."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import width as columns_of

from tests.drawn import WORDS, letters, without_colour
from travelsec.columns import table_lines
from travelsec.document import Paragraph
from travelsec.safe_text import line


def table(
    *rows: Sequence[str | Paragraph], columns: Sequence[str], width: int, plain: bool = True
) -> list[str]:
    """Return the lines of a table, without colour."""
    return without_colour(table_lines(columns, rows, width, plain=plain))


@pytest.mark.usefixtures("_of_16_colours")
def test_the_names_of_columns_are_bold_and_cells_have_their_tone() -> None:
    """Only the words, not the space around them."""
    rows = [(Paragraph("not ready", "bad"), Paragraph("", "strong"), Paragraph("b", "strong"))]
    columns = ("How", "Open", "")
    assert list(table_lines(columns, rows, 40, plain=False)) == [
        "\x1b[1mHow\x1b[0m        \x1b[1mOpen\x1b[0m",
        "\x1b[2m──────────────────\x1b[0m",
        "\x1b[1;7mnot ready\x1b[0m        \x1b[1mb\x1b[0m",
    ]
    assert list(table_lines(columns, rows, 40, plain=True)) == [
        "How        Open",
        "not ready        b",
    ]


def test_a_table_that_cannot_fit_has_columns_of_one_character() -> None:
    rows = table(("ab", "cd"), ("", "e"), columns=("", ""), width=1)
    assert rows == ["a  c", "b  d", "   e"]


def test_a_plain_table_has_no_lines() -> None:
    """What a pipe gets is text in columns."""
    row, columns = (Paragraph("ready", "good"), "3"), ("How", "Open")
    assert table(row, columns=columns, width=40) == ["How    Open", "ready  3"]
    assert table(row, columns=columns, width=40, plain=False) == [
        "How    Open",
        "─" * 11,
        "ready  3",
    ]


def test_a_short_name_of_a_column_stands_next_to_its_cells() -> None:
    """Below a name of two lines beside it."""
    assert table(("a", "1"), columns=("Who", "Musts\nopen"), width=40) == [
        "     Musts",
        "Who  open",
        "a    1",
    ]


def test_the_widest_column_makes_way() -> None:
    """What is short can be read at a glance, however long the cell beside it is."""
    assert table(
        ("not ready", "a name that goes on and on", "1 Dec"), columns=("", "", ""), width=32
    ) == ["not ready  a name that     1 Dec", "           goes on and on"]


def test_the_end_of_a_long_cell_is_not_lost() -> None:
    """Only its own length counts, not that of what stands for its hidden characters."""
    hidden = "\x07" * 400
    rows = table((f"{hidden}end",), columns=("",), width=60)
    assert "".join(rows).count("<") == 400
    assert rows[-1].endswith("end")


@given(rows=st.lists(st.tuples(*[WORDS] * 3), min_size=1, max_size=4), width=st.integers(16, 60))
def test_a_table_never_is_wider_than_the_window_and_loses_no_letter(
    rows: list[tuple[str, ...]], width: int
) -> None:
    columns = ("How", "Musts\nopen", "")
    for plain in (True, False):
        shown = table(*rows, columns=columns, width=width, plain=plain)
        assert all(columns_of(text) <= width for text in shown)
        assert letters(shown) == letters(map(line, (*columns, *itertools.chain(*rows))))


@given(rows=st.lists(st.tuples(*[st.text("aö日 ", max_size=8)] * 3), min_size=1, max_size=5))
def test_the_columns_of_a_table_that_fits_are_two_apart(rows: list[tuple[str, ...]]) -> None:
    """Each cell begins below its heading, however wide its characters are."""
    columns = ("How", "Musts open", "")
    cells = [[line(cell) for cell in row] for row in (columns, *rows)]
    widths = [max(map(columns_of, column)) for column in zip(*cells, strict=True)]
    shown = table(*rows, columns=columns, width=80)
    for text, row in zip(shown, cells, strict=True):
        padded = [
            cell + " " * (width - columns_of(cell)) for cell, width in zip(row, widths, strict=True)
        ]
        assert text.rstrip() == "  ".join(padded).rstrip()
