"""Faults as people read them: the place, what is wrong, and what is allowed."""

from __future__ import annotations

import pytest

from travelsec.problems import (
    MAX_GUESSES,
    InputError,
    Place,
    Problem,
    allowed,
    brief,
    closest_word,
    few_guesses,
)


def test_a_fault_reads_as_file_line_column_text() -> None:
    """Editors and terminals turn that into a link."""
    assert str(Problem(Place("a.yaml", 3, 14), "is wrong")) == "a.yaml:3:14: is wrong"
    assert str(Problem(Place("--set x=1"), "is wrong")) == "--set x=1: is wrong"


def test_the_message_has_one_line_for_each_fault() -> None:
    """A line break in a file name or a wrong word begins no new one."""
    error = InputError([Problem(Place("a\nb"), "“c\nd”"), Problem(Place("e"), "f")])
    assert str(error) == "a b: “c d”\ne: f"
    assert len(error.problems) == 2


@pytest.mark.parametrize(
    ("words", "wrong", "hint"),
    [
        (["done", "todo"], None, " (allowed: done, todo)"),
        (["done", "todo"], "dome", " (allowed: done, todo; did you mean done?)"),
        (["done", "todo"], "x", " (allowed: done, todo)"),
        ([f"word-{n}" for n in range(12)], None, " (allowed: word-0, word-1, "),
        ([f"word-{n}" for n in range(13)], None, ""),
        (["departs", *map(str, range(20))], "depart", " (did you mean departs?)"),
        ([], "x", ""),
    ],
)
def test_a_hint_names_what_is_allowed(words: list[str], wrong: str | None, hint: str) -> None:
    """A long list is left out, but a near miss still gets a suggestion."""
    assert allowed(words, wrong).startswith(hint)
    assert bool(allowed(words, wrong)) == bool(hint)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("home-shared", "home_shared"),
        ("HOME_SHARED", "home_shared"),
        ("overseas.clear-file", "overseas.clear-files"),
        ("pin", "overseas.pin"),
        ("files", "overseas.clear-files"),
        ("clear-pin", None),
        ("", None),
        ("x" * 100_000, None),
    ],
)
def test_nearest_finds_the_closest_word(wrong: str, right: str | None) -> None:
    """Case and hyphens do not matter, and part of a full id is enough."""
    assert closest_word(wrong, ["home_shared", "overseas.clear-files", "overseas.pin"]) == right


def test_guesses_are_limited_within_a_block() -> None:
    """What is allowed is still listed, and the next block starts again."""
    for _ in range(2):
        with few_guesses():
            hints = [allowed(["done", "todo"], "dome") for _ in range(MAX_GUESSES + 5)]
        assert hints[:MAX_GUESSES] == [" (allowed: done, todo; did you mean done?)"] * MAX_GUESSES
        assert hints[MAX_GUESSES:] == [" (allowed: done, todo)"] * 5
    assert "did you mean" in allowed(["done", "todo"], "dome")


def test_an_id_in_two_checklists_gets_no_guess() -> None:
    """It would be wrong half the time."""
    assert closest_word("pin", ["overseas.pin", "working-from-home.pin"]) is None


def test_one_word_of_an_id_finds_it() -> None:
    """Unless another id has that word."""
    situations = ["unlock-request", "lost-or-stolen", "out-of-sight", "suspicious-message"]
    assert closest_word("Stolen", situations) == "lost-or-stolen"
    assert closest_word("of", [*situations, "out-of-reach"]) is None


def test_a_long_text_is_cut_with_a_mark() -> None:
    """A text that fits stays whole."""
    assert brief("x" * 60) == "x" * 60
    assert brief("x" * 61) == "x" * 59 + "…"
