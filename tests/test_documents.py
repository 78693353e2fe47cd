"""Every travelsec command in the README and in the docs works, and every link leads somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.terminal import Terminal
from travelsec.cli.command_list import EXAMPLES

ROOT = Path(__file__).parent.parent
WITH_STEPS = ("own-pack.md", "department.md")
"""Pages whose blocks need those before them: a test of its own goes through each."""
DOCUMENTS = [
    *(ROOT / "README.md", ROOT / "CONTRIBUTING.md"),
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if path.name not in WITH_STEPS),
]
PAGES = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob(".github/**/*.md")))
ASKS_NOTHING = {"--no-input", "--batch", "--answers-template"}
SAMPLE = ("--no-input", "--answers", "examples/lisbon.yaml")
PAGE = "# Remote Working\n\n## Before you go\n\nAlways:\n\n- lock the screen\n- close the lid\n"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands() -> list[tuple[str, str]]:
    """Return each command in a block of commands, with the first document that has it.

    The examples in the help of the commands are such lines too.
    """
    lines = [
        *(
            (path.name, line)
            for path in DOCUMENTS
            for block in BLOCK.findall(path.read_text(encoding="utf-8"))
            for line in block.splitlines()
            if line.startswith("travelsec ")
        ),
        *(("help", f"travelsec {one.line}") for one in EXAMPLES),
    ]
    found: dict[str, str] = {}
    for document, line in lines:
        found.setdefault(line.partition(" #")[0].rstrip(), document)
    return [(document, line) for line, document in found.items()]


@pytest.mark.parametrize(("document", "line"), commands())
def test_a_documented_command_works(document: str, line: str, tmp_path: Path) -> None:
    """It ends with an answer (0 or 1), or waits for one where it is meant to ask."""
    examples = ROOT / "examples"
    for name, target in {
        "examples": examples,
        "trip.yaml": examples / "lisbon.yaml",
        "starters.jsonl": examples / "starters.jsonl",
        "my-pack": examples / "agency",
        "old-pack": examples / "agency",
    }.items():
        # Copied, as commands may write there.
        if target.is_dir():
            shutil.copytree(target, tmp_path / name)
        else:
            shutil.copy(target, tmp_path / name)
    arguments = shlex.split(line, comments=True)[1:]
    if "--decision" in arguments:
        run("prepare", "--trip", "Lisbon", *SAMPLE, "--output", "report.html", folder=tmp_path)
        approve = ("--approve", "--by", "C. Jones", "--mail", "reply.eml")
        decided = run("review", "report.html", *approve, folder=tmp_path)
        assert decided.code == 0
        arguments += ["--no-input"]
    if arguments[0] == "prepare" and not ASKS_NOTHING & set(arguments):
        terminal = Terminal(*arguments, folder=tmp_path)
        terminal.answer("What is your name?", "q\r")
        assert terminal.finish() == 130
        return
    if arguments[0] == "debrief":
        run("prepare", "--trip", "Lisbon", *SAMPLE, "--output", "report.json", folder=tmp_path)
    if arguments[0] == "debrief" and "--no-input" not in arguments:
        terminal = Terminal(*arguments, folder=tmp_path)
        terminal.answer("Did you print anything?", "q\r")
        assert terminal.finish() == 130
        return
    if arguments[0] == "guidance":
        for name in ("remote-working", "new", "old", "page"):
            (tmp_path / f"{name}.md").write_text(PAGE, encoding="utf-8")
        (tmp_path / "checklists" / "guidance").mkdir(parents=True)
    if arguments[0] in ("trips", "export"):
        run("prepare", "--trip", "Lisbon", *SAMPLE, "--output", "report.json", folder=tmp_path)
        arguments += ["--yes"] if "forget" in arguments else []
    if arguments[0] == "review" or "reports" in arguments:
        (tmp_path / "reports").mkdir()
        for name in ("report.html", "mail.eml"):
            run("prepare", *SAMPLE, "--output", f"reports/{name}", folder=tmp_path)
    done = run(*arguments, folder=tmp_path)
    assert done.code in (0, 1), f"{document}: {done.err}"
    assert done.out or done.err


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
    ]
    assert len(names) > 20
    assert missing == []
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^(\w+):", makefile, re.MULTILINE)
    assert set(re.findall(r"`make (\w+)", text)) == set(targets)
