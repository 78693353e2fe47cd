"""Visible text, cut into sentences."""

from __future__ import annotations

import pytest

from travelsec.sentences import TextRun, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("He said “Go.” Then left. (All of it. Really.) Done.",
         ["He said “Go.”", "Then left.", "(All of it. Really.)", "Done."]),
        ("Bring food, e.g. Apples, i.e. Fruit etc. Or Mr. Smith, Mrs. Hill, Ms. Lee, Dr. Who.",
         ["Bring food, e.g. Apples, i.e. Fruit etc. Or Mr. Smith, Mrs. Hill, Ms. Lee, Dr. Who."]),
        ("Take bus No. 5 now. Safe? No. Walk.", ["Take bus No. 5 now.", "Safe?", "No.", "Walk."]),
        ("Wait... then go. Version 1.5 is out.", ["Wait... then go.", "Version 1.5 is out."]),
        ("wait. then go! it is approx. 5 miles.", ["wait.", "then go!", "it is approx. 5 miles."]),
        ("Look (see fig. A. There). Left", ["Look (see fig. A. There).", "Left"]),
        ("An open ( bracket. Is harmless.", ["An open ( bracket.", "Is harmless."]),
        ("Room 5. 6 is shut.", ["Room 5.", "6 is shut."]),
        ("Ask me. <mailto:a@b.example> Then go.", ["Ask me. <mailto:a@b.example>", "Then go."]),
    ],
)  # fmt: skip
def test_sentence_ends(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in sentences([TextRun(text, 1)])] == expected


def test_a_sentence_has_its_first_line_and_what_is_outside_links() -> None:
    """A word may go on in the next piece of text."""
    runs = [TextRun("One.\nSee ", 3), TextRun("the map", 4, link=True), TextRun("s. Go.", 4)]
    assert [tuple(sentence) for sentence in sentences(runs)] == [
        ("One.", "One.", 3),
        ("See the maps.", "See  s.", 4),
        ("Go.", "Go.", 4),
    ]
