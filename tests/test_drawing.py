"""What a document looks like on a colour terminal, where it differs from plain lines."""

from __future__ import annotations

import itertools
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from travelsec.document import Block, Heading, ListItem, Pairs, Paragraph, text_lines
from travelsec.drawing import document_lines, table_lines
from travelsec.safe_text import line

LONG = " ".join(["A heading that is longer than the window"] * 3)

WORDS = st.text("aö日☰❤\ufe0f\u0301\x07 ", max_size=30)
BLOCKS = st.one_of(
    st.builds(Heading, st.integers(1, 3), WORDS),
    st.builds(Paragraph, WORDS, st.sampled_from(("plain", "quiet", "good", "bad"))),
    st.builds(Pairs, st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3).map(tuple)),
    st.builds(
        ListItem,
        st.sampled_from((None, True, False)),
        WORDS,
        st.sampled_from(("plain", "attention")),
        st.lists(WORDS, max_size=2).map(tuple),
        st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
    ),
)


def without_colour(rows: Iterable[str]) -> list[str]:
    """Return lines without their escape sequences."""
    return [re.sub(r"\x1b\[[\d;]*m", "", row) for row in rows]


def drawn(*blocks: Block, width: int = 40) -> list[str]:
    """Return the lines of a document, without colour."""
    rows = without_colour(document_lines(blocks, width, whole_words=False))
    return [row.rstrip() for row in rows]


def table(
    *rows: Sequence[str | Paragraph], columns: Sequence[str], width: int, plain: bool = True
) -> list[str]:
    """Return the lines of a table, without colour."""
    return without_colour(table_lines(columns, rows, width, plain=plain))


def letters(texts: Iterable[str]) -> Counter[str]:
    """Count the letters of texts."""
    return Counter(letter for text in texts for letter in text if letter.isalpha())


@given(blocks=st.lists(BLOCKS, max_size=4), width=st.integers(20, 60))
def test_no_line_is_wider_than_the_window_and_no_letter_is_lost(
    blocks: list[Block], width: int
) -> None:
    rows = drawn(*blocks, width=width)
    assert all(cell_len(row) <= width for row in rows)
    plain = letters(text.lower() for text, _ in text_lines(blocks, width))
    assert letters(map(str.lower, rows)) == plain


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


def test_long_values_make_way_for_their_names() -> None:
    """However narrow their column is."""
    assert drawn(Pairs((("n" * 24, "A value of several words"),))) == [
        f"{'n' * 24}:  A value of",
        f"{' ' * 27}several words",
    ]


@pytest.mark.parametrize(
    ("term", "colorterm", "has_fill"),
    [
        ("xterm-256color", "", True),
        ("xterm-kitty", "", True),
        ("alacritty", "truecolor", True),
        ("xterm", "", False),
        ("linux", "1", False),
    ],
)
def test_colours_are_those_that_no_theme_changes_or_none(
    monkeypatch: pytest.MonkeyPatch, term: str, colorterm: str, has_fill: bool
) -> None:
    """Of only 16 colours, each is the theme's."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", colorterm)
    style = "1;38;5;231;48;5;28" if has_fill else "1;7"
    rows = document_lines([Paragraph("Ready", "good")], 20, whole_words=False)
    assert list(rows) == [f"\x1b[{style}m Ready{' ' * 14}\x1b[0m"]


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
    for rows in (
        table((f"{hidden}end",), columns=("",), width=60),
        drawn(Pairs((("Name", f"{hidden}end"),)), width=60),
    ):
        assert "".join(rows).count("<") == 400
        assert rows[-1].endswith("end")


@given(rows=st.lists(st.tuples(*[WORDS] * 3), min_size=1, max_size=4), width=st.integers(16, 60))
def test_a_table_never_is_wider_than_the_window_and_loses_no_letter(
    rows: list[tuple[str, ...]], width: int
) -> None:
    columns = ("How", "Musts\nopen", "")
    for plain in (True, False):
        shown = table(*rows, columns=columns, width=width, plain=plain)
        assert all(cell_len(text) <= width for text in shown)
        assert letters(shown) == letters(map(line, (*columns, *itertools.chain(*rows))))


@given(rows=st.lists(st.tuples(*[st.text("aö日 ", max_size=8)] * 3), min_size=1, max_size=5))
def test_the_columns_of_a_table_that_fits_are_two_apart(rows: list[tuple[str, ...]]) -> None:
    """Each cell begins below its heading, however wide its characters are."""
    columns = ("How", "Musts open", "")
    cells = [[line(cell) for cell in row] for row in (columns, *rows)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    shown = table(*rows, columns=columns, width=80)
    for text, row in zip(shown, cells, strict=True):
        padded = [
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ]
        assert text.rstrip() == "  ".join(padded).rstrip()
