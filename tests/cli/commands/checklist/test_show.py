"""`travelsec checklist show`: an entry in full, by any of its names."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import run
from tests.cli.commands.checklist.overlay import GOOD, pack


def test_an_item_in_full_by_its_old_name_too(tmp_path: Path) -> None:
    """The full id, the former id, and the short one where it is the only one."""
    more = "id: visa, formerly: [stamp], deadline: 15 working days before departure"
    pack(tmp_path, GOOD.replace("id: visa", more))
    shown = [
        run("checklist", "show", name, "--pack", "mine", folder=tmp_path).out
        for name in ("overseas.visa", "overseas.stamp", "visa")
    ]
    assert shown[0] == shown[1] == shown[2]
    for words in (
        "Do: Carry it.",
        "Level: must",
        "Phase: before",
        "For: abroad; ",
        "At the latest: 15 working days before departure",
        "Formerly: stamp",
    ):
        assert words in shown[0]


def test_an_unknown_name(tmp_path: Path) -> None:
    """The nearest is named."""
    done = run("checklist", "show", "clear-file", folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "did you mean overseas.clear-files?" in done.err


def test_ids_are_not_broken(tmp_path: Path) -> None:
    """However long, they can be copied from what is shown."""
    done = run("checklist", "show", "overseas.official-document", folder=tmp_path)
    path = (
        "taking-equipment-overseas/what-to-do-if-you-are-asked-to-unlock-the-device-by-officials/"
        "official-document"
    )
    assert path in done.out
