"""The guide to a pack of one's own does what it says: its files are written, its commands run."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.documents import ROOT, execute, lines

GUIDE = ROOT / "docs" / "own-pack.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE_NAME = re.compile(r"(?:# |<!-- )(\S+)")
LEFT_OUT = "…"


class Step(NamedTuple):
    """A file to write (its name and text), or commands to run and what they are said to print."""

    line: int
    file: str = ""
    text: str = ""
    commands: tuple[str, ...] = ()
    output: str | None = None


def steps(guide: str) -> Iterator[Step]:
    """Cut the guide into its steps, in order.

    A block of YAML or Markdown is a file, named in its first line. A block of output belongs to
    the block of commands before it.
    """
    waiting: Step | None = None
    for block in BLOCK.finditer(guide):
        kind, text = block.groups()
        line = guide.count("\n", 0, block.start()) + 1
        if kind == "text":
            assert waiting is not None, f"line {line}: output without a command"
            waiting = waiting._replace(output=text)
        if waiting is not None:
            yield waiting
            waiting = None
        if kind in ("yaml", "markdown"):
            name = FILE_NAME.match(text)
            assert name is not None, f"line {line}: the first line names no file"
            yield Step(line, file=name[1], text=text)
        elif kind == "sh":
            waiting = Step(line, commands=tuple(text.splitlines()))
        else:
            assert kind == "text", f"line {line}: a block of “{kind}” is neither file nor command"
    if waiting is not None:
        yield waiting


def fits(shown: str, real: str) -> bool:
    """Return whether the output is as shown; an ellipsis stands for anything.

    Alone in its line it stands for any lines, else for some text within the line.
    """
    pattern = ""
    for line in shown.splitlines():
        if line == LEFT_OUT:
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".+".join(map(re.escape, line.split(LEFT_OUT))) + r"\n"
    return re.fullmatch(pattern, real) is not None


@pytest.mark.skipif(shutil.which("bash") is None, reason="the guide is written for a Unix shell")
@pytest.mark.slow
def test_the_guide_does_what_it_says(tmp_path: Path) -> None:
    """From the empty folder to the end: every file, every command, every output."""
    ran = shown = 0
    for step in steps(GUIDE.read_text(encoding="utf-8")):
        if step.file:
            path = tmp_path / step.file
            assert path.resolve().is_relative_to(tmp_path.resolve())
            path.parent.mkdir(exist_ok=True)
            path.write_text(step.text, encoding="utf-8")
        real = ""
        for command in step.commands:
            code, output = execute(command, tmp_path)
            assert code in (0, 1), f"{GUIDE.name}, line {step.line}: {command}\n{output}"
            real += output
            ran += 1
        if step.output is not None:
            shown += 1
            assert fits(step.output, real), (
                f"{GUIDE.name}, line {step.line}: it shows\n{step.output}\nand gets\n{real}"
            )
    # Were a block not found, it would not be tested.
    assert ran == len(lines(GUIDE.read_text(encoding="utf-8")))
    assert shown >= 15
    code, output = execute("travelsec checklist validate my-pack", tmp_path)
    assert (code, output.partition(" in ")[0]) == (0, "0 errors, 0 warnings")


def test_the_hook_that_it_names_is_there() -> None:
    """Whoever copies the lines for pre-commit gets a hook of this repository."""
    (name,) = re.findall(r"hooks:\n +- id: (\S+)", GUIDE.read_text(encoding="utf-8"))
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert f"- id: {name}\n" in hooks


@pytest.mark.parametrize(
    ("shown", "real", "expected"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "a\nb\n", False),
        ("a\nb\n", "a\n", False),
        ("a.\n", "ab\n", False),
        ("…\nb\n", "a\na\nb\n", True),
        ("…\nb\n", "b\n", True),
        ("…\nb\n", "a\nab\n", False),
        ("a\n…\n", "a\n", True),
        ("a … c\n", "a b c\n", True),
        ("a … c\n", "a b\nc\n", False),
    ],
)
def test_how_output_is_compared(shown: str, real: str, expected: bool) -> None:
    """Exactly, but for what an ellipsis leaves out."""
    assert fits(shown, real) is expected


def test_how_the_guide_is_cut() -> None:
    """Into files, and commands with their output."""
    guide = """\
```yaml
# p/a.yaml
a: 1
```
```sh
one
two
```
```text
printed
```
```sh
three
```
```markdown
<!-- p/b.md -->
B
```
"""
    assert list(steps(guide)) == [
        Step(1, file="p/a.yaml", text="# p/a.yaml\na: 1\n"),
        Step(5, commands=("one", "two"), output="printed\n"),
        Step(12, commands=("three",)),
        Step(15, file="p/b.md", text="<!-- p/b.md -->\nB\n"),
    ]
