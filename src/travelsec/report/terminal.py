"""A report for a terminal: the plain text, with colour."""

from __future__ import annotations

import shutil
import sys
from typing import TextIO

from travelsec.report.model import Report
from travelsec.report.outline import outline
from travelsec.report.text import lines

_STYLES = {
    None: "bold underline",
    "plain": "",
    "good": "bold green",
    "attention": "yellow",
    "bad": "bold red",
    "quiet": "dim",
}


def show(report: Report, stream: TextIO = sys.stdout) -> None:
    """Print the report, as wide as the window, up to 100 columns."""
    # Importing rich takes longer than all else a script needs; only this function does.
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, emoji=False, markup=False)
    width = shutil.get_terminal_size().columns
    for text, tone in lines(outline(report), width):
        # `Text` takes the line as it is: markup in it is not read.
        console.print(Text(text, style=_STYLES[tone]), soft_wrap=True)
