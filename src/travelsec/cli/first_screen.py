"""What `travelsec` shows without a command: help in an emergency first, then who does what.

It fits a window of 80 × 24, so that what comes first does not scroll away.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator

from travelsec.cli.command_list import EXAMPLES
from travelsec.console import width_of
from travelsec.document import MAX_WIDTH
from travelsec.pack.titles import situation_titles
from travelsec.safe_text import line


def show_first_screen() -> None:
    """Print the screen."""
    width = max(min(width_of(sys.stdout), MAX_WIDTH), 20)
    for text in _texts(width):
        print(text)


def _texts(width: int) -> Iterator[str]:
    yield from textwrap.wrap(
        "Something happened? travelsec incident, alone or with one of these:", width
    )
    rows = [(f"  {name}", line(title)) for name, title in situation_titles().items()]
    yield from _columns([*rows, ("Who to call?", "travelsec contacts")], width)
    yield ""
    before = ""
    by_role = []
    for example in EXAMPLES:
        if example.role:
            role = example.role if example.role != before else ""
            by_role.append((role, f"travelsec {example.line}"))
            before = example.role
    yield from _columns(by_role, width)
    yield from textwrap.wrap(
        "What each does: travelsec --help. More examples: travelsec COMMAND --help.", width
    )


def _columns(rows: list[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield the rows in two columns, or one below the other in a narrow window."""
    edge = max(len(left) for left, _ in rows) + 2
    is_narrow = width < 60
    for left, right in rows:
        if is_narrow and left:
            yield left
        label = "    " if is_narrow else f"{left:<{edge}}"
        indent = " " * len(label)
        yield from textwrap.wrap(
            right, width, initial_indent=label, subsequent_indent=indent, break_on_hyphens=False
        )
