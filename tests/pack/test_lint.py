"""Warnings are certain in spite of faults, and correct packs get none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pack.packs import base
from tests.pack.warnings_of import ITEM, codes, over, warnings
from travelsec.pack.check import check
from travelsec.pack.folder import bundled_folder
from travelsec.pack.lint import lint


def test_the_bundled_pack_has_no_warning() -> None:
    """So that people take every warning seriously."""
    assert lint(check()) == []


def test_the_example_has_no_warning() -> None:
    """People start from a copy of it."""
    example = bundled_folder().parent / "examples" / "agency"
    assert lint(check([example])) == []


@pytest.mark.parametrize(
    "text",
    [
        ITEM.replace("New", "x" * 40),
        ITEM.replace("Do it.", f"Use e.g. 1.5 litres … {'word ' * 18}here. {'word ' * 20}there."),
        ITEM.replace("must", "should").replace("why: So., ", ""),
        ITEM.replace("EXTRA", ", when: {not: {country: Peru}}"),
        ITEM.replace("EXTRA", ", when: {all: [{country: Peru}, {nights: {at_least: 400}}]}"),
        ITEM.replace("EXTRA", ", when: {all: [{departs: 0001-01-01}, {count: 999999}]}"),
        ITEM.replace("EXTRA", ", when: {all: [{devices: laptop}, {devices: phone}]}"),
        ITEM.replace("Do it.", "Write to very-old-desk@example.org now."),
        ITEM.replace("Do it.", "Tell $country."),
        ITEM.replace("Do it.", "Call $tel_desk, 999 or 101 by 01-12-2026."),
    ],
)
def test_correct_entries_get_no_warning(tmp_path: Path, text: str) -> None:
    """Only what the base pack has anyway."""
    folder = base(tmp_path)
    before = codes(folder)
    found = codes(folder, over(tmp_path, text.replace("EXTRA", "")))
    # Some of them ask for a country, which the base pack has people type.
    assert found - {"free-text"} <= before


def test_errors_do_not_hide_certain_warnings(tmp_path: Path) -> None:
    """But no warning is given that an error may have caused."""
    text = ITEM.replace("label: New", f"label: {'x' * 41}").replace(
        "EXTRA", ", when: {devices: lapto}"
    )
    text += "        - {id: bad}\n"
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert [one.partition(" ")[0] for one in found] == ["long-label"]
    # What cannot be read may be a question that was overridden.
    (tmp_path / "over" / "more.yaml").write_text("questions: [\n", encoding="utf-8")
    assert codes(tmp_path / "base", tmp_path / "over") == {"long-label"}
