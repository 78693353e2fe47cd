"""The documents name what is there, their links lead somewhere, and the README is short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.documents import PAGES, ROOT


def test_the_readme_sets_up_with_two_commands() -> None:
    """CI runs the lines that begin so: there are two, and the second ends in the tests."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("python3 -m venv")]
    assert len(lines) == 2
    assert lines[1].endswith("&& .venv/bin/pytest -n auto")
    # The first page of the site has the first of them.
    assert lines[0] in (ROOT / "docs" / "index.md").read_text(encoding="utf-8").splitlines()


def test_the_readme_is_short() -> None:
    """What is more than a role's beginning has a page of its own."""
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """Those to files of this repository."""
    links = re.findall(r"\]\((?!https:)([^)]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_contributing_names_what_is_there() -> None:
    """Each file and folder it names exists, and it explains every target of the Makefile."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    names = re.findall(r"`([\w./-]+/[\w./-]*)`", text)
    places = (ROOT, ROOT / "src" / "travelsec")
    missing = [
        name
        for name in names
        if not any((place / name).exists() for place in places)
        and not {"NAME.py", "bundled.json"} & {Path(name).name}
        and not name.startswith("build/")  # made by a target, not there from the start
    ]
    assert len(names) > 20
    assert missing == []
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^(\w+):", makefile, re.MULTILINE)
    assert set(re.findall(r"`make (\w+)", text)) == set(targets)
