"""`travelsec checklist packs`: the packs that come along."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import run
from tests.results.schemas import assert_fits
from travelsec.pack.folder import optional_packs
from travelsec.pack.load import load

NAME = "moj-approval"


@pytest.mark.parametrize(
    ("variable", "in_force"),
    [("", False), (NAME, True), (f"missing:{NAME}", True), (str(optional_packs()[NAME]), True)],
)
def test_it_says_which_packs_are_in_force(tmp_path: Path, variable: str, in_force: bool) -> None:
    """By which variable, too; a fault in a pack of one's own does not matter here."""
    text = run("checklist", "packs", folder=tmp_path, TRAVELSEC_PACKS=variable)
    assert text.code == 0
    assert f"\n{NAME} " in text.out
    said = "In force: yes, by TRAVELSEC_PACKS\n" if in_force else "In force: no\n"
    assert said in text.out
    asked = run("checklist", "packs", "--format", "json", folder=tmp_path, TRAVELSEC_PACKS=variable)
    data = asked.json()
    assert_fits(data)
    assert data["schema"] == "travelsec.checklist-packs/1"
    bundled, *optional = data["packs"]
    assert (bundled["in_force"], bundled["optional"]) == (True, False)
    found = next(pack for pack in optional if pack["id"] == NAME)
    info = load([optional_packs()[NAME]]).sources[-1].info
    assert found == {
        "id": NAME,
        "title": info.title,
        "version": info.version,
        "covers": info.covers,
        "optional": True,
        "in_force": in_force,
        "set_by": "TRAVELSEC_PACKS" if in_force else "",
    }


def test_it_names_every_pack_that_comes_along(tmp_path: Path) -> None:
    data = run("checklist", "packs", "--format", "json", folder=tmp_path).json()
    assert [pack["id"] for pack in data["packs"]] == ["moj", *optional_packs()]


@pytest.mark.parametrize("name", [*optional_packs()])
def test_other_commands_know_it_by_name(tmp_path: Path, name: str) -> None:
    """With the option, and with the variable in any working folder."""
    checked = run("checklist", "validate", name, folder=tmp_path)
    assert checked.code == 0
    assert checked.err.startswith("0 errors, 0 warnings in ")
    for arguments in (("checklist", "coverage"), ("guidance", "list"), ("checklist", "list")):
        by_option = run(*arguments, "--pack", name, folder=tmp_path)
        assert by_option.code == 0
        assert by_option.out != run(*arguments, folder=tmp_path).out
        assert by_option == run(*arguments, folder=tmp_path, TRAVELSEC_PACKS=name)


def test_an_unknown_name_is_told_with_the_nearest(tmp_path: Path) -> None:
    """Wherever packs are named."""
    for arguments, env in (
        (("checklist", "validate", "moj-aproval"), {}),
        (("checklist", "list", "--pack", "moj-aproval"), {}),
        (("checklist", "list"), {"TRAVELSEC_PACKS": "moj-aproval"}),
    ):
        done = run(*arguments, folder=tmp_path, **env)
        assert (done.code, done.out) == (2, "")
        assert "did you mean moj-approval?" in done.err
        assert "travelsec checklist packs" in done.err
