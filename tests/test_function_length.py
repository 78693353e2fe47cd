"""A function fits on a screen."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src"
MOST = 50
"""Lines of a body. The signature, with the options of a command, and the docstring are free."""
TOO_LONG = {"review/judge.py: judge", "cli/commands/review.py: review"}
"""To be taken out as each is shortened; nothing is to be added."""


def functions() -> Iterator[tuple[str, int]]:
    """Yield each function of the source with the number of lines in its body."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                # A function with only a docstring is a method of a protocol.
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
                name = path.relative_to(SOURCE / "travelsec").as_posix()
                yield f"{name}: {node.name}", lines


def test_no_body_is_longer_than_a_screen() -> None:
    long = {name: lines for name, lines in functions() if lines > MOST}
    assert long.keys() == TOO_LONG, long
