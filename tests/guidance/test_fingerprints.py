"""Fingerprints: what counts as the same words, and how alike two wordings are."""

from __future__ import annotations

import pytest

from tests.growth import TIMES, assert_in_proportion
from travelsec.guidance.fingerprints import coded, fingerprint, first_form, is_first_form, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mind the gap.", "mind the  GAP"),
        ("Ask the MOJ.", "Ask the MoJ"),
        ("Don't “go” – yet; wait…", "Don’t 'go' - yet, wait."),
        ("Remote-working (at home)", "Remote working, at home"),
        ("Caf\u00e9", "Cafe\u0301"),
    ],
)
def test_punctuation_quotes_and_case_do_not_count(one: str, other: str) -> None:
    """The words and their order are the same."""
    assert fingerprint(one, ["Never:"]) == fingerprint(other, ["NEVER"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mind the gap.", "The gap: mind."),
        ("Pay £10.", "Pay $10."),
        ("Pay 1.5.", "Pay 15."),
        ("Wifi: \N{CHECK MARK}", "Wifi: \N{BALLOT X}"),
        ("Mail a@b.example", "Mail c@b.example"),
        ("Ring 020 7946 0018", "Ring 020 7946 0019"),
        ("#ferries", "#trains"),
        ("!", "?"),
        ("\ud800", ""),
    ],
)
def test_words_numbers_signs_and_addresses_count(one: str, other: str) -> None:
    """Whatever else is the same."""
    assert fingerprint(one, []) != fingerprint(other, [])


def test_fingerprints_stay_the_same_from_release_to_release() -> None:
    """Packs keep them, also those of the first form."""
    assert fingerprint("Mind the gap.", ["Always:"]) == "673b116682ad3eaf-9cd.1c4b9754d"
    assert first_form("Mind the gap.", ["Always:"]) == "94675332735c6ce1"
    assert is_first_form("94675332735c6ce1")
    assert coded("94675332735c6ce1") is None


def test_lead_ins_and_text_cannot_be_confused() -> None:
    """Where one ends and the next begins counts."""
    parts = [("c", ["a", "b"]), ("b c", ["a"]), ("c", ["a b"]), ("a b c", []), ("c", ["b", "a"])]
    assert len({fingerprint(text, lead_in) for text, lead_in in parts}) == len(parts)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Keep the device locked.", "Keep your device locked at night.", True),
        ("You must keep the device locked.", "You must report the loss.", False),
        ("Tel: 020 7946 0018", "Tel: 020 7946 0019", True),
        ("Desk, at any time: 020 7946 0018", "Desk, at any time: desk@b.example", False),
        ("Desk, at any time: #desk", "Desk, at any time: desk@b.example", False),
        ("Night desk: 020 7946 0018", "Press office: 020 7946 0018", False),
        ("HMPPS: hmpps@justice.example", "OSC: osc@justice.example", False),
    ],
)
def test_most_words_make_two_wordings_alike(one: str, other: str, alike: bool) -> None:
    """Small words do not; ways to reach somebody must not differ."""
    old, new = (coded(fingerprint(text, [])) for text in (one, other))
    assert old is not None
    assert new is not None
    assert (old.similarity(new)[0] > 0.5) is alike


@pytest.mark.parametrize("text", ["-", "a", "a-", "a@", "0 ", "a.b "])
def test_any_text_is_cut_in_proportion_to_its_length(text: str) -> None:
    """No row of the same letters is searched again and again."""
    small = text * (20_000 // len(text))
    assert_in_proportion(words, small, small * TIMES)
