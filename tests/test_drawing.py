"""What a document looks like on a colour terminal, where it differs from plain lines."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from travelsec.document import Block, Heading, ListItem, Pairs, Paragraph
from travelsec.drawing import AT_ONCE, draw, draw_table
from travelsec.safe_text import line

LONG = " ".join(["A heading that is longer than the window"] * 3)


class Stream(io.StringIO):
    """Keeps the parts in which a text is written."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def write(self, text: str) -> int:
        """Write a part."""
        self.parts.append(text)
        return super().write(text)


def drawn(*blocks: Block, width: int = 40) -> list[str]:
    """Return the lines of a document, without colour."""
    stream = io.StringIO()
    draw(blocks, stream, width, whole_words=False)
    return [row.rstrip() for row in stream.getvalue().splitlines()]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_long_heading_is_wrapped_whole(level: int) -> None:
    assert " ".join(drawn(Heading(level, LONG))).casefold() == LONG.casefold()


def test_items_of_several_lines_are_set_apart() -> None:
    """Those of one line stay together."""
    one, two = ListItem(None, "One", "plain", ("a",)), ListItem(None, "Two", "plain", ("a", "b"))
    assert drawn(one, one, Paragraph("End.")) == ["  - One", "    a"] * 2 + ["End."]
    rows = ["  - One", "    a", "", "  - Two", "    a", "    b", "", "End."]
    assert drawn(one, two, Paragraph("End.")) == rows


def test_names_and_values_stand_in_columns_unless_a_name_is_long() -> None:
    """A question has its own mark; below a long one there would be no room for the answer."""
    assert drawn(Pairs((("From", "Bath"), ("Why?", "Work")))) == ["From:  Bath", "Why?   Work"]
    question = "Which day do you come back home?"
    assert drawn(Pairs(((question, "Friday"), ("Why?", "Work")))) == [
        f"{question} Friday",
        "Why? Work",
    ]


def test_the_names_of_an_item_are_aligned_below_it() -> None:
    item = ListItem(None, "Desk", "strong", ("Ask.",), (("E-mail", "a@b"), ("Telephone", "1")))
    assert drawn(item) == ["  - Desk", "    E-mail:     a@b", "    Telephone:  1", "    Ask."]


def test_a_plain_table_has_no_lines() -> None:
    """What a pipe gets is text in columns."""
    rows: list[list[str | Paragraph]] = [[Paragraph("ready", "good"), "3"]]
    shown = {}
    for plain in (True, False):
        stream = io.StringIO()
        draw_table(("How", "Open"), rows, stream, 40, plain=plain)
        shown[plain] = [row.split() for row in stream.getvalue().splitlines()]
    assert shown[True] == [["How", "Open"], ["ready", "3"]]
    assert [shown[False][0], shown[False][-1]] == shown[True]
    assert len(shown[False]) == 3


def test_the_first_rows_of_a_long_table_do_not_wait_for_the_last() -> None:
    """They are written a few at a time, and stand as if they were written at once."""
    stream = Stream()
    rows_drawn = [(f"{number}", "row") for number in range(3 * AT_ONCE)]
    draw_table(("", ""), rows_drawn, stream, 40, plain=True)
    assert [part.count("\n") for part in stream.parts] == [AT_ONCE] * 3
    rows = [row.split() for row in stream.getvalue().splitlines()]
    assert rows == [[f"{number}", "row"] for number in range(3 * AT_ONCE)]


@given(rows=st.lists(st.tuples(*[st.text("aö日 ", max_size=8)] * 3), min_size=1, max_size=5))
def test_the_columns_of_a_table_that_fits_are_two_apart(rows: list[tuple[str, ...]]) -> None:
    """Each cell begins below its heading, however wide its characters are."""
    columns = ("How", "Musts open", "")
    stream = io.StringIO()
    draw_table(columns, rows, stream, 80, plain=True)
    cells = [[line(cell) for cell in row] for row in (columns, *rows)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    shown = stream.getvalue().split("\n")[:-1]
    for text, row in zip(shown, cells, strict=True):
        padded = [
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ]
        assert text.rstrip() == "  ".join(padded).rstrip()
