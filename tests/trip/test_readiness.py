"""The verdict follows from the statuses by the rules of the contract, and from nothing else."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travelsec.pack.model import LEVELS, Level
from travelsec.trip.readiness import Verdict, assess
from travelsec.trip.statuses import StatusWord

Judged = tuple[str, Level, StatusWord]

WORDS: tuple[StatusWord, ...] = get_args(StatusWord)
OPEN = ("todo", "declined", "unanswered")
ORDER: tuple[Verdict, ...] = ("not-ready", "ready-with-actions", "ready")


def item(name: str, level: Level, word: StatusWord) -> Judged:
    """Return an item with a status."""
    return name, level, word


@st.composite
def items(draw: st.DrawFn) -> list[Judged]:
    """Draw items with ids of their own, of every level and status."""
    pairs = draw(st.lists(st.tuples(st.sampled_from(LEVELS), st.sampled_from(WORDS)), max_size=12))
    return [item(f"list.item-{n}", level, word) for n, (level, word) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("level", "word", "verdict"),
    [
        ("must", "done", "ready"),
        ("must", "todo", "not-ready"),
        ("must", "not-applicable", "ready"),
        ("must", "declined", "not-ready"),
        ("must", "unanswered", "not-ready"),
        ("should", "done", "ready"),
        ("should", "todo", "ready-with-actions"),
        ("should", "not-applicable", "ready"),
        ("should", "declined", "ready-with-actions"),
        ("should", "unanswered", "ready-with-actions"),
        ("consider", "done", "ready"),
        ("consider", "todo", "ready-with-actions"),
        ("consider", "not-applicable", "ready"),
        ("consider", "declined", "ready-with-actions"),
        ("consider", "unanswered", "ready-with-actions"),
    ],
)
def test_one_item_makes_the_verdict(level: Level, word: StatusWord, verdict: Verdict) -> None:
    """Each level with each status, on its own."""
    assert assess([item("a.b", level, word)]).verdict == verdict


def test_nothing_to_judge_is_ready() -> None:
    """A trip to which no item applies has nothing open."""
    found = assess([])
    assert (found.verdict, found.open, found.waived) == ("ready", (), ())
    assert set(found.counts.values()) == {0}


@given(items())
def test_the_verdict_is_that_of_what_is_open(judged: list[Judged]) -> None:
    """A must that is open makes it not ready; else anything open makes it ready with actions."""
    still_open = [(name, level) for name, level, status in judged if status in OPEN]
    found = assess(judged)
    assert found.open == tuple(name for name, _ in still_open)
    if any(level == "must" for _, level in still_open):
        assert found.verdict == "not-ready"
    elif still_open:
        assert found.verdict == "ready-with-actions"
    else:
        assert found.verdict == "ready"


@given(items())
def test_waived_are_the_musts_said_not_to_apply(judged: list[Judged]) -> None:
    """They are not open, and are always listed."""
    found = assess(judged)
    assert found.waived == tuple(
        name for name, level, status in judged if (level, status) == ("must", "not-applicable")
    )
    assert not set(found.waived) & set(found.open)


@given(items())
def test_the_counts_add_up(judged: list[Judged]) -> None:
    """By status they make all items, by level all that are open."""
    counts: dict[str, int] = dict(assess(judged).counts.items())
    assert sum(counts[word] for word in WORDS) == len(judged)
    still_open = sum(counts[word] for word in OPEN)
    assert sum(counts[f"open-{level}"] for level in LEVELS) == still_open
    assert len(counts) == len(WORDS) + len(LEVELS)
    for level in LEVELS:
        of_level = [status in OPEN for _, one, status in judged if one == level]
        assert counts[f"open-{level}"] == sum(of_level)
    for word in WORDS:
        assert counts[word] == sum(status == word for _, _, status in judged)


@given(items(), st.sampled_from(LEVELS))
def test_one_more_item_done_changes_no_verdict(judged: list[Judged], level: Level) -> None:
    """What is done never makes it worse, nor hides what is open."""
    more = assess([*judged, item("more.done", level, "done")])
    assert more.verdict == assess(judged).verdict
    assert more.open == assess(judged).open


@given(items(), st.data())
def test_doing_an_item_never_makes_it_worse(judged: list[Judged], data: st.DataObject) -> None:
    """The verdict stays or gets better when an item becomes done."""
    if not judged:
        return
    index = data.draw(st.integers(0, len(judged) - 1))
    name, level, _ = judged[index]
    after = [*judged[:index], item(name, level, "done"), *judged[index + 1 :]]
    assert ORDER.index(assess(after).verdict) >= ORDER.index(assess(judged).verdict)


@given(items(), st.sampled_from(OPEN))
def test_an_open_must_is_never_ready(judged: list[Judged], word: StatusWord) -> None:
    """Whatever else is done, one `must` that is open decides."""
    assert assess([*judged, item("more.open", "must", word)]).verdict == "not-ready"


@given(items(), st.data())
def test_the_order_of_the_items_does_not_matter(judged: list[Judged], data: st.DataObject) -> None:
    """Only the order in which they are listed follows it."""
    mixed = data.draw(st.permutations(judged))
    assert assess(mixed).verdict == assess(judged).verdict
    assert assess(mixed).counts == assess(judged).counts
    assert set(assess(mixed).open) == set(assess(judged).open)


@given(st.lists(st.text()))
def test_what_is_not_covered_is_passed_on(sentences: list[str]) -> None:
    """One sentence a pack, none left out, whatever the verdict."""
    assert assess([], sentences).not_covered == tuple(sentences)
