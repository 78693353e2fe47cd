"""`constraints.txt` pins what `pyproject.toml` asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = [text for extra in PROJECT["optional-dependencies"].values() for text in extra]
DIRECT = [Requirement(text) for text in (*PROJECT["dependencies"], *EXTRAS)]


def test_each_line_is_a_name_and_a_version() -> None:
    """No address, hash or option: the file serves on any machine, whatever its index."""
    for line in LINES:
        requirement = Requirement(line)
        assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), line
        assert not requirement.url, line
        assert not requirement.extras, line


@pytest.mark.parametrize("direct", DIRECT, ids=lambda direct: direct.name)
def test_each_direct_dependency_is_pinned_within_its_range(direct: Requirement) -> None:
    """`make constraints` was run after the last change of the dependencies."""
    pinned = {canonicalize_name(Requirement(line).name): Requirement(line) for line in LINES}
    name = canonicalize_name(direct.name)
    assert name in pinned, f"{name} has no version in constraints.txt: run make constraints"
    (specifier,) = pinned[name].specifier
    assert specifier.version in direct.specifier, f"{pinned[name]} is outside {direct}"
