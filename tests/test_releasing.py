"""The steps of a release can be followed, and its number is the one that the documents have."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from scripts import release_notes

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


def test_the_notes_of_a_release_are_its_section(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Whether it is the newest, the first, or in between; without its heading."""
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text(
        "# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.10.0 - 2027-01-02\n\n### Added\n\n"
        "- Zoë’s.\n\n## 0.1.0 - 2026-11-22\n\n- First.\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(release_notes, "CHANGELOG", changelog)
    assert release_notes.main(["v0.10.0"]) == release_notes.main(["0.1.0"]) == 0
    found = capfdbinary.readouterr()
    assert (found.out.decode(), found.err) == ("### Added\n\n- Zoë’s.\n- First.\n", b"")


@pytest.mark.parametrize("tag", ["v9.9.9", "v0.1", "Unreleased", "main", ""])
def test_a_version_without_a_section_has_no_notes(
    tag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says which there are."""
    assert release_notes.main([tag]) == 1
    found = capsys.readouterr()
    assert found.out == ""
    assert found.err.startswith(f"CHANGELOG.md: there is no section for “{tag.removeprefix('v')}”")
    assert __version__ in found.err


def test_a_section_with_nothing_in_it_is_no_notes() -> None:
    """It was turned into a version before anything was written."""
    with pytest.raises(LookupError, match=r"the section of 0\.3\.0 is empty"):
        release_notes.section("## 0.3.0 - 2027-01-02\n\n## 0.2.0 - 2026-11-22\n\n- A.\n", "0.3.0")


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(("tag", "is_known"), [(f"v{__version__}", True), ("$(touch made)", False)])
def test_the_target_takes_the_tag_from_the_environment(
    tmp_path: Path, tag: str, is_known: bool
) -> None:
    """As the hosted workflow gives it; a name that would be a command runs nothing."""
    (tmp_path / "scripts").mkdir()
    for name in ("Makefile", "CHANGELOG.md", "scripts/release_notes.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    done = subprocess.run(
        ["make", "notes", f"PYTHON={sys.executable}"],
        cwd=tmp_path,
        env={**os.environ, "TAG": tag},
        capture_output=True,
        check=False,
    )
    assert (done.returncode == 0) == is_known
    notes = (tmp_path / "build" / "release-notes.md").read_text(encoding="utf-8")
    assert bool(notes) == is_known
    assert notes.strip() in CHANGES
    assert not (tmp_path / "made").exists()
