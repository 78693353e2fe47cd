"""What a document looks like on a colour terminal, where it differs from plain lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import width as columns_of

from tests.drawn import WORDS, letters, without_colour
from travelsec.document import MAX_WIDTH, Block, Heading, ListItem, Pairs, Paragraph, text_lines
from travelsec.drawing import document_lines

LONG = " ".join(["A heading that is longer than the window"] * 3)

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


def drawn(*blocks: Block, width: int = 40) -> list[str]:
    """Return the lines of a document, without colour."""
    rows = without_colour(document_lines(blocks, width, whole_words=False))
    return [row.rstrip() for row in rows]


@given(blocks=st.lists(BLOCKS, max_size=4), width=st.integers(20, 60))
def test_no_line_is_wider_than_the_window_and_no_letter_is_lost(
    blocks: list[Block], width: int
) -> None:
    rows = drawn(*blocks, width=width)
    assert all(columns_of(row) <= width for row in rows)
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


@pytest.mark.usefixtures("_of_16_colours")
def test_titles_are_bold_and_what_can_be_done_without_is_dim() -> None:
    blocks: list[Block] = [
        *(Heading(1, "a"), Heading(2, "b"), Heading(3, "c")),
        *(Paragraph("d", "strong"), Paragraph("e", "quiet"), Paragraph("f")),
    ]
    rows = [row for row in document_lines(blocks, 8, whole_words=False) if row]
    assert rows == [
        "\x1b[1ma\x1b[0m",
        "\x1b[1mb\x1b[0m \x1b[2m──────\x1b[0m",
        *("\x1b[1mc\x1b[0m", "\x1b[1md\x1b[0m", "\x1b[2me\x1b[0m", "f"),
    ]


@pytest.mark.usefixtures("_of_16_colours")
def test_only_the_mark_of_an_urgent_item_is_filled() -> None:
    """Not what looks like one further on."""
    item = ListItem(False, "Four steps are left: 1. Call", "bad", ("[ ] Why",))
    assert list(document_lines([item], 26, whole_words=False)) == [
        "\x1b[1;7m[ ]\x1b[0m\x1b[1m Four steps are left:\x1b[0m",
        "\x1b[1m    1. Call\x1b[0m",
        "    [ ] Why",
    ]


def test_a_document_is_no_wider_than_can_be_read() -> None:
    """However wide the window is."""
    blocks: list[Block] = [Heading(2, "a"), Paragraph("b", "good"), Pairs((("c", "d " * 200),))]
    assert max(map(len, drawn(*blocks, width=300))) == MAX_WIDTH


@pytest.mark.parametrize(
    ("name", "width", "has_columns"),
    [("n" * 24, 40, True), ("n" * 24, 39, False), ("n" * 25, 80, False)],
)
def test_names_have_a_column_where_values_have_room(
    name: str, width: int, has_columns: bool
) -> None:
    """Also below an item, four columns to the right."""
    rows = ((name, "a"), ("b", "c"))
    end = f"b:{' ' * 25}c" if has_columns else "b: c"
    assert drawn(Pairs(rows), width=width)[-1] == end
    assert drawn(ListItem(None, "d", "plain", (), rows), width=width + 4)[-1] == f"    {end}"


def test_words_are_kept_whole_where_they_are_to_be() -> None:
    """In the head and the body of an item with columns, too."""
    item = ListItem(None, "h" * 60, "plain", ("b" * 60,), (("Name", "value"),))
    rows = list(document_lines([item], 40, whole_words=True))
    assert [row.strip() for row in rows] == ["-", "h" * 60, "Name:  value", "b" * 60]


def test_long_values_make_way_for_their_names() -> None:
    """However narrow their column is."""
    rows = (("n" * 24, "A value of several words"),)
    expected = [f"{'n' * 24}:  A value of", f"{' ' * 27}several words"]
    assert drawn(Pairs(rows)) == expected
    item = ListItem(None, "a", "plain", (), rows)
    assert drawn(item, width=44) == ["  - a", *(f"    {row}" for row in expected)]


def test_a_title_has_a_rule_where_two_columns_are_left_for_it() -> None:
    """Otherwise it is in capitals, as in plain text."""
    assert drawn(Heading(2, "a" * 37)) == [f"{'a' * 37} ──"]
    assert drawn(Heading(2, "a" * 38)) == ["A" * 38]


def test_the_end_of_a_long_value_is_not_lost() -> None:
    """Only its own length counts, not that of what stands for its hidden characters."""
    rows = drawn(Pairs((("Name", "\x07" * 400 + "end"),)), width=60)
    assert "".join(rows).count("<") == 400
    assert rows[-1].endswith("end")


@pytest.mark.usefixtures("_of_16_colours")
def test_a_verdict_is_filled_across_the_window() -> None:
    rows = document_lines([Paragraph("Ready", "good")], 20, whole_words=False)
    assert list(rows) == [f"\x1b[1;7m Ready{' ' * 14}\x1b[0m"]
