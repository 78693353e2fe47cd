"""The steps of a release can be followed: their commands exist, and the wheel has what it needs."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import SECONDS, environment
from travelsec import __version__

ROOT = Path(__file__).parent.parent
STEPS = (ROOT / "docs" / "releasing.md").read_text(encoding="utf-8")
LINES = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```", STEPS, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]
TARGETS = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
CHANGES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", LINES)
def test_a_command_exists(line: str) -> None:
    """Targets are in the Makefile, modules are installed, files that are named are there."""
    program, *arguments = line.partition(" | ")[0].split()
    if program == "make":
        assert arguments[0] in TARGETS
    elif program == ".venv/bin/python":
        assert arguments[0] == "-m"
        assert importlib.util.find_spec(arguments[1])
    elif program == "git" and "--" in arguments:
        assert (ROOT / arguments[-1]).is_file()
    else:
        assert program in ("git", "python3") or program.startswith("/tmp/try/bin/")


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


def test_versions_have_dates_and_the_newest_is_this_one() -> None:
    """The changelog goes from new to old, with at most the coming version undated."""
    headings = re.findall(r"^## (.+)$", CHANGES, re.MULTILINE)
    dated = headings[1:] if headings[0] == "Unreleased" else headings
    versions = [re.fullmatch(r"(\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)", one) for one in dated]
    assert all(versions), dated
    found = [(tuple(map(int, one[1].split("."))), one[2]) for one in versions if one]
    assert found == sorted(found, reverse=True)
    assert dated[0].startswith(f"{__version__} ")


@pytest.mark.skipif(shutil.which("bash") is None, reason="the steps are for a Unix shell")
def test_the_wheel_has_the_parsed_pack(tmp_path: Path) -> None:
    """The line of the page finds it in a wheel that is built in a copy of the repository."""
    left_out = shutil.ignore_patterns(".git", ".venv", ".*_cache", "bundled.json", "dist", "tests")
    shutil.copytree(ROOT, tmp_path / "copy", ignore=left_out)
    build = ".venv/bin/python -m build --wheel --no-isolation --outdir dist"
    (find,) = (line for line in LINES if line.startswith(".venv/bin/python"))
    script = "\n".join(("set -e", build, find)).replace(".venv/bin/python", f'"{sys.executable}"')
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path / "copy",
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "travelsec/pack/bundled.json" in done.stdout.splitlines()[-1]
