"""The pages for `man`: one for every command, made from its help, in the wheel and the sdist."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from scripts import make_manual

from tests.cli.command import run
from tests.cli.test_app import CALLBACKS
from tests.terminal import SECONDS, environment
from travelsec.cli import exit_codes

ROOT = Path(__file__).parent.parent
PAGES = make_manual.pages()
COMMANDS = ["", *CALLBACKS, "trips", "checklist", "guidance"]


def words(text: str) -> str:
    """Return the words of a help or a page without its layout and marks."""
    for written, sign in {r"\-": "-", r"\(dq": '"', r"\(aq": "'", r"\&": "", r"\e": "\\"}.items():
        text = text.replace(written, sign)
    text = re.sub(r"\\f[BR]|^\.[A-Z]+ ?", "", text, flags=re.MULTILINE)
    text = re.sub(r"\\\[u([0-9A-F]+)\]", lambda found: chr(int(found[1], 16)), text)
    return " ".join(text.split())


def test_every_command_has_a_page() -> None:
    names = {f"{'-'.join(['travelsec', *path.split()])}.1" for path in COMMANDS}
    assert set(PAGES) == names


@pytest.mark.parametrize("path", COMMANDS)
def test_a_page_says_what_the_help_says(tmp_path: Path, path: str) -> None:
    """Each option, argument, command and example, with all of its text."""
    done = run(*path.split(), "--help", folder=tmp_path)
    page = words(PAGES[f"{'-'.join(['travelsec', *path.split()])}.1"])
    shown = re.sub(r"^\w+:$", "", done.out, flags=re.MULTILINE)
    shown = re.sub(r"(?<=\w-)\n +", "", shown)
    # Where the help shortens a summary, the page has all of it.
    for part in re.split(r"\n\n|\n  (?=\S)|(?<=\S)  +|\.\.\.$", shown, flags=re.MULTILINE):
        assert words(part.removeprefix("Usage: ")) in page


def test_no_value_is_named_by_its_type() -> None:
    """The name that stands for it, such as FILE, says what to write."""
    assert [name for name, text in PAGES.items() if re.search(r"<\w+>", text)] == []


def test_each_exit_code_has_a_meaning() -> None:
    known = {value for value in vars(exit_codes).values() if type(value) is int}
    assert known - set(make_manual.EXIT_CODES) == set()
    assert exit_codes.Terminated(15).code in make_manual.EXIT_CODES


def test_a_page_is_ascii_and_no_text_is_a_request() -> None:
    """A line of text that begins with a dot would be lost."""
    assert make_manual._line("./trips are – “here”, isn't it?") == (
        r"\&./trips are \[u2013] \[u201C]here\[u201D], isn\(aqt it?"
    )
    assert all(text.isascii() for text in PAGES.values())


@pytest.mark.parametrize(
    "checker",
    [("groff", "-man", "-Tutf8", "-ww", "-z"), ("mandoc", "-Tlint", "-Wwarning")],
    ids=lambda checker: checker[0],
)
def test_no_page_has_a_fault(tmp_path: Path, checker: tuple[str, ...]) -> None:
    if shutil.which(checker[0]) is None:
        pytest.skip(f"{checker[0]} is not installed")
    for name, text in PAGES.items():
        (tmp_path / name).write_text(text, encoding="ascii")
    done = subprocess.run(
        [*checker, *sorted(PAGES)],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.slow
def test_the_wheel_and_the_sdist_have_every_page(tmp_path: Path) -> None:
    """The wheel made from the sdist; and where `man` looks once it is installed."""
    left_out = shutil.ignore_patterns(".git", ".venv", ".*_cache", "bundled.json", "dist", "build")
    shutil.copytree(ROOT, tmp_path / "copy", ignore=left_out)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", "../made"],
        cwd=tmp_path / "copy",
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (sdist,) = (tmp_path / "made").glob("*.tar.gz")
    (wheel,) = (tmp_path / "made").glob("*.whl")
    with tarfile.open(sdist) as opened:
        assert {Path(name).name for name in opened.getnames() if "/man/" in name} == set(PAGES)
    with zipfile.ZipFile(wheel) as opened:
        found = {
            Path(name).name: opened.read(name).decode("ascii")
            for name in opened.namelist()
            if ".data/data/share/man/man1/" in name
        }
    assert found == PAGES
