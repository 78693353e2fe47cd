"""Documents are wrapped to the window and readable at every width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import width as columns_of

from tests.hostile import texts
from travelsec.document import (
    MAX_WIDTH,
    Block,
    Heading,
    ListItem,
    Pairs,
    Paragraph,
    display_width,
    text_lines,
    wrap,
)

SENTENCE = "Take off each device the files you will not need on this trip."


def texts_of(*blocks: Block, width: int = 80) -> list[str]:
    """Return the lines without their tones."""
    return [text for text, _ in text_lines(blocks, width)]


def test_a_document_is_laid_out_to_be_read() -> None:
    """Headings stand apart, values follow their names, and an item's texts are below it."""
    blocks: list[Block] = [
        Heading(1, "Travel security"),
        Paragraph("Ready.", "good"),
        Paragraph("Nothing waived."),
        Pairs((("Dates", "Tue 1 December 2026"), ("Where are you going?", "Lisbon"))),
        Heading(2, "Open (3)"),
        Heading(3, "Must (2)"),
        ListItem(False, "Clear files", "bad", ("Why: less is exposed.",)),
        ListItem(True, "Lock it", "plain"),
        ListItem(None, "No hotel safe", "quiet"),
        Paragraph("Made by hand."),
    ]
    assert texts_of(*blocks) == [
        "Travel security",
        "",
        "Ready.",
        "Nothing waived.",
        "",
        "Dates: Tue 1 December 2026",
        "Where are you going? Lisbon",
        "",
        "OPEN (3)",
        "",
        "Must (2)",
        "[ ] Clear files",
        "    Why: less is exposed.",
        "[x] Lock it",
        "  - No hotel safe",
        "Made by hand.",
    ]


def test_every_line_of_a_block_has_its_tone() -> None:
    """Headings have none, and the lines below an item are plain: they may be what is needed."""
    blocks: list[Block] = [
        Heading(1, "a"),
        Paragraph("b", "good"),
        ListItem(True, "c " * 50, "bad", ("d",)),
    ]
    tones = [tone for text, tone in text_lines(blocks, 60) if text]
    assert tones == [None, "good", "bad", "bad", "plain"]


def test_wrapped_lines_are_aligned_with_the_text() -> None:
    """Not with the box."""
    block = ListItem(False, SENTENCE, "plain", (SENTENCE,))
    assert texts_of(block, width=40) == [
        "[ ] Take off each device the files you",
        "    will not need on this trip.",
        "    Take off each device the files you",
        "    will not need on this trip.",
    ]
    assert texts_of(Pairs((("Reason", SENTENCE),)), width=40)[1].startswith("  ")


@pytest.mark.parametrize("width", [20, 60, 200])
def test_lines_fill_the_window(width: int) -> None:
    """Up to 100 columns, and no line is longer."""
    blocks: list[Block] = [
        Heading(1, SENTENCE * 3),
        Heading(2, SENTENCE * 3),
        Paragraph(SENTENCE * 4),
        Pairs(((SENTENCE, SENTENCE * 3),)),
        ListItem(True, SENTENCE * 3, "plain", (SENTENCE * 3,)),
    ]
    found = texts_of(*blocks, width=width)
    widest = max(map(len, found))
    assert min(width, MAX_WIDTH) - 8 <= widest <= min(width, MAX_WIDTH)
    assert "".join(" ".join(found).split()).count("willnotneed") == 3 + 4 + 1 + 3 + 3 + 3


def test_the_least_width_is_20_columns() -> None:
    """In a narrower window, words would be broken into letters."""
    assert texts_of(Paragraph(SENTENCE), width=1) == texts_of(Paragraph(SENTENCE), width=20)


def test_wide_characters_count_as_two_columns() -> None:
    """A line of Chinese is as wide as the window, not twice as wide."""
    found = texts_of(ListItem(False, "中" * 60, "plain"), width=41)
    assert "".join(found).replace(" ", "").removeprefix("[]") == "中" * 60
    assert all(38 <= columns_of(text) <= 41 for text in found[:-1])


def test_a_broken_word_of_wide_characters_leaves_no_empty_line() -> None:
    assert wrap("日本語日本", 4) == ["日本", "語日", "本"]
    assert wrap("日本語日本", 5) == ["日本", "語日", "本"]
    assert wrap("a日本語", 2) == ["a", "日", "本", "語"]
    assert wrap("日本", 1) == ["日", "本"]


def test_a_mark_takes_no_column_and_stays_with_its_letter() -> None:
    assert wrap("e\u0301" * 5, 3) == ["e\u0301" * 3, "e\u0301" * 2]
    assert wrap("❤\ufe0f" * 3, 4) == ["❤\ufe0f" * 2, "❤\ufe0f"]
    assert wrap("❤\ufe0f" * 2, 3) == ["❤\ufe0f"] * 2


def test_spaces_at_the_beginning_are_dropped_before_a_line_gets_too_long() -> None:
    assert wrap("  abcd efg", 8, indent=4) == ["    abcd", "efg"]
    assert wrap(f"  {'x' * 9}", 10, whole_words=True) == ["x" * 9]
    assert wrap("  a", 8, indent=4) == ["      a"]


def test_a_line_has_at_least_one_character() -> None:
    """A window without room for any still shows the text."""
    assert wrap("ab c", -1) == ["a", "b", "c"]
    assert wrap("\ufe0f日", 0) == ["\ufe0f", "日"]


@pytest.mark.parametrize("text", ["a", "é ‘x’ – …", "日本", "❤\ufe0f", "ไทย", "☰", "e\u0301"])
def test_a_text_is_as_wide_as_its_characters(text: str) -> None:
    """Also where the widths of all characters are not loaded."""
    assert display_width(text) == columns_of(text)


def test_an_empty_paragraph_is_an_empty_line() -> None:
    """It sets parts of a document apart; nothing else gives two empty lines."""
    assert texts_of(Paragraph("a"), Paragraph(" "), Paragraph("b")) == ["a", "", "b"]


def test_a_document_without_blocks_has_no_lines() -> None:
    """Not even an empty one."""
    assert texts_of() == []


@given(texts(), st.integers(20, 120))
def test_hostile_texts_break_no_line(text: str, width: int) -> None:
    """In every block each line stays one visible line no wider than the window."""
    blocks: list[Block] = [
        Heading(2, text),
        Paragraph(text),
        Pairs(((text, text),)),
        ListItem(False, text, "bad", (text,)),
    ]
    for found in texts_of(*blocks, width=width):
        assert len(found.splitlines()) <= 1
        assert "\x00" not in found
        assert columns_of(found) <= min(width, MAX_WIDTH)


@given(texts())
def test_a_text_cannot_pose_as_another_item(text: str) -> None:
    """Only the first line of an item begins at the margin."""
    found = texts_of(ListItem(False, text, "bad", (text, text)), width=40)
    assert found[0].startswith("[ ]")
    assert all(line.startswith("    ") or not line for line in found[1:])
