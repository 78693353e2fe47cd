"""Lists as they are laid out for a window."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from travelsec.interview.list_view import ListView, header_line

FRUIT = {"a": "Apple", "b": "Banana", "c": "Cherry"}


def texts(view: ListView, columns: int = 80, rows: int = 24) -> list[str]:
    """Return the lines without their styles."""
    return [text for _, text in view.lines(columns, rows)]


def test_what_belongs_to_the_option_pointed_at_stands_below_the_list() -> None:
    """The list stays where it is, whichever text is longer."""
    details = {"a": "One.", "b": "One.\nTwo.\nThree.", "c": "One."}
    view = ListView("Which?", FRUIT, keys="keys", details=details, several=True)
    first = texts(view)
    view.move(1)
    second = texts(view)
    assert first == [
        *("? Which?", " » ○ Apple", "   ○ Banana", "   ○ Cherry"),
        *("", "   One.", "", "", "   (keys)"),
    ]
    assert second[4:] == ["", "   One.", "   Two.", "   Three.", "   (keys)"]


def test_what_does_not_fit_is_said_to_be_more() -> None:
    """Options above and below, and the rest of a text."""
    options = {str(number): f"Option {number}" for number in range(30)}
    details = {"15": "\n".join(f"Line {number}" for number in range(30))}
    view = ListView("Which?", options, keys="keys", details=details, at=15)
    shown = texts(view)
    assert len(shown) == 24
    assert "   ↑ more above" in shown
    assert "   ↓ more below" in shown
    assert " » Option 15" in shown
    assert shown[-2:] == ["   … ? shows the rest.", "   (keys)"]


def test_an_explanation_stands_instead_of_the_list_and_scrolls() -> None:
    """As far as it goes, and back to the list."""
    view = ListView("Which?", FRUIT, keys="keys")
    view.explain("\n".join(f"Line {number}" for number in range(40)))
    assert "   Line 0" in texts(view)
    assert "Apple" not in "".join(texts(view))
    for _ in range(100):
        view.move(1)
    assert "   Line 39" in texts(view)
    view.explain("")
    assert " » Apple" in texts(view)


@pytest.mark.parametrize(
    ("typed", "at", "ticked"),
    [
        ("b", 1, ()),
        ("ch", 2, ()),
        ("x", 0, ()),
        ("bx", 1, ()),
        ("bc", 2, ()),
        ("all", 0, ("a", "b")),
        ("al", 0, ()),
        ("allnone", 0, ("c",)),
    ],
)
def test_letters_point_and_words_tick(typed: str, at: int, ticked: tuple[str, ...]) -> None:
    """“all” spares the option that excludes the others; “none” is that one."""
    view = ListView("Which?", FRUIT, several=True, alone="c")
    for letter in typed:
        view.type(letter)
    assert (view.at, view.answer) == (at, ticked)


def test_all_spares_what_was_set_aside_unless_it_was_ticked_by_hand() -> None:
    """A typed word must not overwrite a reason that the traveller gave."""
    view = ListView("Which?", FRUIT, several=True, set_aside=frozenset({"a", "b"}))
    view.toggle()
    for letter in "all":
        view.type(letter)
    assert view.answer == ("a", "c")


@given(
    st.lists(st.text("ab \u3042", min_size=1, max_size=120), min_size=1, max_size=40),
    st.text("ab \n", max_size=2000),
    st.integers(30, 200),
    st.integers(8, 60),
    st.data(),
)
@settings(deadline=None, max_examples=examples(60))
def test_it_fits_any_window_and_shows_the_option_pointed_at(
    labels: list[str], detail: str, columns: int, rows: int, data: st.DataObject
) -> None:
    """Neither too wide nor too high, whatever the texts."""
    options = {str(number): f"{number}{label}" for number, label in enumerate(labels)}
    at = data.draw(st.integers(0, len(labels) - 1))
    details = {str(at): detail}
    view = ListView("Which?", options, keys="keys", details=details, several=True, at=at)
    shown = texts(view, columns, rows)
    assert all(len(text) < columns for text in shown)
    assert len(shown) <= rows
    assert any(text.startswith(f" » ○ {at}") for text in shown)
    assert shown[-1] == "   (keys)"


@pytest.mark.parametrize(
    ("left", "right", "width", "bar"),
    [
        ("Lisbon", "section 1 of 7", 30, " Lisbon        section 1 of 7 "),
        ("Lisbon, in 2 days", "section 1 of 7", 30, " Lisbon, in …  section 1 of 7 "),
        ("東京", "section 1 of 7", 24, " 東京    section 1 of 7 "),
        ("東京, in 2 days", "section 1 of 7", 22, " 東…   section 1 of 7 "),
        ("Lisbon", "section 1 of 7", 12, " section 1 o"),
        ("Lisbon", "", 10, " Lisbon   "),
    ],
)
def test_a_header_is_a_bar_and_the_trip_gives_way(
    left: str, right: str, width: int, bar: str
) -> None:
    """It never needs a second line, whatever the name of the trip."""
    assert list(header_line((left, right), width)) == [("class:header", bar)]


def test_without_a_trip_there_is_no_header() -> None:
    assert list(header_line(("", ""), 80)) == []
