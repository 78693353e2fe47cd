"""The JSON of `checklist list` and `checklist show`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import run
from tests.results.schemas import assert_fits

JSON = ("--format", "json")


ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "packs",
    [(), ("--pack", str(ROOT / "examples" / "agency")), ("--pack", "moj-approval")],
    ids=["bundled", "example", "optional"],
)
def test_every_entry_fits(packs: tuple[str, ...], tmp_path: Path) -> None:
    """Of the bundled pack, the example and the optional pack: every kind, with all its fields."""
    done = run("checklist", "show", *packs, *JSON, folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert_fits(done.json())
    kinds = {entry["kind"] for entry in done.json()["entries"]}
    assert kinds == {"checklist", "item", "question", "situation", "contact", "page"}


def test_items_fit_with_and_without_a_trip(tmp_path: Path) -> None:
    """For a trip they say whether it gets them, and why; else they do not speak of it."""
    alone = run("checklist", "list", *JSON, folder=tmp_path).json()
    assert_fits(alone)
    assert "selected" not in alone["items"][0]
    for_trip = run("checklist", "list", "--for", "abroad=false", *JSON, folder=tmp_path).json()
    assert_fits(for_trip)
    choices = {(item["selected"], item["choice"]) for item in for_trip["items"]}
    assert choices == {(True, "kept"), (False, "left-out")}
    assert len(for_trip["items"]) == len(alone["items"])
