"""An extra that is missing comes with a way to get it that suits the installation."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path

import pytest

from travelsec import extras

ROOT = Path(__file__).parent.parent
# A name that is to be installed, rather than a file or a folder.
BY_NAME = re.compile(r"\binstall\b(?: +-\S+)*(?: +\S+\.txt)? +['\"]?travelsec(?![\w./-])")
METADATA = "Name: travelsec\nVersion: 0\nRequires-Dist: weasyprint>=70; extra == 'pdf'\n"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder with what an installer notes about travelsec; here, nobody installed it."""
    notes = tmp_path / "site" / "travelsec-0.dist-info"
    notes.mkdir(parents=True)
    (notes / "METADATA").write_text(METADATA, encoding="utf-8")
    monkeypatch.syspath_prepend(notes.parent)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    return notes


def note(installed: Path, installer: str, place: Path | None, *, editable: bool = False) -> None:
    """Write who installed it, and from where, if not from an index."""
    (installed / "INSTALLER").write_text(f"{installer}\n", encoding="utf-8")
    if place:
        direct = {"url": place.as_uri(), "dir_info": {"editable": editable}}
        (installed / "direct_url.json").write_text(json.dumps(direct), encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="words are quoted for a Unix shell")
@pytest.mark.parametrize(
    ("installer", "left", "editable", "command"),
    [
        ("pip", None, False, [sys.executable, "-m", "pip", "install"]),
        ("pip", None, True, [sys.executable, "-m", "pip", "install", "--editable"]),
        ("uv", None, False, ["uv", "pip", "install", "--python", sys.executable]),
        ("uv", "uv-receipt.toml", False, ["uv", "tool", "install", "--force"]),
        ("pip", "pipx_metadata.json", True, ["pipx", "install", "--force", "--editable"]),
    ],
)
def test_the_command_names_where_it_was_installed_from(
    installed: Path,
    tmp_path: Path,
    installer: str,
    left: str | None,
    editable: bool,
    command: list[str],
) -> None:
    """Never the name alone: on the index, it may be someone else's."""
    place = tmp_path / "Ann's copy"
    note(installed, installer, place, editable=editable)
    if left:
        (tmp_path / left).touch()
    advice = extras.install_advice("pdf", "print the HTML")
    assert advice.endswith(", or print the HTML")
    assert shlex.split(advice.removesuffix(", or print the HTML")) == [*command, f"{place}[pdf]"]


def test_from_an_index_no_command_is_guessed(installed: Path) -> None:
    """It says where to get it from."""
    note(installed, "pip", None)
    advice = extras.install_advice("pdf", "print the HTML")
    assert advice == (
        "install travelsec with the extra pdf from where you got it, or print the HTML"
    )


@pytest.mark.usefixtures("installed")
def test_where_no_installer_was_the_packages_are_named() -> None:
    """As with travelsec.pyz, which uses what its Python has."""
    advice = extras.install_advice("pdf", "print the HTML")
    assert advice == f"install weasyprint>=70 for {sys.executable}, or print the HTML"


def test_a_program_without_python_can_only_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the self-contained folder and the single executable."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert extras.install_advice("pdf", "print the HTML") == "print the HTML"


@pytest.mark.parametrize("text", ["pip install 'travelsec[pdf]'", "pipx install -q travelsec`"])
def test_an_installation_by_name_is_found(text: str) -> None:
    """As the next test looks for it."""
    assert BY_NAME.search(text)


def test_no_page_tells_to_install_by_name() -> None:
    """Nobody owns the name on the index: whoever takes it would be installed."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob(".github/**/*.md")]
    # What is said of versions before this one stays as it was.
    pages.remove(ROOT / "CHANGELOG.md")
    assert [path.name for path in pages if BY_NAME.search(path.read_text(encoding="utf-8"))] == []
