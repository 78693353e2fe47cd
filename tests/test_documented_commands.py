"""Every line that a document tells people to type is tested, and so is what a sentence names."""

from __future__ import annotations

import importlib.util
import itertools
import re
import shlex
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from scripts import make_dist
from scripts.make_manual import helps

from tests.cli.command import run
from tests.documents import (
    PAGES,
    ROOT,
    WITH_STEPS,
    Way,
    commands,
    execute,
    faults,
    inline,
    lines,
    program,
    way,
)
from tests.terminal import Terminal, environment
from travelsec import __version__
from travelsec.cli.command_list import COMMANDS, EXAMPLES

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
OPTIONS = {
    option
    for each in helps()
    for section in each.sections
    for term, _ in section.rows
    for option in re.findall(r"--[\w-]+", term)
}
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8") if (ROOT / ".ci").is_dir() else ""
ASKS_NOTHING = {"--no-input", "--batch", "--answers-template"}
SAMPLE = ("--no-input", "--answers", "examples/lisbon.yaml")
PAGE = "# Remote Working\n\n## Before you go\n\nAlways:\n\n- lock the screen\n- close the lid\n"
MADE_UP = """\
- A list with a block:

  ```sh
  # a comment
  travelsec trips list  # another
  /tmp/try/bin/travelsec card
  NAME=value travelsec trips list | jq . && cd elsewhere
  make test slow
  uv tool install ./file.whl
  .venv/bin/python -m pip install . && .venv/bin/pytest
  sudo reboot
  make test && make-up
  travelsec trips list | tee out.txt
  travelsec trips list > out.txt
  travelsec card & cd elsewhere
  travelsec contacts "$(reboot)" $(reboot)
  $ travelsec trips list
  travelsec card 'a
  ```

```powershell
travelsec trips list
```

```
unnamed
```

```yaml
a: 1
```

```sql
SELECT 1;
```

    travelsec trips list
"""
"""A document with nearly everything that could be written; six lines fit a rule."""


def texts() -> dict[str, str]:
    """Return the text of each document."""
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PAGES}


def documented(wanted: Way) -> list[Any]:
    """Return each line that is tested this way, with the first document that has it.

    The examples in the help of the commands are such lines too.
    """
    found: dict[str, str] = {}
    for name, text in texts().items():
        if Path(name).name not in WITH_STEPS:
            for line in lines(text):
                found.setdefault(line, name)
    for example in EXAMPLES:
        found.setdefault(f"travelsec {example.line}", "help")
    return [
        # To make a virtual environment takes seconds.
        pytest.param(name, line, marks=[pytest.mark.slow] if " -m venv /" in line else [])
        for line, name in found.items()
        if way(line) == wanted
    ]


@pytest.mark.parametrize(("name", "text"), texts().items(), ids=texts())
def test_every_line_has_a_way_to_be_tested(name: str, text: str) -> None:
    """A new kind of block or line needs a rule in `tests/documents.py`, or another wording."""
    assert faults(Path(name).name, text) == []


def test_what_no_rule_fits_is_found() -> None:
    """Kinds of blocks, programs, and what a shell does besides."""
    assert [way(line) for line in lines(MADE_UP)[:6]] == [
        *("alone", "alone", "shell", "make", "install", "install")
    ]
    found = faults("page.md", MADE_UP)
    assert [fault.partition(": ")[0] for fault in found] == [
        "a block of “powershell”",
        "a block of “”",
        "a block of “sql”",
        "a block of “”",
        *lines(MADE_UP)[6:],
    ]
    assert "a block of “sql”" not in faults("department.md", MADE_UP)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with what the documents speak of; copied, as commands may write there."""
    examples = ROOT / "examples"
    for name, target in {
        "examples": examples,
        "trip.yaml": examples / "lisbon.yaml",
        "starters.jsonl": examples / "starters.jsonl",
        "my-pack": examples / "agency",
        "old-pack": examples / "agency",
    }.items():
        if target.is_dir():
            shutil.copytree(target, tmp_path / name)
        else:
            shutil.copy(target, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(("document", "line"), documented("alone"))
def test_a_documented_command_works(document: str, line: str, folder: Path) -> None:
    """It ends with an answer (0 or 1), or waits for one where it is meant to ask."""
    arguments = shlex.split(line)[1:]
    if "--decision" in arguments:
        run("prepare", "--trip", "Lisbon", *SAMPLE, "--output", "report.html", folder=folder)
        approve = ("--approve", "--by", "C. Jones", "--mail", "reply.eml")
        decided = run("review", "report.html", *approve, folder=folder)
        assert decided.code == 0
        arguments += ["--no-input"]
    if arguments[0] == "prepare" and not ASKS_NOTHING & set(arguments):
        terminal = Terminal(*arguments, folder=folder)
        terminal.answer("What is your name?", "q\r")
        assert terminal.finish() == 130
        return
    if arguments[0] == "debrief":
        run("prepare", "--trip", "Lisbon", *SAMPLE, "--output", "report.json", folder=folder)
    if arguments[0] == "debrief" and "--no-input" not in arguments:
        terminal = Terminal(*arguments, folder=folder)
        terminal.answer("Did you print anything?", "q\r")
        assert terminal.finish() == 130
        return
    if arguments[0] == "guidance":
        for name in ("remote-working", "new", "old", "page"):
            (folder / f"{name}.md").write_text(PAGE, encoding="utf-8")
        (folder / "checklists" / "guidance").mkdir(parents=True)
    if arguments[0] in ("trips", "export"):
        run("prepare", "--trip", "Lisbon", *SAMPLE, "--output", "report.json", folder=folder)
        arguments += ["--yes"] if "forget" in arguments else []
    if arguments[0] == "review" or "reports" in arguments:
        (folder / "reports").mkdir()
        for name in ("report.html", "mail.eml"):
            run("prepare", *SAMPLE, "--output", f"reports/{name}", folder=folder)
    done = run(*arguments, folder=folder)
    assert done.code in (0, 1), f"{document}: {done.err}"
    assert done.out or done.err


def prepare_git(folder: Path, command: list[str]) -> None:
    """Make a repository with the newest release and a branch, and another that it pushes to."""
    if "--" in command:
        assert (ROOT / command[-1]).exists()
    tags = ["v0.2.0", *(command[-1:] if command[1] == "push" else ())]
    for arguments in (
        "init --quiet",
        "init --quiet --bare origin",
        "remote add origin ./origin",
        "config user.name Ann",
        "config user.email ann@example.org",
        "commit --quiet --allow-empty --message A",
        *(f"tag {tag}" for tag in tags),
    ):
        subprocess.run(["git", *arguments.split()], cwd=folder, env=environment(folder), check=True)


def build_wheel(folder: Path) -> None:
    """Build the wheel in a copy of the repository, and put it into `dist`."""
    left_out = shutil.ignore_patterns(".git", ".venv", ".*_cache", "bundled.json", "dist", "tests")
    shutil.copytree(ROOT, folder / "copy", ignore=left_out)
    build = "python -m build --wheel --no-isolation --outdir ../dist"
    code, output = execute(f"cd copy && {build}", folder)
    assert code == 0, output


@pytest.mark.skipif(shutil.which("bash") is None, reason="the lines are for a Unix shell")
@pytest.mark.parametrize(("document", "line"), documented("shell"))
def test_a_documented_line_works(
    document: str, line: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a shell; a line that ends in travelsec may end with 1."""
    for command in commands(line):
        name = program(command)
        if name not in ("travelsec", "cd") and not shutil.which(name):
            pytest.skip(f"{name} is not installed")
        if name == "git":
            prepare_git(folder, command)
        if name == "sha256sum":
            (folder / "dist").mkdir()
            shutil.copy(folder / "trip.yaml", folder / "dist")
            monkeypatch.setattr(make_dist, "DIST", folder / "dist")
            make_dist.write_sums()
            line = f"cd dist && {line}"
    if " dist/" in line:
        build_wheel(folder)
    code, output = execute(line, folder)
    is_answer = program(commands(line)[-1]) == "travelsec"
    assert code in ((0, 1) if is_answer else (0,)), f"{document}: {output}"


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(("document", "line"), documented("make"))
def test_a_documented_target_exists(document: str, line: str) -> None:
    """It is in the Makefile, and so is every script that it runs."""
    done = subprocess.run(
        [*shlex.split(line), "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{document}: {done.stderr}"
    assert done.stdout
    scripts = re.findall(r"[\w/]+\.py\b", done.stdout)
    modules = re.findall(r"^\S+ -m (\w+)", done.stdout, re.MULTILINE)
    assert [name for name in scripts if not (ROOT / name).is_file()] == []
    assert [name for name in modules if not importlib.util.find_spec(name)] == []


@pytest.mark.parametrize(("document", "line"), documented("install"))
def test_what_a_documented_line_installs_is_there(document: str, line: str) -> None:
    """It sets up as CI does, or names files of this version, with options that exist."""
    words, *more = commands(line)
    if more:
        # CI runs both lines of the README: the second in two halves, with the tests later.
        first, second = (each for each in lines(README) if each.startswith("python3 -m venv"))
        assert line in (first, second, second.removesuffix(" && .venv/bin/pytest -n auto"))
        assert not CI or ("$(readme 1)" in CI and "$(readme 2)" in CI)
        return
    wheel = f"travelsec-{__version__}-py3-none-any.whl"
    named = [word for word in words[words.index("install") + 1 :] if not word.startswith("-")]
    for name in named:
        is_wheel = fnmatch(wheel, Path(name).name.partition("[")[0])
        assert is_wheel or (ROOT / name).exists(), f"{document}: there is no {name}"
    if program(words) == "pipx":
        # Nothing here brings it.
        return
    tool = "uv" if program(words) == "uv" else "pip"
    arguments = words[3:] if words[1] == "-m" else words[1:]
    asked = [sys.executable, "-m", tool, *arguments, "--help"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{document}: {done.stderr}"


def inline_commands() -> list[str]:
    """Return the commands between backticks, without `travelsec`, and lone options."""
    # What is said of versions before this one stays as it was.
    pages = [text for name, text in texts().items() if name != "CHANGELOG.md"]
    found = {code.removeprefix("travelsec ") for text in pages for code in inline(text)}
    return sorted(code for code in found if code.partition(" ")[0] in COMMANDS or code[:2] == "--")


@pytest.mark.parametrize("code", inline_commands())
def test_a_command_within_a_sentence_exists(code: str, tmp_path: Path) -> None:
    """So do its options; where an option stands alone, some command has it."""
    if code.startswith("--"):
        assert code.partition(" ")[0] in OPTIONS
        return
    words = shlex.split(code)
    named = itertools.takewhile(lambda word: not word.startswith("-"), words)
    done = run(*named, "--help", folder=tmp_path)
    assert done.code == 0, done.err
    options = {word for word in words if word.startswith("--")}
    assert options <= set(re.findall(r"--[\w-]+", done.out))


@pytest.mark.parametrize(
    ("kind", "there"),
    [
        ("make", set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))),
        ("man", {each.page for each in helps()}),
    ],
    ids=["make", "man"],
)
def test_a_target_or_a_page_within_a_sentence_exists(kind: str, there: set[str]) -> None:
    """Such as `make dist` and `man travelsec-export`."""
    codes = {code for text in texts().values() for code in inline(text)}
    named = {code.split()[1] for code in codes if code.startswith(f"{kind} ")}
    assert named
    assert named <= there
