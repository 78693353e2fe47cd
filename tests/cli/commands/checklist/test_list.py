"""`travelsec checklist list`: the items, who they are for, and what a given trip gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.commands.checklist.overlay import GOOD, pack


def test_the_list_says_for_whom_and_whence(tmp_path: Path) -> None:
    """Phase, level, condition in words, page and path of the source."""
    done = run("checklist", "list", folder=tmp_path)
    assert done.code == 0
    text = " ".join(done.out.split())
    assert (
        "overseas.clear-files: must, before Clear unneeded files "
        "For: abroad; device_kinds: at least 1, or plans: own-equipment "
        "Source: Taking equipment overseas, "
        "taking-equipment-overseas/general-guidance/remove-files"
    ) in text


def test_the_list_can_be_narrowed(tmp_path: Path) -> None:
    """By phase and level, of the overlay too."""
    pack(tmp_path, GOOD)
    arguments = ("checklist", "list", "--phase", "before", "--level", "must", "--format", "json")
    items = run(*arguments, "--pack", "mine", folder=tmp_path).json()["items"]
    assert {(item["phase"], item["level"]) for item in items} == {("before", "must")}
    assert "overseas.visa" in {item["id"] for item in items}
    assert "selected" not in items[0]
    wrong = run("checklist", "list", "--phase", "befor", folder=tmp_path)
    assert wrong.code == 2
    assert "did you mean before?" in wrong.err


def test_what_a_trip_gets_and_why_not_the_rest(tmp_path: Path) -> None:
    """Every item is listed once: in, kept for want of an answer, or left out with the answer."""
    arguments = ("checklist", "list", "--for", "abroad=no", "--for", "devices=laptop")
    done = run(*arguments, folder=tmp_path)
    assert done.code == 0
    text = " ".join(done.out.split())
    assert "overseas.clear-files: must, before Clear unneeded files Left out: abroad is no" in text
    assert "Ask before you print Kept: plans is not known" in text
    items = {
        item["id"]: item
        for item in run(*arguments, "--format", "json", folder=tmp_path).json()["items"]
    }
    everything = run("checklist", "list", "--format", "json", folder=tmp_path).json()["items"]
    assert list(items) == [item["id"] for item in everything]
    assert items["remote-working.password-manager"]["choice"] == "in"
    kept = items["remote-working.ask-before-printing"]
    assert (kept["choice"], kept["selected"]) == ("kept", True)
    out = items["overseas.clear-files"]
    assert (out["choice"], out["reasons"]) == ("left-out", ["abroad is no"])


def test_the_trip_of_an_answers_file(tmp_path: Path) -> None:
    """The options are laid over the file."""
    (tmp_path / "a.yaml").write_text("trip: {abroad: true, devices: [laptop]}\n", encoding="utf-8")
    arguments = ("checklist", "list", "--answers", "a.yaml", "--format", "json")
    for more, choice in (((), "in"), (("--for", "abroad=no"), "left-out")):
        items = run(*arguments, *more, folder=tmp_path).json()["items"]
        assert {item["id"]: item["choice"] for item in items}["overseas.clear-files"] == choice


@pytest.mark.parametrize("setting", ["abroad=maybe", "abraod=yes", "overseas.clear-files=done"])
def test_a_trip_that_cannot_be(tmp_path: Path, setting: str) -> None:
    """A wrong value, a wrong fact, and an item, which decides nothing. The option is named."""
    done = run("checklist", "list", "--for", setting, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert f"--for {setting}: " in done.err
