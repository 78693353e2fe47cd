"""Revisions of a page as its owner might make them, with the verdict given by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from travelsec.guidance.page import index
from travelsec.guidance.revision import revise
from travelsec.pack.load import load

POLICY = Path(__file__).parent.parent / "pack" / "policy"
NAME = "official-travel-abroad"
DESK = "- Duty Officer: 020 7946 0102, at any time"
TEAM = (
    "- Travel Security Team: 020 7946 0101, travel-security@rivers-and-bridges.example.org, on "
    "working days from 9 to 17"
)


@pytest.mark.parametrize(
    ("pairs", "verdict", "added"),
    [
        # Layout and punctuation: nothing.
        (
            [
                ("## Order of steps", "## Order of Steps"),
                ("Permanent Secretary's", "PERMANENT SECRETARY’S"),
                ("any time", "any time."),
                ("first ask the Chief Engineer, then", "first ask the Chief Engineer; then"),
            ],
            {},
            (),
        ),
        # A new country, and another number of days.
        (
            [
                ("Corvinia, Dravia", "Corvinia, Dalmora, Dravia"),
                ("within five working days", "within three working days"),
            ],
            {"the-list": "changed", "debrief": "changed"},
            ("Dalmora",),
        ),
        # A new duty between two others.
        (
            [("You must take loan", "Leave smart watches at home. You must take loan")],
            {"leave-smart-watches-home": "added"},
            (),
        ),
        # A rule goes, and an unrelated one comes in its place.
        (
            [
                (
                    "If a loan device is inspected, switch it off and do not use it again.",
                    "Carry no printed papers.",
                )
            ],
            {"inspected": "removed", "carry-no-printed-papers": "added"},
            (),
        ),
        # The contacts change places.
        ([(TEAM, "X"), (DESK, TEAM), ("X", DESK)], {"travel-security-team": "moved"}, ()),
        # The Duty Officer is now reached by mail only.
        (
            [(DESK, "- Duty Officer: duty@rivers-and-bridges.example.org, at any time")],
            {"duty-officer": "removed", "duty-officer-duty-rivers-bridges": "added"},
            (),
        ),
        # A rule under another heading.
        (
            [
                ("You should switch roaming off while you pass through a listed country.\n", ""),
                (
                    "All of this holds too if you only pass through.\n",
                    "All of this holds too if you only pass through.\nYou should switch roaming "
                    "off while you pass through a listed country.\n",
                ),
            ],
            {"off-in-transit": "moved"},
            (),
        ),
    ],
    ids=["noise", "details", "new-duty", "replaced", "swapped", "other-channel", "other-heading"],
)
def test_a_revision_has_the_verdict_of_its_reader(
    pairs: list[tuple[str, str]], verdict: dict[str, str], added: tuple[str, ...]
) -> None:
    """Each statement by the last part of its path, and what became of it."""
    text = (POLICY / "guidance" / f"{NAME}.md").read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    revision = revise(load([POLICY]).guidance[NAME], index(text))
    told = {
        (one.path or one.new_path or "").rpartition("/")[2]: one.change
        for one in revision.statements
    }
    assert told == verdict
    assert tuple(name for one in revision.statements for name in one.members_added) == added
    assert not revision.sections
