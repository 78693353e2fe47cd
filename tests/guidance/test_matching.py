"""Statements and sections of a page, found again in its revision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.growth import TIMES, assert_in_proportion
from tests.guidance.pages import (
    OLD,
    Item,
    Page,
    Section,
    changes,
    compare,
    lay_out,
    revised,
    stored,
    told,
)
from travelsec.guidance.page import index
from travelsec.guidance.revision import revise, words_of


def test_swapped_neighbours_are_one_move_within_the_section() -> None:
    """Order counts, but the path stays."""
    revision = revised(
        ("- Leave the bicycle unlocked.\n- Ride without", "- Ride without"),
        ("without a lamp.", "without a lamp.\n- Leave the bicycle unlocked."),
    )
    [change] = revision.statements
    assert change.change == "moved"
    assert change.path == change.new_path
    assert not change.needs_work


def test_a_split_section_keeps_what_stays_under_its_heading() -> None:
    """The statements under the new heading have moved."""
    revision = revised(("If you are at", "## At the station\n\nIf you are at"))
    assert told(revision) == [
        ("moved", "page/on-the-road/own-2-2", "page/at-the-station/own-2-2"),
        ("moved", "page/on-the-road/own-2-3", "page/at-the-station/own-2-3"),
    ]


def test_a_statement_that_became_two_is_not_guessed_at() -> None:
    """Without the old words, it could be either of them."""
    revision = revised(("Check both brakes.", "Check the front brake. Check the bell."))
    assert sorted(changes(revision)) == ["added", "added", "removed"]


def test_old_words_find_what_places_cannot() -> None:
    """The most similar statement is the changed one, even if it has moved."""
    new = OLD.replace("Check both brakes.", "Check the bell. Check the front brakes.")
    known, words = stored(OLD), words_of(stored(OLD), index(OLD))
    revision = revise(known, index(new), words)
    assert sorted(told(revision), key=str) == [
        ("added", None, "page/before-you-ride/check-bell"),
        ("changed", "page/before-you-ride/own-1-0", "page/before-you-ride/own-1-0"),
    ]
    new = OLD.replace(" A soft tyre bends the rim.", "").replace(
        "## Help\n", "## Help\n\nA soft tyre bends any rim.\n"
    )
    assert told(revise(known, index(new), words)) == [
        ("changed", "page/before-you-ride/own-1-2", "page/help/own-1-2")
    ]


def test_old_words_find_a_section_whose_heading_and_statements_are_new() -> None:
    """By fingerprints alone, it is a new section."""
    new = OLD.replace("## On the road", "## Under way").replace("Leave the", "Leave a")
    new = new.replace("Ride without a", "Ride without any").replace("Use the", "Use a")
    new = new.replace("Take the saddle", "Take any saddle")
    known = stored(OLD)
    revision = revise(known, index(new), words_of(known, index(OLD)))
    assert changes(revision) == ["changed"] * 4
    assert [(one.change, one.id) for one in revision.sections] == [("renamed", "on-the-road")]
    assert sorted(changes(revise(known, index(new)))) == ["added"] * 4 + ["removed"] * 4


def test_equal_statements_move_within_their_own_sections() -> None:
    """Each stays in its section, although the new page has the other first."""
    old = "# A\n\nSame. One. Two.\n\n# B\n\nSame. Three. Four.\n"
    new = "# B\n\nThree. Four. Same.\n\n# A\n\nOne. Two. Same.\n"
    assert told(compare(old, new)) == [
        ("moved", "page/b/own-1-0", "page/b/own-1-0"),
        ("moved", "page/a/own-0-0", "page/a/own-0-0"),
    ]


def test_headings_that_come_twice_keep_their_sections() -> None:
    """Another “Notes” in front does not take the id of the old one."""
    old = "# Notes\n\nOne. Two.\n\n# Rest\n\nThree.\n"
    new = "# Notes\n\nFour.\n\n# Notes\n\nOne. Two.\n\n# Rest\n\nThree.\n"
    revision = compare(old, new)
    assert told(revision) == [("added", None, "page/notes-2/four")]
    assert [(one.change, one.id) for one in revision.sections] == [("added", "notes-2")]


def many(number: int, text: str = "Keep thing {} safe.") -> Page:
    return [
        Section(f"Part {part}", [Item([text.format(part * 1000 + n) for n in range(150)])])
        for part in range(number)
    ]


def same(number: int, text: str) -> Page:
    return [Section("Same", [Item([text])])] * number


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (many, many),
        (many, lambda n: many(n, "Drop thing {} now.")),
        (many, lambda n: many(n)[::-1]),
        (lambda n: many(n, "Again."), lambda n: many(n, "Again.")[n // 5 :]),
        (lambda n: many(n, "Again."), lambda n: many(n, "Again. Then.")),
        (lambda n: same(60 * n, "Once."), lambda n: same(60 * n, "Twice.")),
    ],
    ids=["equal", "all-changed", "reversed", "all-alike", "doubled", "same-headings"],
)
def test_large_pages_are_compared_in_proportion(
    old: Callable[[int], Page], new: Callable[[int], Page]
) -> None:
    """No comparison grows with the square of the page."""

    def made(number: int) -> Any:
        before, after = stored(lay_out(old(number))), index(lay_out(new(number)))
        return before, after, words_of(before, index(lay_out(old(number))))

    def compare_twice(pages: Any) -> None:
        before, after, words = pages
        revise(before, after, words)
        revise(before, after)

    assert_in_proportion(compare_twice, made(1), made(TIMES))
