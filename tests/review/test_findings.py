"""What a review finds about the packs, the answers and the time of a report."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.report import samples
from tests.report.samples import TRIP
from tests.review.reports import (
    codes,
    done,
    put,
    read_pack,
    received,
    review,
    sealed,
    told,
    with_facts,
)
from travelsec.pack.folder import pack_folder
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.report.model import PackRef, Report
from travelsec.review.judge import Judge
from travelsec.trip.statuses import Status

OTHER_PACK = {"other-pack", "words-unchecked"}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"weather": "fine"}, "1 answer that travelsec never puts into a report: weather."),
        (
            {"weather": 1, "mood": 2},
            "2 answers that travelsec never puts into a report: weather, mood.",
        ),
    ],
)
def test_answers_that_no_report_has_are_named(
    report: Report, pack: Pack, facts: dict[str, Any], words: str
) -> None:
    """One or several; what they say is not passed on."""
    found = review(sealed(with_facts(report, **facts)), pack)
    assert f"It holds {words}" in {one.message for one in found.differs}


def test_what_no_pack_can_be_is_told(report: Report, pack: Pack) -> None:
    """Another version with the same content, or none of the pack that every travelsec has."""
    (used,) = report.packs
    found = review(sealed(put(report, packs=(put(used, version="0.9"),))), pack)
    assert not found.holds
    assert "names version 0.9 of the pack small, but has the content of 2.1" in (
        told(found)["other-pack"].message
    )
    found = review(sealed(put(report, packs=())), pack)
    assert not found.holds
    assert told(found)["other-pack"].message == "Made without your pack small."


def test_the_same_version_with_other_content_is_told(report: Report, tmp_path: Path) -> None:
    """Somebody changed a pack and kept its version."""
    found = review(report, read_pack(tmp_path, ("Insure the bag for", "Insure your bag for")))
    assert codes(found) == OTHER_PACK
    assert "whose content differs from yours" in told(found)["other-pack"].message
    assert found.holds


def test_an_overlay_of_one_side_is_told(report: Report, pack: Pack, tmp_path: Path) -> None:
    """Of the manager's, which the traveller lacks, and the other way round."""
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    (overlay / "pack.yaml").write_text(
        "pack: {id: extra, version: '1', title: E, covers: C., not_covered: N.}\n", encoding="utf-8"
    )
    bottom = tmp_path / "bottom"
    read_pack(bottom)
    both = load([overlay], bundled=bottom)
    found = review(report, both)
    assert told(found)["other-pack"].message == "Made without your pack extra."
    assert found.holds
    found = review(samples.make(both, statuses=done()), pack)
    assert told(found)["other-pack"].message == (
        "Made with the pack extra 1, which is not among yours."
    )
    assert found.holds


def test_an_optional_pack_is_named_with_its_option() -> None:
    """It is here, and the traveller used it: the reviewer only has to say so."""
    found = review(samples.make(load([pack_folder("moj-approval")]), statuses={}), load())
    assert told(found)["other-pack"].message.endswith(
        ", which is not among yours: review it again with --pack moj-approval."
    )


def test_a_pack_that_is_named_twice_is_told(report: Report, pack: Pack) -> None:
    """Which of them the items are of, nobody can tell."""
    twice_named = (put(report.packs[0], version="9"), *report.packs)
    found = review(sealed(put(report, packs=twice_named)), pack)
    assert "It names one pack more than once." in {one.message for one in found.differs}
    assert not found.holds


def test_packs_in_another_order_are_told(tmp_path: Path) -> None:
    """The later lies above: what they have in common may differ."""
    folders = [tmp_path / name for name in ("bottom", "one", "two")]
    for folder in folders:
        folder.mkdir()
    read_pack(folders[0])
    for folder in folders[1:]:
        (folder / "pack.yaml").write_text(
            f"pack: {{id: {folder.name}, version: '1', title: E, covers: C., not_covered: N.}}\n",
            encoding="utf-8",
        )
    theirs = load([folders[1], folders[2]], bundled=folders[0])
    ours = load([folders[2], folders[1]], bundled=folders[0])
    found = review(samples.make(theirs, statuses=done()), ours)
    assert "Made with your packs in another order." in {one.message for one in found.differs}


def test_a_crowd_of_packs_is_counted(report: Report, pack: Pack) -> None:
    """A stranger can name a hundred thousand, with names as long as books."""
    crowd = tuple(PackRef(f"{number}" * 25, "v" * 1000, "0" * 64) for number in range(1000))
    found = review(sealed(put(report, packs=crowd)), pack)
    packs = [one.message for one in found.differs if one.code == "other-pack"]
    assert len(packs) < 20
    assert packs[-1] == "And 989 more packs."
    assert max(map(len, packs)) < 300


def test_a_must_answered_by_a_script_is_told(pack: Pack) -> None:
    """What is open or no must is not counted."""
    statuses = done(
        letter=Status("done", how="script"),
        passwords=Status("done", how="script"),
        unattended=Status("todo", how="script"),
        wifi=Status("done", how="script"),
        report_it=Status("done", how="script"),
    )
    found = review(samples.make(pack, statuses=statuses), pack)
    assert codes(found) == {"by-script"}
    assert told(found)["by-script"].message.startswith("2 must items are answered")
    assert found.holds


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-24", set()),
        ("2026-11-25", {"other-date"}),
        ("2026-11-30", {"other-date"}),
        ("2026-12-01", {"other-date", "begun"}),
        ("2026-12-05", {"other-date", "begun"}),
        ("2026-12-06", {"other-date", "over"}),
        ("2026-01-01", {"other-date"}),
    ],
)
def test_the_day_makes_a_difference(
    report: Report, pack: Pack, day: str, expected: set[str]
) -> None:
    """As of another day, begun from the day of departure, over after that of return."""
    found = review(report, pack, datetime.date.fromisoformat(day))
    assert codes(found) == expected
    assert found.holds


def test_a_report_from_the_future_is_told(report: Report, pack: Pack) -> None:
    """It would replace every other of its trip, so it does not hold."""
    manager = Judge(pack, samples.TODAY, "2026-11-25T00:00:00Z")
    late = sealed(put(report, created="2026-11-25T00:00:01Z"))
    found = manager.judge("report.json", received(late))
    assert (codes(found), found.holds) == ({"future"}, False)
    assert not codes(manager.judge("report.json", received(report)))


def test_a_trip_without_dates_never_begins(pack: Pack) -> None:
    """Neither begun nor over."""
    facts = {name: value for name, value in TRIP.items() if name not in ("departs", "returns")}
    found = review(samples.make(pack, facts, done()), pack)
    assert (codes(found), found.departs, found.returns) == (set(), "", "")
