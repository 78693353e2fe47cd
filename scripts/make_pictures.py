"""Draw the pictures of the docs from what travelsec shows in a real pseudo-terminal.

python scripts/make_pictures.py          draw them
python scripts/make_pictures.py --check  exit 1 if one is out of date
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.style import Style
from rich.text import Text

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.terminal import DOWN, ENTER, SPACE, Terminal  # noqa: E402

IMAGES = ROOT / "docs" / "images"
TODAY = ("--today", "2026-11-29")
WIDTH = 80
SAMPLE = ROOT / "examples" / "lisbon.yaml"


def report() -> Text:
    """Show the head of the sample trip's report."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = ("prepare", "--answers", str(SAMPLE), "--no-input", *TODAY)
        terminal = Terminal(*arguments, folder=Path(folder), columns=WIDTH, rows=400)
        terminal.finish()
        return screen(terminal, "Travel security", "What the traveller agrees to")


def section() -> Text:
    """Show the first section of an interview, with two items ticked."""
    with tempfile.TemporaryDirectory() as name:
        terminal = interview(Path(name))
        for key in (SPACE, DOWN, DOWN, SPACE):
            terminal.type(key)
        terminal.wait_until(lambda: terminal.text().count("●") == 2)
        shown = screen(terminal, " Lisbon, ", None)
        terminal.type("q")
        terminal.finish()
        return shown


def end() -> Text:
    """Show the last screen of an interview with two items left open."""
    with tempfile.TemporaryDirectory() as name:
        terminal = interview(Path(name))
        for number, open_items in enumerate((2, 1, 0, 0, 0, 0, 0), 1):
            terminal.answer(f"section {number} of 7", *"all", *(SPACE, DOWN) * open_items, ENTER)
        terminal.answer("Is this right?", ENTER)
        terminal.finish()
        return screen(terminal, " NOT READY", None)


def interview(folder: Path) -> Terminal:
    """Start an interview about the sample trip, with no item answered, and wait for the first."""
    trip = SAMPLE.read_text(encoding="utf-8").split("items:")[0]
    (folder / "trip.yaml").write_text(trip, encoding="utf-8")
    arguments = ("prepare", "--answers", "trip.yaml", "--trip", "Lisbon", *TODAY)
    terminal = Terminal(*arguments, folder=folder, columns=WIDTH, rows=24)
    terminal.wait_for("section 1 of")
    return terminal


def screen(terminal: Terminal, first: str, last: str | None) -> Text:
    """Copy the lines from the one that begins with `first`, up to the one that begins with `last`.

    The latter is left out.
    """
    lines: list[Text] = []
    for row in terminal.rows():
        text = "".join(cell.data for cell in row)
        if last is not None and text.startswith(last):
            break
        if lines or text.startswith(first):
            lines.append(Text.assemble(*((cell.data, style(cell)) for cell in row)))
    else:
        if last is not None:
            raise ValueError(f"no line begins with “{last}”")
    while lines and not lines[-1].plain.strip():
        lines.pop()
    return Text("\n").join(lines)


def style(cell: Any) -> Style:
    """Return the style of a cell of the emulator."""
    return Style(
        color=color(cell.fg),
        bgcolor=color(cell.bg),
        bold=cell.bold,
        underline=cell.underscore,
        reverse=cell.reverse,
        # See `tests.terminal`.
        dim=cell.blink,
    )


def color(name: str) -> str | None:
    """Return a colour of the emulator as rich names it; None is the terminal's own."""
    if name == "default":
        return None
    return f"#{name}" if is_hex(name) else name.replace("brown", "yellow")


def is_hex(color: str) -> bool:
    """Return whether a colour is six hexadecimal digits, rather than a name."""
    return re.fullmatch(r"[0-9a-fA-F]{6}", color) is not None


def svg(shown: Text, name: str) -> str:
    """Draw the lines as a terminal window."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(shown, soft_wrap=True)
    drawn = console.export_svg(title="travelsec", unique_id=name)
    # Without this, browsers would load fonts from the web; every system has a monospaced one.
    return re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)


def main() -> int:
    """Write or check the pictures; return the exit code."""
    stale = 0
    for name, make in {"section": section, "end": end, "report": report}.items():
        path = IMAGES / f"{name}.svg"
        drawn = svg(make(), name)
        if "--check" not in sys.argv:
            path.write_text(drawn, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != drawn:
            print(f"{path.relative_to(ROOT)} is out of date: run make pictures")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
