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


def test_neighbours_moved_to_the_front_leave_reworded_statements_their_ids() -> None:
    """The three that stay in order count more than the two that stay together."""
    moved = "- Tell your manager.\n- Switch off wireless networks.\n"
    stay = (
        "- Keep your phone with you.\n"
        "- Lock the screen before you walk away.\n"
        "- Use your own charger.\n"
        "- Carry papers in a locked bag.\n"
        "- Report a loss within the hour.\n"
    )
    reworded = stay.replace("before you", "each time you").replace("locked bag", "locked case")
    revision = compare(f"# A\n\n{stay}{moved}", f"# A\n\n{moved}{reworded}")
    assert changes(revision) == ["moved", "moved", "changed", "changed"]


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


def test_the_most_similar_statement_is_the_changed_one() -> None:
    """Its words are in the same place, whatever stands between it and its neighbours."""
    revision = revised(("A soft tyre bends the rim.", "Ask for help. A soft tyre bends any rim."))
    assert told(revision) == [
        ("added", None, "page/before-you-ride/ask-help"),
        ("changed", "page/before-you-ride/own-1-2", "page/before-you-ride/own-1-2"),
    ]


def test_similar_words_in_another_section_are_other_words() -> None:
    """Either the words are the same, or the place and most of the words."""
    revision = revised(
        (" A soft tyre bends the rim.", ""),
        ("## Help\n", "## Help\n\nA soft tyre bends any rim.\n"),
    )
    assert told(revision) == [
        ("added", None, "page/help/soft-tyre-bends-rim"),
        ("removed", "page/before-you-ride/own-1-2", None),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Check both brakes.", "Sell the bell."),
        ("Check both brakes.", "…"),
        ("- Tel: 020 7946 0018", "- Tel: [the desk](mailto:desk@bicycles.example)"),
        ("- Tel: 020 7946 0018", "- Tel: 0800 123 4567"),
        ("Read this before you take one.", "This is from the office."),
    ],
)
def test_unrelated_statements_in_the_same_place_are_not_one(old: str, new: str) -> None:
    """No id goes to other words, although only these two are left between their neighbours."""
    revision = revised((old, new))
    assert sorted(changes(revision)) == ["added", "removed"]
    gone = next(one.path for one in revision.statements if one.change == "removed")
    assert gone not in dict(revision.index.statements())


def test_four_lines_of_contacts_are_not_paired_by_position() -> None:
    """Nothing but the place says which is which."""
    names = ("HMPPS", "OSC", "CICA", "LAA")
    mail = "\n".join(f"- {one}: {one}@justice.example" for one in names)
    phones = "\n".join(f"- Tel: 020 7946 001{n}" for n in range(4))
    others = "\n".join(f"- Tel: 020 7946 002{n}" for n in range(4))
    for old, new in ((mail, phones), (phones, mail), (phones, others)):
        revision = compare(f"# A\n\n{old}\n", f"# A\n\n{new}\n")
        assert sorted(changes(revision)) == ["added"] * 4 + ["removed"] * 4


def test_most_words_find_a_section_whose_heading_and_statements_are_new() -> None:
    """Each of its statements is a little different."""
    new = OLD.replace("## On the road", "## Under way").replace("Leave the", "Leave a")
    new = new.replace("Ride without a", "Ride without any").replace("Use the", "Use a")
    new = new.replace("Take the saddle", "Take any saddle")
    revision = revise(stored(OLD), index(new))
    assert changes(revision) == ["changed"] * 4
    assert [(one.change, one.id) for one in revision.sections] == [("renamed", "on-the-road")]


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
