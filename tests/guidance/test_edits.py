"""What changed inside a statement, marked with and without its old words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guidance.pages import stored
from travelsec.guidance.edits import codes_of, edits, new_members
from travelsec.guidance.fingerprints import fingerprint, first_form, words
from travelsec.guidance.page import index
from travelsec.guidance.revision import StatementChange, revise, words_of

COUNTRIES = [f"Land{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(30)]
SPOKEN = st.lists(st.sampled_from(["one", "two", "Three,", "four.", "5", "a@b.uk", "don’t"]))


def shown(old: str, new: str, known: str | None) -> list[tuple[str, str | None, int]]:
    return [(one.change, one.text, one.words) for one in edits(fingerprint(old, []), known, new)]


def test_words_put_in_and_taken_out_are_marked() -> None:
    """Of words that are not known, their number; punctuation is no change."""
    old, new = "Don't leave the old device here.", "Don’t ever leave the device, here!"
    assert shown(old, new, old) == [
        ("kept", "Don’t", 1),
        ("inserted", "ever", 1),
        ("kept", "leave the", 2),
        ("deleted", "old", 1),
        ("kept", "device, here!", 2),
    ]
    by_index = shown(old, new, None)
    assert by_index[3] == ("deleted", None, 1)
    assert by_index[:3] == shown(old, new, old)[:3]


def test_clauses_between_commas_are_no_list() -> None:
    """Only short members are: the words of clauses are marked, as everywhere."""
    old = "If you must print, you: should use the nearest printer by cable, not wifi"
    new = "If you must print, you: should use the nearest printer by wifi, not cable"
    assert new_members(codes_of(old), new) == ()


@settings(deadline=None)
@given(SPOKEN, SPOKEN)
def test_marks_lead_from_the_old_words_to_the_new(old: list[str], new: list[str]) -> None:
    """What stayed and went is the old text, what stayed and came the new one."""
    before, after = " ".join(old), " ".join(new)
    found = edits(fingerprint(before, []), before, after)
    if not old:
        assert not found
        return
    came = [one.text or "" for one in found if one.change != "deleted"]
    went = [one.text or "" for one in found if one.change != "inserted"]
    assert (words(" ".join(came)), words(" ".join(went))) == (words(after), words(before))


def test_nothing_is_marked_where_too_little_is_known() -> None:
    """A fingerprint of the first form has no codes; a very long statement not all of them."""
    assert edits(first_form("Row.", []), None, "Row on.") == ()
    assert edits(fingerprint("row " * 400, []), None, "Row.") == ()


def change(old: list[str], new: list[str], with_words: bool) -> StatementChange:
    text, revised = (
        f"# A\n\nAsk before you go to any of {', '.join(names[:-1])} or {names[-1]}.\n"
        for names in (old, new)
    )
    known = stored(text)
    old_words = words_of(known, index(text)) if with_words else None
    [found] = revise(known, index(revised), old_words).statements
    return found


@pytest.mark.parametrize("with_words", [True, False])
def test_new_members_of_a_list_are_named(with_words: bool) -> None:
    """Four in a paragraph of thirty countries; those taken out, if their names are known."""
    added = ["South Sudan", "Georgia", "Oman", "Northern Ruritania"]
    revised = [*COUNTRIES[:7], *added[:3], *COUNTRIES[9:25], added[3], *COUNTRIES[25:]]
    found = change(COUNTRIES, revised, with_words)
    assert found.change == "changed"
    assert sorted(found.members_added) == sorted(added)
    assert found.members_removed == (tuple(COUNTRIES[7:9]) if with_words else ())


def test_another_order_of_a_list_adds_nothing_to_it() -> None:
    """The order is marked; the members are the same."""
    found = change(COUNTRIES, [*COUNTRIES[5:], *COUNTRIES[:5]], True)
    assert (found.change, found.members_added, found.members_removed) == ("changed", (), ())
    assert found.edits
