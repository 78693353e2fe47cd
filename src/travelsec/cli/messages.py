"""Messages on standard error, beside the result of a command."""

from __future__ import annotations

import contextlib
import sys


def warn(text: str) -> None:
    """Warn the user; a warning that cannot be printed does not stop the command."""
    from travelsec.safe_text import line

    with contextlib.suppress(OSError):
        print(f"travelsec: {line(text)}", file=sys.stderr)


def inform(text: str) -> None:
    """Say what was done."""
    from travelsec.safe_text import line

    print(line(text), file=sys.stderr)
