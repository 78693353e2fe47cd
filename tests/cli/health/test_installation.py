"""Versions, libraries, extras and completion."""

from __future__ import annotations

import platform
import re
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any, NoReturn

import pytest
from packaging.requirements import Requirement

from tests.cli.command import run
from travelsec import __version__, pdf, xlsx
from travelsec.cli.health import installation
from travelsec.problems import UserError

ROOT = Path(__file__).parents[3]


def test_the_libraries_are_those_that_are_declared() -> None:
    """By the names that pyproject has."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = map(Requirement, project["dependencies"])
    needed = [one.name for one in declared if one.marker is None or one.marker.evaluate()]
    assert sorted(installation.LIBRARIES) == sorted(needed)


def test_versions_are_those_that_run() -> None:
    """No library is missing here."""
    found = installation.versions()
    assert (found.travelsec, found.python) == (__version__, platform.python_version())
    assert all(re.match(r"\d", version) for version in found.libraries.values())
    assert list(installation.missing(found)) == []


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of which only the module is there, as in a program of one file, is not missing."""

    def nothing(name: str) -> NoReturn:
        raise PackageNotFoundError(name)

    libraries = {"gone": "travelsec_gone", "there": "msgspec"}
    monkeypatch.setattr(installation, "version", nothing)
    monkeypatch.setattr(installation, "LIBRARIES", libraries)
    found = installation.versions()
    assert found.libraries == {"gone": "", "there": "of unknown version"}
    assert [one.message for one in installation.missing(found)] == ["the library gone is missing"]


def test_an_extra_says_why_it_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not installed, or without the libraries of the system."""

    wrong: Exception = UserError("Pango is not there")

    def refuse(*_: Any) -> NoReturn:
        raise wrong

    monkeypatch.setattr(xlsx, "import_library", lambda: None)
    monkeypatch.setattr(pdf, "import_library", refuse)
    found = {extra.name: (extra.usable, extra.reason) for extra in installation.extras()}
    assert found == {"pdf": (False, "Pango is not there"), "xlsx": (True, "")}
    wrong = SystemError("broken")
    (broken, _) = installation.extras()
    assert (broken.usable, broken.reason) == (False, "it cannot be imported (SystemError)")


def test_completion_that_is_installed_is_known(tmp_path: Path) -> None:
    """A script alone, which no settings file loads, is not enough."""

    def installed() -> dict[str, bool | None]:
        data = run("doctor", "--format", "json", folder=tmp_path).json()
        return {one["shell"]: one["installed"] for one in data["completion"]}

    nothing = {"bash": False, "zsh": False, "fish": False, "powershell": None}
    assert installed() == nothing
    script = tmp_path / ".bash_completions" / "travelsec.sh"
    script.parent.mkdir()
    script.write_text("", encoding="utf-8")
    assert installed() == nothing
    (tmp_path / ".bashrc").write_text(f"source '{script}'\n", encoding="utf-8")
    assert installed() == {**nothing, "bash": True}
