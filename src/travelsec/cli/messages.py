"""What a command says on standard error, beside its result."""

from __future__ import annotations

import contextlib
import sys


def warn(text: str) -> None:
    """Say something beside the result, on standard error; the result comes without it too."""
    from travelsec.safe_text import line

    with contextlib.suppress(OSError):
        print(f"travelsec: {line(text)}", file=sys.stderr)


def inform(text: str) -> None:
    """Say what was done, on standard error."""
    from travelsec.safe_text import line

    print(line(text), file=sys.stderr)
