"""What starts travelsec.pyz: where it unpacks, and what it does where it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from scripts import make_dist, start_pyz

from tests.terminal import SECONDS

PROGRAM = """
import sys

def main():
    print(__file__)
    sys.exit(len(sys.argv) - 1)
"""
Start = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return an empty home."""
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an archive of a program that prints where it is and exits with its arguments' number.

    It is for this Python and for another, whose files are not its own.
    """
    for name in ("mine", "other"):
        folder = tmp_path / name / "travelsec" / "cli"
        folder.mkdir(parents=True)
        for part in (folder, folder.parent):
            (part / "__init__.py").touch()
        (folder / "main.py").write_text(PROGRAM, encoding="utf-8")
        (folder / f"{name}.so").write_bytes(b"compiled")
    monkeypatch.setattr(make_dist, "DIST", tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795910400")
    sites = {start_pyz.target(): tmp_path / "mine", "other": tmp_path / "other"}
    make_dist.make_pyz(sites, tmp_path)
    return tmp_path / "travelsec.pyz"


@pytest.fixture
def start(archive: Path, home: Path, tmp_path: Path) -> Start:
    """Return what starts the archive; temporary files go to the folder `temporary`."""
    (tmp_path / "temporary").mkdir()

    def run(*arguments: str, home: Path = home) -> subprocess.CompletedProcess[str]:
        places = dict.fromkeys(("HOME", "USERPROFILE", "LOCALAPPDATA"), str(home))
        temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(tmp_path / "temporary"))
        env = {name: value for name, value in os.environ.items() if name != "XDG_CACHE_HOME"}
        return subprocess.run(
            [sys.executable, str(archive), *arguments],
            env={**env, **places, **temporary},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    return run


def test_it_unpacks_once_and_only_its_own(start: Start, home: Path) -> None:
    """The second start finds what the first has unpacked; arguments and exit codes pass through."""
    first = start()
    (program,) = home.rglob("main.py")
    assert (first.returncode, first.stdout, first.stderr) == (0, f"{program}\n", "")
    made = program.stat().st_mtime_ns
    assert start("a", "b").returncode == 2
    assert program.stat().st_mtime_ns == made
    assert [path.name for path in home.rglob("*.so")] == ["mine.so"]


@pytest.mark.skipif(sys.platform == "win32", reason="folders there have no modes")
def test_what_it_unpacks_is_the_users_own(start: Start, home: Path) -> None:
    """Nobody else can put modules there."""
    start()
    (program,) = home.rglob("main.py")
    modes = {folder.stat().st_mode & 0o77 for folder in program.parents[2:4]}
    assert modes == {0}


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_it_unpacks_again_what_is_not_whole(
    start: Start, home: Path, harm: Callable[[Path], object]
) -> None:
    """As a cleaner may leave it, or a power failure; it comes to the same place."""
    start()
    (library,) = home.rglob("mine.so")
    harm(library)
    assert start().returncode == 0
    assert library.read_bytes() == b"compiled"


def test_without_a_home_it_leaves_nothing_behind(start: Start, tmp_path: Path) -> None:
    """It unpacks to a temporary folder, and removes that at the end."""
    home = tmp_path / "file"
    home.touch()
    done = start(home=home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path / "temporary"))
    assert not [*(tmp_path / "temporary").iterdir()]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)
def test_it_trusts_no_other_users_folder(start: Start, home: Path) -> None:
    """With `sudo`, the home may be that of someone who must not run programs as root."""
    start()
    (program,) = home.rglob("main.py")
    folder = program.parents[2]
    (folder / "travelsec" / "cli" / "main.py").write_text(
        "raise SystemExit('theirs')", encoding="utf-8"
    )
    os.chown(folder, 12345, 12345)
    assert "theirs" not in start().stderr


def test_a_python_that_it_is_not_for_is_told_which_are(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the exit code for what cannot be carried out."""
    monkeypatch.setattr(start_pyz, "target", lambda: "cpython-399-plan9")
    with pytest.raises(SystemExit, match="2"):
        start_pyz.find(archive, "build", {"cpython-311-darwin-arm64": 1})
    told = "Error: travelsec.pyz has nothing for this Python (cpython-399-plan9), only for "
    assert capsys.readouterr().err == f"{told}cpython-311-darwin-arm64\n"


def test_an_old_python_is_told_which_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is unpacked."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match="2"):
        start_pyz.main("build", {})
    told = "Error: travelsec.pyz needs Python 3.11 or newer, and this is 3.10\n"
    assert capsys.readouterr().err == told
