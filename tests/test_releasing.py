"""The steps of a release can be followed, and its number is the one that the documents have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from travelsec import __version__

ROOT = Path(__file__).parent.parent
STEPS = (ROOT / "docs" / "releasing.md").read_text(encoding="utf-8")
CHANGES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_what_is_to_be_edited_is_there() -> None:
    """Files between backticks, and the name that is to be set in each."""
    edited = dict(re.findall(r"^- `(\S+?)`: .*?`(?:## )?(\w+)", STEPS, re.MULTILINE))
    assert len(edited) == 3
    for file, name in edited.items():
        assert (ROOT / file).is_file()
        assert name in (
            "Unreleased",
            *re.findall(r"^(\w+) = ", (ROOT / file).read_text(encoding="utf-8"), re.M),
        )


@pytest.mark.parametrize("name", ["docs/platforms.md", "docs/pack-repository.md", "action.yml"])
def test_files_and_tags_are_those_of_this_version(name: str) -> None:
    """What the steps say to put in."""
    assert f"`{name}`" in STEPS
    text = (ROOT / name).read_text(encoding="utf-8")
    assert set(re.findall(r"(?:travelsec-|@v|rev: v|[Vv]ersion )(\d+\.\d+\.\d+)", text)) == {
        __version__
    }


def test_versions_have_dates_and_the_newest_is_this_one() -> None:
    """The changelog goes from new to old, with at most the coming version undated."""
    headings = re.findall(r"^## (.+)$", CHANGES, re.MULTILINE)
    dated = headings[1:] if headings[0] == "Unreleased" else headings
    versions = [re.fullmatch(r"(\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)", one) for one in dated]
    assert all(versions), dated
    found = [(tuple(map(int, one[1].split("."))), one[2]) for one in versions if one]
    assert found == sorted(found, reverse=True)
    assert dated[0].startswith(f"{__version__} ")
